//! Even spacing for samples whose stamps know only seconds, or come in packets by radio.

/// A clock of its own that runs at the measured rate and is drawn to the stamps: a phase-locked loop of second order
/// that follows drift and passes over bursts.
#[derive(Debug, Clone)]
pub(super) struct Even {
    /// The first stamp: times are kept since it, or an f64 would lose a quarter of a microsecond.
    base: i64,
    /// Where the last sample lies, since `base`.
    now: f64,
    period: f64,
    /// What a stamp lies before its sample on average: half of the stamps' own step.
    lead: f64,
    /// How long after its stamp the first sample lies.
    late: f64,
    /// Farther from the stamps the clock jumps: that is a gap.
    slack: f64,
    /// Farther from the stamps than their saw-tooth reaches the rate is another than it was, and the loop is in a hurry;
    /// packets know no saw-tooth.
    hold: f64,
    started: bool,
    natural_rad_per_s: f64,
}

/// Packets lie within some hundredths of a second of their samples: a loop of ten seconds keeps close.
const PACKETS_RAD_PER_S: f64 = 0.1;
/// Whole seconds lie up to one beside them: a loop of a minute keeps their saw-tooth below 2 % of a step.
const SECONDS_RAD_PER_S: f64 = 0.02;
/// What follows a change of the rate within some seconds: from 50 to 100 Hz it goes astray by one second and comes back.
const HURRY_RAD_PER_S: f64 = 0.3;
const DAMPING: f64 = 0.7;

impl Even {
    /// For samples this far apart whose stamps have steps of `step_ns`, 0 for packets; the first lies `late_ns` after its
    /// stamp.
    pub(super) fn new(period_ns: f64, step_ns: i64, late_ns: i64) -> Self {
        let is_slow = step_ns > 200_000_000;
        Self {
            base: 0,
            now: 0.0,
            period: period_ns,
            lead: step_ns as f64 / 2.0,
            late: late_ns as f64,
            slack: step_ns as f64 + 1.5e9,
            // a saw-tooth of whole steps reaches half a step to either side
            hold: match is_slow {
                true => 0.75 * step_ns as f64,
                false => f64::INFINITY,
            },
            started: false,
            natural_rad_per_s: match is_slow {
                // longer steps have a larger saw-tooth
                true => SECONDS_RAD_PER_S / (step_ns as f64 * 1e-9).max(1.0),
                false => PACKETS_RAD_PER_S,
            },
        }
    }

    /// For samples this far apart from the first on, whatever their stamps say.
    pub(super) fn running_free(period_ns: f64) -> Self {
        Self {
            slack: f64::INFINITY,
            natural_rad_per_s: 0.0,
            ..Self::new(period_ns, 0, 0)
        }
    }

    /// Where the next sample lies, given its stamp.
    pub(super) fn place(&mut self, stamp: i64) -> i64 {
        if !self.started {
            self.started = true;
            self.base = stamp;
            self.now = self.late;
            return self.placed();
        }
        let stamp = stamp.saturating_sub(self.base) as f64;
        let mut next = self.now + self.period;
        let behind = stamp + self.lead - next;
        if behind > self.slack {
            next = stamp;
        } else if behind < -self.slack {
            // what was kept back came at once, or the rate rose by far: the stamps catch up
            next -= 0.5 * self.period;
        } else {
            let natural = match behind.abs() > self.hold {
                true => HURRY_RAD_PER_S,
                false => self.natural_rad_per_s,
            };
            let angle = natural * self.period * 1e-9;
            next += 2.0 * DAMPING * angle * behind;
            self.period += angle * angle * behind;
        }
        self.now = next.max(self.now + 0.2 * self.period);
        self.placed()
    }

    fn placed(&self) -> i64 {
        self.base.saturating_add(self.now.round() as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_seconds_become_even_steps() {
        // 50 Hz, each stamp cut to its second
        let mut even = Even::new(20e6, 1_000_000_000, 0);
        let placed: Vec<i64> = (0..30_000i64)
            .map(|n| even.place(n * 20_000_000 / 1_000_000_000 * 1_000_000_000))
            .collect();
        let steps: Vec<i64> = placed.windows(2).map(|w| w[1] - w[0]).collect();
        assert!(
            steps.iter().all(|s| (s - 20_000_000).abs() < 600_000),
            "{:?}",
            steps.iter().max()
        );
        let off = placed[29_999] - 29_999 * 20_000_000;
        assert!(off.abs() < 100_000_000, "{off}");
    }

    #[test]
    fn the_first_stamp_stays_to_the_nanosecond() {
        let mut even = Even::new(10e6, 0, 0);
        assert_eq!(
            even.place(1_617_637_684_834_000_001),
            1_617_637_684_834_000_001
        );
    }

    #[test]
    fn packets_are_spread_and_gaps_are_kept() {
        // eight samples at once each 80 ms, then a minute without any
        let mut even = Even::new(10e6, 0, 0);
        let stamp = |n: i64| n / 8 * 80_000_000 + if n < 4_000 { 0 } else { 60_000_000_000 };
        let placed: Vec<i64> = (0..8_000i64).map(|n| even.place(stamp(n))).collect();
        let long: Vec<usize> = (1..8_000)
            .filter(|n| placed[*n] - placed[n - 1] > 1_000_000_000)
            .collect();
        assert_eq!(long, [4_000]);
        assert!(placed.windows(2).all(|w| w[1] > w[0]));
    }

    #[test]
    fn a_rate_that_changes_is_followed() {
        for (first_hz, then_hz) in [(20.0, 26.0), (26.0, 20.0), (50.0, 100.0), (100.0, 50.0)] {
            // ten minutes of each, each stamp cut to its second
            let mut even = Even::new(1e9 / first_hz, 1_000_000_000, 0);
            let mut at = 0.0;
            let mut last = 0;
            let (mut astray, mut longest) = (0.0f64, 0);
            while at < 1_200.0 {
                let placed = even.place(at as i64 * 1_000_000_000);
                let off = (placed as f64 * 1e-9 - at).abs();
                astray = astray.max(off);
                if !(500.0..1_000.0).contains(&at) {
                    assert!(off < 0.05, "{first_hz} to {then_hz}: {off} s off at {at} s");
                }
                longest = longest.max(placed - last);
                last = placed;
                at += 1.0 / if at < 600.0 { first_hz } else { then_hz };
            }
            assert!(astray < 1.5, "{first_hz} to {then_hz}: {astray}");
            assert!(
                longest < 200_000_000,
                "{first_hz} to {then_hz}: a hole of {longest} ns"
            );
        }
    }

    #[test]
    fn what_a_radio_link_kept_back_is_caught_up_with() {
        // the link stands still for five seconds, then sends all at once
        let mut even = Even::new(20e6, 0, 0);
        let mut off = 0.0;
        for n in 0..10_000i64 {
            let made = n * 20_000_000;
            let received = match made {
                100_000_000_000..105_000_000_000 => 105_000_000_000,
                _ => made,
            };
            off = (even.place(received) - made) as f64 * 1e-9;
        }
        assert!(off.abs() < 0.05, "{off}");
    }
}

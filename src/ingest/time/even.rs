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
    started: bool,
    natural_rad_per_s: f64,
}

/// Packets lie within some hundredths of a second of their samples: a loop of ten seconds keeps close.
const PACKETS_RAD_PER_S: f64 = 0.1;
/// Whole seconds lie up to one beside them: a loop of a minute keeps their saw-tooth below 2 % of a step.
const SECONDS_RAD_PER_S: f64 = 0.02;
const DAMPING: f64 = 0.7;

impl Even {
    /// For samples this far apart whose stamps have steps of `step_ns`, 0 for packets; the first lies `late_ns` after its
    /// stamp.
    pub(super) fn new(period_ns: f64, step_ns: i64, late_ns: i64) -> Self {
        Self {
            base: 0,
            now: 0.0,
            period: period_ns,
            lead: step_ns as f64 / 2.0,
            late: late_ns as f64,
            slack: step_ns as f64 + 1.5e9,
            started: false,
            natural_rad_per_s: if step_ns > 200_000_000 {
                SECONDS_RAD_PER_S
            } else {
                PACKETS_RAD_PER_S
            },
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
        if behind.abs() > self.slack {
            next = stamp.max(next);
        } else {
            let angle = self.natural_rad_per_s * self.period * 1e-9;
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
}

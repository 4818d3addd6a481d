//! Steps of a regular clock beside a few holes shorter than a gap: the rate between them, which windows count too low.

use std::ops::Range;

use crate::model::units::SampleRate;

/// Steps of a regular clock, as shares of the expected one: rounding and jitter, not a sample that is missing.
const REGULAR: Range<f64> = 0.8..1.2;
/// Of the steps, so many are regular where there are a few holes. Packets have fewer: within them a device may count steps
/// that it only believes in, and then the rate is what came.
const MOSTLY: f64 = 0.98;
/// A rate counted by windows below this share of the regular one lacks samples, and the other steps have the time for them;
/// with less missing the rate is what came.
const MISSING: f64 = 0.95;

/// Counts steps: those about as long as expected, and all but gaps.
#[derive(Debug, Clone)]
pub(super) struct RegularSteps {
    regular: Range<i64>,
    n: u64,
    ns: i64,
    n_all: u64,
    ns_all: i64,
}

impl RegularSteps {
    /// For samples about so many nanoseconds apart.
    pub(super) fn about(period_ns: f64) -> Self {
        Self {
            regular: (period_ns * REGULAR.start) as i64..(period_ns * REGULAR.end) as i64,
            n: 0,
            ns: 0,
            n_all: 0,
            ns_all: 0,
        }
    }

    /// Adds so many steps of one length.
    #[inline(always)]
    pub(super) fn add(&mut self, step: i64, times: u32) {
        let together = step.saturating_mul(i64::from(times));
        self.n_all += u64::from(times);
        self.ns_all = self.ns_all.saturating_add(together);
        if self.regular.contains(&step) {
            self.n += u64::from(times);
            self.ns = self.ns.saturating_add(together);
        }
    }

    /// The rate of the regular steps, where nearly all are, and a few holes make the counted rate much lower.
    pub(super) fn rate_between_holes(&self, counted: SampleRate) -> Option<SampleRate> {
        let regular = SampleRate::from_hz(self.n as f64 * 1e9 / self.ns as f64)?;
        let mostly = self.n as f64 >= MOSTLY * self.n_all as f64;
        let in_holes = self.ns_all.saturating_sub(self.ns) as f64;
        let holes = in_holes > (1.0 - MISSING) * self.ns_all as f64;
        (mostly && holes && counted.hz() < MISSING * regular.hz()).then_some(regular)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between_holes(counted_hz: f64, steps: &[(i64, u32)]) -> Option<f64> {
        let mut regular = RegularSteps::about(10_000_000.0);
        for (ms, times) in steps {
            regular.add(ms * 1_000_000, *times);
        }
        let counted = SampleRate::from_hz(counted_hz).unwrap();
        regular.rate_between_holes(counted).map(SampleRate::hz)
    }

    #[test]
    fn holes_are_few_and_long() {
        assert_eq!(between_holes(80.0, &[(10, 980), (1_000, 2)]), Some(100.0));
        // nothing is missing, or next to nothing
        assert_eq!(between_holes(80.0, &[(10, 980)]), None);
        assert_eq!(between_holes(98.0, &[(10, 980), (20, 10)]), None);
        // packets of sixteen
        assert_eq!(between_holes(60.0, &[(10, 900), (110, 60)]), None);
        assert_eq!(between_holes(60.0, &[]), None);
    }
}

//! At what pace samples come.

use super::seconds;

/// How many periods are taken together to see at what pace samples come: looked at seldom, since it costs a division.
pub(super) const PACED: usize = 32;
/// Weight of the newest of them in the running mean that notices a rate far above the planned one.
const PACE_MEMORY: f64 = 0.4;

/// Whether samples come faster than planned: the mean of their periods, holes left out.
#[derive(Debug)]
pub(super) struct Pace {
    rate_hz: f64,
    mean_period_s: f64,
    n: usize,
    ns: i64,
    bundled: u32,
}

impl Pace {
    /// As planned.
    pub(super) fn of(rate_hz: f64) -> Self {
        Self {
            rate_hz,
            mean_period_s: 1.0 / rate_hz,
            n: 0,
            ns: 0,
            bundled: 1,
        }
    }

    /// How many samples come where one was planned.
    pub(super) fn bundled(&self) -> u32 {
        self.bundled
    }

    /// How many periods there are to come until it is looked at again.
    pub(super) fn room(&self) -> usize {
        PACED - self.n
    }

    /// Takes periods and their sum, no more than there is room for.
    pub(super) fn take(&mut self, n: usize, ns: i64) {
        self.n += n;
        self.ns += ns;
        if self.n == PACED {
            let period_s = seconds(self.ns) / PACED as f64;
            self.mean_period_s += PACE_MEMORY * (period_s - self.mean_period_s);
            self.bundled = (1.0 / (self.rate_hz * self.mean_period_s)).round() as u32;
            (self.n, self.ns) = (0, 0);
        }
    }
}

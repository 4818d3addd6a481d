//! The distribution of inter-movement intervals (IMI).

/// Measured onset-to-onset intervals between candidates.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalDistribution {
    /// Intervals measured.
    pub n: usize,
    /// Below 10 s.
    pub n_below_10: usize,
    /// From 10 to 90 s, both included.
    pub n_10_to_90: usize,
    /// Above 90 s.
    pub n_above_90: usize,
    /// Bins of 2 s from 0 to 90 s, left-closed; the last one holds 90 s as well.
    pub bins_2s: [u32; 45],
    /// Bins of 0.1 in the natural logarithm of seconds from 0 (1 s) to 4.5 (90.02 s), left-closed.
    pub bins_ln: [u32; 45],
    /// The intervals from 10 to 90 s; `None` when there is none.
    pub periodic: Option<PeriodicIntervals>,
}

/// Intervals from 10 to 90 s, on a logarithmic scale: they are log-normal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeriodicIntervals {
    /// Mean of ln(seconds).
    pub ln_mean: f64,
    /// Sample standard deviation (n - 1) of ln(seconds); `None` of a single interval.
    pub ln_sd: Option<f64>,
}

impl PeriodicIntervals {
    /// Geometric mean, in seconds.
    pub fn geometric_mean_s(&self) -> f64 {
        self.ln_mean.exp()
    }
}

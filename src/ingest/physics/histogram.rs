//! Counts of lengths over fourteen powers of ten, in memory that does not grow with the recording.

/// Steps of the scale: 0.5 %.
const STEP: f64 = 0.005;
/// From 10^-6 to 10^8 of whatever unit.
const LOWEST: f64 = 1e-6;
const BINS: usize = 6_448;

/// Counts of positive values on a logarithmic scale.
#[derive(Debug, Clone, Default)]
pub(super) struct LogHistogram {
    bins: Vec<u32>,
    pub n: u64,
}

impl LogHistogram {
    pub fn add(&mut self, value: f64) {
        if !value.is_finite() || value <= 0.0 {
            return;
        }
        if self.bins.is_empty() {
            self.bins = vec![0; BINS];
        }
        let bin = ((value / LOWEST).ln() / STEP) as usize;
        let bin = &mut self.bins[bin.min(BINS - 1)];
        *bin = bin.saturating_add(1);
        self.n += 1;
    }

    pub fn median(&self) -> Option<f64> {
        self.at(0.5)
    }

    /// The value that this share of all lies below.
    pub fn at(&self, share: f64) -> Option<f64> {
        let wanted = self.n as f64 * share;
        let mut before = 0u64;
        for (i, count) in self.bins.iter().enumerate() {
            let count = u64::from(*count);
            if (before + count) as f64 >= wanted && count > 0 {
                // inside the bin, as if its values lay evenly
                let within = (wanted - before as f64) / count as f64;
                return Some(LOWEST * ((i as f64 + within.clamp(0.0, 1.0)) * STEP).exp());
            }
            before += count;
        }
        None
    }
}

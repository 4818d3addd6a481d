//! Steps between neighbours on one axis, and its largest value, in lanes.

use crate::signal::steps::{greater, lesser};

/// Several values at once: what a processor does in one go where no lane waits for another.
pub(super) const LANES: usize = 8;

/// Smallest and largest step between neighbours and the largest value, each in lanes.
pub(super) struct Steps {
    pub smallest: [f32; LANES],
    pub largest: [f32; LANES],
    pub peak: [f32; LANES],
}

impl Steps {
    pub(super) fn new(smallest: f32, peak: f32) -> Self {
        Self {
            smallest: [smallest; LANES],
            largest: [0.0; LANES],
            peak: [peak; LANES],
        }
    }

    #[inline(always)]
    pub(super) fn add(&mut self, before: [f32; LANES], after: [f32; LANES]) {
        for lane in 0..LANES {
            let step = (after[lane] - before[lane]).abs();
            let size = after[lane].abs();
            // what is left of equal decimals in f32 is no step: it becomes NaN, which is not less than anything
            let is_none = if step > size * 1e-6 { 0 } else { u32::MAX };
            let counted = f32::from_bits(step.to_bits() | is_none);
            self.smallest[lane] = lesser(counted, self.smallest[lane]);
            self.largest[lane] = greater(step, self.largest[lane]);
            self.peak[lane] = greater(size, self.peak[lane]);
        }
    }
}

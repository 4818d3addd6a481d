//! The sensor's step: the smallest difference between neighbouring samples of an axis that is no rounding.

/// Differences below this share of the value are the text's or the float's rounding (f32 keeps 24 bits).
const ROUNDING: f32 = 8.0 * f32::EPSILON;

#[derive(Debug, Default)]
pub(super) struct Resolution {
    last: Option<[f32; 3]>,
    smallest: Option<f32>,
}

impl Resolution {
    pub(super) fn push(&mut self, v: [f32; 3]) {
        if let Some(last) = self.last.replace(v) {
            for (a, b) in last.into_iter().zip(v) {
                let step = (a - b).abs();
                if step > ROUNDING * a.abs().max(b.abs())
                    && self.smallest.is_none_or(|smallest| step < smallest)
                {
                    self.smallest = Some(step);
                }
            }
        }
    }

    /// The step; 0 when no sample differed from the one before.
    pub(super) fn finish(self) -> f32 {
        self.smallest.unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_found_and_rounding_is_not() {
        let mut resolution = Resolution::default();
        for k in 0..100 {
            let level = |n: i32| n as f32 * 0.015625;
            let rounding = if k % 2 == 0 { 1.0 } else { 1.0 + f32::EPSILON };
            resolution.push([level(k % 7), 0.98 * rounding, level(-(k % 3))]);
        }
        assert_eq!(resolution.finish(), 0.015625);
        assert_eq!(Resolution::default().finish(), 0.0);
    }
}

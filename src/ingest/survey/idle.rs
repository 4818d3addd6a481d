//! Stands of the sensor: stretches in which every sample is the one before.

use super::GAP_NS;

/// Repeated values for so long are the device's idle sleep, not rest: sensors have noise.
pub(super) const IDLE_NS: i64 = 10_000_000_000;

/// Stretches in which the device repeated its last value.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::ingest) struct Idle {
    pub(super) from_ns: i64,
    /// So many stretches of ten seconds and more …
    pub n: u64,
    /// … with so much time in them.
    pub total_ns: i64,
}

impl Idle {
    /// Adds samples in order; `last` and `before` are values and stamp of the one before them.
    #[inline(always)]
    pub(super) fn add(
        &mut self,
        stamps: &[i64],
        [x, y, z]: [&[f32]; 3],
        mut last: [f32; 3],
        mut before: i64,
    ) {
        let Some(&end) = stamps.last() else {
            return;
        };
        let differs =
            |k: usize, last: [f32; 3]| (x[k] != last[0]) | (y[k] != last[1]) | (z[k] != last[2]);
        if end.saturating_sub(before) <= GAP_NS && end.saturating_sub(self.from_ns) < IDLE_NS {
            // neither a gap nor the end of a long stand: all that counts is the last change
            let changed = (1..stamps.len()).rfind(|&k| differs(k, [x[k - 1], y[k - 1], z[k - 1]]));
            match changed {
                Some(k) => self.from_ns = stamps[k],
                None if differs(0, last) => self.from_ns = stamps[0],
                None => {}
            }
            return;
        }
        for (k, &stamp) in stamps.iter().enumerate() {
            let gap = stamp.saturating_sub(before) > GAP_NS;
            let ends = differs(k, last) | gap;
            if stamp.saturating_sub(self.from_ns) >= IDLE_NS && ends {
                // over a gap nothing was repeated: the run ends where the samples do
                let end = if gap { before } else { stamp };
                let stood = end.saturating_sub(self.from_ns);
                if stood >= IDLE_NS && !last[0].is_nan() {
                    self.n += 1;
                    self.total_ns += stood;
                }
            }
            // no branch: on a coarse sensor every second sample repeats the one before
            self.from_ns = if ends { stamp } else { self.from_ns };
            last = [x[k], y[k], z[k]];
            before = stamp;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::SurveyBuilder;
    use crate::model::recording::RawBlock;

    #[test]
    fn frozen_values_are_counted_as_idle() {
        let mut block = RawBlock::default();
        for n in 0..3_000i64 {
            let x = if (500..2_000).contains(&n) {
                0.5
            } else {
                n as f32
            };
            block.push(n * 20_000_000, [x, 0.0, 1.0]);
        }
        let mut survey = SurveyBuilder::new(50.0);
        survey.add(&block);
        assert_eq!(survey.idle().n, 1);
        assert_eq!(survey.idle().total_ns, 30_000_000_000);
    }

    #[test]
    fn a_gap_is_no_idle_run() {
        // the same value before and after ten years without a sample
        let mut block = RawBlock::default();
        for n in 0..200i64 {
            let gap = if n < 100 { 0 } else { 315_360_000_000_000_000 };
            block.push(gap + n * 20_000_000, [0.5, 0.0, 1.0]);
        }
        let mut survey = SurveyBuilder::new(50.0);
        survey.add(&block);
        assert_eq!((survey.gaps().len(), survey.idle().n), (1, 0));
    }
}

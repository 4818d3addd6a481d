//! How the values of a column step: what tells a clock from a setting, and an even clock from an uneven one.

/// How the stamps of a column step.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest) struct Shape {
    /// Share of steps that go backward.
    pub backward: f64,
    /// Share of steps of nothing.
    pub equal: f64,
    /// Median step forward, in nanoseconds.
    pub step_ns: f64,
    /// Mean step outside of gaps and backward steps.
    pub mean_ns: f64,
    /// Median distance from the median step, as a share of it.
    pub unevenness: f64,
}

/// How values step; `None` when they never move.
pub(in crate::ingest) fn shape_of(values: &[f64]) -> Option<Shape> {
    let steps: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let n = steps.len() as f64;
    let moving: Vec<f64> = steps.iter().map(|s| s.abs()).filter(|s| *s > 0.0).collect();
    if moving.is_empty() {
        return None;
    }
    let step = median(moving.iter().copied());
    let usual = |s: &&f64| **s >= 0.0 && **s <= 50.0 * step;
    let (mut sum, mut count) = (0.0, 0.0);
    for value in steps.iter().filter(usual) {
        sum += value;
        count += 1.0;
    }
    Some(Shape {
        backward: steps.iter().filter(|s| **s < 0.0).count() as f64 / n,
        equal: steps.iter().filter(|s| **s == 0.0).count() as f64 / n,
        step_ns: step,
        mean_ns: if count > 0.0 && sum > 0.0 {
            sum / count
        } else {
            step
        },
        unevenness: median(moving.iter().map(|s| (s - step).abs())) / step,
    })
}

/// The middle of values in any order; 0 of none.
pub(in crate::ingest) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

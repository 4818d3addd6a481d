//! What a window sees as it slides: percentile, median.
//!
//! Windows are centred and shrink at the ends of the slice: result `i` comes from `i - half ..= i + half` as far as
//! there are samples. No delay, as many results as asked for.

/// The percentile `q` (0 to 1) of the numbers in each window of `2 * half + 1`; `NaN` where a window holds none.
pub fn percentile(values: &[f32], half: usize, q: f64) -> Vec<f32> {
    let mut window = Ordered::over(values);
    (0..values.len())
        .map(|centre| {
            window.slide(centre.saturating_sub(half), centre + half + 1);
            of_ordered(window.values(), q)
        })
        .collect()
}

/// A window that slides forward over values and keeps its numbers in order: a step costs a search and a shift instead of
/// a sort.
pub struct Ordered<'a> {
    values: &'a [f32],
    from: usize,
    to: usize,
    ordered: Vec<f32>,
}

impl<'a> Ordered<'a> {
    /// An empty window before the first value.
    pub fn over(values: &'a [f32]) -> Self {
        Self {
            values,
            from: 0,
            to: 0,
            ordered: Vec::new(),
        }
    }

    /// Slides to the values from `from` up to `to`, as far as there are such; neither end ever goes back.
    pub fn slide(&mut self, from: usize, to: usize) {
        let to = to.min(self.values.len()).max(self.to);
        let from = from.min(to).max(self.from);
        if from >= self.to {
            self.ordered.clear();
            (self.from, self.to) = (from, from);
        }
        for &leaving in &self.values[self.from..from] {
            if !leaving.is_nan() {
                let at = self.ordered.partition_point(|&v| v < leaving);
                self.ordered.remove(at);
            }
        }
        for &entering in &self.values[self.to..to] {
            if !entering.is_nan() {
                let at = self.ordered.partition_point(|&v| v < entering);
                self.ordered.insert(at, entering);
            }
        }
        (self.from, self.to) = (from, to);
    }

    /// The numbers in the window, ascending.
    pub fn values(&self) -> &[f32] {
        &self.ordered
    }
}

/// The median of each window: [`percentile`] at one half.
pub fn median(values: &[f32], half: usize) -> Vec<f32> {
    percentile(values, half, 0.5)
}

/// The percentile `q` (0 to 1) of numbers in ascending order, as [`robust::percentile`] gives it; `NaN` where there are
/// none.
pub fn of_ordered(ordered: &[f32], q: f64) -> f32 {
    if ordered.is_empty() {
        return f32::NAN;
    }
    let at = q.clamp(0.0, 1.0) * (ordered.len() - 1) as f64;
    let low = f64::from(ordered[at.floor() as usize]);
    let high = f64::from(ordered[at.ceil() as usize]);
    (low + at.fract() * (high - low)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;
    use crate::signal::robust;

    #[test]
    fn a_sliding_percentile_is_that_of_each_window() {
        let mut noise = Noise::new(5);
        for _ in 0..60 {
            let n = noise.between(0, 90);
            let half = noise.between(0, 50);
            let q = noise.unit();
            // Coarse values make ties; every seventh is missing.
            let values: Vec<f32> = (0..n)
                .map(|_| {
                    let value = (noise.sample() * 5.0).round();
                    if noise.between(0, 6) == 0 {
                        f32::NAN
                    } else {
                        value
                    }
                })
                .collect();
            let found = percentile(&values, half, q);
            assert_eq!(found.len(), n);
            for (i, &value) in found.iter().enumerate() {
                let mut window: Vec<f32> = values[i.saturating_sub(half)..(i + half + 1).min(n)]
                    .iter()
                    .copied()
                    .filter(|v| !v.is_nan())
                    .collect();
                match robust::percentile(&mut window, q) {
                    Some(expected) => assert!((value - expected).abs() < 1e-5),
                    None => assert!(value.is_nan()),
                }
            }
        }
    }
}

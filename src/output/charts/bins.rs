//! A trace as a line of a picture: some seconds a place, broken where there is no data.

use super::scale::Scale;
use crate::output::rows::Trace;

/// Some seconds as one place of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bin {
    pub middle_s: f64,
    pub max_mg: f64,
    pub median_mg: f64,
}

/// Seconds of one bin on an axis of seconds: a px each, so that a single movement stays a visible spike.
pub(super) fn bin_s(x: Scale) -> usize {
    let (left, right) = x.ends();
    ((x.high() - x.low()) / (right - left).max(1.0))
        .ceil()
        .max(1.0) as usize
}

/// The trace in bins, broken where a bin has no data.
pub(super) fn runs(trace: &Trace, bin_s: usize) -> Vec<Vec<Bin>> {
    let mut runs = vec![Vec::new()];
    let bins = trace
        .max_mg
        .chunks(bin_s)
        .zip(trace.median_mg.chunks(bin_s));
    for (at, (max, median)) in bins.enumerate() {
        let start_s = (at * bin_s) as f64;
        match (largest(max), middle(median)) {
            (Some(max_mg), Some(median_mg)) => {
                if let Some(run) = runs.last_mut() {
                    run.push(Bin {
                        middle_s: start_s + max.len() as f64 / 2.0,
                        max_mg,
                        median_mg,
                    });
                }
            }
            _ => {
                if runs.last().is_some_and(|run| !run.is_empty()) {
                    runs.push(Vec::new());
                }
            }
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn finite(values: &[f32]) -> impl Iterator<Item = f64> {
    values
        .iter()
        .filter(|v| v.is_finite())
        .map(|v| f64::from(*v))
}

fn largest(values: &[f32]) -> Option<f64> {
    finite(values).reduce(f64::max)
}

fn middle(values: &[f32]) -> Option<f64> {
    let mut sorted: Vec<f64> = finite(values).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_data_breaks_the_line() {
        let values = vec![1.0, 5.0, f32::NAN, f32::NAN, 2.0, f32::NAN, 3.0];
        let trace = Trace::new("1", None, values.clone(), values).unwrap();
        let runs = runs(&trace, 2);
        assert_eq!(runs.len(), 2);
        assert_eq!(runs[0].len(), 1);
        assert_eq!((runs[0][0].max_mg, runs[0][0].middle_s), (5.0, 1.0));
        assert_eq!(runs[1][1].middle_s, 6.5);
        let empty = Trace::new("1", None, vec![f32::NAN; 9], vec![f32::NAN; 9]).unwrap();
        assert!(super::runs(&empty, 2).is_empty());
    }
}

//! Order statistics of many short runs of values at once: eight runs lie side by side, a run a lane, and one sorting
//! network orders them all.

use std::ops::Range;

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, f32x8};

use super::lanes::Eight;
use super::robust;

/// Runs that are ordered together.
const RUNS: usize = 8;
/// Longer runs are ordered one by one.
const LONGEST: usize = 64;

/// Median and largest of a run; `NaN` where it holds no finite value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Middle {
    /// The middle value; of an even number, the mean of the two in the middle.
    pub median: f32,
    /// The largest value.
    pub largest: f32,
}

const NOTHING: Middle = Middle {
    median: f32::NAN,
    largest: f32::NAN,
};

/// Median and largest of the finite values of each run, as many results as runs.
///
/// # Panics
/// When a run reaches beyond the values.
pub fn middles(values: &[f32], runs: impl IntoIterator<Item = Range<usize>>) -> Vec<Middle> {
    let mut sorter = Sorter::default();
    let mut found = Vec::new();
    let mut some = Vec::with_capacity(RUNS);
    for run in runs {
        some.push(&values[run]);
        if some.len() == RUNS {
            sorter.add(&some, &mut found);
            some.clear();
        }
    }
    sorter.add(&some, &mut found);
    found
}

/// Up to eight runs on their way through the network.
struct Sorter {
    /// Value `k` of every run; unordered at first.
    columns: [Eight; LONGEST],
    /// Which columns are compared, in order, for runs of this length.
    network: Vec<[u8; 2]>,
    length: usize,
}

impl Default for Sorter {
    fn default() -> Self {
        Self {
            columns: [Eight::default(); LONGEST],
            network: Vec::new(),
            length: 0,
        }
    }
}

impl Sorter {
    /// Adds what up to eight runs show.
    fn add(&mut self, runs: &[&[f32]], found: &mut Vec<Middle>) {
        let length = runs.iter().map(|run| run.len()).max().unwrap_or(0);
        if length > LONGEST {
            found.extend(runs.iter().map(|run| alone(run)));
            return;
        }
        if length != self.length {
            self.network = network(length);
            self.length = length;
        }
        let mut counts = [0; RUNS];
        self.columns[..length].fill(Eight([f32::INFINITY; RUNS]));
        for ((lane, run), count) in runs.iter().enumerate().zip(&mut counts) {
            for &value in *run {
                // overwritten by the next one where it does not count
                self.columns[*count].0[lane] = value;
                *count += usize::from(value.is_finite());
            }
            if let Some(behind) = self.columns[..length].get_mut(*count) {
                behind.0[lane] = f32::INFINITY;
            }
        }
        dispatch!(Level::new(), simd => self.order(simd));
        let lanes = counts.iter().take(runs.len()).enumerate();
        found.extend(lanes.map(|(lane, &count)| match count {
            0 => NOTHING,
            n => {
                let [low, high] = [(n - 1) / 2, n / 2].map(|rank| self.columns[rank].0[lane]);
                Middle {
                    median: ((f64::from(low) + f64::from(high)) / 2.0) as f32,
                    largest: self.columns[n - 1].0[lane],
                }
            }
        }));
    }

    #[inline(always)]
    fn order<S: Simd>(&mut self, simd: S) {
        for &[low, high] in &self.network {
            let (low, high) = (usize::from(low) % LONGEST, usize::from(high) % LONGEST);
            let a = f32x8::simd_from(simd, self.columns[low].0);
            let b = f32x8::simd_from(simd, self.columns[high].0);
            self.columns[low] = Eight(a.min(b).into());
            self.columns[high] = Eight(a.max(b).into());
        }
    }
}

fn alone(run: &[f32]) -> Middle {
    let mut finite: Vec<f32> = run.iter().copied().filter(|v| v.is_finite()).collect();
    match (
        robust::median(&mut finite),
        finite.iter().copied().reduce(f32::max),
    ) {
        (Some(median), Some(largest)) => Middle { median, largest },
        _ => NOTHING,
    }
}

/// Pairs of places that, compared and exchanged in turn, bring that many values into order: Batcher's merge exchange
/// (Knuth, The Art of Computer Programming 3, section 5.2.2, algorithm M).
fn network(length: usize) -> Vec<[u8; 2]> {
    let mut pairs = Vec::new();
    let half = length.next_power_of_two() / 2;
    let mut p = half;
    while p > 0 {
        let (mut q, mut r, mut d) = (half, 0, p);
        loop {
            let places = (0..length.saturating_sub(d)).filter(|place| place & p == r);
            pairs.extend(places.map(|place| [place as u8, (place + d) as u8]));
            if q == p {
                break;
            }
            d = q - p;
            q /= 2;
            r = p;
        }
        p /= 2;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    #[test]
    fn a_network_orders_every_row_of_zeros_and_ones() {
        // Then it orders everything (the zero-one principle, Knuth 5.3.4, theorem Z).
        for length in 0..=16usize {
            let network = network(length);
            for row in 0..1u32 << length {
                let mut row = row;
                for &[low, high] in &network {
                    let both = row >> low & row >> high & 1;
                    let any = (row >> low | row >> high) & 1;
                    row = row & !(1 << low) & !(1 << high) | both << low | any << high;
                }
                let ones = row.count_ones();
                assert_eq!(row, ((1u32 << ones) - 1) << (length as u32 - ones));
            }
        }
    }

    #[test]
    fn what_is_found_is_that_of_each_run_alone() {
        let mut noise = Noise::new(77);
        let mut values = noise.samples(5_000);
        for k in 0..400 {
            values[noise.between(0, 4_999)] = [f32::NAN, f32::INFINITY, 0.25][k % 3];
        }
        values[1_000..1_100].fill(f32::NAN);
        for longest in [1, 2, 25, 26, 40, 63, 64, 65, 90] {
            let mut runs = Vec::new();
            let mut at = 0;
            while at < 4_800 {
                let to = at + noise.between(longest / 2, longest);
                runs.push(at..to);
                at = to.max(at + 1);
            }
            let found = middles(&values, runs.clone());
            assert_eq!(found.len(), runs.len());
            for (found, run) in found.iter().zip(runs) {
                let mut sorted = values[run].to_vec();
                sorted.retain(|v| v.is_finite());
                sorted.sort_by(f32::total_cmp);
                let Some(&largest) = sorted.last() else {
                    assert!(found.median.is_nan() && found.largest.is_nan());
                    continue;
                };
                let n = sorted.len();
                let median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
                assert_eq!(found.largest, largest);
                assert!((found.median - median).abs() <= f32::EPSILON * median.abs());
            }
        }
    }
}

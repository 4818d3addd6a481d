//! The length of the acceleration vector at rest: one g, whatever the unit. So it names the unit almost alone.
//!
//! Samples are taken in windows of about a second. A window is as quiet as its spread is small against its mean
//! vector: a figure without a unit, small where gravity is in the numbers, large where it was taken out.
//!
//! A sensor that never rests still hangs on the earth: over five seconds its own motion nearly cancels (the mean
//! acceleration is the change of speed over that time), gravity does not. So the mean vector of five seconds is one g
//! long wherever gravity is in the numbers, and far shorter than the samples are where it is not.

mod histogram;

use fearless_simd::{Level, dispatch};

use histogram::LogHistogram;

/// A window at rest spreads by no more than this share of its mean vector; the strictest level that enough windows
/// reach is used. 1 % is sleep on a good sensor, 35 % is a hand that never rests.
const LEVELS: [f64; 6] = [0.01, 0.02, 0.05, 0.10, 0.20, 0.35];
/// Of all windows, so many must reach a level for it to count.
const SHARE: f64 = 0.10;
/// So many windows are enough in any recording.
const ENOUGH: u64 = 600;
/// Windows in one long mean.
const LONG: u32 = 5;
/// Long means that must be there to say anything.
const LONG_MEANS: u64 = 2;
/// A long mean is gravity's where it is nearly as long as the samples in it are: swinging phones and wrists of real
/// walks and runs show 0.86 to 0.99, recordings without gravity 0.02 to 0.6.
const LONG_SHARE: f64 = 0.8;
/// Nine of ten long means lie within this share of their median where they are gravity; a braking car's do not.
const LONG_SPREAD: f64 = 0.2;
/// An analogue sensor's g is some tenth of its converter's range: 102 of 1024 for an ADXL335 (datasheet: 330 mV of 3.3 V).
const NEAR_MIDDLE: f64 = 0.3;

/// |v| in the calmest windows, and how calm they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quiet {
    /// Median |mean vector| over the calmest windows, in the file's unit.
    pub magnitude: f64,
    /// How calm they are.
    pub rest: Rest,
    /// Windows that it rests on.
    pub n_windows: u64,
    /// Their share of all windows.
    pub share: f64,
    /// Length of the mean vector over five seconds, where it is gravity's; it stands beside `magnitude`.
    pub steady: Option<f64>,
    /// The middle of a converter's range that all three axes stay near: zero g is there, and not at 0.
    pub middle: Option<f64>,
}

/// How calm the calmest windows are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Rest {
    /// Spread below this share of the mean vector.
    Still(f64),
    /// Only windows in which every sample is the same.
    Frozen,
    /// None, but means over five seconds are all of one length: that length. Of a recording too short for two of them, the
    /// length of its mean vector, where the samples are hardly longer.
    Carried,
    /// None: the median length of all samples.
    Never,
}

/// Collects windows, in memory that does not grow with the recording.
#[derive(Debug, Clone)]
pub(super) struct QuietWindows {
    per_window: usize,
    n: usize,
    sum: [f64; 3],
    squares: f64,
    lengths: f64,
    first: [f32; 3],
    frozen_so_far: bool,
    levels: Vec<LogHistogram>,
    frozen: LogHistogram,
    moving: LogHistogram,
    windows: u64,
    long: LongMeans,
    /// Of all windows' mean vectors, the lowest and the highest number of any axis.
    lowest: f64,
    highest: f64,
}

/// Mean vectors over [`LONG`] windows.
#[derive(Debug, Clone, Default)]
struct LongMeans {
    sum: [f64; 3],
    lengths: f64,
    n: u32,
    /// The same over the whole recording.
    whole: [f64; 3],
    whole_lengths: f64,
    magnitudes: LogHistogram,
    /// Of those, how many are as long as gravity would make them.
    n_held: u64,
}

impl QuietWindows {
    /// Windows of about a second at this rate; at least eight samples.
    pub(super) fn at_rate(hz: f64) -> Self {
        Self {
            per_window: (hz.round() as usize).clamp(8, 400),
            n: 0,
            sum: [0.0; 3],
            squares: 0.0,
            lengths: 0.0,
            first: [0.0; 3],
            frozen_so_far: true,
            levels: vec![LogHistogram::default(); LEVELS.len()],
            frozen: LogHistogram::default(),
            moving: LogHistogram::default(),
            windows: 0,
            long: LongMeans::default(),
            lowest: f64::INFINITY,
            highest: f64::NEG_INFINITY,
        }
    }

    /// Adds samples in order.
    pub(super) fn add(&mut self, x: &[f32], y: &[f32], z: &[f32]) {
        let mut at = 0;
        let total = x.len().min(y.len()).min(z.len());
        while at < total {
            let take = (self.per_window - self.n).min(total - at);
            self.add_within(&x[at..at + take], &y[at..at + take], &z[at..at + take]);
            at += take;
            if self.n == self.per_window {
                self.close();
            }
        }
    }

    fn add_within(&mut self, x: &[f32], y: &[f32], z: &[f32]) {
        if self.n == 0 {
            self.first = [x[0], y[0], z[0]];
            self.frozen_so_far = true;
        }
        // sums of a piece in f64 around the first sample, so that counts of 8192 lose nothing
        let base = self.first.map(f64::from);
        let mut sums = Sums::default();
        dispatch!(Level::new(), _ => sums.add(base, [x, y, z]));
        let [sum @ .., squares, lengths] = sums.0.map(|lanes| lanes.into_iter().sum::<f64>());
        self.frozen_so_far &= squares == 0.0;
        for (total, part) in self.sum.iter_mut().zip::<[f64; 3]>(sum) {
            *total += part;
        }
        self.squares += squares;
        self.lengths += lengths;
        self.n += x.len();
    }

    fn close(&mut self) {
        let n = self.n as f64;
        let mean_d = self.sum.map(|s| s / n);
        let variance = (self.squares / n - mean_d.iter().map(|m| m * m).sum::<f64>()).max(0.0);
        let vector = [0, 1, 2].map(|axis| mean_d[axis] + f64::from(self.first[axis]));
        let mean = length(vector);
        let all_zero = self.frozen_so_far && self.first == [0.0; 3];
        if !all_zero {
            self.windows += 1;
            self.lowest = vector.into_iter().fold(self.lowest, f64::min);
            self.highest = vector.into_iter().fold(self.highest, f64::max);
            self.moving.add(self.lengths / n);
            self.long.add(vector, self.lengths / n);
            if self.frozen_so_far {
                self.frozen.add(mean);
            } else {
                let ratio = variance.sqrt() / mean;
                for (level, histogram) in LEVELS.iter().zip(&mut self.levels) {
                    if ratio <= *level {
                        histogram.add(mean);
                    }
                }
            }
        }
        self.n = 0;
        self.sum = [0.0; 3];
        self.squares = 0.0;
        self.lengths = 0.0;
    }

    /// |v| at rest; `None` when there was not one window of anything but zeros.
    pub(super) fn settle(&self) -> Option<Quiet> {
        let mut windows = self.clone();
        if windows.windows == 0 && windows.n >= 4 {
            windows.close();
        }
        let enough = ((windows.windows as f64 * SHARE) as u64).clamp(2, ENOUGH);
        let share = |n: u64| n as f64 / windows.windows.max(1) as f64;
        let steady = windows.long.steady();
        let middle = middle_of(windows.lowest, windows.highest);
        for (level, histogram) in LEVELS.iter().zip(&windows.levels) {
            if histogram.n >= enough.min(windows.windows) && histogram.n > 0 {
                return Some(Quiet {
                    magnitude: histogram.median()?,
                    rest: Rest::Still(*level),
                    n_windows: histogram.n,
                    share: share(histogram.n),
                    steady,
                    middle,
                });
            }
        }
        if windows.frozen.n >= enough {
            return Some(Quiet {
                magnitude: windows.frozen.median()?,
                rest: Rest::Frozen,
                n_windows: windows.frozen.n,
                share: share(windows.frozen.n),
                steady,
                middle,
            });
        }
        let (magnitude, rest) = match steady.or_else(|| windows.long.of_a_short_one()) {
            Some(magnitude) => (magnitude, Rest::Carried),
            None => (windows.moving.median()?, Rest::Never),
        };
        Some(Quiet {
            magnitude,
            rest,
            n_windows: windows.moving.n,
            share: share(windows.moving.n),
            steady,
            middle,
        })
    }
}

/// The middle of a converter of 8 to 16 bits that everything from `lowest` to `highest` stays near.
fn middle_of(lowest: f64, highest: f64) -> Option<f64> {
    let middles = (7..=15).map(|bits| f64::from(1 << bits));
    middles
        .filter(|middle| lowest > (1.0 - NEAR_MIDDLE) * middle)
        .find(|middle| highest < (1.0 + NEAR_MIDDLE) * middle)
}

/// Samples that are summed side by side, so that no sum waits for the one before.
const LANES: usize = 8;

/// Sums of a piece: of what each axis is off the base, of its squares, of lengths.
#[derive(Default)]
struct Sums([[f64; LANES]; 5]);

impl Sums {
    #[inline(always)]
    fn add(&mut self, base: [f64; 3], [x, y, z]: [&[f32]; 3]) {
        let ((xs, x), (ys, y), (zs, z)) = (x.as_chunks(), y.as_chunks(), z.as_chunks());
        for ((x, y), z) in xs.iter().zip(ys).zip(zs) {
            self.add_lanes::<LANES>(base, [x, y, z]);
        }
        for ((x, y), z) in x
            .as_chunks()
            .0
            .iter()
            .zip(y.as_chunks().0)
            .zip(z.as_chunks().0)
        {
            self.add_lanes::<1>(base, [x, y, z]);
        }
    }

    #[inline(always)]
    fn add_lanes<const N: usize>(&mut self, base: [f64; 3], [x, y, z]: [&[f32; N]; 3]) {
        let [sum_x, sum_y, sum_z, squares, lengths] = &mut self.0;
        for lane in 0..N {
            let v = [f64::from(x[lane]), f64::from(y[lane]), f64::from(z[lane])];
            let d = [v[0] - base[0], v[1] - base[1], v[2] - base[2]];
            sum_x[lane] += d[0];
            sum_y[lane] += d[1];
            sum_z[lane] += d[2];
            squares[lane] += d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
            lengths[lane] += (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).sqrt();
        }
    }
}

impl LongMeans {
    /// Adds the mean vector of a window and the mean length of its samples.
    fn add(&mut self, mean: [f64; 3], samples: f64) {
        for (sum, value) in self.sum.iter_mut().zip(mean) {
            *sum += value;
        }
        for (sum, value) in self.whole.iter_mut().zip(mean) {
            *sum += value;
        }
        self.whole_lengths += samples;
        self.lengths += samples;
        self.n += 1;
        if self.n < LONG {
            return;
        }
        let n = f64::from(self.n);
        let long = length(self.sum.map(|sum| sum / n));
        self.magnitudes.add(long);
        self.n_held += u64::from(long >= LONG_SHARE * self.lengths / n);
        (self.sum, self.lengths, self.n) = ([0.0; 3], 0.0, 0);
    }

    /// The length of the one mean there is, where the recording is too short for more and it is gravity's.
    fn of_a_short_one(&self) -> Option<f64> {
        let windows = self.magnitudes.n as f64 * f64::from(LONG) + f64::from(self.n);
        let mean = length(self.whole) / windows;
        let is_held = mean >= LONG_SHARE * self.whole_lengths / windows;
        (self.magnitudes.n < LONG_MEANS && windows > 0.0 && is_held).then_some(mean)
    }

    /// Their median, where they are gravity.
    fn steady(&self) -> Option<f64> {
        let n = self.magnitudes.n;
        if n < LONG_MEANS || self.n_held * 10 < n * 9 {
            return None;
        }
        let median = self.magnitudes.median()?;
        let (low, high) = (self.magnitudes.at(0.05)?, self.magnitudes.at(0.95)?);
        (low >= median * (1.0 - LONG_SPREAD) && high <= median * (1.0 + LONG_SPREAD))
            .then_some(median)
    }
}

fn length(v: [f64; 3]) -> f64 {
    v.iter().map(|value| value * value).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repeatable noise between -1 and 1.
    fn noise(n: usize) -> f32 {
        let mixed = (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
        (mixed % 20_001) as f32 / 10_000.0 - 1.0
    }

    fn quiet_of(samples: impl Iterator<Item = [f32; 3]>) -> Quiet {
        let mut windows = QuietWindows::at_rate(50.0);
        for [x, y, z] in samples {
            windows.add(&[x], &[y], &[z]);
        }
        windows.settle().unwrap()
    }

    #[test]
    fn one_g_is_found_between_movements() {
        let quiet = quiet_of((0..5_000).map(|n| {
            let moving = if n % 1_000 < 700 { 0.8 } else { 0.003 };
            [
                0.6 + moving * noise(n),
                -0.8 + moving * noise(n + 7),
                moving * noise(n + 13),
            ]
        }));
        assert!((quiet.magnitude - 1.0).abs() < 0.01, "{quiet:?}");
        assert!(matches!(quiet.rest, Rest::Still(_)));
    }

    #[test]
    fn without_gravity_nothing_is_at_rest() {
        let quiet = quiet_of(
            (0..5_000).map(|n| [noise(n), noise(3 * n + 1), noise(7 * n + 2)].map(|v| v * 0.02)),
        );
        assert_eq!(quiet.rest, Rest::Never);
        assert!(quiet.magnitude < 0.05);
    }

    /// A swinging arm: the vector turns by some degrees and its length goes up and down by a third.
    fn walk(n: usize, gravity: f32) -> [f32; 3] {
        let swing = (n as f32 * 0.2).sin();
        [
            gravity * swing * 0.2 + 0.3 * swing + 0.05 * noise(n),
            gravity * 0.3 * swing,
            gravity + 0.4 * (n as f32 * 0.4).sin() + 0.1 * noise(n + 7),
        ]
    }

    #[test]
    fn a_sensor_that_never_rests_hangs_on_the_earth_all_the_same() {
        let with = quiet_of((0..3_000).map(|n| walk(n, 1.0)));
        assert_eq!(with.rest, Rest::Carried, "{with:?}");
        assert!((with.magnitude - 1.0).abs() < 0.05, "{with:?}");
        let without = quiet_of((0..3_000).map(|n| walk(n, 0.0)));
        assert_eq!((without.rest, without.steady), (Rest::Never, None));
    }

    #[test]
    fn a_car_that_brakes_and_speeds_up_shows_no_gravity() {
        let driven = |n: usize| match n / 400 % 3 {
            0 => [1.2, 0.1, 0.0],
            1 => [-2.1, 0.3, 0.1],
            _ => [0.2, 1.4, 0.0],
        };
        let quiet = quiet_of((0..12_000).map(|n| driven(n).map(|v| v + 0.5 * noise(n))));
        assert_eq!(quiet.steady, None);
    }

    #[test]
    fn rows_of_zeros_say_nothing() {
        let mut windows = QuietWindows::at_rate(50.0);
        windows.add(&[0.0; 500], &[0.0; 500], &[0.0; 500]);
        assert_eq!(windows.settle(), None);
        windows.add(&[8200.0; 500], &[0.0; 500], &[100.0; 500]);
        assert_eq!(windows.settle().unwrap().rest, Rest::Frozen);
    }

    #[test]
    fn the_median_of_a_histogram_is_within_its_step() {
        let mut histogram = LogHistogram::default();
        for n in 0..1_000 {
            histogram.add(0.9 + 0.2 * f64::from(n) / 1_000.0);
        }
        assert!((histogram.median().unwrap() - 1.0).abs() < 0.003);
    }
}

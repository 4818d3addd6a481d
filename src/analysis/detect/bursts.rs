//! Stretches of the envelope above a threshold, with hysteresis.

/// A threshold that changes slowly: values every so many seconds, linear between.
pub(super) struct Threshold<'a> {
    /// One value every `step_s`, the first at `step_s / 2`.
    pub values: &'a [f32],
    pub step_s: f64,
}

/// A stretch of envelope samples, `from` in it, `to` not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Burst {
    pub from: usize,
    pub to: usize,
}

/// Stretches in which the envelope passes `on`, each as far as it stays above `off`; `hold` samples below are bridged.
///
/// `on` and `off` give a factor each on the same slow threshold. Where the threshold is `NaN` nothing is found; a gap
/// (`NaN` in the envelope) ends a stretch.
pub(super) fn find(
    envelope: &[f32],
    rate_hz: f64,
    on: &Threshold,
    off: &Threshold,
    hold: usize,
) -> Vec<Burst> {
    let mut bursts: Vec<Burst> = Vec::new();
    // The stretch above `off` that is open: where it began, behind its last sample above, and whether it passed `on`.
    let mut open: Option<(Burst, bool)> = None;
    let close = |open: &mut Option<(Burst, bool)>, bursts: &mut Vec<Burst>| {
        if let Some((burst, true)) = open.take() {
            bursts.push(burst);
        }
    };
    let stride = on.stride(rate_hz).min(off.stride(rate_hz));
    let mut next_off = off.at(0.0);
    for (n, block) in envelope.chunks(stride).enumerate() {
        let from = n * stride;
        let off = off.ramp_from(next_off, from, stride, rate_hz);
        next_off = off.end;
        if open.is_none() && !off.is_passed(block) {
            continue;
        }
        let on = on.ramp(from, stride, rate_hz);
        for ((i, &value), (on, off)) in (from..).zip(block).zip(on.zip(off)) {
            if value.is_nan() {
                close(&mut open, &mut bursts);
            } else if value > off {
                match &mut open {
                    Some((burst, passed)) => {
                        burst.to = i + 1;
                        *passed |= value > on;
                    }
                    None => {
                        let burst = Burst { from: i, to: i + 1 };
                        open = Some((burst, value > on));
                    }
                }
            } else if open.as_ref().is_some_and(|(burst, _)| i >= burst.to + hold) {
                close(&mut open, &mut bursts);
            }
        }
    }
    close(&mut open, &mut bursts);
    bursts
}

/// A dip below this share of both neighbours parts two peaks.
const DIP_SHARE: f32 = 0.5;

/// The largest sample of every peak within stretches; between two the envelope falls below half the smaller.
pub(super) fn peaks(envelope: &[f32], bursts: &[Burst]) -> Vec<usize> {
    let mut found = Vec::new();
    for burst in bursts {
        let first = found.len();
        let mut dip = f32::INFINITY;
        for i in burst.from..burst.to {
            let value = envelope[i];
            let peak = found
                .last()
                .filter(|_| found.len() > first)
                .map(|&at| envelope[at]);
            match peak {
                Some(peak) if dip >= DIP_SHARE * peak => {
                    if value > peak {
                        *found.last_mut().unwrap_or(&mut 0) = i;
                        dip = value;
                    }
                }
                Some(_) if value <= dip / DIP_SHARE => {}
                _ => {
                    found.push(i);
                    dip = value;
                }
            }
            dip = dip.min(value);
        }
    }
    found
}

impl Threshold<'_> {
    /// The value at a second.
    pub(super) fn at(&self, second: f64) -> f32 {
        let Some(last) = self.values.len().checked_sub(1) else {
            return f32::NAN;
        };
        let place = (second / self.step_s - 0.5).clamp(0.0, last as f64);
        let below = place as usize;
        let (a, b) = (self.values[below], self.values[(below + 1).min(last)]);
        match (a.is_nan(), b.is_nan()) {
            (true, _) => b,
            (_, true) => a,
            _ => a + (place - below as f64) as f32 * (b - a),
        }
    }

    /// For so many samples an eighth of a step is long enough: it is walked in a straight line.
    fn stride(&self, rate_hz: f64) -> usize {
        ((self.step_s * rate_hz / 8.0) as usize).max(1)
    }

    /// The threshold from a sample on, for one stride.
    fn ramp(&self, from: usize, stride: usize, rate_hz: f64) -> Ramp {
        let value = self.at(from as f64 / rate_hz);
        self.ramp_from(value, from, stride, rate_hz)
    }

    /// The same where the value at its first sample is known.
    fn ramp_from(&self, value: f32, from: usize, stride: usize, rate_hz: f64) -> Ramp {
        let end = self.at((from + stride) as f64 / rate_hz);
        Ramp {
            value,
            slope: (end - value) / stride as f32,
            end,
            lowest: if value < end { value } else { end },
        }
    }
}

/// A threshold sample by sample, for one stride: exact at its ends, linear between.
#[derive(Debug, Clone, Copy)]
struct Ramp {
    value: f32,
    slope: f32,
    /// The value with which the next stride begins.
    end: f32,
    /// The lower of its ends; `NaN` where the second is none.
    lowest: f32,
}

impl Ramp {
    /// Whether any value may lie above it: what is surely below is not looked at one by one.
    fn is_passed(&self, values: &[f32]) -> bool {
        /// Sums along the ramp round by far less.
        const SURELY: f32 = 0.999;
        let surely = SURELY * self.lowest;
        surely.is_nan()
            || surely <= 0.0
            || values
                .iter()
                .fold(false, |passed, &value| passed | (value > surely))
    }
}

impl Iterator for Ramp {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        let value = self.value;
        self.value += self.slope;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    #[test]
    fn peaks_stand_apart_when_the_dip_is_below_half() {
        let count = |envelope: &[f32]| {
            let all = Burst {
                from: 0,
                to: envelope.len(),
            };
            peaks(envelope, &[all])
        };
        assert_eq!(count(&[1.0, 5.0, 9.0, 5.0, 1.0]), [2]);
        assert_eq!(count(&[1.0, 9.0, 4.0, 9.0, 1.0]), [1, 3]);
        assert_eq!(count(&[1.0, 9.0, 6.0, 9.5, 1.0]), [3]);
        assert_eq!(count(&[9.0, 1.0, 9.0, 1.0, 8.0, 9.0]), [0, 2, 5]);
        assert!(count(&[]).is_empty());
    }

    /// On at 10, off at 4, one sample of silence bridged.
    fn stretches(envelope: &[f32]) -> Vec<(usize, usize)> {
        let threshold = |value: f32| vec![value; 3];
        let (on, off) = (threshold(10.0), threshold(4.0));
        let slow = |values| Threshold {
            values,
            step_s: 5.0,
        };
        find(envelope, 1.0, &slow(&on), &slow(&off), 1)
            .iter()
            .map(|burst| (burst.from, burst.to))
            .collect()
    }

    #[test]
    fn a_stretch_reaches_as_far_as_the_lower_threshold() {
        assert_eq!(stretches(&[0.0, 5.0, 11.0, 5.0, 0.0, 0.0]), [(1, 4)]);
        assert_eq!(stretches(&[0.0, 5.0, 9.0, 5.0, 0.0]), []);
        assert_eq!(
            stretches(&[11.0, 0.0, 5.0, 0.0, 0.0, 11.0]),
            [(0, 3), (5, 6)]
        );
    }

    #[test]
    fn a_gap_ends_a_stretch() {
        assert_eq!(stretches(&[11.0, 11.0, f32::NAN, 11.0]), [(0, 2), (3, 4)]);
    }

    #[test]
    fn a_threshold_is_linear_between_its_values() {
        let values = [1.0, 3.0, f32::NAN, 5.0];
        let slow = Threshold {
            values: &values,
            step_s: 2.0,
        };
        assert_eq!(slow.at(0.0), 1.0);
        assert_eq!(slow.at(2.0), 2.0);
        assert_eq!(slow.at(4.0), 3.0);
        assert_eq!(slow.at(100.0), 5.0);
        let stride = slow.stride(8.0);
        for from in (0..24).step_by(stride) {
            let ramp = slow.ramp(from, stride, 8.0);
            for (i, value) in (from..from + stride).zip(ramp) {
                assert!((value - slow.at(i as f64 / 8.0)).abs() < 1e-5);
            }
        }
    }

    #[test]
    fn what_lies_surely_below_is_passed_over_without_a_difference() {
        let mut noise = Noise::new(8);
        for _ in 0..50 {
            let n = noise.between(1, 3_000);
            let low = noise.unit() as f32;
            let mut envelope: Vec<f32> = (0..n)
                .map(|_| (noise.normal() as f32).powi(4) * 0.1 + low)
                .collect();
            envelope[n / 2] = f32::NAN;
            let mut values: Vec<f32> = (0..n / 80 + 1).map(|_| 0.5 + noise.unit() as f32).collect();
            values[n / 160] = f32::NAN;
            let on: Vec<f32> = values.iter().map(|value| 2.0 * value).collect();
            let slow = |values| Threshold {
                values,
                step_s: 5.0,
            };
            let found = find(&envelope, 16.0, &slow(&on), &slow(&values), 3);
            assert_eq!(found, one_by_one(&envelope, &slow(&on), &slow(&values), 3));
        }
    }

    /// Sample by sample, at 16 Hz.
    fn one_by_one(envelope: &[f32], on: &Threshold, off: &Threshold, hold: usize) -> Vec<Burst> {
        let stride = on.stride(16.0);
        let walked = |threshold: &Threshold, i: usize| {
            let mut ramp = threshold.ramp(i / stride * stride, stride, 16.0);
            ramp.nth(i % stride).unwrap()
        };
        let mut found: Vec<(Burst, bool)> = Vec::new();
        let mut broken = true;
        for (i, &value) in envelope.iter().enumerate() {
            broken |= value.is_nan();
            let above = value > walked(off, i);
            if !above {
                continue;
            }
            match found.last_mut() {
                Some((burst, passed)) if !broken && i <= burst.to + hold => {
                    burst.to = i + 1;
                    *passed |= value > walked(on, i);
                }
                _ => found.push((Burst { from: i, to: i + 1 }, value > walked(on, i))),
            }
            broken = false;
        }
        let passed = found.into_iter().filter(|(_, passed)| *passed);
        passed.map(|(burst, _)| burst).collect()
    }
}

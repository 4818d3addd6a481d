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
    let (mut on, mut off) = (on.walk(rate_hz), off.walk(rate_hz));
    for (i, &value) in envelope.iter().enumerate() {
        let (on, off) = (on.next(), off.next());
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

    fn walk(&self, rate_hz: f64) -> Walk<'_> {
        Walk {
            threshold: self,
            rate_hz,
            index: 0,
            value: f32::NAN,
            slope: 0.0,
            until: 0,
        }
    }
}

/// The threshold sample by sample: exact once every eighth of a step, linear between.
struct Walk<'a> {
    threshold: &'a Threshold<'a>,
    rate_hz: f64,
    index: usize,
    value: f32,
    slope: f32,
    until: usize,
}

impl Walk<'_> {
    fn next(&mut self) -> f32 {
        if self.index == self.until {
            let stride = ((self.threshold.step_s * self.rate_hz / 8.0) as usize).max(1);
            let at = |index: usize| self.threshold.at(index as f64 / self.rate_hz);
            self.value = at(self.index);
            self.slope = (at(self.index + stride) - self.value) / stride as f32;
            self.until = self.index + stride;
        } else {
            self.value += self.slope;
        }
        self.index += 1;
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut walk = slow.walk(8.0);
        let walked: Vec<f32> = (0..24).map(|_| walk.next()).collect();
        for (i, value) in walked.iter().enumerate() {
            assert!((value - slow.at(i as f64 / 8.0)).abs() < 1e-5);
        }
    }
}

//! The rhythm of a night by spectrum and autocorrelation: dominant period, and its strength against chance.
//!
//! It looks at the train of onsets and at the movement envelope, second by second, between 1/90 and 1/8 Hz: the
//! intervals of series (10 to 90 s) with a little room below. It decides no single movement: whether one is periodic is
//! for the scoring rules to say.
//!
//! Strength is the highest peak over the mean of the band, and means nothing by itself: it is held against the same
//! figure of nights made from this one by chance. [Scattering](surrogate) moves every onset at random within its three
//! minutes, so that a night that is merely busy at times is no rhythm (the jitter method; Amarasingham et al. 2012, J
//! Neurophysiol 107:517). Shuffling the intervals keeps them all and loses their order; a night of one steady rhythm
//! stays as it is, so that both are told.

mod peak;
mod surrogate;

use jiff::SignedDuration;

use super::in_window;
use crate::model::night::Night;
use crate::model::scored::CandidateMovement;
use crate::model::summary::{BandPower, HourRhythm, NightRhythm, Rhythm, RhythmPeak};
use crate::signal::correlate::autocorrelation;
use crate::signal::random::Random;
use crate::signal::spectrum::{Spectrum, welch};

/// Lowest frequency: the longest periodic interval (WASM/IRLSSG 2016).
pub const LOW_HZ: f64 = 1.0 / 90.0;
/// Highest frequency: a little below the shortest periodic interval of 10 s.
pub const HIGH_HZ: f64 = 1.0 / 8.0;
/// Length of a stretch of the spectrum in seconds: some twenty periods, over which series keep their pace.
const STRETCH_S: usize = 512;
/// Longest lag of the autocorrelation, in seconds.
const LONGEST_LAG_S: usize = 120;
/// Fewer onsets than two series make no rhythm.
const FEWEST: usize = 8;
/// Longer than a week is no night; keeps a list with absurd times from filling memory.
const LONGEST_S: i64 = 7 * 24 * 3600;

/// How much chance to hold a rhythm against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RhythmParams {
    /// Nights made by chance for each comparison; 99 give probabilities in steps of 0.01.
    pub surrogates: usize,
    /// Seed of the chance: the same seed gives the same figures.
    pub seed: u64,
}

impl Default for RhythmParams {
    fn default() -> Self {
        Self {
            surrogates: 99,
            seed: 1,
        }
    }
}

/// The rhythm of a night; `movements` are scored and in order of onset, `envelope` holds one value a second of the window
/// from lights out on, `NaN` where nothing was recorded.
pub fn rhythm(
    movements: &[CandidateMovement],
    envelope: Option<&[f32]>,
    night: &Night,
    params: &RhythmParams,
) -> NightRhythm {
    let onsets = onsets_s(in_window(movements, night), night.lights_out);
    let length = whole_seconds(night.lights_on - night.lights_out);
    NightRhythm {
        events: of_onsets(&onsets, length, params),
        envelope: envelope.map(|envelope| of_envelope(envelope, params)),
        hours: by_hour(movements, night, params),
    }
}

/// Onsets of candidates in whole seconds since `from`.
fn onsets_s(movements: &[CandidateMovement], from: SignedDuration) -> Vec<usize> {
    let candidates = movements.iter().filter(|m| m.candidate);
    candidates.map(|m| whole_seconds(m.onset - from)).collect()
}

fn whole_seconds(span: SignedDuration) -> usize {
    span.as_secs().clamp(0, LONGEST_S) as usize
}

/// The rhythm of onsets given in whole seconds, in order, over a window of `length` seconds.
pub fn of_onsets(onsets: &[usize], length: usize, params: &RhythmParams) -> Rhythm {
    let train = surrogate::train(onsets, length);
    let Some(spectrum) = seen(onsets.len(), &train) else {
        return nothing();
    };
    let mut random = Random::seeded(params.seed);
    let found = peak::find(&spectrum).map(|found| RhythmPeak {
        period_s: found.period_s,
        strength: found.strength,
        p_scattered: probability(found.strength, params.surrogates, || {
            surrogate::scattered(onsets, length, &mut random)
        }),
        p_shuffled: Some(probability(found.strength, params.surrogates, || {
            surrogate::shuffled(onsets, length, &mut random)
        })),
    });
    Rhythm {
        spectrum: band(&spectrum),
        autocorrelation: autocorrelation(&train, LONGEST_LAG_S).unwrap_or_default(),
        peak: found,
    }
}

/// The rhythm of a movement envelope, one value a second. Amplitudes count by their logarithm over the median, so that a
/// few whole-body movements do not drown the rest; what was not recorded counts as rest.
pub fn of_envelope(envelope: &[f32], params: &RhythmParams) -> Rhythm {
    let series = surrogate::compressed(envelope);
    let Some(spectrum) = seen(usize::MAX, &series) else {
        return nothing();
    };
    let mut random = Random::seeded(params.seed);
    let found = peak::find(&spectrum).map(|found| RhythmPeak {
        period_s: found.period_s,
        strength: found.strength,
        p_scattered: probability(found.strength, params.surrogates, || {
            surrogate::scattered_pieces(&series, &mut random)
        }),
        p_shuffled: None,
    });
    Rhythm {
        spectrum: band(&spectrum),
        autocorrelation: autocorrelation(&series, LONGEST_LAG_S).unwrap_or_default(),
        peak: found,
    }
}

/// The strongest period of each hour since lights out; a last piece of less than half an hour belongs to the hour before.
fn by_hour(
    movements: &[CandidateMovement],
    night: &Night,
    params: &RhythmParams,
) -> Vec<HourRhythm> {
    const HOUR: SignedDuration = SignedDuration::from_hours(1);
    const LAST: SignedDuration = SignedDuration::from_mins(30);
    let mut hours = Vec::new();
    let mut start = night.lights_out;
    let far = night.lights_out + SignedDuration::from_secs(LONGEST_S);
    while start < night.lights_on.min(far) {
        let end = match start + HOUR {
            end if end + LAST > night.lights_on => night.lights_on,
            end => end,
        };
        let hour = Night {
            lights_out: start,
            lights_on: end,
            source: night.source,
            stages: Vec::new(),
        };
        let onsets = onsets_s(in_window(movements, &hour), start);
        let length = whole_seconds(end - start);
        let train = surrogate::train(&onsets, length);
        let found = seen(onsets.len(), &train).and_then(|spectrum| peak::find(&spectrum));
        let mut random = Random::seeded(params.seed);
        hours.push(HourRhythm {
            start,
            end,
            peak: found.map(|found| RhythmPeak {
                period_s: found.period_s,
                strength: found.strength,
                p_scattered: probability(found.strength, params.surrogates, || {
                    surrogate::scattered(&onsets, length, &mut random)
                }),
                p_shuffled: None,
            }),
        });
        start = end;
    }
    hours
}

/// The spectrum of a series, where there is something to see in it.
fn seen(n: usize, series: &[f32]) -> Option<Spectrum> {
    let spectrum = (n >= FEWEST && series.len() >= STRETCH_S)
        .then(|| welch(series, STRETCH_S, 1.0))
        .flatten()?;
    (spectrum.power(LOW_HZ, HIGH_HZ) > 0.0).then_some(spectrum)
}

fn nothing() -> Rhythm {
    Rhythm {
        spectrum: Vec::new(),
        autocorrelation: Vec::new(),
        peak: None,
    }
}

fn band(spectrum: &Spectrum) -> Vec<BandPower> {
    let mean = peak::mean_in_band(spectrum);
    peak::bins(spectrum)
        .map(|k| BandPower {
            hz: k as f64 * spectrum.step_hz,
            power: spectrum.density[k] / mean,
        })
        .collect()
}

/// How often chance reaches a strength, the night itself counted as one of its draws (Davison & Hinkley 1997, eq. 4.11):
/// never 0.
fn probability(strength: f64, draws: usize, mut draw: impl FnMut() -> Vec<f32>) -> f64 {
    let reaches = |series: Vec<f32>| {
        welch(&series, STRETCH_S, 1.0)
            .and_then(|spectrum| peak::find(&spectrum))
            .is_some_and(|found| found.strength >= strength)
    };
    let n = (0..draws).filter(|_| reaches(draw())).count();
    (n + 1) as f64 / (draws + 1) as f64
}

#[cfg(test)]
mod tests;

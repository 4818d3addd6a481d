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

mod band;
mod peak;
mod surrogate;

use jiff::SignedDuration;

use super::in_window;
use crate::model::night::Night;
use crate::model::scored::CandidateMovement;
use crate::model::summary::{BandPower, HourRhythm, Rhythm, RhythmPeak};
use crate::signal::correlate::autocorrelation;
use crate::signal::random::Random;
use crate::signal::spectrum::{Spectrum, welch};
use band::BandTransform;
use surrogate::Bouts;

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

/// The rhythm of the candidates in the window of the night.
pub fn of_movements(
    movements: &[CandidateMovement],
    night: &Night,
    params: &RhythmParams,
) -> Rhythm {
    let onsets = onsets_s(in_window(movements, night), night.lights_out);
    let length = whole_seconds(night.lights_on - night.lights_out);
    of_onsets(&onsets, length, params)
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
    onsets_with(
        &mut BandTransform::new(),
        onsets,
        length,
        params,
        Shuffle::Too,
    )
}

/// Whether the intervals are shuffled, too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shuffle {
    Too,
    Not,
}

fn onsets_with(
    transform: &mut BandTransform,
    onsets: &[usize],
    length: usize,
    params: &RhythmParams,
    shuffle: Shuffle,
) -> Rhythm {
    let train = surrogate::train(onsets, length);
    let Some(spectrum) = seen(onsets.len(), &train) else {
        return nothing();
    };
    let ones = |onsets: Vec<usize>| onsets.into_iter().map(|onset| (onset, 1.0_f32));
    let mut random = Random::seeded(params.seed);
    let own = transform.spectrum(ones(onsets.to_vec()), length);
    let scattered = chance(&own, params.surrogates, || {
        transform.spectrum(
            ones(surrogate::scattered(onsets, length, &mut random)),
            length,
        )
    });
    let shuffled = match shuffle {
        Shuffle::Not => None,
        Shuffle::Too => chance(&own, params.surrogates, || {
            transform.spectrum(ones(surrogate::shuffled(onsets, &mut random)), length)
        }),
    };
    Rhythm {
        peak: peak(&spectrum, scattered, shuffled),
        spectrum: band(&spectrum),
        autocorrelation: autocorrelation(&train, LONGEST_LAG_S).unwrap_or_default(),
        limit_scattered: scattered.map(|chance| chance.limit),
        limit_shuffled: shuffled.map(|chance| chance.limit),
    }
}

/// The rhythm of a movement envelope, one value a second. Amplitudes count by their logarithm over the median, so that a
/// few whole-body movements do not drown the rest; what was not recorded counts as rest, as does what stays below three
/// medians.
///
/// Movements last, some for a minute, and alone give power at long periods. So the spectrum is that over the mean of nights
/// whose movements, whole as they are, begin anywhere within their three minutes: 1 is what such movements give by chance.
pub fn of_envelope(envelope: &[f32], params: &RhythmParams) -> Rhythm {
    let series = surrogate::compressed(envelope);
    if seen(usize::MAX, &series).is_none() {
        return nothing();
    }
    let mut random = Random::seeded(params.seed);
    let mut transform = BandTransform::new();
    let bouts = Bouts::of(&series);
    let own = transform.spectrum(bouts.as_they_are(), series.len());
    let by_chance: Vec<Spectrum> = (0..params.surrogates)
        .map(|_| transform.spectrum(bouts.scattered(series.len(), &mut random), series.len()))
        .collect();
    let own = over_mean(&own, &by_chance);
    let mut draws = by_chance.iter().map(|one| over_mean(one, &by_chance));
    let scattered = chance(&own, params.surrogates, || {
        draws.next().unwrap_or_else(|| own.clone())
    });
    Rhythm {
        peak: peak(&own, scattered, None),
        spectrum: band(&own),
        autocorrelation: autocorrelation(&series, LONGEST_LAG_S).unwrap_or_default(),
        limit_scattered: scattered.map(|chance| chance.limit),
        limit_shuffled: None,
    }
}

/// A spectrum over the mean of others, frequency by frequency; as it is where there are none.
fn over_mean(one: &Spectrum, others: &[Spectrum]) -> Spectrum {
    let n = others.len() as f64;
    let mean = |k: usize| others.iter().map(|other| other.density[k]).sum::<f64>() / n;
    let over = |(k, &density): (usize, &f64)| match mean(k) {
        mean if mean > 0.0 => density / mean,
        _ if others.is_empty() => density,
        _ => 0.0,
    };
    Spectrum {
        step_hz: one.step_hz,
        density: one.density.iter().enumerate().map(over).collect(),
    }
}

fn peak(
    spectrum: &Spectrum,
    scattered: Option<Chance>,
    shuffled: Option<Chance>,
) -> Option<RhythmPeak> {
    let found = peak::find(spectrum)?;
    Some(RhythmPeak {
        period_s: found.period_s,
        strength: found.strength,
        p_scattered: scattered?.p,
        p_shuffled: shuffled.map(|chance| chance.p),
    })
}

/// The strongest period of each hour since lights out; a last piece of less than half an hour belongs to the hour before.
pub fn by_hour(
    movements: &[CandidateMovement],
    night: &Night,
    params: &RhythmParams,
) -> Vec<HourRhythm> {
    const HOUR: SignedDuration = SignedDuration::from_hours(1);
    const LAST: SignedDuration = SignedDuration::from_mins(30);
    let mut hours = Vec::new();
    let mut transform = BandTransform::new();
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
            lights_out_by: night.lights_out_by,
            lights_on_by: night.lights_on_by,
            stages: Vec::new(),
        };
        let onsets = onsets_s(in_window(movements, &hour), start);
        let length = whole_seconds(end - start);
        let rhythm = onsets_with(&mut transform, &onsets, length, params, Shuffle::Not);
        hours.push(HourRhythm {
            start,
            end,
            peak: rhythm.peak,
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
        limit_scattered: None,
        limit_shuffled: None,
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

/// What nights by chance make of a strength.
#[derive(Debug, Clone, Copy)]
struct Chance {
    /// How often they reach it.
    p: f64,
    /// What 95 of 100 stay below.
    limit: f64,
}

/// Holds the strongest peak of a spectrum against those of spectra by chance, the night itself counted as one of its
/// draws (Davison & Hinkley 1997, eq. 4.11): never 0. `None` without a peak or a draw.
fn chance(own: &Spectrum, draws: usize, mut draw: impl FnMut() -> Spectrum) -> Option<Chance> {
    let strength = peak::find(own)?.strength;
    let mut by_chance: Vec<f64> = (0..draws)
        .map(|_| peak::find(&draw()).map_or(0.0, |found| found.strength))
        .collect();
    by_chance.sort_by(f64::total_cmp);
    let reached = draws - by_chance.partition_point(|&other| other < strength);
    let at = (0.95 * (draws + 1) as f64).round() as usize;
    Some(Chance {
        p: (reached + 1) as f64 / (draws + 1) as f64,
        limit: *by_chance.get(at.clamp(1, draws.max(1)) - 1)?,
    })
}

#[cfg(test)]
mod tests;

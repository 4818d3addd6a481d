//! Measures against ratings.

use jiff::civil::Date;

use super::{
    AssociateParams, Association, Correlation, Lag, NightMeasures, Pair, Told, more_nights, rank,
};
use crate::model::diary::{Diary, Rating};
use crate::signal::random::Random;

/// Each measure against each rating that the diary has, for each day asked about.
pub fn measures_and_ratings(
    params: &AssociateParams,
    measures: &[&str],
    nights: &[NightMeasures],
    diary: &Diary,
) -> Vec<Association> {
    let rated: Vec<Rating> = Rating::ALL
        .into_iter()
        .filter(|rating| {
            diary
                .entries
                .iter()
                .any(|entry| entry.ratings.value(*rating).is_some())
        })
        .collect();
    let mut answers = Vec::new();
    for (column, measure) in measures.iter().enumerate() {
        for rating in &rated {
            for lag in &params.lags {
                let pairs = pairs(column, nights, diary, *rating, *lag);
                answers.push(answer(params, measure, *rating, *lag, pairs));
            }
        }
    }
    answers
}

/// Nights that have the measure and the rating, in order of date.
fn pairs(
    column: usize,
    nights: &[NightMeasures],
    diary: &Diary,
    rating: Rating,
    lag: Lag,
) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = nights
        .iter()
        .enumerate()
        .filter_map(|(night, measures)| {
            let day = match lag {
                Lag::SameNight => measures.date,
                Lag::NextDay => measures.date.tomorrow().ok()?,
            };
            Some(Pair {
                night,
                date: measures.date,
                value: (*measures.values.get(column)?).filter(|value| value.is_finite())?,
                rated: diary.rating_on(day, rating)?,
            })
        })
        .collect();
    pairs.sort_by_key(|pair| (pair.date, pair.night));
    pairs
}

fn answer(
    params: &AssociateParams,
    measure: &str,
    rating: Rating,
    lag: Lag,
    pairs: Vec<Pair>,
) -> Association {
    let x: Vec<f64> = pairs.iter().map(|pair| pair.value).collect();
    let y: Vec<f64> = pairs.iter().map(|pair| pair.rated).collect();
    let dates: Vec<Date> = pairs.iter().map(|pair| pair.date).collect();
    let seed = seed_of(params.seed, &[measure, rating.name(), lag.name()]);
    let found = correlation(params, &x, &y, &dates, seed);
    let needed = more_nights::pairs_for(
        found.map_or(0.0, |found| found.without_drift.unwrap_or(found.rho)),
        params.useful_half_width,
        params.level,
    );
    Association {
        measure: measure.to_owned(),
        rating,
        lag,
        more_nights: needed.saturating_sub(u32::try_from(pairs.len()).unwrap_or(u32::MAX)),
        pairs,
        found,
        told: Told::NotSeen,
    }
}

/// The rank correlation of pairs on dates; `None` below the fewest pairs, or where one side does not vary. The corrected
/// probability is still the plain one.
pub fn correlation(
    params: &AssociateParams,
    x: &[f64],
    y: &[f64],
    dates: &[Date],
    seed: u64,
) -> Option<Correlation> {
    if x.len() < params.fewest {
        return None;
    }
    let rho = rank::spearman(x, y)?;
    let days: Vec<f64> = dates.iter().map(|date| day_number(*date)).collect();
    let mut random = Random::seeded(seed);
    let interval =
        rank::bootstrap_interval(x, y, None, params.resamples, params.level, &mut random);
    let p_plain = rank::permutation_p(x, y, None, params.permutations, &mut random)?;
    let without_drift = rank::partial_spearman(x, y, &days);
    let without_drift_interval = without_drift.and_then(|_| {
        rank::bootstrap_interval(
            x,
            y,
            Some(&days),
            params.resamples,
            params.level,
            &mut random,
        )
    });
    // A side that is nothing but the date cannot be told from drift: then nothing is claimed.
    let p = rank::permutation_p(x, y, Some(&days), params.permutations, &mut random).unwrap_or(1.0);
    Some(Correlation {
        rho,
        interval,
        without_drift,
        without_drift_interval,
        p_plain,
        p,
        p_corrected: p,
    })
}

/// Days since 1970.
pub fn day_number(date: Date) -> f64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_hours() as f64 / 24.0
}

/// A seed of the question's own (FNV-1a, 64 bits), so that no answer depends on which others are asked.
pub fn seed_of(seed: u64, words: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
    for byte in words.join("\u{1f}").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

//! Series that the same movements make by chance.
//!
//! The rules ask for four candidates 10 to 90 s apart and for no rhythm: thirty movements an hour at any times make a
//! dozen PLM. So a night's PLM are held against those of nights in which every candidate begins anywhere within its three
//! minutes (the jitter method; Amarasingham et al. 2012, J Neurophysiol 107:517): a night that is merely busy at times
//! stays so. Movements do not overlap there either. It decides no single movement.

use jiff::SignedDuration;

use super::restart::Restarts;
use super::rules::ScoringRules;
use super::series;
use crate::model::scored::CandidateMovement;
use crate::model::span::Span;
use crate::signal::random::Random;

/// Movements are scattered within so many seconds, twice the longest periodic interval: that leaves no series and no rhythm, and
/// keeps the course of the night.
pub const WITHIN_S: i64 = 180;
/// Shortest pause between two movements of a leg (WASM/IRLSSG 2016); closer ones are one.
const PAUSE_MS: i64 = 500;

/// PLM of a night made by chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByChance {
    /// How many there are on average.
    pub mean: f64,
    /// Probability of as many as the night has, 0 to 1, in steps of one by the number of draws and one.
    pub p: f64,
}

/// What chance makes of the candidates from `window.0` to `window.1`; `None` where they make no PLM.
///
/// `movements` are those of a scored list, in order of onset. Cost is that of finding the series `draws` times.
pub fn by_chance(
    movements: &[CandidateMovement],
    window: (SignedDuration, SignedDuration),
    rules: &ScoringRules,
    spans: &[Span],
    draws: usize,
    seed: u64,
) -> Option<ByChance> {
    let restarts = Restarts::new(spans, rules);
    let within = movements
        .iter()
        .filter(|movement| window.0 <= movement.onset && movement.onset < window.1)
        .map(|movement| CandidateMovement {
            sources: Vec::new(),
            plm: false,
            series: None,
            skipped: false,
            interval: None,
            ..movement.clone()
        });
    let (candidates, others): (Vec<_>, Vec<_>) = within.partition(|movement| movement.candidate);
    let n_plm = |candidates: Vec<CandidateMovement>| {
        let mut night = candidates;
        night.extend(others.iter().cloned());
        night.sort_by_key(|movement| movement.onset);
        series::find(&mut night, rules, &restarts);
        night.iter().filter(|movement| movement.plm).count()
    };
    let own = n_plm(candidates.clone());
    if own == 0 {
        return None;
    }
    let mut random = Random::seeded(seed);
    let (mut sum, mut as_many) = (0_usize, 0_usize);
    for _ in 0..draws {
        let n = n_plm(scattered(&candidates, window, &mut random));
        sum += n;
        as_many += usize::from(n >= own);
    }
    Some(ByChance {
        mean: sum as f64 / draws.max(1) as f64,
        p: (1 + as_many) as f64 / (1 + draws) as f64,
    })
}

/// Every candidate begins anywhere within its three minutes since the window's start, with a pause behind each.
fn scattered(
    candidates: &[CandidateMovement],
    (from, to): (SignedDuration, SignedDuration),
    random: &mut Random,
) -> Vec<CandidateMovement> {
    let ms = |span: SignedDuration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    let block_of =
        |movement: &CandidateMovement| ms(movement.onset.saturating_sub(from)) / (1000 * WITHIN_S);
    let mut moved = Vec::with_capacity(candidates.len());
    for block in candidates.chunk_by(|a, b| block_of(a) == block_of(b)) {
        let start = block_of(&block[0]) * 1000 * WITHIN_S;
        let length = (1000 * WITHIN_S).min(ms(to.saturating_sub(from)).saturating_sub(start));
        let taken = |movement: &CandidateMovement| ms(movement.duration()).max(0) + PAUSE_MS;
        let free = length - block.iter().map(taken).sum::<i64>();
        let mut places: Vec<i64> = block
            .iter()
            .map(|_| random.below(free.max(1).unsigned_abs()) as i64)
            .collect();
        places.sort_unstable();
        let mut before = 0;
        for (movement, place) in block.iter().zip(places) {
            let onset = from + SignedDuration::from_millis(start + place + before);
            before += taken(movement);
            moved.push(CandidateMovement {
                onset,
                end: onset + movement.duration(),
                ..movement.clone()
            });
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::super::{rules, score};
    use super::*;
    use crate::model::body::Leg;
    use crate::model::movement::{LegMovement, MovementClass};

    /// Movements of 2 s that begin at these seconds, scored by WASM 2016 and held against chance over `hours`.
    fn held(onsets_s: &[f64], hours: i64) -> Option<ByChance> {
        let movements: Vec<LegMovement> = onsets_s
            .iter()
            .map(|&onset| {
                let onset = SignedDuration::from_millis((onset * 1000.0) as i64);
                LegMovement {
                    leg: Leg::Left,
                    onset,
                    end: onset + SignedDuration::from_secs(2),
                    class: MovementClass::LegMovement,
                    features: None,
                }
            })
            .collect();
        let rules = rules::wasm2016();
        let scored = score(&movements, &rules, &[]);
        let window = (SignedDuration::ZERO, SignedDuration::from_hours(hours));
        by_chance(&scored.movements, window, &rules, &[], 99, 1)
    }

    /// Onsets at random, so many an hour, never nearer than 3 s.
    fn at_random(per_h: f64, hours: f64, seed: u64) -> Vec<f64> {
        let mut random = Random::seeded(seed);
        let mut at = 0.0;
        let mut onsets = Vec::new();
        loop {
            let unit = (random.below(1 << 30) as f64 + 0.5) / f64::from(1 << 30);
            at += 3.0 - (3600.0 / per_h - 3.0) * unit.ln();
            if at >= hours * 3600.0 {
                return onsets;
            }
            onsets.push(at);
        }
    }

    #[test]
    fn a_series_every_half_minute_is_more_than_chance() {
        // ten minutes of every half hour
        let onsets: Vec<f64> = (0..8 * 60)
            .filter(|n| n % 60 < 20)
            .map(|n| f64::from(n) * 30.0 + f64::from(n % 7))
            .collect();
        let found = held(&onsets, 4).unwrap();
        assert!(
            found.p <= 0.01 && found.mean < 0.8 * onsets.len() as f64,
            "{found:?}"
        );
    }

    #[test]
    fn movements_at_random_are_chance() {
        // A test at 0.05 is wrong in one of twenty: of forty nights in at most six, or (binomial) once in a hundred times
        // that the seeds are changed.
        let wrong = (0..40)
            .filter_map(|seed| held(&at_random(36.0, 7.0, seed + 1), 7))
            .filter(|found| found.p <= 0.05)
            .count();
        assert!(wrong <= 6, "{wrong} of 40");
    }

    #[test]
    fn chance_makes_as_many_plm_as_counting_by_hand_says() {
        // Onsets at random: an interval is periodic when it lies from 10 to 90 s, and a movement is in a series when at
        // least three such intervals in a row hold it. With a dead time of 3 s and 36 an hour the share of intervals is
        // q = exp(-7/97) - exp(-87/97) = 0.5226, and that of movements 1 - (1 - q)^2 (1 + 2 q + 3 q^2) = 0.344.
        let onsets = at_random(36.0, 200.0, 7);
        let found = held(&onsets, 200).unwrap();
        let share = found.mean / onsets.len() as f64;
        assert!((share - 0.344).abs() < 0.03, "{share}");
    }

    #[test]
    fn without_plm_there_is_nothing_to_hold_against_chance() {
        assert_eq!(held(&[10.0, 400.0, 900.0], 1), None);
        assert_eq!(held(&[], 1), None);
    }
}

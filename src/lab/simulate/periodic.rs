//! Series of periodic leg movements: when they come, how long they run, which leg takes part.

use super::movement::{Movement, Strength, leg_duration_s};
use super::night_course::{Bed, Weight};
use super::random::Random;
use super::sleeper::Sleeper;
use super::truth::TruthKind;
use crate::model::body::Leg;
use crate::model::night::Stage;

/// Longest interval within a series and room between two of one leg, in seconds: within the 5–90 s of the standards.
const LONGEST_INTERVAL_S: f64 = 85.0;
const SHORTEST_INTERVAL_S: f64 = 5.5;

/// Plans `per_h` periodic movements an hour in bed, the two legs' together counted once.
///
/// Series lie where sleep lets them: freely in N1 and N2, half as often in N3, seldom in REM, sometimes awake, and fewer as
/// the night goes on. Very high indices need nearly the whole night; what does not fit is left out.
pub(super) fn periodic_movements(
    r: &mut Random,
    sleeper: &Sleeper,
    bed: &Bed,
    per_h: f64,
) -> Vec<Movement> {
    let wanted = per_h * bed.length_s() / 3_600.0;
    let all_series = series_lengths(r, sleeper, wanted)
        .into_iter()
        .map(|n| intervals(r, sleeper, n))
        .collect();
    let fitting = fit(all_series, 0.93 * bed.length_s());
    let pauses: Vec<f64> = (0..=fitting.len()).map(|_| r.wait(1.0)).collect();
    let weight = Weight::new(bed, |stage| match stage {
        Stage::N1 | Stage::N2 | Stage::Light | Stage::Asleep => 1.0,
        Stage::N3 => 0.45,
        Stage::Wake => 0.35,
        Stage::Rem => 0.12,
    })
    .declining(sleeper.decline);
    let starts = starts(&fitting, &pauses, &weight, bed);

    let mut strengths = [Strength::new(r, 0.35), Strength::new(r, 0.35)];
    let mut movements = Vec::new();
    for (series, start) in fitting.iter().zip(starts) {
        let mut at = start;
        for interval in series {
            one(r, sleeper, at, *interval, &mut strengths, &mut movements);
            at += interval;
        }
    }
    movements
}

/// Numbers of movements per series that add up to the number wanted; four at least each.
fn series_lengths(r: &mut Random, sleeper: &Sleeper, wanted: f64) -> Vec<usize> {
    let mut left = wanted.floor() as usize + usize::from(r.chance(wanted.fract()));
    if left < 4 {
        // Fewer than a series: one of four in as many nights as keeps the mean.
        left = if r.chance(left as f64 / 4.0) { 4 } else { 0 };
    }
    let mut lengths = Vec::new();
    while left >= 4 {
        let n = (r.log_normal(sleeper.series_length, 0.7).round() as usize).max(4);
        let n = if n + 4 > left { left } else { n };
        lengths.push(n);
        left -= n;
    }
    lengths
}

/// Onset-to-onset intervals of a series, one for each movement (the last one is the room after it).
fn intervals(r: &mut Random, sleeper: &Sleeper, n: usize) -> Vec<f64> {
    let median = r.log_normal(sleeper.imi_median_s, 0.10);
    (0..n)
        .map(|_| {
            r.log_normal(median, sleeper.imi_sigma)
                .clamp(SHORTEST_INTERVAL_S, LONGEST_INTERVAL_S)
        })
        .collect()
}

/// As many series as last no longer than `room_s` together, the last of them cut short.
fn fit(series: Vec<Vec<f64>>, room_s: f64) -> Vec<Vec<f64>> {
    let mut left = room_s;
    let mut fitting = Vec::new();
    for mut one in series {
        let mut kept = 0;
        for interval in &one {
            if left < *interval {
                break;
            }
            left -= interval;
            kept += 1;
        }
        one.truncate(kept);
        if kept >= 4 {
            fitting.push(one);
        }
    }
    fitting
}

/// When each series begins: the pauses are stretched so that the last one ends with the night.
fn starts(series: &[Vec<f64>], pauses: &[f64], weight: &Weight, bed: &Bed) -> Vec<f64> {
    let lay = |stretch: f64| {
        let mut at = bed.lights_out_s;
        let mut starts = Vec::with_capacity(series.len());
        for (one, pause) in series.iter().zip(pauses) {
            at = weight.after(at, stretch * pause);
            starts.push(at);
            at += one.iter().sum::<f64>();
        }
        let last = pauses.get(series.len()).copied().unwrap_or(0.0);
        (weight.after(at, stretch * last), starts)
    };
    let (mut low, mut high) = (0.0, bed.length_s());
    for _ in 0..50 {
        let middle = 0.5 * (low + high);
        if lay(middle).0 < bed.lights_on_s {
            low = middle;
        } else {
            high = middle;
        }
    }
    lay(low).1
}

/// One periodic movement, of one leg or of both.
fn one(
    r: &mut Random,
    sleeper: &Sleeper,
    at: f64,
    interval: f64,
    strengths: &mut [Strength; 2],
    into: &mut Vec<Movement>,
) {
    // A share `o` of one leg's movements without partner leaves (1 − o) / (1 + o) of all with both legs.
    let both = (1.0 - sleeper.one_sided) / (1.0 + sleeper.one_sided);
    let legs: &[Leg] = if r.chance(both) {
        &[Leg::Left, Leg::Right]
    } else if r.chance(sleeper.left_share) {
        &[Leg::Left]
    } else {
        &[Leg::Right]
    };
    let duration = leg_duration_s(r, sleeper).min(interval - 0.8);
    let late = usize::from(r.chance(0.5));
    for leg in legs {
        let n = usize::from(*leg == Leg::Right);
        let lag = if legs.len() == 2 && n == late {
            (0.12 * r.normal()).abs()
        } else {
            0.0
        };
        let lasts = (duration * (1.0 + 0.12 * r.normal())).clamp(0.5, 10.0);
        let peak_g = strengths[n].next_peak_g(r, sleeper);
        let times = (at + lag, at + lag + lasts.min(interval - 0.5));
        into.push(Movement::of_leg(
            r,
            sleeper,
            *leg,
            TruthKind::Plm,
            times,
            peak_g,
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::simulate::NightSpec;

    #[test]
    fn the_planned_number_comes_out_and_a_leg_has_the_stated_share_alone() {
        let (mut all, mut alone, mut left, mut wanted) = (0.0, 0.0, 0.0, 0.0);
        for seed in 1..60 {
            let mut r = Random::seeded(seed);
            let sleeper = Sleeper {
                one_sided: 0.42,
                left_share: 0.5,
                ..Sleeper::drawn(&NightSpec {
                    seed,
                    ..NightSpec::default()
                })
            };
            let bed = Bed::new(&mut r, 600.0, 28_200.0, 50.0);
            let movements = periodic_movements(&mut r, &sleeper, &bed, 30.0);
            let onset_of_pair = |m: &Movement| {
                movements
                    .iter()
                    .any(|o| o.leg != m.leg && (o.onset_s - m.onset_s).abs() < 1.0)
            };
            wanted += 30.0 * bed.length_s() / 3_600.0;
            let lefts: Vec<&Movement> = movements.iter().filter(|m| m.leg == Leg::Left).collect();
            left += lefts.len() as f64;
            let lefts_alone = lefts.iter().filter(|m| !onset_of_pair(m)).count() as f64;
            alone += lefts_alone;
            let rights_alone = movements
                .iter()
                .filter(|m| m.leg == Leg::Right && !onset_of_pair(m))
                .count() as f64;
            all += lefts.len() as f64 + rights_alone;
        }
        assert!((all / wanted - 1.0).abs() < 0.01, "{all} of {wanted}");
        // Some 9,000 movements: three standard errors of a share of 0.42 are 0.016.
        assert!((alone / left - 0.42).abs() < 0.02, "{}", alone / left);
    }

    #[test]
    fn no_movement_lies_outside_the_bed_even_at_the_highest_index() {
        let mut r = Random::seeded(9);
        let sleeper = Sleeper::drawn(&NightSpec::default());
        let bed = Bed::new(&mut r, 300.0, 20_000.0, 50.0);
        let movements = periodic_movements(&mut r, &sleeper, &bed, 150.0);
        assert!(movements.len() > 300);
        assert!(
            movements
                .iter()
                .all(|m| m.onset_s >= 300.0 && m.end_s <= 20_000.0)
        );
    }
}

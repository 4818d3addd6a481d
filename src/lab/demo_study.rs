//! Three weeks of one invented person: nights to simulate, and the diary that goes with them.
//!
//! Honest on purpose: severity follows the nights only loosely, as in the published comparisons (r of 0.4 in one of 30
//! people, none in two of 113 and 354). Caffeine, alcohol, exercise and the gut change nothing here. Only a change of dose
//! does, halfway; and since it splits the nights into before and after, no analysis of them can tell it from the time.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday, date};

use super::simulate::random::Random;
use super::simulate::{NightSpec, Sensor, SimulatedNight, Sleeper, SpecError, simulate};
use crate::model::body::Leg;

/// What a study is made from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DemoStudy {
    /// The same seed is the same study.
    pub seed: u64,
    /// Nights recorded.
    pub nights: usize,
    /// Length of each recording in hours.
    pub hours: f64,
}

/// The wearer's zone.
pub const ZONE: &str = "Europe/Berlin";
/// The first evening.
const FIRST: Date = date(2024, 5, 6);
/// Periodic movements an hour that an EMG of both legs would show, in the median night before the change of dose.
const LEVEL_PER_H: f64 = 34.0;
/// Standard deviation of a night's level, as a logarithm: the lowest and the highest night of a person lie 25 an hour
/// apart on average.
const FROM_NIGHT_TO_NIGHT: f64 = 0.38;
/// What the change of dose leaves of the level.
const AFTER_DOSE: f64 = 0.7;

/// A day of the study.
#[derive(Debug, Clone)]
pub struct DemoDay {
    /// The evening.
    pub evening: Date,
    /// The night, when it was recorded.
    pub night: Option<NightSpec>,
    written: Option<Written>,
}

/// What the person wrote of a day, but for the times of the night.
#[derive(Debug, Clone)]
struct Written {
    severity: f64,
    dose_mg: &'static str,
    caffeine_mg: u32,
    drinks: u32,
    exercise_min: u32,
    gut: u32,
    tags: &'static str,
    event: &'static str,
    laboratory: &'static str,
}

/// The days of a study, in order.
pub fn days(study: &DemoStudy) -> Vec<DemoDay> {
    let mut r = Random::stream(study.seed, "demo study");
    let n_days = (0..)
        .filter(|at| is_recorded(*at))
        .nth(study.nights.max(1) - 1)
        .unwrap_or(0)
        + 1;
    let change_at = n_days / 2 + 1;
    let base = 1_000_000 + study.seed.wrapping_mul(1_000) % 1_000_000_000;
    let person = NightSpec {
        seed: base,
        hours: study.hours,
        plm_per_h: LEVEL_PER_H,
        age_years: 56.0,
        zone: ZONE.to_owned(),
        ..NightSpec::default()
    };
    let sleeper = Sleeper::drawn(&person);
    (0..n_days)
        .map(|at| {
            let evening = FIRST.saturating_add((at as i64).days());
            let after = at >= change_at;
            let own = r.normal_within(0.0, 1.0, -2.2, 2.2);
            let night = is_recorded(at).then(|| NightSpec {
                seed: base + 1 + at as u64,
                plm_per_h: level(own, after),
                legs: vec![Leg::Left],
                start: evening.at(22, r.between(5.0, 50.0) as i8, 0, 0),
                sensor: sensor(at),
                sleeper: Some(Sleeper {
                    walks: usize::from(at % 3 == 1),
                    off_leg_spells: usize::from(at % 9 == 5),
                    ..sleeper.clone()
                }),
                ..person.clone()
            });
            let written = written(at, evening, own, after, change_at, &mut r);
            DemoDay {
                evening,
                night,
                // One morning was forgotten.
                written: (at % 13 != 4).then_some(written),
            }
        })
        .collect()
}

/// Every eleventh night the sensor stays in the drawer.
fn is_recorded(at: usize) -> bool {
    at % 11 != 7
}

/// The level of a night that lies so many standard deviations from the median one.
fn level(own: f64, after: bool) -> f64 {
    let dose = if after { AFTER_DOSE } else { 1.0 };
    // exp(x) for |x| < 1 by (1 + x/64)^64: no night hangs on a platform's mathematics library.
    let x = FROM_NIGHT_TO_NIGHT * own;
    let mut factor = 1.0 + x / 64.0;
    for _ in 0..6 {
        factor *= factor;
    }
    (LEVEL_PER_H * dose * factor).min(140.0)
}

/// A sensor of 25 Hz, as an AX3 records for three weeks; some nights lose blocks of samples.
fn sensor(at: usize) -> Sensor {
    Sensor {
        rate_hz: 25.0,
        dropped_per_h: if at % 8 == 6 { 2.0 } else { 0.0 },
        dropped_median_s: 40.0,
        ..Sensor::default()
    }
}

fn written(
    at: usize,
    evening: Date,
    own: f64,
    after: bool,
    change_at: usize,
    r: &mut Random,
) -> Written {
    let dose = if after { -0.8 } else { 0.0 };
    let felt = 5.2 + 0.8 * own + dose + 1.7 * r.normal();
    let weekend = matches!(evening.weekday(), Weekday::Friday | Weekday::Saturday);
    Written {
        severity: felt.round().clamp(0.0, 10.0),
        dose_mg: if after { "0.25" } else { "0.125" },
        caffeine_mg: 80 * (r.between(0.0, 4.0) as u32),
        drinks: if weekend {
            1 + u32::from(r.chance(0.5))
        } else {
            u32::from(r.chance(0.15))
        },
        exercise_min: if r.chance(0.4) { 30 } else { 0 },
        gut: r.between(0.0, 5.0) as u32,
        tags: match (r.chance(0.3), weekend) {
            (true, true) => "late meal;guests",
            (true, false) => "late meal",
            // Said, not left out: an empty cell tells nothing of tags.
            (false, _) => "none",
        },
        event: match at {
            9 => "train journey",
            15 => "a cold",
            _ => "",
        },
        laboratory: match at {
            2 => "38,17,52 nmol/L,2.1 mg/L",
            _ if at == change_at + 6 => "46,21,,1.4 mg/L",
            _ => "",
        },
    }
}

/// The diary as the person kept it; times of the night to the nearest five minutes.
///
/// # Errors
/// When a night's specification is impossible.
pub fn diary(days: &[DemoDay]) -> Result<String, SpecError> {
    let mut text = String::from(
        "# An invented diary beside simulated nights, made by `legtrace demo`.\n\
         date,lights_out,lights_on,severity,medicines,caffeine_mg,alcohol_drinks,exercise_min,gut_symptoms,tags,event,\
         lab_date,ferritin_ug_l,transferrin_saturation_percent,vitamin_d,crp\n",
    );
    for day in days {
        let Some(written) = &day.written else {
            continue;
        };
        let (out, on) = match &day.night {
            Some(spec) => times_in_bed(spec, &simulate(spec)?),
            None => (String::new(), String::new()),
        };
        // The sample was taken in the morning before.
        let laboratory = match written.laboratory {
            "" => ",,,,".to_owned(),
            values => format!("{},{values}", day.evening),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{},{out},{on},{},pramipexole {} mg 21:00,{},{},{},{},{},{},{laboratory}",
            day.evening,
            written.severity,
            written.dose_mg,
            written.caffeine_mg,
            written.drinks,
            written.exercise_min,
            written.gut,
            written.tags,
            written.event,
        );
    }
    Ok(text)
}

/// Lights out and on by the wearer's clock, as somebody notes them.
fn times_in_bed(spec: &NightSpec, simulated: &SimulatedNight) -> (String, String) {
    let night = simulated.night();
    let noted = |after_start: jiff::SignedDuration| {
        let minutes = (after_start.as_secs_f64() / 300.0).round() as i64 * 5;
        let at: DateTime = spec.start.saturating_add(minutes.minutes());
        let at = at.round(jiff::Unit::Minute).unwrap_or(at);
        format!("{:02}:{:02}", at.hour(), at.minute() / 5 * 5)
    };
    (noted(night.lights_out), noted(night.lights_on))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STUDY: DemoStudy = DemoStudy {
        seed: 1,
        nights: 21,
        hours: 7.0,
    };

    #[test]
    fn so_many_nights_are_recorded_as_were_asked_for() {
        for nights in [1, 2, 9, 10, 14, 21, 30, 90] {
            let days = days(&DemoStudy { nights, ..STUDY });
            let recorded = days.iter().filter(|day| day.night.is_some()).count();
            assert_eq!(recorded, nights);
        }
    }

    #[test]
    fn one_person_has_nights_of_different_levels_and_no_two_seeds_are_one() {
        let days = days(&STUDY);
        let specs: Vec<&NightSpec> = days.iter().filter_map(|day| day.night.as_ref()).collect();
        let lever = |spec: &NightSpec| spec.sleeper.as_ref().map(|sleeper| sleeper.lever_m);
        assert!(specs.iter().all(|spec| lever(spec) == lever(specs[0])));
        let levels: Vec<f64> = specs.iter().map(|spec| spec.plm_per_h).collect();
        let lowest = levels.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = levels.iter().copied().fold(0.0, f64::max);
        assert!(highest - lowest > 15.0, "{lowest} to {highest}");
        // Tuning has the seeds below 1,000, reporting those from 10,000 on: neither meets these.
        assert!(specs.iter().all(|spec| spec.seed > 1_000_000));
    }

    #[test]
    fn severity_follows_the_nights_but_loosely() {
        let days = days(&DemoStudy {
            nights: 200,
            ..STUDY
        });
        let pairs: Vec<(f64, f64)> = days
            .iter()
            .filter_map(|day| {
                Some((
                    day.night.as_ref()?.plm_per_h,
                    day.written.as_ref()?.severity,
                ))
            })
            .collect();
        let n = pairs.len() as f64;
        let (mx, my) = pairs
            .iter()
            .fold((0.0, 0.0), |(x, y), p| (x + p.0 / n, y + p.1 / n));
        let sum =
            |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|p| f(p.0 - mx, p.1 - my)).sum::<f64>();
        let r = sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt();
        assert!((0.15..0.6).contains(&r), "{r}");
    }
}

//! The frozen nights. They are data: changing one is a change of results.
//!
//! Reporting uses seeds from 10 000 on, tuning those below 1 000. The nights of a set come in an order in which the first
//! twelve already hold every severity, so that fewer nights are a fair part of all.
//!
//! Severity is the number of periodic movements an hour that an electromyogram of both legs would show. One leg's sensor
//! can see about 0.43 of them ([`NightSpec::plm_per_h`]): 140 are 60 an hour of visible movements.

use crate::lab::simulate::{IdleSleep, NightSpec, Sensor};
use crate::model::body::{Leg, Placement};

/// A night and the set that it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct BenchNight {
    /// Name of the set.
    pub set: String,
    /// The night; the first of its legs is looked at.
    pub spec: NightSpec,
}

/// Nights that are told together.
#[derive(Debug, Clone, PartialEq)]
pub struct NightSet {
    /// Short name: `50 Hz`, …
    pub name: &'static str,
    /// What is special about it.
    pub about: &'static str,
    /// The nights, in the order in which they are taken.
    pub nights: Vec<BenchNight>,
}

/// Length of a night in hours.
const HOURS: f64 = 7.0;
/// Nights of each of the first three sets.
const N_STANDARD: u64 = 48;
/// First seed of the first three sets.
const FIRST_SEED: u64 = 10_000;
/// First seed of the mixed set.
const FIRST_MIXED_SEED: u64 = 10_500;
/// First seed of the tuning nights; 24 of them.
const FIRST_TUNING_SEED: u64 = 601;
/// Tuning nights.
const N_TUNING: u64 = 24;

/// Severities in turn, PLM an hour of both legs' electromyogram. Two of twelve have none: false alarms show there.
const SEVERITIES: [f64; 12] = [
    30.0, 0.0, 80.0, 10.0, 120.0, 20.0, 0.0, 55.0, 140.0, 5.0, 40.0, 100.0,
];
/// Ages in turn, in years.
const AGES: [f64; 5] = [62.0, 45.0, 71.0, 33.0, 54.0];

/// A night of the mixed set.
struct Mixed {
    plm_per_h: f64,
    age_years: f64,
    placement: Placement,
    rate_hz: f64,
    resolution_mg: f64,
    oddity: Oddity,
}

/// What else a sensor does.
#[derive(Clone, Copy)]
enum Oddity {
    None,
    /// Sleeps at rest, as ActiGraph's idle sleep mode.
    Idle,
    /// Loses blocks of samples.
    Drops,
    /// Its clock runs fast, its stamps jitter.
    Clock,
    /// Noise of 5 mg.
    Noise,
}

const fn mixed(
    plm_per_h: f64,
    age_years: f64,
    placement: Placement,
    rate_hz: f64,
    resolution_mg: f64,
    oddity: Oddity,
) -> Mixed {
    Mixed {
        plm_per_h,
        age_years,
        placement,
        rate_hz,
        resolution_mg,
        oddity,
    }
}

use Oddity::{Clock, Drops, Idle, Noise, None as Plain};
use Placement::{Ankle, Foot, Shin};

/// Severities 0 to 80, three places on the leg, 10 to 100 Hz, steps of 0.5 to 15.6 mg, and what sensors do besides.
const MIXED: [Mixed; 24] = [
    mixed(25.0, 48.0, Ankle, 100.0, 0.5, Plain),
    mixed(0.0, 61.0, Ankle, 25.0, 3.9, Plain),
    mixed(60.0, 70.0, Foot, 50.0, 3.9, Plain),
    mixed(12.0, 36.0, Ankle, 10.0, 3.9, Plain),
    mixed(80.0, 58.0, Ankle, 30.0, 3.9, Idle),
    mixed(40.0, 52.0, Shin, 50.0, 0.5, Plain),
    mixed(0.0, 29.0, Foot, 32.0, 15.6, Plain),
    mixed(20.0, 66.0, Ankle, 12.5, 15.6, Plain),
    mixed(50.0, 44.0, Ankle, 100.0, 7.8, Drops),
    mixed(8.0, 75.0, Ankle, 50.0, 15.6, Clock),
    mixed(70.0, 63.0, Foot, 25.0, 0.5, Plain),
    mixed(30.0, 39.0, Ankle, 50.0, 3.9, Noise),
    mixed(0.0, 55.0, Shin, 100.0, 3.9, Plain),
    mixed(80.0, 47.0, Foot, 10.0, 7.8, Plain),
    mixed(15.0, 68.0, Ankle, 30.0, 3.9, Idle),
    mixed(35.0, 33.0, Ankle, 64.0, 3.9, Clock),
    mixed(60.0, 72.0, Shin, 25.0, 7.8, Plain),
    mixed(5.0, 50.0, Ankle, 25.0, 0.5, Drops),
    mixed(45.0, 60.0, Foot, 12.5, 3.9, Plain),
    mixed(0.0, 42.0, Ankle, 100.0, 15.6, Noise),
    mixed(25.0, 57.0, Ankle, 20.0, 7.8, Plain),
    mixed(75.0, 65.0, Ankle, 50.0, 15.6, Drops),
    mixed(18.0, 31.0, Foot, 100.0, 0.5, Clock),
    mixed(55.0, 53.0, Ankle, 15.0, 3.9, Plain),
];

impl Mixed {
    fn spec(&self, seed: u64) -> NightSpec {
        let mut sensor = Sensor {
            rate_hz: self.rate_hz,
            resolution_g: self.resolution_mg / 1000.0,
            ..Sensor::default()
        };
        match self.oddity {
            Plain => {}
            Idle => sensor.idle_sleep = Some(IdleSleep::ACTIGRAPH),
            Drops => sensor.dropped_per_h = 2.0,
            Clock => (sensor.drift_ppm, sensor.jitter) = (80.0, 0.2),
            Noise => sensor.noise_g = 0.005,
        }
        NightSpec {
            seed,
            hours: HOURS,
            plm_per_h: self.plm_per_h,
            age_years: self.age_years,
            placement: self.placement,
            sensor,
            ..NightSpec::default()
        }
    }
}

/// The `k`-th night of a plain set: every severity in turn, at every age.
fn plain(first_seed: u64, k: u64, sensor: Sensor) -> NightSpec {
    let turn = |of: &[f64]| of[(k % of.len() as u64) as usize];
    NightSpec {
        seed: first_seed + k,
        hours: HOURS,
        plm_per_h: turn(&SEVERITIES),
        age_years: turn(&AGES),
        legs: vec![if k.is_multiple_of(2) {
            Leg::Left
        } else {
            Leg::Right
        }],
        sensor,
        ..NightSpec::default()
    }
}

fn set(
    name: &'static str,
    about: &'static str,
    specs: impl Iterator<Item = NightSpec>,
) -> NightSet {
    let nights = specs.map(|spec| BenchNight {
        set: name.to_owned(),
        spec,
    });
    NightSet {
        name,
        about,
        nights: nights.collect(),
    }
}

/// The nights of the benchmark, all on seeds for reporting. The second and third set are the first one's nights again,
/// felt by another sensor, so that what is lost by it is paired night by night.
pub fn frozen_nights() -> Vec<NightSet> {
    let standard =
        |sensor: Sensor| (0..N_STANDARD).map(move |k| plain(FIRST_SEED, k, sensor.clone()));
    let slow = Sensor {
        rate_hz: 12.5,
        ..Sensor::default()
    };
    let coarse = Sensor {
        resolution_g: 1.0 / 64.0,
        ..Sensor::default()
    };
    vec![
        set(
            "50 Hz",
            "ankle, 50 Hz, steps of 3.9 mg",
            standard(Sensor::default()),
        ),
        set("12.5 Hz", "the same nights at 12.5 Hz", standard(slow)),
        set(
            "15.6 mg",
            "the same nights in steps of 15.6 mg",
            standard(coarse),
        ),
        set(
            "mixed",
            "ankle, foot and shin, 10 to 100 Hz, steps of 0.5 to 15.6 mg, odd sensors",
            (FIRST_MIXED_SEED..)
                .zip(&MIXED)
                .map(|(seed, night)| night.spec(seed)),
        ),
    ]
}

/// The nights on which rivals were tuned: like the first set, on seeds for tuning.
pub fn tuning_nights() -> NightSet {
    set(
        "tuning",
        "like the first set, on seeds for tuning",
        (0..N_TUNING).map(|k| plain(FIRST_TUNING_SEED, k, Sensor::default())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tuning_and_reporting_never_meet() {
        for set in frozen_nights() {
            assert!(set.nights.iter().all(|night| night.spec.seed >= 10_000));
            let mut seeds: Vec<u64> = set.nights.iter().map(|night| night.spec.seed).collect();
            seeds.dedup();
            assert_eq!(seeds.len(), set.nights.len());
        }
        let tuning = tuning_nights();
        assert!(
            tuning
                .nights
                .iter()
                .all(|night| (1..1000).contains(&night.spec.seed))
        );
    }

    #[test]
    fn twelve_nights_hold_every_severity_and_all_hold_every_age() {
        let sets = frozen_nights();
        let first: Vec<f64> = sets[0].nights[..12]
            .iter()
            .map(|night| night.spec.plm_per_h)
            .collect();
        assert!(SEVERITIES.iter().all(|severity| first.contains(severity)));
        for age in AGES {
            let is = |night: &&BenchNight| night.spec.age_years == age;
            assert!(sets[0].nights.iter().filter(is).count() >= 9);
        }
    }

    #[test]
    fn the_slow_and_the_coarse_set_are_the_first_again() {
        let sets = frozen_nights();
        for other in &sets[1..3] {
            for (a, b) in sets[0].nights.iter().zip(&other.nights) {
                let felt_by_the_same = NightSpec {
                    sensor: a.spec.sensor.clone(),
                    ..b.spec.clone()
                };
                assert_eq!(a.spec, felt_by_the_same);
            }
        }
        assert!(sets.iter().map(|set| set.nights.len()).sum::<usize>() > 160);
    }
}

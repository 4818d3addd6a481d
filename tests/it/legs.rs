//! Two legs with clocks of their own, from two files to one night.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use legtrace::error::Error;
use legtrace::lab::simulate::{NightSpec, SampleBlock, Sensor, SimulatedNight, simulate};
use legtrace::model::body::Leg;
use legtrace::pipeline::analyze::Request;
use legtrace::pipeline::filled::NightOutcome;
use legtrace::pipeline::night::{self, LegFiles};
use legtrace::pipeline::settings::Settings;

use super::made::Folder;

/// 2024-05-14T20:40:00Z in milliseconds.
const START_MS: f64 = 1_715_719_200_000.0;

fn simulated(seed: u64) -> SimulatedNight {
    let spec = NightSpec {
        seed,
        hours: 6.0,
        plm_per_h: 20.0,
        legs: vec![Leg::Left, Leg::Right],
        sensor: Sensor {
            rate_hz: 12.5,
            ..Sensor::default()
        },
        ..NightSpec::default()
    };
    simulate(&spec).expect("a night")
}

/// The export of one leg, by a clock that lags and loses.
fn export(
    folder: &Folder,
    name: &str,
    leg: Leg,
    night: &SimulatedNight,
    lag_s: f64,
    ppm: f64,
) -> PathBuf {
    folder.file(name, csv(leg, night, 1, lag_s, ppm))
}

/// The rows of one leg, each `every`th of them.
fn csv(leg: Leg, night: &SimulatedNight, every: usize, lag_s: f64, ppm: f64) -> String {
    let mut csv = String::from("timestamp,x (g),y (g),z (g)\n");
    let mut samples = night.samples(leg);
    let mut block = SampleBlock::default();
    while samples.next_block(&mut block) {
        let a = &block.acceleration;
        for k in (0..a.len()).step_by(every) {
            let own_ms = (a.stamp_ns[k] as f64 / 1e6) * (1.0 - ppm * 1e-6) - lag_s * 1e3;
            let stamp = (START_MS + own_ms).round();
            let (x, y, z) = (a.x[k], a.y[k], a.z[k]);
            writeln!(csv, "{stamp},{x:.4},{y:.4},{z:.4}").expect("text");
        }
    }
    csv
}

fn analyzed(left: &Path, right: &Path, keep_clocks: bool) -> Result<NightOutcome, Error> {
    let request = Request {
        keep_clocks,
        ..Request::default()
    };
    let settings = Settings::check(&request).expect("settings that can be");
    let leg = |leg, path, name| LegFiles {
        leg: Some(leg),
        pieces: vec![(path, name)],
    };
    let legs = [
        leg(Leg::Left, left, "left.csv"),
        leg(Leg::Right, right, "right.csv"),
    ];
    let mut nights = night::analyze(&legs, &settings, &std::env::temp_dir())?;
    assert_eq!(nights.len(), 1);
    Ok(nights.remove(0))
}

#[test]
fn clocks_are_set_by_shared_movements_and_unrelated_nights_are_refused() {
    let folder = Folder::new();
    let night = simulated(21);
    let left = export(&folder, "left.csv", Leg::Left, &night, 0.0, 0.0);
    let even = export(&folder, "even.csv", Leg::Right, &night, 0.0, 0.0);
    let late = export(&folder, "late.csv", Leg::Right, &night, 3.7, 40.0);

    let set = analyzed(&left, &late, false).expect("a pair");
    assert_eq!(
        set.row.clocks.as_deref(),
        Some("set"),
        "{:?}",
        set.row.notes
    );
    let offset = set.row.clock_offset_s.expect("an offset");
    let drift = set.row.clock_drift_ppm.expect("a drift");
    // Legs begin a movement up to half a second apart: what counts is that both ends of the night are within that.
    let at_end = (offset - 3.7) + (drift - 40.0) * 1e-6 * 6.0 * 3600.0;
    assert!(
        (offset - 3.7).abs() < 0.35 && at_end.abs() < 0.35,
        "{offset} s, {drift} ppm"
    );
    assert!(set.row.n_clock_movements >= Some(6) && set.row.clock_span >= Some(0.7));
    assert!(
        set.row
            .clock_residual_s
            .is_some_and(|residual| residual <= 0.25)
    );
    assert!(
        set.row
            .notes
            .as_deref()
            .is_some_and(|notes| notes.contains("ppm"))
    );
    assert_eq!(set.in_force["clocks"]["outcome"], "set");

    // Set, the right leg's movements lie where they do with an even clock; kept, seconds away.
    let right = |night: &NightOutcome| -> Vec<f64> {
        let rows = night.movements.iter();
        rows.filter(|row| row.leg == Some(Leg::Right))
            .filter_map(|row| Some(row.onset_utc?.as_millisecond() as f64 / 1e3))
            .collect()
    };
    let away = |night: &NightOutcome, even: &NightOutcome| {
        let own = right(night);
        let nearest = |at: f64| {
            own.iter()
                .map(|o| (o - at).abs())
                .fold(f64::INFINITY, f64::min)
        };
        let mut all: Vec<f64> = right(even).into_iter().map(nearest).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    let even = analyzed(&left, &even, false).expect("a pair");
    assert_eq!(
        even.row.clocks.as_deref(),
        Some("agree"),
        "{:?}",
        even.row.notes
    );
    let kept = analyzed(&left, &late, true).expect("a pair");
    assert_eq!(kept.row.clocks.as_deref(), Some("kept"));
    let (set, kept_away) = (away(&set, &even), away(&kept, &even));
    assert!(set < 0.35 && kept_away > 2.0, "{set} s and {kept_away} s");

    // Time that only one leg recorded is a gap: 3.7 s at either end.
    let gaps = kept.spans.iter().filter(|row| row.kind.name() == "gap");
    assert!(
        gaps.filter(|row| (row.duration_s - 3.7).abs() < 1.0)
            .count()
            >= 2
    );

    let other = export(&folder, "other.csv", Leg::Right, &simulated(22), 0.0, 0.0);
    let error = analyzed(&left, &other, false).expect_err("two nights");
    assert_eq!(error.code(), "unrelated_legs", "{error}");
    assert!(error.to_string().contains("--as nights"), "{error}");
}

#[test]
fn the_poorer_of_two_sensors_speaks_for_the_night() {
    let folder = Folder::new();
    let night = simulated(23);
    let fine = export(&folder, "fine.csv", Leg::Left, &night, 0.0, 0.0);
    // every second sample of 12.5 Hz
    let slow = folder.file("slow.csv", csv(Leg::Right, &night, 2, 0.0, 0.0));
    for (left, right) in [(&fine, &slow), (&slow, &fine)] {
        let row = analyzed(left, right, true).expect("a pair").row;
        let hz = row.effective_hz.expect("a rate");
        assert!((hz - 6.25).abs() < 0.05, "{hz}");
        assert_eq!(row.rate_label.as_deref(), Some("unreliable"));
        let flags = row.flags.expect("doubts");
        assert!(flags.contains("rate"), "{flags}");
    }
}

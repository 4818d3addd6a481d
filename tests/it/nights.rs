//! Real nights and long recordings, from the export to the figures, where the folder of real exports is there (`samples`).
//!
//! What each should give was read from the files by hand and from what is published of the devices: nobody scored them.

use legtrace::model::body::Placement;
use legtrace::model::quality::Grade;
use legtrace::output::rows::{MOVEMENT_EVENTS, NightRow};
use legtrace::pipeline::analyze::Request;
use legtrace::pipeline::filled::NightOutcome;
use legtrace::pipeline::night::{self, LegFiles};
use legtrace::pipeline::settings::Settings;

use crate::samples;

/// The nights of a sample; `None`, and said, where the samples are not there.
fn nights(name: &str, request: Request) -> Option<Vec<NightOutcome>> {
    let path = samples::file(name)?;
    let settings = Settings::check(&request).expect("settings that can be");
    let legs = [LegFiles {
        leg: request.read.leg,
        pieces: vec![(path.as_path(), name)],
    }];
    Some(
        night::analyze(&legs, &settings, &std::env::temp_dir())
            .unwrap_or_else(|error| panic!("{name}: {error}")),
    )
}

fn on_the_wrist() -> Request {
    let mut request = Request::default();
    request.read.placement = Some(Placement::Wrist);
    request
}

fn has(row: &NightRow, code: &str) -> bool {
    row.flags
        .as_deref()
        .is_some_and(|flags| flags.split(';').any(|flag| flag == code))
}

/// Two adult nights at the wrist, 5 Hz. Four such nights had 8 to 13 movement events an hour, and simple rules found 0 to 3
/// false PLM an hour (docs/DETECTOR.md, "Sources of constants"); the least that is asked of the detector is 4 to 20 and
/// 1.0.
#[test]
fn adult_wrist_nights_hold_movements_and_hardly_any_periodic_ones() {
    for name in ["diy/wasts_p5n1.TXT.gz", "diy/wasts_p6n1_from_xlsx.TXT.gz"] {
        let Some(nights) = nights(name, on_the_wrist()) else {
            continue;
        };
        let [night] = &nights[..] else {
            panic!("{name}: {} nights", nights.len())
        };
        let row = &night.row;
        assert_eq!(row.label, MOVEMENT_EVENTS, "{name}");
        assert_eq!(row.rate_label.as_deref(), Some("unreliable"), "{name}");
        let plm = row.plm_per_h.expect("an index");
        assert!(plm <= 1.0, "{name}: {plm} periodic events an hour");
        let events = f64::from(row.n_movements.unwrap_or(0)) / row.in_bed_h;
        assert!(
            (4.0..=20.0).contains(&events),
            "{name}: {events} movements an hour"
        );
    }
}

/// 13.6 h at the wrist by the device's header, idle sleep mode on: 45 % of its rows repeat the one before.
#[test]
fn a_device_that_sleeps_gives_a_lower_bound() {
    let Some(nights) = nights(
        "actigraph_raw/gen_actilife_13.6h_30Hz_notime.csv.gz",
        Request::default(),
    ) else {
        return;
    };
    let [night] = &nights[..] else {
        panic!("{} nights", nights.len())
    };
    let row = &night.row;
    assert!((13.5..13.7).contains(&row.recorded_h), "{}", row.recorded_h);
    assert!(row.at_least && has(row, "idle_sleep"), "{:?}", row.flags);
    assert_eq!(row.grade, Some(Grade::D));
    let idle: f64 = night
        .spans
        .iter()
        .filter(|span| span.kind.name() == "idle")
        .map(|span| span.duration_s)
        .sum();
    let share = idle / 3600.0 / row.recorded_h;
    assert!(
        (0.35..0.50).contains(&share),
        "idle for {share} of the recording"
    );
}

/// 3.2 h, 12.5 Hz, milliseconds since the start: no clock, and a rate that is limited.
#[test]
fn a_watch_without_a_clock_is_analysed_all_the_same() {
    let Some(nights) = nights("bangle_js/HughB-general-a260-b573.csv.gz", on_the_wrist()) else {
        return;
    };
    let [night] = &nights[..] else {
        panic!("{} nights", nights.len())
    };
    let row = &night.row;
    assert_eq!(row.rate_label.as_deref(), Some("limited"));
    assert!(row.start_utc.is_none() && row.start_local.is_none());
    assert!(
        night
            .movements
            .iter()
            .all(|row| row.onset_utc.is_none() && row.onset_local.is_none())
    );
    assert!(row.plm_per_h.is_some());
}

/// An hour at the wrist in UTC without a zone: instants, no local times.
#[test]
fn a_clock_in_utc_without_a_zone_gives_instants_only() {
    let Some(nights) = nights("empatica_e4/collab-uniba_ACC.csv", on_the_wrist()) else {
        return;
    };
    let row = &nights[0].row;
    assert!(row.start_utc.is_some() && row.start_local.is_none());
}

/// An hour of an Axivity, whose epoch is a local clock: local times, no instants.
#[test]
fn a_local_clock_gives_no_instants() {
    let Some(nights) = nights("axivity/gen_ax3_1h_100Hz_unix.csv.gz", Request::default()) else {
        return;
    };
    let row = &nights[0].row;
    assert!(row.start_utc.is_none() && row.start_local.is_some());
    assert!(has(row, "placement_not_stated"));
}

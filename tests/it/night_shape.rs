//! When the night was and where the sensor was, from the file to the rows: bed, bathroom, stillness, table.

use std::f64::consts::TAU;

use legtrace::model::body::Leg;
use legtrace::model::night::WindowSource;
use legtrace::pipeline::analyze::Request;
use legtrace::pipeline::filled::NightOutcome;
use legtrace::pipeline::night::{self, LegFiles};
use legtrace::pipeline::settings::Settings;

use super::made::{Folder, g};

/// Samples a second.
const HZ: f64 = 12.5;

/// What the wearer does in a minute.
#[derive(Clone, Copy, PartialEq)]
enum Doing {
    /// Lies; the limb points one way or another, the sensor's noise shows.
    Lies(usize),
    /// Turns over in its first ten seconds, and lies.
    Turns(usize),
    /// Walks.
    Walks,
    /// The sensor lies on a table and repeats one value.
    OnTheTable,
}

fn acceleration(doing: Doing, n: usize) -> [f64; 3] {
    let at = n as f64 / HZ;
    let noise = g(n).map(|v| v % 0.01);
    let lying = |way: usize| [[0.1, 0.7, 0.707], [0.1, -0.2, 0.975], [0.15, 0.95, -0.27]][way % 3];
    let still = |way: usize| {
        let v = lying(way);
        [0, 1, 2].map(|axis| v[axis] + noise[axis])
    };
    match doing {
        Doing::Lies(way) => still(way),
        Doing::Turns(way) if at % 60.0 < 10.0 => {
            let v = still(way);
            let shake = 0.4 * (at * TAU * 1.3).sin();
            [v[0] + shake, v[1] - shake, v[2] + 0.5 * shake]
        }
        Doing::Turns(way) => still(way),
        // The shank stands up; every step shakes it.
        Doing::Walks => [
            0.97 + 0.5 * (at * TAU * 1.9).sin() + noise[0],
            0.1 + 0.3 * (at * TAU * 0.95).cos() + noise[1],
            0.05 + noise[2],
        ],
        Doing::OnTheTable => [0.02, 0.01, 1.0],
    }
}

/// Analyses a day of these minutes, beginning at nine in the evening.
fn analyzed(minutes: &[Doing]) -> NightOutcome {
    let folder = Folder::new();
    let per_minute = (60.0 * HZ) as usize;
    let mut csv = String::from("seconds,x (g),y (g),z (g)\n");
    for (minute, &doing) in minutes.iter().enumerate() {
        for k in 0..per_minute {
            let n = minute * per_minute + k;
            let [x, y, z] = acceleration(doing, n);
            csv.push_str(&format!("{:.2},{x:.4},{y:.4},{z:.4}\n", n as f64 / HZ));
        }
    }
    let file = folder.file("night.csv", csv);
    let mut request = Request::default();
    request.read.leg = Some(Leg::Left);
    request.read.start = Some("2024-05-07 21:00:00".parse().expect("a start"));
    let settings = Settings::check(&request).expect("settings that can be");
    let legs = [LegFiles {
        leg: Some(Leg::Left),
        pieces: vec![(file.as_path(), "night.csv")],
    }];
    let mut nights = night::analyze(&legs, &settings, &std::env::temp_dir()).expect("a night");
    assert_eq!(nights.len(), 1);
    nights.remove(0)
}

fn stretch(doing: Doing, minutes: usize) -> Vec<Doing> {
    vec![doing; minutes]
}

/// Minutes of sleep, with a turn every half hour.
fn asleep(minutes: usize) -> Vec<Doing> {
    let minute = |n: usize| match n % 30 {
        0 => Doing::Turns(n / 30),
        _ => Doing::Lies(n / 30),
    };
    (0..minutes).map(minute).collect()
}

/// Minutes of the spans of a kind.
fn minutes(night: &NightOutcome, kind: &str) -> Vec<(f64, f64)> {
    let own = night.spans.iter().filter(|row| row.kind.name() == kind);
    own.map(|row| (row.start_s / 60.0, row.end_s / 60.0))
        .collect()
}

fn covers(spans: &[(f64, f64)], from: f64, to: f64) -> bool {
    spans
        .iter()
        .any(|span| span.0 <= from + 1.0 && span.1 >= to - 1.0)
}

#[test]
fn a_visit_to_the_bathroom_does_not_cut_the_night() {
    // Half of the night lies before it, a little more behind it; awake for a while after it.
    let night = analyzed(
        &[
            stretch(Doing::Walks, 10),
            asleep(90),
            stretch(Doing::Walks, 8),
            stretch(Doing::Turns(1), 12),
            asleep(100),
            stretch(Doing::Walks, 10),
        ]
        .concat(),
    );
    assert_eq!(night.row.window_source, Some(WindowSource::Estimate));
    let (out, on) = (night.row.lights_out_s / 60.0, night.row.lights_on_s / 60.0);
    assert!(
        (out - 10.0).abs() < 5.0 && (on - 220.0).abs() < 5.0,
        "{out} to {on} min"
    );
    // The time up is in the night, and counts: waking is no gap.
    assert!(night.row.analysed_h > 3.4, "{}", night.row.analysed_h);
}

#[test]
fn sixty_four_minutes_of_stillness_are_still_and_two_hours_on_a_table_are_off_the_leg() {
    let night = analyzed(
        &[
            stretch(Doing::Lies(0), 20),
            stretch(Doing::Turns(1), 1),
            stretch(Doing::Lies(1), 64),
            stretch(Doing::Turns(2), 1),
            stretch(Doing::Lies(2), 14),
            stretch(Doing::Turns(0), 2),
            stretch(Doing::OnTheTable, 120),
        ]
        .concat(),
    );
    let (still, off) = (minutes(&night, "still"), minutes(&night, "off_leg"));
    assert!(covers(&still, 21.5, 85.0), "{still:?}");
    assert_eq!(off.len(), 1, "{off:?}");
    assert!(covers(&off, 102.0, 222.0) && off[0].0 > 100.0, "{off:?}");
    // The table repeats one value for two hours: that is said once, as off the leg.
    assert!(minutes(&night, "idle").is_empty());
    assert!(!night.row.at_least, "{:?}", night.row.flags);
}

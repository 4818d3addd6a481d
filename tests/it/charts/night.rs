//! The chart of one night.

use legtrace::model::body::{Leg, Placement};
use legtrace::model::span::SpanKind;
use legtrace::output::charts::{ChartError, Drawing, Furniture, NightRows, Setup, night};
use legtrace::output::rows::{NightRow, SpanRow};
use legtrace::output::words::{Language, Words};

use super::marks::{count, groups, texts};
use super::rows::{Night, Plan};
use super::seen;

fn drawn(name: &str, rows: &Night) -> Drawing {
    let words = Words::of(Language::English);
    let drawing = night(&rows.rows(), &Setup::new(&words)).expect("a night to draw");
    marks_are_rows(&drawing.svg, rows);
    seen(name, &drawing);
    drawing
}

/// The law of every night: a mark for each row and no other.
fn marks_are_rows(svg: &str, rows: &Night) {
    let classes = ["other", "lm", "candidate", "plm"].map(|c| count(svg, &format!("movement {c}")));
    assert_eq!(classes.iter().sum::<usize>(), rows.movements.len());
    let n_plm = rows.movements.iter().filter(|m| m.plm).count();
    assert_eq!(classes[3], n_plm);
    let mut series: Vec<_> = rows.movements.iter().filter_map(|m| m.series).collect();
    series.sort_unstable();
    series.dedup();
    assert_eq!(count(svg, "series"), series.len());
    let of_kind = |kind| move |span: &&SpanRow| span.kind == kind;
    let n_posture = rows
        .spans
        .iter()
        .filter(of_kind(SpanKind::PostureChange))
        .count();
    assert_eq!(count(svg, "posture"), n_posture);
    // A gap is hatched in the lane and in the envelope of its leg.
    let n_gaps = rows.spans.iter().filter(of_kind(SpanKind::Gap)).count();
    assert_eq!(count(svg, "span gap"), 2 * n_gaps);
    let with_index = rows.hours.iter().filter(|h| h.plm_per_h.is_some()).count();
    assert_eq!(groups(svg, "hour").len(), with_index);
    assert_eq!(
        groups(svg, "hour-missing").len(),
        rows.hours.len() - with_index
    );
}

#[test]
fn a_plain_night_has_its_labels_units_and_figures() {
    let rows = Plan::default().night();
    let drawing = drawn("night", &rows);
    let texts = texts(&drawing.svg);
    for label in [
        "Night of 1 May 2024 · left leg, ankle",
        "Movement envelope (mg)",
        "PLM per hour",
        "clock time (Europe/Berlin)",
        "in bed (estimated): 23:08 to 05:54",
        "23:00",
        "06:00",
        "threshold 21",
        "WASM 2016",
        "AASM",
    ] {
        assert!(
            texts.iter().any(|text| text == label),
            "{label} in {texts:?}"
        );
    }
    let index = format!(
        "PLM index {:.1} per hour (WASM 2016, 95 % interval",
        rows.night.plm_per_h.unwrap()
    );
    assert!(drawing.caption.contains(&index), "{}", drawing.caption);
    assert!(drawing.caption.starts_with("Quality B (one leg only)"));
    for (row, hour) in drawing.sheet.rows.iter().zip(&rows.hours) {
        assert_eq!(row[3], hour.n_plm.to_string());
        assert_eq!(row[4], format!("{:.1}", hour.plm_per_h.unwrap()));
        assert!(
            texts.contains(&row[4]),
            "the figure of the sheet is in the picture"
        );
    }
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let rows = Plan::default().night();
    assert_eq!(drawn("night", &rows), drawn("night", &rows));
}

#[test]
fn a_night_without_movements_says_so() {
    let rows = Plan {
        movements_per_h: 0.0,
        ..Plan::default()
    };
    let drawing = drawn("night-none", &rows.night());
    assert!(texts(&drawing.svg).contains(&"no movement was found".to_owned()));
    assert!(drawing.caption.contains("PLM index 0.0 per hour"));
}

#[test]
fn very_many_movements_are_all_there() {
    let rows = Plan {
        movements_per_h: 320.0,
        ..Plan::default()
    };
    drawn("night-many", &rows.night());
}

#[test]
fn short_and_long_nights_have_their_ticks() {
    let mut plan = Plan {
        hours: 20.0 / 60.0,
        spans: Vec::new(),
        movements_per_h: 90.0,
        ..Plan::default()
    };
    let short = drawn("night-short", &plan.night());
    assert!(texts(&short.svg).contains(&"22:44".to_owned()));
    plan.hours = 14.0;
    let long = drawn("night-long", &plan.night());
    assert!(texts(&long.svg).contains(&"12:00".to_owned()));
}

#[test]
fn gaps_idle_and_off_leg_time_are_hatched_never_zero() {
    let rows = Plan {
        spans: vec![
            (SpanKind::Gap, 2.0, 3.9),
            (SpanKind::Gap, 6.5, 6.52),
            (SpanKind::OffLeg, 4.4, 5.0),
            (SpanKind::Idle, 0.7, 1.2),
            (SpanKind::Idle, 5.3, 5.32),
        ],
        ..Plan::default()
    };
    let rows = rows.night();
    let drawing = drawn("night-gaps", &rows);
    assert!(!groups(&drawing.svg, "hour-missing").is_empty());
    let texts = texts(&drawing.svg);
    for label in [
        "no data",
        "off the leg",
        "device idle",
        "outside the time in bed",
    ] {
        assert!(texts.iter().any(|text| text == label), "{label}");
    }
    let missing = rows
        .hours
        .iter()
        .position(|h| h.plm_per_h.is_none())
        .unwrap();
    assert_eq!(drawing.sheet.rows[missing][4], "–");
}

#[test]
fn without_a_clock_the_axis_counts_hours() {
    let rows = Plan {
        start: None,
        zone: None,
        ..Plan::default()
    };
    let drawing = drawn("night-no-clock", &rows.night());
    let texts = texts(&drawing.svg);
    assert!(texts.contains(&"hours since the start of the recording".to_owned()));
    assert!(texts.contains(&"7:00".to_owned()));
    assert!(texts.contains(&"Night 1 · left leg, ankle".to_owned()));
}

#[test]
fn both_legs_have_a_lane_and_an_envelope_each() {
    let rows = Plan {
        legs: vec![Some(Leg::Left), Some(Leg::Right)],
        spans: vec![(SpanKind::Gap, 2.0, 2.6)],
        ..Plan::default()
    };
    let drawing = drawn("night-both", &rows.night());
    let texts = texts(&drawing.svg);
    for label in [
        "left",
        "right",
        "Movement envelope, left leg (mg)",
        "Movement envelope, right leg (mg)",
    ] {
        assert!(texts.iter().any(|text| text == label), "{label}");
    }
}

#[test]
fn the_wrist_has_no_plm_index() {
    let rows = Plan {
        placement: Placement::Wrist,
        legs: vec![None],
        ..Plan::default()
    };
    let drawing = drawn("night-wrist", &rows.night());
    assert!(
        drawing
            .caption
            .ends_with("movement events, not a PLM index.")
    );
    let texts = texts(&drawing.svg);
    assert!(texts.contains(&"Periodic movements per hour (not a PLM index)".to_owned()));
    assert!(
        !texts
            .iter()
            .any(|text| text == "PLM" || text == "PLM per hour")
    );
}

#[test]
fn the_hour_that_autumn_repeats_is_drawn_twice() {
    let rows = Plan {
        start: Some("2024-10-26T20:41:00Z"),
        ..Plan::default()
    };
    let drawing = drawn("night-autumn", &rows.night());
    let texts = texts(&drawing.svg);
    assert_eq!(texts.iter().filter(|text| *text == "02:00").count(), 2);
    assert!(texts.contains(&"clock back".to_owned()));
}

#[test]
fn german_has_commas_and_no_english() {
    let words = Words::of(Language::German);
    let rows = Plan::default().night();
    let drawing = night(&rows.rows(), &Setup::new(&words)).unwrap();
    seen("night-german", &drawing);
    assert!(drawing.caption.starts_with("Qualität B"));
    assert!(
        drawing.caption.contains("6,8 h ausgewertet"),
        "{}",
        drawing.caption
    );
    assert_eq!(
        drawing.title,
        "Nacht vom 1. Mai 2024 · linkes Bein, Knöchel"
    );
}

#[test]
fn a_bare_chart_leaves_title_and_caption_to_the_page() {
    let words = Words::of(Language::English);
    let rows = Plan::default().night();
    let setup = Setup {
        furniture: Furniture::Bare,
        width: 620.0,
        ..Setup::new(&words)
    };
    let drawing = night(&rows.rows(), &setup).unwrap();
    seen("night-bare-narrow", &drawing);
    assert!(!texts(&drawing.svg).contains(&drawing.title));
}

#[test]
fn what_a_name_holds_does_no_harm() {
    let mut rows = Plan {
        start: None,
        ..Plan::default()
    }
    .night();
    let name = "<script>alert(\"1\")</script> \u{202e}=cmd 🦵 לילה";
    rows.night.night = name.into();
    rows.movements.clear();
    rows.hours.clear();
    rows.spans.clear();
    rows.traces.clear();
    let drawing = drawn("night-name", &rows);
    assert!(!drawing.svg.contains("<script>"));
    assert!(texts(&drawing.svg)[0].starts_with("Night <script>alert(\"1\")</script> =cmd □ לילה"));
}

#[test]
fn a_night_of_no_length_is_refused() {
    let words = Words::of(Language::English);
    let night_row = NightRow {
        night: "7".into(),
        ..NightRow::default()
    };
    let rows = NightRows {
        night: &night_row,
        movements: &[],
        hours: &[],
        spans: &[],
        traces: &[],
    };
    let refused = night(&rows, &Setup::new(&words)).unwrap_err();
    assert!(matches!(refused, ChartError::Nothing(_)));
}

//! The charts of a study: as many marks as rows at every size, and nothing drawn for what is missing.

use legtrace::output::charts::{ChartError, Drawing, Furniture, KINDS, Kind, Request, Setup};
use legtrace::output::rows::{MOVEMENT_EVENTS, NightRow, RatingRow, StudyHourRow, StudyRows};
use legtrace::output::words::{Language, Words};

use super::marks::{count, groups, texts};
use super::seen;
use super::study_rows::study;

const SIZES: [usize; 6] = [1, 2, 9, 14, 21, 90];

fn drawn(kind: &str, name: &str, rows: &StudyRows) -> Drawing {
    let words = Words::of(Language::English);
    let request = Request::new(Setup::new(&words));
    let kind = Kind::named(kind).expect("a kind of the list");
    let drawing = (kind.draw)(rows, &request).unwrap_or_else(|error| panic!("{name}: {error}"));
    seen(name, &drawing);
    drawing
}

fn has(drawing: &Drawing, label: &str) {
    let texts = texts(&drawing.svg);
    assert!(
        texts.iter().any(|text| text == label),
        "{label} in {texts:?}"
    );
}

fn sized(kind: &str, check: impl Fn(&StudyRows, &Drawing)) {
    for n in SIZES {
        let rows = study(n);
        check(&rows, &drawn(kind, &format!("{kind}-{n}"), &rows));
    }
}

#[test]
fn the_profile_has_a_point_a_row_and_a_bar_a_time_with_nights() {
    sized("profile", |rows, drawing| {
        assert_eq!(count(&drawing.svg, "median-points"), rows.profile.len());
        let with_nights = rows.profile.iter().filter(|p| p.n_nights > 0).count();
        assert_eq!(count(&drawing.svg, "nights"), with_nights);
        assert_eq!(drawing.sheet.rows.len(), rows.profile.len());
        has(drawing, "PLM per hour (WASM 2016)");
        has(drawing, "02:00");
    });
}

#[test]
fn the_trend_has_a_mark_a_night_a_rating_and_an_event() {
    sized("trend", |rows, drawing| {
        assert_eq!(groups(&drawing.svg, "night").len(), rows.nights.len());
        assert_eq!(groups(&drawing.svg, "rating").len(), rows.ratings.len());
        assert_eq!(count(&drawing.svg, "event"), rows.events.len());
        has(drawing, "PLM per hour (WASM 2016)");
        has(drawing, "Severity, 0 to 10");
        for event in &rows.events {
            let told = texts(&drawing.svg)
                .iter()
                .any(|t| t.ends_with(&event.label));
            assert!(told, "{}", event.label);
        }
    });
}

#[test]
fn nights_missing_from_the_trend_are_hatched() {
    // Every seventh day of the study has no night: of 21 nights, days 5, 12 and 19.
    let rows = study(21);
    let drawing = drawn("trend", "trend-21", &rows);
    let runs = groups(&drawing.svg, "missing")[0].lines().count() - 1;
    assert_eq!(runs, 3);
}

#[test]
fn without_a_diary_the_trend_has_one_panel() {
    let mut rows = study(9);
    rows.ratings.clear();
    rows.events.clear();
    let drawing = drawn("trend", "trend-no-diary", &rows);
    assert!(groups(&drawing.svg, "rating").is_empty());
    assert!(
        !texts(&drawing.svg)
            .iter()
            .any(|text| text.starts_with("Severity"))
    );
}

#[test]
fn irls_has_its_own_scale() {
    let mut rows = study(9);
    for row in &mut rows.ratings {
        *row = RatingRow {
            rating: "irls".into(),
            value: row.value * 4.0,
            scale_high: 40.0,
            ..row.clone()
        };
    }
    let drawing = drawn("trend", "trend-irls", &rows);
    has(&drawing, "IRLS total, 0 to 40");
    has(&drawing, "40");
}

#[test]
fn the_scatter_has_a_point_a_pair_and_no_coefficient_below_ten() {
    sized("scatter", |rows, drawing| {
        assert_eq!(groups(&drawing.svg, "pair").len(), rows.pairs.len());
        assert_eq!(drawing.sheet.rows.len(), rows.pairs.len());
        let says_rho = drawing.caption.contains("rho");
        assert_eq!(says_rho, rows.pairs.len() >= 10, "{}", drawing.caption);
        if !says_rho {
            assert!(drawing.caption.contains("no coefficient below 10 nights"));
        }
        has(drawing, "PLM per hour (WASM 2016)");
    });
}

#[test]
fn strips_are_fourteen_at_most() {
    sized("strips", |rows, drawing| {
        let shown = rows.nights.len().min(14);
        assert_eq!(count(&drawing.svg, "night-name"), shown);
        assert_eq!(count(&drawing.svg, "in-bed"), shown);
        assert_eq!(drawing.sheet.rows.len(), shown);
        let nights = &rows.nights[rows.nights.len() - shown..];
        // The axis runs from 20 min before the earliest lights out to 20 min after the latest lights on.
        let at = |night: &NightRow, seconds: f64| {
            let noon = night.date.unwrap().at(12, 0, 0, 0);
            let start = night.start_local.unwrap().civil();
            start.duration_since(noon).as_secs_f64() + seconds
        };
        let from = nights
            .iter()
            .map(|n| at(n, n.lights_out_s))
            .fold(f64::INFINITY, f64::min);
        let to = nights
            .iter()
            .map(|n| at(n, n.lights_on_s))
            .fold(0.0, f64::max);
        let inside = rows.movements.iter().filter(|m| {
            let night = nights.iter().find(|n| n.night == m.night);
            night.is_some_and(|n| (from - 1200.0..=to + 1200.0).contains(&at(n, m.onset_s)))
        });
        let marks: usize = ["other", "lm", "candidate", "plm"]
            .map(|class| count(&drawing.svg, &format!("movement {class}")))
            .iter()
            .sum();
        assert_eq!(marks, inside.count());
    });
}

#[test]
fn strips_without_a_clock_begin_at_lights_out() {
    let mut rows = study(3);
    rows.nights[1].start_local = None;
    let drawing = drawn("strips", "strips-no-clock", &rows);
    has(&drawing, "hours since lights out");
}

#[test]
fn intervals_have_a_bar_a_bin_and_a_line_a_night() {
    sized("intervals", |rows, drawing| {
        let visible = |bin: &&legtrace::output::rows::IntervalRow| {
            bin.night.is_none() && bin.n > 0 && bin.high_s > 2.0 && bin.low_s < 90.0
        };
        let bins = rows.intervals.iter().filter(visible).count();
        assert_eq!(count(&drawing.svg, "bin"), bins);
        let lines = if rows.nights.len() > 1 {
            rows.nights.len()
        } else {
            0
        };
        assert_eq!(count(&drawing.svg, "night-line"), lines);
        for tick in ["2", "5", "10", "20", "40", "60", "90"] {
            has(drawing, tick);
        }
    });
}

#[test]
fn hours_have_their_minutes() {
    let mut rows = study(4);
    let id = rows.nights[3].night.clone();
    let drawing = drawn("hours", "hours", &rows);
    let hours: Vec<_> = rows.hours.iter().filter(|h| h.night == id).collect();
    let with_index = hours.iter().filter(|h| h.plm_per_h.is_some()).count();
    assert!(with_index < hours.len(), "the night has a gap");
    assert_eq!(groups(&drawing.svg, "hour").len(), with_index);
    assert_eq!(
        groups(&drawing.svg, "hour-missing").len(),
        hours.len() - with_index
    );
    // A sliver of an hour has no room for a figure; half an hour has.
    let long = hours
        .iter()
        .filter(|h| h.end_s - h.start_s >= 1800.0)
        .count();
    assert_eq!(count(&drawing.svg, "exposure"), long);
    has(&drawing, "min");
    has(&drawing, "60");
    rows.nights[3].label = MOVEMENT_EVENTS.into();
    let wrist = drawn("hours", "hours-wrist", &rows);
    has(&wrist, "Periodic movements per hour (not a PLM index)");
}

#[test]
fn hours_of_all_nights_stand_together_unless_a_night_is_named() {
    let mut rows = study(4);
    let hour = |hour: u32, observed_h: f64, n_plm: u32, plm_per_h: Option<f64>| StudyHourRow {
        hour,
        n_nights: 4,
        observed_h,
        n_plm,
        plm_per_h,
    };
    rows.study_hours = vec![
        hour(1, 4.0, 50, Some(12.5)),
        hour(2, 3.5, 0, Some(0.0)),
        hour(3, 0.2, 1, None),
    ];
    let drawing = drawn("hours", "hours-all", &rows);
    assert_eq!(groups(&drawing.svg, "hour").len(), 2);
    assert_eq!(groups(&drawing.svg, "hour-missing").len(), 1);
    assert_eq!(count(&drawing.svg, "exposure"), 3);
    for label in [
        "12.5",
        "4.0",
        "0.20",
        "h",
        "hours since lights out",
        "too little for a rate",
    ] {
        has(&drawing, label);
    }
    assert!(!texts(&drawing.svg).iter().any(|text| text == "no data"));
    assert_eq!(drawing.sheet.rows[1], ["2", "4", "3.5", "0", "0.0"]);
    assert_eq!(drawing.sheet.rows[2][4], "–");
    let words = Words::of(Language::English);
    let mut request = Request::new(Setup::new(&words));
    let id = rows.nights[1].night.clone();
    request.night = Some(&id);
    let one = (Kind::named("hours").expect("a kind of the list").draw)(&rows, &request).unwrap();
    assert!(
        one.title.starts_with("Hour by hour, 2 May"),
        "{}",
        one.title
    );
}

#[test]
fn the_calendar_has_a_cell_a_night_and_hatches_the_others() {
    sized("calendar", |rows, drawing| {
        assert_eq!(groups(&drawing.svg, "day").len(), rows.nights.len());
        let dates = || rows.nights.iter().filter_map(|night| night.date);
        let (first, last) = (dates().min().unwrap(), dates().max().unwrap());
        let days = first.until(last).unwrap().get_days() as usize + 1;
        assert_eq!(
            groups(&drawing.svg, "day-missing").len(),
            days - rows.nights.len()
        );
        has(drawing, "Mon");
    });
}

#[test]
fn factors_have_a_sign_a_value_and_six_rows_at_most() {
    sized("factors", |rows, drawing| {
        let mut names: Vec<&str> = Vec::new();
        for row in &rows.factors {
            if !names.contains(&row.factor.as_str()) {
                names.push(&row.factor);
            }
        }
        names.truncate(6);
        let shown = rows
            .factors
            .iter()
            .filter(|row| names.contains(&row.factor.as_str()));
        assert_eq!(drawing.sheet.rows.len(), shown.clone().count());
        assert_eq!(count(&drawing.svg, "factor-value"), shown.count());
        has(drawing, "Caffeine (mg)");
    });
}

#[test]
fn nights_left_out_are_hollow_and_not_counted() {
    let mut rows = study(9);
    let out = rows.nights[2].clone();
    rows.left_out = vec![out.night.clone()];
    rows.intervals
        .retain(|bin| bin.night.as_ref() != Some(&out.night));
    let index = Words::of(Language::English).number_or_none(out.plm_per_h, 1);
    let hours: f64 = rows.nights.iter().map(|night| night.analysed_h).sum();
    let hours = format!("8 nights, {:.1} h", hours - out.analysed_h);
    for (kind, filled, hollow) in [
        ("trend", "night", "night-left-out"),
        ("calendar", "day", "day-left-out"),
        ("factors", "", "night-left-out"),
        ("strips", "", ""),
        ("profile", "", ""),
        ("intervals", "", ""),
        ("actogram", "", ""),
    ] {
        let drawing = drawn(kind, &format!("{kind}-left-out"), &rows);
        assert!(drawing.caption.contains(&hours), "{}", drawing.caption);
        assert!(drawing.caption.contains("; 1 more left out"), "{kind}");
        if !hollow.is_empty() {
            assert_eq!(groups(&drawing.svg, hollow).len(), 1, "{kind}");
            has(&drawing, "left out");
        }
        if !filled.is_empty() {
            assert_eq!(groups(&drawing.svg, filled).len(), 8, "{kind}");
            let row = drawing.sheet.rows.iter().find(|row| {
                row.iter().any(|cell| cell.ends_with("left out"))
                    && row.iter().any(|cell| cell.ends_with(&index))
            });
            assert!(row.is_some(), "{kind}: {:?}", drawing.sheet);
        }
    }
    assert_eq!(
        count(
            &drawn("intervals", "intervals-left-out", &rows).svg,
            "night-line"
        ),
        8
    );
}

#[test]
fn strips_say_of_how_many_nights_they_are_the_last() {
    let last = drawn("strips", "strips-21", &study(21));
    assert!(
        last.caption
            .starts_with("The last 14 of 21 nights. All of them: 21 nights, "),
        "{}",
        last.caption
    );
    let all = drawn("strips", "strips-9", &study(9));
    assert!(
        all.caption.starts_with("Every night: 9 nights, "),
        "{}",
        all.caption
    );
}

#[test]
fn no_tick_gives_way_to_the_words_of_its_axis() {
    // Nights from before 23:00 to after 05:00: every full hour in between has its label.
    for n in SIZES {
        let drawing = drawn("profile", &format!("profile-{n}"), &study(n));
        for hour in ["22:00", "00:00", "04:00", "06:00"] {
            has(&drawing, hour);
        }
    }
}

#[test]
fn comparisons_have_a_row_each_and_hatch_what_is_not_known() {
    let rows = study(21);
    let drawing = drawn("comparison", "comparison", &rows);
    let known = rows
        .comparisons
        .iter()
        .filter(|row| row.difference.is_some())
        .count();
    assert_eq!(groups(&drawing.svg, "comparison").len(), known);
    assert_eq!(
        groups(&drawing.svg, "comparison-missing").len(),
        rows.comparisons.len() - known
    );
    assert_eq!(
        count(&drawing.svg, "comparison-without-drift"),
        3 * known,
        "an interval and a ring on paper each"
    );
    has(&drawing, "4 nights with, 9 without");
    assert!(drawing.caption.contains("no cause"));
    assert!(
        drawing
            .caption
            .contains("not the difference of the two medians")
    );
    // Both stand in the table, the one that agrees with the medians first.
    let row = &drawing.sheet.rows[2];
    assert_eq!((row[4].as_str(), row[7].as_str()), ("4.0", "0.0"));
    // One of the factors came with all its nights after the others.
    assert!(
        drawing
            .caption
            .contains("all nights of the one kind lie before")
    );
    let mut rows = rows;
    rows.comparisons.retain(|row| row.how != "before_after");
    let mixed = drawn("comparison", "comparison-mixed", &rows);
    assert!(!mixed.caption.contains("lie before"), "{}", mixed.caption);
}

#[test]
fn the_periodogram_has_a_point_a_row() {
    let rows = study(3);
    let drawing = drawn("periodogram", "periodogram", &rows);
    assert_eq!(count(&drawing.svg, "power-points"), rows.periodogram.len());
    has(&drawing, "period (s)");
}

#[test]
fn the_actogram_has_a_row_a_day() {
    sized("actogram", |rows, drawing| {
        let dates = || rows.nights.iter().filter_map(|night| night.date);
        let days = dates()
            .min()
            .unwrap()
            .until(dates().max().unwrap())
            .unwrap()
            .get_days();
        assert_eq!(count(&drawing.svg, "day-name"), days as usize + 1);
        assert_eq!(drawing.sheet.rows.len(), days as usize + 1);
    });
}

#[test]
fn agreement_has_a_point_a_night_and_three_lines() {
    sized("agreement", |rows, drawing| {
        assert_eq!(groups(&drawing.svg, "pair").len(), rows.agreement.len());
        assert_eq!(count(&drawing.svg, "bias"), 1);
        assert_eq!(groups(&drawing.svg, "limit").len(), 2);
        has(drawing, "Measured less reference");
    });
}

#[test]
fn the_benchmark_has_a_row_a_detector() {
    let rows = study(1);
    let drawing = drawn("benchmark", "benchmark", &rows);
    let known = rows.benchmark.iter().filter(|row| row.f1.is_some()).count();
    assert_eq!(groups(&drawing.svg, "benchmark").len(), known);
    assert_eq!(drawing.sheet.rows.len(), rows.benchmark.len());
}

#[test]
fn every_kind_draws_in_german_bare_and_narrow() {
    let rows = study(14);
    let words = Words::of(Language::German);
    for kind in KINDS {
        let setup = Setup {
            furniture: Furniture::Bare,
            width: 640.0,
            ..Setup::new(&words)
        };
        let drawing = (kind.draw)(&rows, &Request::new(setup)).expect(kind.name);
        seen(&format!("{}-bare-german", kind.name), &drawing);
    }
}

#[test]
fn every_kind_refuses_an_empty_study_with_a_sentence() {
    let words = Words::of(Language::English);
    for kind in KINDS {
        let refused = (kind.draw)(&StudyRows::default(), &Request::new(Setup::new(&words)));
        let Err(ChartError::Nothing(why)) = refused else {
            panic!("{} draws nothing", kind.name);
        };
        assert!(why.contains(' '), "{}: {why}", kind.name);
    }
}

#[test]
fn a_line_is_drawn_only_when_asked_for() {
    let rows = study(9);
    let words = Words::of(Language::English);
    let mut request = Request::new(Setup::new(&words));
    let trend = Kind::named("trend").expect("a kind of the list");
    let plain = (trend.draw)(&rows, &request).unwrap();
    assert!(groups(&plain.svg, "line-asked-for").is_empty());
    request.line_per_h = Some(15.0);
    let asked = (trend.draw)(&rows, &request).unwrap();
    assert_eq!(groups(&asked.svg, "line-asked-for").len(), 1);
}

#[test]
fn an_unknown_night_is_named() {
    let words = Words::of(Language::English);
    let mut request = Request::new(Setup::new(&words));
    request.night = Some("<n>");
    let hours = Kind::named("hours").expect("a kind of the list");
    let refused = (hours.draw)(&study(2), &request).unwrap_err();
    assert!(refused.to_string().contains("there is no night <n>"));
}

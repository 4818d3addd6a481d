//! Severity and factors: figures against SciPy's, laws, and the rules of what may be said.
//!
//! `associate/scipy_table.json` holds inputs and SciPy's figures, made by `associate/scipy_table.py`.

use jiff::civil::{Date, date};
use legtrace::analysis::associate::factor::Split;
use legtrace::analysis::associate::laboratory::CrpBeside;
use legtrace::analysis::associate::shift::{Sided, drift, hodges_lehmann};
use legtrace::analysis::associate::{
    AssociateParams, Associations, Associator, Direction, Lag, NightMeasures, Outcome, Told, many,
    rank,
};
use legtrace::ingest::diary::{DiaryOptions, read};
use legtrace::model::diary::{Diary, Rating};
use legtrace::signal::random::Random;
use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    scipy: String,
    correlations: Vec<CorrelationCase>,
    shifts: Vec<ShiftCase>,
    slopes: Vec<SlopeCase>,
    corrections: Vec<CorrectionCase>,
}

#[derive(Deserialize)]
struct CorrelationCase {
    x: Vec<f64>,
    y: Vec<f64>,
    t: Vec<f64>,
    rho: f64,
    partial: f64,
    p: f64,
    low: [f64; 2],
    high: [f64; 2],
}

#[derive(Deserialize)]
struct ShiftCase {
    a: Vec<f64>,
    b: Vec<f64>,
    by: f64,
    low: Option<f64>,
    high: Option<f64>,
}

#[derive(Deserialize)]
struct SlopeCase {
    day: Vec<f64>,
    value: Vec<f64>,
    slope: f64,
    low: f64,
    high: f64,
}

#[derive(Deserialize)]
struct CorrectionCase {
    p: Vec<f64>,
    corrected: Vec<f64>,
}

fn table() -> Table {
    let table: Table = serde_json::from_str(include_str!("associate/scipy_table.json"))
        .expect("a table that parses");
    assert!(table.scipy.starts_with("1."), "{}", table.scipy);
    table
}

/// Both sides compute the same sums of at most 60 ranks in another order.
const SAME: f64 = 1e-9;

#[test]
fn rho_is_scipys_with_ties_and_with_the_date_held_fixed() {
    let cases = table().correlations;
    assert!(cases.len() >= 7);
    for case in cases {
        let n = case.x.len();
        let rho = rank::spearman(&case.x, &case.y).expect("a rho");
        assert!(
            (rho - case.rho).abs() < SAME,
            "n {n}: {rho} against {}",
            case.rho
        );
        let partial = rank::partial_spearman(&case.x, &case.y, &case.t).expect("a partial rho");
        assert!(
            (partial - case.partial).abs() < SAME,
            "n {n}: {partial} against {}",
            case.partial
        );
    }
}

#[test]
fn the_permutation_test_is_scipys() {
    const SHUFFLES: u32 = 4_999;
    for case in table().correlations {
        let p = rank::permutation_p(&case.x, &case.y, None, SHUFFLES, &mut Random::seeded(1))
            .expect("a p");
        // Five standard errors of a share of so many shuffles, and the one that counts the order seen.
        let error = 5.0 * (case.p.max(1e-4) * (1.0 - case.p) / f64::from(SHUFFLES)).sqrt()
            + 1.0 / f64::from(SHUFFLES);
        assert!(
            (p - case.p).abs() < error,
            "n {}: {p} against {}",
            case.x.len(),
            case.p
        );
    }
}

#[test]
fn the_bootstrap_interval_is_scipys() {
    for case in table().correlations {
        let found =
            rank::bootstrap_interval(&case.x, &case.y, None, 2_000, 0.95, &mut Random::seeded(2));
        let (low, high) = found.expect("an interval");
        // The table gives the stretch in which an end may fall by lot (four standard errors of its share of resamples).
        let within = |end: f64, band: [f64; 2]| band[0] <= end && end <= band[1];
        let n = case.x.len();
        assert!(within(low, case.low), "n {n}: {low} not in {:?}", case.low);
        assert!(
            within(high, case.high),
            "n {n}: {high} not in {:?}",
            case.high
        );
    }
}

#[test]
fn the_shift_and_its_interval_are_scipys_rank_test_turned_round() {
    for case in table().shifts {
        let found = hodges_lehmann(&case.a, &case.b, 0.95).expect("a shift");
        let sizes = (case.a.len(), case.b.len());
        assert!((found.by - case.by).abs() < SAME, "{sizes:?}: {found:?}");
        match (found.interval, case.low, case.high) {
            (Some((low, high)), Some(right_low), Some(right_high)) => {
                assert!(
                    (low - right_low).abs() < SAME && (high - right_high).abs() < SAME,
                    "{sizes:?}: {found:?}"
                );
            }
            (None, None, None) => {}
            other => panic!("{sizes:?}: {other:?}"),
        }
    }
}

#[test]
fn the_drift_of_one_group_is_scipys_slope() {
    for case in table().slopes {
        let nights: Vec<Sided> = case
            .day
            .iter()
            .zip(&case.value)
            .map(|(day, value)| Sided {
                day: *day,
                value: *value,
                with: false,
            })
            .collect();
        let found = drift(&nights, 0.95).expect("a slope");
        for (found, right) in [
            (found.per_day, case.slope),
            (found.low, case.low),
            (found.high, case.high),
        ] {
            assert!(
                (found - right).abs() < SAME,
                "n {}: {found} against {right}",
                case.day.len()
            );
        }
    }
}

#[test]
fn corrected_probabilities_are_scipys() {
    for case in table().corrections {
        let found = many::benjamini_hochberg(&case.p);
        for (found, right) in found.iter().zip(&case.corrected) {
            assert!((found - right).abs() < SAME, "{found} against {right}");
        }
    }
}

/// A diary as a person would write it, from rows of text.
fn diary(header: &str, rows: &[String]) -> Diary {
    let text = format!("date,{header}\n{}\n", rows.join("\n"));
    let reading = read(text.as_bytes(), &DiaryOptions::default()).expect("a diary");
    assert_eq!(reading.remarks, [], "{text}");
    reading.diary
}

fn evening(day: usize) -> Date {
    date(2024, 3, 1)
        .checked_add(jiff::Span::new().days(i64::try_from(day).expect("a small number")))
        .expect("a date")
}

fn nights(values: &[f64]) -> Vec<NightMeasures> {
    values
        .iter()
        .enumerate()
        .map(|(day, value)| NightMeasures {
            date: evening(day),
            values: vec![Some(*value)],
        })
        .collect()
}

/// The answers with fewer shuffles than by default: enough for what is asked here.
fn answers(values: &[f64], diary: &Diary) -> Associations {
    let params = AssociateParams {
        permutations: 1_999,
        resamples: 400,
        ..AssociateParams::default()
    };
    Associator::plan(params)
        .expect("sound parameters")
        .associate(&["plm_per_h"], &nights(values), diary)
}

/// A bell-shaped number: the sum of twelve even ones, less six.
fn noise(random: &mut Random) -> f64 {
    (0..12)
        .map(|_| random.below(1_000_001) as f64 / 1e6)
        .sum::<f64>()
        - 6.0
}

#[test]
fn below_ten_nights_nothing_is_told() {
    for (n, told) in [
        (9, Told::TooFew { have: 9, need: 10 }),
        (10, Told::Seen(Direction::Higher)),
    ] {
        let values: Vec<f64> = (0..n)
            .map(|day| [4.0, 30.0, 12.0, 22.0, 8.0][day % 5] + day as f64 / 10.0)
            .collect();
        let rows: Vec<String> = values
            .iter()
            .enumerate()
            .map(|(day, value)| format!("{},{:.1}", evening(day), value / 4.0))
            .collect();
        let found = answers(&values, &diary("severity", &rows));
        let same_night = &found.associations[0];
        assert_eq!(
            (same_night.lag, same_night.pairs.len()),
            (Lag::SameNight, n)
        );
        assert_eq!(same_night.told, told);
        assert_eq!(same_night.found.is_some(), n >= 10);
    }
}

#[test]
fn the_next_day_is_the_row_of_the_next_evening() {
    let values: Vec<f64> = (0..12)
        .map(|day| [4.0, 30.0, 12.0, 22.0, 8.0][day % 5] + day as f64)
        .collect();
    // Every rating tells of the night before.
    let rows: Vec<String> = (0..13)
        .map(|day: usize| {
            format!(
                "{},{:.1}",
                evening(day),
                day.checked_sub(1).map_or(5.0, |night| values[night] / 5.0)
            )
        })
        .collect();
    let found = answers(&values, &diary("severity", &rows));
    let next_day = found
        .associations
        .iter()
        .find(|answer| answer.lag == Lag::NextDay)
        .expect("the question");
    assert_eq!(next_day.pairs.len(), 12);
    assert!(next_day.found.expect("an answer").rho > 0.99);
    assert!(found.associations[0].found.expect("an answer").rho < 0.9);
}

#[test]
fn two_series_that_both_drift_are_not_taken_for_two_that_go_together() {
    let mut random = Random::seeded(11);
    let (mut plain, mut counted) = (0, 0);
    const STUDIES: usize = 60;
    for _ in 0..STUDIES {
        let x: Vec<f64> = (0..21)
            .map(|day| 1.2 * f64::from(day) / 6.0 + noise(&mut random))
            .collect();
        let y: Vec<f64> = (0..21)
            .map(|day| 1.2 * f64::from(day) / 6.0 + noise(&mut random))
            .collect();
        let t: Vec<f64> = (0..21).map(f64::from).collect();
        let mut p = |along| rank::permutation_p(&x, &y, along, 199, &mut random).expect("a p");
        plain += usize::from(p(None) < 0.05);
        counted += usize::from(p(Some(&t[..])) < 0.05);
    }
    // The plain test is fooled mostly; the one that counts errs at its 5 % (at most 9 of 60 in 99.7 % of cases).
    assert!(plain > STUDIES / 2, "{plain}");
    assert!(counted <= 9, "{counted}");
}

#[test]
fn a_tag_on_the_worse_nights_is_seen_and_told_with_its_size() {
    let mut random = Random::seeded(3);
    let values: Vec<f64> = (0..24)
        .map(|day| 20.0 + 3.0 * noise(&mut random) + if day % 3 == 0 { 25.0 } else { 0.0 })
        .collect();
    let rows: Vec<String> = (0..24)
        .map(|day| {
            format!(
                "{},{}",
                evening(day),
                if day % 3 == 0 { "wine" } else { "none" }
            )
        })
        .collect();
    let found = answers(&values, &diary("tags", &rows));
    let wine = &found.comparisons[0];
    assert_eq!(
        (wine.factor.as_str(), wine.with.n, wine.without.n),
        ("wine", 8, 16)
    );
    assert_eq!(wine.split, Some(Split::WithWithout));
    assert_eq!(wine.told, Told::Seen(Direction::Higher));
    let shift = wine.found.expect("an answer").without_drift;
    let (low, high) = shift.interval.expect("an interval");
    assert!(
        low < 25.0 && 25.0 < high && (shift.by - 25.0).abs() < 6.0,
        "{shift:?}"
    );
}

#[test]
fn a_medicine_begun_half_way_is_before_and_after() {
    let values: Vec<f64> = (0..20)
        .map(|day| [9.0, 14.0, 11.0, 17.0, 12.0][day % 5])
        .collect();
    let rows: Vec<String> = (0..20)
        .map(|day| format!("{},{}", evening(day), if day < 10 { "0" } else { "300" }))
        .collect();
    let found = answers(&values, &diary("gabapentin (mg)", &rows));
    let medicine = &found.comparisons[0];
    assert_eq!(medicine.split, Some(Split::BeforeAfter(0.0)));
    assert_eq!(medicine.told, Told::NotSeen);
    let found = medicine.found.expect("an answer");
    let width = |shift: legtrace::analysis::associate::shift::Shift| {
        shift.interval.map_or(0.0, |(low, high)| high - low)
    };
    // What else changed in that time cannot be told apart, and the interval says so.
    assert!(width(found.without_drift) > width(found.plain));
}

#[test]
fn few_nights_on_a_side_are_too_few() {
    let values: Vec<f64> = (0..20).map(|day| day as f64).collect();
    let rows: Vec<String> = (0..20)
        .map(|day| format!("{},{}", evening(day), u8::from(day < 2)))
        .collect();
    let found = answers(&values, &diary("alcohol_drinks", &rows));
    assert_eq!(found.comparisons[0].told, Told::TooFew { have: 2, need: 3 });
    let alike: Vec<String> = (0..20).map(|day| format!("{},3", evening(day))).collect();
    let found = answers(&values, &diary("alcohol_drinks", &alike));
    assert_eq!(found.comparisons[0].told, Told::NothingVaries);
}

#[test]
fn unrelated_factors_are_mostly_told_as_not_seen() {
    let mut random = Random::seeded(17);
    let values: Vec<f64> = (0..30).map(|_| 20.0 + 5.0 * noise(&mut random)).collect();
    let rows: Vec<String> = (0..30)
        .map(|day| {
            let cells: Vec<String> = (0..12).map(|_| random.below(2).to_string()).collect();
            format!("{},{},{}", evening(day), random.below(11), cells.join(","))
        })
        .collect();
    let names: Vec<String> = (0..12)
        .map(|factor| format!("thing {}", char::from(b'a' + factor)))
        .collect();
    let found = answers(
        &values,
        &diary(&format!("severity,{}", names.join(",")), &rows),
    );
    // Twelve factors against the index and the rating, and the rating on two days.
    assert_eq!(found.questions, 26);
    let seen = found
        .comparisons
        .iter()
        .filter(|answer| matches!(answer.told, Told::Seen(_)))
        .count();
    assert!(seen <= 1, "{seen} of 24 by chance");
    for answer in &found.comparisons {
        let found = answer.found.expect("an answer");
        assert!(found.p_corrected >= found.p);
    }
}

#[test]
fn an_answer_does_not_depend_on_what_else_is_asked() {
    let values: Vec<f64> = (0..14)
        .map(|day| [4.0, 30.0, 12.0, 22.0, 8.0][day % 5] + day as f64)
        .collect();
    let row = |day: usize, more: &str| format!("{},{}{more}", evening(day), (day * 7) % 11);
    let alone: Vec<String> = (0..14).map(|day| row(day, "")).collect();
    let beside: Vec<String> = (0..14)
        .map(|day| row(day, &format!(",{}", day % 2)))
        .collect();
    let alone = answers(&values, &diary("severity", &alone)).associations[0]
        .found
        .expect("an answer");
    let beside = answers(&values, &diary("severity,coffee (cups)", &beside)).associations[0]
        .found
        .expect("an answer");
    assert_eq!(
        (alone.rho, alone.interval, alone.p),
        (beside.rho, beside.interval, beside.p)
    );
}

#[test]
fn ferritin_stands_with_crp_or_with_the_word_that_it_is_missing() {
    let rows = [
        "2024-03-01,4,48,3 mg/L".to_owned(),
        "2024-03-08,5,52,".to_owned(),
        "2024-04-20,6,60,".to_owned(),
    ];
    let diary = diary("severity,ferritin,crp", &rows);
    let values: Vec<f64> = (0..30).map(f64::from).collect();
    let found = answers(&values, &diary).laboratory;
    let ferritin: Vec<_> = found
        .iter()
        .filter(|around| around.crp != CrpBeside::NotAsked)
        .collect();
    assert!(matches!(
        ferritin[0].crp,
        CrpBeside::Known { days_apart: 0, .. }
    ));
    assert!(matches!(
        ferritin[1].crp,
        CrpBeside::Known { days_apart: 7, .. }
    ));
    assert_eq!(ferritin[2].crp, CrpBeside::Missing);
    // 1 to 15 March lie within 14 days of the first: values 0 to 14.
    let index = &ferritin[0].around[0];
    assert_eq!(
        (index.outcome.clone(), index.n, index.median),
        (Outcome::Measure("plm_per_h".to_owned()), 15, Some(7.0))
    );
    assert_eq!(
        ferritin[0].around[1].outcome,
        Outcome::Rating(Rating::Severity)
    );
    assert_eq!(ferritin[2].around[0].n, 0);
    assert_eq!(ferritin[2].around[0].median, None);
}

#[test]
fn a_laboratory_value_of_most_nights_is_compared_like_any_number_of_the_day() {
    // The index follows the CRP; ferritin was measured on one night of two, CRP on all.
    let crp = |day: usize| [1.0, 8.0, 3.0, 6.0, 2.0, 5.0, 4.0][day % 7];
    let values: Vec<f64> = (0..20)
        .map(|day| 10.0 * crp(day) + day as f64 / 10.0)
        .collect();
    let rows: Vec<String> = (0..20)
        .map(|day| {
            let ferritin = if day % 2 == 0 { "48" } else { "" };
            format!("{},4,{} mg/L,{ferritin}", evening(day), crp(day))
        })
        .collect();
    let found = answers(&values, &diary("severity,crp,ferritin", &rows));
    let compared: Vec<(&str, &str)> = found
        .comparisons
        .iter()
        .map(|answer| (answer.factor.as_str(), answer.source.name()))
        .collect();
    // Against the index and against the rating; ferritin lies on just half of the nights, not on most.
    assert_eq!(compared, [("crp", "laboratory"); 2]);
    let index = &found.comparisons[0];
    assert_eq!(index.told, Told::Seen(Direction::Higher));
    // Median of seven values in turn over twenty nights: 4, which is not above itself.
    assert_eq!(index.split, Some(Split::AboveBelow(4.0)));
    let correlation = index.found.expect("an answer").correlation;
    assert!(correlation.rho > 0.95, "{correlation:?}");
    assert_eq!(found.laboratory.len(), 30);
}

#[test]
fn a_laboratory_value_or_two_are_not_compared() {
    let values: Vec<f64> = (0..20).map(|day| [9.0, 14.0, 11.0][day % 3]).collect();
    let rows: Vec<String> = (0..20)
        .map(|day| format!("{},4,{}", evening(day), if day < 2 { "3 mg/L" } else { "" }))
        .collect();
    assert_eq!(
        answers(&values, &diary("severity,crp", &rows)).comparisons,
        []
    );
}

#[test]
fn a_column_of_two_words_is_with_and_without_the_rarer() {
    let weather = |day: usize| match day % 3 {
        0 => "Rain",
        1 => "sunny",
        _ => "Sunny",
    };
    let values: Vec<f64> = (0..21)
        .map(|day| [30.0, 9.0, 12.0][day % 3] + day as f64 / 10.0)
        .collect();
    let rows: Vec<String> = (0..21)
        .map(|day| format!("{},{}", evening(day), weather(day)))
        .collect();
    let found = answers(&values, &diary("weather", &rows));
    let rain = &found.comparisons[0];
    assert_eq!(
        (rain.factor.as_str(), rain.with.n, rain.without.n),
        ("weather: Rain", 7, 14)
    );
    assert_eq!(rain.split, Some(Split::WithWithout));
    assert_eq!(rain.told, Told::Seen(Direction::Higher));
    let three: Vec<String> = (0..21)
        .map(|day| format!("{},{}", evening(day), ["rain", "sun", "fog"][day % 3]))
        .collect();
    assert_eq!(answers(&values, &diary("weather", &three)).comparisons, []);
}

#[test]
fn parameters_out_of_bounds_are_named() {
    let plan = |params| {
        Associator::plan(params)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    assert_eq!(plan(AssociateParams::default()), Ok(()));
    let wrong = AssociateParams {
        level: 95.0,
        ..AssociateParams::default()
    };
    assert_eq!(
        plan(wrong),
        Err("level is 95, and must be between 0.5 and 1".to_owned())
    );
}

#[test]
fn an_empty_study_has_no_answers() {
    let found = answers(&[], &Diary::default());
    assert_eq!(found, Associations::default());
}

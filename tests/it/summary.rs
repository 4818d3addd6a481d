//! The figures of a night worked by hand, from movements to indices.

use jiff::SignedDuration;
use legtrace::analysis::score::rules::{aasm, wasm2016};
use legtrace::analysis::summarize::threshold_band::threshold_band;
use legtrace::analysis::summarize::{ScoredNight, summarize};
use legtrace::model::body::{Leg, Side};
use legtrace::model::movement::LegMovement;
use legtrace::model::night::{Night, Stage, StageInterval, WindowSource};
use legtrace::model::span::{Span, SpanKind};
use legtrace::model::summary::{NightSummary, Rate};

use crate::scoring::movement;

fn s(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

/// 00:00 to 03:00 of a recording, lights out after 10 min, lights on after 2 h 40 min: 2 h 30 min in bed. A gap of
/// 20 min and 10 min off the leg leave 2 h.
fn night() -> (Night, Vec<Span>) {
    let piece = |start, end, stage| StageInterval {
        start: s(start),
        end: s(end),
        stage,
    };
    let night = Night {
        lights_out: s(600),
        lights_on: s(9_600),
        lights_out_by: WindowSource::Flags,
        lights_on_by: WindowSource::Flags,
        stages: vec![
            piece(600, 1_800, Stage::Wake),
            piece(1_800, 7_800, Stage::N2),
            piece(7_800, 9_600, Stage::Wake),
        ],
    };
    let spans = vec![
        Span::new(SpanKind::Gap, s(4_800), s(6_000)),
        Span::new(SpanKind::OffLeg, s(9_000), s(9_600)),
    ];
    (night, spans)
}

/// Movements of 2 s at these seconds.
fn at(leg: Leg, onsets: &[i64]) -> Vec<LegMovement> {
    let each = onsets
        .iter()
        .map(|&on| movement(leg, on * 1000, on * 1000 + 2000));
    each.collect()
}

fn movements() -> Vec<LegMovement> {
    [
        // Before lights out: a series of four that is not of this night.
        at(Leg::Left, &[300, 320, 340, 360]),
        // Wake: a series of four, 20 s apart; the third with the other leg.
        at(Leg::Left, &[1_200, 1_220, 1_240, 1_260]),
        at(Leg::Right, &[1_241]),
        // Sleep: five, 30 s apart, on the right; then one after 5 s, and one alone.
        at(Leg::Right, &[2_400, 2_430, 2_460, 2_490, 2_520, 2_525]),
        at(Leg::Left, &[4_000]),
        // Twelve seconds: no candidate.
        vec![movement(Leg::Left, 7_000_000, 7_012_000)],
        // After the gap, asleep: one alone.
        at(Leg::Left, &[7_500]),
    ]
    .concat()
}

fn summary() -> NightSummary {
    let (night, spans) = night();
    let scored = [wasm2016(), aasm()]
        .map(|rules| ScoredNight::score(&movements(), &[Leg::Left, Leg::Right], &rules, &spans));
    summarize(&night, &spans, &scored)
}

#[test]
fn the_denominators_are_what_could_be_seen() {
    let time = summary().time;
    assert_eq!(time.in_bed, s(9_000));
    assert_eq!((time.gap, time.off_leg), (s(1_200), s(600)));
    assert_eq!(time.analysed, s(7_200));
    // N2 for 6,000 s less the gap; wake for 1,200 s, and 1,800 s less the time off the leg.
    assert_eq!((time.asleep, time.awake), (Some(s(4_800)), Some(s(2_400))));
    assert_eq!(time.sleep_period, Some(s(4_800)));
}

#[test]
fn the_indices_are_counts_over_the_hours_analysed() {
    let summary = summary();
    let wasm = &summary.by_rules[0];
    let in_two_hours = |n| Rate { n, over: s(7_200) };
    // 4 and 5 periodic, one 5 s after, one alone, the long one, one alone after it: 13.
    assert_eq!(wasm.lm, in_two_hours(13));
    assert_eq!(wasm.clm, in_two_hours(12));
    assert_eq!(wasm.non_clm, in_two_hours(1));
    assert_eq!(wasm.plm, in_two_hours(9));
    assert_eq!(wasm.plm.per_h(), Some(4.5));
    assert_eq!(wasm.short_interval_clm, in_two_hours(1));
    assert_eq!(wasm.isolated_clm, in_two_hours(2));
    assert_eq!(wasm.pi_wasm2016.value(), Some(0.75));
    assert_eq!(wasm.series.n, 2);
    assert_eq!(wasm.series.movements.unwrap().max, 5.0);
    // From 1,200 to 1,262 s, and from 2,400 to 2,522 s.
    assert_eq!(wasm.series.total, s(62 + 122));
    assert_eq!(wasm.plm_durations.unwrap().n, 9);
    // Eight last 2 s; the joined one from 1,240 to 1,243 s.
    assert!((wasm.plm_durations.unwrap().mean - 19.0 / 9.0).abs() < 1e-12);
}

#[test]
fn intervals_are_those_that_were_measured() {
    let summary = summary();
    let wasm = &summary.by_rules[0];
    // 840 s to the series in wake, 3 of 20 s, 1,140 s, 4 of 30 s, 5 s, 1,475 s; none after the long movement.
    let imi = &wasm.intervals;
    assert_eq!((imi.n_below_10, imi.n_10_to_90, imi.n_above_90), (1, 7, 3));
    assert_eq!(
        (imi.bins_2s[10], imi.bins_2s[15], imi.bins_2s[2]),
        (3, 4, 1)
    );
    let expected = (3.0 * 20_f64.ln() + 4.0 * 30_f64.ln()) / 7.0;
    assert!((imi.periodic.unwrap().ln_mean - expected).abs() < 1e-12);
    // Three and four intervals in runs, of eleven.
    assert_eq!((wasm.pi_ferri2006.n, wasm.pi_ferri2006.of), (7, 11));
}

#[test]
fn sleep_and_wake_have_their_own_hours() {
    let summary = summary();
    let stages = summary.by_rules[0].stages.as_ref().unwrap();
    assert_eq!(
        stages.plms,
        Rate {
            n: 5,
            over: s(4_800)
        }
    );
    assert_eq!(stages.plms.per_h(), Some(3.75));
    assert_eq!(
        stages.plmw,
        Rate {
            n: 4,
            over: s(2_400)
        }
    );
    assert_eq!(
        stages.sleep_period,
        Rate {
            n: 5,
            over: s(4_800)
        }
    );
    let named: Vec<_> = stages
        .by_stage
        .iter()
        .map(|(stage, counts)| (*stage, counts.clm.n))
        .collect();
    assert_eq!(named, [(Stage::Wake, 4), (Stage::N2, 8)]);
    assert_eq!(stages.n_unstaged, 0);
}

#[test]
fn sides_legs_hours_and_halves_add_up() {
    let summary = summary();
    let wasm = &summary.by_rules[0];
    let sides = wasm.sides.map(|side| (side.side, side.clm.n, side.plm.n));
    assert_eq!(
        sides,
        [(Side::Left, 5, 3), (Side::Right, 6, 5), (Side::Both, 1, 1)]
    );
    // Alone, the left leg has its four of wake; the right one its five of sleep.
    let alone: Vec<_> = wasm.alone.iter().map(|leg| (leg.leg, leg.plm.n)).collect();
    assert_eq!(alone, [(Leg::Left, 4), (Leg::Right, 5)]);
    // From 600 s: the first hour holds both series, the second nothing, the last half hour nothing.
    let hours: Vec<_> = wasm
        .hours
        .iter()
        .map(|hour| (hour.plm.n, hour.plm.over))
        .collect();
    assert_eq!(hours, [(9, s(3_600)), (0, s(2_400)), (0, s(1_200))]);
    assert_eq!(wasm.hours[2].end, s(9_600));
    // The middle of the window is 5,100 s: 300 s of the gap lie before it.
    assert_eq!(
        wasm.halves,
        [
            Rate {
                n: 9,
                over: s(4_200)
            },
            Rate {
                n: 0,
                over: s(3_000)
            }
        ]
    );
}

#[test]
fn the_second_set_stands_beside_the_first() {
    let summary = summary();
    let second = summary.by("aasm").unwrap();
    // The long one is none, and the one after 5 s is the sixth of its series.
    assert_eq!(
        (second.lm.n, second.plm.n, second.n_passed_over),
        (12, 10, 0)
    );
    assert!(summary.by("wasm2006").is_none());
}

#[test]
fn a_night_without_movements_has_zeros_for_counts_and_nothing_for_what_is_not_known() {
    let (mut night, spans) = night();
    night.stages.clear();
    let scored = ScoredNight::score(&[], &[Leg::Left], &wasm2016(), &spans);
    let summary = summarize(&night, &spans, &[scored]);
    let wasm = &summary.by_rules[0];
    assert_eq!(wasm.plm.per_h(), Some(0.0));
    assert_eq!(wasm.alone[0].plm.n, 0);
    assert_eq!(
        (wasm.pi_wasm2016.value(), wasm.pi_ferri2006.value()),
        (None, None)
    );
    assert_eq!(
        (wasm.plm_interval, wasm.clm_durations, wasm.series.length_s),
        (None, None, None)
    );
    assert_eq!((&wasm.stages, wasm.intervals.periodic), (&None, None));
}

#[test]
fn a_night_without_time_has_no_index() {
    let (night, _) = night();
    let all_gap = [Span::new(SpanKind::Gap, s(0), s(10_000))];
    let scored = ScoredNight::score(&movements(), &[Leg::Left], &wasm2016(), &all_gap);
    let summary = summarize(&night, &all_gap, &[scored]);
    assert_eq!(summary.by_rules[0].plm.per_h(), None);
    assert!(
        summary.by_rules[0]
            .hours
            .iter()
            .all(|hour| hour.plm.per_h().is_none())
    );
}

#[test]
fn the_threshold_band_is_three_indices_over_one_denominator() {
    let (night, spans) = night();
    let of = |n: usize| {
        let onsets: Vec<i64> = (0..n as i64).map(|k| 2_000 + 20 * k).collect();
        ScoredNight::score(&at(Leg::Left, &onsets), &[], &wasm2016(), &spans).joined
    };
    let (low, middle, high) = (of(12), of(8), of(3));
    let band = threshold_band(&night, &spans, [&low, &middle, &high]);
    let per_h = [band.at_0_7, band.at_1_0, band.at_1_4].map(|rate| rate.per_h());
    assert_eq!(per_h, [Some(6.0), Some(4.0), Some(0.0)]);
}

#[test]
fn a_list_whose_times_count_from_elsewhere_has_no_hours() {
    let far = Night {
        lights_out: SignedDuration::ZERO,
        lights_on: s(100_000_000_000),
        lights_out_by: WindowSource::Recording,
        lights_on_by: WindowSource::Recording,
        stages: Vec::new(),
    };
    let scored = ScoredNight::score(&movements(), &[], &wasm2016(), &[]);
    assert!(summarize(&far, &[], &[scored]).by_rules[0].hours.is_empty());
}

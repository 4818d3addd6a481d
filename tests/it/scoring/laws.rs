//! Laws that hold for every list, and the fast scorer against the slow plain one, on random lists rich in values at
//! and beside every limit.

use jiff::SignedDuration;
use legtrace::analysis::score::rules::{
    ALL, ScoringRules, ShortInterval, ShortStart, aasm, wasm2016,
};
use legtrace::analysis::score::score;
use legtrace::model::body::{Leg, Side};
use legtrace::model::movement::LegMovement;
use legtrace::model::scored::{CandidateMovement, ScoredList};
use legtrace::model::span::{Span, SpanKind};
use proptest::prelude::*;

use super::movement;
use super::plain::{self, Event, Row};

/// Lengths in ms: at each limit, a millisecond to either side, and ordinary ones.
const LENGTHS: [i64; 16] = [
    0, 1, 300, 499, 500, 501, 1_000, 2_000, 3_000, 4_999, 5_000, 5_001, 8_000, 9_999, 10_000,
    10_001,
];
/// From the end of the movement before to this onset.
const AFTER_END: [i64; 8] = [-3_000, -1, 0, 1, 300, 499, 500, 501];
/// From the onset of the movement before to this one.
const AFTER_ONSET: [i64; 18] = [
    0, 3_999, 4_000, 4_999, 5_000, 5_001, 7_000, 9_999, 10_000, 10_001, 20_000, 20_000, 25_000,
    30_000, 89_999, 90_000, 90_001, 120_000,
];

/// A random list: each movement is placed by the one before.
fn events() -> impl Strategy<Value = Vec<Event>> {
    let step = (
        any::<bool>(),
        prop::sample::select(&LENGTHS[..]),
        prop_oneof![
            1 => prop::sample::select(&AFTER_END[..]).prop_map(|ms| (true, ms)),
            3 => prop::sample::select(&AFTER_ONSET[..]).prop_map(|ms| (false, ms)),
        ],
        // Many movements on one leg, of ordinary length: series must come about.
        0..3_u8,
    );
    prop::collection::vec(step, 0..28).prop_map(|steps| {
        let (mut onset, mut end) = (0, 0);
        let mut list = Vec::new();
        for (right, length, (from_end, ms), ordinary) in steps {
            onset = if from_end { end } else { onset } + ms;
            end = onset + if ordinary > 0 { 1_500 } else { length };
            list.push((right && ordinary != 1, onset, end));
        }
        list
    })
}

fn gaps() -> impl Strategy<Value = Vec<(i64, i64)>> {
    let gap = (
        0..600_000_i64,
        prop::sample::select(&[0, 1, 2_000, 60_000][..]),
    );
    prop::collection::vec(
        gap.prop_map(|(start, length)| (start, start + length)),
        0..4,
    )
}

fn list_of(events: &[Event]) -> Vec<LegMovement> {
    let leg = |right| if right { Leg::Right } else { Leg::Left };
    let each = events
        .iter()
        .map(|&(right, on, end)| movement(leg(right), on, end));
    each.collect()
}

fn spans_of(gaps: &[(i64, i64)]) -> Vec<Span> {
    let ms = SignedDuration::from_millis;
    let each = gaps
        .iter()
        .map(|&(from, to)| Span::new(SpanKind::Gap, ms(from), ms(to)));
    each.collect()
}

/// Every preset, and the options on the two that have them.
fn all_rules() -> Vec<ScoringRules> {
    let mut all: Vec<_> = ALL.iter().map(|make| make()).collect();
    all.push(ScoringRules {
        short_start: ShortStart::Forbid,
        ..wasm2016()
    });
    all.push(ScoringRules {
        short_interval: ShortInterval::EndsSeries,
        ..aasm()
    });
    all
}

fn millis(span: SignedDuration) -> i64 {
    i64::try_from(span.as_millis()).unwrap()
}

fn rows(scored: &ScoredList) -> Vec<Row> {
    let row = |m: &CandidateMovement| Row {
        onset: millis(m.onset),
        end: millis(m.end),
        side: m.side.letter(),
        components: m.components,
        candidate: m.candidate,
        skipped: m.skipped,
        plm: m.plm,
        interval: m.interval.map(millis),
    };
    scored.movements.iter().map(row).collect()
}

/// A list scored, without what depends on the order of its rows.
fn without_sources(mut scored: ScoredList) -> ScoredList {
    scored.left_out.clear();
    for movement in &mut scored.movements {
        movement.sources.clear();
    }
    scored
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fast_scorer_agrees_with_the_plain_one(events in events(), gaps in gaps()) {
        let (list, spans) = (list_of(&events), spans_of(&gaps));
        for allow in [true, false] {
            let short_start = if allow { ShortStart::Allow } else { ShortStart::Forbid };
            let rules = ScoringRules { short_start, ..wasm2016() };
            let expected = plain::wasm2016(&events, &gaps, allow);
            prop_assert_eq!(rows(&score(&list, &rules, &spans)), expected);
        }
        for pass_over in [true, false] {
            let short_interval = match pass_over {
                true => ShortInterval::PassedOver,
                false => ShortInterval::EndsSeries,
            };
            let rules = ScoringRules { short_interval, ..aasm() };
            let expected = plain::aasm(&events, &gaps, pass_over);
            prop_assert_eq!(rows(&score(&list, &rules, &spans)), expected);
        }
    }

    #[test]
    fn every_movement_is_accounted_for_once(events in events()) {
        let list = list_of(&events);
        for rules in all_rules() {
            let scored = score(&list, &rules, &[]);
            let mut seen: Vec<usize> = scored.left_out.iter().map(|left| left.source).collect();
            seen.extend(scored.movements.iter().flat_map(|m| &m.sources));
            seen.sort();
            prop_assert_eq!(seen, (0..list.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn series_hold_what_is_marked(events in events()) {
        let list = list_of(&events);
        for rules in all_rules() {
            let scored = score(&list, &rules, &[]);
            for (number, series) in (1..).zip(&scored.series) {
                prop_assert_eq!(series.number, number);
                prop_assert!(series.members.len() >= rules.series_length);
                for pair in series.members.windows(2) {
                    let interval = scored.movements[pair[1]].interval.unwrap();
                    prop_assert!(interval >= rules.shortest_interval);
                    prop_assert!(interval <= rules.longest_interval);
                }
                for &member in &series.members {
                    prop_assert_eq!(scored.movements[member].series, Some(number));
                }
            }
            let members: usize = scored.series.iter().map(|series| series.members.len()).sum();
            prop_assert_eq!(members, scored.n_plm());
            prop_assert!(scored.movements.iter().all(|m| m.plm == m.series.is_some()));
            prop_assert!(scored.movements.iter().all(|m| m.candidate || !m.plm));
        }
    }

    #[test]
    fn shifting_the_night_shifts_the_answer(events in events(), gaps in gaps(), by in -10_000_000_000..10_000_000_000_i64) {
        let shifted: Vec<Event> = events.iter().map(|&(r, on, end)| (r, on + by, end + by)).collect();
        let moved: Vec<_> = gaps.iter().map(|&(from, to)| (from + by, to + by)).collect();
        for rules in all_rules() {
            let mut back = score(&list_of(&shifted), &rules, &spans_of(&moved));
            let by = SignedDuration::from_millis(by);
            for movement in &mut back.movements {
                movement.onset -= by;
                movement.end -= by;
            }
            for series in &mut back.series {
                series.start -= by;
                series.end -= by;
            }
            prop_assert_eq!(back, score(&list_of(&events), &rules, &spans_of(&gaps)));
        }
    }

    #[test]
    fn swapping_the_legs_swaps_the_sides(events in events()) {
        let swapped: Vec<Event> = events.iter().map(|&(r, on, end)| (!r, on, end)).collect();
        for rules in all_rules() {
            let mut back = score(&list_of(&swapped), &rules, &[]);
            for movement in &mut back.movements {
                movement.side = match movement.side {
                    Side::Left => Side::Right,
                    Side::Right => Side::Left,
                    Side::Both => Side::Both,
                };
            }
            prop_assert_eq!(back, score(&list_of(&events), &rules, &[]));
        }
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(
        (events, shuffled) in events().prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle()))
    ) {
        for rules in all_rules() {
            let one = without_sources(score(&list_of(&events), &rules, &[]));
            prop_assert_eq!(one, without_sources(score(&list_of(&shuffled), &rules, &[])));
        }
    }

    #[test]
    fn a_night_may_be_split_far_from_any_movement(first in events(), second in events()) {
        // Further than any interval reaches: only the interval across, and the reason that names it, are not there.
        let end = first.iter().map(|m| m.2).max().unwrap_or(0);
        let onset = second.iter().map(|m| m.1).min().unwrap_or(0);
        let far = end - onset + 1_000_000;
        let second: Vec<Event> = second.iter().map(|&(r, on, end)| (r, on + far, end + far)).collect();
        let whole: Vec<Event> = first.iter().chain(&second).copied().collect();
        for rules in all_rules() {
            let mut parts = rows(&score(&list_of(&first), &rules, &[]));
            parts.extend(rows(&score(&list_of(&second), &rules, &[])));
            let mut together = rows(&score(&list_of(&whole), &rules, &[]));
            for row in together.iter_mut().filter(|row| row.interval.is_some_and(|ms| ms > 900_000)) {
                row.interval = None;
            }
            prop_assert_eq!(together, parts);
        }
    }

    #[test]
    fn pieces_that_were_merged_score_the_same_again(events in events()) {
        // What one leg's merged movements say is the same whether they come as pieces or whole.
        let one_leg: Vec<Event> = events.iter().map(|&(_, on, end)| (false, on, end)).collect();
        for rules in all_rules() {
            let once = score(&list_of(&one_leg), &rules, &[]);
            let whole: Vec<Event> = rows(&once).iter().map(|row| (false, row.onset, row.end)).collect();
            prop_assert_eq!(rows(&score(&list_of(&whole), &rules, &[])), rows(&once));
        }
    }
}

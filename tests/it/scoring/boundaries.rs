//! Cases at every limit, each answer worked by hand from the rules, so that the tests have teeth without the golden
//! lists. Times are in milliseconds: one millisecond lies between in and out.

use jiff::SignedDuration;
use legtrace::analysis::score::rules::{
    AtGaps, ScoringRules, ShortInterval, ShortStart, aasm, alt1, coleman, wasm2006, wasm2016,
};
use legtrace::analysis::score::score;
use legtrace::model::body::Leg::{self, Left, Right};
use legtrace::model::movement::{LegMovement, MovementClass, ShortGross};
use legtrace::model::scored::ScoredList;
use legtrace::model::span::{Span, SpanKind};

use super::movement;

/// Movements of the left leg, 2 s long, at these onsets in ms.
fn left_at(onsets: &[i64]) -> Vec<LegMovement> {
    let each = onsets
        .iter()
        .map(|&onset| movement(Left, onset, onset + 2000));
    each.collect()
}

/// The same shape five times, a minute apart, at the given offsets: `(leg, onset, end)`.
fn five_times(shape: &[(Leg, i64, i64)]) -> Vec<LegMovement> {
    let starts = (0..5).map(|n| n * 60_000);
    starts
        .flat_map(|start| {
            let at = move |&(leg, onset, end): &(Leg, i64, i64)| {
                movement(leg, start + onset, start + end)
            };
            shape.iter().map(at).collect::<Vec<_>>()
        })
        .collect()
}

fn n_plm(list: &[LegMovement], rules: &ScoringRules) -> usize {
    score(list, rules, &[]).n_plm()
}

/// One letter a movement: `P` periodic, `c` candidate, `s` passed over, `-` no candidate.
fn letters(scored: &ScoredList) -> String {
    let letter = |m: &legtrace::model::scored::CandidateMovement| match m {
        m if m.plm => 'P',
        m if m.skipped => 's',
        m if m.candidate => 'c',
        _ => '-',
    };
    scored.movements.iter().map(letter).collect()
}

fn whys(scored: &ScoredList) -> Vec<String> {
    scored.movements.iter().map(|m| m.why.to_string()).collect()
}

fn gap(start_ms: i64, end_ms: i64) -> Span {
    let ms = SignedDuration::from_millis;
    Span::new(SpanKind::Gap, ms(start_ms), ms(end_ms))
}

#[test]
fn four_movements_are_a_series_and_three_are_not() {
    assert_eq!(
        n_plm(&left_at(&[0, 20_000, 40_000, 60_000]), &wasm2016()),
        4
    );
    assert_eq!(n_plm(&left_at(&[0, 20_000, 40_000]), &wasm2016()), 0);
    assert_eq!(n_plm(&[], &wasm2016()), 0);
}

#[test]
fn intervals_of_exactly_ten_and_ninety_seconds_are_periodic() {
    let every = |ms: i64| left_at(&[0, ms, 2 * ms, 3 * ms]);
    let cases = [
        // interval, wasm2016, aasm, wasm2006, alt1, coleman
        (3_999, [0, 0, 0, 0, 0]),
        (4_000, [0, 0, 0, 0, 4]),
        (4_999, [0, 0, 0, 0, 4]),
        (5_000, [0, 4, 4, 0, 4]),
        (9_999, [0, 4, 4, 0, 4]),
        (10_000, [4, 4, 4, 4, 4]),
        (10_001, [4, 4, 4, 4, 4]),
        (90_000, [4, 4, 4, 4, 4]),
        (90_001, [0, 0, 0, 0, 0]),
    ];
    for (interval, expected) in cases {
        let rules = [wasm2016(), aasm(), wasm2006(), alt1(), coleman()];
        let found = rules.map(|rules| {
            // Where the interval is too short for a set that passes movements over, every other one is kept, and
            // four movements leave too few.
            n_plm(&every(interval), &rules)
        });
        assert_eq!(found, expected, "every {interval} ms");
    }
}

#[test]
fn movements_of_half_a_second_to_ten_seconds_are_candidates() {
    for (length, expected) in [(499, 0), (500, 5), (10_000, 5), (10_001, 0)] {
        let list = five_times(&[(Left, 0, length)]);
        assert_eq!(n_plm(&list, &wasm2016()), expected, "{length} ms");
        assert_eq!(n_plm(&list, &aasm()), expected, "{length} ms");
    }
    for (length, expected) in [(5_000, 5), (5_001, 0)] {
        let list = five_times(&[(Left, 0, length)]);
        assert_eq!(n_plm(&list, &coleman()), expected, "{length} ms");
    }
}

#[test]
fn a_short_movement_is_no_movement_and_a_long_one_is_one_that_ends_a_series() {
    let short = score(&five_times(&[(Left, 0, 499)]), &wasm2016(), &[]);
    assert_eq!((short.n_lm(), short.left_out.len()), (0, 5));
    assert_eq!(short.left_out[0].why.to_string(), "shorter than 0.5 s");

    // Three, a long one, three: none. The intervals beside the long one are not measured.
    let mut list = left_at(&[0, 20_000, 40_000, 80_000, 100_000, 120_000]);
    list.push(movement(Left, 60_000, 70_001));
    let scored = score(&list, &wasm2016(), &[]);
    assert_eq!(letters(&scored), "ccc-ccc");
    assert_eq!(scored.movements[4].interval, None);
    assert_eq!(scored.movements[3].why.to_string(), "longer than 10 s");

    // AASM: no movement, breaks nothing; six at 20, 20, 40, 20, 20 s.
    let scored = score(&list, &aasm(), &[]);
    assert_eq!(letters(&scored), "PPPPPP");
    assert_eq!(scored.left_out[0].why.to_string(), "longer than 10 s");

    // WASM 2006: listed, breaks nothing.
    let scored = score(&list, &wasm2006(), &[]);
    assert_eq!(letters(&scored), "PPP-PPP");
    assert_eq!(
        scored.movements[4].interval,
        Some(SignedDuration::from_secs(40))
    );
}

#[test]
fn pieces_of_one_leg_merge_below_half_a_second_before_their_length_is_judged() {
    // 6 s and 3.5 s, 0.499 s apart: one of 9.999 s.
    let merged = five_times(&[(Left, 0, 6_000), (Left, 6_499, 9_999)]);
    assert_eq!(n_plm(&merged, &wasm2016()), 5);
    // 6 s and 4 s, 0.499 s apart: one of 10.499 s.
    let too_long = five_times(&[(Left, 0, 6_000), (Left, 6_499, 10_499)]);
    assert_eq!(letters(&score(&too_long, &wasm2016(), &[])), "-----");
    // 0.5 s apart: two, and the second comes after 6.5 s.
    let two = five_times(&[(Left, 0, 6_000), (Left, 6_500, 10_000)]);
    assert_eq!(letters(&score(&two, &wasm2016(), &[])), "cccccccccc");
    // Twitches of 0.3 s, 0.2 s apart: one of 0.8 s.
    let twitches = five_times(&[(Left, 0, 300), (Left, 500, 800)]);
    assert_eq!(n_plm(&twitches, &wasm2016()), 5);
    assert_eq!(n_plm(&twitches, &aasm()), 5);
}

#[test]
fn nested_repeated_and_empty_movements_change_nothing() {
    let plain = five_times(&[(Left, 0, 3_000)]);
    let crowded = five_times(&[
        (Left, 1_000, 1_500),
        (Left, 0, 3_000),
        (Left, 0, 3_000),
        (Left, 2_000, 2_000),
        (Left, 500, 2_500),
    ]);
    let (plain, crowded) = (
        score(&plain, &wasm2016(), &[]),
        score(&crowded, &wasm2016(), &[]),
    );
    assert_eq!(letters(&plain), letters(&crowded));
    assert_eq!(crowded.movements[0].sources, [1, 2, 4, 0, 3]);
    assert_eq!(crowded.movements[0].components, 1);
    assert_eq!(crowded.movements[0].end, plain.movements[0].end);
    // Alone, a movement of no length is none.
    assert_eq!(
        score(&five_times(&[(Left, 0, 0)]), &wasm2016(), &[]).n_lm(),
        0
    );
}

#[test]
fn the_legs_join_below_half_a_second_from_end_to_onset() {
    let apart = |ms: i64| five_times(&[(Left, 0, 2_000), (Right, 2_000 + ms, 4_000 + ms)]);
    let joined = score(&apart(499), &wasm2016(), &[]);
    assert_eq!(letters(&joined), "PPPPP");
    assert_eq!(joined.movements[0].side.letter(), 'B');
    assert_eq!(joined.movements[0].components, 2);
    assert_eq!(joined.movements[0].end, SignedDuration::from_millis(4_499));
    // At 0.5 s they are two, 2.5 s from onset to onset: no series.
    assert_eq!(letters(&score(&apart(500), &wasm2016(), &[])), "cccccccccc");
}

#[test]
fn a_joined_candidate_lasts_fifteen_seconds_has_four_components_and_none_over_ten() {
    let total = |end| five_times(&[(Left, 0, 8_000), (Right, 7_000, end)]);
    assert_eq!(n_plm(&total(15_000), &wasm2016()), 5);
    let over = score(&total(15_001), &wasm2016(), &[]);
    assert_eq!(letters(&over), "-----");
    assert_eq!(
        over.movements[0].why.to_string(),
        "both legs together longer than 15 s"
    );

    let component = |end| five_times(&[(Left, 0, end), (Right, 1_000, 2_000)]);
    assert_eq!(n_plm(&component(10_000), &wasm2016()), 5);
    let over = score(&component(10_001), &wasm2016(), &[]);
    assert_eq!(letters(&over), "-----");
    assert_eq!(
        over.movements[0].why.to_string(),
        "a component longer than 10 s"
    );

    // L R L R, each 2 s, 0.4 s apart: four components in 9.2 s; a fifth is one too many.
    let chain = |n: i64| -> Vec<LegMovement> {
        let shape: Vec<_> = (0..n)
            .map(|i| {
                let leg = if i % 2 == 0 { Left } else { Right };
                (leg, i * 2_400, i * 2_400 + 2_000)
            })
            .collect();
        five_times(&shape)
    };
    assert_eq!(n_plm(&chain(4), &wasm2016()), 5);
    let five = score(&chain(5), &wasm2016(), &[]);
    assert_eq!(letters(&five), "-----");
    assert_eq!(five.movements[0].why.to_string(), "5 components, 4 at most");
    // WASM 2006 knows no limit on components.
    assert_eq!(n_plm(&chain(5), &wasm2006()), 5);
}

#[test]
fn joining_is_transitive_past_the_end_of_a_short_component() {
    // R lies inside L; the second R begins 0.3 s after L ends and 6.3 s after the first R does.
    let list = five_times(&[
        (Left, 0, 8_000),
        (Right, 1_000, 2_000),
        (Right, 8_300, 9_000),
    ]);
    let scored = score(&list, &wasm2016(), &[]);
    assert_eq!(letters(&scored), "PPPPP");
    assert_eq!(scored.movements[0].components, 3);
}

#[test]
fn a_short_component_is_gone_before_the_legs_join() {
    let list = five_times(&[(Left, 0, 499), (Right, 100, 2_100)]);
    let scored = score(&list, &wasm2016(), &[]);
    assert_eq!(scored.movements[0].side.letter(), 'R');
    assert_eq!(scored.movements[0].onset, SignedDuration::from_millis(100));
}

#[test]
fn what_ends_a_series_opens_the_next_unless_that_is_forbidden() {
    // 0 | 5 25 45 65 s: the second comes too soon, and opens a series of four.
    let list = left_at(&[0, 5_000, 25_000, 45_000, 65_000]);
    let forbid = ScoringRules {
        short_start: ShortStart::Forbid,
        ..wasm2016()
    };
    let allowed = score(&list, &wasm2016(), &[]);
    assert_eq!(letters(&allowed), "cPPPP");
    let forbidden = score(&list, &forbid, &[]);
    assert_eq!(letters(&forbidden), "ccccc");
    assert_eq!(
        whys(&forbidden)[1..],
        [
            "IMI 5 s: opens no series",
            "series of 3: one short",
            "series of 3: one short",
            "series of 3: one short"
        ]
    );
    // One more, and the one after the forbidden opens a series of four.
    let longer = left_at(&[0, 5_000, 25_000, 45_000, 65_000, 85_000]);
    assert_eq!(letters(&score(&longer, &forbid, &[])), "ccPPPP");
    // After more than 90 s opening is not disputed.
    let far = left_at(&[0, 90_001, 110_001, 130_001, 150_001]);
    assert_eq!(letters(&score(&far, &forbid, &[])), "cPPPP");
}

#[test]
fn every_candidate_says_why() {
    let onsets = [
        0, 20_000, 28_300, 48_300, 68_300, 88_300, 200_000, 300_000, 308_000,
    ];
    let scored = score(&left_at(&onsets), &wasm2016(), &[]);
    assert_eq!(
        whys(&scored),
        [
            "series of 2: two short",
            "series of 2: two short",
            "series of 4",
            "series of 4",
            "series of 4",
            "series of 4",
            "IMI 111.7 s",
            "IMI 100 s",
            "IMI 8 s"
        ]
    );
    assert_eq!(
        whys(&score(&left_at(&[5]), &wasm2016(), &[])),
        ["alone: the first candidate"]
    );
}

#[test]
fn aasm_passes_over_a_movement_within_five_seconds_or_breaks_there() {
    // Doublets 3 s apart every 20 s.
    let list = left_at(&[0, 3_000, 20_000, 23_000, 40_000, 43_000, 60_000, 63_000]);
    let skipped = score(&list, &aasm(), &[]);
    assert_eq!(letters(&skipped), "PsPsPsPs");
    assert_eq!(skipped.movements[1].why.to_string(), "IMI 3 s: passed over");
    assert_eq!(
        skipped.movements[2].interval,
        Some(SignedDuration::from_secs(20))
    );
    let broken = ScoringRules {
        short_interval: ShortInterval::EndsSeries,
        ..aasm()
    };
    assert_eq!(letters(&score(&list, &broken, &[])), "cccccccc");
}

#[test]
fn aasm_joins_the_very_next_movement_of_the_other_leg_within_five_seconds() {
    let apart = |ms: i64| five_times(&[(Left, 0, 1_000), (Right, ms, ms + 1_000)]);
    let joined = score(&apart(4_999), &aasm(), &[]);
    assert_eq!(letters(&joined), "PPPPP");
    assert_eq!(joined.movements[0].side.letter(), 'B');
    assert_eq!(joined.movements[0].onset, SignedDuration::ZERO);
    // At 5 s they are two, 5 s apart: every one periodic.
    assert_eq!(letters(&score(&apart(5_000), &aasm(), &[])), "PPPPPPPPPP");
    // L R L R 4.9 s apart: two pairs, the second 9.8 s after the first.
    let chain = five_times(&[
        (Left, 0, 1_000),
        (Right, 4_900, 5_900),
        (Left, 9_800, 10_800),
        (Right, 14_700, 15_700),
    ]);
    assert_eq!(letters(&score(&chain, &aasm(), &[])), "PPPPPPPPPP");
}

#[test]
fn a_gap_that_overlaps_the_interval_restarts() {
    let list = left_at(&[0, 25_000, 50_000, 75_000, 100_000, 125_000, 150_000]);
    let cases = [
        // gap, expected
        ([60_000, 70_000], "cccPPPP"),
        // From within a movement to within the next.
        ([51_000, 76_000], "ccccccc"),
        // Ends as the fourth begins.
        ([70_000, 75_000], "cccPPPP"),
        // Begins as the fourth begins: four, a gap, three.
        ([75_000, 80_000], "PPPPccc"),
        // Of no length.
        ([60_000, 60_000], "PPPPPPP"),
        ([-9_000, 0], "PPPPPPP"),
        ([150_000, 900_000], "PPPPPPP"),
    ];
    for ([from, to], expected) in cases {
        let scored = score(&list, &wasm2016(), &[gap(from, to)]);
        assert_eq!(letters(&scored), expected, "gap {from}..{to}");
    }
    let ignoring = ScoringRules {
        gaps: AtGaps::Ignore,
        ..wasm2016()
    };
    let scored = score(&list, &ignoring, &[gap(60_000, 70_000)]);
    assert_eq!(letters(&scored), "PPPPPPP");
}

#[test]
fn after_a_gap_no_interval_is_measured() {
    let scored = score(&left_at(&[0, 25_000]), &wasm2016(), &[gap(10_000, 20_000)]);
    assert_eq!(scored.movements[1].interval, None);
    assert_eq!(scored.movements[1].why.to_string(), "alone: after a gap");
}

#[test]
fn classes_play_their_roles() {
    let between = |class, length: i64, rules: &ScoringRules| {
        let mut list = left_at(&[0, 20_000, 40_000, 60_000, 100_000, 120_000, 140_000]);
        list.push(LegMovement {
            class,
            ..movement(Right, 80_000, 80_000 + length)
        });
        letters(&score(&list, rules, &[]))
    };
    let by_duration = ScoringRules {
        short_gross: ShortGross::ByDuration,
        ..wasm2016()
    };
    use MovementClass::{Gross, Knock, OffLeg, Posture, Rhythmic};
    // A rhythmic train ends the series: four before, three after.
    assert_eq!(between(Rhythmic, 3_000, &wasm2016()), "PPPP-ccc");
    assert_eq!(between(Rhythmic, 3_000, &aasm()), "PPPPPPP");
    for class in [Knock, OffLeg, Gross, Posture] {
        assert_eq!(between(class, 3_000, &wasm2016()), "PPPPPPP", "{class:?}");
    }
    for class in [Gross, Posture] {
        assert_eq!(between(class, 3_000, &by_duration), "PPPPPPPP", "{class:?}");
        assert_eq!(between(class, 10_001, &wasm2016()), "PPPP-ccc", "{class:?}");
    }
    assert_eq!(between(Knock, 10_001, &wasm2016()), "PPPPPPP");
}

#[test]
fn times_before_zero_and_at_zero_count_like_any_other() {
    let list = left_at(&[-20_000, 0, 20_000, 40_000]);
    assert_eq!(n_plm(&list, &wasm2016()), 4);
    assert_eq!(n_plm(&list, &aasm()), 4);
}

#[test]
fn one_leg_is_not_both() {
    // Each leg every 30 s, 7 s apart: periodic on each leg alone, and not together.
    let leg = |leg, offset: i64| -> Vec<LegMovement> {
        let onsets = (0..6).map(|n| n * 30_000 + offset);
        onsets
            .map(|onset| movement(leg, onset, onset + 1_000))
            .collect()
    };
    let (left, right) = (leg(Left, 0), leg(Right, 7_000));
    assert_eq!(n_plm(&left, &wasm2016()), 6);
    assert_eq!(n_plm(&right, &wasm2016()), 6);
    assert_eq!(n_plm(&[left, right].concat(), &wasm2016()), 0);
}

#[test]
fn a_million_rows_are_one_series() {
    let list: Vec<_> = (0..1_000_000_i64)
        .rev()
        .map(|n| {
            let leg = if n % 3 == 0 { Right } else { Left };
            movement(leg, n * 15_000, n * 15_000 + 1_000)
        })
        .collect();
    let scored = score(&list, &wasm2016(), &[]);
    assert_eq!((scored.n_plm(), scored.series.len()), (1_000_000, 1));
}

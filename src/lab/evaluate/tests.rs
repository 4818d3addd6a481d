use jiff::SignedDuration;

use super::*;
use crate::analysis::score::rules::wasm2016;
use crate::lab::simulate::random::Random;
use crate::model::body::Leg;
use crate::model::movement::{LegMovement, MovementClass};

fn ms(ms: i64) -> SignedDuration {
    SignedDuration::from_millis(ms)
}

fn event(onset: i64, end: i64) -> Event {
    Event::new(ms(onset), ms(end))
}

fn movement(onset: i64, end: i64) -> LegMovement {
    LegMovement {
        leg: Leg::Left,
        onset: ms(onset),
        end: ms(end),
        class: MovementClass::LegMovement,
        features: None,
    }
}

/// The largest number of pairs in each pass, by trying every assignment.
fn by_trying(reference: &[Event], detected: &[Event]) -> usize {
    let iou = |a: &Event, b: &Event| {
        let shared = (a.end().min(b.end()) - a.onset().max(b.onset())).max(ms(0));
        let covered = a.end().max(b.end()) - a.onset().min(b.onset());
        5 * shared.as_millis() >= covered.as_millis() && covered > ms(0)
    };
    // All ways of the first pass with the most pairs and, of those, the largest sum; they decide what is left over.
    fn ways(
        r: usize,
        reference: &[Event],
        detected: &[Event],
        taken: &mut Vec<Option<usize>>,
        fits: &dyn Fn(&Event, &Event) -> bool,
        found: &mut Vec<Vec<Option<usize>>>,
    ) {
        if r == reference.len() {
            found.push(taken.clone());
            return;
        }
        taken.push(None);
        ways(r + 1, reference, detected, taken, fits, found);
        taken.pop();
        for d in 0..detected.len() {
            if !taken.contains(&Some(d)) && fits(&reference[r], &detected[d]) {
                taken.push(Some(d));
                ways(r + 1, reference, detected, taken, fits, found);
                taken.pop();
            }
        }
    }
    let mut first = Vec::new();
    ways(0, reference, detected, &mut Vec::new(), &iou, &mut first);
    let worth = |way: &Vec<Option<usize>>| {
        let pairs = way.iter().enumerate().filter_map(|(r, d)| Some((r, (*d)?)));
        let each = pairs.map(|(r, d)| {
            let (a, b) = (&reference[r], &detected[d]);
            let shared = (a.end().min(b.end()) - a.onset().max(b.onset()))
                .max(ms(0))
                .as_nanos();
            shared * 1_000_000 / (a.end().max(b.end()) - a.onset().min(b.onset())).as_nanos()
        });
        each.fold((0, 0), |(n, sum), quality| (n + 1, sum + quality))
    };
    let most = first.iter().map(worth).max().unwrap();
    let near = |a: &Event, b: &Event| (a.onset() - b.onset()).abs() <= ms(1000);
    let totals = first.iter().filter(|way| worth(way) == most).map(|way| {
        let rest_r: Vec<Event> = (0..reference.len())
            .filter(|&r| way[r].is_none())
            .map(|r| reference[r])
            .collect();
        let rest_d: Vec<Event> = (0..detected.len())
            .filter(|&d| !way.contains(&Some(d)))
            .map(|d| detected[d])
            .collect();
        let mut second = Vec::new();
        ways(0, &rest_r, &rest_d, &mut Vec::new(), &near, &mut second);
        let best = second.iter().map(|way| way.iter().flatten().count()).max();
        most.0 + best.unwrap_or(0)
    });
    totals.max().unwrap()
}

#[test]
fn matching_finds_as_many_pairs_as_trying_everything() {
    let mut random = Random::seeded(31);
    for round in 0..600 {
        let some = |random: &mut Random| -> Vec<Event> {
            (0..(random.uniform() * 5.0) as usize)
                .map(|_| {
                    let onset = (random.uniform() * 9_000.0) as i64;
                    event(onset, onset + 1 + (random.uniform() * 4_000.0) as i64)
                })
                .collect()
        };
        let (reference, detected) = (some(&mut random), some(&mut random));
        let matching = match_events(&reference, &detected);
        let expected = by_trying(&reference, &detected);
        assert_eq!(
            matching.pairs.len(),
            expected,
            "{round}: {reference:?} {detected:?}"
        );
        let turned = match_events(&detected, &reference);
        assert_eq!(turned.pairs.len(), expected, "{round}");
    }
}

#[test]
fn an_overlap_of_a_fifth_is_a_pair_and_less_is_none() {
    // 1 s of 5 s covered together; then 0.999 s of 5.001 s, onsets 2 s apart.
    let pairs = |end| {
        match_events(&[event(0, 3_000)], &[event(2_000, end)])
            .pairs
            .len()
    };
    assert_eq!(pairs(5_000), 1);
    assert_eq!(pairs(5_001), 0);
}

#[test]
fn onsets_within_a_second_are_a_pair_when_nothing_overlaps_better() {
    let pairs =
        |onset| match_events(&[event(10_000, 10_100)], &[event(onset, onset + 9_000)]).pairs;
    assert_eq!(pairs(9_000), [(0, 0)]);
    assert_eq!(pairs(8_999), []);
    // The one that overlaps is taken, though another begins nearer.
    let two = [event(9_990, 9_995), event(10_050, 10_100)];
    assert_eq!(match_events(&[event(10_000, 10_100)], &two).pairs, [(0, 1)]);
}

#[test]
fn a_greedy_choice_would_lose_a_pair() {
    // The second detection overlaps both; taken by the first event with the larger overlap it would leave the other out.
    let reference = [event(0, 4_000), event(4_000, 8_000)];
    let detected = [event(0, 900), event(500, 5_500)];
    assert_eq!(match_events(&reference, &detected).pairs, [(0, 0), (1, 1)]);
}

#[test]
fn counts_make_precision_recall_and_f1() {
    let counts = Counts {
        hits: 6,
        false_alarms: 2,
        misses: 4,
    };
    assert_eq!(counts.precision(), Some(0.75));
    assert_eq!(counts.recall(), Some(0.6));
    assert_eq!(counts.f1(), Some(12.0 / 18.0));
    let nothing = Counts::default();
    assert_eq!(
        (nothing.precision(), nothing.recall(), nothing.f1()),
        (None, None, None)
    );
}

/// A night with movements every 20 s, of which every fourth does not show, and what a detector with one false alarm
/// would find of the rest.
fn night(n: i64) -> NightPair {
    let reference: Vec<Reference> = (0..n)
        .map(|k| Reference {
            movement: movement(k * 20_000, k * 20_000 + 2_000),
            visible: k % 4 != 3,
        })
        .collect();
    let seen = reference.iter().filter(|row| row.visible);
    let mut detected: Vec<LegMovement> = seen
        .map(|row| {
            movement(
                row.movement.onset.as_millis() as i64 + 200,
                row.movement.end.as_millis() as i64,
            )
        })
        .collect();
    detected.push(movement(n * 20_000 + 500_000, n * 20_000 + 502_000));
    NightPair {
        name: "night".into(),
        reference,
        detected,
        spans: Vec::new(),
        detected_spans: Vec::new(),
        within: None,
        over: SignedDuration::from_hours(1),
    }
}

#[test]
fn what_could_be_seen_and_what_there_was_are_told_apart() {
    let nights = [night(40), night(60)];
    let evaluation = evaluate(&nights, &wasm2016(), &Bootstrap::default());
    let visible = &evaluation.visible;
    assert_eq!(
        visible.lm.nights[0],
        Counts {
            hits: 30,
            false_alarms: 1,
            misses: 0
        }
    );
    // Three in four at 20, 20, 40 s: all in one series, and the false one is alone.
    assert_eq!(visible.plm.pooled.f1(), Some(1.0));
    assert_eq!(visible.index.unwrap().mae, 0.0);
    assert_eq!(visible.count_bias.unwrap().value, 0.0);
    assert_eq!(visible.onset_error_s.unwrap().value, 0.2);
    let all = &evaluation.all;
    assert_eq!(all.lm.nights[0].misses, 10);
    assert_eq!((all.indices[0].0.n, all.indices[0].1.n), (40, 30));
    assert_eq!(all.index.unwrap().limits.bias, -12.5);
    assert_eq!(all.count_bias.unwrap().value, -0.25);
    let f1 = all.plm.all_events.f1.unwrap();
    assert_eq!(f1.value, 2.0 * 0.75 / 1.75);
    assert!(f1.interval.is_some() && all.plm.night_medians.f1.is_some());
}

#[test]
fn a_night_without_anything_counts_as_agreement_of_the_index_and_has_no_f1() {
    let quiet = NightPair {
        reference: Vec::new(),
        detected: Vec::new(),
        ..night(4)
    };
    let evaluation = evaluate(&[quiet], &wasm2016(), &Bootstrap::default());
    assert_eq!(evaluation.visible.lm.night_medians.f1, None);
    assert_eq!(evaluation.visible.false_plm.n_nights, 1);
    assert_eq!(evaluation.visible.false_plm.per_h.unwrap().value, 0.0);
    assert_eq!(evaluation.visible.index.unwrap().mae, 0.0);
    assert_eq!(evaluation.visible.count_bias, None);
    let none = evaluate(&[], &wasm2016(), &Bootstrap::default());
    assert_eq!(none.all.index, None);
}

#[test]
fn the_interval_over_nights_narrows_with_nights_and_repeats_with_its_seed() {
    let mut random = Random::seeded(2);
    let nights: Vec<Counts> = (0..160)
        .map(|_| Counts {
            hits: 50 + (random.uniform() * 50.0) as usize,
            false_alarms: (random.uniform() * 40.0) as usize,
            misses: (random.uniform() * 40.0) as usize,
        })
        .collect();
    let width = |n: usize| {
        let scores = EventScores::of(nights[..n].to_vec(), &Bootstrap::default());
        let f1 = scores.all_events.f1.unwrap();
        let interval = f1.interval.unwrap();
        assert!(interval.low < f1.value && f1.value < interval.high);
        assert_eq!(
            scores,
            EventScores::of(nights[..n].to_vec(), &Bootstrap::default())
        );
        interval.high - interval.low
    };
    let ratio = width(40) / width(160);
    // Twice as wide with a quarter of the nights, give or take what 2,000 draws leave open.
    assert!((1.4..2.8).contains(&ratio), "{ratio}");
}

#[test]
fn a_paired_gain_is_judged_night_by_night() {
    let bootstrap = Bootstrap::default();
    // Nights of very different difficulty, on each of which one detector finds two movements more.
    let scores = |more: usize| {
        let nights = (0..40).map(|k| Counts {
            hits: 20 + k + more,
            false_alarms: 10,
            misses: 60 - k - more,
        });
        EventScores::of(nights.collect(), &bootstrap)
    };
    let gain = scores(2).gain_over(&scores(0), &bootstrap).unwrap();
    let interval = gain.interval.unwrap();
    assert!(interval.low > 0.0 && interval.high < 0.05, "{gain:?}");
    let none = scores(0).gain_over(&scores(0), &bootstrap).unwrap();
    assert_eq!(none.value, 0.0);
}

#[test]
fn a_night_without_events_enters_no_median_and_no_gain() {
    let bootstrap = Bootstrap::default();
    let quiet = |false_alarms| Counts {
        false_alarms,
        ..Counts::default()
    };
    let good = Counts {
        hits: 9,
        misses: 1,
        false_alarms: 0,
    };
    let ours = EventScores::of(vec![good, quiet(5), good], &bootstrap);
    let other = EventScores::of(vec![good, quiet(0), good], &bootstrap);
    assert_eq!(ours.night_medians.f1.unwrap().value, good.f1().unwrap());
    assert_eq!(ours.gain_over(&other, &bootstrap).unwrap().value, 0.0);
    assert!(ours.all_events.f1.unwrap().value < other.all_events.f1.unwrap().value);
}

/// What begins before lights out or after lights on is no error; what is periodic stays so.
#[test]
fn only_what_begins_in_bed_counts() {
    let whole = night(40);
    let in_bed = NightPair {
        within: Some((ms(100_000), ms(700_000))),
        ..night(40)
    };
    let result = in_bed.result(&wasm2016());
    // Onsets at 100, 120, … 680 s: thirty, of which every fourth does not show; the false one lies behind.
    assert_eq!(result.all.lm.n_reference(), 30);
    assert_eq!(
        (result.visible.lm.false_alarms, result.visible.lm.misses),
        (0, 0)
    );
    assert_eq!(whole.result(&wasm2016()).visible.lm.false_alarms, 1);
}

/// One says in pieces what the other says at once, in both directions; a movement of half a second is one with its pieces
/// together only, and what they make of more than ten seconds is none.
#[test]
fn pieces_of_one_movement_are_held_against_the_whole() {
    let pieces: Vec<LegMovement> = [
        (10_000, 10_300),
        (10_500, 10_800),
        (30_000, 34_000),
        (33_000, 36_000),
        (50_000, 58_000),
        (58_400, 61_000),
    ]
    .map(|(onset, end)| movement(onset, end))
    .to_vec();
    let whole = vec![movement(10_000, 10_800), movement(30_000, 36_000)];
    let held = |reference: &[LegMovement], detected: &[LegMovement]| {
        let pair = NightPair {
            reference: reference.iter().cloned().map(Reference::from).collect(),
            detected: detected.to_vec(),
            ..night(0)
        };
        pair.result(&wasm2016()).visible.lm
    };
    let agree = Counts {
        hits: 2,
        false_alarms: 0,
        misses: 0,
    };
    assert_eq!(held(&pieces, &whole), agree);
    assert_eq!(held(&whole, &pieces), agree);
    assert_eq!(held(&pieces, &pieces), agree);
}

/// Two detections fit either of two movements equally well in sum; which row comes first must not decide.
#[test]
fn the_order_of_rows_decides_nothing() {
    let mut random = Random::seeded(77);
    for _ in 0..300 {
        let some = |random: &mut Random| -> Vec<LegMovement> {
            (0..6)
                .map(|_| {
                    let onset = (random.uniform() * 12.0) as i64 * 500;
                    movement(onset, onset + 500 + (random.uniform() * 4.0) as i64 * 500)
                })
                .collect()
        };
        let (there, found) = (some(&mut random), some(&mut random));
        let apart = |there: &[LegMovement], found: &[LegMovement]| {
            let events = |list: &[LegMovement]| -> Vec<Event> {
                list.iter().map(|m| Event::new(m.onset, m.end)).collect()
            };
            let (there, found) = (events(there), events(found));
            let matching = match_events(&there, &found);
            let mut apart: Vec<_> = matching
                .pairs
                .iter()
                .map(|&(r, d)| (there[r], found[d]))
                .map(|(r, d)| (r.onset(), r.end(), d.onset(), d.end()))
                .collect();
            apart.sort();
            apart
        };
        let turned =
            |list: &[LegMovement]| -> Vec<LegMovement> { list.iter().rev().cloned().collect() };
        let expected = apart(&there, &found);
        assert_eq!(apart(&turned(&there), &found), expected);
        assert_eq!(apart(&there, &turned(&found)), expected);
    }
}

/// Onsets at log-normal intervals, as series have them.
fn train(random: &mut Random, n: usize) -> Vec<i64> {
    let mut at = 0.0;
    (0..n)
        .map(|_| {
            at += random.log_normal(24_000.0, 0.4);
            at as i64
        })
        .collect()
}

#[test]
fn clocks_that_disagree_are_brought_together() {
    let mut random = Random::seeded(5);
    let onsets = train(&mut random, 300);
    let first: Vec<Event> = onsets.iter().map(|&at| event(at, at + 2_000)).collect();
    for late in [0, 1_230, -47_850, 1_800_000] {
        // The other sensor misses a third, finds a fifth of its own, and is 0.2 s off from movement to movement.
        let mut second: Vec<Event> = Vec::new();
        for &at in &onsets {
            if random.chance(0.67) {
                let at = at + late + random.normal_within(0.0, 200.0, -600.0, 600.0) as i64;
                second.push(event(at, at + 3_000));
            }
            if random.chance(0.2) {
                let at = late + random.between(0.0, 7_200_000.0) as i64;
                second.push(event(at, at + 3_000));
            }
        }
        let found = find_offset(&first, &second, SignedDuration::from_hours(1)).unwrap();
        let error = (found.add + ms(late)).abs();
        assert!(error < ms(100), "{late}: {found:?}");
        assert!(found.n_coinciding > 150);
    }
}

#[test]
fn two_unrelated_nights_and_a_perfect_rhythm_have_no_offset() {
    let mut random = Random::seeded(8);
    let hour = SignedDuration::from_hours(1);
    let as_events = |onsets: Vec<i64>| -> Vec<Event> {
        onsets.into_iter().map(|at| event(at, at + 2_000)).collect()
    };
    let one = as_events(train(&mut random, 200));
    let other = as_events(train(&mut random, 200));
    assert_eq!(find_offset(&one, &other, hour), None);
    let steady = as_events((0..400).map(|k| k * 20_000).collect());
    assert_eq!(find_offset(&steady, &steady[100..300], hour), None);
    assert_eq!(find_offset(&[], &one, hour), None);
}

use super::*;
use crate::ingest::sleep::export::{Ends, WallClock};
use crate::model::recording::StampKind;

/// Stages and minutes of a night as one sleeps: light and deep in turn, REM out of light sleep.
const NIGHT: [(char, i64); 12] = [
    ('W', 20),
    ('1', 5),
    ('2', 40),
    ('3', 30),
    ('2', 25),
    ('R', 15),
    ('2', 40),
    ('3', 15),
    ('2', 30),
    ('R', 25),
    ('2', 20),
    ('W', 5),
];
const STAGES: &str = "W123R";

/// The night in numbers, `of` being those of W, N1, N2, N3 and R; told what its states are then.
fn read(night: &[(char, i64)], of: [i64; 5]) -> Result<Vec<SleepState>, SleepErrorKind> {
    let mut export = SleepExport::new("test", StampKind::Elapsed, Ends::Length);
    let source = export.source("test");
    let mut at = 0;
    for (stage, minutes) in night {
        let number = STAGES.find(*stage).map_or(-1, |place| of[place]);
        let word = export.word(&number.to_string());
        let to = at + minutes * 60_000_000_000;
        export.intervals.push(SleepInterval {
            start_ns: at,
            end_ns: to,
            state: SleepState::Unknown,
            word,
            source,
            clock: WallClock::Unknown,
        });
        at = to;
    }
    settle(&mut export)?;
    Ok(export
        .intervals
        .iter()
        .map(|interval| interval.state)
        .collect())
}

fn states(night: &[(char, i64)], of: [SleepState; 5]) -> Vec<SleepState> {
    let place = |stage: char| STAGES.find(stage).map_or(NONE, |place| of[place]);
    night.iter().map(|(stage, _)| place(*stage)).collect()
}

#[test]
fn a_number_of_any_size_is_one_or_none() {
    assert_eq!(number("-2"), Some(-2));
    assert_eq!(number("3.0"), Some(3));
    for cell in [
        "-9223372036854775808",
        "9223372036854775807",
        "100",
        "",
        "W",
    ] {
        assert_eq!(number(cell), None, "{cell}");
    }
}

#[test]
fn a_night_tells_how_its_stages_are_numbered() {
    let scored = [WAKE, N1, N2, N3, REM];
    let coarse = [WAKE, LIGHT, LIGHT, N3, REM];
    for (of, states_of) in [
        ([0, 1, 2, 3, 5], scored),
        ([0, 1, 2, 3, 4], scored),
        ([5, 3, 2, 1, 4], scored),
        ([0, 2, 3, 4, 1], scored),
        ([1, 3, 3, 4, 2], coarse),
        ([1, 4, 4, 5, 6], coarse),
        ([4, 2, 2, 1, 3], coarse),
        ([0, 1, 1, 2, 3], coarse),
    ] {
        assert_eq!(
            read(&NIGHT, of).ok(),
            Some(states(&NIGHT, states_of)),
            "{of:?}"
        );
    }
}

#[test]
fn what_could_be_several_is_refused_with_the_numbers() {
    // A night without REM: 4 may be stage 4, which is reached from stage 3, or REM.
    let without: Vec<(char, i64)> = NIGHT
        .iter()
        .map(|(stage, minutes)| (if *stage == 'R' { '2' } else { *stage }, *minutes))
        .collect();
    let with_four: Vec<(char, i64)> = without
        .iter()
        .flat_map(|(stage, minutes)| match stage {
            // Half of the deep sleep is stage 4, in the place of REM's number.
            '3' => vec![('3', minutes / 2), ('R', minutes / 2)],
            _ => vec![(*stage, *minutes)],
        })
        .collect();
    let refused = read(&with_four, [0, 1, 2, 3, 4]);
    assert!(
        matches!(&refused, Err(SleepErrorKind::UnclearNumbers { numbers, .. }) if numbers == "0, 1, 2, 3, 4"),
        "{refused:?}"
    );
    // Asleep from end to end: which number is waking does not show.
    assert!(read(&NIGHT[1..11], [0, 1, 2, 3, 5]).is_err());
    // No program numbers so.
    assert!(read(&NIGHT, [7, 1, 2, 3, 5]).is_err());
}

#[test]
fn beside_words_numbers_are_non_rem_sleep() {
    let mut export = SleepExport::new("test", StampKind::Elapsed, Ends::Length);
    for (at, (word, state)) in (0..).zip([("W", WAKE), ("2", NONE), ("4", NONE), ("R", REM)]) {
        let word = export.word(word);
        export.intervals.push(SleepInterval {
            start_ns: at,
            end_ns: at + 1,
            state,
            word,
            source: 0,
            clock: WallClock::Unknown,
        });
    }
    settle(&mut export).expect("words tell");
    let states: Vec<SleepState> = export.intervals.iter().map(|piece| piece.state).collect();
    assert_eq!(states, [WAKE, N2, N3, REM]);
    // Waking has a word already: 0 is something else.
    export.words[1] = "0".to_owned();
    export.intervals[1].state = NONE;
    assert!(settle(&mut export).is_err());
}

#[test]
fn numbers_have_several_spellings() {
    assert_eq!(number("3"), Some(3));
    assert_eq!(number("3.0"), Some(3));
    assert_eq!(number("30"), Some(30));
    assert_eq!(number("0"), Some(0));
    assert_eq!(number("-1"), Some(-1));
    assert_eq!(number("3.5"), None);
    assert_eq!(number("N3"), None);
}

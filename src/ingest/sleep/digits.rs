//! Numbers for stages. Programs number them in a dozen ways, and a list does not say in which: 4 is REM for some and stage 4 for
//! others, 5 is REM, waking, or an artefact. A way is taken only where it alone makes a night of the list: somebody is awake at
//! one end of it, does not fall asleep into REM, and sleeps light for longer than in any other stage. Where several do, those
//! are left away whose REM is mostly reached from deep sleep; then one must be left. A list without REM proves no way that has a
//! number for it.

use super::error::SleepErrorKind;
use super::export::{SleepExport, SleepInterval, SleepState};
use super::mask::LONGEST_PAUSE_NS;
use crate::model::night::Stage;
use crate::model::recording::Decision;

/// A way to number stages; what it does not name is not one of its numbers.
struct Coding {
    /// As it is told.
    name: &'static str,
    states: &'static [(i64, SleepState)],
}

const WAKE: SleepState = SleepState::Stage(Stage::Wake);
const ASLEEP: SleepState = SleepState::Stage(Stage::Asleep);
const LIGHT: SleepState = SleepState::Stage(Stage::Light);
const N1: SleepState = SleepState::Stage(Stage::N1);
const N2: SleepState = SleepState::Stage(Stage::N2);
const N3: SleepState = SleepState::Stage(Stage::N3);
const REM: SleepState = SleepState::Stage(Stage::Rem);
const NONE: SleepState = SleepState::Unknown;

/// Unscored in every way of numbering.
const UNSCORED: [i64; 2] = [-1, 9];

const CODINGS: [Coding; 11] = [
    // NSRR, ISRUC, PhysioNet's sleep-accel.
    Coding {
        name: "0 awake, 1 to 4 the stages 1 to 4, 5 REM",
        states: &[
            (0, WAKE),
            (1, N1),
            (2, N2),
            (3, N3),
            (4, N3),
            (5, REM),
            (6, NONE),
        ],
    },
    // YASA, sleep-utils.
    Coding {
        name: "0 awake, 1 to 3 N1 to N3, 4 REM",
        states: &[
            (0, WAKE),
            (1, N1),
            (2, N2),
            (3, N3),
            (4, REM),
            (5, NONE),
            (6, NONE),
            (-2, NONE),
        ],
    },
    // DREAMS.
    Coding {
        name: "5 awake, 4 REM, 3 to 0 the stages 1 to 4",
        states: &[
            (5, WAKE),
            (4, REM),
            (3, N1),
            (2, N2),
            (1, N3),
            (0, N3),
            (-2, NONE),
            (-3, NONE),
        ],
    },
    // St. Vincent's (UCDDB).
    Coding {
        name: "0 awake, 1 REM, 2 to 5 the stages 1 to 4",
        states: &[
            (0, WAKE),
            (1, REM),
            (2, N1),
            (3, N2),
            (4, N3),
            (5, N3),
            (6, NONE),
            (7, NONE),
        ],
    },
    // Withings.
    Coding {
        name: "0 awake, 1 light, 2 deep, 3 REM",
        states: &[(0, WAKE), (1, LIGHT), (2, N3), (3, REM)],
    },
    // Polar.
    Coding {
        name: "0 awake, 1 REM, 2 light, 3 deep",
        states: &[(0, WAKE), (1, REM), (2, LIGHT), (3, N3)],
    },
    // Zeo.
    Coding {
        name: "1 awake, 2 REM, 3 light, 4 deep",
        states: &[(0, NONE), (1, WAKE), (2, REM), (3, LIGHT), (4, N3)],
    },
    // Oura.
    Coding {
        name: "1 deep, 2 light, 3 REM, 4 awake",
        states: &[(1, N3), (2, LIGHT), (3, REM), (4, WAKE)],
    },
    // Garmin.
    Coding {
        name: "0 deep, 1 light, 2 REM, 3 awake",
        states: &[(0, N3), (1, LIGHT), (2, REM), (3, WAKE)],
    },
    // Health Connect, Google Fit.
    Coding {
        name: "1 awake, 2 asleep, 3 out of bed, 4 light, 5 deep, 6 REM, 7 awake in bed",
        states: &[
            (1, WAKE),
            (2, ASLEEP),
            (3, WAKE),
            (4, LIGHT),
            (5, N3),
            (6, REM),
            (7, WAKE),
        ],
    },
    // Actigraphs.
    Coding {
        name: "0 asleep, 1 awake",
        states: &[(0, ASLEEP), (1, WAKE)],
    },
];

/// Beside the words W and R numbers are the stages of non-REM sleep.
const BESIDE_WORDS: Coding = Coding {
    name: "1 to 4 the stages 1 to 4, beside words for waking and REM",
    states: &[(1, N1), (2, N2), (3, N3), (4, N3)],
};

impl Coding {
    fn state(&self, number: i64) -> Option<SleepState> {
        let listed = self.states.iter().find(|(known, _)| *known == number);
        listed
            .map(|(_, state)| *state)
            .or_else(|| UNSCORED.contains(&number).then_some(NONE))
    }
}

/// The number in a cell: `3`, `3.0`.
pub fn number(cell: &str) -> Option<i64> {
    let whole = cell.trim_end_matches('0').strip_suffix('.').unwrap_or(cell);
    whole.parse().ok().filter(|n: &i64| (-99..100).contains(n))
}

/// Gives the intervals whose words are numbers the states that those are; refuses numbers that could be several.
pub fn settle(export: &mut SleepExport) -> Result<(), SleepErrorKind> {
    let numbers: Vec<Option<i64>> = export.words.iter().map(|word| number(word)).collect();
    let of = |interval: &SleepInterval| numbers.get(usize::from(interval.word)).copied().flatten();
    let mut seen: Vec<i64> = export.intervals.iter().filter_map(of).collect();
    seen.sort_unstable();
    seen.dedup();
    if seen.is_empty() {
        return Ok(());
    }
    let worded = export
        .intervals
        .iter()
        .any(|interval| of(interval).is_none() && matches!(interval.state, SleepState::Stage(_)));
    let unclear = |why| SleepErrorKind::UnclearNumbers {
        numbers: seen
            .iter()
            .map(i64::to_string)
            .collect::<Vec<_>>()
            .join(", "),
        why,
    };
    let coding = if worded {
        let beside = export.intervals.iter().all(|interval| {
            of(interval).is_some()
                || matches!(interval.state, WAKE | REM | NONE | SleepState::InBed)
        });
        let fits = beside
            && seen
                .iter()
                .all(|number| BESIDE_WORDS.state(*number).is_some());
        if !fits {
            return Err(unclear("words stand beside them"));
        }
        &BESIDE_WORDS
    } else {
        let mut rows: Vec<(SleepInterval, i64)> = export
            .intervals
            .iter()
            .filter_map(|interval| Some((*interval, of(interval)?)))
            .collect();
        rows.sort_by_key(|(interval, _)| (interval.source, interval.start_ns));
        the_one(&rows, &seen).map_err(unclear)?
    };
    for interval in &mut export.intervals {
        if let Some(state) = numbers
            .get(usize::from(interval.word))
            .copied()
            .flatten()
            .and_then(|number| coding.state(number))
        {
            interval.state = state;
        }
    }
    let because = match worded {
        true => "the words of the other rows",
        false => "the way of numbering that makes a night of the list",
    };
    export
        .decisions
        .push(Decision::new("stage numbers", coding.name, because));
    Ok(())
}

/// The way of numbering that makes a night of the rows, which are in order; else why there is not one.
fn the_one(rows: &[(SleepInterval, i64)], seen: &[i64]) -> Result<&'static Coding, &'static str> {
    let mut nights: Vec<Night> = CODINGS
        .iter()
        .filter(|coding| seen.iter().all(|number| coding.state(*number).is_some()))
        .map(|coding| Night::under(coding, rows))
        .filter(Night::is_one)
        .collect();
    let alike = |nights: &[Night]| {
        nights.windows(2).all(|two| {
            seen.iter()
                .all(|number| two[0].coding.state(*number) == two[1].coding.state(*number))
        })
    };
    const SEVERAL: &str = "several ways of numbering make a night of the list";
    const NONE_DOES: &str = "no way of numbering makes a night of the list";
    let why = if alike(&nights) { NONE_DOES } else { SEVERAL };
    if why == SEVERAL {
        nights.retain(|night| night.has_rem && !night.rem_from_deep);
    }
    nights.retain(|night| !night.lacks_rem);
    match nights.first() {
        Some(night) if alike(&nights) => Ok(night.coding),
        Some(_) => Err(SEVERAL),
        None => Err(why),
    }
}

/// What the rows are under a way of numbering.
struct Night {
    coding: &'static Coding,
    /// Awake at one end, in most of the nights.
    awake_at_an_end: bool,
    /// Into REM, in most of the nights.
    asleep_into_rem: bool,
    /// N2, light, or plain sleep takes the most time of all sleep.
    mostly_light: bool,
    /// A tenth of it or more is no stage.
    odd: bool,
    has_rem: bool,
    /// It has a number for REM, and the list does not.
    lacks_rem: bool,
    rem_from_deep: bool,
}

impl Night {
    fn is_one(&self) -> bool {
        self.awake_at_an_end && !self.asleep_into_rem && self.mostly_light && !self.odd
    }

    fn under(coding: &'static Coding, rows: &[(SleepInterval, i64)]) -> Self {
        let (mut nights, mut awake, mut into_rem) = (0_u64, 0_u64, 0_u64);
        let mut length_ns = [0_i64; Stage::ALL.len()];
        let (mut scored_ns, mut odd_ns) = (0_i64, 0_i64);
        let (mut rems, mut rems_from_deep) = (0_u64, 0_u64);
        let is_new = |a: &SleepInterval, b: &SleepInterval| {
            a.source != b.source || b.start_ns.saturating_sub(a.end_ns) > LONGEST_PAUSE_NS
        };
        for night in rows.chunk_by(|a, b| !is_new(&a.0, &b.0)) {
            let mut stages: Vec<Stage> = Vec::new();
            for (interval, number) in night {
                let length = interval.end_ns.saturating_sub(interval.start_ns);
                match coding.state(*number) {
                    Some(SleepState::Stage(stage)) => {
                        if stages.last() != Some(&stage) {
                            stages.push(stage);
                        }
                        scored_ns = scored_ns.saturating_add(length);
                        if let Some(at) = Stage::ALL.iter().position(|known| *known == stage) {
                            length_ns[at] = length_ns[at].saturating_add(length);
                        }
                    }
                    _ if !UNSCORED.contains(number) => odd_ns = odd_ns.saturating_add(length),
                    _ => {}
                }
            }
            let (Some(first), Some(last)) = (stages.first(), stages.last()) else {
                continue;
            };
            nights += 1;
            awake += u64::from([first, last].contains(&&Stage::Wake));
            let asleep = stages.iter().find(|stage| stage.is_sleep());
            into_rem += u64::from(asleep == Some(&Stage::Rem));
            for two in stages.windows(2).filter(|two| two[1] == Stage::Rem) {
                rems += 1;
                rems_from_deep += u64::from(two[0] == Stage::N3);
            }
        }
        let of = |stage: Stage| {
            let at = Stage::ALL.iter().position(|known| *known == stage);
            at.map_or(0, |at| length_ns[at])
        };
        let light = [Stage::N2, Stage::Light, Stage::Asleep]
            .map(of)
            .into_iter()
            .max();
        let other = [Stage::N1, Stage::N3, Stage::Rem].map(of).into_iter().max();
        let has_rem = of(Stage::Rem) > 0;
        let names_rem = coding.states.iter().any(|(_, state)| *state == REM);
        Self {
            coding,
            awake_at_an_end: awake * 2 > nights,
            asleep_into_rem: into_rem * 2 > nights,
            mostly_light: light > Some(0) && light >= other,
            odd: odd_ns > scored_ns / 10,
            has_rem,
            lacks_rem: names_rem && !has_rem,
            // Once is chance.
            rem_from_deep: rems >= 2 && rems_from_deep * 2 >= rems,
        }
    }
}

#[cfg(test)]
mod tests;

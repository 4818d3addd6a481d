//! Polar: `sleep_result_*.json` of the account export, and the nights of its interface (AccessLink).
//!
//! The account's `sleepStateChanges` name a state from `offsetFromStart` (`PT12M30S`) on; the interface's `hypnogram` one from a
//! time of day on: 0 awake, 1 REM, 2 and 3 light, 4 deep, 5 unknown (AccessLink API v3, "Sleep"). Polar's two light levels
//! are no N1 and N2 of a laboratory. A last change behind the end closes the list.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde::Deserialize;
use serde::de::MapAccess;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::json::{Record, Scalar};
use super::stamp::Stamp;
use super::{Head, Source, json, stamp, states};
use crate::ingest::written::clock;
use crate::model::night::Stage;

const NS_PER_DAY: i64 = 24 * 3600 * 1_000_000_000;
const NS_PER_MIN: i64 = 60 * 1_000_000_000;

/// Whether the head is that of such a file.
pub fn recognises(head: &Head) -> bool {
    let has = |word: &str| head.text.contains(word);
    head.is_json()
        && (has("\"sleepStateChanges\"")
            || (has("\"hypnogram\"") && (has("\"sleep_start_time\"") || has("\"sleepStart\""))))
}

#[derive(Default)]
struct Night {
    start: Scalar,
    end: Scalar,
    changes: Vec<Change>,
    by_clock: BTreeMap<String, f64>,
}

/// A state from a time since the start on.
#[derive(Deserialize)]
struct Change {
    #[serde(rename = "offsetFromStart")]
    from: String,
    state: String,
}

/// What stands under `hypnogram`: the account's night, or the interface's states by the time of day.
#[derive(Deserialize)]
#[serde(untagged)]
enum Hypnogram {
    Night {
        #[serde(rename = "sleepStart")]
        start: Scalar,
        #[serde(rename = "sleepEnd")]
        end: Scalar,
        #[serde(rename = "sleepStateChanges", default)]
        changes: Vec<Change>,
    },
    ByClock(BTreeMap<String, f64>),
    Other(serde::de::IgnoredAny),
}

impl Record for Night {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "sleep_start_time" => self.start = map.next_value()?,
            "sleep_end_time" => self.end = map.next_value()?,
            "hypnogram" => match map.next_value()? {
                Hypnogram::Night {
                    start,
                    end,
                    changes,
                } => {
                    self.start = start;
                    self.end = end;
                    self.changes = changes;
                }
                Hypnogram::ByClock(states) => self.by_clock = states,
                Hypnogram::Other(_) => {}
            },
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn is_one(&self) -> bool {
        self.start.is_given() && self.end.is_given()
    }
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let nights: Vec<Night> = json::records(&json::text(&mut *source.reader)?)?;
    let mut builder = Builder::new("sleep_polar", Ends::Length);
    let who = builder.export.source("Polar");
    for (number, night) in (1..).zip(&nights) {
        let times = [&night.start, &night.end].map(|at| stamp::parse(at.text()));
        let [Some(start), Some(end)] = times else {
            builder.bad(number, night.start.text())?;
            continue;
        };
        let word = builder.export.word("night");
        let whole = Written {
            list: List::Nights,
            line: number,
            start,
            end: End::At(end),
            state: SleepState::InBed,
            word,
            source: who,
            clock: WallClock::Unknown,
        };
        builder.push(whole)?;
        let (Some(from), Some(to)) = (ns(start), ns(end)) else {
            continue;
        };
        let changes = changes(night, start, number, &mut builder)?;
        let until = changes.iter().skip(1).map(|(at, ..)| *at).chain([i64::MAX]);
        for ((since, state, name), until) in changes.iter().zip(until) {
            let begin = from.saturating_add(*since);
            let length = from.saturating_add(until).min(to).saturating_sub(begin);
            if length <= 0 {
                continue;
            }
            let word = builder.export.word(name);
            builder.push(Written {
                list: List::Intervals,
                start: start.later(*since),
                end: End::After(length),
                state: *state,
                word,
                ..whole
            })?;
        }
    }
    builder.finish(source.options.date_order)
}

/// The changes of a night in order: nanoseconds since its start, the state, its word.
fn changes(
    night: &Night,
    start: Stamp,
    number: u64,
    builder: &mut Builder,
) -> Result<Vec<(i64, SleepState, String)>, SleepErrorKind> {
    let mut found = Vec::new();
    for change in &night.changes {
        let since = change.from.parse::<SignedDuration>().ok();
        match since.and_then(|since| i64::try_from(since.as_nanos()).ok()) {
            Some(since) if since >= 0 => {
                found.push((since, state_of(&change.state), change.state.to_lowercase()));
            }
            _ => builder.bad(number, &change.from)?,
        }
    }
    for (time, code) in &night.by_clock {
        let Some(since) = since_start(time, start) else {
            builder.bad(number, time)?;
            continue;
        };
        let (name, state) = match code {
            0.0 => ("wake", SleepState::Stage(Stage::Wake)),
            1.0 => ("rem", SleepState::Stage(Stage::Rem)),
            2.0 | 3.0 => ("light", SleepState::Stage(Stage::Light)),
            4.0 => ("deep", SleepState::Stage(Stage::N3)),
            _ => ("unknown", SleepState::Unknown),
        };
        found.push((since, state, name.to_owned()));
    }
    found.sort_by_key(|(since, ..)| *since);
    Ok(found)
}

fn state_of(word: &str) -> SleepState {
    match word {
        "NONREM1" | "NONREM2" => SleepState::Stage(Stage::Light),
        "NONREM3" => SleepState::Stage(Stage::N3),
        other => states::by_word(other).unwrap_or(SleepState::Unknown),
    }
}

/// How long after the start the clock next shows a time of day. A minute begun before the start is the start's own.
fn since_start(time: &str, start: Stamp) -> Option<i64> {
    let clock = clock::time_of_day(time)?
        .duration_since(jiff::civil::Time::midnight())
        .as_nanos();
    let shown = match start {
        Stamp::Instant {
            ns,
            offset_min: Some(minutes),
        } => ns.checked_add(i64::from(minutes) * NS_PER_MIN)?,
        Stamp::Civil { ns } => ns,
        _ => return None,
    };
    let since = (i64::try_from(clock).ok()? - shown.rem_euclid(NS_PER_DAY)).rem_euclid(NS_PER_DAY);
    Some(if since > NS_PER_DAY - NS_PER_MIN {
        0
    } else {
        since
    })
}

fn ns(at: Stamp) -> Option<i64> {
    match at {
        Stamp::Instant { ns, .. } | Stamp::Civil { ns } => Some(ns),
        Stamp::Slashed { .. } => None,
    }
}

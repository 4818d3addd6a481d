//! Fitbit: `sleep-2023-11-30.json` of the account export, or the answer of its interface.
//!
//! Wall clocks without a zone. `levels.data` tiles the night; `levels.shortData` are wakes of at most 3 min that lie over
//! it. Nights of type `classic` know asleep, restless and awake; the first version of the interface gave them a minute each in
//! `minuteData`: 1 asleep, 2 restless, 3 awake.

use serde::Deserialize;
use serde::de::MapAccess;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::json::{Record, Scalar};
use super::stamp::Stamp;
use super::{Head, Source, json, stamp, states};
use crate::model::night::Stage;

const NS_PER_MIN: i64 = 60 * 1_000_000_000;

/// Whether the head is that of such a file.
pub fn recognises(head: &Head) -> bool {
    head.is_json() && head.text.contains("\"dateOfSleep\"")
}

#[derive(Default)]
struct Log {
    day: Option<Scalar>,
    start: Scalar,
    end: Scalar,
    length_ms: Scalar,
    levels: Option<Levels>,
    minutes: Vec<Minute>,
}

impl Record for Log {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "dateOfSleep" => self.day = Some(map.next_value()?),
            "startTime" => self.start = map.next_value()?,
            "endTime" => self.end = map.next_value()?,
            "duration" => self.length_ms = map.next_value()?,
            "levels" => self.levels = map.next_value()?,
            "minuteData" => self.minutes = map.next_value::<Option<_>>()?.unwrap_or_default(),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn is_one(&self) -> bool {
        self.day.is_some() || self.levels.is_some()
    }
}

#[derive(Deserialize)]
struct Levels {
    data: Option<Vec<Level>>,
    #[serde(rename = "shortData")]
    short_data: Option<Vec<Level>>,
}

#[derive(Deserialize)]
struct Level {
    #[serde(rename = "dateTime", alias = "datetime")]
    at: String,
    level: String,
    seconds: f64,
}

/// A minute of a classic night; its time of day says nothing that its place in the list does not.
#[derive(Deserialize)]
struct Minute {
    value: Scalar,
}

/// The stretches of minutes of one value: how many minutes after the start they begin, how many they last.
fn stretches(minutes: &[Minute]) -> Vec<(i64, i64, &str)> {
    let mut found: Vec<(i64, i64, &str)> = Vec::new();
    for (at, minute) in (0..).zip(minutes) {
        let value = minute.value.text();
        match found.last_mut() {
            Some((_, length, last)) if *last == value => *length += 1,
            _ => found.push((at, 1, value)),
        }
    }
    found
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let logs: Vec<Log> = json::records(&json::text(&mut *source.reader)?)?;
    let mut builder = Builder::new("sleep_fitbit_json", Ends::Length);
    let who = builder.export.source("Fitbit");
    let session = builder.export.word("night");
    for (number, log) in (1..).zip(&logs) {
        let length = match log.length_ms {
            // The first version of the interface told no end.
            Scalar::Number(ms) if (0.0..1e9).contains(&ms) && !log.end.is_given() => {
                Some(End::After((ms * 1e6) as i64))
            }
            _ => None,
        };
        let end = stamp::parse(log.end.text()).map(End::At).or(length);
        let (Some(start), Some(end)) = (stamp::parse(log.start.text()), end) else {
            builder.bad(number, log.start.text())?;
            continue;
        };
        builder.push(Written {
            list: List::Nights,
            line: number,
            start,
            end,
            state: SleepState::InBed,
            word: session,
            source: who,
            clock: WallClock::Unknown,
        })?;
        for (at, length, value) in stretches(&log.minutes) {
            let (word, state) = match value {
                "1" => ("asleep", SleepState::Stage(Stage::Asleep)),
                "2" => ("restless", SleepState::Stage(Stage::Asleep)),
                "3" => ("awake", SleepState::Stage(Stage::Wake)),
                _ => ("unknown", SleepState::Unknown),
            };
            let Stamp::Civil { ns } = start else {
                continue;
            };
            let word = builder.export.word(word);
            let start = Stamp::Civil {
                ns: ns.saturating_add(at * NS_PER_MIN),
            };
            builder.push_stage(number, (start, length * NS_PER_MIN), state, (word, who))?;
        }
        let levels = log.levels.as_ref();
        let lists = [
            (
                List::Intervals,
                levels.and_then(|levels| levels.data.as_ref()),
            ),
            (
                List::ShortWakes,
                levels.and_then(|levels| levels.short_data.as_ref()),
            ),
        ];
        for (list, level) in lists
            .iter()
            .flat_map(|(list, levels)| levels.iter().flat_map(|l| l.iter()).map(|l| (*list, l)))
        {
            let length = level.seconds * 1e9;
            let (Some(start), Some(state), true) = (
                stamp::parse(&level.at),
                states::by_word(&level.level),
                (0.0..1e15).contains(&length),
            ) else {
                builder.bad(number, &level.at)?;
                continue;
            };
            let word = builder.export.word(&level.level);
            builder.push(Written {
                list,
                line: number,
                start,
                end: End::After(length as i64),
                state,
                word,
                source: who,
                clock: WallClock::Unknown,
            })?;
        }
    }
    builder.finish(source.options.date_order)
}

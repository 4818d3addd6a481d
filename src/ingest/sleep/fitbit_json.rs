//! Fitbit: `sleep-2023-11-30.json` of the account export, or the answer of its interface.
//!
//! Wall clocks without a zone. `levels.data` tiles the night; `levels.shortData` are wakes of at most 3 min that lie over
//! it. Nights of type `classic` know asleep, restless and awake.

use serde::Deserialize;
use serde::de::MapAccess;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::json::{Record, Scalar};
use super::{Head, Source, json, stamp, states};

/// Whether the head is that of such a file.
pub fn recognises(head: &Head) -> bool {
    head.is_json() && head.text.contains("\"dateOfSleep\"")
}

#[derive(Default)]
struct Log {
    day: Option<Scalar>,
    start: Scalar,
    end: Scalar,
    levels: Option<Levels>,
}

impl Record for Log {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "dateOfSleep" => self.day = Some(map.next_value()?),
            "startTime" => self.start = map.next_value()?,
            "endTime" => self.end = map.next_value()?,
            "levels" => self.levels = map.next_value()?,
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
    #[serde(rename = "dateTime")]
    at: String,
    level: String,
    seconds: f64,
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let logs: Vec<Log> = json::records(&json::text(&mut *source.reader)?)?;
    let mut builder = Builder::new("sleep_fitbit_json", Ends::Length);
    let who = builder.export.source("Fitbit");
    let session = builder.export.word("night");
    for (number, log) in (1..).zip(&logs) {
        let times = [&log.start, &log.end].map(|at| stamp::parse(at.text()));
        let [Some(start), Some(end)] = times else {
            builder.bad(number, log.start.text())?;
            continue;
        };
        builder.push(Written {
            list: List::Nights,
            line: number,
            start,
            end: End::At(end),
            state: SleepState::InBed,
            word: session,
            source: who,
            clock: WallClock::Unknown,
        })?;
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

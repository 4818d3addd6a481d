//! Garmin: `*_sleepData.json` of the account export (nights only), and the answer of its interface, which alone has the
//! times of stages (`sleepLevels`: 0 deep, 1 light, 2 REM, 3 awake). Stamps are GMT, as text or in milliseconds.

use serde::Deserialize;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::stamp::Stamp;
use super::{Head, Source, json, stamp};
use crate::model::night::Stage;

/// Whether the head is that of such a file.
pub fn recognises(head: &Head) -> bool {
    head.is_json()
        && [
            "sleepStartTimestampGMT",
            "\"sleepLevels\"",
            "\"dailySleepDTO\"",
        ]
        .iter()
        .any(|word| head.text.contains(word))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum When {
    Number(f64),
    Text(String),
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Night {
    #[serde(rename = "sleepStartTimestampGMT")]
    start: Option<When>,
    #[serde(rename = "sleepEndTimestampGMT")]
    end: Option<When>,
    #[serde(rename = "sleepStartTimestampLocal")]
    local_start: Option<When>,
    #[serde(rename = "dailySleepDTO")]
    daily: Option<Box<Night>>,
    #[serde(rename = "sleepLevels")]
    levels: Option<Vec<Level>>,
}

#[derive(Deserialize)]
struct Level {
    #[serde(rename = "startGMT")]
    start: When,
    #[serde(rename = "endGMT")]
    end: When,
    #[serde(rename = "activityLevel")]
    level: f64,
}

/// An instant from GMT text without a zone, or from milliseconds.
fn instant(when: Option<&When>) -> Option<i64> {
    match when? {
        When::Number(ms) if (0.0..4e12).contains(ms) => Some((ms * 1e6) as i64),
        When::Number(_) => None,
        When::Text(text) => match stamp::parse(text)? {
            Stamp::Civil { ns } | Stamp::Instant { ns, .. } => Some(ns),
            Stamp::Slashed { .. } => None,
        },
    }
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let text = json::text(&mut *source.reader)?;
    let nights: Vec<Night> = if json::is_list(&text) {
        json::parse(&text)?
    } else {
        vec![json::parse(&text)?]
    };
    let mut builder = Builder::new("sleep_garmin", Ends::Clock);
    let who = builder.export.source("Garmin");
    for (number, night) in (1..).zip(&nights) {
        let frame = night.daily.as_deref().unwrap_or(night);
        let start = instant(frame.start.as_ref());
        let offset_min = start.and_then(|start| {
            let local = instant(frame.local_start.as_ref())?;
            i16::try_from((local - start) / 60_000_000_000).ok()
        });
        let mut add = |list, from: Option<i64>, to: Option<i64>, name: &str, state| {
            let (Some(from), Some(to)) = (from, to) else {
                return builder.bad(number, name);
            };
            let word = builder.export.word(name);
            let at = |ns| Stamp::Instant { ns, offset_min };
            builder.push(Written {
                list,
                line: number,
                start: at(from),
                end: End::At(at(to)),
                state,
                word,
                source: who,
                clock: WallClock::Unknown,
            })
        };
        // Days without a night have neither stamp.
        if frame.start.is_some() || frame.end.is_some() {
            let end = instant(frame.end.as_ref());
            add(List::Nights, start, end, "night", SleepState::InBed)?;
        }
        for level in night.levels.iter().flatten() {
            let (name, state) = match level.level {
                0.0 => ("deep", SleepState::Stage(Stage::N3)),
                1.0 => ("light", SleepState::Stage(Stage::Light)),
                2.0 => ("rem", SleepState::Stage(Stage::Rem)),
                3.0 => ("awake", SleepState::Stage(Stage::Wake)),
                _ => ("unmeasurable", SleepState::Unknown),
            };
            let (from, to) = (instant(Some(&level.start)), instant(Some(&level.end)));
            add(List::Intervals, from, to, name, state)?;
        }
    }
    builder.finish(source.options.date_order)
}

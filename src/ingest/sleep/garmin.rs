//! Garmin: `*_sleepData.json` of the account export (nights only), and the answer of its interface, which alone has the
//! times of stages (`sleepLevels`: 0 deep, 1 light, 2 REM, 3 awake). Stamps are GMT, as text or in milliseconds. A window
//! without seconds of any stage (`UNCONFIRMED`) is one in which no sleep was found.

use serde::Deserialize;
use serde::de::MapAccess;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::json::{Record, Scalar};
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

/// An answer holds a night's frame in `dailySleepDTO`, and its levels beside that.
#[derive(Default)]
struct Night {
    frame: Frame,
    levels: Option<Vec<Level>>,
    is_one: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Frame {
    #[serde(rename = "sleepStartTimestampGMT")]
    start: Scalar,
    #[serde(rename = "sleepEndTimestampGMT")]
    end: Scalar,
    #[serde(rename = "sleepStartTimestampLocal")]
    local_start: Scalar,
    #[serde(rename = "deepSleepSeconds")]
    deep: Scalar,
    #[serde(rename = "lightSleepSeconds")]
    light: Scalar,
    #[serde(rename = "remSleepSeconds")]
    rem: Scalar,
    #[serde(rename = "awakeSleepSeconds")]
    awake: Scalar,
    #[serde(rename = "sleepTimeSeconds")]
    asleep: Scalar,
}

impl Frame {
    /// Whether sleep was looked for and timed.
    fn is_measured(&self) -> bool {
        [
            &self.deep,
            &self.light,
            &self.rem,
            &self.awake,
            &self.asleep,
        ]
        .iter()
        .any(|seconds| seconds.is_given())
    }
}

impl Record for Night {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "sleepStartTimestampGMT" => self.frame.start = map.next_value()?,
            "sleepEndTimestampGMT" => self.frame.end = map.next_value()?,
            "sleepStartTimestampLocal" => self.frame.local_start = map.next_value()?,
            "deepSleepSeconds" => self.frame.deep = map.next_value()?,
            "lightSleepSeconds" => self.frame.light = map.next_value()?,
            "remSleepSeconds" => self.frame.rem = map.next_value()?,
            "awakeSleepSeconds" => self.frame.awake = map.next_value()?,
            "sleepTimeSeconds" => self.frame.asleep = map.next_value()?,
            "dailySleepDTO" => self.frame = map.next_value::<Option<_>>()?.unwrap_or_default(),
            "sleepLevels" => self.levels = map.next_value()?,
            _ => return Ok(false),
        }
        self.is_one = true;
        Ok(true)
    }

    fn is_one(&self) -> bool {
        self.is_one
    }
}

#[derive(Deserialize)]
struct Level {
    #[serde(rename = "startGMT")]
    start: Scalar,
    #[serde(rename = "endGMT")]
    end: Scalar,
    #[serde(rename = "activityLevel")]
    level: f64,
}

/// An instant from GMT text without a zone, or from milliseconds.
fn instant(when: &Scalar) -> Option<i64> {
    match when {
        Scalar::Number(ms) if (0.0..4e12).contains(ms) => Some((ms * 1e6) as i64),
        Scalar::Number(_) | Scalar::Other(_) => None,
        Scalar::Text(text) => match stamp::parse(text)? {
            Stamp::Civil { ns } | Stamp::Instant { ns, .. } => Some(ns),
            Stamp::Slashed { .. } => None,
        },
    }
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let nights: Vec<Night> = json::records(&json::text(&mut *source.reader)?)?;
    let mut builder = Builder::new("sleep_garmin", Ends::Clock);
    let who = builder.export.source("Garmin");
    let mut unmeasured = 0_u64;
    for (number, night) in (1..).zip(&nights) {
        let frame = &night.frame;
        let is_staged = night
            .levels
            .as_ref()
            .is_some_and(|levels| !levels.is_empty());
        if !is_staged && !frame.is_measured() {
            // Days without a night have neither stamp.
            unmeasured += u64::from(frame.start.is_given());
            continue;
        }
        let start = instant(&frame.start);
        let offset_min = start.and_then(|start| {
            let local = instant(&frame.local_start)?;
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
        if frame.start.is_given() || frame.end.is_given() {
            let end = instant(&frame.end);
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
            let (from, to) = (instant(&level.start), instant(&level.end));
            add(List::Intervals, from, to, name, state)?;
        }
    }
    if unmeasured > 0 {
        builder.export.warn(format!(
            "{unmeasured} nights were left out: the watch measured no sleep in them"
        ));
    }
    builder.finish(source.options.date_order)
}

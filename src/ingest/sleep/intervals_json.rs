//! JSON whose records have a start, an end and a word or a number for what lay between, as several programs write it:
//!
//! * Health Auto Export (iOS), `sleep_analysis`: stages (`startDate`, `endDate`, `value`), or nights with the hours a stage
//!   (`inBedStart`, `sleepStart`, …). Its offsets are the phone's on the day of the export, as Apple's own.
//! * Google Fit: sessions (`fitnessActivity`: `sleep`, `sleep.deep`, …) and `com.google.sleep.segment`, of the takeout and the
//!   interface. Other activities are passed over.
//! * Health Connect by the programs that copy it to JSON (`stages` with `startTime`, `endTime`, `stage`), and Google Health's
//!   interface (`stages` with `type`).
//! * Sleep Cycle's account (`start`, `stop`, `events`): nights only, on the phone's clock.
//! * WHOOP's interface (`timezone_offset`, `nap`): nights only, naps left out.
//!
//! Google Fit and Health Connect number stages alike: 1 awake, 2 asleep, 3 out of bed, 4 light, 5 deep, 6 REM; 7 is awake in
//! bed (`SleepSessionRecord`, `com.google.sleep.segment`).

use serde::de::MapAccess;
use serde_json::Value;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::json::{Record, Scalar};
use super::stamp::Stamp;
use super::{Head, Source, json, stamp, states};
use crate::model::night::Stage;

const GOOGLE_SEGMENT: &str = "com.google.sleep.segment";

/// Programs by the words that stand together in their files: the name of the format, of the source, the words.
const PROGRAMS: [(&str, &str, &[&str]); 6] = [
    (
        "sleep_apple_auto_export",
        "Health Auto Export",
        &["\"sleep_analysis\""],
    ),
    ("sleep_google_fit", "Google Fit", &[GOOGLE_SEGMENT]),
    (
        "sleep_google_fit",
        "Google Fit",
        &["\"fitnessActivity\":\"sleep"],
    ),
    (
        "sleep_whoop_json",
        "WHOOP",
        &["\"timezone_offset\":", "\"nap\":", "\"start\":"],
    ),
    (
        "sleep_cycle_json",
        "Sleep Cycle",
        &["\"start\":", "\"stop\":", "\"events\":[["],
    ),
    (
        "sleep_health_connect_json",
        "Health Connect",
        &["\"stages\":[{", "\"startTime\":", "\"endTime\":"],
    ),
];

/// The program that wrote a head, by its words without blanks.
fn program(text: &str) -> Option<(&'static str, &'static str)> {
    let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    PROGRAMS
        .iter()
        .find(|(.., words)| words.iter().all(|word| close.contains(word)))
        .map(|(format, who, _)| (*format, *who))
}

/// Whether the head is that of such a file.
pub fn recognises(head: &Head) -> bool {
    head.is_json() && program(&head.text).is_some()
}

/// A record as it was written.
#[derive(Default)]
struct Span {
    start: Scalar,
    end: Scalar,
    in_bed_start: Scalar,
    in_bed_end: Scalar,
    /// A word or a number for a stage.
    stage: Scalar,
    /// A word that may be one.
    kind: Scalar,
    activity: Scalar,
    data_type: Scalar,
    source: Scalar,
    offset: Scalar,
    /// Whether its keys speak of sleep.
    of_sleep: bool,
    nap: Option<bool>,
    /// Whether it holds the pieces of a night.
    has_parts: bool,
}

impl Record for Span {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "startDate" | "start" | "startTime" | "start_time" | "startTimeNanos" => {
                self.start = map.next_value()?;
            }
            "endDate" | "end" | "endTime" | "end_time" | "endTimeNanos" => {
                self.end = map.next_value()?;
            }
            "sleepStart" | "sleep_start" => {
                self.of_sleep = true;
                self.start = map.next_value()?;
            }
            "sleepEnd" | "sleep_end" | "stop" => self.end = map.next_value()?,
            "events" => {
                self.of_sleep = true;
                map.next_value::<serde::de::IgnoredAny>()?;
            }
            "inBedStart" => self.in_bed_start = map.next_value()?,
            "inBedEnd" => self.in_bed_end = map.next_value()?,
            "stage" => self.stage = map.next_value()?,
            "value" | "fitValue" => self.stage = said(&map.next_value()?),
            "type" => self.kind = map.next_value()?,
            "fitnessActivity" => self.activity = map.next_value()?,
            "dataTypeName" => self.data_type = map.next_value()?,
            "source" | "app" => self.source = map.next_value()?,
            "timezone_offset" | "startUtcOffset" => self.offset = map.next_value()?,
            "nap" => self.nap = map.next_value::<Value>()?.as_bool(),
            "segment" | "stages" => {
                self.has_parts = true;
                return Ok(false);
            }
            "duration" => {
                self.has_parts = true;
                map.next_value::<serde::de::IgnoredAny>()?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn is_one(&self) -> bool {
        self.start.is_given() && self.end.is_given() || self.in_bed_start.is_given()
    }
}

/// A word, or the whole number that Google wraps into lists and objects.
fn said(value: &Value) -> Scalar {
    match value {
        Value::String(word) => Scalar::Text(word.clone()),
        Value::Array(list) => list.first().map_or_else(Scalar::default, said),
        Value::Object(map) => match (map.get("intVal"), map.get("value")) {
            (Some(number), _) => number.as_f64().map_or_else(Scalar::default, Scalar::Number),
            (None, Some(inner)) => said(inner),
            _ => Scalar::default(),
        },
        _ => Scalar::default(),
    }
}

/// What a record says.
enum Said {
    /// A piece of a night.
    Piece(SleepState, String),
    /// A night or a session.
    Night,
    /// A nap.
    Nap,
    /// A word where a stage should stand.
    Strange,
    /// Something else than sleep.
    Nothing,
}

impl Span {
    fn said(&self) -> Said {
        let (activity, word) = (self.activity.text(), self.stage.text());
        if self.activity.is_given() {
            return match activity.strip_prefix("sleep") {
                Some("") if self.has_parts => Said::Night,
                Some("") => Said::Piece(SleepState::Stage(Stage::Asleep), "asleep".to_owned()),
                Some(rest) => worded(rest.trim_start_matches('.')),
                None => Said::Nothing,
            };
        }
        match self.stage {
            Scalar::Number(code) if !self.data_type.is_given() || self.is_google_segment() => {
                return numbered(code);
            }
            Scalar::Text(_) if !word.is_empty() => return worded(word),
            _ => {}
        }
        match self.nap {
            Some(true) => return Said::Nap,
            Some(false) => return Said::Night,
            None => {}
        }
        if self.of_sleep || self.in_bed_start.is_given() {
            return Said::Night;
        }
        match worded(self.kind.text()) {
            piece @ Said::Piece(SleepState::Stage(_), _) => piece,
            _ => Said::Nothing,
        }
    }

    fn is_google_segment(&self) -> bool {
        self.data_type.text() == GOOGLE_SEGMENT
    }

    /// The ends: those of the time in bed where it is told and holds the sleep.
    fn ends(&self) -> Option<(Stamp, Stamp)> {
        let pair = |from: &Scalar, to: &Scalar| Some((moment(from)?, moment(to)?));
        let sleep = pair(&self.start, &self.end);
        let Some(bed) = pair(&self.in_bed_start, &self.in_bed_end) else {
            return sleep;
        };
        let instants = |(from, to): (Stamp, Stamp)| match (from, to) {
            (Stamp::Instant { ns: from, .. }, Stamp::Instant { ns: to, .. }) => Some((from, to)),
            _ => None,
        };
        match (instants(bed), sleep.and_then(instants)) {
            (Some(bed), Some(slept)) if bed.0 > slept.0 || bed.1 < slept.1 => sleep,
            _ => Some(bed),
        }
    }

    /// The wearer's clock where it stands in a key of its own: `+01:00`, or `3600s`.
    fn clock(&self) -> WallClock {
        let text = self.offset.text();
        let seconds = text.strip_suffix('s').and_then(|s| s.parse::<i32>().ok());
        seconds
            .and_then(|seconds| i16::try_from(seconds / 60).ok())
            .or_else(|| stamp::offset(text))
            .map_or(WallClock::Unknown, WallClock::Offset)
    }
}

fn worded(word: &str) -> Said {
    if word.is_empty() {
        return Said::Nothing;
    }
    match states::by_word(word.trim_start_matches("STAGE_TYPE_")) {
        Some(state) => Said::Piece(state, word.to_lowercase()),
        None => Said::Strange,
    }
}

fn numbered(code: f64) -> Said {
    let whole = if code.fract() == 0.0 { code as i64 } else { -1 };
    let (state, word) = states::by_google_number(whole);
    Said::Piece(state, word.to_owned())
}

/// A stamp, as text or as a number since 1970.
fn moment(at: &Scalar) -> Option<Stamp> {
    match at {
        Scalar::Text(text) => stamp::parse(text),
        Scalar::Number(number) => stamp::parse(&number.to_string()),
        Scalar::Other(_) => None,
    }
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let text = json::text(&mut *source.reader)?;
    let (format, program) = program(&text).unwrap_or(("sleep_intervals_json", "sleep"));
    let spans: Vec<Span> = json::records(&text)?;
    drop(text);
    let mut builder = Builder::new(format, Ends::Clock);
    for (number, span) in (1..).zip(&spans) {
        let (list, state, name) = match span.said() {
            Said::Piece(state, name) => (List::Intervals, state, name),
            Said::Night => (List::Nights, SleepState::InBed, "night".to_owned()),
            Said::Nap => {
                builder.leave_out_nap();
                continue;
            }
            Said::Strange => {
                builder.bad(number, span.stage.text())?;
                continue;
            }
            Said::Nothing => continue,
        };
        let Some((start, end)) = span.ends() else {
            builder.bad(number, span.start.text())?;
            continue;
        };
        let word = builder.export.word(&name);
        let who = match span.source.text() {
            "" => program,
            name => name,
        };
        let who = builder.export.source(who);
        builder.push(Written {
            list,
            line: number,
            start,
            end: End::At(end),
            state,
            word,
            source: who,
            clock: span.clock(),
        })?;
    }
    builder.finish(source.options.date_order)
}

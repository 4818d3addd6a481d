//! Eight Sleep: `sleep_nights.json` of the account, and the interface's intervals and days: sessions that begin at `ts` (seconds
//! since 1970, or a stamp in UTC) and are a list of stages with lengths in seconds, one after another.

use serde::Deserialize;
use serde::de::MapAccess;

use super::builder::Builder;
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState};
use super::json::{Record, Scalar};
use super::{Head, Source, json, stamp, states};
use crate::model::night::Stage;

/// Whether the head is that of such a file.
pub fn recognises(head: &Head) -> bool {
    let has = |word: &str| head.text.contains(word);
    head.is_json() && has("\"ts\"") && has("\"stages\"") && has("\"stage\"") && has("\"duration\"")
}

#[derive(Default)]
struct Session {
    ts: Scalar,
    stages: Vec<Piece>,
}

/// A stage and its seconds.
#[derive(Deserialize)]
struct Piece {
    stage: String,
    duration: f64,
}

/// Of another program's `stages` nothing is taken.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stages {
    Pieces(Vec<Piece>),
    Other(serde::de::IgnoredAny),
}

impl Record for Session {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "ts" => self.ts = map.next_value()?,
            "stages" => {
                if let Stages::Pieces(pieces) = map.next_value()? {
                    self.stages = pieces;
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn is_one(&self) -> bool {
        self.ts.is_given() && !self.stages.is_empty()
    }
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let sessions: Vec<Session> = json::records(&json::text(&mut *source.reader)?)?;
    let mut builder = Builder::new("sleep_eight_sleep", Ends::Length);
    let who = builder.export.source("Eight Sleep");
    for (number, session) in (1..).zip(&sessions) {
        let cell = match &session.ts {
            Scalar::Number(seconds) => seconds.to_string(),
            other => other.text().to_owned(),
        };
        let Some(start) = stamp::parse(&cell) else {
            builder.bad(number, &cell)?;
            continue;
        };
        let mut at = 0_i64;
        for piece in &session.stages {
            let length = (piece.duration * 1e9) as i64;
            let state = match piece.stage.as_str() {
                "out" => Some(SleepState::Stage(Stage::Wake)),
                word => states::by_word(word),
            };
            if length < 0 || state.is_none() {
                builder.bad(number, &piece.stage)?;
            }
            if let Some(state) = state.filter(|_| length > 0) {
                let word = builder.export.word(&piece.stage);
                builder.push_stage(number, (start.later(at), length), state, (word, who))?;
            }
            at = at.saturating_add(length.max(0));
        }
    }
    let mut export = builder.finish(source.options.date_order)?;
    export.forget_utc();
    Ok(export)
}

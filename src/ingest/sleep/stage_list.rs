//! Lists of stages as laboratories write them, row by row: some without ends, some with numbers for stages, some among other
//! events. What only the whole list tells is settled at its end.

use super::builder::Builder;
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState};
use super::stamp::Stamp;
use super::{digits, states, until_next};
use crate::ingest::written::date::DateOrder;
use crate::model::recording::StampKind;

/// What rows are that name no stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// Arousals, breathing, marks: left out.
    Events,
    /// Damage: the list holds stages alone.
    Damage,
}

/// What the times of a list count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zero {
    /// They are stamps.
    Stamps,
    /// The start of the recording.
    Start,
    /// The midnight before the night, whichever that was.
    SomeMidnight,
}

/// Collects a list.
pub struct StageList {
    /// The export under way.
    pub builder: Builder,
    who: u16,
    others: Others,
    n_others: u64,
    open: bool,
}

impl StageList {
    /// For a list of that format, named so as a source.
    pub fn new(format: &'static str, source: &str, others: Others) -> Self {
        let mut builder = Builder::new(format, Ends::Length);
        builder.one_voice = true;
        let who = builder.export.source(source);
        Self {
            builder,
            who,
            others,
            n_others: 0,
            open: false,
        }
    }

    /// Adds a row; without a length it lasts until the next.
    pub fn push(
        &mut self,
        line: u64,
        start: Stamp,
        length_ns: Option<i64>,
        word: &str,
    ) -> Result<(), SleepErrorKind> {
        let state = match (digits::number(word), states::by_word(word), self.others) {
            // What a number is tells the whole list.
            (Some(_), ..) => SleepState::Unknown,
            (None, Some(state), _) => state,
            (None, None, Others::Events) => {
                self.n_others += 1;
                return Ok(());
            }
            (None, None, Others::Damage) => {
                return Err(SleepErrorKind::Damaged {
                    line,
                    seen: word.chars().take(80).collect(),
                    expected: states::EXPECTED,
                });
            }
        };
        self.open |= length_ns.is_none();
        let word = self.builder.export.word(word);
        let lasts = (start, length_ns.unwrap_or(0));
        self.builder
            .push_stage(line, lasts, state, (word, self.who))
    }

    /// The export.
    pub fn finish(
        self,
        order: Option<DateOrder>,
        zero: Zero,
    ) -> Result<SleepExport, SleepErrorKind> {
        let mut export = self.builder.finish(order)?;
        if self.open {
            until_next::close(&mut export);
        }
        digits::settle(&mut export)?;
        match zero {
            Zero::Stamps => {}
            Zero::Start => export.stamps = StampKind::Elapsed,
            Zero::SomeMidnight => export.dateless = true,
        }
        if self.n_others > 0 {
            export.warn(format!(
                "{} rows name no stage of sleep and were left out",
                self.n_others
            ));
        }
        Ok(export)
    }
}

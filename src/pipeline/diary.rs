//! The diary as the commands use it: read, held against the nights of a study, told in words.

use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::error::{Error, Kind};
use crate::ingest::diary::{
    self, DiaryError, DiaryOptions, DiaryReading, RecordedNight, Remark, Weight,
};
use crate::output::rows::NightRow;

/// A diary of a study: the file, and how it is read.
#[derive(Debug, Clone)]
pub struct DiaryFile {
    /// The file.
    pub path: PathBuf,
    /// What the user settled.
    pub options: DiaryOptions,
}

impl From<PathBuf> for DiaryFile {
    /// Everything is found out.
    fn from(path: PathBuf) -> Self {
        let options = DiaryOptions::default();
        Self { path, options }
    }
}

/// A diary that was read, and every remark on it.
#[derive(Debug)]
pub struct Checked {
    /// Name of the file, without folders.
    pub file: String,
    /// The diary.
    pub reading: DiaryReading,
    /// Remarks in order of line, those on the whole diary last.
    pub remarks: Vec<Remark>,
}

/// Reads a diary and looks at it twice; against the nights of a study, where one is given.
///
/// # Errors
/// When the file is no diary as a whole. A cell never is a reason.
pub fn check(of: &DiaryFile, nights: &[NightRow]) -> Result<Checked, Error> {
    let recorded: Vec<RecordedNight> = nights.iter().filter_map(recorded).collect();
    let options = DiaryOptions {
        nights: recorded.iter().map(|night| night.evening).collect(),
        ..of.options.clone()
    };
    let reading = diary::open(&of.path, &options).map_err(|error| told(&of.path, error))?;
    let remarks = diary::check(&reading, &recorded);
    Ok(Checked {
        file: of.path.file_name().map_or_else(
            || of.path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        ),
        reading,
        remarks,
    })
}

/// As [`check`], of a file that may be another table with dates.
///
/// # Errors
/// When no column besides the date is known, as well. Other commands take such a diary: it may hold factors of the wearer's
/// own alone.
pub fn check_closely(of: &DiaryFile, nights: &[NightRow]) -> Result<Checked, Error> {
    let checked = check(of, nights)?;
    let is_diary = checked.reading.must_be_a_diary();
    is_diary.map_err(|error| told(&of.path, error))?;
    Ok(checked)
}

/// The night as a diary can meet it; `None` without a date.
fn recorded(night: &NightRow) -> Option<RecordedNight> {
    let from = night.start_local.map(|start| start.civil());
    let length = SignedDuration::try_from_secs_f64(night.recorded_h * 3600.0).ok();
    Some(RecordedNight {
        evening: night.date?,
        from,
        to: from.and_then(|from| from.checked_add(length?).ok()),
    })
}

fn told(path: &Path, error: DiaryError) -> Error {
    let file = path.display().to_string();
    match error {
        DiaryError::Io(source) => Error::io("read", path, source),
        _ => Error::new(Kind::BadData, "read", format!("{error}."))
            .with_code(error.code())
            .in_file(file),
    }
}

impl Checked {
    /// How many remarks have that weight.
    pub fn n_of(&self, weight: Weight) -> usize {
        self.remarks
            .iter()
            .filter(|remark| remark.weight == weight)
            .count()
    }

    /// How many remarks are about something that was not taken.
    pub fn n_not_taken(&self) -> usize {
        self.remarks
            .iter()
            .filter(|remark| !remark.weight.is_taken())
            .count()
    }

    /// 0; 65 when a cell was not taken.
    pub fn exit_code(&self) -> u8 {
        if self.n_not_taken() > 0 {
            Kind::BadData.exit_code()
        } else {
            0
        }
    }

    /// Every remark on a line of its own, and what was understood.
    pub fn in_words(&self) -> String {
        let mut out = String::new();
        for remark in &self.remarks {
            out.push_str(&format!("{}: {remark}\n", self.file));
        }
        out.push_str(&self.understood());
        out.push('\n');
        out
    }

    /// One line: what was taken from the diary, and what was not.
    pub fn understood(&self) -> String {
        let diary = &self.reading.diary;
        let dates = diary.entries.first().zip(diary.entries.last());
        let period = dates.map_or_else(String::new, |(first, last)| {
            format!(" from {} to {}", first.date, last.date)
        });
        let what = [
            counted(diary.entries.len(), "row") + &period,
            counted(
                diary
                    .entries
                    .iter()
                    .filter(|entry| !entry.ratings.is_empty())
                    .count(),
                "row",
            ) + " with a rating",
            counted(diary.factors.len(), "factor column"),
            counted(diary.laboratory.len(), "laboratory value"),
        ]
        .join(", ");
        let doubts = Weight::ALL
            .map(|weight| counted(self.n_of(weight), weight.name()))
            .join(", ");
        format!("{}: {what}; {doubts}.", self.file)
    }

    /// Everything for a program to read.
    pub fn to_json(&self) -> Value {
        let remarks: Vec<Value> = self
            .remarks
            .iter()
            .map(|remark| {
                let place = remark.place.as_ref();
                json!({
                    "weight": remark.weight.name(),
                    "taken": remark.weight.is_taken(),
                    "code": remark.code,
                    "line": place.map(|place| place.line),
                    "column": place.map(|place| place.column),
                    "header": place.map(|place| place.header.as_str()),
                    "seen": remark.seen,
                    "message": remark.message,
                    "fix": remark.fix,
                })
            })
            .collect();
        let decisions: Vec<Value> = self
            .reading
            .decisions
            .iter()
            .map(|d| json!({"what": d.what, "value": d.value, "because": d.because}))
            .collect();
        let diary = &self.reading.diary;
        json!({
            "file": self.file,
            "rows": diary.entries.len(),
            "laboratory_values": diary.laboratory.len(),
            "factors": diary.factors.iter().map(|factor| factor.name.as_str()).collect::<Vec<_>>(),
            "cells_not_taken": diary.unplaced.len(),
            "remarks": remarks,
            "decisions": decisions,
        })
    }
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 {
        format!("1 {what}")
    } else {
        format!("{n} {what}s")
    }
}

//! A study with everything that is drawn of it: tables read back, nights told together, the diary beside them.

use std::path::Path;

use super::diary::{self, Checked, DiaryFile};
use super::diary_choice::as_analyzed;
use super::study_folder::{self, Envelopes};
use super::whose::Whose;
use super::{associations, rows};
use crate::analysis::summarize::study::summarize;
use crate::error::Error;
use crate::ingest::diary::Weight;
use crate::model::study::{StudyNight, StudySummary};
use crate::output::rows::{ByNight, StudyHourRow, StudyRows, settle};
use crate::output::words::Words;

/// Everything of a study.
#[derive(Debug)]
pub struct Gathered {
    /// The rows, rounded as they are written: tables, charts and pages draw from these.
    pub rows: StudyRows,
    /// What the nights say together.
    pub summary: StudySummary,
    /// The diary, where one was given.
    pub diary: Option<Checked>,
    /// Sentences on what is missing, odd, or was not taken.
    pub notes: Vec<String>,
}

/// Reads a study's folder and the diary, and puts them beside each other.
///
/// # Errors
/// When the folder is no study or damaged, holds nights of several people where one's are wanted, or the file is no diary.
pub fn gather(
    study: &Path,
    whose: Whose,
    diary: Option<&DiaryFile>,
    words: &Words,
    envelopes: Envelopes,
) -> Result<Gathered, Error> {
    let folder = study_folder::open(study, envelopes)?;
    let (mut rows, mut notes) = (folder.rows, folder.notes);
    whose.choose(&mut rows, study)?;
    let summary = tell(&mut rows);
    let diary = match diary {
        None => None,
        Some(file) => {
            let (file, note) = as_analyzed(file, study);
            notes.extend(note);
            let checked = diary::check(&file, &rows.nights)?;
            associations::fill(&mut rows, &summary, &checked.reading.diary, words)?;
            notes.extend(diary_notes(&checked, &file, study, &rows));
            Some(checked)
        }
    };
    settle_all(&mut rows);
    Ok(Gathered {
        rows,
        summary,
        diary,
        notes,
    })
}

/// What the nights say together, and the rows of it.
fn tell(rows: &mut StudyRows) -> StudySummary {
    let by_night = ByNight::new(&rows.movements, &rows.spans);
    let nights: Vec<StudyNight> = rows
        .nights
        .iter()
        .map(|night| by_night.study_night(night))
        .collect();
    let summary = summarize(&nights);
    rows.profile = rows::profile_rows(&summary.profile);
    rows.study_hours = StudyHourRow::of(&summary);
    let left_out = summary.left_out.iter();
    rows.left_out = left_out.map(|(night, _)| night.clone()).collect();
    rows.intervals = rows::interval_rows(&summary.used, &by_night);
    summary
}

/// What there is to say of a diary in a line or two; `diary check` says the rest.
fn diary_notes(checked: &Checked, file: &DiaryFile, study: &Path, rows: &StudyRows) -> Vec<String> {
    let mut notes = Vec::new();
    let check = format!(
        "`legtrace diary check {} --study {}`",
        file.path.display(),
        study.display()
    );
    let was = |n: usize, what: &str| match n {
        0 => None,
        1 => Some(format!("1 entry {}", what.replace("were", "was"))),
        _ => Some(format!("{n} entries {what}")),
    };
    let told: Vec<String> = [
        was(checked.n_not_taken(), "were unclear and left out"),
        was(checked.n_of(Weight::Doubt), "were doubtful, though taken"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !told.is_empty() {
        notes.push(format!(
            "{}: {}. {check} names each.",
            checked.file,
            told.join(", ")
        ));
    }
    // What would otherwise leave tables and pages empty, or be silently so.
    let whole = checked.remarks.iter().filter(|remark| {
        ["no_rows", "no_rating", "date_order", "words_not_compared"].contains(&remark.code)
    });
    notes.extend(whole.map(|remark| format!("{}: {remark}", checked.file)));
    if checked.reading.diary.entries.is_empty() {
        return notes;
    }
    if rows.nights.iter().all(|night| night.date.is_none()) {
        notes.push(
            "no night of the study has a date, so the diary stands beside none: give --start or --tz to `legtrace analyze`."
                .to_owned(),
        );
    } else if !checked.reading.diary.entries.iter().any(|entry| {
        rows.nights
            .iter()
            .any(|night| night.date == Some(entry.date))
    }) {
        notes.push(format!(
            "{}: no row is of a recorded night. {check} names the nearest.",
            checked.file
        ));
    }
    notes
}

/// Rounds what was computed here to the decimals of its columns; what was read is rounded already.
fn settle_all(rows: &mut StudyRows) {
    settle(&mut rows.profile);
    settle(&mut rows.intervals);
    settle(&mut rows.ratings);
    settle(&mut rows.events);
    settle(&mut rows.factors);
    settle(&mut rows.pairs);
    settle(&mut rows.associations);
    settle(&mut rows.comparisons);
    settle(&mut rows.laboratory);
}

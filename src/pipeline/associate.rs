//! `associate`: the diary beside the nights as tables, for those who compute with them.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::Progress;
use super::associations::MEASURES;
use super::atomic::{Existing, ResultSet};
use super::diary::DiaryFile;
use super::gather::{Gathered, gather};
use super::store::write_table;
use super::study_folder::Envelopes;
use super::whose::Whose;
use crate::error::Error;
use crate::output::rows::Row;
use crate::output::words::{Language, Words};

/// What `associate` was asked for.
#[derive(Debug)]
pub struct Request {
    /// Folder that `analyze` wrote.
    pub study: PathBuf,
    /// Whose nights, where the study has nights of several people.
    pub person: Option<String>,
    /// The diary.
    pub diary: DiaryFile,
    /// Folder for the tables; none: `associations` in the study's folder.
    pub out: Option<PathBuf>,
    /// What to do about tables that are there.
    pub existing: Existing,
    /// Language of the sentences.
    pub language: Language,
    /// Parquet beside CSV.
    pub parquet: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Done {
    /// The study with the answers.
    pub of: Gathered,
    /// The files.
    pub written: Vec<PathBuf>,
}

/// Answers the questions of a study and writes the tables.
///
/// # Errors
/// When the study or the diary cannot be read, or a table not be written.
pub fn run(request: &Request, progress: &mut dyn Progress) -> Result<Done, Error> {
    let words = Words::of(request.language);
    let of = gather(
        &request.study,
        Whose::One(request.person.as_deref()),
        Some(&request.diary),
        &words,
        Envelopes::Leave,
    )?;
    for note in &of.notes {
        progress.say(note);
    }
    let out = request
        .out
        .clone()
        .unwrap_or_else(|| request.study.join("associations"));
    let mut set = ResultSet::begin(&out, request.existing, &["associations.csv", "pairs.csv"])?;
    let rows = &of.rows;
    let parquet = request.parquet;
    write_table(&mut set, &rows.profile, parquet)?;
    write_table(&mut set, &rows.intervals, parquet)?;
    write_table(&mut set, &rows.ratings, parquet)?;
    write_table(&mut set, &rows.events, parquet)?;
    write_table(&mut set, &rows.factors, parquet)?;
    write_table(&mut set, &rows.pairs, parquet)?;
    write_table(&mut set, &rows.comparisons, parquet)?;
    write_table(&mut set, &rows.laboratory, parquet)?;
    write_table(&mut set, &rows.associations, parquet)?;
    let written = set.publish()?;
    Ok(Done { of, written })
}

impl Done {
    /// A sentence for each answer.
    pub fn in_words(&self) -> String {
        let rows = &self.of.rows;
        // One sentence a value: the index around it. The table has the other measures, and values of a test that was compared
        // night by night. Ferritin is told always: with it stands its CRP.
        let compared = |test: &str| {
            rows.comparisons
                .iter()
                .any(|row| row.kind == "laboratory" && row.factor == test)
        };
        let told = rows.laboratory.iter().filter(|row| {
            row.measure == MEASURES[0] && (row.crp.is_some() || !compared(&row.test))
        });
        let sentences = rows
            .associations
            .iter()
            .map(|row| &row.sentence)
            .chain(rows.comparisons.iter().map(|row| &row.sentence))
            .chain(told.map(|row| &row.sentence));
        let mut out = String::new();
        for sentence in sentences {
            out.push_str(sentence);
            out.push('\n');
        }
        if out.is_empty() {
            out.push_str("The diary holds no rating, no factor and no laboratory value.\n");
        }
        out
    }

    /// The answers for a program to read.
    pub fn to_json(&self) -> Value {
        fn all<R: Row>(rows: &[R]) -> Vec<Value> {
            rows.iter()
                .map(|row| Value::Object(row.to_json()))
                .collect()
        }
        let rows = &self.of.rows;
        json!({
            "associations": all(&rows.associations),
            "comparisons": all(&rows.comparisons),
            "laboratory": all(&rows.laboratory),
            "nights": self.of.summary.used,
            "notes": self.of.notes,
            "written": self.written.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
        })
    }
}

//! A study's folder read back: the tables that `analyze` wrote, as rows.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::Path;

use serde_json::Value;

use crate::error::{Error, Kind};
use crate::output::rows::{
    FileRow, HourRow, MovementRow, NightRow, Row, SpanRow, StudyRows, Trace,
};
use crate::output::tables::{self, ReadTableError};

/// A study's tables, and what is odd about its folder.
#[derive(Debug, Default)]
pub struct StudyFolder {
    /// The rows.
    pub rows: StudyRows,
    /// Sentences on what is missing or of another version; empty for a study as it was written.
    pub notes: Vec<String>,
}

/// Whether the envelopes are read too: of 21 nights they are half a million rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Envelopes {
    /// They are drawn.
    Read,
    /// Nothing draws them.
    Leave,
}

/// Reads the tables of a study in order of the nights' dates.
///
/// # Errors
/// When there is no such folder, it is no study, or a table is damaged.
pub fn open(folder: &Path, envelopes: Envelopes) -> Result<StudyFolder, Error> {
    must_be_a_study(folder)?;
    let mut notes = Vec::new();
    let version = version_of(folder, &mut notes);
    let table = Table {
        folder,
        version: version.as_deref(),
    };
    let mut rows = StudyRows {
        nights: table.required::<NightRow>()?,
        movements: table.required::<MovementRow>()?,
        hours: table.required::<HourRow>()?,
        spans: table.required::<SpanRow>()?,
        files: table.optional::<FileRow>(&mut notes)?,
        ..StudyRows::default()
    };
    if rows.nights.is_empty() {
        return Err(Error::new(
            Kind::BadData,
            "read",
            "the study has no night: nights.csv holds its header alone. files.csv says what became of each input.",
        )
        .with_code("no_nights")
        .in_file(folder.display().to_string()));
    }
    same_night_twice(&rows.nights, folder)?;
    if envelopes == Envelopes::Read {
        rows.traces = table.traces(&mut notes)?;
    }
    rows.periodogram = table.if_there()?;
    rows.stages = table.if_there()?;
    rows.nights
        .sort_by(|a, b| (a.date, &a.night).cmp(&(b.date, &b.night)));
    strangers(&rows, &mut notes);
    Ok(StudyFolder { rows, notes })
}

/// Whether there is a study at that place.
pub fn is_study(folder: &Path) -> bool {
    folder.join("nights.csv").is_file()
}

/// That the folder is one, and holds what makes it a study.
fn must_be_a_study(folder: &Path) -> Result<(), Error> {
    let refused = |kind: Kind, message: String| {
        Err(Error::new(kind, "read", message)
            .with_code("no_study")
            .in_file(folder.display().to_string()))
    };
    let meta = fs::metadata(folder).map_err(|source| Error::io("read", folder, source))?;
    if !meta.is_dir() {
        return refused(
            Kind::NoInput,
            "is a file; give the folder that `legtrace analyze FOLDER --out STUDY` wrote."
                .to_owned(),
        );
    }
    if is_study(folder) {
        return Ok(());
    }
    let inner = fs::read_dir(folder)
        .map_err(|source| Error::io("read", folder, source))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| is_study(path))
        .min();
    let hint = match inner {
        Some(inner) => format!("Did you mean {}?", inner.display()),
        None => "Give the folder that `legtrace analyze FOLDER --out STUDY` wrote; \
                 for a folder of recordings, run that first."
            .to_owned(),
    };
    refused(
        Kind::NoInput,
        format!("is no study: there is no nights.csv in it. {hint}"),
    )
}

/// The version in the manifest, where it is another than ours. The manifest is written last, so a study without one may
/// be half a study.
fn version_of(folder: &Path, notes: &mut Vec<String>) -> Option<String> {
    let manifest = fs::read(folder.join("manifest.json"))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let Some(manifest) = manifest else {
        notes.push(
            "the study has no readable manifest.json, so its tables may be of different runs; \
             run `legtrace analyze` again if in doubt."
                .to_owned(),
        );
        return None;
    };
    let version = manifest.get("version")?.as_str()?;
    if version == env!("CARGO_PKG_VERSION") {
        return None;
    }
    notes.push(format!(
        "the study was written by legtrace {version}, this is {}: columns that did not exist then are left empty.",
        env!("CARGO_PKG_VERSION")
    ));
    Some(version.to_owned())
}

/// A table of the folder.
struct Table<'a> {
    folder: &'a Path,
    version: Option<&'a str>,
}

impl Table<'_> {
    fn required<R: Row>(&self) -> Result<Vec<R>, Error> {
        let name = format!("{}.csv", R::TABLE);
        match self.file(&name)? {
            Some(file) => tables::read_csv(file).map_err(|error| self.damaged(&name, error)),
            None => Err(Error::new(
                Kind::NoInput,
                "read",
                "is missing from the study. Run `legtrace analyze` again with --force.",
            )
            .with_code("table_missing")
            .in_file(self.folder.join(name).display().to_string())),
        }
    }

    fn optional<R: Row>(&self, notes: &mut Vec<String>) -> Result<Vec<R>, Error> {
        let name = format!("{}.csv", R::TABLE);
        if self.file(&name)?.is_none() {
            notes.push(format!(
                "{name} is missing from the study; what it tells is left out."
            ));
        }
        self.if_there()
    }

    /// The rows of a table that not every study has.
    fn if_there<R: Row>(&self) -> Result<Vec<R>, Error> {
        let name = format!("{}.csv", R::TABLE);
        match self.file(&name)? {
            Some(file) => tables::read_csv(file).map_err(|error| self.damaged(&name, error)),
            None => Ok(Vec::new()),
        }
    }

    fn traces(&self, notes: &mut Vec<String>) -> Result<Vec<Trace>, Error> {
        match self.file("trace.csv")? {
            Some(file) => {
                tables::read_traces(file).map_err(|error| self.damaged("trace.csv", error))
            }
            None => {
                notes.push("trace.csv is missing from the study; no envelope is drawn.".to_owned());
                Ok(Vec::new())
            }
        }
    }

    /// Opens a file of the study; `None` when it is not there.
    fn file(&self, name: &str) -> Result<Option<BufReader<File>>, Error> {
        let path = self.folder.join(name);
        match File::open(&path) {
            Ok(file) => Ok(Some(BufReader::with_capacity(1 << 17, file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("read", &path, error)),
        }
    }

    fn damaged(&self, name: &str, error: ReadTableError) -> Error {
        let path = self.folder.join(name).display().to_string();
        let kind = if error.is_io() {
            Kind::Io
        } else {
            Kind::BadData
        };
        let hint = match self.version {
            Some(version) => format!(
                "The study was written by legtrace {version}: run `legtrace analyze` again with --force."
            ),
            None => "Run `legtrace analyze` again with --force, or undo the change to the table."
                .to_owned(),
        };
        Error::new(kind, "read", format!("{error}. {hint}"))
            .with_code("damaged_table")
            .in_file(path)
            .caused_by(error)
    }
}

/// The other tables refer to nights by their identifier: two of one name cannot be told apart.
fn same_night_twice(nights: &[NightRow], folder: &Path) -> Result<(), Error> {
    let mut names: Vec<&str> = nights.iter().map(|night| night.night.as_str()).collect();
    names.sort_unstable();
    let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
    match twice {
        None => Ok(()),
        Some(pair) => Err(Error::new(
            Kind::BadData,
            "read",
            format!(
                "two rows have the night {:?}. Was the table edited, or put together from two studies? \
                 Run `legtrace analyze` on all recordings at once.",
                pair[0]
            ),
        )
        .with_code("night_twice")
        .in_file(folder.join("nights.csv").display().to_string())),
    }
}

/// Rows of nights that nights.csv does not have: it was cut short, or nights were taken out by hand.
fn strangers(rows: &StudyRows, notes: &mut Vec<String>) {
    let nights = rows.nights.iter().map(|night| night.night.as_str());
    let mut seen: HashSet<&str> = nights.collect();
    let mut missing: Vec<&str> = Vec::new();
    let named = rows
        .hours
        .iter()
        .map(|row| row.night.as_str())
        .chain(rows.spans.iter().map(|row| row.night.as_str()));
    for night in named {
        if seen.insert(night) {
            missing.push(night);
        }
    }
    if !missing.is_empty() {
        notes.push(format!(
            "nights.csv has no row for {}, which other tables speak of; left out.",
            missing.join(", ")
        ));
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::pipeline::atomic::{Existing, ResultSet};
    use crate::pipeline::study::Study;

    struct Scratch(PathBuf);

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// A study of nights by name, written as `analyze` writes it.
    fn written(name: &str, nights: &[&str]) -> Scratch {
        let folder =
            std::env::temp_dir().join(format!("legtrace-read-back-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let mut study = Study::default();
        study.nights.extend(nights.iter().map(|id| NightRow {
            night: (*id).to_owned(),
            ..NightRow::default()
        }));
        let mut set = ResultSet::begin(&folder, Existing::Keep, &[]).unwrap();
        study.write_tables(&mut set, false).unwrap();
        let manifest = format!("{{\"version\":\"{}\"}}", env!("CARGO_PKG_VERSION"));
        set.write("manifest.json", manifest.as_bytes()).unwrap();
        set.publish().unwrap();
        Scratch(folder)
    }

    fn refused(folder: &Path) -> (Kind, String, String) {
        let error = open(folder, Envelopes::Read).unwrap_err();
        (error.kind(), error.code().to_owned(), error.to_string())
    }

    #[test]
    fn what_was_written_is_read_without_a_word() {
        let study = written("plain", &["b", "a"]);
        let read = open(&study.0, Envelopes::Read).unwrap();
        assert_eq!(read.notes, Vec::<String>::new());
        let names: Vec<&str> = read
            .rows
            .nights
            .iter()
            .map(|row| row.night.as_str())
            .collect();
        assert_eq!(names, ["a", "b"]);
    }

    #[test]
    fn a_folder_that_is_no_study_says_what_to_give() {
        let study = written("outer/inner", &["a"]);
        let outer = study.0.parent().unwrap();
        let (kind, code, message) = refused(outer);
        assert_eq!((kind, code.as_str()), (Kind::NoInput, "no_study"));
        assert!(
            message.contains("Did you mean") && message.contains("inner"),
            "{message}"
        );
        let (kind, _, message) = refused(&study.0.join("nights.csv"));
        assert!(
            kind == Kind::NoInput && message.contains("is a file"),
            "{message}"
        );
        let (kind, _, message) = refused(&study.0.join("nowhere"));
        assert!(
            kind == Kind::NoInput && message.contains("nowhere"),
            "{message}"
        );
        let _ = fs::remove_dir_all(outer);
    }

    #[test]
    fn a_damaged_study_names_the_table_and_the_line() {
        let study = written("damaged", &["a"]);
        let nights = study.0.join("nights.csv");
        let whole = fs::read_to_string(&nights).unwrap();

        fs::write(&nights, whole.lines().next().unwrap()).unwrap();
        assert_eq!(refused(&study.0).1, "no_nights");

        let broken = whole.replacen("not stated", "in my dreams", 1);
        fs::write(&nights, broken).unwrap();
        let (kind, code, message) = refused(&study.0);
        assert_eq!((kind, code.as_str()), (Kind::BadData, "damaged_table"));
        assert!(
            message.contains("nights.csv") && message.contains("line 2"),
            "{message}"
        );

        let row = whole.lines().nth(1).unwrap();
        fs::write(&nights, format!("{whole}{row}\n")).unwrap();
        assert_eq!(refused(&study.0).1, "night_twice");

        fs::write(&nights, whole).unwrap();
        fs::remove_file(study.0.join("spans.csv")).unwrap();
        let (kind, _, message) = refused(&study.0);
        assert!(
            kind == Kind::NoInput && message.contains("spans.csv"),
            "{message}"
        );
    }

    #[test]
    fn what_can_be_done_without_is_noted() {
        let study = written("notes", &["a"]);
        fs::remove_file(study.0.join("trace.csv")).unwrap();
        fs::remove_file(study.0.join("files.csv")).unwrap();
        fs::write(study.0.join("manifest.json"), "{\"version\":\"0.0.1\"}").unwrap();
        let notes = open(&study.0, Envelopes::Read).unwrap().notes;
        assert_eq!(notes.len(), 3, "{notes:?}");
        assert!(notes[0].contains("0.0.1"), "{notes:?}");
        // A study whose envelopes nobody draws misses nothing in them.
        assert_eq!(open(&study.0, Envelopes::Leave).unwrap().notes.len(), 2);
        fs::remove_file(study.0.join("manifest.json")).unwrap();
        let notes = open(&study.0, Envelopes::Leave).unwrap().notes;
        assert!(notes[0].contains("manifest.json"), "{notes:?}");
    }
}

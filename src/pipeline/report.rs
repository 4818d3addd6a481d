//! `report`: the pages of a study, as PDF and HTML.

use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Progress;
use super::atomic::{Existing, not_there, write_file};
use super::diary::DiaryFile;
use super::gather::{Gathered, gather};
use super::study_folder::{Envelopes, is_study};
use super::whose::Whose;
use crate::error::{Error, Kind};
use crate::output::report::{self, Options, ReportError, StudyView};
use crate::output::rows::NightRow;
use crate::output::words::Words;

/// What `report` was asked for.
#[derive(Debug)]
pub struct Request {
    /// Folder that `analyze` wrote.
    pub study: PathBuf,
    /// Whose nights, where the study has nights of several people.
    pub person: Option<String>,
    /// The diary, where there is one.
    pub diary: Option<DiaryFile>,
    /// Files to write: their endings say whether PDF or HTML. None: `report.pdf` in the study's folder.
    pub out: Vec<PathBuf>,
    /// What to do about files that are there.
    pub existing: Existing,
    /// Language, audience, paper, name. Without a date, today is taken.
    pub options: Options,
}

/// What came of it.
#[derive(Debug)]
pub struct Done {
    /// The study that the pages show.
    pub of: Gathered,
    /// The files.
    pub written: Vec<PathBuf>,
    /// How long it took, in seconds.
    pub wall_s: f64,
}

/// A medium of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Medium {
    Pdf,
    Html,
}

impl Medium {
    fn of(path: &Path) -> Result<Self, Error> {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("pdf") => Ok(Self::Pdf),
            Some("html" | "htm") => Ok(Self::Html),
            _ => Err(Error::new(
                Kind::Usage,
                "report",
                "the report is a .pdf or a .html: give the file one of these endings.",
            )
            .in_file(path.display().to_string())),
        }
    }
}

/// Writes the pages.
///
/// # Errors
/// When the study or the diary cannot be read, or a file not be written.
pub fn run(request: &Request, progress: &mut dyn Progress) -> Result<Done, Error> {
    let began = Instant::now();
    let out = match request.out.as_slice() {
        [] => vec![request.study.join("report.pdf")],
        named => named.to_vec(),
    };
    let mut media = Vec::with_capacity(out.len());
    for path in &out {
        media.push(Medium::of(path)?);
    }
    // Told before the work, not after it. A study that is none is told first.
    if is_study(&request.study) {
        for path in &out {
            not_there(path, request.existing)?;
        }
    }
    let words = Words::of(request.options.language);
    progress.begin("reading the study", 1 + out.len());
    let of = gather(
        &request.study,
        Whose::One(request.person.as_deref()),
        request.diary.as_ref(),
        &words,
        Envelopes::Read,
    )?;
    for note in &of.notes {
        progress.say(note);
    }
    let mut options = request.options.clone();
    options.name = options.name.or_else(|| request.person.clone());
    options.made_on = options.made_on.or_else(|| today(&of.rows.nights));
    let view = StudyView {
        rows: &of.rows,
        summary: &of.summary,
    };
    for (path, medium) in out.iter().zip(media) {
        progress.step(&path.display().to_string());
        let bytes = match medium {
            Medium::Pdf => report::pdf(&view, &options),
            Medium::Html => report::html(&view, &options).map(String::into_bytes),
        }
        .map_err(|error| told(error, &request.study))?;
        write_file(path, request.existing, &bytes)?;
    }
    Ok(Done {
        of,
        written: out,
        wall_s: began.elapsed().as_secs_f64(),
    })
}

fn told(error: ReportError, study: &Path) -> Error {
    let kind = match error {
        ReportError::NoNights => Kind::BadData,
        _ => Kind::Io,
    };
    Error::new(kind, "report", format!("{error}."))
        .in_file(study.display().to_string())
        .caused_by(error)
}

/// Today where the wearer was last, else in UTC.
fn today(nights: &[NightRow]) -> Option<Date> {
    let zone = nights
        .last()
        .and_then(|night| TimeZone::get(night.zone.as_deref()?).ok())
        .unwrap_or(TimeZone::UTC);
    Some(Timestamp::now().to_zoned(zone).date())
}

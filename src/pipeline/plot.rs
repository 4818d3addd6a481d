//! `plot`: one chart of a study as SVG, PNG or PDF.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::agreement;
use super::atomic::{Existing, not_there, write_file};
use super::diary::DiaryFile;
use super::gather::gather;
use super::study_folder::Envelopes;
use super::whose::Whose;
use super::{PNG_SCALE, Progress};
use crate::error::{Error, Kind};
use crate::output::charts::{self, ChartError, Drawing, KINDS, Setup};
use crate::output::report;
use crate::output::rows::{NightRow, Row, StudyRows};
use crate::output::tables;
use crate::output::words::{Language, Words};

/// What `plot` was asked for.
#[derive(Debug)]
pub struct Request {
    /// Name of the kind of chart.
    pub kind: String,
    /// Folder that `analyze` wrote; for a benchmark that of `bench`, for agreement also that of `evaluate`.
    pub study: PathBuf,
    /// Whose nights, where the study has nights of several people.
    pub person: Option<String>,
    /// The diary, where there is one.
    pub diary: Option<DiaryFile>,
    /// A study of the same nights measured otherwise, for agreement.
    pub reference: Option<PathBuf>,
    /// The night to show: its identifier, its date, or its number from 1.
    pub night: Option<String>,
    /// The measure to show.
    pub measure: Option<String>,
    /// The rating to show.
    pub rating: Option<String>,
    /// `same_night` or `next_day`.
    pub lag: Option<String>,
    /// The factors to show.
    pub factors: Vec<String>,
    /// A line across the index.
    pub line_per_h: Option<f64>,
    /// Width in px.
    pub width: f64,
    /// Language.
    pub language: Language,
    /// File to write; its ending says what. None: `<kind>.svg` here.
    pub out: Option<PathBuf>,
    /// What to do about a file that is there.
    pub existing: Existing,
}

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Svg,
    Png,
    Pdf,
}

impl Format {
    fn of(path: &Path) -> Result<Self, Error> {
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("svg") => Ok(Self::Svg),
            Some("png") => Ok(Self::Png),
            Some("pdf") => Ok(Self::Pdf),
            _ => Err(Error::new(
                Kind::Usage,
                "plot",
                "a chart is a .svg, a .png or a .pdf: give the file one of these endings.",
            )
            .in_file(path.display().to_string())),
        }
    }
}

/// What a chart needs beside the tables of `analyze`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    Diary,
    Reference,
    Benchmark,
}

impl Needs {
    fn of(kind: &charts::Kind) -> Self {
        let any = |tables: &[&str]| kind.needs.iter().any(|need| tables.contains(need));
        if any(&["benchmark"]) {
            Self::Benchmark
        } else if any(&["agreement"]) {
            Self::Reference
        } else if any(&["pairs", "factors", "comparisons"]) {
            Self::Diary
        } else {
            Self::Nothing
        }
    }
}

/// The kinds, a line each.
pub fn kinds_in_words() -> String {
    let lines = KINDS.iter().map(|kind| {
        let needs = match Needs::of(kind) {
            Needs::Nothing => "",
            Needs::Diary => " (with --diary)",
            Needs::Reference => " (with --reference)",
            Needs::Benchmark => " (of a benchmark's folder)",
        };
        format!("{:<12} {}{needs}\n", kind.name, kind.about)
    });
    lines.collect()
}

/// Draws and writes; gives the file.
///
/// # Errors
/// When the study cannot be read, holds nothing that the chart could show, or the file cannot be written.
pub fn run(request: &Request, progress: &mut dyn Progress) -> Result<PathBuf, Error> {
    let kind = charts::Kind::named(&request.kind).ok_or_else(|| {
        let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
        usage(format!(
            "there is no chart {:?}. There are {}.",
            request.kind,
            names.join(", ")
        ))
    })?;
    let out = request
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{}.svg", kind.name)));
    let format = Format::of(&out)?;
    not_there(&out, request.existing)?;
    let words = Words::of(request.language);
    let rows = rows(request, kind, &words, progress)?;
    let night = match &request.night {
        Some(asked) => Some(chosen(&rows.nights, asked)?),
        None => None,
    };
    refuse_unknown(request, &rows)?;
    let factors: Vec<&str> = request.factors.iter().map(String::as_str).collect();
    let drawing = (kind.draw)(
        &rows,
        &charts::Request {
            setup: Setup {
                width: request.width,
                ..Setup::new(&words)
            },
            night,
            measure: request.measure.as_deref(),
            rating: request.rating.as_deref(),
            lag: request.lag.as_deref(),
            factors: &factors,
            line_per_h: request.line_per_h,
        },
    )
    .map_err(|error| nothing(error, request))?;
    let bytes = bytes(&drawing, format, request)?;
    write_file(&out, request.existing, &bytes)?;
    Ok(out)
}

fn bytes(drawing: &Drawing, format: Format, request: &Request) -> Result<Vec<u8>, Error> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| {
        Error::new(
            Kind::Io,
            "draw",
            format!("the chart could not be drawn: {error}."),
        )
    };
    match format {
        Format::Svg => Ok(drawing.svg.clone().into_bytes()),
        Format::Png => drawing
            .png(PNG_SCALE)
            .map_err(|error| failed(Box::new(error))),
        Format::Pdf => report::chart_pdf(drawing, request.language)
            .map_err(|error| failed(error.to_string().into())),
    }
}

/// The rows that the chart draws from.
fn rows(
    request: &Request,
    kind: &charts::Kind,
    words: &Words,
    progress: &mut dyn Progress,
) -> Result<StudyRows, Error> {
    match Needs::of(kind) {
        Needs::Benchmark => return benchmark(&request.study),
        Needs::Diary if request.diary.is_none() => {
            return Err(usage(format!(
                "the chart {} needs a diary: add --diary FILE. `legtrace diary template -o diary.csv` writes one to fill in.",
                kind.name
            )));
        }
        Needs::Reference if request.reference.is_none() => {
            return match agreement_of(&request.study)? {
                Some(rows) => Ok(rows),
                None => Err(usage(format!(
                    "the chart {} needs a second measurement of the same nights: add --reference STUDY, a folder that \
                     analyze wrote of the other sensor, or a table (CSV) with the columns date (or night) and plm_per_h.",
                    kind.name
                ))),
            };
        }
        _ => {}
    }
    let envelopes = if kind.needs.contains(&"trace") {
        Envelopes::Read
    } else {
        Envelopes::Leave
    };
    // Of a reference each night stands beside its own; every other chart is one person's.
    let whose = match (&request.person, Needs::of(kind)) {
        (None, Needs::Reference) => Whose::All,
        (person, _) => Whose::One(person.as_deref()),
    };
    let diary = request.diary.as_ref().filter(|_| whose != Whose::All);
    let mut of = gather(&request.study, whose, diary, words, envelopes)?;
    for note in &of.notes {
        progress.say(note);
    }
    if let Some(reference) = &request.reference {
        let measure = request.measure.as_deref().unwrap_or(agreement::MEASURE);
        agreement::fill(&mut of.rows, reference, measure)?;
    }
    Ok(of.rows)
}

/// A table of a folder that `bench` or `evaluate` wrote; `None` where there is none.
fn table<R: Row>(folder: &Path) -> Result<Option<Vec<R>>, Error> {
    let path = folder.join(format!("{}.csv", R::TABLE));
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("read", &path, error)),
    };
    let rows = tables::read_csv(std::io::BufReader::new(file)).map_err(|error| {
        Error::new(Kind::BadData, "read", format!("{error}."))
            .with_code("damaged_table")
            .in_file(path.display().to_string())
            .caused_by(error)
    })?;
    Ok(Some(rows))
}

/// The benchmark of a folder.
fn benchmark(folder: &Path) -> Result<StudyRows, Error> {
    match table(folder)? {
        Some(benchmark) => Ok(StudyRows {
            benchmark,
            ..StudyRows::default()
        }),
        None => Err(Error::new(
            Kind::NoInput,
            "read",
            "has no benchmark.csv: give the folder that `legtrace bench --out FOLDER` wrote.",
        )
        .in_file(folder.display().to_string())),
    }
}

/// Agreement that `evaluate` wrote; `None` where the folder has none.
fn agreement_of(folder: &Path) -> Result<Option<StudyRows>, Error> {
    let Some(agreement) = table(folder)? else {
        return Ok(None);
    };
    Ok(Some(StudyRows {
        agreement,
        agreement_limits: table(folder)?.unwrap_or_default(),
        ..StudyRows::default()
    }))
}

/// Refuses names of measures and factors that the rows do not have: a chart without them would blame the data.
fn refuse_unknown(request: &Request, rows: &StudyRows) -> Result<(), Error> {
    let measures = (rows.pairs.iter().map(|row| &row.measure))
        .chain(rows.comparisons.iter().map(|row| &row.measure))
        .chain(rows.agreement.iter().map(|row| &row.measure));
    if let Some(asked) = &request.measure {
        known("measure", asked, measures)?;
    }
    let factors = (rows.factors.iter().map(|row| &row.factor))
        .chain(rows.comparisons.iter().map(|row| &row.factor));
    for asked in &request.factors {
        known("factor", asked, factors.clone())?;
    }
    Ok(())
}

/// That a name is among those there are; where there are none at all the chart says why.
fn known<'a>(
    what: &str,
    asked: &str,
    names: impl Iterator<Item = &'a String>,
) -> Result<(), Error> {
    let names: BTreeSet<&str> = names.map(String::as_str).collect();
    if names.is_empty() || names.contains(asked) {
        return Ok(());
    }
    let names: Vec<&str> = names.into_iter().collect();
    Err(usage(format!(
        "there is no {what} {asked:?}. There are {}.",
        names.join(", ")
    )))
}

/// The identifier of a night by its identifier, its date or its number.
fn chosen<'a>(nights: &'a [NightRow], asked: &str) -> Result<&'a str, Error> {
    let asked = asked.trim();
    let by_id = nights.iter().find(|night| night.night == asked);
    let by_date = || {
        let of = |night: &&NightRow| night.date.is_some_and(|date| date.to_string() == asked);
        nights.iter().find(of)
    };
    let by_number = || {
        let number: usize = asked.parse().ok()?;
        nights.get(number.checked_sub(1)?)
    };
    let found = by_id.or_else(by_date).or_else(by_number);
    found.map(|night| night.night.as_str()).ok_or_else(|| {
        let mut names: Vec<&str> = nights.iter().map(|night| night.night.as_str()).collect();
        let more = names.len().saturating_sub(10);
        names.truncate(10);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        usage(format!(
            "there is no night {asked:?}. There are {}{more}; a number from 1 on counts them.",
            names.join(", ")
        ))
    })
}

fn nothing(error: ChartError, request: &Request) -> Error {
    let kind = match error {
        ChartError::Nothing(_) => Kind::BadData,
        ChartError::Draw(_) => Kind::Io,
    };
    let why = error.to_string();
    let why = why.trim_end_matches('.');
    Error::new(
        kind,
        "plot",
        format!("the chart {} cannot be drawn: {why}.", request.kind),
    )
    .with_code("nothing_to_draw")
    .in_file(request.study.display().to_string())
}

fn usage(message: String) -> Error {
    Error::new(Kind::Usage, "plot", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_name_that_is_not_there_is_told_with_those_that_are() {
        let names = ["clm_per_h", "plm_per_h"].map(String::from);
        assert!(known("measure", "plm_per_h", names.iter()).is_ok());
        let error = known("measure", "plm", names.iter()).unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert!(
            error.to_string().contains("clm_per_h, plm_per_h"),
            "{error}"
        );
        assert!(known("measure", "plm", [].iter()).is_ok());
    }

    #[test]
    fn a_night_is_found_by_name_by_date_and_by_number() {
        let night = |id: &str, day| NightRow {
            night: id.into(),
            date: Some(date(2024, 5, day)),
            ..NightRow::default()
        };
        let nights = [
            night("2024-05-03", 3),
            night("2024-05-04-2", 4),
            night("1", 9),
        ];
        assert_eq!(chosen(&nights, "2024-05-04").unwrap(), "2024-05-04-2");
        assert_eq!(chosen(&nights, " 2 ").unwrap(), "2024-05-04-2");
        // A night called 1 is meant before the first.
        assert_eq!(chosen(&nights, "1").unwrap(), "1");
        for asked in ["0", "4", "2024-05-05", ""] {
            let error = chosen(&nights, asked).unwrap_err().to_string();
            assert!(error.contains("2024-05-03"), "{error}");
        }
    }

    #[test]
    fn every_kind_says_what_it_needs() {
        let told = kinds_in_words();
        assert_eq!(told.lines().count(), KINDS.len());
        for (kind, needs) in [
            ("scatter", "--diary"),
            ("factors", "--diary"),
            ("comparison", "--diary"),
            ("agreement", "--reference"),
        ] {
            let line = told.lines().find(|line| line.starts_with(kind)).unwrap();
            assert!(line.contains(needs), "{line}");
        }
        let trend = told.lines().find(|line| line.starts_with("trend")).unwrap();
        assert!(!trend.contains("--diary"), "{trend}");
    }
}

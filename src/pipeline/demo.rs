//! `demo`: three weeks of an invented person, from simulated exports to the report, through the pipeline of `analyze`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::tz::TimeZone;
use serde_json::json;

use super::atomic::{Existing, ResultSet, not_there, write_file};
use super::diary::DiaryFile;
use super::gather::{Gathered, gather};
use super::study_folder::Envelopes;
use super::whose::Whose;
use super::{PNG_SCALE, Progress, analyze, parallel, report, run};
use crate::error::{Error, Kind};
use crate::ingest::ReadOptions;
use crate::lab::demo_study::{self, DemoStudy};
use crate::lab::dialects::{self, Place, PlacedFile, write_night};
use crate::lab::simulate::NightSpec;
use crate::output::charts::{self, Setup};
use crate::output::report::Options;
use crate::output::words::{Language, Words};

/// What `demo` was asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Folder.
    pub out: PathBuf,
    /// The study.
    pub study: DemoStudy,
    /// Whether the exports and what truly happened are kept.
    pub keep: bool,
    /// Language of report and charts.
    pub language: Language,
    /// What to do about files that are there.
    pub existing: Existing,
}

/// What came of it.
#[derive(Debug)]
pub struct Done {
    /// The folder.
    pub out: PathBuf,
    /// Nights in the study.
    pub n_nights: usize,
    /// How long it took, in seconds.
    pub wall_s: f64,
}

/// The format of the exports: an AX3's, as its makers' program converts them.
const FORMAT: &str = "axivity_formatted";
/// The charts that are written beside the report: those of the README.
const CHARTS: [&str; 5] = ["trend", "profile", "strips", "scatter", "night"];

/// Simulates, analyses and reports.
///
/// # Errors
/// When something is there already, or a file cannot be written.
pub fn run(request: &Request, progress: &mut dyn Progress) -> Result<Done, Error> {
    let began = Instant::now();
    let at = |name: &str| request.out.join(name);
    for name in ["diary.csv", "study", "report.pdf", "report.html"] {
        not_there(&at(name), request.existing)?;
    }
    let days = demo_study::days(&request.study);
    let diary = demo_study::diary(&days).map_err(|error| impossible(&error))?;
    fs::create_dir_all(&request.out).map_err(|source| Error::io("write", &request.out, source))?;
    write_file(&at("diary.csv"), request.existing, diary.as_bytes())?;
    let exports = Exports::new(request)?;
    let nights: Vec<&NightSpec> = days.iter().filter_map(|day| day.night.as_ref()).collect();
    progress.begin("simulating", nights.len());
    let made = parallel::in_order(
        &nights,
        |spec| exports.write(spec),
        |n| progress.step(&nights[n].start.date().to_string()),
    );
    made.into_iter().collect::<Result<Vec<()>, Error>>()?;
    let study = at("study");
    let done = run::run(
        &analyze::Request {
            inputs: vec![exports.folder.clone()],
            out: study.clone(),
            existing: request.existing,
            read: ReadOptions {
                zone: TimeZone::get(demo_study::ZONE).ok(),
                ..ReadOptions::default()
            },
            read_as_typed: json!({"tz": demo_study::ZONE}),
            diary: Some(at("diary.csv").into()),
            ..analyze::Request::default()
        },
        progress,
    )?;
    drop(exports);
    let diary = DiaryFile::from(at("diary.csv"));
    progress.begin("writing the report", 2);
    report::run(
        &report::Request {
            study: study.clone(),
            person: None,
            diary: Some(diary.clone()),
            out: vec![at("report.pdf"), at("report.html")],
            existing: request.existing,
            options: Options {
                language: request.language,
                name: Some("demo".to_owned()),
                ..Options::default()
            },
        },
        progress,
    )?;
    let words = Words::of(request.language);
    let of = gather(
        &study,
        Whose::One(None),
        Some(&diary),
        &words,
        Envelopes::Read,
    )?;
    draw(&of, &words, &at("charts"), progress)?;
    Ok(Done {
        out: request.out.clone(),
        n_nights: done.study.nights.len(),
        wall_s: began.elapsed().as_secs_f64(),
    })
}

fn impossible(error: &dyn std::error::Error) -> Error {
    Error::new(Kind::Usage, "simulate", format!("{error}."))
}

/// The charts that stand in the README.
fn draw(
    of: &Gathered,
    words: &Words,
    folder: &Path,
    progress: &mut dyn Progress,
) -> Result<(), Error> {
    let failed = |kind: &str, why: String| {
        Error::new(
            Kind::Io,
            "draw",
            format!("the chart {kind} could not be drawn: {why}."),
        )
    };
    let mut set = ResultSet::begin(folder, Existing::Replace, &[])?;
    progress.begin("drawing", CHARTS.len());
    for name in CHARTS {
        let Some(kind) = charts::Kind::named(name) else {
            continue;
        };
        match (kind.draw)(&of.rows, &charts::Request::new(Setup::new(words))) {
            Ok(drawing) => {
                let png = drawing
                    .png(PNG_SCALE)
                    .map_err(|error| failed(name, error.to_string()))?;
                set.write(&format!("{name}.svg"), drawing.svg.as_bytes())?;
                set.write(&format!("{name}.png"), &png)?;
            }
            // A study of a night or two has not enough for every chart.
            Err(charts::ChartError::Nothing(_)) => {}
            Err(error) => return Err(failed(name, error.to_string())),
        }
        progress.step(name);
    }
    set.publish().map(|_| ())
}

/// Where the exports are put; gone at the end unless they are to be kept.
struct Exports {
    folder: PathBuf,
    truth: Option<PathBuf>,
}

impl Exports {
    fn new(request: &Request) -> Result<Self, Error> {
        let own = |name: &str| request.out.join(name);
        let exports = if request.keep {
            Self {
                folder: own("exports"),
                truth: Some(own("truth")),
            }
        } else {
            Self {
                folder: own(&format!(".exports-{}.tmp", std::process::id())),
                truth: None,
            }
        };
        fs::create_dir_all(&exports.folder)
            .map_err(|source| Error::io("write", &exports.folder, source))?;
        Ok(exports)
    }

    fn write(&self, spec: &NightSpec) -> Result<(), Error> {
        let dialect = dialects::by_name(FORMAT)
            .ok_or_else(|| Error::new(Kind::Usage, "simulate", "the export's format is gone."))?;
        let mut place = OneNight {
            exports: self,
            evening: spec.start.date().to_string(),
        };
        write_night(spec, dialect, &mut place)
            .map(|_| ())
            .map_err(|error| {
                Error::new(Kind::Io, "simulate", format!("{error}."))
                    .in_file(self.folder.display().to_string())
            })
    }
}

impl Drop for Exports {
    fn drop(&mut self) {
        if self.truth.is_none() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// The files of a night: the export under the name of its evening, the truth in a folder of its own or nowhere.
struct OneNight<'a> {
    exports: &'a Exports,
    evening: String,
}

impl Place for OneNight<'_> {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn PlacedFile>> {
        let is_truth = matches!(name, "truth.csv" | "stages.csv");
        let path = match (is_truth, &self.exports.truth) {
            (true, None) => return Ok(Box::new(Nowhere)),
            (true, Some(folder)) => folder.join(format!("{}-{name}", self.evening)),
            (false, _) => self
                .exports
                .folder
                .join(format!("{}-left.csv.gz", self.evening)),
        };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let file = BufWriter::with_capacity(1 << 16, File::create(path)?);
        if is_truth {
            return Ok(Box::new(file));
        }
        // Twenty-one nights take half a gigabyte as text.
        Ok(Box::new(Zipped(GzEncoder::new(file, Compression::fast()))))
    }
}

/// An export that is compressed as it is written.
struct Zipped(GzEncoder<BufWriter<File>>);

impl Write for Zipped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Seek for Zipped {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl PlacedFile for Zipped {
    fn complete(self: Box<Self>) -> io::Result<()> {
        self.0.finish()?.flush()
    }
}

/// A file that nobody keeps.
struct Nowhere;

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Nowhere {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Ok(0)
    }
}

impl PlacedFile for Nowhere {
    fn complete(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

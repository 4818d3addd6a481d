//! A night written out: the export of each leg, and the truth beside it.

use std::fmt;
use std::io;

use super::export::Export;
use super::packing::pack;
use super::place::Place;
use super::{Clock, Dialect, Expect};
use crate::lab::simulate::{
    NightSpec, SimulatedNight, SpecError, simulate, write_stages, write_truth,
};
use crate::model::body::Leg;

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// The exports, one a leg.
    pub exports: Vec<WrittenExport>,
    /// The night, for who wants to know more of it.
    pub night: SimulatedNight,
}

/// The export of one leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenExport {
    /// Which leg.
    pub leg: Leg,
    /// What a reader is given: the file, the archive, or the folder of several files; relative to the place.
    pub path: String,
    /// Files made, relative to the place.
    pub files: Vec<String>,
    /// Rows that hold a sample.
    pub rows: u64,
    /// The first sample's time as a reader should give it; `None` where the export has no clock.
    pub start: Option<String>,
}

/// Simulates a night and writes it: the export of each leg that carries a sensor (in folders `left` and `right` when both
/// do), `truth.csv` (`leg,start_s,end_s,kind,visible`) and `stages.csv` (`start_s,end_s,stage`, from lights out to lights on).
///
/// # Errors
/// When the specification is impossible, or a file cannot be written.
pub fn write_night(
    spec: &NightSpec,
    dialect: &Dialect,
    place: &mut dyn Place,
) -> Result<Written, WriteError> {
    let written = write_exports(spec, dialect, place)?;
    let mut file = place.create("truth.csv")?;
    write_truth(&written.night.truth(), &mut file)?;
    file.complete()?;
    let mut file = place.create("stages.csv")?;
    write_stages(written.night.stages(), &mut file)?;
    file.complete()?;
    Ok(written)
}

/// The exports alone.
fn write_exports(
    spec: &NightSpec,
    dialect: &Dialect,
    place: &mut dyn Place,
) -> Result<Written, WriteError> {
    let night = simulate(spec)?;
    let mut exports = Vec::new();
    for leg in &spec.legs {
        let export = Export::new(&night, *leg);
        let mut of_leg = OfLeg {
            place: &mut *place,
            folder: (spec.legs.len() > 1).then(|| leg.name()),
        };
        let (rows, files) = pack(dialect.packing, &mut of_leg, |members| {
            (dialect.write)(&export, members)
        })?;
        let files: Vec<String> = files.iter().map(|name| of_leg.named(name)).collect();
        exports.push(WrittenExport {
            leg: *leg,
            path: common_path(&files),
            files,
            rows,
            start: start(dialect, &export),
        });
    }
    Ok(Written { exports, night })
}

/// The file, when there is one; else the folder that all lie in.
fn common_path(files: &[String]) -> String {
    match files {
        [file] => file.clone(),
        [first, ..] => first
            .rsplit_once('/')
            .map_or(".", |(folder, _)| folder)
            .to_owned(),
        [] => String::new(),
    }
}

/// A place within a place: a folder a leg.
struct OfLeg<'a> {
    place: &'a mut dyn Place,
    folder: Option<&'static str>,
}

impl OfLeg<'_> {
    fn named(&self, name: &str) -> String {
        match self.folder {
            Some(folder) => format!("{folder}/{name}"),
            None => name.to_owned(),
        }
    }
}

impl Place for OfLeg<'_> {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn super::PlacedFile>> {
        let name = self.named(name);
        self.place.create(&name)
    }
}

/// The first sample's time to the millisecond, as far as the dialect's clock tells it.
fn start(dialect: &Dialect, export: &Export) -> Option<String> {
    let Expect::Read { clock, .. } = dialect.expect else {
        return None;
    };
    let shown = match clock {
        Clock::Utc => export.utc_clock().rounded(0),
        Clock::Zoned => export.phone_clock().rounded(0),
        Clock::Local => export.device_clock().rounded(0),
        Clock::Elapsed => return None,
    };
    let stamp = shown.stamp('T', '.');
    let stamp = stamp.strip_suffix(".000").unwrap_or(&stamp);
    Some(match clock {
        Clock::Utc => format!("{stamp}Z"),
        Clock::Zoned => format!("{stamp}{}", shown.offset(":")),
        Clock::Local | Clock::Elapsed => stamp.to_owned(),
    })
}

/// Why a night was not written.
#[derive(Debug)]
pub enum WriteError {
    /// The specification is impossible.
    Spec(SpecError),
    /// A file could not be written.
    Io(io::Error),
}

impl From<SpecError> for WriteError {
    fn from(error: SpecError) -> Self {
        Self::Spec(error)
    }
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(_) => f.write_str("the night cannot be simulated"),
            Self::Io(_) => f.write_str("the night cannot be written"),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Spec(error) => Some(error),
            Self::Io(error) => Some(error),
        }
    }
}

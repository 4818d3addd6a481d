//! A simulated night on the disk: the export of a device, and the truth beside it.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use jiff::civil::DateTime;

use super::atomic::{Existing, ResultFile, ResultSet};
use crate::error::{Error, Kind};
use crate::lab::dialects::{self, Dialect, Place, PlacedFile, WriteError, write_night};
use crate::lab::simulate::NightSpec;
use crate::model::body::Leg;

/// What `simulate` was asked for; `None` leaves a value to the format or to the simulator.
#[derive(Debug, Clone)]
pub struct Request {
    /// The night follows from it.
    pub seed: u64,
    /// Length in hours.
    pub hours: f64,
    /// Samples a second.
    pub rate_hz: Option<f64>,
    /// Periodic movements an hour in bed, as an EMG of both legs would count them.
    pub plm_per_h: f64,
    /// Name of the dialect.
    pub format: String,
    /// Legs with a sensor.
    pub legs: Vec<Leg>,
    /// Step of the values in mg.
    pub resolution_mg: Option<f64>,
    /// First sample on the wearer's wall clock.
    pub start: Option<DateTime>,
    /// The wearer's zone.
    pub zone: Option<String>,
    /// Age of the sleeper in years.
    pub age_years: Option<f64>,
    /// Folder.
    pub out: PathBuf,
    /// What to do about files that are there.
    pub existing: Existing,
}

impl Request {
    /// The night and the dialect that were asked for.
    fn spec(&self) -> Result<(NightSpec, &'static Dialect), Error> {
        let dialect = dialects::by_name(&self.format).ok_or_else(|| {
            Error::new(
                Kind::Usage,
                "simulate",
                format!(
                    "--format {:?} is not known. `legtrace simulate --list-formats` prints those that are.",
                    self.format
                ),
            )
        })?;
        let mut sensor = dialect.sensor(self.rate_hz);
        if let Some(mg) = self.resolution_mg {
            sensor.resolution_g = mg / 1000.0;
        }
        let standard = NightSpec::default();
        let spec = NightSpec {
            seed: self.seed,
            hours: self.hours,
            plm_per_h: self.plm_per_h,
            age_years: self.age_years.unwrap_or(standard.age_years),
            legs: self.legs.clone(),
            sensor,
            start: self.start.unwrap_or(standard.start),
            zone: self.zone.clone().unwrap_or_else(|| standard.zone.clone()),
            ..standard
        };
        Ok((spec, dialect))
    }
}

/// Simulates and writes; gives the files that were made.
pub fn run(request: &Request) -> Result<Vec<PathBuf>, Error> {
    let (spec, dialect) = request.spec()?;
    let set = ResultSet::begin(&request.out, request.existing, &["truth.csv", "stages.csv"])?;
    let mut staged = Staged { set, refused: None };
    match write_night(&spec, dialect, &mut staged) {
        Ok(_) => staged.set.publish(),
        Err(error) => Err(staged
            .refused
            .take()
            .unwrap_or_else(|| told(&error, &request.out))),
    }
}

fn told(error: &WriteError, out: &std::path::Path) -> Error {
    match error {
        WriteError::Spec(_) => Error::told_by(Kind::Usage, "simulate", error),
        WriteError::Io(_) => {
            Error::told_by(Kind::Io, "write", error).in_file(out.display().to_string())
        }
    }
}

/// The formats, a line each.
pub fn formats_in_words() -> String {
    let mut out = String::new();
    for dialect in dialects::all() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "{:<34} {:>6} Hz {:>6.1} mg  {}",
            dialect.name,
            dialect.rate_hz,
            dialect.resolution_g * 1000.0,
            dialect.made_by
        );
    }
    out
}

/// Files that become visible together.
struct Staged {
    set: ResultSet,
    refused: Option<Error>,
}

impl Place for Staged {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn PlacedFile>> {
        match self.set.create(name) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => {
                self.refused = Some(error);
                Err(io::Error::other("a result could not be begun"))
            }
        }
    }
}

impl PlacedFile for ResultFile {
    fn complete(self: Box<Self>) -> io::Result<()> {
        self.finish()
            .map_err(|error| io::Error::other(error.to_string()))
    }
}

//! `legtrace evaluate`: detections against a reference.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Voice;
use super::read_args::LegArg;
use crate::error::{Error, Kind};
use crate::model::body::Leg;
use crate::pipeline::evaluate::{self, OffsetChoice, Request};

/// Hold detected movements against a reference list of the same night
///
/// The reference is the truth.csv of a simulated night, or any list with leg, start_s and end_s: a sleep laboratory's
/// scoring of the same night, for instance. Movements are matched one to one.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace evaluate --truth night/truth.csv --detected results/movements.csv\n  \
legtrace evaluate --truth laboratory.csv --detected results/movements.csv --offset find --json"
)]
pub struct Evaluate {
    /// The reference (CSV: leg,start_s,end_s, and kind,visible where known)
    #[arg(long, value_name = "LIST")]
    truth: PathBuf,

    /// What was found: movements.csv, or any list
    #[arg(long, value_name = "LIST")]
    detected: PathBuf,

    /// The standard by which both lists are scored
    #[arg(long, default_value = "wasm2016", value_parser = ["wasm2016", "aasm", "wasm2006", "alt1", "coleman"])]
    rules: String,

    /// The leg of the sensor, where the detected list names none
    #[arg(long, value_name = "LEG")]
    leg: Option<LegArg>,

    /// Seconds to add to the detected times, or `find` to find them from the events
    #[arg(long, value_name = "SECONDS|find", allow_hyphen_values = true)]
    offset: Option<String>,

    /// Hours over which the indices are taken
    #[arg(long, value_name = "H")]
    hours: Option<f64>,

    /// One JSON object
    #[arg(long)]
    json: bool,
}

impl Evaluate {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let offset = match self.offset.as_deref() {
            None => OffsetChoice::None,
            Some("find") => OffsetChoice::Find,
            Some(text) => OffsetChoice::Seconds(text.parse().map_err(|_| {
                Error::new(
                    Kind::Usage,
                    "evaluate",
                    format!("--offset {text:?} is no number of seconds; use one, or find."),
                )
            })?),
        };
        let evaluated = evaluate::run(&Request {
            truth: &self.truth,
            detected: &self.detected,
            rules: &self.rules,
            leg: self.leg.map(Leg::from),
            offset,
            hours: self.hours,
        })?;
        if self.json {
            println!("{}", evaluated.to_json());
        } else if voice != Voice::Quiet {
            print!("{}", evaluated.in_words());
        }
        Ok(ExitCode::SUCCESS)
    }
}

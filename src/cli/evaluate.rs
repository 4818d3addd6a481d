//! `legtrace evaluate`: detections against a reference.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::number::{any, number};
use super::read_args::LegArg;
use super::say::say;
use super::voice::Voice;
use crate::error::{Error, Kind};
use crate::model::body::Leg;
use crate::pipeline::atomic::Existing;
use crate::pipeline::evaluate::{self, OffsetChoice, Request};

/// Hold detected movements against a reference list of the same night
///
/// The reference is the truth.csv of a simulated night, or any list with leg, start_s and end_s: a sleep laboratory's
/// scoring of the same night, for instance. Movements are matched one to one: those that overlap by a fifth of what they
/// cover together, then those that begin within a second of each other; pieces less than half a second apart are one
/// movement. Several nights go together by the column night where both sides have it, else in the order in which they are
/// given; intervals and limits of agreement need them. Beside movements.csv the nights.csv and spans.csv of its study say
/// which nights and legs there are, and over which hours.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace evaluate --truth night/truth.csv --detected results/movements.csv\n  \
legtrace evaluate --truth laboratory.csv --detected results/movements.csv --offset find --json\n  \
legtrace evaluate --truth a/truth.csv b/truth.csv --detected study/movements.csv -o agreement"
)]
pub struct Evaluate {
    /// The reference (CSV: leg,start_s,end_s, and kind,visible where known: kind is plm, lm, gross, posture, hflm, knock, walk,
    /// off_leg or a class of movements.csv, visible true or false)
    #[arg(long, value_name = "LIST", num_args = 1.., required = true)]
    truth: Vec<PathBuf>,

    /// What was found: movements.csv, or any list; - is standard input, on either side
    #[arg(long, value_name = "LIST", num_args = 1.., required = true)]
    detected: Vec<PathBuf>,

    /// The standard by which both lists are scored
    #[arg(long, default_value = "wasm2016", value_parser = ["wasm2016", "aasm", "wasm2006", "alt1", "coleman"])]
    rules: String,

    /// Compare this leg alone; also the leg of a detected list that names none
    #[arg(long, value_name = "LEG")]
    leg: Option<LegArg>,

    /// Seconds to add to the detected times, or `find` to find them from the events
    #[arg(long, value_name = "SECONDS|find", allow_hyphen_values = true)]
    offset: Option<String>,

    /// Hours over which the indices are taken; otherwise those in bed by nights.csv, or up to the end of the later list
    #[arg(
        long,
        value_name = "H",
        allow_negative_numbers = true,
        value_parser = number::<f64>("hours, as 7.5", any)
    )]
    hours: Option<f64>,

    /// Folder for the tables agreement.csv and agreement_limits.csv, evaluation.json, and the chart of Bland and Altman
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Replace files that are already there
    #[arg(long)]
    force: bool,

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
        let written = match &self.out {
            Some(out) => evaluated.write(out, Existing::from_force(self.force))?,
            None => Vec::new(),
        };
        if self.json {
            say!("{}\n", evaluated.to_json())?;
        } else if voice != Voice::Quiet {
            say!("{}", evaluated.in_words())?;
            for path in written {
                say!("{}\n", path.display())?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

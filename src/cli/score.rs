//! `legtrace score`: any movement list by the rules alone.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::choice;
use super::say::say;
use super::voice::Voice;
use crate::error::Error;
use crate::model::movement::ShortGross;
use crate::pipeline::score_list::{self, Request};

/// Score a list of leg movements by a published standard
///
/// The list is a CSV with the columns leg (L or R), start_s and end_s, or a movements.csv that analyze wrote. Nothing
/// but the rules is applied, so a list scored by hand from an EMG may be given as well. Beside movements.csv the nights.csv
/// and spans.csv of its study are looked for: what begins in bed counts, and series restart at gaps and time off the leg.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace score movements.csv\n  legtrace score list.csv --rules aasm --short-imi break --json\n  \
legtrace score list.csv --stages hypnogram.csv --gaps gaps.csv"
)]
pub struct Score {
    /// The movement list (CSV: leg,start_s,end_s or leg,start_ms,end_ms), also as .gz, or - for standard input
    #[arg(value_name = "LIST")]
    list: PathBuf,

    /// The standard to score by
    #[arg(long, default_value = "wasm2016", value_parser = ["wasm2016", "aasm", "wasm2006", "alt1", "coleman"])]
    rules: String,

    /// Whether a candidate after a short interval may open a series; the standards are silent
    #[arg(long, value_parser = ["allow", "forbid"], value_name = "CHOICE")]
    short_imi_start: Option<String>,

    /// What a movement too soon after the last kept one does to a series (AASM is silent)
    #[arg(long, value_parser = ["skip", "break"], value_name = "CHOICE")]
    short_imi: Option<String>,

    /// What becomes of a list's gross movements and changes of posture of at most 10 s; as analyze had it
    #[arg(long, value_parser = choice::short_gross(), value_name = "CHOICE")]
    short_gross: Option<ShortGross>,

    /// Stretches without a recording (CSV: start_s,end_s), or a study's spans.csv; series end at gaps and time off the leg
    #[arg(long, value_name = "FILE")]
    gaps: Option<PathBuf>,

    /// Sleep stages (CSV: start_s,end_s,stage)
    #[arg(long, value_name = "FILE")]
    stages: Option<PathBuf>,

    /// JSON Lines: one object a night, each on a line of its own, with every movement
    #[arg(long)]
    json: bool,
}

impl Score {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let scored = score_list::run(&Request {
            list: &self.list,
            rules: &self.rules,
            short_imi_start: self.short_imi_start.as_deref(),
            short_imi: self.short_imi.as_deref(),
            short_gross: self.short_gross,
            gaps: self.gaps.as_deref(),
            stages: self.stages.as_deref(),
        })?;
        for night in &scored {
            if self.json {
                say!("{}\n", night.to_json())?;
            } else if voice != Voice::Quiet {
                say!("{}", night.in_words())?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

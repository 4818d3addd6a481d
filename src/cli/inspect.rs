//! `legtrace inspect`: what an export is, and why we think so.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::read_args::ReadArgs;
use super::say::{say, to_stderr};
use super::voice::{Voice, decisions_in_words, width_of_names};
use crate::error::{Error, Kind};
use crate::pipeline::atomic::{self, Existing};
use crate::pipeline::inspect::{Understood, inspect, refusal_in_words, refusal_to_json};

/// Say what an export is and why: format, columns, clock, unit, gravity, rate, gaps
///
/// Reads the whole file and analyses nothing. Every decision is printed with its evidence; a file that cannot be read
/// is refused with the reason and the flag that would help, and exit code 65.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace inspect night.csv\n  legtrace inspect --json export.zip | jq .rate_hz\n  legtrace inspect --write-profile my-watch.toml odd.csv"
)]
pub struct Inspect {
    /// Exports to look at: a file, a folder of one recording, a .gz or a .zip
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// One JSON object a file, one a line
    #[arg(long)]
    json: bool,

    /// Write what was found as a profile (TOML), ready to edit; for one table without a known format
    #[arg(long, value_name = "FILE")]
    write_profile: Option<PathBuf>,

    #[command(flatten)]
    read: ReadArgs,
}

impl Inspect {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let options = self.read.to_options()?;
        let mut refused = 0_usize;
        let mut only_error = None;
        for path in &self.files {
            let name = path.display().to_string();
            match inspect(path, &options) {
                Ok(found) => {
                    if let Some(to) = &self.write_profile {
                        write_profile(to, &name, &found)?;
                    }
                    if self.json {
                        say!("{}\n", found.to_json(&name))?;
                    } else if voice != Voice::Quiet {
                        say!("{}", in_words(&name, &found))?;
                    }
                }
                Err(error) => {
                    refused += 1;
                    if self.json {
                        say!("{}\n", refusal_to_json(&name, &error))?;
                    } else {
                        to_stderr(&format!("legtrace: {}", refusal_in_words(&name, &error)));
                    }
                    only_error = Some(crate::pipeline::read_error(error));
                }
            }
        }
        let code = match (refused, only_error) {
            (0, _) | (_, None) => 0,
            (1, Some(error)) if self.files.len() == 1 => error.kind().exit_code(),
            (n, _) if n == self.files.len() => Kind::BadData.exit_code(),
            _ => Kind::SomeFailed.exit_code(),
        };
        Ok(ExitCode::from(code))
    }
}

/// Writes the profile of what was found; a format that has its own reader needs none.
fn write_profile(to: &Path, name: &str, found: &Understood) -> Result<(), Error> {
    let Some(profile) = &found.profile else {
        return Err(Error::new(
            Kind::Usage,
            "inspect",
            "is no plain table, so there is no profile to write: it is read without one.",
        )
        .in_file(name));
    };
    let text = profile.clone().settled(&found.survey).to_toml();
    atomic::write_file(to, Existing::Keep, text.as_bytes())
}

/// The plain account of one file.
fn in_words(name: &str, found: &Understood) -> String {
    use std::fmt::Write as _;
    let survey = &found.survey;
    let width = width_of_names(&survey.decisions);
    let mut out = decisions_in_words(name, &survey.decisions);
    let line = |out: &mut String, what: &str, value: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "  {what:width$}  {value}");
    };
    if let Some(start) = found.start() {
        line(&mut out, "start", start);
    }
    line(
        &mut out,
        "length",
        format!(
            "{} ({} samples, {:.3} Hz measured, jitter {:.1} ms)",
            hours_minutes(survey.duration().as_secs_f64()),
            survey.rows.samples(),
            survey.rate.hz(),
            survey.jitter_s * 1000.0
        ),
    );
    let lost: f64 = survey.gaps.iter().map(|gap| gap.length.as_secs_f64()).sum();
    line(
        &mut out,
        "gaps",
        match survey.gaps.len() {
            0 => "none over 2 s".to_owned(),
            n => format!("{n} over 2 s, {} in all", hours_minutes(lost)),
        },
    );
    if let Some(step) = survey.resolution_g {
        line(&mut out, "step", format!("{:.2} mg", step * 1000.0));
    }
    for warning in &survey.warnings {
        line(&mut out, "note", warning.clone());
    }
    out
}

/// A length in the words of a person: `7 h 02 min`, `3 min 20 s`, `12.4 s`.
fn hours_minutes(seconds: f64) -> String {
    let whole = seconds.round() as i64;
    match whole {
        3600.. => format!("{} h {:02} min", whole / 3600, whole % 3600 / 60),
        120..=3599 => format!("{} min {:02} s", whole / 60, whole % 60),
        _ => format!("{seconds:.1} s"),
    }
}

//! `legtrace demo`: see what comes out before recording anything.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::NO_DIAGNOSIS;
use super::number::{number, whole};
use super::page_args::LanguageArg;
use super::progress::Screen;
use super::say::say;
use super::voice::Voice;
use crate::error::Error;
use crate::lab::demo_study::DemoStudy;
use crate::pipeline::atomic::Existing;
use crate::pipeline::demo::{self, Request};

/// Make a study of simulated nights with a diary, analyse it, and write the report
///
/// Nothing is needed for it: nights and diary are invented, everything after that is what `analyze` and `report` do.
/// Severity follows the nights only loosely, so that the pages look as honest pages mostly do.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace demo\n  legtrace demo -o demo-de --nights 14 --language de\n  \
legtrace demo -o demo --keep && legtrace analyze demo/exports --tz Europe/Berlin --out again"
)]
pub struct Demo {
    /// Folder for diary, study, charts and report
    #[arg(long, short, value_name = "DIR", default_value = "legtrace-demo")]
    out: PathBuf,

    /// Nights to record, 1 to 120
    #[arg(
        long,
        value_name = "N",
        default_value_t = 21,
        allow_negative_numbers = true,
        value_parser = whole::<u16>("1 to 120 nights", 1..=120)
    )]
    nights: u16,

    /// Length of each recording in hours
    #[arg(
        long,
        value_name = "H",
        default_value_t = 7.0,
        allow_negative_numbers = true,
        value_parser = number::<f64>("0.2 to 14 hours", hours)
    )]
    hours: f64,

    /// Number that the study follows from
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        allow_negative_numbers = true,
        value_parser = whole::<u64>("a whole number from 0 on", 0..=u64::MAX)
    )]
    seed: u64,

    /// Keep the simulated exports, and what truly happened in each night
    #[arg(long)]
    keep: bool,

    /// Language of report and charts
    #[arg(long, visible_alias = "lang", value_enum, default_value = "en")]
    language: LanguageArg,

    /// Replace an earlier demo in the folder
    #[arg(long)]
    force: bool,

    /// Print what `analyze` and `report` say of it, too
    #[arg(long, short, conflicts_with = "quiet")]
    verbose: bool,
}

fn hours(hours: f64) -> bool {
    (0.2..=14.0).contains(&hours)
}

impl Demo {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let request = Request {
            out: self.out.clone(),
            study: DemoStudy {
                seed: self.seed,
                nights: usize::from(self.nights),
                hours: self.hours,
            },
            keep: self.keep,
            language: self.language.into(),
            existing: Existing::from_force(self.force),
        };
        let mut screen = Screen::new(voice, !self.verbose);
        let done = demo::run(&request, &mut screen)?;
        screen.clear();
        if voice != Voice::Quiet {
            let at = |name: &str| done.out.join(name).display().to_string();
            say!(
                "{} simulated nights in {:.0} s.\n\nReport:  {}\n         {}\nDiary:   {}\nStudy:   {}\nCharts:  {}\n\n\
                 The same with nights of your own:\n  legtrace analyze FOLDER --out STUDY\n  legtrace report STUDY --diary DIARY\n\n{NO_DIAGNOSIS}\n",
                done.n_nights,
                done.wall_s,
                at("report.pdf"),
                at("report.html"),
                at("diary.csv"),
                at("study"),
                at("charts"),
            )?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

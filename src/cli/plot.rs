//! `legtrace plot`: one chart.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::diary_args::DiaryArgs;
use super::number::{from_zero, number};
use super::page_args::LanguageArg;
use super::progress::Screen;
use super::say::say;
use super::voice::Voice;
use crate::error::Error;
use crate::output::charts::KINDS;
use crate::pipeline::atomic::Existing;
use crate::pipeline::plot::{self, Request};

/// Draw one chart of a study as SVG, PNG or PDF
///
/// `legtrace plot --list` says which charts there are and what each needs.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace plot --list\n  legtrace plot night study --night 2024-05-14 -o night.svg\n  \
legtrace plot trend study --diary diary.csv -o trend.png\n  legtrace plot comparison study --diary diary.csv --factor caffeine -o caffeine.pdf\n  \
legtrace plot agreement study --reference other-study -o agreement.svg"
)]
pub struct Plot {
    /// Kind of chart
    #[arg(
        value_name = "KIND",
        required_unless_present = "list",
        hide_possible_values = true,
        value_parser = PossibleValuesParser::new(KINDS.iter().map(|kind| kind.name))
    )]
    kind: Option<String>,

    /// Folder that analyze wrote (for benchmark: the folder of a benchmark)
    #[arg(value_name = "STUDY", required_unless_present = "list")]
    study: Option<PathBuf>,

    /// File to write: .svg, .png or .pdf. KIND.svg here when left out
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    /// The diary (CSV)
    #[arg(long, short, value_name = "DIARY")]
    diary: Option<PathBuf>,

    /// Whose nights, of a study of several people: a name in the column person of nights.csv
    #[arg(long, value_name = "NAME")]
    person: Option<String>,

    /// A second measurement of the same nights: a study's folder, or a table (CSV) with the columns date (or night) and
    /// the measure's name, such as plm_per_h
    #[arg(long, value_name = "STUDY")]
    reference: Option<PathBuf>,

    /// The night, for charts of one: its name in nights.csv, its date, or its number from 1. The last when left out
    #[arg(long, value_name = "NIGHT")]
    night: Option<String>,

    /// The measure, for scatter, comparison and agreement: a column of nights.csv
    #[arg(long, value_name = "COLUMN")]
    measure: Option<String>,

    /// The rating: severity, irls, rls6_1 to rls6_6, cgi_severity or cgi_change
    #[arg(long, value_name = "RATING")]
    rating: Option<String>,

    /// Which day's rating stands beside a night
    #[arg(long, value_name = "LAG", value_parser = ["same_night", "next_day"])]
    lag: Option<String>,

    /// A factor to show; may be given several times
    #[arg(long = "factor", value_name = "NAME")]
    factors: Vec<String>,

    /// A line across the index, at so many an hour; none unless asked for
    #[arg(
        long,
        value_name = "N",
        allow_negative_numbers = true,
        value_parser = number::<f64>("an index of 0 an hour and above, as 15", from_zero)
    )]
    line: Option<f64>,

    /// Width in px
    #[arg(
        long,
        value_name = "PX",
        default_value_t = 900.0,
        allow_negative_numbers = true,
        value_parser = number::<f64>("500 to 4000 px", width)
    )]
    width: f64,

    /// Language of the chart
    #[arg(long, visible_alias = "lang", value_enum, default_value = "en")]
    language: LanguageArg,

    /// Replace a file that is already there
    #[arg(long)]
    force: bool,

    /// Print the kinds of charts and stop
    #[arg(long)]
    list: bool,

    #[command(flatten)]
    read: DiaryArgs,
}

/// Narrower, letters would lie on each other; wider, no page is.
fn width(px: f64) -> bool {
    (500.0..=4000.0).contains(&px)
}

impl Plot {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let (Some(kind), Some(study), false) = (&self.kind, &self.study, self.list) else {
            say!("{}", plot::kinds_in_words())?;
            return Ok(ExitCode::SUCCESS);
        };
        let request = Request {
            kind: kind.clone(),
            study: study.clone(),
            person: self.person.clone(),
            diary: self.diary.as_deref().map(|path| self.read.file(path)),
            reference: self.reference.clone(),
            night: self.night.clone(),
            measure: self.measure.clone(),
            rating: self.rating.clone(),
            lag: self.lag.clone(),
            factors: self.factors.clone(),
            line_per_h: self.line,
            width: self.width,
            language: self.language.into(),
            out: self.out.clone(),
            existing: Existing::from_force(self.force),
        };
        let mut screen = Screen::new(voice, false);
        let written = plot::run(&request, &mut screen)?;
        screen.clear();
        if voice != Voice::Quiet {
            say!("{}\n", written.display())?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

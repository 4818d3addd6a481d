//! `legtrace analyze`: from exports to movements, indices, tables and a chart.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::diary_args::DiaryBesideArgs;
use super::number::{above_zero, number};
use super::progress::Screen;
use super::read_args::ReadArgs;
use super::say::{say, to_stderr};
use super::voice::{VerboseArg, Voice, decisions_in_words};
use super::{NO_DIAGNOSIS, choice};
use crate::analysis::detect::Preset;
use crate::error::Error;
use crate::model::movement::ShortGross;
use crate::model::recording::Decision;
use crate::pipeline::analyze::{self, Request};
use crate::pipeline::atomic::Existing;
use crate::pipeline::grouping::GroupAs;
use crate::pipeline::people::PeopleBy;
use crate::pipeline::run;

/// Find leg movements in exports, score them, and write tables and charts
///
/// Give one export, the exports of both legs, many nights, or a folder of them. What belongs together is found and
/// printed first. A file that cannot be read gets its row and its reason in files.csv and stops nothing.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace analyze night.csv --out results --leg left\n  \
legtrace analyze left.csv right.csv --out results --tz Europe/Berlin\n  \
legtrace analyze exports/ --out study --lights-out 23:00 --lights-on 06:30\n  \
legtrace analyze exports/ --out study --diary diary.csv --sleep export.zip\n  \
legtrace analyze cohort/ --out study --people folder"
)]
pub struct Analyze {
    /// Exports: files (.csv, .txt, .json, .gz, .zip), or folders of them
    #[arg(required = true, value_name = "FILE")]
    inputs: Vec<PathBuf>,

    /// Folder for the results; made when it is not there
    #[arg(long, short, value_name = "DIR", default_value = "legtrace-results")]
    out: PathBuf,

    /// Replace results that are already in the folder
    #[arg(long)]
    force: bool,

    /// Print what would be analysed together, and stop
    #[arg(long)]
    dry_run: bool,

    /// The nights as JSON on standard output, instead of the summary
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    verbose: VerboseArg,

    #[command(flatten)]
    read: ReadArgs,

    #[command(flatten)]
    night: NightArgs,

    #[command(flatten)]
    diary: DiaryBesideArgs,

    #[command(flatten)]
    detector: DetectorArgs,

    /// How files belong together, when what they cover does not say it right
    #[arg(long = "as", value_name = "HOW", help_heading = "Grouping")]
    group_as: Option<GroupArg>,

    /// Whose the recordings are: folder (the folder below FILE, one a person), none (all of one person), or a table (CSV)
    /// with the columns file and person, files named as in files.csv, * at the end for all that begin so. When left out,
    /// folders tell it by their names (P01, sub-02) or by recordings made at one time; what was found is printed
    #[arg(long, value_name = "WHO", help_heading = "Grouping")]
    people: Option<PathBuf>,

    /// Take the clocks of two legs as they are, instead of comparing them by the movements that both legs felt
    #[arg(long, help_heading = "Grouping")]
    keep_clocks: bool,

    /// Write the tables as Parquet, too
    #[arg(long, help_heading = "Results")]
    parquet: bool,

    /// Write no charts
    #[arg(long, help_heading = "Results")]
    no_charts: bool,
}

/// When the night was.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "The night")]
struct NightArgs {
    /// Lights out: a time of day ("23:10") or an instant ("2024-05-07 23:10")
    #[arg(long, value_name = "TIME")]
    lights_out: Option<String>,

    /// Lights on: a time of day ("06:40") or an instant
    #[arg(long, value_name = "TIME")]
    lights_on: Option<String>,

    /// Take the whole recording as the night instead of estimating when it was
    #[arg(long, conflicts_with_all = ["lights_out", "lights_on"])]
    whole: bool,

    /// A diary (CSV): its lights out and lights on are the night's, where --lights-out and --lights-on do not say it
    #[arg(long, value_name = "FILE")]
    diary: Option<PathBuf>,

    #[cfg_attr(
        feature = "health-connect",
        doc = " A sleep export (Apple Health, Fitbit, Oura, Garmin, WHOOP, Polar, Withings, Samsung, Zepp, Health Connect, or a"
    )]
    #[cfg_attr(
        not(feature = "health-connect"),
        doc = " A sleep export (Apple Health, Fitbit, Oura, Garmin, WHOOP, Polar, Withings, Samsung, Zepp, or a"
    )]
    /// table with start, end, stage): sleep stages, and the time in bed where nobody else says it. May be given several
    /// times; each night takes its part
    #[arg(long, value_name = "FILE")]
    sleep: Vec<PathBuf>,

    /// Which source of the sleep export to take, by (a part of) its name
    #[arg(long, value_name = "NAME", requires = "sleep")]
    sleep_source: Option<String>,
}

/// What counts as a movement and as periodic.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Detection and scoring")]
struct DetectorArgs {
    /// The rules of the figures; those of AASM stand beside them, and movements.csv has WASM 2016 and AASM
    #[arg(long, default_value = "wasm2016", value_parser = ["wasm2016", "aasm", "wasm2006", "alt1", "coleman"])]
    rules: String,

    /// A preset of the detector: default (from 7 mg), or sensitive (from 3.5 mg)
    #[arg(long, default_value = Preset::default().name(), value_parser = choice::preset())]
    preset: Preset,

    /// Lowest threshold for an onset, in mg
    #[arg(
        long,
        value_name = "MG",
        allow_negative_numbers = true,
        value_parser = number::<f32>("mg above 0, as 14", above_zero)
    )]
    on: Option<f32>,

    /// Lowest threshold for an end, in mg
    #[arg(
        long,
        value_name = "MG",
        allow_negative_numbers = true,
        value_parser = number::<f32>("mg above 0, as 5", above_zero)
    )]
    off: Option<f32>,

    /// Short gross and posture movements: left-out (they are no leg movements) or by-duration (as an EMG would score)
    #[arg(long, default_value = ShortGross::default().name(), value_parser = choice::short_gross(), value_name = "CHOICE")]
    short_gross: ShortGross,
}

/// How files belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GroupArg {
    /// Each file is a night
    Nights,
    /// All files are pieces of one recording
    Pieces,
    /// Two files are the two legs of one night
    Legs,
}

impl Analyze {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let voice = self.verbose.voice(voice);
        let request = Request {
            inputs: self.inputs.clone(),
            out: self.out.clone(),
            existing: if self.force {
                Existing::Replace
            } else {
                Existing::Keep
            },
            read: self.read.to_options()?,
            read_as_typed: self.read.as_typed(),
            group_as: match self.group_as {
                None => GroupAs::Found,
                Some(GroupArg::Nights) => GroupAs::Nights,
                Some(GroupArg::Pieces) => GroupAs::Pieces,
                Some(GroupArg::Legs) => GroupAs::Legs,
            },
            people: match &self.people {
                None => PeopleBy::Found,
                Some(who) if who.as_os_str() == "folder" => PeopleBy::Folder,
                Some(who) if who.as_os_str() == "none" => PeopleBy::Nobody,
                Some(table) => PeopleBy::Table(table.clone()),
            },
            keep_clocks: self.keep_clocks,
            lights_out: self.night.lights_out.clone(),
            lights_on: self.night.lights_on.clone(),
            whole: self.night.whole,
            sleep: self.night.sleep.clone(),
            sleep_source: self.night.sleep_source.clone(),
            diary: self
                .night
                .diary
                .as_deref()
                .map(|path| self.diary.file(path)),
            rules: self.detector.rules.clone(),
            preset: self.detector.preset,
            on_mg: self.detector.on,
            off_mg: self.detector.off,
            short_gross: self.detector.short_gross,
            parquet: self.parquet,
            charts: !self.no_charts,
        };
        let mut screen = Screen::new(voice, self.json);
        if self.dry_run {
            let plan = analyze::plan(&request, &mut screen)?;
            tell(&plan.decisions(), voice);
            say!("{}\n", plan.in_words())?;
            return Ok(ExitCode::SUCCESS);
        }
        let done = run::run(&request, &mut screen)?;
        screen.clear();
        tell(&done.decided, voice);
        if self.json {
            say!("{}\n", done.to_json())?;
        } else if voice != Voice::Quiet {
            say!("{}", done.in_words())?;
            say!("\n{NO_DIAGNOSIS}\n")?;
        }
        Ok(ExitCode::from(done.exit_code()))
    }
}

/// What each file was taken for, beside the results and not among them.
fn tell(decided: &[(String, Vec<Decision>)], voice: Voice) {
    if voice == Voice::Verbose {
        for (file, decisions) in decided {
            to_stderr(decisions_in_words(file, decisions).trim_end());
        }
    }
}

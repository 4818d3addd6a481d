//! `legtrace report`: two pages for the doctor.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::NO_DIAGNOSIS;
use super::diary_args::{DiaryArgs, tell_diary};
use super::page_args::LanguageArg;
use super::progress::Screen;
use super::say::say;
use super::voice::{VerboseArg, Voice};
use crate::error::Error;
use crate::output::report::{Audience, Options, Paper};
use crate::pipeline::atomic::Existing;
use crate::pipeline::report::{self, Request};

/// Make the two pages for the doctor, as PDF or HTML
///
/// Reads the folder that analyze wrote and, where you kept one, the diary. The pages show how good the nights are, the
/// index with its interval, when in the night the movements come, and severity and factors on the same days.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace analyze my-nights/ --out study\n  legtrace report study --diary diary.csv\n  \
legtrace report study --diary tagebuch.csv --language de -o bericht.pdf -o bericht.html\n  \
legtrace report study --audience clinician --paper letter --name \"code 17\" -o report.pdf"
)]
pub struct Report {
    /// Folder that analyze wrote
    #[arg(value_name = "STUDY")]
    study: PathBuf,

    /// Whose nights, of a study of several people: a name in the column person of nights.csv
    #[arg(long, value_name = "NAME")]
    person: Option<String>,

    /// The diary (CSV); `legtrace diary template` writes one to fill in
    #[arg(long, short, value_name = "DIARY")]
    diary: Option<PathBuf>,

    /// File to write, .pdf or .html; may be given twice. report.pdf in the study's folder when left out
    #[arg(long, short, value_name = "FILE")]
    out: Vec<PathBuf>,

    /// Who is to read it: plain words, or the terms of the field
    #[arg(long, value_enum, default_value = "patient")]
    audience: AudienceArg,

    /// Language of the pages
    #[arg(long, visible_alias = "lang", value_enum, default_value = "en")]
    language: LanguageArg,

    /// Paper that the pages are printed on
    #[arg(long, value_enum, default_value = "a4")]
    paper: PaperArg,

    /// A name or a code for the header; never required. That of --person when left out
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,

    /// Replace a file that is already there
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    verbose: VerboseArg,

    #[command(flatten)]
    read: DiaryArgs,
}

/// Who is to read the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AudienceArg {
    /// The person who slept
    Patient,
    /// A clinician
    Clinician,
}

/// What the pages fit on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PaperArg {
    /// 210 mm by 297 mm
    A4,
    /// 8.5 in by 11 in
    Letter,
}

impl Report {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let voice = self.verbose.voice(voice);
        let request = Request {
            study: self.study.clone(),
            person: self.person.clone(),
            diary: self.diary.as_deref().map(|path| self.read.file(path)),
            out: self.out.clone(),
            existing: Existing::from_force(self.force),
            options: Options {
                language: self.language.into(),
                messages: None,
                audience: match self.audience {
                    AudienceArg::Patient => Audience::Patient,
                    AudienceArg::Clinician => Audience::Clinician,
                },
                paper: match self.paper {
                    PaperArg::A4 => Paper::A4,
                    PaperArg::Letter => Paper::Letter,
                },
                name: self.name.clone(),
                made_on: None,
            },
        };
        let mut screen = Screen::new(voice, false);
        let done = report::run(&request, &mut screen)?;
        screen.clear();
        tell_diary(done.of.diary.as_ref(), voice);
        if voice != Voice::Quiet {
            for path in &done.written {
                say!("{}\n", path.display())?;
            }
            if voice == Voice::Verbose {
                say!("made in {:.1} s\n", done.wall_s)?;
            }
            say!("\n{NO_DIAGNOSIS}\n")?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

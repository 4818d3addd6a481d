//! `legtrace associate`: the diary beside the nights, as sentences and tables.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::diary_args::{DiaryArgs, tell_diary};
use super::page_args::LanguageArg;
use super::progress::Screen;
use super::say::say;
use super::voice::{VerboseArg, Voice};
use crate::error::Error;
use crate::pipeline::associate::{self, Request};
use crate::pipeline::atomic::Existing;

/// Set severity and factors of a diary beside the nights: sentences, and tables to compute with
///
/// All questions are fixed beforehand: four measures of a night against each rating of the same night and of the next
/// day; each factor against the index and the main rating; laboratory values beside the weeks around them. Drift over
/// the dates is taken out, probabilities are corrected for the number of questions, below ten nights no coefficient is
/// given. That no link is seen is the usual answer; one that is seen is no cause.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace associate study --diary diary.csv\n  \
legtrace associate study --diary diary.csv --out tables --parquet --json\n\n\
Tables (GLOSSARY.md has every column): associations, pairs, comparisons, laboratory, ratings, events, factors, profile,\n\
intervals."
)]
pub struct Associate {
    /// Folder that analyze wrote
    #[arg(value_name = "STUDY")]
    study: PathBuf,

    /// The diary (CSV)
    #[arg(long, short, value_name = "DIARY")]
    diary: PathBuf,

    /// Whose nights, of a study of several people: a name in the column person of nights.csv
    #[arg(long, value_name = "NAME")]
    person: Option<String>,

    /// Folder for the tables; `associations` in the study's folder when left out
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Language of the sentences
    #[arg(long, visible_alias = "lang", value_enum, default_value = "en")]
    language: LanguageArg,

    /// Write the tables as Parquet, too
    #[arg(long)]
    parquet: bool,

    /// One JSON object instead of sentences
    #[arg(long)]
    json: bool,

    /// Replace tables that are already there
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    verbose: VerboseArg,

    #[command(flatten)]
    read: DiaryArgs,
}

impl Associate {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let voice = self.verbose.voice(voice);
        let request = Request {
            study: self.study.clone(),
            person: self.person.clone(),
            diary: self.read.file(&self.diary),
            out: self.out.clone(),
            existing: Existing::from_force(self.force),
            language: self.language.into(),
            parquet: self.parquet,
        };
        let mut screen = Screen::new(voice, self.json);
        let done = associate::run(&request, &mut screen)?;
        screen.clear();
        tell_diary(done.of.diary.as_ref(), voice);
        if self.json {
            say!("{}\n", done.to_json())?;
        } else if voice != Voice::Quiet {
            say!("{}", done.in_words())?;
            if let Some(folder) = done.written.first().and_then(|path| path.parent()) {
                say!("\nTables: {}\n", folder.display())?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

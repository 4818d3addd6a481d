//! `legtrace diary`: a diary to fill in, and what is odd about a filled one.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

use super::diary_args::{DiaryArgs, tell_diary};
use super::say::{say, to_stderr};
use super::voice::{VerboseArg, Voice};
use crate::error::Error;
use crate::ingest::diary::{TemplateLanguage, template};
use crate::pipeline::atomic::{Existing, write_file};
use crate::pipeline::diary;
use crate::pipeline::diary_choice::as_analyzed;
use crate::pipeline::study_folder::{self, Envelopes};
use crate::pipeline::whose::Whose;

/// Write a diary to fill in, or check a filled one
///
/// The diary is a CSV table with one row a night: severity, medicines, factors, laboratory values. English and German
/// headers, dates and decimals are understood; columns of your own are kept.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace diary template -o diary.csv\n  legtrace diary template --lang de -o tagebuch.csv\n  \
legtrace diary check diary.csv --study study"
)]
pub struct Diary {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Template(Template),
    Check(Box<Check>),
}

/// Write a commented diary to fill in
///
/// Comments say what goes where; any spreadsheet opens it. Delete the columns you do not need, leave empty what you do
/// not know, and save it as CSV.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace diary template -o diary.csv\n  legtrace diary template --lang de -o tagebuch.csv"
)]
struct Template {
    /// File to write; standard output when left out
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Language of headers and comments
    #[arg(long, visible_alias = "language", value_enum, default_value = "en")]
    lang: Lang,

    /// Replace the file when it is there already
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lang {
    /// English
    En,
    /// German: semicolons between cells, commas before decimals
    De,
}

/// Find impossible values, likely mix-ups of units, and dates that match no night
///
/// Each remark names line and column. An error cannot be and a question could mean two things: neither was taken (exit
/// code 65). A doubt hardly can be and was taken as it stands; a note is worth a look. A table in which no column besides
/// the date is known is no diary.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace diary check diary.csv\n  legtrace diary check diary.csv --study study\n  \
legtrace diary check diary.csv --date-order mdy --vitamin-d-unit nmol/L --json"
)]
struct Check {
    /// The diary
    #[arg(value_name = "DIARY")]
    diary: PathBuf,

    /// Folder that analyze wrote: dates are held against its nights
    #[arg(long, value_name = "STUDY")]
    study: Option<PathBuf>,

    /// Whose nights, of a study of several people: a name in the column person of nights.csv
    #[arg(long, value_name = "NAME", requires = "study")]
    person: Option<String>,

    /// One JSON object
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    verbose: VerboseArg,

    #[command(flatten)]
    read: DiaryArgs,
}

impl Diary {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        match &self.what {
            What::Template(command) => command.run(voice),
            What::Check(command) => command.run(voice),
        }
    }
}

impl Template {
    fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let text = template(match self.lang {
            Lang::En => TemplateLanguage::English,
            Lang::De => TemplateLanguage::German,
        });
        let Some(out) = &self.out else {
            say!("{text}")?;
            return Ok(ExitCode::SUCCESS);
        };
        // A byte order mark tells spreadsheets that it is UTF-8; without it umlauts come out wrong.
        let bytes = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        write_file(out, Existing::from_force(self.force), &bytes)?;
        if voice != Voice::Quiet {
            say!("{}\n", out.display())?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Check {
    fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let mut file = self.read.file(&self.diary);
        let nights = match &self.study {
            Some(study) => {
                let mut rows = study_folder::open(study, Envelopes::Leave)?.rows;
                Whose::One(self.person.as_deref()).choose(&mut rows, study)?;
                let (as_there, note) = as_analyzed(&file, study);
                file = as_there;
                if let Some(note) = note.filter(|_| voice != Voice::Quiet && !self.json) {
                    to_stderr(&note);
                }
                rows.nights
            }
            None => Vec::new(),
        };
        let checked = diary::check_closely(&file, &nights)?;
        tell_diary(Some(&checked), self.verbose.voice(voice));
        if self.json {
            say!("{}\n", checked.to_json())?;
        } else if voice != Voice::Quiet {
            say!("{}", checked.in_words())?;
        }
        Ok(ExitCode::from(checked.exit_code()))
    }
}

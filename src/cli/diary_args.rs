//! Flags that say how a diary is to be read; none is needed for what reading finds out.

use std::path::Path;

use clap::{Args, ValueEnum};

use super::say::to_stderr;
use super::voice::{Voice, decisions_in_words};
use crate::ingest::diary::{DateMeaning, DateOrder, DecimalMark, DiaryOptions};
use crate::pipeline::diary::{Checked, DiaryFile};

/// Flags for reading a diary.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reading the diary")]
pub struct DiaryArgs {
    /// Order of day and month where every date could be either: dmy or mdy
    #[arg(long, value_name = "ORDER", value_enum)]
    date_order: Option<OrderArg>,

    /// Decimal mark where every number could be either: . or ,
    #[arg(long, value_name = "MARK", value_parser = [".", ","])]
    decimal: Option<String>,

    /// Character between cells: ; , tab or |
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    delimiter: Option<char>,

    /// What the dates name, whatever the column is called: the evening or the morning of the night
    #[arg(long, value_name = "END", value_enum)]
    dates: Option<DatesArg>,

    /// Unit of vitamin D values that name none: ng/mL or nmol/L
    #[arg(long, value_name = "UNIT", value_parser = ["ng/mL", "nmol/L"], ignore_case = true)]
    vitamin_d_unit: Option<String>,

    /// Unit of CRP values that name none: mg/L or mg/dL
    #[arg(long, value_name = "UNIT", value_parser = ["mg/L", "mg/dL"], ignore_case = true)]
    crp_unit: Option<String>,
}

/// Which of day and month stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OrderArg {
    /// 03/04/2024 is 3 April
    Dmy,
    /// 03/04/2024 is 4 March
    Mdy,
}

/// Which end of the night a date names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DatesArg {
    /// The evening on which it begins
    Evening,
    /// The morning on which it ends
    Morning,
}

impl DiaryArgs {
    /// The diary at that path, read so.
    pub fn file(&self, path: &Path) -> DiaryFile {
        DiaryFile {
            path: path.to_owned(),
            options: DiaryOptions {
                delimiter: self.delimiter,
                decimal: self.decimal.as_deref().map(|mark| match mark {
                    "," => DecimalMark::Comma,
                    _ => DecimalMark::Point,
                }),
                date_order: self.date_order.map(|order| match order {
                    OrderArg::Dmy => DateOrder::DayFirst,
                    OrderArg::Mdy => DateOrder::MonthFirst,
                }),
                dates: self.dates.map(|dates| match dates {
                    DatesArg::Evening => DateMeaning::Evening,
                    DatesArg::Morning => DateMeaning::Morning,
                }),
                vitamin_d_unit: self.vitamin_d_unit.clone(),
                crp_unit: self.crp_unit.clone(),
                nights: Vec::new(),
            },
        }
    }
}

/// The same flags beside a recording, whose own have the short names. Units of laboratory values are left to the commands
/// that use these.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reading the diary")]
pub struct DiaryBesideArgs {
    /// What the diary's dates name, whatever the column is called: the evening or the morning of the night. This and what
    /// else is said of the diary is kept with the results, and holds for `report`, `plot` and `associate` as well
    #[arg(long, value_name = "END", value_enum, requires = "diary")]
    dates: Option<DatesArg>,

    /// Order of day and month in the diary, where it is another than --date-order says: dmy or mdy
    #[arg(long, value_name = "ORDER", value_enum, requires = "diary")]
    diary_date_order: Option<OrderArg>,

    /// Decimal mark in the diary, where every number could be either: . or ,
    #[arg(long, value_name = "MARK", value_parser = [".", ","], requires = "diary")]
    diary_decimal: Option<String>,

    /// Character between the diary's cells: ; , tab or |
    #[arg(long, value_name = "CHAR", value_parser = delimiter, requires = "diary")]
    diary_delimiter: Option<char>,
}

impl DiaryBesideArgs {
    /// The diary at that path, read so.
    pub fn file(&self, path: &Path) -> DiaryFile {
        let args = DiaryArgs {
            date_order: self.diary_date_order,
            decimal: self.diary_decimal.clone(),
            delimiter: self.diary_delimiter,
            dates: self.dates,
            ..DiaryArgs::default()
        };
        args.file(path)
    }
}

fn delimiter(text: &str) -> Result<char, String> {
    match text {
        "tab" | "\\t" | "\t" => Ok('\t'),
        ";" => Ok(';'),
        "," => Ok(','),
        "|" => Ok('|'),
        _ => Err("use ; , tab or |".to_owned()),
    }
}

/// How a diary was read, for who asked for every decision.
pub fn tell_diary(diary: Option<&Checked>, voice: Voice) {
    if let (Some(diary), Voice::Verbose) = (diary, voice) {
        let told = decisions_in_words(&diary.file, &diary.reading.decisions);
        to_stderr(told.trim_end());
    }
}

//! Why a sleep export could not be read, or not be laid over a recording.

use std::{error, fmt, io};

/// What went wrong.
#[derive(Debug)]
pub struct SleepError {
    /// The file, without folders; `archive/member` inside an archive.
    pub file: String,
    /// What went wrong in it.
    pub kind: SleepErrorKind,
}

/// What went wrong with a sleep export.
#[derive(Debug)]
pub enum SleepErrorKind {
    /// It could not be opened or read.
    Io(io::Error),
    /// No sleep export that we know.
    NotASleepExport {
        /// How it begins, or what it holds.
        seen: String,
    },
    /// A table or a summary of sleep that does not say when it was.
    WithoutTimes {
        /// What it is.
        what: &'static str,
        /// What to take instead.
        instead: &'static str,
    },
    /// An export of a vendor whose layout is not public.
    UnknownLayout {
        /// The vendor.
        vendor: &'static str,
    },
    /// A sleep export without a single night.
    Empty,
    /// A header, and nothing below it.
    NoRows {
        /// The header.
        header: String,
    },
    /// Stages are numbers, and nothing says which is which.
    UnclearNumbers {
        /// The numbers.
        numbers: String,
        /// Why they cannot be told.
        why: &'static str,
    },
    /// Nothing says what the times or lengths count.
    UnclearTimes {
        /// What is not clear.
        what: String,
        /// What to write instead.
        instead: &'static str,
    },
    /// Two rows say different stages of one time.
    Contradiction {
        /// The lines of the first two.
        lines: (u64, u64),
    },
    /// A line that must be understood is not.
    Damaged {
        /// The line, from 1; for JSON and XML counted the same way.
        line: u64,
        /// What was seen.
        seen: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A spreadsheet rounded the stamps.
    DamagedBySpreadsheet {
        /// The line.
        line: u64,
        /// What was seen.
        seen: String,
    },
    /// No stamp tells day from month.
    NeedsDateOrder {
        /// The line of the first stamp that could be either.
        line: u64,
        /// What it says.
        seen: String,
    },
    /// Built without the part that reads it.
    NeedsFeature {
        /// What it is.
        what: &'static str,
        /// The cargo feature.
        feature: &'static str,
    },
    /// A database that is damaged, or not as Health Connect writes it.
    BrokenDatabase {
        /// What the database says.
        why: String,
    },
    /// More than any export holds.
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
}

impl SleepErrorKind {
    /// With the file it was found in.
    pub(super) fn in_file(self, file: &str) -> SleepError {
        SleepError {
            file: file.to_owned(),
            kind: self,
        }
    }
}

impl SleepError {
    /// A stable word for scripts.
    pub fn code(&self) -> &'static str {
        match self.kind {
            SleepErrorKind::Io(_) => "io",
            SleepErrorKind::NotASleepExport { .. } => "not_a_sleep_export",
            SleepErrorKind::WithoutTimes { .. } => "without_times",
            SleepErrorKind::UnknownLayout { .. } => "layout_not_known",
            SleepErrorKind::Empty | SleepErrorKind::NoRows { .. } => "no_nights",
            SleepErrorKind::UnclearNumbers { .. } => "unclear_numbers",
            SleepErrorKind::UnclearTimes { .. } => "unclear_times",
            SleepErrorKind::Contradiction { .. } => "contradiction",
            SleepErrorKind::Damaged { .. } => "damaged",
            SleepErrorKind::DamagedBySpreadsheet { .. } => "damaged_by_spreadsheet",
            SleepErrorKind::NeedsDateOrder { .. } => "needs_date_order",
            SleepErrorKind::NeedsFeature { .. } => "needs_feature",
            SleepErrorKind::BrokenDatabase { .. } => "damaged",
            SleepErrorKind::TooLarge { .. } => "too_large",
        }
    }

    /// Whether the disk failed, not the content.
    pub fn is_io(&self) -> bool {
        matches!(self.kind, SleepErrorKind::Io(_))
    }
}

impl fmt::Display for SleepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        match &self.kind {
            SleepErrorKind::Io(_) => f.write_str("the sleep export could not be read"),
            SleepErrorKind::NotASleepExport { seen } => write!(
                f,
                "this is no sleep export that we know (it begins with \"{seen}\"). Known are Apple Health, Fitbit, Oura, \
                 Garmin, WHOOP, Polar, Withings, Samsung, Google Fit, Sleep as Android, Sleep Cycle, Zepp, Mi Fitness, Eight Sleep, Zeo{}, \
                 RemLogic, DOMINO, Luna, Snooz, a list of stages, and a table with the columns start, end, stage",
                if cfg!(feature = "health-connect") {
                    ", Health Connect"
                } else {
                    ""
                }
            ),
            SleepErrorKind::WithoutTimes { what, instead } => {
                write!(f, "this is {what}. {instead}, or leave --sleep away")
            }
            SleepErrorKind::Empty => f.write_str(
                "the sleep export holds no night: export again with sleep data, or leave --sleep away",
            ),
            SleepErrorKind::UnknownLayout { vendor } => write!(
                f,
                "this seems to be an export of {vendor}, whose layout is not public. Make a table of the night from it, with the columns \
                 start, end, stage (2024-03-04 23:10:00,2024-03-04 23:40:00,light), or leave --sleep away"
            ),
            SleepErrorKind::NoRows { header } => write!(
                f,
                "the sleep export holds no rows, only the header \"{header}\": export again with sleep data, or leave --sleep away"
            ),
            SleepErrorKind::UnclearNumbers { numbers, why } => write!(
                f,
                "the stages are numbers ({numbers}), which programs use in different ways, and {why}. Write words instead: W, N1, N2, \
                 N3, R, or awake, light, deep, rem"
            ),
            SleepErrorKind::UnclearTimes { what, instead } => {
                write!(f, "{what}. {instead}, or leave --sleep away")
            }
            SleepErrorKind::Contradiction { lines: (one, other) } => write!(
                f,
                "lines {one} and {other} say different stages of one time, and so do others. Where two people scored the night, keep the \
                 rows of one, or name them in a column scorer and choose with --sleep-source"
            ),
            SleepErrorKind::Damaged {
                line,
                seen,
                expected,
            } => write!(f, "line {line} says \"{seen}\", where {expected} was expected. Export it again from the app"),
            SleepErrorKind::DamagedBySpreadsheet { line, seen } => write!(
                f,
                "line {line} says \"{seen}\": a spreadsheet rounded the stamp and its digits are gone. \
                 Take the file as the app exported it, without saving it in a spreadsheet"
            ),
            SleepErrorKind::NeedsDateOrder { line, seen } => write!(
                f,
                "cannot tell the date order: line {line} says \"{seen}\", and no date has a day above 12. \
                 Add --date-order dmy or --date-order mdy"
            ),
            SleepErrorKind::NeedsFeature { what, feature } => write!(
                f,
                "this is {what}, and this build cannot read it. Build with --features {feature}, or export the sleep data \
                 from the app that recorded it"
            ),
            SleepErrorKind::BrokenDatabase { why } => write!(
                f,
                "the database cannot be read ({why}). Export it again from Health Connect, and take the zip as it is"
            ),
            SleepErrorKind::TooLarge { what } => write!(f, "{what}: more than a sleep export holds"),
        }
    }
}

impl error::Error for SleepError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.kind {
            SleepErrorKind::Io(source) => Some(source),
            _ => None,
        }
    }
}

impl From<io::Error> for SleepErrorKind {
    fn from(source: io::Error) -> Self {
        Self::Io(source)
    }
}

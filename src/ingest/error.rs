//! Why a file was not read: which file, which line, what was seen, what to type.

use std::error::Error;
use std::fmt;
use std::io;

/// The reason for a refusal, as a stable word for machines and the exit code of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// No time column and no rate in the file: `--rate`.
    NeedsRate,
    /// Day and month cannot be told apart: `--date-order`.
    NeedsDateOrder,
    /// No word and no physics names the unit: `--unit`, `--gravity`.
    NeedsUnit,
    /// Which columns are the three axes, or which of several sensors: `--columns`.
    NeedsColumns,
    /// Two delimiters fit: `--delimiter`, `--decimal`.
    NeedsDelimiter,
    /// The start falls into a repeated hour, or is asked for by the format: `--start`.
    NeedsStart,
    /// What the time column counts cannot be told: `--time-format`.
    NeedsTimeFormat,
    /// Several devices in one file: `--device`.
    NeedsDevice,
    /// Several recordings in one folder or archive: `--member`.
    NeedsMember,
    /// Another sensor.
    NotAcceleration,
    /// Counts, ENMO or another figure an epoch.
    Aggregated,
    /// Stamps or values rounded away by a spreadsheet program.
    DamagedBySpreadsheet,
    /// Below what leg movements need.
    TooSlow,
    /// A device's own file or another binary format.
    Binary,
    /// A recording without a single sample.
    NoSamples,
    /// Every sample the same.
    ConstantValues,
    /// Header and gravity disagree about the unit.
    ContradictionUnit,
    /// Head and later part of the file disagree.
    Contradiction,
    /// Text, but no table of samples.
    NotARecording,
    /// A sleep export: of use with `--sleep`.
    SleepExport,
    /// Broken in transfer: truncated archive, NULs, endless lines.
    Damaged,
    /// A text encoding that is not read.
    UnsupportedEncoding,
    /// Pieces of one recording that overlap in time.
    Overlap,
    /// A flag or profile that does not fit the file.
    BadOption,
    /// The operating system refused.
    Io,
}

impl Refusal {
    /// The word that `inspect --json` shows as `refused`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NeedsRate => "needs_rate",
            Self::NeedsDateOrder => "needs_date_order",
            Self::NeedsUnit => "needs_unit",
            Self::NeedsColumns => "needs_columns",
            Self::NeedsDelimiter => "needs_delimiter",
            Self::NeedsStart => "needs_start",
            Self::NeedsTimeFormat => "needs_time_format",
            Self::NeedsDevice => "needs_device",
            Self::NeedsMember => "needs_member",
            Self::NotAcceleration => "not_acceleration",
            Self::Aggregated => "aggregated",
            Self::DamagedBySpreadsheet => "damaged_by_spreadsheet",
            Self::TooSlow => "too_slow",
            Self::Binary => "binary",
            Self::NoSamples => "no_samples",
            Self::ConstantValues => "constant_values",
            Self::ContradictionUnit => "contradiction_unit",
            Self::Contradiction => "contradiction",
            Self::NotARecording => "not_a_recording",
            Self::SleepExport => "sleep_export",
            Self::Damaged => "damaged",
            Self::UnsupportedEncoding => "unsupported_encoding",
            Self::Overlap => "overlap",
            Self::BadOption => "bad_option",
            Self::Io => "io",
        }
    }
}

/// A refusal with its paragraph.
#[derive(Debug)]
pub struct ReadError {
    refusal: Refusal,
    file: Option<String>,
    line: Option<u64>,
    format: Option<&'static str>,
    message: String,
    source: Option<io::Error>,
}

/// What reading functions return.
pub type ReadResult<T> = Result<T, ReadError>;

impl ReadError {
    /// A refusal; `message` says what was seen and what to type, in whole sentences.
    pub fn new(refusal: Refusal, message: impl Into<String>) -> Self {
        Self {
            refusal,
            file: None,
            line: None,
            format: None,
            message: message.into(),
            source: None,
        }
    }

    /// What the operating system said while `doing` something.
    pub fn io(doing: &str, source: io::Error) -> Self {
        Self {
            message: format!("{doing}: {source}."),
            source: Some(source),
            ..Self::new(Refusal::Io, "")
        }
    }

    /// The same refusal at a line, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line.get_or_insert(line);
        self
    }

    /// The same refusal so many lines further down: where lines were counted from within.
    #[must_use]
    pub(super) fn further_down(mut self, lines: u64) -> Self {
        self.line = self.line.map(|line| line.saturating_add(lines));
        self
    }

    /// The same refusal in a file; an inner, nearer name is kept.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.file.get_or_insert_with(|| file.to_owned());
        self
    }

    /// The same refusal of a file whose format is known.
    #[must_use]
    pub fn of_format(mut self, format: &'static str) -> Self {
        self.format.get_or_insert(format);
        self
    }

    /// The reason.
    pub fn refusal(&self) -> Refusal {
        self.refusal
    }

    /// The reason as a stable word: `needs_rate`, `aggregated`, `damaged`, `io`, …
    pub fn code(&self) -> &'static str {
        self.refusal.code()
    }

    /// Whether the operating system refused, rather than the file's content.
    pub fn is_io(&self) -> bool {
        self.refusal == Refusal::Io
    }

    /// The format, where it was recognised before the refusal.
    pub fn format(&self) -> Option<&'static str> {
        self.format
    }

    /// The line, counted from 1, where one is to blame.
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// What was seen and what to type, without file and line.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, "{file}, line {line}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, Some(line)) => write!(f, "line {line}: ")?,
            (None, None) => {}
        }
        f.write_str(&self.message)
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_ref()
            .map(|source| source as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_and_the_first_line_win() {
        let error = ReadError::new(Refusal::NeedsRate, "No time column. Add --rate HZ.")
            .in_file("inner.csv")
            .in_file("outer.zip")
            .at_line(7)
            .at_line(9);
        assert_eq!(
            error.to_string(),
            "inner.csv, line 7: No time column. Add --rate HZ."
        );
        assert_eq!(error.code(), "needs_rate");
    }
}

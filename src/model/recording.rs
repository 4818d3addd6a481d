//! A recording as the device wrote it: blocks of raw samples, what is known of them, and what reading them showed.

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::body::{Leg, Placement};
use super::units::{AccelUnit, GravityState, SampleRate};

/// A block of samples in the order of the file: stamps and three axes of equal length, in the file's own unit.
///
/// Stamps are whole nanoseconds; what they count from says [`SourceInfo::stamps`]. Within one recording they never
/// go backward (the reader drops or sorts what does, and counts it).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawBlock {
    /// One stamp a sample, in nanoseconds.
    pub stamp_ns: Vec<i64>,
    /// First axis, in the file's unit.
    pub x: Vec<f32>,
    /// Second axis, in the file's unit.
    pub y: Vec<f32>,
    /// Third axis, in the file's unit.
    pub z: Vec<f32>,
}

impl RawBlock {
    /// How many samples the block holds.
    pub fn len(&self) -> usize {
        self.stamp_ns.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.stamp_ns.is_empty()
    }

    /// Empties the block and keeps its buffers.
    pub fn clear(&mut self) {
        self.stamp_ns.clear();
        self.x.clear();
        self.y.clear();
        self.z.clear();
    }

    /// Appends one sample.
    #[inline]
    pub fn push(&mut self, stamp_ns: i64, v: [f32; 3]) {
        self.stamp_ns.push(stamp_ns);
        self.x.push(v[0]);
        self.y.push(v[1]);
        self.z.push(v[2]);
    }
}

/// What a stamp counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampKind {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    Utc,
    /// A wall clock without a zone, written as if it were UTC.
    LocalCivil,
    /// Nanoseconds since the device's own zero; no wall clock is known.
    Elapsed,
}

impl StampKind {
    /// `utc`, `local` or `elapsed`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utc => "utc",
            Self::LocalCivil => "local",
            Self::Elapsed => "elapsed",
        }
    }
}

/// One thing that reading decided, and by what evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided: `format`, `delimiter`, `time`, `unit`, `gravity`, `rate`, …
    pub what: String,
    /// The outcome.
    pub value: String,
    /// The evidence, as a phrase: `header says (g), quiet |v| = 1.003`.
    pub because: String,
}

impl Decision {
    /// A decision with its evidence.
    pub fn new(
        what: impl Into<String>,
        value: impl Into<String>,
        because: impl Into<String>,
    ) -> Self {
        Self {
            what: what.into(),
            value: value.into(),
            because: because.into(),
        }
    }
}

/// What is known of a recording before its samples are read to the end.
#[derive(Debug, Clone)]
pub struct SourceInfo {
    /// Short name of the export's format: `axivity`, `actigraph_raw`, `generic_table`, …
    pub format: String,
    /// File name without folders.
    pub file: String,
    /// Member of a zip archive, when it is one.
    pub member: Option<String>,
    /// Device model, as the header words it.
    pub device: Option<String>,
    /// Serial number or device address, as the header words it.
    pub serial: Option<String>,
    /// Where it was worn, when header or flag says so.
    pub placement: Placement,
    /// Which leg, when header, file name or flag says so.
    pub leg: Option<Leg>,
    /// What the stamps count from.
    pub stamps: StampKind,
    /// The zone of the wearer, when header, metadata or flag names one.
    pub zone: Option<TimeZone>,
    /// Sampling rate measured over the head of the file: what filters are planned for.
    pub rate: SampleRate,
    /// Whether gravity is in the numbers, by name and head; the whole file settles it in [`Survey::gravity`].
    pub gravity: GravityState,
    /// Decisions made so far.
    pub decisions: Vec<Decision>,
}

/// A stretch without samples, longer than two seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// From the first sample to the last one before the gap.
    pub start: SignedDuration,
    /// From that sample to the next.
    pub length: SignedDuration,
}

/// Rows that were not used as they stood, by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RowCounts {
    /// Rows parsed as samples, before cleaning.
    pub parsed: u64,
    /// Rows that held no sample (a repeated header, a comment, empty cells of other sensors).
    pub skipped: u64,
    /// Of those, rows with a word that says so, as NaN.
    pub missing: u64,
    /// Of the rows parsed, those with one number in all axes where gravity should be: lost packets, left out.
    pub lost: u64,
    /// Rows with cells that are no numbers.
    pub unparsable: u64,
    /// Rows equal to the row before in stamp and values.
    pub duplicate: u64,
    /// Rows whose stamp stepped backward.
    pub backward: u64,
}

impl RowCounts {
    /// Samples that are left after cleaning.
    pub fn samples(&self) -> u64 {
        self.parsed
            .saturating_sub(self.duplicate + self.backward + self.lost)
    }
}

/// What the whole file showed once it was read to the end.
#[derive(Debug, Clone)]
pub struct Survey {
    /// Rows by fate.
    pub rows: RowCounts,
    /// Stamp of the first sample in ns, `None` without samples.
    pub first_stamp_ns: Option<i64>,
    /// Stamp of the last sample in ns.
    pub last_stamp_ns: Option<i64>,
    /// Median over 10 s windows outside gaps.
    pub rate: SampleRate,
    /// Half the spread (p90 - p10) of the time between samples, in seconds.
    pub jitter_s: f64,
    /// Stretches without samples longer than two seconds.
    pub gaps: Vec<Gap>,
    /// The unit, settled between header, name and the physics of gravity.
    pub unit: AccelUnit,
    /// Whether gravity is in the numbers.
    pub gravity: GravityState,
    /// Median |v| over quiet windows, in the file's unit; `None` without a quiet window.
    pub quiet_magnitude: Option<f64>,
    /// Smallest step between values of an axis, in g: the sensor's resolution as exported.
    pub resolution_g: Option<f64>,
    /// Largest magnitude of one axis, in g.
    pub peak_axis_g: f64,
    /// All decisions, those of the head and those of the whole file.
    pub decisions: Vec<Decision>,
    /// Things the reader should know, one sentence each.
    pub warnings: Vec<String>,
}

impl Survey {
    /// From the first sample to the last.
    pub fn duration(&self) -> SignedDuration {
        match (self.first_stamp_ns, self.last_stamp_ns) {
            (Some(first), Some(last)) => SignedDuration::from_nanos(last.saturating_sub(first)),
            _ => SignedDuration::ZERO,
        }
    }
}

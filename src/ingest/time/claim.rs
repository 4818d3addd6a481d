//! What a format knows of its time before the values are looked at.

use jiff::tz::TimeZone;

use super::format::{DateOrder, TimeFormat};
use crate::ingest::options::StartTime;
use crate::model::units::SampleRate;

/// What a format knows of its time before the values are looked at.
#[derive(Debug, Clone, Default)]
pub(in crate::ingest) struct TimeClaim {
    /// Columns to be considered; `None` for all whose name speaks of time, or all where there are no names.
    pub candidates: Option<Vec<usize>>,
    /// Columns that hold the values, and so no clock.
    pub axes: Vec<usize>,
    /// What a column holds, where the format fixes it.
    pub formats: Vec<(usize, TimeFormat)>,
    /// The column whose steps space the samples, where the format fixes it.
    pub spacing: Option<usize>,
    /// Day and month, as the header says.
    pub order: Option<(DateOrder, String)>,
    /// The rate that the header states, and its words.
    pub rate: Option<(SampleRate, String)>,
    /// The start of the first sample as the header states it, and its words.
    pub start: Option<(StartTime, String)>,
    /// The zone that header or metadata name, and their words.
    pub zone: Option<(TimeZone, String)>,
    /// Epoch stamps are a local clock written as if it were UTC.
    pub epoch: EpochMeans,
    /// Rows are written at events of any sensor.
    pub rows: RowsAre,
    /// Sensor stamps come from a counter of 32 bits.
    pub counter: CounterWidth,
    /// From which elapsed time on which instant goes with it, in order: a clock that stands still in pauses.
    pub segments: Vec<Segment>,
}

/// From `from_ns` on, elapsed time runs on from this instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) struct Segment {
    pub from_ns: i64,
    pub utc_ns: i64,
}

/// What an epoch stamp means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ingest) enum EpochMeans {
    #[default]
    Utc,
    /// Axivity: the device's local clock written as if it were UTC.
    LocalClock,
}

/// When a device writes a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ingest) enum RowsAre {
    /// For each sample.
    #[default]
    Samples,
    /// For an event of any sensor, the others held.
    AnyEvent,
    /// At a rate of the logger's own; a sensor stamp that stands twice is one sample.
    Polled,
}

/// Whether a device's counter wraps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ingest) enum CounterWidth {
    /// Where the numbers come near to 2^32.
    #[default]
    Unknown,
    Bits32,
}

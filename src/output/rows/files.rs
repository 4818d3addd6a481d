//! `files`: one row an input, whatever became of it.

use jiff::Timestamp;

use super::row;
use super::time::LocalTime;
use crate::model::body::{Leg, Placement};
use crate::model::quality::Grade;

row! {
    /// What became of an input file.
    #[derive(Debug, Clone, PartialEq, Default)]
    FileRow in "files" {
        /// Name of the file, with the folders below the one that was named.
        file: String = "text",
        /// Member of a zip archive, where it is one.
        member: Option<String> = "text",
        /// What became of it: `analysed`, `refused` (no result can be given, `reason` says why), `passed over` (no recording, or
        /// a copy of another, in a folder with recordings).
        outcome: String = "text",
        /// A stable word for the reason: `needs_rate`, `aggregated`, `damaged`, …; empty when it was analysed.
        code: Option<String> = "text",
        /// Why, and what to do about it, in a sentence.
        reason: Option<String> = "text",
        /// The night it went into, as in `nights`; several are separated by `;`.
        night: Option<String> = "text",
        /// Whose recording it is, as in `nights`.
        person: Option<String> = "text",
        /// Format that was recognised.
        format: Option<String> = "text",
        /// Device, as the header words it.
        device: Option<String> = "text",
        /// Leg, when header, file name or flag says so.
        leg: Option<Leg> = "L or R",
        /// Where it was worn, as stated or as the header says.
        placement: Option<Placement> = "text",
        /// First sample as an instant; empty without a zone.
        start_utc: Option<Timestamp> = "RFC 3339",
        /// First sample on the wall clock; empty without a clock.
        start_local: Option<LocalTime> = "RFC 3339",
        /// From the first sample to the last.
        duration_h: Option<f64> = "h" 3,
        /// Rows parsed as samples, before cleaning.
        n_samples: Option<u64> = "count",
        /// Rows that held no sample, were no numbers, came twice or stepped backward.
        n_rows_left_out: Option<u64> = "count",
        /// Sampling rate: median over 10 s windows outside gaps.
        rate_hz: Option<f64> = "Hz" 3,
        /// Stretches without samples for more than 2 s.
        n_gaps: Option<u32> = "count",
        /// Unit of the numbers: `g`, `mg`, `m/s2`, `counts`.
        unit: Option<String> = "text",
        /// Whether gravity is in the numbers: `included` or `removed`.
        gravity: Option<String> = "text",
        /// Quality grade of the night it went into.
        grade: Option<Grade> = "A to D",
        /// Size of the file.
        size_bytes: Option<u64> = "bytes",
        /// SHA-256 of the file.
        sha256: Option<String> = "hex",
    }
}

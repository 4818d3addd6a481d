//! Why an export cannot be laid over a recording, and by how many hours the clocks would have to be moved.

use std::{error, fmt};

use super::candidate::{Candidate, LEAST_SHARE, share_of};
use super::flatten;
use super::place::Placed;

/// Why an export cannot be laid over a recording.
#[derive(Debug, Clone, PartialEq)]
pub enum MaskError {
    /// One has wall clocks, the other instants, and no zone ties them.
    NeedsZone {
        /// Which of the two has no zone.
        what: &'static str,
    },
    /// The recording has no wall clock.
    NeedsStart,
    /// The export has times of day, and the recording several days.
    NeedsDate,
    /// No source has that name.
    NoSuchSource {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: Vec<String>,
    },
    /// It covers too little of the recording.
    LittleOverlap {
        /// Share of the recording, 0 to 1.
        share: f64,
        /// By how many minutes to move it, and the share then, where that would explain it.
        moved: Option<(i64, f64)>,
        /// How far the nearest night is away, in hours, when nothing overlaps.
        nearest_h: Option<f64>,
    },
}

impl MaskError {
    /// A stable word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NeedsZone { .. } => "needs_zone",
            Self::NeedsStart => "needs_start",
            Self::NeedsDate => "needs_date",
            Self::NoSuchSource { .. } => "no_such_source",
            Self::LittleOverlap { moved: Some(_), .. } => "zone_in_doubt",
            Self::LittleOverlap { .. } => "little_overlap",
        }
    }
}

impl fmt::Display for MaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsZone { what } => write!(
                f,
                "{what} has times without a zone, and the other counts from UTC: add --tz with the zone in which the night was \
                 slept, as --tz Europe/Berlin"
            ),
            Self::NeedsStart => f.write_str(
                "the recording has no wall clock, so the sleep export cannot be laid over it: add --start with its first instant",
            ),
            Self::NeedsDate => f.write_str(
                "the sleep export has times of day without a date, and the recording lasts more than a day: write the date before each time",
            ),
            Self::NoSuchSource { asked, known } => write!(
                f,
                "the sleep export has no source \"{asked}\"; it has {}",
                known.join(", ")
            ),
            Self::LittleOverlap {
                share,
                moved,
                nearest_h,
            } => {
                write!(f, "the sleep export covers {:.0} % of the recording", share * 100.0)?;
                match (moved, nearest_h) {
                    (Some((minutes, then)), _) => write!(
                        f,
                        ". Moved by {:+} h it would cover {:.0} %: is one of the two clocks in another zone? Add --tz with the zone \
                         in which the recording was made, as --tz Europe/Berlin",
                        *minutes as f64 / 60.0,
                        then * 100.0
                    ),
                    (None, Some(hours)) => write!(
                        f,
                        "; its nearest night is {hours:.0} h away. Is it an export of other nights? Export again with this night in it, or \
                         leave --sleep away"
                    ),
                    (None, None) => f.write_str(
                        ", less than half: what is not covered would count as neither asleep nor awake. Leave --sleep away",
                    ),
                }
            }
        }
    }
}

impl error::Error for MaskError {}

/// The refusal, with the shift in whole half hours that would explain it where both have clocks, and how far the nearest
/// night is.
pub(super) fn too_little(candidates: &[Candidate], length_ns: i64, clocks: bool) -> MaskError {
    const HALF_HOUR_NS: i64 = 1800 * 1_000_000_000;
    /// Clocks on earth differ by up to 26 h; two that a traveller uses by less.
    const FARTHEST: i64 = 28;
    let far = FARTHEST * HALF_HOUR_NS;
    let near: Vec<Vec<Placed>> = candidates
        .iter()
        .map(|candidate| {
            candidate
                .cover
                .iter()
                .copied()
                .filter(|piece| piece.overlaps(-far, length_ns.saturating_add(far)))
                .collect()
        })
        .collect();
    let moved_share = |steps: i64| {
        let by = steps * HALF_HOUR_NS;
        near.iter()
            .map(|cover| flatten::covered(cover, -by, length_ns.saturating_sub(by)))
            .max()
            .unwrap_or(0) as f64
            / length_ns.max(1) as f64
    };
    let moved = (1..=FARTHEST)
        .filter(|_| clocks)
        .flat_map(|steps| [steps, -steps])
        .map(|steps| (steps * 30, moved_share(steps)))
        .filter(|(_, share)| *share >= LEAST_SHARE)
        // The smallest move that is within a twentieth of the best one.
        .fold(None, |best: Option<(i64, f64)>, next| match best {
            Some(best) if next.1 <= best.1 + 0.05 => Some(best),
            _ => Some(next),
        });
    let nearest_h = candidates
        .iter()
        .flat_map(|candidate| &candidate.cover)
        .map(|piece| (piece.from.saturating_sub(length_ns)).max(-piece.to).max(0))
        .min()
        .filter(|distance| *distance > 0)
        .map(|distance| distance as f64 / 3.6e12);
    let share = candidates
        .iter()
        .map(|candidate| share_of(&candidate.cover, length_ns))
        .fold(0.0, f64::max);
    MaskError::LittleOverlap {
        share,
        moved,
        nearest_h,
    }
}

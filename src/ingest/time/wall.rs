//! Wall clocks: from local times to UTC by a zone, and the change to and from summer time.
//!
//! Most devices do not know it: stamps that run through a change are a clock of fixed offset, anchored at the start. A
//! jump of one hour at the change is a clock that follows it.

use jiff::civil::{DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::StartTime;
use crate::ingest::survey::GAP_NS;

pub(super) const HOUR_NS: i64 = 3_600_000_000_000;

/// A start in nanoseconds: UTC for an instant or with a zone, else the wall clock as if it were UTC.
pub(super) fn start_ns(start: StartTime, zone: Option<&TimeZone>) -> ReadResult<i64> {
    match start {
        StartTime::Instant(instant) => Ok(ns_of(instant)),
        StartTime::Local(local) => match TimeZone::UTC.to_timestamp(local) {
            Ok(instant) => local_to_utc(ns_of(instant), zone),
            Err(_) => Err(ReadError::new(
                Refusal::BadOption,
                format!("--start {local} is out of range."),
            )),
        },
    }
}

fn ns_of(instant: Timestamp) -> i64 {
    i64::try_from(instant.as_nanosecond()).unwrap_or(0)
}

/// A wall clock in UTC by its zone; unchanged without one. The hour that a zone repeats is asked for.
pub(super) fn local_to_utc(local_ns: i64, zone: Option<&TimeZone>) -> ReadResult<i64> {
    let Some(zone) = zone else {
        return Ok(local_ns);
    };
    let Some(civil) = civil(local_ns) else {
        return Err(ReadError::new(
            Refusal::Damaged,
            "The clock is out of range.",
        ));
    };
    let offset = match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { before, .. } => before,
        AmbiguousOffset::Fold { before, after } => {
            return Err(ReadError::new(
                Refusal::NeedsStart,
                format!(
                    "The recording starts at {civil}, in the hour that the clocks of {} showed twice that night. \
                     Add --start \"{civil}{before}\" or --start \"{civil}{after}\".",
                    zone.iana_name().unwrap_or("this zone")
                ),
            ));
        }
    };
    Ok(local_ns.saturating_sub(i64::from(offset.seconds()) * 1_000_000_000))
}

/// A wall clock in nanoseconds as a date and time.
pub(in crate::ingest) fn civil(local_ns: i64) -> Option<DateTime> {
    let stamp = Timestamp::from_nanosecond(i128::from(local_ns)).ok()?;
    Some(TimeZone::UTC.to_datetime(stamp))
}

/// Whether a jump of the civil clock is the change to or from summer time, and what makes up for it.
///
/// With a zone the change must be that zone's. Without one it must be of an hour to within two seconds, in the small
/// hours of a Sunday (or the day before or after) in a month in which zones change.
pub(super) fn civil_change(step: i64, raw: i64, zone: Option<&TimeZone>) -> Option<i64> {
    let back = step.saturating_add(HOUR_NS).saturating_abs() <= GAP_NS;
    let forward = step.saturating_sub(HOUR_NS).saturating_abs() <= GAP_NS;
    if !back && !forward {
        return None;
    }
    let change = if back { HOUR_NS } else { -HOUR_NS };
    let now = civil(raw)?;
    let before = civil(raw.checked_sub(step)?)?;
    match zone {
        Some(zone) => {
            let offset = |local: DateTime, hours: i64| {
                let shifted = local.checked_add(SignedDuration::from_hours(hours)).ok()?;
                Some(zone.to_offset(zone.to_ambiguous_timestamp(shifted).compatible().ok()?))
            };
            let (early, late) = (offset(before, -2)?, offset(now, 2)?);
            let moved = i64::from(early.seconds() - late.seconds()) * 1_000_000_000;
            (moved == change).then_some(change)
        }
        None => {
            let season = matches!(now.month(), 3 | 4 | 9 | 10 | 11);
            let weekend = matches!(
                now.weekday(),
                Weekday::Saturday | Weekday::Sunday | Weekday::Friday
            );
            let small_hours = now.hour() <= 4 || before.hour() >= 23;
            (season && weekend && small_hours).then_some(change)
        }
    }
}

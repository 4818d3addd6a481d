//! From a span since the first sample to wall-clock time: the one place where that is done.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::recording::StampKind;

/// The clock of a recording: its first instant and what that instant means.
///
/// A UTC clock with a zone gives both instants and local times; a local clock without a zone gives local times only;
/// without a clock there is neither, and every index is still computed.
#[derive(Debug, Clone)]
pub struct RecordingClock {
    start_ns: i64,
    kind: StampKind,
    zone: Option<TimeZone>,
}

impl RecordingClock {
    /// A clock that starts at `start_ns` of the given kind; a zone is of use to UTC stamps only.
    pub fn new(start_ns: i64, kind: StampKind, zone: Option<TimeZone>) -> Self {
        Self {
            start_ns,
            kind,
            zone,
        }
    }

    /// What the stamps count from.
    pub fn kind(&self) -> StampKind {
        self.kind
    }

    /// Stamp of the first sample in nanoseconds.
    pub fn start_ns(&self) -> i64 {
        self.start_ns
    }

    /// The zone, where one is known.
    pub fn zone(&self) -> Option<&TimeZone> {
        self.zone.as_ref()
    }

    /// The same clock, started `by` later.
    pub fn shifted(&self, by: SignedDuration) -> Self {
        Self {
            start_ns: self.start_ns.saturating_add(nanos(by)),
            ..self.clone()
        }
    }

    /// The instant `at` after the first sample; `None` where no zone ties the clock to UTC.
    pub fn instant(&self, at: SignedDuration) -> Option<Timestamp> {
        match self.kind {
            StampKind::Utc => self.stamp(at),
            StampKind::LocalCivil | StampKind::Elapsed => None,
        }
    }

    /// The wall-clock time `at` after the first sample; `None` where no zone and no local clock is known.
    pub fn local(&self, at: SignedDuration) -> Option<DateTime> {
        match (self.kind, &self.zone) {
            (StampKind::Utc, Some(zone)) => Some(zone.to_datetime(self.stamp(at)?)),
            (StampKind::LocalCivil, _) => Some(TimeZone::UTC.to_datetime(self.stamp(at)?)),
            _ => None,
        }
    }

    /// RFC 3339: with the zone's offset or `Z` for a UTC clock, without offset for a local one.
    pub fn rfc3339(&self, at: SignedDuration) -> Option<String> {
        match (self.kind, &self.zone) {
            (StampKind::Utc, Some(zone)) => {
                let instant = self.stamp(at)?;
                let offset = zone.to_offset(instant);
                Some(instant.display_with_offset(offset).to_string())
            }
            (StampKind::Utc, None) => Some(self.stamp(at)?.to_string()),
            _ => Some(self.local(at)?.to_string()),
        }
    }

    /// How long after the first sample a local time falls; `None` without a wall clock. A local time that the zone
    /// repeats is taken as its first occurrence, one that it skips as the instant after the jump.
    pub fn since_start(&self, local: DateTime) -> Option<SignedDuration> {
        let stamp = match (self.kind, &self.zone) {
            (StampKind::Utc, Some(zone)) => zone.to_ambiguous_timestamp(local).compatible().ok()?,
            (StampKind::LocalCivil, _) => TimeZone::UTC.to_timestamp(local).ok()?,
            _ => return None,
        };
        let ns = i64::try_from(stamp.as_nanosecond()).ok()?;
        Some(SignedDuration::from_nanos(ns.checked_sub(self.start_ns)?))
    }

    fn stamp(&self, at: SignedDuration) -> Option<Timestamp> {
        let ns = i128::from(self.start_ns).checked_add(at.as_nanos())?;
        Timestamp::from_nanosecond(ns).ok()
    }
}

/// A span in nanoseconds, held within i64 (292 years) at the end that it lies beyond.
pub fn nanos(span: SignedDuration) -> i64 {
    i64::try_from(span.as_nanos()).unwrap_or(if span.is_negative() {
        i64::MIN
    } else {
        i64::MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_beyond_292_years_is_held_at_its_own_end() {
        assert_eq!(nanos(SignedDuration::from_millis(-1)), -1_000_000);
        assert_eq!(nanos(SignedDuration::MAX), i64::MAX);
        assert_eq!(nanos(SignedDuration::MIN), i64::MIN);
    }

    /// 2024-10-27 00:30 UTC, half an hour before Berlin goes back from 03:00 to 02:00 (tz database, rule EU).
    const BEFORE_BERLIN_CHANGE_NS: i64 = 1_729_989_000_000_000_000;

    #[test]
    fn the_repeated_hour_is_told_apart_by_its_offset() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let clock = RecordingClock::new(BEFORE_BERLIN_CHANGE_NS, StampKind::Utc, Some(zone));
        let first = clock.rfc3339(SignedDuration::ZERO).unwrap();
        let second = clock.rfc3339(SignedDuration::from_hours(1)).unwrap();
        assert_eq!(first, "2024-10-27T02:30:00+02:00");
        assert_eq!(second, "2024-10-27T02:30:00+01:00");
    }

    #[test]
    fn a_local_clock_has_no_instant() {
        let clock = RecordingClock::new(0, StampKind::LocalCivil, None);
        assert_eq!(clock.instant(SignedDuration::ZERO), None);
        assert_eq!(
            clock.rfc3339(SignedDuration::from_secs(61)).unwrap(),
            "1970-01-01T00:01:01"
        );
    }

    #[test]
    fn without_a_clock_there_is_neither() {
        let clock = RecordingClock::new(5, StampKind::Elapsed, None);
        assert_eq!(clock.rfc3339(SignedDuration::ZERO), None);
        assert_eq!(clock.local(SignedDuration::ZERO), None);
    }

    #[test]
    fn a_local_time_finds_its_way_back() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let clock = RecordingClock::new(BEFORE_BERLIN_CHANGE_NS, StampKind::Utc, Some(zone));
        let at = SignedDuration::from_hours(5);
        assert_eq!(clock.since_start(clock.local(at).unwrap()), Some(at));
    }
}

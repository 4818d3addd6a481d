//! Where a long recording is cut into nights: at local noon.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};

use crate::model::clock::{RecordingClock, nanos};
use crate::model::recording::StampKind;

/// A piece shorter than this on one side of noon stays with the other side: a recording begun at eleven in the morning
/// is no night of its own, nor is the hour after noon of a late riser.
pub const SHORTEST_PIECE: SignedDuration = SignedDuration::from_hours(3);

/// The next instants, in nanoseconds of the stamps, at which a recording is cut.
///
/// Without a zone or a local clock nobody knows when noon is; the recording is then cut every 24 h from its first
/// sample, which is told in a warning.
#[derive(Debug, Clone)]
pub struct Cuts {
    clock: RecordingClock,
    next_ns: Option<i64>,
    at_noon: bool,
}

impl Cuts {
    /// Cuts for a recording whose first stamp is `first_ns`.
    pub fn new(first_ns: i64, kind: StampKind, zone: Option<TimeZone>) -> Self {
        let clock = RecordingClock::new(first_ns, kind, zone);
        let at_noon = clock.local(SignedDuration::ZERO).is_some();
        let mut cuts = Self {
            clock,
            next_ns: None,
            at_noon,
        };
        cuts.next_ns = cuts.after(first_ns.saturating_add(nanos(SHORTEST_PIECE)));
        cuts
    }

    /// Whether the cuts lie at local noon.
    pub fn at_noon(&self) -> bool {
        self.at_noon
    }

    /// The next cut in nanoseconds of the stamps.
    pub fn next_ns(&self) -> Option<i64> {
        self.next_ns
    }

    /// Goes on to the first cut after `stamp_ns`.
    pub fn advance_past(&mut self, stamp_ns: i64) {
        self.next_ns = self.after(stamp_ns);
    }

    fn after(&self, stamp_ns: i64) -> Option<i64> {
        let start = self.clock.start_ns();
        let since = SignedDuration::from_nanos(stamp_ns.checked_sub(start)?);
        match self.clock.local(since) {
            Some(local) => {
                let noon = noon_after(local)?;
                let at = self.clock.since_start(noon)?;
                start.checked_add(i64::try_from(at.as_nanos()).ok()?)
            }
            None => {
                let day = nanos(SignedDuration::from_hours(24));
                let days = since.as_nanos().div_euclid(i128::from(day)) + 1;
                start.checked_add(i64::try_from(days * i128::from(day)).ok()?)
            }
        }
    }
}

fn noon_after(local: DateTime) -> Option<DateTime> {
    let noon = local.date().at(12, 0, 0, 0);
    if local < noon {
        Some(noon)
    } else {
        noon.checked_add(1.day()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000_000;

    #[test]
    fn a_recording_begun_before_noon_is_not_cut_at_that_noon() {
        // 11:38 local, as the long wrist recording begins; the first cut is noon of the next day.
        let start = 11 * HOUR + 38 * 60_000_000_000;
        let cuts = Cuts::new(start, StampKind::LocalCivil, None);
        assert_eq!(cuts.next_ns(), Some(36 * HOUR));
        let evening = Cuts::new(22 * HOUR, StampKind::LocalCivil, None);
        assert_eq!(evening.next_ns(), Some(36 * HOUR));
    }

    #[test]
    fn noon_keeps_to_the_zone_over_a_change_of_the_clocks() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        // 2024-10-26 20:00 local (18:00 UTC); the clocks go back in the night, so the next noon is 17 h later.
        let start = 1_729_965_600_000_000_000;
        let mut cuts = Cuts::new(start, StampKind::Utc, Some(zone));
        let first = cuts.next_ns().unwrap();
        assert_eq!(first - start, 17 * HOUR);
        cuts.advance_past(first);
        assert_eq!(cuts.next_ns().unwrap() - first, 24 * HOUR);
    }

    #[test]
    fn without_a_clock_a_day_is_counted_from_the_first_sample() {
        let mut cuts = Cuts::new(5, StampKind::Elapsed, None);
        assert!(!cuts.at_noon());
        assert_eq!(cuts.next_ns(), Some(5 + 24 * HOUR));
        cuts.advance_past(5 + 24 * HOUR);
        assert_eq!(cuts.next_ns(), Some(5 + 48 * HOUR));
    }
}

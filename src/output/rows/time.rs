//! Times as tables write them: RFC 3339 with milliseconds.

use std::fmt;
use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use crate::model::clock::RecordingClock;

/// A wall-clock time, with the zone's offset where a zone is known: the offset tells the two halves of a repeated hour
/// apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LocalTime {
    civil: DateTime,
    offset: Option<Offset>,
}

impl LocalTime {
    /// A wall-clock time, cut to whole milliseconds.
    pub fn new(civil: DateTime, offset: Option<Offset>) -> Self {
        let whole = civil.subsec_nanosecond() / 1_000_000 * 1_000_000;
        let civil = civil
            .with()
            .subsec_nanosecond(whole)
            .build()
            .unwrap_or(civil);
        Self { civil, offset }
    }

    /// The wall-clock time `at` after the first sample; `None` for a recording without one.
    pub fn at(clock: &RecordingClock, at: SignedDuration) -> Option<Self> {
        let civil = clock.local(at)?;
        let offset = match (clock.instant(at), clock.zone()) {
            (Some(instant), Some(zone)) => Some(zone.to_offset(instant)),
            _ => None,
        };
        Some(Self::new(civil, offset))
    }

    /// What the clock on the wall shows.
    pub fn civil(self) -> DateTime {
        self.civil
    }

    /// How far the clock on the wall is from UTC, where that is known.
    pub fn offset(self) -> Option<Offset> {
        self.offset
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.civil)?;
        let Some(offset) = self.offset else {
            return Ok(());
        };
        let minutes = offset.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        let minutes = minutes.abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl FromStr for LocalTime {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let civil: DateTime = text.parse()?;
        let offset = match text.parse::<Timestamp>() {
            Ok(instant) => {
                let ahead = civil.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp();
                let seconds = ahead.as_second() - instant.as_second();
                Some(Offset::from_seconds(
                    i32::try_from(seconds).unwrap_or(i32::MAX),
                )?)
            }
            Err(_) => None,
        };
        Ok(Self::new(civil, offset))
    }
}

/// A span in seconds, for columns with the suffix `_s`.
pub fn seconds(span: SignedDuration) -> f64 {
    span.as_secs_f64()
}

/// A span in hours, for columns with the suffix `_h`.
pub fn hours(span: SignedDuration) -> f64 {
    span.as_secs_f64() / 3600.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::recording::StampKind;
    use jiff::tz::TimeZone;

    #[test]
    fn a_local_time_is_read_back_as_it_was_written() {
        for text in [
            "2024-10-27T02:30:00.000+02:00",
            "2024-10-27T02:30:00.125+01:00",
            "2024-01-02T23:59:59.999-03:30",
            "2024-01-02T23:59:59.999",
        ] {
            let time: LocalTime = text.parse().unwrap();
            assert_eq!(time.to_string(), text);
        }
        assert!("yesterday".parse::<LocalTime>().is_err());
    }

    #[test]
    fn the_repeated_hour_keeps_its_offsets() {
        // 2024-10-27 00:30 UTC, half an hour before Berlin goes back (tz database, rule EU).
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let clock = RecordingClock::new(1_729_989_000_000_000_000, StampKind::Utc, Some(zone));
        let texts = [0, 1].map(|h| {
            LocalTime::at(&clock, SignedDuration::from_hours(h))
                .unwrap()
                .to_string()
        });
        assert_eq!(
            texts,
            [
                "2024-10-27T02:30:00.000+02:00",
                "2024-10-27T02:30:00.000+01:00"
            ]
        );
    }

    #[test]
    fn without_a_wall_clock_there_is_no_local_time() {
        let clock = RecordingClock::new(0, StampKind::Elapsed, None);
        assert_eq!(LocalTime::at(&clock, SignedDuration::ZERO), None);
    }
}

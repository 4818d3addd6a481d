//! A moment as it is typed: a time of day, a date and time, or an instant.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

use crate::error::{Error, Kind};
use crate::model::clock::RecordingClock;

/// Lights out or lights on as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moment {
    /// A time of day on the wearer's wall clock.
    TimeOfDay(Time),
    /// A date and time on the wearer's wall clock.
    Local(DateTime),
    /// An instant with its offset.
    Instant(Timestamp),
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TimeOfDay(time) => time.fmt(f),
            Self::Local(local) => local.fmt(f),
            Self::Instant(instant) => instant.fmt(f),
        }
    }
}

impl std::str::FromStr for Moment {
    type Err = NoMoment;

    /// Reads `23:10`, `23:10:30`, `2024-05-07 23:10`, `2024-05-07T23:10:00+02:00` or `2024-05-07T23:10[Europe/Berlin]`.
    ///
    /// What says most is tried first: a time of day would be found in the others, too, and what else they say be lost.
    fn from_str(text: &str) -> Result<Self, NoMoment> {
        let text = text.trim();
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Ok(Self::Instant(instant));
        }
        if let Ok(zoned) = text.parse::<Zoned>() {
            return Ok(Self::Instant(zoned.timestamp()));
        }
        if !text.chars().all(|c| c.is_ascii_digit() || ":.".contains(c)) {
            let is_date_alone = text.parse::<Date>().is_ok() && !text.contains(':');
            let local = text.parse::<DateTime>().ok();
            // An offset that is none, or a zone that nobody knows, is not passed over.
            let is_local = !is_date_alone && !text.contains(['+', '[', ']']);
            return local.filter(|_| is_local).map(Self::Local).ok_or(NoMoment);
        }
        let padded = match text.split_once(':') {
            Some((hour, rest)) if hour.len() == 1 => format!("0{hour}:{rest}"),
            Some(_) => text.to_owned(),
            None => return Err(NoMoment),
        };
        padded.parse().map(Self::TimeOfDay).map_err(|_| NoMoment)
    }
}

/// Text that is no [`Moment`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoMoment;

impl Moment {
    /// Reads what a flag was given.
    pub fn parse(flag: &str, text: &str) -> Result<Self, Error> {
        text.parse().map_err(|NoMoment| {
            Error::new(
                Kind::Usage,
                "night",
                format!(
                    "{flag} {text:?} is no time. Type a time of day as 23:10, a date and time as \"2024-05-07 23:10\", or an \
                     instant as 2024-05-07T23:10:00+02:00."
                ),
            )
        })
    }

    /// Whether it is of one day only.
    pub(super) fn is_dated(&self) -> bool {
        !matches!(self, Self::TimeOfDay(_))
    }

    /// When it was, since the first sample; a time of day is the first such moment not before `not_before`.
    pub(super) fn since_start(
        &self,
        flag: &str,
        clock: &RecordingClock,
        not_before: SignedDuration,
    ) -> Result<SignedDuration, Error> {
        let no_clock = || {
            Error::new(
                Kind::Usage,
                "night",
                format!(
                    "{flag} needs a wall clock, and this recording has none (or its zone is not known). Add --start \
                     \"2024-05-07 23:10:00\" for a file without a clock, --tz ZONE for one that counts in UTC, or leave \
                     {flag} out."
                ),
            )
        };
        match self {
            Self::Instant(instant) => match clock.instant(SignedDuration::ZERO) {
                Some(first) => Ok(instant.duration_since(first)),
                None => Err(Error::new(
                    Kind::Usage,
                    "night",
                    format!(
                        "{flag} is an instant with an offset, and the recording's zone is not known. Add --tz ZONE, or \
                         give the time without an offset."
                    ),
                )),
            },
            Self::Local(local) => clock.since_start(*local).ok_or_else(no_clock),
            Self::TimeOfDay(time) => {
                let from = clock.local(not_before).ok_or_else(no_clock)?;
                let mut day = from.date().to_datetime(*time);
                if day < from {
                    day = day.checked_add(1.day()).map_err(|_| no_clock())?;
                }
                clock.since_start(day).ok_or_else(no_clock)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_whole() {
        use jiff::civil::{date, time};
        let read = |text: &str| text.parse::<Moment>();
        let local = |hour| Ok(Moment::Local(date(2024, 5, 7).at(hour, 10, 0, 0)));
        assert_eq!(read("23:10"), Ok(Moment::TimeOfDay(time(23, 10, 0, 0))));
        assert_eq!(read(" 6:40:30 "), Ok(Moment::TimeOfDay(time(6, 40, 30, 0))));
        assert_eq!(read("2024-05-07 23:10"), local(23));
        assert_eq!(read("2024-05-07T06:10:00"), local(6));
        // 23:10 two hours east of Greenwich is 21:10 there; Berlin keeps summer time in May.
        let instant = Ok(Moment::Instant("2024-05-07T21:10:00Z".parse().unwrap()));
        for text in [
            "2024-05-07T21:10:00Z",
            "2024-05-07 23:10:00+02:00",
            "2024-05-07T23:10+02:00",
            "2024-05-07T23:10+02",
            "2024-05-07T23:10[Europe/Berlin]",
        ] {
            assert_eq!(read(text), instant, "{text}");
        }
        for text in [
            "late",
            "2024-05-07",
            "20240507",
            "2024",
            "25:00",
            "23:10+02:00",
            "23:10Z",
            "2024-05-07 23:10[Nowhere/Here]",
            "2024-05-07 23:10 +02:00",
            "2024-13-07 23:10",
            "",
        ] {
            assert_eq!(read(text), Err(NoMoment), "{text}");
        }
    }
}

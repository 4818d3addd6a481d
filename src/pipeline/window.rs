//! When the night was: from flags, else from an estimate, else the whole recording.

use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::error::{Error, Kind};
use crate::model::clock::RecordingClock;
use crate::model::night::{Night, WindowSource};

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

impl Moment {
    /// Reads `23:10`, `23:10:30`, `2024-05-07 23:10` or `2024-05-07T23:10:00+02:00`.
    pub fn parse(flag: &str, text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let padded = match text.split_once(':') {
            Some((hour, rest)) if hour.len() == 1 => format!("0{hour}:{rest}"),
            _ => text.to_owned(),
        };
        if let Ok(time) = padded.parse::<Time>() {
            return Ok(Self::TimeOfDay(time));
        }
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Ok(Self::Instant(instant));
        }
        if let Ok(local) = text.parse::<DateTime>() {
            return Ok(Self::Local(local));
        }
        Err(Error::new(
            Kind::Usage,
            "night",
            format!(
                "{flag} {text:?} is no time. Type a time of day as 23:10, a date and time as \"2024-05-07 23:10\", or an \
                 instant as 2024-05-07T23:10:00+02:00."
            ),
        ))
    }

    /// When it was, since the first sample; a time of day is the first such moment not before `not_before`.
    fn since_start(
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

/// What the user said about the night.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WindowFlags {
    /// Lights out.
    pub lights_out: Option<Moment>,
    /// Lights on.
    pub lights_on: Option<Moment>,
    /// The whole recording, no estimate.
    pub whole: bool,
}

impl WindowFlags {
    /// Reads the flags as typed.
    pub fn parse(
        lights_out: Option<&str>,
        lights_on: Option<&str>,
        whole: bool,
    ) -> Result<Self, Error> {
        let moment =
            |flag: &str, text: Option<&str>| text.map(|text| Moment::parse(flag, text)).transpose();
        Ok(Self {
            lights_out: moment("--lights-out", lights_out)?,
            lights_on: moment("--lights-on", lights_on)?,
            whole,
        })
    }
}

/// Settles the night of a recording of the given length. `estimate` is asked only when no flag settles it.
pub fn settle(
    flags: &WindowFlags,
    clock: &RecordingClock,
    length: SignedDuration,
    estimate: impl FnOnce() -> Option<(SignedDuration, SignedDuration)>,
) -> Result<Night, Error> {
    let (out, on, source) = match (&flags.lights_out, &flags.lights_on) {
        (None, None) if flags.whole => (SignedDuration::ZERO, length, WindowSource::Recording),
        (None, None) => match estimate() {
            Some((out, on)) => (out, on, WindowSource::Estimate),
            None => (SignedDuration::ZERO, length, WindowSource::Recording),
        },
        (out, on) => {
            let out_at = match out {
                Some(moment) => lights_out(moment, clock, length)?,
                None => SignedDuration::ZERO,
            };
            let on_at = match on {
                Some(moment) => moment.since_start("--lights-on", clock, out_at)?,
                None => length,
            };
            (out_at, on_at, WindowSource::Flags)
        }
    };
    let (out, on) = (out.max(SignedDuration::ZERO), on.min(length));
    if on <= out {
        let said = |at: SignedDuration| {
            clock
                .rfc3339(at)
                .unwrap_or_else(|| format!("{:.0} s", at.as_secs_f64()))
        };
        return Err(Error::new(
            Kind::Usage,
            "night",
            format!(
                "the night from --lights-out to --lights-on holds none of the recording, which runs from {} to {}.",
                said(SignedDuration::ZERO),
                said(length)
            ),
        ));
    }
    Ok(Night {
        lights_out: out,
        lights_on: on,
        source,
        stages: Vec::new(),
    })
}

/// Lights out may lie shortly before the first sample: a time of day that comes round only after the recording is
/// taken as the one before it.
fn lights_out(
    moment: &Moment,
    clock: &RecordingClock,
    length: SignedDuration,
) -> Result<SignedDuration, Error> {
    let at = moment.since_start("--lights-out", clock, SignedDuration::ZERO)?;
    let a_day = SignedDuration::from_hours(24);
    if at >= length
        && matches!(moment, Moment::TimeOfDay(_))
        && a_day - at < SignedDuration::from_hours(12)
    {
        return Ok(SignedDuration::ZERO);
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::recording::StampKind;

    fn h(hours: i64) -> SignedDuration {
        SignedDuration::from_hours(hours)
    }

    /// A local clock that starts at 22:00.
    fn evening() -> RecordingClock {
        RecordingClock::new(22 * 3_600_000_000_000, StampKind::LocalCivil, None)
    }

    fn night(out: Option<&str>, on: Option<&str>) -> Result<Night, Error> {
        let flags = WindowFlags::parse(out, on, false)?;
        settle(&flags, &evening(), h(9), || None)
    }

    #[test]
    fn a_time_of_day_is_the_next_one() {
        let night = night(Some("23:00"), Some("6:00")).unwrap();
        assert_eq!((night.lights_out, night.lights_on), (h(1), h(8)));
        assert_eq!(night.source, WindowSource::Flags);
    }

    #[test]
    fn lights_out_before_the_first_sample_is_the_first_sample() {
        let night = night(Some("21:50"), None).unwrap();
        assert_eq!((night.lights_out, night.lights_on), (h(0), h(9)));
    }

    #[test]
    fn lights_on_after_the_last_sample_is_the_last_sample() {
        assert_eq!(night(None, Some("11:00")).unwrap().lights_on, h(9));
    }

    #[test]
    fn a_night_outside_the_recording_is_refused() {
        let error = night(Some("1970-01-03 10:00"), None).unwrap_err();
        assert!(error.to_string().contains("holds none"), "{error}");
        assert!(night(Some("late"), None).is_err());
    }

    #[test]
    fn without_a_clock_a_time_of_day_is_asked_about() {
        let clock = RecordingClock::new(0, StampKind::Elapsed, None);
        let flags = WindowFlags::parse(Some("23:00"), None, false).unwrap();
        let error = settle(&flags, &clock, h(9), || None).unwrap_err();
        assert!(error.to_string().contains("--start"), "{error}");
    }
}

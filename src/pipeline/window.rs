//! When the night was: from flags, the diary, a sleep export, an estimate, else the whole recording.
//!
//! Each end is taken from the best source that has it: who types lights out alone gets lights on from the diary.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

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
    fn is_dated(&self) -> bool {
        !matches!(self, Self::TimeOfDay(_))
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

    /// Whether they settle both ends, so that nothing need be estimated.
    pub fn asks_nothing(&self) -> bool {
        self.whole || self.lights_out.is_some() && self.lights_on.is_some()
    }
}

/// Lights out and lights on since the first sample, as far as a source tells them.
pub type Ends = (Option<SignedDuration>, Option<SignedDuration>);

/// What others than the command line say of the night.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sayings {
    /// The diary.
    pub diary: Ends,
    /// A sleep export.
    pub sleep: Ends,
}

/// Settles the night of a recording of the given length. `estimate` is asked only when an end is still open.
pub fn settle(
    flags: &WindowFlags,
    sayings: &Sayings,
    clock: &RecordingClock,
    length: SignedDuration,
    estimate: impl FnOnce() -> Option<(SignedDuration, SignedDuration)>,
) -> Result<Night, Error> {
    let zero = SignedDuration::ZERO;
    let night = |(out, from): End, (on, until): End| Night {
        lights_out: out,
        lights_on: on,
        lights_out_by: from,
        lights_on_by: until,
        stages: Vec::new(),
    };
    let whole = (
        (zero, WindowSource::Recording),
        (length, WindowSource::Recording),
    );
    if flags.whole {
        return Ok(night(whole.0, whole.1));
    }
    let said_out = match &flags.lights_out {
        Some(moment) => Some(lights_out(moment, clock, length)?.max(zero)),
        None => None,
    };
    let said_on = match &flags.lights_on {
        Some(moment) => {
            let after = said_out.unwrap_or(zero);
            let at = moment.since_start("--lights-on", clock, after)?;
            if moment.is_dated() && at - length > FAR {
                return Err(far_away("--lights-on", clock, at, "after the last", length));
            }
            Some(at.min(length))
        }
        None => None,
    };
    let typed = |at: SignedDuration| (at, WindowSource::Flags);
    if said_out.is_some_and(|out| said_on.unwrap_or(length) <= out)
        || said_on.is_some_and(|on| on <= zero)
    {
        return Err(holds_none(clock, length));
    }
    if let (Some(out), Some(on)) = (said_out, said_on) {
        return Ok(night(typed(out), typed(on)));
    }
    // What is open is filled by the best source whose end leaves a night.
    let mut out: Option<End> = said_out.map(typed);
    let mut on: Option<End> = said_on.map(typed);
    let mut take = |(from, until): Ends, source: WindowSource| {
        let from = from.map(|at| at.max(zero));
        let until = until.map(|at| at.min(length));
        if out.is_none()
            && let Some(at) = from
            && at < on.map_or(until.unwrap_or(length), |(on, _)| on)
        {
            out = Some((at, source));
        }
        if on.is_none()
            && let Some(at) = until
            && at > out.map_or(zero, |(out, _)| out)
        {
            on = Some((at, source));
        }
        out.is_some() && on.is_some()
    };
    let settled =
        take(sayings.diary, WindowSource::Diary) || take(sayings.sleep, WindowSource::SleepExport);
    if !settled && let Some((from, until)) = estimate() {
        take((Some(from), Some(until)), WindowSource::Estimate);
    }
    Ok(night(out.unwrap_or(whole.0), on.unwrap_or(whole.1)))
}

/// An end of the night and who said so.
type End = (SignedDuration, WindowSource);

fn holds_none(clock: &RecordingClock, length: SignedDuration) -> Error {
    let said = |at: SignedDuration| {
        clock
            .rfc3339(at)
            .unwrap_or_else(|| format!("{:.0} s", at.as_secs_f64()))
    };
    Error::new(
        Kind::Usage,
        "night",
        format!(
            "the night from --lights-out to --lights-on holds none of the recording, which runs from {} to {}. A date names one \
             night; for several type the times of day alone.",
            said(SignedDuration::ZERO),
            said(length)
        ),
    )
}

/// A date that far outside the recording is another night's, not that of a wearer who began late or stopped early.
const FAR: SignedDuration = SignedDuration::from_hours(12);

fn far_away(
    flag: &str,
    clock: &RecordingClock,
    at: SignedDuration,
    where_it_lies: &str,
    sample: SignedDuration,
) -> Error {
    let hours = (at - sample).abs().as_secs_f64() / 3600.0;
    let when = clock.rfc3339(sample);
    let when = when.map_or_else(String::new, |when| format!(" ({when})"));
    Error::new(
        Kind::Usage,
        "night",
        format!("{flag} is {hours:.0} h {where_it_lies} sample{when}. Check the date."),
    )
}

/// Lights out may lie shortly before the first sample: a time of day that comes round only after the recording is
/// taken as the one before it.
fn lights_out(
    moment: &Moment,
    clock: &RecordingClock,
    length: SignedDuration,
) -> Result<SignedDuration, Error> {
    let at = moment.since_start("--lights-out", clock, SignedDuration::ZERO)?;
    let zero = SignedDuration::ZERO;
    if moment.is_dated() && at < -FAR {
        return Err(far_away(
            "--lights-out",
            clock,
            at,
            "before the first",
            zero,
        ));
    }
    let a_day = SignedDuration::from_hours(24);
    if at >= length && !moment.is_dated() && a_day - at < FAR {
        return Ok(zero);
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::recording::StampKind;
    use WindowSource::{Diary, Estimate, Flags, Recording, SleepExport};

    fn h(hours: i64) -> SignedDuration {
        SignedDuration::from_hours(hours)
    }

    /// A local clock that starts at 22:00.
    fn evening() -> RecordingClock {
        RecordingClock::new(22 * 3_600_000_000_000, StampKind::LocalCivil, None)
    }

    fn night(out: Option<&str>, on: Option<&str>) -> Result<Night, Error> {
        let flags = WindowFlags::parse(out, on, false)?;
        settle(&flags, &Sayings::default(), &evening(), h(9), || None)
    }

    /// Hour and source of each end.
    type Said = [(i64, WindowSource); 2];

    fn said(flags: (Option<&str>, Option<&str>), sayings: &Sayings) -> Said {
        let flags = WindowFlags::parse(flags.0, flags.1, false).unwrap();
        let estimate = || Some((h(1), h(8)));
        let night = settle(&flags, sayings, &evening(), h(9), estimate).unwrap();
        [
            (night.lights_out.as_hours(), night.lights_out_by),
            (night.lights_on.as_hours(), night.lights_on_by),
        ]
    }

    #[test]
    fn a_time_of_day_is_the_next_one() {
        let night = night(Some("23:00"), Some("6:00")).unwrap();
        assert_eq!((night.lights_out, night.lights_on), (h(1), h(8)));
        assert_eq!(night.source(), Flags);
    }

    #[test]
    fn lights_out_before_the_first_sample_is_the_first_sample() {
        let night = night(Some("21:50"), None).unwrap();
        assert_eq!((night.lights_out, night.lights_on), (h(0), h(9)));
        assert_eq!(
            (night.lights_out_by, night.lights_on_by),
            (Flags, Recording)
        );
        assert_eq!(night.source(), Recording);
    }

    #[test]
    fn lights_on_after_the_last_sample_is_the_last_sample() {
        assert_eq!(night(None, Some("11:00")).unwrap().lights_on, h(9));
    }

    #[test]
    fn a_night_outside_the_recording_is_refused() {
        // The recording runs from 22:00 on the first of January 1970 to 7:00 on the second.
        for (out, on) in [
            (Some("1970-01-03 23:10"), None),
            (Some("1970-01-02 07:00"), None),
            (None, Some("1970-01-01 21:59")),
            (Some("1970-01-02 03:00"), Some("1970-01-02 02:00")),
        ] {
            let error = night(out, on).unwrap_err();
            assert!(error.to_string().contains("holds none"), "{error}");
        }
    }

    #[test]
    fn a_date_of_another_night_is_refused() {
        for (out, on, part) in [
            (
                Some("1969-12-31 22:00"),
                None,
                "--lights-out is 24 h before",
            ),
            (None, Some("1970-01-03 06:00"), "--lights-on is 23 h after"),
        ] {
            let error = night(out, on).unwrap_err().to_string();
            assert!(error.contains(part) && error.contains("date"), "{error}");
        }
        // Two hours before the sensor was put on is no other night.
        let late = night(Some("1970-01-01 20:00"), Some("1970-01-02 09:00")).unwrap();
        assert_eq!((late.lights_out, late.lights_on), (h(0), h(9)));
    }

    #[test]
    fn a_date_that_is_typed_counts() {
        let night = night(Some("1970-01-02 02:00"), Some("1970-01-02 05:00")).unwrap();
        assert_eq!((night.lights_out, night.lights_on), (h(4), h(7)));
    }

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

    #[test]
    fn without_a_clock_a_time_of_day_is_asked_about() {
        let clock = RecordingClock::new(0, StampKind::Elapsed, None);
        let flags = WindowFlags::parse(Some("23:00"), None, false).unwrap();
        let error = settle(&flags, &Sayings::default(), &clock, h(9), || None).unwrap_err();
        assert!(error.to_string().contains("--start"), "{error}");
    }

    #[test]
    fn flags_go_before_the_diary_before_the_sleep_export_before_the_estimate() {
        let none = (None, None);
        let both = Sayings {
            diary: (Some(h(2)), Some(h(7))),
            sleep: (Some(h(3)), Some(h(6))),
        };
        let typed = (Some("22:00"), Some("06:30"));
        assert_eq!(said(typed, &both), [(0, Flags), (8, Flags)]);
        assert_eq!(said(none, &both), [(2, Diary), (7, Diary)]);
        let slept = Sayings {
            diary: none_said(),
            ..both
        };
        assert_eq!(said(none, &slept), [(3, SleepExport), (6, SleepExport)]);
        let nobody = Sayings::default();
        assert_eq!(said(none, &nobody), [(1, Estimate), (8, Estimate)]);
    }

    fn none_said() -> Ends {
        (None, None)
    }

    #[test]
    fn an_end_that_is_open_comes_from_the_next_source() {
        let sayings = Sayings {
            diary: (Some(h(2)), None),
            sleep: (Some(h(3)), Some(h(6))),
        };
        let none = (None, None);
        assert_eq!(said(none, &sayings), [(2, Diary), (6, SleepExport)]);
        let late = (Some("05:00"), None);
        // Lights on at 04:00 by the export would leave no night: the estimate's 06:00 does.
        assert_eq!(said(late, &sayings), [(7, Flags), (8, Estimate)]);
        let early = (None, Some("00:30"));
        assert_eq!(said(early, &sayings), [(2, Diary), (2, Flags)]);
    }

    #[test]
    fn the_whole_recording_asks_nobody() {
        let flags = WindowFlags::parse(None, None, true).unwrap();
        let sayings = Sayings {
            diary: (Some(h(2)), Some(h(7))),
            ..Sayings::default()
        };
        let asked = || panic!("not asked");
        let night = settle(&flags, &sayings, &evening(), h(9), asked).unwrap();
        assert_eq!((night.lights_out, night.lights_on), (h(0), h(9)));
        assert_eq!(night.source(), Recording);
    }
}

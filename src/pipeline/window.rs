//! When the night was: from flags, the diary, a sleep export, an estimate, else the whole recording.
//!
//! Each end is taken from the best source that has it: who types lights out alone gets lights on from the diary.

mod moment;

use jiff::SignedDuration;

use crate::error::{Error, Kind};
use crate::model::clock::RecordingClock;
use crate::model::night::{Night, WindowSource};

pub use moment::{Moment, NoMoment};

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

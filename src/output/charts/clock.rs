//! The axis of a night: clock time where there is a clock, hours since the start where there is none.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Unit};

use super::scale::Scale;
use crate::output::rows::{LocalTime, NightRow};
use crate::output::words::Words;

/// A tick on the axis of a night.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// Since the first sample.
    pub at_s: f64,
    /// What stands under it.
    pub label: String,
}

/// A change of the clock on the wall within the night.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ClockChange {
    /// Since the first sample.
    pub at_s: f64,
    /// Whether an hour is repeated, as in autumn.
    pub goes_back: bool,
}

/// How the time of a night is told.
#[derive(Debug, Clone)]
pub(super) enum NightClock {
    /// An instant and a zone.
    Zoned(Timestamp, TimeZone),
    /// A wall clock that knows no zone, or none by a name that is known.
    Local(LocalTime),
    /// None.
    None,
}

/// Steps between ticks, in minutes.
const STEPS_MIN: [i64; 10] = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360];

impl NightClock {
    pub(super) fn of(night: &NightRow) -> Self {
        let zone = night.zone.as_deref().and_then(|z| TimeZone::get(z).ok());
        match (night.start_utc, night.start_local, zone) {
            (Some(start), _, Some(zone)) => Self::Zoned(start, zone),
            (_, Some(start), _) => Self::Local(start),
            _ => Self::None,
        }
    }

    /// `HH:MM` on the wall, `at_s` after the first sample; hours and minutes since the start without a clock.
    pub(super) fn label(&self, at_s: f64) -> String {
        let Some(span) = span(at_s) else {
            return String::new();
        };
        let civil = match self {
            Self::Zoned(start, zone) => start
                .checked_add(span)
                .map(|instant| zone.to_datetime(instant)),
            Self::Local(start) => start.civil().checked_add(span),
            Self::None => {
                let minutes = (at_s / 60.0).round() as i64;
                return format!("{}:{:02}", minutes / 60, minutes % 60);
            }
        };
        // To the nearest minute, so that 22:59:59.6 is 23:00.
        let rounded = civil.and_then(|time| time.round(Unit::Minute));
        rounded.map_or_else(
            |_| String::new(),
            |time| format!("{:02}:{:02}", time.hour(), time.minute()),
        )
    }

    /// What stands under the axis.
    pub(super) fn title(&self, words: &Words) -> String {
        match self {
            Self::Zoned(_, zone) => words.fill(
                "axis.clock_zone",
                &[("zone", zone.iana_name().unwrap_or("UTC"))],
            ),
            Self::Local(_) => words.say("axis.clock").to_owned(),
            Self::None => words.say("axis.since_start").to_owned(),
        }
    }

    /// Ticks at round times, at least `room` px apart, and the step between them in minutes.
    pub(super) fn ticks(&self, scale: Scale, room: f64) -> Vec<Tick> {
        let length_s = scale.high() - scale.low();
        let (left, right) = scale.ends();
        let least_min = length_s / 60.0 * room / (right - left).max(1.0);
        let step = STEPS_MIN
            .into_iter()
            .find(|step| *step as f64 >= least_min)
            .unwrap_or_else(|| 720 * (least_min / 720.0).ceil() as i64);
        let step_s = step as f64 * 60.0;
        // Seconds from midnight on the wall to the start decide where the round times fall.
        let start_s = match self {
            Self::Zoned(start, zone) => since_midnight(zone.to_datetime(*start)),
            Self::Local(start) => since_midnight(start.civil()),
            Self::None => 0.0,
        };
        let first = ((start_s + scale.low()) / step_s).ceil() * step_s - start_s;
        let n = ((scale.high() - first) / step_s).floor();
        if n < 0.0 {
            return Vec::new();
        }
        (0..=(n as i64).min(1000))
            .map(|i| first + i as f64 * step_s)
            .map(|at_s| Tick {
                at_s,
                label: self.label(at_s),
            })
            .collect()
    }

    /// Where the clock on the wall jumps.
    pub(super) fn changes(&self, scale: Scale) -> Vec<ClockChange> {
        let Self::Zoned(start, zone) = self else {
            return Vec::new();
        };
        zone.following(*start)
            .take(4)
            .map(|change| {
                let before = change
                    .timestamp()
                    .checked_sub(1.second())
                    .map(|instant| zone.to_offset(instant).seconds());
                ClockChange {
                    at_s: change.timestamp().duration_since(*start).as_secs_f64(),
                    goes_back: before.is_ok_and(|before| before > change.offset().seconds()),
                }
            })
            .take_while(|change| change.at_s <= scale.high())
            .filter(|change| change.at_s >= scale.low())
            .collect()
    }
}

fn since_midnight(time: jiff::civil::DateTime) -> f64 {
    let midnight = time.date().at(0, 0, 0, 0);
    time.duration_since(midnight).as_secs_f64()
}

fn span(at_s: f64) -> Option<SignedDuration> {
    SignedDuration::try_from_secs_f64(at_s).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Language;

    fn night(utc: Option<&str>, local: Option<&str>, zone: Option<&str>) -> NightRow {
        NightRow {
            start_utc: utc.map(|text| text.parse().unwrap()),
            start_local: local.map(|text| text.parse().unwrap()),
            zone: zone.map(str::to_owned),
            ..NightRow::default()
        }
    }

    fn labels(clock: &NightClock, hours: f64, px: f64) -> Vec<String> {
        let scale = Scale::linear((0.0, hours * 3600.0), (0.0, px));
        let ticks = clock.ticks(scale, 60.0);
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_hours_on_the_wall() {
        let clock = NightClock::of(&night(None, Some("2024-05-01T22:40:00"), None));
        assert_eq!(
            labels(&clock, 4.0, 300.0),
            ["23:00", "00:00", "01:00", "02:00"]
        );
        assert_eq!(
            labels(&clock, 0.3, 300.0),
            ["22:40", "22:45", "22:50", "22:55"]
        );
        assert_eq!(labels(&clock, 14.0, 500.0).len(), 7);
    }

    #[test]
    fn without_a_clock_they_are_hours_since_the_start() {
        let clock = NightClock::of(&night(None, None, None));
        assert_eq!(labels(&clock, 2.5, 200.0), ["0:00", "1:00", "2:00"]);
        let words = Words::of(Language::English);
        assert_eq!(
            clock.title(&words),
            "hours since the start of the recording"
        );
    }

    #[test]
    fn the_repeated_hour_comes_twice() {
        // Berlin, 2024-10-27: 03:00 summer time is 02:00 again (tz database, rule EU).
        let clock = NightClock::of(&night(
            Some("2024-10-26T22:00:00Z"),
            None,
            Some("Europe/Berlin"),
        ));
        assert_eq!(
            labels(&clock, 5.0, 400.0),
            ["00:00", "01:00", "02:00", "02:00", "03:00", "04:00"]
        );
        let scale = Scale::linear((0.0, 5.0 * 3600.0), (0.0, 400.0));
        let change = ClockChange {
            at_s: 3.0 * 3600.0,
            goes_back: true,
        };
        assert_eq!(clock.changes(scale), [change]);
        assert_eq!(clock.changes(Scale::linear((0.0, 3600.0), (0.0, 1.0))), []);
    }
}

//! Wall clocks: what a device shows at an instant.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const SECOND_NS: i64 = 1_000_000_000;

/// A wall clock that is asked for rising instants: a date is worked out once a second.
#[derive(Debug, Clone)]
pub struct Wall {
    zone: TimeZone,
    start_ns: i64,
    second: i64,
    shown: Moment,
}

/// What a wall clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moment {
    /// Year.
    pub year: i16,
    /// Month, from 1.
    pub month: i8,
    /// Day of the month, from 1.
    pub day: i8,
    /// Hour, from 0.
    pub hour: i8,
    /// Minute.
    pub minute: i8,
    /// Second.
    pub second: i8,
    /// Nanosecond of the second.
    pub nanosecond: i64,
    /// Seconds east of Greenwich.
    pub offset_s: i32,
}

impl Wall {
    pub(super) fn new(zone: TimeZone, start_ns: i64) -> Self {
        Self {
            zone,
            start_ns,
            second: i64::MIN,
            shown: Moment::default(),
        }
    }

    /// What it shows so long after the first sample.
    pub fn at(&mut self, since_ns: i64) -> Moment {
        let ns = self.start_ns + since_ns;
        let second = ns.div_euclid(SECOND_NS);
        if second != self.second {
            // Seconds of a simulated night lie within the years of the calendar: its start was checked.
            let instant = Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
            let offset = self.zone.to_offset(instant);
            let civil: DateTime = offset.to_datetime(instant);
            self.second = second;
            self.shown = Moment {
                year: civil.year(),
                month: civil.month(),
                day: civil.day(),
                hour: civil.hour(),
                minute: civil.minute(),
                second: civil.second(),
                nanosecond: 0,
                offset_s: offset.seconds(),
            };
        }
        Moment {
            nanosecond: ns.rem_euclid(SECOND_NS),
            ..self.shown
        }
    }

    /// The same rounded to milliseconds, which may carry into the next second.
    pub fn rounded(&mut self, since_ns: i64) -> Moment {
        const MS: i64 = 1_000_000;
        let ns = self.start_ns + since_ns;
        let rounded = (ns + MS / 2).div_euclid(MS) * MS;
        self.at(rounded - self.start_ns)
    }
}

impl Moment {
    /// `2024-05-14`.
    pub fn date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `22:40:07`.
    pub fn clock(&self) -> String {
        format!("{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }

    /// Milliseconds of the second.
    pub fn ms(&self) -> i64 {
        self.nanosecond / 1_000_000
    }

    /// `2024-05-14 22:40:07.125` with separators of one's own: between date and clock, before the fraction.
    pub fn stamp(&self, between: char, point: char) -> String {
        format!(
            "{:04}-{:02}-{:02}{between}{:02}:{:02}:{:02}{point}{:03}",
            self.year,
            self.month,
            self.day,
            self.hour,
            self.minute,
            self.second,
            self.ms()
        )
    }

    /// `+02:00`, with a separator of one's own between hours and minutes.
    pub fn offset(&self, between: &str) -> String {
        let sign = if self.offset_s < 0 { '-' } else { '+' };
        let minutes = self.offset_s.unsigned_abs() / 60;
        format!("{sign}{:02}{between}{:02}", minutes / 60, minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_that_rounds_up_carries_into_the_day() {
        // 2024-05-14T23:59:59.9996Z.
        let mut wall = Wall::new(TimeZone::UTC, 1_715_731_199_999_600_000);
        assert_eq!(wall.rounded(0).stamp(' ', '.'), "2024-05-15 00:00:00.000");
        assert_eq!(wall.at(0).stamp('T', ':'), "2024-05-14T23:59:59:999");
    }

    #[test]
    fn a_phone_follows_the_change_of_summer_time() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        // 2024-10-27T00:59:59Z, a second before the change.
        let mut wall = Wall::new(zone, 1_729_990_799_000_000_000);
        assert_eq!(
            wall.at(0).clock() + &wall.at(0).offset(":"),
            "02:59:59+02:00"
        );
        let later = wall.at(1_000_000_000);
        assert_eq!(later.clock() + &later.offset(""), "02:00:00+0100");
    }
}

//! Times of day one after another, as they run through a night: a step back over more than half a day is midnight.

use super::stamp::{self, Stamp};
use crate::ingest::written::clock;
use crate::ingest::written::date::DateShape;

const NS_PER_DAY: i64 = 24 * 3600 * 1_000_000_000;

/// The clock of a night.
#[derive(Debug, Default)]
pub struct NightClock {
    days_ns: i64,
    last_ns: Option<i64>,
}

impl NightClock {
    /// Nanoseconds since the first midnight of a time of day.
    pub fn at(&mut self, time_ns: i64) -> i64 {
        if let Some(last) = self.last_ns.replace(time_ns)
            && last - time_ns > NS_PER_DAY / 2
        {
            self.days_ns = self.days_ns.saturating_add(NS_PER_DAY);
        }
        self.days_ns.saturating_add(time_ns)
    }

    /// The same as a stamp, where the day of the list is known.
    pub fn stamp(&mut self, day: Option<DateShape>, time_ns: i64) -> Stamp {
        let since = self.at(time_ns);
        match day {
            None => Stamp::Civil { ns: since },
            Some(DateShape::Certain(date)) => Stamp::Civil {
                ns: stamp::civil_ns(date.to_datetime(jiff::civil::Time::midnight()))
                    .unwrap_or(0)
                    .saturating_add(since),
            },
            Some(date) => Stamp::Slashed {
                date,
                time_ns: since,
            },
        }
    }
}

/// A time of day in nanoseconds since midnight: `23:10:00`, `23:10:00,000`, `23.10.00`, `11:10:00 PM`.
pub fn time_of_day(cell: &str) -> Option<i64> {
    let cell = cell.trim();
    let (whole, fraction) = match cell.rsplit_once([',', '.']) {
        Some((whole, digits)) if whole.matches(':').count() == 2 => (whole, digits),
        _ => (cell, ""),
    };
    let plain = fraction.bytes().all(|byte| byte.is_ascii_digit());
    let nanos: f64 = match plain {
        true => format!("0.{fraction}0").parse().ok()?,
        false => return None,
    };
    let time = clock::time_of_day(whole)?.duration_since(jiff::civil::Time::midnight());
    Some(i64::try_from(time.as_nanos()).ok()? + (nanos * 1e9) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_runs_over_midnight_and_a_slip_of_the_clock_does_not() {
        let minutes = |m: i64| m * 60_000_000_000;
        let mut night = NightClock::default();
        let ran = [22 * 60, 23 * 60 + 50, 6, 3, 6 * 60].map(|m| night.at(minutes(m)));
        // Three minutes back are a slip, a day forward is midnight.
        let day = 24 * 60;
        assert_eq!(
            ran,
            [22 * 60, 23 * 60 + 50, day + 6, day + 3, day + 6 * 60].map(minutes)
        );
    }

    #[test]
    fn times_of_laboratories() {
        let at = |h: i64, m: i64, s: i64| Some((h * 3600 + m * 60 + s) * 1_000_000_000);
        for cell in [
            "23:10:05",
            "23:10:05,000",
            "23.10.05",
            "11:10:05 PM",
            "23:10:05.000",
        ] {
            assert_eq!(time_of_day(cell), at(23, 10, 5), "{cell}");
        }
        assert_eq!(
            time_of_day("23:10:05,5"),
            at(23, 10, 5).map(|ns| ns + 500_000_000)
        );
        assert_eq!(time_of_day("30"), None);
        assert_eq!(time_of_day("25:10:05"), None);
    }
}

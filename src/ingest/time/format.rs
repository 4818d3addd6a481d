//! What a time column holds: counts of a tick from some zero, days, or a clock in words.

use super::civil::CivilFormat;
use super::zero::Zero;

/// Length of one step of a counter, as a fraction of nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// Nanoseconds …
    pub numerator_ns: u64,
    /// … divided by this.
    pub denominator: u64,
}

impl Tick {
    /// One second.
    pub const SECOND: Self = Self::of_ns(1_000_000_000);
    /// One millisecond.
    pub const MILLISECOND: Self = Self::of_ns(1_000_000);
    /// 100 µs, as Xsens DOT counts.
    pub const HUNDRED_MICROSECONDS: Self = Self::of_ns(100_000);
    /// One microsecond.
    pub const MICROSECOND: Self = Self::of_ns(1_000);
    /// 100 ns, as Windows counts.
    pub const HUNDRED_NANOSECONDS: Self = Self::of_ns(100);
    /// One nanosecond.
    pub const NANOSECOND: Self = Self::of_ns(1);
    /// One minute.
    pub const MINUTE: Self = Self::of_ns(60_000_000_000);
    /// One hour.
    pub const HOUR: Self = Self::of_ns(3_600_000_000_000);
    /// One day of 24 hours.
    pub const DAY: Self = Self::of_ns(86_400_000_000_000);
    /// One step of a 32,768 Hz watch crystal.
    pub const WATCH_CRYSTAL: Self = Self {
        numerator_ns: 1_000_000_000,
        denominator: 32_768,
    };

    const fn of_ns(numerator_ns: u64) -> Self {
        Self {
            numerator_ns,
            denominator: 1,
        }
    }

    /// In seconds.
    pub fn seconds(self) -> f64 {
        self.numerator_ns as f64 / self.denominator as f64 * 1e-9
    }

    /// The next of seconds, milli-, micro- and nanoseconds that is a thousand times as long.
    pub(super) fn coarser(self) -> Option<Self> {
        let ticks = [
            Self::SECOND,
            Self::MILLISECOND,
            Self::MICROSECOND,
            Self::NANOSECOND,
        ];
        let at = ticks.iter().position(|tick| *tick == self)?;
        at.checked_sub(1).map(|coarser| ticks[coarser])
    }

    /// After how many nanoseconds a counter of 32 bits begins again.
    pub fn wrap_32_ns(self) -> Option<i64> {
        let ns = (1u128 << 32) * u128::from(self.numerator_ns) / u128::from(self.denominator);
        i64::try_from(ns).ok()
    }

    /// `s`, `ms`, `100us`, `us`, `100ns`, `ns`, `min`, `h`, `days`.
    pub fn name(self) -> String {
        match (self.numerator_ns, self.denominator) {
            (1_000_000_000, 1) => "s".to_owned(),
            (1_000_000, 1) => "ms".to_owned(),
            (100_000, 1) => "100us".to_owned(),
            (1_000, 1) => "us".to_owned(),
            (100, 1) => "100ns".to_owned(),
            (1, 1) => "ns".to_owned(),
            (60_000_000_000, 1) => "min".to_owned(),
            (3_600_000_000_000, 1) => "h".to_owned(),
            (86_400_000_000_000, 1) => "days".to_owned(),
            _ => format!("{:.4} us", self.seconds() * 1e6),
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        [
            Self::SECOND,
            Self::MILLISECOND,
            Self::HUNDRED_MICROSECONDS,
            Self::MICROSECOND,
            Self::HUNDRED_NANOSECONDS,
            Self::NANOSECOND,
            Self::MINUTE,
            Self::HOUR,
            Self::DAY,
        ]
        .into_iter()
        .find(|tick| tick.name() == name)
    }
}

/// Day and month in dates of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// Year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

impl DateOrder {
    /// As on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
        }
    }
}

impl std::str::FromStr for DateOrder {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "ymd" => Ok(Self::Ymd),
            "dmy" => Ok(Self::Dmy),
            "mdy" => Ok(Self::Mdy),
            _ => Err(format!("{text:?}: use dmy, mdy or ymd")),
        }
    }
}

/// What a time column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeFormat {
    /// Ticks since 1970-01-01.
    Epoch(Tick),
    /// Ticks since another zero that many count from.
    Since(Zero, Tick),
    /// Ticks since a zero of the device's own.
    Elapsed(Tick),
    /// Ticks since the row before.
    SincePreviousRow(Tick),
    /// The number of the sample.
    Counter,
    /// A clock in digits and words.
    Civil(CivilFormat),
    /// No time at all, whatever the first column looks like.
    Absent,
}

impl TimeFormat {
    /// As on the command line and in profiles.
    pub fn name(&self) -> String {
        match self {
            Self::Epoch(tick) => format!("epoch-{}", tick.name()),
            Self::Since(zero, tick) => zero.name(*tick),
            Self::Elapsed(tick) => format!("elapsed-{}", tick.name()),
            Self::SincePreviousRow(tick) => format!("step-{}", tick.name()),
            Self::Counter => "counter".to_owned(),
            Self::Civil(format) => format.pattern(),
            Self::Absent => "none".to_owned(),
        }
    }
}

impl std::str::FromStr for TimeFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let ticked = |prefix: &str| text.strip_prefix(prefix).and_then(Tick::named);
        if let Some(tick) = ticked("epoch-") {
            return Ok(Self::Epoch(tick));
        }
        if let Some(tick) = ticked("elapsed-") {
            return Ok(Self::Elapsed(tick));
        }
        if let Some((zero, tick)) = Zero::named(text) {
            return Ok(Self::Since(zero, tick));
        }
        if let Some(tick) = ticked("step-") {
            return Ok(Self::SincePreviousRow(tick));
        }
        match text {
            "counter" => Ok(Self::Counter),
            "none" => Ok(Self::Absent),
            _ if text.contains('%') => CivilFormat::from_pattern(text).map(Self::Civil),
            _ => Err(format!(
                "{text:?} is no time format: use epoch-s, epoch-ms, epoch-us, epoch-ns, elapsed-s, elapsed-ms, \
                 elapsed-us, elapsed-ns, step-ms (since the row before), excel-day, matlab-day, julian-day, gps-s, since2001-s (Apple), dotnet-ticks, \
                 counter, none or a pattern such as \"%d/%m/%Y %H:%M:%S.%f\""
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_find_their_way_back() {
        for name in [
            "epoch-s",
            "epoch-ms",
            "elapsed-100us",
            "since2000-ns",
            "gps-ms",
            "dotnet-ticks",
            "excel-day",
            "matlab-day",
            "counter",
            "none",
            "step-ms",
            "elapsed-days",
            "%d/%m/%Y %H:%M:%S",
        ] {
            let format: TimeFormat = name.parse().unwrap();
            assert_eq!(format.name(), name);
        }
        assert!("fortnights".parse::<TimeFormat>().is_err());
    }

    #[test]
    fn a_microsecond_counter_of_32_bits_wraps_after_71_minutes() {
        let minutes = Tick::MICROSECOND.wrap_32_ns().unwrap() as f64 / 60e9;
        assert!((minutes - 71.58).abs() < 0.01);
    }
}

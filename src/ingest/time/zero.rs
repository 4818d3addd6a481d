//! What counts of time count from, where that is not 1970.

use super::format::Tick;

const NS_PER_S: i128 = 1_000_000_000;
const S_PER_DAY: i128 = 86_400;

/// The instant of a count's 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zero {
    /// 2000-01-01 of the wall clock (Polar's sensors).
    Year2000,
    /// 2001-01-01 UTC, the reference date of Apple's systems.
    Apple,
    /// 1980-01-06 UTC, counted without leap seconds: the time of navigation satellites.
    Gps,
    /// 1904-01-01 UTC (LabVIEW).
    LabView,
    /// 1601-01-01 UTC (`FILETIME` of Windows).
    Windows,
    /// Year 1 of the wall clock (`DateTime.Ticks` of .NET).
    DotNet,
    /// 1899-12-30 of the wall clock: a spreadsheet's day number.
    Spreadsheet,
    /// Year 0 of the wall clock: MATLAB's `datenum`.
    Matlab,
    /// Noon of -4713-11-24 UTC: astronomers' Julian day.
    Julian,
    /// 1858-11-17 UTC: the modified Julian day.
    ModifiedJulian,
}

const ALL: [Zero; 10] = [
    Zero::Year2000,
    Zero::Apple,
    Zero::Gps,
    Zero::LabView,
    Zero::Windows,
    Zero::DotNet,
    Zero::Spreadsheet,
    Zero::Matlab,
    Zero::Julian,
    Zero::ModifiedJulian,
];

impl Zero {
    /// Nanoseconds from 1970-01-01 to the zero.
    ///
    /// Satellites have counted no leap second since 1980; 18 s is their lead since 2017-01-01 (IERS Bulletin C 52), and a
    /// second or two too much before.
    pub(super) fn ns(self) -> i128 {
        match self {
            Self::Year2000 => 946_684_800 * NS_PER_S,
            Self::Apple => 978_307_200 * NS_PER_S,
            Self::Gps => (315_964_800 - 18) * NS_PER_S,
            Self::LabView => -2_082_844_800 * NS_PER_S,
            Self::Windows => -11_644_473_600 * NS_PER_S,
            Self::DotNet => -62_135_596_800 * NS_PER_S,
            Self::Spreadsheet => -25_569 * S_PER_DAY * NS_PER_S,
            Self::Matlab => -719_529 * S_PER_DAY * NS_PER_S,
            // 2,440,587.5 days
            Self::Julian => -(2_440_587 * S_PER_DAY + S_PER_DAY / 2) * NS_PER_S,
            Self::ModifiedJulian => -40_587 * S_PER_DAY * NS_PER_S,
        }
    }

    /// Whether it is an instant, and not midnight of whatever the wall clock showed.
    pub(super) fn is_utc(self) -> bool {
        match self {
            Self::Apple
            | Self::Gps
            | Self::LabView
            | Self::Windows
            | Self::Julian
            | Self::ModifiedJulian => true,
            Self::Year2000 | Self::DotNet | Self::Spreadsheet | Self::Matlab => false,
        }
    }

    /// How it is named on the command line and in profiles, with its tick where it has only one.
    fn named_with(self) -> (&'static str, Option<Tick>) {
        match self {
            Self::Year2000 => ("since2000", None),
            Self::Apple => ("since2001", None),
            Self::Gps => ("gps", None),
            Self::LabView => ("since1904", None),
            Self::Windows => ("filetime", Some(Tick::HUNDRED_NANOSECONDS)),
            Self::DotNet => ("dotnet-ticks", Some(Tick::HUNDRED_NANOSECONDS)),
            Self::Spreadsheet => ("excel-day", Some(Tick::DAY)),
            Self::Matlab => ("matlab-day", Some(Tick::DAY)),
            Self::Julian => ("julian-day", Some(Tick::DAY)),
            Self::ModifiedJulian => ("modified-julian-day", Some(Tick::DAY)),
        }
    }

    /// As on the command line, with the tick where that is open.
    pub(super) fn name(self, tick: Tick) -> String {
        match self.named_with() {
            (name, Some(_)) => name.to_owned(),
            (name, None) => format!("{name}-{}", tick.name()),
        }
    }

    /// A zero and its tick by name.
    pub(super) fn named(text: &str) -> Option<(Self, Tick)> {
        ALL.into_iter().find_map(|zero| {
            let (name, fixed) = zero.named_with();
            let rest = text.strip_prefix(name)?;
            match fixed {
                Some(tick) => rest.is_empty().then_some((zero, tick)),
                None => Some((zero, Tick::named(rest.strip_prefix('-')?)?)),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Seconds to 1970 by the calendar, which knows nothing of our constants.
    fn by_calendar(year: i16, month: i8, day: i8) -> i128 {
        let utc = jiff::tz::TimeZone::UTC;
        let zero = date(year, month, day).to_zoned(utc).unwrap();
        i128::from(zero.timestamp().as_second())
    }

    #[test]
    fn zeros_are_where_the_calendar_has_them() {
        for (zero, expect) in [
            (Zero::Year2000, by_calendar(2000, 1, 1)),
            (Zero::Apple, by_calendar(2001, 1, 1)),
            (Zero::Gps, by_calendar(1980, 1, 6) - 18),
            (Zero::LabView, by_calendar(1904, 1, 1)),
            (Zero::Windows, by_calendar(1601, 1, 1)),
            (Zero::DotNet, by_calendar(1, 1, 1)),
            (Zero::Spreadsheet, by_calendar(1899, 12, 30)),
            // MATLAB's day 1 is 1 January of year 0
            (Zero::Matlab, by_calendar(0, 1, 1) - 86_400),
            (Zero::Julian, by_calendar(-4713, 11, 24) + 43_200),
            (Zero::ModifiedJulian, by_calendar(1858, 11, 17)),
        ] {
            assert_eq!(zero.ns(), expect * NS_PER_S, "{zero:?}");
        }
    }

    #[test]
    fn names_find_their_way_back() {
        for zero in ALL {
            let tick = zero.named_with().1.unwrap_or(Tick::MILLISECOND);
            assert_eq!(Zero::named(&zero.name(tick)), Some((zero, tick)));
        }
        for other in [
            "gps",
            "gps-",
            "since2000-days-",
            "excel-day-s",
            "since1970-s",
        ] {
            assert_eq!(Zero::named(other), None, "{other}");
        }
    }
}

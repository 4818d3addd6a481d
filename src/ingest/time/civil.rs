//! Clocks written in digits and words: `2020-02-12 09:03:37.479`, `6/14/2018 1:08:39 PM`, `2022-08-05T15.26.13.153`.
//!
//! A format is the order of the groups of digits; what stands between them is free, so unpadded numbers, dots or
//! colons before the fraction, and months by name all come out of one small parser.

mod reading;

use self::reading::Reading;
pub(super) use self::reading::{fraction_ns, month_named};
use super::format::DateOrder;

/// The order of the groups of digits in a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CivilFormat {
    pub(super) groups: Vec<Group>,
    pub(super) fraction: Fraction,
}

/// What the digits after the seconds are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Fraction {
    /// Decimals: `.5` is half a second.
    #[default]
    Decimal,
    /// A number of milliseconds without leading zeros, as WitMotion writes it: `.5` is 5 ms.
    Milliseconds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    /// `20200212`
    DateDigits,
    /// `090337`
    ClockDigits,
    /// `20200212090337`, and the digits of a fraction behind it
    StampDigits,
}

/// A clock reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) struct Civil {
    /// As if it were UTC.
    pub ns: i64,
    /// Seconds east of UTC, where the cell says so.
    pub offset_s: Option<i32>,
    /// Index of the seconds in the cell: all before it changes once a minute.
    pub seconds_at: Option<usize>,
}

impl CivilFormat {
    /// Whether a date is in it.
    pub fn has_date(&self) -> bool {
        self.groups
            .iter()
            .any(|g| matches!(g, Group::Year | Group::DateDigits | Group::StampDigits))
    }

    /// Whether a time of day is in it.
    pub fn has_clock(&self) -> bool {
        self.groups
            .iter()
            .any(|g| matches!(g, Group::Hour | Group::ClockDigits | Group::StampDigits))
    }

    /// Day before month or after it; `None` where the year comes first.
    pub fn order(&self) -> Option<DateOrder> {
        let at = |group| self.groups.iter().position(|g| *g == group);
        match (at(Group::Year)?, at(Group::Month)?, at(Group::Day)?) {
            (y, m, d) if y < m && m < d => Some(DateOrder::Ymd),
            (_, m, d) if d < m => Some(DateOrder::Dmy),
            _ => Some(DateOrder::Mdy),
        }
    }

    /// A format from a pattern of `%Y %m %d %H %M %S %f %p %z`; what stands between is free.
    pub fn from_pattern(pattern: &str) -> Result<Self, String> {
        let mut groups = Vec::new();
        let mut rest = pattern;
        loop {
            // codes without a mark between are one group of digits
            let glued = [
                ("%Y%m%d%H%M%S", Group::StampDigits),
                ("%Y%m%d", Group::DateDigits),
                ("%H%M%S", Group::ClockDigits),
            ];
            if let Some((codes, group)) = glued.iter().find(|(codes, _)| rest.starts_with(codes)) {
                groups.push(*group);
                rest = &rest[codes.len()..];
                continue;
            }
            let mut letters = rest.chars();
            let Some(letter) = letters.next() else { break };
            rest = letters.as_str();
            if letter != '%' {
                continue;
            }
            let mut code = letters.next();
            while code.is_some_and(|c| c.is_ascii_digit() || c == '.' || c == '-') {
                code = letters.next();
            }
            rest = letters.as_str();
            groups.push(match code {
                Some('Y' | 'y') => Group::Year,
                Some('m') => Group::Month,
                Some('d' | 'e') => Group::Day,
                Some('H' | 'I' | 'k' | 'l') => Group::Hour,
                Some('M') => Group::Minute,
                Some('S') => Group::Second,
                Some('f' | 'L' | 'p' | 'P' | 'z' | 'Z' | 'b' | 'B' | 'a' | 'A') => continue,
                Some('T') => {
                    groups.extend([Group::Hour, Group::Minute, Group::Second]);
                    continue;
                }
                Some('F') => {
                    groups.extend([Group::Year, Group::Month, Group::Day]);
                    continue;
                }
                other => {
                    return Err(format!(
                        "{pattern:?}: unknown code %{}",
                        other.unwrap_or(' ')
                    ));
                }
            });
        }
        let fraction = if pattern.contains("%L") {
            Fraction::Milliseconds
        } else {
            Fraction::Decimal
        };
        let format = Self { groups, fraction };
        let names_month = pattern.contains("%b") || pattern.contains("%B");
        let whole_date = [Group::Year, Group::Day]
            .iter()
            .all(|g| format.groups.contains(g))
            && (format.groups.contains(&Group::Month) || names_month);
        let some_date = names_month
            || [Group::Year, Group::Month, Group::Day]
                .iter()
                .any(|g| format.groups.contains(g));
        if some_date && !whole_date {
            return Err(format!("{pattern:?}: a date needs year, month and day"));
        }
        if !format.has_date() && !format.has_clock() {
            return Err(format!("{pattern:?}: neither a date nor a time of day"));
        }
        Ok(format)
    }

    /// The same with the fraction taken as an unpadded number of milliseconds.
    pub(super) fn with_unpadded_milliseconds(&self) -> Self {
        Self {
            groups: self.groups.clone(),
            fraction: Fraction::Milliseconds,
        }
    }

    /// The pattern that [`from_pattern`](Self::from_pattern) takes.
    pub fn pattern(&self) -> String {
        let mut text = String::new();
        for (i, group) in self.groups.iter().enumerate() {
            let date_next = self
                .groups
                .get(i + 1)
                .is_some_and(|g| matches!(g, Group::Day | Group::Month | Group::Year));
            let day_first = !matches!(self.groups.first(), Some(Group::Year));
            let between = if day_first { "/" } else { "-" };
            let (code, after) = match group {
                Group::Year => ("%Y", if date_next { between } else { " " }),
                Group::Month => ("%m", if date_next { between } else { " " }),
                Group::Day => ("%d", if date_next { between } else { " " }),
                Group::Hour => ("%H", ":"),
                Group::Minute => ("%M", ":"),
                // the year stands last where C writes a date
                Group::Second if date_next => ("%S", " "),
                Group::Second | Group::ClockDigits => ("%S", ""),
                Group::DateDigits => ("%Y%m%d", " "),
                Group::StampDigits => ("%Y%m%d%H%M%S", ""),
            };
            if *group == Group::ClockDigits {
                text.push_str("%H%M");
            }
            text.push_str(code);
            text.push_str(after);
            // a month by name has no group of digits
            if *group == Group::Day && !self.groups.contains(&Group::Month) {
                text.push_str("%b ");
            }
        }
        let mut text = text.trim_end_matches([' ', ':']).to_owned();
        if self.fraction == Fraction::Milliseconds {
            text.push_str(".%L");
        }
        text
    }

    /// The reading of a cell, `None` when it is no such clock.
    pub(in crate::ingest) fn parse(&self, cell: &[u8]) -> Option<Civil> {
        Reading::default().run(self, cell.trim_ascii())
    }
}

#[cfg(test)]
mod tests {
    use super::super::civil_guess::{Guess, guess};
    use super::*;

    fn read(cell: &str) -> (String, Option<i32>) {
        let Some(Guess::Clear(format)) = guess(cell.as_bytes(), None) else {
            panic!("{cell} is not clear");
        };
        let civil = format.parse(cell.as_bytes()).unwrap();
        let stamp = jiff::Timestamp::from_nanosecond(i128::from(civil.ns)).unwrap();
        (stamp.to_string(), civil.offset_s)
    }

    #[test]
    fn the_clocks_of_section_six() {
        let expect = "2020-02-12T09:03:37.481Z";
        for cell in [
            "2020-02-12 09:03:37.481",
            "2020-02-12 09:03:37:481",
            "2020-02-12T09.03.37.481",
            "2020/2/12 9:3:37.481",
            "12-Feb-2020 09:03:37.481",
            "2020-02-12 09:03:37,481000",
            "20200212 090337.481",
            "20200212T09:03:37.481",
            "Feb 12, 2020 9:03:37.481 AM",
            // C, Java, JavaScript, mail
            "Wed Feb 12 09:03:37.481 2020",
            "Wed Feb 12 09:03:37.481 CET 2020",
            "Wed Feb 12 2020 09:03:37.481 GMT+0100 (Central European Standard Time)",
            "Wed, 12 Feb 2020 09:03:37.481 +0100",
            // file names and small loggers
            "20200212090337481",
            "20200212090337.481",
            "20200212_090337_481",
            "2020-02-12_09-03-37_481",
        ] {
            assert_eq!(read(cell).0, expect, "{cell}");
        }
        assert_eq!(read("6/14/2018 1:08:39 PM").0, "2018-06-14T13:08:39Z");
        assert_eq!(
            read("23/02/2020 15:18:59.376").0,
            "2020-02-23T15:18:59.376Z"
        );
    }

    #[test]
    fn zones_of_java_and_javascript_are_offsets_where_they_say_so() {
        for (cell, offset) in [
            ("Wed Feb 12 09:03:37 GMT+01:00 2020", Some(3600)),
            ("Wed Feb 12 09:03:37 UTC 2020", Some(0)),
            // the letters of a zone are a local clock: CST is China's and Chicago's
            ("Wed Feb 12 09:03:37 CST 2020", None),
            ("Wed Feb 12 2020 09:03:37 GMT-0530 (IST)", Some(-19_800)),
        ] {
            assert_eq!(read(cell), ("2020-02-12T09:03:37Z".to_owned(), offset));
        }
    }

    #[test]
    fn offsets_are_read_and_kept_apart() {
        assert_eq!(
            read("2019-10-16T12:09:01.702+02:00"),
            ("2019-10-16T12:09:01.702Z".to_owned(), Some(7200))
        );
        assert_eq!(read("2017-06-23 15:42:42.144 -0530").1, Some(-19800));
        assert_eq!(read("2017-09-12T15:00:00Z").1, Some(0));
        assert_eq!(read("2024-03-17 19:04:39.426 UTC+02:00").1, Some(7200));
    }

    #[test]
    fn day_and_month_are_not_guessed() {
        assert_eq!(
            guess(b"03/04/2024 10:00:00", None),
            Some(Guess::DayMonthUnclear)
        );
        let Some(Guess::Clear(format)) = guess(b"03/04/2024 10:00:00", Some(DateOrder::Dmy)) else {
            panic!()
        };
        assert_eq!(format.order(), Some(DateOrder::Dmy));
    }

    #[test]
    fn a_cut_clock_is_seen() {
        assert_eq!(guess(b"43:48.4", None), Some(Guess::MinutesAndSeconds));
        assert!(matches!(guess(b"12:43:48.4", None), Some(Guess::Clear(_))));
    }

    #[test]
    fn a_pattern_parses_what_it_describes() {
        let format = CivilFormat::from_pattern("%d/%m/%Y %H:%M:%S.%3f").unwrap();
        assert_eq!(
            format.parse(b"03/04/2024 10:00:00.250").unwrap().ns,
            1_712_138_400_250_000_000
        );
        assert_eq!(format.pattern(), "%d/%m/%Y %H:%M:%S");
        assert!(CivilFormat::from_pattern("%d %H:%M:%S").is_err());
        let named = CivilFormat::from_pattern("%d-%b-%Y %H:%M:%S").unwrap();
        assert!(named.parse(b"14-Mar-2023 10:15:22.123").is_some());
        for format in [
            named,
            CivilFormat::from_pattern("%d %b %H:%M:%S %Y").unwrap(),
            CivilFormat::from_pattern("%Y%m%d %H%M%S").unwrap(),
            CivilFormat::from_pattern("%Y%m%d%H%M%S%f").unwrap(),
        ] {
            assert_eq!(
                CivilFormat::from_pattern(&format.pattern()).unwrap(),
                format
            );
        }
    }

    #[test]
    fn impossible_dates_and_hours_are_none() {
        let format = CivilFormat::from_pattern("%Y-%m-%d %H:%M:%S").unwrap();
        for cell in [
            "2023-02-29 00:00:00",
            "2023-13-01 00:00:00",
            "2023-01-01 25:00:00",
            "2023-01-01",
            "",
            "x",
        ] {
            assert_eq!(format.parse(cell.as_bytes()), None, "{cell}");
        }
    }
}

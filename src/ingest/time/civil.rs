//! Clocks written in digits and words: `2020-02-12 09:03:37.479`, `6/14/2018 1:08:39 PM`, `2022-08-05T15.26.13.153`.
//!
//! A format is the order of the groups of digits; what stands between them is free, so unpadded numbers, dots or
//! colons before the fraction, and months by name all come out of one small parser.

use jiff::civil::Date;

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

const NS_PER_S: i64 = 1_000_000_000;

impl CivilFormat {
    /// Whether a date is in it.
    pub fn has_date(&self) -> bool {
        self.groups
            .iter()
            .any(|g| matches!(g, Group::Year | Group::DateDigits))
    }

    /// Whether a time of day is in it.
    pub fn has_clock(&self) -> bool {
        self.groups
            .iter()
            .any(|g| matches!(g, Group::Hour | Group::ClockDigits))
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
        let mut letters = pattern.chars();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                continue;
            }
            let mut code = letters.next();
            while code.is_some_and(|c| c.is_ascii_digit() || c == '.' || c == '-') {
                code = letters.next();
            }
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
                Group::Second | Group::ClockDigits => ("%S", ""),
                Group::DateDigits => ("%Y%m%d", " "),
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

const MONTHS: [&[u8]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

pub(super) fn month_named(word: &[u8]) -> Option<u32> {
    let head = word.get(..3)?;
    let at = MONTHS
        .iter()
        .position(|month| head.eq_ignore_ascii_case(month))?;
    u32::try_from(at + 1).ok()
}

#[derive(Default)]
struct Reading {
    year: i16,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    fraction_ns: i64,
    offset_s: Option<i32>,
    seconds_at: Option<usize>,
    afternoon: Option<bool>,
    dated: bool,
}

impl Reading {
    fn run(mut self, format: &CivilFormat, cell: &[u8]) -> Option<Civil> {
        let groups = &format.groups;
        if cell.len() > 64 {
            return None;
        }
        let mut next = 0;
        let mut i = 0;
        while i < cell.len() {
            let byte = cell[i];
            if byte.is_ascii_digit() {
                let group = *groups.get(next)?;
                next += 1;
                let start = i;
                while i < cell.len() && cell[i].is_ascii_digit() {
                    i += 1;
                }
                self.take(group, &cell[start..i], start)?;
                if matches!(group, Group::Second | Group::ClockDigits) {
                    i = self.fraction(cell, i, format.fraction);
                }
            } else if byte.is_ascii_alphabetic() {
                let letters = cell[i..]
                    .iter()
                    .take_while(|b| b.is_ascii_alphabetic())
                    .count();
                self.word(&cell[i..i + letters])?;
                i += letters;
            } else if next == groups.len() && (byte == b'+' || byte == b'-') {
                self.offset_s = Some(offset(&cell[i..])?);
                i = cell.len();
            } else if b"-/.:, _".contains(&byte) {
                i += 1;
            } else {
                return None;
            }
        }
        (next == groups.len()).then_some(())?;
        self.finish()
    }

    fn take(&mut self, group: Group, digits: &[u8], at: usize) -> Option<()> {
        let value = |digits: &[u8]| -> Option<u32> {
            if digits.len() > 9 {
                return None;
            }
            Some(digits.iter().fold(0, |v, b| v * 10 + u32::from(b - b'0')))
        };
        match group {
            Group::Year => {
                let year = value(digits)?;
                let year = if digits.len() <= 2 { 2000 + year } else { year };
                self.year = i16::try_from(year).ok()?;
                self.dated = true;
            }
            Group::Month => self.month = value(digits)?,
            Group::Day => self.day = value(digits)?,
            Group::Hour => self.hour = value(digits)?,
            Group::Minute => self.minute = value(digits)?,
            Group::Second => {
                self.second = value(digits)?;
                self.seconds_at = (digits.len() == 2).then_some(at);
            }
            Group::DateDigits => {
                let value = value(digits)?;
                (digits.len() == 8).then_some(())?;
                self.year = i16::try_from(value / 10_000).ok()?;
                (self.month, self.day) = (value / 100 % 100, value % 100);
                self.dated = true;
            }
            Group::ClockDigits => {
                let value = value(digits)?;
                (digits.len() == 6).then_some(())?;
                (self.hour, self.minute, self.second) =
                    (value / 10_000, value / 100 % 100, value % 100);
                self.seconds_at = Some(at + 4);
            }
        }
        Some(())
    }

    fn fraction(&mut self, cell: &[u8], at: usize, kind: Fraction) -> usize {
        let Some((ns, end)) = fraction_ns(cell, at, kind) else {
            return at;
        };
        self.fraction_ns = ns;
        end
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        if word.eq_ignore_ascii_case(b"t") {
        } else if word.eq_ignore_ascii_case(b"z")
            || word.eq_ignore_ascii_case(b"utc")
            || word.eq_ignore_ascii_case(b"gmt")
        {
            self.offset_s.get_or_insert(0);
        } else if word.eq_ignore_ascii_case(b"am") {
            self.afternoon = Some(false);
        } else if word.eq_ignore_ascii_case(b"pm") {
            self.afternoon = Some(true);
        } else if let Some(month) = month_named(word) {
            self.month = month;
        } else {
            return None;
        }
        Some(())
    }

    fn finish(mut self) -> Option<Civil> {
        if let Some(afternoon) = self.afternoon {
            (1..=12).contains(&self.hour).then_some(())?;
            self.hour = self.hour % 12 + if afternoon { 12 } else { 0 };
        }
        (self.hour < 24 && self.minute < 60 && self.second <= 60).then_some(())?;
        let days = if self.dated {
            days_since_1970(self.year, self.month, self.day)?
        } else {
            0
        };
        let seconds = i64::from(self.hour * 3600 + self.minute * 60 + self.second);
        let ns = days
            .checked_mul(86_400)?
            .checked_add(seconds)?
            .checked_mul(NS_PER_S)?
            .checked_add(self.fraction_ns)?;
        Some(Civil {
            ns,
            offset_s: self.offset_s,
            seconds_at: self.seconds_at,
        })
    }
}

/// The fraction of a second after `.`, `,` or `:` at `at`, and where it ends.
pub(super) fn fraction_ns(cell: &[u8], at: usize, kind: Fraction) -> Option<(i64, usize)> {
    (matches!(cell.get(at), Some(b'.' | b',' | b':')) && cell.get(at + 1)?.is_ascii_digit())
        .then_some(())?;
    let mut i = at + 1;
    let mut ns = 0i64;
    let mut scale = NS_PER_S;
    while let Some(digit) = cell.get(i).filter(|b| b.is_ascii_digit()) {
        scale /= 10;
        ns += scale * i64::from(digit - b'0');
        i += 1;
    }
    let digits = i - at - 1;
    if kind == Fraction::Milliseconds && digits < 3 {
        // two digits of three: 45 ms were read as 450
        ns /= if digits == 1 { 100 } else { 10 };
    }
    Some((ns, i))
}

fn offset(text: &[u8]) -> Option<i32> {
    let sign = if text.first() == Some(&b'-') { -1 } else { 1 };
    let digits: Vec<i32> = text[1..]
        .iter()
        .filter(|b| **b != b':')
        .map(|b| b.is_ascii_digit().then(|| i32::from(b - b'0')))
        .collect::<Option<_>>()?;
    let (hours, minutes) = match digits.as_slice() {
        [h] => (*h, 0),
        [a, b] => (a * 10 + b, 0),
        [a, b, c, d] => (a * 10 + b, c * 10 + d),
        _ => return None,
    };
    (hours <= 15 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn days_since_1970(year: i16, month: u32, day: u32) -> Option<i64> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let epoch = Date::constant(1970, 1, 1);
    Some(i64::from((date - epoch).get_days()))
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
        assert_eq!(CivilFormat::from_pattern(&named.pattern()).unwrap(), named);
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

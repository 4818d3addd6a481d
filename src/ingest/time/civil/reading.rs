//! A cell taken apart by the groups of digits of a format.

use jiff::civil::Date;

use super::{Civil, CivilFormat, Fraction, Group};

const NS_PER_S: i64 = 1_000_000_000;

const MONTHS: [&[u8]; 12] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
];

/// A month by its first three letters, 1 to 12.
pub(in crate::ingest::time) fn month_named(word: &[u8]) -> Option<u32> {
    let head = word.get(..3)?;
    let at = MONTHS
        .iter()
        .position(|month| head.eq_ignore_ascii_case(month))?;
    u32::try_from(at + 1).ok()
}

/// Letters of zones, which name none: CST is China's and Chicago's. A clock beside them is local.
const ZONES: [&[u8]; 40] = [
    b"cet", b"cest", b"wet", b"west", b"eet", b"eest", b"met", b"mest", b"mez", b"mesz", b"bst",
    b"ist", b"msk", b"est", b"edt", b"cst", b"cdt", b"mst", b"mdt", b"pst", b"pdt", b"akst",
    b"akdt", b"hst", b"ast", b"adt", b"nst", b"ndt", b"jst", b"kst", b"hkt", b"sgt", b"aest",
    b"aedt", b"acst", b"acdt", b"awst", b"nzst", b"nzdt", b"sast",
];
const WEEKDAYS: [&[u8]; 7] = [b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun"];

/// What was taken from a cell so far.
#[derive(Default)]
pub(super) struct Reading {
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
    /// The reading of a cell by a format, `None` when it is no such clock.
    pub(super) fn run(mut self, format: &CivilFormat, cell: &[u8]) -> Option<Civil> {
        let groups = &format.groups;
        if cell.len() > 96 {
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
                if matches!(
                    group,
                    Group::Second | Group::ClockDigits | Group::StampDigits
                ) {
                    i = self.fraction(cell, i, format.fraction);
                }
            } else if byte.is_ascii_alphabetic() {
                let letters = cell[i..]
                    .iter()
                    .take_while(|b| b.is_ascii_alphabetic())
                    .count();
                self.word(&cell[i..i + letters])?;
                i += letters;
                // Java's year follows the zone: GMT+01:00 2020
                if self.offset_s.is_some() && matches!(cell.get(i), Some(b'+' | b'-')) {
                    i += self.offset(&cell[i..])?;
                }
            } else if next == groups.len() && (byte == b'+' || byte == b'-') {
                i += self.offset(&cell[i..])?;
            } else if next == groups.len() && byte == b'(' && cell.ends_with(b")") {
                // JavaScript's name of the zone
                break;
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
                // a number has lost the zeros in front
                (digits.len() <= 6).then_some(())?;
                (self.hour, self.minute, self.second) =
                    (value / 10_000, value / 100 % 100, value % 100);
                self.seconds_at = (digits.len() == 6).then_some(at + 4);
            }
            Group::StampDigits => {
                let (date, clock) = digits.split_at_checked(8)?;
                let (clock, rest) = clock.split_at_checked(6)?;
                self.take(Group::DateDigits, date, at)?;
                self.take(Group::ClockDigits, clock, at + 8)?;
                let scale =
                    10i64.checked_pow(9u32.checked_sub(u32::try_from(rest.len()).ok()?)?)?;
                self.fraction_ns = i64::from(value(rest)?) * scale;
                // what follows without a mark is read with the whole cell
                self.seconds_at = self.seconds_at.filter(|_| rest.is_empty());
            }
        }
        Some(())
    }

    /// Takes an offset; gives its length.
    fn offset(&mut self, text: &[u8]) -> Option<usize> {
        let is_part = |b: &&u8| b.is_ascii_digit() || **b == b':';
        let length = 1 + text[1..].iter().take_while(is_part).count();
        self.offset_s = Some(offset(&text[..length])?);
        Some(length)
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
        } else if WEEKDAYS
            .iter()
            .any(|day| word.len() >= 3 && word[..3].eq_ignore_ascii_case(day))
            || ZONES.iter().any(|zone| word.eq_ignore_ascii_case(zone))
        {
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

/// The fraction of a second after `.`, `,`, `:` or `_` at `at`, and where it ends.
pub(in crate::ingest::time) fn fraction_ns(
    cell: &[u8],
    at: usize,
    kind: Fraction,
) -> Option<(i64, usize)> {
    (matches!(cell.get(at), Some(b'.' | b',' | b':' | b'_')) && cell.get(at + 1)?.is_ascii_digit())
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

//! Dates as people write them, and the order of day and month, settled over the whole column.

use jiff::civil::Date;

/// Whether the day or the month comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 03/04 is the third of April.
    DayFirst,
    /// 03/04 is the fourth of March.
    MonthFirst,
}

impl DateOrder {
    /// As on the command line: `dmy` or `mdy`.
    pub fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "dmy",
            Self::MonthFirst => "mdy",
        }
    }
}

/// What a cell says of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateShape {
    /// It can be read one way only.
    Certain(Date),
    /// Two numbers and a year, both numbers at most 12 and not equal, or one of them above 12 (then the order is in it).
    Slashed {
        /// The first number.
        first: i8,
        /// The second number.
        second: i8,
        /// The year, four digits.
        year: i16,
    },
}

impl DateShape {
    /// The date under an order; `None` where the calendar has no such day.
    pub fn under(self, order: DateOrder) -> Option<Date> {
        match self {
            Self::Certain(date) => Some(date),
            Self::Slashed {
                first,
                second,
                year,
            } => {
                let (day, month) = match order {
                    DateOrder::DayFirst => (first, second),
                    DateOrder::MonthFirst => (second, first),
                };
                Date::new(year, month, day).ok()
            }
        }
    }

    /// The order that this cell alone proves.
    fn proves(self) -> Option<DateOrder> {
        let day_first = self.under(DateOrder::DayFirst).is_some();
        let month_first = self.under(DateOrder::MonthFirst).is_some();
        match (self, day_first, month_first) {
            (Self::Certain(_), ..) => None,
            (_, true, false) => Some(DateOrder::DayFirst),
            (_, false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// Whether the two orders give two dates.
    fn is_twofold(self) -> bool {
        match (
            self.under(DateOrder::DayFirst),
            self.under(DateOrder::MonthFirst),
        ) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        }
    }
}

/// What the whole column says of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// No cell needs to know.
    NotNeeded,
    /// Proven by this cell (its index in the column).
    Proven(DateOrder, usize),
    /// Not proven, but only so do rows and recorded nights fall together; on how many nights.
    ByNights(DateOrder, usize),
    /// This cell could be either, and no other decides.
    Ambiguous(usize),
    /// This cell proves day first, that one month first.
    Contradiction(usize, usize),
}

/// Settles the order over all cells of a file's date columns. A day above 12 proves it; failing that, the dates of
/// recorded nights do when one order meets some of them and the other meets none.
pub fn settle(shapes: &[DateShape], nights: &[Date]) -> Order {
    let proof = |order| {
        shapes
            .iter()
            .position(|shape| shape.proves() == Some(order))
    };
    match (proof(DateOrder::DayFirst), proof(DateOrder::MonthFirst)) {
        (Some(day), Some(month)) => return Order::Contradiction(day, month),
        (Some(at), None) => return Order::Proven(DateOrder::DayFirst, at),
        (None, Some(at)) => return Order::Proven(DateOrder::MonthFirst, at),
        (None, None) => {}
    }
    let Some(open) = shapes.iter().position(|shape| shape.is_twofold()) else {
        return Order::NotNeeded;
    };
    let met = |order| {
        shapes
            .iter()
            .filter(|shape| shape.is_twofold())
            .filter_map(|shape| shape.under(order))
            .filter(|date| nights.contains(date))
            .count()
    };
    match (met(DateOrder::DayFirst), met(DateOrder::MonthFirst)) {
        (found, 0) if found > 0 => Order::ByNights(DateOrder::DayFirst, found),
        (0, found) if found > 0 => Order::ByNights(DateOrder::MonthFirst, found),
        _ => Order::Ambiguous(open),
    }
}

/// English and German months by their first letters (three suffice but for May/Mai and Mar/Mär).
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän"],
    &["feb"],
    &["mar", "mär", "mrz", "maerz"],
    &["apr"],
    &["may", "mai"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez"],
];

/// English and German weekdays, whole or short: they may stand before a date and say nothing new.
const WEEKDAYS: [&str; 34] = [
    "mon",
    "monday",
    "mo",
    "montag",
    "tue",
    "tues",
    "tuesday",
    "di",
    "dienstag",
    "wed",
    "wednesday",
    "mi",
    "mittwoch",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "do",
    "donnerstag",
    "fri",
    "friday",
    "fr",
    "freitag",
    "sat",
    "saturday",
    "sa",
    "samstag",
    "sonnabend",
    "sun",
    "sunday",
    "so",
    "sonntag",
    "sept",
    "den",
];

/// Reads a cell that holds a date and nothing else; `None` when it holds none.
///
/// Two-digit years belong to 2000–2099: nobody wore a wearable before.
pub fn parse(cell: &str) -> Option<DateShape> {
    let cell = cell.trim();
    if cell.len() == 8 && cell.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = |range: std::ops::Range<usize>| cell.get(range)?.parse::<i16>().ok();
        let month = i8::try_from(number(4..6)?).ok()?;
        let day = i8::try_from(number(6..8)?).ok()?;
        return Date::new(number(0..4)?, month, day)
            .ok()
            .map(DateShape::Certain);
    }
    let dotted = cell.matches('.').count() >= 2;
    let mut numbers: Vec<(i16, usize)> = Vec::new();
    let mut month = None;
    for word in cell
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if let Some(number) = numeric(word) {
            numbers.push((number, word.trim_end_matches(char::is_alphabetic).len()));
        } else if let Some(named) = month_named(word) {
            if month.replace(named).is_some() {
                return None;
            }
        } else if !WEEKDAYS.contains(&word.to_lowercase().as_str()) {
            return None;
        }
    }
    match (numbers.as_slice(), month) {
        (&[(year, 4), (month, _), (day, _)], None) => certain(year, month, day),
        (&[(day, 1..=2), (month, 1..=2), (y, width @ (2 | 4))], None) if dotted => {
            certain(year(y, width), month, day)
        }
        (&[(first, 1..=2), (second, 1..=2), (y, width @ (2 | 4))], None) => {
            let shape = DateShape::Slashed {
                first: i8::try_from(first).ok()?,
                second: i8::try_from(second).ok()?,
                year: year(y, width),
            };
            shape
                .under(DateOrder::DayFirst)
                .or(shape.under(DateOrder::MonthFirst))
                .map(|_| shape)
        }
        (&[(day, 1..=2), (y, width @ (2 | 4))], Some(month)) => certain(year(y, width), month, day),
        (&[(year, 4), (day, 1..=2)], Some(month)) => certain(year, month, day),
        _ => None,
    }
}

fn certain(year: i16, month: i16, day: i16) -> Option<DateShape> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .map(DateShape::Certain)
}

fn year(number: i16, width: usize) -> i16 {
    if width == 2 { 2000 + number } else { number }
}

/// A number, also `3rd` and `1st`.
fn numeric(word: &str) -> Option<i16> {
    let digits = word
        .strip_suffix("st")
        .or(word.strip_suffix("nd"))
        .or(word.strip_suffix("rd"))
        .or(word.strip_suffix("th"))
        .unwrap_or(word);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

fn month_named(word: &str) -> Option<i16> {
    let word = word.to_lowercase();
    let at = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| word.starts_with(name)))?;
    i16::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn many_ways_to_write_the_fourth_of_march() {
        for cell in [
            "2024-03-04",
            "2024/3/4",
            "2024.03.04",
            "20240304",
            "04.03.2024",
            "4.3.24",
            "Mo., 4.3.2024",
            "4 Mar 2024",
            "04-Mar-2024",
            "March 4, 2024",
            "Monday, March 4th, 2024",
            "4. März 2024",
            "2024 March 4",
        ] {
            assert_eq!(
                parse(cell),
                Some(DateShape::Certain(date(2024, 3, 4))),
                "{cell}"
            );
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for cell in [
            "",
            "today",
            "3.4.",
            "2024-13-01",
            "30.02.2024",
            "45354",
            "99999999",
            "1/2/3/4",
            "22:30",
            "mar mar 2024",
            "31/31/2024",
        ] {
            assert_eq!(parse(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_day_above_twelve_settles_the_column() {
        let column: Vec<DateShape> = ["03/04/2024", "3/13/2024"]
            .iter()
            .filter_map(|cell| parse(cell))
            .collect();
        assert_eq!(
            settle(&column, &[]),
            Order::Proven(DateOrder::MonthFirst, 1)
        );
        assert_eq!(
            column[0].under(DateOrder::MonthFirst),
            Some(date(2024, 3, 4))
        );
    }

    #[test]
    fn two_proofs_that_disagree_are_a_contradiction() {
        let column: Vec<DateShape> = ["25/12/2023", "12/26/2023"]
            .iter()
            .filter_map(|cell| parse(cell))
            .collect();
        assert_eq!(settle(&column, &[]), Order::Contradiction(0, 1));
    }

    #[test]
    fn recorded_nights_settle_what_the_column_cannot() {
        let column: Vec<DateShape> = ["03/04/2024", "04/04/2024", "05/04/2024"]
            .iter()
            .filter_map(|cell| parse(cell))
            .collect();
        assert_eq!(settle(&column, &[]), Order::Ambiguous(0));
        assert_eq!(
            settle(&column, &[date(2024, 4, 3), date(2024, 4, 5)]),
            Order::ByNights(DateOrder::DayFirst, 2)
        );
    }

    #[test]
    fn the_fourth_of_the_fourth_needs_no_order() {
        let column = [parse("04/04/2024").unwrap()];
        assert_eq!(settle(&column, &[]), Order::NotNeeded);
    }
}

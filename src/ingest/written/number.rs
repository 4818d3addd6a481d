//! Numbers as people write them: `0.5`, `0,5`, `1,234`, `1.234,5`, `<0.6`, `7/10`, `30 min`.
//!
//! `1.234` is one and a bit in English and a thousand and more in German. Most numbers of a diary can be read one way
//! only (`0,25`, `12.5`); those settle the mark for the ones that could be read two ways, and where none does, the cell
//! is asked about.

use crate::model::diary::Limit;

/// The sign before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// `0.5`
    Point,
    /// `0,5`
    Comma,
}

impl DecimalMark {
    /// As on the command line.
    pub fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// Why a cell is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberDoubt {
    /// Other text.
    NotANumber,
    /// `1.234`: a group of three digits or three decimals.
    GroupOrDecimals,
}

/// A cell that begins with a number: bound, number, and the words after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured<'a> {
    /// `<` and `>` before the number.
    pub limit: Limit,
    /// The number.
    pub value: f64,
    /// What stands behind it, trimmed: a unit, mostly.
    pub rest: &'a str,
}

/// What one number by itself says of the mark: `None` when it has no decimals or could be read two ways.
pub fn evidence(cell: &str) -> Option<DecimalMark> {
    let (_, digits, _) = split(cell)?;
    match shape(digits) {
        Shape::Decimals(mark) => Some(mark),
        Shape::Whole | Shape::Twofold(_) | Shape::Nonsense => None,
    }
}

/// The mark on which all cells that can be read one way only agree.
pub fn settle<'a>(cells: impl IntoIterator<Item = &'a str>) -> Option<DecimalMark> {
    let mut found = None;
    for mark in cells.into_iter().filter_map(evidence) {
        match found {
            None => found = Some(mark),
            Some(before) if before == mark => {}
            Some(_) => return None,
        }
    }
    found
}

/// A number and nothing else.
pub fn plain(cell: &str, mark: Option<DecimalMark>) -> Result<f64, NumberDoubt> {
    let found = measured(cell, mark)?;
    if found.rest.is_empty() && found.limit == Limit::Exact {
        Ok(found.value)
    } else {
        Err(NumberDoubt::NotANumber)
    }
}

/// A number with what stands before and behind it.
pub fn measured(cell: &str, mark: Option<DecimalMark>) -> Result<Measured<'_>, NumberDoubt> {
    let (limit, digits, rest) = split(cell).ok_or(NumberDoubt::NotANumber)?;
    let decimal = match shape(digits) {
        Shape::Nonsense => return Err(NumberDoubt::NotANumber),
        Shape::Whole => None,
        Shape::Decimals(mark) => Some(mark),
        Shape::Twofold(seen) => match mark {
            None => return Err(NumberDoubt::GroupOrDecimals),
            Some(mark) if mark == seen => Some(mark),
            Some(_) => None,
        },
    };
    let cleaned: String = digits
        .chars()
        .filter_map(|c| match c {
            '−' => Some('-'),
            '.' | ',' if decimal.is_some_and(|mark| mark.sign() == c) => Some('.'),
            '0'..='9' | '-' | '+' => Some(c),
            _ => None,
        })
        .collect();
    match cleaned.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Measured { limit, value, rest }),
        _ => Err(NumberDoubt::NotANumber),
    }
}

/// What can be said of a run of digits and marks.
enum Shape {
    /// No decimals; any marks stand between groups of three.
    Whole,
    /// Decimals behind this mark.
    Decimals(DecimalMark),
    /// Decimals behind this mark, or a group of three.
    Twofold(DecimalMark),
    /// Neither.
    Nonsense,
}

fn shape(digits: &str) -> Shape {
    let digits = digits.trim_start_matches(['+', '-', '−']);
    let points = digits.matches('.').count();
    let commas = digits.matches(',').count();
    let (mark, sign) = match (points, commas) {
        (0, 0) => {
            return if groups_of_three(digits, [' ', '\'', '’', '\u{A0}', '\u{202F}']) {
                Shape::Whole
            } else {
                Shape::Nonsense
            };
        }
        (1, 0) => (DecimalMark::Point, '.'),
        (0, 1) => (DecimalMark::Comma, ','),
        (_, 0) => return whole_if(groups_of_three(digits, ['.'])),
        (0, _) => return whole_if(groups_of_three(digits, [','])),
        (1, _) if digits.rfind('.') > digits.rfind(',') => (DecimalMark::Point, '.'),
        (_, 1) if digits.rfind(',') > digits.rfind('.') => (DecimalMark::Comma, ','),
        _ => return Shape::Nonsense,
    };
    let Some((whole, decimals)) = digits.split_once(sign) else {
        return Shape::Nonsense;
    };
    if points + commas > 1 {
        let other = if sign == '.' { ',' } else { '.' };
        return match (groups_of_three(whole, [other]), all_digits(decimals)) {
            (true, true) => Shape::Decimals(mark),
            _ => Shape::Nonsense,
        };
    }
    if !all_digits(decimals) || !(whole.is_empty() || groups_of_three(whole, [' ', '\''])) {
        return Shape::Nonsense;
    }
    let could_be_a_group =
        decimals.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if could_be_a_group {
        Shape::Twofold(mark)
    } else {
        Shape::Decimals(mark)
    }
}

fn whole_if(grouped: bool) -> Shape {
    if grouped {
        Shape::Whole
    } else {
        Shape::Nonsense
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits alone, or digits in groups of three between one of these signs.
fn groups_of_three<const N: usize>(text: &str, signs: [char; N]) -> bool {
    if all_digits(text) {
        return true;
    }
    let mut groups = text.split(signs);
    let first = groups.next().unwrap_or("");
    all_digits(first)
        && first.len() <= 3
        && groups.all(|group| group.len() == 3 && all_digits(group))
}

/// Bound, digits with their marks, and the rest; `None` when no digit comes first.
fn split(cell: &str) -> Option<(Limit, &str, &str)> {
    let mut text = cell.trim();
    let mut limit = Limit::Exact;
    for (prefix, of) in [
        ("<=", Limit::Below),
        (">=", Limit::Above),
        ("<", Limit::Below),
        ("≤", Limit::Below),
        (">", Limit::Above),
        ("≥", Limit::Above),
        ("~", Limit::Exact),
        ("≈", Limit::Exact),
        ("ca.", Limit::Exact),
        ("ca ", Limit::Exact),
        ("=", Limit::Exact),
    ] {
        if let Some(rest) = text.strip_prefix(prefix) {
            limit = of;
            text = rest.trim_start();
            break;
        }
    }
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-' | '−'));
    let body = sign.map_or(0, char::len_utf8);
    let mut end = body;
    for (at, c) in text.char_indices().filter(|(at, _)| *at >= body) {
        let next_is_digit = || {
            text[at + c.len_utf8()..]
                .bytes()
                .next()
                .is_some_and(|byte| byte.is_ascii_digit())
        };
        match c {
            '0'..='9' => end = at + 1,
            // A mark or a thin blank belongs to the number when a digit follows.
            '.' | ',' | '\'' | '’' | '\u{A0}' | '\u{202F}' if next_is_digit() => {}
            ' ' if next_is_digit() && end > body && three_digits_follow(&text[at + 1..]) => {}
            _ => break,
        }
    }
    let digits = &text[..end];
    if !digits.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((limit, digits, text[end..].trim()))
}

/// Whether exactly three digits come next: the blank before them groups thousands.
fn three_digits_follow(text: &str) -> bool {
    text.bytes().take_while(u8::is_ascii_digit).count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_can_be_read_one_way() {
        for (cell, value) in [
            ("0.5", 0.5),
            ("0,5", 0.5),
            (",5", 0.5),
            ("0.125", 0.125),
            ("0,125", 0.125),
            ("12", 12.0),
            ("-3", -3.0),
            ("−3,5", -3.5),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1.234.567", 1_234_567.0),
            ("1 234", 1234.0),
            ("1'234", 1234.0),
            ("1234,567", 1234.567),
            (" 7 ", 7.0),
        ] {
            assert_eq!(plain(cell, None), Ok(value), "{cell}");
        }
    }

    #[test]
    fn a_group_of_three_needs_the_mark() {
        assert_eq!(plain("1.234", None), Err(NumberDoubt::GroupOrDecimals));
        assert_eq!(plain("1.234", Some(DecimalMark::Point)), Ok(1.234));
        assert_eq!(plain("1.234", Some(DecimalMark::Comma)), Ok(1234.0));
        assert_eq!(plain("1,234", Some(DecimalMark::Point)), Ok(1234.0));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for cell in [
            "", "-", "x", "1,2,3", "1.2.3", "1..2", "1e5x", "6-7", "7 8", "12:30", "1,23.4,5",
        ] {
            assert_eq!(plain(cell, None), Err(NumberDoubt::NotANumber), "{cell}");
        }
    }

    #[test]
    fn bounds_and_units_stand_beside_the_number() {
        let found = measured("< 0,6 mg/dl", None).unwrap();
        assert_eq!(
            (found.limit, found.value, found.rest),
            (Limit::Below, 0.6, "mg/dl")
        );
        let found = measured("75nmol/L", None).unwrap();
        assert_eq!((found.value, found.rest), (75.0, "nmol/L"));
        let found = measured("7/10", None).unwrap();
        assert_eq!((found.value, found.rest), (7.0, "/10"));
    }

    #[test]
    fn the_mark_is_what_all_clear_cells_agree_on() {
        assert_eq!(settle(["0,5", "1.234", "3"]), Some(DecimalMark::Comma));
        assert_eq!(settle(["0,5", "0.5"]), None);
        assert_eq!(settle(["1.234", "3"]), None);
    }
}

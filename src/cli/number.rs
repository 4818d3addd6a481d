//! Numbers on the command line: what cannot be is answered by what is wanted, not by what a parser met.

use std::ops::RangeInclusive;
use std::str::FromStr;

/// A parser of numbers that `fits` takes; `wanted` says which: "samples a second above 0, as 50 or 12.5".
pub fn number<T>(
    wanted: &'static str,
    fits: fn(f64) -> bool,
) -> impl Fn(&str) -> Result<T, String> + Clone
where
    T: FromStr + Copy + Into<f64>,
{
    move |text| {
        let number = text.trim().parse::<T>().ok();
        let number = number.filter(|&number| number.into().is_finite() && fits(number.into()));
        number.ok_or_else(|| format!("give {wanted}"))
    }
}

/// A parser of whole numbers in a range.
pub fn whole<T>(
    wanted: &'static str,
    range: RangeInclusive<T>,
) -> impl Fn(&str) -> Result<T, String> + Clone
where
    T: FromStr + PartialOrd + Clone,
{
    move |text| {
        let number = text.trim().parse::<T>().ok();
        let number = number.filter(|number| range.contains(number));
        number.ok_or_else(|| format!("give {wanted}"))
    }
}

/// For [`number`]: every one will do.
pub fn any(_: f64) -> bool {
    true
}

/// For [`number`]: above 0.
pub fn above_zero(number: f64) -> bool {
    number > 0.0
}

/// For [`number`]: 0 and above.
pub fn from_zero(number: f64) -> bool {
    number >= 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_is_answered_by_what_is_wanted() {
        let rate = number::<f64>("samples a second", above_zero);
        assert_eq!(rate("12.5"), Ok(12.5));
        assert_eq!(rate(" 50 "), Ok(50.0));
        for text in ["abc", "-5", "0", "inf", "NaN", "", "12,5"] {
            assert_eq!(
                rate(text),
                Err("give samples a second".to_owned()),
                "{text}"
            );
        }
        assert_eq!(number::<f32>("mg", from_zero)("0"), Ok(0.0));
        assert_eq!(number::<f64>("a number", any)("-3"), Ok(-3.0));
        let nights = whole::<u16>("1 to 120 nights", 1..=120);
        assert_eq!(nights("120"), Ok(120));
        for text in ["0", "121", "-1", "1.5", "seven", "99999999"] {
            assert_eq!(
                nights(text),
                Err("give 1 to 120 nights".to_owned()),
                "{text}"
            );
        }
    }
}

//! Times of day and lengths of time as people write them.

use jiff::civil::Time;

use super::date;
use super::number::{self, DecimalMark};

/// A time of day, with the date when the cell holds one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockCell {
    /// The date in the cell.
    pub date: Option<date::DateShape>,
    /// The time.
    pub time: Time,
}

/// `23:10`, `23.10 Uhr`, `11:10 pm`, `2310`, `2024-03-03 23:10`; `None` for anything else.
pub fn parse(cell: &str) -> Option<ClockCell> {
    let cell = cell.trim();
    if let Some(time) = time_of_day(cell) {
        return Some(ClockCell { date: None, time });
    }
    cell.match_indices([' ', 'T', ',']).find_map(|(at, sign)| {
        let date = date::parse(cell.get(..at)?)?;
        let rest = cell.get(at + sign.len()..)?;
        let time = time_of_day(rest.trim_start_matches([' ', ',']))?;
        Some(ClockCell {
            date: Some(date),
            time,
        })
    })
}

/// A time of day alone.
pub fn time_of_day(cell: &str) -> Option<Time> {
    let text = cell.trim().to_lowercase();
    match text.as_str() {
        "midnight" | "mitternacht" | "24:00" => return Some(Time::midnight()),
        "noon" | "mittag" => return Time::new(12, 0, 0, 0).ok(),
        _ => {}
    }
    let (text, half) = if let Some(rest) = strip_any(&text, &["a.m.", "a.m", "am"]) {
        (rest, Some(0))
    } else if let Some(rest) = strip_any(&text, &["p.m.", "p.m", "pm"]) {
        (rest, Some(12))
    } else {
        (text.as_str(), None)
    };
    let (text, says_hours) = match strip_any(text, &["uhr", "h"]) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let parts: Vec<&str> = if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![text.get(..2)?, text.get(2..)?]
    } else {
        text.split([':', '.', 'h']).collect()
    };
    let field = |text: &str| -> Option<i8> {
        let fits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| text.parse().ok())?
    };
    let two_digits = |text: &str| (text.len() == 2).then(|| field(text))?;
    let (hour, minute, second) = match parts.as_slice() {
        [hour] if half.is_some() || says_hours => (field(hour)?, 0, 0),
        [hour, minute] => (field(hour)?, two_digits(minute)?, 0),
        [hour, minute, second] => (field(hour)?, two_digits(minute)?, two_digits(second)?),
        _ => return None,
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        None => hour,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// A length of time in minutes: `45`, `45 min`, `1:30`, `1,5 h`, `1 h 30`. A bare number is in `bare` minutes each.
pub fn minutes(cell: &str, mark: Option<DecimalMark>, bare: f64) -> Option<f64> {
    let text = cell.trim().to_lowercase();
    if let Some((hours, minutes)) = text.split_once(':') {
        let hours: u16 = hours.trim().parse().ok()?;
        let minutes: u16 = minutes.trim().trim_end_matches(['h', ' ']).parse().ok()?;
        return (minutes < 60).then(|| f64::from(hours) * 60.0 + f64::from(minutes));
    }
    let found = number::measured(&text, mark).ok()?;
    let rest = found.rest;
    if rest.is_empty() {
        return Some(found.value * bare);
    }
    if [
        "min", "mins", "minutes", "minute", "minuten", "m", "'", "min.",
    ]
    .contains(&rest)
    {
        return Some(found.value);
    }
    let after = strip_prefix_any(
        rest,
        &[
            "hours", "hour", "hrs", "hr", "stunden", "stunde", "std.", "std", "h",
        ],
    )?;
    let more = if after.trim().is_empty() {
        0.0
    } else {
        let more = number::measured(after, mark).ok()?;
        if !["", "min", "minutes", "minuten", "m"].contains(&more.rest) {
            return None;
        }
        more.value
    };
    Some(found.value * 60.0 + more)
}

fn strip_any<'a>(text: &'a str, endings: &[&str]) -> Option<&'a str> {
    endings
        .iter()
        .find_map(|ending| text.strip_suffix(ending))
        .map(str::trim_end)
}

fn strip_prefix_any<'a>(text: &'a str, beginnings: &[&str]) -> Option<&'a str> {
    beginnings
        .iter()
        .find_map(|beginning| text.strip_prefix(beginning))
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn many_ways_to_write_ten_past_eleven_at_night() {
        for cell in [
            "23:10",
            "23.10",
            "23:10 Uhr",
            "2310",
            "11:10 pm",
            "11:10PM",
            "11.10 p.m.",
            "23h10",
            "23:10:00",
        ] {
            assert_eq!(time_of_day(cell), Some(time(23, 10, 0, 0)), "{cell}");
        }
        assert_eq!(time_of_day("12:05 am"), Some(time(0, 5, 0, 0)));
        assert_eq!(time_of_day("12 pm"), Some(time(12, 0, 0, 0)));
        assert_eq!(time_of_day("23 Uhr"), Some(time(23, 0, 0, 0)));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for cell in [
            "", "23", "25:00", "23:60", "13 pm", "0 am", "23:1", "late", "0,5", "1.5.2",
        ] {
            assert_eq!(time_of_day(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_cell_may_hold_the_date_too() {
        let cell = parse("2024-03-04 00:40").unwrap();
        assert_eq!(cell.time, time(0, 40, 0, 0));
        assert!(cell.date.is_some());
        assert!(parse("4. März 2024 23:10").unwrap().date.is_some());
    }

    #[test]
    fn lengths_in_minutes() {
        for (cell, minutes_found) in [
            ("45", 45.0),
            ("45 min", 45.0),
            ("1:30", 90.0),
            ("1,5 h", 90.0),
            ("1 h 30", 90.0),
            ("2 Stunden", 120.0),
        ] {
            assert_eq!(minutes(cell, None, 1.0), Some(minutes_found), "{cell}");
        }
        assert_eq!(minutes("2", None, 60.0), Some(120.0));
        assert_eq!(minutes("a while", None, 1.0), None);
    }
}

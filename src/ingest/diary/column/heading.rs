//! The text of a header cell: name, bracket, unit; and how far two names are apart.

use super::names;
use crate::ingest::diary::{medicine, unit};

/// The name without the unit that was found behind it, in the file's own spelling.
pub(super) fn without_rest(name: &str, rest: &str) -> String {
    if rest.is_empty() {
        return name.to_owned();
    }
    let keep = fold(name).len().saturating_sub(rest.len() + 1);
    let mut kept = String::new();
    for c in name.chars() {
        if fold(&kept).len() >= keep {
            break;
        }
        kept.push(c);
    }
    kept.trim_end_matches([' ', '_', '-', '.']).to_owned()
}

/// `CRP (mg/L)` is `CRP ` and `mg/L`; the last bracket counts, so `25(OH)D [nmol/L]` keeps its first.
pub(super) fn split_bracket(header: &str) -> (&str, Option<&str>) {
    let trimmed = header.trim_end();
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(body) = trimmed.strip_suffix(close)
            && let Some(at) = body.rfind(open)
            && at > 0
        {
            return (&trimmed[..at], body.get(at + 1..));
        }
    }
    (header, None)
}

/// Lower case, German letters spelt out, signs as single blanks.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            '%' => folded.push('%'),
            'µ' | 'μ' => folded.push('u'),
            _ if c.is_alphanumeric() => folded.push(c),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.trim_end().to_owned()
}

/// `0 10`, `0 to 10`, `yes no`: words behind a name that are no unit.
pub(super) fn is_scale(rest: &str) -> bool {
    let numbers = rest
        .split(' ')
        .all(|word| ["to", "bis"].contains(&word) || word.parse::<u8>().is_ok());
    numbers || ["yes no", "ja nein", "y n", "j n", "hh mm", "min max"].contains(&rest)
}

pub(super) fn is_unit(rest: &str) -> bool {
    let lab = unit::canonical(rest);
    names::UNITS.split('|').any(|unit| unit == rest)
        || medicine::unit(rest).is_some()
        || ["ug/l", "ng/ml", "nmol/l", "mg/l", "mg/dl", "%"].contains(&lab.as_str())
        || is_scale(rest)
}

/// `screen time h`, `melatonin mg`: the last word, when it is a unit.
pub(super) fn trailing_unit(words: &str) -> String {
    match words.rsplit_once(' ') {
        Some((_, last)) if is_unit(last) && last.parse::<u8>().is_err() => last.to_owned(),
        _ => String::new(),
    }
}

//! Doses as people write them: `pramipexole 0.25 mg 21:00; gabapentin 300 mg`, `2 x 100 mg Eisen`, `Pramipexol 0,18 mg 0-0-1`.

use jiff::civil::Time;

use super::factor;
use crate::ingest::written::clock;
use crate::ingest::written::number::{self, DecimalMark, NumberDoubt};
use crate::model::diary::Dose;
use crate::model::diary::medicine::Amount;

/// Spellings of a unit, its one name, and how many of that one unit it is. Masses become mg, so that 1 g after 1000 mg
/// is no change of dose.
const UNITS: &[(&[&str], &str, f64)] = &[
    (&["mg", "mg/24h", "mg/d", "mg/tag", "mg/day"], "mg", 1.0),
    (&["g", "gr", "gram", "gramm"], "mg", 1000.0),
    (&["µg", "μg", "ug", "mcg", "mikrogramm"], "mg", 0.001),
    (&["ml"], "ml", 1.0),
    (
        &["iu", "ie", "i.e.", "i.u.", "units", "einheiten"],
        "IU",
        1.0,
    ),
    (
        &[
            "tablet",
            "tablets",
            "tab",
            "tabs",
            "tbl",
            "tbl.",
            "tabl.",
            "pill",
            "pills",
            "tablette",
            "tabletten",
            "st",
            "st.",
            "stück",
        ],
        "tablets",
        1.0,
    ),
    (
        &[
            "capsule", "capsules", "cap", "caps", "kapsel", "kapseln", "kps", "kps.",
        ],
        "capsules",
        1.0,
    ),
    (&["drop", "drops", "tropfen", "trpf", "trpf."], "drops", 1.0),
    (&["patch", "patches", "pflaster"], "patches", 1.0),
    (&["puff", "puffs", "hub", "hübe"], "puffs", 1.0),
    (&["%"], "%", 1.0),
];

/// Words that stand for "none of it", beside those for no.
const NONE: [&str; 8] = [
    "nothing",
    "0",
    "kein",
    "keines",
    "nichts",
    "ohne",
    "nil",
    "not taken",
];

/// Words between the parts that belong to no part.
const FILLERS: [&str; 9] = ["at", "um", "@", "uhr", "x", "à", "ca.", "je", "of"];

/// Words for a time that is none of the clock's; kept in [`Dose::as_written`] only.
const DAY_PARTS: [&str; 14] = [
    "morning",
    "morgens",
    "früh",
    "noon",
    "mittags",
    "evening",
    "evenings",
    "abends",
    "night",
    "nachts",
    "bedtime",
    "daily",
    "täglich",
    "nachmittags",
];

/// Whether the cell says that nothing was taken.
pub fn says_none(cell: &str) -> bool {
    let lower = cell.trim().to_lowercase();
    NONE.contains(&lower.as_str()) || factor::is_no(&lower)
}

/// The unit's one name and how many of it one of this is.
pub fn unit(text: &str) -> Option<(&'static str, f64)> {
    let text = text.to_lowercase();
    UNITS
        .iter()
        .find(|(spellings, ..)| spellings.contains(&text.as_str()))
        .map(|(_, name, factor)| (*name, *factor))
}

/// Why a list of doses could not be read, and the piece that it failed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoseDoubt {
    /// Its number could be thousands or decimals.
    Number(String),
    /// Something was taken, but nothing says what: `yes`, `x`, `25 mg`.
    NoName(String),
}

/// The doses that a cell lists. Pieces stand between `;`, `|`, `+`, line ends, or commas that are not in a number.
pub fn doses(cell: &str, mark: Option<DecimalMark>) -> Result<Vec<Dose>, DoseDoubt> {
    pieces(cell)
        .into_iter()
        .filter(|piece| !says_none(piece))
        .map(|piece| {
            let dose = dose(piece, mark).map_err(|_| DoseDoubt::Number(piece.to_owned()))?;
            if dose.name.is_empty() || factor::is_yes(&dose.name.to_lowercase()) {
                return Err(DoseDoubt::NoName(piece.to_owned()));
            }
            Ok(dose)
        })
        .collect()
}

/// The numbers of a cell that a unit follows: `9.30` beside them may be a time.
pub fn numbers(cell: &str) -> Vec<&str> {
    let words: Vec<&str> = cell.split([' ', ';', '\n']).collect();
    words
        .iter()
        .enumerate()
        .filter(|(at, word)| {
            let next = words
                .get(at + 1)
                .map(|next| next.trim_end_matches([',', '.']));
            unit_of(word.trim_end_matches(',')).is_some()
                || next.is_some_and(|next| unit(next).is_some())
        })
        .map(|(_, word)| word.trim_end_matches(','))
        .collect()
}

fn pieces(cell: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    for (at, c) in cell.char_indices() {
        let cuts = match c {
            ';' | '|' | '+' | '\n' | '\r' => true,
            ',' => {
                let bytes = cell.as_bytes();
                let before = at.checked_sub(1).and_then(|before| bytes.get(before));
                !(digit(before) && digit(bytes.get(at + 1)))
            }
            _ => false,
        };
        if cuts {
            found.push(&cell[from..at]);
            from = at + c.len_utf8();
        }
    }
    found.push(&cell[from..]);
    found
        .into_iter()
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// Numbers seen in a piece: value, unit if one follows, and the word as written.
struct Seen<'a> {
    value: f64,
    unit: Option<(&'static str, f64)>,
    word: &'a str,
}

/// One dose. The amount is the last number with a unit, else the last number; a number before it without a unit is part
/// of the name (`omega 3 1000 mg`).
pub fn dose(piece: &str, mark: Option<DecimalMark>) -> Result<Dose, NumberDoubt> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let mut names: Vec<&str> = Vec::new();
    let mut numbers: Vec<(usize, Seen)> = Vec::new();
    let mut time = None;
    let mut times = 1.0;
    let mut at = 0;
    while let Some(&word) = words.get(at) {
        let next = words.get(at + 1).copied().unwrap_or("");
        let lower = word.to_lowercase();
        at += 1;
        if let Some((found, used)) = clock_words(word, next) {
            time = Some(found);
            at += used;
        } else if let Some(count) = schedule(word) {
            times *= count;
        } else if let Some((count, rest)) = count_before(word, mark) {
            times *= count;
            if let Some(seen) = amount(rest, "", mark)? {
                numbers.push((names.len(), seen));
            }
        } else if let Some(count) = lower.strip_prefix('x').and_then(whole) {
            times *= count;
        } else if next.eq_ignore_ascii_case("x") && whole(&lower).is_some() {
            times *= whole(&lower).unwrap_or(1.0);
            at += 1;
        } else if FILLERS.contains(&lower.as_str()) || DAY_PARTS.contains(&lower.as_str()) {
        } else if let Some(seen) = amount(word, next, mark)? {
            if seen.unit.is_some() && unit_of(word).is_none() {
                at += 1;
            }
            numbers.push((names.len(), seen));
        } else {
            names.push(word);
        }
    }
    let chosen = numbers
        .iter()
        .rposition(|(_, seen)| seen.unit.is_some())
        .or(numbers.len().checked_sub(1));
    let mut amount = None;
    for (index, (place, seen)) in numbers.into_iter().enumerate().rev() {
        if Some(index) == chosen {
            let (name, factor) = seen.unit.unwrap_or(("", 1.0));
            let value = (seen.value * factor * times * 1e9).round() / 1e9;
            amount = Some(Amount {
                value,
                unit: name.to_owned(),
            });
        } else {
            names.insert(place, seen.word);
        }
    }
    Ok(Dose {
        name: names
            .join(" ")
            .trim_matches([':', ',', '-', ' '])
            .to_owned(),
        amount,
        time,
        as_written: piece.to_owned(),
    })
}

/// A time of day in this word, or in this and the next (`9 pm`, `21 Uhr`); and how many words more it took. A bare
/// `9.30` is a number here, not a time: doses are written so.
fn clock_words(word: &str, next: &str) -> Option<(Time, usize)> {
    let suffix = next.to_lowercase();
    if ["am", "pm", "a.m.", "p.m.", "uhr"].contains(&suffix.as_str()) {
        return Some((clock::time_of_day(&format!("{word} {suffix}"))?, 1));
    }
    let says_time = word.contains(':') || word.to_lowercase().ends_with(['m', 'r']);
    says_time
        .then(|| clock::time_of_day(word))?
        .map(|time| (time, 0))
}

/// `1-0-1`, `0-0-0-2`: intakes in the morning, at noon, in the evening, at night; their sum.
fn schedule(word: &str) -> Option<f64> {
    let parts: Vec<&str> = word.split('-').collect();
    if !(3..=4).contains(&parts.len()) {
        return None;
    }
    let mut sum = 0.0;
    for part in parts {
        sum += match part {
            "½" | "1/2" => 0.5,
            _ if part.len() == 1 => f64::from(part.parse::<u8>().ok()?),
            _ => return None,
        };
    }
    Some(sum)
}

/// `2x`, `2x100mg`: the count, and what stands behind the sign.
fn count_before(word: &str, mark: Option<DecimalMark>) -> Option<(f64, &str)> {
    let (count, rest) = word.split_once(['x', 'X', '×'])?;
    let count = whole(count)?;
    (rest.is_empty() || number::measured(rest, mark).is_ok()).then_some((count, rest))
}

fn whole(text: &str) -> Option<f64> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// What is written behind the number in the same word, as a unit.
fn unit_of(word: &str) -> Option<(&'static str, f64)> {
    let found = number::measured(word, Some(DecimalMark::Point)).ok()?;
    unit(found.rest)
}

/// A number with the unit behind it in this word or the next; `None` when the word is no number.
fn amount<'a>(
    word: &'a str,
    next: &str,
    mark: Option<DecimalMark>,
) -> Result<Option<Seen<'a>>, NumberDoubt> {
    let halved = match word {
        "½" | "1/2" => Some(0.5),
        "¼" | "1/4" => Some(0.25),
        "1½" => Some(1.5),
        _ => None,
    };
    if let Some(value) = halved {
        return Ok(Some(Seen {
            value,
            unit: unit(next),
            word,
        }));
    }
    let found = match number::measured(word, mark) {
        Ok(found) => found,
        Err(NumberDoubt::NotANumber) => return Ok(None),
        Err(doubt) => return Err(doubt),
    };
    let unit = if found.rest.is_empty() {
        unit(next)
    } else {
        match unit(found.rest) {
            Some(unit) => Some(unit),
            None => return Ok(None),
        }
    };
    Ok(Some(Seen {
        value: found.value,
        unit,
        word,
    }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    type Read = (String, Option<(f64, String)>, Option<Time>);

    fn read(cell: &str) -> Vec<Read> {
        doses(cell, Some(DecimalMark::Point))
            .unwrap()
            .into_iter()
            .map(|dose| {
                let amount = dose.amount.map(|amount| (amount.value, amount.unit));
                (dose.name, amount, dose.time)
            })
            .collect()
    }

    #[test]
    fn a_list_of_doses_with_times() {
        let found = read("pramipexole 0.25 mg 21:00; gabapentin 300mg at 8 pm");
        assert_eq!(
            found[0],
            (
                "pramipexole".into(),
                Some((0.25, "mg".into())),
                Some(time(21, 0, 0, 0))
            )
        );
        assert_eq!(
            found[1],
            (
                "gabapentin".into(),
                Some((300.0, "mg".into())),
                Some(time(20, 0, 0, 0))
            )
        );
    }

    #[test]
    fn decimal_commas_do_not_cut_and_other_commas_do() {
        let found = doses("Pramipexol 0,18 mg, Eisen 100 mg", Some(DecimalMark::Comma)).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].amount.as_ref().unwrap().value, 0.18);
        assert_eq!(found[1].name, "Eisen");
    }

    #[test]
    fn counts_multiply() {
        for cell in [
            "2 x 100 mg iron",
            "iron 2x100mg",
            "iron 100 mg x2",
            "iron 100 mg 1-0-1",
            "iron 0.2 g",
        ] {
            assert_eq!(read(cell)[0].1, Some((200.0, "mg".into())), "{cell}");
            assert_eq!(read(cell)[0].0, "iron", "{cell}");
        }
        assert_eq!(
            read("½ tablet clonazepam")[0].1,
            Some((0.5, "tablets".into()))
        );
    }

    #[test]
    fn numbers_in_names_stay_there() {
        assert_eq!(
            read("vitamin B12 1000 µg")[0],
            ("vitamin B12".into(), Some((1.0, "mg".into())), None)
        );
        assert_eq!(read("omega 3 1000 mg")[0].0, "omega 3");
        assert_eq!(read("5-HTP 100 mg")[0].0, "5-HTP");
        assert_eq!(read("magnesium")[0], ("magnesium".into(), None, None));
    }

    #[test]
    fn a_thousandfold_doubt_is_handed_on() {
        let found = doses("pramipexole 1.125 mg", None);
        assert_eq!(found, Err(DoseDoubt::Number("pramipexole 1.125 mg".into())));
    }

    #[test]
    fn a_dose_without_a_name_is_no_medicine() {
        for piece in ["yes", "Ja", "x", "25 mg", "1", "2x 21:00"] {
            let found = doses(&format!("gabapentin 300 mg; {piece}"), None);
            assert_eq!(found, Err(DoseDoubt::NoName(piece.into())), "{piece}");
        }
        assert_eq!(doses("n", None), Ok(Vec::new()));
    }

    #[test]
    fn none_is_an_empty_list() {
        assert_eq!(read("none"), []);
        assert!(says_none(" Keine "));
        assert_eq!(read(";;,"), []);
    }
}

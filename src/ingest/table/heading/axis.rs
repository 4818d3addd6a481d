//! The axis in a name: a word of its own, a letter at a known stem, or a number.

use super::UnitWord;
use crate::ingest::table::vocabulary::GLUED;
use crate::model::units::AccelUnit;

/// Takes the axis out of the words: a word of its own, or the end or head of a known stem.
pub(super) fn take_axis(words: &mut Vec<String>, unit: &mut Option<UnitWord>) -> Option<usize> {
    let axis_of = |letter: char| "xyz".find(letter.to_ascii_lowercase());
    let joined = words.concat().to_ascii_lowercase();
    if let Some(letter) = joined.strip_prefix("gf").filter(|rest| rest.len() == 1) {
        // g-force, as Physics Toolbox writes it
        let axis = axis_of(letter.chars().next()?)?;
        *words = vec!["gf".to_owned()];
        unit.get_or_insert(UnitWord::Acceleration(AccelUnit::G));
        return Some(axis);
    }
    let alone: Vec<usize> = (0..words.len())
        .filter(|&i| words[i].len() == 1 && words[i].chars().all(|c| axis_of(c).is_some()))
        .collect();
    if let [at] = alone[..] {
        let axis = axis_of(words[at].chars().next()?)?;
        words.remove(at);
        return Some(axis);
    }
    for word in words.iter_mut() {
        let lower = word.to_ascii_lowercase();
        if !lower.is_ascii() || lower.len() < 2 {
            continue;
        }
        let (head, last) = lower.split_at(lower.len() - 1);
        if let Some(axis) = last.chars().next().and_then(axis_of)
            && GLUED.contains(&head)
        {
            *word = head.to_owned();
            return Some(axis);
        }
        let (first, tail) = lower.split_at(1);
        if let Some(axis) = first.chars().next().and_then(axis_of)
            && (GLUED.contains(&tail) && tail.len() > 2
                || matches!(tail, "a" | "axis" | "value" | "data" | "raw"))
        {
            *word = tail.to_owned();
            return Some(axis);
        }
    }
    take_numbered_axis(words).or_else(|| take_numbered_letter(words))
}

/// `AccX1`, `AccY1`, `AccZ1`: the same, the letter in a word of its own with the number.
fn take_numbered_letter(words: &mut [String]) -> Option<usize> {
    let numbered = |word: &str| {
        let (letter, number) = word.split_at_checked(1)?;
        let axis = "xyz".find(&letter.to_ascii_lowercase())?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| (axis, number.to_owned()))
    };
    let (last, before) = words.split_last_mut()?;
    let (axis, number) = numbered(last).filter(|_| !before.is_empty())?;
    *last = number;
    Some(axis)
}

/// `ax1`, `ay1`, `az1` and `ax2`, `ay2`, `az2`: the axes of two sensors.
fn take_numbered_axis(words: &mut Vec<String>) -> Option<usize> {
    let (at, axis, head, number) = words.iter().enumerate().find_map(|(at, word)| {
        let lower = word.to_ascii_lowercase();
        let name = lower.trim_end_matches(|c: char| c.is_ascii_digit());
        let (last, letter) = name.char_indices().next_back()?;
        let axis = "xyz".find(letter)?;
        let (head, number) = (&name[..last], &lower[name.len()..]);
        (GLUED.contains(&head) && !number.is_empty())
            .then(|| (at, axis, head.to_owned(), number.to_owned()))
    })?;
    words[at] = head;
    words.insert(at + 1, number);
    Some(axis)
}

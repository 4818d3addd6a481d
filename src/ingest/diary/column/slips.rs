//! Names that are wrong by a letter or two.

use super::heading::{fold, split_bracket};
use super::names;

/// The known name that differs from a header in one or two letters: `serverity` is not `severity`, but meant so.
pub fn meant_name(header: &str) -> Option<&'static str> {
    let (name, _) = split_bracket(header.trim());
    let words = fold(name);
    let allowed = slips(&words);
    names::NAMES
        .iter()
        .flat_map(|(_, names)| names.split('|'))
        .chain(names::REMEDY.split('|'))
        .map(|known| (distance(&words, known), known))
        .filter(|(distance, _)| (1..=allowed).contains(distance))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Whether two names differ, and by so little that one probably is a slip of the other.
pub fn differ_by_a_slip(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let allowed = slips(&a).min(slips(&b));
    (1..=allowed).contains(&distance(&a, &b))
}

/// How many letters may be wrong in a name for it still to be that name.
fn slips(name: &str) -> usize {
    match name.chars().count() {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

/// Letters to change, add or drop (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let change = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_named() {
        assert_eq!(meant_name("Serverity (0-10)"), Some("severity"));
        assert_eq!(meant_name("feritin"), Some("ferritin"));
        assert_eq!(meant_name("weather"), None);
        assert_eq!(meant_name("tap"), None);
    }
}

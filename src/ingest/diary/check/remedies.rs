//! Doses that slipped, and one medicine under two names.

use super::{column_of, on_cell};
use crate::ingest::diary::DiaryReading;
use crate::ingest::diary::column::{self, Column, Role};
use crate::ingest::diary::remark::{Doubt, Remark, Weight, shown};
use crate::model::diary::medicine::{DayDose, same_name};
use crate::model::diary::{DayMedicines, DiaryEntry, EventKind};

/// A dose that changed by a factor of ten or a thousand: mostly a mark or a unit that slipped.
pub fn doses(reading: &DiaryReading) -> Vec<Remark> {
    reading
        .diary
        .events()
        .into_iter()
        .filter_map(|event| {
            let (EventKind::Medicine(change) | EventKind::Supplement(change)) = event.what else {
                return None;
            };
            let (DayDose::Amount(from), DayDose::Amount(to)) = (&change.from, &change.to) else {
                return None;
            };
            let ratio = if from.value > to.value {
                from.value / to.value
            } else {
                to.value / from.value
            };
            let slipped = from.unit == to.unit
                && [10.0, 100.0, 1000.0]
                    .iter()
                    .any(|factor| (ratio / factor - 1.0).abs() < 1e-6);
            let line = reading.diary.entries_on(event.date).first()?.line;
            slipped.then(|| {
                let doubt = Doubt::new(
                    Weight::Doubt,
                    "dose_tenfold",
                    &format!(
                        "{} {} {} after {} {}: a factor of {ratio:.0}",
                        change.name, to.value, to.unit, from.value, from.unit
                    ),
                    "Check the decimal mark and the unit",
                );
                on_cell(
                    reading,
                    line,
                    column_that_names(reading, line, &change.name),
                    doubt,
                )
            })
        })
        .collect()
}

/// Two names of which one probably is a slip of the other: each counts as a medicine of its own, so that one seems to end
/// where the other begins.
pub fn names_alike(reading: &DiaryReading) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for of in [
        (|entry| &entry.medicines) as fn(&DiaryEntry) -> &DayMedicines,
        |entry| &entry.supplements,
    ] {
        let mut names: Vec<(&str, u64)> = Vec::new();
        for entry in &reading.diary.entries {
            for dose in &of(entry).doses {
                if names.iter().any(|(name, _)| same_name(name, &dose.name)) {
                    continue;
                }
                let alike = names.iter().find(|(name, _)| are_alike(name, &dose.name));
                if let Some((before, line)) = alike {
                    let doubt = Doubt::new(
                        Weight::Doubt,
                        "names_alike",
                        &format!(
                            "\"{}\" and the \"{before}\" of line {line} count as two medicines",
                            shown(&dose.name)
                        ),
                        "If they are one, write both the same way",
                    );
                    let column = column_that_names(reading, entry.line, &dose.name);
                    remarks.push(on_cell(reading, entry.line, column, doubt));
                }
                names.push((&dose.name, entry.line));
            }
        }
    }
    remarks
}

/// Whether a letter or two tell two names apart. Vitamin C and D, B1 and B12 are two, so short words must be the same; and
/// slips seldom hit the first letter.
fn are_alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let is_short = |word: &&str| word.chars().count() <= 3;
    let same_short = a
        .split_whitespace()
        .filter(is_short)
        .eq(b.split_whitespace().filter(is_short));
    same_short && a.chars().next() == b.chars().next() && column::differ_by_a_slip(&a, &b)
}

/// The column of a row that speaks of a medicine: its own, or one whose cell names it.
fn column_that_names<'a>(
    reading: &'a DiaryReading,
    line: u64,
    medicine: &str,
) -> Option<&'a Column> {
    let sought = medicine.to_lowercase();
    column_of(reading, line, |column| match column.role {
        Role::OneRemedy(_) => column.name.to_lowercase() == sought,
        Role::Remedies(_) | Role::RemedyPart(..) => reading
            .cell(line, column.number)
            .to_lowercase()
            .contains(&sought),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_medicine() {
        for (a, b) in [
            ("Pramipexol", "pramipexole"),
            ("gabapentin", "Gabapentine"),
            ("ropinirole", "ropinrole"),
            ("zinc", "zink"),
        ] {
            assert!(are_alike(a, b), "{a} and {b}");
        }
        for (a, b) in [
            ("vitamin B1", "vitamin B2"),
            ("vitamin C", "vitamin D"),
            ("vitamin B", "vitamin B6"),
            ("clonazepam", "lorazepam"),
            ("ropinirole", "rotigotine"),
            ("iron", "ion"),
        ] {
            assert!(!are_alike(a, b), "{a} and {b}");
        }
    }
}

//! A second look at a diary that was read: values that hardly can be, units that look mixed up, dates that meet no
//! night. Reading refuses what cannot be; these are doubts about what was taken.

mod nights;
mod remedies;
mod values;
mod whole;

use jiff::civil::{Date, DateTime};

use super::DiaryReading;
use super::column::{self, Column, Role};
use super::remark::{CellPlace, Doubt, Remark, Weight};
use crate::model::diary::FactorKind;

/// A night that was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordedNight {
    /// The evening on which it begins.
    pub evening: Date,
    /// First sample, by the clock on the wall, where one is known.
    pub from: Option<DateTime>,
    /// Last sample.
    pub to: Option<DateTime>,
}

impl RecordedNight {
    /// A night of which only the date is known.
    pub fn on(evening: Date) -> Self {
        Self {
            evening,
            from: None,
            to: None,
        }
    }
}

/// All remarks: those of the reading and those of the second look, in order of line, those on the whole diary last.
///
/// Without recorded nights the dates are not held against any.
pub fn check(reading: &DiaryReading, nights: &[RecordedNight]) -> Vec<Remark> {
    let mut remarks = reading.remarks.clone();
    remarks.extend(unknown_columns(reading));
    remarks.extend(whole::words_not_compared(reading));
    remarks.extend(values::twice_rated(reading));
    remarks.extend(values::lights(reading));
    remarks.extend(values::laboratory(reading));
    remarks.extend(remedies::doses(reading));
    remarks.extend(remedies::names_alike(reading));
    remarks.extend(values::mixed_units(reading));
    remarks.extend(whole::no_rows(reading));
    remarks.extend(whole::no_rating(reading));
    if !nights.is_empty() {
        remarks.extend(nights::against(reading, nights));
    }
    remarks.sort_by_key(|remark| match &remark.place {
        Some(place) => (place.line, place.column),
        None => (u64::MAX, usize::MAX),
    });
    remarks
}

/// Columns kept under their own name, with the known name where a letter or two differ.
fn unknown_columns(reading: &DiaryReading) -> Vec<Remark> {
    reading
        .columns
        .iter()
        .filter(|column| {
            column.role == Role::Factor(FactorKind::Other) && !column.header.is_empty()
        })
        .map(|column| Remark {
            weight: Weight::Note,
            code: "unknown_column",
            place: Some(CellPlace {
                line: reading.header_line,
                column: column.number,
                header: column.header.clone(),
            }),
            seen: String::new(),
            message: "the column is none we know by name; it is kept as a factor of its own"
                .to_owned(),
            fix: match column::meant_name(&column.header) {
                Some(known) => format!("If \"{known}\" was meant, name it so"),
                None => String::new(),
            },
        })
        .collect()
}

/// The first column of that kind whose cell in the row says something; where none does, the first.
fn column_of(reading: &DiaryReading, line: u64, is: impl Fn(&Column) -> bool) -> Option<&Column> {
    let says = |column: &&Column| !reading.cell(line, column.number).is_empty();
    let mut columns = reading.columns.iter().filter(|column| is(column));
    columns.clone().find(says).or_else(|| columns.next())
}

/// A remark on a row's cell in that column, quoted as the file has it; on the row's first cell where there is none.
fn on_cell(reading: &DiaryReading, line: u64, column: Option<&Column>, doubt: Doubt) -> Remark {
    let number = column.map_or(1, |column| column.number);
    Remark {
        weight: doubt.weight,
        code: doubt.code,
        place: Some(CellPlace {
            line,
            column: number,
            header: column.map_or_else(String::new, |column| column.header.clone()),
        }),
        seen: reading.cell(line, number).to_owned(),
        message: doubt.message,
        fix: doubt.fix,
    }
}

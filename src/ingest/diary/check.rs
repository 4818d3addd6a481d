//! A second look at a diary that was read: values that hardly can be, units that look mixed up, dates that meet no
//! night. Reading refuses what cannot be; these are doubts about what was taken.

mod nights;
mod values;

use jiff::civil::{Date, DateTime};

use super::DiaryReading;
use super::column::{self, Role};
use super::remark::{CellPlace, Remark, Weight};
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
    remarks.extend(values::twice_rated(reading));
    remarks.extend(values::lights(reading));
    remarks.extend(values::laboratory(reading));
    remarks.extend(values::doses(reading));
    remarks.extend(values::mixed_units(reading));
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

/// The place of a row's cell in the column of that role; the row's first cell where the file has no such column.
fn place(reading: &DiaryReading, line: u64, of: impl Fn(&Role) -> bool) -> CellPlace {
    let column = reading.columns.iter().find(|column| of(&column.role));
    CellPlace {
        line,
        column: column.map_or(1, |column| column.number),
        header: column.map_or_else(String::new, |column| column.header.clone()),
    }
}

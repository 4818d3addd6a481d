//! One row, cell by cell: each goes to its typed place or, with a remark, among the unplaced; none is dropped.

mod shift;
mod when;

use jiff::civil::Date;

use super::column::{Column, Part, Remedy, Role};
use super::medicine::DoseDoubt;
use super::remark::{CellPlace, Doubt, Remark, Weight, shown};
use super::table::Row;
use super::{DiaryOptions, factor, laboratory, medicine};
use crate::ingest::written::clock;
use crate::ingest::written::date::DateOrder;
use crate::ingest::written::number::{self, DecimalMark};
use crate::model::diary::{
    DayMedicines, Diary, DiaryEntry, LabTest, LabValue, Rating, UnplacedCell,
};
use shift::Shift;

/// Reads rows into a diary.
pub struct RowReader<'a> {
    /// The columns.
    pub columns: &'a [Column],
    /// What the user settled.
    pub options: &'a DiaryOptions,
    /// Between the cells.
    pub delimiter: char,
    /// The settled decimal mark.
    pub mark: Option<DecimalMark>,
    /// The settled order of day and month.
    pub order: DateOrder,
    /// The factor of each column, where it is one.
    pub factor_of: Vec<Option<usize>>,
    /// What is read.
    pub diary: Diary,
    /// What there is to say.
    pub remarks: Vec<Remark>,
}

/// Cells that say that there is nothing to say.
const MISSING: [&str; 10] = ["", "-", "--", "–", "?", "n/a", "na", "nan", "k.a.", "null"];

/// Whether a cell says nothing.
pub fn is_missing(cell: &str) -> bool {
    MISSING.contains(&cell.to_lowercase().as_str())
}

impl RowReader<'_> {
    /// Reads one row, as far as its cells stand under their own headers.
    pub fn read(&mut self, row: &Row) {
        match shift::find(row, self.columns, self.delimiter) {
            None => self.read_sure(row),
            Some(shift) => {
                let sure = Row {
                    cells: row.cells[..shift.from].to_vec(),
                    ..*row
                };
                self.read_sure(&sure);
                self.refuse_shifted(row, &shift);
            }
        }
    }

    /// Keeps the cells that may stand under a wrong header, and says what to type.
    fn refuse_shifted(&mut self, row: &Row, shift: &Shift) {
        let nameless = Column::beyond_header;
        let columns = self.columns;
        let column = |index: usize| {
            columns
                .get(index)
                .cloned()
                .unwrap_or_else(|| nameless(index + 1))
        };
        for (index, cell) in row.cells.iter().enumerate().skip(shift.from) {
            if !is_missing(cell) {
                self.keep(row, &column(index), cell);
            }
        }
        let doubt = shift.doubt(row, columns, self.delimiter);
        self.remark(row, &column(shift.cut), &shift.seen, doubt);
    }

    fn read_sure(&mut self, row: &Row) {
        let evening = self.evening(row);
        let written = self.written_date(row);
        let mut entry = evening.map(|date| DiaryEntry::new(row.line, date));
        let empty = entry.clone();
        for (index, cell) in row.cells.iter().enumerate() {
            if is_missing(cell) {
                continue;
            }
            // Filled cells beyond the header are a shift, which ends the row before them.
            if let Some(column) = self.columns.get(index) {
                self.cell(row, index, column, cell, &mut entry, written);
            }
        }
        if let Some(entry) = entry.filter(|entry| Some(entry) != empty.as_ref()) {
            self.diary.entries.push(entry);
        }
    }

    fn cell(
        &mut self,
        row: &Row,
        index: usize,
        column: &Column,
        cell: &str,
        entry: &mut Option<DiaryEntry>,
        written: Option<Date>,
    ) {
        match &column.role {
            // Read with the row, before its other cells.
            Role::Date(_) | Role::LabUnit(_) => return,
            Role::LabDate(_) => {
                if self.date(cell).is_none() {
                    self.refuse(row, column, cell, Doubt::not_a_date());
                }
                return;
            }
            // Read with the name of the same number.
            Role::RemedyPart(Part::Dose | Part::Time, slot)
                if entry.is_some() && self.part(row, Part::Name, slot).is_some() =>
            {
                return;
            }
            Role::RemedyPart(Part::Dose | Part::Time, _) => {
                self.refuse(
                    row,
                    column,
                    cell,
                    Doubt::error(
                        "no_medicine",
                        "there is no medicine to it in this row",
                        "Fill the name of the medicine",
                    ),
                );
                return;
            }
            _ => {}
        }
        if let Role::Lab(test) = column.role {
            self.laboratory(row, column, test, cell, written);
            return;
        }
        let Some(entry) = entry else {
            self.keep(row, column, cell);
            return;
        };
        match &column.role {
            Role::Rating(rating) => self.rating(row, column, *rating, cell, entry),
            Role::LightsOut | Role::LightsOn => self.lights(row, column, cell, entry),
            Role::Factor(_) => {
                if let Some(factor) = self.factor_of.get(index).copied().flatten() {
                    let cell = factor::Cell {
                        row,
                        column,
                        text: cell,
                    };
                    factor::place(self, &cell, factor, entry);
                }
            }
            Role::Remedies(remedy) => self.remedies(row, column, *remedy, cell, entry),
            Role::OneRemedy(remedy) => self.one_remedy(row, column, *remedy, cell, entry),
            Role::RemedyPart(..) => {
                let whole = self.joined_parts(row, column, cell);
                self.remedies(row, column, Remedy::Medicine, &whole, entry);
            }
            Role::Tags => {
                let tags = entry.tags.get_or_insert_with(Vec::new);
                if !medicine::says_none(cell) {
                    tags.extend(words(cell, &[',', ';', '|', '#', '\n']));
                }
            }
            Role::Events => entry.events.extend(words(cell, &[';', '\n'])),
            Role::Notes => match &mut entry.notes {
                Some(notes) => {
                    notes.push('\n');
                    notes.push_str(cell);
                }
                None => entry.notes = Some(cell.to_owned()),
            },
            Role::Date(_) | Role::LabDate(_) | Role::LabUnit(_) | Role::Lab(_) => {}
        }
    }

    fn rating(
        &mut self,
        row: &Row,
        column: &Column,
        rating: Rating,
        cell: &str,
        entry: &mut DiaryEntry,
    ) {
        let (low, high) = rating.range();
        let scale = format!("{} runs from {low} to {high}", column.name);
        let value = match number::measured(cell, self.mark) {
            Ok(found) => {
                let of = found.rest.trim_start_matches('/').trim();
                (found.rest.is_empty() || of.parse() == Ok(high)).then_some(found.value)
            }
            Err(_) => None,
        };
        let (code, message) = match value {
            Some(value) if !(low..=high).contains(&value) => ("out_of_range", scale),
            Some(value) if rating.is_whole() && value.fract() != 0.0 => {
                ("out_of_range", format!("{scale} in whole numbers"))
            }
            Some(_) if entry.ratings.value(rating).is_some() => (
                "twice_in_a_row",
                "another column of the row rates the same".to_owned(),
            ),
            Some(value) => {
                entry.ratings.set(rating, value);
                return;
            }
            None => ("not_a_number", format!("this is no number, and {scale}")),
        };
        let doubt = Doubt::error(
            code,
            &message,
            "Write a number on that scale, or leave the cell empty",
        );
        self.refuse(row, column, cell, doubt);
    }

    fn laboratory(
        &mut self,
        row: &Row,
        column: &Column,
        test: LabTest,
        cell: &str,
        written: Option<Date>,
    ) {
        let dated = |of: Option<LabTest>| {
            self.columns
                .iter()
                .zip(&row.cells)
                .filter(|(column, _)| column.role == Role::LabDate(of))
                .find_map(|(_, cell)| self.date(cell))
        };
        let Some(date) = dated(Some(test)).or_else(|| dated(None)).or(written) else {
            let doubt = Doubt::error(
                "no_date",
                "the value has no date",
                "Fill the row's date, or a lab_date",
            );
            self.refuse(row, column, cell, doubt);
            return;
        };
        let unit = self
            .columns
            .iter()
            .zip(&row.cells)
            .find(|(column, cell)| column.role == Role::LabUnit(test) && !is_missing(cell))
            .map(|(_, cell)| cell.as_str());
        let unit = laboratory::unit_of(unit, column, self.options.unit_of(test));
        match laboratory::value(test, &column.name, cell, unit, self.mark) {
            Ok((result, stated_unit)) => self.diary.laboratory.push(LabValue {
                date,
                line: row.line,
                test,
                result,
                as_written: cell.to_owned(),
                stated_unit,
            }),
            Err(doubt) => self.refuse(row, column, cell, doubt),
        }
    }

    fn remedies(
        &mut self,
        row: &Row,
        column: &Column,
        remedy: Remedy,
        cell: &str,
        entry: &mut DiaryEntry,
    ) {
        match medicine::doses(cell, self.mark) {
            Ok(doses) => {
                let day = day_of(entry, remedy);
                day.doses.extend(doses);
                day.whole_day = true;
            }
            Err(DoseDoubt::Number(piece)) => {
                self.refuse(row, column, cell, Doubt::group_or_decimals(&piece));
            }
            Err(DoseDoubt::NoName(piece)) => {
                let what = match remedy {
                    Remedy::Medicine => "medicine",
                    Remedy::Supplement => "supplement",
                };
                let doubt = Doubt::new(
                    Weight::Question,
                    "no_name",
                    &format!("\"{}\" names no {what}", shown(&piece)),
                    "Write which it was, as pramipexole 0.25 mg, or none",
                );
                self.refuse(row, column, cell, doubt);
            }
        }
    }

    fn one_remedy(
        &mut self,
        row: &Row,
        column: &Column,
        remedy: Remedy,
        cell: &str,
        entry: &mut DiaryEntry,
    ) {
        let lower = cell.to_lowercase();
        let written = if medicine::says_none(cell) {
            format!("{} 0", column.name)
        } else if factor::is_yes(&lower) {
            column.name.clone()
        } else {
            match (&column.unit, number::plain(cell, self.mark)) {
                (Some(unit), Ok(_)) => format!("{} {cell} {unit}", column.name),
                _ => format!("{} {cell}", column.name),
            }
        };
        match medicine::dose(&written, self.mark) {
            Ok(mut dose) => {
                // The header says what it is; words of the cell stay in `as_written`.
                dose.name.clone_from(&column.name);
                dose.as_written = cell.to_owned();
                day_of(entry, remedy).doses.push(dose);
            }
            Err(_) => self.refuse(row, column, cell, Doubt::group_or_decimals(cell)),
        }
    }

    /// Name, dose and time of one number, as one text.
    fn joined_parts(&self, row: &Row, column: &Column, name: &str) -> String {
        let Role::RemedyPart(_, slot) = &column.role else {
            return name.to_owned();
        };
        let dose = self
            .part(row, Part::Dose, slot)
            .map(|(column, cell)| match &column.unit {
                Some(unit) if number::plain(cell, self.mark).is_ok() => format!("{cell} {unit}"),
                _ => cell.to_owned(),
            });
        let time = self.part(row, Part::Time, slot).map(|(_, cell)| {
            clock::time_of_day(cell)
                .map_or(cell.to_owned(), |time| time.strftime("%H:%M").to_string())
        });
        [Some(name.to_owned()), dose, time]
            .into_iter()
            .flatten()
            .collect::<Vec<String>>()
            .join(" ")
    }

    /// The cell of a part of a remedy, when it says something.
    fn part<'r>(&self, row: &'r Row, part: Part, slot: &str) -> Option<(&Column, &'r str)> {
        self.columns
            .iter()
            .zip(&row.cells)
            .find(|(column, _)| {
                matches!(&column.role, Role::RemedyPart(of, number) if *of == part && number == slot)
            })
            .filter(|(_, cell)| !is_missing(cell))
            .map(|(column, cell)| (column, cell.as_str()))
    }

    /// Keeps a cell word for word.
    fn keep(&mut self, row: &Row, column: &Column, cell: &str) {
        self.diary.unplaced.push(UnplacedCell {
            line: row.line,
            column: column.number,
            header: column.header.clone(),
            text: cell.to_owned(),
        });
    }

    /// Keeps a cell word for word and says why.
    pub(super) fn refuse(&mut self, row: &Row, column: &Column, cell: &str, doubt: Doubt) {
        self.keep(row, column, cell);
        self.remark(row, column, cell, doubt);
    }

    pub(super) fn remark(&mut self, row: &Row, column: &Column, cell: &str, doubt: Doubt) {
        self.remarks.push(Remark {
            weight: doubt.weight,
            code: doubt.code,
            place: Some(CellPlace {
                line: row.line,
                column: column.number,
                header: column.header.clone(),
            }),
            seen: cell.to_owned(),
            message: doubt.message,
            fix: doubt.fix,
        });
    }
}

fn day_of(entry: &mut DiaryEntry, remedy: Remedy) -> &mut DayMedicines {
    match remedy {
        Remedy::Medicine => &mut entry.medicines,
        Remedy::Supplement => &mut entry.supplements,
    }
}

fn words(cell: &str, cuts: &[char]) -> Vec<String> {
    cell.split(cuts)
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

//! When a row's night was: its date, lights out, lights on.

use jiff::civil::{Date, DateTime};

use super::{RowReader, is_missing};
use crate::ingest::diary::column::{Column, DateMeaning, Role};
use crate::ingest::diary::remark::Doubt;
use crate::ingest::diary::table::Row;
use crate::ingest::written::clock::{self, ClockCell};
use crate::ingest::written::date;
use crate::model::diary::DiaryEntry;

impl RowReader<'_> {
    /// The evening on which the row's night begins: of several date columns the first that holds a date.
    pub(super) fn evening(&mut self, row: &Row) -> Option<Date> {
        let columns = self.columns;
        let mut found: Option<Date> = None;
        let mut not_dates = Vec::new();
        for (column, cell) in columns.iter().zip(&row.cells) {
            let Role::Date(meaning) = column.role else {
                continue;
            };
            if is_missing(cell) {
                continue;
            }
            let evening =
                self.date(cell)
                    .and_then(|date| match self.options.dates.unwrap_or(meaning) {
                        DateMeaning::Evening => Some(date),
                        DateMeaning::Morning => date.yesterday().ok(),
                    });
            match (evening, found) {
                (None, _) => not_dates.push((column, cell)),
                (Some(evening), None) => found = Some(evening),
                (Some(evening), Some(first)) if evening == first => {}
                (Some(evening), Some(first)) => self.refuse(
                    row,
                    column,
                    cell,
                    Doubt::error(
                        "two_dates",
                        &format!("this names the night of {evening}, another cell of the row the night of {first}"),
                        "Keep one of the two",
                    ),
                ),
            }
        }
        for (column, cell) in not_dates {
            // Beside a date, a second date column may hold a weekday.
            self.keep(row, column, cell);
            if found.is_none() {
                self.remark(row, column, cell, Doubt::not_a_date());
            }
        }
        if found.is_none()
            && !self.is_laboratory_of_its_own(row)
            && self.has_no_date_cell(row)
            && let Some(column) = columns
                .iter()
                .find(|column| matches!(column.role, Role::Date(_)))
        {
            let doubt = Doubt::error(
                "no_date",
                "the row has no date, so none of it can be placed",
                "Write it as 2024-03-04",
            );
            self.remark(row, column, "", doubt);
        }
        found
    }

    fn has_no_date_cell(&self, row: &Row) -> bool {
        self.columns
            .iter()
            .zip(&row.cells)
            .all(|(column, cell)| !matches!(column.role, Role::Date(_)) || is_missing(cell))
    }

    /// Whether the row holds nothing but laboratory values with a date of their own.
    fn is_laboratory_of_its_own(&self, row: &Row) -> bool {
        let mut dated = false;
        for (column, cell) in self.columns.iter().zip(&row.cells) {
            match column.role {
                _ if is_missing(cell) => {}
                Role::LabDate(_) => dated |= self.date(cell).is_some(),
                Role::Lab(_) | Role::LabUnit(_) => {}
                _ => return false,
            }
        }
        dated
    }

    /// The date as it stands in the row, whatever night it names: laboratory values were taken on it.
    pub(super) fn written_date(&self, row: &Row) -> Option<Date> {
        self.columns
            .iter()
            .zip(&row.cells)
            .filter(|(column, _)| matches!(column.role, Role::Date(_)))
            .find_map(|(_, cell)| self.date(cell))
    }

    pub(super) fn date(&self, cell: &str) -> Option<Date> {
        date::parse(cell)?.under(self.order)
    }

    pub(super) fn lights(
        &mut self,
        row: &Row,
        column: &Column,
        cell: &str,
        entry: &mut DiaryEntry,
    ) {
        let out = entry
            .lights_out
            .or_else(|| self.lights_out_of(row, entry.date));
        // Lights on is placed after lights out, in whichever order the columns stand.
        let found = clock::parse(cell).and_then(|cell| {
            let written = match cell.date {
                Some(shape) => Some(shape.under(self.order)?),
                None => None,
            };
            if column.role == Role::LightsOut {
                lights_out(entry.date, cell, written)
            } else {
                lights_on(entry.date, cell, written, out)
            }
        });
        match found {
            Some(moment) if column.role == Role::LightsOut => entry.lights_out = Some(moment),
            Some(moment) if out.is_some_and(|out| moment <= out) => {
                let doubt = Doubt::error(
                    "time_in_bed",
                    "lights on is not after lights out",
                    "Check both times and their dates",
                );
                self.refuse(row, column, cell, doubt);
            }
            Some(moment) => entry.lights_on = Some(moment),
            None => {
                let doubt = Doubt::error(
                    "not_a_time",
                    "this is no time of day",
                    "Write it as 23:10 or 11:10 pm",
                );
                self.refuse(row, column, cell, doubt);
            }
        }
    }

    fn lights_out_of(&self, row: &Row, evening: Date) -> Option<DateTime> {
        let (_, cell) = self
            .columns
            .iter()
            .zip(&row.cells)
            .find(|(column, _)| column.role == Role::LightsOut)?;
        let cell = clock::parse(cell)?;
        let written = cell.date.and_then(|shape| shape.under(self.order));
        lights_out(evening, cell, written)
    }
}

/// The moment of lights out in the night of `evening`: a time before noon comes after midnight.
fn lights_out(evening: Date, cell: ClockCell, written: Option<Date>) -> Option<DateTime> {
    let date = match written {
        Some(date) => date,
        None if cell.time.hour() >= 12 => evening,
        None => evening.tomorrow().ok()?,
    };
    Some(date.to_datetime(cell.time))
}

/// The moment of lights on in the night of `evening`: the first such time after lights out; without lights out, a time
/// before 18:00 is the next morning's.
fn lights_on(
    evening: Date,
    cell: ClockCell,
    written: Option<Date>,
    lights_out: Option<DateTime>,
) -> Option<DateTime> {
    let date = match (written, lights_out) {
        (Some(date), _) => date,
        (None, Some(out)) if cell.time > out.time() => out.date(),
        (None, Some(out)) => out.date().tomorrow().ok()?,
        (None, None) if cell.time.hour() < 18 => evening.tomorrow().ok()?,
        (None, None) => evening,
    };
    Some(date.to_datetime(cell.time))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn after_midnight_belongs_to_the_evening_before() {
        let evening = date(2024, 3, 3);
        let cell = |text| clock::parse(text).unwrap();
        let out = lights_out(evening, cell("00:40"), None).unwrap();
        assert_eq!(out, date(2024, 3, 4).at(0, 40, 0, 0));
        let on = lights_on(evening, cell("7:15"), None, Some(out)).unwrap();
        assert_eq!(on, date(2024, 3, 4).at(7, 15, 0, 0));
        let early = lights_out(evening, cell("22:30"), None).unwrap();
        assert_eq!(early.date(), evening);
        assert_eq!(
            lights_on(evening, cell("06:00"), None, None)
                .unwrap()
                .date(),
            date(2024, 3, 4)
        );
    }
}

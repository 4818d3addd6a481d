//! One plain struct a table: what the pipeline fills and what tables, charts and report draw from.
//!
//! A column is declared once, in the struct itself: its doc comment is its definition, and the unit stands beside the
//! type. `GLOSSARY.md` is held against that list by a test. What is missing is `None` and becomes an empty cell.

mod all;
mod associations;
mod benchmark;
mod cell;
mod diary;
mod files;
mod hours;
mod intervals;
mod laboratory;
mod movements;
mod nights;
mod over_nights;
mod people;
mod profile;
mod proof;
mod spans;
mod stages;
mod study;
mod study_hours;
mod time;
mod trace;

pub use all::StudyRows;
pub use associations::{AssociationRow, ComparisonRow, PairRow};
pub use benchmark::{BenchmarkNightRow, BenchmarkRow, BenchmarkSpeedRow};
pub use cell::{Cell, CellError, Field, Kind, measured};
pub use diary::{EventRow, FactorRow, RatingRow};
pub use files::FileRow;
pub use hours::HourRow;
pub use intervals::IntervalRow;
pub use laboratory::LaboratoryRow;
pub use movements::MovementRow;
pub use nights::{MOVEMENT_EVENTS, NightRow, PLM_INDEX};
pub use over_nights::OverNightsRow;
pub use people::PersonRow;
pub use profile::ProfileRow;
pub use proof::{AgreementLimitsRow, AgreementRow, AutocorrelationRow, PeriodogramRow};
pub use spans::SpanRow;
pub use stages::StageRow;
pub use study::ByNight;
pub use study_hours::StudyHourRow;
pub use time::{LocalTime, hours, seconds};
pub use trace::{Trace, TraceRow};

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name, with the unit as a suffix where it has one.
    pub name: &'static str,
    /// Unit, or what the cells hold: `s`, `mg`, `1/h`, `text`, `true/false`, …
    pub unit: &'static str,
    /// How many decimals a number is written with; of no meaning for other kinds.
    pub decimals: u8,
    /// What kind of values the cells hold.
    pub kind: Kind,
    /// What it is, in one or a few sentences.
    pub definition: &'static str,
}

/// A row of a table.
pub trait Row: Sized {
    /// Name of the table and stem of its file: `nights`, `movements`, …
    const TABLE: &'static str;
    /// The columns in the order in which they are written.
    const COLUMNS: &'static [Column];

    /// The value in column `index` of [`COLUMNS`](Self::COLUMNS).
    ///
    /// # Panics
    /// When there is no such column.
    fn cell(&self, index: usize) -> Cell;

    /// A row from cells in the order of [`COLUMNS`](Self::COLUMNS).
    fn from_cells(cells: Vec<Cell>) -> Result<Self, CellError>;

    /// Rounds every number to the decimals of its column: done once, before a row is written or drawn, so that a
    /// chart of the rows and a chart of the table read back are the same.
    fn settle(&mut self);

    /// All cells in the order of the columns.
    fn cells(&self) -> Vec<Cell> {
        (0..Self::COLUMNS.len())
            .map(|index| self.cell(index))
            .collect()
    }

    /// The row as a JSON object: column names as keys, `null` where there is nothing.
    fn to_json(&self) -> serde_json::Map<String, serde_json::Value> {
        let names = Self::COLUMNS.iter().map(|column| column.name.to_owned());
        names
            .zip(self.cells().into_iter().map(Cell::into_json))
            .collect()
    }
}

/// Rounds all rows to the decimals of their columns.
pub fn settle<R: Row>(rows: &mut [R]) {
    for row in rows {
        row.settle();
    }
}

/// Every table: name and columns, in the order of `GLOSSARY.md`.
pub const TABLES: &[(&str, &[Column])] = &[
    (NightRow::TABLE, NightRow::COLUMNS),
    (MovementRow::TABLE, MovementRow::COLUMNS),
    (HourRow::TABLE, HourRow::COLUMNS),
    (StageRow::TABLE, StageRow::COLUMNS),
    (SpanRow::TABLE, SpanRow::COLUMNS),
    (FileRow::TABLE, FileRow::COLUMNS),
    (TraceRow::TABLE, TraceRow::COLUMNS),
    (OverNightsRow::TABLE, OverNightsRow::COLUMNS),
    (PersonRow::TABLE, PersonRow::COLUMNS),
    (ProfileRow::TABLE, ProfileRow::COLUMNS),
    (StudyHourRow::TABLE, StudyHourRow::COLUMNS),
    (IntervalRow::TABLE, IntervalRow::COLUMNS),
    (RatingRow::TABLE, RatingRow::COLUMNS),
    (EventRow::TABLE, EventRow::COLUMNS),
    (FactorRow::TABLE, FactorRow::COLUMNS),
    (PairRow::TABLE, PairRow::COLUMNS),
    (AssociationRow::TABLE, AssociationRow::COLUMNS),
    (ComparisonRow::TABLE, ComparisonRow::COLUMNS),
    (LaboratoryRow::TABLE, LaboratoryRow::COLUMNS),
    (PeriodogramRow::TABLE, PeriodogramRow::COLUMNS),
    (AutocorrelationRow::TABLE, AutocorrelationRow::COLUMNS),
    (AgreementRow::TABLE, AgreementRow::COLUMNS),
    (AgreementLimitsRow::TABLE, AgreementLimitsRow::COLUMNS),
    (BenchmarkRow::TABLE, BenchmarkRow::COLUMNS),
    (BenchmarkNightRow::TABLE, BenchmarkNightRow::COLUMNS),
    (BenchmarkSpeedRow::TABLE, BenchmarkSpeedRow::COLUMNS),
];

/// Declares a row: `name: Type = "unit" decimals`, with the definition as doc comment.
macro_rules! row {
    (
        $(#[$meta:meta])*
        $row:ident in $table:literal {
            $( $(#[doc = $doc:literal])+ $field:ident : $type:ty = $unit:literal $($decimals:literal)?, )+
        }
    ) => {
        $(#[$meta])*
        pub struct $row {
            $( $(#[doc = $doc])+ pub $field: $type, )+
        }

        impl $crate::output::rows::Row for $row {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [$crate::output::rows::Column] = &[ $(
                $crate::output::rows::Column {
                    name: stringify!($field),
                    unit: $unit,
                    decimals: 0 $(+ $decimals)?,
                    kind: <$type as $crate::output::rows::Field>::KIND,
                    definition: concat!($($doc),+).trim_ascii(),
                },
            )+ ];

            fn cell(&self, index: usize) -> $crate::output::rows::Cell {
                let mut at = 0;
                $(
                    if at == index {
                        return $crate::output::rows::Field::to_cell(&self.$field);
                    }
                    at += 1;
                )+
                panic!("{} has {at} columns, asked for number {index}", $table)
            }

            fn from_cells(
                cells: Vec<$crate::output::rows::Cell>,
            ) -> Result<Self, $crate::output::rows::CellError> {
                let mut cells = cells.into_iter();
                $(
                    let $field = $crate::output::rows::Field::from_cell(
                        cells.next().unwrap_or($crate::output::rows::Cell::Missing),
                    )
                    .map_err(|found| found.in_column(stringify!($field)))?;
                )+
                Ok(Self { $($field),+ })
            }

            fn settle(&mut self) {
                $( $crate::output::rows::Field::settle(&mut self.$field, 0 $(+ $decimals)?); )+
            }
        }
    };
}
use row;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_names_are_unique_and_carry_their_unit() {
        for (table, columns) in TABLES {
            let mut names: Vec<_> = columns.iter().map(|column| column.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), columns.len(), "{table}");
            for column in *columns {
                let suffix = match column.unit {
                    "s" => "_s",
                    "h" => "_h",
                    "mg" => "_mg",
                    "mg·s" => "_mg_s",
                    "deg" => "_deg",
                    "Hz" => "_hz",
                    "min" => "_min",
                    "ms" => "_ms",
                    _ => continue,
                };
                assert!(
                    column.name.ends_with(suffix),
                    "{table}.{} is in {}",
                    column.name,
                    column.unit
                );
            }
        }
    }

    #[test]
    fn a_number_is_rounded_to_its_column_and_stays_there() {
        let mut row = HourRow {
            analysed_min: 59.987_654,
            ..hours::tests::hour()
        };
        row.settle();
        assert_eq!(row.analysed_min, 59.99);
        let once = row.clone();
        row.settle();
        assert_eq!(row, once);
    }
}

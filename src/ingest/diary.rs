//! The diary: a CSV table with one row a day or a night, filled in by hand or exported by an app.
//!
//! Every cell is read by itself. What is understood goes to its typed place in [`Diary`]; what is not is kept word for
//! word in [`Diary::unplaced`], and a [`Remark`] says where it stands, what was seen and what to type. Only a file
//! without a date column, or with dates that could be either order, is refused as a whole.
//!
//! The date of a row is that of the evening (`date`), unless the column is called `morning`. Dates, numbers and
//! headers may be English or German; a comma may be a decimal mark; units stand in the header or in the cell.

pub mod check;
pub mod column;
pub mod error;
mod factor;
mod laboratory;
mod medicine;
pub mod remark;
mod row;
mod settle;
mod table;
pub mod template;
pub mod unit;

use std::fs;
use std::path::Path;

use jiff::civil::Date;

use crate::model::diary::{Diary, LabTest};
use crate::model::recording::Decision;

pub use crate::ingest::written::date::DateOrder;
pub use crate::ingest::written::number::DecimalMark;
pub use check::{RecordedNight, check};
pub use column::DateMeaning;
pub use error::DiaryError;
pub use remark::{CellPlace, Remark, Weight};
pub use table::Row;
pub use template::{TemplateLanguage, template};

use column::Column;
use row::RowReader;
use table::Table;

/// What the user settles beforehand; everything is found out where nothing is set.
#[derive(Debug, Clone, Default)]
pub struct DiaryOptions {
    /// Between the cells: `;`, `,`, a tab or `|`.
    pub delimiter: Option<char>,
    /// Before the decimals.
    pub decimal: Option<DecimalMark>,
    /// Day or month first in 03/04/2024.
    pub date_order: Option<DateOrder>,
    /// What the dates name, whatever the column is called.
    pub dates: Option<DateMeaning>,
    /// Unit of vitamin D values that name none: `ng/mL` or `nmol/L`.
    pub vitamin_d_unit: Option<String>,
    /// Unit of CRP values that name none: `mg/L` or `mg/dL`.
    pub crp_unit: Option<String>,
    /// The evenings of recorded nights: they can settle the order of day and month.
    pub nights: Vec<Date>,
}

impl DiaryOptions {
    fn unit_of(&self, test: LabTest) -> Option<&str> {
        match test {
            LabTest::VitaminD => self.vitamin_d_unit.as_deref(),
            LabTest::Crp => self.crp_unit.as_deref(),
            _ => None,
        }
    }
}

/// A diary, what was decided on the way, and what there is to say of its cells.
#[derive(Debug, Clone, PartialEq)]
pub struct DiaryReading {
    /// The diary.
    pub diary: Diary,
    /// What each column was taken for.
    pub columns: Vec<Column>,
    /// Line of the header.
    pub header_line: u64,
    /// The rows as the file has them, for messages that quote a cell.
    pub rows: Vec<Row>,
    /// Remarks in order of line.
    pub remarks: Vec<Remark>,
    /// How encoding, delimiter, decimal mark and date order were found.
    pub decisions: Vec<Decision>,
}

impl DiaryReading {
    /// That it looks like a diary: a table of anything else may have a column `date`, too.
    ///
    /// # Errors
    /// No column besides the date is known by name, but free notes.
    pub fn must_be_a_diary(&self) -> Result<(), DiaryError> {
        if self.columns.iter().any(column::says_something) {
            return Ok(());
        }
        let headers: Vec<&str> = self.columns.iter().map(|one| one.header.as_str()).collect();
        Err(DiaryError::NoKnownColumn {
            line: self.header_line,
            seen: headers.join(", "),
        })
    }

    /// A cell as the file has it; empty where the row has none. Columns count from 1.
    pub fn cell(&self, line: u64, column: usize) -> &str {
        self.rows
            .binary_search_by_key(&line, |row| row.line)
            .ok()
            .and_then(|at| self.rows.get(at)?.cells.get(column.checked_sub(1)?))
            .map_or("", String::as_str)
    }
}

/// Reads a diary from a file.
pub fn open(path: &Path, options: &DiaryOptions) -> Result<DiaryReading, DiaryError> {
    if path.is_dir() {
        return Err(DiaryError::IsFolder);
    }
    read(&fs::read(path)?, options)
}

/// Reads a diary from its bytes.
///
/// ```
/// use legtrace::ingest::diary::{DiaryOptions, read};
///
/// let text = "Datum;Stärke;Vitamin D\n03.03.2024;6,5;75\n04.03.2024;11;\n";
/// let reading = read(text.as_bytes(), &DiaryOptions::default()).unwrap();
/// assert_eq!(reading.diary.entries.len(), 1);
/// assert_eq!(reading.diary.entries[0].ratings.severity, Some(6.5));
/// // A vitamin D of 75 is asked about, a severity of 11 is refused; both are kept as written.
/// assert_eq!(reading.remarks.len(), 2);
/// assert_eq!(reading.diary.unplaced.len(), 2);
/// ```
pub fn read(bytes: &[u8], options: &DiaryOptions) -> Result<DiaryReading, DiaryError> {
    let table = table::read(bytes, options.delimiter)?;
    let columns = column::columns(&table.header.cells);
    let mut decisions = vec![
        Decision::new(
            "encoding",
            table.encoding.name(),
            "byte order mark or validity",
        ),
        Decision::new(
            "delimiter",
            delimiter_name(table.delimiter),
            match options.delimiter {
                Some(_) => "given",
                None => "the header makes most sense under it",
            },
        ),
    ];
    let mark = settle::decimal_mark(&table, &columns, options, &mut decisions);
    let mut remarks = Vec::new();
    let order = settle::date_order(&table, &columns, options, &mut decisions, &mut remarks)?;
    let (factors, factor_of) = factor::factors(&columns);
    let mut reader = RowReader {
        columns: &columns,
        options,
        delimiter: table.delimiter,
        mark,
        order,
        factor_of,
        diary: Diary {
            factors,
            ..Diary::default()
        },
        remarks,
    };
    for row in &table.rows {
        reader.read(row);
    }
    let mut diary = reader.diary;
    let mut remarks = reader.remarks;
    remarks.extend(unclosed_quotes(&table));
    remarks.sort_by_key(|remark| {
        remark
            .place
            .as_ref()
            .map(|place| (place.line, place.column))
    });
    diary.entries.sort_by_key(|entry| (entry.date, entry.line));
    diary
        .laboratory
        .sort_by_key(|value| (value.date, value.line));
    Ok(DiaryReading {
        diary,
        columns,
        header_line: table.header.line,
        rows: table.rows,
        remarks,
        decisions,
    })
}

fn delimiter_name(delimiter: char) -> String {
    match delimiter {
        '\t' => "tab".to_owned(),
        sign => sign.to_string(),
    }
}

/// A cell over many lines is mostly a quotation mark without its partner.
fn unclosed_quotes(table: &Table) -> Vec<Remark> {
    const MANY_LINES: u64 = 20;
    table
        .rows
        .iter()
        .filter(|row| row.lines > MANY_LINES)
        .map(|row| Remark {
            weight: Weight::Error,
            code: "quote_not_closed",
            place: Some(CellPlace {
                line: row.line,
                column: 1,
                header: String::new(),
            }),
            seen: String::new(),
            message: format!(
                "the row runs over {} lines: a quotation mark has no partner, and the rows behind it were read as its text",
                row.lines
            ),
            fix: "Close the quotation mark, or double it inside text".to_owned(),
        })
        .collect()
}

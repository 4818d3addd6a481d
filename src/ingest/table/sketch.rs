//! The outline of a table, drawn from the head of a file: dialect, lines above the data, names, and rows to judge by.

mod names_above;
mod row_numbers;

use std::collections::BTreeMap;

use super::cells::{Cell, holds_nothing, split};
use super::dialect::{self, DecimalMark, Dialect};
use super::heading::Heading;
use super::lines::Lines;
use crate::ingest::error::ReadResult;
use crate::ingest::number;
use crate::ingest::options::{HeaderLine, ReadOptions};
use crate::ingest::text::to_text;

/// Lines that the dialect is judged by, spread over all those looked at. A prime, so that kinds of lines that take turns all
/// come in.
const JUDGED: usize = 401;
/// Cells of a row that are looked at. A table of samples has some tens; a line can hold a quarter of a million.
const WIDEST: usize = 256;
/// The longest text above a table; GENEActiv's has 100 lines.
const PREAMBLE: usize = 1_000;

/// The outline of a table.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct Sketch<'a> {
    pub dialect: Dialect,
    /// Cells a row.
    pub columns: usize,
    /// Lines above the header, or above the data without one.
    pub preamble: Vec<&'a [u8]>,
    /// Names, units of a line below them merged in; empty without a header.
    pub headings: Vec<Heading>,
    /// The line that the names stand on; empty without a header.
    pub header_line: &'a [u8],
    /// Index in the head of the first byte of data.
    pub data_at: usize,
    /// Number of the first line of data, from 1.
    pub data_line: u64,
    cells: Vec<Cell<'a>>,
    row_ends: Vec<usize>,
    /// Index of the first row that was taken from the end of the head.
    pub last_rows_from: usize,
    /// Whether its rows are all that the file has.
    pub is_whole: bool,
}

impl<'a> Sketch<'a> {
    /// Draws the outline; `None` when the lines are no table with three columns.
    pub(in crate::ingest) fn draw(
        head: &'a [u8],
        complete: bool,
        options: &ReadOptions,
    ) -> ReadResult<Option<Self>> {
        let lines = Lines::of(head, complete);
        let skip = options.skip.unwrap_or(0);
        let considered = lines.first.get(skip..).unwrap_or(&[]);
        let filled: Vec<&[u8]> = considered
            .iter()
            .map(|line| line.bytes)
            .filter(|line| !holds_nothing(line))
            .collect();
        let judged: Vec<&[u8]> = match filled.len() {
            0..=JUDGED => filled,
            n => (0..JUDGED).map(|k| filled[k * n / JUDGED]).collect(),
        };
        let Some(fit) = dialect::detect(&judged, options)? else {
            return Ok(None);
        };
        let mut row = Vec::new();
        let is_data = |line: &'a [u8], row: &mut Vec<Cell<'a>>| {
            split(line, fit.dialect.delimiter, row);
            is_data_row(row, fit.columns, fit.dialect.decimal)
        };
        // three rows of data follow each other, so that a line of a preamble that looks like one does not pass for it
        let mut begins_data = |at: usize| {
            let mut seen = 0;
            for line in &lines.first[at..] {
                if holds_nothing(line.bytes) {
                    if seen == 0 {
                        return false;
                    }
                    continue;
                }
                if !is_data(line.bytes, &mut row) {
                    return false;
                }
                seen += 1;
                if seen == 3 {
                    break;
                }
            }
            seen > 0
        };
        let first_data = match (options.header, options.skip) {
            (Some(HeaderLine::Absent), Some(skip)) => Some(skip),
            // below the names there may still be a line of units
            (Some(HeaderLine::Present), Some(skip)) => {
                (skip + 1..lines.first.len().min(skip + 4)).find(|at| begins_data(*at))
            }
            _ => (skip..lines.first.len().min(skip + PREAMBLE)).find(|at| begins_data(*at)),
        };
        let Some(mut first_data) = first_data.filter(|at| *at < lines.first.len()) else {
            return Ok(None);
        };
        // rows of NaN stand for samples, and are no names
        let mut row = Vec::new();
        while first_data > skip {
            split(
                lines.first[first_data - 1].bytes,
                fit.dialect.delimiter,
                &mut row,
            );
            if row.len() != fit.columns || row.len() < 3 || !row.iter().all(Cell::is_missing) {
                break;
            }
            first_data -= 1;
        }
        let (header_at, headings) = match options.header {
            Some(HeaderLine::Absent) => (first_data, Vec::new()),
            _ => names_above::headings(&lines.first[..first_data], skip, fit.dialect, fit.columns)
                .unwrap_or((first_data, Vec::new())),
        };
        let mut sketch = Self {
            dialect: fit.dialect,
            columns: fit.columns,
            preamble: lines.first[..first_data]
                .iter()
                .enumerate()
                .map(|(at, line)| (at, line.bytes))
                .filter(|(at, bytes)| *at < header_at || *at > header_at && bytes.starts_with(b"#"))
                .map(|(_, bytes)| bytes)
                .collect(),
            header_line: if headings.is_empty() {
                &[]
            } else {
                lines.first[header_at].bytes
            },
            headings,
            data_at: lines.first[first_data].at,
            data_line: first_data as u64 + 1,
            cells: Vec::new(),
            row_ends: Vec::new(),
            last_rows_from: 0,
            is_whole: complete && lines.reach_the_end,
        };
        for line in &lines.first[first_data..] {
            sketch.add_row(line.bytes, &mut row);
        }
        sketch.last_rows_from = sketch.row_ends.len();
        for line in &lines.last {
            sketch.add_row(line.bytes, &mut row);
        }
        if row_numbers::stand_unnamed(&sketch) {
            sketch.headings.insert(0, Heading::parse(""));
        }
        Ok(Some(sketch))
    }

    fn add_row(&mut self, line: &'a [u8], row: &mut Vec<Cell<'a>>) {
        if holds_nothing(line) {
            return;
        }
        split(line, self.dialect.delimiter, row);
        if is_data_row(row, self.columns, self.dialect.decimal) {
            row.truncate(WIDEST);
            self.cells.extend_from_slice(row);
            self.row_ends.push(self.cells.len());
        }
    }

    /// Forgets the rows that do not have this in that column; the rest make the table.
    pub(in crate::ingest) fn keep_rows(&mut self, column: usize, word: &[u8]) {
        let (mut cells, mut row_ends, mut widths) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut first = 0;
        for n in 0..self.n_rows() {
            let row = self.row(n);
            if row.get(column).is_some_and(|cell| cell.bytes == word) {
                cells.extend_from_slice(row);
                row_ends.push(cells.len());
                *widths.entry(row.len()).or_insert(0usize) += 1;
                first += usize::from(n < self.last_rows_from);
            }
        }
        (self.cells, self.row_ends, self.last_rows_from) = (cells, row_ends, first);
        if let Some((width, _)) = widths.into_iter().max_by_key(|(_, n)| *n) {
            self.columns = width;
        }
    }

    /// How many rows were looked at.
    pub(in crate::ingest) fn n_rows(&self) -> usize {
        self.row_ends.len()
    }

    /// The cells of a row.
    pub(in crate::ingest) fn row(&self, n: usize) -> &[Cell<'a>] {
        let from = n.checked_sub(1).map_or(0, |before| self.row_ends[before]);
        &self.cells[from..self.row_ends[n]]
    }

    /// The cells of a column, row by row; empty where a row is too short.
    pub(in crate::ingest) fn column(&self, column: usize) -> impl Iterator<Item = &'a [u8]> + '_ {
        (0..self.n_rows()).map(move |n| self.row(n).get(column).map_or(&b""[..], |cell| cell.bytes))
    }

    /// The numbers of a column, row by row.
    pub(in crate::ingest) fn numbers(
        &self,
        column: usize,
    ) -> impl Iterator<Item = Option<f64>> + '_ {
        let mark = self.dialect.decimal.byte();
        self.column(column)
            .map(move |cell| number::parse(cell, mark).map(number::Number::to_f64))
    }

    /// Index of the column whose whole name is one of these, in lower case.
    pub(in crate::ingest) fn named(&self, names: &[&str]) -> Option<usize> {
        self.headings
            .iter()
            .position(|heading| names.contains(&heading.lower().as_str()))
    }

    /// Whether the names are just these, in lower case and in this order.
    pub(in crate::ingest) fn is_named(&self, names: &[&str]) -> bool {
        self.headings.len() == names.len()
            && self
                .headings
                .iter()
                .zip(names)
                .all(|(heading, name)| heading.lower() == *name)
    }

    /// The first line of the preamble that begins so, as text after that beginning.
    pub(in crate::ingest) fn preamble_after(&self, beginning: &str) -> Option<String> {
        self.preamble.iter().find_map(|line| {
            let text = to_text(line);
            let text = text.trim().trim_matches('"');
            text.get(..beginning.len())
                .filter(|head| head.eq_ignore_ascii_case(beginning))
                .map(|_| {
                    text[beginning.len()..]
                        .trim_end_matches([',', ';', '\t', ' '])
                        .trim()
                        .to_owned()
                })
        })
    }

    /// Names of all columns, for messages.
    pub(in crate::ingest) fn names(&self) -> String {
        let names: Vec<&str> = self
            .headings
            .iter()
            .map(|h| h.text.as_str())
            .filter(|t| !t.is_empty())
            .collect();
        let mut text = names.join(", ");
        if text.chars().count() > 300 {
            text = text.chars().take(300).collect::<String>() + " …";
        }
        text
    }
}

/// Whether a row holds numbers: as many cells as most rows, a few more or less at the end tolerated; words are rare.
fn is_data_row(row: &[Cell], columns: usize, mark: DecimalMark) -> bool {
    if row.len() + 1 < columns || row.len() < 3 && columns > 3 {
        return false;
    }
    let (mut numbers, mut words) = (0, 0);
    for cell in row.iter().filter(|cell| !cell.is_missing()) {
        if cell.is_number(mark) || cell.looks_like_clock() {
            numbers += 1;
        } else {
            words += 1;
        }
    }
    numbers >= 1 && words <= numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::table::dialect::Delimiter;
    use crate::ingest::table::heading::UnitWord;

    fn sketch(text: &str) -> Sketch<'_> {
        Sketch::draw(text.as_bytes(), true, &ReadOptions::default())
            .unwrap()
            .unwrap()
    }

    #[test]
    fn a_remark_may_stand_between_names_and_rows() {
        let rows = "0.1,1,2,3\n0.2,1,2,3\n0.3,1,2,4\n";
        let text = format!("# v2\nt,x,y,z\n# z is blank at first, then not\n{rows}");
        let sketch = sketch(&text);
        assert_eq!(sketch.names(), "t, x, y, z");
        assert_eq!(
            sketch.preamble,
            [&b"# v2"[..], b"# z is blank at first, then not"]
        );
        let text = format!("# subject, male, ankle, left\n# export by hand\n{rows}");
        let nameless = super::tests::sketch(&text);
        assert!(nameless.headings.is_empty(), "{}", nameless.names());
    }

    #[test]
    fn a_preamble_a_blank_line_and_a_header() {
        let text = "Logged started on,11/04/2020 12:26:40\nFeature,Accelerometer\nNodes,AM1V310 @312248\n\n\
                    Date,HostTimestamp,NodeName,NodeTimestamp,RawData,X (mg),Y (mg),Z (mg)\n\
                    11/04/2020 12:28:42.078,121483,AM1V310 @312248,18159,B503E7FF86FF,949,-25,-122\n\
                    11/04/2020 12:28:42.098,121491,AM1V310 @312248,18165,D103CAFF8FFF,977,-54,-113\n\
                    11/04/2020 12:28:42.139,121532,AM1V310 @312248,18172,D703D5FFA4FF,983,-43,-92\n";
        let sketch = sketch(text);
        assert_eq!(sketch.headings[5].text, "X (mg)");
        assert_eq!(sketch.data_line, 6);
        assert_eq!(
            sketch.preamble_after("Logged started on,").unwrap(),
            "11/04/2020 12:26:40"
        );
        assert_eq!(sketch.n_rows(), 3);
    }

    #[test]
    fn a_line_of_units_is_merged_into_the_names() {
        let text = "\"sep=;\"\nT_CAL;Accel_LN_X_CAL;Accel_LN_Y_CAL;Accel_LN_Z_CAL;\nms;m/(s^2);m/(s^2);m/(s^2);\n\
                    1.5E12;-1.4;10.0;0.5;\n1.6E12;-1.4;10.0;0.5;\n1.7E12;-1.4;10.0;0.5;\n";
        let sketch = sketch(text);
        assert_eq!(sketch.dialect.delimiter, Delimiter::Byte(b';'));
        assert!(matches!(
            sketch.headings[1].unit,
            Some(UnitWord::Acceleration(_))
        ));
        assert_eq!(sketch.data_line, 4);
    }

    #[test]
    fn without_a_header_the_first_row_is_data() {
        let sketch = sketch("0,0.1,0.2,0.9\n1,0.1,0.2,0.9\n2,0.1,0.2,0.9\n");
        assert!(sketch.headings.is_empty());
        assert_eq!((sketch.data_line, sketch.n_rows()), (1, 3));
    }

    #[test]
    fn a_word_above_a_table_of_blanks_is_no_header() {
        let sketch = sketch(
            "start\n602 -0.65 0.74 0.02 25.28 58.32\n802 -0.65 0.74 0.02 25.28 58.32\n1002 -0.6 0.7 0.0 25.2 58.3\n",
        );
        assert!(sketch.headings.is_empty());
        assert_eq!(sketch.data_line, 2);
    }

    #[test]
    fn a_first_line_of_commas_is_passed_over() {
        let sketch = sketch(",,,\ntime,x,y,z\n0,1,2,3\n1,1,2,3\n2,1,2,3\n");
        assert_eq!(sketch.headings.len(), 4);
        assert_eq!(sketch.data_line, 3);
    }

    #[test]
    fn interleaved_sensors_leave_empty_cells() {
        let sketch = sketch(
            "relative_time,AccX,AccY,AccZ,Lin\n0,1.0,7.0,7.0,0.4\n93,,,,2.8\n108,,,,1.2\n113,1.3,4.9,6.3,\n",
        );
        assert_eq!(sketch.n_rows(), 4);
        assert_eq!(sketch.numbers(1).flatten().count(), 2);
    }

    #[test]
    fn every_other_row_may_be_empty() {
        for (eol, blank) in [("\n", "\n"), ("\r\n", "\r\n"), ("\r\n", ",,,\r\n")] {
            let rows: String = (0..20_000)
                .map(|n| format!("{n},0.25,-0.5,0.8{}{eol}{blank}", n % 10))
                .collect();
            let text = format!("ms,x,y,z{eol}{rows}");
            let sketch = sketch(&text);
            assert_eq!(sketch.columns, 4, "{blank:?}");
            assert!(sketch.n_rows() > 5_000);
        }
    }

    #[test]
    fn prose_is_no_table() {
        let text =
            "The first row is the initial time of the session.\nThe second row is the rate.\n";
        assert!(
            Sketch::draw(text.as_bytes(), true, &ReadOptions::default())
                .unwrap()
                .is_none()
        );
    }
}

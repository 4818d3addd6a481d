//! How a table is to be read: what a format declares, and what the one reader of all tables carries out.

use super::axes::Axes;
use super::dialect::{DecimalMark, Delimiter, Dialect};
use super::sketch::Sketch;
use crate::ingest::time::claim::TimeClaim;
use crate::ingest::unit::UnitClaim;
use crate::model::body::{Leg, Placement};
use crate::model::recording::Decision;

/// The declaration of a table.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct Layout {
    /// Short name of the format.
    pub format: &'static str,
    pub rows: RowsIn,
    pub dialect: Dialect,
    /// Index in the head of the first byte of data.
    pub data_at: usize,
    /// Number of the first line of data, from 1.
    pub data_line: u64,
    /// The header line, as it stands.
    pub header: Vec<u8>,
    pub axes: [usize; 3],
    pub plus: Option<[usize; 3]>,
    /// The count that means zero.
    pub zero: f32,
    pub time: TimeClaim,
    pub unit: UnitClaim,
    /// Rows of one device, or one sensor, only.
    pub only: Vec<(usize, Vec<u8>)>,
    pub device: Option<String>,
    pub serial: Option<String>,
    pub placement: Placement,
    pub leg: Option<Leg>,
    pub decisions: Vec<Decision>,
}

/// What the rows stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum RowsIn {
    /// Lines of cells.
    Table,
    /// Blocks of samples in JSON.
    MovesenseJson,
}

impl Layout {
    /// The layout of a file that is no table.
    pub(in crate::ingest) fn of_blocks(format: &'static str, because: &str, rows: RowsIn) -> Self {
        Self {
            format,
            rows,
            dialect: Dialect {
                delimiter: Delimiter::Byte(b','),
                decimal: DecimalMark::Point,
            },
            data_at: 0,
            data_line: 1,
            header: Vec::new(),
            axes: [0, 1, 2],
            plus: None,
            zero: 0.0,
            time: TimeClaim::default(),
            unit: UnitClaim::none(),
            only: Vec::new(),
            device: None,
            serial: None,
            placement: Placement::NotStated,
            leg: None,
            decisions: vec![Decision::new("format", format, because)],
        }
    }

    /// The layout of a sketched table with these axes; the format adds what it knows.
    pub(in crate::ingest) fn new(
        format: &'static str,
        because: &str,
        sketch: &Sketch,
        axes: Axes,
    ) -> Self {
        let header = if sketch.headings.is_empty() {
            Vec::new()
        } else {
            sketch.header_line.to_vec()
        };
        let names = |columns: [usize; 3]| columns.map(|c| (c + 1).to_string()).join(", ");
        Self {
            rows: RowsIn::Table,
            format,
            dialect: sketch.dialect,
            data_at: sketch.data_at,
            data_line: sketch.data_line,
            header,
            axes: axes.columns,
            plus: axes.plus,
            zero: 0.0,
            time: TimeClaim {
                axes: axes.columns.to_vec(),
                ..TimeClaim::default()
            },
            unit: axes.claim,
            only: Vec::new(),
            device: None,
            serial: None,
            placement: Placement::NotStated,
            leg: None,
            decisions: vec![
                Decision::new("format", format, because),
                Decision::new(
                    "delimiter",
                    sketch.dialect.delimiter.name(),
                    format!(
                        "decimal mark {}, {} columns in most rows",
                        char::from(sketch.dialect.decimal.byte()),
                        sketch.columns
                    ),
                ),
                Decision::new(
                    "axes",
                    format!("columns {}", names(axes.columns)),
                    axes.because,
                ),
            ],
        }
    }
}

//! Rows as a polars frame: the one place that knows how a column's kind is stored.

use polars::prelude::{Column as Series, DataFrame, NamedFrom, PolarsResult, Series as Values};

use crate::output::rows::{Cell, Kind, Row, Trace, TraceRow};

/// A frame with one column for each column of the row type, in their order.
pub(super) fn of_rows<R: Row>(rows: &[R]) -> PolarsResult<DataFrame> {
    let columns = R::COLUMNS.iter().enumerate().map(|(index, column)| {
        let cells = rows.iter().map(|row| row.cell(index));
        let name = column.name.into();
        let values = match column.kind {
            Kind::Text => Values::new(name, cells.map(text).collect::<Vec<_>>()),
            Kind::Bool => Values::new(name, cells.map(flag).collect::<Vec<_>>()),
            Kind::Integer => Values::new(name, cells.map(integer).collect::<Vec<_>>()),
            Kind::Number => Values::new(name, cells.map(number).collect::<Vec<_>>()),
        };
        Series::from(values)
    });
    DataFrame::new(rows.len(), columns.collect())
}

/// A frame of some seconds of a trace, in the columns of [`TraceRow`].
pub(super) fn of_trace(trace: &Trace, seconds: std::ops::Range<usize>) -> PolarsResult<DataFrame> {
    let n = seconds.len();
    let leg = trace.leg.map(|leg| leg.letter().to_string());
    let data = |values: &[f32]| -> Vec<Option<f32>> {
        values[seconds.clone()]
            .iter()
            .map(|value| value.is_finite().then_some(*value + 0.0))
            .collect()
    };
    let [night_column, leg_column, second, max, median] = TraceRow::COLUMNS else {
        unreachable!("the trace has five columns")
    };
    let start = seconds.start as i64;
    let columns = vec![
        Values::new(night_column.name.into(), vec![trace.night.as_str(); n]),
        Values::new(leg_column.name.into(), vec![leg.as_deref(); n]),
        Values::new(
            second.name.into(),
            (start..start + n as i64).collect::<Vec<_>>(),
        ),
        Values::new(max.name.into(), data(&trace.max_mg)),
        Values::new(median.name.into(), data(&trace.median_mg)),
    ];
    DataFrame::new(n, columns.into_iter().map(Series::from).collect())
}

/// The columns of [`TraceRow`] without a row, of the types that [`of_trace`] gives them.
pub(super) fn of_no_trace() -> PolarsResult<DataFrame> {
    let empty = Trace {
        night: String::new(),
        leg: None,
        max_mg: Vec::new(),
        median_mg: Vec::new(),
    };
    of_trace(&empty, 0..0)
}

fn text(cell: Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

fn flag(cell: Cell) -> Option<bool> {
    match cell {
        Cell::Bool(flag) => Some(flag),
        _ => None,
    }
}

fn integer(cell: Cell) -> Option<i64> {
    match cell {
        Cell::Integer(number) => Some(number),
        _ => None,
    }
}

fn number(cell: Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(number),
        _ => None,
    }
}

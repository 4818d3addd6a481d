//! Row numbers that have no name of their own, as R's `write.table` puts them before the rows: every name stands one column
//! to the left of its values.

use super::Sketch;

/// Of the steps of the column behind the numbers, so many must go forward where a clock is named first.
const FORWARD: f64 = 0.95;
/// Fewer rows say nothing.
const LEAST: usize = 3;

/// Whether the first column counts the rows and the names begin with the second.
pub(super) fn stand_unnamed(sketch: &Sketch) -> bool {
    let Some(first) = sketch.headings.first() else {
        return false;
    };
    let rows = sketch.last_rows_from.min(sketch.n_rows());
    if sketch.headings.len() + 1 != sketch.columns || rows < LEAST {
        return false;
    }
    let counts = |(n, value): (usize, Option<f64>)| value == Some((n + 1) as f64);
    let numbered = sketch.numbers(0).take(rows).enumerate().all(counts);
    // names may lack one for the end of the row
    let filled = |cell: &[u8]| !cell.is_empty();
    let last_is_filled = sketch.column(sketch.columns - 1).take(rows).any(filled);
    numbered
        && last_is_filled
        && (first.axis.is_some() || first.is_time() && goes_forward(sketch, rows))
}

/// Whether the second column can be the clock that the first name names.
fn goes_forward(sketch: &Sketch, rows: usize) -> bool {
    let values: Option<Vec<f64>> = sketch.numbers(1).take(rows).collect();
    match values {
        Some(values) => {
            let forward = values.windows(2).filter(|pair| pair[1] >= pair[0]).count();
            forward as f64 >= FORWARD * (values.len() - 1) as f64
        }
        None => sketch
            .row(0)
            .get(1)
            .is_some_and(|cell| cell.looks_like_clock()),
    }
}

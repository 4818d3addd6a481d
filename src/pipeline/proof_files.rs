//! How the results of `evaluate` and `bench` reach the disk: a table, a chart, an object.

use serde_json::Value;

use super::atomic::ResultSet;
use crate::error::{Error, Kind};
use crate::output::charts::{self, ChartError};
use crate::output::rows::{Row, StudyRows};
use crate::output::tables;
use crate::output::words::Words;

/// Pixels of a PNG for each px of the drawing: sharp on a screen that doubles its pixels.
const PNG_SCALE: f64 = 2.0;

/// Writes rows as the CSV of their table.
pub(super) fn write_table<R: Row>(set: &mut ResultSet, rows: &[R]) -> Result<(), Error> {
    let name = format!("{}.csv", R::TABLE);
    let mut file = set.create(&name)?;
    tables::write_csv(rows, &mut file).map_err(|error| {
        Error::new(Kind::Io, "write", "could not be written.")
            .in_file(name)
            .caused_by(error)
    })?;
    file.finish()
}

/// Draws the chart of that kind as SVG and PNG; where there is nothing to show there is none.
pub(super) fn write_drawing(
    set: &mut ResultSet,
    kind: &'static str,
    rows: &StudyRows,
    words: &Words,
) -> Result<(), Error> {
    let failed = |message: String| Error::new(Kind::Io, "draw", message);
    let Some(chart) = charts::Kind::named(kind) else {
        return Err(failed(format!("there is no chart named {kind}.")));
    };
    let request = charts::Request::new(charts::Setup::new(words));
    let drawing = match (chart.draw)(rows, &request) {
        Ok(drawing) => drawing,
        Err(ChartError::Nothing(_)) => return Ok(()),
        Err(error) => return Err(failed(format!("{kind} could not be drawn.")).caused_by(error)),
    };
    let png = drawing
        .png(PNG_SCALE)
        .map_err(|error| failed(format!("{kind} could not be drawn.")).caused_by(error))?;
    set.write(&format!("{kind}.svg"), drawing.svg.as_bytes())?;
    set.write(&format!("{kind}.png"), &png)
}

/// JSON for people, too.
pub(super) fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string());
    text.push('\n');
    text
}

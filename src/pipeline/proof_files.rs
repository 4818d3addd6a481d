//! How the charts of `evaluate` and `bench` reach the disk.

use super::PNG_SCALE;
use super::atomic::ResultSet;
use crate::error::{Error, Kind};
use crate::output::charts::{self, ChartError};
use crate::output::rows::StudyRows;
use crate::output::words::Words;

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

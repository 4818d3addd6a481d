//! The ground on which the index stands from day to day: its scale, the days without a night, the line that was asked for.

use super::canvas::{Area, Canvas, DrawError};
use super::dates::{DateAxis, hatch_missing};
use super::scale::{Law, Scale};
use super::{Request, plot, study};
use crate::output::rows::StudyRows;

/// An axis that ends below this would make much of nights with next to nothing, an hour.
const LEAST_TOP: f64 = 4.0;

/// Draws the ground and tells its scale: from zero to the highest of `figures` (an hour) times `headroom`.
pub(super) fn draw(
    canvas: &mut Canvas,
    rows: &StudyRows,
    request: &Request,
    (axis, area): (DateAxis, Area),
    figures: impl Iterator<Item = f64>,
    headroom: f64,
) -> Result<Scale, DrawError> {
    let highest = figures.fold(LEAST_TOP, f64::max);
    let y = Scale::new(
        Law::Linear,
        (0.0, highest * headroom),
        (area.bottom, area.top),
    );
    plot::level_axis(canvas, &request.setup, area, y)?;
    hatch_missing(
        canvas,
        area,
        &axis.missing(study::dated(rows).map(|of| of.date)),
    )?;
    request.draw_line(canvas, area, y)?;
    Ok(y)
}

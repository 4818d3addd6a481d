//! Panels into their places: each chart as high as its row leaves it.

use super::Column;
use super::heights::{ABOVE_CHART, Measured, panel_words};
use crate::output::charts::Sheet;
use crate::output::report::ReportError;
use crate::output::report::panels::{Panel, Panels, Shown, size_px};
use crate::output::report::pdf::node::{Block, Frame, Node, Picture, Role};
use crate::output::report::pdf::style;
use crate::output::report::pdf::typeset::Typesetter;

/// Columns beside each other, each chart as high as the row leaves it.
pub(super) fn place(
    set: &mut Typesetter,
    columns: Vec<Column>,
    measured: Vec<Option<Measured>>,
    height: f32,
    panels: &Panels,
) -> Result<Block, ReportError> {
    let mut row = Block {
        height,
        nodes: Vec::new(),
    };
    let mut left = 0.0;
    for (column, measured) in columns.into_iter().zip(measured) {
        let width = match (column, measured) {
            (Column::Block { block, width }, _) => {
                row.nodes.extend(block.placed(left, 0.0));
                width
            }
            (Column::Chart { panel, width, .. }, Some(measured)) => {
                let free = height - measured.above.height - ABOVE_CHART;
                let column = match picture(panel, width, free, panels)? {
                    // How many rows are shown is known only now, and the caption tells it.
                    Some((caption, picture)) => {
                        let mut column = panel_words(set, panel, &caption, width, panels);
                        column.push_below(ABOVE_CHART, picture);
                        column
                    }
                    None => measured.above,
                };
                row.nodes
                    .extend(column.grouped(Role::Section).placed(left, 0.0));
                width
            }
            (Column::Chart { width, .. }, None) => width,
        };
        left += width + style::GUTTER;
    }
    Ok(row)
}

/// The caption and the chart of a panel, no wider and no higher than its place; `None` where there is nothing to show.
fn picture(
    panel: Panel,
    width: f32,
    height: f32,
    panels: &Panels,
) -> Result<Option<(String, Block)>, ReportError> {
    let px = |pt: f32| f64::from(pt / style::PT_PER_PX);
    let Shown::Chart(drawing) = panels.draw(panel, px(width), Some(px(height)))? else {
        return Ok(None);
    };
    let drawing = *drawing;
    let (drawn_width, drawn_height) =
        size_px(&drawing.svg).ok_or_else(|| ReportError::Svg(drawing.title.clone()))?;
    // A chart that keeps its own height is made smaller as a whole rather than cut.
    let scale = f64::from(width).min(f64::from(height) * drawn_width / drawn_height) / drawn_width;
    let frame = Frame {
        left: 0.0,
        top: 0.0,
        width: (drawn_width * scale) as f32,
        height: (drawn_height * scale) as f32,
    };
    let alt = format!(
        "{}. {}",
        drawing.alt.trim_end_matches('.'),
        in_words(&drawing.sheet)
    );
    let picture = Picture {
        frame,
        svg: drawing.svg,
        alt,
    };
    let block = Block {
        height: frame.height,
        nodes: vec![Node::Picture(picture)],
    };
    Ok(Some((drawing.caption, block)))
}

/// The table of a chart as words, for its alternative text; long tables are left to the HTML page.
fn in_words(sheet: &Sheet) -> String {
    const LONGEST: usize = 24;
    if sheet.rows.is_empty() || sheet.rows.len() > LONGEST {
        return String::new();
    }
    let rows = sheet.rows.iter().map(|row| {
        let cells = sheet.head.iter().zip(row);
        let cells = cells.map(|(head, cell)| format!("{head} {cell}"));
        cells.collect::<Vec<_>>().join(", ")
    });
    rows.collect::<Vec<_>>().join("; ")
}

//! How high the rows of a page are: what text needs, and a share of the rest for each chart.

use super::{Column, Room, Row};
use crate::output::report::ReportError;
use crate::output::report::panels::{Panel, Panels, Shown, size_px};
use crate::output::report::pdf::blocks;
use crate::output::report::pdf::node::Block;
use crate::output::report::pdf::style;
use crate::output::report::pdf::typeset::Typesetter;

/// A panel without its chart: heading and caption, and the height that the chart has by itself.
pub(super) struct Measured {
    pub above: Block,
    pub natural: f32,
    pub least: f32,
}

/// What each row can be, and how high it shall be.
pub(super) fn heights(
    set: &mut Typesetter,
    rows: &[Row],
    panels: &Panels,
    room: Room,
) -> Result<(Vec<Extent>, Vec<f32>), ReportError> {
    let mut extents = Vec::with_capacity(rows.len());
    for row in rows {
        extents.push(measure(set, row, panels)?);
    }
    let gaps = style::GAP * rows.len().saturating_sub(1) as f32;
    let heights = share(&extents, room.height - gaps);
    Ok((extents, heights))
}

/// Between a caption and its chart.
pub(super) const ABOVE_CHART: f32 = 2.0;

/// The heights that a row can have.
pub(super) struct Extent {
    /// Its text, which cannot give way.
    pub text: f32,
    /// What it goes down to before all charts are made smaller.
    pub floor: f32,
    pub least: f32,
    pub natural: f32,
    /// One a chart of the row.
    pub panels: Vec<Option<Measured>>,
}

fn measure(set: &mut Typesetter, row: &Row, panels: &Panels) -> Result<Extent, ReportError> {
    let mut extent = Extent {
        text: 0.0,
        floor: 0.0,
        least: 0.0,
        natural: 0.0,
        panels: Vec::new(),
    };
    match row {
        Row::Fixed(block) => {
            extent.text = block.height;
            extent.floor = block.height;
            extent.least = block.height;
            extent.natural = block.height;
        }
        Row::Columns(columns) => {
            for column in columns {
                let (text, floor, least, natural) = match column {
                    Column::Block { block, .. } => {
                        extent.panels.push(None);
                        (block.height, block.height, block.height, block.height)
                    }
                    Column::Chart {
                        panel,
                        width,
                        least_px,
                        floor_px,
                    } => {
                        let measured = panel_text(set, *panel, *width, *least_px, panels)?;
                        let gap = if measured.natural > 0.0 {
                            ABOVE_CHART
                        } else {
                            0.0
                        };
                        let above = measured.above.height + gap;
                        let floor = if floor_px < least_px {
                            (*floor_px as f32 * style::PT_PER_PX).min(measured.least)
                        } else {
                            measured.least
                        };
                        let heights = (
                            above,
                            above + floor,
                            above + measured.least,
                            above + measured.natural,
                        );
                        extent.panels.push(Some(measured));
                        heights
                    }
                };
                extent.text = extent.text.max(text);
                extent.floor = extent.floor.max(floor);
                extent.least = extent.least.max(least);
                extent.natural = extent.natural.max(natural);
            }
        }
    }
    Ok(extent)
}

/// Heading and caption of a panel; where there is no chart, the reason stands in its place.
fn panel_text(
    set: &mut Typesetter,
    panel: Panel,
    width: f32,
    least_px: f64,
    panels: &Panels,
) -> Result<Measured, ReportError> {
    let px = f64::from(width / style::PT_PER_PX);
    let (above, natural, least) = match panels.draw(panel, px, None)? {
        Shown::Chart(drawing) => {
            let above = panel_words(set, panel, &drawing.caption, width, panels);
            let (drawn_width, drawn_height) =
                size_px(&drawing.svg).ok_or_else(|| ReportError::Svg(drawing.title.clone()))?;
            let natural = (drawn_height * f64::from(width) / drawn_width) as f32;
            // What a chart makes of the least height: its words may need more.
            let least = match panels.draw(panel, px, Some(least_px))? {
                Shown::Chart(low) => size_px(&low.svg).map_or(drawn_height, |(_, height)| height),
                Shown::Nothing(_) => drawn_height,
            };
            let least = (least as f32 * style::PT_PER_PX).min(natural);
            (above, natural, least)
        }
        Shown::Nothing(why) => (panel_words(set, panel, &why, width, panels), 0.0, 0.0),
    };
    Ok(Measured {
        above,
        natural,
        least,
    })
}

/// Heading and caption.
pub(super) fn panel_words(
    set: &mut Typesetter,
    panel: Panel,
    caption: &str,
    width: f32,
    panels: &Panels,
) -> Block {
    let mut words = blocks::heading(set, 2, &panels.heading(panel), width);
    words.push_below(0.5, blocks::paragraph(set, caption, style::CAPTION, width));
    words
}

/// The heights of the rows: between least and natural when the page is full, above natural when it is not.
fn share(rows: &[Extent], room: f32) -> Vec<f32> {
    /// A chart much higher than it is meant to be is no clearer.
    const MOST: f32 = 1.5;
    let sum = |of: &dyn Fn(&Extent) -> f32| rows.iter().map(of).sum::<f32>();
    let least = sum(&|row| row.least);
    let natural = sum(&|row| row.natural);
    let most = |row: &Extent| {
        if row.natural > row.least {
            row.natural * MOST
        } else {
            row.natural
        }
    };
    let floor = sum(&|row| row.floor);
    if room < floor {
        // The last resort, so that nothing ever runs over the foot of the page: charts are made smaller as a whole.
        let text = sum(&|row| row.text);
        let part = ((room - text) / (floor - text).max(1.0)).clamp(0.0, 1.0);
        let squeezed = |row: &Extent| row.text + part * (row.floor - row.text);
        return rows.iter().map(squeezed).collect();
    }
    if room < least {
        let part = (room - floor) / (least - floor).max(1.0);
        let lower = |row: &Extent| row.floor + part * (row.least - row.floor);
        return rows.iter().map(lower).collect();
    }
    let between = |from: f32, to: f32| {
        if to > from {
            ((room - from) / (to - from)).clamp(0.0, 1.0)
        } else {
            0.0
        }
    };
    if room < natural {
        let part = between(least, natural);
        rows.iter()
            .map(|row| row.least + part * (row.natural - row.least))
            .collect()
    } else {
        let part = between(natural, sum(&most));
        rows.iter()
            .map(|row| row.natural + part * (most(row) - row.natural))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(least: f32, natural: f32) -> Extent {
        Extent {
            text: if least == natural { least } else { least / 2.0 },
            floor: least,
            least,
            natural,
            panels: Vec::new(),
        }
    }

    #[test]
    fn what_text_leaves_is_shared_and_never_more_than_there_is() {
        let rows = [row(50.0, 50.0), row(100.0, 200.0), row(60.0, 80.0)];
        for room in [210.0, 240.0, 300.0, 330.0, 400.0, 900.0] {
            let heights = share(&rows, room);
            assert_eq!(heights[0], 50.0, "text is as high as it is");
            for (row, height) in rows.iter().zip(&heights) {
                assert!(*height >= row.least && *height <= row.natural * 1.5 + 0.01);
            }
            assert!(heights.iter().sum::<f32>() <= room + 0.01, "{room}");
        }
    }

    #[test]
    fn the_strips_give_way_before_all_charts_do() {
        let strips = Extent {
            floor: 60.0,
            ..row(100.0, 300.0)
        };
        assert_eq!(share(&[strips, row(80.0, 120.0)], 160.0), [80.0, 80.0]);
    }

    #[test]
    fn when_even_the_least_is_too_much_charts_give_way_and_text_does_not() {
        let rows = [row(50.0, 50.0), row(100.0, 200.0)];
        assert_eq!(share(&rows, 125.0), [50.0, 75.0]);
        assert_eq!(share(&rows, 90.0), [50.0, 50.0]);
    }
}

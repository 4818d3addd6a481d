//! Which part stands on which page, and how high the charts are.
//!
//! Text takes what it needs; what it leaves is shared among the charts, none below the height at which it can be read
//! unless the text leaves no more. So two pages come out for one night and for ninety.

use super::blocks;
use super::node::{Block, Frame, Node, Picture, Role};
use super::style;
use super::typeset::Typesetter;
use crate::output::charts::Sheet;
use crate::output::report::content::Content;
use crate::output::report::panels::{Panel, Panels, Shown, size_px};
use crate::output::report::{Paper, ReportError};

/// The room for text on a page.
#[derive(Debug, Clone, Copy)]
struct Room {
    width: f32,
    height: f32,
}

/// A row of a page.
enum Row {
    /// As high as it is.
    Fixed(Block),
    /// Columns beside each other; the charts among them share what the page has left.
    Columns(Vec<Column>),
}

enum Column {
    Block {
        block: Block,
        width: f32,
    },
    Chart {
        panel: Panel,
        width: f32,
        least_px: f64,
    },
}

/// A panel without its chart: heading and caption, and the height that the chart has by itself.
struct Measured {
    above: Block,
    natural: f32,
    least: f32,
}

/// The size of a chart on its page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::output::report) struct ChartSize {
    pub panel: Panel,
    pub width_px: f64,
    pub height_px: f64,
}

/// Room that is left over when a browser sets the pages: its lines are not as high to the last tenth of a point.
const BROWSER_RESERVE: f32 = 30.0;

/// The sizes of the charts of the two pages, as a browser can print them.
pub(super) fn chart_sizes(
    set: &mut Typesetter,
    content: &Content,
    panels: &Panels,
    paper: Paper,
) -> Result<Vec<ChartSize>, ReportError> {
    let mut room = room(set, content, paper);
    room.height -= BROWSER_RESERVE;
    let mut sizes = Vec::new();
    for rows in [
        first(set, content, room),
        second(set, content, panels, room),
    ] {
        let (extents, heights) = heights(set, &rows, panels, room)?;
        for ((row, extent), height) in rows.into_iter().zip(extents).zip(heights) {
            let Row::Columns(columns) = row else {
                continue;
            };
            for (column, measured) in columns.into_iter().zip(extent.panels) {
                if let (Column::Chart { panel, width, .. }, Some(measured)) = (column, measured) {
                    let free = height - measured.above.height - 2.0;
                    sizes.push(ChartSize {
                        panel,
                        width_px: f64::from(width / style::PT_PER_PX),
                        height_px: f64::from(free.max(1.0) / style::PT_PER_PX),
                    });
                }
            }
        }
    }
    Ok(sizes)
}

fn room(set: &mut Typesetter, content: &Content, paper: Paper) -> Room {
    let (width, height) = paper.size_pt();
    let width = width - 2.0 * style::SIDE;
    let foot = blocks::text(set, &content.footer, style::FOOT, width - NUMBER);
    Room {
        width,
        height: height - style::ABOVE - style::BELOW - foot.height - 6.0,
    }
}

/// Room for the number of the page beside the words at its foot.
const NUMBER: f32 = 80.0;

/// Lays out all pages.
pub(super) fn pages(
    set: &mut Typesetter,
    content: &Content,
    panels: &Panels,
    paper: Paper,
) -> Result<Vec<Vec<Node>>, ReportError> {
    let room = room(set, content, paper);
    let mut plans = vec![
        first(set, content, room),
        second(set, content, panels, room),
    ];
    plans.extend(annex(set, content, room));
    let n = plans.len();
    let mut pages = Vec::with_capacity(n);
    for (index, rows) in plans.into_iter().enumerate() {
        let mut nodes = page(set, rows, panels, room)?.placed(style::SIDE, style::ABOVE);
        nodes.extend(self::foot(set, content, panels, (index + 1, n), paper));
        pages.push(nodes);
    }
    Ok(pages)
}

/// Page 1: how good, how many, when, with what; and what cannot be said.
fn first(set: &mut Typesetter, content: &Content, room: Room) -> Vec<Row> {
    let half = ((room.width - style::GUTTER) * 0.44).round();
    let rest = room.width - style::GUTTER - half;
    vec![
        Row::Fixed(blocks::header(set, &content.header, room.width)),
        Row::Fixed(blocks::tiles(set, &content.tiles, room.width)),
        Row::Columns(vec![Column::Chart {
            panel: Panel::Profile,
            width: room.width,
            least_px: 190.0,
        }]),
        Row::Columns(vec![Column::Chart {
            panel: Panel::Trend,
            width: room.width,
            least_px: 290.0,
        }]),
        Row::Columns(vec![
            Column::Chart {
                panel: Panel::Scatter,
                width: half,
                least_px: 200.0,
            },
            Column::Block {
                block: blocks::limits(set, &content.limits, rest),
                width: rest,
            },
        ]),
        Row::Fixed(blocks::disclaimer(set, &content.limits, room.width)),
    ]
}

/// Page 2: the nights one by one, intervals, hours, factors, methods.
fn second(set: &mut Typesetter, content: &Content, panels: &Panels, room: Room) -> Vec<Row> {
    let factors = &content.factors;
    let half = (room.width - style::GUTTER) / 2.0;
    let narrow = ((room.width - style::GUTTER) * 0.38).round();
    let wide = room.width - style::GUTTER - narrow;
    let chart = |panel, width, least_px| Column::Chart {
        panel,
        width,
        least_px,
    };
    let mut rows = vec![
        Row::Columns(vec![chart(Panel::Strips, room.width, 310.0)]),
        Row::Columns(vec![
            chart(Panel::Intervals, half, 170.0),
            chart(Panel::Hourly, half, 170.0),
        ]),
    ];
    let mut beside = blocks::heading(set, 2, &factors.heading, wide);
    if !factors.comparisons.is_empty() {
        let table = blocks::comparisons(set, &factors.head, &factors.comparisons, wide);
        beside.push_below(2.0, table);
    }
    beside.push_below(2.0, blocks::notes(set, factors, wide));
    rows.push(Row::Columns(vec![
        chart(Panel::Calendar, narrow, 190.0),
        Column::Block {
            block: beside.grouped(Role::Section),
            width: wide,
        },
    ]));
    if panels.has_factors() {
        rows.push(Row::Columns(vec![chart(Panel::Factors, room.width, 270.0)]));
    }
    rows.push(Row::Fixed(blocks::methods(
        set,
        &panels.voice().say("report.methods"),
        &content.methods,
        room.width,
    )));
    rows
}

/// Further pages, for the factors beyond those on page 2; as many rows on each as fit.
fn annex(set: &mut Typesetter, content: &Content, room: Room) -> Vec<Vec<Row>> {
    let factors = &content.factors;
    let mut pages = Vec::new();
    let mut left = &factors.annex[..];
    while !left.is_empty() {
        let heading = blocks::heading(set, 2, &factors.annex_heading, room.width);
        // Rows are of one or two lines: halve until they fit, which ends with a single row at the latest.
        let mut n = left.len();
        let table = loop {
            let table = blocks::comparisons(set, &factors.head, &left[..n], room.width);
            if n == 1 || heading.height + 2.0 + table.height <= room.height {
                break table;
            }
            n = n.div_ceil(2);
        };
        pages.push(vec![Row::Fixed(heading), Row::Fixed(table)]);
        left = &left[n..];
    }
    pages
}

/// The foot of a page: the same words, and its number.
fn foot(
    set: &mut Typesetter,
    content: &Content,
    panels: &Panels,
    (page, pages): (usize, usize),
    paper: Paper,
) -> Vec<Node> {
    let (width, height) = paper.size_pt();
    let number = panels.voice().fill(
        "report.page",
        &[("page", &page.to_string()), ("pages", &pages.to_string())],
    );
    let number = set.lines(&number, style::FOOT, NUMBER);
    let words = set.lines(
        &content.footer,
        style::FOOT,
        width - 2.0 * style::SIDE - NUMBER,
    );
    let bottom = height - style::BELOW;
    vec![
        Node::Foot {
            left: width - style::SIDE - number.width(),
            top: bottom - number.height(),
            lines: number,
        },
        Node::Foot {
            left: style::SIDE,
            top: bottom - words.height(),
            lines: words,
        },
    ]
}

/// Lays out a page: text first, then the charts into what is left.
fn page(
    set: &mut Typesetter,
    rows: Vec<Row>,
    panels: &Panels,
    room: Room,
) -> Result<Block, ReportError> {
    let (measured, heights) = heights(set, &rows, panels, room)?;
    let mut block = Block::default();
    for ((row, measured), height) in rows.into_iter().zip(measured).zip(heights) {
        let row = match row {
            Row::Fixed(block) => block,
            Row::Columns(columns) => place(columns, measured.panels, height, panels)?,
        };
        block.push_below(style::GAP, row);
    }
    Ok(block)
}

/// What each row can be, and how high it shall be.
fn heights(
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

/// The heights that a row can have.
struct Extent {
    least: f32,
    natural: f32,
    /// One a chart of the row.
    panels: Vec<Option<Measured>>,
}

fn measure(set: &mut Typesetter, row: &Row, panels: &Panels) -> Result<Extent, ReportError> {
    let mut extent = Extent {
        least: 0.0,
        natural: 0.0,
        panels: Vec::new(),
    };
    match row {
        Row::Fixed(block) => {
            extent.least = block.height;
            extent.natural = block.height;
        }
        Row::Columns(columns) => {
            for column in columns {
                let (least, natural) = match column {
                    Column::Block { block, .. } => {
                        extent.panels.push(None);
                        (block.height, block.height)
                    }
                    Column::Chart {
                        panel,
                        width,
                        least_px,
                    } => {
                        let measured = panel_text(set, *panel, *width, *least_px, panels)?;
                        let above = measured.above.height;
                        let heights = (above + measured.least, above + measured.natural);
                        extent.panels.push(Some(measured));
                        heights
                    }
                };
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
    let mut above = blocks::heading(set, 2, &panels.heading(panel), width);
    let px = f64::from(width / style::PT_PER_PX);
    let (natural, least) = match panels.draw(panel, px, None)? {
        Shown::Chart(drawing) => {
            let caption = blocks::paragraph(set, &drawing.caption, style::CAPTION, width);
            above.push_below(0.5, caption);
            let (drawn_width, drawn_height) =
                size_px(&drawing.svg).ok_or_else(|| ReportError::Svg(drawing.title.clone()))?;
            let natural = (drawn_height * f64::from(width) / drawn_width) as f32;
            let least = (least_px as f32 * style::PT_PER_PX).min(natural);
            (natural, least)
        }
        Shown::Nothing(why) => {
            above.push_below(1.0, blocks::paragraph(set, &why, style::CAPTION, width));
            (0.0, 0.0)
        }
    };
    Ok(Measured {
        above,
        natural,
        least,
    })
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

/// Columns beside each other, each chart as high as the row leaves it.
fn place(
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
                let mut column = measured.above;
                let free = height - column.height - 2.0;
                if measured.natural > 0.0 {
                    column.push_below(2.0, picture(panel, width, free, panels)?);
                }
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

/// The chart of a panel, no wider and no higher than its place.
fn picture(panel: Panel, width: f32, height: f32, panels: &Panels) -> Result<Block, ReportError> {
    let px = |pt: f32| f64::from(pt / style::PT_PER_PX);
    let Shown::Chart(drawing) = panels.draw(panel, px(width), Some(px(height)))? else {
        return Ok(Block::default());
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
    Ok(Block {
        height: frame.height,
        nodes: vec![Node::Picture(picture)],
    })
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

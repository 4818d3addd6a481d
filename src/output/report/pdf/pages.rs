//! Which part stands on which page, and how high the charts are.
//!
//! Text takes what it needs; what it leaves is shared among the charts, none below the height at which it can be read
//! unless the text leaves no more. So two pages come out for one night and for ninety.

mod heights;
mod place;

use super::blocks;
use super::node::{Block, Node, Role};
use super::style;
use super::typeset::Typesetter;
use crate::output::report::content::Content;
use crate::output::report::panels::{Panel, Panels};
use crate::output::report::{Paper, ReportError};
use heights::heights;
use place::place;

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
        /// What it goes down to before all charts of a full page are made smaller: the strips show fewer nights.
        floor_px: f64,
    },
}

/// The size of a chart on its page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::output::report) struct ChartSize {
    pub panel: Panel,
    pub width_px: f64,
    pub height_px: f64,
}

/// How the two pages are shared out.
pub(in crate::output::report) struct Sheets {
    pub charts: Vec<ChartSize>,
    /// Height of the words at the foot, with the space above them.
    pub foot_pt: f32,
    /// Width of the limits by that of their box; the questions have the rest.
    pub limits_share: f32,
}

/// Room that is left over, since a browser's lines are not as high to the last tenth of a point, and the charts of both
/// are to be the same.
const BROWSER_RESERVE: f32 = 8.0;
/// Space between the page and the words at its foot.
const ABOVE_FOOT: f32 = 6.0;

/// The sizes of the charts of the two pages, as a browser can print them.
pub(super) fn sheets(
    set: &mut Typesetter,
    content: &Content,
    panels: &Panels,
    paper: Paper,
) -> Result<Sheets, ReportError> {
    let foot_pt = foot_height(set, content, paper);
    let room = room(paper, foot_pt);
    let mut charts = Vec::new();
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
                    let free = height - measured.above.height - heights::ABOVE_CHART;
                    charts.push(ChartSize {
                        panel,
                        width_px: f64::from(width / style::PT_PER_PX),
                        height_px: f64::from(free.max(1.0) / style::PT_PER_PX),
                    });
                }
            }
        }
    }
    Ok(Sheets {
        charts,
        foot_pt,
        limits_share: blocks::limits_share(set, &content.limits, room.width),
    })
}

/// The words at the foot, and the space above them.
fn foot_height(set: &mut Typesetter, content: &Content, paper: Paper) -> f32 {
    let width = paper.size_pt().0 - 2.0 * style::SIDE - NUMBER;
    blocks::text(set, &content.footer, style::FOOT, width).height + ABOVE_FOOT
}

fn room(paper: Paper, foot_pt: f32) -> Room {
    let (width, height) = paper.size_pt();
    Room {
        width: width - 2.0 * style::SIDE,
        height: height - style::ABOVE - style::BELOW - foot_pt - BROWSER_RESERVE,
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
    let room = room(paper, foot_height(set, content, paper));
    let mut plans = vec![
        first(set, content, room),
        second(set, content, panels, room),
    ];
    plans.extend(annex(set, content, panels, room));
    let n = plans.len();
    let mut pages = Vec::with_capacity(n);
    for (index, rows) in plans.into_iter().enumerate() {
        let mut nodes = page(set, rows, panels, room)?.placed(style::SIDE, style::ABOVE);
        nodes.extend(self::foot(set, content, panels, (index + 1, n), paper));
        pages.push(nodes);
    }
    Ok(pages)
}

/// Of two columns, the wider by the room of both.
const WIDE: f32 = 0.64;

/// Page 1: how good, how many, when, with what; and what cannot be said.
fn first(set: &mut Typesetter, content: &Content, room: Room) -> Vec<Row> {
    let wide = ((room.width - style::GUTTER) * WIDE).round();
    let rest = room.width - style::GUTTER - wide;
    vec![
        Row::Fixed(blocks::header(set, &content.header, room.width)),
        Row::Fixed(blocks::tiles(set, &content.tiles, room.width)),
        Row::Columns(vec![
            Column::Chart {
                panel: Panel::Profile,
                width: wide,
                least_px: 184.0,
                floor_px: 184.0,
            },
            Column::Chart {
                panel: Panel::Scatter,
                width: rest,
                least_px: 184.0,
                floor_px: 184.0,
            },
        ]),
        Row::Columns(vec![Column::Chart {
            panel: Panel::Trend,
            width: room.width,
            least_px: 196.0,
            floor_px: 196.0,
        }]),
        Row::Fixed(blocks::limits(set, &content.limits, room.width)),
    ]
}

/// The same where the narrower is the calendar, and the wider a table of six columns or seven.
const WIDE_TABLE: f32 = 0.68;

/// Page 2: the nights one by one, intervals, hours, factors, methods.
fn second(set: &mut Typesetter, content: &Content, panels: &Panels, room: Room) -> Vec<Row> {
    let factors = &content.factors;
    let half = (room.width - style::GUTTER) / 2.0;
    let wide = ((room.width - style::GUTTER) * WIDE_TABLE).round();
    let narrow = room.width - style::GUTTER - wide;
    let chart = |panel, width, least_px| Column::Chart {
        panel,
        width,
        least_px,
        floor_px: least_px,
    };
    let strips = Column::Chart {
        panel: Panel::Strips,
        width: room.width,
        // Fourteen nights; seven.
        least_px: 305.0,
        floor_px: 195.0,
    };
    let mut rows = vec![
        Row::Columns(vec![strips]),
        Row::Columns(vec![
            chart(Panel::Intervals, half, 142.0),
            chart(Panel::Hourly, half, 142.0),
        ]),
    ];
    let mut beside = blocks::heading(set, 2, &factors.heading, wide);
    if !factors.comparisons.is_empty() {
        let table = blocks::comparisons(set, &factors.head, &factors.comparisons, wide);
        beside.push_below(2.0, table);
    }
    beside.push_below(2.0, blocks::notes(set, factors, wide));
    rows.push(Row::Columns(vec![
        chart(Panel::Calendar, narrow, 185.0),
        Column::Block {
            block: beside.grouped(Role::Section),
            width: wide,
        },
    ]));
    if panels.has_factors() {
        rows.push(Row::Columns(vec![chart(Panel::Factors, room.width, 195.0)]));
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
fn annex(set: &mut Typesetter, content: &Content, panels: &Panels, room: Room) -> Vec<Vec<Row>> {
    /// A page with less left over begins a new one for the chart.
    const CHART: f32 = 200.0;
    let factors = &content.factors;
    let mut pages = Vec::new();
    let mut free = 0.0;
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
        free = room.height - heading.height - table.height - 3.0 * style::GAP;
        pages.push(vec![Row::Fixed(heading), Row::Fixed(table)]);
        left = &left[n..];
    }
    if panels.has_further_factors() {
        let chart = Row::Columns(vec![Column::Chart {
            panel: Panel::Further,
            width: room.width,
            least_px: 215.0,
            floor_px: 215.0,
        }]);
        match pages.last_mut() {
            Some(page) if free >= CHART => page.push(chart),
            _ => pages.push(vec![chart]),
        }
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
            Row::Columns(columns) => place(set, columns, measured.panels, height, panels)?,
        };
        block.push_below(style::GAP, row);
    }
    Ok(block)
}

//! The comparisons by factor as a table, and the lines that belong to it.

use super::{Block, Node, Role, paragraph, rule, text};
use crate::output::report::content::{Comparison, Factors};
use crate::output::report::pdf::style;
use crate::output::report::pdf::typeset::{Face, Typesetter};

/// Space between columns.
const BETWEEN: f32 = 6.0;

pub(in crate::output::report::pdf) fn comparisons(
    set: &mut Typesetter,
    head: &[String],
    rows: &[Comparison],
    width: f32,
) -> Block {
    let widths = widths(set, head, rows, width);
    let bold = Face {
        bold: true,
        ..style::SMALL
    };
    let mut table = row(set, head, &widths, bold, |_| Role::ColumnHead);
    for comparison in rows {
        let line = Block {
            height: 0.6,
            nodes: vec![rule(width)],
        };
        table.push_below(1.0, line);
        let cells = row(set, &comparison.cells, &widths, style::SMALL, |column| {
            if column == 0 {
                Role::RowHead
            } else {
                Role::Cell
            }
        });
        table.push_below(1.0, cells);
    }
    table.grouped(Role::Table)
}

/// The lines under the table: laboratory values and notes.
pub(in crate::output::report::pdf) fn notes(
    set: &mut Typesetter,
    factors: &Factors,
    width: f32,
) -> Block {
    let mut block = Block::default();
    for line in factors.laboratory.iter().chain(&factors.notes) {
        let face = if Some(line) == factors.laboratory.as_ref() {
            style::SMALL
        } else {
            style::CAPTION
        };
        block.push_below(1.5, paragraph(set, line, face, width));
    }
    block
}

/// Every column as wide as its widest word needs; the first takes what is left, and the others shrink when that is too
/// little for it.
fn widths(set: &mut Typesetter, head: &[String], rows: &[Comparison], width: f32) -> Vec<f32> {
    let bold = Face {
        bold: true,
        ..style::SMALL
    };
    let mut wanted: Vec<f32> = head
        .iter()
        .enumerate()
        .map(|(column, head)| {
            // A head may break between words.
            let words = head.split_whitespace();
            let mut widest = words
                .map(|word| set.lines(word, bold, f32::MAX).width())
                .fold(0.0, f32::max);
            for row in rows {
                if let Some(cell) = row.cells.get(column) {
                    widest = widest.max(set.lines(cell, style::SMALL, f32::MAX).width());
                }
            }
            widest + 1.0
        })
        .collect();
    let between = BETWEEN * (head.len().saturating_sub(1)) as f32;
    let rest: f32 = wanted.iter().skip(1).sum();
    let room = width - between;
    let least_first = room * 0.3;
    if let Some(first) = wanted.first_mut() {
        *first = (room - rest).max(least_first);
    }
    let first = wanted.first().copied().unwrap_or(0.0);
    if rest > room - first && rest > 0.0 {
        let shrink = (room - first) / rest;
        wanted.iter_mut().skip(1).for_each(|width| *width *= shrink);
    }
    wanted
}

fn row(
    set: &mut Typesetter,
    cells: &[String],
    widths: &[f32],
    face: Face,
    role: impl Fn(usize) -> Role,
) -> Block {
    let mut row = Block::default();
    let mut left = 0.0;
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let cell = text(set, cell, face, *width);
        row.height = row.height.max(cell.height);
        let nodes: Vec<Node> = cell.grouped(role(column)).placed(left, 0.0);
        row.nodes.extend(nodes);
        left += width + BETWEEN;
    }
    row.grouped(Role::Row)
}

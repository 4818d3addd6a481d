//! The four tiles beside each other, of one height.

use super::{Block, Role, boxed, of_lines, paragraph, text};
use crate::output::report::content::Tile;
use crate::output::report::pdf::style;
use crate::output::report::pdf::typeset::{Piece, Typesetter};

/// Shares of the width: the index has the most to say.
const SHARES: [f32; 4] = [0.29, 0.26, 0.24, 0.21];
const BETWEEN: f32 = 6.0;

pub(in crate::output::report::pdf) fn tiles(
    set: &mut Typesetter,
    tiles: &[Tile; 4],
    width: f32,
) -> Block {
    let room = width - 3.0 * BETWEEN;
    let widths = SHARES.map(|share| share * room);
    let inner: Vec<Block> = tiles
        .iter()
        .zip(widths)
        .map(|(tile, width)| one(set, tile, width - 2.0 * style::PAD))
        .collect();
    let height = inner.iter().map(|block| block.height).fold(0.0, f32::max) + 2.0 * style::PAD;
    let mut row = Block {
        height,
        nodes: Vec::new(),
    };
    let mut left = 0.0;
    for (block, width) in inner.into_iter().zip(widths) {
        let tile = boxed(block, width, Some(height)).grouped(Role::Section);
        row.nodes.extend(tile.placed(left, 0.0));
        left += width + BETWEEN;
    }
    row
}

fn one(set: &mut Typesetter, tile: &Tile, width: f32) -> Block {
    let mut block = text(
        set,
        &tile.name,
        crate::output::report::pdf::typeset::Face {
            bold: true,
            ..style::SMALL
        },
        width,
    )
    .grouped(Role::Paragraph);
    block.push_below(1.0, value(set, tile, width));
    for detail in &tile.details {
        block.push_below(0.5, paragraph(set, detail, style::SMALL, width));
    }
    block.push_below(2.5, paragraph(set, &tile.what, style::CAPTION, width));
    block
}

/// The value, and its unit on the same line where there is room.
fn value(set: &mut Typesetter, tile: &Tile, width: f32) -> Block {
    let value = set.lines(&tile.value, style::FIGURE, width);
    let taken = value.width() + 4.0;
    let mut block = of_lines(value);
    if let Some(unit) = &tile.unit {
        let piece = [Piece {
            text: unit.clone(),
            bold: false,
        }];
        let beside = set.pieces(&piece, style::SMALL, (width - taken).max(1.0));
        if beside.n_lines() <= 2 && beside.width() <= width - taken {
            let top = (block.height - beside.height()) / 2.0;
            block.nodes.extend(of_lines(beside).placed(taken, top));
        } else {
            let below = set.pieces(&piece, style::SMALL, width);
            block.push_below(0.0, of_lines(below));
        }
    }
    block.grouped(Role::Paragraph)
}

//! The parts of a page: header, tiles, the box of limits, tables, lists.

mod comparisons;
mod header;
mod limits;
mod methods;
mod tiles;

pub(super) use comparisons::{comparisons, notes};
pub(super) use header::header;
pub(super) use limits::{limits, limits_share};
pub(super) use methods::methods;
pub(super) use tiles::tiles;

use super::node::{Block, Frame, Node, Role};
use super::style;
use super::typeset::{Face, Piece, Typesetter};

/// A text as wide as it may be.
pub(super) fn text(set: &mut Typesetter, text: &str, face: Face, width: f32) -> Block {
    let lines = set.lines(text, face, width);
    of_lines(lines)
}

fn of_lines(lines: super::typeset::Lines) -> Block {
    Block {
        height: lines.height(),
        nodes: vec![Node::Text {
            lines,
            left: 0.0,
            top: 0.0,
        }],
    }
}

pub(super) fn paragraph(set: &mut Typesetter, words: &str, face: Face, width: f32) -> Block {
    text(set, words, face, width).grouped(Role::Paragraph)
}

/// A heading that stands in the outline.
pub(super) fn heading(set: &mut Typesetter, level: u8, words: &str, width: f32) -> Block {
    text(set, words, style::HEADING, width).grouped(Role::Heading(level, words.to_owned()))
}

/// `name: value` one after the other in one paragraph; the names are bold.
fn facts(set: &mut Typesetter, facts: &[(&str, &str)], face: Face, width: f32) -> Block {
    let piece = |text: String, bold| Piece { text, bold };
    let mut pieces = Vec::with_capacity(2 * facts.len());
    for (name, value) in facts {
        pieces.push(piece(format!("{name}: "), true));
        pieces.push(piece(format!("{}. ", value.trim_end_matches('.')), false));
    }
    of_lines(set.pieces(&pieces, face, width)).grouped(Role::Paragraph)
}

/// A block on a shade that is as wide as `width` and as high as `height`, or as the block needs.
fn boxed(inner: Block, width: f32, height: Option<f32>) -> Block {
    let height = height.unwrap_or(0.0).max(inner.height + 2.0 * style::PAD);
    let frame = Frame {
        left: 0.0,
        top: 0.0,
        width,
        height,
    };
    let mut nodes = vec![Node::Shade(frame, style::SHADE)];
    nodes.extend(inner.placed(style::PAD, style::PAD));
    Block { height, nodes }
}

/// A thin line across.
fn rule(width: f32) -> Node {
    let frame = Frame {
        left: 0.0,
        top: 0.0,
        width,
        height: 0.6,
    };
    Node::Shade(frame, style::RULE)
}

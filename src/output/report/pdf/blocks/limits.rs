//! The box with what the pages cannot say, what to ask, and what this is not.

use super::{Block, Role, boxed, heading, of_lines, paragraph, text};
use crate::output::report::content::Limits;
use crate::output::report::pdf::style;
use crate::output::report::pdf::typeset::{Piece, Typesetter};

/// Shares of the width that the limits may have; the questions have the rest.
const SHARES: [f32; 5] = [0.6, 0.56, 0.52, 0.48, 0.44];

pub(in crate::output::report::pdf) fn limits(
    set: &mut Typesetter,
    limits: &Limits,
    width: f32,
) -> Block {
    let share = limits_share(set, limits, width);
    let (said, asked, second) = columns(set, limits, width, share);
    let mut both = Block {
        height: said.height.max(asked.height),
        nodes: said.nodes,
    };
    both.nodes.extend(asked.placed(second, 0.0));
    boxed(both, width, None).grouped(Role::Section)
}

/// The share of the width with which the box is lowest.
pub(in crate::output::report::pdf) fn limits_share(
    set: &mut Typesetter,
    limits: &Limits,
    width: f32,
) -> f32 {
    let mut best = (SHARES[0], f32::MAX);
    for share in SHARES {
        let (said, asked, _) = columns(set, limits, width, share);
        let height = said.height.max(asked.height);
        if height < best.1 {
            best = (share, height);
        }
    }
    best.0
}

/// Both columns, and where the second begins.
fn columns(set: &mut Typesetter, limits: &Limits, width: f32, share: f32) -> (Block, Block, f32) {
    let inner = width - 2.0 * style::PAD - style::GUTTER;
    let left = (inner * share).round();
    let right = inner - left;
    let mut said = heading(set, 2, &limits.heading, left);
    said.push_below(1.5, points(set, limits, left));
    let mut asked = heading(set, 2, &limits.questions_heading, right);
    asked.push_below(1.5, questions(set, limits, right));
    let disclaimer = paragraph(set, &limits.disclaimer, style::CAPTION, right);
    asked.push_below(5.0, disclaimer);
    (said, asked, left + style::GUTTER)
}

fn points(set: &mut Typesetter, limits: &Limits, width: f32) -> Block {
    let mut points = Block::default();
    for point in &limits.points {
        let pieces = [
            Piece {
                text: format!("{} ", point.gist),
                bold: true,
            },
            Piece {
                text: point.rest.clone(),
                bold: false,
            },
        ];
        let lines = set.pieces(&pieces, style::TEXT, width);
        points.push_below(1.5, of_lines(lines).grouped(Role::Body).grouped(Role::Item));
    }
    points.grouped(Role::List)
}

fn questions(set: &mut Typesetter, limits: &Limits, width: f32) -> Block {
    let mut questions = Block::default();
    for question in &limits.questions {
        let mark = text(set, "•", style::TEXT, 8.0).grouped(Role::Label);
        let body = text(set, question, style::TEXT, width - 9.0).grouped(Role::Body);
        let mut item = Block {
            height: body.height,
            nodes: mark.nodes,
        };
        item.nodes.extend(body.placed(9.0, 0.0));
        questions.push_below(1.0, item.grouped(Role::Item));
    }
    questions.grouped(Role::List)
}

//! The box with what the pages cannot say and what to ask.

use super::{Block, Role, boxed, heading, of_lines, paragraph, text};
use crate::output::report::content::Limits;
use crate::output::report::pdf::style;
use crate::output::report::pdf::typeset::{Piece, Typesetter};

pub(in crate::output::report::pdf) fn limits(
    set: &mut Typesetter,
    limits: &Limits,
    width: f32,
) -> Block {
    let inner = width - 2.0 * style::PAD;
    let mut block = heading(set, 2, &limits.heading, inner);
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
        let lines = set.pieces(&pieces, style::TEXT, inner);
        points.push_below(1.5, of_lines(lines).grouped(Role::Body).grouped(Role::Item));
    }
    block.push_below(1.5, points.grouped(Role::List));
    block.push_below(4.0, heading(set, 2, &limits.questions_heading, inner));
    let mut questions = Block::default();
    for question in &limits.questions {
        let mark = text(set, "•", style::TEXT, 8.0).grouped(Role::Label);
        let body = text(set, question, style::TEXT, inner - 9.0).grouped(Role::Body);
        let mut item = Block {
            height: body.height,
            nodes: mark.nodes,
        };
        item.nodes.extend(body.placed(9.0, 0.0));
        questions.push_below(1.0, item.grouped(Role::Item));
    }
    block.push_below(1.5, questions.grouped(Role::List));
    boxed(block, width, None).grouped(Role::Section)
}

pub(in crate::output::report::pdf) fn disclaimer(
    set: &mut Typesetter,
    limits: &Limits,
    width: f32,
) -> Block {
    paragraph(set, &limits.disclaimer, style::CAPTION, width)
}

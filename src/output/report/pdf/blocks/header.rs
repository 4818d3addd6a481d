//! Title, name, period and facts on the left; the grade on the right.

use super::{Block, Role, boxed, facts, paragraph, rule, text};
use crate::output::report::content::{Header, Quality};
use crate::output::report::pdf::style;
use crate::output::report::pdf::typeset::Typesetter;

/// Width of the box with the grade, by that of the page.
const QUALITY: f32 = 0.33;

pub(in crate::output::report::pdf) fn header(
    set: &mut Typesetter,
    header: &Header,
    width: f32,
) -> Block {
    let right = (width * QUALITY).round();
    let left = width - right - style::GUTTER;
    let mut words =
        text(set, &header.title, style::TITLE, left).grouped(Role::Title(header.title.clone()));
    let under = match &header.name {
        Some(name) => format!("{name} · {}", header.period),
        None => header.period.clone(),
    };
    words.push_below(0.0, paragraph(set, &under, style::SUBTITLE, left));
    let lines: Vec<(&str, &str)> = header
        .facts
        .iter()
        .map(|fact| (fact.name.as_str(), fact.value.as_str()))
        .collect();
    words.push_below(3.0, facts(set, &lines, style::SMALL, left));

    let quality = quality(set, &header.quality, right, words.height);
    let height = words.height.max(quality.height);
    let mut nodes = words.nodes;
    nodes.extend(quality.placed(left + style::GUTTER, 0.0));
    let mut block = Block { height, nodes };
    let line = Block {
        height: 0.6,
        nodes: vec![rule(width)],
    };
    block.push_below(5.0, line);
    block.grouped(Role::Section)
}

fn quality(set: &mut Typesetter, quality: &Quality, width: f32, height: f32) -> Block {
    let inner = width - 2.0 * style::PAD;
    let letter = quality
        .letter
        .map_or_else(|| "–".to_owned(), |letter| letter.to_string());
    let letter = set.lines(&letter, style::GRADE, inner);
    let beside = letter.width() + style::PAD;
    let mut name = text(set, &quality.name, style::HEADING, inner - beside);
    name.nodes.extend(
        Block {
            height: letter.height(),
            nodes: vec![super::Node::Text {
                lines: letter,
                left: 0.0,
                top: 0.0,
            }],
        }
        .placed(inner - beside + style::PAD, -2.0),
    );
    let mut block = name.grouped(Role::Paragraph);
    for (n, sentence) in quality.sentences.iter().enumerate() {
        // The first sentence stands beside the letter, which is higher than the word before it.
        let room = if n == 0 { inner - beside } else { inner };
        block.push_below(1.0, paragraph(set, sentence, style::SMALL, room));
    }
    boxed(block, width, Some(height))
}

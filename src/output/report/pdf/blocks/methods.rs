//! How the figures came about, as lines of small text.

use super::{Block, Role, facts, heading};
use crate::output::report::content::Fact;
use crate::output::report::pdf::style;
use crate::output::report::pdf::typeset::Typesetter;

pub(in crate::output::report::pdf) fn methods(
    set: &mut Typesetter,
    name: &str,
    methods: &[Fact],
    width: f32,
) -> Block {
    let mut block = heading(set, 2, name, width);
    let lines: Vec<(&str, &str)> = methods
        .iter()
        .map(|fact| (fact.name.as_str(), fact.value.as_str()))
        .collect();
    block.push_below(1.0, facts(set, &lines, style::SMALL, width));
    block.grouped(Role::Section)
}

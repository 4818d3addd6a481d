//! Tables of text: how they are written, what their columns are called, and their rows as numbers.

pub mod dialect;

mod ahead;
pub(super) mod axes;
mod beside;
pub(super) mod cells;
pub(super) mod chunks;
mod direction;
pub(super) mod file_name;
pub(super) mod heading;
pub(super) mod held;
pub(super) mod layout;
mod lines;
pub(super) mod lost;
pub(super) mod parser;
pub(super) mod places;
mod plain;
pub(super) mod read;
pub(super) mod sketch;
pub(super) mod stamp_column;
mod triplets;
pub(super) mod unit_word;
pub(super) mod unsigned;
pub(super) mod vocabulary;

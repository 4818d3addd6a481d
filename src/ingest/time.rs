//! Time: what a stamp is, which column holds it, and how stamps become instants.

pub mod civil;
pub mod format;
pub mod zero;

pub(super) mod civil_guess;
pub(super) mod claim;
pub(super) mod clock;
pub(super) mod column;
pub(super) mod found;
pub(super) mod fraction;
pub(super) mod midnight;
pub(super) mod plan;
pub(super) mod shape;
pub(super) mod stamp;
pub(super) mod timeline;

mod agree;
mod even;
mod kept_back;
mod parts;
mod repeats;
mod unset;
mod wall;
mod zone;

use jiff::civil::DateTime;

use self::format::TimeFormat;

/// A wall clock in a line of text, by a pattern; `None` when it is not written so.
pub(super) fn wall_time(format: &TimeFormat, text: &str) -> Option<DateTime> {
    match format {
        TimeFormat::Civil(format) => wall::civil(format.parse(text.as_bytes())?.ns),
        _ => None,
    }
}

//! Rows from results: the one place where figures become cells.

mod hours;
mod movements;
mod nights;
mod spans;
mod stages;
mod trace;

pub use hours::hour_rows;
pub use movements::movement_rows;
pub use nights::{NightParts, evening, night_row};
pub use spans::span_rows;
pub use stages::stage_rows;
pub use trace::trace_of;

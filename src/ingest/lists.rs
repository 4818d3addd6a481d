//! Lists that people and programs write about a night: movements, sleep stages, gaps, which nights there are, whose, and a figure of
//! each.
//!
//! Small tables with a header line, columns by name in any order; comma, semicolon or tab between the cells, a comma as
//! decimal mark where it does not separate. Times are seconds since the start of the recording, milliseconds where the
//! column's name ends in `_ms`, and are rounded to whole milliseconds from their decimal digits, not by way of a binary
//! fraction. Files may be packed with gzip and written in UTF-16. Lines are read one at a time and bounded, so
//! a file that is no list costs no memory; anything that is not understood is an error that says where it stands.

pub mod error;
pub mod figures;
pub mod gaps;
mod line;
pub mod movements;
pub mod nights;
pub mod people;
mod plausible;
mod source;
pub mod stages;
mod table;
mod time;

pub use error::{ListError, Trouble};
pub use figures::{ListedFigure, open_figures, read_figures};
pub use gaps::{ListedSpan, open_gaps, read_gaps};
pub use movements::{ListedMovement, MovementList, open_movements, read_movements};
pub use nights::{ListedNight, open_nights, read_nights};
pub use people::{ListedPerson, open_people, read_people};
pub use stages::{open_stages, read_stages};

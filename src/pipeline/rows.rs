//! Rows from results: the one place where figures become cells.

#[cfg(all(feature = "tables", feature = "charts"))]
mod agreement;
mod associations;
mod diary;
mod hours;
mod movements;
mod nights;
mod over_nights;
#[cfg(all(feature = "tables", feature = "charts"))]
mod overview;
mod rhythm;
mod spans;
mod stages;
mod trace;

#[cfg(all(feature = "tables", feature = "charts"))]
pub use agreement::agreement_limits_row;
pub use associations::{association_row, comparison_row, laboratory_rows, pair_rows};
pub use diary::{event_rows, factor_rows, rating_rows};
pub use hours::hour_rows;
pub use movements::movement_rows;
pub use nights::{NightParts, evening, night_row};
pub use over_nights::{over_nights_rows, person_rows, together};
#[cfg(all(feature = "tables", feature = "charts"))]
pub use overview::{interval_rows, profile_rows};
pub use rhythm::{autocorrelation_rows, periodogram_rows};
pub use spans::span_rows;
pub use stages::stage_rows;
pub use trace::{Seconds, seconds_of};

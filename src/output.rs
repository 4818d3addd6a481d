//! Files out: rows, and what is drawn and written from them.
//!
//! [`rows`] are plain structs, one a table, filled by the pipeline. Tables, charts and the report draw from the same
//! rows, and none of them computes a clinical number.

#[cfg(feature = "charts")]
pub mod charts;
#[cfg(feature = "charts")]
pub mod fonts;
#[cfg(feature = "report")]
pub mod report;
pub mod rows;
pub mod sentences;
#[cfg(feature = "tables")]
pub mod tables;
pub mod words;

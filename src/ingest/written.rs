//! Dates, times and numbers as people and spreadsheets write them.

pub mod clock;
pub mod date;
pub mod number;

//! The two pages.

mod look;

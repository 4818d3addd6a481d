//! Nouns: what the other rooms speak of. Plain values, checked when they are built; no file, no clock, no thread.

pub mod body;
pub mod clock;
pub mod diary;
pub mod movement;
pub mod night;
pub mod quality;
pub mod recording;
pub mod scored;
pub mod span;
pub mod study;
pub mod summary;
pub mod trace;
pub mod units;

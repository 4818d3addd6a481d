//! Verbs: from raw samples to the figures of a night. Opens no file, prints nothing, reads no clock.

pub mod align;
pub mod associate;
pub mod detect;
pub mod prepare;
pub mod quality;
pub mod score;
pub mod summarize;

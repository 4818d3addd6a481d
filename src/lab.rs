//! Proof: nights with a known truth, and the comparison of detections with a truth.

pub mod benchmark;
pub mod demo_study;
pub mod dialects;
pub mod evaluate;
pub mod rivals;
pub mod simulate;

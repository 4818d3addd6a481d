//! Numbers: slices in, slices out. No unit types, no files, no clock; units are in the names (`cutoff_hz`, `window_s`).
//!
//! Samples are `f32`; sums that grow with the input are kept in `f64`. Every fast routine has a slow, obvious twin in
//! its tests. What each does to scale, length, edges and delay stands in its own documentation.

pub mod columns;
pub mod correlate;
pub mod fir;
mod fourier;
pub mod lanes;
pub mod median_bootstrap;
pub mod overlap_save;
pub mod random;
pub mod resample;
pub mod robust;
pub mod short_runs;
pub mod sliding;
pub mod spectrum;
pub mod steps;
pub mod student;
pub mod tilt;

#[cfg(test)]
pub(crate) mod noise;

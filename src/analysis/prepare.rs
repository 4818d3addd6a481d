//! From raw samples to what detection reads: one pass, flat memory, a night of some 7 MB.
//!
//! ```text
//! stamps, x y z ──> grid (sensor's rate) ──> 50 Hz behind an anti-alias filter, if faster
//!                     │ holes, gaps              │
//!                     v                          ├─ 0.75-10 Hz ─┬> norm ─> RMS 0.27 s ─> envelope, <= 40 Hz
//!                   spans                        │              └> second moments ────> motion, 5 Hz
//!                                                ├─ 4-10 Hz ────> mean square ───────> motion, 5 Hz
//!                                                └─ < 1.5 Hz ────────────────────────> gravity, 5 Hz
//! ```
//!
//! From the grid on a sample is one register of four lanes, three of them its axes, and all work goes over many samples
//! at once.
//!
//! Everything stays in the file's unit: the chain is linear, the scale comes last
//! ([`NightTrace::scaled`](crate::model::trace::NightTrace::scaled)).

mod bed;
mod builder;
mod calibration;
mod chain;
mod envelope;
mod gathered;
mod grid;
mod idle;
mod plan;
mod raw_windows;
mod resampled;
mod resolution;
mod wear;

pub use bed::{TimeInBed, time_in_bed};
pub use builder::TraceBuilder;
pub use calibration::{Calibration, calibrate};
pub use gathered::TooLong;
pub use idle::without_honest_repeats;
pub use plan::{Bands, EnvelopeShape, FASTEST_HZ, GRID_HZ, PlanError, RateTrust, SLOWEST_HZ};
pub use wear::wear;

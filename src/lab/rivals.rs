//! Published movement monitors, re-built as detectors from what is known of their chains: what ours must beat.
//!
//! A rival is a [`MovementDetector`](crate::analysis::detect::MovementDetector) like ours: it names its bands, gets a
//! trace of its own, and its movements are scored by the same rules, so that what is compared is detection alone. The
//! devices' own counting of series, where it is published at all, is not re-built.
//!
//! Each stands twice: `published`, with the thresholds of its source, and `tuned`, with the thresholds that did best on
//! the tuning nights ([`tuning_nights`](crate::lab::benchmark::tuning_nights)). The grids stand beside the thresholds,
//! `legtrace bench --tune` walks them again; best is the largest sum of the pooled F1 for movements and for PLM. The lower
//! thresholds end up at the foot of their grids: an eighth of the upper one, below which a good sensor's noise (2.6 mg for
//! the norm of three axes) keeps movements open for ever.
//!
//! They live here and not beside our detector because the product never runs them: they are evidence.

mod actiwatch;
mod pam_rl;
mod resteaze;
mod starting;
mod thresholds;

pub use actiwatch::Actiwatch;
pub use pam_rl::PamRl;
pub use resteaze::RestEaze;
pub use starting::Start;
pub use thresholds::{FixedThresholds, MonitorError};

//! Our detector and its rivals on the same simulated nights: who finds what, and how sure that is.
//!
//! The [nights](nights) are frozen data. Each is simulated once, block by block; every detector gets a trace in the bands
//! that it asked for, so memory does not grow with the night, and movements of all are scored by the same rules and held
//! against the same truth, on the one leg that has a sensor, from lights out to lights on.
//!
//! To hold a detector of one's own against the others takes one trait,
//! [`MovementDetector`](crate::analysis::detect::MovementDetector), and an [`Entry`]:
//!
//! ```
//! use legtrace::analysis::detect::{Detection, MovementDetector};
//! use legtrace::analysis::score::rules::wasm2016;
//! use legtrace::lab::benchmark::{BenchNight, Entry, Standing, run_night};
//! use legtrace::lab::evaluate::Bootstrap;
//! use legtrace::lab::rivals::{FixedThresholds, PamRl};
//! use legtrace::lab::simulate::NightSpec;
//! use legtrace::model::body::Leg;
//! use legtrace::model::trace::NightTrace;
//!
//! /// Finds nothing, ever.
//! struct Blind;
//!
//! impl MovementDetector for Blind {
//!     fn name(&self) -> &'static str {
//!         "blind"
//!     }
//!     fn detect(&self, trace: &NightTrace, _leg: Leg) -> Detection {
//!         let (spans, none) = (trace.spans.clone(), Vec::new());
//!         Detection { movements: Vec::new(), spans, floor_mg: none.clone(), on_threshold_mg: none.clone(), off_threshold_mg: none }
//!     }
//! }
//!
//! let entries = [
//!     Entry::new("blind", |_rate| Ok(Box::new(Blind))),
//!     Entry::new("PAM-RL at 50 mg", |_rate| {
//!         let thresholds = FixedThresholds { on_mg: 50.0, off_mg: 25.0, patience_s: 1.0 };
//!         Ok(Box::new(PamRl::plan(thresholds)?))
//!     }),
//! ];
//! let spec = NightSpec { seed: 3, hours: 0.5, plm_per_h: 80.0, ..NightSpec::default() };
//! let night = BenchNight { set: "mine".into(), spec };
//! let results = run_night(&night, &entries, &wasm2016())?;
//! let standing = Standing::of(&entries, &[("mine".into(), vec![results])], &Bootstrap::default());
//! let recall = |at: usize| standing.sets[0].methods[at].evaluation.visible.lm.pooled.recall();
//! assert_eq!(recall(0), Some(0.0));
//! assert!(recall(1) > Some(0.2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod entries;
pub mod nights;
mod run;
mod standing;

pub use entries::{Entry, PlannedDetector, line_up, tuning_grids};
pub use nights::{BenchNight, NightSet, frozen_nights, tuning_nights};
pub use run::{BenchmarkError, NightResults, run_night};
pub use standing::{MethodStanding, SetStanding, Standing};

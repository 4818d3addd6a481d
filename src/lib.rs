//! Leg movements and periodic limb movements (PLM) from accelerometer exports of ordinary wearables.
//!
//! A movement list from anywhere is scored by the published rules:
//!
//! ```
//! use jiff::SignedDuration;
//! use legtrace::analysis::score::{rules, score};
//! use legtrace::model::body::Leg;
//! use legtrace::model::movement::{LegMovement, MovementClass};
//!
//! // Six movements of the left leg, 2 s long, 25 s apart.
//! let movements: Vec<LegMovement> = (0..6)
//!     .map(|n| LegMovement {
//!         leg: Leg::Left,
//!         onset: SignedDuration::from_secs(60 + 25 * n),
//!         end: SignedDuration::from_secs(62 + 25 * n),
//!         class: MovementClass::LegMovement,
//!         features: None,
//!     })
//!     .collect();
//! let scored = score(&movements, &rules::wasm2016(), &[]);
//! assert_eq!((scored.n_plm(), scored.series.len()), (6, 1));
//! ```
//!
//! And an export from its first byte to its movements, here of a simulated minute:
//!
//! ```
//! use legtrace::analysis::detect::{DetectParams, Detector, MovementDetector};
//! use legtrace::analysis::prepare::TraceBuilder;
//! use legtrace::ingest::{self, ReadOptions};
//! use legtrace::lab::dialects::{self, InFolder, write_night};
//! use legtrace::lab::simulate::NightSpec;
//! use legtrace::model::body::Leg;
//! use legtrace::model::recording::RawBlock;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = std::env::temp_dir().join(format!("legtrace-tour-{}", std::process::id()));
//! let dialect = dialects::by_name("bangle_js").ok_or("a known format")?;
//! let spec = NightSpec { hours: 0.05, sensor: dialect.sensor(None), ..NightSpec::default() };
//! let written = write_night(&spec, dialect, &mut InFolder::new(&folder))?;
//!
//! let mut reader = ingest::open(&folder.join(&written.exports[0].path), &ReadOptions::default())?;
//! let rate = reader.info().rate;
//! let mut builder = TraceBuilder::plan(rate)?;
//! let mut block = RawBlock::default();
//! while reader.next_block(&mut block)? {
//!     builder.push(&block)?;
//! }
//! let survey = reader.finish()?;
//! let trace = builder.finish(survey.gravity).scaled(survey.unit.g_per_unit() as f32);
//! let found = Detector::plan(DetectParams::default(), rate)?.detect(&trace, Leg::Left);
//! assert!(found.movements.iter().all(|movement| movement.onset <= movement.end));
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok(())
//! # }
//! ```
//!
//! The rooms, in the order in which data walks through them:
//!
//! * [`signal`] – numbers: filters, envelopes, spectra, robust statistics on slices;
//! * [`model`] – nouns: units, recordings, nights, movements, series, the diary;
//! * [`ingest`] – files in: what an export is, and its samples as a stream;
//! * [`analysis`] – verbs: prepare, detect, score, summarize, associate;
//! * [`lab`] – proof: simulated nights with a known truth, and the comparison of detections with a truth;
//! * [`output`] – files out: tables, charts, the report;
//! * [`pipeline`] – order: one night, many nights, the benchmark;
//! * `cli` – what the user typed.

pub mod analysis;
#[cfg(feature = "cli")]
pub mod cli;
pub mod error;
pub mod ingest;
pub mod lab;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod signal;

//! Leg movements and periodic limb movements (PLM) from accelerometer exports of ordinary wearables.
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

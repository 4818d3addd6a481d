//! One binary for all integration tests: a file a subject.

mod any_bytes;
mod associate;
mod bad_input;
mod benchmark;
mod beside;
#[cfg(feature = "cli")]
mod bombs;
#[cfg(feature = "report")]
mod browser;
#[cfg(feature = "charts")]
mod charts;
#[cfg(feature = "cli")]
mod cli;
mod corpora;
mod detector;
mod dialects;
mod diary;
mod glossary;
mod layers;
mod legs;
mod listed;
mod lists;
mod made;
mod nasty;
mod night_shape;
mod nights;
#[cfg(feature = "report")]
mod outside;
#[cfg(feature = "cli")]
mod people;
mod prepare;
mod profiles;
#[cfg(feature = "cli")]
mod program;
#[cfg(feature = "cli")]
mod proof_cli;
mod raised;
mod real;
#[cfg(feature = "report")]
mod report;
mod sample_data;
mod samples;
mod scoring;
mod simulator;
mod skipped;
mod sleep;
#[cfg(feature = "report")]
mod study;
mod summary;
mod words;

//! One binary for all integration tests: a file a subject.

mod associate;
#[cfg(feature = "charts")]
mod charts;
#[cfg(feature = "cli")]
mod cli;
mod dialects;
mod diary;
mod glossary;
mod layers;
mod lists;
mod nights;
mod prepare;
mod real;
mod sample_data;
mod scoring;
mod simulator;
mod sleep;
mod summary;
mod words;

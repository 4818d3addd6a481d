//! One binary for all integration tests: a file a subject.

mod diary;
#[cfg(feature = "charts")]
mod charts;
mod glossary;
mod layers;
mod prepare;
mod scoring;
mod words;

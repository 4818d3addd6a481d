//! One binary for all integration tests: a file a subject.

mod glossary;
mod layers;
mod prepare;
mod scoring;

//! One binary for all integration tests: a file a subject.

mod diary;
mod glossary;
mod layers;
mod prepare;
mod scoring;

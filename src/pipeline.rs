//! Order: what happens to files, one night, many nights; where threads and the file system are.

#[cfg(all(feature = "tables", feature = "charts"))]
pub mod agreement;
pub mod analyze;
#[cfg(all(feature = "tables", feature = "charts"))]
pub mod associate;
pub mod associations;
pub mod atomic;
pub mod benchmark;
pub mod beside;
pub mod days;
#[cfg(all(feature = "tables", feature = "report"))]
pub mod demo;
pub mod diary;
pub mod diary_choice;
pub mod discover;
pub mod evaluate;
pub mod filled;
#[cfg(all(feature = "tables", feature = "charts"))]
pub mod gather;
pub mod grouping;
pub mod inspect;
pub mod legs;
mod listed;
pub mod manifest;
pub mod night;
mod parallel;
pub mod people;
#[cfg(all(feature = "tables", feature = "report"))]
pub mod plot;
pub mod profiles;
#[cfg(all(feature = "tables", feature = "charts"))]
mod proof_files;
#[cfg(all(feature = "tables", feature = "report"))]
pub mod report;
mod rhythm;
mod rows;
#[cfg(all(feature = "tables", feature = "charts"))]
pub mod run;
pub mod score_list;
mod sensors;
pub mod settings;
mod shelf;
pub mod simulate;
pub mod sleep;
#[cfg(all(feature = "tables", feature = "charts"))]
mod store;
pub mod study;
#[cfg(all(feature = "tables", feature = "charts"))]
pub mod study_folder;
pub mod traced;
#[cfg(all(feature = "tables", feature = "charts"))]
pub mod whose;
pub mod window;
#[cfg(all(feature = "tables", feature = "charts"))]
mod words;

use crate::error::{Error, Kind};
use crate::ingest::ReadError;

/// Pixels of a PNG for each px of the drawing: sharp on a screen that doubles its pixels.
#[cfg(feature = "charts")]
const PNG_SCALE: f64 = 2.0;

/// What a long piece of work tells while it goes on.
pub trait Progress {
    /// A stage of `n` steps begins.
    fn begin(&mut self, what: &str, n: usize);
    /// One of its steps is done.
    fn step(&mut self, what: &str);
    /// A line that is worth reading.
    fn say(&mut self, line: &str);
}

/// A reading error as the pipeline hands it on.
pub fn read_error(error: ReadError) -> Error {
    if let Some(told) = system_error(&error) {
        return told;
    }
    let kind = match error.code() {
        "io" => Kind::Io,
        "bad_option" => Kind::Usage,
        _ => Kind::BadData,
    };
    let message = match error.line() {
        Some(line) => format!("line {line}: {}", error.message()),
        None => error.message().to_owned(),
    };
    Error::new(kind, "read", message).with_code(error.code())
}

/// What the operating system said of a file, in the words that every command has for it.
fn system_error(error: &ReadError) -> Option<Error> {
    let source = std::error::Error::source(error)?;
    let source = source.downcast_ref::<std::io::Error>()?;
    error.is_io().then(|| Error::of_io("read", source))
}

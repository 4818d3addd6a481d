//! Files in: what an export is, why we think so, and its samples as a stream.
//!
//! [`open`] finds out what a file, folder or archive is and hands out its samples block by block; nothing is guessed
//! silently: each decision carries its evidence, and where evidence fails the refusal names the flag that would help.
//!
//! The parts, in the order in which bytes pass them: `container` (gzip, zip, folder), `text` (encodings), `table`
//! (dialect, names, rows), `formats` (a file a device), `time`, `physics` and `unit`, `survey`.

pub mod diary;
pub mod encoding;
pub mod error;
pub mod lists;
pub mod options;
pub mod profile;
pub mod reader;
pub mod sleep;
pub mod table;
pub mod time;
pub mod written;

mod blocks;
mod bundle;
mod container;
mod formats;
mod number;
mod open;
mod physics;
mod reversed;
mod rows;
mod scale;
mod summed;
mod survey;
mod text;
mod unit;
mod verdict;

pub use error::{ReadError, Refusal};
pub use options::ReadOptions;
pub use reader::{RecordingReader, open};

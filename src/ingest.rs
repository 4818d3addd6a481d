//! Files in: what an export is, why we think so, and its samples as a stream.

pub mod diary;
pub mod encoding;
pub mod written;

//! The program, run as a person runs it.

use std::path::Path;
use std::process::{Command, Output};

/// A run with these arguments, to its end.
pub fn legtrace(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_legtrace"))
        .args(args)
        .env_remove("RUST_BACKTRACE")
        .output()
        .expect("the program runs")
}

/// What it wrote.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A path as an argument.
pub fn show(path: &Path) -> &str {
    path.to_str().expect("a name in UTF-8")
}

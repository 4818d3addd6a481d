//! Which room may use which: the map of ARCHITECTURE.md, held against every source file.

mod map;
mod paths;

use std::fs;
use std::path::{Path, PathBuf};

use map::{ROOMS, Room};
use paths::named_in;

fn sources(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("an entry of src").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            into.push(path);
        }
    }
}

/// The room with the longest name that the file lies in.
fn room_of(relative: &str) -> Option<&'static Room> {
    let stem = relative.trim_end_matches(".rs");
    ROOMS
        .iter()
        .filter(|room| stem == room.name || stem.starts_with(&format!("{}/", room.name)))
        .max_by_key(|room| room.name.len())
}

/// Whether a path of modules lies in a room, or in the part of a room, that is written `analysis/score`.
fn lies_in(path: &[String], room: &str) -> bool {
    let mut modules = path.iter();
    room.split('/')
        .all(|name| modules.next().is_some_and(|module| module == name))
}

fn breaches(relative: &str, text: &str) -> Vec<String> {
    let Some(room) = room_of(relative) else {
        return vec![format!(
            "{relative}: no room of this name in tests/it/layers/map.rs"
        )];
    };
    let mut found = Vec::new();
    for (line, path) in named_in(relative, text) {
        let whole = path.join("::");
        if let Some(within) = path.strip_prefix(&["crate".to_owned()]) {
            if !room.may_use.iter().any(|allowed| lies_in(within, allowed)) {
                found.push(format!(
                    "{relative}:{line}: room {} uses {whole}",
                    room.name
                ));
            }
        } else if room.never.iter().any(|word| whole.contains(word)) {
            found.push(format!(
                "{relative}:{line}: room {} names {whole}",
                room.name
            ));
        }
    }
    for (n, line) in paths::code_lines(text) {
        for word in room.never {
            if line.contains(word) {
                found.push(format!("{relative}:{n}: room {} names {word}", room.name));
            }
        }
    }
    found
}

#[test]
fn every_file_keeps_to_its_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 5, "only {} source files found", files.len());
    let mut found = Vec::new();
    for file in files {
        let relative = file
            .strip_prefix(&src)
            .expect("a file under src")
            .to_string_lossy()
            .replace('\\', "/");
        let text = fs::read_to_string(&file).expect("a readable source file");
        found.extend(breaches(&relative, &text));
    }
    assert!(found.is_empty(), "walls broken:\n{}", found.join("\n"));
}

/// Each of these breaks a wall, and is found.
#[test]
fn a_planted_breach_is_found() {
    for (file, code) in [
        ("cellar/new.rs", ""),
        ("signal/filter.rs", "use crate::ingest::open;"),
        ("signal/filter.rs", "use crate::{model, signal};"),
        ("signal/filter.rs", "let t = Instant::now();"),
        ("signal/filter.rs", "use std::{fmt, fs::File};"),
        ("signal/filter.rs", "use super::super::ingest::open;"),
        (
            "signal/filter.rs",
            "fn f() { super::super::model::night(); }",
        ),
        ("signal.rs", "use super::model;"),
        ("signal.rs", "use super::*;"),
        (
            "signal/filter.rs",
            "mod tests {\n    use super::super::super::ingest;\n}",
        ),
        (
            "signal/filter.rs",
            "mod tests {\n}\nuse super::super::{\n    ingest,\n};",
        ),
        ("lab/simulate.rs", "use crate::analysis::score;"),
        ("lab/evaluate/matching.rs", "use crate::analysis::detect;"),
        ("lab/evaluate/matching.rs", "use crate::analysis;"),
        (
            "lab/evaluate/matching.rs",
            "use crate::analysis::{score, summarize::night};",
        ),
        ("lab/rivals/pam_rl.rs", "use crate::analysis::score::score;"),
        ("lab/benchmark/run.rs", "use super::super::super::ingest;"),
        ("output/rows/nights.rs", "use polars::prelude::Column;"),
        ("output/report/page.rs", "plotters::style::RED"),
        ("output/words.rs", "use plotters::style::RED;"),
        ("output/tables.rs", "use plotters::style::RED;"),
        ("output/charts.rs", "use polars::prelude::Column;"),
        ("output/rows.rs", "use crate::analysis::quality::CHANCE;"),
        ("error.rs", "use crate::ingest::ReadError;"),
        ("pipeline/run.rs", "use crate::cli;"),
    ] {
        let found = breaches(file, code);
        assert_eq!(found.len(), 1, "{file}: {code}\n{found:?}");
    }
}

/// None of these does: what the map allows, and what only looks like a breach.
#[test]
fn what_is_allowed_is_no_breach() {
    for (file, code) in [
        ("lab/evaluate/matching.rs", "use crate::analysis::score;"),
        (
            "lab/benchmark/run.rs",
            "use crate::analysis::{detect::Detection, score};",
        ),
        ("lab/rivals/pam_rl.rs", "use super::super::simulate;"),
        ("output/tables/frame.rs", "use polars::prelude::Column;"),
        ("output/charts/trend.rs", "use plotters::style::RED;"),
        ("signal/filter.rs", "// use crate::ingest::open;"),
        ("signal/filter.rs", "use super::window;"),
        (
            "signal.rs",
            "#[cfg(test)]\nmod tests {\n    use super::*;\n}",
        ),
        (
            "signal/filter.rs",
            "mod tests {\n    use super::super::window;\n}",
        ),
    ] {
        let found = breaches(file, code);
        assert!(found.is_empty(), "{file}: {code}\n{found:?}");
    }
}

//! Real exports, which are not ours to pass on: the folder that `LEGTRACE_SAMPLES` names, else `../shared/samples`.
//!
//! Without the folder a test that asks for them says SKIPPED; within it a file that is missing or has another name is a
//! failure, for then a check that somebody leans on would no longer take place.

use std::path::{Path, PathBuf};

use crate::skipped::skip;

/// The folder of the samples; `None`, and said, where there is none. `what` is what cannot be checked without.
///
/// # Panics
/// When `LEGTRACE_SAMPLES` names no folder; under `CI=true` when there is none.
pub fn folder(what: &str) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("LEGTRACE_SAMPLES").map(PathBuf::from) {
        assert!(
            named.is_dir(),
            "LEGTRACE_SAMPLES: {} is no folder",
            named.display()
        );
        return Some(named);
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    if beside.is_dir() {
        return Some(beside);
    }
    skip(what, "the folder of real exports (LEGTRACE_SAMPLES)");
    None
}

/// One of the samples, by its path in their folder; `None`, and said, where the folder is not there.
///
/// # Panics
/// When the folder is there and the file is not.
pub fn file(name: &str) -> Option<PathBuf> {
    folder(name).map(|folder| file_in(&folder, name))
}

fn file_in(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(name);
    assert!(
        file.is_file(),
        "{name} is not among the samples in {}",
        folder.display()
    );
    file
}

/// All files in a folder and the folders below it, in order of their paths.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder that can be listed") {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
#[should_panic(expected = "is not among the samples")]
fn a_sample_that_is_missing_where_the_others_are_is_a_failure() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    file_in(&here, "diy/renamed.csv.gz");
}

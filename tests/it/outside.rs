//! Programs from outside that some tests look with: a browser, poppler's readers of PDF.
//!
//! Where one is not installed the test says SKIPPED and passes, but not under `CI=true` (`skipped`).

use std::path::{Path, PathBuf};
use std::process::Command;

/// The program of the first of these names that is there.
pub fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let mut places = folders.iter().map(|folder| folder.join(name));
        places.find(|place| place.is_file())
    })
}

/// What a program prints.
///
/// # Panics
/// When it cannot be run, or fails.
pub fn output(program: &Path, arguments: &[&std::ffi::OsStr]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let (said, complained) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        output.status.success(),
        "{} {arguments:?}: {}\n{said}\n{complained}",
        program.display(),
        output.status
    );
    said.into_owned()
}

/// A folder of its own for a test, empty.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

/// How many pages a PDF has, by poppler's `pdfinfo`.
pub fn n_pages(pdfinfo: &Path, file: &Path) -> usize {
    let said = output(pdfinfo, &[file.as_os_str()]);
    let line = said.lines().find_map(|line| line.strip_prefix("Pages:"));
    line.and_then(|n| n.trim().parse().ok())
        .unwrap_or_else(|| panic!("{}: {said}", file.display()))
}

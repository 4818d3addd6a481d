//! The files of a folder, a few levels deep.

use std::path::{Path, PathBuf};

use crate::ingest::error::{ReadError, ReadResult, Refusal};

/// Exports nest one or two levels (`meta/`, a folder a sensor); deeper is somebody's home folder.
const DEPTH: usize = 4;
/// More files than any export holds: 30 days of quarter-hour pieces are 2,880.
const FILES: usize = 20_000;

/// Names relative to the folder, in order, with their paths; hidden files and what archivers add are left out.
pub(super) fn files(root: &Path) -> ReadResult<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    walk(root, "", DEPTH, &mut found)?;
    found.sort();
    Ok(found)
}

fn walk(
    dir: &Path,
    prefix: &str,
    depth: usize,
    found: &mut Vec<(String, PathBuf)>,
) -> ReadResult<()> {
    let entries = std::fs::read_dir(dir)
        .map_err(|error| ReadError::io("the folder could not be listed", error))?;
    for entry in entries {
        let entry =
            entry.map_err(|error| ReadError::io("the folder could not be listed", error))?;
        let name = super::printable(&entry.file_name().to_string_lossy());
        if is_ignored(&name) {
            continue;
        }
        // the type of the entry itself: links to folders are not followed, so no circle can form
        let kind = entry
            .file_type()
            .map_err(|error| ReadError::io("the folder could not be listed", error))?;
        let inner = format!("{prefix}{name}");
        if kind.is_dir() {
            if depth > 1 {
                walk(&entry.path(), &format!("{inner}/"), depth - 1, found)?;
            }
        } else if kind.is_file() || kind.is_symlink() && entry.path().is_file() {
            found.push((inner, entry.path()));
        }
        if found.len() > FILES {
            return Err(ReadError::new(
                Refusal::NeedsMember,
                format!(
                    "The folder holds more than {FILES} files. Give the folder of one recording, or the files themselves."
                ),
            ));
        }
    }
    Ok(())
}

/// Whether a name is an archiver's or a system's own: `__MACOSX`, `._x`, `.DS_Store`.
pub(super) fn is_ignored(name: &str) -> bool {
    name.split(['/', '\\'])
        .any(|part| part.starts_with('.') && part != "." && part != ".." || part == "__MACOSX")
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

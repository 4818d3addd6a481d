//! What the named files and folders hold: a list of things to read, in a stable order.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind};

/// Folders inside folders are followed this deep: enough for person/night/leg, and no endless links.
const DEPTH: usize = 8;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The file, or the folder of one recording.
    pub path: PathBuf,
    /// Name in tables and messages, without the folders the user named.
    pub name: String,
    /// The folder that was named and that it lies in; `None` when the user named it by itself.
    pub within: Option<PathBuf>,
}

impl Input {
    /// Whether the user named it, rather than a folder around it.
    pub fn is_named(&self) -> bool {
        self.within.is_none()
    }
}

/// Lists what is to be read: named files as they are, folders by their content in the order of names, without the
/// folder `out` for the results.
pub fn discover(paths: &[PathBuf], out: &Path) -> Result<Vec<Input>, Error> {
    let mut inputs = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            inputs.push(Input {
                path: path.clone(),
                name: "standard input".to_owned(),
                within: None,
            });
            continue;
        }
        let meta = fs::metadata(path).map_err(|source| Error::io("read", path, source))?;
        if !meta.is_dir() || is_recording_folder(path) {
            inputs.push(Input {
                path: path.clone(),
                name: name_of(path),
                within: None,
            });
            continue;
        }
        let before = inputs.len();
        let results = fs::canonicalize(out).ok();
        walk(path, path, DEPTH, results.as_deref(), &mut inputs)?;
        if inputs.len() == before {
            return Err(
                Error::new(Kind::NoInput, "read", "is a folder without any file.")
                    .in_file(path.display().to_string()),
            );
        }
    }
    let mut seen = std::collections::HashSet::new();
    inputs.retain(|input| {
        let canonical = fs::canonicalize(&input.path).unwrap_or_else(|_| input.path.clone());
        seen.insert(canonical)
    });
    Ok(inputs)
}

fn walk(
    root: &Path,
    folder: &Path,
    depth: usize,
    results: Option<&Path>,
    inputs: &mut Vec<Input>,
) -> Result<(), Error> {
    let io = |source| Error::io("read", folder, source);
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(io)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(io)?;
    entries.sort();
    for path in entries {
        // Results of an earlier run in a folder of the exports are no exports.
        let is_results = results.is_some() && fs::canonicalize(&path).ok().as_deref() == results;
        if is_hidden(&path) || is_results {
            continue;
        }
        if path.is_dir() && !is_recording_folder(&path) {
            if depth > 0 {
                walk(root, &path, depth - 1, results, inputs)?;
            }
        } else {
            let name = path.strip_prefix(root).unwrap_or(&path);
            inputs.push(Input {
                name: name.to_string_lossy().replace('\\', "/"),
                path,
                within: Some(root.to_owned()),
            });
        }
    }
    Ok(())
}

/// Files that only the folder of one recording holds: a recording logger's notes beside its sensors.
const MARKS: [&[&str]; 4] = [
    &["Metadata.csv"],
    &["meta/time.csv"],
    &["meta/device.csv"],
    &["ACC.csv", "info.txt"],
];

/// Whether a folder is one recording (Sensor Logger, phyphox, Empatica E4) rather than a place for many.
fn is_recording_folder(folder: &Path) -> bool {
    MARKS
        .iter()
        .any(|mark| mark.iter().all(|name| folder.join(name).is_file()))
}

/// Hidden files, and what macOS leaves in archives.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name == "__MACOSX" || name == "Thumbs.db" || name == "desktop.ini"
}

fn name_of(path: &Path) -> String {
    match path.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => path.display().to_string(),
    }
}

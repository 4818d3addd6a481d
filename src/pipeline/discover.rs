//! What the named files and folders hold: a list of things to read, in a stable order.

use std::fs;
use std::io;
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
/// folder `out` for the results. A folder within them that cannot be listed is an input of its own: reading it fails, and
/// says why in its row.
///
/// # Errors
/// What was named is not there, cannot be listed, or holds nothing.
pub fn discover(paths: &[PathBuf], out: &Path) -> Result<Vec<Input>, Error> {
    discover_by(paths, out, &content)
}

/// What lies in a folder, in the order of names.
fn content(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn discover_by(
    paths: &[PathBuf],
    out: &Path,
    content: &impl Fn(&Path) -> io::Result<Vec<PathBuf>>,
) -> Result<Vec<Input>, Error> {
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
        let walk = Walk {
            root: path,
            results: fs::canonicalize(out).ok(),
            content,
        };
        let entries = content(path).map_err(|source| Error::io("read", path, source))?;
        walk.through(entries, DEPTH, &mut inputs);
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

/// A walk through a folder that was named.
struct Walk<'a, F> {
    root: &'a Path,
    /// Where the results go: those of an earlier run in a folder of the exports are no exports.
    results: Option<PathBuf>,
    content: &'a F,
}

impl<F: Fn(&Path) -> io::Result<Vec<PathBuf>>> Walk<'_, F> {
    fn through(&self, entries: Vec<PathBuf>, depth: usize, inputs: &mut Vec<Input>) {
        for path in entries {
            let is_results = self.results.is_some() && fs::canonicalize(&path).ok() == self.results;
            if is_hidden(&path) || is_results {
                continue;
            }
            if !path.is_dir() || is_recording_folder(&path) {
                inputs.push(self.input(path));
            } else if depth > 0 {
                match (self.content)(&path) {
                    Ok(entries) => self.through(entries, depth - 1, inputs),
                    Err(_) => inputs.push(self.input(path)),
                }
            }
        }
    }

    fn input(&self, path: PathBuf) -> Input {
        let name = path.strip_prefix(self.root).unwrap_or(&path);
        Input {
            name: name.to_string_lossy().replace('\\', "/"),
            path,
            within: Some(self.root.to_owned()),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_listed_stops_nothing_and_is_named() {
        let scratch = tempfile::tempdir().unwrap();
        let root = scratch.path();
        for folder in ["a", "locked", "z"] {
            fs::create_dir(root.join(folder)).unwrap();
            fs::write(root.join(folder).join("night.csv"), "t,x,y,z\n").unwrap();
        }
        // Who runs the tests may be allowed everything, so the refusal is made here.
        let but_one = |locked: &'static str| {
            move |folder: &Path| match folder.ends_with(locked) {
                true => Err(io::Error::from(io::ErrorKind::PermissionDenied)),
                false => content(folder),
            }
        };
        let named = [root.to_owned()];
        let out = root.join("results");
        let found = discover_by(&named, &out, &but_one("locked")).unwrap();
        let names: Vec<&str> = found.iter().map(|input| input.name.as_str()).collect();
        assert_eq!(names, ["a/night.csv", "locked", "z/night.csv"]);
        // The folder that was named itself is told at once.
        let named = [root.join("locked")];
        let error = discover_by(&named, &out, &but_one("locked")).unwrap_err();
        assert_eq!(error.kind(), Kind::Io);
        assert!(error.to_string().contains("locked"), "{error}");
    }
}

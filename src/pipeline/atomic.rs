//! Results appear whole or not at all: each is written under a temporary name, synced, and renamed at the end.

mod result_file;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::error::{Error, Kind};
use result_file::Syncing;

pub use result_file::ResultFile;

/// A file of every set that is being written.
const LOCK: &str = ".lock";
/// Between making that file and locking it.
const BEGINS: Duration = Duration::from_secs(10);

/// What to do about results that are already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Existing {
    /// Refuse, and name the first one.
    #[default]
    Keep,
    /// Replace them.
    Replace,
}

impl Existing {
    /// What `--force` says.
    pub fn from_force(force: bool) -> Self {
        if force { Self::Replace } else { Self::Keep }
    }
}

/// A set of result files for one folder, invisible until [`publish`](Self::publish).
///
/// Dropping it without publishing removes what was written.
#[derive(Debug)]
pub struct ResultSet {
    folder: PathBuf,
    staging: PathBuf,
    /// Held while the set is being written, so that others can tell it from what a killed run left.
    lock: Option<File>,
    existing: Existing,
    names: Vec<String>,
    /// What is told at the beginning to be written.
    expected: Vec<String>,
    /// Files that the results are made from: nothing takes their place.
    sources: Vec<PathBuf>,
    /// Results of an earlier run that go when this set appears.
    superseded: Vec<PathBuf>,
    made_folder: bool,
    published: bool,
    syncing: Syncing,
}

impl ResultSet {
    /// Begins a set in `folder`, which is made when it is not there. `expected` are names that will be written for certain:
    /// one that is there already is an error at once, unless it may be replaced; any other is when it is created.
    pub fn begin(folder: &Path, existing: Existing, expected: &[&str]) -> Result<Self, Error> {
        if folder.exists() && !folder.is_dir() {
            return Err(Error::new(
                Kind::Usage,
                "write",
                "is a file; --out wants the name of a folder.",
            )
            .in_file(folder.display().to_string()));
        }
        if existing == Existing::Keep
            && let Some(name) = expected.iter().find(|name| folder.join(name).exists())
        {
            return Err(already_there(folder, name));
        }
        let made_folder = !folder.exists();
        fs::create_dir_all(folder).map_err(|source| Error::io("write", folder, source))?;
        let staging = folder.join(format!(".legtrace-{}.tmp", std::process::id()));
        if staging.exists() {
            fs::remove_dir_all(&staging).map_err(|source| Error::io("write", &staging, source))?;
        }
        fs::create_dir(&staging).map_err(|source| Error::io("write", folder, source))?;
        let lock = File::create(staging.join(LOCK)).ok();
        if let Some(lock) = &lock {
            let _ = lock.try_lock();
        }
        sweep(folder, &staging);
        Ok(Self {
            folder: folder.to_owned(),
            staging,
            lock,
            existing,
            names: Vec::new(),
            expected: expected.iter().map(|name| (*name).to_owned()).collect(),
            sources: Vec::new(),
            superseded: Vec::new(),
            made_folder,
            published: false,
            syncing: Syncing::begin(),
        })
    }

    /// A folder beside the results for what only passes through; it goes with the set.
    pub fn room(&self) -> &Path {
        &self.staging
    }

    /// The names of the results so far.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Files that the results are made from. A result never takes the place of one, whatever may be replaced.
    ///
    /// # Errors
    ///
    /// One of them has a name that will be written.
    pub fn keep(&mut self, sources: impl IntoIterator<Item = PathBuf>) -> Result<(), Error> {
        self.sources = sources
            .into_iter()
            .filter_map(|path| fs::canonicalize(path).ok())
            .filter(|path| path.is_file())
            .collect();
        self.expected.iter().try_for_each(|name| self.is_free(name))
    }

    /// Whether a result may have this name.
    fn is_free(&self, name: &str) -> Result<(), Error> {
        let path = self.folder.join(name);
        if self.existing == Existing::Keep && path.exists() {
            return Err(already_there(&self.folder, name));
        }
        if self.is_source(&path) {
            let why = "is read by this command, and a result has the same name. Choose another folder with --out.";
            return Err(Error::new(Kind::Usage, "write", why).in_file(path.display().to_string()));
        }
        Ok(())
    }

    fn is_source(&self, path: &Path) -> bool {
        fs::canonicalize(path).is_ok_and(|path| self.sources.contains(&path))
    }

    /// Results of an earlier run, by the names it gave them: those that this set has no more are removed when it appears.
    /// What lies outside the folder is left alone.
    pub fn supersede(&mut self, earlier: impl IntoIterator<Item = String>) {
        let inside = |name: &String| {
            let mut parts = Path::new(name).components();
            parts.all(|part| matches!(part, Component::Normal(_)))
        };
        self.superseded = earlier
            .into_iter()
            .filter(inside)
            .filter(|name| !self.names.contains(name))
            .map(|name| self.folder.join(name))
            .filter(|path| !self.is_source(path))
            .collect();
    }

    /// Opens a result for writing; `name` may hold one folder, as `charts/a.svg`.
    ///
    /// # Errors
    ///
    /// There is one already that may not be replaced, it is what the results are made from, or it cannot be opened.
    pub fn create(&mut self, name: &str) -> Result<ResultFile, Error> {
        self.is_free(name)?;
        let path = self.staging.join(name);
        let open = || -> io::Result<File> {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            File::create(&path)
        };
        let file = open().map_err(|source| Error::io("write", &self.folder.join(name), source))?;
        self.names.push(name.to_owned());
        Ok(self.syncing.file(self.folder.join(name), file))
    }

    /// Writes JSON as a person can read it, too.
    pub fn write_json(&mut self, name: &str, value: &Value) -> Result<(), Error> {
        // The alternate form is indented, and cannot fail.
        self.write(name, format!("{value:#}\n").as_bytes())
    }

    /// Writes a whole result at once.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let mut file = self.create(name)?;
        file.write_all(bytes)
            .map_err(|source| Error::io("write", &self.folder.join(name), source))?;
        file.finish()
    }

    /// Makes the results visible, in the order in which they were begun: the last one seals the set.
    pub fn publish(mut self) -> Result<Vec<PathBuf>, Error> {
        self.syncing.end()?;
        let mut paths = Vec::with_capacity(self.names.len());
        // somebody may have put a file there since
        self.names.iter().try_for_each(|name| self.is_free(name))?;
        for name in &self.names {
            let to = self.folder.join(name);
            let rename = || -> io::Result<()> {
                if let Some(parent) = to.parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::rename(self.staging.join(name), &to)
            };
            rename().map_err(|source| Error::io("write", &to, source))?;
            paths.push(to);
        }
        for path in &self.superseded {
            let _ = fs::remove_file(path);
            // its folder too when it was the last in there
            if let Some(parent) = path.parent().filter(|parent| *parent != self.folder) {
                let _ = fs::remove_dir(parent);
            }
        }
        // A folder's own entry is synced where the system lets a folder be opened; elsewhere the rename stands alone.
        if let Ok(folder) = File::open(&self.folder) {
            let _ = folder.sync_all();
        }
        self.published = true;
        Ok(paths)
    }
}

impl Drop for ResultSet {
    fn drop(&mut self) {
        // an open file cannot be removed everywhere
        let _ = self.syncing.end();
        self.lock = None;
        let _ = fs::remove_dir_all(&self.staging);
        if !self.published && self.made_folder {
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Removes what runs that were killed left in the folder: their locks are free, and not because they just began.
fn sweep(folder: &Path, own: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().map(|name| name.to_string_lossy());
        let is_staging =
            name.is_some_and(|name| name.starts_with(".legtrace-") && name.ends_with(".tmp"));
        if !is_staging || path == own {
            continue;
        }
        let Ok(lock) = File::open(path.join(LOCK)) else {
            continue;
        };
        let is_new = lock
            .metadata()
            .and_then(|meta| meta.modified())
            .is_ok_and(|made| made.elapsed().is_ok_and(|age| age < BEGINS));
        if !is_new && lock.try_lock().is_ok() {
            drop(lock);
            let _ = fs::remove_dir_all(&path);
        }
    }
}

fn already_there(folder: &Path, name: &str) -> Error {
    Error::new(
        Kind::Usage,
        "write",
        format!(
            "already holds {name}. Choose another folder with --out, or add --force to replace the results in this one."
        ),
    )
    .in_file(folder.display().to_string())
}

/// That a file may be written: it is not there, or may be replaced.
pub fn not_there(path: &Path, existing: Existing) -> Result<(), Error> {
    if existing == Existing::Keep && path.exists() {
        return Err(Error::new(
            Kind::Usage,
            "write",
            "is there already. Choose another name, or add --force to replace it.",
        )
        .in_file(path.display().to_string()));
    }
    Ok(())
}

/// Writes one file atomically: `path` either keeps its old content or has the whole new one.
pub fn write_file(path: &Path, existing: Existing, bytes: &[u8]) -> Result<(), Error> {
    not_there(path, existing)?;
    let Some(name) = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
    else {
        return Err(Error::new(Kind::Usage, "write", "is no file name.")
            .in_file(path.display().to_string()));
    };
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut set = ResultSet::begin(folder, Existing::Replace, &[])?;
    set.write(&name, bytes)?;
    set.publish().map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("legtrace-atomic-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn nothing_is_seen_before_it_is_whole() {
        let folder = scratch("whole");
        let mut set = ResultSet::begin(&folder, Existing::Keep, &["a.csv"]).unwrap();
        set.write("a.csv", b"1").unwrap();
        assert!(!folder.join("a.csv").exists());
        set.publish().unwrap();
        assert_eq!(fs::read(folder.join("a.csv")).unwrap(), b"1");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_set_that_is_given_up_leaves_nothing() {
        let folder = scratch("given-up");
        let mut set = ResultSet::begin(&folder, Existing::Keep, &[]).unwrap();
        set.write("charts/a.svg", b"1").unwrap();
        drop(set);
        assert!(!folder.exists());
    }

    #[test]
    fn what_an_earlier_run_wrote_goes_when_the_new_set_appears() {
        let folder = scratch("superseded");
        let mut first = ResultSet::begin(&folder, Existing::Keep, &[]).unwrap();
        for name in ["a.csv", "b.csv", "charts/a.svg"] {
            first.write(name, b"1").unwrap();
        }
        let earlier = first.names().to_vec();
        first.publish().unwrap();
        fs::write(folder.join("notes.txt"), b"the user's own").unwrap();
        let beside = folder.with_extension("beside");
        fs::write(&beside, b"not in the folder").unwrap();
        let outside = format!("../{}", beside.file_name().unwrap().to_string_lossy());
        let mut second = ResultSet::begin(&folder, Existing::Replace, &[]).unwrap();
        second.write("a.csv", b"2").unwrap();
        second.supersede(earlier.into_iter().chain([outside]));
        assert!(folder.join("b.csv").exists());
        second.publish().unwrap();
        let mut left: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["a.csv", "notes.txt"]);
        assert!(beside.exists());
        fs::remove_file(&beside).unwrap();
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_a_killed_run_left_is_swept_and_what_another_writes_is_not() {
        let folder = scratch("swept");
        let (killed, running) = (
            folder.join(".legtrace-1.tmp"),
            folder.join(".legtrace-2.tmp"),
        );
        let long_ago = std::time::SystemTime::now() - 2 * BEGINS;
        let mut locks = Vec::new();
        for staging in [&killed, &running] {
            fs::create_dir_all(staging).unwrap();
            let lock = File::create(staging.join(LOCK)).unwrap();
            lock.set_modified(long_ago).unwrap();
            locks.push(lock);
        }
        locks[1].try_lock().unwrap();
        drop(ResultSet::begin(&folder, Existing::Keep, &[]).unwrap());
        assert!(!killed.exists() && running.exists());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn no_result_takes_the_place_of_what_was_there_or_is_read() {
        let folder = scratch("read");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("stages.csv"), b"the user's own").unwrap();
        let mut set = ResultSet::begin(&folder, Existing::Keep, &["nights.csv"]).unwrap();
        // a name that was not told at the beginning
        let error = set.create("stages.csv").unwrap_err();
        assert!(error.to_string().contains("--force"), "{error}");
        // and one that was free when it was written
        set.write("files.csv", b"1").unwrap();
        fs::write(folder.join("files.csv"), b"the user's own").unwrap();
        set.publish().unwrap_err();
        assert_eq!(
            fs::read(folder.join("files.csv")).unwrap(),
            b"the user's own"
        );
        // not even where results may be replaced
        let mut set = ResultSet::begin(&folder, Existing::Replace, &["files.csv"]).unwrap();
        set.keep([folder.join("stages.csv"), folder.clone()])
            .unwrap();
        let error = set.create("stages.csv").unwrap_err();
        assert!(error.to_string().contains("--out"), "{error}");
        set.write("files.csv", b"2").unwrap();
        set.supersede(["stages.csv".to_owned()]);
        set.publish().unwrap();
        assert_eq!(fs::read(folder.join("files.csv")).unwrap(), b"2");
        assert!(folder.join("stages.csv").exists());
        let mut set = ResultSet::begin(&folder, Existing::Replace, &["files.csv"]).unwrap();
        set.keep([folder.join("files.csv")]).unwrap_err();
        drop(set);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_there_is_kept_unless_asked() {
        let folder = scratch("kept");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("nights.csv"), b"old").unwrap();
        let error = ResultSet::begin(&folder, Existing::Keep, &["nights.csv"]).unwrap_err();
        assert!(error.to_string().contains("--force"), "{error}");
        let error = write_file(&folder.join("nights.csv"), Existing::Keep, b"new").unwrap_err();
        assert!(error.to_string().contains("--force"), "{error}");
        write_file(&folder.join("nights.csv"), Existing::Replace, b"new").unwrap();
        assert_eq!(fs::read(folder.join("nights.csv")).unwrap(), b"new");
        fs::remove_dir_all(&folder).unwrap();
    }
}

//! Where files are put: a folder, or memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Cursor, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::rc::Rc;

/// A place for files with names. Names use `/` between folders.
pub trait Place {
    /// A new, empty file.
    fn create(&mut self, name: &str) -> io::Result<Box<dyn PlacedFile>>;
}

/// A file that is being written.
pub trait PlacedFile: Write + Seek {
    /// It is complete.
    fn complete(self: Box<Self>) -> io::Result<()>;
}

/// Files in a folder of the disk; folders are made as needed, files replaced.
#[derive(Debug, Clone)]
pub struct InFolder {
    folder: PathBuf,
}

impl InFolder {
    /// Files will lie in `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }
}

impl Place for InFolder {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn PlacedFile>> {
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        Ok(Box::new(BufWriter::with_capacity(
            1 << 16,
            File::create(path)?,
        )))
    }
}

impl PlacedFile for BufWriter<File> {
    fn complete(mut self: Box<Self>) -> io::Result<()> {
        self.flush()
    }
}

/// Files in memory: for tests.
#[derive(Debug, Clone, Default)]
pub struct InMemory {
    files: Rc<RefCell<BTreeMap<String, Vec<u8>>>>,
}

impl InMemory {
    /// All complete files by name.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.files.borrow().clone()
    }

    /// The text of a file; `None` when there is none or it is no UTF-8.
    pub fn text(&self, name: &str) -> Option<String> {
        String::from_utf8(self.files.borrow().get(name)?.clone()).ok()
    }
}

impl Place for InMemory {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn PlacedFile>> {
        Ok(Box::new(MemoryFile {
            name: name.to_owned(),
            bytes: Cursor::default(),
            files: Rc::clone(&self.files),
        }))
    }
}

struct MemoryFile {
    name: String,
    bytes: Cursor<Vec<u8>>,
    files: Rc<RefCell<BTreeMap<String, Vec<u8>>>>,
}

impl Write for MemoryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for MemoryFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

impl PlacedFile for MemoryFile {
    fn complete(self: Box<Self>) -> io::Result<()> {
        self.files
            .borrow_mut()
            .insert(self.name, self.bytes.into_inner());
        Ok(())
    }
}

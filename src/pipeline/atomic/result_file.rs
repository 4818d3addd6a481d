//! A result while it is written, and the thread that syncs those that are whole.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SendError, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::error::Error;

/// A thread that syncs what is written while the next result is made: a disk takes some milliseconds for each.
#[derive(Debug)]
pub(super) struct Syncing {
    written: Sender<Written>,
    thread: Option<JoinHandle<Result<(), Error>>>,
}

/// What the thread is told.
enum Written {
    /// A file that is whole, and the name that it will have.
    File(PathBuf, File),
    /// All of them were told.
    All,
}

impl Syncing {
    pub(super) fn begin() -> Self {
        let (written, files) = channel();
        Self {
            written,
            // without a thread nobody listens, and each file is synced where it is finished
            thread: thread::Builder::new().spawn(|| sync_all(files)).ok(),
        }
    }

    /// A result under the name that it will have, written to a file that has another until then.
    pub(super) fn file(&self, name: PathBuf, file: File) -> ResultFile {
        ResultFile {
            name,
            inner: BufWriter::with_capacity(1 << 16, file),
            written: self.written.clone(),
        }
    }

    /// Waits until everything is on the disk.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        let _ = self.written.send(Written::All);
        match self.thread.take().map(JoinHandle::join) {
            None => Ok(()),
            Some(Ok(synced)) => synced,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
        }
    }
}

fn sync(name: &Path, file: &File) -> Result<(), Error> {
    file.sync_all()
        .map_err(|source| Error::io("write", name, source))
}

fn sync_all(files: Receiver<Written>) -> Result<(), Error> {
    let mut failed = Ok(());
    while let Ok(Written::File(name, file)) = files.recv() {
        failed = failed.and(sync(&name, &file));
    }
    failed
}

/// A result being written.
#[derive(Debug)]
pub struct ResultFile {
    name: PathBuf,
    inner: BufWriter<File>,
    written: Sender<Written>,
}

impl ResultFile {
    /// Flushes, and has it synced; without it the content is not known to be whole. What syncing meets is told by
    /// [`ResultSet::publish`](super::ResultSet::publish).
    pub fn finish(self) -> Result<(), Error> {
        let name = self.name;
        let file = self
            .inner
            .into_inner()
            .map_err(|error| Error::io("write", &name, error.into_error()))?;
        match self.written.send(Written::File(name, file)) {
            Err(SendError(Written::File(name, file))) => sync(&name, &file),
            _ => Ok(()),
        }
    }
}

impl Write for ResultFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Seek for ResultFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

//! Zip archives: their members by name, each streamed from its own place in the file.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::{Stream, folder, gzip, magic, printable};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::text::to_text;

/// More members than any export holds.
const MEMBERS: usize = 20_000;

/// A member's place in the archive.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub name: String,
    archive: PathBuf,
    data_at: u64,
    packed: u64,
    method: CompressionMethod,
    crc: u32,
    encrypted: bool,
}

/// Whether the file begins as an archive with at least one member.
pub(super) fn is_zip(path: &Path) -> ReadResult<bool> {
    let mut file =
        File::open(path).map_err(|error| ReadError::io("it could not be opened", error))?;
    let mut magic = [0; 4];
    match file.read_exact(&mut magic) {
        Ok(()) => Ok(magic == *b"PK\x03\x04" || magic == *b"PK\x05\x06"),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(ReadError::io("it could not be read", error)),
    }
}

/// The members that may hold data, in order of name; office documents and device files are refused by name.
pub(super) fn entries(path: &Path) -> ReadResult<Vec<Entry>> {
    let mut file =
        File::open(path).map_err(|error| ReadError::io("it could not be opened", error))?;
    // before the directory is read: each entry costs ten times its own length in memory
    if let Some(n) = promised_members(&mut file).filter(|n| *n > MEMBERS as u64) {
        return Err(too_many(n));
    }
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    if archive.len() > MEMBERS {
        return Err(too_many(archive.len() as u64));
    }
    let names: Vec<String> = archive.file_names_raw().map(to_text).collect();
    if let Some(foreign) = magic::foreign_zip(&names) {
        return Err(ReadError::new(
            Refusal::Binary,
            format!("This is {}. {}", foreign.name, foreign.advice),
        ));
    }
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index).map_err(damaged)?;
        let name = to_text(member.name_raw());
        if member.is_dir() || folder::is_ignored(&name) {
            continue;
        }
        let Some(data_at) = member.data_start() else {
            return Err(ReadError::new(
                Refusal::Damaged,
                format!(
                    "The archive's member {:?} has no data. Copy or export it again.",
                    printable(&name)
                ),
            ));
        };
        entries.push(Entry {
            name: printable(&name),
            archive: path.to_owned(),
            data_at,
            packed: member.compressed_size(),
            method: member.compression(),
            crc: member.crc32(),
            encrypted: member.encrypted(),
        });
    }
    refuse_shared_bytes(&mut entries)?;
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// Members that lie on each other are a bomb: a few megabytes promise terabytes.
fn refuse_shared_bytes(entries: &mut [Entry]) -> ReadResult<()> {
    entries.sort_by_key(|entry| entry.data_at);
    let shared = entries
        .windows(2)
        .find(|pair| pair[0].data_at.saturating_add(pair[0].packed) > pair[1].data_at);
    match shared {
        Some(pair) => Err(ReadError::new(
            Refusal::Damaged,
            format!(
                "The archive's members {:?} and {:?} share the same bytes, which no export does. Pack it again.",
                pair[0].name, pair[1].name
            ),
        )),
        None => Ok(()),
    }
}

fn too_many(n: u64) -> ReadError {
    ReadError::new(
        Refusal::NeedsMember,
        format!(
            "The archive holds {n} members; an export holds at most some hundred. Unpack it and give the folder of one recording."
        ),
    )
}

/// How many members the end of the archive promises (APPNOTE.TXT, sections 4.3.14 to 4.3.16); `None` where it cannot be
/// found, which the reading proper will say better.
fn promised_members(file: &mut File) -> Option<u64> {
    const END: usize = 22;
    const LOCATOR: usize = 20;
    let length = file.metadata().ok()?.len();
    let from = length.saturating_sub((END + LOCATOR + usize::from(u16::MAX)) as u64);
    file.seek(SeekFrom::Start(from)).ok()?;
    let mut tail = Vec::new();
    file.take(length - from).read_to_end(&mut tail).ok()?;
    let end = memchr::memmem::rfind(&tail, b"PK\x05\x06")?;
    let of_16 = tail.get(end + 10..end + 12)?;
    let n = u16::from_le_bytes(of_16.try_into().ok()?);
    if n < u16::MAX {
        file.rewind().ok()?;
        return Some(u64::from(n));
    }
    let locator = tail.get(end.checked_sub(LOCATOR)?..end)?;
    let found = match locator.strip_prefix(b"PK\x06\x07") {
        Some(rest) => {
            let at = u64::from_le_bytes(rest.get(4..12)?.try_into().ok()?);
            file.seek(SeekFrom::Start(at.checked_add(32)?)).ok()?;
            let mut of_64 = [0; 8];
            file.read_exact(&mut of_64).ok()?;
            u64::from_le_bytes(of_64)
        }
        None => u64::from(n),
    };
    file.rewind().ok()?;
    Some(found)
}

impl Entry {
    /// The member's bytes, unpacked and held against its checksum at the end.
    pub(super) fn open(&self) -> ReadResult<Stream> {
        if self.encrypted {
            return Err(ReadError::new(Refusal::Damaged, "The member is encrypted. Unpack the archive with its password and give the folder.").in_file(&self.name));
        }
        let mut file = File::open(&self.archive)
            .map_err(|error| ReadError::io("it could not be opened", error))?;
        file.seek(SeekFrom::Start(self.data_at))
            .map_err(|error| ReadError::io("it could not be read", error))?;
        let packed = BufReader::with_capacity(64 * 1024, file.take(self.packed));
        let inner: Stream = match self.method {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(packed)),
            other => {
                return Err(ReadError::new(Refusal::Damaged, format!("The member is packed by {other}, which is not read. Unpack the archive and give the folder.")).in_file(&self.name));
            }
        };
        Ok(Box::new(Checked {
            inner,
            crc: Crc::new(),
            expected: self.crc,
            packed: self.packed,
            out: 0,
        }))
    }
}

/// Holds the bytes against checksum and sense.
struct Checked {
    inner: Stream,
    crc: Crc,
    expected: u32,
    packed: u64,
    out: u64,
}

impl Read for Checked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        let n = self.inner.read(into)?;
        self.crc.update(&into[..n]);
        self.out += n as u64;
        gzip::check_growth(self.packed, self.out)?;
        if n == 0 && self.crc.sum() != self.expected {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the member does not match its checksum",
            ));
        }
        Ok(n)
    }
}

fn damaged(error: zip::result::ZipError) -> ReadError {
    match error {
        zip::result::ZipError::Io(error)
            if error.kind() != io::ErrorKind::UnexpectedEof && error.raw_os_error().is_some() =>
        {
            ReadError::io("the archive could not be read", error)
        }
        other => ReadError::new(
            Refusal::Damaged,
            format!(
                "The archive is damaged or was cut off in transfer ({other}). Copy or export it again."
            ),
        ),
    }
}

//! Where an export lies: one file, a folder, or a zip archive; its members are read as streams, one after another.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::error::SleepErrorKind;

/// How much of a member is looked at to tell what it is.
pub const HEAD_BYTES: usize = 16 << 10;
/// More members than any export has.
const MOST_MEMBERS: usize = 100_000;
/// Folders inside folders, as takeouts have them.
const DEEPEST: usize = 6;
/// Endings of members that can hold sleep.
const ENDINGS: [&str; 8] = ["csv", "json", "xml", "txt", "db", "tsv", "annot", "eannot"];

/// A file of the export.
#[derive(Debug, Clone)]
pub struct Member {
    /// For messages: file name, or `archive/member`.
    pub shown: String,
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    File(PathBuf),
    InZip(usize),
}

/// An export on disk.
pub struct Input {
    /// Files that can hold sleep, in order of name.
    pub members: Vec<Member>,
    archive: Option<ZipArchive<BufReader<File>>>,
}

impl Input {
    /// Finds the members of a file, folder or archive.
    pub fn open(path: &Path) -> Result<Self, SleepErrorKind> {
        let name = file_name(path);
        if fs::metadata(path)?.is_dir() {
            let mut files = Vec::new();
            list(path, 0, &mut files)?;
            files.sort();
            let members = files
                .into_iter()
                .map(|file| Member {
                    shown: format!("{name}/{}", file_name(&file)),
                    place: Place::File(file),
                })
                .collect();
            return Ok(Self {
                members,
                archive: None,
            });
        }
        let mut magic = [0; 4];
        let read = File::open(path)?.read(&mut magic)?;
        if &magic[..read] != b"PK\x03\x04" {
            return Ok(Self {
                members: vec![Member {
                    shown: name,
                    place: Place::File(path.to_owned()),
                }],
                archive: None,
            });
        }
        let mut archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(broken_zip)?;
        if archive.len() > MOST_MEMBERS {
            return Err(SleepErrorKind::TooLarge {
                what: "more than 100,000 members in the archive",
            });
        }
        let mut members = Vec::new();
        for index in 0..archive.len() {
            let member = archive.by_index_raw(index).map_err(broken_zip)?;
            let inside = member.name().map_err(broken_zip)?.replace('\\', "/");
            if !member.is_dir() && can_hold_sleep(&inside) {
                members.push((inside, index));
            }
        }
        members.sort();
        Ok(Self {
            members: members
                .into_iter()
                .map(|(inside, index)| Member {
                    shown: format!("{name}/{inside}"),
                    place: Place::InZip(index),
                })
                .collect(),
            archive: Some(archive),
        })
    }

    /// Reads a member as a stream, inflated.
    pub fn read<T>(
        &mut self,
        member: &Member,
        then: impl FnOnce(&mut dyn BufRead) -> Result<T, SleepErrorKind>,
    ) -> Result<T, SleepErrorKind> {
        match (&member.place, &mut self.archive) {
            (Place::InZip(index), Some(archive)) => {
                let file = archive.by_index(*index).map_err(broken_zip)?;
                then(&mut BufReader::with_capacity(64 << 10, file))
            }
            (Place::InZip(_), None) => Err(SleepErrorKind::Io(io::ErrorKind::NotFound.into())),
            (Place::File(path), _) => {
                let mut file = BufReader::with_capacity(64 << 10, File::open(path)?);
                if file.fill_buf()?.starts_with(b"\x1F\x8B") {
                    then(&mut BufReader::new(MultiGzDecoder::new(file)))
                } else {
                    then(&mut file)
                }
            }
        }
    }

    /// The first bytes of a member.
    pub fn head(&mut self, member: &Member) -> Result<Vec<u8>, SleepErrorKind> {
        self.read(member, |reader| {
            let mut head = Vec::new();
            reader.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
            Ok(head)
        })
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn can_hold_sleep(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
    !name.contains("__MACOSX/") && !last.starts_with("._") && ENDINGS.contains(&ending)
}

fn list(folder: &Path, depth: usize, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // A link could lead round in a circle.
        let kind = entry.file_type()?;
        if kind.is_dir() && depth < DEEPEST {
            list(&path, depth + 1, into)?;
        } else if kind.is_file()
            && can_hold_sleep(&path.to_string_lossy())
            && into.len() < MOST_MEMBERS
        {
            into.push(path);
        }
    }
    Ok(())
}

fn broken_zip(error: zip::result::ZipError) -> SleepErrorKind {
    match error {
        zip::result::ZipError::Io(error) => SleepErrorKind::Io(error),
        other => SleepErrorKind::Io(io::Error::new(io::ErrorKind::InvalidData, other)),
    }
}

//! What holds the text: a plain file, gzip, a zip archive, a folder, standard input. Known by content, not by name.
//!
//! Nothing is unpacked to disk and no member's name is ever used as a path.

pub(super) mod folder;
pub(super) mod gzip;
pub(super) mod head;
pub(super) mod magic;
pub(super) mod zip;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::{ReadError, ReadResult, Refusal};
use super::options::ReadOptions;

/// A stream of bytes that may move to another thread.
pub(super) type Stream = Box<dyn Read + Send>;

/// What the user named: one file, or several that may be one recording.
#[derive(Debug)]
pub(super) struct Bundle {
    /// File or folder name without folders.
    pub label: String,
    pub kind: BundleKind,
    /// In order of name.
    pub members: Vec<Member>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BundleKind {
    File,
    Folder,
    Archive,
}

/// One stream of text in a bundle.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Its name inside the bundle; the file's own name outside of one.
    pub name: String,
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    File(PathBuf),
    Zip(zip::Entry),
    Stdin,
}

impl Bundle {
    /// Looks at what `path` is; `-` is standard input.
    pub(super) fn at(path: &Path, options: &ReadOptions) -> ReadResult<Self> {
        if path == Path::new("-") {
            let member = Member {
                name: "standard input".to_owned(),
                place: Place::Stdin,
            };
            return Ok(Self {
                label: member.name.clone(),
                kind: BundleKind::File,
                members: vec![member],
            });
        }
        let label = label_of(path);
        Self::look(path, &label, options).map_err(|error| error.in_file(&label))
    }

    fn look(path: &Path, label: &str, options: &ReadOptions) -> ReadResult<Self> {
        let meta = std::fs::metadata(path)
            .map_err(|error| ReadError::io("it could not be opened", error))?;
        if meta.is_dir() {
            let mut members: Vec<Member> = Vec::new();
            for (name, path) in folder::files(path)? {
                members.push(Member {
                    name,
                    place: Place::File(path),
                });
            }
            retain_wanted(&mut members, options)?;
            return Ok(Self {
                label: label.to_owned(),
                kind: BundleKind::Folder,
                members,
            });
        }
        if meta.is_file() && zip::is_zip(path)? {
            let entries = zip::entries(path)?;
            let mut members: Vec<Member> = entries
                .into_iter()
                .map(|entry| Member {
                    name: entry.name.clone(),
                    place: Place::Zip(entry),
                })
                .collect();
            retain_wanted(&mut members, options)?;
            return Ok(Self {
                label: label.to_owned(),
                kind: BundleKind::Archive,
                members,
            });
        }
        let member = Member {
            name: label.to_owned(),
            place: Place::File(path.to_owned()),
        };
        Ok(Self {
            label: label.to_owned(),
            kind: BundleKind::File,
            members: vec![member],
        })
    }
}

impl Member {
    /// Its bytes from the beginning, unpacked.
    pub(super) fn open(&self) -> ReadResult<Stream> {
        let stream: Stream = match &self.place {
            Place::File(path) => Box::new(
                File::open(path).map_err(|error| ReadError::io("it could not be opened", error))?,
            ),
            Place::Zip(entry) => entry.open()?,
            Place::Stdin => Box::new(io::stdin()),
        };
        gzip::unpacked(stream)
    }

    /// Whether it can be read a second time.
    pub(super) fn is_repeatable(&self) -> bool {
        match &self.place {
            Place::File(path) => path.is_file(),
            Place::Zip(_) => true,
            Place::Stdin => false,
        }
    }

    /// The last part of its name, without a packing suffix.
    pub(super) fn base_name(&self) -> &str {
        let base = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        base.strip_suffix(".gz").unwrap_or(base)
    }

    /// The folder it lies in, inside the bundle; empty at the top.
    pub(super) fn folder(&self) -> &str {
        self.name
            .rfind(['/', '\\'])
            .map_or("", |at| &self.name[..at])
    }
}

/// File name without folders, fit to be shown.
pub(super) fn label_of(path: &Path) -> String {
    let name = path.canonicalize().ok().and_then(|whole| {
        whole
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
    });
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .or(name);
    printable(&name.unwrap_or_else(|| path.to_string_lossy().into_owned()))
}

/// A name without control characters, as terminals and JSON want it.
pub(super) fn printable(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c.is_control() || turns_text(c) {
                '_'
            } else {
                c
            }
        })
        .take(255)
        .collect()
}

/// Marks that turn the direction of text, by which a name can show what it is not.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn retain_wanted(members: &mut Vec<Member>, options: &ReadOptions) -> ReadResult<()> {
    let Some(wanted) = &options.member else {
        return Ok(());
    };
    let exact = members.iter().any(|member| member.name == *wanted);
    let lower = wanted.to_lowercase();
    members.retain(|member| {
        if exact {
            member.name == *wanted
        } else {
            member.name.to_lowercase().contains(&lower)
        }
    });
    if members.is_empty() {
        return Err(ReadError::new(
            Refusal::BadOption,
            format!("No member has {wanted:?} in its name."),
        ));
    }
    Ok(())
}

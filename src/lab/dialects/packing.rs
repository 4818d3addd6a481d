//! How an export is packed: plain files, gzip, a zip archive, a folder.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Members;
use super::place::{Place, PlacedFile};

/// How the members of an export lie on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As files, side by side.
    Files,
    /// Each as `<member>.gz`.
    Gzip,
    /// In one archive; the name is the first member's folder.
    Zip,
}

/// Runs `write` with members packed so; returns what it returns and the names of the files made.
pub(super) fn pack(
    packing: Packing,
    place: &mut dyn Place,
    write: impl FnOnce(&mut dyn Members) -> io::Result<u64>,
) -> io::Result<(u64, Vec<String>)> {
    match packing {
        Packing::Files | Packing::Gzip => {
            let mut members = Separate {
                place,
                gzip: packing == Packing::Gzip,
                open: None,
                names: Vec::new(),
            };
            let rows = write_buffered(&mut members, write)?;
            members.close()?;
            Ok((rows, members.names))
        }
        Packing::Zip => {
            let mut members = Archive {
                place,
                open: None,
                name: String::new(),
            };
            let rows = write_buffered(&mut members, write)?;
            if let Some(archive) = members.open.take() {
                archive.finish().map_err(io::Error::other)?.complete()?;
            }
            Ok((rows, vec![members.name]))
        }
    }
}

fn write_buffered(
    members: &mut dyn Members,
    write: impl FnOnce(&mut dyn Members) -> io::Result<u64>,
) -> io::Result<u64> {
    let mut buffered = Buffered {
        members,
        buffer: Vec::with_capacity(BUFFER),
    };
    let rows = write(&mut buffered)?;
    buffered.flush()?;
    Ok(rows)
}

/// Rows are formatted cell by cell; what compresses or writes should see them by the many.
const BUFFER: usize = 1 << 16;

struct Buffered<'a> {
    members: &'a mut dyn Members,
    buffer: Vec<u8>,
}

impl Members for Buffered<'_> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.flush()?;
        self.members.begin(name)
    }
}

impl Write for Buffered<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.buffer.len() + bytes.len() > BUFFER {
            self.flush()?;
        }
        self.buffer.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.members.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

enum Open {
    Plain(Box<dyn PlacedFile>),
    Gzip(Box<GzEncoder<Box<dyn PlacedFile>>>),
}

struct Separate<'a> {
    place: &'a mut dyn Place,
    gzip: bool,
    open: Option<Open>,
    names: Vec<String>,
}

impl Separate<'_> {
    fn close(&mut self) -> io::Result<()> {
        match self.open.take() {
            Some(Open::Plain(file)) => file.complete(),
            Some(Open::Gzip(file)) => file.finish()?.complete(),
            None => Ok(()),
        }
    }
}

impl Members for Separate<'_> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.close()?;
        let name = if self.gzip {
            format!("{name}.gz")
        } else {
            name.to_owned()
        };
        let file = self.place.create(&name)?;
        self.names.push(name);
        self.open = Some(if self.gzip {
            Open::Gzip(Box::new(GzEncoder::new(file, Compression::best())))
        } else {
            Open::Plain(file)
        });
        Ok(())
    }
}

impl Write for Separate<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.open {
            Some(Open::Plain(file)) => file.write(bytes),
            Some(Open::Gzip(file)) => file.write(bytes),
            None => Err(io::Error::other("no member was begun")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Archive<'a> {
    place: &'a mut dyn Place,
    open: Option<ZipWriter<Box<dyn PlacedFile>>>,
    name: String,
}

impl Members for Archive<'_> {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        let (folder, member) = name.split_once('/').unwrap_or(("export", name));
        if self.open.is_none() {
            self.name = format!("{folder}.zip");
            self.open = Some(ZipWriter::new(self.place.create(&self.name)?));
        }
        // Without a date of its own a member is of 1980: the same bytes whenever it is made.
        let options = SimpleFileOptions::default();
        match &mut self.open {
            Some(archive) => archive
                .start_file(member, options)
                .map_err(io::Error::other),
            None => Ok(()),
        }
    }
}

impl Write for Archive<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.open {
            Some(archive) => archive.write(bytes),
            None => Err(io::Error::other("no member was begun")),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

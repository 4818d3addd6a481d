//! Where a list comes from: a file or standard input, packed with gzip or not, in UTF-16 or in what passes as it is.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use super::error::{ListError, Trouble};
use crate::ingest::container::gzip;
use crate::ingest::text::{Encoding, Utf16, encoding_of};

/// So many bytes tell how a text is packed and encoded.
const LOOKED_AT: u64 = 512;

/// A stream of bytes of a list, unpacked.
pub(super) type Stream = Box<dyn Read + Send>;

/// A list, and its name for messages.
pub(super) fn open(path: &Path) -> Result<(Stream, String), ListError> {
    let is_standard_input = path == Path::new("-");
    let name = match is_standard_input {
        true => "standard input".to_owned(),
        false => name_of(path),
    };
    let opened = || -> io::Result<Stream> {
        let stream: Stream = match is_standard_input {
            true => Box::new(io::stdin()),
            false => Box::new(File::open(path)?),
        };
        plain(stream)
    };
    match opened() {
        Ok(stream) => Ok((stream, name)),
        Err(error) => Err(ListError {
            file: name,
            line: None,
            column: None,
            trouble: Trouble::Io(error),
        }),
    }
}

/// The name of a file without its folders, for messages.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// The text of a stream, unpacked, and UTF-16 as UTF-8.
fn plain(mut stream: Stream) -> io::Result<Stream> {
    let mut head = looked_at(&mut stream)?;
    if head.starts_with(&[0x1F, 0x8B]) {
        stream =
            gzip::unpacked(Box::new(Cursor::new(head).chain(stream))).map_err(io::Error::other)?;
        head = looked_at(&mut stream)?;
    }
    Ok(match encoding_of(&head) {
        Encoding::Utf16 { little, mark } => {
            let mut behind = Cursor::new(head);
            behind.set_position(mark as u64);
            Box::new(Utf16::read(behind.chain(stream), little))
        }
        Encoding::Bytes { .. } | Encoding::Utf32 => Box::new(Cursor::new(head).chain(stream)),
    })
}

fn looked_at(stream: &mut Stream) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    stream.take(LOOKED_AT).read_to_end(&mut head)?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn a_list_reads_alike_packed_and_in_the_encodings_of_spreadsheets() {
        let list = "leg,start_s,end_s\nL,10,12\n".repeat(50);
        let utf16: Vec<u8> = std::iter::once(0xFEFF)
            .chain(list.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let packed = |bytes: &[u8]| {
            let mut packer = GzEncoder::new(Vec::new(), Compression::default());
            packer.write_all(bytes).unwrap();
            packer.finish().unwrap()
        };
        let all = [
            list.as_bytes().to_vec(),
            packed(list.as_bytes()),
            packed(&utf16),
            utf16,
        ];
        for bytes in all {
            let mut text = String::new();
            plain(Box::new(Cursor::new(bytes)))
                .unwrap()
                .read_to_string(&mut text)
                .unwrap();
            assert_eq!(text, list);
        }
    }
}

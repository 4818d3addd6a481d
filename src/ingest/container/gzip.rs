//! Gzip, known by its two magic bytes, unpacked as it streams.

use std::io::{self, BufReader, Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::Stream;
use crate::ingest::error::{ReadError, ReadResult};

/// Bytes out per byte in beyond which an archive is no export: CSV packs 3 to 12 fold, frozen rows up to 200 fold.
const LARGEST_RATIO: u64 = 400;
/// Below so many bytes out a high ratio does no harm.
const RATIO_FROM: u64 = 256 << 20;

/// The stream itself, or what it unpacks to. One level: gzip in gzip is nobody's export.
pub(in crate::ingest) fn unpacked(mut stream: Stream) -> ReadResult<Stream> {
    let mut first = [0; 2];
    let mut n = 0;
    while n < first.len() {
        match stream.read(&mut first[n..]) {
            Ok(0) => break,
            Ok(more) => n += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(ReadError::io("it could not be read", error)),
        }
    }
    let whole = Cursor::new(first).take(n as u64).chain(stream);
    if first[..n] == [0x1F, 0x8B] {
        let packed = Counted {
            inner: BufReader::with_capacity(64 * 1024, whole),
            n: 0,
        };
        return Ok(Box::new(Bounded {
            inner: MultiGzDecoder::new(packed),
            out: 0,
        }));
    }
    Ok(Box::new(whole))
}

/// Counts what goes in.
struct Counted<R> {
    inner: R,
    n: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.n += n as u64;
        Ok(n)
    }
}

/// Stops at absurd growth.
struct Bounded<R> {
    inner: MultiGzDecoder<Counted<R>>,
    out: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.out += n as u64;
        check_growth(self.inner.get_ref().n, self.out)?;
        Ok(n)
    }
}

/// An error once `out` bytes from `packed` bytes are more than any export.
pub(super) fn check_growth(packed: u64, out: u64) -> io::Result<()> {
    if out > RATIO_FROM && out / LARGEST_RATIO > packed {
        return Err(io::Error::other(format!(
            "{packed} packed bytes grow to more than {out}, which no export does"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn growth_that_no_export_has_is_an_error() {
        // a night of frozen rows, 200 fold; the same for a week
        assert!(check_growth(1 << 20, 200 << 20).is_ok());
        assert!(check_growth(10 << 20, 2_000 << 20).is_ok());
        // a small file may pack as well as it likes
        assert!(check_growth(1_000, 200 << 20).is_ok());
        // one row for ever: a thousand fold
        assert!(check_growth(500 << 10, 500 << 20).is_err());
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&vec![0; 1 << 20]).unwrap();
        let bomb = packer.finish().unwrap().repeat(1_024);
        let mut stream = unpacked(Box::new(io::Cursor::new(bomb))).unwrap();
        let read = io::copy(&mut stream, &mut io::sink());
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::Other);
    }
}

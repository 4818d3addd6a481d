//! Nights of a long recording wait for its end on disk, so that memory holds one night however many there are.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind};
use crate::model::trace::{MotionCell, NightTrace, RawWindow};

const BUFFER: usize = 1 << 16;

/// A place for traces: a file without a name, which the system takes away with the program, however that ends.
#[derive(Debug)]
pub(super) struct Shelf {
    folder: PathBuf,
    file: Option<File>,
    end: u64,
}

/// A trace on a shelf: all but its series, and where those lie.
#[derive(Debug)]
pub(super) struct Shelved {
    hollow: NightTrace,
    at: u64,
    n_envelope: usize,
    n_gravity: usize,
    n_motion: usize,
    n_windows: usize,
}

impl Shelf {
    /// A shelf in `folder`, where nothing is made before it is needed.
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            file: None,
            end: 0,
        }
    }

    /// Puts a trace away.
    pub(super) fn put(&mut self, mut trace: NightTrace) -> Result<Shelved, Error> {
        let failed = |source| Error::io("write", &self.folder, source);
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                let made = tempfile::tempfile_in(&self.folder).map_err(failed)?;
                self.file.insert(made)
            }
        };
        let at = self.end;
        let write = || -> io::Result<u64> {
            file.seek(SeekFrom::Start(at))?;
            let mut out = BufWriter::with_capacity(BUFFER, file);
            put_rows(&mut out, trace.envelope.iter().map(|&value| [value]))?;
            put_rows(&mut out, trace.gravity.iter().copied())?;
            put_rows(&mut out, trace.motion.iter().map(cell_as_row))?;
            put_rows(&mut out, trace.windows.iter().map(window_as_row))?;
            out.flush()?;
            out.stream_position()
        };
        self.end = write().map_err(failed)?;
        let shelved = Shelved {
            at,
            n_envelope: trace.envelope.len(),
            n_gravity: trace.gravity.len(),
            n_motion: trace.motion.len(),
            n_windows: trace.windows.len(),
            hollow: {
                trace.envelope = Vec::new();
                trace.gravity = Vec::new();
                trace.motion = Vec::new();
                trace.windows = Vec::new();
                trace
            },
        };
        Ok(shelved)
    }

    /// The trace as it was put.
    pub(super) fn take(&self, shelved: Shelved) -> Result<NightTrace, Error> {
        let Some(file) = &self.file else {
            let why = "a night was put away and is not there any more.";
            return Err(Error::new(Kind::BadData, "read", why));
        };
        let read = || -> io::Result<NightTrace> {
            let mut file = file;
            file.seek(SeekFrom::Start(shelved.at))?;
            let mut from = BufReader::with_capacity(BUFFER, file);
            let mut trace = shelved.hollow;
            trace.envelope = take_rows(&mut from, shelved.n_envelope, |[value]| value)?;
            trace.gravity = take_rows(&mut from, shelved.n_gravity, |row| row)?;
            trace.motion = take_rows(&mut from, shelved.n_motion, row_as_cell)?;
            trace.windows = take_rows(&mut from, shelved.n_windows, row_as_window)?;
            Ok(trace)
        };
        read().map_err(|source| Error::io("read", &self.folder, source))
    }
}

fn cell_as_row(cell: &MotionCell) -> [f32; 7] {
    let [xx, yy, zz, xy, xz, yz] = cell.moments;
    [xx, yy, zz, xy, xz, yz, cell.fast]
}

fn row_as_cell([xx, yy, zz, xy, xz, yz, fast]: [f32; 7]) -> MotionCell {
    MotionCell {
        moments: [xx, yy, zz, xy, xz, yz],
        fast,
    }
}

fn window_as_row(window: &RawWindow) -> [f32; 7] {
    let ([a, b, c], [d, e, f]) = (window.mean, window.deviation);
    [f32::from_bits(window.n), a, b, c, d, e, f]
}

fn row_as_window([n, a, b, c, d, e, f]: [f32; 7]) -> RawWindow {
    RawWindow {
        n: n.to_bits(),
        mean: [a, b, c],
        deviation: [d, e, f],
    }
}

fn put_rows<const N: usize>(
    out: &mut impl Write,
    rows: impl Iterator<Item = [f32; N]>,
) -> io::Result<()> {
    for row in rows {
        for value in row {
            out.write_all(&value.to_bits().to_le_bytes())?;
        }
    }
    Ok(())
}

fn take_rows<const N: usize, T>(
    from: &mut impl Read,
    n: usize,
    made: impl Fn([f32; N]) -> T,
) -> io::Result<Vec<T>> {
    let mut all = Vec::with_capacity(n);
    for _ in 0..n {
        let mut row = [0.0; N];
        for value in &mut row {
            let mut bytes = [0; 4];
            from.read_exact(&mut bytes)?;
            *value = f32::from_bits(u32::from_le_bytes(bytes));
        }
        all.push(made(row));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::{GravityState, SampleRate};

    fn trace(seed: u32) -> NightTrace {
        // every bit pattern comes back, those of NaN among them
        let value = |n: u32| f32::from_bits(n.wrapping_mul(2_654_435_761).wrapping_add(seed));
        NightTrace {
            start_ns: i64::from(seed),
            rate: SampleRate::from_hz(40.0).unwrap(),
            envelope: (0..100_003).map(value).collect(),
            gravity_rate: SampleRate::from_hz(5.0).unwrap(),
            gravity: (0..999)
                .map(|n| [value(n), f32::NAN, value(n + 7)])
                .collect(),
            motion: vec![MotionCell::EMPTY; 1_001],
            spans: Vec::new(),
            gravity_state: GravityState::Included,
            source_rate: SampleRate::from_hz(100.0).unwrap(),
            resolution: 0.004,
            windows: (0..50)
                .map(|n| RawWindow {
                    n: n * 40_000_000,
                    mean: [value(n), 1.0, 2.0],
                    deviation: [3.0, 4.0, value(n + 3)],
                })
                .collect(),
        }
    }

    /// All bits of a trace: NaN is not itself.
    fn bits(trace: &NightTrace) -> String {
        let of = |values: &mut dyn Iterator<Item = f32>| {
            values
                .map(|value| format!("{:x} ", value.to_bits()))
                .collect::<String>()
        };
        [
            format!("{} {:?}", trace.start_ns, trace.rate),
            of(&mut trace.envelope.iter().copied()),
            of(&mut trace.gravity.iter().flatten().copied()),
            of(&mut trace.motion.iter().flat_map(cell_as_row)),
            of(&mut trace.windows.iter().flat_map(window_as_row)),
        ]
        .join("\n")
    }

    #[test]
    fn traces_come_back_as_they_were_in_any_order() {
        let mut shelf = Shelf::in_folder(&std::env::temp_dir());
        let kept: Vec<Shelved> = [1, 2, 3].map(|seed| shelf.put(trace(seed)).unwrap()).into();
        for (shelved, seed) in kept.into_iter().zip([1, 2, 3]).rev() {
            assert_eq!(bits(&shelf.take(shelved).unwrap()), bits(&trace(seed)));
        }
    }

    #[test]
    fn a_folder_that_cannot_take_it_is_an_error_that_names_it() {
        let mut shelf = Shelf::in_folder(Path::new("Cargo.toml"));
        let error = shelf.put(trace(1)).unwrap_err();
        assert!(error.to_string().contains("Cargo.toml"), "{error}");
    }
}

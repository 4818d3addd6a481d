//! Exports made by hand for the tests: a folder of one's own, rows around one g, and what reading them gave.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use legtrace::ingest::{ReadError, ReadOptions, open};
use legtrace::model::clock::RecordingClock;
use legtrace::model::recording::{RawBlock, SourceInfo, Survey};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A folder that goes when the test ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("legtrace-made-{}-{n}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// A name within it.
    pub fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file; folders in its name are made.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder for the file");
        fs::write(&path, content).expect("a file for the test");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What reading to the end gave.
pub struct Outcome {
    pub info: SourceInfo,
    pub survey: Survey,
    pub samples: RawBlock,
    pub largest_block: usize,
}

impl Outcome {
    /// The first sample's time: with offset where the zone is known, else local.
    pub fn start(&self) -> Option<String> {
        let clock = RecordingClock::new(
            self.samples.stamp_ns[0],
            self.info.stamps,
            self.info.zone.clone(),
        );
        clock.rfc3339(jiff::SignedDuration::ZERO)
    }

    pub fn rate(&self) -> f64 {
        self.survey.rate.hz()
    }

    /// Seconds from sample to sample.
    pub fn steps(&self) -> Vec<f64> {
        self.samples
            .stamp_ns
            .windows(2)
            .map(|w| (w[1] - w[0]) as f64 * 1e-9)
            .collect()
    }

    pub fn duration(&self) -> f64 {
        self.survey.duration().as_secs_f64()
    }
}

pub fn read_with(path: &Path, options: &ReadOptions) -> Result<Outcome, ReadError> {
    let mut reader = open(path, options)?;
    let (mut block, mut samples, mut largest_block) = (RawBlock::default(), RawBlock::default(), 0);
    while reader.next_block(&mut block)? {
        largest_block = largest_block.max(block.len());
        for i in 0..block.len() {
            samples.push(block.stamp_ns[i], [block.x[i], block.y[i], block.z[i]]);
        }
    }
    let info = reader.info().clone();
    Ok(Outcome {
        info,
        survey: reader.finish()?,
        samples,
        largest_block,
    })
}

pub fn read(path: &Path) -> Result<Outcome, ReadError> {
    read_with(path, &ReadOptions::default())
}

/// Reads a file of this name and content.
pub fn read_made(name: &str, content: impl AsRef<[u8]>) -> Result<Outcome, ReadError> {
    let folder = Folder::new();
    read(&folder.file(name, content))
}

pub fn read_made_with(
    name: &str,
    content: impl AsRef<[u8]>,
    options: &ReadOptions,
) -> Result<Outcome, ReadError> {
    let folder = Folder::new();
    read_with(&folder.file(name, content), options)
}

/// The refusal of a file of this name and content.
pub fn refusal(name: &str, content: impl AsRef<[u8]>) -> ReadError {
    match read_made(name, content) {
        Ok(outcome) => panic!(
            "{name} was read as {} instead of refused",
            outcome.info.format
        ),
        Err(error) => error,
    }
}

/// A limb at rest with the noise of a sensor, in g: one g long, never twice the same.
pub fn g(n: usize) -> [f64; 3] {
    let noise = |k: usize| {
        let mixed = ((n * 3 + k) as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        (mixed % 2_001) as f64 / 1_000.0 - 1.0
    };
    [
        0.6 + 0.004 * noise(0),
        -0.8 + 0.004 * noise(1),
        0.02 + 0.004 * noise(2),
    ]
}

/// Lines made by a function of the row's number.
pub fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(|n| line(n) + "\n").collect()
}

/// `x,y,z` of a row in g with four decimals.
pub fn xyz(n: usize) -> String {
    let [x, y, z] = g(n);
    format!("{x:.4},{y:.4},{z:.4}")
}

/// The same times a factor.
pub fn xyz_times(n: usize, factor: f64) -> String {
    let [x, y, z] = g(n).map(|v| v * factor);
    format!("{x:.4},{y:.4},{z:.4}")
}

/// A local clock `ms` milliseconds after a local time.
pub fn clock(start: &str, ms: i64) -> String {
    let start: jiff::civil::DateTime = start.parse().expect("a local time");
    let at = start
        .checked_add(jiff::SignedDuration::from_millis(ms))
        .expect("in range");
    at.strftime("%Y-%m-%d %H:%M:%S.%3f").to_string()
}

/// A zip archive of these files.
pub fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

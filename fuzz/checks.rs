//! What must hold for any bytes: reading ends in a result that keeps its promises, or in an error that says something.
//!
//! The fuzzer calls these functions with what it makes up; `tests/it/corpora.rs` calls them with what it has kept.
//!
//! An input of [`recording`] is a list of files: each a line with its name and then its bytes, parted by the byte 0x1E.
//! [`profile`] has the text of a profile before the first such byte. The others take their bytes as one file, with its
//! name in the first line.
#![allow(
    dead_code,
    reason = "every fuzz target is a program of its own and calls one of these"
)]

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use legtrace::analysis::detect::{DetectParams, Detector, MovementDetector};
use legtrace::ingest::diary::{self, DiaryOptions};
use legtrace::ingest::profile::Profile;
use legtrace::ingest::sleep::{self, MaskOptions, SleepOptions};
use legtrace::ingest::{ReadError, ReadOptions, lists, open};
use legtrace::model::body::Leg;
use legtrace::model::clock::RecordingClock;
use legtrace::model::recording::{RawBlock, StampKind};
use legtrace::pipeline::traced;

/// Between the files of one input.
const NEXT_FILE: u8 = 0x1e;
/// So many files at the most: a folder with more is the same thing again, only slower.
const MOST_FILES: usize = 6;
/// So many samples are followed into the analysis.
const MOST_SAMPLES: u64 = 20_000;

/// Every reader: sniffed from the names and bytes, read to the end, and the analysis of what came out.
pub fn recording(data: &[u8]) {
    with_files(data, |path| read(path, &ReadOptions::default()));
}

/// The same under a profile, which is the way every flag can be given.
pub fn profile(data: &[u8]) {
    let (text, files) = data.split_at(
        data.iter()
            .position(|&b| b == NEXT_FILE)
            .unwrap_or(data.len()),
    );
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    match Profile::parse(text, "fuzz.toml") {
        Err(error) => says_something(&error.to_string()),
        Ok(profile) => {
            let options = ReadOptions {
                profiles: vec![profile],
                ..ReadOptions::default()
            };
            with_files(files.get(1..).unwrap_or_default(), |path| {
                read(path, &options)
            });
        }
    }
}

/// Sleep exports, and their mask over a recording of one night.
pub fn sleep(data: &[u8]) {
    let (name, bytes) = name_and_bytes(data);
    let export = match sleep::read(&name, bytes, &SleepOptions::default()) {
        Ok(export) => export,
        Err(error) => return says_something(&error.to_string()),
    };
    let start_ns = 1_715_719_200_000_000_000;
    for kind in [StampKind::LocalCivil, StampKind::Utc] {
        let clock = RecordingClock::new(start_ns, kind, None);
        if let Err(error) = export.mask(
            &clock,
            SignedDuration::from_hours(8),
            &MaskOptions::default(),
        ) {
            says_something(&error.to_string());
        }
    }
}

/// Diaries, and what there is to say of them.
pub fn diary(data: &[u8]) {
    match diary::read(data, &DiaryOptions::default()) {
        Err(error) => says_something(&error.to_string()),
        Ok(reading) => {
            for remark in diary::check(&reading, &[]) {
                says_something(&remark.message);
            }
        }
    }
}

/// Lists of movements, gaps, stages, nights and people.
pub fn lists(data: &[u8]) {
    if let Err(error) = lists::read_movements(data, "list.csv") {
        says_something(&error.to_string());
    }
    if let Err(error) = lists::read_gaps(data, "gaps.csv") {
        says_something(&error.to_string());
    }
    if let Err(error) = lists::read_stages(data, "stages.csv") {
        says_something(&error.to_string());
    }
    if let Err(error) = lists::read_nights(data, "nights.csv") {
        says_something(&error.to_string());
    }
    if let Err(error) = lists::read_people(data, "people.csv") {
        says_something(&error.to_string());
    }
    match lists::read_figures(data, "figures.csv", "plm_per_h") {
        Ok(figures) => assert!(figures.iter().filter_map(|f| f.value).all(f64::is_finite)),
        Err(error) => says_something(&error.to_string()),
    }
}

fn read(path: &Path, options: &ReadOptions) {
    match samples(path, options) {
        Ok(()) => {}
        Err(error) => {
            says_something(&error.to_string());
            assert!(!error.code().is_empty());
        }
    }
}

fn samples(path: &Path, options: &ReadOptions) -> Result<(), ReadError> {
    let mut reader = open(path, options)?;
    let mut block = RawBlock::default();
    let (mut count, mut last) = (0u64, None);
    while reader.next_block(&mut block)? {
        assert!(!block.is_empty(), "an empty block that is not the end");
        count += block.len() as u64;
        for i in 0..block.len() {
            let stamp = block.stamp_ns[i];
            assert!(
                last.is_none_or(|before| before <= stamp),
                "stamps go backward"
            );
            last = Some(stamp);
            let v = [block.x[i], block.y[i], block.z[i]];
            assert!(
                v.iter().all(|v| v.is_finite()),
                "a sample that is no number"
            );
        }
    }
    let survey = reader.finish()?;
    assert!(count > 0, "a recording without samples");
    assert!(survey.rate.hz().is_finite() && survey.rate.hz() > 0.0);
    assert!(!survey.duration().is_negative());
    if count <= MOST_SAMPLES {
        nights(path, options);
    }
    Ok(())
}

/// The same once more, cut into nights, and the movements in them.
fn nights(path: &Path, options: &ReadOptions) {
    let mut traced = match traced::read(&[(path, "fuzz")], options, &std::env::temp_dir()) {
        Ok(traced) => traced,
        Err(error) => return says_something(&error.to_string()),
    };
    for night in 0..traced.n_nights() {
        let (trace, _) = traced.take_night(night).expect("a night, once");
        let Ok(detector) = Detector::plan(DetectParams::default(), trace.source_rate) else {
            continue;
        };
        for movement in detector.detect(&trace, Leg::Left).movements {
            assert!(
                movement.end >= movement.onset,
                "a movement that ends before it begins"
            );
        }
    }
}

fn says_something(message: &str) {
    assert!(!message.trim().is_empty(), "an error without a word");
}

/// The files of an input in a folder of their own; one file is opened as itself, several as their folder.
fn with_files(data: &[u8], check: impl Fn(&Path)) {
    thread_local! {
        static FOLDER: OnceCell<Folder> = const { OnceCell::new() };
    }
    FOLDER.with(|cell| {
        let folder = cell.get_or_init(Folder::new);
        let files: Vec<(String, &[u8])> = data
            .split(|&b| b == NEXT_FILE)
            .take(MOST_FILES)
            .map(name_and_bytes)
            .collect();
        for (name, bytes) in &files {
            let path = folder.0.join(name);
            let _ = path.parent().map(fs::create_dir_all);
            let _ = fs::write(path, bytes);
        }
        match files.as_slice() {
            [(name, _)] => check(&folder.0.join(name)),
            _ => check(&folder.0),
        }
        folder.empty();
    });
}

/// The first line as a name that stays inside the folder, the rest as bytes.
fn name_and_bytes(data: &[u8]) -> (String, &[u8]) {
    let end = data.iter().position(|&b| b == b'\n').unwrap_or(data.len());
    let name: String = String::from_utf8_lossy(&data[..end])
        .chars()
        .filter(|c| c.is_alphanumeric() || " ._-/()+".contains(*c))
        .take(100)
        .collect();
    let parts: Vec<&str> = name
        .split('/')
        .filter(|part| !part.trim_matches('.').is_empty())
        .collect();
    let name = if parts.is_empty() {
        "export.csv".to_owned()
    } else {
        parts.join("/")
    };
    (name, data.get(end + 1..).unwrap_or_default())
}

/// A folder in memory where there is one: the fuzzer writes thousands of files a second.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        };
        let thread = format!("{:?}", std::thread::current().id());
        let digits: String = thread.chars().filter(char::is_ascii_digit).collect();
        let path = base.join(format!("legtrace-fuzz-{}-{digits}", std::process::id()));
        let _ = fs::create_dir_all(&path);
        Self(path)
    }

    fn empty(&self) {
        let _ = fs::remove_dir_all(&self.0);
        let _ = fs::create_dir_all(&self.0);
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

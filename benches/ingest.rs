//! How fast an export is read, against the plain way: a CSV reader and the standard library's float parser.
//!
//! `cargo bench --bench ingest`. Prints MB/s of both and their ratio, from the same file in the same run.

mod timing;

use std::fs;
use std::hint::black_box;
use std::path::Path;

use legtrace::ingest::{self, ReadOptions};
use legtrace::lab::dialects::{self, InFolder, write_night};
use legtrace::lab::simulate::NightSpec;
use legtrace::model::recording::RawBlock;

fn main() {
    let folder = std::env::temp_dir().join(format!("legtrace-bench-ingest-{}", std::process::id()));
    for name in ["axivity_unix", "generic_table", "actigraph_raw"] {
        let Some(dialect) =
            dialects::by_name(name).or_else(|| dialects::all().find(|d| d.name.starts_with(name)))
        else {
            continue;
        };
        let spec = NightSpec {
            hours: 2.0,
            sensor: dialect.sensor(Some(50.0)),
            ..NightSpec::default()
        };
        let written =
            write_night(&spec, dialect, &mut InFolder::new(&folder)).expect("a night on the disk");
        let path = folder.join(&written.exports[0].path);
        let bytes = fs::metadata(&path).expect("the export").len() as f64;
        let ours = timing::median_s(7, || ours(&path));
        let plain = timing::median_s(7, || plain(&path));
        println!(
            "{:<28} {:>6.1} MB   legtrace {:>6.0} MB/s   plain csv {:>6.0} MB/s   ratio {:.2}",
            dialect.name,
            bytes / 1e6,
            bytes / 1e6 / ours,
            bytes / 1e6 / plain,
            plain / ours
        );
        let _ = fs::remove_dir_all(&folder);
    }
}

/// Sniffed, decoded, stamped, surveyed: everything that `inspect` does.
fn ours(path: &Path) {
    let mut reader = ingest::open(path, &ReadOptions::default()).expect("a readable export");
    let mut block = RawBlock::default();
    while reader.next_block(&mut block).expect("readable to the end") {
        black_box(&block);
    }
    black_box(reader.finish().expect("a settled unit"));
}

/// Told where the columns are, and nothing but parsed: the axes as floats, the time as text.
fn plain(path: &Path) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(path)
        .expect("a file");
    let mut record = csv::StringRecord::new();
    let mut sum = 0.0_f64;
    while reader.read_record(&mut record).expect("CSV") {
        for cell in record.iter() {
            sum += cell.trim().parse::<f64>().unwrap_or(0.0);
        }
    }
    black_box(sum);
}

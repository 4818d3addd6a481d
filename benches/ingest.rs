//! How fast exports are read, against what people would take instead: the csv crate's own loop and, with the feature
//! `tables`, polars. And, with `tables` and `charts`, a whole analysis against polars parsing the same file.
//!
//! `cargo bench --bench ingest`. Prints MB/s of each and ratios of seconds, from the same file in the same run.

mod timing;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use legtrace::ingest::{self, ReadOptions};
use legtrace::lab::dialects::{self, InFolder, write_night};
use legtrace::lab::simulate::NightSpec;
use legtrace::model::recording::RawBlock;

/// Formats by the work that they are: clocks in words, epochs, no time, decimal commas, many columns; and the lines
/// above their table, and the delimiter.
const FORMATS: [(&str, usize, u8); 8] = [
    ("axivity_formatted", 0, b','),
    ("axivity_unix", 0, b','),
    ("actigraph_raw", 10, b','),
    ("generic_table", 0, b','),
    ("garmin", 0, b';'),
    ("polar", 0, b';'),
    ("mbientlab", 0, b','),
    ("phyphox", 0, b','),
];

fn main() {
    let folder = std::env::temp_dir().join(format!("legtrace-bench-ingest-{}", std::process::id()));
    println!(
        "{:<30} {:>8} {:>14} {:>14} {:>14}",
        "format, 2 h", "MB", "legtrace MB/s", "csv MB/s", "polars MB/s"
    );
    for (name, above, delimiter) in FORMATS {
        let Some((dialect, path)) = export(&folder, name, 2.0, None) else {
            println!("{name:<30} no plain file of this name");
            continue;
        };
        let mb = fs::metadata(&path).map_or(0, |meta| meta.len()) as f64 / 1e6;
        let ours = timing::median_s(5, || ours(&path));
        let plain = timing::median_s(5, || plain(&path, delimiter));
        let polars = polars_s(&path, above, delimiter, 5);
        println!(
            "{dialect:<30} {mb:>8.1} {:>14.0} {:>14.0} {:>14}",
            mb / ours,
            mb / plain,
            polars.map_or("-".to_owned(), |seconds| format!("{:.0}", mb / seconds))
        );
        let _ = fs::remove_dir_all(&folder);
    }
    a_night_from_file_to_tables(&folder);
    let _ = fs::remove_dir_all(&folder);
}

/// Writes a simulated night and gives its dialect's name and its export, where that is one plain file.
fn export(
    folder: &Path,
    name: &str,
    hours: f64,
    hz: Option<f64>,
) -> Option<(&'static str, PathBuf)> {
    let dialect =
        dialects::by_name(name).or_else(|| dialects::all().find(|d| d.name.starts_with(name)))?;
    let spec = NightSpec {
        hours,
        sensor: dialect.sensor(hz),
        ..NightSpec::default()
    };
    let written = write_night(&spec, dialect, &mut InFolder::new(folder)).ok()?;
    let path = folder.join(&written.exports.first()?.path);
    path.is_file().then_some((dialect.name, path))
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

/// Told nothing but the delimiter, and every cell tried as a float.
fn plain(path: &Path, delimiter: u8) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_path(path)
        .expect("a file");
    let mut record = csv::ByteRecord::new();
    let mut sum = 0.0_f64;
    while reader.read_byte_record(&mut record).expect("CSV") {
        for cell in record.iter() {
            let text = std::str::from_utf8(cell).unwrap_or("");
            sum += text.trim().parse::<f64>().unwrap_or(0.0);
        }
    }
    black_box(sum);
}

/// Seconds of polars' own reader on all cores, told how many lines to skip; nothing where it gives up.
#[cfg(feature = "tables")]
fn polars_s(path: &Path, above: usize, delimiter: u8, runs: usize) -> Option<f64> {
    use polars::prelude::{CsvReadOptions, SerReader};

    let read = || {
        CsvReadOptions::default()
            .with_has_header(false)
            .with_skip_rows(above)
            .with_ignore_errors(true)
            .map_parse_options(|options| options.with_separator(delimiter))
            .try_into_reader_with_file_path(Some(path.to_owned()))
            .and_then(|reader| reader.finish())
    };
    read().ok()?;
    Some(timing::median_s(runs, || {
        black_box(read().expect("read before"));
    }))
}

#[cfg(not(feature = "tables"))]
fn polars_s(_: &Path, _: usize, _: u8, _: usize) -> Option<f64> {
    None
}

/// Eight hours at 100 Hz as `analyze --no-charts` takes them: hashed, read, detected, scored, written.
#[cfg(all(feature = "tables", feature = "charts"))]
fn a_night_from_file_to_tables(folder: &Path) {
    use legtrace::pipeline::Progress;
    use legtrace::pipeline::analyze::Request;
    use legtrace::pipeline::atomic::Existing;
    use legtrace::pipeline::run::run;

    struct Silent;
    impl Progress for Silent {
        fn begin(&mut self, _: &str, _: usize) {}
        fn step(&mut self, _: &str) {}
        fn say(&mut self, _: &str) {}
    }

    let Some((dialect, path)) = export(folder, "axivity_formatted", 8.0, Some(100.0)) else {
        return;
    };
    let mb = fs::metadata(&path).map_or(0, |meta| meta.len()) as f64 / 1e6;
    let request = |charts: bool| Request {
        inputs: vec![path.clone()],
        out: folder.join("results"),
        existing: Existing::Replace,
        charts,
        ..Request::default()
    };
    let seconds = |charts| {
        timing::median_s(5, || {
            black_box(run(&request(charts), &mut Silent).expect("a night"));
        })
    };
    let (tables, charts) = (seconds(false), seconds(true));
    println!("\n8 h at 100 Hz ({dialect}, {mb:.0} MB), median of five");
    println!("analyze --no-charts      {tables:.3} s");
    println!("charts besides           {:.3} s", charts - tables);
    if let Some(polars) = polars_s(&path, 0, b',', 5) {
        println!("polars, parsing alone    {polars:.3} s");
        println!("ratio                    {:.2}", tables / polars);
    }
}

#[cfg(not(all(feature = "tables", feature = "charts")))]
fn a_night_from_file_to_tables(_: &Path) {}

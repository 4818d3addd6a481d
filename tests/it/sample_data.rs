//! `sample_data/index.toml` against the files beside it: each is made again from its command and compared.
//!
//! `LEGTRACE_WRITE_SAMPLES=1 cargo test --test it sample_data` writes the files and the index anew, from the registry of
//! dialects; without it nothing is written. Archives are compared by their members: packers may differ, contents may not.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use legtrace::lab::dialects::{self, Dialect, Expect, InMemory, Written, write_night};
use legtrace::lab::simulate::NightSpec;
use legtrace::model::body::Leg;
use serde::Deserialize;

#[derive(Deserialize)]
struct Index {
    sample: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    made_by: String,
    files: Vec<String>,
    expect: Wanted,
}

#[derive(Deserialize, PartialEq, Debug, Default)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    format: Option<String>,
    unit: Option<String>,
    counts_per_g: Option<f64>,
    gravity: Option<String>,
    rate_hz: Option<f64>,
    start: Option<String>,
    samples: Option<u64>,
    refused: Option<String>,
    flags: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data")
}

/// Files by name.
type Files = BTreeMap<String, Vec<u8>>;

/// What follows `legtrace simulate`, as the program reads it.
struct Command {
    spec: NightSpec,
    dialect: &'static Dialect,
    out: String,
}

impl Command {
    fn parse(text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(words[..2], ["legtrace", "simulate"], "{text}");
        let flag = |name: &str| {
            let at = words.iter().position(|word| *word == name);
            at.and_then(|at| words.get(at + 1)).copied()
        };
        let needed = |name: &str| flag(name).unwrap_or_else(|| panic!("{name} is missing: {text}"));
        let number = |name: &str| -> f64 { needed(name).parse().expect("a number") };
        let dialect = dialects::by_name(needed("--format")).expect("a known format");
        let legs = match flag("--leg").unwrap_or("left") {
            "left" => vec![Leg::Left],
            "right" => vec![Leg::Right],
            "both" => vec![Leg::Left, Leg::Right],
            other => panic!("no leg {other}"),
        };
        let spec = NightSpec {
            seed: needed("--seed").parse().expect("a seed"),
            hours: number("--hours"),
            plm_per_h: number("--plm-per-h"),
            legs,
            sensor: dialect.sensor(Some(number("--rate"))),
            ..NightSpec::default()
        };
        let out = needed("--out")
            .trim_start_matches("sample_data/")
            .to_owned();
        Self { spec, dialect, out }
    }

    fn run(&self) -> (Written, Files) {
        let mut files = InMemory::default();
        let written = write_night(&self.spec, self.dialect, &mut files).expect("a night");
        (written, files.files())
    }

    /// The same, but of a gzip export its plain twin: packing 26 MB without optimization takes longer than all the rest.
    fn run_unpacked(&self) -> (Written, Files) {
        let plain = self.dialect.name.strip_suffix("_gz");
        let Some(dialect) = plain.and_then(dialects::by_name) else {
            return self.run();
        };
        let (mut written, files) = Self {
            spec: self.spec.clone(),
            dialect,
            out: self.out.clone(),
        }
        .run();
        let mut packed: Files = files;
        for export in &mut written.exports {
            export.path += ".gz";
            for name in &mut export.files {
                if let Some(bytes) = packed.remove(name) {
                    packed.insert(format!("{name}.gz"), bytes);
                }
                *name += ".gz";
            }
        }
        (written, packed)
    }
}

/// A command that was run, and what it wrote.
struct Run {
    made_by: String,
    command: Command,
    written: Written,
    files: Files,
}

impl Run {
    fn of(made_by: &str) -> Self {
        let command = Command::parse(made_by);
        let (written, files) = command.run_unpacked();
        Self {
            made_by: made_by.to_owned(),
            command,
            written,
            files,
        }
    }
}

/// Contents by member name: of an archive its members, of a packed file its text, of any other file itself.
fn unpacked(name: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    if name.ends_with(".gz") && bytes.starts_with(b"\x1f\x8b") {
        let mut text = Vec::new();
        let mut packed = flate2::read::GzDecoder::new(bytes);
        packed.read_to_end(&mut text).expect("a whole gzip file");
        return vec![(name.to_owned(), text)];
    }
    if name.ends_with(".zip") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        return (0..archive.len())
            .map(|n| {
                let mut member = archive.by_index(n).expect("a member");
                let mut text = Vec::new();
                member.read_to_end(&mut text).expect("a whole member");
                (member.name().expect("a name").into_owned(), text)
            })
            .collect();
    }
    vec![(name.to_owned(), bytes.to_vec())]
}

fn wanted(command: &Command, written: &Written, leg: usize) -> Wanted {
    match command.dialect.expect {
        Expect::Read {
            format,
            unit,
            counts_per_g,
            gravity,
            ..
        } => Wanted {
            format: Some(format.to_owned()),
            unit: Some(unit.to_owned()),
            counts_per_g,
            gravity: Some(if gravity { "included" } else { "removed" }.to_owned()),
            rate_hz: Some(command.spec.sensor.rate_hz),
            start: written.exports[leg].start.clone(),
            samples: Some(written.exports[leg].rows),
            ..Wanted::default()
        },
        Expect::Needs { code, flags } => Wanted {
            refused: Some(code.to_owned()),
            flags: Some(flags.replace("{rate}", &command.spec.sensor.rate_hz.to_string())),
            ..Wanted::default()
        },
        Expect::Refused { code } => Wanted {
            refused: Some(code.to_owned()),
            ..Wanted::default()
        },
    }
}

/// The commands behind the samples: two recordings to look at, and a small file a dialect.
fn commands() -> Vec<String> {
    let mut commands = vec![
        "legtrace simulate --seed 113 --hours 7 --rate 25 --plm-per-h 25 --format axivity_unix_gz --out sample_data/night".to_owned(),
        "legtrace simulate --seed 202 --hours 1.5 --rate 12.5 --plm-per-h 60 --format axivity_unix_gz --leg both --out sample_data/pair"
            .to_owned(),
    ];
    for (n, dialect) in dialects::all().enumerate() {
        // Small: 18 s at 12.5 Hz, or slower where the device is slow; 32 Hz where the format knows no other.
        let rate = match dialect.name {
            name if name.starts_with("empatica_e4") => 32.0,
            _ => dialect.rate_hz.min(12.5),
        };
        commands.push(format!(
            "legtrace simulate --seed {} --hours 0.005 --rate {rate} --plm-per-h 150 --format {name} --out sample_data/dialects/{name}",
            300 + n,
            name = dialect.name
        ));
    }
    commands
}

fn write_anew() {
    let mut index = String::from(
        "# What each sample is, how it was made, and what reading it should find. Written by\n\
         # `LEGTRACE_WRITE_SAMPLES=1 cargo test --no-default-features --test it sample_data`; a test makes every file again and\n\
         # compares. `made_by` writes truth.csv and stages.csv too; beside the small files they are left out.\n",
    );
    let root = folder();
    for text in commands() {
        let command = Command::parse(&text);
        let (written, files) = command.run();
        let small = command.out.starts_with("dialects/");
        let target = root.join(&command.out);
        let _ = fs::remove_dir_all(&target);
        for (name, bytes) in &files {
            if small && matches!(name.as_str(), "truth.csv" | "stages.csv") {
                continue;
            }
            let path = target.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
        for (leg, export) in written.exports.iter().enumerate() {
            let wanted = wanted(&command, &written, leg);
            let _ = write!(
                index,
                "\n[[sample]]\npath = \"{}/{}\"\n",
                command.out, export.path
            );
            let _ = writeln!(index, "made_by = \"{text}\"");
            let _ = writeln!(index, "files = {:?}", export.files);
            let _ = writeln!(index, "[sample.expect]");
            let mut word = |key: &str, value: &Option<String>| {
                if let Some(value) = value {
                    let _ = writeln!(index, "{key} = \"{value}\"");
                }
            };
            word("refused", &wanted.refused);
            word("flags", &wanted.flags);
            word("format", &wanted.format);
            word("unit", &wanted.unit);
            word("gravity", &wanted.gravity);
            word("start", &wanted.start);
            for (key, value) in [
                ("counts_per_g", wanted.counts_per_g),
                ("rate_hz", wanted.rate_hz),
            ] {
                if let Some(value) = value {
                    let _ = writeln!(index, "{key} = {value:?}");
                }
            }
            if let Some(samples) = wanted.samples {
                let _ = writeln!(index, "samples = {samples}");
            }
        }
    }
    fs::write(root.join("index.toml"), index).expect("the index");
}

#[test]
fn every_sample_is_made_again_byte_for_byte_from_its_command() {
    if std::env::var_os("LEGTRACE_WRITE_SAMPLES").is_some() {
        write_anew();
    }
    let root = folder();
    let text = fs::read_to_string(root.join("index.toml")).expect("the index");
    let index: Index = toml::from_str(&text).expect("a readable index");
    let mut seen = Vec::new();
    // A pair's two entries share their command: one run serves both.
    let mut last: Option<Run> = None;
    for entry in &index.sample {
        let run = match last.take() {
            Some(run) if run.made_by == entry.made_by => run,
            _ => Run::of(&entry.made_by),
        };
        let Run {
            command,
            written,
            files,
            ..
        } = &*last.insert(run);
        seen.push(command.dialect.name);
        let leg = written
            .exports
            .iter()
            .position(|export| format!("{}/{}", command.out, export.path) == entry.path);
        let leg = leg.unwrap_or_else(|| panic!("{} is not what its command writes", entry.path));
        assert_eq!(
            entry.expect,
            wanted(command, written, leg),
            "{}",
            entry.path
        );
        assert_eq!(entry.files, written.exports[leg].files, "{}", entry.path);
        let mut names = entry.files.clone();
        if !command.out.starts_with("dialects/") {
            names.extend(["truth.csv", "stages.csv"].map(str::to_owned));
        }
        for name in names {
            let path = root.join(&command.out).join(&name);
            let there = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let made = files.get(&name).expect("a file that the command writes");
            // Not assert_eq: nobody wants two megabytes on the screen.
            assert!(
                unpacked(&name, &there) == unpacked(&name, made),
                "{} differs from what its command writes",
                path.display()
            );
        }
    }
    for dialect in dialects::all() {
        assert!(
            seen.contains(&dialect.name),
            "no sample of {}",
            dialect.name
        );
    }
}

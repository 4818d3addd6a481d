//! Which room may use which: the map of ARCHITECTURE.md, held against every source file.

use std::fs;
use std::path::{Path, PathBuf};

/// A room, the rooms it may name as `crate::…`, and the crates it may not name.
struct Room {
    name: &'static str,
    may_use: &'static [&'static str],
    never: &'static [&'static str],
}

const CORE_NEVER: &[&str] = &[
    "csv::",
    "polars",
    "plotters",
    "clap",
    "anyhow",
    "std::fs",
    "std::io",
    "std::thread",
    "println!",
    "eprintln!",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "process::exit",
];
const NO_SCREEN: &[&str] = &[
    "polars",
    "plotters",
    "clap",
    "println!",
    "eprintln!",
    "process::exit",
];

const ROOMS: &[Room] = &[
    Room {
        name: "signal",
        may_use: &["signal"],
        never: CORE_NEVER,
    },
    Room {
        name: "model",
        may_use: &["model", "signal"],
        never: CORE_NEVER,
    },
    Room {
        name: "analysis",
        may_use: &["analysis", "model", "signal"],
        never: CORE_NEVER,
    },
    Room {
        name: "ingest",
        may_use: &["ingest", "model", "signal"],
        never: NO_SCREEN,
    },
    Room {
        name: "lab",
        may_use: &["lab", "model", "signal"],
        never: NO_SCREEN,
    },
    Room {
        name: "lab/evaluate",
        may_use: &["lab", "analysis", "model", "signal"],
        never: NO_SCREEN,
    },
    Room {
        name: "lab/rivals",
        may_use: &["lab", "analysis", "model", "signal"],
        never: CORE_NEVER,
    },
    Room {
        name: "lab/benchmark",
        may_use: &["lab", "analysis", "model", "signal"],
        never: CORE_NEVER,
    },
    Room {
        name: "output",
        may_use: &["output", "model", "signal"],
        never: &["clap", "process::exit", "println!", "eprintln!"],
    },
    Room {
        name: "output/tables",
        may_use: &["output", "model", "signal"],
        never: &["plotters", "clap", "process::exit"],
    },
    Room {
        name: "output/charts",
        may_use: &["output", "model", "signal"],
        never: &["polars", "clap", "process::exit"],
    },
    Room {
        name: "pipeline",
        may_use: &[
            "pipeline", "output", "lab", "analysis", "ingest", "model", "signal", "error",
        ],
        never: &[
            "polars",
            "plotters",
            "clap",
            "process::exit",
            "println!",
            "eprintln!",
        ],
    },
    Room {
        name: "cli",
        may_use: &[
            "cli", "pipeline", "output", "lab", "analysis", "ingest", "model", "signal", "error",
        ],
        never: &["polars", "plotters", "process::exit"],
    },
    Room {
        name: "error",
        may_use: &["error", "ingest", "model"],
        never: &["polars", "plotters", "clap", "process::exit"],
    },
    Room {
        name: "main",
        may_use: &[],
        never: &["polars", "plotters"],
    },
    Room {
        name: "lib",
        may_use: &[],
        never: &["polars", "plotters", "clap"],
    },
];

fn sources(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("an entry of src").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            into.push(path);
        }
    }
}

/// The room with the longest name that the file lies in.
fn room_of(relative: &str) -> Option<&'static Room> {
    let stem = relative.trim_end_matches(".rs");
    ROOMS
        .iter()
        .filter(|room| stem == room.name || stem.starts_with(&format!("{}/", room.name)))
        .max_by_key(|room| room.name.len())
}

/// Code without comments (a `//` inside a string may cut a line short, which can only hide, so strings with `//` are rare).
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.split("//").next().unwrap_or("")))
}

fn breaches(relative: &str, text: &str) -> Vec<String> {
    let Some(room) = room_of(relative) else {
        return vec![format!(
            "{relative}: no room of this name in tests/it/layers.rs"
        )];
    };
    let mut found = Vec::new();
    for (n, line) in code_lines(text) {
        for (at, _) in line.match_indices("crate::") {
            if line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let name: String = line[at + 7..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let is_room = ROOMS.iter().any(|room| room.name == name);
            if is_room && !room.may_use.contains(&name.as_str()) {
                found.push(format!(
                    "{relative}:{n}: room {} uses room {name}",
                    room.name
                ));
            }
        }
        for word in room.never {
            if line.contains(word) {
                found.push(format!("{relative}:{n}: room {} names {word}", room.name));
            }
        }
    }
    found
}

#[test]
fn every_file_keeps_to_its_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 5, "only {} source files found", files.len());
    let mut found = Vec::new();
    for file in files {
        let relative = file
            .strip_prefix(&src)
            .expect("a file under src")
            .to_string_lossy()
            .replace('\\', "/");
        let text = fs::read_to_string(&file).expect("a readable source file");
        found.extend(breaches(&relative, &text));
    }
    assert!(found.is_empty(), "walls broken:\n{}", found.join("\n"));
}

#[test]
fn a_planted_breach_is_found() {
    let breach = breaches(
        "signal/filter.rs",
        "use crate::ingest::open;\nlet t = Instant::now();",
    );
    assert_eq!(breach.len(), 2, "{breach:?}");
    assert_eq!(breaches("cellar/new.rs", "").len(), 1);
    assert!(breaches("lab/evaluate/matching.rs", "use crate::analysis::score;").is_empty());
    assert_eq!(
        breaches("lab/simulate.rs", "use crate::analysis::score;").len(),
        1
    );
}

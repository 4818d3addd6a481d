//! The map: which room may name which, and what it may never name.
//!
//! The exceptions to the arrow of ARCHITECTURE.md are those of the lab: evaluation scores, the benchmark detects and scores,
//! and rivals are detectors.

/// A room, the rooms (or parts of rooms) it may name, and the crates and words it may not name.
pub struct Room {
    pub name: &'static str,
    pub may_use: &'static [&'static str],
    pub never: &'static [&'static str],
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

pub const ROOMS: &[Room] = &[
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
        may_use: &["lab", "analysis/score", "model", "signal"],
        never: NO_SCREEN,
    },
    Room {
        name: "lab/rivals",
        may_use: &[
            "lab",
            "analysis/detect",
            "analysis/prepare",
            "model",
            "signal",
        ],
        never: CORE_NEVER,
    },
    Room {
        name: "lab/benchmark",
        may_use: &[
            "lab",
            "analysis/detect",
            "analysis/prepare",
            "analysis/score",
            "model",
            "signal",
        ],
        never: CORE_NEVER,
    },
    Room {
        name: "output",
        may_use: &["output", "model", "signal"],
        never: NO_SCREEN,
    },
    Room {
        name: "output/tables",
        may_use: &["output", "model", "signal"],
        never: &["plotters", "clap", "println!", "eprintln!", "process::exit"],
    },
    Room {
        name: "output/charts",
        may_use: &["output", "model", "signal"],
        never: &["polars", "clap", "println!", "eprintln!", "process::exit"],
    },
    Room {
        name: "pipeline",
        may_use: &[
            "pipeline", "output", "lab", "analysis", "ingest", "model", "signal", "error",
        ],
        never: NO_SCREEN,
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
        may_use: &["error"],
        never: NO_SCREEN,
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

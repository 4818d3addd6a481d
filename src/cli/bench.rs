//! `legtrace bench`: our detector and its rivals on nights with a known truth.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::number::whole;
use super::progress::Screen;
use super::say::say;
use super::voice::Voice;
use crate::error::Error;
use crate::pipeline::atomic::Existing;
use crate::pipeline::benchmark::{self, Benchmark, Request, Tuned};

/// Hold the detector against published ones on simulated nights with a known truth
///
/// The nights are frozen: severities from 0 to 140 periodic movements an hour, ages, places on the leg, 10 to 100 samples a
/// second, steps of 0.5 to 15.6 mg, on seeds that no detector was tuned on. Every detector sees the same samples and is
/// scored by the same rules. All nights take a few minutes; --quick takes a fraction of them.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace bench -o benchmark\n  legtrace bench --quick\n  legtrace bench --nights 12 --json\n  \
legtrace bench --tune"
)]
pub struct Bench {
    /// Folder for benchmark.csv, benchmark_nights.csv, benchmark_speed.csv, benchmark.json and the chart
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Replace files that are already there
    #[arg(long)]
    force: bool,

    /// One JSON object: results, and speed apart from them
    #[arg(long)]
    json: bool,

    /// So many nights of each set, from the first; all when left out
    #[arg(
        long,
        value_name = "N",
        allow_negative_numbers = true,
        value_parser = whole::<usize>("a number of nights, as 12", 0..=usize::MAX)
    )]
    nights: Option<usize>,

    /// Twelve nights of the first set only
    #[arg(long)]
    quick: bool,

    /// Threads; as many as there are cores when left out
    #[arg(
        long,
        value_name = "N",
        allow_negative_numbers = true,
        value_parser = whole::<u16>("1 to 256 threads", 1..=256)
    )]
    threads: Option<u16>,

    /// Try the thresholds of the rivals on the nights for tuning, and stop
    #[arg(long, conflicts_with_all = ["out", "quick"])]
    tune: bool,
}

impl Bench {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let threads = self.threads.map(usize::from);
        let mut screen = Screen::new(voice, self.json);
        if self.tune {
            let tuned = benchmark::tune(self.nights, threads, &mut screen)?;
            screen.clear();
            if self.json {
                say!("{}\n", Tuned::to_json(&tuned))?;
            } else {
                say!("{}", Tuned::in_words(&tuned))?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        let existing = Existing::from_force(self.force);
        if let Some(out) = &self.out {
            Benchmark::check_out(out, existing)?;
        }
        let request = Request {
            nights: self.nights,
            quick: self.quick,
            threads,
        };
        let bench = benchmark::run(&request, &mut screen)?;
        screen.clear();
        let written = match &self.out {
            Some(out) => bench.write(out, existing)?,
            None => Vec::new(),
        };
        if self.json {
            say!("{}\n", told(&bench))?;
        } else if voice != Voice::Quiet {
            say!("{}", bench.in_words())?;
            for path in written {
                say!("{}\n", path.display())?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn told(bench: &Benchmark) -> Value {
    let mut all = bench.to_json();
    all["speed"] = bench.speed_json();
    all
}

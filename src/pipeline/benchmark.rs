//! The benchmark: which nights, on how many threads, what is timed, and what is told of it.
//!
//! Results follow from nights and detectors alone: the same on one thread and on sixteen. Speed and memory do not, and
//! stand apart; they are taken beforehand, one detector after the other on one thread.

mod rows;
mod speed;
mod told;
mod tuning;
#[cfg(all(feature = "tables", feature = "charts"))]
mod written;

use serde_json::{Value, json};

use super::Progress;
use super::parallel::in_order_on;
use crate::analysis::score::rules::wasm2016;
use crate::error::{Error, Kind};
use crate::lab::benchmark::{
    BenchNight, BenchmarkError, Entry, NightResults, NightSet, Standing, frozen_nights, line_up,
    run_night,
};
use crate::lab::evaluate::Bootstrap;
use crate::output::rows::{BenchmarkNightRow, BenchmarkRow, BenchmarkSpeedRow, Row as _};

pub use tuning::{Tuned, tune};

/// What `bench` was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Request {
    /// How many nights of each set, from the first; all when not given.
    pub nights: Option<usize>,
    /// The first set alone, twelve nights of it unless asked otherwise, and a short one to time.
    pub quick: bool,
    /// Threads; as many as there are cores when not given.
    pub threads: Option<usize>,
}

/// Nights of the quick benchmark.
const QUICK_NIGHTS: usize = 12;

/// The benchmark as it came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    sets: Vec<NightSet>,
    /// Every detector on every set.
    pub rows: Vec<BenchmarkRow>,
    /// Every detector on every night.
    pub nights: Vec<BenchmarkNightRow>,
    /// Speed and memory: the only part that differs from run to run.
    pub speed: Vec<BenchmarkSpeedRow>,
}

/// Runs our detector and its rivals on the frozen nights.
pub fn run(request: &Request, progress: &mut dyn Progress) -> Result<Benchmark, Error> {
    let sets = chosen(request)?;
    run_on(&sets, &line_up(), request, progress)
}

/// The same with nights and detectors of one's own; gains are told of the first entry.
pub fn run_on(
    sets: &[NightSet],
    entries: &[Entry],
    request: &Request,
    progress: &mut dyn Progress,
) -> Result<Benchmark, Error> {
    // First: what the nights leave behind in memory would be counted, too.
    let speed = speed::of(entries, request.quick, progress)?;
    let results = results(sets, entries, request.threads, progress)?;
    let standing = Standing::of(entries, &results, &Bootstrap::default());
    let all_results = results.iter().flat_map(|(_, nights)| nights);
    let mut bench = Benchmark {
        sets: sets.to_vec(),
        rows: rows::of_sets(&standing),
        nights: rows::of_nights(entries, all_results),
        speed,
    };
    crate::output::rows::settle(&mut bench.rows);
    crate::output::rows::settle(&mut bench.nights);
    crate::output::rows::settle(&mut bench.speed);
    Ok(bench)
}

/// The nights that were asked for.
fn chosen(request: &Request) -> Result<Vec<NightSet>, Error> {
    if request.nights == Some(0) {
        return Err(usage(
            "--nights 0 leaves nothing to run on; give 1 or more.",
        ));
    }
    let mut sets = frozen_nights();
    if request.quick {
        sets.truncate(1);
    }
    let most = match (request.nights, request.quick) {
        (Some(n), _) => n,
        (None, true) => QUICK_NIGHTS,
        (None, false) => usize::MAX,
    };
    for set in &mut sets {
        set.nights.truncate(most);
    }
    Ok(sets)
}

fn usage(message: &str) -> Error {
    Error::new(Kind::Usage, "bench", message)
}

/// The results of each set, nights in their order.
fn results(
    sets: &[NightSet],
    entries: &[Entry],
    threads: Option<usize>,
    progress: &mut dyn Progress,
) -> Result<Vec<(String, Vec<NightResults>)>, Error> {
    let nights: Vec<&BenchNight> = sets.iter().flat_map(|set| &set.nights).collect();
    let rules = wasm2016();
    progress.begin("simulating and detecting", nights.len());
    let done = in_order_on(
        threads,
        &nights,
        |night| run_night(night, entries, &rules),
        |n| progress.step(&format!("{} · {}", nights[n].set, nights[n].spec.seed)),
    );
    let mut done = done.into_iter();
    let mut of_sets = Vec::with_capacity(sets.len());
    for set in sets {
        let of_set: Result<Vec<NightResults>, BenchmarkError> =
            done.by_ref().take(set.nights.len()).collect();
        of_sets.push((set.name.to_owned(), of_set.map_err(failed)?));
    }
    Ok(of_sets)
}

fn failed(error: BenchmarkError) -> Error {
    Error::new(Kind::BadData, "bench", error.to_string()).caused_by(error)
}

impl Benchmark {
    /// What does not depend on the machine, as one JSON object.
    pub fn to_json(&self) -> Value {
        let bootstrap = Bootstrap::default();
        json!({
            "program": "legtrace",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": wasm2016().name,
            "bootstrap": {"draws": bootstrap.draws, "seed": bootstrap.seed, "level": 0.95},
            "sets": self.sets.iter().map(set_json).collect::<Vec<_>>(),
            "benchmark": self.rows.iter().map(|row| row.to_json()).collect::<Vec<_>>(),
            "nights": self.nights.iter().map(|row| row.to_json()).collect::<Vec<_>>(),
        })
    }

    /// Speed and memory as a JSON array.
    pub fn speed_json(&self) -> Value {
        json!(
            self.speed
                .iter()
                .map(|row| row.to_json())
                .collect::<Vec<_>>()
        )
    }
}

fn set_json(set: &NightSet) -> Value {
    json!({
        "name": set.name,
        "about": set.about,
        "n_nights": set.nights.len(),
        "hours": set.nights.iter().map(|night| night.spec.hours).sum::<f64>(),
        "first_seed": set.nights.first().map(|night| night.spec.seed),
    })
}

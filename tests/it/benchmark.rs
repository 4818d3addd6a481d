//! The benchmark on a tiny set: the same bytes on any number of threads, and figures that can be added up by hand.

use legtrace::analysis::detect::{Detection, MovementDetector};
use legtrace::lab::benchmark::{BenchNight, Entry, NightSet, line_up};
use legtrace::lab::simulate::NightSpec;
use legtrace::model::body::Leg;
use legtrace::model::trace::NightTrace;
use legtrace::output::rows::BenchmarkRow;
use legtrace::pipeline::Progress;
use legtrace::pipeline::benchmark::{Benchmark, Request, run_on};

/// Two short nights, one with and one without periodic movements.
fn tiny() -> NightSet {
    let night = |seed, plm_per_h| BenchNight {
        set: "tiny".into(),
        spec: NightSpec {
            seed,
            hours: 0.4,
            plm_per_h,
            ..NightSpec::default()
        },
    };
    NightSet {
        name: "tiny",
        about: "two short nights",
        nights: vec![night(21, 120.0), night(22, 0.0)],
    }
}

/// Counts what it is told.
#[derive(Default)]
struct Steps(Vec<(String, usize)>);

impl Progress for Steps {
    fn begin(&mut self, what: &str, n: usize) {
        self.0.push((what.to_owned(), n));
    }
    fn step(&mut self, _what: &str) {
        if let Some(last) = self.0.last_mut() {
            last.1 -= 1;
        }
    }
    fn say(&mut self, _line: &str) {}
}

fn run(entries: &[Entry], threads: usize) -> (Benchmark, Steps) {
    let request = Request {
        quick: true,
        threads: Some(threads),
        ..Request::default()
    };
    let mut steps = Steps::default();
    let bench = run_on(&[tiny()], entries, &request, &mut steps).expect("nights that can be run");
    (bench, steps)
}

/// Says everywhere what another says, and what is asked of it is that alone.
struct Silent;

impl MovementDetector for Silent {
    fn name(&self) -> &'static str {
        "silent"
    }

    fn detect(&self, trace: &NightTrace, _leg: Leg) -> Detection {
        Detection {
            movements: Vec::new(),
            spans: trace.spans.clone(),
            floor_mg: Vec::new(),
            on_threshold_mg: Vec::new(),
            off_threshold_mg: Vec::new(),
        }
    }
}

fn row<'a>(bench: &'a Benchmark, method: &str, events: &str) -> &'a BenchmarkRow {
    let is = |row: &&BenchmarkRow| {
        row.method == method && row.events == events && row.truth == "visible"
    };
    bench.rows.iter().find(is).expect("a row of each detector")
}

#[test]
fn one_thread_and_two_give_the_same_bytes_and_figures_that_add_up() {
    let mut entries = line_up();
    entries.push(Entry::new("silent", |_| Ok(Box::new(Silent))));
    let (bench, steps) = run(&entries, 1);
    let (again, _) = run(&entries, 2);
    assert_eq!(bench.to_json().to_string(), again.to_json().to_string());
    assert_eq!(bench.rows, again.rows);
    // Every step that was announced was taken.
    assert_eq!(steps.0.len(), 2);
    assert!(steps.0.iter().all(|(_, left)| *left == 0), "{:?}", steps.0);

    for entry in &entries {
        for (events, of) in [("lm", 0), ("plm", 1)] {
            let row = row(&bench, entry.name(), events);
            let mine = bench
                .nights
                .iter()
                .filter(|night| night.method == entry.name());
            let sums = mine.fold([0; 3], |[there, found, hits], night| {
                let counts = [
                    (night.n_lm_true, night.n_lm_found, night.n_lm_hits),
                    (night.n_plm_true, night.n_plm_found, night.n_plm_hits),
                ];
                let (n_true, n_found, n_hits) = counts[of];
                [there + n_true, found + n_found, hits + n_hits]
            });
            assert_eq!([row.n_true, row.n_found, row.n_hits], sums);
            let f1 = 2.0 * f64::from(row.n_hits) / f64::from(row.n_true + row.n_found);
            let rounded = (f1 * 1e4).round() / 1e4;
            assert_eq!(row.f1, Some(rounded), "{} {events}", entry.name());
            // All are held against the same truth.
            assert_eq!(row.n_true, self::row(&bench, "legtrace", events).n_true);
        }
    }
    assert!(row(&bench, "legtrace", "plm").n_true > 5);
    let silent = row(&bench, "silent", "plm");
    assert_eq!((silent.sensitivity, silent.precision), (Some(0.0), None));
    assert_eq!(
        (silent.count_bias, silent.false_per_h),
        (Some(-1.0), Some(0.0))
    );
    let ours = row(&bench, "legtrace", "plm").f1;
    // The only night with periodic movements: the gain over nothing found is ours alone.
    assert_eq!(silent.f1_gain, ours);
    assert_eq!(row(&bench, "legtrace", "plm").f1_gain, None);

    // A chain is timed once, tuned or not.
    assert!(bench.speed.len() < entries.len());
    assert!(
        bench
            .speed
            .iter()
            .all(|row| row.nights_per_h > 0.0 && row.trace_mb > 0.0)
    );
    let told = bench.in_words();
    assert!(entries.iter().all(|entry| told.contains(entry.name())));
}

#[test]
fn no_nights_at_all_are_refused() {
    let request = Request {
        nights: Some(0),
        ..Request::default()
    };
    let error = legtrace::pipeline::benchmark::run(&request, &mut Steps::default()).unwrap_err();
    assert!(error.to_string().contains("--nights 0"), "{error}");
}

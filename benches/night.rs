//! A night of seven hours at 50 Hz: from samples to trace, from trace to movements, from movements to figures.
//!
//! `cargo bench --bench night`. Prints seconds and nights an hour for each stage and for the whole.

mod timing;

use std::hint::black_box;

use legtrace::analysis::detect::{DetectParams, Detector, MovementDetector};
use legtrace::analysis::prepare::TraceBuilder;
use legtrace::analysis::score::rules::wasm2016;
use legtrace::analysis::summarize::{ScoredNight, summarize};
use legtrace::lab::dialects::{self, InFolder, write_night};
use legtrace::lab::simulate::NightSpec;
use legtrace::model::body::Leg;
use legtrace::model::night::{Night, WindowSource};
use legtrace::model::recording::RawBlock;
use legtrace::model::units::GravityState;

fn main() {
    let folder = std::env::temp_dir().join(format!("legtrace-bench-night-{}", std::process::id()));
    let dialect = dialects::by_name("axivity_unix")
        .or_else(|| dialects::all().next())
        .expect("a dialect");
    let spec = NightSpec {
        hours: 7.0,
        sensor: dialect.sensor(Some(50.0)),
        ..NightSpec::default()
    };
    let written =
        write_night(&spec, dialect, &mut InFolder::new(&folder)).expect("a night on the disk");
    let path = folder.join(&written.exports[0].path);
    let mut reader = legtrace::ingest::open(&path, &Default::default()).expect("a readable export");
    let rate = reader.info().rate;
    let mut blocks = Vec::new();
    let mut block = RawBlock::default();
    while reader.next_block(&mut block).expect("readable to the end") {
        blocks.push(block.clone());
    }
    let _ = std::fs::remove_dir_all(&folder);

    let trace_of = || {
        let mut builder = TraceBuilder::plan(rate).expect("a rate that is taken");
        for block in &blocks {
            builder.push(block).expect("a night is no month");
        }
        builder.finish(GravityState::Included)
    };
    let trace = trace_of();
    let detector = Detector::plan(DetectParams::default(), rate).expect("the default detector");
    let movements = detector.detect(&trace, Leg::Left).movements;
    let night = Night {
        lights_out: jiff::SignedDuration::ZERO,
        lights_on: jiff::SignedDuration::from_hours(7),
        source: WindowSource::Recording,
        stages: Vec::new(),
    };
    let figures = || {
        let scored = [ScoredNight::score(
            &movements,
            &[Leg::Left],
            &wasm2016(),
            &[],
        )];
        black_box(summarize(&night, &[], &scored));
    };
    let stages = [
        (
            "samples to trace",
            timing::median_s(7, || drop(black_box(trace_of()))),
        ),
        (
            "trace to movements",
            timing::median_s(7, || drop(black_box(detector.detect(&trace, Leg::Left)))),
        ),
        ("movements to figures", timing::median_s(7, figures)),
    ];
    for (name, seconds) in stages
        .into_iter()
        .chain([("all three", stages.iter().map(|stage| stage.1).sum())])
    {
        println!(
            "{name:<22} {seconds:>8.4} s   {:>10.0} nights an hour",
            3600.0 / seconds
        );
    }
}

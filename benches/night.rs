//! The signal core, stage by stage, on one night of eight hours, after parsing: samples to trace, trace to movements,
//! movements to series, series to figures. And that each stage grows no faster than the night. At 100 Hz the grid's rate
//! is half of the sensor's, at 98.3 Hz (few sensors keep their nominal rate) it lies anywhere.
//!
//! `cargo bench --bench night`. Prints seconds of nights of two, four and eight hours, nights an hour, and by how much
//! eight hours take more than two: 4 is linear. The goal is 0.10 s for eight hours, all stages together.

mod timing;

use std::hint::black_box;

use jiff::SignedDuration;
use legtrace::analysis::detect::{
    DetectParams, Detector, Ground, Lay, MovementDetector, SecondMedians,
};
use legtrace::analysis::prepare::TraceBuilder;
use legtrace::analysis::score::rules::wasm2016;
use legtrace::analysis::summarize::{ScoredNight, summarize};
use legtrace::lab::simulate::{NightSpec, SampleBlock, Sensor, simulate};
use legtrace::model::body::Leg;
use legtrace::model::night::{Night, WindowSource};
use legtrace::model::recording::RawBlock;
use legtrace::model::trace::NightTrace;
use legtrace::model::units::{GravityState, SampleRate};

const RATES_HZ: [f64; 2] = [100.0, 98.3];
const HOURS: [f64; 3] = [2.0, 4.0, 8.0];
const STAGES: [&str; 4] = ["prepare", "detect", "score", "summarize"];

fn main() {
    for hz in RATES_HZ {
        let rate = SampleRate::from_hz(hz).expect("a rate above zero");
        by_length(rate);
        one_leg_on_two_cores(rate);
        two_legs_on_two_cores(rate);
    }
}

fn by_length(rate: SampleRate) {
    println!("seconds by length of the night, {rate}, one thread");
    print!("{:<12}", "stage");
    HOURS.iter().for_each(|hours| print!("{hours:>9} h"));
    println!("{:>14} {:>8}", "nights an hour", "8 h/2 h");
    let of_length: Vec<[f64; 4]> = HOURS.iter().map(|&hours| stages(hours, rate)).collect();
    let line = |name: &str, of: &dyn Fn(&[f64; 4]) -> f64| {
        let times: Vec<f64> = of_length.iter().map(of).collect();
        print!("{name:<12}");
        times.iter().for_each(|seconds| print!("{seconds:>11.4}"));
        println!("{:>14.0} {:>8.1}", 3600.0 / times[2], times[2] / times[0]);
    };
    for (at, name) in STAGES.iter().enumerate() {
        line(name, &|times| times[at]);
    }
    line("all", &|times| times.iter().sum());
}

fn samples_of(hours: f64, leg: Leg, rate: SampleRate) -> Vec<RawBlock> {
    let spec = NightSpec {
        hours,
        legs: vec![Leg::Left, Leg::Right],
        sensor: Sensor {
            rate_hz: rate.hz(),
            ..Sensor::default()
        },
        ..NightSpec::default()
    };
    let night = simulate(&spec).expect("a night");
    let mut samples = night.samples(leg);
    let mut block = SampleBlock::default();
    let mut blocks = Vec::new();
    while samples.next_block(&mut block) {
        blocks.push(block.acceleration.clone());
    }
    blocks
}

fn trace_of(blocks: &[RawBlock], rate: SampleRate, detector: &Detector) -> NightTrace {
    let mut builder =
        TraceBuilder::with_bands(rate, &detector.bands()).expect("a rate that is taken");
    for block in blocks {
        builder.push(block).expect("a night is no month");
    }
    builder.finish(GravityState::Included)
}

/// Median seconds of each stage.
fn stages(hours: f64, rate: SampleRate) -> [f64; 4] {
    let blocks = samples_of(hours, Leg::Left, rate);
    let detector = Detector::plan(DetectParams::default(), rate).expect("the default detector");
    let trace = trace_of(&blocks, rate, &detector);
    let movements = detector.detect(&trace, Leg::Left).movements;
    let night = Night {
        lights_out: SignedDuration::ZERO,
        lights_on: SignedDuration::from_secs((hours * 3600.0) as i64),
        lights_out_by: WindowSource::Recording,
        lights_on_by: WindowSource::Recording,
        stages: Vec::new(),
    };
    let rules = wasm2016();
    let scored = [ScoredNight::score(&movements, &[Leg::Left], &rules, &[])];
    [
        timing::median_s(9, || {
            black_box(trace_of(&blocks, rate, &detector));
        }),
        timing::median_s(9, || {
            black_box(detector.detect(&trace, Leg::Left));
        }),
        timing::median_s(9, || {
            black_box(ScoredNight::score(&movements, &[Leg::Left], &rules, &[]));
        }),
        timing::median_s(9, || {
            black_box(summarize(&night, &[], &scored));
        }),
    ]
}

/// One leg as the pipeline takes it: a thread for the trace, two for what detection stands on.
fn one_leg_on_two_cores(rate: SampleRate) {
    let blocks = samples_of(HOURS[2], Leg::Left, rate);
    let detector = Detector::plan(DetectParams::default(), rate).expect("the default detector");
    let seconds = timing::median_s(9, || {
        let trace = trace_of(&blocks, rate, &detector);
        let (lay, medians) = std::thread::scope(|scope| {
            let medians = scope.spawn(|| SecondMedians::of(&trace));
            (Lay::of(&trace), medians.join().expect("medians"))
        });
        let ground = Ground::on(&trace, lay, &medians);
        black_box(detector.detect_on(&ground, &trace, Leg::Left));
    });
    println!(
        "one leg of {} h on two threads, prepare and detect: {seconds:.4} s",
        HOURS[2]
    );
}

/// Two legs, a thread each: what a pair of recordings takes on two cores.
fn two_legs_on_two_cores(rate: SampleRate) {
    let legs = [Leg::Left, Leg::Right];
    let blocks = legs.map(|leg| samples_of(HOURS[2], leg, rate));
    let seconds = timing::median_s(5, || {
        std::thread::scope(|scope| {
            for (leg, blocks) in legs.iter().zip(&blocks) {
                scope.spawn(move || {
                    let detector = Detector::plan(DetectParams::default(), rate)
                        .expect("the default detector");
                    let trace = trace_of(blocks, rate, &detector);
                    black_box(detector.detect(&trace, *leg));
                });
            }
        });
    });
    println!(
        "two legs of {} h on two threads, prepare and detect: {seconds:.4} s",
        HOURS[2]
    );
}

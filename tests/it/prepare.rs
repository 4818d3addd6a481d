//! Laws of the trace chain: what must not matter does not, and what is linear is.

use jiff::SignedDuration;
use legtrace::analysis::prepare::TraceBuilder;
use legtrace::model::recording::RawBlock;
use legtrace::model::span::{Span, SpanKind};
use legtrace::model::trace::{MotionCell, NightTrace};
use legtrace::model::units::{GravityState, SampleRate};
use proptest::prelude::*;

/// A limb that turns, kicks and trembles, as a function of time, so that any rate can sample it. In g; 0.2 to 9 Hz.
fn limb(t: f64) -> [f32; 3] {
    let kick = |at: f64, length: f64| {
        let x = (t - at) / length;
        if (0.0..1.0).contains(&x) {
            (std::f64::consts::PI * x).sin().powi(2)
        } else {
            0.0
        }
    };
    let burst = kick(12.0, 2.5) + 0.4 * kick(31.0, 0.8) + 0.8 * kick(47.0, 4.0);
    let turn = 0.4 * (0.15 * t).sin() + 0.2 * burst;
    let shake = burst * (0.3 * (29.0 * t).sin() + 0.1 * (51.0 * t).cos());
    [
        turn.sin() + shake,
        0.02 * (2.0 * t).sin() + 0.5 * shake,
        turn.cos() - 0.3 * shake,
    ]
    .map(|v| v as f32)
}

fn rate(hz: f64) -> SampleRate {
    SampleRate::from_hz(hz).unwrap()
}

fn samples(hz: f64, seconds: f64) -> RawBlock {
    let mut block = RawBlock::default();
    for k in 0..(hz * seconds) as i64 {
        block.push((k as f64 / hz * 1e9).round() as i64, limb(k as f64 / hz));
    }
    block
}

fn piece(block: &RawBlock, from: usize, to: usize) -> RawBlock {
    RawBlock {
        stamp_ns: block.stamp_ns[from..to].to_vec(),
        x: block.x[from..to].to_vec(),
        y: block.y[from..to].to_vec(),
        z: block.z[from..to].to_vec(),
    }
}

fn trace_of(hz: f64, blocks: &[RawBlock]) -> NightTrace {
    let mut builder = TraceBuilder::plan(rate(hz)).unwrap();
    for block in blocks {
        builder.push(block).unwrap();
    }
    builder.finish(GravityState::Included)
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}

fn cells(trace: &NightTrace) -> Vec<u32> {
    let of = |cell: &MotionCell| [bits(&cell.moments), bits(&[cell.fast])].concat();
    trace.motion.iter().flat_map(of).collect()
}

fn same_bits(a: &NightTrace, b: &NightTrace) {
    assert_eq!(bits(&a.envelope), bits(&b.envelope));
    assert_eq!(cells(a), cells(b));
    assert_eq!(
        bits(a.gravity.as_flattened()),
        bits(b.gravity.as_flattened())
    );
    assert_eq!(a.spans, b.spans);
    assert_eq!(a.windows, b.windows);
}

fn close(a: &[f32], b: &[f32], tolerance: f32) {
    assert_eq!(a.len(), b.len());
    for (k, (x, y)) in a.iter().zip(b).enumerate() {
        assert_eq!(x.is_nan(), y.is_nan(), "{k}: {x} {y}");
        assert!(x.is_nan() || (x - y).abs() <= tolerance, "{k}: {x} {y}");
    }
}

/// The definition, in f64: centred convolution with the segment's ends held, norm, root mean square.
fn plain_envelope(block: &RawBlock, kernel: &[f32], half_window: usize, step: usize) -> Vec<f64> {
    let n = block.len();
    let half = kernel.len() as i64 / 2;
    let squares: Vec<f64> = (0..n as i64)
        .map(|i| {
            [&block.x, &block.y, &block.z]
                .map(|axis| {
                    let sum: f64 = kernel
                        .iter()
                        .enumerate()
                        .map(|(j, &tap)| {
                            let at = (i + j as i64 - half).clamp(0, n as i64 - 1) as usize;
                            f64::from(tap) * f64::from(axis[at])
                        })
                        .sum();
                    sum * sum
                })
                .iter()
                .sum()
        })
        .collect();
    (0..n)
        .step_by(step)
        .map(|i| {
            let window = &squares[i.saturating_sub(half_window)..(i + half_window + 1).min(n)];
            (window.iter().sum::<f64>() / window.len() as f64).sqrt()
        })
        .collect()
}

#[test]
fn the_envelope_is_the_plain_one() {
    use legtrace::signal::fir::{Slope, band_pass};
    let slope = Slope {
        transition_hz: 1.0,
        attenuation_db: 40.0,
    };
    for (hz, high, half_window, step) in [(50.0, 10.0, 6, 2), (25.0, 10.0, 3, 1), (12.5, 5.0, 1, 1)]
    {
        let block = samples(hz, 130.0);
        let trace = trace_of(hz, std::slice::from_ref(&block));
        let expected = plain_envelope(&block, &band_pass(0.75, high, slope, hz), half_window, step);
        assert_eq!(trace.envelope.len(), expected.len());
        // f32 transforms of values around 1 over some 4,000 samples.
        for (a, b) in trace.envelope.iter().zip(&expected) {
            assert!((f64::from(*a) - b).abs() < 5e-6, "{hz} Hz: {a} {b}");
        }
    }
}

/// One axis by the definition, in f64: centred convolution with the segment's ends held.
fn plain_filtered(axis: &[f32], kernel: &[f32]) -> Vec<f64> {
    let (n, half) = (axis.len() as i64, kernel.len() as i64 / 2);
    (0..n)
        .map(|i| {
            let taps = kernel.iter().enumerate();
            taps.map(|(j, &tap)| {
                let at = (i + j as i64 - half).clamp(0, n - 1) as usize;
                f64::from(tap) * f64::from(axis[at])
            })
            .sum()
        })
        .collect()
}

#[test]
fn gravity_and_motion_are_the_plain_ones() {
    use legtrace::signal::fir::{Slope, band_pass, low_pass};
    let slope = Slope {
        transition_hz: 1.0,
        attenuation_db: 40.0,
    };
    for (hz, step) in [(50.0, 10), (25.0, 5)] {
        let block = samples(hz, 70.0);
        let trace = trace_of(hz, std::slice::from_ref(&block));
        let axes = [&block.x, &block.y, &block.z];
        let of = |kernel: Vec<f32>| axes.map(|axis| plain_filtered(axis, &kernel));
        let gravity = of(low_pass(1.5, slope, hz));
        let movement = of(band_pass(0.75, 10.0, slope, hz));
        let fast = of(band_pass(4.0, 10.0, slope, hz));
        // As for the envelope; squares and products of values up to 1.
        let near = |found: f32, expected: f64| {
            assert!(
                (f64::from(found) - expected).abs() < 5e-6,
                "{hz} Hz: {found} {expected}"
            );
        };
        assert_eq!(trace.gravity.len(), block.len().div_ceil(step));
        for (k, vector) in trace.gravity.iter().enumerate() {
            (0..3).for_each(|axis| near(vector[axis], gravity[axis][k * step]));
        }
        assert_eq!(trace.motion.len(), block.len().div_ceil(step));
        for (k, cell) in trace.motion.iter().enumerate() {
            let (from, to) = (k * step, block.len().min((k + 1) * step));
            let mean = |a: &[f64], b: &[f64]| {
                let products = a[from..to].iter().zip(&b[from..to]);
                products.map(|(a, b)| a * b).sum::<f64>() / (to - from) as f64
            };
            let [x, y, z] = &movement;
            let pairs = [(x, x), (y, y), (z, z), (x, y), (x, z), (y, z)];
            for (&found, (a, b)) in cell.moments.iter().zip(pairs) {
                near(found, mean(a, b));
            }
            near(cell.fast, fast.iter().map(|axis| mean(axis, axis)).sum());
        }
    }
}

#[test]
fn the_bands_are_what_they_promise_at_rates_that_are_lowered() {
    use legtrace::signal::fir::{Slope, band_pass, response};
    let slope = Slope {
        transition_hz: 1.0,
        attenuation_db: 40.0,
    };
    let kernel = band_pass(0.75, 10.0, slope, 50.0);
    for hz in [100.0, 98.3, 200.0] {
        let amplitude = |of_hz: f64| {
            let mut block = RawBlock::default();
            for k in 0..(40.0 * hz) as i64 {
                let t = k as f64 / hz;
                let v = (std::f64::consts::TAU * of_hz * t).sin() as f32;
                block.push((t * 1e9).round() as i64, [v, 0.0, 1.0]);
            }
            let trace = trace_of(hz, &[block]);
            let n = trace.motion.len();
            let cells = &trace.motion[n / 4..3 * n / 4];
            let mean: f32 =
                cells.iter().map(|cell| cell.moments[0]).sum::<f32>() / cells.len() as f32;
            (2.0 * mean).sqrt()
        };
        // What the band's kernel leaves, by its own definition; the resampler errs by 0.1 % (60 dB).
        for of_hz in [0.1, 0.25, 0.5, 1.0, 1.5, 3.0, 5.0, 8.0, 9.5, 10.0] {
            let (found, expected) = (amplitude(of_hz), response(&kernel, of_hz, 50.0).abs());
            let error = (f64::from(found) - expected).abs();
            assert!(
                error < 2e-3,
                "{hz} Hz leaves {found} of {of_hz} Hz, not {expected}"
            );
        }
        // Above the band, and above half the grid's rate, where it would fold: 40 dB.
        for of_hz in [10.6, 15.0, 24.0, 26.0, 35.0, 39.4, 40.5, 44.0, 48.0] {
            let left = amplitude(of_hz);
            assert!(left < 0.012, "{hz} Hz leaves {left} of {of_hz} Hz");
        }
    }
}

#[test]
fn cells_hold_the_energy_of_the_envelope() {
    let trace = trace_of(50.0, &[samples(50.0, 60.0)]);
    let cells: f64 = trace
        .motion
        .iter()
        .flat_map(|cell| &cell.moments[..3])
        .map(|&square| f64::from(square) / trace.gravity_rate.hz())
        .sum();
    let envelope: f64 = trace
        .envelope
        .iter()
        .map(|&value| f64::from(value).powi(2) / trace.rate.hz())
        .sum();
    // Both are integrals of the same square, one on cells, one smoothed and on every second sample.
    assert!((cells / envelope - 1.0).abs() < 0.01, "{cells} {envelope}");
}

#[test]
fn rotating_the_sensor_changes_the_envelope_by_rounding_alone() {
    let block = samples(50.0, 120.0);
    let mut turned = RawBlock::default();
    let (s, c) = 0.7f32.sin_cos();
    for k in 0..block.len() {
        let (x, y, z) = (block.x[k], block.y[k], block.z[k]);
        let (x, y) = (c * x - s * y, s * x + c * y);
        let (y, z) = (c * y - s * z, s * y + c * z);
        turned.push(block.stamp_ns[k], [z, x, y]);
    }
    let (a, b) = (trace_of(50.0, &[block]), trace_of(50.0, &[turned]));
    // Values up to 2 g, turned twice in f32, root of a square of that rounding.
    close(&a.envelope, &b.envelope, 5e-6);
    for (a, b) in a.motion.iter().zip(&b.motion) {
        let power = |cell: &MotionCell| cell.moments[..3].iter().sum::<f32>();
        assert!((power(a) - power(b)).abs() < 5e-6 * power(a).max(0.1));
        assert!((a.fast - b.fast).abs() < 5e-6 * a.fast.max(0.1));
    }
}

#[test]
fn scale_is_linear() {
    let block = samples(50.0, 60.0);
    let mut counts = block.clone();
    for axis in [&mut counts.x, &mut counts.y, &mut counts.z] {
        axis.iter_mut().for_each(|value| *value *= 1024.0);
    }
    let (g, scaled) = (
        trace_of(50.0, &[block]),
        trace_of(50.0, &[counts]).scaled(1.0 / 1024.0),
    );
    same_bits(&g, &scaled);
    assert_eq!(g.resolution, scaled.resolution);
}

#[test]
fn the_same_night_at_other_rates_has_nearly_the_same_envelope() {
    let reference = trace_of(50.0, &[samples(50.0, 70.0)]);
    for hz in [64.0, 98.04, 100.0, 200.0, 800.0] {
        let trace = trace_of(hz, &[samples(hz, 70.0)]);
        assert_eq!(trace.rate, reference.rate);
        let n = reference.envelope.len().min(trace.envelope.len()) - 50;
        let largest = reference.envelope.iter().copied().fold(0.0, f32::max);
        for k in 50..n {
            let error = (trace.envelope[k] - reference.envelope[k]).abs();
            // The resampler lets 0.1 % through beyond its bands (60 dB).
            assert!(error < 0.003 * largest, "{hz} Hz, {k}: {error}");
        }
    }
    // Lower rates see less of the 8 Hz tremble; what is below 5 Hz stays.
    let low = trace_of(12.5, &[samples(12.5, 70.0)]);
    assert!((low.duration_s() - 70.0).abs() < 0.1);
}

#[test]
fn a_sine_in_the_band_keeps_its_amplitude() {
    for hz in [25.0, 50.0, 100.0] {
        let mut block = RawBlock::default();
        for k in 0..(60.0 * hz) as i64 {
            let t = k as f64 / hz;
            let v = 0.1 * (std::f64::consts::TAU * 5.0 * t).sin();
            block.push((t * 1e9) as i64, [v as f32, 0.0, 1.0]);
        }
        let trace = trace_of(hz, &[block]);
        let n = trace.envelope.len();
        let middle = &trace.envelope[n / 3..2 * n / 3];
        let mean: f32 = middle.iter().sum::<f32>() / middle.len() as f32;
        assert!((mean - 0.1 / 2f32.sqrt()).abs() < 5e-4, "{hz}: {mean}");
    }
}

#[test]
fn a_gap_begins_a_new_segment_that_is_blind_at_its_ends() {
    let mut block = samples(50.0, 30.0);
    let later = samples(50.0, 20.0);
    for k in 0..later.len() {
        block.push(
            later.stamp_ns[k] + 40_000_000_000,
            [later.x[k], later.y[k], later.z[k]],
        );
    }
    let trace = trace_of(50.0, std::slice::from_ref(&block));
    let ms = SignedDuration::from_millis;
    let gap = Span::new(SpanKind::Gap, ms(29_980), ms(40_000));
    assert!(trace.spans.contains(&gap), "{:?}", trace.spans);
    let blind = trace
        .spans
        .iter()
        .filter(|span| span.kind == SpanKind::Blind);
    assert_eq!(blind.count(), 4);
    for (k, value) in trace.envelope.iter().enumerate() {
        let at = k as f64 / trace.rate.hz();
        assert_eq!(value.is_nan(), at > 29.99 && at < 39.99, "{at} s");
    }
    // What is before the gap does not reach behind it.
    let alone = trace_of(50.0, &[later]);
    let behind = (40.0 * trace.rate.hz()) as usize;
    close(&trace.envelope[behind..], &alone.envelope, 1e-6);
}

#[test]
fn jitter_and_drift_change_little() {
    let plain = trace_of(50.0, &[samples(50.0, 70.0)]);
    let mut block = RawBlock::default();
    for k in 0..3500i64 {
        // Up to 4 ms late, and a crystal 200 ppm fast.
        let t = k as f64 / 50.01 + ((k * 7919) % 5) as f64 * 1e-3;
        block.push((t * 1e9) as i64, limb(t));
    }
    let trace = trace_of(50.0, &[block]);
    let largest = plain.envelope.iter().copied().fold(0.0, f32::max);
    for k in 50..1650 {
        let error = (trace.envelope[k] - plain.envelope[k]).abs();
        // Linear interpolation half-way between samples leaves cos(pi 8 / 50) = 0.88 of 8 Hz.
        assert!(error < 0.13 * largest, "{k}: {error}");
    }
}

#[test]
fn nothing_and_next_to_nothing_make_a_trace() {
    let empty = trace_of(50.0, &[]);
    assert!(empty.envelope.is_empty() && empty.spans.is_empty());
    let one = trace_of(50.0, &[samples(50.0, 0.03)]);
    assert_eq!(one.envelope.len(), 1);
    let mut broken = RawBlock::default();
    for k in 0..100 {
        broken.push(k * 20_000_000, [f32::NAN, f32::INFINITY, 0.0]);
    }
    assert!(trace_of(50.0, &[broken]).envelope.is_empty());
}

#[test]
fn a_stamp_gone_wild_is_refused_and_says_where() {
    let mut block = samples(50.0, 10.0);
    block.push(i64::MAX, [0.0, 0.0, 1.0]);
    let mut builder = TraceBuilder::plan(rate(50.0)).unwrap();
    let error = builder.push(&block).unwrap_err();
    assert!(error.to_string().contains("split"), "{error}");
    assert_eq!(builder.finish(GravityState::Included).envelope.len(), 250);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn how_samples_are_split_into_blocks_does_not_matter(
        cuts in proptest::collection::vec(0usize..6000, 0..12),
        which in 0usize..4,
    ) {
        let hz = [50.0, 12.5, 100.0, 98.04][which];
        let mut block = samples(hz, 60.0);
        // A bridged hole and a gap on the way.
        for axis in [&mut block.x, &mut block.y, &mut block.z] {
            axis.drain(200..260);
        }
        block.stamp_ns.drain(200..260);
        for stamp in &mut block.stamp_ns[400..] {
            *stamp += 1_300_000_000;
        }
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(block.len())).collect();
        cuts.extend([0, block.len()]);
        cuts.sort_unstable();
        let pieces: Vec<RawBlock> = cuts.windows(2).map(|w| piece(&block, w[0], w[1])).collect();
        same_bits(&trace_of(hz, &pieces), &trace_of(hz, &[block]));
    }

    #[test]
    fn a_shift_in_time_shifts_nothing_but_the_start(shift in 0i64..1_000_000_000_000_000_000) {
        let block = samples(50.0, 40.0);
        let mut later = block.clone();
        later.stamp_ns.iter_mut().for_each(|stamp| *stamp += shift);
        let (a, b) = (trace_of(50.0, &[block]), trace_of(50.0, &[later]));
        prop_assert_eq!(b.start_ns - a.start_ns, shift);
        same_bits(&a, &b);
    }
}

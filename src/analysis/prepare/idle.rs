//! Stretches in which the device repeated its last value because it slept.
//!
//! ActiGraph's idle sleep mode, and others, write one value until the next motion; small movements are lost there. A
//! coarse sensor (10 to 16 mg a step) repeats values honestly while nothing moves by a step. Told apart by the lengths
//! of all runs of the night: honest runs grow rarer octave by octave without a break, a device that sleeps makes a
//! second heap, with a valley before it (a real 13.6 h ActiGraph file: 6,700 runs below 0.5 s, none from 0.5 to 1 s,
//! 490 longer ones; a real 7 h night at 10 mg: 3,803, 2,573, 1,500, 400, 60, 20 an octave).

use fearless_simd::{Level, dispatch};

use super::grid::LONGEST_HOLE_NS;
use crate::model::span::SpanKind;
use crate::model::trace::NightTrace;

/// From this step on a sensor repeats values honestly for as long as a limb lies still, in g: breathing moves an ankle by
/// 0.5 to 4 mg and the sensor's own noise is no more, so that nothing reaches the next value.
const COARSE_G: f32 = 0.0095;

/// The trace, in g, with the idle spans that can be: a coarse sensor's repeated values say nothing of sleep of the device.
/// That it is coarse is a doubt of its own.
pub fn without_honest_repeats(mut trace: NightTrace) -> NightTrace {
    if trace.resolution >= COARSE_G {
        trace.spans.retain(|span| span.kind != SpanKind::Idle);
    }
    trace
}

/// Shortest run that can be sleep of the device, in seconds.
const SHORTEST_S: f64 = 1.0;
/// The valley: at most this share of the runs beyond it lies in the octave before it.
const VALLEY_SHARE: f64 = 0.1;
/// Fewer runs beyond a valley than this prove nothing, unless three empty octaves lie before them.
const ENOUGH_RUNS: usize = 3;
/// Runs this short are counted for the valley; shorter ones are every sensor's.
const SHORTEST_COUNTED_NS: i64 = 250_000_000;

/// Samples that are looked at together.
const EIGHT: usize = 8;

/// Runs of exactly equal samples, in nanoseconds since the first sample.
#[derive(Debug, Default)]
pub(super) struct IdleRuns {
    last: Option<(i64, [f32; 3])>,
    run_start: i64,
    /// Start and end of every run of `SHORTEST_COUNTED_NS` or more.
    runs: Vec<(i64, i64)>,
}

impl IdleRuns {
    /// Takes samples. What was before a gap does not go on behind it.
    pub(super) fn take(&mut self, ns: &[i64], axes: [&[f32]; 3]) {
        let Some(&first) = ns.first() else { return };
        let (mut before, last) = self.last.unwrap_or((first, axes.map(|axis| axis[0])));
        if self.last.is_none() {
            self.run_start = first;
        }
        let changed = axes.iter().zip(last).any(|(axis, last)| axis[0] != last);
        self.step(before, first, changed);
        before = first;
        let changed = dispatch!(Level::new(), _ => changes(axes));
        let (eights, rest) = ns[1..].as_chunks::<EIGHT>();
        let (changed, changed_rest) = changed.as_chunks::<EIGHT>();
        for (ns, changed) in eights.iter().zip(changed) {
            self.eight_steps(before, ns, changed);
            before = ns[EIGHT - 1];
        }
        for (&ns, &changed) in rest.iter().zip(changed_rest) {
            self.step(before, ns, changed != 0);
            before = ns;
        }
        self.last = Some((before, axes.map(|axis| axis[axis.len() - 1])));
    }

    /// From one sample to the next.
    fn step(&mut self, before: i64, ns: i64, changed: bool) {
        if changed || ns - before > LONGEST_HOLE_NS {
            if before - self.run_start >= SHORTEST_COUNTED_NS {
                self.runs.push((self.run_start, before));
            }
            self.run_start = ns;
        }
    }

    /// The same for eight. As a rule they lie closer together than the shortest run that counts; then only the first
    /// change among them can end one, and the last one begins the next.
    #[inline(always)]
    fn eight_steps(&mut self, mut before: i64, ns: &[i64; EIGHT], changed: &[u8; EIGHT]) {
        if ns[EIGHT - 1] - before >= SHORTEST_COUNTED_NS {
            for (&ns, &changed) in ns.iter().zip(changed) {
                self.step(before, ns, changed != 0);
                before = ns;
            }
            return;
        }
        let changes = u64::from_le_bytes(*changed);
        if changes == 0 {
            return;
        }
        let first = (changes.trailing_zeros() / 8) as usize;
        let last = EIGHT - 1 - (changes.leading_zeros() / 8) as usize;
        let end = if first == 0 { before } else { ns[first - 1] };
        if end - self.run_start >= SHORTEST_COUNTED_NS {
            self.runs.push((self.run_start, end));
        }
        self.run_start = ns[last];
    }

    /// The runs that are the device's sleep.
    pub(super) fn finish(mut self) -> Vec<(i64, i64)> {
        if let Some((end, _)) = self.last {
            self.step(end, end, true);
        }
        let mut lengths: Vec<f64> = self.runs.iter().map(|run| seconds(run.1 - run.0)).collect();
        lengths.sort_by(f64::total_cmp);
        let Some(shortest) = shortest_idle(&lengths) else {
            return Vec::new();
        };
        self.runs.retain(|run| seconds(run.1 - run.0) >= shortest);
        self.runs
    }
}

/// 1 for every sample but the first that differs from the one before, else 0.
#[inline(always)]
fn changes([x, y, z]: [&[f32]; 3]) -> Vec<u8> {
    let n = x.len() - 1;
    let (x, y, z) = ((&x[..n], &x[1..]), (&y[..n], &y[1..]), (&z[..n], &z[1..]));
    (0..n)
        .map(|k| {
            let same = (x.0[k] == x.1[k]) & (y.0[k] == y.1[k]) & (z.0[k] == z.1[k]);
            u8::from(!same)
        })
        .collect()
}

/// The length from which runs are the device's sleep: the first octave behind a valley; `None` when there is none.
fn shortest_idle(sorted: &[f64]) -> Option<f64> {
    let at_least = |length: f64| sorted.len() - sorted.partition_point(|&l| l < length);
    let mut edge = SHORTEST_S;
    while edge <= *sorted.last()? {
        let beyond = at_least(edge);
        let before = at_least(edge / 2.0) - beyond;
        let long_before = at_least(edge / 8.0) - beyond;
        let valley = before as f64 <= VALLEY_SHARE * beyond as f64;
        if valley && (beyond >= ENOUGH_RUNS || long_before == 0) {
            return Some(edge);
        }
        edge *= 2.0;
    }
    None
}

fn seconds(ns: i64) -> f64 {
    ns as f64 * 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    fn push(runs: &mut IdleRuns, ns: i64, [x, y, z]: [f32; 3]) {
        runs.take(&[ns], [&[x], &[y], &[z]]);
    }

    /// 50 Hz of a sensor with this step (g) and noise (g, standard deviation), over gravity that sways by breathing.
    fn record(step: f64, noise_g: f64, hours: f64, sleeps: bool) -> IdleRuns {
        let mut noise = Noise::new(11);
        let mut runs = IdleRuns::default();
        let mut frozen = None;
        for k in 0..(hours * 3600.0 * 50.0) as i64 {
            let at = k as f64 / 50.0;
            let moving = at % 70.0 < 3.0;
            let v = [0.31, -0.2, 0.93].map(|axis| {
                let sway = 0.004 * (at * 1.6).sin();
                let motion = if moving { 0.3 * noise.normal() } else { 0.0 };
                (((axis + sway + motion + noise_g * noise.normal()) / step).round() * step) as f32
            });
            // Ten seconds after the motion the device sleeps, until the next one.
            let asleep = sleeps && at % 70.0 > 13.0;
            let held = *frozen.get_or_insert(v);
            if !asleep {
                frozen = None;
            }
            push(&mut runs, k * 20_000_000, if asleep { held } else { v });
        }
        runs
    }

    #[test]
    fn a_device_that_sleeps_is_found_out() {
        // 70 s a round.
        let runs = record(0.0039, 0.004, 700.0 / 3600.0, true).finish();
        assert_eq!(runs.len(), 10);
        for (start, end) in runs {
            assert!((seconds(end - start) - 57.0).abs() < 1.0);
        }
    }

    #[test]
    fn a_coarse_sensor_repeats_honestly() {
        for (step, noise_g) in [
            (0.0156, 0.001),
            (0.0156, 0.003),
            (0.010, 0.002),
            (0.0039, 0.0005),
        ] {
            let runs = record(step, noise_g, 2.0, false).finish();
            assert!(
                runs.is_empty(),
                "{step} g, {noise_g} g: {} runs",
                runs.len()
            );
        }
    }

    #[test]
    fn one_long_freeze_among_short_runs_is_found() {
        let mut runs = IdleRuns::default();
        for k in 0..6000i64 {
            let held = (1000..3000).contains(&k);
            let x = if held { 0.5 } else { (k / 3) as f32 };
            push(&mut runs, k * 20_000_000, [x, 0.0, 1.0]);
        }
        assert_eq!(runs.finish(), [(20_000_000_000, 59_980_000_000)]);
    }
}

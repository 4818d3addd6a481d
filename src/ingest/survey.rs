//! What the samples themselves show, gathered as they stream by: rate, jitter, gaps, rest, resolution, idle runs.

mod axis_steps;
mod idle;
mod rate_change;
mod regular;

use fearless_simd::{Level, dispatch};
use jiff::SignedDuration;

use super::physics::{Quiet, QuietWindows};
use crate::model::recording::{Gap, RawBlock};
use crate::model::units::SampleRate;
use crate::signal::steps::are_even;
use axis_steps::{LANES, Steps};
use idle::IDLE_NS;
pub(super) use idle::Idle;
use regular::RegularSteps;

/// Longer stretches without samples are gaps (FORMATS.md, "Bounds of reading").
pub(super) const GAP_NS: i64 = 2_000_000_000;
/// Rates are counted in windows of this length.
const WINDOW_NS: i64 = 10_000_000_000;
/// Bins of the histogram of steps, each a hundredth of the expected step.
const STEP_BINS: usize = 2_000;

/// Accumulates; memory grows by 8 bytes for each 10 s.
#[derive(Debug, Clone)]
pub(super) struct SurveyBuilder {
    period_ns: f64,
    first_ns: Option<i64>,
    last_ns: i64,
    n: u64,
    window_from_ns: i64,
    in_window: u32,
    window_rates: Vec<f64>,
    /// Of the windows that follow a gap: a radio link sends late what it kept, so they may be too full.
    window_rates_after_gaps: Vec<f64>,
    follows_gap: bool,
    steps: Vec<u32>,
    n_steps: u64,
    regular: RegularSteps,
    gaps: Vec<Gap>,
    in_gaps_ns: i64,
    quiet: QuietWindows,
    last: [f32; 3],
    smallest_step: [f32; 3],
    peak: f32,
    whole_numbers: bool,
    constant: bool,
    idle: Idle,
}

/// So many samples are looked at together: what nearly always holds for all of them is asked once.
const BLOCK: usize = 32;

impl SurveyBuilder {
    /// For samples about this far apart.
    pub(super) fn new(expected: f64) -> Self {
        Self {
            period_ns: 1e9 / expected,
            first_ns: None,
            last_ns: 0,
            n: 0,
            window_from_ns: 0,
            in_window: 0,
            window_rates: Vec::new(),
            window_rates_after_gaps: Vec::new(),
            follows_gap: false,
            steps: vec![0; STEP_BINS],
            n_steps: 0,
            regular: RegularSteps::about(1e9 / expected),
            gaps: Vec::new(),
            in_gaps_ns: 0,
            quiet: QuietWindows::at_rate(expected),
            last: [f32::NAN; 3],
            smallest_step: [f32::INFINITY; 3],
            peak: 0.0,
            whole_numbers: true,
            constant: true,
            idle: Idle::default(),
        }
    }

    /// Adds a block in order.
    pub(super) fn add(&mut self, block: &RawBlock) {
        if block.is_empty() {
            return;
        }
        self.quiet.add(&block.x, &block.y, &block.z);
        dispatch!(Level::new(), _ => self.add_steps(block));
    }

    /// All that is asked of neighbours.
    #[inline(always)]
    fn add_steps(&mut self, block: &RawBlock) {
        let before = self.first_ns.map_or(block.stamp_ns[0], |_| self.last_ns);
        self.add_stamps(&block.stamp_ns);
        for (axis, values) in [&block.x, &block.y, &block.z].into_iter().enumerate() {
            self.add_axis(axis, values);
        }
        self.add_idle(block, before);
        let end = block.len() - 1;
        self.last = [block.x[end], block.y[end], block.z[end]];
    }

    #[inline(always)]
    fn add_stamps(&mut self, stamps: &[i64]) {
        let mut before = match self.first_ns {
            Some(_) => self.last_ns,
            None => {
                self.first_ns = Some(stamps[0]);
                self.window_from_ns = stamps[0];
                stamps[0]
            }
        };
        let per_bin = 100.0 / self.period_ns;
        let bin_of = |step: i64| ((step as f64 * per_bin) as usize).min(STEP_BINS - 1);
        // most steps are the step before again: they are counted, and put into their bin together
        let (mut usual, mut n_usual) = (0, 0);
        let mut skip_first = self.n == 0;
        for block in stamps.chunks(BLOCK) {
            if !skip_first && self.goes_on(block, before, usual) {
                n_usual += block.len() as u32;
                self.n_steps += block.len() as u64;
                self.in_window += block.len() as u32;
                before = block[block.len() - 1];
                continue;
            }
            for &stamp in block {
                let step = stamp.saturating_sub(before);
                before = stamp;
                if std::mem::take(&mut skip_first) {
                    self.in_window = 1;
                    continue;
                }
                if step > GAP_NS {
                    self.gap(step, stamp);
                    continue;
                }
                if step != usual {
                    self.steps[bin_of(usual)] += n_usual;
                    self.regular.add(usual, n_usual);
                    (usual, n_usual) = (step, 0);
                }
                n_usual += 1;
                self.n_steps += 1;
                let in_window = stamp.saturating_sub(self.window_from_ns);
                if in_window >= WINDOW_NS {
                    let rates = match std::mem::take(&mut self.follows_gap) {
                        true => &mut self.window_rates_after_gaps,
                        false => &mut self.window_rates,
                    };
                    rates.push(f64::from(self.in_window) * 1e9 / in_window as f64);
                    self.window_from_ns = stamp;
                    self.in_window = 0;
                }
                self.in_window += 1;
            }
        }
        self.steps[bin_of(usual)] += n_usual;
        self.regular.add(usual, n_usual);
        self.last_ns = before;
        self.n += stamps.len() as u64;
    }

    /// Whether all stamps of a block are the usual step apart, which is no gap, and none ends a window.
    #[inline(always)]
    fn goes_on(&self, block: &[i64], before: i64, usual: i64) -> bool {
        let Some(&last) = block.last() else {
            return true;
        };
        are_even(before, block, usual)
            && (0..=GAP_NS).contains(&usual)
            && last.saturating_sub(self.window_from_ns) < WINDOW_NS
    }

    #[cold]
    fn gap(&mut self, step: i64, stamp: i64) {
        let first = self.first_ns.unwrap_or(stamp);
        self.gaps.push(Gap {
            start: SignedDuration::from_nanos(stamp.saturating_sub(step).saturating_sub(first)),
            length: SignedDuration::from_nanos(step),
        });
        self.in_gaps_ns = self.in_gaps_ns.saturating_add(step);
        self.window_from_ns = stamp;
        self.in_window = 1;
        self.follows_gap = true;
    }

    #[inline(always)]
    fn add_axis(&mut self, axis: usize, values: &[f32]) {
        let mut steps = Steps::new(self.smallest_step[axis], self.peak);
        // the very first has no neighbour: its step is NaN and counts for nothing
        steps.add([self.last[axis]; LANES], [values[0]; LANES]);
        let (before, after) = (&values[..values.len() - 1], &values[1..]);
        let (before, before_rest) = before.as_chunks::<LANES>();
        let (after, after_rest) = after.as_chunks::<LANES>();
        for (before, after) in before.iter().zip(after) {
            steps.add(*before, *after);
        }
        for (&before, &after) in before_rest.iter().zip(after_rest) {
            steps.add([before; LANES], [after; LANES]);
        }
        self.smallest_step[axis] = steps.smallest.into_iter().fold(f32::INFINITY, f32::min);
        self.peak = steps.peak.into_iter().fold(self.peak, f32::max);
        self.constant &= steps.largest == [0.0; LANES];
        if self.whole_numbers && self.n < 200_000 {
            self.whole_numbers = values.iter().all(|v| v.fract() == 0.0);
        }
    }

    #[inline(always)]
    fn add_idle(&mut self, block: &RawBlock, before_block: i64) {
        let (mut last, mut before) = (self.last, before_block);
        for from in (0..block.len()).step_by(BLOCK) {
            let part = from..(from + BLOCK).min(block.len());
            let stamps = &block.stamp_ns[part.clone()];
            let axes = [&block.x, &block.y, &block.z].map(|axis| &axis[part.clone()]);
            self.idle.add(stamps, axes, last, before);
            let end = part.end - 1;
            last = [block.x[end], block.y[end], block.z[end]];
            before = block.stamp_ns[end];
        }
    }

    /// Samples added.
    pub(super) fn n(&self) -> u64 {
        self.n
    }

    /// Stamp of the first sample.
    pub(super) fn first_ns(&self) -> Option<i64> {
        self.first_ns
    }

    /// Stamp of the last sample.
    pub(super) fn last_ns(&self) -> Option<i64> {
        self.first_ns.map(|_| self.last_ns)
    }

    /// Median over the windows of 10 s outside gaps; over the whole, without gaps, where there is no such window.
    ///
    /// Windows that follow a gap count where most do. Between a few holes the rate is that of the regular steps.
    pub(super) fn rate(&self) -> Option<SampleRate> {
        let counted = self.counted_rate()?;
        Some(self.regular.rate_between_holes(counted).unwrap_or(counted))
    }

    fn counted_rate(&self) -> Option<SampleRate> {
        let mut rates = self.window_rates.clone();
        if self.window_rates_after_gaps.len() > rates.len() {
            rates.extend_from_slice(&self.window_rates_after_gaps);
        }
        if rates.is_empty() {
            let span = self
                .last_ns
                .saturating_sub(self.first_ns?)
                .saturating_sub(self.in_gaps_ns);
            let steps = self.n.checked_sub(1 + self.gaps.len() as u64)?;
            if steps > 0 {
                return SampleRate::from_hz(steps as f64 * 1e9 / span as f64);
            }
            // every row lies a gap behind the one before
            return SampleRate::from_hz(
                self.n.checked_sub(1)? as f64 * 1e9 / self.in_gaps_ns as f64,
            );
        }
        rates.sort_unstable_by(f64::total_cmp);
        let middle = rates.len() / 2;
        let upper = rates[middle];
        let lower = if rates.len().is_multiple_of(2) {
            rates[middle - 1]
        } else {
            upper
        };
        SampleRate::from_hz((lower + upper) / 2.0)
    }

    /// Lowest, mean and highest rate in Hz, where the rate changes.
    pub(super) fn change_of_rate(&self) -> Option<[f64; 3]> {
        rate_change::of(self.counted_rate()?.hz(), &self.window_rates)
    }

    /// Half the spread (p90 - p10) of the steps, in seconds.
    pub(super) fn jitter_s(&self) -> f64 {
        let at = |share: f64| {
            let wanted = (self.n_steps as f64 * share) as u64;
            let mut seen = 0;
            self.steps.iter().position(|count| {
                seen += u64::from(*count);
                seen > wanted
            })
        };
        match (at(0.1), at(0.9)) {
            (Some(low), Some(high)) => (high - low) as f64 * self.period_ns / 100.0 / 2.0 * 1e-9,
            _ => 0.0,
        }
    }

    /// Gaps so far.
    pub(super) fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// |v| at rest.
    pub(super) fn quiet(&self) -> Option<Quiet> {
        self.quiet.settle()
    }

    /// Smallest step between neighbours on an axis, in the file's unit.
    pub(super) fn resolution(&self) -> Option<f64> {
        let smallest = self
            .smallest_step
            .iter()
            .copied()
            .fold(f32::INFINITY, f32::min);
        smallest.is_finite().then(|| f64::from(smallest))
    }

    /// Largest magnitude of one axis, in the file's unit.
    pub(super) fn peak(&self) -> f64 {
        f64::from(self.peak)
    }

    /// Whether every value is a whole number.
    pub(super) fn whole_numbers(&self) -> bool {
        self.whole_numbers
    }

    /// Whether every sample is the same.
    pub(super) fn constant(&self) -> bool {
        self.constant
    }

    /// Stretches of repeated values, the last one included.
    pub(super) fn idle(&self) -> Idle {
        let mut idle = self.idle;
        let stood = self.last_ns.saturating_sub(idle.from_ns);
        if self.n > 1 && stood >= IDLE_NS {
            idle.n += 1;
            idle.total_ns += stood;
        }
        idle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(stamps_ms: impl Iterator<Item = i64>) -> RawBlock {
        let mut block = RawBlock::default();
        for (n, ms) in stamps_ms.enumerate() {
            block.push(ms * 1_000_000, [n as f32 * 0.25, 1.0, -1.0]);
        }
        block
    }

    #[test]
    fn the_rate_is_that_of_the_usual_window() {
        // 60 s at 50 Hz, then a gap, then 20 s at 25 Hz
        let stamps = (0..3_000)
            .map(|n| n * 20)
            .chain((0..500).map(|n| 90_000 + n * 40));
        let mut survey = SurveyBuilder::new(50.0);
        survey.add(&block(stamps));
        assert!((survey.rate().unwrap().hz() - 50.0).abs() < 0.01);
        assert_eq!(survey.gaps().len(), 1);
        assert_eq!(survey.gaps()[0].start, SignedDuration::from_millis(59_980));
        assert_eq!(survey.gaps()[0].length, SignedDuration::from_millis(30_020));
    }

    #[test]
    fn what_a_radio_link_sends_late_does_not_raise_the_rate() {
        // 51.2 Hz for 20 s, nothing for 3.5 s, then all that was kept at twice the pace, then 51.2 Hz again
        let sampled = |n: i64| n * 1_000_000 / 51_200;
        let late = |n: i64| match sampled(n) {
            ms @ 20_000..27_000 => 23_500 + (ms - 20_000) / 2,
            ms => ms,
        };
        let mut survey = SurveyBuilder::new(51.2);
        survey.add(&block((0..2_000).map(late)));
        assert!((survey.rate().unwrap().hz() - 51.2).abs() < 0.3);
    }

    #[test]
    fn a_short_file_has_its_mean_rate() {
        let mut survey = SurveyBuilder::new(100.0);
        survey.add(&block((0..101).map(|n| n * 10)));
        assert!((survey.rate().unwrap().hz() - 100.0).abs() < 1e-9);
    }

    #[test]
    fn blocks_and_the_whole_give_the_same_survey() {
        // even and jittering stretches, values that stand for half a minute, gaps
        let stamps =
            (0..9_000).map(|n| n * 20 + if n < 4_000 { 0 } else { n % 3 } + n / 2_500 * 3_000);
        let mut whole = block(stamps);
        whole.x[1_000..2_700].fill(0.5);
        whole.x[5_000..5_600].fill(0.25);
        let mut at_once = SurveyBuilder::new(50.0);
        at_once.add(&whole);
        let mut in_pieces = SurveyBuilder::new(50.0);
        for from in (0..9_000).step_by(7) {
            let to = (from + 7).min(9_000);
            let mut piece = RawBlock::default();
            for i in from..to {
                piece.push(whole.stamp_ns[i], [whole.x[i], whole.y[i], whole.z[i]]);
            }
            in_pieces.add(&piece);
        }
        assert_eq!(at_once.rate(), in_pieces.rate());
        assert_eq!(at_once.jitter_s(), in_pieces.jitter_s());
        assert_eq!(at_once.resolution(), in_pieces.resolution());
        assert_eq!(at_once.gaps(), in_pieces.gaps());
        assert_eq!(at_once.idle().n, 2);
        assert_eq!(at_once.idle().n, in_pieces.idle().n);
        assert_eq!(at_once.idle().total_ns, in_pieces.idle().total_ns);
        assert_eq!(at_once.quiet(), in_pieces.quiet());
    }
}

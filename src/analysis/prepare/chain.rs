//! The linear chain of one segment: resample, filter, envelope. Samples in, three series on the global grid out.

use super::plan::{ChainPlan, Window};
use crate::model::trace::MotionCell;
use crate::signal::overlap_save::FilterBank;
use crate::signal::resample::{Resampler, dot};

/// The series that grow as samples pass; each begins at the recording's first sample, `NaN` where there is none.
#[derive(Debug, Default)]
pub(super) struct Series {
    pub envelope: Vec<f32>,
    pub gravity: Vec<[f32; 3]>,
    pub motion: Vec<MotionCell>,
}

/// Filters on their way through a segment.
pub(super) struct Chain {
    resample: Option<Resample>,
    filter: Filter,
}

impl Chain {
    pub(super) fn new(plan: &ChainPlan) -> Self {
        Self {
            resample: plan
                .resamples()
                .then(|| Resample::new(plan.source.hz(), plan.grid.hz())),
            filter: Filter::new(plan),
        }
    }

    /// A segment begins at this index of the source's grid.
    pub(super) fn begin(&mut self, index: u64) {
        match &mut self.resample {
            None => self.filter.begin(index),
            Some(resample) => {
                let first = resample.begin(index);
                self.filter.begin(first);
            }
        }
    }

    pub(super) fn sample(&mut self, v: [f32; 3], series: &mut Series) {
        match &mut self.resample {
            None => self.filter.sample(v, series),
            Some(resample) => resample.sample(v, |v| self.filter.sample(v, series)),
        }
    }

    pub(super) fn end(&mut self, series: &mut Series) {
        if let Some(resample) = &mut self.resample {
            resample.end(|v| self.filter.sample(v, series));
        }
        self.filter.end(series);
    }
}

/// Samples that are kept until nothing needs them: three axes.
type Axes = [Vec<f32>; 3];

fn drop_front(axes: &mut Axes, n: usize) {
    for axis in axes {
        axis.copy_within(n.., 0);
        axis.truncate(axis.len() - n);
    }
}

struct Resample {
    resampler: Resampler,
    held: Axes,
    /// Source index of the first held sample; below zero while the edge is extended.
    base: i64,
    next: u64,
    weights: Vec<f32>,
}

/// How many samples are gathered before results are made of them.
const GATHERED: usize = 1024;

impl Resample {
    fn new(from_hz: f64, to_hz: f64) -> Self {
        let resampler = Resampler::plan(from_hz, to_hz);
        Self {
            weights: vec![0.0; 2 * resampler.reach()],
            resampler,
            held: Axes::default(),
            base: 0,
            next: 0,
        }
    }

    fn begin(&mut self, index: u64) -> u64 {
        self.held.iter_mut().for_each(Vec::clear);
        self.base = index as i64;
        let ratio = self.resampler.position(1);
        self.next = (index as f64 / ratio).ceil() as u64;
        self.next
    }

    fn sample(&mut self, v: [f32; 3], give: impl FnMut([f32; 3])) {
        let reach = self.resampler.reach();
        if self.held[0].is_empty() {
            // Before its first sample a segment is taken to have stood still.
            for (axis, value) in self.held.iter_mut().zip(v) {
                axis.resize(reach, value);
            }
            self.base -= reach as i64;
        }
        for (axis, value) in self.held.iter_mut().zip(v) {
            axis.push(value);
        }
        if self.held[0].len() >= 2 * reach + GATHERED {
            self.give_all(give);
        }
    }

    fn end(&mut self, give: impl FnMut([f32; 3])) {
        let Some(&last) = self.held[0].last() else {
            return;
        };
        let last = [
            last,
            *self.held[1].last().unwrap_or(&last),
            *self.held[2].last().unwrap_or(&last),
        ];
        let reach = self.resampler.reach();
        for (axis, value) in self.held.iter_mut().zip(last) {
            axis.resize(axis.len() + reach, value);
        }
        self.give_all(give);
    }

    /// Every result whose inputs are all held.
    fn give_all(&mut self, mut give: impl FnMut([f32; 3])) {
        let reach = self.resampler.reach();
        let width = 2 * reach;
        let end = self.base + self.held[0].len() as i64;
        loop {
            let position = self.resampler.position(self.next);
            let below = position.floor();
            if below as i64 + reach as i64 >= end {
                break;
            }
            self.resampler.weights(position - below, &mut self.weights);
            let from = (below as i64 + 1 - reach as i64 - self.base) as usize;
            give([0, 1, 2].map(|axis| dot(&self.held[axis][from..from + width], &self.weights)));
            self.next += 1;
        }
        let below = self.resampler.position(self.next).floor() as i64;
        let done = (below + 1 - reach as i64 - self.base).clamp(0, self.held[0].len() as i64);
        drop_front(&mut self.held, done as usize);
        self.base += done;
    }
}

/// The bank over three axes, and what is made of its results.
struct Filter {
    bank: FilterBank,
    /// What the bank is fed: the segment less its first sample, so that gravity costs no precision.
    held: Axes,
    offset: [f32; 3],
    /// Grid index of the result that the next block begins with.
    next: u64,
    /// Grid index behind the segment's last sample so far.
    end: u64,
    /// `[kernel][axis]`.
    results: Vec<Axes>,
    envelope: Envelope,
    cell: OpenCell,
    gravity: Vec<f32>,
    gravity_step: u64,
}

impl Filter {
    fn new(plan: &ChainPlan) -> Self {
        let bank = FilterBank::plan(&plan.kernels);
        let axis = vec![0.0; bank.output_len()];
        Self {
            results: vec![[axis.clone(), axis.clone(), axis]; bank.n_kernels()],
            held: [0; 3].map(|_| Vec::with_capacity(bank.input_len())),
            bank,
            offset: [0.0; 3],
            next: 0,
            end: 0,
            envelope: Envelope::new(plan.window, plan.envelope_step),
            cell: OpenCell::default(),
            gravity: plan.gravity.clone(),
            gravity_step: plan.gravity_step as u64,
        }
    }

    fn half(&self) -> usize {
        self.bank.kernel_len() / 2
    }

    fn begin(&mut self, index: u64) {
        self.held.iter_mut().for_each(Vec::clear);
        self.next = index;
        self.end = index;
        self.envelope.begin(index);
    }

    fn sample(&mut self, v: [f32; 3], series: &mut Series) {
        if self.end == self.next && self.held[0].is_empty() {
            self.offset = v;
            let half = self.half();
            // Before its first sample a segment is taken to have stood still.
            self.held.iter_mut().for_each(|axis| axis.resize(half, 0.0));
        }
        for ((axis, value), offset) in self.held.iter_mut().zip(v).zip(self.offset) {
            axis.push(value - offset);
        }
        self.end += 1;
        if self.held[0].len() == self.bank.input_len() {
            self.run_block(series);
        }
    }

    fn end(&mut self, series: &mut Series) {
        let half = self.half();
        while self.next < self.end {
            let (held, wanted) = (self.held[0].len(), self.bank.input_len());
            debug_assert!(held > half && held < wanted);
            for axis in &mut self.held {
                let last = axis[held - 1];
                axis.resize(wanted, last);
            }
            self.run_block(series);
        }
        self.envelope.end(&mut series.envelope);
        self.cell.close(&mut series.motion);
        self.held.iter_mut().for_each(Vec::clear);
    }

    /// Result `at` of the block for gravity's kernel, which is symmetric: no matter which way it lies.
    fn gravity_at(&self, axis: usize, at: usize) -> f32 {
        let window = &self.held[axis][at..at + self.gravity.len()];
        dot(window, &self.gravity)
    }

    fn run_block(&mut self, series: &mut Series) {
        for axis in 0..3 {
            let mut outputs: Vec<&mut [f32]> = self
                .results
                .iter_mut()
                .map(|kernel| kernel[axis].as_mut_slice())
                .collect();
            self.bank.filter_block(&self.held[axis], &mut outputs);
        }
        let n = (self.end - self.next).min(self.bank.output_len() as u64) as usize;
        self.envelope
            .take(&self.results[MOVEMENT], n, &mut series.envelope);
        self.take_cells(n, &mut series.motion);
        let mut index = self.next.next_multiple_of(self.gravity_step);
        while index < self.next + n as u64 {
            let at = (index - self.next) as usize;
            let slot = (index / self.gravity_step) as usize;
            series.gravity.resize(slot, [f32::NAN; 3]);
            series
                .gravity
                .push([0, 1, 2].map(|axis| self.gravity_at(axis, at) + self.offset[axis]));
            index += self.gravity_step;
        }
        drop_front(&mut self.held, self.bank.output_len());
        self.next += n as u64;
    }
}

/// Sums over the cell that is being filled, in f32: a cell holds a dozen samples.
#[derive(Default)]
struct OpenCell {
    index: usize,
    n: u32,
    moments: [f32; 6],
    fast: f32,
}

impl OpenCell {
    fn close(&mut self, cells: &mut Vec<MotionCell>) {
        if self.n > 0 {
            let n = self.n as f32;
            cells.resize(self.index, MotionCell::EMPTY);
            cells.push(MotionCell {
                moments: self.moments.map(|sum| sum / n),
                fast: self.fast / n,
            });
        }
        *self = Self::default();
    }
}

impl Filter {
    /// Adds the first `n` results of a block to their cells.
    fn take_cells(&mut self, n: usize, cells: &mut Vec<MotionCell>) {
        let step = self.gravity_step as usize;
        let first = self.next as usize;
        let mut from = 0;
        while from < n {
            let index = (first + from) / step;
            let to = ((index + 1) * step - first).min(n);
            if index != self.cell.index {
                self.cell.close(cells);
                self.cell.index = index;
            }
            let [x, y, z] = &self.results[MOVEMENT];
            for ((&x, &y), &z) in x[from..to].iter().zip(&y[from..to]).zip(&z[from..to]) {
                let products = [x * x, y * y, z * z, x * y, x * z, y * z];
                for (sum, product) in self.cell.moments.iter_mut().zip(products) {
                    *sum += product;
                }
            }
            self.cell.fast += match self.results.get(FAST) {
                None => f32::NAN,
                Some(axes) => axes
                    .iter()
                    .map(|axis| dot(&axis[from..to], &axis[from..to]))
                    .sum(),
            };
            self.cell.n += (to - from) as u32;
            from = to;
        }
    }
}

/// Places of the kernels in [`ChainPlan::kernels`].
const MOVEMENT: usize = 0;
const FAST: usize = 1;

/// Norm of a vector over a window (root mean square, or the largest), at every `step`-th grid index.
struct Envelope {
    window: Window,
    step: u64,
    /// Squared norms that a window still needs.
    squares: Vec<f32>,
    /// Grid index of the first of them.
    base: u64,
    /// Grid index of the next value, a multiple of `step`.
    next: u64,
}

impl Envelope {
    fn new(window: Window, step: usize) -> Self {
        Self {
            window,
            step: step as u64,
            squares: Vec::new(),
            base: 0,
            next: 0,
        }
    }

    fn begin(&mut self, index: u64) {
        self.squares.clear();
        self.base = index;
        self.next = index.next_multiple_of(self.step);
    }

    fn take(&mut self, axes: &Axes, n: usize, values: &mut Vec<f32>) {
        let [x, y, z] = axes;
        self.squares
            .extend((0..n).map(|i| x[i] * x[i] + y[i] * y[i] + z[i] * z[i]));
        self.give(self.window.behind, values);
    }

    /// The last windows of a segment end with it.
    fn end(&mut self, values: &mut Vec<f32>) {
        self.give(0, values);
    }

    fn give(&mut self, ahead: usize, values: &mut Vec<f32>) {
        let end = self.base + self.squares.len() as u64;
        while self.next + (ahead as u64) < end {
            let centre = (self.next - self.base) as usize;
            let window = &self.squares[centre.saturating_sub(self.window.before)
                ..(centre + self.window.behind + 1).min(self.squares.len())];
            let square = if self.window.peak {
                window.iter().fold(0.0f32, |most, &square| most.max(square))
            } else {
                window.iter().sum::<f32>() / window.len() as f32
            };
            values.resize((self.next / self.step) as usize, f32::NAN);
            values.push(square.sqrt());
            self.next += self.step;
        }
        let needed = self
            .next
            .saturating_sub(self.window.before as u64)
            .max(self.base);
        let done = ((needed - self.base) as usize).min(self.squares.len());
        self.squares.drain(..done);
        self.base += done as u64;
    }
}

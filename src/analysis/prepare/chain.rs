//! The linear chain of one segment: resample, filter, envelope. Samples in, three series on the global grid out.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, f32x4, f32x8};

use super::envelope::Envelope;
use super::plan::ChainPlan;
use super::resampled::Resampled;
use crate::model::trace::MotionCell;
use crate::model::units::SampleRate;
use crate::signal::lanes::{Eight, Lanes};
use crate::signal::overlap_save::{BLOCKS, FilterBank};
use crate::signal::resample::SymmetricWeights;

/// The series that grow as samples pass; each begins at the recording's first sample, `NaN` where there is none.
#[derive(Debug)]
pub(super) struct Series {
    pub envelope: Vec<f32>,
    pub gravity: Vec<[f32; 3]>,
    pub motion: Vec<MotionCell>,
}

/// Room for such a night is asked for at once: what is not used costs nothing, and what grows need not be moved.
const NIGHT_S: f64 = 10.0 * 3600.0;

impl Series {
    /// Empty, with room for a night.
    pub(super) fn for_plan(plan: &ChainPlan) -> Self {
        let n_of = |rate: SampleRate| (rate.hz() * NIGHT_S) as usize;
        Self {
            envelope: Vec::with_capacity(n_of(plan.envelope_rate())),
            gravity: Vec::with_capacity(n_of(plan.gravity_rate())),
            motion: Vec::with_capacity(n_of(plan.gravity_rate())),
        }
    }
}

/// Filters on their way through a segment.
pub(super) struct Chain {
    resampled: Option<Resampled>,
    filter: Filter,
}

impl Chain {
    pub(super) fn new(plan: &ChainPlan) -> Self {
        Self {
            resampled: plan
                .pass_hz
                .map(|pass_hz| Resampled::new(plan.source.hz(), plan.grid.hz(), pass_hz)),
            filter: Filter::new(plan),
        }
    }

    /// A segment begins at this index of the source's grid.
    pub(super) fn begin(&mut self, index: u64) {
        let first = match &mut self.resampled {
            None => index,
            Some(resampled) => resampled.begin(index),
        };
        self.filter.begin(first);
    }

    /// The segment's next samples, none or many.
    pub(super) fn take(&mut self, samples: &[Lanes], series: &mut Series) {
        match &mut self.resampled {
            None => self.filter.take(samples, series),
            Some(resampled) => self.filter.take(resampled.take(samples), series),
        }
    }

    pub(super) fn end(&mut self, series: &mut Series) {
        if let Some(resampled) = &mut self.resampled {
            self.filter.take(resampled.end(), series);
        }
        self.filter.end(series);
    }
}

/// Drops vectors that nothing needs any more.
pub(super) fn drop_front(held: &mut Vec<Lanes>, n: usize) {
    held.copy_within(n.., 0);
    held.truncate(held.len() - n);
}

/// The bank over three axes, and what is made of its results.
struct Filter {
    bank: FilterBank,
    /// What the bank is fed: the segment less its first sample, so that gravity costs no precision.
    held: Vec<Lanes>,
    offset: Lanes,
    /// Grid index of the result that the next run begins with.
    next: u64,
    /// Grid index behind the segment's last sample so far.
    end: u64,
    envelope: Envelope,
    cell: OpenCell,
    gravity: SymmetricWeights,
    gravity_step: u64,
}

impl Filter {
    fn new(plan: &ChainPlan) -> Self {
        let bank = FilterBank::plan(&plan.kernels);
        Self {
            held: Vec::with_capacity(bank.input_len()),
            bank,
            offset: Lanes::default(),
            next: 0,
            end: 0,
            envelope: Envelope::new(plan.window, plan.envelope_step),
            cell: OpenCell::default(),
            gravity: SymmetricWeights::of(&plan.gravity),
            gravity_step: plan.gravity_step as u64,
        }
    }

    fn half(&self) -> usize {
        self.bank.kernel_len() / 2
    }

    fn begin(&mut self, index: u64) {
        self.held.clear();
        self.next = index;
        self.end = index;
        self.envelope.begin(index);
    }

    fn take(&mut self, mut samples: &[Lanes], series: &mut Series) {
        if let Some(&first) = samples.first()
            && self.held.is_empty()
        {
            self.offset = first;
            // Before its first sample a segment is taken to have stood still.
            self.held.resize(self.half(), Lanes::default());
        }
        while !samples.is_empty() {
            let room = self.bank.input_len() - self.held.len();
            let (now, later) = samples.split_at(room.min(samples.len()));
            let offset = self.offset;
            self.held.extend(now.iter().map(|&v| v - offset));
            self.end += now.len() as u64;
            samples = later;
            if self.held.len() == self.bank.input_len() {
                self.run(series);
            }
        }
    }

    fn end(&mut self, series: &mut Series) {
        while self.next < self.end {
            if let Some(&last) = self.held.last() {
                self.held.resize(self.bank.input_len(), last);
            }
            self.run(series);
        }
        self.envelope.end(&mut series.envelope);
        self.cell.close(&mut series.motion);
        self.held.clear();
    }

    fn run(&mut self, series: &mut Series) {
        self.bank.filter(&self.held);
        let n = (self.end - self.next).min(self.bank.output_len() as u64) as usize;
        self.take_gravity(n, &mut series.gravity);
        let movement = first_of(self.bank.results(MOVEMENT), n);
        let fast = (self.bank.n_kernels() > FAST).then(|| first_of(self.bank.results(FAST), n));
        self.envelope.take(&movement, &mut series.envelope);
        for (part, movement) in movement.into_iter().enumerate() {
            self.cell.take(
                self.next,
                self.gravity_step,
                movement,
                fast.map(|fast| fast[part]),
                &mut series.motion,
            );
            self.next += movement.len() as u64;
        }
        drop_front(&mut self.held, self.bank.output_len());
    }

    /// Gravity at every `gravity_step`-th of the next `n` grid indices. A value in ten is wanted: so few are cheaper
    /// summed one by one than transformed.
    fn take_gravity(&self, n: usize, values: &mut Vec<[f32; 3]>) {
        let first = self.next.next_multiple_of(self.gravity_step);
        for index in (first..self.next + n as u64).step_by(self.gravity_step as usize) {
            let at = (index - self.next) as usize;
            let window = &self.held[at..at + 2 * self.gravity.reach() + 1];
            let value = self.gravity.sum(window) + self.offset;
            values.resize((index / self.gravity_step) as usize, [f32::NAN; 3]);
            values.push(value.axes());
        }
    }
}

/// The first `n` results of a run, as the blocks hold them.
fn first_of(blocks: [&[Lanes]; BLOCKS], mut n: usize) -> [&[Lanes]; BLOCKS] {
    blocks.map(|block| {
        let now = n.min(block.len());
        n -= now;
        &block[..now]
    })
}

/// Sums over the cell that is being filled, in f32: a cell holds a dozen samples.
#[derive(Default)]
struct OpenCell {
    index: u64,
    /// Grid index behind its last.
    until: u64,
    n: u32,
    /// Sums of xx, yy, zz.
    squares: Lanes,
    /// Sums of xy, yz, zx.
    products: Lanes,
    fast: f32,
}

impl OpenCell {
    /// Adds results to their cells, the first of them at this grid index.
    fn take(
        &mut self,
        first: u64,
        step: u64,
        movement: &[Lanes],
        fast: Option<&[Lanes]>,
        cells: &mut Vec<MotionCell>,
    ) {
        dispatch!(Level::new(), simd => self.take_on(simd, first, step, movement, fast, cells));
    }

    #[inline(always)]
    fn take_on<S: Simd>(
        &mut self,
        simd: S,
        first: u64,
        step: u64,
        movement: &[Lanes],
        fast: Option<&[Lanes]>,
        cells: &mut Vec<MotionCell>,
    ) {
        let mut from = 0;
        while from < movement.len() {
            let at = first + from as u64;
            if at >= self.until {
                self.close(cells);
                self.index = at / step;
                self.until = (self.index + 1) * step;
            }
            let to = movement.len().min(from + (self.until - at) as usize);
            // squares beside products
            let mut sums = f32x8::simd_from(simd, Eight::of(self.squares, self.products).0);
            for &v in &movement[from..to] {
                let [x, y, z, w] = v.0;
                let turned = Eight::of(v, Lanes([y, z, x, w]));
                let twice = f32x8::simd_from(simd, Eight::of(v, v).0);
                sums += twice * f32x8::simd_from(simd, turned.0);
            }
            [self.squares, self.products] = Eight(sums.into()).both();
            self.fast += match fast {
                None => f32::NAN,
                Some(fast) => {
                    let mut sum = f32x4::splat(simd, 0.0);
                    for v in &fast[from..to] {
                        let v = f32x4::simd_from(simd, v.0);
                        sum += v * v;
                    }
                    let [x, y, z] = Lanes(sum.into()).axes();
                    x + y + z
                }
            };
            self.n += (to - from) as u32;
            from = to;
        }
    }

    fn close(&mut self, cells: &mut Vec<MotionCell>) {
        if self.n > 0 {
            let n = self.n as f32;
            let ([xx, yy, zz], [xy, yz, zx]) = (self.squares.axes(), self.products.axes());
            cells.resize(self.index as usize, MotionCell::EMPTY);
            cells.push(MotionCell {
                moments: [xx, yy, zz, xy, zx, yz].map(|sum| sum / n),
                fast: self.fast / n,
            });
        }
        *self = Self::default();
    }
}

/// Places of the kernels in [`ChainPlan::kernels`].
const MOVEMENT: usize = 0;
const FAST: usize = 1;

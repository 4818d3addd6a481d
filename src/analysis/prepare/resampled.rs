//! A segment's samples on their way to a lower rate: held until nothing needs them.

use fearless_simd::{Level, Simd, dispatch};

use super::chain::drop_front;
use crate::signal::lanes::Lanes;
use crate::signal::resample::{Resampler, SymmetricWeights};

pub(super) struct Resampled {
    resampler: Resampler,
    /// The weights of every result, when they are the same.
    halving: Option<SymmetricWeights>,
    held: Vec<Lanes>,
    /// Source index of the first held sample; below zero while the edge is extended.
    base: i64,
    next: u64,
    results: Vec<Lanes>,
}

impl Resampled {
    pub(super) fn new(from_hz: f64, to_hz: f64, pass_hz: f64) -> Self {
        let resampler = Resampler::plan(from_hz, to_hz, pass_hz);
        Self {
            halving: resampler.halving(),
            resampler,
            held: Vec::new(),
            base: 0,
            next: 0,
            results: Vec::new(),
        }
    }

    /// A segment begins at this index of the source; the index of its first result.
    pub(super) fn begin(&mut self, index: u64) -> u64 {
        self.held.clear();
        self.base = index as i64;
        self.next = (index as f64 / self.resampler.position(1)).ceil() as u64;
        self.next
    }

    /// Takes samples; the results that they complete.
    pub(super) fn take(&mut self, samples: &[Lanes]) -> &[Lanes] {
        let reach = self.resampler.reach();
        if let Some(&first) = samples.first()
            && self.held.is_empty()
        {
            // Before its first sample a segment is taken to have stood still.
            self.held.resize(reach, first);
            self.base -= reach as i64;
        }
        self.held.extend_from_slice(samples);
        self.complete()
    }

    /// The last results: behind its last sample a segment is taken to stand still.
    pub(super) fn end(&mut self) -> &[Lanes] {
        if let Some(&last) = self.held.last() {
            let len = self.held.len() + self.resampler.reach();
            self.held.resize(len, last);
        }
        self.complete()
    }

    /// Every result whose inputs are all held.
    fn complete(&mut self) -> &[Lanes] {
        self.results.clear();
        match &self.halving {
            Some(weights) => {
                let reach = weights.reach();
                // Before the first result there is one vector more than the weights reach.
                let from = (2 * self.next as i64 - self.base) as usize - reach;
                let seen = self.held.get(from..).unwrap_or_default();
                let n = seen.len().saturating_sub(2 * reach).div_ceil(2);
                self.results.resize(n, Lanes::default());
                weights.halve(seen, &mut self.results);
                self.next += n as u64;
            }
            None => dispatch!(Level::new(), simd => self.weigh(simd)),
        }
        let below = self.resampler.position(self.next) as i64;
        let reach = self.resampler.reach() as i64;
        let done = (below + 1 - reach - self.base).clamp(0, self.held.len() as i64);
        drop_front(&mut self.held, done as usize);
        self.base += done;
        &self.results
    }

    /// Results that lie anywhere between samples.
    #[inline(always)]
    fn weigh<S: Simd>(&mut self, simd: S) {
        let reach = self.resampler.reach();
        let end = self.base + self.held.len() as i64 - reach as i64;
        let mut position = self.resampler.position(self.next);
        // No place lies below zero, so cutting off is rounding down; and faster.
        while (position as i64) < end {
            let below = position as i64;
            let fraction = position - below as f64;
            let from = (below - self.base) as usize + 1 - reach;
            let vectors = &self.held[from..from + 2 * reach];
            self.results
                .push(self.resampler.result_on(simd, fraction, vectors));
            self.next += 1;
            position = self.resampler.position(self.next);
        }
    }
}

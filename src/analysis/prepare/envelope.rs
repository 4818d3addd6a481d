//! The norm of the band-passed vector over a window (root mean square, or the largest), at every `step`-th grid index.

use fearless_simd::{Level, dispatch};

use super::plan::Window;
use crate::signal::columns;
use crate::signal::lanes::Lanes;

pub(super) struct Envelope {
    window: Window,
    step: usize,
    /// Squared norms that a window still needs.
    squares: Vec<f32>,
    /// Grid index of the first of them.
    base: u64,
    /// Grid index of the next value, a multiple of `step`.
    next: u64,
    /// Every `step`-th square, from each of `step` places: what neighbouring windows see lies side by side.
    columns: Vec<Vec<f32>>,
    sums: Vec<f32>,
}

impl Envelope {
    pub(super) fn new(window: Window, step: usize) -> Self {
        Self {
            window,
            step,
            squares: Vec::new(),
            base: 0,
            next: 0,
            columns: vec![Vec::new(); step],
            sums: Vec::new(),
        }
    }

    pub(super) fn begin(&mut self, index: u64) {
        self.squares.clear();
        self.base = index;
        self.next = index.next_multiple_of(self.step as u64);
    }

    /// Takes vectors, in so many parts, one behind the other.
    pub(super) fn take(&mut self, parts: &[&[Lanes]], values: &mut Vec<f32>) {
        for vectors in parts {
            columns::squared_norms(vectors, &mut self.squares);
        }
        while self.next < self.base + self.window.before as u64
            && self.next + (self.window.behind as u64) < self.base + self.squares.len() as u64
        {
            self.give_one(values);
        }
        self.give_whole(values);
        self.drop_done();
    }

    /// The last windows of a segment end with it.
    pub(super) fn end(&mut self, values: &mut Vec<f32>) {
        while self.next < self.base + self.squares.len() as u64 {
            self.give_one(values);
        }
        self.drop_done();
    }

    /// One value from as much of its window as there is.
    fn give_one(&mut self, values: &mut Vec<f32>) {
        let centre = (self.next - self.base) as usize;
        let window = &self.squares[centre.saturating_sub(self.window.before)
            ..(centre + self.window.behind + 1).min(self.squares.len())];
        let square = if self.window.peak {
            window.iter().fold(0.0f32, |most, &square| most.max(square))
        } else {
            window.iter().fold(0.0, |sum, square| sum + square) / window.len() as f32
        };
        values.resize((self.next / self.step as u64) as usize, f32::NAN);
        values.push(square.sqrt());
        self.next += self.step as u64;
    }

    /// All values whose windows are whole, added up side by side: for each the same sum in the same order as alone.
    fn give_whole(&mut self, values: &mut Vec<f32>) {
        let width = self.window.before + self.window.behind + 1;
        let Some(from) = (self.next - self.base).checked_sub(self.window.before as u64) else {
            return;
        };
        let Some(seen) = self.squares.get(from as usize..) else {
            return;
        };
        if seen.len() < width {
            return;
        }
        let n = (seen.len() - width) / self.step + 1;
        if self.step > 1 {
            for (place, column) in self.columns.iter_mut().enumerate() {
                column.clear();
                let all = seen.get(place..).unwrap_or_default();
                column.extend(all.iter().step_by(self.step));
            }
        }
        self.sums.clear();
        self.sums.resize(n, 0.0);
        for k in 0..width {
            let column = match self.step {
                1 => &seen[k..k + n],
                step => &self.columns[k % step][k / step..k / step + n],
            };
            let sums = self.sums.as_mut_slice();
            match self.window.peak {
                true => dispatch!(Level::new(), _ => raise(sums, column)),
                false => dispatch!(Level::new(), _ => add(sums, column)),
            }
        }
        let divisor = if self.window.peak { 1.0 } else { width as f32 };
        dispatch!(Level::new(), _ => root(&mut self.sums, divisor));
        values.resize((self.next / self.step as u64) as usize, f32::NAN);
        values.extend_from_slice(&self.sums);
        self.next += (n * self.step) as u64;
    }

    fn drop_done(&mut self) {
        let needed = self
            .next
            .saturating_sub(self.window.before as u64)
            .max(self.base);
        let done = ((needed - self.base) as usize).min(self.squares.len());
        self.squares.drain(..done);
        self.base += done as u64;
    }
}

#[inline(always)]
fn add(sums: &mut [f32], squares: &[f32]) {
    for (sum, square) in sums.iter_mut().zip(squares) {
        *sum += square;
    }
}

#[inline(always)]
fn raise(most: &mut [f32], squares: &[f32]) {
    for (most, square) in most.iter_mut().zip(squares) {
        *most = most.max(*square);
    }
}

#[inline(always)]
fn root(sums: &mut [f32], divisor: f32) {
    for sum in sums {
        *sum = (*sum / divisor).sqrt();
    }
}

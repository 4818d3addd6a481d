//! Samples on their way in: cleaned, counted from the first one, and gathered so that all that follows works on columns.
//!
//! As many are gathered, however the reader cut its blocks: so nothing behind this depends on the cuts.

use std::fmt;

use fearless_simd::{Level, dispatch};
use jiff::SignedDuration;

use crate::model::recording::RawBlock;
use crate::signal::columns;
use crate::signal::lanes::Lanes;

/// How many samples are worked on at once: few enough to stay in the fastest cache.
const GATHERED: usize = 1024;
/// Longest stretch of time that one trace takes: a stamp gone wild must not ask for years of memory.
const LONGEST: SignedDuration = SignedDuration::from_hours(8 * 24);
const LONGEST_NS: i64 = LONGEST.as_secs() * 1_000_000_000;

/// A stamp lies further from the first sample than one trace takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    /// The last stamp before, since the first sample.
    pub last: SignedDuration,
    /// The stamp that lies too far, since the first sample.
    pub next: SignedDuration,
}

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "after {:.1} h of samples the next stamp lies {:.1} h behind the first sample; one trace holds {} h: split the recording there",
            self.last.as_secs_f64() / 3600.0,
            self.next.as_secs_f64() / 3600.0,
            LONGEST.as_hours()
        )
    }
}

impl std::error::Error for TooLong {}

/// The samples that wait. Those that are not finite were passed over, as were stamps that do not advance.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    start_ns: Option<i64>,
    /// The last stamp taken, since the first.
    last_ns: i64,
    ns: Vec<i64>,
    axes: [Vec<f32>; 3],
    vectors: Vec<Lanes>,
}

impl Gathered {
    /// Takes samples of a block from a place on, as far as there is room; the place behind them.
    pub(super) fn take(&mut self, block: &RawBlock, from: usize) -> Result<usize, TooLong> {
        let to = block.len().min(from + GATHERED - self.ns.len());
        let stamps = &block.stamp_ns[from..to];
        let axes = [&block.x[from..to], &block.y[from..to], &block.z[from..to]];
        if !self.take_plain(stamps, axes) {
            let [x, y, z] = axes;
            for (((&stamp, &x), &y), &z) in stamps.iter().zip(x).zip(y).zip(z) {
                self.take_one(stamp, [x, y, z])?;
            }
        }
        Ok(to)
    }

    /// Takes samples that have nothing against them, all or none.
    fn take_plain(&mut self, stamps: &[i64], axes: [&[f32]; 3]) -> bool {
        let (Some(&first), Some(&last)) = (stamps.first(), stamps.last()) else {
            return true;
        };
        let start = self.start_ns.unwrap_or(first);
        let (Some(since), Some(until)) = (first.checked_sub(start), last.checked_sub(start)) else {
            return false;
        };
        let goes_on = self.start_ns.is_none() || since > self.last_ns;
        if !goes_on
            || until > LONGEST_NS
            || !dispatch!(Level::new(), _ => advance(stamps))
            || axes
                .iter()
                .any(|axis| !dispatch!(Level::new(), _ => are_finite(axis)))
        {
            return false;
        }
        self.start_ns = Some(start);
        self.last_ns = until;
        self.ns.extend(stamps.iter().map(|stamp| stamp - start));
        for (held, axis) in self.axes.iter_mut().zip(axes) {
            held.extend_from_slice(axis);
        }
        columns::side_by_side(axes, &mut self.vectors);
        true
    }

    fn take_one(&mut self, stamp: i64, v: [f32; 3]) -> Result<(), TooLong> {
        if !v.iter().all(|value| value.is_finite()) {
            return Ok(());
        }
        let ns = match self.start_ns {
            None => 0,
            Some(start) => {
                let ns = stamp.saturating_sub(start);
                if ns <= self.last_ns {
                    return Ok(());
                }
                ns
            }
        };
        if ns > LONGEST_NS {
            return Err(TooLong {
                last: SignedDuration::from_nanos(self.last_ns),
                next: SignedDuration::from_nanos(ns),
            });
        }
        self.start_ns.get_or_insert(stamp);
        self.last_ns = ns;
        self.ns.push(ns);
        for (held, value) in self.axes.iter_mut().zip(v) {
            held.push(value);
        }
        self.vectors.push(Lanes::of_axes(v));
        Ok(())
    }

    pub(super) fn is_full(&self) -> bool {
        self.ns.len() == GATHERED
    }

    /// Stamp of the first sample, once there was one.
    pub(super) fn start_ns(&self) -> Option<i64> {
        self.start_ns
    }

    /// Stamps since the first one.
    pub(super) fn ns(&self) -> &[i64] {
        &self.ns
    }

    pub(super) fn axes(&self) -> [&[f32]; 3] {
        self.axes.each_ref().map(Vec::as_slice)
    }

    /// The same values, an axis a lane.
    pub(super) fn vectors(&self) -> &[Lanes] {
        &self.vectors
    }

    pub(super) fn clear(&mut self) {
        self.ns.clear();
        self.axes.iter_mut().for_each(Vec::clear);
        self.vectors.clear();
    }
}

/// Whether every stamp lies behind the one before. No early way out: that is what lets it run in lanes.
#[inline(always)]
fn advance(stamps: &[i64]) -> bool {
    let pairs = stamps.iter().zip(stamps.iter().skip(1));
    pairs.fold(true, |advance, (before, after)| advance & (before < after))
}

/// Whether no value is infinite or no number: then all bits of its exponent are set.
#[inline(always)]
fn are_finite(values: &[f32]) -> bool {
    const EXPONENT: u32 = 0x7f80_0000;
    let not = values.iter().fold(0, |n: u32, value| {
        n + u32::from(value.to_bits() & EXPONENT == EXPONENT)
    });
    not == 0
}

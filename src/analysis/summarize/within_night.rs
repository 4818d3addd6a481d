//! An interval for a night's PLM index from the night itself, by a block bootstrap.
//!
//! PLM come in series, so that counting them as if each were independent makes intervals far too narrow. A circular block
//! bootstrap (Politis & Romano 1992; blocks: Künsch 1989) resamples stretches long enough to hold a series: one hour,
//! when series last 5 to 20 minutes. Gaps are cut out of the time axis first, so that every block holds the same
//! observed time. Instead of drawing, the distribution of the resampled count is computed: it is the convolution of the
//! counts of single blocks, and depends on no random number.
//!
//! A night has few blocks, and percentiles of few are too narrow by the factor between Student's t and the normal
//! distribution; the tails are moved out accordingly (Hesterberg 2015, "What teachers should know about the bootstrap",
//! Am Stat 69:371, section 5, "expanded percentile"). On simulated nights with a mean of 18 PLM/h in series (600 each) the
//! interval held the true rate in 93, 93 and 93 % of nights of 4, 6 and 8 h, plain percentiles in 80, 87 and 89 %; where
//! the rate fell through the night, in 89 %.

use jiff::SignedDuration;

use super::time;
use crate::model::night::Night;
use crate::model::scored::CandidateMovement;
use crate::model::span::{Span, SpanKind};
use crate::model::summary::Interval;
use crate::signal::student::{normal_below, t_quantile};

/// Length of a block.
const BLOCK_MS: usize = 3_600_000;
/// Distance between the starts of blocks: every one of these is a block of the bootstrap.
const STEP_MS: usize = 60_000;
/// With fewer blocks there is nothing to say.
const FEWEST_BLOCKS: usize = 4;
/// Longer than two days is no night.
const LONGEST_MS: usize = 48 * BLOCK_MS;
/// How often the interval should hold the truth.
const LEVEL: f64 = 0.95;

/// The 95 % interval of the PLM index an hour of rest analysed; `movements` are those of the window. `None` below four
/// hours observed, and without any PLM, since a resample of nothing is nothing.
pub fn within_night(
    movements: &[CandidateMovement],
    night: &Night,
    spans: &[Span],
) -> Option<Interval> {
    let observed = Observed::new(night, spans);
    let length = observed.length;
    if !(FEWEST_BLOCKS * BLOCK_MS..=LONGEST_MS).contains(&length) {
        return None;
    }
    let onsets = movements
        .iter()
        .filter(|m| m.plm)
        .map(|m| observed.place(m.onset));
    let mut onsets: Vec<usize> = onsets.collect();
    onsets.sort();
    if onsets.is_empty() {
        return None;
    }
    let mut total = vec![1.0];
    let whole = counts_of_blocks(&onsets, length, BLOCK_MS);
    for _ in 0..length / BLOCK_MS {
        total = convolved(&total, &whole);
    }
    if !length.is_multiple_of(BLOCK_MS) {
        total = convolved(
            &total,
            &counts_of_blocks(&onsets, length, length % BLOCK_MS),
        );
    }
    let tail = expanded_tail(length as f64 / BLOCK_MS as f64);
    let per_h = |n: usize| n as f64 * BLOCK_MS as f64 / length as f64;
    Some(Interval {
        low: per_h(reaches(&total, tail)),
        high: per_h(reaches(&total, 1.0 - tail)),
        level: LEVEL,
    })
}

/// The share to leave out on either side, so that an interval from so many independent pieces is as wide as Student's.
fn expanded_tail(pieces: f64) -> f64 {
    let t = t_quantile(0.5 + 0.5 * LEVEL, pieces - 1.0);
    normal_below(-t * (pieces / (pieces - 1.0)).sqrt())
}

/// The time axis of a night with everything unobserved cut out, in milliseconds.
struct Observed {
    /// Stretches in order: start and end on the recording's axis, start on this one.
    pieces: Vec<(SignedDuration, SignedDuration, usize)>,
    length: usize,
}

impl Observed {
    fn new(night: &Night, spans: &[Span]) -> Self {
        let mut cuts: Vec<(SignedDuration, SignedDuration)> = spans
            .iter()
            .filter(|span| SpanKind::is_unobserved(span.kind))
            .map(|span| {
                (
                    span.start.max(night.lights_out),
                    span.end.min(night.lights_on),
                )
            })
            .filter(|(start, end)| start < end)
            .collect();
        cuts.sort();
        cuts.push((night.lights_on, night.lights_on));
        let mut observed = Self {
            pieces: Vec::new(),
            length: 0,
        };
        let mut from = night.lights_out;
        for (start, end) in cuts {
            if from < start {
                observed.pieces.push((from, start, observed.length));
                let piece = time::observed(&[], from, start).as_millis();
                observed.length += usize::try_from(piece).unwrap_or(usize::MAX / 4);
            }
            from = from.max(end);
        }
        observed
    }

    /// Where an instant lies on the cut axis; one inside a cut lies where the cut was made.
    fn place(&self, at: SignedDuration) -> usize {
        let next = self.pieces.partition_point(|&(start, _, _)| start <= at);
        let Some(&(start, end, place)) = next.checked_sub(1).and_then(|i| self.pieces.get(i))
        else {
            return 0;
        };
        let inside = usize::try_from((at.min(end) - start).as_millis()).unwrap_or(0);
        (place + inside).min(self.length.saturating_sub(1))
    }
}

/// How likely a block of `block` ms, beginning at any step of a circle of `length` ms, holds 0, 1, 2 … of the onsets.
fn counts_of_blocks(onsets: &[usize], length: usize, block: usize) -> Vec<f64> {
    let before = |at: usize| match at.checked_sub(length) {
        None => onsets.partition_point(|&onset| onset < at),
        Some(past) => onsets.len() + onsets.partition_point(|&onset| onset < past),
    };
    let starts = (0..length).step_by(STEP_MS);
    let n_starts = starts.len() as f64;
    let mut shares = vec![0.0; onsets.len() + 1];
    for start in starts {
        shares[before(start + block) - before(start)] += 1.0 / n_starts;
    }
    let filled = shares.iter().rposition(|&share| share > 0.0).unwrap_or(0);
    shares.truncate(filled + 1);
    shares
}

/// The distribution of the sum of two independent counts.
fn convolved(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; one.len() + other.len() - 1];
    for (i, a) in one.iter().enumerate().filter(|(_, a)| **a > 0.0) {
        for (slot, b) in sum[i..].iter_mut().zip(other) {
            *slot += a * b;
        }
    }
    sum
}

/// The smallest count whose cumulative share reaches `share`.
fn reaches(shares: &[f64], share: f64) -> usize {
    let mut total = 0.0;
    for (count, part) in shares.iter().enumerate() {
        total += part;
        if total >= share {
            return count;
        }
    }
    shares.len() - 1
}

#[cfg(test)]
mod tests;

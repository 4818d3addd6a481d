//! Stamps that stand more than once: copies of a row, whole seconds, packets by radio, rows at any event.

use super::claim::{RowsAre, TimeClaim};
use super::clock::Clock;
use super::format::TimeFormat;
use super::kept_back::{self, KeptBack};
use super::plan::Repeats;
use super::shape::median;
use crate::ingest::table::sketch::Sketch;
use crate::model::recording::Decision;

/// Rows of a packet by radio overtake each other by no more than this.
pub(super) const SHUFFLED_NS: i64 = 100_000_000;

/// Samples in a packet that overtake each other, at the most.
const LONGEST_PACKET: i64 = 8;

/// A step below this share of the mean is none that samples take.
const SHORT: f64 = 0.35;
/// Fewer pauses may be anything's.
const FEWEST_PACKETS: usize = 8;
/// Of the time, so much passes between packets.
const BETWEEN: f64 = 0.7;

/// What to do with repeated stamps, by how often they stand and what stands in their rows.
pub(super) fn repeats_of(
    sketch: &Sketch,
    clock: &Clock,
    claim: &TimeClaim,
    decisions: &mut Vec<Decision>,
    warnings: &mut Vec<String>,
) -> Repeats {
    match claim.rows {
        RowsAre::AnyEvent => return Repeats::HeldValues,
        RowsAre::Polled => return Repeats::SensorStamps,
        RowsAre::Samples => {}
    }
    if matches!(clock.format, TimeFormat::SincePreviousRow(_)) {
        // steps repeat, stamps do not
        return Repeats::Spread;
    }
    let shape = clock.shape;
    let mut equal = 0u32;
    let mut copies = 0u32;
    let rows = sketch.n_rows().min(sketch.last_rows_from.max(2));
    for n in 1..rows {
        let (before, row) = (sketch.row(n - 1), sketch.row(n));
        if before.get(clock.column).map(|c| c.bytes) == row.get(clock.column).map(|c| c.bytes) {
            equal += 1;
            copies += u32::from(
                before.len() == row.len()
                    && before.iter().zip(row).all(|(a, b)| a.bytes == b.bytes),
            );
        }
    }
    let mostly_copies = copies * 10 > equal * 9;
    let coarse = shape.equal >= 0.4 && !mostly_copies;
    // the pauses between packets differ where a link is slow; where they are as many as the short steps no median tells
    let mostly_short = shape.step_ns < SHORT * shape.mean_ns && shape.unevenness < 5.0;
    let bursts = mostly_short || !mostly_copies && are_packets(&clock.ns);
    let shuffled = is_shuffled(sketch, &clock.ns);
    if !(coarse || bursts || shuffled) {
        return Repeats::Spread;
    }
    let longest = if coarse {
        pause_of(&clock.ns)
    } else {
        PAUSE_NS
    };
    let stretch = first_stretch(&clock.ns, longest);
    if sketch.is_whole
        && stretch.len() == clock.ns.len()
        && let Some(late) = kept_back::seen(stretch)
    {
        return counted(late, decisions, warnings);
    }
    let edges = if coarse { edges_of(stretch) } else { None };
    let Some(mut line) = edges.or_else(|| Line::through(stretch.iter().copied().enumerate()))
    else {
        return Repeats::Spread;
    };
    if !coarse {
        line.count_over_span(stretch);
    }
    let (step_ns, what) = if coarse {
        warnings.push(format!(
            "The stamps know only steps of {:.3} s: samples are spread evenly between them, each right to such a step, the rate \
             to about {:.1} %.",
            shape.step_ns * 1e-9,
            100.0 * line.doubt
        ));
        let what = format!(
            "stamps know only steps of {:.3} s, held for several rows",
            shape.step_ns * 1e-9
        );
        (shape.step_ns as i64, what)
    } else {
        let order = if shuffled {
            ", in no order of their own"
        } else {
            ""
        };
        (
            0,
            format!("rows come in packets, stamped on receipt{order}"),
        )
    };
    decisions.push(Decision::new(
        "spacing",
        format!("even, {:.2} Hz", 1e9 / line.period_ns),
        what,
    ));
    let late = line.at_zero - stretch[0] as f64;
    Repeats::Even {
        period_ns: line.period_ns,
        step_ns,
        // a first second that is not full begins before the first row
        late_ns: late.clamp(0.0, step_ns as f64) as i64,
    }
}

/// Even spacing of a whole recording whose last rows were kept back.
fn counted(late: KeptBack, decisions: &mut Vec<Decision>, warnings: &mut Vec<String>) -> Repeats {
    let (rows, within_s) = (late.rows, late.within_ns as f64 * 1e-9);
    let hz = 1e9 / late.period_ns;
    decisions.push(Decision::new(
        "spacing",
        format!("even, {hz:.2} Hz"),
        format!("stamped on receipt, the last {rows} rows within {within_s:.1} s"),
    ));
    warnings.push(format!(
        "The last {rows} rows came within {within_s:.1} s, so rows were kept back on their way and their stamps are late: the \
         samples are spread evenly over all of the time, and each may lie some seconds from its true place."
    ));
    Repeats::Counted {
        period_ns: late.period_ns,
    }
}

/// Whether half of the rows follow at once, time passes between packets only, and always about as much.
fn are_packets(ns: &[i64]) -> bool {
    let stretch = first_stretch(ns, PAUSE_NS);
    let steps: Vec<i64> = stretch
        .windows(2)
        .map(|pair| pair[1].saturating_sub(pair[0]))
        .collect();
    let total: i64 = steps.iter().sum();
    let mean = total / steps.len().max(1) as i64;
    let is_short = |step: &&i64| (**step as f64) < SHORT * mean as f64;
    let at_once = steps.iter().filter(is_short).count();
    let mut long: Vec<i64> = steps.iter().copied().filter(|step| *step > mean).collect();
    long.sort_unstable();
    let tenth = long.len() / 10;
    let (Some(low), Some(middle), Some(high)) = (
        long.get(tenth),
        long.get(long.len() / 2),
        long.len()
            .checked_sub(1 + tenth)
            .and_then(|at| long.get(at)),
    ) else {
        return false;
    };
    2 * at_once >= steps.len()
        && long.len() >= FEWEST_PACKETS
        && 2 * low > *middle
        && *high < 2 * middle
        && long.iter().sum::<i64>() as f64 > BETWEEN * total as f64
}

/// Whether rows of a packet overtake each other: many stamps lie a little before the one above, and are no copies of rows
/// that stand already.
fn is_shuffled(sketch: &Sketch, ns: &[i64]) -> bool {
    let steps = || ns.windows(2).map(|pair| pair[1].saturating_sub(pair[0]));
    let back = steps().filter(|step| *step < 0).count();
    let (Some(low), Some(high)) = (ns.iter().min(), ns.iter().max()) else {
        return false;
    };
    // rows in no order at all lie further apart than packets are long
    let usual = high.saturating_sub(*low) / ns.len() as i64;
    let deepest = SHUFFLED_NS.min(usual.saturating_mul(LONGEST_PACKET));
    let short = steps().all(|step| step >= -deepest);
    if !short || back * 100 < ns.len() {
        return false;
    }
    let rows = sketch.n_rows().min(2_000);
    let is_copy = |n: usize| {
        let row = sketch.row(n);
        (n.saturating_sub(8)..n).any(|before| {
            let before = sketch.row(before);
            before.len() == row.len() && before.iter().zip(row).all(|(a, b)| a.bytes == b.bytes)
        })
    };
    (1..rows).filter(|n| is_copy(*n)).count() * 10 < rows
}

/// Longer steps end a stretch of stamps that belong together.
const PAUSE_NS: i64 = 3_000_000_000;
/// Batches that a device sends lie no further apart: what knows only minutes was cut.
const LONGEST_BATCH_NS: i64 = 30_000_000_000;

/// The longest step that is no gap between stamps that each stand for many rows: batches may be some seconds long.
fn pause_of(ns: &[i64]) -> i64 {
    let steps = ns.windows(2).map(|pair| pair[1].saturating_sub(pair[0]));
    let usual = median(steps.filter(|step| *step > 0).map(|step| step as f64)) as i64;
    match usual <= LONGEST_BATCH_NS {
        true => PAUSE_NS.max(usual.saturating_mul(3)),
        false => PAUSE_NS,
    }
}

/// The stamps up to the first gap.
fn first_stretch(ns: &[i64], longest: i64) -> &[i64] {
    let end = ns
        .windows(2)
        .map(|pair| pair[1].saturating_sub(pair[0]))
        .position(|step| !(-SHUFFLED_NS..=longest).contains(&step))
        .map_or(ns.len(), |n| n + 1);
    &ns[..end]
}

/// The line through the rows at which a held stamp changes: the first and the last second are seldom full, and would
/// bend a line through all rows.
fn edges_of(ns: &[i64]) -> Option<Line> {
    let edges: Vec<(usize, i64)> = (1..ns.len())
        .filter(|n| ns[*n] != ns[n - 1])
        .map(|n| (n, ns[n]))
        .collect();
    (edges.len() >= 3)
        .then(|| Line::through(edges.into_iter()))
        .flatten()
}

/// A straight line through stamps over the numbers of their rows.
#[derive(Debug, Clone, Copy)]
struct Line {
    period_ns: f64,
    /// The stamp that row 0 would have.
    at_zero: f64,
    /// Twice the standard error of the period, as a share of it, and never less than a row in all rows.
    doubt: f64,
}

/// In fewer seconds a packet more or less tilts a line by more than its rows make up.
const SHORT_NS: i64 = 10_000_000_000;

impl Line {
    /// Has the rows of a short stretch of packets make up its length.
    fn count_over_span(&mut self, ns: &[i64]) {
        let (Some(low), Some(high)) = (ns.iter().min(), ns.iter().max()) else {
            return;
        };
        let span = high.saturating_sub(*low);
        if (1..SHORT_NS).contains(&span) {
            self.period_ns = span as f64 / (ns.len() - 1) as f64;
        }
    }

    fn through(points: impl Iterator<Item = (usize, i64)>) -> Option<Self> {
        let points: Vec<(f64, i64)> = points.map(|(row, ns)| (row as f64, ns)).collect();
        let (first, last) = (points.first()?, points.last()?);
        if last.0 - first.0 < 7.0 {
            return None;
        }
        let n = points.len() as f64;
        let base = first.1;
        let value = |ns: i64| ns.saturating_sub(base) as f64;
        let mean_row = points.iter().map(|(row, _)| row).sum::<f64>() / n;
        let mean = points.iter().map(|(_, ns)| value(*ns)).sum::<f64>() / n;
        let (mut cross, mut square) = (0.0, 0.0);
        for (row, ns) in &points {
            let d = row - mean_row;
            cross += d * (value(*ns) - mean);
            square += d * d;
        }
        let period_ns = cross / square;
        if !(period_ns.is_finite() && period_ns > 0.0) {
            return None;
        }
        let off: f64 = points
            .iter()
            .map(|(row, ns)| (value(*ns) - mean - period_ns * (row - mean_row)).powi(2))
            .sum();
        let error = (off / (n - 2.0).max(1.0) / square).sqrt() / period_ns;
        Some(Self {
            period_ns,
            at_zero: base as f64 + mean - period_ns * mean_row,
            doubt: (2.0 * error).max(1.0 / (last.0 - first.0)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_that_are_not_full_at_the_ends_do_not_bend_the_rate() {
        // 60 Hz for eight seconds from 0.47 s on, stamps cut to whole seconds
        let stamps: Vec<i64> = (0..480)
            .map(|n| (470_000_000 + n * 16_666_667) / 1_000_000_000 * 1_000_000_000)
            .collect();
        let line = edges_of(first_stretch(&stamps, PAUSE_NS)).unwrap();
        assert!((1e9 / line.period_ns - 60.0).abs() < 0.2, "{line:?}");
        assert!((line.at_zero - 470e6).abs() < 20e6, "{line:?}");
        assert!(line.doubt < 0.005);
    }

    #[test]
    fn rows_of_a_few_packets_make_up_the_time_they_take() {
        // twelve packets of eight rows, every third one late
        let received: Vec<i64> = (0..96)
            .map(|n| n / 8)
            .map(|packet| packet * 80_000_000 + if packet % 3 == 2 { 60_000_000 } else { 0 })
            .collect();
        let mut line = Line::through(received.iter().copied().enumerate()).unwrap();
        line.count_over_span(&received);
        let span = (received[95] - received[0]) as f64;
        assert!((line.period_ns - span / 95.0).abs() < 1.0);
    }

    #[test]
    fn a_gap_ends_the_stretch_that_is_measured() {
        let stamps: Vec<i64> = (0..20)
            .map(|n| if n < 12 { n } else { n + 100 } * 100_000_000)
            .collect();
        assert_eq!(first_stretch(&stamps, PAUSE_NS).len(), 12);
    }
}

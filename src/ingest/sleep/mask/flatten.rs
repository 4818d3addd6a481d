//! Intervals on one time line: unions, runs, and overlapping pieces made into one sequence.

use std::collections::BinaryHeap;

use jiff::SignedDuration;

use super::place::Placed;
use crate::model::night::{Stage, StageInterval};

/// A stage on the recording's time line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// From and to.
    pub at: Placed,
    /// The stage.
    pub stage: Stage,
    /// The higher rank wins where pieces overlap.
    pub rank: u8,
}

/// Intervals joined where they touch or lie no more than `pause_ns` apart, in order.
pub fn runs(intervals: &[Placed], pause_ns: i64) -> Vec<Placed> {
    let mut sorted: Vec<Placed> = intervals
        .iter()
        .copied()
        .filter(|i| i.from < i.to)
        .collect();
    sorted.sort_by_key(|interval| (interval.from, interval.to));
    let mut joined: Vec<Placed> = Vec::new();
    for next in sorted {
        match joined.last_mut() {
            Some(last) if next.from <= last.to.saturating_add(pause_ns) => {
                last.to = last.to.max(next.to)
            }
            _ => joined.push(next),
        }
    }
    joined
}

/// How many nanoseconds of `from..to` the intervals cover; overlaps count once.
pub fn covered(intervals: &[Placed], from: i64, to: i64) -> i64 {
    runs(intervals, 0)
        .iter()
        .map(|run| (run.to.min(to)).saturating_sub(run.from.max(from)).max(0))
        .sum()
}

/// The pieces as one sequence within `0..length_ns`: at each instant the highest rank, then the latest start, then the
/// later of the list. Equal neighbours are joined.
pub fn stages(pieces: &[Piece], length_ns: i64) -> Vec<StageInterval> {
    let mut order: Vec<usize> = (0..pieces.len())
        .filter(|at| {
            pieces[*at].at.from < pieces[*at].at.to && pieces[*at].at.overlaps(0, length_ns)
        })
        .collect();
    order.sort_by_key(|at| pieces[*at].at.from);
    let mut boundaries: Vec<i64> = order
        .iter()
        .flat_map(|at| [pieces[*at].at.from, pieces[*at].at.to])
        .map(|ns| ns.clamp(0, length_ns))
        .collect();
    boundaries.sort_unstable();
    boundaries.dedup();
    let mut waiting = order.into_iter().peekable();
    let mut running: BinaryHeap<(u8, i64, usize)> = BinaryHeap::new();
    let mut sequence: Vec<StageInterval> = Vec::new();
    for (from, to) in boundaries.iter().zip(boundaries.iter().skip(1)) {
        while let Some(at) = waiting.next_if(|at| pieces[*at].at.from <= *from) {
            running.push((pieces[at].rank, pieces[at].at.from, at));
        }
        // Pieces that ended lie in the heap until they come to its top.
        while running
            .peek()
            .is_some_and(|(.., at)| pieces[*at].at.to <= *from)
        {
            running.pop();
        }
        let Some((.., at)) = running.peek() else {
            continue;
        };
        let next = StageInterval {
            start: SignedDuration::from_nanos(*from),
            end: SignedDuration::from_nanos(*to),
            stage: pieces[*at].stage,
        };
        match sequence.last_mut() {
            Some(last) if last.end == next.start && last.stage == next.stage => last.end = next.end,
            _ => sequence.push(next),
        }
    }
    sequence
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(from: i64, to: i64) -> Placed {
        Placed { from, to }
    }

    fn piece(from: i64, to: i64, stage: Stage, rank: u8) -> Piece {
        Piece {
            at: at(from, to),
            stage,
            rank,
        }
    }

    fn plain(sequence: &[StageInterval]) -> Vec<(i128, i128, &'static str)> {
        sequence
            .iter()
            .map(|piece| {
                (
                    piece.start.as_nanos(),
                    piece.end.as_nanos(),
                    piece.stage.name(),
                )
            })
            .collect()
    }

    #[test]
    fn overlaps_count_once() {
        assert_eq!(
            covered(&[at(0, 10), at(5, 15), at(20, 30), at(40, 40)], 3, 25),
            17
        );
        assert_eq!(
            runs(&[at(20, 30), at(0, 10), at(11, 15)], 1),
            [at(0, 15), at(20, 30)]
        );
    }

    #[test]
    fn a_stage_goes_before_asleep_and_the_later_before_the_earlier() {
        let sequence = stages(
            &[
                piece(0, 100, Stage::Asleep, 0),
                piece(10, 60, Stage::N3, 1),
                piece(30, 50, Stage::Rem, 1),
                piece(40, 42, Stage::Wake, 2),
            ],
            90,
        );
        assert_eq!(
            plain(&sequence),
            [
                (0, 10, "asleep"),
                (10, 30, "N3"),
                (30, 40, "R"),
                (40, 42, "W"),
                (42, 50, "R"),
                (50, 60, "N3"),
                (60, 90, "asleep"),
            ]
        );
    }

    #[test]
    fn neighbours_join_and_holes_stay() {
        let sequence = stages(
            &[
                piece(-10, 5, Stage::Light, 1),
                piece(5, 9, Stage::Light, 1),
                piece(12, 14, Stage::Light, 1),
            ],
            13,
        );
        assert_eq!(plain(&sequence), [(0, 9, "light"), (12, 13, "light")]);
    }

    /// A slow flattening that asks every piece at every nanosecond.
    fn by_asking(pieces: &[Piece], length: i64) -> Vec<Option<Stage>> {
        (0..length)
            .map(|ns| {
                pieces
                    .iter()
                    .enumerate()
                    .filter(|(_, piece)| piece.at.from <= ns && ns < piece.at.to)
                    .max_by_key(|(at, piece)| (piece.rank, piece.at.from, *at))
                    .map(|(_, piece)| piece.stage)
            })
            .collect()
    }

    #[test]
    fn the_fast_way_agrees_with_the_slow_one() {
        let kinds = [Stage::Wake, Stage::Light, Stage::N3, Stage::Rem];
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..300 {
            let pieces: Vec<Piece> = (0..next(12))
                .map(|_| {
                    let from = next(60) as i64 - 10;
                    piece(
                        from,
                        from + next(25) as i64,
                        kinds[next(4) as usize],
                        next(3) as u8,
                    )
                })
                .collect();
            let mut slow = vec![None; 40];
            for interval in stages(&pieces, 40) {
                for ns in interval.start.as_nanos()..interval.end.as_nanos() {
                    slow[ns as usize] = Some(interval.stage);
                }
            }
            assert_eq!(slow, by_asking(&pieces, 40), "{pieces:?}");
        }
    }
}

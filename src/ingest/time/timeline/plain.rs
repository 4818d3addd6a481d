//! Rows of which each simply follows the one before, which nearly all are: handed out at once, column by column.

use super::{REMEMBERED, Sample, Timeline};
use crate::ingest::rows::Rows;
use crate::ingest::survey::GAP_NS;
use crate::ingest::time::plan::{Meaning, Repeats};
use crate::model::recording::RawBlock;
use crate::signal::columns;
use crate::signal::steps::are_even;

impl Timeline {
    /// Rows from `from` on of which each simply follows the one before: handed out all at once. Gives how many.
    pub(super) fn plain_run(&mut self, rows: &Rows, from: usize, out: &mut RawBlock) -> usize {
        let plain = self.suspects.is_empty()
            && self.even.is_none()
            && rows.wall.is_empty()
            && self.plan.repeats != Repeats::HeldValues
            && !matches!(self.plan.meaning, Meaning::Counted { .. } | Meaning::Steps);
        let (Some(shift), [held], true) = (self.shift, &self.held[..], plain) else {
            return 0;
        };
        let held = *held;
        if held.at != self.before || held.at.saturating_add(shift) < self.out_last {
            return 0;
        }
        let (bias, ends) = (self.bias, self.next_segment_ns);
        let at = |raw: i64| raw.saturating_add(bias);
        let mut before = held.at;
        let near = (-FAR..FAR).contains(&bias);
        let mut n = 0;
        for block in rows.stamp[from..].chunks(BLOCK) {
            let plain = match near && goes_on(block, before.wrapping_sub(bias), ends) {
                true => block.len(),
                false => {
                    let follows = |&&raw: &&i64| {
                        let step = at(raw).saturating_sub(before);
                        before = at(raw);
                        step > 0 && step <= GAP_NS && raw < ends
                    };
                    block.iter().take_while(follows).count()
                }
            };
            n += plain;
            if plain < block.len() {
                break;
            }
            before = at(block[block.len() - 1]);
        }
        let Some(last) = (from + n).checked_sub(1).filter(|_| n > 0) else {
            return 0;
        };
        // the last of the run is held, as nobody knows yet what follows it
        self.hand_out(held.at, held.v, out);
        self.remember(held);
        let stamps = rows.stamp[from..last].iter();
        let fits = |raw: i64| {
            raw.checked_add(bias)
                .and_then(|at| at.checked_add(shift))
                .is_some()
        };
        // sums that overflow at neither end of what ascends overflow nowhere
        if fits(rows.stamp[from]) && fits(rows.stamp[last]) {
            let sum = bias.wrapping_add(shift);
            out.stamp_ns.extend(stamps.map(|raw| raw.wrapping_add(sum)));
        } else {
            out.stamp_ns
                .extend(stamps.map(|&raw| at(raw).saturating_add(shift)));
        }
        columns::apart(&rows.axes[from..last], [&mut out.x, &mut out.y, &mut out.z]);
        for k in from.max(last.saturating_sub(REMEMBERED))..last {
            self.remember(Sample {
                at: at(rows.stamp[k]),
                v: rows.axes[k],
            });
        }
        self.before = at(rows.stamp[last]);
        self.held[0] = Sample {
            at: self.before,
            v: rows.axes[last],
        };
        self.out_last = out.stamp_ns.last().copied().unwrap_or(self.out_last);
        n
    }
}

/// So many rows are looked at together: what nearly always holds for all of them is asked once.
const BLOCK: usize = 32;
/// Sums of two numbers of nanoseconds below this do not overflow (73 years).
const FAR: i64 = 1 << 61;

/// Whether every row of a block is one and the same step from the row before, so far from any overflow that sums do not
/// saturate. `before` is the row before the block, on the clock of the rows.
fn goes_on(block: &[i64], before: i64, ends: i64) -> bool {
    let Some((&first, &last)) = block.first().zip(block.last()) else {
        return true;
    };
    let usual = first.wrapping_sub(before);
    are_even(before, block, usual)
        && (1..=GAP_NS).contains(&usual)
        && last < ends
        && before > -FAR
        && last < FAR
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::options::ReadOptions;
    use crate::ingest::time::claim::TimeClaim;
    use crate::ingest::time::plan::TimePlan;

    fn timeline() -> Timeline {
        let plan = TimePlan::of_blocks(&TimeClaim::default(), &ReadOptions::default());
        Timeline::new(plan)
    }

    /// Rows 10 ms apart, but for copies, steps back, equal stamps, late packets, gaps and strays.
    fn rows() -> Rows {
        let mut rows = Rows::default();
        let mut ms = 5_000i64;
        for n in 0..6_000i64 {
            ms += 10;
            let stamp = match n % 601 {
                100 => ms - 10,
                200 => ms - 55,
                300 => {
                    ms += 2_500;
                    ms
                }
                400 => ms + 40_000,
                _ => ms,
            };
            rows.stamp.push(stamp * 1_000_000);
            let value = (n - i64::from(n % 601 == 500)) as f32;
            rows.axes.push([value, -value, 0.5]);
            rows.line.push(n as u64 + 1);
        }
        rows
    }

    fn out_of(mut timeline: Timeline, pieces: &[Rows]) -> (RawBlock, Timeline) {
        let mut out = RawBlock::default();
        for rows in pieces {
            timeline.push(rows, &mut out).unwrap();
        }
        timeline.finish(&mut out);
        (out, timeline)
    }

    #[test]
    fn a_run_gives_what_one_row_after_another_gives() {
        let whole = rows();
        let (at_once, runs) = out_of(timeline(), std::slice::from_ref(&whole));
        // a second clock that says the same keeps every row off the short way
        let mut beside = whole.clone();
        beside.wall.clone_from(&beside.stamp);
        let (one_by_one, slow) = out_of(timeline(), &[beside]);
        assert_eq!(at_once, one_by_one);
        assert_eq!(runs.counts, slow.counts);
        assert_eq!(runs.notes.first_backward, slow.notes.first_backward);
        assert_eq!(runs.notes.equal_stamps, slow.notes.equal_stamps);
        assert!(runs.counts.backward > 0 && runs.notes.equal_stamps > 0);
    }

    #[test]
    fn it_does_not_matter_how_rows_are_cut() {
        let whole = rows();
        let (at_once, _) = out_of(timeline(), std::slice::from_ref(&whole));
        for length in [1, 7, 599] {
            let pieces: Vec<Rows> = (0..whole.len())
                .step_by(length)
                .map(|from| {
                    let to = (from + length).min(whole.len());
                    Rows {
                        stamp: whole.stamp[from..to].to_vec(),
                        axes: whole.axes[from..to].to_vec(),
                        line: whole.line[from..to].to_vec(),
                        ..Rows::default()
                    }
                })
                .collect();
            assert_eq!(out_of(timeline(), &pieces).0, at_once, "{length}");
        }
    }

    #[test]
    fn a_packet_of_rows_sent_again_is_known_as_a_copy() {
        // ten rows once more, deep in a long recording
        let mut rows = Rows::default();
        for n in (0..5_000i64).chain(4_990..5_000).chain(5_000..5_100) {
            rows.stamp.push(n * 10_000_000);
            rows.axes.push([n as f32, 0.0, 1.0]);
            rows.line.push(1);
        }
        let (out, timeline) = out_of(timeline(), &[rows]);
        assert_eq!(out.len(), 5_100);
        assert_eq!(
            (timeline.counts.duplicate, timeline.counts.backward),
            (10, 0)
        );
    }
}

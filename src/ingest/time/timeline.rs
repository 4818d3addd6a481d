//! From the stamps of rows to the stamps of samples: cleaned, evenly spaced where the file only knows seconds,
//! anchored to the wall clock, in UTC where a zone is known.
//!
//! Order of cleaning: copies of a row go, steps backward go, repeated sensor stamps collapse; each is counted. Never does
//! a stamp go backward on the way out.

mod jumps;
mod plain;

use super::claim::Segment;
use super::even::Even;
use super::plan::{Anchor, Meaning, Repeats, TimePlan};
use super::repeats::SHUFFLED_NS;
use super::wall::{HOUR_NS, local_to_utc, start_ns};
use crate::ingest::error::ReadResult;
use crate::ingest::rows::Rows;
use crate::ingest::survey::GAP_NS;
use crate::model::recording::{RawBlock, RowCounts};

/// Rows after a jump forward that must follow it before it is believed: a stray stamp stands alone.
const CONFIRMED_BY: usize = 4;
/// Kept rows that a copy may lie behind: radio links repeat a packet of some rows.
const REMEMBERED: usize = 32;
/// Of more rows with one stamp those that are alike are no copies: a sensor at rest says the same again.
const COPIES: usize = 8;
/// A step back by more than this, to near the first row, is a counter that began anew.
const ANEW_NS: i64 = 10_000_000_000;
/// A repeated value is dropped as a repeat of an event row for no longer than this.
const HELD_NS: i64 = 250_000_000;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Sample {
    at: i64,
    v: [f32; 3],
}

/// Turns rows into samples.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct Timeline {
    plan: TimePlan,
    /// Added to raw stamps for wraps and changes of the clock.
    bias: i64,
    /// Added on the way out.
    shift: Option<i64>,
    /// The last row that was taken.
    before: i64,
    wall_before: i64,
    wall_first: i64,
    /// The stamp of the first row.
    first: i64,
    /// The last sample taken and those with the same stamp, not handed out yet.
    held: Vec<Sample>,
    /// Rows after a jump forward, not believed yet.
    suspects: Vec<(Sample, u64)>,
    recent: Vec<Sample>,
    /// Which of those the next one takes the place of.
    oldest: usize,
    even: Option<Even>,
    out_last: i64,
    summed: i64,
    /// The raw stamp at which the next stretch between pauses begins.
    next_segment_ns: i64,
    segment: usize,
    pub counts: RowCounts,
    pub notes: Notes,
}

/// What cleaning saw, for warnings and the final check.
#[derive(Debug, Default, Clone)]
pub(in crate::ingest) struct Notes {
    /// First row that stepped backward, and by how much.
    pub first_backward: Option<(u64, i64)>,
    /// First row from which the counter began anew, with no clock to say when.
    pub began_anew: Option<u64>,
    /// The clock went on an hour off: line, seconds.
    pub clock_changes: Vec<(u64, i64)>,
    pub wraps: u64,
    /// How often the time of day began anew.
    pub midnights: u64,
    pub restarts: u64,
    /// Wall and sensor clock drifted apart by so many nanoseconds at most.
    pub apart_ns: i64,
    /// Samples whose stamp equalled the one before.
    pub equal_stamps: u64,
    pub unparsable: Option<(u64, String)>,
    /// The line of the last row with a sample.
    pub last_line: u64,
}

impl Timeline {
    pub(in crate::ingest) fn new(plan: TimePlan) -> Self {
        let even = match plan.repeats {
            Repeats::Even {
                period_ns,
                step_ns,
                late_ns,
            } => Some(Even::new(period_ns, step_ns, late_ns)),
            Repeats::Counted { period_ns } => Some(Even::running_free(period_ns)),
            _ => None,
        };
        Self {
            plan,
            bias: 0,
            shift: None,
            before: i64::MIN,
            wall_before: 0,
            wall_first: 0,
            first: 0,
            held: Vec::new(),
            suspects: Vec::new(),
            recent: Vec::new(),
            oldest: 0,
            even,
            out_last: i64::MIN,
            summed: 0,
            next_segment_ns: i64::MAX,
            segment: 0,
            counts: RowCounts::default(),
            notes: Notes::default(),
        }
    }

    /// What the plan has to say to the reader of the results.
    pub(in crate::ingest) fn warnings(&self) -> &[String] {
        &self.plan.warnings
    }

    /// Adds rows; samples that are settled are appended to `out`.
    pub(in crate::ingest) fn push(&mut self, rows: &Rows, out: &mut RawBlock) -> ReadResult<()> {
        self.counts.parsed += rows.len() as u64;
        self.counts.skipped += rows.skipped;
        self.counts.missing += rows.missing;
        self.counts.lost += rows.lost;
        self.counts.parsed += rows.lost;
        self.counts.unparsable += rows.unparsable;
        if self.notes.unparsable.is_none() {
            self.notes.unparsable.clone_from(&rows.first_unparsable);
        }
        self.notes.last_line = rows.line.last().copied().unwrap_or(self.notes.last_line);
        let mut i = 0;
        while i < rows.len() {
            i += self.plain_run(rows, i, out);
            if i == rows.len() {
                break;
            }
            let wall = rows.wall.get(i).copied();
            let raw = match self.plan.meaning {
                Meaning::Counted { period_ns } => (rows.stamp[i] as f64 * period_ns).round() as i64,
                Meaning::Steps => {
                    self.summed = self.summed.saturating_add(rows.stamp[i]);
                    self.summed
                }
                _ => rows.stamp[i],
            };
            if self.shift.is_none() {
                self.begin(raw, wall)
                    .map_err(|error| error.at_line(rows.line[i]))?;
            }
            if raw >= self.next_segment_ns {
                self.enter_segment();
            }
            let sample = Sample {
                at: raw.saturating_add(self.bias),
                v: rows.axes[i],
            };
            let step = sample.at.saturating_sub(self.before);
            if step > 0 && step <= GAP_NS && self.suspects.is_empty() {
                self.before = sample.at;
                self.accept(sample, out);
            } else {
                self.unusual(sample, raw, wall, rows.line[i], out);
            }
            if let Some(wall) = wall {
                let apart = self.wall_ahead_ns(wall);
                self.notes.apart_ns = self.notes.apart_ns.max(apart.saturating_abs());
            }
            i += 1;
        }
        Ok(())
    }

    /// Hands out what is still held.
    pub(in crate::ingest) fn finish(&mut self, out: &mut RawBlock) {
        // a jump in the last rows of all is believed: nothing came after to deny it
        for (sample, _) in std::mem::take(&mut self.suspects) {
            self.before = sample.at;
            self.accept(sample, out);
        }
        self.release(None, out);
    }

    fn begin(&mut self, raw: i64, wall: Option<i64>) -> ReadResult<()> {
        self.before = raw.saturating_sub(1);
        self.first = raw;
        // `wall_before` is from here on the sensor stamp at which the wall clock showed `wall_first`
        self.wall_before = raw;
        self.wall_first = wall.unwrap_or(0);
        let zone = self.plan.zone.as_ref();
        let shift = match (&self.plan.anchor, wall) {
            // of counted rows the first began then, whether it holds a sample or none
            (Anchor::First(start), _) => match self.plan.meaning {
                Meaning::Counted { .. } => start_ns(*start, zone)?,
                _ => start_ns(*start, zone)?.saturating_sub(raw),
            },
            (Anchor::Wall { meaning }, Some(wall)) => {
                let wall = match meaning {
                    Meaning::Local => local_to_utc(wall, zone)?,
                    _ => wall,
                };
                wall.saturating_sub(raw)
            }
            (Anchor::Own, _) if self.plan.meaning == Meaning::Local => {
                local_to_utc(raw, zone)?.saturating_sub(raw)
            }
            (Anchor::SinceFirst, _) => raw.saturating_neg(),
            (Anchor::Segments(segments), _) => {
                // a first sample may lie a little before the first start
                let first = segments.iter().rposition(|s| s.from_ns <= raw).unwrap_or(0);
                self.segment = first;
                self.next_segment_ns = segments.get(first + 1).map_or(i64::MAX, |s| s.from_ns);
                segments
                    .get(first)
                    .map_or(0, |s| s.utc_ns.saturating_sub(s.from_ns))
            }
            _ => 0,
        };
        self.shift = Some(shift);
        Ok(())
    }

    /// The clock stood still in a pause; from here on it is ahead by so much more.
    #[cold]
    fn enter_segment(&mut self) {
        let Anchor::Segments(segments) = &self.plan.anchor else {
            return;
        };
        if let (Some(old), Some(new)) = (segments.get(self.segment), segments.get(self.segment + 1))
        {
            let ahead = |s: &Segment| s.utc_ns.saturating_sub(s.from_ns);
            let paused = ahead(new).saturating_sub(ahead(old));
            self.bias = self.bias.saturating_add(paused.max(0));
        }
        self.segment += 1;
        self.next_segment_ns = segments
            .get(self.segment + 1)
            .map_or(i64::MAX, |s| s.from_ns);
    }

    /// Everything but a row that follows the one before within two seconds.
    #[cold]
    fn unusual(
        &mut self,
        sample: Sample,
        raw: i64,
        wall: Option<i64>,
        line: u64,
        out: &mut RawBlock,
    ) {
        let mut sample = sample;
        if self.suspects.is_empty() {
            let step = sample.at.saturating_sub(self.before);
            if let Some(change) = self.clock_change(step, raw, wall) {
                self.bias = self.bias.saturating_add(change);
                sample.at = sample.at.saturating_add(change);
                if change.abs() == HOUR_NS {
                    self.notes
                        .clock_changes
                        .push((line, -change / 1_000_000_000));
                }
                self.before = self.before.max(sample.at);
                self.accept(sample, out);
                return;
            }
            match step {
                0 => self.accept(sample, out),
                // an even clock takes rows as they come
                i64::MIN..=-1 if self.even.is_some() && step >= -SHUFFLED_NS => {
                    self.accept(sample, out)
                }
                i64::MIN..=-1 => self.backward(sample, line, step.saturating_neg()),
                1..=GAP_NS => {
                    self.before = sample.at;
                    self.accept(sample, out);
                }
                _ => self.suspects.push((sample, line)),
            }
            return;
        }
        let last = self.suspects.last().map_or(self.before, |(s, _)| s.at);
        if sample.at >= last {
            self.suspects.push((sample, line));
            if self.suspects.len() >= CONFIRMED_BY {
                for (sample, _) in std::mem::take(&mut self.suspects) {
                    self.before = sample.at;
                    self.accept(sample, out);
                }
            }
        } else if sample.at >= self.before {
            // the clock came back: what jumped ahead was wrong
            for (stray, line) in std::mem::take(&mut self.suspects) {
                self.backward(stray, line, stray.at.saturating_sub(sample.at));
            }
            if sample.at > self.before {
                self.before = sample.at;
            }
            self.accept(sample, out);
        } else {
            self.backward(sample, line, self.before.saturating_sub(sample.at));
        }
    }

    #[cold]
    fn backward(&mut self, sample: Sample, line: u64, by: i64) {
        if self.recent.contains(&sample) || self.held.contains(&sample) {
            self.counts.duplicate += 1;
            return;
        }
        self.counts.backward += 1;
        self.notes.first_backward.get_or_insert((line, by));
        let counts = self.plan.meaning == Meaning::Elapsed;
        if counts && by > ANEW_NS && sample.at.saturating_sub(self.first) < by / 10 {
            self.notes.began_anew.get_or_insert(line);
        }
    }

    /// Takes a sample whose stamp is not before the last one.
    #[inline]
    fn accept(&mut self, sample: Sample, out: &mut RawBlock) {
        match self.held[..] {
            [held] if sample.at > held.at => {
                if self.plan.repeats == Repeats::HeldValues
                    && held.v == sample.v
                    && sample.at.saturating_sub(held.at) < HELD_NS
                {
                    self.counts.duplicate += 1;
                    return;
                }
                if self.even.is_none() {
                    self.hand_out(held.at, held.v, out);
                    self.remember(held);
                    self.held[0] = sample;
                    return;
                }
            }
            _ => {}
        }
        self.accept_slowly(sample, out);
    }

    #[cold]
    fn accept_slowly(&mut self, sample: Sample, out: &mut RawBlock) {
        if let Some(even) = &mut self.even {
            let at = even.place(sample.at);
            self.held.clear();
            self.held.push(sample);
            self.hand_out(at, sample.v, out);
            return;
        }
        match self.held.last() {
            Some(last) if last.at == sample.at => {
                if self.held.len() < COPIES && self.held.contains(&sample) {
                    self.counts.duplicate += 1;
                } else if self.plan.repeats == Repeats::SensorStamps {
                    // the same stamp of the sensor is the same sample, whatever else the row says
                    self.counts.duplicate += 1;
                } else {
                    self.notes.equal_stamps += 1;
                    self.held.push(sample);
                }
            }
            _ => {
                self.release(Some(sample.at), out);
                self.held.push(sample);
            }
        }
    }

    fn remember(&mut self, sample: Sample) {
        if self.recent.len() < REMEMBERED {
            self.recent.push(sample);
        } else {
            self.recent[self.oldest] = sample;
            self.oldest = (self.oldest + 1) % REMEMBERED;
        }
    }

    /// Hands out the held samples; several of one stamp are spread up to the next.
    fn release(&mut self, next: Option<i64>, out: &mut RawBlock) {
        if self.even.is_some() {
            return;
        }
        let held = std::mem::take(&mut self.held);
        let n = held.len() as i64;
        let room = match next {
            Some(next) => held.first().map_or(0, |s| next.saturating_sub(s.at)),
            None => i64::MAX,
        };
        let step = (self.plan.expected_ns() as i64).min(room / n.max(1)).max(0);
        for (k, sample) in held.iter().enumerate() {
            self.hand_out(sample.at.saturating_add(step * k as i64), sample.v, out);
            self.remember(*sample);
        }
        self.held = held;
        self.held.clear();
    }

    #[inline]
    fn hand_out(&mut self, at: i64, v: [f32; 3], out: &mut RawBlock) {
        let stamp = at
            .saturating_add(self.shift.unwrap_or(0))
            .max(self.out_last);
        self.out_last = stamp;
        out.push(stamp, v);
    }
}

//! From stamped samples to a uniform grid: linear interpolation, with holes told from gaps.
//!
//! The grid is global: index `i` lies `i / rate` seconds after the first sample, whatever was lost in between, so a
//! gap shifts nothing. Linear interpolation is only right at or above the sensor's own rate; the grid is that rate.

mod pace;

use pace::{PACED, Pace};

use crate::signal::lanes::Lanes;
use crate::signal::steps::are_even;

/// Longest time between two samples that is filled without a word (docs/DETECTOR.md, "Sources of constants").
const FILLED_S: f64 = 0.25;
/// The same in sample periods: at 5 Hz a late sample is no hole, a lost one is.
const FILLED_PERIODS: f64 = 1.75;
/// Longest time between two samples within a segment; beyond it filters start afresh.
pub(super) const LONGEST_HOLE_NS: i64 = 2_000_000_000;
/// A stamp on the grid may come out a hair off it, in grid steps.
const HAIR: f64 = 1e-6;
/// Grid samples are handed on when so many are ready; a hole may be many samples long.
const READY: usize = 4096;

/// What takes the grid's samples.
pub(super) trait GridSink {
    /// A segment begins; its first sample will have this grid index.
    fn begin(&mut self, index: u64);
    /// The next samples.
    fn take(&mut self, samples: &[Lanes]);
    /// The segment is over.
    fn end(&mut self);
    /// A hole from one stamp to another, in nanoseconds since the first sample.
    fn hole(&mut self, hole: Hole, from_ns: i64, to_ns: i64);
}

/// A stretch without samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hole {
    /// Short enough to be bridged; nothing may begin or end in it.
    Bridged,
    /// Too long for that: one segment ends, another begins.
    Gap,
}

#[derive(Debug, Clone, Copy)]
struct Stamped {
    ns: i64,
    /// The stamp in grid steps.
    at: f64,
    v: Lanes,
}

/// Mean of several samples that came where one was planned.
#[derive(Debug, Clone, Copy, Default)]
struct Bundle {
    n: u32,
    ns: i128,
    v: [f64; 3],
}

/// The state between one sample and the next.
#[derive(Debug)]
pub(super) struct Gridder {
    rate_hz: f64,
    filled_ns: i64,
    last: Option<Stamped>,
    last_raw_ns: i64,
    /// Index of the next grid sample of the open segment; signed, which is quicker turned into a float.
    next: i64,
    pace: Pace,
    bundle: Bundle,
    ready: Vec<Lanes>,
    n_ready: usize,
    /// Grid samples that may become ready until the pace is looked at again.
    room: usize,
}

impl Gridder {
    pub(super) fn new(rate_hz: f64) -> Self {
        let filled_s = FILLED_S.max(FILLED_PERIODS / rate_hz);
        let room = PACED * ((filled_s * rate_hz) as usize + 2);
        Self {
            room,
            rate_hz,
            filled_ns: (filled_s * 1e9).round() as i64,
            last: None,
            last_raw_ns: 0,
            next: 0,
            pace: Pace::of(rate_hz),
            bundle: Bundle::default(),
            ready: vec![Lanes::default(); READY.max(room)],
            n_ready: 0,
        }
    }

    /// Takes samples; stamps count from the first one and never go backward (a sample that does not advance is passed
    /// over).
    pub(super) fn take(&mut self, ns: &[i64], samples: &[Lanes], sink: &mut impl GridSink) {
        let mut from = 0;
        while from < ns.len() {
            from += self.take_even(&ns[from..], &samples[from..], sink);
            if from == ns.len() {
                break;
            }
            let plain = self.take_plain(&ns[from..], &samples[from..], sink);
            from += plain;
            if plain == 0 {
                self.take_one(ns[from], samples[from], sink);
                from += 1;
            }
        }
        self.hand_on(sink);
    }

    /// Takes the next samples as long as each lies on the grid, one step behind the one before, and hands them on as they
    /// are; how many there were. An even clock gives nothing else.
    fn take_even(&mut self, ns: &[i64], samples: &[Lanes], sink: &mut impl GridSink) -> usize {
        let (Some(_), Some(&first)) = (self.last, ns.first()) else {
            return 0;
        };
        let period = first - self.last_raw_ns;
        if self.pace.bundled() > 1
            || self.bundle.n > 0
            || !(1..=self.filled_ns).contains(&period)
            || !self.is_on_grid(first, 0)
        {
            return 0;
        }
        let mut n = 0;
        let mut before = self.last_raw_ns;
        for block in ns.as_chunks::<PACED>().0 {
            let even = are_even(before, block, period);
            before = block[PACED - 1];
            // with even steps the first and the last on the grid have all others between them
            if !even || !self.is_on_grid(before, n + PACED - 1) {
                break;
            }
            n += PACED;
        }
        let Some((&last_ns, &last)) = ns[..n].last().zip(samples[..n].last()) else {
            return 0;
        };
        self.hand_on(sink);
        sink.take(&samples[..n]);
        let mut left = n;
        while left > 0 {
            let some = left.min(self.pace.room());
            self.pace.take(some, some as i64 * period);
            left -= some;
        }
        self.next += n as i64;
        self.last_raw_ns = last_ns;
        self.last = Some(Stamped {
            ns: last_ns,
            at: seconds(last_ns) * self.rate_hz,
            v: last,
        });
        n
    }

    /// Whether a stamp lies on the grid, so many samples behind the next one.
    fn is_on_grid(&self, ns: i64, behind: usize) -> bool {
        let next = (self.next + behind as i64) as f64;
        (seconds(ns) * self.rate_hz - next).abs() <= HAIR
    }

    /// Takes the next samples as long as they have nothing against them: they advance, without a hole, and come as
    /// planned. No more than until the pace is looked at again; how many there were.
    fn take_plain(&mut self, ns: &[i64], samples: &[Lanes], sink: &mut impl GridSink) -> usize {
        let Some(mut from) = self.last else { return 0 };
        if self.pace.bundled() > 1 || self.bundle.n > 0 {
            return 0;
        }
        if self.ready.len() - self.n_ready < self.room {
            self.hand_on(sink);
        }
        let ready = &mut self.ready[self.n_ready..];
        let (rate_hz, mut next, mut n) = (self.rate_hz, self.next as f64, 0);
        let (mut last_ns, mut taken) = (self.last_raw_ns, 0);
        for (&ns, &v) in ns.iter().zip(samples).take(self.pace.room()) {
            if !(1..=self.filled_ns).contains(&(ns - last_ns)) {
                break;
            }
            last_ns = ns;
            taken += 1;
            let at = seconds(ns) * rate_hz;
            let to = Stamped { ns, at, v };
            if (at - next).abs() <= HAIR {
                ready[n] = v;
                n += 1;
                next += 1.0;
            } else {
                let per_step = 1.0 / (at - from.at);
                while next <= at + HAIR {
                    ready[n] = between(from, to, (next - from.at) * per_step);
                    n += 1;
                    next += 1.0;
                }
            }
            from = to;
        }
        self.n_ready += n;
        self.next += n as i64;
        self.last = Some(from);
        self.pace.take(taken, last_ns - self.last_raw_ns);
        self.last_raw_ns = last_ns;
        taken
    }

    fn take_one(&mut self, ns: i64, v: Lanes, sink: &mut impl GridSink) {
        let to = Stamped {
            ns,
            at: seconds(ns) * self.rate_hz,
            v,
        };
        let Some(from) = self.last else {
            self.last_raw_ns = ns;
            self.open(to, sink);
            return;
        };
        let since = ns - self.last_raw_ns;
        if since <= 0 {
            return;
        }
        self.last_raw_ns = ns;
        if since > self.filled_ns {
            self.bundle = Bundle::default();
            self.hand_on(sink);
            if since > LONGEST_HOLE_NS {
                sink.end();
                sink.hole(Hole::Gap, from.ns, ns);
                self.open(to, sink);
                return;
            }
            sink.hole(Hole::Bridged, from.ns, ns);
        } else {
            self.pace.take(1, since);
        }
        let to = if self.pace.bundled() <= 1 && self.bundle.n == 0 {
            to
        } else if let Some(to) = self.bundled(ns, v) {
            to
        } else {
            return;
        };
        self.advance(from, to, sink);
        self.last = Some(to);
    }

    /// Closes the open segment.
    pub(super) fn finish(&mut self, sink: &mut impl GridSink) {
        if self.last.take().is_some() {
            sink.end();
        }
    }

    fn hand_on(&mut self, sink: &mut impl GridSink) {
        sink.take(&self.ready[..self.n_ready]);
        self.n_ready = 0;
    }

    fn push(&mut self, v: Lanes, sink: &mut impl GridSink) {
        if self.n_ready == self.ready.len() {
            self.hand_on(sink);
        }
        self.ready[self.n_ready] = v;
        self.n_ready += 1;
        self.next += 1;
    }

    fn open(&mut self, sample: Stamped, sink: &mut impl GridSink) {
        self.next = (sample.at - HAIR).ceil().max(0.0) as i64;
        self.last = Some(sample);
        sink.begin(self.next as u64);
        if self.next as f64 <= sample.at + HAIR {
            self.push(sample.v, sink);
        }
    }

    /// Samples that come at 1.5 times the planned rate or faster are averaged down to it: interpolation alone would
    /// fold what they hold above the grid's band.
    fn bundled(&mut self, ns: i64, v: Lanes) -> Option<Stamped> {
        self.bundle.n += 1;
        self.bundle.ns += i128::from(ns);
        for (sum, value) in self.bundle.v.iter_mut().zip(v.axes()) {
            *sum += f64::from(value);
        }
        if self.bundle.n < self.pace.bundled() {
            return None;
        }
        let bundle = std::mem::take(&mut self.bundle);
        let ns = (bundle.ns / i128::from(bundle.n)) as i64;
        Some(Stamped {
            ns,
            at: seconds(ns) * self.rate_hz,
            v: Lanes::of_axes(bundle.v.map(|sum| (sum / f64::from(bundle.n)) as f32)),
        })
    }

    /// The grid's samples from one stamp to the next; a sample on the grid stays as it is.
    fn advance(&mut self, from: Stamped, to: Stamped, sink: &mut impl GridSink) {
        if (to.at - self.next as f64).abs() <= HAIR {
            self.push(to.v, sink);
            return;
        }
        let per_step = 1.0 / (to.at - from.at);
        while self.next as f64 <= to.at + HAIR {
            let share = (self.next as f64 - from.at) * per_step;
            self.push(between(from, to, share), sink);
        }
    }
}

/// The value at this share of the way, 0 to 1.
#[inline(always)]
fn between(from: Stamped, to: Stamped, share: f64) -> Lanes {
    from.v + (to.v - from.v) * (share.clamp(0.0, 1.0) as f32)
}

fn seconds(ns: i64) -> f64 {
    ns as f64 * 1e-9
}

#[cfg(test)]
mod tests;

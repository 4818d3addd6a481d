//! From stamped samples to a uniform grid: linear interpolation, with holes told from gaps.
//!
//! The grid is global: index `i` lies `i / rate` seconds after the first sample, whatever was lost in between, so a
//! gap shifts nothing. Linear interpolation is only right at or above the sensor's own rate; the grid is that rate.

/// Longest time between two samples that is filled without a word (formats survey, section 4).
const FILLED_S: f64 = 0.25;
/// The same in sample periods: at 5 Hz a late sample is no hole, a lost one is.
const FILLED_PERIODS: f64 = 1.75;
/// Longest time between two samples within a segment; beyond it filters start afresh.
pub(super) const LONGEST_HOLE_S: f64 = 2.0;
/// Weight of the newest period in the running mean that notices a rate far above the planned one.
const PERIOD_MEMORY: f64 = 1.0 / 64.0;

/// What takes the grid's samples.
pub(super) trait GridSink {
    /// A segment begins; its first sample will have this grid index.
    fn begin(&mut self, index: u64);
    /// The next sample.
    fn sample(&mut self, v: [f32; 3]);
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
    v: [f32; 3],
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
    filled_s: f64,
    last: Option<Stamped>,
    last_raw_ns: i64,
    /// Index of the next grid sample of the open segment.
    next: u64,
    mean_period_s: f64,
    bundle: Bundle,
}

impl Gridder {
    pub(super) fn new(rate_hz: f64) -> Self {
        Self {
            rate_hz,
            filled_s: FILLED_S.max(FILLED_PERIODS / rate_hz),
            last: None,
            last_raw_ns: 0,
            next: 0,
            mean_period_s: 1.0 / rate_hz,
            bundle: Bundle::default(),
        }
    }

    /// Takes a sample; stamps count from the first one and never go backward (a sample that does not advance is passed
    /// over).
    pub(super) fn push(&mut self, ns: i64, v: [f32; 3], sink: &mut impl GridSink) {
        let Some(last) = self.last else {
            self.last_raw_ns = ns;
            self.open(Stamped { ns, v }, sink);
            return;
        };
        let since = seconds(ns - self.last_raw_ns);
        if since <= 0.0 {
            return;
        }
        self.last_raw_ns = ns;
        if since > self.filled_s {
            self.bundle = Bundle::default();
            if since > LONGEST_HOLE_S {
                sink.end();
                sink.hole(Hole::Gap, last.ns, ns);
                self.open(Stamped { ns, v }, sink);
                return;
            }
            sink.hole(Hole::Bridged, last.ns, ns);
        } else {
            self.mean_period_s += PERIOD_MEMORY * (since - self.mean_period_s);
        }
        if let Some(sample) = self.bundled(ns, v) {
            self.advance(last, sample, sink);
        }
    }

    /// Closes the open segment.
    pub(super) fn finish(&mut self, sink: &mut impl GridSink) {
        if self.last.take().is_some() {
            sink.end();
        }
    }

    fn open(&mut self, sample: Stamped, sink: &mut impl GridSink) {
        let at = seconds(sample.ns) * self.rate_hz;
        // A stamp on the grid may come out a hair above it.
        self.next = (at - 1e-6).ceil().max(0.0) as u64;
        self.last = Some(sample);
        sink.begin(self.next);
        if self.next as f64 <= at + 1e-6 {
            sink.sample(sample.v);
            self.next += 1;
        }
    }

    /// Samples that come at 1.5 times the planned rate or faster are averaged down to it: interpolation alone would
    /// fold what they hold above the grid's band.
    fn bundled(&mut self, ns: i64, v: [f32; 3]) -> Option<Stamped> {
        let n = (1.0 / (self.rate_hz * self.mean_period_s)).round() as u32;
        if n <= 1 && self.bundle.n == 0 {
            return Some(Stamped { ns, v });
        }
        self.bundle.n += 1;
        self.bundle.ns += i128::from(ns);
        for (sum, value) in self.bundle.v.iter_mut().zip(v) {
            *sum += f64::from(value);
        }
        if self.bundle.n < n {
            return None;
        }
        let bundle = std::mem::take(&mut self.bundle);
        Some(Stamped {
            ns: (bundle.ns / i128::from(bundle.n)) as i64,
            v: bundle.v.map(|sum| (sum / f64::from(bundle.n)) as f32),
        })
    }

    fn advance(&mut self, from: Stamped, to: Stamped, sink: &mut impl GridSink) {
        let start = seconds(from.ns) * self.rate_hz;
        let end = seconds(to.ns) * self.rate_hz;
        let per_step = 1.0 / (end - start);
        while self.next as f64 <= end + 1e-6 {
            let share = ((self.next as f64 - start) * per_step).clamp(0.0, 1.0) as f32;
            let mut v = from.v;
            for (value, target) in v.iter_mut().zip(to.v) {
                *value += share * (target - *value);
            }
            sink.sample(v);
            self.next += 1;
        }
        self.last = Some(to);
    }
}

fn seconds(ns: i64) -> f64 {
    ns as f64 * 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps what it is told, as words.
    #[derive(Default)]
    struct Log {
        segments: Vec<(u64, Vec<f32>)>,
        holes: Vec<(Hole, i64, i64)>,
        open: bool,
    }

    impl GridSink for Log {
        fn begin(&mut self, index: u64) {
            assert!(!std::mem::replace(&mut self.open, true));
            self.segments.push((index, Vec::new()));
        }
        fn sample(&mut self, v: [f32; 3]) {
            self.segments.last_mut().unwrap().1.push(v[0]);
        }
        fn end(&mut self) {
            assert!(std::mem::take(&mut self.open));
        }
        fn hole(&mut self, hole: Hole, from_ns: i64, to_ns: i64) {
            self.holes.push((hole, from_ns, to_ns));
        }
    }

    fn ms(rows: &[(i64, f32)], rate_hz: f64) -> Log {
        let (mut log, mut gridder) = (Log::default(), Gridder::new(rate_hz));
        for &(stamp, x) in rows {
            gridder.push(stamp * 1_000_000, [x, 0.0, 0.0], &mut log);
        }
        gridder.finish(&mut log);
        assert!(!log.open);
        log
    }

    #[test]
    fn samples_on_the_grid_stay_as_they_are() {
        let rows: Vec<(i64, f32)> = (0..500).map(|k| (20 * k, k as f32)).collect();
        let log = ms(&rows, 50.0);
        assert_eq!(log.segments.len(), 1);
        assert_eq!(log.segments[0].0, 0);
        let values: Vec<f32> = rows.iter().map(|row| row.1).collect();
        assert_eq!(log.segments[0].1, values);
    }

    #[test]
    fn a_straight_line_survives_jitter_and_drift() {
        // Stamps off by up to 7 ms, and a clock 0.1 % fast: the value is the stamp in seconds.
        let rows: Vec<(i64, f32)> = (0..2000)
            .map(|k| (20 * k - k / 50 + (k * 7919) % 8, 0.0))
            .map(|(stamp, _)| (stamp, stamp as f32 / 1000.0))
            .collect();
        let log = ms(&rows, 50.0);
        let (first, values) = &log.segments[0];
        for (k, &value) in values.iter().enumerate() {
            let at = (first + k as u64) as f32 / 50.0;
            assert!((value - at).abs() < 1e-4, "{value} at {at} s");
        }
        assert!(values.len() >= 1995 * 999 / 1000);
    }

    #[test]
    fn short_holes_are_filled_longer_ones_blind_and_long_ones_cut() {
        let rows = [
            (0, 0.0),
            (20, 1.0),
            (270, 2.0),
            (290, 3.0),
            (600, 4.0),
            (2700, 5.0),
            (2720, 6.0),
        ];
        let log = ms(&rows, 50.0);
        let million = 1_000_000;
        assert_eq!(
            log.holes,
            [
                (Hole::Bridged, 290 * million, 600 * million),
                (Hole::Gap, 600 * million, 2700 * million)
            ]
        );
        assert_eq!(log.segments.len(), 2);
        assert_eq!(log.segments[1].0, 135);
        assert_eq!(log.segments[1].1, [5.0, 6.0]);
        assert_eq!(log.segments[0].1.len(), 31);
    }

    #[test]
    fn a_late_sample_at_five_hertz_is_no_hole() {
        let log = ms(&[(0, 0.0), (200, 1.0), (530, 2.0), (600, 3.0)], 5.0);
        assert!(log.holes.is_empty());
        let log = ms(&[(0, 0.0), (200, 1.0), (600, 2.0)], 5.0);
        assert_eq!(log.holes.len(), 1);
    }

    #[test]
    fn a_rate_far_above_the_plan_is_averaged_down() {
        // 400 Hz where 50 were planned: an alternation of +-1 must vanish, not fold to a constant.
        let rows: Vec<(i64, f32)> = (0..8000)
            .map(|k| (k * 5 / 2, if k % 2 == 0 { 1.0 } else { -1.0 }))
            .collect();
        let log = ms(&rows, 50.0);
        let values = &log.segments[0].1;
        assert!(values[100..].iter().all(|v| v.abs() < 0.2));
    }

    #[test]
    fn stamps_that_do_not_advance_are_passed_over() {
        let log = ms(
            &[(0, 0.0), (20, 1.0), (20, 9.0), (10, 9.0), (40, 2.0)],
            50.0,
        );
        assert_eq!(log.segments[0].1, [0.0, 1.0, 2.0]);
    }
}

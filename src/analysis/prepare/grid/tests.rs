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
    fn take(&mut self, samples: &[Lanes]) {
        if let Some((_, values)) = self.segments.last_mut() {
            values.extend(samples.iter().map(|v| v.0[0]));
        }
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
    let stamps: Vec<i64> = rows.iter().map(|row| row.0 * 1_000_000).collect();
    let samples: Vec<Lanes> = rows
        .iter()
        .map(|row| Lanes::of_axes([row.1, 0.0, 0.0]))
        .collect();
    for (stamps, samples) in stamps.chunks(37).zip(samples.chunks(37)) {
        gridder.take(stamps, samples, &mut log);
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

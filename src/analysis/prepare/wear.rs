//! Still, or off the leg: two labels, told apart by patience.
//!
//! Ten-second windows are quiet when the spread is below 13 mg on all axes (van Hees 2011; GGIR, actipy use 13 to
//! 15 mg). The longest rest of a sleeper that we know of is 64 minutes (docs/DETECTOR.md, "Sources of constants"), so
//! nothing shorter than 90 minutes without a stir is called off the leg (actipy's patience), and only where gravity stayed
//! put as well.

use jiff::SignedDuration;

use crate::model::span::{Span, SpanKind};
use crate::model::trace::{NightTrace, RawWindow, WINDOW_S};

/// Spread below which a window is quiet, in g, on every axis (van Hees 2011).
pub(super) const QUIET_G: f32 = 0.013;
/// Shortest rest that is worth a label: sustained inactivity of 5 min (van Hees 2015).
const STILL_S: u32 = 5 * 60;
/// Shortest time off the leg (actipy's patience; see above).
const OFF_LEG_S: u32 = 90 * 60;
/// How far the mean of an axis may wander while the sensor lies on a table, in g (van Hees 2011: range below 50 mg).
const WANDER_G: f32 = 0.05;
/// A sensor that lies off the leg may be nudged for this long, when it lies as before afterwards.
const NUDGE_S: u32 = 60;
/// Shortest quiet behind a nudge that still belongs to it.
const QUIET_AGAIN_S: u32 = 10 * 60;

/// Quiet windows in a row, `from` in it, `to` not, and the range of each axis' mean.
#[derive(Debug, Clone, Copy)]
struct Rest {
    from: usize,
    to: usize,
    low: [f32; 3],
    high: [f32; 3],
}

impl Rest {
    fn seconds(&self) -> u32 {
        (self.to - self.from) as u32 * WINDOW_S
    }

    fn with(mut self, mean: [f32; 3]) -> Self {
        for ((low, high), value) in self.low.iter_mut().zip(&mut self.high).zip(mean) {
            *low = low.min(value);
            *high = high.max(value);
        }
        self
    }

    fn stays_put(&self) -> bool {
        self.low
            .iter()
            .zip(&self.high)
            .all(|(low, high)| high - low < WANDER_G)
    }

    fn joined(self, later: Self) -> Self {
        let to = later.to;
        Self {
            to,
            ..self.with(later.low).with(later.high)
        }
    }

    fn span(&self, kind: SpanKind) -> Span {
        let at = |k: usize| SignedDuration::from_secs(k as i64 * i64::from(WINDOW_S));
        Span::new(kind, at(self.from), at(self.to))
    }
}

pub(super) fn is_quiet(window: &RawWindow) -> bool {
    window.n > 1
        && window
            .deviation
            .iter()
            .all(|&deviation| deviation < QUIET_G)
}

/// Spans in which the limb lay still, and those in which the sensor was off it. The trace is in g.
pub fn wear(trace: &NightTrace) -> Vec<Span> {
    let rests = rests(&trace.windows);
    let off: Vec<Rest> = off_leg(&rests);
    let mut spans: Vec<Span> = rests
        .iter()
        .filter(|rest| rest.seconds() >= STILL_S)
        .filter(|rest| {
            !off.iter()
                .any(|off| off.from <= rest.from && rest.to <= off.to)
        })
        .map(|rest| rest.span(SpanKind::Still))
        .chain(off.iter().map(|off| off.span(SpanKind::OffLeg)))
        .collect();
    spans.sort_by_key(|span| span.start);
    spans
}

/// Whether two neighbouring windows show one position.
fn is_near(before: &RawWindow, after: &RawWindow) -> bool {
    let pairs = before.mean.iter().zip(&after.mean);
    pairs.into_iter().all(|(a, b)| (a - b).abs() < WANDER_G)
}

fn rests(windows: &[RawWindow]) -> Vec<Rest> {
    let mut rests: Vec<Rest> = Vec::new();
    for (k, window) in windows.iter().enumerate().filter(|(_, w)| is_quiet(w)) {
        match rests.last_mut() {
            // A limb that lies otherwise from one window to the next rests anew: so a minute on the leg does not keep the
            // hours on a table from standing alone.
            Some(rest) if rest.to == k && is_near(&windows[k - 1], window) => {
                *rest = Rest {
                    to: k + 1,
                    ..rest.with(window.mean)
                };
            }
            _ => rests.push(Rest {
                from: k,
                to: k + 1,
                low: window.mean,
                high: window.mean,
            }),
        }
    }
    rests
}

fn off_leg(rests: &[Rest]) -> Vec<Rest> {
    let nudged = |earlier: &Rest, later: &Rest| {
        (later.from - earlier.to) as u32 * WINDOW_S <= NUDGE_S && earlier.joined(*later).stays_put()
    };
    let mut off: Vec<Rest> = Vec::new();
    for (k, rest) in rests.iter().enumerate() {
        if rest.seconds() < OFF_LEG_S || !rest.stays_put() {
            continue;
        }
        let mut whole = *rest;
        for later in rests[k + 1..]
            .iter()
            .take_while(|later| later.seconds() >= QUIET_AGAIN_S)
        {
            if !nudged(&whole, later) {
                break;
            }
            whole = whole.joined(*later);
        }
        for earlier in rests[..k]
            .iter()
            .rev()
            .take_while(|r| r.seconds() >= QUIET_AGAIN_S)
        {
            if !nudged(earlier, &whole) {
                break;
            }
            whole = earlier.joined(whole);
        }
        match off.last_mut() {
            Some(last) if whole.from < last.to => *last = last.joined(whole),
            _ => off.push(whole),
        }
    }
    off
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::{GravityState, SampleRate};

    fn trace(windows: Vec<RawWindow>) -> NightTrace {
        let rate = SampleRate::from_hz(25.0).unwrap();
        NightTrace {
            start_ns: 0,
            rate,
            envelope: Vec::new(),
            motion: Vec::new(),
            gravity_rate: rate,
            gravity: Vec::new(),
            spans: Vec::new(),
            gravity_state: GravityState::Included,
            source_rate: rate,
            resolution: 0.0,
            windows,
        }
    }

    /// Quiet minutes with a stir of one window at each of these minutes, after which gravity lies `turn` g otherwise.
    fn night(minutes: usize, stirs: &[usize], turn: f32) -> NightTrace {
        let mut x = 0.2;
        let windows = (0..minutes * 6).map(|k| {
            let stir = k % 6 == 0 && stirs.contains(&(k / 6));
            x += if stir { turn } else { 0.0 };
            RawWindow {
                n: 500,
                mean: [x, 0.0, 0.98],
                deviation: [if stir { 0.2 } else { 0.003 }; 3],
            }
        });
        trace(windows.collect())
    }

    fn minutes(trace: &NightTrace, kind: SpanKind) -> Vec<(i64, i64)> {
        wear(trace)
            .iter()
            .filter(|span| span.kind == kind)
            .map(|span| (span.start.as_mins(), span.end.as_mins()))
            .collect()
    }

    #[test]
    fn a_sleeper_who_lies_still_for_an_hour_wears_the_sensor() {
        let night = night(120, &[20, 84], 0.1);
        assert!(minutes(&night, SpanKind::OffLeg).is_empty());
        assert_eq!(
            minutes(&night, SpanKind::Still),
            [(0, 20), (20, 84), (84, 120)]
        );
    }

    #[test]
    fn two_hours_without_a_stir_are_off_the_leg() {
        let night = night(200, &[30, 150], 0.1);
        assert_eq!(minutes(&night, SpanKind::OffLeg), [(30, 150)]);
        assert_eq!(minutes(&night, SpanKind::Still), [(0, 30), (150, 200)]);
    }

    #[test]
    fn a_nudge_to_the_table_ends_nothing() {
        let night = night(240, &[30, 150, 180], 0.0);
        assert_eq!(minutes(&night, SpanKind::OffLeg), [(0, 240)]);
    }

    #[test]
    fn a_sensor_laid_down_between_two_windows_is_off_the_leg_from_there() {
        let mut night = night(200, &[], 0.0);
        for window in &mut night.windows[60..] {
            window.mean = [0.0, 0.0, 1.0];
        }
        assert_eq!(minutes(&night, SpanKind::OffLeg), [(10, 200)]);
        assert_eq!(minutes(&night, SpanKind::Still), [(0, 10)]);
    }

    #[test]
    fn slow_turning_is_not_off_the_leg() {
        let mut night = night(200, &[], 0.0);
        for (k, window) in night.windows.iter_mut().enumerate() {
            window.mean[0] += 0.0001 * k as f32;
        }
        assert!(minutes(&night, SpanKind::OffLeg).is_empty());
    }

    #[test]
    fn missing_windows_end_a_rest() {
        let mut night = night(200, &[], 0.0);
        night.windows[400..700].fill(RawWindow::default());
        assert!(minutes(&night, SpanKind::OffLeg).is_empty());
    }
}

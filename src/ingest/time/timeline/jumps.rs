//! Jumps of a clock that are none of time: a counter that is full, midnight, a device that starts again, the change of the civil
//! time.

use super::Timeline;
use crate::ingest::survey::GAP_NS;
use crate::ingest::time::plan::Meaning;
use crate::ingest::time::wall::civil_change;

const DAY_NS: i64 = 86_400_000_000_000;

impl Timeline {
    /// What to add to the clock from here on when it wrapped, restarted or followed a change of the civil time.
    pub(super) fn clock_change(&mut self, step: i64, raw: i64, wall: Option<i64>) -> Option<i64> {
        if self.passes_midnight(step, raw) {
            self.notes.midnights += 1;
            return Some(DAY_NS);
        }
        if let Some(wrap) = self.plan.wrap_ns {
            let unwrapped = step.saturating_add(wrap);
            if step < -wrap / 2 && (0..=wrap / 4).contains(&unwrapped) {
                match wrap {
                    DAY_NS => self.notes.midnights += 1,
                    _ => self.notes.wraps += 1,
                }
                return Some(wrap);
            }
        }
        if self.plan.meaning == Meaning::Local {
            return civil_change(step, raw, self.plan.zone.as_ref());
        }
        if let (Some(wall), Meaning::Elapsed) = (wall, self.plan.meaning)
            && step < -GAP_NS
            && (0..self.before.saturating_sub(self.bias) / 10).contains(&raw)
        {
            // the device began to count anew; the wall clock says how long that took
            let passed = self.wall_ahead_ns(wall);
            if passed >= 0 {
                self.notes.restarts += 1;
                return Some(passed.saturating_sub(step));
            }
        }
        None
    }

    /// Whether a count falls from a day's length to nothing: it is one of the time of day. No counter's width is a day, and a
    /// device that starts again does so at any time.
    fn passes_midnight(&self, step: i64, raw: i64) -> bool {
        let day_ends = DAY_NS - GAP_NS..=DAY_NS;
        self.plan.meaning == Meaning::Elapsed
            && day_ends.contains(&raw.saturating_sub(step))
            && (0..=GAP_NS).contains(&raw)
    }

    /// How much more time has passed on the wall than on the sensor's clock, since the first row.
    pub(super) fn wall_ahead_ns(&self, wall: i64) -> i64 {
        let on_wall = wall.saturating_sub(self.wall_first);
        on_wall.saturating_sub(self.before.saturating_sub(self.wall_before))
    }
}

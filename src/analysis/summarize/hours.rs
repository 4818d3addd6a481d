//! The course of a night: by hour since the start of rest, and the first half against the second.
//!
//! In restless legs movements are fewer as the night goes on (until about 75 years of age): the course says as much as
//! the index.

use jiff::SignedDuration;

use super::{rates, time};
use crate::model::night::Night;
use crate::model::scored::CandidateMovement;
use crate::model::span::Span;
use crate::model::summary::{HourCounts, Rate};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const LONGEST: SignedDuration = SignedDuration::from_hours(4 * 7 * 24);

/// The movements with their onset in a stretch, left-closed.
fn within(
    movements: &[CandidateMovement],
    start: SignedDuration,
    end: SignedDuration,
) -> &[CandidateMovement] {
    let from = movements.partition_point(|m| m.onset < start);
    let to = movements.partition_point(|m| m.onset < end);
    &movements[from..to.max(from)]
}

/// Each hour since lights out; the last ends at lights on. Empty for a window of more than four weeks: a list whose times
/// count from elsewhere has no hours of a night.
pub fn by_hour(movements: &[CandidateMovement], night: &Night, spans: &[Span]) -> Vec<HourCounts> {
    let mut hours = Vec::new();
    let mut start = night.lights_out;
    if night.lights_on > start.saturating_add(LONGEST) {
        return hours;
    }
    while start < night.lights_on {
        let end = start.saturating_add(HOUR).min(night.lights_on);
        let over = time::observed(spans, start, end);
        let own = within(movements, start, end);
        hours.push(HourCounts {
            start,
            end,
            lm: rates::lm(own, over),
            clm: rates::clm(own, over),
            plm: rates::plm(own, over),
        });
        start = end;
    }
    hours
}

/// PLM before and after the middle of the window.
pub fn halves(movements: &[CandidateMovement], night: &Night, spans: &[Span]) -> [Rate; 2] {
    let (start, end) = (night.lights_out, night.lights_on.max(night.lights_out));
    let middle = start + (end - start) / 2;
    [(start, middle), (middle, end)]
        .map(|(from, to)| rates::plm(within(movements, from, to), time::observed(spans, from, to)))
}

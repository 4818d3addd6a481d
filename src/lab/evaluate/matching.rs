//! One-to-one matching of what was found with what there was.
//!
//! First pairs that overlap by an intersection over union (IoU) of 0.2 or more, then, among what is left, pairs whose
//! onsets lie within 1 s. In each pass the assignment is optimal, not greedy: as many pairs as possible, and of all ways
//! to make so many the one with the largest sum of IoU (in the second pass the smallest sum of distances). A greedy
//! matching can lose a pair that a better one leaves room for.

use jiff::SignedDuration;

use super::assignment::{Edge, assign};

/// Least overlap of a pair: one fifth, compared in whole nanoseconds.
const LEAST_IOU: (i128, i128) = (1, 5);
/// Largest distance of onsets in the second pass.
const ONSETS_WITHIN: SignedDuration = SignedDuration::from_secs(1);
/// Quality of a pair in whole numbers: so many steps from worst to best.
const STEPS: i128 = 1_000_000;

/// A stretch of time in which something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    onset: SignedDuration,
    end: SignedDuration,
}

impl Event {
    /// From onset to end; an end before the onset is taken as the onset.
    pub fn new(onset: SignedDuration, end: SignedDuration) -> Self {
        Self {
            onset,
            end: end.max(onset),
        }
    }

    /// When it begins.
    pub fn onset(&self) -> SignedDuration {
        self.onset
    }

    /// When it ends.
    pub fn end(&self) -> SignedDuration {
        self.end
    }

    /// Nanoseconds that two events share, and that they cover together.
    fn shared_and_covered(&self, other: &Self) -> (i128, i128) {
        let shared = self.end.min(other.end) - self.onset.max(other.onset);
        let covered = self.end.max(other.end) - self.onset.min(other.onset);
        (shared.as_nanos().max(0), covered.as_nanos())
    }
}

/// Which event was matched with which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// Pairs of indices: reference, detected; in order of the reference.
    pub pairs: Vec<(usize, usize)>,
    /// How many events the reference has.
    pub n_reference: usize,
    /// How many events were detected.
    pub n_detected: usize,
}

/// Matches detected events with those of a reference, both in any order: of matchings that are equally good the one is
/// taken that the events in order of onset and end give, so the order of a file's rows decides nothing.
pub fn match_events(reference: &[Event], detected: &[Event]) -> Matching {
    let (of_reference, of_detected) = (in_time(reference), in_time(detected));
    let sorted = |events: &[Event], order: &[usize]| -> Vec<Event> {
        order.iter().map(|&i| events[i]).collect()
    };
    let mut matching = match_sorted(
        &sorted(reference, &of_reference),
        &sorted(detected, &of_detected),
    );
    for pair in &mut matching.pairs {
        *pair = (of_reference[pair.0], of_detected[pair.1]);
    }
    matching.pairs.sort_unstable();
    matching
}

/// Where the events stand, in order of onset and end.
fn in_time(events: &[Event]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|&i| (events[i].onset, events[i].end));
    order
}

/// Matches events in order of onset and end.
fn match_sorted(reference: &[Event], detected: &[Event]) -> Matching {
    let mut pairs = pass(reference, detected, |a, b| {
        let (shared, covered) = a.shared_and_covered(b);
        (covered > 0 && shared * LEAST_IOU.1 >= covered * LEAST_IOU.0)
            .then(|| shared * STEPS / covered)
    });
    let left_over = |n: usize, taken: Vec<usize>| -> Vec<usize> {
        let mut free = vec![true; n];
        taken.iter().for_each(|&i| free[i] = false);
        (0..n).filter(|&i| free[i]).collect()
    };
    let reference_left = left_over(reference.len(), pairs.iter().map(|p| p.0).collect());
    let detected_left = left_over(detected.len(), pairs.iter().map(|p| p.1).collect());
    let pick = |events: &[Event], left: &[usize]| -> Vec<Event> {
        left.iter().map(|&i| events[i]).collect()
    };
    let second = pass(
        &pick(reference, &reference_left),
        &pick(detected, &detected_left),
        |a, b| {
            let apart = (a.onset - b.onset).abs();
            let within = ONSETS_WITHIN.as_nanos();
            (apart <= ONSETS_WITHIN).then(|| STEPS - apart.as_nanos() * STEPS / within)
        },
    );
    pairs.extend(
        second
            .iter()
            .map(|&(r, d)| (reference_left[r], detected_left[d])),
    );
    Matching {
        pairs,
        n_reference: reference.len(),
        n_detected: detected.len(),
    }
}

/// The best assignment of pairs that `quality` allows; it sees every pair that overlaps or begins within a second. The
/// reference is in order of onset.
fn pass(
    reference: &[Event],
    detected: &[Event],
    quality: impl Fn(&Event, &Event) -> Option<i128>,
) -> Vec<(usize, usize)> {
    let longest = reference.iter().map(|event| event.end - event.onset).max();
    let reach = longest.unwrap_or_default().max(ONSETS_WITHIN);
    let mut edges = Vec::new();
    for (d, event) in detected.iter().enumerate() {
        let first = reference.partition_point(|one| one.onset + reach < event.onset);
        for (r, one) in reference.iter().enumerate().skip(first) {
            if one.onset > event.end.max(event.onset + ONSETS_WITHIN) {
                break;
            }
            if let Some(quality) = quality(one, event) {
                edges.push(Edge {
                    row: r,
                    column: d,
                    quality: quality as i64,
                });
            }
        }
    }
    assign(reference.len(), detected.len(), edges)
}

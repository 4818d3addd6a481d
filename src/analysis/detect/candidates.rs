//! Which bursts are one movement, and when it begins and ends.
//!
//! A dorsiflexion that is held is silent in the middle: the band-passed envelope shows it being taken and being let go.
//! That the limb is held in between shows as tilt of gravity that goes back when it is let go. Where it has gone back and
//! all is quiet for a moment, one movement is over, and what follows is the next, however close.

use super::DetectParams;
use super::bursts::Burst;
use super::posture::Posture;
use crate::model::trace::NightTrace;
use crate::signal::tilt::angle_deg;

/// Bursts so far apart are never one, whatever lies between; shorter than the shortest pause of WASM 2016 (0.5 s).
pub(super) const GLUE_S: f64 = 0.2;
/// Longest movement that is put together of parts, in seconds: a leg movement lasts 10 s at most (WASM/IRLSSG 2016), and
/// the filters widen it by a few tenths at either end. Without a bound a restless stretch becomes one movement.
const LONGEST_S: f64 = 11.0;
/// Gravity has come back when this share of the held tilt is left, or this angle (a leg never lies quite as before).
const COME_BACK_SHARE: f32 = 0.5;
const COME_BACK_DEG: f32 = 1.0;
/// A limb that is held lies further off than what a movement leaves behind: by this share of its largest tilt at least.
/// Otherwise two movements in a row, after the first of which the limb lies a degree otherwise, become one.
const HELD_SHARE: f32 = 0.3;
/// Between a gravity that has half come back and the end of the movement, in seconds: half a slow return.
const RETURN_S: f64 = 0.2;
/// A movement begins where the envelope passes this share of the peak near it, and ends likewise. A threshold in mg alone
/// sits far out on the slopes of strong movements, where the filters have smeared them: on four generators of nights this
/// took the median onset error from -0.6 … -1.5 s to -0.1 … -0.2 s, and cost no match.
const EDGE_SHARE: f32 = 0.1;
/// How far from its first and last sample that peak is looked for, in seconds.
const EDGE_LOOK_S: f64 = 1.0;
/// Shortest movement by WASM 2016, in seconds: trimming makes none shorter.
const SHORTEST_S: f64 = 0.5;
/// A movement is over where the envelope stays below this share of the peaks on either side ...
const QUIET_SHARE: f32 = 0.15;
/// ... for so long, in seconds: the shortest pause of WASM 2016 (0.5 s) less the window of the envelope, which reaches into
/// it from both ends ...
const QUIET_S: f64 = 0.3;
/// ... while the limb lies as before, within this share of the lesser of the turns on either side, ...
const OVER_SHARE: f32 = 0.2;
/// ... both of which are turns: in degrees, well above what breathing tilts (0.1). Of 88 pairs of neighbours that had become
/// one candidate on five generators of nights, quiet and posture tell 65, and 0.1 to 4 % of single movements; bounds from
/// a third less to two thirds more did the same within .002 PLM F1.
const TURNED_DEG: f32 = 1.0;
/// By how much the window of the envelope and the ringing of the filters put the onset too early and the end too late, in
/// seconds. Medians on six generators were 0.0 to 0.3 s at the onset and 0.3 to 0.6 s at the end: uncorrected, a movement
/// of nearly 10 s counts as one that is too long.
const EARLY_S: f64 = 0.15;
const LATE_S: f64 = 0.3;

/// Puts bursts together and trims what they make: candidates from onset to end, in samples of the envelope.
pub(super) fn gather(
    trace: &NightTrace,
    posture: &Posture,
    bursts: &[Burst],
    params: &DetectParams,
) -> Vec<Burst> {
    let mut found = Vec::with_capacity(bursts.len());
    let mut first = 0;
    while first < bursts.len() {
        let hold = Hold::before(trace, posture, bursts, first, params);
        let last = hold.last();
        let mut burst = trimmed(trace, bursts[first], bursts[last]);
        if let Some(end) = hold.return_after(last, burst) {
            // The recording may end while the limb is let go.
            burst.to = end.min(trace.envelope.len());
        }
        hold.part(trace, burst, &mut found);
        first = last + 1;
    }
    found
}

/// How the limb lies while the movement goes on that `first` begins, against how it lay before.
struct Hold<'a> {
    posture: &'a Posture<'a>,
    bursts: &'a [Burst],
    params: &'a DetectParams,
    rate: f64,
    first: usize,
    before: Option<[f32; 3]>,
}

impl<'a> Hold<'a> {
    fn before(
        trace: &NightTrace,
        posture: &'a Posture<'a>,
        bursts: &'a [Burst],
        first: usize,
        params: &'a DetectParams,
    ) -> Self {
        let rate = trace.rate.hz();
        let seconds = |sample: usize| sample as f64 / rate;
        let end_before = first.checked_sub(1).map_or(0.0, |n| seconds(bursts[n].to));
        Self {
            before: posture.settled_before(seconds(bursts[first].from), end_before),
            posture,
            bursts,
            params,
            rate,
            first,
        }
    }

    fn seconds(&self, sample: usize) -> f64 {
        sample as f64 / self.rate
    }

    /// From gravity before to this one, in degrees; `NaN` without gravity.
    fn tilt(&self, at: Option<[f32; 3]>) -> f32 {
        match (self.before, at) {
            (Some(before), Some(at)) => angle_deg(before, at),
            _ => f32::NAN,
        }
    }

    /// The largest tilt during a burst.
    fn largest(&self, burst: Burst) -> f32 {
        self.posture
            .during(self.seconds(burst.from), self.seconds(burst.to))
            .iter()
            .map(|&at| self.tilt(Some(at)))
            .fold(0.0, f32::max)
    }

    fn onset_of(&self, burst: usize) -> f64 {
        self.bursts
            .get(burst)
            .map_or(f64::INFINITY, |burst| self.seconds(burst.from))
    }

    /// The last burst of the movement.
    fn last(&self) -> usize {
        // What is reached by short pauses alone is taken; across a hold, only as far as the limb has come back by.
        let (mut reached, mut settled) = (self.first, self.first);
        let (mut held_deg, mut largest_deg) = (0.0f32, self.largest(self.bursts[self.first]));
        while let Some(&next) = self.bursts.get(reached + 1) {
            let (end, again) = (
                self.seconds(self.bursts[reached].to),
                self.seconds(next.from),
            );
            if self.seconds(next.to) - self.onset_of(self.first) >= LONGEST_S {
                break;
            }
            if again - end <= self.params.hold_s {
                if settled == reached {
                    settled += 1;
                }
            } else {
                let now_deg = self.tilt(self.posture.between(end, again));
                // Without gravity, or without tilt, nothing says that the limb is held.
                if again - end > self.params.silent_hold_s || !self.is_held(now_deg, largest_deg) {
                    break;
                }
                held_deg = held_deg.max(now_deg);
            }
            reached += 1;
            largest_deg = largest_deg.max(self.largest(next));
            let after = self
                .posture
                .settled_after(self.seconds(next.to), self.onset_of(reached + 1));
            if held_deg > 0.0 && self.tilt(after) < (COME_BACK_SHARE * held_deg).max(COME_BACK_DEG)
            {
                settled = reached;
            }
        }
        settled
    }

    fn is_held(&self, now_deg: f32, largest_deg: f32) -> bool {
        now_deg > self.params.held_tilt_deg.max(HELD_SHARE * largest_deg)
    }

    /// Where gravity comes back when the limb was let go so gently that no burst shows it: the sample behind it.
    fn return_after(&self, last: usize, burst: Burst) -> Option<usize> {
        let end = self.seconds(burst.to);
        let onset_after = self.onset_of(last + 1);
        let until = (end + self.params.silent_hold_s)
            .min(self.seconds(burst.from) + LONGEST_S)
            .min(onset_after - RETURN_S);
        let largest_deg = self.bursts[self.first..=last]
            .iter()
            .map(|&burst| self.largest(burst))
            .fold(0.0, f32::max);
        let (from, after) = self.posture.settled_onward(end);
        let held_deg = self.tilt(after.first().copied());
        if !self.is_held(held_deg, largest_deg) {
            return None;
        }
        let back_deg =
            (COME_BACK_SHARE * held_deg).max(COME_BACK_SHARE * self.params.held_tilt_deg);
        let step = self.posture.step_s();
        let back = after
            .iter()
            .take(((until - from) / step).floor().max(0.0) as usize)
            .position(|&at| self.tilt(Some(at)) < back_deg)?;
        let at = (from + back as f64 * step + RETURN_S).min(onset_after - RETURN_S);
        Some(((at * self.rate).round() as usize).max(burst.to))
    }
}

impl Hold<'_> {
    /// Adds a candidate, parted wherever one movement is over and another begins.
    fn part(&self, trace: &NightTrace, whole: Burst, found: &mut Vec<Burst>) {
        let shortest = (SHORTEST_S * self.rate).ceil() as usize;
        let envelope = &trace.envelope[whole.from..whole.to];
        let highest_from = {
            let mut highest = envelope.to_vec();
            for i in (1..highest.len()).rev() {
                highest[i - 1] = highest[i - 1].max(highest[i]);
            }
            highest
        };
        let (mut rest, mut highest_before) = (whole, 0.0f32);
        let mut quiet_from = None;
        for (i, &value) in (whole.from..).zip(envelope) {
            highest_before = highest_before.max(value);
            if value < QUIET_SHARE * highest_before.min(highest_from[i - whole.from]) {
                quiet_from = quiet_from.or(Some(i));
                continue;
            }
            let Some(quiet) = quiet_from.take() else {
                continue;
            };
            let (before, after) = (
                Burst { to: quiet, ..rest },
                Burst {
                    from: i,
                    to: whole.to,
                },
            );
            let both_last =
                before.to >= before.from + shortest && after.to >= after.from + shortest;
            if both_last && self.is_over(before, after) {
                found.push(before);
                (rest, highest_before) = (after, value);
            }
        }
        found.push(rest);
    }

    /// Whether the limb came to rest where it had lain between two stretches in each of which it turned.
    fn is_over(&self, before: Burst, after: Burst) -> bool {
        let (end, again) = (self.seconds(before.to), self.seconds(after.from));
        let turned_deg = self.largest(before).min(self.largest(after));
        again - end >= QUIET_S
            && turned_deg > TURNED_DEG
            && self.tilt(self.posture.between(end, again)) < OVER_SHARE * turned_deg
    }
}

/// Onset and end of a candidate in seconds, without what the filters add; never less than the shortest movement.
pub(super) fn onset_and_end(burst: Burst, rate_hz: f64) -> (f64, f64) {
    let (onset, end) = (burst.from as f64 / rate_hz, burst.to as f64 / rate_hz);
    let share = ((end - onset - SHORTEST_S) / (EARLY_S + LATE_S)).clamp(0.0, 1.0);
    (onset + share * EARLY_S, end - share * LATE_S)
}

/// From the first burst's onset to the last one's end, by the peaks near them.
fn trimmed(trace: &NightTrace, first: Burst, last: Burst) -> Burst {
    let rate = trace.rate.hz();
    let look = ((EDGE_LOOK_S * rate).round() as usize).max(1);
    let head = &trace.envelope[first.from..first.to.min(first.from + look)];
    let tail = &trace.envelope[last.from.max(last.to.saturating_sub(look))..last.to];
    let edge = |near: &[f32]| EDGE_SHARE * near.iter().copied().fold(0.0, f32::max);
    let (head_edge, tail_edge) = (edge(head), edge(tail));
    let skipped = head.iter().take_while(|&&v| v < head_edge).count();
    let dropped = tail.iter().rev().take_while(|&&v| v < tail_edge).count();
    let (from, to) = (first.from + skipped, last.to - dropped);
    let shortest = (SHORTEST_S * rate).ceil() as usize;
    if to >= from + shortest {
        return Burst { from, to };
    }
    // Too short to be scored: half a second about its middle, as far as the bursts reach.
    let from = ((from + to).saturating_sub(shortest) / 2).max(first.from);
    let to = (from + shortest).min(last.to);
    Burst { from, to }
}

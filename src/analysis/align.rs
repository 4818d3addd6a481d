//! Two legs, two clocks: how far one runs beside the other, from the movements that both legs feel.
//!
//! Who turns over moves both legs, and the strongest movements of a night are such gross ones. Onsets are matched between
//! the recordings: the offset and the drift under which most of them meet, then a robust straight line. It is believed when
//! at least [`FEWEST`] movements meet over [`LEAST_SPAN`] of the common time, within [`MOST_RESIDUAL_S`] and at most
//! [`MOST_DRIFT_PPM`], and when no other offset explains half as many: two unrelated nights meet by chance at many alike.
//!
//! A crystal is good to 20-50 ppm, 0.6-1.4 s over 8 h; two legs are joined within 0.5 s (WASM 2016). So the drift matters.

mod fit;
mod onsets;
mod search;

use jiff::SignedDuration;

use crate::model::trace::NightTrace;
use fit::Line;
use onsets::Onsets;

/// Fewest movements that must meet.
pub const FEWEST: usize = 6;
/// Least share of the common time between the first that meet and the last.
pub const LEAST_SPAN: f64 = 0.7;
/// Largest root mean square of what the fit leaves, in seconds.
pub const MOST_RESIDUAL_S: f64 = 0.25;
/// Largest drift, in parts per million.
pub const MOST_DRIFT_PPM: f64 = 200.0;
/// Another offset must explain less than this share of what the best one explains.
const RIVAL: f64 = 0.5;
/// From so many movements a leg on, legs of one night are expected to meet in at least [`FEWEST`] of them: of simulated
/// pairs a quarter to a half do.
const ENOUGH: usize = 30;
/// An offset below this everywhere is no offset: the envelope is a mean over 0.27 s.
const NOTHING_S: f64 = 0.05;
/// 99th percentile of chi square with two degrees of freedom: offset and drift against none.
const CHI_SQUARE: f64 = 9.21;

/// What two recordings say of each other's clocks.
#[derive(Debug, Clone, PartialEq)]
pub enum Alignment {
    /// The same night; the second clock is brought to the first.
    Found(ClockFit),
    /// Too few gross movements in one of them to compare.
    TooFew {
        /// How many the first and the second have in their common time.
        n: [usize; 2],
    },
    /// Enough movements, and no offset under which they meet: not one night.
    Unrelated {
        /// How many there are.
        n: [usize; 2],
        /// How many meet at the best offset.
        met: usize,
    },
    /// They meet, but not well enough to trust a correction.
    Doubtful {
        /// The fit.
        fit: ClockFit,
        /// What is wrong with it.
        why: &'static str,
    },
}

/// How the second recording's time becomes the first's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockFit {
    /// To add to a time of the second recording's clock at the beginning of the common time, in seconds.
    pub offset_s: f64,
    /// How much more time passes by the first clock than by the second, in parts per million.
    pub drift_ppm: f64,
    /// Root mean square of what the fit leaves of the movements that meet, in seconds.
    pub residual_s: f64,
    /// Movements that meet.
    pub n: usize,
    /// Share of the common time between the first and the last of them.
    pub span: f64,
    /// Whether offset and drift are told from none.
    pub differs: bool,
    /// Times since the second's first sample become times since the first's first sample by `start + (1 + rate) * t`.
    start_s: f64,
    rate: f64,
}

impl ClockFit {
    /// A time since the second recording's first sample as time since the first's.
    pub fn since_first(&self, at: SignedDuration) -> SignedDuration {
        let seconds = self.start_s + (1.0 + self.rate) * at.as_secs_f64();
        SignedDuration::from_millis((seconds * 1000.0).round() as i64)
    }

    /// Time of the first that passes in a second of the second recording.
    pub fn pace(&self) -> f64 {
        1.0 + self.rate
    }
}

/// Compares the clocks of two traces of one night, both in g. `later` is how long after the first's first sample the
/// second's lies by their own stamps; `None` where they have no common clock.
pub fn align(first: &NightTrace, second: &NightTrace, later: Option<SignedDuration>) -> Alignment {
    let lengths = [first.duration_s(), second.duration_s()];
    let stamped_s = later.map_or(0.0, |later| later.as_secs_f64());
    let (a, b) = (Onsets::of(first), Onsets::of(second));
    let (from, to) = common(lengths, stamped_s, 0.0);
    let inside = |onsets: &[f64], shift: f64| {
        let in_common = |at: &&f64| (from..=to).contains(&(**at + shift));
        onsets.iter().filter(in_common).count()
    };
    let n = [inside(&a.all, 0.0), inside(&b.all, stamped_s)];
    if a.all.len() < FEWEST || b.all.len() < FEWEST {
        return Alignment::TooFew { n };
    }
    let unrelated = |met: usize| Alignment::Unrelated { n, met };
    let Some(guess) = search::best(&a, &b, lengths, stamped_s) else {
        return unrelated(0);
    };
    if guess.met < FEWEST || guess.rival as f64 > RIVAL * guess.met as f64 {
        // That so few do not meet proves nothing.
        return if n[0].min(n[1]) < ENOUGH {
            Alignment::TooFew { n }
        } else {
            unrelated(guess.met)
        };
    }
    match fit::line(&a.all, &b.all, guess.start_s, guess.rate) {
        Some(line) => judged(&line, lengths, stamped_s),
        None => unrelated(guess.met),
    }
}

/// Holds a line against the limits.
fn judged(line: &Line, lengths: [f64; 2], stamped_s: f64) -> Alignment {
    let (from, to) = common(lengths, line.start_s, line.rate);
    let span = (line.last_s - line.first_s) / (to - from).max(1e-9);
    // What has to be added to the second's stamps, at both ends of the common time.
    let added = |at: f64| {
        let own = (at - line.start_s) / (1.0 + line.rate);
        at - (own + stamped_s)
    };
    let largest = added(from).abs().max(added(to).abs());
    // The scatter of all pairs that come near, chance among them, and no less than is accepted: few pairs that happen to
    // meet well must not set a clock.
    let sigma = line.scatter_s.max(MOST_RESIDUAL_S);
    let centre = added(line.mean_s) / (sigma / (line.n as f64).sqrt());
    let tilt = line.rate / (sigma / line.spread_s);
    let fit = ClockFit {
        offset_s: added(from),
        drift_ppm: line.rate * 1e6,
        residual_s: line.residual_s,
        n: line.n,
        span: span.min(1.0),
        differs: centre * centre + tilt * tilt > CHI_SQUARE && largest > NOTHING_S,
        start_s: line.start_s,
        rate: line.rate,
    };
    let why = if line.n < FEWEST {
        "fewer than six movements meet"
    } else if fit.residual_s > MOST_RESIDUAL_S {
        "they meet less exactly than within 0.25 s"
    } else if fit.drift_ppm.abs() > MOST_DRIFT_PPM {
        "the clocks drift by more than 200 ppm"
    } else if span < LEAST_SPAN {
        "they lie in less than 70 % of the common time"
    } else {
        return Alignment::Found(fit);
    };
    Alignment::Doubtful { fit, why }
}

/// The common time on the first's time line.
fn common(lengths: [f64; 2], start_s: f64, rate: f64) -> (f64, f64) {
    let end = start_s + (1.0 + rate) * lengths[1];
    (start_s.max(0.0), end.min(lengths[0]))
}

#[cfg(test)]
mod tests;

//! What a source can give a recording, and which of several gives the most.

use super::LONGEST_PAUSE_NS;
use super::flatten::{self, Piece};
use super::place::Placed;
use crate::model::night::Stage;

/// The least share of the recording that the export must cover.
pub const LEAST_SHARE: f64 = 0.5;
/// A recording longer than this holds a day too.
const LONGEST_NIGHT_S: f64 = 12.0 * 3600.0;
/// In a recording longer than that, a night of at least this length that lies inside is enough.
const LEAST_NIGHT_S: f64 = 3.0 * 3600.0;
/// How much of a night must lie in the recording to be inside.
const INSIDE: f64 = 0.9;

/// A source's pieces, in nanoseconds since the first sample.
pub struct Source {
    /// Which of the export's sources it is.
    pub at: u16,
    /// Its stages.
    pub pieces: Vec<Piece>,
    /// Its times in bed.
    pub nights: Vec<Placed>,
}

/// What a source can give a recording: its stages, or its nights that have none.
pub struct Candidate<'a> {
    /// Whose it is.
    pub source: &'a Source,
    /// Its stages; none where it gives nights alone.
    pub pieces: &'a [Piece],
    /// What it covers.
    pub cover: Vec<Placed>,
}

impl Source {
    /// A source without anything yet.
    pub fn of(at: u16) -> Self {
        Self {
            at,
            pieces: Vec::new(),
            nights: Vec::new(),
        }
    }

    /// Its stages, and its nights in which no stage lies.
    pub fn candidates(&self) -> [Candidate<'_>; 2] {
        let staged: Vec<Placed> = self.pieces.iter().map(|piece| piece.at).collect();
        let runs = flatten::runs(&staged, 0);
        let is_bare = |night: &Placed| {
            let next = runs.partition_point(|run| run.to <= night.from);
            runs.get(next).is_none_or(|run| run.from >= night.to)
        };
        let bare = self.nights.iter().copied().filter(is_bare).collect();
        [(&self.pieces[..], staged), (&[], bare)].map(|(pieces, cover)| Candidate {
            source: self,
            pieces,
            cover,
        })
    }
}

impl Candidate<'_> {
    /// How many kinds of stages it has in the recording, and how much it covers.
    pub fn merit(&self, length_ns: i64) -> (usize, i64) {
        let mut kinds: Vec<Stage> = Vec::new();
        for piece in self.pieces {
            if piece.at.overlaps(0, length_ns) && !kinds.contains(&piece.stage) {
                kinds.push(piece.stage);
            }
        }
        (kinds.len(), flatten::covered(&self.cover, 0, length_ns))
    }

    /// Whether it covers enough to be laid over a recording.
    fn fits(&self, length_ns: i64) -> bool {
        share_of(&self.cover, length_ns) >= LEAST_SHARE
            || is_night_in_a_long_recording(&self.cover, length_ns)
    }

    /// The night in the recording: of its nights the one that covers most, else the run of stages that does.
    pub fn period(&self, length_ns: i64) -> Option<(i64, i64)> {
        let listed = flatten::runs(&self.source.nights, LONGEST_PAUSE_NS);
        let staged = flatten::runs(&self.cover, LONGEST_PAUSE_NS);
        let best = |runs: &[Placed]| {
            runs.iter()
                .map(|run| (run.from.max(0), run.to.min(length_ns)))
                .filter(|(from, to)| from < to)
                .max_by_key(|(from, to)| to - from)
        };
        best(&listed).or_else(|| best(&staged))
    }
}

/// The candidate that gives the recording most.
pub fn choose<'a, 's>(
    candidates: &'a [Candidate<'s>],
    length_ns: i64,
) -> Option<&'a Candidate<'s>> {
    candidates
        .iter()
        .filter(|candidate| candidate.fits(length_ns))
        .map(|candidate| (candidate.merit(length_ns), candidate))
        .filter(|((_, covered), _)| *covered > 0)
        // Of equals the first named, so that the order of the file decides and not chance.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

/// How much of the recording intervals cover, 0 to 1.
pub fn share_of(cover: &[Placed], length_ns: i64) -> f64 {
    flatten::covered(cover, 0, length_ns) as f64 / length_ns.max(1) as f64
}

fn is_night_in_a_long_recording(cover: &[Placed], length_ns: i64) -> bool {
    let inside_s = flatten::covered(cover, 0, length_ns) as f64 / 1e9;
    let near: Vec<Placed> = cover
        .iter()
        .copied()
        .filter(|piece| {
            piece.overlaps(
                -(LONGEST_NIGHT_S * 1e9) as i64,
                length_ns.saturating_add((LONGEST_NIGHT_S * 1e9) as i64),
            )
        })
        .collect();
    let night_s = flatten::runs(&near, LONGEST_PAUSE_NS)
        .iter()
        .filter(|run| run.overlaps(0, length_ns))
        .map(|run| flatten::covered(&near, run.from, run.to) as f64 / 1e9)
        .sum::<f64>();
    length_ns as f64 / 1e9 > LONGEST_NIGHT_S
        && inside_s >= LEAST_NIGHT_S
        && inside_s >= INSIDE * night_s
}

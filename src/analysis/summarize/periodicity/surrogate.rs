//! Nights made from a night by chance: what is kept and what is lost says what a comparison with them means.

use crate::signal::random::Random;
use crate::signal::robust::median;

/// Twice the longest period of the band: scattering within it leaves no rhythm of the band, and keeps the course.
const WINDOW_S: usize = 180;
/// The shortest period of the band: pieces of this length keep the shape of single movements.
const PIECE_S: usize = 8;

/// Envelopes below so many medians are rest.
const REST: f32 = 3.0;

/// One value a second: how many movements begin in it.
pub(super) fn train(onsets: &[usize], length: usize) -> Vec<f32> {
    let mut train = vec![0.0; length];
    for &onset in onsets {
        if let Some(slot) = train.get_mut(onset) {
            *slot += 1.0;
        }
    }
    train
}

/// Every onset is put anywhere within its own three minutes.
pub(super) fn scattered(onsets: &[usize], length: usize, random: &mut Random) -> Vec<usize> {
    let anywhere = |&onset: &usize| {
        let start = onset / WINDOW_S * WINDOW_S;
        let window = WINDOW_S.min(length.saturating_sub(start));
        start + random.below(window as u64) as usize
    };
    onsets.iter().map(anywhere).collect()
}

/// The same intervals in another order, from the same first onset.
pub(super) fn shuffled(onsets: &[usize], random: &mut Random) -> Vec<usize> {
    let mut intervals: Vec<usize> = onsets.windows(2).map(|pair| pair[1] - pair[0]).collect();
    random.shuffle(&mut intervals);
    let mut at = onsets.first().copied().unwrap_or(0);
    let mut moved = vec![at];
    for interval in intervals {
        at += interval;
        moved.push(at);
    }
    moved
}

/// An envelope as ln(value / median) where it is above [`REST`] medians; 0 at rest and where nothing was recorded.
pub(super) fn compressed(envelope: &[f32]) -> Vec<f32> {
    let mut recorded: Vec<f32> = envelope.iter().copied().filter(|v| v.is_finite()).collect();
    let rest = median(&mut recorded).filter(|&m| m > 0.0).unwrap_or(1.0);
    let one = |&value: &f32| {
        let relative = value / rest;
        // Where the device was at rest or silent there is nothing.
        if relative.is_finite() && relative > REST {
            relative.ln()
        } else {
            0.0
        }
    };
    envelope.iter().map(one).collect()
}

/// Seconds of a series that are not zero, by the piece of eight seconds that they lie in.
pub(super) struct Pieces {
    n: usize,
    /// Piece, second in it, value.
    points: Vec<(usize, usize, f32)>,
}

impl Pieces {
    pub(super) fn of(series: &[f32]) -> Self {
        let there = series
            .iter()
            .enumerate()
            .filter(|(_, value)| **value != 0.0);
        Self {
            n: series.len().div_ceil(PIECE_S),
            points: there
                .map(|(second, &value)| (second / PIECE_S, second % PIECE_S, value))
                .collect(),
        }
    }

    /// The pieces within each three minutes in another order; a piece at the end may come to lie beyond the series, where
    /// it counts for nothing.
    pub(super) fn scattered(&self, random: &mut Random) -> Vec<(usize, f32)> {
        let mut places: Vec<usize> = (0..self.n).collect();
        // A whole number of pieces next to the window of the onsets.
        for window in places.chunks_mut(WINDOW_S.div_ceil(PIECE_S)) {
            random.shuffle(window);
        }
        self.points
            .iter()
            .map(|&(piece, second, value)| (places[piece] * PIECE_S + second, value))
            .collect()
    }
}

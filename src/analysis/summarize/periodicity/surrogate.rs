//! Nights made from a night by chance: what is kept and what is lost says what a comparison with them means.

use crate::signal::random::Random;
use crate::signal::robust::median;

/// Twice the longest period of the band: scattering within it leaves no rhythm of the band, and keeps the course.
const WINDOW_S: usize = 180;
/// The shortest period of the band: pieces of this length keep the shape of single movements.
const PIECE_S: usize = 8;

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
pub(super) fn scattered(onsets: &[usize], length: usize, random: &mut Random) -> Vec<f32> {
    let anywhere = |&onset: &usize| {
        let start = onset / WINDOW_S * WINDOW_S;
        let window = WINDOW_S.min(length.saturating_sub(start));
        start + random.below(window as u64) as usize
    };
    let moved: Vec<usize> = onsets.iter().map(anywhere).collect();
    train(&moved, length)
}

/// The same intervals in another order, from the same first onset.
pub(super) fn shuffled(onsets: &[usize], length: usize, random: &mut Random) -> Vec<f32> {
    let mut intervals: Vec<usize> = onsets.windows(2).map(|pair| pair[1] - pair[0]).collect();
    random.shuffle(&mut intervals);
    let mut at = onsets.first().copied().unwrap_or(0);
    let mut moved = vec![at];
    for interval in intervals {
        at += interval;
        moved.push(at);
    }
    train(&moved, length)
}

/// An envelope as ln(1 + value / median); 0 where nothing was recorded.
pub(super) fn compressed(envelope: &[f32]) -> Vec<f32> {
    let mut recorded: Vec<f32> = envelope.iter().copied().filter(|v| v.is_finite()).collect();
    let rest = median(&mut recorded).filter(|&m| m > 0.0).unwrap_or(1.0);
    let one = |&value: &f32| {
        let relative = value.max(0.0) / rest;
        // Where the device was at rest or silent there is nothing.
        if relative.is_finite() {
            (relative - 1.0).max(0.0).ln_1p()
        } else {
            0.0
        }
    };
    envelope.iter().map(one).collect()
}

/// The pieces of eight seconds within each three minutes in another order.
pub(super) fn scattered_pieces(series: &[f32], random: &mut Random) -> Vec<f32> {
    let mut moved = Vec::with_capacity(series.len());
    // A whole number of pieces next to the window of the onsets.
    for window in series.chunks(WINDOW_S.next_multiple_of(PIECE_S)) {
        let mut pieces: Vec<&[f32]> = window.chunks(PIECE_S).collect();
        random.shuffle(&mut pieces);
        moved.extend(pieces.into_iter().flatten().copied());
    }
    moved
}

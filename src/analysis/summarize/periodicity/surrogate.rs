//! Nights made from a night by chance: what is kept and what is lost says what a comparison with them means.

use crate::analysis::score::WITHIN_S;
use crate::signal::random::Random;
use crate::signal::robust::median;

const WINDOW_S: usize = WITHIN_S as usize;
/// Seconds of rest that do not end a movement.
const PAUSE_S: usize = 2;

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

/// Movements of a series: runs of seconds that are not zero, with pauses of up to [`PAUSE_S`].
pub(super) struct Bouts {
    /// First second and values of each.
    bouts: Vec<(usize, Vec<f32>)>,
}

impl Bouts {
    pub(super) fn of(series: &[f32]) -> Self {
        let mut bouts: Vec<(usize, Vec<f32>)> = Vec::new();
        for (second, &value) in series
            .iter()
            .enumerate()
            .filter(|(_, value)| **value != 0.0)
        {
            match bouts.last_mut() {
                Some((start, values)) if second - (*start + values.len()) <= PAUSE_S => {
                    values.resize(second - *start, 0.0);
                    values.push(value);
                }
                _ => bouts.push((second, vec![value])),
            }
        }
        Self { bouts }
    }

    /// Seconds and values as they are.
    pub(super) fn as_they_are(&self) -> impl Iterator<Item = (usize, f32)> + '_ {
        self.bouts
            .iter()
            .flat_map(|(start, values)| at(*start, values))
    }

    /// Every movement begins anywhere within its own three minutes, whole as it is; what comes to lie beyond the series
    /// counts for nothing.
    pub(super) fn scattered(&self, length: usize, random: &mut Random) -> Vec<(usize, f32)> {
        let mut moved = Vec::new();
        for (start, values) in &self.bouts {
            let window_start = start / WINDOW_S * WINDOW_S;
            let window = WINDOW_S.min(length.saturating_sub(window_start));
            let anywhere = window_start + random.below(window as u64) as usize;
            moved.extend(at(anywhere, values).filter(|(second, _)| *second < length));
        }
        moved
    }
}

fn at(start: usize, values: &[f32]) -> impl Iterator<Item = (usize, f32)> + '_ {
    let points = values
        .iter()
        .enumerate()
        .filter(|(_, value)| **value != 0.0);
    points.map(move |(second, &value)| (start + second, value))
}

//! How many series a night has, and how long they are.

use jiff::SignedDuration;

use crate::model::scored::CandidateMovement;
use crate::model::summary::{SeriesFigures, Spread};

/// Of the movements given, which are in order of onset. A series that the window cuts counts with what is inside.
pub fn figures(movements: &[CandidateMovement]) -> SeriesFigures {
    // (number of the series, movements, first onset, last end)
    let mut found: Vec<(u32, usize, SignedDuration, SignedDuration)> = Vec::new();
    for movement in movements {
        let Some(number) = movement.series else {
            continue;
        };
        match found.last_mut() {
            Some((last, n, _, end)) if *last == number => {
                *n += 1;
                *end = (*end).max(movement.end);
            }
            _ => found.push((number, 1, movement.onset, movement.end)),
        }
    }
    let length = |&(_, _, start, end): &(_, _, SignedDuration, SignedDuration)| end - start;
    SeriesFigures {
        n: found.len(),
        movements: Spread::of(found.iter().map(|&(_, n, _, _)| n as f64)),
        length_s: Spread::of(found.iter().map(|series| length(series).as_secs_f64())),
        total: found.iter().map(length).sum(),
    }
}

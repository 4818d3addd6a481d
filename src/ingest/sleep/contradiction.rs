//! Rows of one source that lie over each other and disagree: two people scored one night, or two nights have one date.

use super::digits;
use super::export::{SleepInterval, SleepState};
use crate::model::night::Stage;

/// The lines of two such rows, where they are more than a tenth of all. What a number means is settled later; that two are not
/// one is known.
pub fn find(rows: &[(SleepInterval, u64)], words: &[String]) -> Option<(u64, u64)> {
    let is_number = |row: &SleepInterval| {
        let word = words.get(usize::from(row.word));
        word.is_some_and(|word| digits::number(word).is_some())
    };
    let mut staged: Vec<&(SleepInterval, u64)> = rows
        .iter()
        .filter(|(row, _)| matches!(row.state, SleepState::Stage(_)) || is_number(row))
        .collect();
    staged.sort_by_key(|(row, line)| (row.source, row.start_ns, *line));
    let (mut n, mut first) = (0, None);
    // The row that reaches farthest so far: it lies under whatever begins before its end.
    let mut under: Option<&(SleepInterval, u64)> = None;
    for row in &staged {
        if let Some(below) = under
            && below.0.source == row.0.source
            && disagree(&below.0, &row.0)
        {
            n += 1;
            first = first.or(Some((below.1.min(row.1), below.1.max(row.1))));
        }
        if under
            .is_none_or(|below| below.0.source != row.0.source || below.0.end_ns <= row.0.end_ns)
        {
            under = Some(*row);
        }
    }
    first.filter(|_| n * 10 > staged.len())
}

/// Whether the greater part of the shorter row lies in the other (without lengths, whether they begin together), and they
/// say what cannot be true together: a stage goes with plain sleep, not with another one.
fn disagree(a: &SleepInterval, b: &SleepInterval) -> bool {
    let shared = a
        .end_ns
        .min(b.end_ns)
        .saturating_sub(a.start_ns.max(b.start_ns));
    let shorter = (a.end_ns.saturating_sub(a.start_ns)).min(b.end_ns.saturating_sub(b.start_ns));
    let said = match (a.state, b.state) {
        (SleepState::Stage(one), SleepState::Stage(other)) => {
            let plain = |x: Stage, y: Stage| x == Stage::Asleep && y.is_sleep();
            one != other && !plain(one, other) && !plain(other, one)
        }
        _ => a.word != b.word,
    };
    let together = shorter == 0 && a.start_ns == b.start_ns;
    said && (shared > shorter / 2 || together)
}

//! Ends of stages that a list does not give: a stage lasts until the next row. Where nearly all rows are one step apart they are
//! epochs, and a longer gap is a pause; else they are changes of stage.

use super::export::SleepExport;
use super::mask::LONGEST_PAUSE_NS;

/// An epoch of the AASM's rules: 30 s, in nanoseconds.
pub const EPOCH_NS: i64 = 30 * 1_000_000_000;

/// Ends the intervals that end where they start: each with the next of its source, the last as long as the one before.
pub fn close(export: &mut SleepExport) {
    let mut order: Vec<(u16, i64, usize)> = (0..)
        .zip(&export.intervals)
        .map(|(at, interval)| (interval.source, interval.start_ns, at))
        .collect();
    order.sort_unstable();
    let mut left_open = 0_u64;
    for rows in order.chunk_by(|a, b| a.0 == b.0) {
        let starts: Vec<i64> = rows.iter().map(|(_, start, _)| *start).collect();
        let steps: Vec<i64> = starts
            .windows(2)
            .map(|two| two[1].saturating_sub(two[0]))
            .collect();
        let epoch = epoch_of(&steps);
        let mut before = epoch.unwrap_or(EPOCH_NS);
        let mut lengths = Vec::with_capacity(rows.len());
        for at in 0..rows.len() {
            let length = match (steps.get(at), epoch) {
                (Some(step), Some(epoch)) => (*step).min(epoch),
                (Some(step), None) if *step > LONGEST_PAUSE_NS => {
                    left_open += 1;
                    0
                }
                (Some(step), None) => *step,
                (None, _) => before,
            };
            before = length;
            lengths.push(length);
        }
        for ((_, _, at), length) in rows.iter().zip(lengths) {
            let interval = &mut export.intervals[*at];
            if interval.end_ns == interval.start_ns {
                interval.end_ns = interval.start_ns.saturating_add(length);
            }
        }
    }
    if left_open > 0 {
        export.warn(format!(
            "{left_open} stages were left out that last more than 2 h until the next row: no stage is that long, so the list pauses there"
        ));
    }
}

/// The step that nine of ten rows are apart.
fn epoch_of(steps: &[i64]) -> Option<i64> {
    let mut sorted = steps.to_vec();
    sorted.sort_unstable();
    let run = sorted.chunk_by(|a, b| a == b).max_by_key(|run| run.len())?;
    (run.len() * 10 >= steps.len() * 9 && run[0] > 0).then_some(run[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epochs_are_one_step_apart_and_changes_are_not() {
        assert_eq!(epoch_of(&[30; 9]), Some(30));
        // A pause in the middle of a night of epochs.
        let paused = [vec![30; 9], vec![3600]].concat();
        assert_eq!(epoch_of(&paused), Some(30));
        assert_eq!(epoch_of(&[300, 1200, 60]), None);
        assert_eq!(epoch_of(&[]), None);
        assert_eq!(epoch_of(&[0, 0]), None);
    }
}

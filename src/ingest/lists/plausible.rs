//! Whether the numbers of a movement list can be seconds since the start of a recording.

use std::io::Read;

use jiff::SignedDuration;

use super::error::ListError;
use super::movements::{ListedMovement, MovementList};
use super::table::{Column, Table};

/// Longer than half of a list's movements can last: even turns of the body take seconds. Milliseconds read as seconds
/// lie above, unless most movements are shorter than a third of a second.
const LONGEST_MEDIAN: SignedDuration = SignedDuration::from_secs(300);
/// No recording lasts so long; seconds since 1970 lie far beyond.
const FARTHEST_ONSET: SignedDuration = SignedDuration::from_hours(60 * 24);

/// Refuses numbers that cannot be seconds since the start of a recording.
pub(super) fn check<R: Read>(
    table: &Table<R>,
    start: &Column,
    nights: &[MovementList],
) -> Result<(), ListError> {
    let all = || nights.iter().flat_map(|night| &night.movements);
    let mut durations: Vec<SignedDuration> = all()
        .filter(|row| !is_stretch(row))
        .map(|row| row.movement.duration())
        .collect();
    durations.sort_unstable();
    if let Some(&median) = durations.get(durations.len() / 2)
        && median > LONGEST_MEDIAN
    {
        let told = format!(
            "half of the movements last {} s or more, longer than movements do. If the times are milliseconds, name their \
             columns so: start_ms and end_ms, or start_ms and duration_ms",
            median.as_secs()
        );
        return Err(table.unlikely(None, None, told));
    }
    let far = all().find(|row| row.movement.onset.abs() > FARTHEST_ONSET);
    far.map_or(Ok(()), |row| {
        let told = format!(
            "{} s are {} days; times are seconds since the start of the recording. Take the start away from them (or name \
             the columns start_ms and end_ms, if they are milliseconds)",
            row.movement.onset.as_secs(),
            row.movement.onset.as_hours() / 24
        );
        Err(table.unlikely(Some(row.line), Some(start), told))
    })
}

/// Rows of a simulated truth that last for minutes and hours.
fn is_stretch(row: &ListedMovement) -> bool {
    let kind = row.kind.as_deref().unwrap_or_default();
    ["off_leg", "walk"]
        .iter()
        .any(|stretch| kind.eq_ignore_ascii_case(stretch))
}

//! Why no three columns of a table are the acceleration.

use super::holds_numbers;
use crate::ingest::error::{ReadError, Refusal};
use crate::ingest::table::heading::{Heading, Sensor, UnitWord};
use crate::ingest::table::sketch::Sketch;
use crate::ingest::table::triplets::Triplet;

/// The refusal of a table of which no candidate is the acceleration: another sensor, or columns that the user may know.
pub(super) fn of(sketch: &Sketch, triplets: &[Triplet]) -> ReadError {
    if let Some(other) = triplets
        .iter()
        .find(|t| t.sensor == Sensor::Other || t.sensor == Sensor::Gravity)
    {
        let names: Vec<&str> = other
            .columns
            .iter()
            .map(|c| sketch.headings[*c].text.as_str())
            .collect();
        return another_sensor(&format!(
            "The columns {} are of another sensor, and no other three are there",
            names.join(", ")
        ));
    }
    if may_hold_axes(sketch) {
        return ReadError::new(
            Refusal::NeedsColumns,
            format!(
                "No three columns are named x, y and z. The file has: {}. If it holds acceleration, add \
                 --columns time=NAME,x=NAME,y=NAME,z=NAME.",
                sketch.names()
            ),
        );
    }
    another_sensor(&format!(
        "The columns ({}) hold no three axes",
        sketch.names()
    ))
}

/// Whether there are columns enough, and names that do not speak of other sensors alone.
fn may_hold_axes(sketch: &Sketch) -> bool {
    let numeric = (0..sketch.columns)
        .filter(|c| holds_numbers(sketch, *c))
        .count();
    let of_others = sketch
        .headings
        .iter()
        .filter(|h| h.sensor == Sensor::Other)
        .count();
    let of_time = sketch.headings.iter().filter(|h| h.is_time()).count();
    let mostly_others = 2 * of_others >= sketch.headings.len().saturating_sub(of_time).max(1);
    numeric >= 4 && (!mostly_others || sketch.headings.iter().any(is_not_understood))
}

/// Whether a name may speak of acceleration in words that are not known: its unit does, or its letters are of another script.
fn is_not_understood(heading: &Heading) -> bool {
    let is_foreign = |c: char| c.is_alphabetic() && c >= '\u{0370}';
    heading.sensor == Sensor::Unnamed
        && !heading.is_time()
        && (matches!(heading.unit, Some(UnitWord::Acceleration(_)))
            || heading.text.contains(is_foreign))
}

/// The refusal of a file of another sensor; `seen` is what shows it.
pub(in crate::ingest) fn another_sensor(seen: &str) -> ReadError {
    ReadError::new(
        Refusal::NotAcceleration,
        format!(
            "{seen}: this is no acceleration. Give the accelerometer's file of the same export."
        ),
    )
}

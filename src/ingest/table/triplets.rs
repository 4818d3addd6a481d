//! Three columns x, y and z of one sensor: found by their names, and one chosen where there are several.

use super::heading::{Sensor, UnitWord, sensor_named};
use super::sketch::Sketch;
use crate::ingest::error::{ReadError, ReadResult, Refusal};

/// Three columns of one sensor.
#[derive(Debug, Clone)]
pub(super) struct Triplet {
    pub stem: String,
    pub sensor: Sensor,
    pub unit: Option<UnitWord>,
    pub columns: [usize; 3],
}

/// Groups of x, y and z that share all other words and the unit.
pub(super) fn triplets_of(sketch: &Sketch) -> Vec<Triplet> {
    struct Open {
        stem: String,
        sensor: Sensor,
        unit: Option<UnitWord>,
        columns: [Option<usize>; 3],
    }
    let mut open: Vec<Open> = Vec::new();
    for (column, heading) in sketch.headings.iter().enumerate() {
        let Some(axis) = heading.axis else { continue };
        let stem = heading.stem();
        let place = open.iter_mut().find(|t| {
            t.stem == stem
                && t.sensor == heading.sensor
                && t.unit == heading.unit
                && t.columns[axis].is_none()
        });
        match place {
            Some(triplet) => triplet.columns[axis] = Some(column),
            None => {
                let mut columns = [None; 3];
                columns[axis] = Some(column);
                open.push(Open {
                    stem,
                    sensor: heading.sensor,
                    unit: heading.unit,
                    columns,
                });
            }
        }
    }
    open.into_iter()
        .filter_map(|t| match t.columns {
            [Some(x), Some(y), Some(z)] => Some(Triplet {
                stem: t.stem,
                sensor: t.sensor,
                unit: t.unit,
                columns: [x, y, z],
            }),
            _ => None,
        })
        .collect()
}

/// Three columns side by side with one name that speaks of acceleration, `Acceleration (m/s²)` three times: x, y and z.
pub(super) fn three_of_one_name(sketch: &Sketch) -> Option<Triplet> {
    let headings = &sketch.headings;
    let at = (0..headings.len().saturating_sub(2)).find(|at| {
        let name = &headings[*at];
        let same = headings.iter().filter(|h| h.text == name.text).count() == 3;
        same && headings[*at..at + 3].iter().all(|h| h.text == name.text)
            && matches!(
                sensor_named(&name.stem()),
                Some(Sensor::Acceleration | Sensor::Linear)
            )
    })?;
    Some(Triplet {
        stem: headings[at].stem(),
        sensor: sensor_named(&headings[at].stem())?,
        unit: headings[at].unit,
        columns: [at, at + 1, at + 2],
    })
}

/// Words of a sensor that is preferred over its twin, and of the twin.
const PREFERRED: [(&[&str], &[&str]); 3] = [
    // Shimmer's low-noise accelerometer over its wide-range one
    (&["ln"], &["wr"]),
    (&["cal", "calibrated"], &["uncal", "uncalibrated", "raw"]),
    (&["phone"], &["watch"]),
];

/// The only one of its kind, or the preferred of two; several others are asked for.
pub(super) fn the_one(mut triplets: Vec<Triplet>) -> ReadResult<Option<Triplet>> {
    for (better, worse) in PREFERRED {
        let has = |t: &Triplet, words: &[&str]| t.stem.split(' ').any(|word| words.contains(&word));
        if triplets.len() > 1
            && triplets.iter().any(|t| has(t, better))
            && triplets.iter().any(|t| has(t, worse))
        {
            triplets.retain(|t| !has(t, worse));
        }
    }
    // a sensor beside itself uncalibrated
    let words = |t: &Triplet| -> Vec<String> {
        let all = t.stem.split(' ').map(str::to_owned);
        all.filter(|word| !word.starts_with("uncal")).collect()
    };
    let is_raw = |t: &Triplet| t.stem.contains("uncal");
    let twins: Vec<Vec<String>> = triplets.iter().filter(|t| !is_raw(t)).map(words).collect();
    triplets.retain(|t| !is_raw(t) || !twins.contains(&words(t)));
    let with_unit = |t: &Triplet| matches!(t.unit, Some(UnitWord::Acceleration(_)));
    if triplets.len() > 1 && triplets.iter().filter(|t| with_unit(t)).count() == 1 {
        triplets.retain(with_unit);
    }
    if triplets.len() > 1 {
        let stems: Vec<String> = triplets.iter().map(|t| format!("{:?}", t.stem)).collect();
        // a word that only one of them has
        let said = |word: &&str| triplets.iter().filter(|t| t.stem.contains(word)).count();
        let words = triplets.iter().flat_map(|t| t.stem.split(' '));
        let mut own = words.filter(|word| !word.is_empty() && said(word) == 1);
        let word = own.next().unwrap_or("WORD").to_owned();
        return Err(ReadError::new(
            Refusal::NeedsColumns,
            format!(
                "{} accelerometers were found: {}. Add --columns {} or --columns \"x=NAME,y=NAME,z=NAME\" to choose.",
                triplets.len(),
                stems.join(", "),
                word
            ),
        ));
    }
    Ok(triplets.pop())
}

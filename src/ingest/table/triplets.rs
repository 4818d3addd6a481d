//! Three columns x, y and z of one sensor: found by their names, and one chosen where there are several.

use super::heading::{Heading, Sensor, UnitWord, sensor_named};
use super::sketch::Sketch;
use super::vocabulary::GRAVITY;
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
    // x, y, z and w are an orientation
    let has_w = |stem: &str| {
        let w = format!("{stem} w");
        let mut whole = sketch.headings.iter().filter(|h| h.axis.is_none());
        whole.any(|h| h.stem() == w.trim_start())
    };
    open.into_iter()
        .filter_map(|t| match t.columns {
            [Some(x), Some(y), Some(z)] => Some(Triplet {
                sensor: match t.sensor {
                    Sensor::Unnamed if has_w(&t.stem) => Sensor::Other,
                    sensor => sensor,
                },
                stem: t.stem,
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

/// Three columns side by side, numbered from 0 or 1, whose name speaks of acceleration, and no fourth: `acc0`, `acc1`, `acc2`.
pub(super) fn three_numbered(sketch: &Sketch) -> Option<Triplet> {
    let parts = |heading: &Heading| {
        let lower = heading.lower();
        let name = lower.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = lower[name.len()..].parse::<u8>().ok()?;
        Some((name.trim_end_matches(['_', ' ', '-']).to_owned(), number))
    };
    let numbered: Vec<_> = sketch.headings.iter().map(parts).collect();
    let at = (0..numbered.len().saturating_sub(2)).find(|at| {
        let Some((name, from @ (0 | 1))) = &numbered[*at] else {
            return false;
        };
        let of_one_name =
            |place: &&Option<(String, u8)>| place.as_ref().is_some_and(|(n, _)| n == name);
        let follow = (1..3u8).all(|n| {
            let next = &numbered[at + usize::from(n)];
            next.as_ref() == Some(&(name.clone(), from + n))
        });
        follow
            && numbered.iter().filter(of_one_name).count() == 3
            && matches!(
                sensor_named(name),
                Some(Sensor::Acceleration | Sensor::Linear)
            )
    })?;
    let (stem, _) = numbered[at].clone()?;
    Some(Triplet {
        sensor: sensor_named(&stem)?,
        unit: sketch.headings[at].unit,
        columns: [at, at + 1, at + 2],
        stem,
    })
}

/// Words of a sensor that is preferred over its twin, and of the twin.
const PREFERRED: [(&[&str], &[&str]); 3] = [
    // Shimmer's low-noise accelerometer over its wide-range one
    (&["ln"], &["wr"]),
    (&["cal", "calibrated"], &["uncal", "uncalibrated", "raw"]),
    (&["phone"], &["watch"]),
];

/// Several sensors whose columns have the same names: only numbers tell them apart.
fn same_names(triplets: &[Triplet]) -> ReadError {
    let numbers = |t: &Triplet| {
        let [x, y, z] = t.columns.map(|column| column + 1);
        format!("x={x},y={y},z={z}")
    };
    let places: Vec<String> = triplets.iter().map(numbers).collect();
    ReadError::new(
        Refusal::NeedsColumns,
        format!(
            "{} accelerometers were found whose columns have the same names. Add --columns {} (columns are counted from 1) to choose.",
            triplets.len(),
            places.join(" or --columns ")
        ),
    )
}

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
    // where one is said to hold gravity (a browser's accelerationIncludingGravity), the one beside it has none
    let holds_gravity = |t: &Triplet| t.stem.split(' ').any(|word| GRAVITY.contains(&word));
    if triplets.iter().filter(|t| holds_gravity(t)).count() == 1 {
        triplets.retain(holds_gravity);
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
        if triplets.iter().all(|t| t.stem == triplets[0].stem) {
            return Err(same_names(&triplets));
        }
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

//! Axes in a table without names: by place, and by the physics of gravity.

use super::axes::{ABOUT, Axes, another_sensor, by_choice, holds_numbers, middle_length};
use super::direction;
use super::file_name::FileName;
use super::sketch::Sketch;
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::ReadOptions;
use crate::ingest::physics::{QuietWindows, Rest};
use crate::ingest::unit::{UnitClaim, settle};
use crate::model::units::STANDARD_GRAVITY_M_S2;

/// Numbers below this share of another are nothing beside it.
const NOTHING: f64 = 0.02;
/// Lengths that differ by more are not of one sensor in one unit.
const OTHER_SCALE: f64 = 1.5;

/// Finds the acceleration by place: three neighbouring columns that show one g, or the only three there are.
pub(in crate::ingest) fn by_place(
    sketch: &Sketch,
    clocks: &[usize],
    file: &FileName,
    options: &ReadOptions,
) -> ReadResult<Axes> {
    let choice = options.columns.clone().unwrap_or_default();
    if choice.axes.iter().any(Option::is_some) {
        return by_choice(sketch, &choice);
    }
    let mut numbers: Vec<usize> = (0..sketch.columns)
        .filter(|c| !clocks.contains(c) && holds_numbers(sketch, *c))
        .collect();
    let turned = direction::quaternions(sketch, &numbers);
    numbers.retain(|column| !turned.contains(column));
    if let (Some(first), Some(last), 0..3) = (turned.first(), turned.last(), numbers.len()) {
        return Err(another_sensor(&format!(
            "The columns {} to {} are exactly 1 long in nearly every row, four together, as the parts of an orientation are",
            first + 1,
            last + 1
        )));
    }
    let threes = threes(&numbers);
    // a coarse sensor at rest repeats itself as a setting does: where there are but three, they are the axes
    let moving: Vec<usize> = match numbers.len() {
        3 => numbers,
        _ => numbers
            .into_iter()
            .filter(|c| !barely_changes(sketch, *c))
            .collect(),
    };
    let neighbours: Vec<[usize; 3]> = moving
        .windows(3)
        .filter(|w| w[2] - w[0] == 2)
        .map(|w| [w[0], w[1], w[2]])
        .collect();
    let that = |holds: &dyn Fn(&[usize; 3]) -> bool| -> Vec<[usize; 3]> {
        neighbours.iter().copied().filter(holds).collect()
    };
    let mut one_g = that(&|columns| shows_one_g(sketch, *columns));
    // where the columns are sensors of three axes each, no three are taken across two of them
    let is_sensor =
        |columns: &[usize; 3]| threes.is_some_and(|from| (columns[0] - from).is_multiple_of(3));
    let about = that(&|columns| is_sensor(columns) && is_about_one_g(sketch, *columns));
    if one_g.iter().any(is_sensor) || !about.is_empty() {
        one_g.retain(is_sensor);
    }
    let one_g = without_strangers(sketch, one_g)?;
    // words and clocks may stand between
    let follows_clock = |columns: &[usize; 3]| {
        let before = clocks.iter().filter(|clock| **clock < columns[0]).max();
        before.is_some_and(|clock| (clock + 1..columns[0]).all(|c| !holds_numbers(sketch, c)))
    };
    // three columns are the sensor that the file is named after; of six, three may be the accelerometer
    if file.is_of_three_other_axes() && (moving.len() < 6 || one_g.is_empty()) {
        return Err(another_sensor(&format!(
            "The file's name ({}) says that this is another sensor",
            file.stem
        )));
    }
    let apart = |columns: &&[usize; 3]| {
        let after = one_g.first().map_or(0, |first| columns[0] - first[0]);
        after > 0 && after.is_multiple_of(3)
    };
    if let (true, [first, second, ..]) = (one_g.is_empty(), &about[..]) {
        return Err(two_sensors(
            first,
            second,
            "about one g long in the middle of the rows",
        ));
    }
    if let Some(second) = one_g.iter().find(apart) {
        return Err(two_sensors(&one_g[0], second, "one g long at rest"));
    }
    let (columns, because) = match (&one_g[..], &neighbours[..]) {
        ([only], _) => (*only, "three columns whose length at rest is one g"),
        ([first, ..], _) if follows_clock(first) || first[0] == 0 => (
            *first,
            "the first three columns after the time, whose length at rest is one g",
        ),
        ([], _) if about.len() == 1 => (
            about[0],
            "of sensors of three axes each, the one that is about one g long",
        ),
        ([], [only]) => (*only, "the only three columns of numbers"),
        ([], [first, ..]) if follows_clock(first) => {
            (*first, "the first three columns after the time")
        }
        _ if neighbours.is_empty() => {
            let numbers: Vec<String> = moving.iter().map(|c| (c + 1).to_string()).collect();
            return Err(another_sensor(&match &numbers[..] {
                [] => "No column holds numbers that change".to_owned(),
                [only] => format!("Only column {only} holds numbers that change"),
                [_, _] => format!(
                    "Only columns {} hold numbers that change",
                    numbers.join(" and ")
                ),
                _ => format!(
                    "No three columns of numbers that change stand side by side (columns {} do change)",
                    numbers.join(", ")
                ),
            }));
        }
        _ => {
            return Err(ReadError::new(
                Refusal::NeedsColumns,
                format!(
                    "The columns have no names, and which three of {} are the axes cannot be told. Add --columns \
                     x=2,y=3,z=4 with the right numbers (counted from 1), and time=1 with the clock's where it is not found.",
                    sketch.columns
                ),
            ));
        }
    };
    direction::refuse(sketch, columns)?;
    Ok(Axes {
        columns,
        plus: None,
        claim: UnitClaim::none(),
        because: because.to_owned(),
    })
}

/// Of threes that share columns, those that are three axes: a pressure of 1013 beside two axes in g is as long as one g in mg,
/// but alone.
fn without_strangers(sketch: &Sketch, one_g: Vec<[usize; 3]>) -> ReadResult<Vec<[usize; 3]>> {
    if one_g.len() < 2 {
        return Ok(one_g);
    }
    let shares = |a: &[usize; 3], b: &[usize; 3]| a != b && a[0].abs_diff(b[0]) < 3;
    let (alone, together): (Vec<_>, Vec<_>) = one_g
        .iter()
        .copied()
        .partition(|columns| is_one_alone(sketch, *columns));
    let is_stranger = |columns: &[usize; 3]| {
        alone.contains(columns) && together.iter().any(|three| shares(three, columns))
    };
    let kept: Vec<[usize; 3]> = one_g.into_iter().filter(|c| !is_stranger(c)).collect();
    let length = |columns: &[usize; 3]| middle_length(sketch, *columns);
    let rival = |a: &[usize; 3], b: &[usize; 3]| {
        let is_alone = alone.contains(a) && alone.contains(b);
        is_alone && shares(a, b) && (length(a) / length(b)).ln().abs() > OTHER_SCALE.ln()
    };
    let rivals = kept
        .split_first()
        .and_then(|(first, others)| Some((first, others.iter().find(|c| rival(first, c))?)));
    match rivals {
        Some((first, second)) => Err(two_sensors(first, second, "one g long at rest")),
        None => Ok(kept),
    }
}

/// Whether the length of three columns is that of one of them: the two others are nothing beside it, row by row.
fn is_one_alone(sketch: &Sketch, columns: [usize; 3]) -> bool {
    let [x, y, z] = columns.map(|column| sketch.numbers(column));
    let rows = x.zip(y).zip(z).filter_map(|((x, y), z)| Some([x?, y?, z?]));
    let rows: Vec<[f64; 3]> = rows.map(|row| row.map(f64::abs)).collect();
    (0..3).any(|one| {
        let others = |row: &[f64; 3]| row[(one + 1) % 3].max(row[(one + 2) % 3]);
        let alone = rows.iter().filter(|row| others(row) < NOTHING * row[one]);
        alone.count() * 100 > rows.len() * 99
    })
}

/// Where the sensors of three axes each begin, when the columns of numbers stand in one row and are two or more of them.
fn threes(numbers: &[usize]) -> Option<usize> {
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    let together = last + 1 - first == numbers.len();
    (together && numbers.len() >= 6 && numbers.len().is_multiple_of(3)).then_some(first)
}

fn two_sensors(first: &[usize; 3], second: &[usize; 3], are: &str) -> ReadError {
    let number = |columns: &[usize; 3]| columns.map(|c| (c + 1).to_string()).join(", ");
    ReadError::new(
        Refusal::NeedsColumns,
        format!(
            "The columns have no names, and both {} and {} are {are}. Add --columns x={},y={},z={} with the \
             numbers of the right three (counted from 1).",
            number(first),
            number(second),
            second[0] + 1,
            second[1] + 1,
            second[2] + 1
        ),
    )
}

/// Whether three columns that never rest are about as long as gravity in the middle of all rows, in g, m/s² or mg.
fn is_about_one_g(sketch: &Sketch, columns: [usize; 3]) -> bool {
    let middle = middle_length(sketch, columns);
    [1.0, STANDARD_GRAVITY_M_S2, 1000.0]
        .iter()
        .any(|g| (middle / g - 1.0).abs() < ABOUT)
}

/// Whether a column is a setting or a flag: few changes among many rows.
fn barely_changes(sketch: &Sketch, column: usize) -> bool {
    let values: Vec<f64> = sketch.numbers(column).flatten().collect();
    let changes = values.windows(2).filter(|pair| pair[0] != pair[1]).count();
    changes * 50 < values.len()
}

fn shows_one_g(sketch: &Sketch, columns: [usize; 3]) -> bool {
    let mut windows = QuietWindows::at_rate(20.0);
    let mut whole = true;
    let [x, y, z] = columns;
    for ((x, y), z) in sketch
        .numbers(x)
        .zip(sketch.numbers(y))
        .zip(sketch.numbers(z))
    {
        if let (Some(x), Some(y), Some(z)) = (x, y, z) {
            whole &= x.fract() == 0.0 && y.fract() == 0.0 && z.fract() == 0.0;
            windows.add(&[x as f32], &[y as f32], &[z as f32]);
        }
    }
    let quiet = windows.settle();
    quiet.is_some_and(|q| !matches!(q.rest, Rest::Never | Rest::Carried))
        && settle(&UnitClaim::none(), quiet, whole, &ReadOptions::default()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_names_place_and_physics_decide() {
        let rows: String = (0..60)
            .map(|n| format!("20,1.0{:02},0.09{},-0.12{},1\n", n % 7, n % 5, n % 3))
            .collect();
        let sketch = Sketch::draw(rows.as_bytes(), true, &ReadOptions::default())
            .unwrap()
            .unwrap();
        assert_eq!(
            by_place(
                &sketch,
                &[],
                &FileName::parse("a.csv"),
                &ReadOptions::default()
            )
            .unwrap()
            .columns,
            [1, 2, 3]
        );
    }

    #[test]
    fn a_pressure_beside_the_axes_is_not_taken_for_one() {
        let tilted = |n: usize| {
            let angle: f64 = [0.3, -0.8, 1.1][n / 200 % 3];
            [0.2, angle.sin() * 0.98, angle.cos() * 0.98]
        };
        let flat = |_: usize| [0.004, -0.006, 1.0];
        let found = |axes: &dyn Fn(usize) -> [f64; 3], first: bool| {
            let text: String = (0..3000)
                .map(|n| {
                    let noise = (n * 7919 % 11) as f64 * 0.001;
                    let [x, y, z] = axes(n).map(|v| format!("{:.3}", v + noise));
                    let pressure = format!("{:.2}", 1013.2 + 0.01 * (n % 7) as f64);
                    match first {
                        true => format!("{},{pressure},{x},{y},{z}\n", 20 * n),
                        false => format!("{},{x},{y},{z},{pressure}\n", 20 * n),
                    }
                })
                .collect();
            let options = ReadOptions::default();
            let sketch = Sketch::draw(text.as_bytes(), true, &options)
                .unwrap()
                .unwrap();
            by_place(&sketch, &[0], &FileName::parse("a.csv"), &options)
                .map(|axes| axes.columns)
                .map_err(|error| error.code())
        };
        assert_eq!(found(&tilted, true), Ok([2, 3, 4]));
        assert_eq!(found(&tilted, false), Ok([1, 2, 3]));
        // one axis holds all of gravity: nobody can tell
        assert_eq!(found(&flat, true), Err("needs_columns"));
    }

    #[test]
    fn of_two_accelerometers_one_that_lies_flat_is_no_stranger() {
        let text: String = (0..3000)
            .map(|n| {
                let noise = (n * 7919 % 11) as f64 * 0.001;
                let [x, y, z] = [0.2, 0.6, 0.77].map(|v| format!("{:.3}", v + noise));
                let [a, b, c] = [0.004, -0.006, 1.0].map(|v| format!("{:.3}", v + noise));
                format!("{},{a},{b},{c},{x},{y},{z}\n", 20 * n)
            })
            .collect();
        let options = ReadOptions::default();
        let sketch = Sketch::draw(text.as_bytes(), true, &options)
            .unwrap()
            .unwrap();
        let error = by_place(&sketch, &[0], &FileName::parse("a.csv"), &options).unwrap_err();
        assert_eq!(error.code(), "needs_columns");
    }
}

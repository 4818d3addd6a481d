//! Rows that repeat a sample: written at another sensor's pace, with the last value of the accelerometer held.
//!
//! A coarse sensor at rest repeats values too, and so does a device asleep. But their changes come when the limb moves, one
//! upon the other and often on one axis alone. Held samples come at their own pace: two new ones hardly ever follow each
//! other, a new one is new on all axes, and while it is held the other sensor's values go on. Devices whose filter runs at
//! twice the sensor's rate write every sample twice; theirs are the rows all the same. Not so where two sensors of one rate
//! write a row each in turn: there the other's values are held in the rows of a new sample.

use super::sketch::Sketch;
use crate::ingest::number;

/// New samples that there must be, before their pace says anything.
const CHANGES: u32 = 40;
/// Of the rows, so many may hold a new sample.
const NEW: f64 = 0.4;
/// And so many where another sensor's values take turns with them.
const NEW_IN_TURN: f64 = 0.55;
/// Of a sensor's values that take turns, so many may be new beside a new sample.
const NEW_AT_ONCE: f64 = 0.2;
/// How many new samples there must be by chance that follow one at once, before their absence says anything.
const PAIRS: f64 = 8.0;
/// So many of those may be there all the same: two clocks beat.
const LEFT: f64 = 0.25;
/// New samples that are new on two axes at least.
const ON_ALL_AXES: f64 = 0.8;
/// Repeats beside which another sensor's value is new.
const BESIDE_OTHERS: f64 = 0.8;
/// Rows by which other sensors are told from clocks and settings.
const JUDGED: usize = 2_000;

/// What the rows show when they are held samples, as a phrase; `None` for rows that are samples.
pub(in crate::ingest) fn seen(sketch: &Sketch, axes: [usize; 3]) -> Option<String> {
    let count = Count::of(sketch, axes);
    if count.changes < CHANGES || count.repeats < CHANGES {
        return None;
    }
    let (changes, repeats) = (f64::from(count.changes), f64::from(count.repeats));
    let share = changes / (changes + repeats);
    let by_chance = changes * share;
    let most = if count.take_turns { NEW_IN_TURN } else { NEW };
    let held = share <= most
        && f64::from(count.on_all_axes) >= ON_ALL_AXES * changes
        && f64::from(count.beside_others) >= BESIDE_OTHERS * repeats
        && by_chance >= PAIRS
        && f64::from(count.pairs) <= LEFT * by_chance;
    held.then(|| {
        format!(
            "the three values change every {:.1} rows, all at once, and another sensor's in between",
            1.0 / share
        )
    })
}

#[derive(Debug, Default)]
struct Count {
    changes: u32,
    repeats: u32,
    /// Changes on two axes at least.
    on_all_axes: u32,
    /// Repeats with another sensor's new value.
    beside_others: u32,
    /// Changes that follow a change at once.
    pairs: u32,
    /// Whether another sensor's values are new where the sample is held, and held where it is new.
    take_turns: bool,
}

impl Count {
    fn of(sketch: &Sketch, axes: [usize; 3]) -> Self {
        let mark = sketch.dialect.decimal.byte();
        let others = other_sensors(sketch, axes);
        // rows with a new value of each other sensor, beside a new sample and beside one held
        let mut new_of = vec![[0u32; 2]; others.len()];
        let mut count = Self::default();
        let mut before: Option<(usize, [&[u8]; 3])> = None;
        let mut changed_before = false;
        for n in 0..sketch.n_rows().min(sketch.last_rows_from) {
            let row = sketch.row(n);
            let values = axes.map(|column| row.get(column).map_or(&b""[..], |cell| cell.bytes));
            if values
                .iter()
                .any(|cell| number::parse(cell, mark).is_none())
            {
                continue;
            }
            if let Some((at, last)) = before {
                let above = sketch.row(at);
                // a whole row that stands twice is a copy, not a sample held
                if above.len() == row.len()
                    && above.iter().zip(row).all(|(a, b)| a.bytes == b.bytes)
                {
                    continue;
                }
                let new = values.iter().zip(last).filter(|(a, b)| *a != b).count();
                let changed = new > 0;
                let mut new_beside = false;
                for (column, new_of) in others.iter().zip(&mut new_of) {
                    if above.get(*column).map(|a| a.bytes) != row.get(*column).map(|b| b.bytes) {
                        new_of[usize::from(!changed)] += 1;
                        new_beside = true;
                    }
                }
                if changed {
                    count.changes += 1;
                    count.on_all_axes += u32::from(new >= 2);
                    count.pairs += u32::from(changed_before);
                } else {
                    count.repeats += 1;
                    count.beside_others += u32::from(new_beside);
                }
                changed_before = changed;
            }
            before = Some((n, values));
        }
        count.take_turns = new_of.iter().any(|[at_once, in_turn]| {
            f64::from(*at_once) <= NEW_AT_ONCE * f64::from(count.changes)
                && f64::from(*in_turn) >= BESIDE_OTHERS * f64::from(count.repeats)
        });
        count
    }
}

/// Columns of numbers that rise and fall: clocks only rise, settings stand still.
fn other_sensors(sketch: &Sketch, axes: [usize; 3]) -> Vec<usize> {
    let rises_and_falls = |column: &usize| {
        let numbers: Vec<f64> = sketch
            .numbers(*column)
            .take(JUDGED.min(sketch.last_rows_from))
            .flatten()
            .collect();
        let steps = || numbers.windows(2).map(|pair| pair[1] - pair[0]);
        steps().any(|step| step > 0.0) && steps().any(|step| step < 0.0)
    };
    (0..sketch.columns)
        .filter(|column| !axes.contains(column))
        .filter(rises_and_falls)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::options::ReadOptions;

    /// A repeatable number between 0 and `below`.
    fn dice(n: usize, below: u64) -> i64 {
        let mixed = (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 29;
        (mixed % below) as i64
    }

    fn seen_in(row: impl Fn(usize) -> [i64; 3]) -> bool {
        seen_beside(row, |n| dice(n, 1_000))
    }

    fn seen_beside(row: impl Fn(usize) -> [i64; 3], other: impl Fn(usize) -> i64) -> bool {
        let rows: String = (0..3_000)
            .map(|n| {
                let [x, y, z] = row(n);
                format!("{},{x}.5,{y}.5,{z}.5,{}\n", n * 4, other(n))
            })
            .collect();
        let sketch = Sketch::draw(rows.as_bytes(), true, &ReadOptions::default())
            .unwrap()
            .unwrap();
        seen(&sketch, [1, 2, 3]).is_some()
    }

    fn sample(n: usize) -> [i64; 3] {
        [dice(3 * n, 40), dice(3 * n + 1, 40), dice(3 * n + 2, 40)]
    }

    #[test]
    fn a_sample_that_stands_in_twelve_rows_is_held() {
        assert!(seen_in(|n| sample(n / 12)));
        assert!(seen_in(|n| sample(n * 52 / 256)));
    }

    #[test]
    fn a_device_that_says_everything_four_times_writes_samples() {
        assert!(!seen_beside(|n| sample(n / 4), |n| dice(n / 4, 1_000)));
    }

    #[test]
    fn a_device_whose_filter_runs_twice_as_fast_writes_samples() {
        assert!(!seen_in(|n| sample(n / 2)));
    }

    #[test]
    fn samples_are_not_held() {
        assert!(!seen_in(sample));
    }

    #[test]
    fn a_coarse_sensor_that_moves_now_and_then_repeats_its_values_honestly() {
        let moves = |n: usize| n % 700 < 60;
        assert!(!seen_in(|n| if moves(n) { sample(n) } else { [0, 0, 1] }));
        // one axis flickers at rest
        assert!(!seen_in(|n| [dice(n, 9) / 8, 0, 1]));
    }

    #[test]
    fn a_coarse_sensor_that_turns_slowly_steps_on_one_axis_at_a_time() {
        assert!(!seen_in(|n| [n as i64 / 50, (n as i64 + 25) / 40, 9]));
    }
}

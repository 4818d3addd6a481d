//! Unit vectors and quaternions: where something points, not how it is pulled. They are as long as gravity in g, and longer
//! than any sensor keeps to it: noise alone moves an acceleration by a thousandth.

use super::axes::another_sensor;
use super::sketch::Sketch;
use crate::ingest::error::ReadResult;
use crate::ingest::number;

/// How far from 1 the length of a direction lies that is written with six decimals.
const EXACT: f64 = 1e-5;
/// The same for four numbers, which are written with fewer.
const EXACT_OF_FOUR: f64 = 1e-3;
/// Four are so much nearer to 1 than three of them, where none is idle.
const NEARER: f64 = 0.2;
/// Of the rows, so many are exact.
const SHARE: f64 = 0.7;
/// Fewer rows say nothing.
const LEAST: usize = 20;
/// An axis that goes further than this turns.
const TURNS: f64 = 0.05;

/// The columns among these, numbers all, of which four in a row are exactly 1 long in nearly every row: the parts of a
/// quaternion. Three axes and a fourth column that is next to nothing are not: those three are about as long by themselves.
pub(super) fn quaternions(sketch: &Sketch, columns: &[usize]) -> Vec<usize> {
    let is_one = |four: &&[usize]| {
        let exact_enough = EXACT_OF_FOUR.max(last_decimal(sketch, four));
        let mut of = [0, 1, 2, 3].map(|n| sketch.numbers(four[n]));
        let (mut rows, mut exact) = (0usize, 0usize);
        // how far from 1 all four are, and the first and last three of them
        let mut off = [0.0; 3];
        while let [Some(a), Some(b), Some(c), Some(d)] = of.each_mut().map(Iterator::next) {
            let (Some(a), Some(b), Some(c), Some(d)) = (a, b, c, d) else {
                continue;
            };
            let middle = b * b + c * c;
            let from_one = [a * a + middle + d * d, a * a + middle, middle + d * d]
                .map(|square| (square.sqrt() - 1.0).abs());
            rows += 1;
            exact += usize::from(from_one[0] <= exact_enough);
            for (sum, from_one) in off.iter_mut().zip(from_one) {
                *sum += from_one;
            }
        }
        let [all, first, last] = off;
        rows >= LEAST && 100 * exact >= 99 * rows && all < NEARER * first.min(last)
    };
    let fours = columns.windows(4).filter(|four| four[3] - four[0] == 3);
    fours.filter(is_one).flatten().copied().collect()
}

/// One in the last decimal of some columns' first rows: four numbers that are rounded to it lie so far from 1 together.
fn last_decimal(sketch: &Sketch, columns: &[usize]) -> f64 {
    let mark = sketch.dialect.decimal.byte();
    let exponents = columns.iter().flat_map(|column| {
        let cells = sketch.column(*column).take(LEAST);
        cells.filter_map(|cell| number::parse(cell, mark).map(|number| number.exponent))
    });
    10f64.powi(exponents.min().unwrap_or(0).min(-2))
}

/// Refuses three columns that are a direction.
pub(super) fn refuse(sketch: &Sketch, columns: [usize; 3]) -> ReadResult<()> {
    let [x, y, z] = columns.map(|column| sketch.numbers(column));
    let rows: Vec<[f64; 3]> = x
        .zip(y)
        .zip(z)
        .filter_map(|((x, y), z)| Some([x?, y?, z?]))
        .collect();
    let length = |v: &[f64; 3]| v.iter().map(|value| value * value).sum::<f64>().sqrt();
    let exact = rows.iter().filter(|v| (length(v) - 1.0).abs() <= EXACT);
    let share = exact.count() as f64 / rows.len().max(1) as f64;
    let turns = (0..3).any(|axis| {
        let values = rows.iter().map(|v| v[axis]);
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), v| {
            (low.min(v), high.max(v))
        });
        high - low > TURNS
    });
    if rows.len() < LEAST || share < SHARE || !turns {
        return Ok(());
    }
    Err(another_sensor(&format!(
        "The three columns are exactly 1 long in {:.0} % of the rows while they turn, which is a direction",
        share * 100.0
    )))
}

//! Rows that stand for a packet that was lost: one number in all three axes (0,0,0 or -1,-1,-1), and next to no gravity.
//!
//! A sensor at rest shows gravity, and one that moves shows hardly ever the same number three times. Taken for samples, one such
//! row in a hundred makes a blow of a g every second.

use super::sketch::Sketch;
use super::unsigned::Unsigned;
use crate::ingest::rows::Rows;

/// A vector shorter than this share of gravity is no sensor at rest.
const SHORT: f64 = 1.0 / 3.0;
/// More vectors as short as that, in the head, are movement or the absence of gravity.
const FEW: f64 = 0.005;
/// Fewer rows say nothing.
const ENOUGH: usize = 100;

/// The largest number that, in all three axes at once, is no sample; `None` where gravity is not in the numbers.
pub(in crate::ingest) fn below(
    sketch: &Sketch,
    axes: [usize; 3],
    unsigned: Option<Unsigned>,
) -> Option<f32> {
    let signed = |value: f64| match unsigned {
        Some(unsigned) => f64::from(unsigned.signed(value as f32)),
        None => value,
    };
    let [x, y, z] = axes.map(|column| sketch.numbers(column).map(|v| v.map(signed)));
    let vectors = x.zip(y).zip(z).filter_map(|((x, y), z)| Some([x?, y?, z?]));
    let mut lengths: Vec<f64> = vectors
        .filter(|[x, y, z]| x != y || y != z)
        .map(|vector| vector.map(|v| v * v).iter().sum::<f64>().sqrt())
        .collect();
    if lengths.len() < ENOUGH {
        return None;
    }
    lengths.sort_unstable_by(f64::total_cmp);
    let limit = SHORT * lengths[lengths.len() / 2];
    let short = lengths.partition_point(|length| *length < limit);
    let few = FEW * lengths.len() as f64;
    (limit > 0.0 && short as f64 <= few).then_some((limit / 3f64.sqrt()) as f32)
}

/// Takes such rows out from `from` on.
pub(super) fn take_out(rows: &mut Rows, from: usize, below: f32) {
    let lost = |[x, y, z]: [f32; 3]| x == y && y == z && x.abs() < below;
    let n = rows.axes[from..].iter().filter(|axes| lost(**axes)).count();
    if n == 0 {
        return;
    }
    rows.lost += n as u64;
    let mut kept = from;
    for at in from..rows.axes.len() {
        if lost(rows.axes[at]) {
            continue;
        }
        rows.axes[kept] = rows.axes[at];
        rows.stamp[kept] = rows.stamp[at];
        rows.line[kept] = rows.line[at];
        if let Some(wall) = rows.wall.get(at).copied() {
            rows.wall[kept] = wall;
        }
        kept += 1;
    }
    rows.axes.truncate(kept);
    rows.stamp.truncate(kept);
    rows.line.truncate(kept);
    rows.wall.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::options::ReadOptions;

    fn limit(rows: impl Iterator<Item = [f64; 3]>) -> Option<f32> {
        let text: String = rows
            .enumerate()
            .map(|(n, [x, y, z])| format!("{n},{x:.3},{y:.3},{z:.3}\n"))
            .collect();
        let options = ReadOptions::default();
        let sketch = Sketch::draw(text.as_bytes(), true, &options)
            .unwrap()
            .unwrap();
        below(&sketch, [1, 2, 3], None)
    }

    #[test]
    fn gravity_must_be_in_the_numbers() {
        let still = |n: usize| [0.01 * (n % 3) as f64, 0.6, 0.8];
        let with_lost = |n: usize| if n % 50 == 7 { [0.0; 3] } else { still(n) };
        let found = limit((0..1000).map(with_lost)).unwrap();
        // a third of one g, in each of three equal axes
        assert!((f64::from(found) - 1.0 / 3.0 / 3f64.sqrt()).abs() < 0.01);
        // what swings about nought has vectors of every length
        let without = |n: usize| [(n as f64 * 0.7).sin(), 0.2 * (n as f64 * 1.3).sin(), 0.01];
        assert_eq!(limit((0..1000).map(without)), None);
        assert_eq!(limit((0..50).map(still)), None);
    }

    #[test]
    fn lost_rows_go_with_stamp_and_line() {
        let mut rows = Rows {
            stamp: vec![1, 2, 3, 4],
            axes: vec![[0.0; 3], [0.0, 0.6, 0.8], [-0.001; 3], [0.6; 3]],
            line: vec![10, 20, 30, 40],
            ..Rows::default()
        };
        take_out(&mut rows, 0, 0.2);
        assert_eq!(rows.axes, [[0.0, 0.6, 0.8], [0.6; 3]]);
        assert_eq!((rows.stamp, rows.line), (vec![2, 4], vec![20, 40]));
        assert_eq!(rows.lost, 2);
    }
}

//! Rows of several devices in turn: two legs in one table, each row of the one or the other.
//!
//! A column tells them apart, whatever its name, or none does. Samples of one sensor lie near each other and a body hangs
//! on the earth, so rows that jump to and fro between two or more places are of as many sensors.

use std::collections::BTreeMap;

use crate::ingest::number;
use crate::ingest::table::layout::Layout;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::time::shape::median;

/// Rows that are looked at.
const LOOKED_AT: usize = 4_000;
/// In fewer rows nothing repeats often enough.
const FEWEST: usize = 40;
/// More values than this are no devices.
const MOST_DEVICES: usize = 12;
/// Devices change from row to row, or from packet to packet; what the wearer did changes seldom.
const CHANGES: f64 = 0.05;
/// Rows of another device lie so many times as far as rows of the same one, and by this share of the vector's length.
const TIMES: f64 = 5.0;
const APART: f64 = 0.10;
/// Names under which a few values that change all the time are devices, however alike their samples are.
const NAMES: [&str; 16] = [
    "id",
    "sensor",
    "sensor id",
    "sensor no",
    "sensor name",
    "sensorname",
    "sensor_name",
    "imu",
    "imu_id",
    "leg",
    "side",
    "foot",
    "limb",
    "position",
    "location",
    "tag",
];
/// Values that are devices under any name.
const SIDES: [&str; 4] = ["left", "right", "l", "r"];

/// What tells the rows apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InTurn {
    /// This column.
    By(usize),
    /// No column: so many sensors, one row each.
    Unnamed(usize),
}

/// Looks for devices in turn.
pub(super) fn find(sketch: &Sketch, layout: &Layout) -> Option<InTurn> {
    let rows = Rows::of(sketch, layout);
    if rows.v.len() < FEWEST {
        return None;
    }
    let columns = (0..sketch.columns).filter(|column| !layout.axes.contains(column));
    let by_column = columns.filter(|column| rows.are_told_apart_by(sketch, *column));
    by_column
        .map(InTurn::By)
        .next()
        .or_else(|| rows.unnamed().map(InTurn::Unnamed))
}

/// The first rows with three axes.
struct Rows {
    /// Numbers of the rows.
    n: Vec<usize>,
    v: Vec<[f64; 3]>,
    /// What counts as far.
    far: f64,
}

impl Rows {
    fn of(sketch: &Sketch, layout: &Layout) -> Self {
        let mark = sketch.dialect.decimal.byte();
        let (mut rows, mut v) = (Vec::new(), Vec::new());
        // the rows from the end of the head do not follow
        for n in 0..sketch.last_rows_from.min(LOOKED_AT) {
            let row = sketch.row(n);
            let axis = |column: usize| {
                let cell = row.get(column)?;
                number::parse(cell.bytes, mark).map(number::Number::to_f64)
            };
            let [x, y, z] = layout.axes.map(axis);
            if let (Some(x), Some(y), Some(z)) = (x, y, z) {
                rows.push(n);
                v.push([x, y, z]);
            }
        }
        let lengths = v
            .iter()
            .map(|v| v.iter().map(|a| a * a).sum::<f64>().sqrt());
        let far = APART * median(lengths);
        Self { n: rows, v, far }
    }

    fn apart(&self, a: usize, b: usize) -> f64 {
        let squares = self.v[a]
            .iter()
            .zip(self.v[b])
            .map(|(a, b)| (a - b) * (a - b));
        squares.sum::<f64>().sqrt()
    }

    fn is_far(&self, other: f64, same: f64) -> bool {
        other > self.far && other > TIMES * same
    }

    fn are_told_apart_by(&self, sketch: &Sketch, column: usize) -> bool {
        let cell = |n: usize| {
            let row = sketch.row(self.n[n]);
            row.get(column).map_or(&b""[..], |cell| cell.bytes)
        };
        // The last row of each device so far.
        let mut last: BTreeMap<&[u8], usize> = BTreeMap::new();
        let (mut other, mut same) = (Vec::new(), Vec::new());
        for n in 0..self.v.len() {
            let before = last.insert(cell(n), n);
            if last.len() > MOST_DEVICES || cell(n).is_empty() {
                return false;
            }
            if let Some(before) = before.filter(|before| before + 1 < n) {
                other.push(self.apart(n, n - 1));
                same.push(self.apart(n, before));
            }
        }
        if last.len() < 2 {
            return false;
        }
        if (other.len() as f64) < CHANGES * self.v.len() as f64 {
            return false;
        }
        let name = sketch.headings.get(column).map(|h| h.lower());
        let is_side = |value: &[u8]| {
            SIDES
                .iter()
                .any(|side| value.eq_ignore_ascii_case(side.as_bytes()))
        };
        name.is_some_and(|name| NAMES.contains(&name.as_str()))
            || last.keys().all(|value| is_side(value))
            || self.is_far(median(other.into_iter()), median(same.into_iter()))
    }

    /// How many sensors take turns, a row each, where no column says so.
    fn unnamed(&self) -> Option<usize> {
        let lag = |lag: usize| median((lag..self.v.len()).map(|n| self.apart(n, n - lag)));
        let lags: Vec<f64> = (1..=4).map(lag).collect();
        (2..=4).find(|n| {
            lags[..n - 1]
                .iter()
                .all(|other| self.is_far(*other, lags[n - 1]))
        })
    }
}

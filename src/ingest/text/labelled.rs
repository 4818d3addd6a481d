//! Lines that name each of their values: `aX = -452 | aY = 84 | aZ = 16384` from a serial monitor, `x:0.1,y:0.2,z:0.97` from
//! Arduino's plotter, an object of JSON in each line.
//!
//! They become lines of a table whose first line holds the names, so that words and units of the names count as those of any
//! other table's. A line stays a line: the names are the only one that is added.

pub(super) mod fields;

use std::io::Read;

use self::fields::{Field, fields};
use super::by_line::{ByLine, MakesRows};
use super::refill::Refilled;
use super::whole_lines;

/// So many values at the least have names.
const FEWEST_NAMES: usize = 3;
/// So many lines at the least tell it.
const FEWEST_LINES: usize = 3;

/// The names of the values of each line.
pub(in crate::ingest) struct Labelled {
    names: Vec<Vec<u8>>,
}

impl Labelled {
    /// As a table, a text whose first lines are in `head`; `Err` gives back what has no such lines.
    pub(in crate::ingest) fn read<R: Read>(
        inner: R,
        head: &[u8],
    ) -> Result<Refilled<ByLine<R, Self>>, R> {
        let Some(columns) = look(head) else {
            return Err(inner);
        };
        let headings: Vec<Vec<u8>> = columns.iter().map(Field::heading).collect();
        let mut first = headings.join(&b'\t');
        first.push(b'\n');
        let names = columns.into_iter().map(|field| field.name).collect();
        Ok(ByLine::read(inner, Self { names }, first))
    }
}

impl MakesRows for Labelled {
    fn row(&self, line: &[u8], into: &mut Vec<u8>) -> bool {
        let found = fields(line).unwrap_or_default();
        if !found.iter().any(|field| self.names.contains(&field.name)) {
            return false;
        }
        for (n, name) in self.names.iter().enumerate() {
            if n > 0 {
                into.push(b'\t');
            }
            // lines nearly always have them in one order
            let here = found.get(n).filter(|field| field.name == *name);
            let field = here.or_else(|| found.iter().find(|field| field.name == *name));
            into.extend(field.map_or(&b""[..], |field| field.value));
        }
        true
    }
}

/// The fields that nearly all lines have, as the first of those has them.
fn look(head: &[u8]) -> Option<Vec<Field<'_>>> {
    let lines = whole_lines(head);
    if lines.len() < FEWEST_LINES {
        return None;
    }
    let named = |found: &Vec<Field>| {
        let names = found.iter().filter(|field| field.is_named());
        names.count() >= FEWEST_NAMES
    };
    let mut understood = lines.iter().filter_map(|line| fields(line)).filter(named);
    let columns = understood.next()?;
    let is_like = |found: &Vec<Field>| {
        let known = found
            .iter()
            .filter(|field| columns.iter().any(|c| c.name == field.name));
        known.count() >= FEWEST_NAMES
    };
    let like = 1 + understood.filter(is_like).count();
    (10 * like >= 9 * lines.len()).then_some(columns)
}

#[cfg(test)]
mod tests {
    use super::super::by_line::LONGEST;
    use super::*;

    fn table(text: &str) -> Option<String> {
        let mut whole = Labelled::read(text.as_bytes(), text.as_bytes()).ok()?;
        let (mut all, mut piece) = (Vec::new(), [0; 7]);
        while let n @ 1.. = whole.read(&mut piece).unwrap() {
            all.extend_from_slice(&piece[..n]);
        }
        Some(String::from_utf8(all).unwrap())
    }

    #[test]
    fn names_become_the_first_line() {
        for (line, expect) in [
            (
                "aX =   -452 | aY = 84 | aZ = 16384 | tmp = 24.5",
                ("aX\taY\taZ\ttmp", "-452\t84\t16384\t24.5"),
            ),
            ("x:0.1,y:-0.2,z:0.97", ("x\ty\tz", "0.1\t-0.2\t0.97")),
            (
                "1234\tX: 0.10 g Y: -.2 g Z: 9e-1 g",
                ("\tX (g)\tY (g)\tZ (g)", "1234\t0.10\t-.2\t9e-1"),
            ),
            (
                "120 ms X: 0.1  Y: 0.2  Z: 9.8  m/s^2",
                (
                    " (ms)\tX (m/s^2)\tY (m/s^2)\tZ (m/s^2)",
                    "120\t0.1\t0.2\t9.8",
                ),
            ),
            (
                "{\"t\":17,\"accel\":{\"x\":0.1,\"y\":2,\"z\":3},\"gyro\":{\"x\":4,\"y\":5,\"z\":6}}",
                (
                    "t\taccel x\taccel y\taccel z\tgyro x\tgyro y\tgyro z",
                    "17\t0.1\t2\t3\t4\t5\t6",
                ),
            ),
            (
                "{\"time\":\"2026-01-02T03:04:05.678Z\",\"acc\":[0.1,0.2,0.3],\"on\":\"left leg\"}",
                (
                    "time\tacc x\tacc y\tacc z\ton",
                    "2026-01-02T03:04:05.678Z\t0.1\t0.2\t0.3\tleft leg",
                ),
            ),
            (
                "Accel X: 1 Y: 2 Z: 3 Gyro X: 4 Y: 5 Z: 6",
                (
                    "Accel X\tAccel Y\tAccel Z\tGyro X\tGyro Y\tGyro Z",
                    "1\t2\t3\t4\t5\t6",
                ),
            ),
            (
                "t: 2026-01-02 03:04:05.6, x: 1, y: 2, z: 3",
                ("t\tx\ty\tz", "2026-01-02 03:04:05.6\t1\t2\t3"),
            ),
            (
                "Acc: X=1 Y=2 Z=3, t=12:34:56.789",
                ("Acc X\tAcc Y\tAcc Z\tt", "1\t2\t3\t12:34:56.789"),
            ),
        ] {
            let text = format!("{line}\n").repeat(3);
            let (names, row) = expect;
            let expect = format!("{names}\n{}", format!("{row}\n").repeat(3));
            assert_eq!(table(&text).as_deref(), Some(expect.as_str()), "{line}");
        }
    }

    #[test]
    fn a_line_stays_a_line() {
        let long = "z".repeat(3 * LONGEST);
        let rows = "x:1,y:2,z:3\n".repeat(60);
        let text = format!("{rows}ready\n\ny:5,x:4\n{long}\nx:7,y:8,z:9,w:1");
        let expect = format!(
            "x\ty\tz\n{}ready\n\n4\t5\t\n{long}\n7\t8\t9",
            "1\t2\t3\n".repeat(60)
        );
        let (whole, expect) = (table(&text).unwrap(), expect);
        assert_eq!(whole.lines().count(), expect.lines().count());
        assert!(whole == expect);
    }

    #[test]
    fn other_lines_stay() {
        for text in [
            "12:34:56.789,0.1,0.2,0.3\n".repeat(9),
            "a: 1\nb: 2\nc: 3\n".repeat(9),
            // decimal commas; several samples in a line
            "x: 0,12 y: 0,5 z: 1,0\n".repeat(9),
            "{\"a\":[{\"x\":1,\"y\":2,\"z\":3},{\"x\":1,\"y\":2,\"z\":3}]}\n".repeat(9),
            "x:1,y:2,z:3\n".to_owned(),
            "x:1,y:2,z:3\n1,2,3\n1,2,3\n".repeat(9),
            String::new(),
        ] {
            assert_eq!(table(&text), None, "{text:?}");
        }
    }
}

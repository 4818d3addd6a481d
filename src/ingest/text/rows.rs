//! JSON whose rows are lists of numbers, with their names in a list of their own: Edge Impulse's `sensors` and `values`, the
//! `columns` and `data` of pandas; or nothing but such rows.
//!
//! Each row becomes a line, on the line where it ended in the file as long as no two ended on one. The names stand above them,
//! and above those what the JSON says beside them, a remark each.

use std::io::Read;

use serde::Deserialize;
use serde_json::Value;

use super::refill::Refilled;
use super::walk::{MakesLines, Place, RecordLines, Step, Walk};
use crate::ingest::number;
use crate::ingest::table::heading::{Heading, has_three_axes};

/// Remarks that are kept.
const REMARKS: usize = 40;
/// A longer text is no remark on a recording.
const LONGEST_REMARK: usize = 120;

/// The rows that stand in one place, a line each, cells apart by tabs.
pub(in crate::ingest) struct ListRows {
    /// Where the rows stand; the first row of as many cells as there are names tells, where the head holds none.
    place: Option<Place>,
    n_names: usize,
}

impl ListRows {
    /// A row a line, a text that begins with `head`, and how many lines were set before; `Err` gives back what holds no rows
    /// with three axes.
    pub(in crate::ingest) fn read<R: Read>(
        inner: R,
        head: &[u8],
    ) -> Result<(Refilled<RecordLines<R, Self>>, u64), R> {
        let Some(found) = look(head) else {
            return Err(inner);
        };
        let mut first: String = found
            .remarks
            .iter()
            .map(|remark| format!("# {remark}\n"))
            .collect();
        let mut added = found.remarks.len() as u64;
        if !found.names.is_empty() {
            first.push_str(&found.names.join("\t"));
            first.push('\n');
            added += 1;
        }
        let rows = Self {
            place: found.place,
            n_names: found.names.len(),
        };
        let lines = RecordLines::read(inner, b'[', rows, first.into_bytes());
        Ok((lines, added))
    }
}

impl MakesLines for ListRows {
    fn is_one(&mut self, walk: &Walk) -> bool {
        if self.place.is_none() && is_row(&walk.record, self.n_names) {
            self.place = Some(walk.place());
        }
        self.place
            .as_ref()
            .is_some_and(|place| walk.stands_at(place))
    }

    fn line(&self, walk: &mut Walk, into: &mut Vec<u8>) {
        for (at, cell) in cells(&walk.record).into_iter().enumerate() {
            if at > 0 {
                into.push(b'\t');
            }
            into.extend(cell);
        }
    }
}

struct Found {
    place: Option<Place>,
    names: Vec<String>,
    remarks: Vec<String>,
}

/// Where the first rows with three axes of acceleration stand, and what stands before them.
fn look(head: &[u8]) -> Option<Found> {
    if !matches!(head.trim_ascii_start().first(), Some(b'[' | b'{')) {
        return None;
    }
    let mut walk = Walk::to(b'[');
    let first = head.iter().enumerate().find_map(|(at, byte)| {
        let Step::Record = walk.step(*byte) else {
            return None;
        };
        is_row(&walk.record, 0).then(|| (at, cells(&walk.record).len()))
    });
    let Some((at, n)) = first else {
        // a list of row numbers may stand between the names and the rows
        let names = names_in(head, |names| !names.is_empty(), Some("columns"))?;
        return Some(Found {
            place: None,
            remarks: remarks_in(head),
            names,
        });
    };
    let place = walk.place();
    let before = &head[..at];
    let names = match names_in(before, |names| names.len() == n, None) {
        Some(names) => names,
        // nothing but rows
        None if place.iter().all(Vec::is_empty) && place.len() == 1 => Vec::new(),
        None => return None,
    };
    Some(Found {
        place: Some(place),
        remarks: remarks_in(before),
        names,
    })
}

/// The cells of a list without lists in it.
fn cells(record: &[u8]) -> Vec<&[u8]> {
    let inner = record.get(1..record.len().saturating_sub(1));
    let mut in_string = false;
    inner
        .unwrap_or_default()
        .split(|byte| {
            in_string ^= *byte == b'"';
            *byte == b',' && !in_string
        })
        .map(|cell| {
            let cell = cell.trim_ascii();
            let text = cell.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\""));
            text.unwrap_or(cell)
        })
        .collect()
}

/// Whether a list is a row of numbers, and of so many cells where that is known.
fn is_row(record: &[u8], n_cells: usize) -> bool {
    let within = record.get(1..).unwrap_or_default();
    if within.iter().any(|byte| matches!(byte, b'[' | b'{')) {
        return false;
    }
    let cells = cells(record);
    let numbers = cells.iter().filter(|c| number::parse(c, b'.').is_some());
    numbers.count() >= 3 && (n_cells == 0 || cells.len() == n_cells)
}

/// A name in a list of names.
#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Named {
        name: String,
        #[serde(alias = "unit")]
        units: Option<String>,
    },
}

/// The last list of names with three axes of acceleration that fits, behind this key where one is asked for.
fn names_in(text: &[u8], fits: impl Fn(&[Name]) -> bool, key: Option<&str>) -> Option<Vec<String>> {
    let lists = memchr::memrchr_iter(b'[', text).filter(|at| {
        key.is_none_or(|key| {
            let before = text[..*at].trim_ascii_end();
            let before = before.strip_suffix(b":").unwrap_or(b"").trim_ascii_end();
            before.ends_with(format!("\"{key}\"").as_bytes())
        })
    });
    let mut lists = lists.filter_map(|at| first_of::<Vec<Name>>(&text[at..]));
    let plain = |text: &str| text.replace(|c: char| c.is_control(), " ");
    lists.find_map(|names| {
        if !fits(&names) {
            return None;
        }
        let names: Vec<String> = names
            .iter()
            .map(|name| match name {
                Name::Text(name) | Name::Named { name, units: None } => plain(name),
                Name::Named {
                    name,
                    units: Some(unit),
                } => plain(&format!("{name} ({unit})")),
            })
            .collect();
        let headings: Vec<Heading> = names.iter().map(|name| Heading::parse(name)).collect();
        has_three_axes(&headings).then_some(names)
    })
}

/// The value that a text begins with.
fn first_of<'a, T: Deserialize<'a>>(text: &'a [u8]) -> Option<T> {
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<T>();
    values.next()?.ok()
}

/// `name: value` for each value that is no list and no object, and stands in no list.
fn remarks_in(text: &[u8]) -> Vec<String> {
    let mut remarks = Vec::new();
    let (mut at, mut lists) = (0, 0usize);
    while let Some(quote) = memchr::memchr(b'"', &text[at..])
        && remarks.len() < REMARKS
    {
        for byte in &text[at..at + quote] {
            match byte {
                b'[' => lists += 1,
                b']' => lists = lists.saturating_sub(1),
                _ => {}
            }
        }
        at += quote;
        let mut values = serde_json::Deserializer::from_slice(&text[at..]).into_iter::<String>();
        let Some(Ok(name)) = values.next() else {
            break;
        };
        at += values.byte_offset();
        let Some(value) = text[at..].trim_ascii_start().strip_prefix(b":") else {
            continue;
        };
        let value = value.trim_ascii_start();
        at = text.len() - value.len();
        if matches!(value.first(), None | Some(b'[' | b'{')) {
            continue;
        }
        let mut values = serde_json::Deserializer::from_slice(value).into_iter::<Value>();
        let Some(Ok(value)) = values.next() else {
            break;
        };
        at += values.byte_offset();
        let shown = match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let remark = format!("{name}: {shown}");
        if lists == 0 && remark.len() <= LONGEST_REMARK && !remark.contains(char::is_control) {
            remarks.push(remark);
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str, head: usize) -> Option<(String, u64)> {
        let (mut whole, added) = ListRows::read(text.as_bytes(), &text.as_bytes()[..head]).ok()?;
        let (mut all, mut piece) = (Vec::new(), [0; 7]);
        while let n @ 1.. = whole.read(&mut piece).unwrap() {
            all.extend_from_slice(&piece[..n]);
        }
        Some((String::from_utf8(all).unwrap(), added))
    }

    #[test]
    fn names_and_what_is_said_stand_above_the_rows() {
        let text = r#"{"protected":{"ver":"v1","iat":17},"signature":"0","payload":{"device_type":"a \"b\"","interval_ms":10,
            "sensors":[{"name":"accX","units":"m/s2"},{"name":"accY","units":"m/s2"},{"name":"accZ","units":"m/s2"}],
            "values":[[-9.81,0.03,1.21],[-9.83, 0.04 ,1.27]]}}"#;
        let (table, added) = table(text, text.len()).unwrap();
        let expect = "# ver: v1\n# iat: 17\n# signature: 0\n# device_type: a \"b\"\n# interval_ms: 10\n\
                      accX (m/s2)\taccY (m/s2)\taccZ (m/s2)\n\n\n-9.81\t0.03\t1.21\n-9.83\t0.04\t1.27";
        assert_eq!((table.as_str(), added), (expect, 6));
    }

    #[test]
    fn row_numbers_may_stand_between_names_and_rows() {
        let text =
            r#"{"columns":["t","x","y","z"],"index":[0,1],"data":[["a,b",1,2,3],[null,4,5,6]]}"#;
        let expect = "t\tx\ty\tz\na,b\t1\t2\t3\nnull\t4\t5\t6";
        for head in [text.len(), text.find("data").unwrap()] {
            let (table, added) = table(text, head).unwrap();
            assert_eq!((table.as_str(), added), (expect, 1));
        }
    }

    #[test]
    fn rows_may_be_all() {
        let (table, added) = table("[[1,2,3,4],\n[2,2,3,4]]", 20).unwrap();
        assert_eq!((table.as_str(), added), ("1\t2\t3\t4\n2\t2\t3\t4", 0));
    }

    #[test]
    fn other_texts_stay() {
        for text in [
            "x,y,z\n1,2,3\n",
            r#"[{"x":1,"y":2,"z":3}]"#,
            r#"{"type":"LineString","coordinates":[[7.1,51.2,100],[7.2,51.3,101]]}"#,
            r#"{"sensors":["gyrX","gyrY","gyrZ"],"values":[[1,2,3],[1,2,3]]}"#,
            r#"{"sensors":["accX","accY"],"values":[[1,2,3],[1,2,3]]}"#,
            r#"[[[1,2,3],[4,5,6]]]"#,
            r#"{"columns":["day","steps"],"index":[1,2"#,
            "[[\"\\",
            "",
        ] {
            assert!(table(text, text.len()).is_none(), "{text}");
        }
    }
}

//! JSON whose records do not stand a line each: one long line, or every value in a line of its own.
//!
//! Each record of the list that holds accelerations becomes a line, on the line where it ended in the file as long as no
//! two ended on one; [`super::labelled`] makes rows of those. What stands around the list is passed over.

use std::io::Read;

use super::labelled::fields::{Field, fields};
use super::refill::Refilled;
use super::walk::{MakesLines, Place, RecordLines, Step, Walk};
use crate::ingest::table::heading::{Heading, has_three_axes};

/// The records that stand in one place, a line each.
pub(in crate::ingest) struct Records {
    place: Place,
}

impl Records {
    /// A record a line, a text that begins with `head`; `Err` gives back what holds no list of records with three axes.
    pub(in crate::ingest) fn read<R: Read>(
        inner: R,
        head: &[u8],
    ) -> Result<Refilled<RecordLines<R, Self>>, R> {
        match look(head) {
            Some(place) => Ok(RecordLines::read(inner, b'{', Self { place }, Vec::new())),
            None => Err(inner),
        }
    }
}

impl MakesLines for Records {
    fn is_one(&mut self, walk: &Walk) -> bool {
        walk.stands_at(&self.place)
    }

    fn line(&self, walk: &mut Walk, into: &mut Vec<u8>) {
        walk.hand_out(into);
    }
}

/// Where the first records with three axes of acceleration stand.
fn look(head: &[u8]) -> Option<Place> {
    let is_json = matches!(head.trim_ascii_start().first(), Some(b'[' | b'{'));
    // Movesense's blocks of samples have a reader of their own
    if !is_json || memchr::memmem::find(head, b"\"ArrayAcc\"").is_some() {
        return None;
    }
    let mut walk = Walk::to(b'{');
    head.iter().find_map(|byte| {
        let Step::Record = walk.step(*byte) else {
            return None;
        };
        let mut record = Vec::new();
        walk.hand_out(&mut record);
        has_axes(&record).then(|| walk.place())
    })
}

/// Whether a record holds a number for each axis of an accelerometer.
fn has_axes(record: &[u8]) -> bool {
    let found = fields(record).unwrap_or_default();
    // longer lists number their values: `x 1`, `x 2`, …
    let is_numbered = |field: &&Field| {
        let mut words = field.name.rsplit(|byte| *byte == b' ');
        words
            .next()
            .is_some_and(|last| last.iter().all(u8::is_ascii_digit))
            && words.next().is_some()
    };
    let headings: Vec<Heading> = found
        .iter()
        .filter(|field| !is_numbered(field))
        .filter(|field| field.value.iter().any(u8::is_ascii_digit))
        .map(|field| Heading::parse(&String::from_utf8_lossy(&Field::heading(field))))
        .collect();
    has_three_axes(&headings)
}

#[cfg(test)]
mod tests {
    use super::super::walk::LONGEST;
    use super::*;

    fn lines(text: &str) -> Option<String> {
        let mut whole = Records::read(text.as_bytes(), text.as_bytes()).ok()?;
        let (mut all, mut piece) = (Vec::new(), [0; 7]);
        while let n @ 1.. = whole.read(&mut piece).unwrap() {
            all.extend_from_slice(&piece[..n]);
        }
        Some(String::from_utf8(all).unwrap())
    }

    #[test]
    fn each_record_gets_a_line() {
        let text = r#"[{"t":1,"x":0.1,"y":0.2,"z":0.3},{"t":2,"x":1,"y":2,"z":3}]"#;
        let expect = "{\"t\":1,\"x\":0.1,\"y\":0.2,\"z\":0.3}\n{\"t\":2,\"x\":1,\"y\":2,\"z\":3}";
        assert_eq!(lines(text).as_deref(), Some(expect));
    }

    #[test]
    fn a_record_stands_on_the_line_on_which_it_ended() {
        let text = "{\n\"rate\": 50,\n\"data\": [\n{\n\"x\": 1, \"y\": 2,\n\"z\": 3\n},\n{\n\"x\": 4,\n\"y\": 5, \"z\": 6\n}\n]\n}\n";
        let whole = lines(text).unwrap();
        let rows: Vec<(usize, &str)> = whole
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.is_empty())
            .collect();
        // the brackets stand on lines 7 and 11
        assert_eq!(
            rows,
            [
                (6, "{ \"x\": 1, \"y\": 2, \"z\": 3 }"),
                (10, "{ \"x\": 4, \"y\": 5, \"z\": 6 }")
            ]
        );
        assert_eq!(whole.lines().count(), text.lines().count());
    }

    #[test]
    fn of_several_lists_that_of_accelerations_is_taken() {
        let text = r#"{"device":"a \"]{","gyroscope":[{"x":7,"y":7,"z":7}],
            "accelerometer":[{"t":"a]b","x":1,"y":2,"z":3},{"t":"","x":4,"y":5,"z":6}],"magnetometer":[{"x":8,"y":8,"z":8}]}"#;
        let expect = concat!(
            r#"{"accelerometer":{"t":"a]b","x":1,"y":2,"z":3}}"#,
            "\n",
            r#"{"accelerometer":{"t":"","x":4,"y":5,"z":6}}"#
        );
        assert_eq!(lines(text).unwrap().trim(), expect);
    }

    #[test]
    fn lists_of_one_name_are_not_joined() {
        let list =
            |n: u8| format!(r#"{{"samples":[{{"x":{n},"y":2,"z":3}},{{"x":{n},"y":5,"z":6}}]}}"#);
        for text in [
            format!(r#"{{"accelerometer":{},"gyroscope":{}}}"#, list(1), list(7)),
            format!(r#"{{"gyroscope":{},"accelerometer":{}}}"#, list(7), list(1)),
        ] {
            let whole = lines(&text).unwrap();
            assert_eq!(whole.lines().count(), 2, "{whole}");
            assert!(
                whole
                    .lines()
                    .all(|line| line.starts_with(r#"{"accelerometer":{"x":1"#))
            );
        }
    }

    #[test]
    fn other_texts_stay() {
        for text in [
            "x,y,z\n1,2,3\n",
            r#"[{"dateOfSleep":"2026-01-01","minutesAsleep":400,"duration":1,"x":2}]"#,
            r#"{"x":[1,2,3],"y":[1,2,3],"z":[1,2,3]}"#,
            r#"[{"a":[{"x":1,"y":2,"z":3},{"x":1,"y":2,"z":3}]}]"#,
            r#"[{"x":[1,2,3,4],"y":[1,2,3,4],"z":[1,2,3,4]}]"#,
            r#"{"acc":{"Timestamp":1,"ArrayAcc":[{"x":1,"y":2,"z":3}]}}"#,
            r#"[{"gyro_x":1,"gyro_y":2,"gyro_z":3}]"#,
            "]]]}}}",
            "",
        ] {
            assert_eq!(lines(text), None, "{text}");
        }
        let deep = format!("{}1{}", "[".repeat(9_999), "]".repeat(9_999));
        assert_eq!(lines(&deep), None);
    }

    #[test]
    fn a_record_without_end_stays_in_bounds() {
        let begun = r#"[{"x":1,"y":2,"z":3},{"x":"#;
        let text = format!("{begun}{}", "9".repeat(10 * LONGEST));
        let mut whole = Records::read(text.as_bytes(), begun.as_bytes())
            .ok()
            .unwrap();
        let mut all = Vec::new();
        whole.read_to_end(&mut all).unwrap();
        assert_eq!(all, br#"{"x":1,"y":2,"z":3}"#);
        assert!(whole.source.walk.record.len() <= LONGEST + 1);
    }
}

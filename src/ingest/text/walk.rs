//! The way through the brackets of a JSON, byte by byte, in memory that does not grow.

use std::io::{self, Read};

use super::refill::{Refill, Refilled, read_onto};
use crate::ingest::table::heading::{Heading, Sensor};

/// Lists within lists; what lies deeper is no list of samples.
const DEEPEST: usize = 32;
/// A longer record is none, and passed over.
pub(super) const LONGEST: usize = 16 * 1024;

/// Where a record stands: the names of what is open around it, the empty ones too.
pub(super) type Place = Vec<Vec<u8>>;

/// So much is read at once.
const PIECE: usize = 64 * 1024;

/// What becomes of the records of a JSON.
pub(in crate::ingest) trait MakesLines {
    /// Whether the record that just ended gets a line.
    fn is_one(&mut self, walk: &Walk) -> bool;

    /// Appends its line.
    fn line(&self, walk: &mut Walk, into: &mut Vec<u8>);
}

/// A JSON as a record a line, on the line where it ended as long as no two ended on one. What stands around is passed over.
pub(in crate::ingest) struct RecordLines<R, M> {
    inner: R,
    pub(super) walk: Walk,
    makes: M,
    /// Whether a record was handed out on the line that is being written.
    taken: bool,
}

impl<R: Read, M: MakesLines> RecordLines<R, M> {
    /// The records that open with this bracket, `first` before them.
    pub(super) fn read(inner: R, begins: u8, makes: M, first: Vec<u8>) -> Refilled<Self> {
        let lines = Self {
            inner,
            walk: Walk::to(begins),
            makes,
            taken: false,
        };
        Refilled::new(lines, first)
    }
}

impl<R: Read, M: MakesLines> Refill for RecordLines<R, M> {
    fn refill(&mut self, ready: &mut Vec<u8>) -> io::Result<bool> {
        let mut piece = Vec::new();
        let n = read_onto(&mut self.inner, &mut piece, PIECE)?;
        for byte in &piece {
            match self.walk.step(*byte) {
                Step::Within => {}
                Step::LineEnd => {
                    ready.push(b'\n');
                    self.taken = false;
                }
                Step::Record if self.makes.is_one(&self.walk) => {
                    if std::mem::replace(&mut self.taken, true) {
                        ready.push(b'\n');
                    }
                    self.makes.line(&mut self.walk, ready);
                }
                Step::Record => {}
            }
        }
        Ok(n > 0)
    }
}

/// What a byte brought.
pub(super) enum Step {
    Within,
    LineEnd,
    /// A record ended; it lies in [`Walk::record`] until the next byte, and what is open stands around it.
    Record,
}

/// A bracket that is open.
struct Open {
    bracket: u8,
    /// The name before it.
    name: Vec<u8>,
    /// Whether the name is that of a sensor; looked at outside of records only.
    names_sensor: bool,
}

/// A walk through the brackets of a JSON to its records: what stands as an element of a list between such brackets.
#[derive(Default)]
pub(in crate::ingest) struct Walk {
    open: Vec<Open>,
    /// The bracket with which a record opens.
    begins: u8,
    /// Those beyond the deepest that is looked at.
    deeper: usize,
    /// The string that was read last: a name, if a bracket follows.
    string: Vec<u8>,
    in_string: bool,
    escaped: bool,
    /// The record that is open or was just closed, on one line.
    pub(super) record: Vec<u8>,
    /// How many brackets stand around it.
    record_at: Option<usize>,
}

impl Walk {
    /// To the records that open with this bracket.
    pub(super) fn to(begins: u8) -> Self {
        Self {
            begins,
            ..Self::default()
        }
    }

    pub(super) fn step(&mut self, byte: u8) -> Step {
        let line_end = byte == b'\n';
        if self.record_at.is_some() && self.record.len() <= LONGEST {
            let blank = matches!(byte, b'\n' | b'\r' | b'\t');
            self.record.push(if blank { b' ' } else { byte });
        }
        if self.in_string {
            self.within_string(byte);
        } else {
            match byte {
                b'"' => {
                    self.in_string = true;
                    self.string.clear();
                }
                b'[' | b'{' => self.opens(byte),
                b']' | b'}' => {
                    let ended = self.closes();
                    if ended {
                        return Step::Record;
                    }
                }
                b',' => self.string.clear(),
                _ => {}
            }
        }
        if line_end {
            Step::LineEnd
        } else {
            Step::Within
        }
    }

    fn within_string(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_string = false,
            _ if self.string.len() < 64 => self.string.push(byte),
            _ => {}
        }
    }

    fn opens(&mut self, bracket: u8) {
        if self.open.len() == DEEPEST {
            self.deeper += 1;
            return;
        }
        let in_list = self.open.last().is_some_and(|open| open.bracket == b'[');
        // of records within records the outermost counts
        if bracket == self.begins && in_list && self.record_at.is_none() {
            self.record_at = Some(self.open.len());
            self.record.clear();
            self.record.push(bracket);
        }
        let name = std::mem::take(&mut self.string);
        let names_sensor = self.record_at.is_none() && {
            let axis = format!("{} x", String::from_utf8_lossy(&name));
            Heading::parse(&axis).sensor != Sensor::Unnamed
        };
        self.open.push(Open {
            bracket,
            name,
            names_sensor,
        });
    }

    /// Whether a record ends here.
    fn closes(&mut self) -> bool {
        self.string.clear();
        if self.deeper > 0 {
            self.deeper -= 1;
            return false;
        }
        self.open.pop();
        if self.record_at != Some(self.open.len()) {
            return false;
        }
        self.record_at = None;
        self.record.len() <= LONGEST
    }

    /// Where it is.
    pub(super) fn place(&self) -> Place {
        self.open.iter().map(|open| open.name.clone()).collect()
    }

    pub(super) fn stands_at(&self, place: &Place) -> bool {
        self.open.iter().map(|open| &open.name).eq(place)
    }

    /// Appends the record that ended, within what names its sensor.
    pub(super) fn hand_out(&mut self, into: &mut Vec<u8>) {
        match self.open.iter().rev().find(|open| open.names_sensor) {
            None => into.append(&mut self.record),
            Some(sensor) => {
                into.extend(b"{\"");
                into.extend(&sensor.name);
                into.extend(b"\":");
                into.append(&mut self.record);
                into.push(b'}');
            }
        }
    }
}

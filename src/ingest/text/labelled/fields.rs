//! A line as the values that it names.

use crate::ingest::table::unit_word::unit_word;

/// More values, or names within names, are no line of samples.
const MOST: usize = 192;
const DEEPEST: usize = 8;
/// `m/s^2`: longer words behind a value (`gravity`) begin the next name.
const LONGEST_UNIT: usize = 5;

/// A value, the name before it and the unit behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest::text) struct Field<'a> {
    /// With the names that it stands within; empty where there is none.
    pub name: Vec<u8>,
    pub value: &'a [u8],
    unit: Option<&'a [u8]>,
}

impl Field<'_> {
    pub(in crate::ingest::text) fn is_named(&self) -> bool {
        !self.name.is_empty() && !self.name.starts_with(b"unnamed ")
    }

    /// The name of its column.
    pub(in crate::ingest::text) fn heading(&self) -> Vec<u8> {
        let mut text = self.name.clone();
        if let Some(unit) = self.unit {
            text.extend_from_slice(&[b" (", unit, b")"].concat());
        }
        text
    }
}

/// The fields of a line; `None` where it cannot be told what belongs to which name.
pub(in crate::ingest::text) fn fields(line: &[u8]) -> Option<Vec<Field<'_>>> {
    let mut reading = Reading {
        line,
        ..Reading::default()
    };
    let mut at = 0;
    while at < line.len() {
        at = reading.step(at)?;
    }
    reading.number_nameless();
    reading.spread_units();
    let names = |n: usize| reading.fields[..n].iter().map(|field| &field.name);
    let twice = |(n, field): (usize, &Field)| names(n).any(|name| *name == field.name);
    match reading.fields.iter().enumerate().any(twice) {
        true => None,
        false => Some(reading.fields),
    }
}

#[derive(Default)]
struct Reading<'a> {
    line: &'a [u8],
    fields: Vec<Field<'a>>,
    /// Words that may be the name of what comes.
    words: Vec<&'a [u8]>,
    /// Whether `:` or `=` stands behind them.
    marked: bool,
    /// Names of the objects around.
    within: Vec<Vec<u8>>,
    /// What a name before other names says: `Acc` in `Acc: X=1 Y=2`, `Accel` in `Accel X: 1 Y: 2`.
    before: Vec<u8>,
    /// The list around: its name, and its first field.
    list: Option<(Vec<u8>, usize)>,
    /// Where the last value ended, while nothing but blanks follows.
    value_end: Option<usize>,
}

impl<'a> Reading<'a> {
    /// Takes what stands at `at`; gives where the next begins.
    fn step(&mut self, at: usize) -> Option<usize> {
        let next = at + 1;
        match self.line[at] {
            b' ' | b'\t' | b'\r' => {}
            b',' | b';' | b'|' => {
                let follows = self.line.get(next).is_some_and(u8::is_ascii_digit);
                if self.line[at] == b','
                    && self.value_end == Some(at)
                    && follows
                    && self.list.is_none()
                {
                    // 0,12 may be one number
                    let last = self.fields.last()?;
                    last.name.is_empty().then_some(())?;
                }
                if self.marked {
                    self.take(&self.line[at..at])?;
                }
                self.words.clear();
                self.value_end = None;
            }
            b':' | b'=' => {
                (!self.words.is_empty()).then_some(())?;
                self.marked = true;
                self.value_end = None;
            }
            b'{' => {
                (self.within.len() < DEEPEST).then_some(())?;
                let name = self.words.concat();
                self.within.push(name);
                self.forget_words();
            }
            b'}' => {
                self.within.pop()?;
                self.forget_words();
            }
            b'[' | b'(' => {
                if self.marked {
                    self.list.is_none().then_some(())?;
                    self.list = Some((self.name(), self.fields.len()));
                }
                self.forget_words();
            }
            b']' | b')' => {
                if let Some((name, first)) = self.list.take() {
                    self.name_list(&name, first);
                }
                self.forget_words();
            }
            quote @ (b'"' | b'\'') => return self.quoted(next, quote),
            b'0'..=b'9' | b'+' | b'-' | b'.' if self.is_value(at) => return self.value(at),
            _ => return self.word(at),
        }
        Some(next)
    }

    fn forget_words(&mut self) {
        self.words.clear();
        self.marked = false;
        self.value_end = None;
    }

    fn quoted(&mut self, from: usize, quote: u8) -> Option<usize> {
        let length = memchr::memchr(quote, &self.line[from..])?;
        let text = &self.line[from..from + length];
        let end = from + length + 1;
        if self.mark_follows(end) {
            self.words = vec![text];
            self.marked = false;
        } else if self.marked {
            self.take(text)?;
        } else {
            // quotes around a whole cell
            return Some(from);
        }
        Some(end)
    }

    fn mark_follows(&self, at: usize) -> bool {
        let behind = self.line[at..].trim_ascii_start();
        matches!(behind.first(), Some(b':' | b'='))
    }

    /// Whether a number or a clock begins here: a digit does, perhaps behind sign and point.
    fn is_value(&self, at: usize) -> bool {
        let bare = self.line[at..]
            .strip_prefix(b"-")
            .or(self.line[at..].strip_prefix(b"+"))
            .unwrap_or(&self.line[at..]);
        let bare = bare.strip_prefix(b".").unwrap_or(bare);
        bare.first().is_some_and(u8::is_ascii_digit)
    }

    fn value(&mut self, at: usize) -> Option<usize> {
        let text = &self.line[at..];
        let digit_at = |n: usize| text.get(n).is_some_and(u8::is_ascii_digit);
        let mut end = 1;
        while let Some(byte) = text.get(end) {
            let goes_on = match byte {
                b'0'..=b'9' | b'.' => true,
                b'+' | b'-' | b':' | b'/' | b'T' | b'_' => digit_at(end + 1),
                b'e' | b'E' => digit_at(end + 1) || digit_at(end + 2),
                b'Z' => true,
                _ => false,
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        let end = at + end;
        match self.date_before(at, end) {
            Some(from) => self.fields.last_mut()?.value = &self.line[from..end],
            None => self.take(&self.line[at..end])?,
        }
        self.value_end = Some(end);
        Some(end)
    }

    /// Where the date begins that a time of day from `at` to `end` goes on.
    fn date_before(&self, at: usize, end: usize) -> Option<usize> {
        let date = self.fields.last()?.value;
        let from = self.value_end?.checked_sub(date.len())?;
        let marks = date.iter().filter(|byte| b"-/.".contains(byte)).count();
        let is_date = marks == 2 && !date.contains(&b':');
        let is_clock = self.line[at..end].contains(&b':');
        let blank = self.value_end? + 1 == at && self.line[at - 1] == b' ';
        (is_date && is_clock && blank).then_some(from)
    }

    fn word(&mut self, at: usize) -> Option<usize> {
        let is_end = |byte: &u8| b" \t\r,;|:={}[]()\"'".contains(byte);
        let length = self.line[at..]
            .iter()
            .take_while(|byte| !is_end(byte))
            .count()
            .max(1);
        let (word, end) = (&self.line[at..at + length], at + length);
        let behind_value = self
            .value_end
            .is_some_and(|value| self.line[value..at].iter().all(|byte| *byte == b' '));
        let is_unit = || {
            let text = std::str::from_utf8(word).unwrap_or_default();
            word.len() <= LONGEST_UNIT && unit_word(text).is_some()
        };
        if behind_value && !self.mark_follows(end) && is_unit() {
            self.fields.last_mut()?.unit = Some(word);
        } else if self.marked && self.mark_follows(end) {
            // a name before names
            self.before = self.words.join(&b' ');
            self.words = vec![word];
            self.marked = false;
        } else if self.marked {
            self.take(word)?;
        } else {
            self.words.push(word);
        }
        self.value_end = None;
        Some(end)
    }

    /// The name that the words make, with those around it.
    fn name(&mut self) -> Vec<u8> {
        if !self.marked {
            return Vec::new();
        }
        let is_axis = |word: &[u8]| matches!(word, [b'x' | b'y' | b'z' | b'X' | b'Y' | b'Z']);
        let own = match self.words.as_slice() {
            [axis] if is_axis(axis) && !self.before.is_empty() => {
                [self.before.as_slice(), axis].join(&b' ')
            }
            [before @ .., axis] if is_axis(axis) => {
                self.before = before.join(&b' ');
                self.words.join(&b' ')
            }
            words => {
                let words = words.join(&b' ');
                self.before.clear();
                words
            }
        };
        let around = self.within.iter().filter(|name| !name.is_empty());
        let mut names: Vec<&[u8]> = around.map(Vec::as_slice).collect();
        names.push(&own);
        names.join(&b' ')
    }

    fn take(&mut self, value: &'a [u8]) -> Option<()> {
        (self.fields.len() < MOST).then_some(())?;
        let name = self.name();
        self.fields.push(Field {
            name,
            value,
            unit: None,
        });
        self.forget_words();
        Some(())
    }

    /// Three values of a list are those of the axes; those of objects in it have names.
    fn name_list(&mut self, name: &[u8], first: usize) {
        let fields = &mut self.fields[first..];
        let axes = fields.len() == 3;
        for (n, field) in fields.iter_mut().enumerate() {
            let own = match field.name.as_slice() {
                [] if axes => vec![b"xyz"[n]],
                [] => (n + 1).to_string().into_bytes(),
                own => own.to_vec(),
            };
            field.name = [name, &own].join(&b' ');
        }
    }

    /// A unit behind the last of three axes is that of all.
    fn spread_units(&mut self) {
        for n in 2..self.fields.len() {
            let [x, y, z] = &mut self.fields[n - 2..=n] else {
                continue;
            };
            let ends = |field: &Field, axis: u8| {
                let last = field.name.last().map(u8::to_ascii_lowercase);
                last == Some(axis)
            };
            let axes = ends(x, b'x') && ends(y, b'y') && ends(z, b'z');
            if axes && x.unit.is_none() && y.unit.is_none() {
                (x.unit, y.unit) = (z.unit, z.unit);
            }
        }
    }

    fn number_nameless(&mut self) {
        for (n, field) in self.fields.iter_mut().enumerate().skip(1) {
            if field.name.is_empty() {
                field.name = format!("unnamed {}", n + 1).into_bytes();
            }
        }
    }
}

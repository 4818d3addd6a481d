//! Movesense's JSON as rows: a stream of blocks, each with one stamp for several samples.

use std::io::{self, Read};

use super::container::Stream;
use super::container::head::stream_error;
use super::error::{ReadError, ReadResult, Refusal};
use super::number;
use super::rows::{RowSource, Rows};

/// Samples in a block beyond which it is none: Movesense sends 4 to 16.
const LARGEST_BLOCK: usize = 4_096;
/// Deeper than any export nests.
const DEPTH: usize = 64;
/// Blocks handed on at once.
const BLOCKS: usize = 512;

/// Reads `ArrayAcc` and `Timestamp` of each object that has both.
pub(super) struct MovesenseRows {
    tokens: Tokens,
    /// One entry an open object or array: what was found in it.
    open: Vec<Open>,
    key: Vec<u8>,
    before: Option<Block>,
    step_ns: f64,
    ended: bool,
    any: bool,
}

#[derive(Default)]
struct Open {
    is_array: bool,
    name: Vec<u8>,
    axes: [Option<f32>; 3],
    samples: Vec<[f32; 3]>,
    stamp_ns: Option<i64>,
}

struct Block {
    stamp_ns: i64,
    samples: Vec<[f32; 3]>,
    at: u64,
}

impl MovesenseRows {
    pub(super) fn new(head: Vec<u8>, rest: Option<Stream>) -> Self {
        Self {
            tokens: Tokens::new(head, rest),
            open: Vec::new(),
            key: Vec::new(),
            before: None,
            step_ns: 0.0,
            ended: false,
            any: false,
        }
    }

    /// The next object with samples and a stamp.
    fn next_block(&mut self) -> ReadResult<Option<Block>> {
        while let Some(token) = self.tokens.next()? {
            match token {
                Token::Open { is_array } => {
                    if self.open.len() >= DEPTH {
                        return Err(broken("it nests deeper than any export", self.tokens.at));
                    }
                    let name = std::mem::take(&mut self.key);
                    self.open.push(Open {
                        is_array,
                        name,
                        ..Open::default()
                    });
                }
                Token::Close => {
                    if let Some(block) = self.close()? {
                        return Ok(Some(block));
                    }
                }
                Token::Key(name) => self.key = name,
                Token::Number(value) => self.take_number(value)?,
                Token::Other => self.key.clear(),
            }
        }
        if !self.open.is_empty() {
            return Err(broken(
                "it ends within a block: the transfer was cut off",
                self.tokens.at,
            ));
        }
        Ok(None)
    }

    fn take_number(&mut self, value: number::Number) -> ReadResult<()> {
        let key = std::mem::take(&mut self.key);
        let Some(open) = self.open.last_mut() else {
            return Ok(());
        };
        let axis = value.to_f64() as f32;
        match key.as_slice() {
            b"x" | b"y" | b"z" if !axis.is_finite() => {
                return Err(broken(
                    "an axis has a value that no sensor gives",
                    self.tokens.at,
                ));
            }
            b"x" => open.axes[0] = Some(axis),
            b"y" => open.axes[1] = Some(axis),
            b"z" => open.axes[2] = Some(axis),
            b"Timestamp" => {
                open.stamp_ns = value
                    .scaled(1_000_000, 1)
                    .and_then(|ns| i64::try_from(ns).ok())
            }
            _ => {}
        }
        Ok(())
    }

    /// Ends the innermost object or array and hands what it held to the one around it.
    fn close(&mut self) -> ReadResult<Option<Block>> {
        let Some(done) = self.open.pop() else {
            return Err(broken(
                "a bracket closes that was never opened",
                self.tokens.at,
            ));
        };
        let at = self.tokens.at;
        if let (Some(stamp_ns), false) = (done.stamp_ns, done.samples.is_empty()) {
            return Ok(Some(Block {
                stamp_ns,
                samples: done.samples,
                at,
            }));
        }
        let Some(around) = self.open.last_mut() else {
            return Ok(None);
        };
        if let [Some(x), Some(y), Some(z)] = done.axes
            && around.is_array
            && around.name == b"ArrayAcc"
        {
            if around.samples.len() >= LARGEST_BLOCK {
                return Err(broken(
                    "a block holds more samples than any sensor sends",
                    at,
                ));
            }
            around.samples.push([x, y, z]);
        } else if done.is_array && done.name == b"ArrayAcc" {
            around.samples = done.samples;
        }
        Ok(None)
    }

    /// Spreads a block's samples from its stamp to the next block's.
    fn spread(&mut self, block: Block, next_ns: Option<i64>, rows: &mut Rows) {
        let n = block.samples.len() as f64;
        if let Some(next) = next_ns.filter(|next| *next > block.stamp_ns) {
            let step = (next - block.stamp_ns) as f64 / n;
            // over a hole the samples keep the step they had
            if self.step_ns == 0.0 || step < 3.0 * self.step_ns {
                self.step_ns = step;
            }
        }
        for (k, sample) in block.samples.iter().enumerate() {
            rows.stamp.push(
                block
                    .stamp_ns
                    .saturating_add((k as f64 * self.step_ns).round() as i64),
            );
            rows.axes.push(*sample);
            rows.line.push(block.at);
        }
    }
}

impl RowSource for MovesenseRows {
    fn next_rows(&mut self, rows: &mut Rows) -> ReadResult<bool> {
        rows.clear();
        if self.ended {
            return Ok(false);
        }
        for _ in 0..BLOCKS {
            match self.next_block()? {
                Some(block) => {
                    self.any = true;
                    let stamp = block.stamp_ns;
                    if let Some(before) = self.before.replace(block) {
                        self.spread(before, Some(stamp), rows);
                    }
                }
                None => {
                    self.ended = true;
                    if let Some(last) = self.before.take() {
                        self.spread(last, None, rows);
                    }
                    break;
                }
            }
        }
        if self.ended && !self.any {
            return Err(ReadError::new(
                Refusal::NoSamples,
                "The JSON holds no block with ArrayAcc and Timestamp.",
            ));
        }
        Ok(true)
    }
}

fn broken(why: &str, at: u64) -> ReadError {
    ReadError::new(
        Refusal::Damaged,
        format!("The JSON is broken: {why}. Export it again."),
    )
    .at_line(at)
}

enum Token {
    Open {
        is_array: bool,
    },
    Close,
    /// A string before a colon.
    Key(Vec<u8>),
    Number(number::Number),
    /// A string value, `true`, `false`, `null`.
    Other,
}

/// JSON taken apart as it streams; strings and numbers are short in these files.
struct Tokens {
    bytes: Vec<u8>,
    from: usize,
    rest: Option<Stream>,
    /// Line, from 1.
    at: u64,
}

/// Keys and numbers are no longer than this.
const LONGEST_WORD: usize = 4_096;

impl Tokens {
    fn new(head: Vec<u8>, rest: Option<Stream>) -> Self {
        Self {
            bytes: head,
            from: 0,
            rest,
            at: 1,
        }
    }

    /// The byte `ahead` of the place, reading on where needed.
    fn peek(&mut self, ahead: usize) -> ReadResult<Option<u8>> {
        while self.from + ahead >= self.bytes.len() {
            let Some(stream) = &mut self.rest else {
                return Ok(None);
            };
            self.bytes.drain(..self.from);
            self.from = 0;
            let kept = self.bytes.len();
            self.bytes.resize(kept + 64 * 1024, 0);
            let read = stream.read(&mut self.bytes[kept..]);
            self.bytes.truncate(kept + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => self.rest = None,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(stream_error(error).at_line(self.at)),
            }
        }
        Ok(self.bytes.get(self.from + ahead).copied())
    }

    fn next(&mut self) -> ReadResult<Option<Token>> {
        loop {
            let Some(byte) = self.peek(0)? else {
                return Ok(None);
            };
            match byte {
                b'{' | b'[' => {
                    self.from += 1;
                    return Ok(Some(Token::Open {
                        is_array: byte == b'[',
                    }));
                }
                b'}' | b']' => {
                    self.from += 1;
                    return Ok(Some(Token::Close));
                }
                b'"' => return self.string().map(Some),
                b'-' | b'0'..=b'9' => return self.number().map(Some),
                b'\n' => {
                    self.at += 1;
                    self.from += 1;
                }
                b't' | b'f' | b'n' => {
                    self.from += 1;
                    return Ok(Some(Token::Other));
                }
                0 => return Err(broken("zero bytes stand in the text", self.at)),
                // the letters of `true`, `false` and `null`, commas, colons, blanks
                _ => self.from += 1,
            }
        }
    }

    fn string(&mut self) -> ReadResult<Token> {
        let mut length = 1;
        loop {
            match self.peek(length)? {
                None => return Err(broken("a text does not end", self.at)),
                Some(b'"') => break,
                Some(b'\\') => length += 2,
                Some(_) => length += 1,
            }
            if length > LONGEST_WORD {
                return Err(broken("a text is longer than any name", self.at));
            }
        }
        let text = self.bytes[self.from + 1..self.from + length].to_vec();
        self.from += length + 1;
        while self.peek(0)?.is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += u64::from(self.bytes[self.from] == b'\n');
            self.from += 1;
        }
        if self.peek(0)? == Some(b':') {
            self.from += 1;
            return Ok(Token::Key(text));
        }
        Ok(Token::Other)
    }

    fn number(&mut self) -> ReadResult<Token> {
        let mut length = 0;
        while self
            .peek(length)?
            .is_some_and(|b| matches!(b, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9'))
        {
            length += 1;
            if length > LONGEST_WORD {
                return Err(broken("a number is longer than any number", self.at));
            }
        }
        let parsed = number::parse(&self.bytes[self.from..self.from + length], b'.');
        self.from += length;
        parsed
            .map(Token::Number)
            .ok_or_else(|| broken("a number cannot be read", self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> ReadResult<Rows> {
        // in pieces of seven bytes, so that every token is cut somewhere
        struct Sevens(io::Cursor<Vec<u8>>);
        impl Read for Sevens {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let n = into.len().min(7);
                self.0.read(&mut into[..n])
            }
        }
        let stream: Stream = Box::new(Sevens(io::Cursor::new(text.as_bytes().to_vec())));
        let mut source = MovesenseRows::new(Vec::new(), Some(stream));
        let (mut all, mut rows) = (Rows::default(), Rows::default());
        while source.next_rows(&mut rows)? {
            all.stamp.extend(&rows.stamp);
            all.axes.extend(&rows.axes);
        }
        Ok(all)
    }

    const TWO_BLOCKS: &str = r#"{"Meas":{"IMU9":[
        {"ArrayAcc":[{"x":0.5,"y":-1,"z":9.8},{"x":0.25,"y":-1e0,"z":9.8}],"ArrayGyro":[{"x":7,"y":8,"z":9}],"Timestamp":1000},
        {"Timestamp":1020,"Note":"a \"quoted\" {word}","ArrayAcc":[{"x":1,"y":2,"z":3},{"x":4,"y":5,"z":6}],"ok":true}]}}"#;

    #[test]
    fn samples_are_spread_from_stamp_to_stamp() {
        let rows = rows(TWO_BLOCKS).unwrap();
        let ms: Vec<i64> = rows.stamp.iter().map(|ns| ns / 1_000_000).collect();
        assert_eq!(ms, [1000, 1010, 1020, 1030]);
        assert_eq!(
            rows.axes,
            [
                [0.5, -1.0, 9.8],
                [0.25, -1.0, 9.8],
                [1.0, 2.0, 3.0],
                [4.0, 5.0, 6.0]
            ]
        );
    }

    #[test]
    fn what_no_sensor_can_have_measured_is_damage() {
        let wild = TWO_BLOCKS.replacen("9.8", "9.8e300", 1);
        assert_ne!(wild, TWO_BLOCKS);
        assert_eq!(rows(&wild).unwrap_err().code(), "damaged");
    }

    #[test]
    fn json_that_breaks_off_is_damaged() {
        let cut = &TWO_BLOCKS[..TWO_BLOCKS.len() - 40];
        assert_eq!(rows(cut).unwrap_err().code(), "damaged");
        assert_eq!(rows("{}").unwrap_err().code(), "no_samples");
        assert_eq!(rows("]").unwrap_err().code(), "damaged");
        assert_eq!(rows(&"[".repeat(100)).unwrap_err().code(), "damaged");
    }
}

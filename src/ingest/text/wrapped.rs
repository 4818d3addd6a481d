//! Cells that hold more than a number: each with its unit (`0.105 g`), or three numbers in brackets (`"(0.1, 0.2, 0.97)"`, as
//! Python prints a tuple and a list).
//!
//! Units go into the names of their columns, three numbers into three columns; a cell with another unit than its column makes
//! its line none. A line stays a line.

use std::borrow::Cow;
use std::io::Read;

use super::by_line::{ByLine, MakesRows};
use super::refill::Refilled;
use super::whole_lines;
use crate::ingest::number;
use crate::ingest::table::heading::{Heading, UnitWord};
use crate::ingest::table::unit_word::unit_word;

/// So many lines at the least tell it.
const FEWEST_LINES: usize = 3;

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// Whatever it is, it stays.
    Plain,
    /// A number and this unit.
    Unit(Vec<u8>),
    /// Three numbers in brackets.
    Three,
}

impl Kind {
    /// The cell as plain ones; `None` where it does not hold this.
    fn plain<'a>(&self, cell: &'a [u8]) -> Option<Cow<'a, [u8]>> {
        match self {
            Self::Plain => (!cell.contains(&b'\t')).then(|| cell.into()),
            Self::Unit(_) if cell.is_empty() => Some(cell.into()),
            Self::Three if cell.is_empty() => Some(b"\t\t".into()),
            Self::Unit(unit) => {
                let (number, own) = with_unit(cell)?;
                (own == unit).then(|| number.into())
            }
            Self::Three => Some(three(cell)?.join(&b'\t').into()),
        }
    }
}

/// What the columns of a table hold.
pub(in crate::ingest) struct Wrapped {
    delimiter: u8,
    kinds: Vec<Kind>,
    /// The line of names as it stands in the file, if there is one, and as it is meant.
    names: Option<(Vec<u8>, Vec<u8>)>,
}

impl Wrapped {
    /// With plain cells, a text whose first lines are in `head`, and how many lines were set before it; `Err` gives back what
    /// has plain cells.
    pub(in crate::ingest) fn read<R: Read>(
        inner: R,
        head: &[u8],
    ) -> Result<(Refilled<ByLine<R, Self>>, u64), R> {
        let lines = whole_lines(head);
        match b",;\t"
            .iter()
            .find_map(|delimiter| look(&lines, *delimiter))
        {
            Some((wrapped, first)) => {
                let added = u64::from(!first.is_empty());
                Ok((ByLine::read(inner, wrapped, first), added))
            }
            None => Err(inner),
        }
    }
}

impl MakesRows for Wrapped {
    fn row(&self, line: &[u8], into: &mut Vec<u8>) -> bool {
        if let Some((written, meant)) = &self.names
            && written == line
        {
            into.extend(meant);
            return true;
        }
        let cells = cells(line, self.delimiter);
        if cells.len() != self.kinds.len() {
            return false;
        }
        let before = into.len();
        for (cell, kind) in cells.iter().zip(&self.kinds) {
            if into.len() > before {
                into.push(b'\t');
            }
            match kind.plain(cell) {
                Some(plain) => into.extend_from_slice(&plain),
                None => {
                    into.truncate(before);
                    return false;
                }
            }
        }
        true
    }
}

/// The columns by the lines of a head, and the line of names that has to be set before them where they have none.
fn look(lines: &[&[u8]], delimiter: u8) -> Option<(Wrapped, Vec<u8>)> {
    let (first, others) = lines.split_first()?;
    let rows: Vec<Vec<&[u8]>> = others.iter().map(|line| cells(line, delimiter)).collect();
    let columns = rows.first()?.len();
    let like = |row: &&Vec<&[u8]>| row.len() == columns;
    if rows.len() < FEWEST_LINES || 10 * rows.iter().filter(like).count() < 9 * rows.len() {
        return None;
    }
    let kinds: Vec<Kind> = (0..columns).map(|column| kind_of(&rows, column)).collect();
    let of_acceleration = |kind: &&Kind| match kind {
        Kind::Unit(unit) => matches!(unit_of(unit), Some(UnitWord::Acceleration(_))),
        _ => false,
    };
    let with_unit = kinds.iter().filter(of_acceleration).count();
    if with_unit < 3 && !kinds.contains(&Kind::Three) {
        return None;
    }
    let mut wrapped = Wrapped {
        delimiter,
        kinds,
        names: None,
    };
    let mut made = Vec::new();
    if wrapped.row(first, &mut made) {
        // no names above: those of the axes, where units have to be told
        let axes = if with_unit == 3 { &b"xyz"[..] } else { b"" };
        let mut axes = axes.iter();
        let named: Vec<Vec<u8>> = wrapped
            .kinds
            .iter()
            .map(|kind| match kind {
                Kind::Unit(_) if of_acceleration(&kind) => axes.next().map(|axis| vec![*axis]),
                _ => None,
            })
            .map(Option::unwrap_or_default)
            .collect();
        let mut names = match with_unit {
            0 => Vec::new(),
            _ => heading(&named, &wrapped.kinds),
        };
        if !names.is_empty() {
            names.push(b'\n');
        }
        return Some((wrapped, names));
    }
    let names = cells(first, delimiter);
    if names.len() != columns {
        return None;
    }
    let meant = heading(&names, &wrapped.kinds);
    wrapped.names = Some((first.to_vec(), meant));
    Some((wrapped, Vec::new()))
}

/// The line of names, with units and axes.
fn heading<T: AsRef<[u8]>>(names: &[T], kinds: &[Kind]) -> Vec<u8> {
    let one = |(name, kind): (&T, &Kind)| {
        let name = name.as_ref();
        let says_unit = Heading::parse(&String::from_utf8_lossy(name))
            .unit
            .is_some();
        match kind {
            Kind::Unit(unit) if !says_unit => [name, b" (", unit, b")"].concat(),
            Kind::Three => [b'x', b'y', b'z']
                .map(|axis| [name, &[b' ', axis]].concat())
                .join(&b'\t'),
            _ => name.to_vec(),
        }
    };
    let all: Vec<Vec<u8>> = names.iter().zip(kinds).map(one).collect();
    all.join(&b'\t')
}

/// What nearly all cells of a column hold.
fn kind_of(rows: &[Vec<&[u8]>], column: usize) -> Kind {
    let filled: Vec<&[u8]> = rows
        .iter()
        .filter_map(|row| row.get(column).copied())
        .filter(|cell| !cell.is_empty())
        .collect();
    let nearly_all = |n: usize| n > 0 && 10 * n >= 9 * filled.len();
    if nearly_all(filled.iter().filter(|cell| three(cell).is_some()).count()) {
        return Kind::Three;
    }
    let unit = filled
        .iter()
        .find_map(|cell| with_unit(cell))
        .map(|(_, unit)| unit);
    let has = |cell: &&&[u8]| with_unit(cell).map(|(_, own)| own) == unit;
    match unit {
        Some(unit) if nearly_all(filled.iter().filter(has).count()) => Kind::Unit(unit.to_vec()),
        _ => Kind::Plain,
    }
}

/// The cells of a line, without blanks and quotes around them; quotes and brackets keep it from cutting.
fn cells(line: &[u8], delimiter: u8) -> Vec<&[u8]> {
    let mut cells = Vec::new();
    let (mut from, mut within, mut quoted) = (0, 0u32, false);
    for (at, byte) in line.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'(' | b'[' => within += 1,
            b')' | b']' => within = within.saturating_sub(1),
            _ if *byte == delimiter && within == 0 && !quoted => {
                cells.push(bare(&line[from..at]));
                from = at + 1;
            }
            _ => {}
        }
    }
    cells.push(bare(&line[from..]));
    cells
}

fn bare(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    let inner = cell.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\""));
    inner.unwrap_or(cell).trim_ascii()
}

/// A number and the unit behind it.
fn with_unit(cell: &[u8]) -> Option<(&[u8], &[u8])> {
    let mark = if cell.contains(&b',') { b',' } else { b'.' };
    let (_, end) = number::scan(cell, 0, mark)?;
    let unit = cell[end..].trim_ascii();
    unit_of(unit)?;
    Some((&cell[..end], unit))
}

fn unit_of(unit: &[u8]) -> Option<UnitWord> {
    // a unit begins with a letter, behind a degree or a micro sign at most
    let begins = unit
        .first()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80);
    let text = std::str::from_utf8(unit).ok().filter(|_| begins)?;
    unit_word(text)
}

/// Three numbers in brackets, with commas or blanks between.
fn three(cell: &[u8]) -> Option<[&[u8]; 3]> {
    let inner = match cell {
        [b'(', inner @ .., b')'] | [b'[', inner @ .., b']'] => inner,
        _ => return None,
    };
    let mut numbers = inner
        .split(|byte| matches!(byte, b',' | b';' | b' ' | b'\t'))
        .filter(|part| !part.is_empty());
    let three = [numbers.next()?, numbers.next()?, numbers.next()?];
    let are_numbers = three.iter().all(|part| number::parse(part, b'.').is_some());
    (are_numbers && numbers.next().is_none()).then_some(three)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Option<(String, u64)> {
        let (mut whole, added) = Wrapped::read(text.as_bytes(), text.as_bytes()).ok()?;
        let mut all = String::new();
        whole.read_to_string(&mut all).unwrap();
        Some((all, added))
    }

    #[test]
    fn units_go_into_the_names() {
        for (text, expect) in [
            (
                "time,x,y,z\n0.00 s,0.1 g,-.2 g,1e0g\n",
                "time (s)\tx (g)\ty (g)\tz (g)\n0.00\t0.1\t-.2\t1e0\n",
            ),
            (
                "at;x (m/s²);y;z;temp\n1;0,5 m/s²;0,25 m/s²;9,5 m/s²;21 °C\n",
                "at\tx (m/s²)\ty (m/s²)\tz (m/s²)\ttemp (°C)\n1\t0,5\t0,25\t9,5\t21\n",
            ),
        ] {
            let (names, row) = text.split_once('\n').unwrap();
            let (meant, made) = expect.split_once('\n').unwrap();
            let whole = format!("{names}\n{}", row.repeat(4));
            let expect = format!("{meant}\n{}", made.repeat(4));
            assert_eq!(table(&whole), Some((expect, 0)), "{text}");
        }
        let nameless = "12:00:00.5,3 mg,4 mg,-998 mg\n".repeat(4);
        let expect = format!(
            "\tx (mg)\ty (mg)\tz (mg)\n{}",
            "12:00:00.5\t3\t4\t-998\n".repeat(4)
        );
        assert_eq!(table(&nameless), Some((expect, 1)));
    }

    #[test]
    fn three_numbers_become_three_cells() {
        for cell in [
            "(0.1, -2, 9e-1)",
            "\"(0.1, -2, 9e-1)\"",
            "[0.1 -2  9e-1]",
            "\"[0.1,-2,9e-1]\"",
        ] {
            let rows = format!("0.02,{cell},7\n").repeat(4);
            let made = "0.02\t0.1\t-2\t9e-1\t7\n".repeat(4);
            let named = format!("t,acc,n\n{rows}");
            assert_eq!(
                table(&named),
                Some((format!("t\tacc x\tacc y\tacc z\tn\n{made}"), 0)),
                "{cell}"
            );
            assert_eq!(table(&rows), Some((made, 0)), "{cell}");
        }
    }

    #[test]
    fn an_empty_cell_is_three_empty_ones() {
        let rows = "0.02,(1, 2, 3),7\n".repeat(20);
        let (whole, _) = table(&format!("t,acc,n\n{rows}0.04,,8\n")).unwrap();
        assert_eq!(whole.lines().last(), Some("0.04\t\t\t\t8"));
    }

    #[test]
    fn a_cell_of_another_unit_makes_its_line_none() {
        let rows = "0,0.1 g,0.2 g,0.3 g\n".repeat(40);
        let (whole, _) = table(&format!(
            "t,x,y,z\n{rows}1,100 mg,0.2 g,0.3 g\n2,,0.2 g,0.3 g\n"
        ))
        .unwrap();
        let last: Vec<&str> = whole.lines().skip(41).collect();
        assert_eq!(last, ["1,100 mg,0.2 g,0.3 g", "2\t\t0.2\t0.3"]);
    }

    #[test]
    fn plain_tables_stay() {
        for row in [
            "12:34:56.789,0.1,0.2,0.3",
            "1;0,5;0,25;9,5",
            "2026-01-01 10:00:00 AM,0.1,0.2,0.3",
            "5 s,1 %,2 %,3 %",
            "1,(0.1, 0.2),3",
            "1,[0.1, 0.2, 0.3, 0.4],3",
        ] {
            let text = format!("a,b,c,d\n{}", format!("{row}\n").repeat(9));
            assert_eq!(table(&text), None, "{row}");
        }
    }
}

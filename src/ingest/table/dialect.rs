//! Delimiter and decimal mark, found together: one without the other fits too many files.

use super::cells::{Cell, split};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::ReadOptions;

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// One byte.
    Byte(u8),
    /// A run of blanks or tabs.
    Blanks,
}

impl Delimiter {
    /// As on the command line.
    pub fn name(self) -> String {
        match self {
            Self::Byte(b'\t') => "tab".to_owned(),
            Self::Byte(byte) => char::from(byte).to_string(),
            Self::Blanks => "space".to_owned(),
        }
    }
}

impl std::str::FromStr for Delimiter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "tab" | "\\t" | "\t" => Ok(Self::Byte(b'\t')),
            "space" | "blank" | " " => Ok(Self::Blanks),
            "comma" => Ok(Self::Byte(b',')),
            "semicolon" => Ok(Self::Byte(b';')),
            _ => match text.as_bytes() {
                [byte] if byte.is_ascii_punctuation() && *byte != b'"' => Ok(Self::Byte(*byte)),
                _ => Err(format!("{text:?} is no delimiter: use , ; | tab or space")),
            },
        }
    }
}

/// What stands between whole and fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// `0.5`
    Point,
    /// `0,5`
    Comma,
}

impl DecimalMark {
    /// The byte itself.
    pub fn byte(self) -> u8 {
        match self {
            Self::Point => b'.',
            Self::Comma => b',',
        }
    }
}

impl std::str::FromStr for DecimalMark {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "." | "point" => Ok(Self::Point),
            "," | "comma" => Ok(Self::Comma),
            _ => Err(format!("{text:?} is no decimal mark: use . or ,")),
        }
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Between cells.
    pub delimiter: Delimiter,
    /// Within numbers.
    pub decimal: DecimalMark,
}

const CANDIDATES: [Dialect; 10] = [
    dialect(b',', DecimalMark::Point),
    dialect(b';', DecimalMark::Point),
    dialect(b';', DecimalMark::Comma),
    dialect(b'\t', DecimalMark::Point),
    dialect(b'\t', DecimalMark::Comma),
    dialect(b'|', DecimalMark::Point),
    dialect(b'|', DecimalMark::Comma),
    Dialect {
        delimiter: Delimiter::Blanks,
        decimal: DecimalMark::Point,
    },
    Dialect {
        delimiter: Delimiter::Blanks,
        decimal: DecimalMark::Comma,
    },
    // only with quoted numbers: "0,12","0,34"
    dialect(b',', DecimalMark::Comma),
];

const fn dialect(byte: u8, decimal: DecimalMark) -> Dialect {
    Dialect {
        delimiter: Delimiter::Byte(byte),
        decimal,
    }
}

/// A dialect and how well it fits the lines looked at.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest) struct Fit {
    pub dialect: Dialect,
    /// Cells on most lines.
    pub columns: usize,
    /// Share of lines with that many cells, times the share of their cells that are numbers or clocks.
    pub score: f64,
}

/// The dialect that most lines agree with; `None` when no candidate makes a table of three columns.
pub(super) fn detect(lines: &[&[u8]], options: &ReadOptions) -> ReadResult<Option<Fit>> {
    let declared = lines
        .iter()
        .take(3)
        .find_map(|line| declared_separator(line));
    let wanted = options.delimiter.or(declared);
    let mut fits: Vec<Fit> = CANDIDATES
        .iter()
        .copied()
        .chain(wanted.map(|delimiter| Dialect {
            delimiter,
            decimal: DecimalMark::Point,
        }))
        .filter(|c| wanted.is_none_or(|delimiter| delimiter == c.delimiter))
        .filter(|c| options.decimal.is_none_or(|decimal| decimal == c.decimal))
        .filter_map(|candidate| fit(candidate, lines))
        .collect();
    // stable sort: at equal fit the order of CANDIDATES decides, points before commas
    fits.sort_by(|a, b| b.score.total_cmp(&a.score));
    // blanks stand inside clocks and names as well: where a mark makes a table, or one with more columns that is nearly as
    // good, it is the delimiter
    let by_blanks = |fit: &Fit| fit.dialect.delimiter == Delimiter::Blanks;
    let blanks = fits.iter().copied().find(by_blanks);
    if fits.iter().filter(|fit| !by_blanks(fit)).any(|fit| {
        fit.score > 0.9
            || blanks.is_some_and(|b| fit.columns > b.columns && fit.score > 0.8 * b.score)
    }) {
        fits.retain(|fit| fit.dialect.delimiter != Delimiter::Blanks);
    }
    let Some(&best) = fits.first() else {
        return Ok(None);
    };
    if let Some(rival) = fits.iter().skip(1).find(|rival| {
        rival.score > 0.9
            && rival.score > 0.98 * best.score
            && rival.dialect.delimiter != best.dialect.delimiter
            && rival.columns != best.columns
    }) {
        return Err(ReadError::new(
            Refusal::NeedsDelimiter,
            format!(
                "The lines make a table of {} columns with the delimiter {:?} and of {} columns with {:?}. \
                 Add --delimiter and, for decimal commas, --decimal to say which.",
                best.columns,
                best.dialect.delimiter.name(),
                rival.columns,
                rival.dialect.delimiter.name()
            ),
        ));
    }
    Ok(Some(best))
}

/// The delimiter of a spreadsheet's `sep=;` line, quoted or bare.
pub(in crate::ingest) fn declared_separator(line: &[u8]) -> Option<Delimiter> {
    let text = line
        .trim_ascii()
        .strip_prefix(b"\"")
        .unwrap_or(line.trim_ascii());
    let rest = text.strip_prefix(b"sep=")?;
    match rest {
        [b'\\', b't', ..] | [b'\t', ..] | [] => Some(Delimiter::Byte(b'\t')),
        [b' ', ..] => Some(Delimiter::Blanks),
        [byte, ..] => Some(Delimiter::Byte(*byte)),
    }
}

fn fit(candidate: Dialect, lines: &[&[u8]]) -> Option<Fit> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut counts: Vec<(usize, u32)> = Vec::new();
    let mut looked_at = 0u32;
    for line in lines {
        split(line, candidate.delimiter, &mut cells);
        looked_at += 1;
        match counts.iter_mut().find(|(n, _)| *n == cells.len()) {
            Some((_, seen)) => *seen += 1,
            None => counts.push((cells.len(), 1)),
        }
    }
    let (columns, agreeing) = counts
        .into_iter()
        .filter(|(n, _)| *n >= 3)
        .max_by_key(|c| c.1)?;
    let (mut numeric, mut filled) = (0u32, 0u32);
    for line in lines {
        split(line, candidate.delimiter, &mut cells);
        if cells.len() != columns {
            continue;
        }
        if candidate.delimiter == Delimiter::Byte(b',') && candidate.decimal == DecimalMark::Comma {
            cells.iter_mut().for_each(|cell| {
                if !cell.quoted {
                    cell.bytes = b"?"
                }
            });
        }
        for cell in cells.iter().filter(|cell| !cell.is_missing()) {
            filled += 1;
            numeric += u32::from(cell.is_number(candidate.decimal) || cell.looks_like_clock());
        }
    }
    let score =
        f64::from(agreeing) / f64::from(looked_at) * f64::from(numeric) / f64::from(filled.max(1));
    (score > 0.3).then_some(Fit {
        dialect: candidate,
        columns,
        score,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Dialect {
        let lines: Vec<&[u8]> = text.lines().map(str::as_bytes).collect();
        detect(&lines, &ReadOptions::default())
            .unwrap()
            .unwrap()
            .dialect
    }

    #[test]
    fn the_four_dialects_of_a_phone_app() {
        assert_eq!(
            found("1.5,2.5,3.5\n1.6,2.6,3.6\n"),
            dialect(b',', DecimalMark::Point)
        );
        assert_eq!(
            found("1.5;2.5;3.5\n1.6;2.6;3.6\n"),
            dialect(b';', DecimalMark::Point)
        );
        assert_eq!(
            found("1.5\t2.5\t3.5\n1.6\t2.6\t3.6\n"),
            dialect(b'\t', DecimalMark::Point)
        );
        assert_eq!(
            found("0;-0,4826;0,1644;1,5\n1;-0,4;0,1;1,5\n"),
            dialect(b';', DecimalMark::Comma)
        );
    }

    #[test]
    fn a_clock_with_a_blank_does_not_make_blanks_the_delimiter() {
        let text =
            "2020-02-12 09:03:37.479,-0.09,-0.20,0.95\n2020-02-12 09:03:37.485,-0.06,-0.04,0.92\n";
        assert_eq!(found(text), dialect(b',', DecimalMark::Point));
    }

    #[test]
    fn a_name_with_a_blank_does_not_either() {
        let text = "17/12/2022 13:13:08.006,26,AM1V420 @1F3E5C,116242,D703CBFFA400,983,-53,164,,LYING\n\
                    17/12/2022 13:13:08.101,121,AM1V420 @1F3E5C,116252,D703C7FFA800,983,-57,168,,LYING\n";
        assert_eq!(found(text), dialect(b',', DecimalMark::Point));
    }

    #[test]
    fn tabs_between_cells_with_blanks_are_the_delimiter() {
        let text = "2023-1-5 10:2:3.45\t0.1\t0.2\n2023-1-5 10:2:3.47\t0.1\t0.2\n";
        assert_eq!(found(text), dialect(b'\t', DecimalMark::Point));
    }

    #[test]
    fn blanks_after_commas_belong_to_the_comma() {
        assert_eq!(
            found("4295, -0.49, 0.15, 0.84\n4305, -0.48, 0.16, 0.85\n"),
            dialect(b',', DecimalMark::Point)
        );
    }

    #[test]
    fn quoted_numbers_may_hold_the_delimiter() {
        assert_eq!(
            found("\"0,12\",\"0,5\",\"1,0\"\n\"0,13\",\"0,5\",\"1,0\"\n"),
            dialect(b',', DecimalMark::Comma)
        );
    }

    #[test]
    fn a_declared_separator_is_believed() {
        assert_eq!(
            declared_separator(b"\"sep=;\""),
            Some(Delimiter::Byte(b';'))
        );
        assert_eq!(declared_separator(b"sep=,"), Some(Delimiter::Byte(b',')));
        assert_eq!(declared_separator(b"sep=\\t"), Some(Delimiter::Byte(b'\t')));
        assert_eq!(declared_separator(b"time,x"), None);
    }
}

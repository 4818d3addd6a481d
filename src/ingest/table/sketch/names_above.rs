//! The names above the data, with the units below them and the sensors above them.

use super::WIDEST;
use crate::ingest::table::cells::{Cell, split};
use crate::ingest::table::dialect::Dialect;
use crate::ingest::table::heading::{Heading, UnitWord};
use crate::ingest::table::lines::Line;
use crate::ingest::table::unit_word::unit_word;
use crate::ingest::text::to_text;

/// The header above the data and the units below it; where the header begins.
pub(super) fn headings(
    above: &[Line],
    skip: usize,
    dialect: Dialect,
    columns: usize,
) -> Option<(usize, Vec<Heading>)> {
    let mut row = Vec::new();
    let mut units: Option<Vec<Option<UnitWord>>> = None;
    let mut remarks = false;
    for (at, line) in above.iter().enumerate().skip(skip).rev() {
        let comment = line.bytes.trim_ascii_start();
        let bytes = comment.strip_prefix(b"#").unwrap_or(line.bytes);
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        split(bytes, dialect.delimiter, &mut row);
        let filled: Vec<&Cell> = row.iter().filter(|cell| !cell.bytes.is_empty()).collect();
        let no_numbers = filled.iter().all(|cell| !cell.is_number(dialect.decimal));
        let close = filled.len() >= 3;
        if !no_numbers || !close || row.len() > columns + 8 {
            // a remark between names and rows
            if comment.starts_with(b"#") {
                remarks = true;
                continue;
            }
            return None;
        }
        // names stand above a remark without a mark of remarks themselves
        if remarks && comment.starts_with(b"#") {
            return None;
        }
        let texts: Vec<String> = row.iter().map(|cell| to_text(cell.bytes)).collect();
        let known: Vec<Option<UnitWord>> = texts.iter().map(|text| unit_word(text)).collect();
        let n_units = known.iter().flatten().count();
        if units.is_none() && at > skip && 2 * n_units > filled.len() {
            units = Some(known);
            continue;
        }
        // one word over and over (Shimmer's CAL), between the units and the names
        let same = texts.iter().filter(|text| **text == texts[0]).count();
        if units.is_some() && at > skip && 5 * same > 4 * texts.len() {
            continue;
        }
        let line_above = above[skip..at].last();
        let places = line_above.and_then(|line| places_of(&texts, line.bytes, dialect));
        let names = texts.iter().take(WIDEST).enumerate();
        let mut headings: Vec<Heading> = names
            .map(|(n, text)| match &places {
                Some(places) => Heading::parse(&format!("{} {text}", places[n])),
                None => Heading::parse(text),
            })
            .collect();
        if let Some(units) = units {
            for (heading, unit) in headings.iter_mut().zip(units) {
                heading.merge_unit(unit);
            }
        }
        return Some((at, headings));
    }
    None
}

/// What the line above says of each name, where names stand twice: they are those of several sensors, whose places it holds.
fn places_of(names: &[String], line_above: &[u8], dialect: Dialect) -> Option<Vec<String>> {
    let mut row = Vec::new();
    split(line_above, dialect.delimiter, &mut row);
    let is_word = |cell: &Cell| !cell.bytes.is_empty() && !cell.is_number(dialect.decimal);
    let twice = |n: usize| !names[n].is_empty() && names[..n].contains(&names[n]);
    let fits = row.len() == names.len() && row.iter().all(is_word);
    (fits && (1..names.len().min(WIDEST)).any(twice))
        .then(|| row.iter().map(|cell| to_text(cell.bytes)).collect())
}

#[cfg(test)]
mod tests {
    use crate::ingest::options::ReadOptions;
    use crate::ingest::table::heading::UnitWord;
    use crate::ingest::table::sketch::Sketch;

    #[test]
    fn names_that_stand_twice_have_their_sensors_above() {
        let text = "Thigh_R\tThigh_R\tThigh_R\tThigh_R\tShank_R\tShank_R\tShank_R\n\
                    Timestamp\tAccelerometer X\tAccelerometer Y\tAccelerometer Z\tAccelerometer X\tAccelerometer Y\tAccelerometer Z\n\
                    CAL\tCAL\tCAL\tCAL\tCAL\tCAL\tCAL\n\
                    mSecs\tm/(sec^2)\tm/(sec^2)\tm/(sec^2)\tm/(sec^2)\tm/(sec^2)\tm/(sec^2)\n\
                    10.1\t0.1\t9.7\t0.3\t0.2\t9.6\t0.5\n20.1\t0.1\t9.7\t0.3\t0.2\t9.6\t0.5\n30.1\t0.1\t9.7\t0.3\t0.2\t9.6\t0.5\n";
        let sketch = Sketch::draw(text.as_bytes(), true, &ReadOptions::default())
            .unwrap()
            .unwrap();
        assert_eq!(sketch.headings[4].text, "Shank_R Accelerometer X");
        assert_eq!(sketch.headings[4].axis, Some(0));
        assert!(matches!(
            sketch.headings[4].unit,
            Some(UnitWord::Acceleration(_))
        ));
        assert_eq!(sketch.data_line, 5);
    }
}

//! The nights of a study, from its `nights.csv`: which there are, which legs had a sensor, when the lights were out.

use std::io::Read;
use std::path::Path;

use jiff::SignedDuration;

use super::error::ListError;
use super::movements::leg_named;
use super::source;
use super::table::{Column, Table};
use crate::model::body::Leg;

const HEADER: &str = "the column night (nights.csv), and legs,lights_out_s,lights_on_s where known";

/// A row of `nights.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedNight {
    /// Its identifier, as in the other tables.
    pub night: String,
    /// The legs with a sensor; empty when nobody said.
    pub legs: Vec<Leg>,
    /// Lights out and lights on since the first sample; `None` where either is missing.
    pub in_bed: Option<(SignedDuration, SignedDuration)>,
}

/// The nights in order of the file; a table with the column `night` alone says which nights there are.
///
/// ```
/// use legtrace::ingest::lists::read_nights;
/// let text = "night,legs,lights_out_s,lights_on_s\n2024-05-11,L+R,60,3660\n2024-05-12,,,\n";
/// let nights = read_nights(text.as_bytes(), "nights.csv").unwrap();
/// assert_eq!(nights[0].legs.len(), 2);
/// assert_eq!((nights[1].legs.len(), nights[1].in_bed), (0, None));
/// ```
pub fn read_nights(from: impl Read, file: &str) -> Result<Vec<ListedNight>, ListError> {
    let mut table = Table::new(from, file)?;
    let night = table.need(&["night"], HEADER)?;
    let legs = table.find(&["legs"])?;
    let (out, on) = (
        table.find(&["lights_out_s"])?,
        table.find(&["lights_on_s"])?,
    );
    let (mut nights, mut row) = (Vec::new(), Vec::new());
    while table.next(&mut row)? {
        let seconds = |column: &Option<Column>| match column {
            Some(column) if !table.cell(&row, column).is_empty() => {
                table.seconds(&row, column).map(Some)
            }
            _ => Ok(None),
        };
        let (from, to) = (seconds(&out)?, seconds(&on)?);
        nights.push(ListedNight {
            night: table.cell(&row, &night).to_owned(),
            legs: legs
                .as_ref()
                .map_or(Ok(Vec::new()), |column| legs_of(&table, &row, column))?,
            in_bed: from.zip(to).filter(|(from, to)| from <= to),
        });
    }
    Ok(nights)
}

fn legs_of<R: Read>(
    table: &Table<R>,
    row: &[String],
    column: &Column,
) -> Result<Vec<Leg>, ListError> {
    let cell = table.cell(row, column);
    let named = cell.split('+').filter(|name| !name.is_empty());
    named
        .map(|name| {
            leg_named(name).ok_or_else(|| table.wrong(cell, column, "L, R, L+R or an empty cell"))
        })
        .collect()
}

/// The nights of a file.
pub fn open_nights(path: &Path) -> Result<Vec<ListedNight>, ListError> {
    let (stream, name) = source::open(path)?;
    read_nights(stream, &name)
}

//! Movement lists: `leg,start_s,end_s` from anywhere (`start_ms,end_ms` where they count milliseconds), and our own
//! `movements.csv`.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use jiff::SignedDuration;

use super::error::ListError;
use super::table::{Column, Table};
use super::{plausible, source};
use crate::model::body::Leg;
use crate::model::movement::{LegMovement, MovementClass};

const HEADER: &str =
    "the columns leg,start_s,end_s (a list), or night,leg,class,onset_s,duration_s (movements.csv)";
const LEGS: &str = "L or R";

/// The movements of one night.
#[derive(Debug, Clone, PartialEq)]
pub struct MovementList {
    /// The night, as the column `night` has it; `None` without such a column.
    pub night: Option<String>,
    /// In order of the file.
    pub movements: Vec<ListedMovement>,
}

impl MovementList {
    /// As scoring reads them.
    pub fn leg_movements(&self) -> Vec<LegMovement> {
        self.movements
            .iter()
            .map(|listed| listed.movement.clone())
            .collect()
    }
}

/// A row of a movement list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedMovement {
    /// What scoring reads.
    pub movement: LegMovement,
    /// Whether the row names the leg. Where nobody said which leg the sensor was on, `movements.csv` has an empty cell;
    /// such rows are taken as one leg's (`movement.leg` is left).
    pub leg_stated: bool,
    /// The column `kind` of a list of true movements, word for word.
    pub kind: Option<String>,
    /// The column `visible` of a list of true movements: whether the sensor could have seen it.
    pub visible: Option<bool>,
    /// The column `plm` of a list that was scored.
    pub plm: Option<bool>,
    /// The column `in_bed` of our own `movements.csv`: whether it begins between lights out and lights on.
    pub in_bed: Option<bool>,
    /// Line of the file.
    pub line: u64,
}

/// Columns that a movement list may have.
struct Columns {
    leg: Column,
    start: Column,
    end: End,
    night: Option<Column>,
    class: Option<Column>,
    kind: Option<Column>,
    visible: Option<Column>,
    plm: Option<Column>,
    in_bed: Option<Column>,
}

/// How a list says when a movement ends; a duration beside the end must not contradict it.
enum End {
    At(Column, Option<Column>),
    After(Column),
}

/// An end and a duration that lie further apart do not speak of one movement: start, end and duration in whole seconds
/// are each off by up to half of one.
const ROUNDED: SignedDuration = SignedDuration::from_millis(1_500);

impl Columns {
    fn of<R: Read>(table: &Table<R>) -> Result<Self, ListError> {
        let durations = ["duration_s", "duration", "duration_ms"];
        let ends = [
            "end_s",
            "end",
            "stop_s",
            "offset_s",
            "end_ms",
            "stop_ms",
            "offset_ms",
        ];
        let starts = [
            "start_s", "onset_s", "start", "onset", "start_ms", "onset_ms",
        ];
        let end = match table.find(&ends)? {
            Some(end) => End::At(end, table.find(&durations)?),
            None => End::After(table.need(&durations, HEADER)?),
        };
        Ok(Self {
            leg: table.need(&["leg", "side"], HEADER)?,
            start: table.need(&starts, HEADER)?,
            end,
            night: table.find(&["night"])?,
            class: table.find(&["class"])?,
            kind: table.find(&["kind"])?,
            visible: table.find(&["visible"])?,
            plm: table.find(&["plm"])?,
            in_bed: table.find(&["in_bed"])?,
        })
    }
}

/// Reads a movement list. Nights are in the order in which they first occur; without a column `night` there is one, also
/// when the list has no rows; with it, a list without rows has no nights.
///
/// ```
/// use legtrace::ingest::lists::read_movements;
/// let text = "leg,start_s,end_s\nL,100.00,102.00\nright,120,121.5\n";
/// let nights = read_movements(text.as_bytes(), "list.csv").unwrap();
/// assert_eq!(nights[0].movements[1].movement.duration().as_millis(), 1_500);
/// let error = read_movements("leg,start_s,end_s\nB,1,2\n".as_bytes(), "list.csv").unwrap_err();
/// assert_eq!(error.to_string(), "list.csv, line 2, column leg: found \"B\", expected L or R");
/// ```
pub fn read_movements(from: impl Read, file: &str) -> Result<Vec<MovementList>, ListError> {
    let mut table = Table::new(from, file)?;
    let columns = Columns::of(&table)?;
    let mut nights: Vec<MovementList> = Vec::new();
    if columns.night.is_none() {
        nights.push(MovementList {
            night: None,
            movements: Vec::new(),
        });
    }
    let mut place_of: HashMap<String, usize> = HashMap::new();
    let mut row = Vec::new();
    while table.next(&mut row)? {
        let listed = movement(&table, &columns, &row)?;
        let night = columns
            .night
            .as_ref()
            .map(|column| table.cell(&row, column));
        let place = match night {
            None => 0,
            Some(name) => match place_of.get(name) {
                Some(&place) => place,
                None => {
                    nights.push(MovementList {
                        night: Some(name.to_owned()),
                        movements: Vec::new(),
                    });
                    place_of.insert(name.to_owned(), nights.len() - 1);
                    nights.len() - 1
                }
            },
        };
        nights[place].movements.push(listed);
    }
    plausible::check(&table, &columns.start, &nights)?;
    Ok(nights)
}

/// A movement list from a file, or from standard input (`-`); also packed with gzip, and in UTF-16.
pub fn open_movements(path: &Path) -> Result<Vec<MovementList>, ListError> {
    let (stream, name) = source::open(path)?;
    read_movements(stream, &name)
}

/// A column that a list may lack, with the cell of the row.
fn optional<'a, R: Read>(
    table: &Table<R>,
    row: &'a [String],
    column: &'a Option<Column>,
) -> Option<(&'a Column, &'a str)> {
    column
        .as_ref()
        .map(|column| (column, table.cell(row, column)))
}

fn movement<R: Read>(
    table: &Table<R>,
    columns: &Columns,
    row: &[String],
) -> Result<ListedMovement, ListError> {
    let class = match optional(table, row, &columns.class) {
        Some((column, name)) => MovementClass::from_name(name).ok_or_else(|| {
            let names: Vec<_> = MovementClass::ALL
                .iter()
                .map(|class| class.name())
                .collect();
            table.wrong(name, column, format!("a class: {}", names.join(", ")))
        })?,
        None => MovementClass::LegMovement,
    };
    let letter = table.cell(row, &columns.leg);
    let leg = leg_named(letter);
    // Only a list of our own may leave the leg open.
    let may_be_open = columns.class.is_some() && letter.is_empty();
    if leg.is_none() && !may_be_open {
        return Err(table.wrong(letter, &columns.leg, LEGS));
    }
    let onset = table.seconds(row, &columns.start)?;
    let (column, end) = match &columns.end {
        End::At(column, _) => (column, table.seconds(row, column)?),
        End::After(column) => (column, onset + table.seconds(row, column)?),
    };
    if end < onset {
        let expected = match columns.end {
            End::At(..) => "an end that is not before the start",
            End::After(_) => "a duration that is not below 0",
        };
        return Err(table.wrong(table.cell(row, column), column, expected));
    }
    if let End::At(_, Some(column)) = &columns.end
        && !table.cell(row, column).is_empty()
        && (end - onset - table.seconds(row, column)?).abs() > ROUNDED
    {
        let expected = format!(
            "{} s, from start to end; remove the column or the contradiction",
            (end - onset).as_millis() as f64 / 1000.0
        );
        return Err(table.wrong(table.cell(row, column), column, expected));
    }
    let flag = |column: &Option<Column>| match optional(table, row, column) {
        None | Some((_, "")) => Ok(None),
        Some((column, text)) => yes_or_no(text)
            .map(Some)
            .ok_or_else(|| table.wrong(text, column, "true or false")),
    };
    Ok(ListedMovement {
        movement: LegMovement {
            leg: leg.unwrap_or(Leg::Left),
            onset,
            end,
            class,
            features: None,
        },
        leg_stated: leg.is_some(),
        kind: optional(table, row, &columns.kind).map(|(_, kind)| kind.to_owned()),
        visible: flag(&columns.visible)?,
        plm: flag(&columns.plm)?,
        in_bed: flag(&columns.in_bed)?,
        line: table.number(),
    })
}

pub(super) fn leg_named(text: &str) -> Option<Leg> {
    [Leg::Left, Leg::Right].into_iter().find(|leg| {
        text.eq_ignore_ascii_case(leg.name())
            || text.eq_ignore_ascii_case(&leg.letter().to_string())
    })
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

//! A cell of a table, and how the fields of a row become cells and come back.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::time::LocalTime;
use crate::model::body::{Leg, Placement};
use crate::model::movement::MovementClass;
use crate::model::night::WindowSource;
use crate::model::quality::Grade;
use crate::model::span::SpanKind;

/// The kinds of values a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, times and names among them.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A number with decimals.
    Number,
}

impl Kind {
    /// In the words of an error message.
    pub fn expected(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Bool => "true or false",
            Self::Integer => "a whole number",
            Self::Number => "a number with a decimal point",
        }
    }

    /// The cell that a written text stands for; an empty text is a missing value.
    pub fn parse(self, text: &str) -> Option<Cell> {
        if text.is_empty() {
            return Some(Cell::Missing);
        }
        match self {
            Self::Text => Some(Cell::Text(text.to_owned())),
            Self::Bool => text.parse().ok().map(Cell::Bool),
            Self::Integer => text.parse().ok().map(Cell::Integer),
            Self::Number => {
                let number: f64 = text.parse().ok()?;
                number.is_finite().then_some(Cell::Number(number))
            }
        }
    }
}

/// A value in a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing: an empty cell, never 0.
    Missing,
    /// Text.
    Text(String),
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Number(f64),
}

impl Cell {
    /// As a JSON value.
    pub fn into_json(self) -> Value {
        match self {
            Self::Missing => Value::Null,
            Self::Text(text) => Value::from(text),
            Self::Bool(flag) => Value::from(flag),
            Self::Integer(number) => Value::from(number),
            Self::Number(number) => Value::from(number),
        }
    }
}

/// Why a cell cannot be what its column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// Name of the column.
    pub column: &'static str,
    /// What was seen; `None` for an empty cell.
    pub seen: Option<String>,
    /// What would have been right.
    pub expected: &'static str,
}

impl CellError {
    fn new(seen: Cell, expected: &'static str) -> Self {
        let seen = match seen {
            Cell::Missing => None,
            Cell::Text(text) => Some(text),
            Cell::Bool(flag) => Some(flag.to_string()),
            Cell::Integer(number) => Some(number.to_string()),
            Cell::Number(number) => Some(number.to_string()),
        };
        Self {
            column: "",
            seen,
            expected,
        }
    }

    pub(super) fn in_column(self, column: &'static str) -> Self {
        Self { column, ..self }
    }
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            column, expected, ..
        } = self;
        match &self.seen {
            Some(seen) => write!(f, "column {column} holds {seen:?}, expected {expected}"),
            None => write!(f, "column {column} is empty, expected {expected}"),
        }
    }
}

impl std::error::Error for CellError {}

/// A type that a row's field can have.
pub trait Field: Sized {
    /// What its cells hold.
    const KIND: Kind;
    /// The cell it becomes.
    fn to_cell(&self) -> Cell;
    /// The field that a cell stands for.
    fn from_cell(cell: Cell) -> Result<Self, CellError>;
    /// Rounds a number; nothing for other types.
    fn settle(&mut self, _decimals: u8) {}
}

impl<T: Field> Field for Option<T> {
    const KIND: Kind = T::KIND;

    fn to_cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Missing, T::to_cell)
    }

    fn from_cell(cell: Cell) -> Result<Self, CellError> {
        match cell {
            Cell::Missing => Ok(None),
            other => T::from_cell(other).map(Some),
        }
    }

    fn settle(&mut self, decimals: u8) {
        if let Some(value) = self {
            value.settle(decimals);
        }
        // What cannot be written (NaN, an empty text) is missing before it is drawn, too.
        if self.as_ref().map(T::to_cell) == Some(Cell::Missing) {
            *self = None;
        }
    }
}

impl Field for String {
    const KIND: Kind = Kind::Text;

    fn to_cell(&self) -> Cell {
        if self.is_empty() {
            Cell::Missing
        } else {
            Cell::Text(self.clone())
        }
    }

    fn from_cell(cell: Cell) -> Result<Self, CellError> {
        match cell {
            Cell::Missing => Ok(Self::new()),
            Cell::Text(text) => Ok(text),
            other => Err(CellError::new(other, Self::KIND.expected())),
        }
    }
}

impl Field for bool {
    const KIND: Kind = Kind::Bool;

    fn to_cell(&self) -> Cell {
        Cell::Bool(*self)
    }

    fn from_cell(cell: Cell) -> Result<Self, CellError> {
        match cell {
            Cell::Bool(flag) => Ok(flag),
            other => Err(CellError::new(other, Self::KIND.expected())),
        }
    }
}

impl Field for f64 {
    const KIND: Kind = Kind::Number;

    fn to_cell(&self) -> Cell {
        if self.is_finite() {
            // A negative zero would be written as "-0".
            Cell::Number(*self + 0.0)
        } else {
            Cell::Missing
        }
    }

    fn from_cell(cell: Cell) -> Result<Self, CellError> {
        match cell {
            Cell::Number(number) => Ok(number),
            Cell::Integer(number) => Ok(number as f64),
            other => Err(CellError::new(other, Self::KIND.expected())),
        }
    }

    fn settle(&mut self, decimals: u8) {
        let scale = 10_f64.powi(i32::from(decimals));
        let rounded = (*self * scale).round() / scale + 0.0;
        // Beyond 2^53 there are no decimals to round, and the product may overflow.
        if rounded.is_finite() {
            *self = rounded;
        }
    }
}

macro_rules! integer_field {
    ($($type:ty),+) => { $(
        impl Field for $type {
            const KIND: Kind = Kind::Integer;

            fn to_cell(&self) -> Cell {
                i64::try_from(*self).map_or(Cell::Missing, Cell::Integer)
            }

            fn from_cell(cell: Cell) -> Result<Self, CellError> {
                match cell {
                    Cell::Integer(number) => Self::try_from(number)
                        .map_err(|_| CellError::new(cell, "a whole number in range")),
                    other => Err(CellError::new(other, Self::KIND.expected())),
                }
            }
        }
    )+ };
}
integer_field!(u16, u32, u64, i64);

macro_rules! named_field {
    ($($type:ty: $write:expr, $read:expr, $expected:literal;)+) => { $(
        impl Field for $type {
            const KIND: Kind = Kind::Text;

            fn to_cell(&self) -> Cell {
                let write: fn(&$type) -> String = $write;
                Cell::Text(write(self))
            }

            fn from_cell(cell: Cell) -> Result<Self, CellError> {
                let read: fn(&str) -> Option<$type> = $read;
                match cell {
                    Cell::Text(ref text) => read(text)
                        .ok_or_else(|| CellError::new(cell.clone(), $expected)),
                    other => Err(CellError::new(other, $expected)),
                }
            }
        }
    )+ };
}
named_field! {
    Leg: |leg| leg.letter().to_string(), leg_named, "L or R";
    MovementClass: |class| class.name().to_owned(), MovementClass::from_name, "a class of GLOSSARY.md";
    Placement: |place| place.name().to_owned(), |text| one_of(&Placement::ALL, Placement::name, text), "a placement of GLOSSARY.md";
    SpanKind: |kind| kind.name().to_owned(), |text| one_of(&SpanKind::ALL, SpanKind::name, text), "a kind of GLOSSARY.md";
    WindowSource: |source| source.name().to_owned(), |text| one_of(&WindowSource::ALL, WindowSource::name, text), "a source of GLOSSARY.md";
    Grade: |grade| grade.letter().to_string(), grade_named, "A, B, C or D";
    Timestamp: |instant| format!("{instant:.3}"), |text| text.parse().ok(), "an instant like 2024-05-01T22:30:00.000Z";
    LocalTime: |time| time.to_string(), |text| text.parse().ok(), "a time like 2024-05-01T22:30:00.000+02:00";
    Date: |date| date.to_string(), |text| text.parse().ok(), "a date like 2024-05-01";
}

fn one_of<T: Copy>(all: &[T], name: fn(T) -> &'static str, text: &str) -> Option<T> {
    all.iter().copied().find(|item| name(*item) == text)
}

fn leg_named(text: &str) -> Option<Leg> {
    [Leg::Left, Leg::Right]
        .into_iter()
        .find(|leg| text == leg.letter().to_string())
}

fn grade_named(text: &str) -> Option<Grade> {
    [Grade::A, Grade::B, Grade::C, Grade::D]
        .into_iter()
        .find(|grade| text == grade.letter().to_string())
}

/// A measured value, missing when it is not finite: what `NaN` means in the model.
pub fn measured(value: f32) -> Option<f64> {
    value.is_finite().then_some(f64::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comes_back<T: Field + PartialEq + fmt::Debug>(value: T) {
        assert_eq!(T::from_cell(value.to_cell()).unwrap(), value);
    }

    #[test]
    fn every_name_of_the_model_comes_back() {
        MovementClass::ALL.into_iter().for_each(comes_back);
        Placement::ALL.into_iter().for_each(comes_back);
        SpanKind::ALL.into_iter().for_each(comes_back);
        WindowSource::ALL.into_iter().for_each(comes_back);
        [Leg::Left, Leg::Right].into_iter().for_each(comes_back);
        [Grade::A, Grade::B, Grade::C, Grade::D]
            .into_iter()
            .for_each(comes_back);
        comes_back("2024-10-27T00:30:00.250Z".parse::<Timestamp>().unwrap());
        comes_back(jiff::civil::date(2024, 2, 29));
    }

    #[test]
    fn what_is_missing_is_never_zero() {
        assert_eq!(f64::NAN.to_cell(), Cell::Missing);
        assert_eq!(None::<f64>.to_cell(), Cell::Missing);
        assert_eq!(Option::<u32>::from_cell(Cell::Missing), Ok(None));
        assert_eq!(measured(f32::NAN), None);
        let refused = f64::from_cell(Cell::Missing)
            .unwrap_err()
            .in_column("onset_s");
        assert_eq!(
            refused.to_string(),
            "column onset_s is empty, expected a number with a decimal point"
        );
    }

    #[test]
    fn a_wrong_cell_says_what_it_holds() {
        let refused = Leg::from_cell(Cell::Text("left arm".into()))
            .unwrap_err()
            .in_column("leg");
        assert_eq!(
            refused.to_string(),
            "column leg holds \"left arm\", expected L or R"
        );
        assert!(u32::from_cell(Cell::Integer(-1)).is_err());
        assert_eq!(Kind::Integer.parse("1.5"), None);
        assert_eq!(Kind::Number.parse("inf"), None);
        assert_eq!(Kind::Bool.parse(""), Some(Cell::Missing));
    }
}

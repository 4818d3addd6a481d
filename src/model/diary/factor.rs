//! Factors: what may go together with a night, one column each.

/// What a factor column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactorKind {
    /// Gut symptoms: a rating, yes or no, or words.
    Gut,
    /// Caffeine: mg, or cups.
    Caffeine,
    /// Alcohol: drinks, or g. A drink is 14 g in the US, 8 g in the UK, 10 to 12 g elsewhere: never converted.
    Alcohol,
    /// Exercise, in minutes.
    Exercise,
    /// Menstrual cycle: its day, yes or no, or a word.
    Cycle,
    /// A column that is ours by no name, kept under its own.
    Other,
}

impl FactorKind {
    /// As in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gut => "gut",
            Self::Caffeine => "caffeine",
            Self::Alcohol => "alcohol",
            Self::Exercise => "exercise",
            Self::Cycle => "cycle",
            Self::Other => "other",
        }
    }
}

/// A factor column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// What it is about.
    pub kind: FactorKind,
    /// What the header calls it, without the unit.
    pub name: String,
    /// The unit its numbers are in; `None` when nobody said.
    pub unit: Option<String>,
}

/// A factor's value on one day.
#[derive(Debug, Clone, PartialEq)]
pub enum FactorValue {
    /// A number in the column's unit.
    Amount(f64),
    /// Yes or no.
    Present(bool),
    /// A word or a sentence.
    Words(String),
}

impl FactorValue {
    /// The value as a number: an amount, or 1 and 0 for yes and no.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Amount(amount) => Some(*amount),
            Self::Present(present) => Some(f64::from(u8::from(*present))),
            Self::Words(_) => None,
        }
    }
}

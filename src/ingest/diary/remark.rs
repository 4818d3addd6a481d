//! What reading or checking a diary has to say of a cell: where it stands, what was seen, what to type.

use std::fmt;

/// How much a remark weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Worth a look; what stands there was taken.
    Note,
    /// It hardly can be, though it can; it was taken as it stands.
    Doubt,
    /// It could mean two things and was not taken.
    Question,
    /// It cannot be; it was not taken.
    Error,
}

impl Weight {
    /// All, the heaviest first.
    pub const ALL: [Self; 4] = [Self::Error, Self::Question, Self::Doubt, Self::Note];

    /// `note`, `doubt`, `question`, `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Doubt => "doubt",
            Self::Question => "question",
            Self::Error => "error",
        }
    }

    /// Whether what the remark is about was taken.
    pub fn is_taken(self) -> bool {
        match self {
            Self::Note | Self::Doubt => true,
            Self::Question | Self::Error => false,
        }
    }
}

/// Where in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellPlace {
    /// Line, from 1.
    pub line: u64,
    /// Column of the table, from 1.
    pub column: usize,
    /// What the header calls it.
    pub header: String,
}

impl fmt::Display for CellPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)?;
        if !self.header.is_empty() {
            write!(f, " ({})", self.header)?;
        }
        Ok(())
    }
}

/// A remark on a cell, or on the whole diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How much it weighs.
    pub weight: Weight,
    /// A stable word: `out_of_range`, `unit_missing`, `no_such_night`, …
    pub code: &'static str,
    /// The cell; `None` when it is about the diary.
    pub place: Option<CellPlace>,
    /// What the cell says; empty when it is about the diary.
    pub seen: String,
    /// What is odd about it.
    pub message: String,
    /// What to type.
    pub fix: String,
}

impl Remark {
    /// A remark on the diary as a whole.
    pub fn on_diary(weight: Weight, code: &'static str, message: String, fix: String) -> Self {
        Self {
            weight,
            code,
            place: None,
            seen: String::new(),
            message,
            fix,
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.weight.name())?;
        if let Some(place) = &self.place {
            write!(f, "{place}")?;
            if self.seen.is_empty() {
                f.write_str(": ")?;
            } else {
                write!(f, ": saw \"{}\": ", shown(&self.seen))?;
            }
        }
        f.write_str(&self.message)?;
        if self.weight == Weight::Doubt {
            f.write_str(". It was taken as it stands")?;
        }
        if !self.fix.is_empty() {
            write!(f, ". {}", self.fix)?;
        }
        if self.fix.ends_with(['?', '.']) {
            return Ok(());
        }
        f.write_str(".")
    }
}

/// Why a cell was not taken, or deserves a look; the reader adds where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doubt {
    pub weight: Weight,
    pub code: &'static str,
    pub message: String,
    pub fix: String,
}

impl Doubt {
    pub fn new(weight: Weight, code: &'static str, message: &str, fix: &str) -> Self {
        Self {
            weight,
            code,
            message: message.to_owned(),
            fix: fix.to_owned(),
        }
    }

    pub fn error(code: &'static str, message: &str, fix: &str) -> Self {
        Self::new(Weight::Error, code, message, fix)
    }

    pub fn not_a_date() -> Self {
        Self::error("not_a_date", "this is no date", "Write it as 2024-03-04")
    }

    pub fn group_or_decimals(number: &str) -> Self {
        Self::new(
            Weight::Question,
            "group_or_decimals",
            &format!(
                "\"{}\" could be thousands or three decimals, and no other number of the file tells",
                shown(number)
            ),
            "Add --decimal . or --decimal ,",
        )
    }
}

/// A cell's text for a message: one line, at most 60 characters, no control characters.
pub(crate) fn shown(text: &str) -> String {
    let mut line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(61)
        .collect();
    if line.chars().count() > 60 {
        line = line.chars().take(57).collect::<String>() + "...";
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_says_where_what_and_how() {
        let remark = Remark {
            weight: Weight::Error,
            code: "out_of_range",
            place: Some(CellPlace {
                line: 7,
                column: 3,
                header: "severity".to_owned(),
            }),
            seen: "11".to_owned(),
            message: "severity runs from 0 to 10".to_owned(),
            fix: "Write a number on that scale".to_owned(),
        };
        assert_eq!(
            remark.to_string(),
            "error: line 7, column 3 (severity): saw \"11\": severity runs from 0 to 10. Write a number on that scale."
        );
    }

    #[test]
    fn a_doubt_says_that_it_was_taken() {
        let remark = Remark::on_diary(
            Weight::Doubt,
            "dates_shifted",
            "the dates look one day late".to_owned(),
            "Do they name the morning?".to_owned(),
        );
        assert_eq!(
            remark.to_string(),
            "doubt: the dates look one day late. It was taken as it stands. Do they name the morning?"
        );
        for weight in Weight::ALL {
            assert_eq!(weight.is_taken(), weight < Weight::Question, "{weight:?}");
        }
    }

    #[test]
    fn a_long_cell_is_cut_between_characters() {
        let cell = "ä\n".repeat(100);
        assert_eq!(shown(&cell).chars().count(), 60);
        assert!(!shown(&cell).contains('\n'));
    }
}

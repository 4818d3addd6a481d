//! Doubts as values: never silent, never an error.

/// How far a night's figures can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Nothing stands against it.
    A,
    /// Minor doubts.
    B,
    /// Read with care.
    C,
    /// The index is a lower or an upper bound at best.
    D,
}

impl Grade {
    /// `A` to `D`.
    pub fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
            Self::D => 'D',
        }
    }
}

/// One doubt: what it is, what it caps the grade at, and the sentence that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityFlag {
    /// A stable word for tables: `short_night`, `idle_sleep`, `low_rate`, …
    pub code: &'static str,
    /// The best grade a night with this doubt can have.
    pub cap: Grade,
    /// One plain sentence with the figure.
    pub sentence: String,
}

/// The grade of a night: the worst of its doubts' caps.
pub fn grade(flags: &[QualityFlag]) -> Grade {
    flags.iter().map(|flag| flag.cap).max().unwrap_or(Grade::A)
}

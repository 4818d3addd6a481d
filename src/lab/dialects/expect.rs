//! What an importer should find in an export.

/// The right outcome of reading a file without any flag.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expect {
    /// It is read.
    Read {
        /// Name of the format, as the importer calls it.
        format: &'static str,
        /// `g`, `mg`, `m/s2` or `counts`.
        unit: &'static str,
        /// Counts per g, for counts.
        counts_per_g: Option<f64>,
        /// Whether gravity is in the values.
        gravity: bool,
        /// What its times are.
        clock: Clock,
    },
    /// It is refused for a reason that a flag removes.
    Needs {
        /// The word for the reason.
        code: &'static str,
        /// The flags that make it readable; `{rate}` stands for the rate.
        flags: &'static str,
    },
    /// It is refused: there is nothing in it to analyze.
    Refused {
        /// The word for the reason.
        code: &'static str,
    },
}

/// What the times of an export are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Instants.
    Utc,
    /// A wall clock with its offset or zone.
    Zoned,
    /// A wall clock without zone.
    Local,
    /// Time since the start.
    Elapsed,
}

impl Expect {
    /// In g with gravity: the common case.
    pub const fn in_g(format: &'static str, clock: Clock) -> Self {
        Self::Read {
            format,
            unit: "g",
            counts_per_g: None,
            gravity: true,
            clock,
        }
    }

    /// In mg with gravity.
    pub const fn in_mg(format: &'static str, clock: Clock) -> Self {
        Self::Read {
            format,
            unit: "mg",
            counts_per_g: None,
            gravity: true,
            clock,
        }
    }

    /// In m/s² with gravity.
    pub const fn in_metric(format: &'static str, clock: Clock) -> Self {
        Self::Read {
            format,
            unit: "m/s2",
            counts_per_g: None,
            gravity: true,
            clock,
        }
    }

    /// In m/s² without gravity.
    pub const fn linear(format: &'static str, clock: Clock) -> Self {
        Self::Read {
            format,
            unit: "m/s2",
            counts_per_g: None,
            gravity: false,
            clock,
        }
    }

    /// In counts with gravity.
    pub const fn in_counts(format: &'static str, per_g: f64, clock: Clock) -> Self {
        Self::Read {
            format,
            unit: "counts",
            counts_per_g: Some(per_g),
            gravity: true,
            clock,
        }
    }
}

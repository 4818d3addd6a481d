//! Laboratory values and test results, each on its own date and in one unit a test.

use jiff::civil::Date;

/// A test that a laboratory or a clinic does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabTest {
    /// Ferritin, in µg/L (the same number in ng/mL). It rises with inflammation: read beside CRP.
    Ferritin,
    /// Transferrin saturation, in percent.
    TransferrinSaturation,
    /// Vitamin D, 25(OH)D, in ng/mL.
    VitaminD,
    /// C-reactive protein (CRP), in mg/L.
    Crp,
    /// Test for bacterial overgrowth of the small intestine (SIBO).
    Sibo,
    /// Assessment for irritable bowel syndrome (IBS).
    Ibs,
}

/// 25(OH)D: 1 ng/mL is 2.496 nmol/L (molar mass 400.64 g/mol; Holick 2011, Endocrine Society guideline, rounds to 2.5).
pub const NMOL_L_PER_NG_ML_VITAMIN_D: f64 = 2.496;

impl LabTest {
    /// All, in the order of the tables.
    pub const ALL: [Self; 6] = [
        Self::Ferritin,
        Self::TransferrinSaturation,
        Self::VitaminD,
        Self::Crp,
        Self::Sibo,
        Self::Ibs,
    ];

    /// As in tables and in the template.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ferritin => "ferritin",
            Self::TransferrinSaturation => "transferrin_saturation",
            Self::VitaminD => "vitamin_d",
            Self::Crp => "crp",
            Self::Sibo => "sibo",
            Self::Ibs => "ibs",
        }
    }

    /// The unit in which values are kept; `None` for tests that find or do not find.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Self::Ferritin => Some("ug/L"),
            Self::TransferrinSaturation => Some("%"),
            Self::VitaminD => Some("ng/mL"),
            Self::Crp => Some("mg/L"),
            Self::Sibo | Self::Ibs => None,
        }
    }
}

/// Whether a laboratory gave the value itself or a bound of it (`<0.6`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The value.
    Exact,
    /// Less than the number: under the method's limit.
    Below,
    /// More than the number.
    Above,
}

/// What a test that finds or does not find said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Found.
    Positive,
    /// Not found.
    Negative,
    /// Neither.
    Unclear,
}

impl Finding {
    /// `positive`, `negative`, `unclear`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Unclear => "unclear",
        }
    }
}

/// A test's outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LabResult {
    /// An amount in the test's [unit](LabTest::unit).
    Amount {
        /// In the test's unit.
        value: f64,
        /// Whether that is the value or a bound.
        limit: Limit,
    },
    /// Found or not.
    Finding(Finding),
}

/// How many days lie between two dates.
pub fn days_apart(a: Date, b: Date) -> u32 {
    let days = a.duration_since(b).as_hours().unsigned_abs() / 24;
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// A laboratory value on its date.
#[derive(Debug, Clone, PartialEq)]
pub struct LabValue {
    /// When the sample was taken.
    pub date: Date,
    /// Line of the file, from 1.
    pub line: u64,
    /// Which test.
    pub test: LabTest,
    /// Its outcome.
    pub result: LabResult,
    /// What the cell says, word for word.
    pub as_written: String,
    /// The unit that stands beside the cell: in the unit's own column, the header, or the command line; `None` where the
    /// cell has its own or nobody said.
    pub stated_unit: Option<String>,
}

impl LabValue {
    /// The amount in the test's unit, where it has one.
    pub fn amount(&self) -> Option<f64> {
        match self.result {
            LabResult::Amount { value, .. } => Some(value),
            LabResult::Finding(_) => None,
        }
    }
}

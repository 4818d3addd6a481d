//! The scales that accelerations are exported in, and which of them |v| at rest fits.

use super::physics::{Quiet, Rest};
use crate::model::units::AccelUnit;

/// Uncalibrated sensors show 0.87 to 1.12 g at rest (FORMATS.md, "Bounds of reading"): beyond 12 % another scale is
/// looked for.
const TOLERANCE: f64 = 0.12;
/// Counts a g in converters that export them: Empatica E4 (64), AX3 (256), and powers of two up to ±2 g in 16 bits.
pub(super) const COUNTS: [f64; 9] = [
    64.0, 128.0, 256.0, 512.0, 2048.0, 4096.0, 8192.0, 16384.0, 32768.0,
];

/// What the samples show at rest.
pub(super) struct Seen {
    pub quiet: Quiet,
    /// Whether every value is whole, as counts are.
    pub whole_numbers: bool,
}

impl Seen {
    /// How many g the vector at rest is long, if the unit were this.
    pub(in crate::ingest) fn g(&self, unit: AccelUnit) -> f64 {
        self.quiet.magnitude * unit.g_per_unit()
    }

    /// Whether that is one, within the tolerance.
    pub(super) fn fits(&self, unit: AccelUnit) -> bool {
        (self.g(unit) - 1.0).abs() <= TOLERANCE
    }

    /// Whether the mean over five seconds is one g, within the tolerance: the sensor hangs on the earth.
    pub(super) fn hangs_by(&self, unit: AccelUnit) -> bool {
        self.quiet
            .steady
            .is_some_and(|steady| (steady * unit.g_per_unit() - 1.0).abs() <= TOLERANCE)
    }

    /// The known scale that |v| at rest fits.
    pub(super) fn scale(&self) -> Option<AccelUnit> {
        let named = [
            AccelUnit::G,
            AccelUnit::MetresPerSecondSquared,
            AccelUnit::MilliG,
        ];
        let counts = COUNTS
            .iter()
            .map(|per_g| AccelUnit::Counts { per_g: *per_g });
        named
            .into_iter()
            .chain(counts.filter(|_| self.whole_numbers))
            .filter(|unit| self.fits(*unit))
            .min_by(|a, b| {
                (self.g(*a) - 1.0)
                    .abs()
                    .total_cmp(&(self.g(*b) - 1.0).abs())
            })
    }

    /// As evidence.
    pub(super) fn words(&self) -> String {
        let magnitude = short(self.quiet.magnitude);
        match self.quiet.rest {
            Rest::Still(_) => format!("quiet |v| = {magnitude}"),
            Rest::Frozen => format!("|v| = {magnitude} where the values stand still"),
            Rest::Carried => format!("it never rests, |mean of 5 s| = {magnitude}"),
            Rest::Never => format!("it never rests, median |v| = {magnitude}"),
        }
    }
}

/// Three or four digits that matter.
pub(super) fn short(value: f64) -> String {
    match value.abs() {
        v if v >= 1000.0 => format!("{value:.0}"),
        v if v >= 100.0 => format!("{value:.1}"),
        v if v >= 10.0 => format!("{value:.2}"),
        v if v >= 0.1 => format!("{value:.3}"),
        v if v >= 0.001 => format!("{value:.5}"),
        _ => format!("{value:e}"),
    }
}

/// `g`, `counts (8192 per g)`.
pub(super) fn unit_words(unit: AccelUnit) -> String {
    match unit {
        AccelUnit::Counts { per_g } => format!("counts ({} per g)", short(per_g)),
        _ => unit.name().to_owned(),
    }
}

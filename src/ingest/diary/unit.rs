//! Units of laboratory values: converted where the cell or the header names one, asked for where a number alone could
//! mean two things, never guessed.

use crate::model::diary::LabTest;
use crate::model::diary::laboratory::NMOL_L_PER_NG_ML_VITAMIN_D;

/// Ferritin: 1 µg/L is 2.247 pmol/L (AMA Manual of Style, SI conversions).
const PMOL_L_PER_UG_L_FERRITIN: f64 = 2.247;
/// CRP: 1 mg/L is 9.524 nmol/L (AMA Manual of Style, SI conversions).
const NMOL_L_PER_MG_L_CRP: f64 = 9.524;

/// Why a number could not be put into the test's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitDoubt {
    /// No unit, and the number could be in either of two.
    Missing,
    /// No unit, and the number looks like a share of one.
    PercentOrShare,
    /// A unit that this test is not measured in.
    Unknown,
}

/// A unit in one spelling: lower case, `u` for micro, no blanks: `ug/l`, `ng/ml`, `nmol/l`, `%`.
pub fn canonical(text: &str) -> String {
    let folded: String = text
        .trim()
        .trim_matches(['(', ')', '[', ']'])
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            'µ' | 'μ' => 'u',
            '⁄' | '∕' => '/',
            _ => c,
        })
        .collect();
    let folded = folded.replace("mcg", "ug");
    match folded.as_str() {
        "percent" | "pct" | "prozent" => "%".to_owned(),
        "ug_l" | "ugl" => "ug/l".to_owned(),
        "ng_ml" | "ngml" => "ng/ml".to_owned(),
        "nmol_l" | "nmoll" => "nmol/l".to_owned(),
        "mg_l" | "mgl" => "mg/l".to_owned(),
        "mg_dl" | "mgdl" => "mg/dl".to_owned(),
        _ => folded,
    }
}

/// Units that the test is reported in, for messages.
pub fn known_units(test: LabTest) -> &'static str {
    match test {
        LabTest::Ferritin => "ug/L, ng/mL or pmol/L",
        LabTest::TransferrinSaturation => "%",
        LabTest::VitaminD => "ng/mL or nmol/L",
        LabTest::Crp => "mg/L or mg/dL",
        LabTest::Sibo | LabTest::Ibs => "none: positive, negative or unclear",
    }
}

/// The amount in the test's own unit ([`LabTest::unit`]).
pub fn convert(test: LabTest, value: f64, unit: Option<&str>) -> Result<f64, UnitDoubt> {
    let unit = unit.map(canonical).filter(|unit| !unit.is_empty());
    let factor = match (test, unit.as_deref()) {
        // ug/L and ng/mL are the same number, so a ferritin without a unit is no doubt.
        (LabTest::Ferritin, None | Some("ug/l" | "ng/ml")) => 1.0,
        (LabTest::Ferritin, Some("ug/dl")) => 10.0,
        (LabTest::Ferritin, Some("pmol/l")) => 1.0 / PMOL_L_PER_UG_L_FERRITIN,
        (LabTest::TransferrinSaturation, Some("%")) => 1.0,
        (LabTest::TransferrinSaturation, None) if value > 1.0 || value <= 0.0 => 1.0,
        (LabTest::TransferrinSaturation, None) => return Err(UnitDoubt::PercentOrShare),
        (LabTest::VitaminD, Some("ng/ml" | "ug/l")) => 1.0,
        (LabTest::VitaminD, Some("nmol/l")) => 1.0 / NMOL_L_PER_NG_ML_VITAMIN_D,
        (LabTest::Crp, Some("mg/l" | "ug/ml")) => 1.0,
        (LabTest::Crp, Some("mg/dl")) => 10.0,
        (LabTest::Crp, Some("nmol/l")) => 1.0 / NMOL_L_PER_MG_L_CRP,
        (LabTest::VitaminD | LabTest::Crp, None) => return Err(UnitDoubt::Missing),
        _ => return Err(UnitDoubt::Unknown),
    };
    Ok(value * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vitamin_d_of_75_is_30_ng_per_ml_only_when_nmol_are_named() {
        // 75 nmol/L = 30.05 ng/mL with 2.496 (the round 30 of the guidelines uses 2.5).
        let found = convert(LabTest::VitaminD, 75.0, Some("nmol/L")).unwrap();
        assert!((found - 30.048).abs() < 1e-3, "{found}");
        assert_eq!(convert(LabTest::VitaminD, 75.0, Some("ng/ml")), Ok(75.0));
        assert_eq!(
            convert(LabTest::VitaminD, 75.0, None),
            Err(UnitDoubt::Missing)
        );
    }

    #[test]
    fn ferritin_is_the_same_in_both_common_units() {
        for unit in [
            Some("µg/l"),
            Some("ug/L"),
            Some("mcg/L"),
            Some("ng/mL"),
            None,
        ] {
            assert_eq!(convert(LabTest::Ferritin, 48.0, unit), Ok(48.0), "{unit:?}");
        }
        // AMA: 100 ng/mL = 224.7 pmol/L.
        let found = convert(LabTest::Ferritin, 224.7, Some("pmol/L")).unwrap();
        assert!((found - 100.0).abs() < 1e-9, "{found}");
        assert_eq!(
            convert(LabTest::Ferritin, 48.0, Some("nmol/L")),
            Err(UnitDoubt::Unknown)
        );
    }

    #[test]
    fn crp_differs_tenfold_between_its_units() {
        assert_eq!(convert(LabTest::Crp, 0.3, Some("mg/dL")), Ok(3.0));
        assert_eq!(convert(LabTest::Crp, 3.0, Some(" mg / l ")), Ok(3.0));
        assert_eq!(convert(LabTest::Crp, 0.3, None), Err(UnitDoubt::Missing));
    }

    #[test]
    fn a_saturation_of_a_fifth_is_asked_about() {
        assert_eq!(
            convert(LabTest::TransferrinSaturation, 22.0, None),
            Ok(22.0)
        );
        assert_eq!(
            convert(LabTest::TransferrinSaturation, 0.22, None),
            Err(UnitDoubt::PercentOrShare)
        );
    }
}

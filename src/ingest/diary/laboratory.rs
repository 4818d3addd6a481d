//! Laboratory cells: a number with or without a bound and a unit, or a finding in words.

use super::column::Column;
use super::remark::{Doubt, Weight};
use super::unit::{self, UnitDoubt};
use crate::ingest::written::number::{self, DecimalMark, NumberDoubt};
use crate::model::diary::{Finding, LabResult, LabTest};

/// The unit of a cell that names none: that of the row's unit column, of the header, of the command line.
pub fn unit_of<'a>(
    cell: Option<&'a str>,
    column: &'a Column,
    option: Option<&'a str>,
) -> Option<&'a str> {
    cell.or(column.unit.as_deref()).or(option)
}

/// The result that a cell names, and how it is written with its unit.
pub fn value(
    test: LabTest,
    cell: &str,
    stated: Option<&str>,
    mark: Option<DecimalMark>,
) -> Result<(LabResult, String), Doubt> {
    if test.unit().is_none() {
        return match finding(cell) {
            Some(finding) => Ok((LabResult::Finding(finding), cell.to_owned())),
            None => Err(Doubt::error(
                "not_a_finding",
                "this test is positive, negative or unclear",
                "Write one of the three; a measured number can go into a column of its own name",
            )),
        };
    }
    let found = match number::measured(cell, mark) {
        Ok(found) => found,
        Err(NumberDoubt::GroupOrDecimals) => return Err(Doubt::group_or_decimals(cell)),
        Err(NumberDoubt::NotANumber) => {
            return Err(Doubt::error(
                "not_a_number",
                "a laboratory value is a number, with < or > before it where the laboratory wrote so",
                "Write the number; words can go into the notes",
            ));
        }
    };
    let unit = if found.rest.is_empty() {
        stated
    } else {
        Some(found.rest)
    };
    let name = test.name();
    if found.value < 0.0 {
        return Err(Doubt::error(
            "out_of_range",
            &format!("{name} cannot be below zero"),
            "Write the laboratory's number",
        ));
    }
    let value = unit::convert(test, found.value, unit).map_err(|doubt| match doubt {
        UnitDoubt::Missing => Doubt::new(
            Weight::Question,
            "unit_missing",
            &format!(
                "{name} is measured in {}, and the number alone does not tell; it was not converted",
                unit::known_units(test)
            ),
            &format!(
                "Write the unit into the cell or the header, as {name} ({})",
                unit::known_units(test).split([' ', ',']).next().unwrap_or("")
            ),
        ),
        UnitDoubt::PercentOrShare => Doubt::new(
            Weight::Question,
            "unit_missing",
            &format!("{name} is a percentage, and this looks like a share of one"),
            "Write 22 % or 0.2 %",
        ),
        UnitDoubt::Unknown => Doubt::error(
            "unit_unknown",
            &format!(
                "{name} is not known in the unit {}",
                unit.unwrap_or_default().trim()
            ),
            &format!("Known are {}", unit::known_units(test)),
        ),
    })?;
    if test == LabTest::TransferrinSaturation && value > 100.0 {
        return Err(Doubt::error(
            "out_of_range",
            &format!("{name} cannot be above 100 %"),
            "Write the laboratory's number",
        ));
    }
    let as_written = match unit {
        Some(unit) if found.rest.is_empty() => format!("{cell} {unit}"),
        _ => cell.to_owned(),
    };
    let limit = found.limit;
    Ok((LabResult::Amount { value, limit }, as_written))
}

/// Words for a finding, English and German.
fn finding(cell: &str) -> Option<Finding> {
    let word = cell.trim().to_lowercase();
    match word.as_str() {
        "positive" | "positiv" | "pos" | "pos." | "+" | "yes" | "ja" | "found" | "diagnosed"
        | "diagnostiziert" | "x" | "✓" | "1" | "true" => Some(Finding::Positive),
        "negative" | "negativ" | "neg" | "neg." | "no" | "nein" | "not found" | "unauffällig"
        | "0" | "false" => Some(Finding::Negative),
        "unclear" | "unklar" | "borderline" | "grenzwertig" | "inconclusive" | "pending"
        | "offen" => Some(Finding::Unclear),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diary::Limit;

    fn amount(test: LabTest, cell: &str, unit: Option<&str>) -> Result<(f64, Limit), &'static str> {
        match value(test, cell, unit, Some(DecimalMark::Point)) {
            Ok((LabResult::Amount { value, limit }, _)) => Ok((value, limit)),
            Ok((LabResult::Finding(_), _)) => Err("finding"),
            Err(doubt) => Err(doubt.code),
        }
    }

    #[test]
    fn the_unit_in_the_cell_goes_before_the_header() {
        assert_eq!(
            amount(LabTest::Crp, "0.3 mg/dl", Some("mg/L")),
            Ok((3.0, Limit::Exact))
        );
        assert_eq!(
            amount(LabTest::Crp, "<5", Some("mg/L")),
            Ok((5.0, Limit::Below))
        );
    }

    #[test]
    fn doubts_have_their_own_words() {
        assert_eq!(amount(LabTest::VitaminD, "75", None), Err("unit_missing"));
        assert_eq!(
            amount(LabTest::VitaminD, "75 mol", None),
            Err("unit_unknown")
        );
        assert_eq!(amount(LabTest::Ferritin, "-4", None), Err("out_of_range"));
        assert_eq!(
            amount(LabTest::TransferrinSaturation, "122 %", None),
            Err("out_of_range")
        );
        assert_eq!(amount(LabTest::Ferritin, "low", None), Err("not_a_number"));
    }

    #[test]
    fn findings_are_words() {
        let found = value(LabTest::Sibo, "Negativ", None, None).unwrap();
        assert_eq!(found.0, LabResult::Finding(Finding::Negative));
        assert_eq!(
            value(LabTest::Sibo, "45 ppm", None, None).unwrap_err().code,
            "not_a_finding"
        );
    }
}

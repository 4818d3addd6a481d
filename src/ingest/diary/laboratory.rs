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

/// The result that a cell names, and the unit that was stated beside it where the cell has none. `name` is what the
/// wearer calls the test.
pub fn value(
    test: LabTest,
    name: &str,
    cell: &str,
    stated: Option<&str>,
    mark: Option<DecimalMark>,
) -> Result<(LabResult, Option<String>), Doubt> {
    if test.unit().is_none() {
        return match finding(cell) {
            Some(finding) => Ok((LabResult::Finding(finding), None)),
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
    let limit = found.limit;
    let stated = stated.filter(|_| found.rest.is_empty());
    Ok((
        LabResult::Amount { value, limit },
        stated.map(unit::canonical),
    ))
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
        match value(test, test.name(), cell, unit, Some(DecimalMark::Point)) {
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
        let value = |cell| value(LabTest::Sibo, "Atemtest", cell, None, None);
        assert_eq!(
            value("Negativ"),
            Ok((LabResult::Finding(Finding::Negative), None))
        );
        assert_eq!(value("45 ppm").unwrap_err().code, "not_a_finding");
    }

    #[test]
    fn the_unit_beside_the_cell_is_kept_where_the_cell_has_none() {
        let stated = |cell| {
            let mark = Some(DecimalMark::Point);
            value(LabTest::VitaminD, "25-OH-D", cell, Some("nmol/L"), mark).map(|(_, unit)| unit)
        };
        assert_eq!(stated("75"), Ok(Some("nmol/l".to_owned())));
        assert_eq!(stated("30 ng/mL"), Ok(None));
    }
}

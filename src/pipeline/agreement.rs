//! A study beside a second measurement of the same nights: bias and limits of agreement.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use crate::error::{Error, Kind};
use crate::lab::evaluate::{Agreement, Bootstrap};
use crate::output::rows::{
    AgreementLimitsRow, AgreementRow, Cell, NightRow, Row, StudyRows, settle,
};
use crate::output::tables;

/// The measure that is compared when none is named.
pub const MEASURE: &str = "plm_per_h";

/// Fills the rows of agreement: nights of both, matched by date, by identifier where there is none. The difference is the
/// study's value less the reference's.
///
/// # Errors
/// When the reference cannot be read, the measure is no number of nights, or no night is in both.
pub fn fill(rows: &mut StudyRows, reference: &Path, measure: &str) -> Result<(), Error> {
    let at = NightRow::COLUMNS
        .iter()
        .position(|column| column.name == measure && is_number(column.kind))
        .ok_or_else(|| {
            Error::new(
                Kind::Usage,
                "plot",
                format!("--measure {measure:?} is no column of nights that holds numbers; GLOSSARY.md lists them."),
            )
        })?;
    let others = nights(reference)?;
    let value = |night: &NightRow| match night.cell(at) {
        Cell::Number(value) => Some(value),
        Cell::Integer(value) => Some(value as f64),
        _ => None,
    };
    let mut found = Vec::new();
    for night in &rows.nights {
        let same = |other: &&NightRow| match (night.date, other.date) {
            (Some(date), Some(other)) => date == other,
            _ => night.night == other.night,
        };
        let Some(other) = others.iter().find(same) else {
            continue;
        };
        if let (Some(measured), Some(reference)) = (value(night), value(other)) {
            found.push(AgreementRow {
                night: night.night.clone(),
                measure: measure.to_owned(),
                reference,
                measured,
                mean: (reference + measured) / 2.0,
                difference: measured - reference,
            });
        }
    }
    if found.is_empty() {
        return Err(Error::new(
            Kind::BadData,
            "plot",
            "no night is in both: nights are matched by their date, and by the column night where they have none.",
        )
        .with_code("no_common_night")
        .in_file(reference.display().to_string()));
    }
    rows.agreement_limits = limits(&found, measure).into_iter().collect();
    rows.agreement = found;
    settle(&mut rows.agreement);
    settle(&mut rows.agreement_limits);
    Ok(())
}

fn is_number(kind: crate::output::rows::Kind) -> bool {
    matches!(
        kind,
        crate::output::rows::Kind::Number | crate::output::rows::Kind::Integer
    )
}

fn limits(rows: &[AgreementRow], measure: &str) -> Option<AgreementLimitsRow> {
    let pairs: Vec<(f64, f64)> = rows
        .iter()
        .map(|row| (row.reference, row.measured))
        .collect();
    let found = Agreement::of(&pairs, &Bootstrap::default())?;
    let around = |limit: Option<f64>| {
        let half = half_width_of_a_limit(found.limits.upper? - found.limits.bias, pairs.len())?;
        Some((limit? - half, limit? + half))
    };
    let (lower, upper) = (around(found.limits.lower), around(found.limits.upper));
    Some(AgreementLimitsRow {
        measure: measure.to_owned(),
        n: u32::try_from(found.n).unwrap_or(u32::MAX),
        bias: found.limits.bias,
        bias_low: found.bias_interval.map(|interval| interval.low),
        bias_high: found.bias_interval.map(|interval| interval.high),
        lower: found.limits.lower,
        lower_low: lower.map(|(low, _)| low),
        lower_high: lower.map(|(_, high)| high),
        upper: found.limits.upper,
        upper_low: upper.map(|(low, _)| low),
        upper_high: upper.map(|(_, high)| high),
    })
}

/// Half the 95 % interval of a limit: its standard error is about the root of 3/n standard deviations of the differences
/// (Bland & Altman 1986, Lancet 327:307-310). `reach` is 1.96 of these.
fn half_width_of_a_limit(reach: f64, n: usize) -> Option<f64> {
    (n > 2).then(|| reach * (3.0 / n as f64).sqrt())
}

/// The nights of a study's folder, or of a table of nights.
fn nights(reference: &Path) -> Result<Vec<NightRow>, Error> {
    let table = if reference.is_dir() {
        reference.join("nights.csv")
    } else {
        reference.to_owned()
    };
    let file = File::open(&table).map_err(|source| Error::io("read", &table, source))?;
    tables::read_csv(BufReader::new(file)).map_err(|error| {
        Error::new(Kind::BadData, "read", format!("{error}."))
            .with_code("damaged_table")
            .in_file(table.display().to_string())
            .caused_by(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_known_less_well_than_the_bias() {
        // Bland & Altman 1986, table 3: 17 pairs of peak flow, SD 38.8 l/min: the standard error of a limit is
        // sqrt(3 * 38.8^2 / 17) = 16.3; with z = 1.96 in place of their t = 2.12 half the interval is 31.95.
        let half = half_width_of_a_limit(1.96 * 38.8, 17).unwrap();
        assert!((half - 1.96 * 16.3).abs() < 0.05, "{half}");
        assert_eq!(half_width_of_a_limit(1.0, 2), None);
    }
}

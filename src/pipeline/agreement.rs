//! A study beside a second measurement of the same nights: bias and limits of agreement.

use std::path::Path;

use super::listed::list_error;
use crate::error::{Error, Kind};
use crate::ingest::lists::{ListedFigure, open_figures};
use crate::lab::evaluate::{Agreement, Bootstrap};
use crate::output::rows::{
    AgreementRow, Cell, Kind as CellKind, NightRow, PersonRow, Row, StudyRows, settle,
};

/// The measure that is compared when none is named.
pub const MEASURE: &str = "plm_per_h";

/// Fills the rows of agreement: nights of both, matched by date, by identifier where there is none; of several people by
/// person and date, by identifier where nobody says whose they are. The difference is the study's value less the
/// reference's.
///
/// # Errors
/// When the reference cannot be read, the measure is no number of nights, or no night is in both.
pub fn fill(rows: &mut StudyRows, reference: &Path, measure: &str) -> Result<(), Error> {
    let at = NightRow::COLUMNS
        .iter()
        .position(|column| column.name == measure && matches!(column.kind, CellKind::Number | CellKind::Integer))
        .ok_or_else(|| {
            Error::new(
                Kind::Usage,
                "plot",
                format!("--measure {measure:?} is no column of nights that holds numbers; GLOSSARY.md lists them."),
            )
        })?;
    let others = figures(reference, measure)?;
    let value = |night: &NightRow| match night.cell(at) {
        Cell::Number(value) => Some(value),
        Cell::Integer(value) => Some(value as f64),
        _ => None,
    };
    let several = !PersonRow::several(&rows.nights).is_empty() || are_of_several(&others);
    let mut found = Vec::new();
    for night in &rows.nights {
        let same = |other: &&ListedFigure| match (night.date, other.date) {
            (Some(date), Some(of_other))
                if !several || night.person.is_some() && other.person.is_some() =>
            {
                date == of_other && (!several || night.person == other.person)
            }
            _ => night.night == other.night,
        };
        let Some(other) = others.iter().find(same) else {
            continue;
        };
        if let (Some(measured), Some(reference)) = (value(night), other.value) {
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
            "no night is in both: nights are matched by their date (of several people by person and date), and by the column night where \
             they have none.",
        )
        .with_code("no_common_night")
        .in_file(reference.display().to_string()));
    }
    let pairs: Vec<(f64, f64)> = found
        .iter()
        .map(|row| (row.reference, row.measured))
        .collect();
    rows.agreement_limits = Agreement::of(&pairs, &Bootstrap::default())
        .map(|of| super::rows::agreement_limits_row(&of, measure))
        .into_iter()
        .collect();
    rows.agreement = found;
    settle(&mut rows.agreement);
    settle(&mut rows.agreement_limits);
    Ok(())
}

/// The figures of a study's folder, or of a table of nights.
fn figures(reference: &Path, measure: &str) -> Result<Vec<ListedFigure>, Error> {
    let table = match reference.is_dir() {
        true => reference.join("nights.csv"),
        false => reference.to_owned(),
    };
    open_figures(&table, measure).map_err(list_error)
}

fn are_of_several(figures: &[ListedFigure]) -> bool {
    let mut people = figures.iter().filter_map(|figure| figure.person.as_ref());
    let first = people.next();
    people.any(|person| Some(person) != first)
}

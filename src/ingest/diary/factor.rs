//! Factor cells: a number in the column's unit, yes or no, or words.

use super::column::{Column, Role};
use super::remark::{Doubt, Weight};
use super::row::RowReader;
use super::table::Row;
use super::unit;
use crate::ingest::written::clock;
use crate::ingest::written::number::{self, NumberDoubt};
use crate::model::diary::{DiaryEntry, Factor, FactorKind, FactorValue};

/// A cell of a factor column.
pub struct Cell<'a> {
    /// Its row.
    pub row: &'a Row,
    /// Its column.
    pub column: &'a Column,
    /// What it says.
    pub text: &'a str,
}

const YES: [&str; 11] = [
    "yes", "y", "true", "x", "✓", "✔", "ja", "j", "wahr", "oui", "si",
];
const NO: [&str; 7] = ["no", "n", "false", "nein", "falsch", "none", "keine"];

/// Whether a cell in lower case says yes.
pub fn is_yes(lower: &str) -> bool {
    YES.contains(&lower)
}

/// Whether a cell in lower case says no.
pub fn is_no(lower: &str) -> bool {
    NO.contains(&lower)
}

/// The factors of a header, and which of them each column is.
pub fn factors(columns: &[Column]) -> (Vec<Factor>, Vec<Option<usize>>) {
    let mut factors = Vec::new();
    let factor_of = columns
        .iter()
        .map(|column| {
            let Role::Factor(kind) = column.role else {
                return None;
            };
            factors.push(Factor {
                kind,
                name: column.name.clone(),
                unit: match kind {
                    FactorKind::Exercise => Some("min".to_owned()),
                    _ => column.unit.clone(),
                },
            });
            Some(factors.len() - 1)
        })
        .collect();
    (factors, factor_of)
}

/// Puts a cell into its row.
pub fn place(reader: &mut RowReader, cell: &Cell, factor: usize, entry: &mut DiaryEntry) {
    match value(reader, cell, factor) {
        Ok(value) => entry.factors.push((factor, value)),
        Err(doubt) => reader.refuse(cell.row, cell.column, cell.text, doubt),
    }
}

fn value(reader: &mut RowReader, cell: &Cell, factor: usize) -> Result<FactorValue, Doubt> {
    let text = cell.text;
    let lower = text.to_lowercase();
    if is_yes(&lower) {
        return Ok(FactorValue::Present(true));
    }
    if is_no(&lower) {
        return Ok(FactorValue::Present(false));
    }
    let kind = reader.diary.factors.get(factor).map(|factor| factor.kind);
    if kind == Some(FactorKind::Exercise) {
        let hours = cell.column.unit.as_deref().is_some_and(|unit| {
            ["h", "hours", "stunden", "std"].contains(&unit.trim().to_lowercase().as_str())
        });
        if let Some(minutes) = clock::minutes(text, reader.mark, if hours { 60.0 } else { 1.0 }) {
            return not_below_zero(minutes);
        }
    }
    match number::measured(text, reader.mark) {
        Ok(found) if found.rest.is_empty() => match kind {
            // A column of the wearer's own may well run below zero.
            Some(FactorKind::Other) => Ok(FactorValue::Amount(found.value)),
            _ => not_below_zero(found.value),
        },
        Ok(found) if is_a_unit(found.rest) => {
            let rest = found.rest.to_owned();
            let amount = found.value;
            let Some(known) = reader.diary.factors.get_mut(factor) else {
                return Ok(FactorValue::Words(text.to_owned()));
            };
            match &known.unit {
                None => known.unit = Some(rest),
                Some(unit) if same_unit(unit, &rest) => {}
                Some(unit) => {
                    return Err(Doubt::error(
                        "unit_differs",
                        &format!("other cells of this column are in {unit}"),
                        "Write the whole column in one unit",
                    ));
                }
            }
            Ok(FactorValue::Amount(amount))
        }
        Ok(_) | Err(NumberDoubt::NotANumber) => Ok(FactorValue::Words(text.to_owned())),
        Err(NumberDoubt::GroupOrDecimals) => Err(Doubt::group_or_decimals(text)),
    }
}

fn not_below_zero(amount: f64) -> Result<FactorValue, Doubt> {
    if amount < 0.0 {
        return Err(Doubt::new(
            Weight::Error,
            "out_of_range",
            "this cannot be below zero",
            "Write how much it was, or 0 for none",
        ));
    }
    Ok(FactorValue::Amount(amount))
}

/// One word of letters behind a number is its unit; more words are a sentence.
fn is_a_unit(rest: &str) -> bool {
    rest.split_whitespace().count() == 1
        && rest
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '/' | '%' | '.' | '°'))
}

/// Whether two spellings are one unit, also one cup and two cups.
fn same_unit(a: &str, b: &str) -> bool {
    let stem = |text: &str| {
        unit::canonical(text)
            .trim_end_matches(['s', 'n', '.'])
            .to_owned()
    };
    stem(a) == stem(b)
}

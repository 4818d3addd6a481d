//! What is missing from a diary as a whole: rows, a rating, values that can be compared.

use super::on_cell;
use crate::ingest::diary::DiaryReading;
use crate::ingest::diary::column::Role;
use crate::ingest::diary::remark::{Doubt, Remark, Weight};
use crate::model::diary::FactorWords;

/// A header without rows below it.
pub fn no_rows(reading: &DiaryReading) -> Option<Remark> {
    reading.rows.is_empty().then(|| {
        Remark::on_diary(
            Weight::Note,
            "no_rows",
            "the diary has a header and no rows yet".to_owned(),
            "Write one row a night below it".to_owned(),
        )
    })
}

/// Rows, and none of them with a column that says how bad a night was.
pub fn no_rating(reading: &DiaryReading) -> Option<Remark> {
    let has_rating = reading
        .columns
        .iter()
        .any(|column| matches!(column.role, Role::Rating(_)));
    (!reading.rows.is_empty() && !has_rating).then(|| {
        Remark::on_diary(
            Weight::Note,
            "no_rating",
            "no column says how bad the nights were, so nothing can be set against them".to_owned(),
            "Call the column that does \"severity\" (0 to 10), or \"irls\" (0 to 40)".to_owned(),
        )
    })
}

/// Columns of words that make no two kinds of night: they are drawn, but not compared.
pub fn words_not_compared(reading: &DiaryReading) -> Vec<Remark> {
    let columns = reading
        .columns
        .iter()
        .filter(|column| matches!(column.role, Role::Factor(_)));
    columns
        .zip(reading.diary.factor_words())
        .filter_map(|(column, words)| {
            let (message, fix) = match words {
                FactorWords::None | FactorWords::Two(_) => return None,
                FactorWords::One(word) => (
                    format!("\"{word}\" is the only word of the column, so nights cannot be compared by it"),
                    "Write no where it was not so",
                ),
                FactorWords::Many(n) => (
                    format!("the column has {n} different words, so it is drawn, and nights are not compared by it"),
                    "Two words, yes and no, or numbers can be compared",
                ),
                FactorWords::BesideNumbers(n) => (
                    format!("{n} cells of the column are words beside numbers or yes and no; they are drawn, and not compared"),
                    "Write numbers alone, or yes and no alone",
                ),
            };
            let doubt = Doubt::new(Weight::Note, "words_not_compared", &message, fix);
            let mut remark = on_cell(reading, reading.header_line, Some(column), doubt);
            remark.seen = String::new();
            Some(remark)
        })
        .collect()
}

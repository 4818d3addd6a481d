//! What is settled over all cells of a diary: the decimal mark, and the order of day and month.

use super::column::{Column, Role};
use super::table::Table;
use super::{DiaryError, DiaryOptions, Remark, Weight, medicine, remark};
use crate::ingest::written::clock;
use crate::ingest::written::date::{self, DateOrder, DateShape, Order};
use crate::ingest::written::number::{self, DecimalMark};
use crate::model::diary::FactorKind;
use crate::model::recording::Decision;

/// The mark on which the cells of all columns that hold numbers agree.
pub fn decimal_mark(
    table: &Table,
    columns: &[Column],
    options: &DiaryOptions,
    decisions: &mut Vec<Decision>,
) -> Option<DecimalMark> {
    if let Some(mark) = options.decimal {
        decisions.push(Decision::new("decimal", mark.sign().to_string(), "given"));
        return Some(mark);
    }
    let number_cells = table.rows.iter().flat_map(|row| {
        columns
            .iter()
            .zip(&row.cells)
            .flat_map(|(column, cell)| match column.role {
                Role::Rating(_) | Role::Lab(_) | Role::OneRemedy(_) => vec![cell.as_str()],
                Role::Remedies(_) | Role::RemedyPart(..) => medicine::numbers(cell),
                // 12.30 in a column of the wearer's own may be a time.
                Role::Factor(FactorKind::Other) if clock::time_of_day(cell).is_some() => Vec::new(),
                Role::Factor(_) => vec![cell.as_str()],
                _ => Vec::new(),
            })
    });
    let mark = number::settle(number_cells);
    if let Some(mark) = mark {
        decisions.push(Decision::new(
            "decimal",
            mark.sign().to_string(),
            "all numbers that can be read one way only",
        ));
    }
    mark
}

/// The order of day and month, settled over all cells with a date.
pub fn date_order(
    table: &Table,
    columns: &[Column],
    options: &DiaryOptions,
    decisions: &mut Vec<Decision>,
    remarks: &mut Vec<Remark>,
) -> Result<DateOrder, DiaryError> {
    let mut shapes: Vec<DateShape> = Vec::new();
    let mut places: Vec<(u64, usize)> = Vec::new();
    for row in &table.rows {
        for (column, cell) in columns.iter().zip(&row.cells) {
            let shape = match column.role {
                Role::Date(_) | Role::LabDate(_) => date::parse(cell),
                Role::LightsOut | Role::LightsOn => clock::parse(cell).and_then(|cell| cell.date),
                _ => None,
            };
            if let Some(shape) = shape {
                shapes.push(shape);
                places.push((row.line, column.number));
            }
        }
    }
    if let Some(order) = options.date_order {
        decisions.push(Decision::new("date order", order.name(), "given"));
        return Ok(order);
    }
    let text = |at: usize| -> (u64, usize, String) {
        let (line, number) = places.get(at).copied().unwrap_or((0, 1));
        let seen = table
            .rows
            .iter()
            .find(|row| row.line == line)
            .and_then(|row| row.cells.get(number - 1))
            .cloned()
            .unwrap_or_default();
        (line, number, seen)
    };
    match date::settle(&shapes, &options.nights) {
        Order::NotNeeded => Ok(DateOrder::DayFirst),
        Order::Proven(order, at) => {
            let (line, _, seen) = text(at);
            decisions.push(Decision::new(
                "date order",
                order.name(),
                format!("line {line} says {}", remark::shown(&seen)),
            ));
            Ok(order)
        }
        Order::ByNights(order, nights) => {
            let because = format!("only so do rows fall on recorded nights ({nights} of them)");
            let other = match order {
                DateOrder::DayFirst => DateOrder::MonthFirst,
                DateOrder::MonthFirst => DateOrder::DayFirst,
            };
            let twofold = shapes
                .iter()
                .position(|shape| shape.under(order) != shape.under(other));
            let read = twofold.and_then(|at| Some((text(at).2, shapes.get(at)?.under(order)?)));
            if let Some((seen, date)) = read {
                remarks.push(Remark::on_diary(
                    Weight::Note,
                    "date_order",
                    format!("\"{}\" was read as {date}: {because}", remark::shown(&seen)),
                    format!("If that is wrong, add --date-order {}", other.name()),
                ));
            }
            decisions.push(Decision::new("date order", order.name(), because));
            Ok(order)
        }
        Order::Ambiguous(at) => {
            let (line, number, seen) = text(at);
            Err(DiaryError::AmbiguousDateOrder {
                line,
                column: number,
                header: columns
                    .get(number - 1)
                    .map(|column| column.header.clone())
                    .unwrap_or_default(),
                seen,
            })
        }
        Order::Contradiction(day, month) => {
            let (day_line, _, day_seen) = text(day);
            let (month_line, _, month_seen) = text(month);
            Err(DiaryError::ContradictoryDateOrder {
                day_first: (day_line, day_seen),
                month_first: (month_line, month_seen),
            })
        }
    }
}

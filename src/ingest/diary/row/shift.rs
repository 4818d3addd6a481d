//! Rows whose cells do not stand under their own headers: an unquoted `0,25` or `late, long day` makes two cells of one and
//! moves all behind it. Nothing from where it may have happened is taken: a dose of 0.25 mg would become one of 0.

use super::is_missing;
use crate::ingest::diary::column::{Column, Part, Role};
use crate::ingest::diary::factor;
use crate::ingest::diary::medicine;
use crate::ingest::diary::remark::Doubt;
use crate::ingest::diary::table::Row;
use crate::model::diary::FactorKind;

/// Where a row ceases to be sure.
pub struct Shift {
    /// Index of the first cell that is not.
    pub from: usize,
    /// Index of the cell that probably was cut.
    pub cut: usize,
    /// What that cell was.
    pub seen: String,
    /// Whether that is a number with its decimals cut off.
    is_number: bool,
}

/// The shift of a row, where it has one: it has more cells than the header, or a dose was cut at its comma.
pub fn find(row: &Row, columns: &[Column], delimiter: char) -> Option<Shift> {
    let is_longer = row
        .cells
        .iter()
        .skip(columns.len())
        .any(|cell| !is_missing(cell));
    let cut = (0..columns.len()).find(|at| {
        delimiter == ','
            && if is_longer {
                is_cut_number(row, *at)
            } else {
                is_cut_dose(row, columns, *at)
            }
    });
    if !is_longer {
        return cut.map(|at| Shift::at(at, at, row, columns, delimiter, true));
    }
    let text = columns
        .iter()
        .zip(&row.cells)
        .position(|(column, cell)| takes_text(&column.role) && is_text(cell));
    // Of several places the first is where sureness ends; a cut number is the likelier one to name.
    let seen = cut.or(text).unwrap_or(columns.len());
    let from = seen.min(text.unwrap_or(seen));
    Some(Shift::at(
        from,
        seen,
        row,
        columns,
        delimiter,
        cut.is_some(),
    ))
}

impl Shift {
    fn at(
        mut from: usize,
        seen: usize,
        row: &Row,
        columns: &[Column],
        delimiter: char,
        is_number: bool,
    ) -> Self {
        let behind = |role: fn(&Role) -> bool, from: usize| {
            columns.iter().skip(from).any(|column| role(&column.role))
        };
        // A laboratory value whose date or unit is not sure is not sure either.
        if behind(
            |role| matches!(role, Role::LabDate(_) | Role::LabUnit(_)),
            from,
        ) && let Some(first) = columns
            .iter()
            .position(|column| matches!(column.role, Role::Lab(_)))
        {
            from = from.min(first);
        }
        // Nor is anything in a row whose date is not.
        let is_dated = columns
            .iter()
            .zip(&row.cells)
            .take(from)
            .any(|(column, cell)| matches!(column.role, Role::Date(_)) && !is_missing(cell));
        let end = (seen + 2).min(row.cells.len());
        Self {
            from: if is_dated { from } else { 0 },
            cut: seen,
            seen: row.cells[seen..end].join(&delimiter.to_string()),
            is_number,
        }
    }

    /// What happened, and what to type.
    pub fn doubt(&self, row: &Row, columns: &[Column], delimiter: char) -> Doubt {
        let until = columns.get(self.from).map_or_else(
            || "the cells beyond it were not taken".to_owned(),
            |column| format!("nothing from \"{}\" on was taken", column.header),
        );
        let (has, header) = (row.cells.len(), columns.len());
        let message = if has > header {
            format!("the row has {has} cells and the header {header}: {until}")
        } else {
            format!("a number looks cut in two at its comma: {until}")
        };
        let quoted = format!("\"{}\"", self.seen);
        let fix = if self.is_number {
            format!(
                "Put it in quotation marks, as {quoted}, or write a point: {}",
                self.seen.replacen(',', ".", 1)
            )
        } else {
            let sign = match delimiter {
                '\t' => "tab".to_owned(),
                sign => sign.to_string(),
            };
            format!("Put a cell that holds a {sign} in quotation marks, as {quoted}")
        };
        Doubt::error("beyond_header", &message, &fix)
    }
}

/// Whether the cell and the next could be a number cut at its comma: `0` and `25 mg`.
fn is_cut_number(row: &Row, at: usize) -> bool {
    let pair = row.cells.get(at).zip(row.cells.get(at + 1));
    pair.is_some_and(|(left, right)| ends_whole(left).is_some() && decimals(right).is_some())
}

/// Whether a list of medicines ends in a bare number and decimals with a unit follow, where no amount can stand; or where
/// one can, but the medicine would be one of which nothing was taken.
fn is_cut_dose(row: &Row, columns: &[Column], at: usize) -> bool {
    let (Some(left), Some(right)) = (row.cells.get(at), row.cells.get(at + 1)) else {
        return false;
    };
    let is_list = columns
        .get(at)
        .is_some_and(|column| matches!(column.role, Role::Remedies(_)));
    let takes_amounts = columns.get(at + 1).is_some_and(|column| {
        matches!(
            column.role,
            Role::Factor(_) | Role::OneRemedy(_) | Role::Lab(_) | Role::RemedyPart(Part::Dose, _)
        )
    });
    let has_unit = decimals(right).is_some_and(|rest| {
        rest.split_whitespace()
            .next()
            .is_some_and(|word| medicine::unit(word.trim_end_matches([';', ','])).is_some())
    });
    let whole = ends_whole(left).filter(|whole| *whole != left);
    is_list && has_unit && whole.is_some_and(|whole| whole == "0" || !takes_amounts)
}

/// The bare number at the end of a cell.
fn ends_whole(cell: &str) -> Option<&str> {
    let last = cell.split_whitespace().next_back()?;
    let digits = last.trim_start_matches(['<', '>', '+', '-', '−', '~']);
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(last)
}

/// What stands behind the digits that a cell begins with; `None` where they are no decimals but a date or a time.
fn decimals(cell: &str) -> Option<&str> {
    let rest = cell.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = rest.len() < cell.len() && !rest.starts_with([':', '-', '.', ',']);
    is_number.then_some(rest)
}

/// Whether a cell of that role may hold text, and so a delimiter.
fn takes_text(role: &Role) -> bool {
    matches!(
        role,
        Role::Remedies(_)
            | Role::RemedyPart(Part::Name, _)
            | Role::Tags
            | Role::Events
            | Role::Notes
            | Role::Factor(FactorKind::Other | FactorKind::Gut | FactorKind::Cycle)
    )
}

fn is_text(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    cell.chars().any(char::is_alphabetic) && !factor::is_yes(&lower) && !factor::is_no(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::diary::column;

    fn found(header: &str, row: &str, delimiter: char) -> Option<(usize, String)> {
        let cells = |line: &str| -> Vec<String> {
            line.split(delimiter)
                .map(|cell| cell.trim().to_owned())
                .collect()
        };
        let row = Row {
            line: 2,
            lines: 1,
            cells: cells(row),
        };
        find(&row, &column::columns(&cells(header)), delimiter)
            .map(|shift| (shift.from, shift.seen))
    }

    #[test]
    fn a_row_ends_where_a_comma_may_have_cut_it() {
        for (header, row, from, seen) in [
            (
                "date,severity,medicines",
                "2024-05-14,5,pramipexol 0,25 mg",
                2,
                "pramipexol 0,25 mg",
            ),
            // The rating itself may be the one that was cut.
            ("date,severity,caffeine", "2024-05-14,6,5,160", 1, "6,5"),
            // Dates and times have digits at both ends and are no halves of a number.
            (
                "date,lights out,lights on,severity,notes",
                "2024-05-14,23:10,06:45,4,late, long",
                4,
                "late,long",
            ),
            // Text before the number may have been cut as well.
            (
                "date,weather,severity,notes",
                "2024-05-14,rain,4,5,slept",
                1,
                "4,5",
            ),
            // A date of the sample, behind the cut, is that of the value before it.
            (
                "date,crp,notes,lab date",
                "2024-05-14,3 mg/L,a, b,2024-05-13",
                1,
                "a,b",
            ),
            // The date is behind the cut.
            ("notes,date,severity", "a, b,2024-05-14,4", 0, "a,b"),
        ] {
            assert_eq!(
                found(header, row, ','),
                Some((from, seen.to_owned())),
                "{row}"
            );
        }
        let row = "2024-05-14;5;iron 100 mg; zinc 10 mg";
        assert_eq!(
            found("date;severity;supplements", row, ';'),
            Some((2, "iron 100 mg;zinc 10 mg".to_owned()))
        );
    }

    #[test]
    fn a_cut_dose_is_seen_where_the_row_is_no_longer_than_the_header() {
        let header = "date,medicines,tags,severity";
        assert_eq!(
            found(header, "2024-05-14,pramipexol 0,18 mg", ','),
            Some((1, "pramipexol 0,18 mg".to_owned()))
        );
        assert_eq!(
            found(
                "date,medicines,caffeine",
                "2024-05-14,gabapentin 300,160 mg",
                ','
            ),
            None
        );
        assert_eq!(
            found(
                "date,medicines,caffeine",
                "2024-05-14,pramipexol 0,18 mg",
                ','
            ),
            Some((1, "pramipexol 0,18 mg".to_owned()))
        );
    }

    #[test]
    fn empty_cells_beyond_the_header_move_nothing() {
        assert_eq!(found("date,severity", "2024-05-14,5,,", ','), None);
        assert_eq!(found("date;severity", "2024-05-14;4,5", ';'), None);
    }
}

//! Day or month first? Crossing midnight tells: 03/04 is followed by 04/04 where the day stands first, by 03/05 where
//! the month does.

use crate::ingest::container::Stream;
use crate::ingest::error::ReadResult;
use crate::ingest::table::cells::split;
use crate::ingest::table::chunks::{Chunks, n_lines};
use crate::ingest::table::dialect::Delimiter;

use super::civil_guess::{Guess, guess};
use super::format::DateOrder;

const DAY_NS: i64 = 86_400_000_000_000;

/// Reads dates until two neighbours settle the order; `None` when no midnight is crossed.
pub(in crate::ingest) fn order(
    head: &[u8],
    rest: Option<Stream>,
    delimiter: Delimiter,
    column: usize,
) -> ReadResult<Option<DateOrder>> {
    let mut chunks = Chunks::new(head.to_vec(), rest);
    let mut chunk = Vec::new();
    let mut lines = 0;
    let mut before: Vec<u8> = Vec::new();
    while chunks
        .next(&mut chunk)
        .map_err(|error| error.further_down(lines))?
    {
        lines += n_lines(&chunk);
        let mut cells = Vec::new();
        for line in chunk.split(|b| *b == b'\n') {
            if before.len() >= 6 && column == 0 && line.starts_with(&before) {
                continue;
            }
            split(line, delimiter, &mut cells);
            let Some(cell) = cells.get(column).map(|cell| cell.bytes) else {
                continue;
            };
            let date = date_part(cell);
            if date.len() < 6 || date == before.as_slice() {
                continue;
            }
            if let Some(order) = settled(&before, date) {
                return Ok(Some(order));
            }
            before = date.to_vec();
        }
    }
    Ok(None)
}

/// The digits and marks of the date, up to the blank or `T` before the clock.
fn date_part(cell: &[u8]) -> &[u8] {
    let end = cell
        .iter()
        .position(|b| matches!(b, b' ' | b'T' | b'_'))
        .unwrap_or(cell.len());
    &cell[..end]
}

/// The order in which the second date is the day after the first, or in which alone both are dates.
fn settled(before: &[u8], after: &[u8]) -> Option<DateOrder> {
    let day = |date: &[u8], order: DateOrder| {
        // a year of two digits is one only where a time of day follows
        let whole = [date, b" 00:00:00"].concat();
        match guess(&whole, Some(order)) {
            Some(Guess::Clear(format)) => format.parse(&whole).map(|civil| civil.ns),
            _ => None,
        }
    };
    let next = |order: DateOrder| {
        Some(day(after, order)?.checked_sub(day(before, order)?) == Some(DAY_NS))
    };
    let two_digits = |date: &[u8]| {
        let mut groups = date.split(|b| !b.is_ascii_digit());
        groups.all(|digits| digits.len() <= 2)
    };
    if two_digits(after) && (before.is_empty() || two_digits(before)) {
        let orders = [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy];
        let mut goes_on = orders
            .into_iter()
            .filter(|order| next(*order) == Some(true));
        return match (goes_on.next(), goes_on.next()) {
            (order, None) => order,
            _ => None,
        };
    }
    match (next(DateOrder::Dmy), next(DateOrder::Mdy)) {
        (Some(true), Some(false)) => Some(DateOrder::Dmy),
        (Some(false), Some(true)) => Some(DateOrder::Mdy),
        (Some(_), None) => Some(DateOrder::Dmy),
        (None, Some(_)) => Some(DateOrder::Mdy),
        _ => {
            // a first date alone, with a day above twelve
            match (day(after, DateOrder::Dmy), day(after, DateOrder::Mdy)) {
                (Some(_), None) => Some(DateOrder::Dmy),
                (None, Some(_)) => Some(DateOrder::Mdy),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(dates: &[&str]) -> Option<DateOrder> {
        let text: String = dates
            .iter()
            .map(|date| format!("{date} 10:00:00,1,2,3\n"))
            .collect();
        order(text.as_bytes(), None, Delimiter::Byte(b','), 0).unwrap()
    }

    #[test]
    fn the_day_is_what_goes_up_by_one() {
        assert_eq!(
            found(&["03/04/2024", "03/04/2024", "04/04/2024"]),
            Some(DateOrder::Dmy)
        );
        assert_eq!(found(&["03/04/2024", "03/05/2024"]), Some(DateOrder::Mdy));
        assert_eq!(found(&["30/04/2024", "01/05/2024"]), Some(DateOrder::Dmy));
        assert_eq!(found(&["12.11.2024", "13.11.2024"]), Some(DateOrder::Dmy));
        assert_eq!(found(&["03/04/2024", "03/04/2024"]), None);
        // years of two digits, first or last
        assert_eq!(found(&["24-10-11", "24-10-12"]), Some(DateOrder::Ymd));
        assert_eq!(found(&["24/10/11", "25/10/11"]), Some(DateOrder::Dmy));
        assert_eq!(found(&["11/10/24", "12/10/24"]), Some(DateOrder::Dmy));
        assert_eq!(found(&["10/11/24", "10/12/24"]), Some(DateOrder::Mdy));
        assert_eq!(found(&["24-12-31", "25-01-01"]), Some(DateOrder::Ymd));
        assert_eq!(found(&["24-10-11", "24-10-11"]), None);
        // a hole of a month could be either
        assert_eq!(found(&["03/04/2024", "05/06/2024"]), None);
    }
}

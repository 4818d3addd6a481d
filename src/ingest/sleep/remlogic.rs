//! RemLogic (Embla) event exports, and Dreem's hypnograms, which imitate them: a preamble with the date, then a table whose
//! `SLEEP-S0` to `SLEEP-S4` and `SLEEP-REM` are stages among other events. The stage column names what was going on at
//! any event and is not used. Times are times of day after the recording date, or whole stamps.

use super::error::SleepErrorKind;
use super::export::SleepExport;
use super::night_clock::{NightClock, time_of_day};
use super::stage_list::{Others, StageList, Zero};
use super::table::{Row, Rows};
use super::{Head, Source, stamp};
use crate::ingest::written::date::DateShape;

/// In the header over the times, in every language.
const CLOCK: &str = "[hh:mm:ss]";
const STAGE: &str = "SLEEP-";
/// No preamble is longer.
const LONGEST_PREAMBLE: usize = 2000;

/// Whether the head is that of such an export.
pub fn recognises(head: &Head) -> bool {
    head.text.contains(CLOCK) && head.text.contains(STAGE)
}

/// Where the table has its times and lengths.
struct Columns {
    time: usize,
    length: Option<usize>,
}

impl Columns {
    fn of(row: &Row) -> Option<Self> {
        let time = row.cells.iter().position(|cell| cell.contains(CLOCK))?;
        let length = row
            .cells
            .iter()
            .position(|cell| cell.ends_with("[s]") || cell.to_lowercase().starts_with("duration"));
        Some(Self { time, length })
    }
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let header = source.head.text.lines().find(|line| line.contains(CLOCK));
    let delimiter = match header {
        Some(line) if line.contains('\t') => b'\t',
        Some(line) if line.contains(';') => b';',
        _ => b',',
    };
    let mut rows = Rows::new(&mut *source.reader, delimiter);
    let mut day: Option<DateShape> = None;
    let mut columns = None;
    for _ in 0..LONGEST_PREAMBLE {
        let Some(row) = rows.next()? else { break };
        columns = Columns::of(&row);
        if columns.is_some() {
            break;
        }
        let cells: Vec<&str> = row.cells.iter().flat_map(|cell| cell.split(": ")).collect();
        if cells.len() > 1 && cells[0].to_lowercase().contains("date") {
            day = day.or_else(|| cells[1..].iter().find_map(|cell| stamp::date(cell)));
        }
    }
    let columns = columns.ok_or(SleepErrorKind::Empty)?;
    let mut list = StageList::new("sleep_remlogic", "scoring", Others::Damage);
    let mut clock = NightClock::default();
    let mut is_stamped = None;
    while let Some(row) = rows.next()? {
        let Some(word) = row
            .cells
            .iter()
            .rev()
            .find_map(|cell| cell.strip_prefix(STAGE))
        else {
            continue;
        };
        let time = row.cell(columns.time);
        let whole = stamp::parse(time);
        let is_stamped = *is_stamped.get_or_insert(whole.is_some());
        let start = match (whole, is_stamped) {
            (Some(whole), true) => Some(whole),
            (_, true) => None,
            (_, false) => time_of_day(time).map(|ns| clock.stamp(day, ns)),
        };
        let length = columns
            .length
            .and_then(|at| stamp::seconds(row.cell(at)))
            .filter(|ns| *ns > 0);
        match start {
            Some(start) => list.push(row.line, start, length, word)?,
            None => list.builder.bad(row.line, time)?,
        }
    }
    let zero = match (is_stamped, day) {
        (Some(false), None) => Zero::SomeMidnight,
        _ => Zero::Stamps,
    };
    list.finish(source.options.date_order, zero)
}

//! DOMINO (SOMNOmedics): `Sleep profile.txt`, a preamble with the signal, its start and its rate, then `23:00:00,000; Wake` a
//! line; later versions write the date into each. Its sister files (events, pulse, position) are refused as what they are.

use super::error::SleepErrorKind;
use super::export::SleepExport;
use super::night_clock::{NightClock, time_of_day};
use super::stage_list::{Others, StageList, Zero};
use super::stamp::Stamp;
use super::table::Rows;
use super::{Head, Source, stamp};
use crate::ingest::written::clock;
use crate::ingest::written::date::DateShape;

/// Whether the head is that of any of its text exports.
pub fn recognises(head: &Head) -> bool {
    head.text.trim_start().starts_with("Signal ID:") && head.text.contains("Signal Type:")
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let said = |name: &str| {
        let mut lines = source.head.text.lines();
        lines
            .find_map(|line| line.trim().strip_prefix(name))
            .map(str::trim)
    };
    let signal = said("Signal ID:").unwrap_or("").to_lowercase();
    if !(signal.contains("schlafprofil") || signal.contains("sleep profile")) {
        return Err(SleepErrorKind::WithoutTimes {
            what: "a text export of DOMINO other than the sleep profile",
            instead: "Take \"Sleep profile.txt\" of the same export",
        });
    }
    let day = said("Start Time:")
        .and_then(clock::parse)
        .and_then(|start| start.date);
    let epoch_ns = said("Rate:")
        .and_then(|rate| stamp::seconds(rate.strip_suffix('s')?.trim()))
        .filter(|ns| *ns > 0);
    let mut rows = Rows::new(&mut *source.reader, b';');
    let mut list = StageList::new("sleep_domino", "scoring", Others::Damage);
    let mut clock = NightClock::default();
    while let Some(row) = rows.next()? {
        if row.cells.len() < 2 {
            continue;
        }
        match start(row.cell(0), day, &mut clock) {
            Some(start) => list.push(row.line, start, epoch_ns, row.cell(1))?,
            None => list.builder.bad(row.line, row.cell(0))?,
        }
    }
    let zero = match day {
        None if !is_dated(source.head) => Zero::SomeMidnight,
        _ => Zero::Stamps,
    };
    list.finish(source.options.date_order, zero)
}

/// `23:00:00,000` on the day of the start, or `25.10.2024 23:00:00,000`.
fn start(cell: &str, day: Option<DateShape>, clock: &mut NightClock) -> Option<Stamp> {
    match cell.split_once(' ') {
        Some((date, time)) => {
            let (day, time_ns) = (stamp::date(date)?, time_of_day(time)?);
            Some(NightClock::default().stamp(Some(day), time_ns))
        }
        None => time_of_day(cell).map(|time_ns| clock.stamp(day, time_ns)),
    }
}

/// Whether the lines have dates of their own.
fn is_dated(head: &Head) -> bool {
    let mut cells = head.text.lines().filter_map(|line| line.split_once(';'));
    cells.any(|(stamp, _)| {
        stamp
            .trim()
            .split_once(' ')
            .is_some_and(|(date, _)| stamp::date(date).is_some())
    })
}

//! Tables of epochs with times of day and no date: Alice (`Epoch Number ,Start Time ,Sleep Stage`), Natus, and their like. Which
//! night it was says the recording.

use super::error::SleepErrorKind;
use super::export::SleepExport;
use super::night_clock::{NightClock, time_of_day};
use super::plain::{folded, is_end_name, is_stage_cell, is_stage_name};
use super::stage_list::{Others, StageList, Zero};
use super::table::{Row, Rows};
use super::{Head, Source};

/// Names of columns of times of day.
const TIMES: [&str; 9] = [
    "starttime",
    "start",
    "time",
    "clocktime",
    "clock",
    "epochtime",
    "epochstart",
    "uhrzeit",
    "zeit",
];
const NS_PER_DAY: i64 = 24 * 3600 * 1_000_000_000;
/// Rows that are looked at.
const LOOKED_AT: usize = 8;

/// Where the time, the stage, and perhaps the end stand.
fn columns(header: &Row) -> Option<(usize, usize, Option<usize>)> {
    let names: Vec<String> = header.cells.iter().map(|cell| folded(cell)).collect();
    let time = TIMES
        .iter()
        .find_map(|name| names.iter().position(|known| known == name))?;
    let stage = names.iter().position(|name| is_stage_name(name))?;
    let end = names.iter().position(|name| is_end_name(name));
    Some((time, stage, end))
}

/// Whether the header names a time and a stage, and the rows hold times of day.
pub fn recognises(head: &Head) -> bool {
    let mut bytes = head.text.as_bytes();
    let mut rows = Rows::new(&mut bytes, head.delimiter());
    let Some((time, stage, _)) = rows.next().ok().flatten().as_ref().and_then(columns) else {
        return false;
    };
    let mut n = 0;
    while n < LOOKED_AT
        && let Ok(Some(row)) = rows.next()
    {
        let is_time = row.cell(time).contains(':') && time_of_day(row.cell(time)).is_some();
        if !is_time || !is_stage_cell(row.cell(stage)) {
            return false;
        }
        n += 1;
    }
    n >= 3
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let delimiter = source.head.delimiter();
    let mut rows = Rows::new(&mut *source.reader, delimiter);
    let header = rows.next()?.ok_or(SleepErrorKind::Empty)?;
    let (time, stage, end) = columns(&header).ok_or(SleepErrorKind::Empty)?;
    let mut list = StageList::new("sleep_clock_table", "scoring", Others::Damage);
    let mut clock = NightClock::default();
    while let Some(row) = rows.next()? {
        match time_of_day(row.cell(time)) {
            Some(ns) => {
                let length = end
                    .and_then(|at| time_of_day(row.cell(at)))
                    .map(|end| (end - ns).rem_euclid(NS_PER_DAY));
                list.push(row.line, clock.stamp(None, ns), length, row.cell(stage))?;
            }
            None => list.builder.bad(row.line, row.cell(time))?,
        }
    }
    list.finish(source.options.date_order, Zero::SomeMidnight)
}

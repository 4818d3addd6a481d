//! Rows against recorded nights: which row meets no night, and what was probably meant.

use jiff::civil::Date;

use super::{RecordedNight, column_of, on_cell};
use crate::ingest::diary::DiaryReading;
use crate::ingest::diary::column::{DateMeaning, Role};
use crate::ingest::diary::remark::{Doubt, Remark, Weight};
use crate::model::diary::DiaryEntry;
use crate::model::diary::laboratory::days_apart;

/// Holds the rows against the nights.
pub fn against(reading: &DiaryReading, nights: &[RecordedNight]) -> Vec<Remark> {
    let entries = &reading.diary.entries;
    let met = |entry: &DiaryEntry| nights.iter().any(|night| night.evening == entry.date);
    if let Some(remark) = shifted(reading, nights) {
        return vec![remark];
    }
    let mut remarks = Vec::new();
    for entry in entries.iter().filter(|entry| !met(entry)) {
        let Some(nearest) = nights
            .iter()
            .map(|night| night.evening)
            .min_by_key(|evening| days_apart(*evening, entry.date))
        else {
            continue;
        };
        let other_year = nights.iter().map(|night| night.evening).find(|evening| {
            evening.year() != entry.date.year()
                && (evening.month(), evening.day()) == (entry.date.month(), entry.date.day())
        });
        let away = days_apart(nearest, entry.date);
        let fix = match other_year {
            Some(meant) => format!("The night of {meant} was recorded: is the year a slip?"),
            None => format!(
                "The nearest recorded night is that of {nearest}, {away} {} away; a row without a recording does no harm",
                if away == 1 { "day" } else { "days" }
            ),
        };
        let doubt = Doubt::new(
            Weight::Note,
            "no_such_night",
            &format!("no recorded night begins on the evening of {}", entry.date),
            &fix,
        );
        let column = column_of(reading, entry.line, |column| {
            matches!(column.role, Role::Date(_))
        });
        remarks.push(on_cell(reading, entry.line, column, doubt));
    }
    remarks.extend(outside_recording(reading, nights));
    remarks.extend(without_row(reading, nights));
    remarks
}

/// Rows that would meet more nights, all together, a day earlier or later: the dates name the other end of the night.
fn shifted(reading: &DiaryReading, nights: &[RecordedNight]) -> Option<Remark> {
    let entries = &reading.diary.entries;
    let meeting = |moved: fn(Date) -> Option<Date>| {
        entries
            .iter()
            .filter_map(|entry| moved(entry.date))
            .filter(|date| nights.iter().any(|night| night.evening == *date))
            .count()
    };
    let as_is = meeting(Some);
    let earlier = meeting(|date| date.yesterday().ok());
    let later = meeting(|date| date.tomorrow().ok());
    // A single row more is chance at the edge of a run of nights.
    let clear = |moved: usize| moved >= as_is + 2 && moved >= 3;
    let (what, count) = if clear(earlier) && earlier > later {
        ("one day late", earlier)
    } else if clear(later) {
        ("one day early", later)
    } else {
        return None;
    };
    let by_morning = reading
        .columns
        .iter()
        .any(|column| column.role == Role::Date(DateMeaning::Morning));
    let fix = if what == "one day late" && !by_morning {
        "They probably name the morning: call the column \"morning\""
    } else {
        "A date names the evening on which the night begins, in a column called \"date\""
    };
    Some(Remark::on_diary(
        Weight::Doubt,
        "dates_shifted",
        format!(
            "the dates look {what}: as written {as_is} of {} rows meet a recorded night, moved by a day {count} do",
            entries.len()
        ),
        fix.to_owned(),
    ))
}

/// Lights out or on that no sample of the night's recording was near.
fn outside_recording(reading: &DiaryReading, nights: &[RecordedNight]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for entry in &reading.diary.entries {
        let found = nights
            .iter()
            .find_map(|night| (night.evening == entry.date).then_some((night.from?, night.to?)));
        let (Some((from, to)), Some(out), Some(on)) = (found, entry.lights_out, entry.lights_on)
        else {
            continue;
        };
        if on <= from || out >= to {
            let [from, to, out, on] =
                [from, to, out, on].map(|moment| moment.strftime("%Y-%m-%d %H:%M").to_string());
            let doubt = Doubt::error(
                "lights_outside_recording",
                &format!(
                    "the night ran from {out} to {on}, but the recording runs from {from} to {to}; the times are not used for it"
                ),
                "Check the times, the date, and the zone of the recording",
            );
            let column = column_of(reading, entry.line, |column| column.role == Role::LightsOut);
            remarks.push(on_cell(reading, entry.line, column, doubt));
        }
    }
    remarks
}

/// Nights that no row speaks of, in one remark.
fn without_row(reading: &DiaryReading, nights: &[RecordedNight]) -> Option<Remark> {
    let missing: Vec<String> = nights
        .iter()
        .map(|night| night.evening)
        .filter(|evening| reading.diary.entries_on(*evening).is_empty())
        .map(|evening| evening.to_string())
        .collect();
    if missing.is_empty() {
        return None;
    }
    let mut listed = missing
        .iter()
        .take(10)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if missing.len() > 10 {
        listed += ", ...";
    }
    Some(Remark::on_diary(
        Weight::Note,
        "night_without_row",
        format!(
            "{} of {} recorded nights have no row: {listed}",
            missing.len(),
            nights.len()
        ),
        String::new(),
    ))
}

//! Oura: tables with Python or JSON in their cells, and JSON of the interface. One digit for each begun 5 min of the night:
//! 1 deep, 2 light, 3 REM, 4 awake. Stamps carry the wearer's offset.

use serde::Deserialize;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::stamp::Stamp;
use super::table::Rows;
use super::{Head, Source, json, stamp};
use crate::model::night::Stage;

const NS_PER_DIGIT: i64 = 300 * 1_000_000_000;

/// Whether the head is that of such an export.
pub fn recognises(head: &Head) -> bool {
    let text = head.text.to_lowercase().replace(' ', "_");
    text.contains("bedtime_start") && (head.is_json() || text.contains("bedtime_end"))
}

#[derive(Deserialize)]
struct Sleep {
    bedtime_start: Option<String>,
    bedtime_end: Option<String>,
    #[serde(alias = "hypnogram_5min")]
    sleep_phase_5_min: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default, alias = "data", alias = "sleeps")]
    sleep: Vec<Sleep>,
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut builder = Builder::new("sleep_oura", Ends::Length);
    if source.head.is_json() {
        let text = json::text(&mut *source.reader)?;
        let nights: Vec<Sleep> = if json::is_list(&text) {
            json::parse(&text)?
        } else {
            json::parse::<Answer>(&text)?.sleep
        };
        for (number, night) in (1..).zip(&nights) {
            let cell = |text: &Option<String>| text.clone().unwrap_or_default();
            add(
                &mut builder,
                number,
                &cell(&night.bedtime_start),
                &cell(&night.bedtime_end),
                &cell(&night.sleep_phase_5_min),
            )?;
        }
        return builder.finish(source.options.date_order);
    }
    let delimiter = source.head.delimiter();
    let mut rows = Rows::new(&mut *source.reader, delimiter);
    let header = rows.next()?.ok_or(SleepErrorKind::Empty)?;
    let start = header.find(&["bedtime_start", "Bedtime Start"]);
    let end = header.find(&["bedtime_end", "Bedtime End"]);
    let (Some(start), Some(end)) = (start, end) else {
        return Err(SleepErrorKind::Damaged {
            line: header.line,
            seen: header.cells.join(","),
            expected: "columns bedtime_start and bedtime_end",
        });
    };
    let phases = header.find(&["sleep_phase_5_min", "hypnogram_5min"]);
    while let Some(row) = rows.next()? {
        let digits = phases.map_or("", |phases| row.cell(phases));
        add(
            &mut builder,
            row.line,
            row.cell(start),
            row.cell(end),
            digits,
        )?;
    }
    builder.finish(source.options.date_order)
}

/// A night and its digits.
fn add(
    builder: &mut Builder,
    line: u64,
    start: &str,
    end: &str,
    digits: &str,
) -> Result<(), SleepErrorKind> {
    let who = builder.export.source("Oura");
    let (Some(from), Some(to)) = (stamp::parse(start), stamp::parse(end)) else {
        // Days without a night have empty cells in the site's own table.
        return if start.is_empty() && end.is_empty() {
            Ok(())
        } else {
            builder.bad(line, start)
        };
    };
    let word = builder.export.word("night");
    let night = Written {
        list: List::Nights,
        line,
        start: from,
        end: End::At(to),
        state: SleepState::InBed,
        word,
        source: who,
        clock: WallClock::Unknown,
    };
    builder.push(night)?;
    let (
        Stamp::Instant {
            ns: from_ns,
            offset_min,
        },
        Stamp::Instant { ns: to_ns, .. },
    ) = (from, to)
    else {
        return Ok(());
    };
    for (number, digit) in (0..).zip(digits.chars()) {
        let ns = from_ns.saturating_add(NS_PER_DIGIT.saturating_mul(number));
        let (name, state) = match digit {
            '1' => ("deep", SleepState::Stage(Stage::N3)),
            '2' => ("light", SleepState::Stage(Stage::Light)),
            '3' => ("rem", SleepState::Stage(Stage::Rem)),
            '4' => ("awake", SleepState::Stage(Stage::Wake)),
            _ => ("unknown", SleepState::Unknown),
        };
        let word = builder.export.word(name);
        builder.push(Written {
            list: List::Intervals,
            start: Stamp::Instant { ns, offset_min },
            // The last digit stands for what is left of the night.
            end: End::After(NS_PER_DIGIT.min(to_ns.saturating_sub(ns).max(0))),
            state,
            word,
            ..night
        })?;
    }
    Ok(())
}

//! Oura: tables with Python or JSON in their cells, and JSON of the interface. One digit for each begun 5 min of the night:
//! 1 deep, 2 light, 3 REM, 4 awake. Stamps carry the wearer's offset. A spreadsheet takes the digits for a number and rounds
//! them away; what is not digits alone is no string of stages.

use serde::de::MapAccess;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::json::{Record, Scalar};
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

#[derive(Default)]
struct Sleep {
    start: Option<Scalar>,
    end: Option<Scalar>,
    digits: Scalar,
}

impl Record for Sleep {
    fn take<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        match key {
            "bedtime_start" => self.start = Some(map.next_value()?),
            "bedtime_end" => self.end = Some(map.next_value()?),
            "sleep_phase_5_min" | "hypnogram_5min" => self.digits = map.next_value()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn is_one(&self) -> bool {
        self.start.is_some() || self.end.is_some()
    }
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut builder = Builder::new("sleep_oura", Ends::Length);
    let mut spoilt = Spoilt::default();
    if source.head.is_json() {
        let nights: Vec<Sleep> = json::records(&json::text(&mut *source.reader)?)?;
        for (number, night) in (1..).zip(&nights) {
            let times = [&night.start, &night.end];
            let [start, end] = times.map(|at| at.as_ref().map_or("", Scalar::text));
            add(
                (&mut builder, &mut spoilt),
                number,
                (start, end),
                night.digits.text(),
            )?;
        }
        spoilt.tell(&mut builder);
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
            (&mut builder, &mut spoilt),
            row.line,
            (row.cell(start), row.cell(end)),
            digits,
        )?;
    }
    spoilt.tell(&mut builder);
    builder.finish(source.options.date_order)
}

/// Strings of stages that are none.
#[derive(Default)]
struct Spoilt {
    n: u64,
    first: Option<(u64, String)>,
}

impl Spoilt {
    /// The digits of a cell; none where there is no string, or not of digits alone, which is counted.
    fn or_digits<'a>(&mut self, line: u64, cell: &'a str) -> &'a str {
        let cell = cell.trim();
        if cell.bytes().all(|digit| (b'0'..=b'4').contains(&digit)) {
            return cell;
        }
        if !["none", "null", "nan"].contains(&cell.to_lowercase().as_str()) {
            self.n += 1;
            self.first
                .get_or_insert_with(|| (line, cell.chars().take(40).collect()));
        }
        ""
    }

    fn tell(self, builder: &mut Builder) {
        if let Some((line, seen)) = self.first {
            builder.export.warn(format!(
                "the stages of {} nights were left out: they are written as digits from 0 to 4, and line {line} says \"{seen}\". \
                 A spreadsheet that takes them for a number loses them: take the file as Oura exported it",
                self.n
            ));
        }
    }
}

/// A night and its digits.
fn add(
    (builder, spoilt): (&mut Builder, &mut Spoilt),
    line: u64,
    (start, end): (&str, &str),
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
    let digits = spoilt.or_digits(line, digits);
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

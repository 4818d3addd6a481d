//! Zeo: `zeodata.csv`, a row a night. Its `Detailed Sleep Graph` is a number each 30 s from the start of the night on: 1 awake,
//! 2 REM, 3 light, 4 deep, 0 undefined. Older tables have `Sleep Graph` alone, 5 min a number.

use super::builder::Builder;
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState};
use super::table::Rows;
use super::until_next::EPOCH_NS;
use super::{Head, Source, stamp};
use crate::model::night::Stage;

const NS_PER_S: i64 = 1_000_000_000;
/// The columns with a number a step, and the step.
const GRAPHS: [(&str, i64); 2] = [
    ("Detailed Sleep Graph", EPOCH_NS),
    ("Sleep Graph", 300 * NS_PER_S),
];

/// Whether the header is that of such a table.
pub fn recognises(head: &Head) -> bool {
    let header = head.line(0);
    header.contains("Start of Night") && header.contains("Sleep Graph")
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut rows = Rows::new(&mut *source.reader, b',');
    let header = rows.next()?.ok_or(SleepErrorKind::Empty)?;
    let graph = GRAPHS
        .iter()
        .find_map(|(name, step)| Some((header.find(&[name])?, *step)));
    let (Some(start), Some((graph, step))) = (header.find(&["Start of Night"]), graph) else {
        return Err(SleepErrorKind::Empty);
    };
    let mut builder = Builder::new("sleep_zeo", Ends::Length);
    let who = builder.export.source("Zeo");
    while let Some(row) = rows.next()? {
        let Some(start) = stamp::parse(row.cell(start)) else {
            builder.bad(row.line, row.cell(start))?;
            continue;
        };
        let steps: Vec<&str> = row.cell(graph).split_whitespace().collect();
        let mut at = 0;
        for run in steps.chunk_by(|a, b| a == b) {
            let length = step.saturating_mul(i64::try_from(run.len()).unwrap_or(i64::MAX));
            if let Some((word, stage)) = stage(run[0]) {
                let word = builder.export.word(word);
                let state = SleepState::Stage(stage);
                builder.push_stage(row.line, (start.later(at), length), state, (word, who))?;
            }
            at = at.saturating_add(length);
        }
    }
    builder.finish(source.options.date_order)
}

fn stage(number: &str) -> Option<(&'static str, Stage)> {
    Some(match number {
        "1" => ("awake", Stage::Wake),
        "2" => ("rem", Stage::Rem),
        "3" => ("light", Stage::Light),
        "4" => ("deep", Stage::N3),
        _ => return None,
    })
}

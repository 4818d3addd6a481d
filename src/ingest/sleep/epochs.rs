//! Lists of epochs without a clock: a stage a line (sleep-utils, Compumedics' text, Luna's `.eannot`, DREAMS), or the number of
//! each epoch beside its stage. They count from the start of the recording. An epoch lasts 30 s where nothing says otherwise:
//! that is the AASM's.

use super::error::SleepErrorKind;
use super::export::SleepExport;
use super::plain::{folded, is_stage_cell, is_stage_name};
use super::stage_list::{Others, StageList, Zero};
use super::stamp::Stamp;
use super::table::Rows;
use super::until_next::EPOCH_NS;
use super::{Head, Source};
use crate::model::recording::Decision;

const NS_PER_DAY: i64 = 24 * 3600 * 1_000_000_000;
/// DREAMS' epochs of 5 s, under a header of their own.
const DREAMS: &str = "[hypnogram";
const DREAMS_EPOCH_NS: i64 = 5 * 1_000_000_000;
/// A list of fewer epochs says nothing of a night.
const FEWEST: usize = 5;

/// Names of columns that number the epochs.
const NUMBERS: [&str; 8] = [
    "epoch",
    "epochs",
    "epochnumber",
    "epochno",
    "epochnr",
    "epochindex",
    "epoche",
    "index",
];

/// Where such a list has its cells.
struct Layout {
    has_header: bool,
    number: Option<usize>,
    stage: usize,
    epoch_ns: i64,
}

/// Whether every line is a stage, or the number of an epoch and a stage.
pub fn recognises(head: &Head) -> bool {
    layout(head).is_some()
}

fn layout(head: &Head) -> Option<Layout> {
    let mut bytes = head.text.as_bytes();
    let mut rows = Rows::new(&mut bytes, delimiter(head));
    let first = rows.next().ok()??;
    let names: Vec<String> = first.cells.iter().map(|cell| folded(cell)).collect();
    let is_dreams = first.cell(0).to_lowercase().starts_with(DREAMS);
    let stage = names.iter().position(|name| is_stage_name(name));
    let number = names
        .iter()
        .position(|name| NUMBERS.contains(&name.as_str()));
    let has_header = is_dreams || stage.is_some();
    let layout = match (stage, number, first.cells.len()) {
        (Some(stage), Some(number), _) => Layout {
            has_header,
            number: Some(number),
            stage,
            epoch_ns: EPOCH_NS,
        },
        (_, None, 1) => Layout {
            has_header,
            number: None,
            stage: 0,
            epoch_ns: if is_dreams { DREAMS_EPOCH_NS } else { EPOCH_NS },
        },
        _ => return None,
    };
    let mut n = usize::from(!has_header && is_stage_cell(first.cell(0)));
    if n == 0 && !has_header {
        return None;
    }
    let last = head.text.lines().count() as u64;
    while let Ok(Some(row)) = rows.next() {
        // The head may end within a line.
        let is_cut = row.line >= last;
        let numbered = layout
            .number
            .is_none_or(|at| row.cell(at).parse::<u32>().is_ok_and(|n| n < 1_000_000));
        if row.cells.len() != first.cells.len()
            || !numbered
            || !is_stage_cell(row.cell(layout.stage))
        {
            return (is_cut && n >= FEWEST).then_some(layout);
        }
        n += 1;
    }
    (n >= FEWEST).then_some(layout)
}

/// Blanks stand within words: `Sleep stage W`.
fn delimiter(head: &Head) -> u8 {
    match head.delimiter() {
        b' ' => b'\t',
        other => other,
    }
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let layout = layout(source.head).ok_or(SleepErrorKind::Empty)?;
    let mut rows = Rows::new(&mut *source.reader, delimiter(source.head));
    if layout.has_header {
        rows.next()?;
    }
    let mut list = StageList::new("sleep_epochs", "epochs", Others::Damage);
    let mut before: Option<i64> = None;
    let mut zero = 1;
    while let Some(row) = rows.next()? {
        let number = match (layout.number, before) {
            (None, before) => before.map_or(1, |before| before + 1),
            (Some(at), before) => match (row.cell(at).parse::<i64>(), before) {
                (Ok(number), before) if before.is_none_or(|before| number > before) => number,
                _ => {
                    return Err(SleepErrorKind::Damaged {
                        line: row.line,
                        seen: row.cell(at).chars().take(80).collect(),
                        expected: "the number of an epoch, larger than the one before",
                    });
                }
            },
        };
        if before.is_none() {
            zero = number.min(1);
        }
        before = Some(number);
        let ns = number
            .checked_sub(zero)
            .and_then(|n| n.checked_mul(layout.epoch_ns))
            .filter(|ns| *ns < NS_PER_DAY)
            .ok_or_else(|| SleepErrorKind::UnclearTimes {
                what: format!(
                    "these are more stages than a day has epochs of {} s (line {})",
                    layout.epoch_ns / 1_000_000_000,
                    row.line
                ),
                instead: "Write the seconds since the start of the recording before each stage",
            })?;
        let start = Stamp::Civil { ns };
        list.push(
            row.line,
            start,
            Some(layout.epoch_ns),
            row.cell(layout.stage),
        )?;
    }
    let (length, because) = match layout.epoch_ns {
        EPOCH_NS => (
            "30 s",
            "the AASM's epoch: the list does not say how long its epochs are",
        ),
        _ => ("5 s", "DREAMS' header"),
    };
    list.builder
        .export
        .decisions
        .push(Decision::new("epoch", length, because));
    list.finish(source.options.date_order, Zero::Start)
}

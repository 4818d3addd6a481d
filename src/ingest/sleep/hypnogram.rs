//! Hypnograms without a header: a time in seconds and a stage a line, as the labels of PhysioNet's sleep-accel
//! (`46343_labeled_sleep.txt`: `30 2`). Times count from the zero of the recording's own clock; a stage lasts until the
//! next line, the last one as long as the one before.

use super::error::SleepErrorKind;
use super::export::SleepExport;
use super::plain::is_stage_cell;
use super::stage_list::{Others, StageList, Zero};
use super::stamp::Stamp;
use super::table::Rows;
use super::{Head, Source, stamp};

/// Whether the head is that of such a list: at least three lines of a rising number and a stage, evenly spaced.
pub fn recognises(head: &Head) -> bool {
    let pairs: Vec<Option<(i64, &str)>> = (0..8)
        .map(|at| head.line(at))
        .filter(|line| !line.trim().is_empty())
        .map(pair)
        .collect();
    let Some(pairs) = pairs.into_iter().collect::<Option<Vec<(i64, &str)>>>() else {
        return false;
    };
    let step = |a: &(i64, &str), b: &(i64, &str)| b.0 - a.0;
    let even = pairs
        .windows(3)
        .all(|three| step(&three[0], &three[1]) == step(&three[1], &three[2]));
    let long = pairs
        .first()
        .zip(pairs.get(1))
        .is_some_and(|(a, b)| (1_000_000_000..=600_000_000_000).contains(&step(a, b)));
    pairs.len() >= 3 && even && long
}

fn pair(line: &str) -> Option<(i64, &str)> {
    let mut words = line
        .split([' ', '\t', ',', ';'])
        .filter(|word| !word.is_empty());
    let at = stamp::seconds(words.next()?)?;
    let stage = words.next()?.trim();
    (words.next().is_none() && is_stage_cell(stage)).then_some((at, stage))
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let delimiter = source.head.delimiter();
    let mut rows = Rows::new(&mut *source.reader, delimiter);
    let mut list = StageList::new("sleep_accel_labels", "labels", Others::Damage);
    while let Some(row) = rows.next()? {
        let text = row.cells.join(" ");
        let Some((ns, stage)) = pair(&text) else {
            return Err(SleepErrorKind::Damaged {
                line: row.line,
                seen: text,
                expected: "seconds and a stage",
            });
        };
        list.push(row.line, Stamp::Civil { ns }, None, stage)?;
    }
    list.finish(source.options.date_order, Zero::Start)
}

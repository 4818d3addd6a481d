//! Stages file: `start_s,end_s,stage`, in order and not overlapping.

use std::io::Read;
use std::path::Path;

use super::error::ListError;
use super::table::{self, Table};
use crate::model::night::{Stage, StageInterval};

const HEADER: &str = "the columns start_s,end_s,stage";
const NAMES: &str =
    "a stage: W, N1, N2, N3, R, light, deep, asleep, 0 to 5, or ? where it was not scored";

/// The stage of that name; `Some(None)` for a stretch that was not scored, `None` for a word that is no stage.
///
/// Numbers are those of Rechtschaffen and Kales in EDF and Compumedics exports: 0 wake, 1 to 4, 5 REM, 6 movement time,
/// 9 not scored; stages 3 and 4 are N3. Words are those of consumer exports: "light" and "core" are N1 or N2.
pub fn stage_named(name: &str) -> Option<Option<Stage>> {
    let name = name.trim().to_ascii_lowercase();
    let name = name.strip_prefix("sleep stage ").unwrap_or(&name);
    Some(Some(match name {
        "w" | "wake" | "awake" | "0" | "wk" | "stage w" => Stage::Wake,
        "n1" | "s1" | "1" | "nrem1" | "stage 1" => Stage::N1,
        "n2" | "s2" | "2" | "nrem2" | "stage 2" => Stage::N2,
        "n3" | "s3" | "3" | "n4" | "s4" | "4" | "deep" | "nrem3" | "stage 3" | "stage 4" => {
            Stage::N3
        }
        "r" | "rem" | "5" | "stage r" => Stage::Rem,
        "light" | "core" => Stage::Light,
        "asleep" | "sleep" | "nrem" => Stage::Asleep,
        "?" | "unknown" | "unscored" | "movement" | "m" | "mt" | "6" | "9" | "-" => {
            return Some(None);
        }
        _ => return None,
    }))
}

/// Stages in order. Neighbours may touch and holes may lie between; a stretch that was not scored is a hole. A row that
/// overlaps the one before or begins before it is an error.
///
/// ```
/// use legtrace::ingest::lists::read_stages;
/// use legtrace::model::night::Stage;
/// let stages = read_stages("start_s,end_s,stage\n0,240,N2\n240,330,wake\n".as_bytes(), "stages.csv").unwrap();
/// assert_eq!(stages[1].stage, Stage::Wake);
/// ```
pub fn read_stages(from: impl Read, file: &str) -> Result<Vec<StageInterval>, ListError> {
    let mut table = Table::new(from, file)?;
    let start = table.need(&["start_s", "start", "onset_s"], HEADER)?;
    let end = table.need(&["end_s", "end"], HEADER)?;
    let stage = table.need(&["stage"], HEADER)?;
    let (mut stages, mut row) = (Vec::new(), Vec::new());
    let mut reached = None;
    while table.next(&mut row)? {
        let (from, to) = (table.seconds(&row, &start)?, table.seconds(&row, &end)?);
        if to <= from {
            let found = table.cell(&row, &end);
            return Err(table.wrong(found, &end, "an end after the start"));
        }
        if let Some((line, until)) = reached.filter(|&(_, until)| from < until) {
            let found = format!("a stage from {} s", table.cell(&row, &start));
            let expected = format!(
                "one that does not begin before line {line} ends ({} s); sort the rows and remove overlaps",
                decimal(until)
            );
            return Err(table.out_of_order(found, expected));
        }
        reached = Some((table.number(), to));
        let name = table.cell(&row, &stage);
        let named = stage_named(name).ok_or_else(|| table.wrong(name, &stage, NAMES))?;
        if let Some(stage) = named {
            stages.push(StageInterval {
                start: from,
                end: to,
                stage,
            });
        }
    }
    Ok(stages)
}

fn decimal(span: jiff::SignedDuration) -> f64 {
    span.as_millis() as f64 / 1000.0
}

/// Stages from a file.
pub fn open_stages(path: &Path) -> Result<Vec<StageInterval>, ListError> {
    read_stages(table::open(path)?, &table::name_of(path))
}

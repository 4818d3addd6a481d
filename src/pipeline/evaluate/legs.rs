//! Which legs are compared, and on which of them a row without a leg is.

use super::pairs::Pair;
use super::usage;
use crate::error::Error;
use crate::ingest::lists::ListedMovement;
use crate::model::body::Leg;

/// Both legs.
const BOTH: [Leg; 2] = [Leg::Left, Leg::Right];

/// The legs of a night that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Compared {
    /// Left before right.
    pub legs: Vec<Leg>,
    /// Who said so.
    pub from: SaidBy,
    /// Rows of the reference on other legs.
    pub n_reference_left_out: usize,
    /// Rows of the detections on other legs.
    pub n_detected_left_out: usize,
    /// Rows of the reference on a compared leg of which the detections have none.
    pub n_reference_alone: usize,
}

/// Who says which legs are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SaidBy {
    /// `--leg`.
    Flag,
    /// `nights.csv` beside the detections: the legs with a sensor.
    Study,
    /// The rows of both lists: whatever leg either names counts, so that none decides about the other's.
    Rows,
}

/// Gives rows of the detections without a leg theirs.
pub(super) fn settle(pair: &mut Pair, flag: Option<Leg>) -> Result<(), Error> {
    if pair.detected.list.legs_are_stated() {
        return Ok(());
    }
    let sensors = pair
        .detected
        .list
        .study
        .as_ref()
        .map(|study| &study.legs[..]);
    let only = match (flag, sensors) {
        (Some(leg), _) => Some(leg),
        (None, Some([leg])) => Some(*leg),
        _ => only_leg(&pair.truth.list.movements),
    };
    let leg = only.ok_or_else(|| {
        usage(
            "the detected list does not say which leg, and the reference has both. Add --leg left or --leg right.".to_owned(),
        )
    })?;
    for row in &mut pair.detected.list.movements {
        if !row.leg_stated {
            row.movement.leg = leg;
        }
    }
    Ok(())
}

/// The one leg of the rows; that of nobody is the left one, as reading has it.
fn only_leg(rows: &[ListedMovement]) -> Option<Leg> {
    let first = rows.first().map_or(Leg::Left, |row| row.movement.leg);
    let is_it = |row: &ListedMovement| row.movement.leg == first;
    rows.iter().all(is_it).then_some(first)
}

/// The legs that a pair is compared on.
pub(super) fn compared(pair: &Pair, flag: Option<Leg>) -> Compared {
    let (truth, detected) = (&pair.truth.list.movements, &pair.detected.list.movements);
    let n_on = |rows: &[ListedMovement], leg: Leg| {
        rows.iter().filter(|row| row.movement.leg == leg).count()
    };
    let sensors = pair
        .detected
        .list
        .study
        .iter()
        .flat_map(|study| &study.legs);
    let sensors: Vec<Leg> = sensors.copied().collect();
    let (legs, from) = match flag {
        Some(leg) => (vec![leg], SaidBy::Flag),
        None if !sensors.is_empty() => (sensors, SaidBy::Study),
        None => {
            let mut named = BOTH.to_vec();
            named.retain(|&leg| n_on(truth, leg) + n_on(detected, leg) > 0);
            (named, SaidBy::Rows)
        }
    };
    let left_out = |rows: &[ListedMovement]| {
        let others = BOTH.iter().filter(|leg| !legs.contains(leg));
        others.map(|&leg| n_on(rows, leg)).sum()
    };
    let alone = legs.iter().filter(|&&leg| n_on(detected, leg) == 0);
    Compared {
        n_reference_left_out: left_out(truth),
        n_detected_left_out: left_out(detected),
        n_reference_alone: alone.map(|&leg| n_on(truth, leg)).sum(),
        legs,
        from,
    }
}

/// What is said of the legs of all nights.
pub(super) fn told(all: &[Compared]) -> Vec<String> {
    let mut notes = Vec::new();
    for (from, who) in [(SaidBy::Flag, "--leg"), (SaidBy::Study, "nights.csv")] {
        let of_it = || all.iter().filter(|one| one.from == from);
        let reference: usize = of_it().map(|one| one.n_reference_left_out).sum();
        let detected: usize = of_it().map(|one| one.n_detected_left_out).sum();
        if reference + detected > 0 {
            notes.push(format!(
                "{reference} rows of --truth and {detected} of --detected are on a leg that is not compared ({who}); left out."
            ));
        }
    }
    let by_rows = all.iter().filter(|one| one.from == SaidBy::Rows);
    let alone: usize = by_rows
        .filter(|one| one.legs.len() > 1)
        .map(|one| one.n_reference_alone)
        .sum();
    if alone > 0 {
        notes.push(format!(
            "{alone} rows of --truth are on a leg of which --detected has none that night; they count as missed. If it had \
             no sensor, name the other: --leg left or --leg right."
        ));
    }
    notes
}

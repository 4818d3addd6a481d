//! Detections on the disk held against references on the disk.

mod told;
#[cfg(all(feature = "tables", feature = "charts"))]
mod written;

use std::path::{Path, PathBuf};

use jiff::SignedDuration;

use super::score_list::list_error;
use crate::analysis::score::{ScoringRules, rules};
use crate::error::{Error, Kind};
use crate::ingest::lists::{self, MovementList};
use crate::lab::evaluate::{
    Bootstrap, Evaluation, Event, NightPair, NightResult, Reference, find_offset,
};
use crate::lab::simulate::TruthKind;
use crate::model::body::Leg;
use crate::model::movement::{LegMovement, MovementClass};
use crate::model::span::{Span, SpanKind, uncovered};

/// What `evaluate` was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The references: `truth.csv`, or any movement list. Lists of several nights stand for all of them.
    pub truth: &'a [PathBuf],
    /// What was found, night by night in the same order: `movements.csv`, or any movement list.
    pub detected: &'a [PathBuf],
    /// Name of the rule set by which both are scored.
    pub rules: &'a str,
    /// The leg of a detected list that names none.
    pub leg: Option<Leg>,
    /// What is added to detected times; `None` finds it, where clocks disagree.
    pub offset: OffsetChoice,
    /// Hours over which indices are taken; the end of the later list when not given.
    pub hours: Option<f64>,
}

/// How the clocks of the two lists are brought together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OffsetChoice {
    /// They agree.
    None,
    /// The detected list is late by so many seconds (to be subtracted: negative).
    Seconds(f64),
    /// Found from the events.
    Find,
}

/// Clocks further apart than this are not brought together.
const REACH: SignedDuration = SignedDuration::from_hours(3);

/// The comparison of all nights.
#[derive(Debug)]
pub struct Evaluated {
    evaluation: Evaluation,
    nights: Vec<NightResult>,
    offsets_s: Vec<f64>,
    rules: &'static str,
}

/// Reads the lists and compares them night by night.
pub fn run(request: &Request) -> Result<Evaluated, Error> {
    let rules = rules::by_name(request.rules)
        .ok_or_else(|| usage(format!("--rules {:?} is no rule set.", request.rules)))?;
    let truth = nights_of(request.truth)?;
    let detected = nights_of(request.detected)?;
    if truth.len() != detected.len() {
        return Err(usage(format!(
            "--truth holds {} nights and --detected {}; they are compared one by one, in the order in which they are given.",
            truth.len(),
            detected.len()
        )));
    }
    let (mut nights, mut offsets_s) = (Vec::new(), Vec::new());
    for (truth, detected) in truth.iter().zip(&detected) {
        let (result, offset) = compare(truth, detected, request, &rules)?;
        nights.push(result);
        offsets_s.push(offset.as_secs_f64());
    }
    Ok(Evaluated {
        evaluation: Evaluation::of(&nights, &Bootstrap::default()),
        nights,
        offsets_s,
        rules: rules.name,
    })
}

fn usage(message: String) -> Error {
    Error::new(Kind::Usage, "evaluate", message)
}

/// One night of a file.
struct Listed {
    name: String,
    list: MovementList,
}

fn nights_of(paths: &[PathBuf]) -> Result<Vec<Listed>, Error> {
    let mut nights = Vec::new();
    for path in paths {
        let file = display(path);
        for list in lists::open_movements(path).map_err(list_error)? {
            let name = list.night.clone().unwrap_or_else(|| file.clone());
            nights.push(Listed { name, list });
        }
    }
    Ok(nights)
}

fn display(path: &Path) -> String {
    path.display().to_string()
}

/// Holds a night's detections against its reference; gives what was added to their times besides.
fn compare(
    truth: &Listed,
    found: &Listed,
    request: &Request,
    rules: &ScoringRules,
) -> Result<(NightResult, SignedDuration), Error> {
    let mut detected = found.list.leg_movements();
    if !found.list.movements.iter().all(|listed| listed.leg_stated) {
        let leg = request.leg.or_else(|| only_leg(&truth.list)).ok_or_else(|| {
            usage(
                "the detected list does not say which leg, and the reference has both. Add --leg left or --leg right."
                    .to_owned(),
            )
        })?;
        for movement in &mut detected {
            movement.leg = leg;
        }
    }
    let legs: Vec<Leg> = match (request.leg, detected.is_empty()) {
        (Some(leg), _) => vec![leg],
        (None, true) => vec![Leg::Left, Leg::Right],
        (None, false) => [Leg::Left, Leg::Right]
            .into_iter()
            .filter(|&leg| detected.iter().any(|movement| movement.leg == leg))
            .collect(),
    };
    let reference = references(&truth.list, &legs)?;
    let offset = match request.offset {
        OffsetChoice::None => SignedDuration::ZERO,
        OffsetChoice::Seconds(seconds) => SignedDuration::try_from_secs_f64(seconds)
            .map_err(|_| usage(format!("--offset {seconds} is no time in seconds.")))?,
        OffsetChoice::Find => found_offset(&reference, &detected, &found.name)?,
    };
    for movement in &mut detected {
        movement.onset += offset;
        movement.end += offset;
    }
    let end = reference
        .iter()
        .map(|reference| reference.movement.end)
        .chain(detected.iter().map(|movement| movement.end))
        .max()
        .unwrap_or(SignedDuration::ZERO);
    let spans = off_leg(&truth.list, &legs);
    let over = match request.hours {
        Some(hours) => SignedDuration::try_from_secs_f64(hours * 3600.0)
            .map_err(|_| usage(format!("--hours {hours} is no length of a night.")))?,
        None => uncovered(&spans, SignedDuration::ZERO, end, SpanKind::is_unobserved),
    };
    let pair = NightPair {
        name: found.name.clone(),
        reference,
        detected,
        detected_spans: spans.clone(),
        spans,
        within: None,
        over,
    };
    Ok((pair.result(rules), offset))
}

fn found_offset(
    reference: &[Reference],
    detected: &[LegMovement],
    night: &str,
) -> Result<SignedDuration, Error> {
    let seen: Vec<Event> = events(reference.iter().filter(|r| r.visible).map(|r| &r.movement));
    let found = find_offset(&seen, &events(detected.iter()), REACH);
    let found = found.ok_or_else(|| {
        Error::new(
            Kind::BadData,
            "evaluate",
            "the two lists share no pattern of movements within three hours, so their clocks cannot be brought \
             together. Give --offset SECONDS, or check that both are of the same night.",
        )
        .with_code("no_offset")
        .in_night(night)
    })?;
    Ok(found.add)
}

/// Where a simulated truth says that the only sensor was off the leg: series restart there.
fn off_leg(truth: &MovementList, legs: &[Leg]) -> Vec<Span> {
    let [leg] = legs else { return Vec::new() };
    let is_off = |kind: &Option<String>| kind.as_deref() == Some(TruthKind::OffLeg.name());
    truth
        .movements
        .iter()
        .filter(|listed| listed.movement.leg == *leg && is_off(&listed.kind))
        .map(|listed| Span::new(SpanKind::OffLeg, listed.movement.onset, listed.movement.end))
        .collect()
}

fn only_leg(list: &MovementList) -> Option<Leg> {
    let first = list.movements.first()?.movement.leg;
    list.movements
        .iter()
        .all(|listed| listed.movement.leg == first)
        .then_some(first)
}

/// The movements of the reference on the legs that had a sensor; a `kind` of a simulated truth becomes its class.
fn references(list: &MovementList, legs: &[Leg]) -> Result<Vec<Reference>, Error> {
    let mut all = Vec::new();
    for listed in &list.movements {
        if !legs.contains(&listed.movement.leg) {
            continue;
        }
        let mut movement = listed.movement.clone();
        if let Some(kind) = &listed.kind {
            movement.class = class_of(kind).ok_or_else(|| unknown_kind(listed.line, kind))?;
        }
        all.push(Reference {
            movement,
            visible: listed.visible.unwrap_or(true),
        });
    }
    Ok(all)
}

/// The class of a kind of a simulated truth, or of a detector's own class.
fn class_of(kind: &str) -> Option<MovementClass> {
    let kind = kind.to_ascii_lowercase();
    TruthKind::from_name(&kind)
        .map(TruthKind::class)
        .or_else(|| MovementClass::from_name(&kind))
}

fn unknown_kind(line: u64, kind: &str) -> Error {
    let mut known: Vec<&str> = TruthKind::ALL.iter().map(|kind| kind.name()).collect();
    for class in MovementClass::ALL {
        if !known.contains(&class.name()) {
            known.push(class.name());
        }
    }
    Error::new(
        Kind::BadData,
        "evaluate",
        format!(
            "line {line} of the reference: kind {kind:?} is not known; {} are. Without the column kind every row is a leg movement.",
            known.join(", ")
        ),
    )
}

fn events<'a>(movements: impl Iterator<Item = &'a LegMovement>) -> Vec<Event> {
    movements
        .map(|movement| Event::new(movement.onset, movement.end))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_a_truths_or_a_detectors_and_another_is_told_which_there_are() {
        for (kind, class) in [
            ("plm", MovementClass::LegMovement),
            ("LM", MovementClass::LegMovement),
            ("hflm", MovementClass::Rhythmic),
            ("rhythmic", MovementClass::Rhythmic),
            ("long", MovementClass::Long),
            ("walk", MovementClass::Gross),
        ] {
            assert_eq!(class_of(kind), Some(class), "{kind}");
        }
        assert_eq!(class_of("evening"), None);
        let told = unknown_kind(7, "evening").to_string();
        for word in ["line 7", "\"evening\"", "plm", "hflm", "rhythmic", "long"] {
            assert!(told.contains(word), "{told}");
        }
    }
}

//! Detections on the disk held against references on the disk.

mod legs;
mod pairs;
mod told;
#[cfg(all(feature = "tables", feature = "charts"))]
mod written;

use std::path::PathBuf;

use jiff::SignedDuration;

use super::listed::NightOfList;
use crate::analysis::score::{ScoringRules, rules};
use crate::error::{Error, Kind};
use crate::lab::evaluate::{
    Bootstrap, Evaluation, Event, NightPair, NightResult, Reference, find_offset,
};
use crate::lab::simulate::TruthKind;
use crate::model::body::Leg;
use crate::model::movement::{LegMovement, MovementClass};
use crate::model::span::{Span, SpanKind, uncovered};
use pairs::Pair;

/// What `evaluate` was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The references: `truth.csv`, or any movement list. Lists of several nights stand for all of them.
    pub truth: &'a [PathBuf],
    /// What was found: `movements.csv`, or any movement list. Nights go together by name, where both sides name them.
    pub detected: &'a [PathBuf],
    /// Name of the rule set by which both are scored.
    pub rules: &'a str,
    /// The one leg that is compared, and that of a detected list which names none. Not given: the legs with a sensor, by
    /// `nights.csv` beside the detections, or every leg that either list names.
    pub leg: Option<Leg>,
    /// What is added to detected times, so that both lists go by the reference's clock.
    pub offset: OffsetChoice,
    /// Hours over which indices are taken. Not given: those in bed that could be seen, by the tables beside the detections,
    /// or up to the end of the later list.
    pub hours: Option<f64>,
}

/// How the clocks of the two lists are brought together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OffsetChoice {
    /// They agree.
    None,
    /// So many seconds are added to detected times: less than 0 where these are late.
    Seconds(f64),
    /// Found from the events.
    Find,
}

/// Hours that `--hours` may give, 36 s to a week.
const HOURS: std::ops::RangeInclusive<f64> = 0.01..=168.0;
/// Clocks further apart than this are not brought together.
const REACH: SignedDuration = SignedDuration::from_hours(3);

/// The comparison of all nights.
#[derive(Debug)]
pub struct Evaluated {
    evaluation: Evaluation,
    nights: Vec<NightResult>,
    told: Vec<NightTold>,
    rules: &'static str,
    notes: Vec<String>,
}

/// How a night was compared.
#[derive(Debug)]
struct NightTold {
    /// The reference's name of it.
    reference: String,
    /// What was added to detected times.
    offset_s: f64,
    legs: legs::Compared,
}

/// Reads the lists and compares them night by night.
pub fn run(request: &Request) -> Result<Evaluated, Error> {
    let rules = rules::by_name(request.rules)
        .ok_or_else(|| usage(format!("--rules {:?} is no rule set.", request.rules)))?;
    if let Some(hours) = request.hours.filter(|hours| !HOURS.contains(hours)) {
        return Err(usage(format!(
            "--hours {hours} is no length of a night; give {} to {}.",
            HOURS.start(),
            HOURS.end()
        )));
    }
    let mut notes = Vec::new();
    let truth = pairs::nights_of(request.truth, &mut notes)?;
    let detected = pairs::nights_of(request.detected, &mut notes)?;
    let pairs = pairs::pairs(truth, detected, &mut notes)?;
    let (mut nights, mut told) = (Vec::new(), Vec::new());
    let mut n_without_hours = 0;
    for mut pair in pairs {
        legs::settle(&mut pair, request.leg)?;
        let legs = legs::compared(&pair, request.leg);
        let compared = compare(&pair, &legs.legs, request, &rules)?;
        nights.push(compared.result);
        n_without_hours += usize::from(compared.over == Over::LastMovement);
        told.push(NightTold {
            reference: pair.truth.name,
            offset_s: compared.offset.as_secs_f64(),
            legs,
        });
    }
    let compared: Vec<legs::Compared> = told.iter().map(|night| night.legs.clone()).collect();
    notes.extend(legs::told(&compared));
    if n_without_hours > 0 {
        notes.push(format!(
            "the indices of {n_without_hours} of {} nights are taken up to the end of the last movement: no hours in bed are \
             known. Give --hours, or lists beside the nights.csv of their study.",
            nights.len()
        ));
    }
    Ok(Evaluated {
        evaluation: Evaluation::of(&nights, &Bootstrap::default()),
        nights,
        told,
        rules: rules.name,
        notes,
    })
}

fn usage(message: String) -> Error {
    Error::new(Kind::Usage, "evaluate", message)
}

/// Over which time indices are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    /// Hours that were given.
    Given,
    /// Hours in bed that could be seen, by the study's tables.
    InBed,
    /// Up to the end of the later list.
    LastMovement,
}

/// A night, held against its reference.
struct Compared {
    result: NightResult,
    /// What was added to detected times.
    offset: SignedDuration,
    over: Over,
}

/// Holds a night's detections against its reference.
fn compare(
    pair: &Pair,
    legs: &[Leg],
    request: &Request,
    rules: &ScoringRules,
) -> Result<Compared, Error> {
    let (truth, found) = (&pair.truth.list, &pair.detected.list);
    let mut detected = found.leg_movements();
    detected.retain(|movement| legs.contains(&movement.leg));
    let mut reference = references(truth, legs)?;
    let offset = match request.offset {
        OffsetChoice::None => SignedDuration::ZERO,
        OffsetChoice::Seconds(seconds) => SignedDuration::try_from_secs_f64(seconds)
            .map_err(|_| usage(format!("--offset {seconds} is no time in seconds.")))?,
        OffsetChoice::Find => found_offset(&reference, &detected, &pair.detected.name)?,
    };
    for movement in &mut detected {
        movement.onset += offset;
        movement.end += offset;
    }
    let study = found.study.as_ref();
    let in_bed = study.and_then(|study| study.in_bed);
    let within = in_bed.map(|(out, on)| (out + offset, on + offset));
    let study_spans: Option<Vec<Span>> = study.and_then(|study| {
        let spans = study.spans.as_ref()?.iter();
        Some(
            spans
                .map(|span| Span::new(span.kind, span.start + offset, span.end + offset))
                .collect(),
        )
    });
    let mut spans = off_leg(truth, legs);
    let gaps = study_spans.iter().flatten();
    spans.extend(gaps.filter(|span| span.kind == SpanKind::Gap));
    // What begins where nothing was recorded could not be seen, whatever a laboratory saw.
    for row in &mut reference {
        let lost = |span: &Span| span.kind == SpanKind::Gap && span.contains(row.movement.onset);
        row.visible &= !spans.iter().any(lost);
    }
    let detected_spans = study_spans.unwrap_or_else(|| spans.clone());
    let seen = |from, to| uncovered(&detected_spans, from, to, SpanKind::is_unobserved);
    let (over, how) = match (request.hours, within) {
        (Some(hours), _) => (SignedDuration::from_secs_f64(hours * 3600.0), Over::Given),
        (None, Some((out, on))) => (seen(out, on), Over::InBed),
        (None, None) => {
            let ends = reference.iter().map(|row| row.movement.end);
            let end = ends
                .chain(detected.iter().map(|movement| movement.end))
                .max();
            let end = end.unwrap_or(SignedDuration::ZERO);
            (seen(SignedDuration::ZERO, end), Over::LastMovement)
        }
    };
    let night = NightPair {
        name: pair.detected.name.clone(),
        reference,
        detected,
        spans,
        detected_spans,
        within,
        over,
    };
    Ok(Compared {
        result: night.result(rules),
        offset,
        over: how,
    })
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
fn off_leg(truth: &NightOfList, legs: &[Leg]) -> Vec<Span> {
    let [leg] = legs else { return Vec::new() };
    let is_off = |kind: &Option<String>| kind.as_deref() == Some(TruthKind::OffLeg.name());
    truth
        .movements
        .iter()
        .filter(|listed| listed.movement.leg == *leg && is_off(&listed.kind))
        .map(|listed| Span::new(SpanKind::OffLeg, listed.movement.onset, listed.movement.end))
        .collect()
}

/// The movements of the reference on the legs that had a sensor; a `kind` of a simulated truth becomes its class.
fn references(list: &NightOfList, legs: &[Leg]) -> Result<Vec<Reference>, Error> {
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

//! Detections on the disk held against a reference on the disk.

use std::fmt::Write as _;
use std::path::Path;

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::score_list::list_error;
use crate::analysis::score::rules;
use crate::error::{Error, Kind};
use crate::ingest::lists::{self, MovementList};
use crate::lab::evaluate::{
    AgainstReference, Bootstrap, Counts, Evaluation, Event, EventScores, NightPair, Reference,
    evaluate, find_offset,
};
use crate::lab::simulate::TruthKind;
use crate::model::body::Leg;
use crate::model::movement::LegMovement;

/// What `evaluate` was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The reference: `truth.csv`, or any movement list.
    pub truth: &'a Path,
    /// What was found: `movements.csv`, or any movement list.
    pub detected: &'a Path,
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

/// The comparison of one night.
#[derive(Debug)]
pub struct Evaluated {
    evaluation: Evaluation,
    offset_s: f64,
    rules: &'static str,
}

/// Reads both lists and compares them.
pub fn run(request: &Request) -> Result<Evaluated, Error> {
    let usage = |message: String| Error::new(Kind::Usage, "evaluate", message);
    let rules = rules::by_name(request.rules)
        .ok_or_else(|| usage(format!("--rules {:?} is no rule set.", request.rules)))?;
    let truth = one_night(request.truth)?;
    let found = one_night(request.detected)?;
    let mut detected = found.leg_movements();
    let stated = found.movements.iter().all(|listed| listed.leg_stated);
    if !stated {
        let leg = request.leg.or_else(|| only_leg(&truth)).ok_or_else(|| {
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
    let reference = references(&truth, &legs)?;
    let offset = match request.offset {
        OffsetChoice::None => SignedDuration::ZERO,
        OffsetChoice::Seconds(seconds) => SignedDuration::try_from_secs_f64(seconds)
            .map_err(|_| usage(format!("--offset {seconds} is no time in seconds.")))?,
        OffsetChoice::Find => {
            let seen: Vec<Event> =
                events(reference.iter().filter(|r| r.visible).map(|r| &r.movement));
            find_offset(&seen, &events(detected.iter()), REACH)
                .ok_or_else(|| {
                    Error::new(
                        Kind::BadData,
                        "evaluate",
                        "the two lists share no pattern of movements within three hours, so their clocks cannot be \
                         brought together. Give --offset SECONDS, or check that both are of the same night.",
                    )
                    .with_code("no_offset")
                })?
                .add
        }
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
    let over = match request.hours {
        Some(hours) => SignedDuration::try_from_secs_f64(hours * 3600.0)
            .map_err(|_| usage(format!("--hours {hours} is no length of a night.")))?,
        None => end,
    };
    let pair = NightPair {
        name: request.detected.display().to_string(),
        reference,
        detected,
        spans: Vec::new(),
        over,
    };
    Ok(Evaluated {
        evaluation: evaluate(&[pair], &rules, &Bootstrap::default()),
        offset_s: offset.as_secs_f64(),
        rules: rules.name,
    })
}

fn one_night(path: &Path) -> Result<MovementList, Error> {
    let mut nights = lists::open_movements(path).map_err(list_error)?;
    match nights.len() {
        1 => Ok(nights.remove(0)),
        n => Err(Error::new(
            Kind::Usage,
            "evaluate",
            format!("holds {n} nights; evaluate compares one night with one."),
        )
        .in_file(path.display().to_string())),
    }
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
            let kind = TruthKind::from_name(kind).ok_or_else(|| {
                Error::new(
                    Kind::BadData,
                    "evaluate",
                    format!(
                        "line {} of the reference: kind {kind:?} is not known.",
                        listed.line
                    ),
                )
            })?;
            movement.class = kind.class();
        }
        all.push(Reference {
            movement,
            visible: listed.visible.unwrap_or(true),
        });
    }
    Ok(all)
}

fn events<'a>(movements: impl Iterator<Item = &'a LegMovement>) -> Vec<Event> {
    movements
        .map(|movement| Event::new(movement.onset, movement.end))
        .collect()
}

impl Evaluated {
    /// As one JSON object.
    pub fn to_json(&self) -> Value {
        json!({
            "rules": self.rules,
            "offset_s": self.offset_s,
            "visible": side_json(&self.evaluation.visible),
            "all": side_json(&self.evaluation.all),
        })
    }

    /// A few plain lines.
    pub fn in_words(&self) -> String {
        let mut out = String::new();
        for (name, side) in [
            ("what the sensor could see", &self.evaluation.visible),
            ("all movements", &self.evaluation.all),
        ] {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "Against {name}");
            let _ = writeln!(out, "  Leg movements  {}", counts_in_words(&side.lm.pooled));
            let _ = writeln!(
                out,
                "  PLM ({})  {}",
                self.rules,
                counts_in_words(&side.plm.pooled)
            );
            for (there, found) in &side.indices {
                if let (Some(there), Some(found)) = (there.per_h(), found.per_h()) {
                    let _ = writeln!(
                        out,
                        "  PLM index      {found:.1} per hour found, {there:.1} there"
                    );
                }
            }
        }
        if self.offset_s != 0.0 {
            let _ = writeln!(out, "Detected times were moved by {:.2} s", self.offset_s);
        }
        out
    }
}

fn side_json(side: &AgainstReference) -> Value {
    let index: Vec<Value> = side
        .indices
        .iter()
        .map(|(there, found)| json!({"reference_per_h": there.per_h(), "detected_per_h": found.per_h()}))
        .collect();
    json!({
        "lm": scores_json(&side.lm),
        "plm": scores_json(&side.plm),
        "index": index,
        "count_bias": side.count_bias,
    })
}

fn scores_json(scores: &EventScores) -> Value {
    let counts = &scores.pooled;
    json!({
        "hits": counts.hits,
        "misses": counts.misses,
        "false_alarms": counts.false_alarms,
        "precision": counts.precision(),
        "recall": counts.recall(),
        "f1": counts.f1(),
    })
}

fn counts_in_words(counts: &Counts) -> String {
    let share =
        |value: Option<f64>| value.map_or("not defined".to_owned(), |value| format!("{value:.3}"));
    format!(
        "{} found, {} missed, {} false: precision {}, recall {}, F1 {}",
        counts.hits,
        counts.misses,
        counts.false_alarms,
        share(counts.precision()),
        share(counts.recall()),
        share(counts.f1())
    )
}

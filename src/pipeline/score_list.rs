//! Any movement list, scored by the rules alone; a study's own with what the study's tables say of its nights.

mod told;

use std::path::Path;

use jiff::SignedDuration;

use super::listed::{self, NightOfList, list_error};
use crate::analysis::score::rules::{ShortInterval, ShortStart};
use crate::analysis::score::{ScoringRules, rules};
use crate::analysis::summarize::{ScoredNight, summarize};
use crate::error::{Error, Kind};
use crate::ingest::lists::{self, ListedSpan};
use crate::model::body::Leg;
use crate::model::movement::{LegMovement, ShortGross};
use crate::model::night::{Night, StageInterval, WindowSource};
use crate::model::scored::CandidateMovement;
use crate::model::span::Span;
use crate::model::summary::RuleSummary;

/// What `score` was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The list; `-` is standard input.
    pub list: &'a Path,
    /// Name of the rule set.
    pub rules: &'a str,
    /// `allow` or `forbid`.
    pub short_imi_start: Option<&'a str>,
    /// `skip` or `break`.
    pub short_imi: Option<&'a str>,
    /// `left-out` or `by-duration`: what becomes of short movements of the body.
    pub short_gross: Option<ShortGross>,
    /// Stretches without a recording, or `spans.csv`; goes before the one beside a study's list.
    pub gaps: Option<&'a Path>,
    /// Sleep stages; go before those of `spans.csv`.
    pub stages: Option<&'a Path>,
}

/// A night's list with its figures.
#[derive(Debug)]
pub struct ScoredByRules {
    night: Option<String>,
    rules: ScoringRules,
    legs_are_known: bool,
    movements: Vec<CandidateMovement>,
    /// Lights out and lights on; all of a list from elsewhere.
    window: (SignedDuration, SignedDuration),
    used: Used,
    figures: RuleSummary,
    /// Sentences on what a study's own list lacks beside it.
    notes: Vec<String>,
}

/// What of a study's tables was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Used {
    /// Lights out and lights on, from `nights.csv`.
    in_bed: bool,
    /// The column `in_bed` of the list.
    rows_in_bed: bool,
    /// Gaps and time off the leg, from `spans.csv`.
    spans: bool,
}

/// Movements are whole milliseconds.
const TICK: SignedDuration = SignedDuration::from_millis(1);

/// Reads and scores a list, night by night; one without any rows is one empty night.
pub fn run(request: &Request) -> Result<Vec<ScoredByRules>, Error> {
    let rules = rules_of(request)?;
    let mut list = listed::open(request.list)?;
    let gaps = match request.gaps {
        Some(path) => Some(lists::open_gaps(path).map_err(list_error)?),
        None => None,
    };
    let stages = match request.stages {
        Some(path) => Some(lists::open_stages(path).map_err(list_error)?),
        None => None,
    };
    let several = list.nights.len() > 1;
    let usage = |message: String| Err(Error::new(Kind::Usage, "score", message));
    if several && stages.is_some() {
        return usage(format!(
            "the list holds {} nights, and --stages speaks of one. Score a list of one night with it.",
            list.nights.len()
        ));
    }
    let named = |gap: &ListedSpan| gap.night.is_some();
    if several && gaps.iter().flatten().any(|gap| !named(gap)) {
        return usage(format!(
            "the list holds {} nights, and --gaps does not say of which it speaks. Give it a column night, or score a list \
             of one night.",
            list.nights.len()
        ));
    }
    let nights = list.nights.into_iter().map(|night| {
        let gaps = match &gaps {
            Some(gaps) => Some(gaps_of(gaps, night.name.as_deref())?),
            None => None,
        };
        let mut scored = score_one(&night, &rules, gaps, stages.as_deref());
        // Of the list, so with its first night alone.
        scored.notes = std::mem::take(&mut list.notes);
        Ok(scored)
    });
    nights.collect()
}

/// The stretches of a night; those of a table without nights are all of it.
fn gaps_of(gaps: &[ListedSpan], night: Option<&str>) -> Result<Vec<Span>, Error> {
    let names = || gaps.iter().filter_map(|gap| gap.night.as_deref());
    if night.is_none()
        && let Some(first) = names().next()
        && let Some(other) = names().find(|&name| name != first)
    {
        return Err(Error::new(
            Kind::Usage,
            "score",
            format!(
                "--gaps speaks of several nights ({first}, {other}), and the list does not say which it is of. Give the list \
                 a column night, or --gaps the stretches of one night."
            ),
        ));
    }
    let is_of_it =
        |gap: &&ListedSpan| night.is_none() || gap.night.is_none() || gap.night.as_deref() == night;
    let own = gaps.iter().filter(is_of_it);
    Ok(own.map(|gap| gap.span).collect())
}

fn rules_of(request: &Request) -> Result<ScoringRules, Error> {
    let usage = |message: String| Error::new(Kind::Usage, "score", message);
    let mut rules = rules::by_name(request.rules).ok_or_else(|| {
        usage(format!(
            "--rules {:?} is no rule set. Use wasm2016, aasm, wasm2006, alt1 or coleman.",
            request.rules
        ))
    })?;
    if let Some(choice) = request.short_imi_start {
        rules.short_start = ShortStart::from_name(choice).ok_or_else(|| {
            usage(format!(
                "--short-imi-start {choice:?}: use allow or forbid."
            ))
        })?;
    }
    if let Some(choice) = request.short_imi {
        rules.short_interval = ShortInterval::from_name(choice)
            .ok_or_else(|| usage(format!("--short-imi {choice:?}: use skip or break.")))?;
    }
    if let Some(choice) = request.short_gross {
        rules.short_gross = choice;
    }
    Ok(rules)
}

fn score_one(
    list: &NightOfList,
    rules: &ScoringRules,
    gaps: Option<Vec<Span>>,
    stages: Option<&[StageInterval]>,
) -> ScoredByRules {
    let movements = list.leg_movements();
    let mut legs: Vec<Leg> = movements.iter().map(|movement| movement.leg).collect();
    legs.sort_unstable();
    legs.dedup();
    let of_study = list.study.as_ref();
    let used = Used {
        in_bed: of_study.is_some_and(|study| study.in_bed.is_some()),
        rows_in_bed: list.movements.iter().any(|row| row.in_bed.is_some()),
        spans: gaps.is_none() && of_study.is_some_and(|study| study.spans.is_some()),
    };
    let spans = gaps.or_else(|| of_study?.spans.clone()).unwrap_or_default();
    let stages = match (stages, of_study) {
        (Some(stages), _) => stages.to_vec(),
        (None, Some(study)) => study.stages(),
        (None, None) => Vec::new(),
    };
    let (lights_out, lights_on) = of_study
        .and_then(|study| study.in_bed)
        .or_else(|| rows_in_bed(list))
        .unwrap_or_else(|| all_of(&movements, &stages));
    let night = Night {
        lights_out,
        lights_on,
        lights_out_by: WindowSource::Recording,
        lights_on_by: WindowSource::Recording,
        stages,
    };
    let scored = ScoredNight::score(&movements, &legs, rules, &spans);
    let mut summary = summarize(&night, &spans, std::slice::from_ref(&scored));
    ScoredByRules {
        night: list.name.clone(),
        rules: rules.clone(),
        legs_are_known: list.legs_are_stated(),
        movements: scored.joined.movements,
        window: (lights_out, lights_on),
        used,
        figures: summary.by_rules.remove(0),
        notes: Vec::new(),
    }
}

/// From the first to the last row that says it is in bed: what is scored begins where a row does. `None` for a list whose
/// rows do not say.
fn rows_in_bed(list: &NightOfList) -> Option<(SignedDuration, SignedDuration)> {
    let says = |wanted: bool| {
        let rows = list.movements.iter();
        rows.filter(move |row| row.in_bed == Some(wanted))
            .map(|row| row.movement.onset)
    };
    match (says(true).min(), says(true).max()) {
        (Some(first), Some(last)) => Some((first, last.saturating_add(TICK))),
        _ => says(false).next().map(|onset| (onset, onset)),
    }
}

/// A list from elsewhere has no lights: the window holds all of it.
fn all_of(movements: &[LegMovement], stages: &[StageInterval]) -> (SignedDuration, SignedDuration) {
    let onsets = movements.iter().map(|m| m.onset);
    let ends = movements.iter().map(|m| m.end);
    let first = onsets.chain(stages.iter().map(|s| s.start)).min();
    let last = ends.chain(stages.iter().map(|s| s.end)).max();
    (
        first.unwrap_or_default().min(SignedDuration::ZERO),
        last.unwrap_or_default().saturating_add(TICK),
    )
}

//! Any movement list, scored by the rules alone.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::analysis::score::rules::{ShortInterval, ShortStart};
use crate::analysis::score::{ScoringRules, rules};
use crate::analysis::summarize::{ScoredNight, summarize};
use crate::error::{Error, Kind};
use crate::ingest::lists::{self, ListError, MovementList};
use crate::model::body::Leg;
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
    /// Stretches without a recording.
    pub gaps: Option<&'a Path>,
    /// Sleep stages.
    pub stages: Option<&'a Path>,
}

/// A list with its figures: one a night, where the list names nights.
#[derive(Debug)]
pub struct ScoredByRules {
    night: Option<String>,
    rules: ScoringRules,
    legs_are_known: bool,
    movements: Vec<CandidateMovement>,
    n_series: usize,
    figures: RuleSummary,
}

/// Reads and scores a list.
pub fn run(request: &Request) -> Result<Vec<ScoredByRules>, Error> {
    let rules = rules_of(request)?;
    let nights = if request.list == Path::new("-") {
        lists::read_movements(io::stdin().lock(), "standard input")
    } else {
        lists::open_movements(request.list)
    }
    .map_err(list_error)?;
    let gaps = match request.gaps {
        Some(path) => lists::open_gaps(path).map_err(list_error)?,
        None => Vec::new(),
    };
    let stages = match request.stages {
        Some(path) => lists::open_stages(path).map_err(list_error)?,
        None => Vec::new(),
    };
    if nights.len() > 1 && !(gaps.is_empty() && stages.is_empty()) {
        return Err(Error::new(
            Kind::Usage,
            "score",
            format!(
                "the list holds {} nights, and --gaps and --stages speak of one. Score a list of one night with them.",
                nights.len()
            ),
        ));
    }
    Ok(nights
        .into_iter()
        .map(|list| score_one(list, &rules, &gaps, &stages))
        .collect())
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
    Ok(rules)
}

fn score_one(
    list: MovementList,
    rules: &ScoringRules,
    gaps: &[Span],
    stages: &[StageInterval],
) -> ScoredByRules {
    let movements = list.leg_movements();
    let mut legs: Vec<Leg> = movements.iter().map(|movement| movement.leg).collect();
    legs.sort_unstable();
    legs.dedup();
    let scored = ScoredNight::score(&movements, &legs, rules, gaps);
    // A list has no lights: the window holds all of it.
    let first = movements
        .iter()
        .map(|m| m.onset)
        .chain(stages.iter().map(|s| s.start))
        .min();
    let last = movements
        .iter()
        .map(|m| m.end)
        .chain(stages.iter().map(|s| s.end))
        .max();
    let night = Night {
        lights_out: first
            .unwrap_or(SignedDuration::ZERO)
            .min(SignedDuration::ZERO),
        lights_on: last
            .unwrap_or(SignedDuration::ZERO)
            .saturating_add(SignedDuration::from_millis(1)),
        source: WindowSource::Recording,
        stages: stages.to_vec(),
    };
    let mut summary = summarize(&night, gaps, std::slice::from_ref(&scored));
    ScoredByRules {
        night: list.night,
        rules: rules.clone(),
        legs_are_known: list.movements.iter().all(|listed| listed.leg_stated),
        n_series: scored.joined.series.len(),
        movements: scored.joined.movements,
        figures: summary.by_rules.remove(0),
    }
}

pub(super) fn list_error(error: ListError) -> Error {
    let kind = match error.is_io() {
        true if is_missing(&error) => Kind::NoInput,
        true => Kind::Io,
        false => Kind::BadData,
    };
    Error::new(kind, "read", error.to_string()).with_code(error.code())
}

fn is_missing(error: &ListError) -> bool {
    matches!(&error.trouble, lists::Trouble::Io(source) if source.kind() == io::ErrorKind::NotFound)
}

impl ScoredByRules {
    /// Everything as JSON.
    pub fn to_json(&self) -> Value {
        let figures = &self.figures;
        let movements: Vec<Value> = self
            .movements
            .iter()
            .map(|movement| self.movement(movement))
            .collect();
        let mut out = json!({
            "rules": self.rules.name,
            "citation": self.rules.citation,
            "n_lm": self.movements.len(),
            "n_clm": self.movements.iter().filter(|m| m.candidate).count(),
            "n_plm": self.movements.iter().filter(|m| m.plm).count(),
            "n_series": self.n_series,
            "periodicity_index_wasm": figures.pi_wasm2016.value(),
            "periodicity_index_ferri": figures.pi_ferri2006.value(),
            "n_imi": figures.intervals.n,
            "n_imi_below_10": figures.intervals.n_below_10,
            "n_imi_10_90": figures.intervals.n_10_to_90,
            "n_imi_above_90": figures.intervals.n_above_90,
            "imi_geometric_mean_s": figures.intervals.periodic.map(|p| p.geometric_mean_s()),
            "imi_ln_mean": figures.intervals.periodic.map(|p| p.ln_mean),
            "imi_ln_sd": figures.intervals.periodic.and_then(|p| p.ln_sd),
            "movements": movements,
        });
        if let Value::Object(map) = &mut out {
            if let Some(night) = &self.night {
                map.insert("night".to_owned(), json!(night));
            }
            if let Some(stages) = &figures.stages {
                map.insert("n_plms".to_owned(), json!(stages.plms.n));
                map.insert("n_plmw".to_owned(), json!(stages.plmw.n));
                map.insert("plms_index".to_owned(), json!(stages.plms.per_h()));
                map.insert("plmw_index".to_owned(), json!(stages.plmw.per_h()));
            }
        }
        out
    }

    fn movement(&self, movement: &CandidateMovement) -> Value {
        json!({
            "start_s": seconds(movement.onset),
            "end_s": seconds(movement.end),
            "side": self.legs_are_known.then(|| movement.side.letter().to_string()),
            "components": movement.components,
            "candidate": movement.candidate,
            "skipped": movement.skipped,
            "plm": movement.plm,
            "series": movement.series,
            "imi_s": movement.interval.map(seconds),
            "why": movement.why.to_string(),
        })
    }

    /// A few plain lines.
    pub fn in_words(&self) -> String {
        let figures = &self.figures;
        let count =
            |of: fn(&CandidateMovement) -> bool| self.movements.iter().filter(|m| of(m)).count();
        let ratio =
            |value: Option<f64>| value.map_or("not defined".to_owned(), |v| format!("{v:.4}"));
        let mut out = String::new();
        // Writing to a String cannot fail.
        if let Some(night) = &self.night {
            let _ = writeln!(out, "Night {night}");
        }
        let _ = writeln!(
            out,
            "Rules        {} ({})",
            self.rules.name, self.rules.citation
        );
        let _ = writeln!(
            out,
            "Counted      {} leg movements, {} candidates, {} PLM in {} series",
            self.movements.len(),
            count(|m| m.candidate),
            count(|m| m.plm),
            self.n_series
        );
        let _ = writeln!(
            out,
            "Periodicity  {} (PLM / CLM, WASM 2016), {} (Ferri 2006)",
            ratio(figures.pi_wasm2016.value()),
            ratio(figures.pi_ferri2006.value())
        );
        let intervals = &figures.intervals;
        let _ = writeln!(
            out,
            "Intervals    {} below 10 s, {} of 10 to 90 s, {} above 90 s",
            intervals.n_below_10, intervals.n_10_to_90, intervals.n_above_90
        );
        if let Some(stages) = &figures.stages {
            let index =
                |value: Option<f64>| value.map_or("not defined".to_owned(), |v| format!("{v:.1}"));
            let _ = writeln!(
                out,
                "Stages       {} PLM in sleep ({} per hour of sleep), {} in wake ({} per hour awake)",
                stages.plms.n,
                index(stages.plms.per_h()),
                stages.plmw.n,
                index(stages.plmw.per_h())
            );
        }
        out
    }
}

fn seconds(span: SignedDuration) -> f64 {
    span.as_millis() as f64 / 1000.0
}

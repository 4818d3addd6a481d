//! An evaluation as JSON and in words.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{Evaluated, NightTold};
use crate::lab::evaluate::{
    Accuracy, AgainstReference, Agreement, Counts, EventScores, Figure, NightAgainst, NightResult,
};
use crate::model::summary::Interval;

impl Evaluated {
    /// As one JSON object.
    pub fn to_json(&self) -> Value {
        json!({
            "rules": self.rules,
            "n_nights": self.nights.len(),
            "offset_s": self.told.first().map(|night| night.offset_s),
            "visible": side_json(&self.evaluation.visible),
            "all": side_json(&self.evaluation.all),
            "nights": self.nights.iter().zip(&self.told).map(night_json).collect::<Vec<_>>(),
            "notes": self.notes,
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
            let _ = writeln!(out, "  Leg movements  {}", scores_in_words(&side.lm));
            let _ = writeln!(
                out,
                "  PLM ({})  {}",
                self.rules,
                scores_in_words(&side.plm)
            );
            let _ = writeln!(out, "{}", index_in_words(side, &self.nights));
        }
        let moved = self.told.iter().zip(&self.nights);
        for (told, night) in moved.filter(|(told, _)| told.offset_s != 0.0) {
            let _ = writeln!(
                out,
                "Detected times of {} were moved by {:.2} s",
                night.name, told.offset_s
            );
        }
        for note in &self.notes {
            let _ = writeln!(out, "Note: {note}");
        }
        out
    }
}

/// A figure as a number with its interval beside it.
pub(in crate::pipeline) fn put(into: &mut Map<String, Value>, name: &str, figure: Option<Figure>) {
    into.insert(name.to_owned(), json!(figure.map(|figure| figure.value)));
    let interval = figure.and_then(|figure| figure.interval);
    into.insert(format!("{name}_interval"), interval_json(interval));
}

fn interval_json(interval: Option<Interval>) -> Value {
    json!(interval.map(|interval| [interval.low, interval.high]))
}

fn side_json(side: &AgainstReference) -> Value {
    let index: Vec<Value> = side
        .indices
        .iter()
        .map(|(there, found)| json!({"reference_per_h": there.per_h(), "detected_per_h": found.per_h()}))
        .collect();
    let mut out = Map::new();
    out.insert("lm".into(), scores_json(&side.lm));
    out.insert("plm".into(), scores_json(&side.plm));
    out.insert("index".into(), json!(index));
    out.insert(
        "index_agreement".into(),
        json!(side.index.as_ref().map(agreement_json)),
    );
    put(&mut out, "count_bias", side.count_bias);
    out.insert(
        "n_nights_without_plm".into(),
        json!(side.false_plm.n_nights),
    );
    put(&mut out, "false_plm_per_h", side.false_plm.per_h);
    put(&mut out, "onset_error_s", side.onset_error_s);
    put(&mut out, "onset_distance_s", side.onset_distance_s);
    Value::Object(out)
}

fn agreement_json(agreement: &Agreement) -> Value {
    json!({
        "n": agreement.n,
        "bias_per_h": agreement.limits.bias,
        "bias_interval": interval_json(agreement.bias_interval),
        "lower_limit_per_h": agreement.limits.lower,
        "lower_limit_interval": interval_json(agreement.lower_interval),
        "upper_limit_per_h": agreement.limits.upper,
        "upper_limit_interval": interval_json(agreement.upper_interval),
        "mae_per_h": agreement.mae,
        "mae_interval": interval_json(agreement.mae_interval),
        "icc_2_1": agreement.icc,
        "icc_interval": interval_json(agreement.icc_interval),
    })
}

fn counts_json(counts: &Counts) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("hits".into(), json!(counts.hits));
    out.insert("misses".into(), json!(counts.misses));
    out.insert("false_alarms".into(), json!(counts.false_alarms));
    out.insert("precision".into(), json!(counts.precision()));
    out.insert("recall".into(), json!(counts.recall()));
    out.insert("f1".into(), json!(counts.f1()));
    out
}

/// Pooled counts and figures, their intervals, and the medians of the nights.
pub(in crate::pipeline) fn scores_json(scores: &EventScores) -> Value {
    let mut out = counts_json(&scores.pooled);
    let Accuracy {
        precision,
        recall,
        f1,
    } = scores.all_events;
    for (name, figure) in [("precision", precision), ("recall", recall), ("f1", f1)] {
        put(&mut out, name, figure);
    }
    let mut medians = Map::new();
    let Accuracy {
        precision,
        recall,
        f1,
    } = scores.night_medians;
    for (name, figure) in [("precision", precision), ("recall", recall), ("f1", f1)] {
        put(&mut medians, name, figure);
    }
    out.insert("night_median".into(), Value::Object(medians));
    Value::Object(out)
}

fn night_json((night, told): (&NightResult, &NightTold)) -> Value {
    let side = |side: &NightAgainst| {
        json!({
            "lm": counts_json(&side.lm),
            "plm": counts_json(&side.plm),
            "reference_per_h": side.index.0.per_h(),
            "detected_per_h": side.index.1.per_h(),
            "onset_error_s": side.onset.map(|error| error.median_s),
        })
    };
    json!({
        "night": night.name,
        "reference": told.reference,
        "legs": told.legs.legs.iter().map(|leg| leg.letter().to_string()).collect::<Vec<_>>(),
        "offset_s": told.offset_s,
        "hours": night.visible.index.0.over.as_secs_f64() / 3600.0,
        "visible": side(&night.visible),
        "all": side(&night.all),
    })
}

fn share(value: Option<f64>) -> String {
    value.map_or("not defined".to_owned(), |value| format!("{value:.3}"))
}

fn scores_in_words(scores: &EventScores) -> String {
    let counts = &scores.pooled;
    let mut out = format!(
        "{} found, {} missed, {} false: precision {}, recall {}, F1 {}",
        counts.hits,
        counts.misses,
        counts.false_alarms,
        share(counts.precision()),
        share(counts.recall()),
        share(counts.f1())
    );
    if let Some(Figure {
        interval: Some(interval),
        ..
    }) = scores.all_events.f1
    {
        let _ = write!(out, " ({:.3} to {:.3})", interval.low, interval.high);
    }
    if scores.nights.len() > 1 {
        let median = scores.night_medians.f1.map(|figure| figure.value);
        let _ = write!(out, ", median night {}", share(median));
    }
    out
}

fn index_in_words(side: &AgainstReference, nights: &[NightResult]) -> String {
    if let ([(there_of, found_of)], [_]) = (side.indices.as_slice(), nights) {
        return match (there_of.per_h(), found_of.per_h()) {
            (Some(there), Some(found)) => {
                let hours = there_of.over.as_secs_f64() / 3600.0;
                format!(
                    "  PLM index      {found:.1} per hour found, {there:.1} there (over {hours:.2} h)"
                )
            }
            _ => "  PLM index      no time to take it over".to_owned(),
        };
    }
    let Some(index) = &side.index else {
        return "  PLM index      no night has one".to_owned();
    };
    let limits = match (index.limits.lower, index.limits.upper) {
        (Some(lower), Some(upper)) => format!(", limits of agreement {lower:+.1} to {upper:+.1}"),
        _ => String::new(),
    };
    format!(
        "  PLM index      {} nights: bias {:+.2} per hour{limits}, mean absolute error {:.2}, ICC(2,1) {}",
        index.n,
        index.limits.bias,
        index.mae,
        share(index.icc)
    )
}

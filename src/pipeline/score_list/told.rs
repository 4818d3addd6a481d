//! A scored list as JSON and in words.

use std::fmt::Write as _;

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{ScoredByRules, Used};
use crate::model::scored::CandidateMovement;

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
            "n_lm": figures.lm.n,
            "n_clm": figures.clm.n,
            "n_plm": figures.plm.n,
            "n_series": figures.series.n,
            "plm_per_h": self.plm_per_h(),
            "analysed_h": self.used.in_bed.then(|| hours(figures.plm.over)),
            "periodicity_index_wasm": figures.pi_wasm2016.value(),
            "periodicity_index_ferri": figures.pi_ferri2006.value(),
            "n_imi": figures.intervals.n,
            "n_imi_below_10": figures.intervals.n_below_10,
            "n_imi_10_90": figures.intervals.n_10_to_90,
            "n_imi_above_90": figures.intervals.n_above_90,
            "imi_geometric_mean_s": figures.intervals.periodic.map(|p| p.geometric_mean_s()),
            "imi_ln_mean": figures.intervals.periodic.map(|p| p.ln_mean),
            "imi_ln_sd": figures.intervals.periodic.and_then(|p| p.ln_sd),
            "notes": self.notes,
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

    /// The index, where the hours are known.
    fn plm_per_h(&self) -> Option<f64> {
        self.figures.plm.per_h().filter(|_| self.used.in_bed)
    }

    fn counts(&self, movement: &CandidateMovement) -> bool {
        (self.window.0..self.window.1).contains(&movement.onset)
    }

    fn movement(&self, movement: &CandidateMovement) -> Value {
        json!({
            "start_s": seconds(movement.onset),
            "end_s": seconds(movement.end),
            "side": self.legs_are_known.then(|| movement.side.letter().to_string()),
            "in_bed": (self.used.in_bed || self.used.rows_in_bed).then(|| self.counts(movement)),
            "components": movement.components,
            "candidate": movement.candidate,
            "skipped": movement.skipped,
            "plm": movement.plm,
            "series": movement.series,
            "imi_s": movement.interval.map(seconds),
            "why": movement.why.to_string(),
        })
    }

    /// What a study's list was counted by; `None` for a list from elsewhere, of which all counts.
    fn counted(&self) -> Option<&'static str> {
        Some(match self.used {
            Used {
                in_bed: true,
                spans: true,
                ..
            } => {
                "from lights out to lights on (nights.csv), series restart at gaps and time off the leg (spans.csv)"
            }
            Used { in_bed: true, .. } => "from lights out to lights on (nights.csv)",
            Used {
                rows_in_bed: true, ..
            } => "rows with in_bed true",
            Used { spans: true, .. } => "series restart at gaps and time off the leg (spans.csv)",
            _ => return None,
        })
    }

    /// A few plain lines.
    pub fn in_words(&self) -> String {
        let figures = &self.figures;
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
            figures.lm.n, figures.clm.n, figures.plm.n, figures.series.n
        );
        if let Some(counted) = self.counted() {
            let _ = writeln!(out, "             {counted}");
        }
        if let Some(index) = self.plm_per_h() {
            let _ = writeln!(
                out,
                "Index        {index:.1} PLM per hour in bed, over {:.2} h that could be seen",
                hours(figures.plm.over)
            );
        }
        // The ratio is WASM 2016's whatever the rules: of other rules' movements it is no index of that standard.
        let by = match self.rules.name {
            "wasm2016" => "PLM / CLM, WASM 2016".to_owned(),
            other => format!("PLM / CLM as WASM 2016 has it, of {other}'s movements"),
        };
        let _ = writeln!(
            out,
            "Periodicity  {} ({by}), {} (Ferri 2006)",
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
        for note in &self.notes {
            let _ = writeln!(out, "Note         {note}");
        }
        out
    }
}

fn hours(span: SignedDuration) -> f64 {
    span.as_secs_f64() / 3600.0
}

fn seconds(span: SignedDuration) -> f64 {
    span.as_millis() as f64 / 1000.0
}

//! What is in force: flags become parameters, checked before any file is read.

use serde_json::{Value, json};

use super::analyze::{Request, window_flags};
use super::beside::Beside;
use super::grouping::GroupAs;
use super::window::WindowFlags;
use crate::analysis::detect::{DetectParams, Detector, Preset};
use crate::analysis::score::{ScoringRules, rules};
use crate::error::{Error, Kind};
use crate::ingest::ReadOptions;
use crate::model::units::SampleRate;

/// What is in force, checked before the work begins.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How files are read.
    pub read: ReadOptions,
    /// The same as typed, for the manifest.
    pub read_as_typed: Value,
    /// How files are put together.
    pub group_as: GroupAs,
    /// When the night was.
    pub window: WindowFlags,
    /// Sleep exports and the diary.
    pub beside: Beside,
    /// Whether the clocks of two legs are compared by the movements that both felt.
    pub compare_clocks: bool,
    /// The detector's preset.
    pub preset: Preset,
    /// The detector.
    pub detect: DetectParams,
    /// The rule set named first.
    pub rules: ScoringRules,
    /// The second set, for comparison.
    pub aasm: ScoringRules,
}

impl Settings {
    /// Checks what was asked for.
    pub fn check(request: &Request) -> Result<Self, Error> {
        let mut rules = rules::by_name(&request.rules).ok_or_else(|| {
            Error::new(
                Kind::Usage,
                "score",
                format!(
                    "--rules {:?} is no rule set. Use wasm2016, aasm, wasm2006, alt1 or coleman.",
                    request.rules
                ),
            )
        })?;
        let mut aasm = rules::aasm();
        rules.short_gross = request.short_gross;
        aasm.short_gross = request.short_gross;
        let mut detect = request.preset.params();
        if let Some(on) = request.on_mg {
            detect.on_mg = on;
        }
        if let Some(off) = request.off_mg {
            detect.off_mg = off;
        }
        // The rate is checked night by night; a parameter out of bounds is an error before any file is read.
        let any_rate = SampleRate::from_hz(50.0).expect("50 is above zero");
        Detector::plan(detect.clone(), any_rate)
            .map_err(|error| Error::told_by(Kind::Usage, "detect", &error))?;
        Ok(Self {
            read: request.read.clone(),
            read_as_typed: request.read_as_typed.clone(),
            group_as: request.group_as,
            window: window_flags(request)?,
            beside: Beside::open(
                &request.sleep,
                request.sleep_source.as_deref(),
                request.diary.as_ref(),
                request.read.date_order,
            )?,
            compare_clocks: !request.keep_clocks,
            preset: request.preset,
            detect,
            rules,
            aasm,
        })
    }

    /// As the manifest holds them.
    pub fn to_json(&self) -> Value {
        json!({
            "rules": self.rules.name,
            "citation": self.rules.citation,
            "second_rules": self.aasm.name,
            "short_gross": self.rules.short_gross.name(),
            "detector": detector_json(&self.detect),
            "read": self.read_as_typed,
            "as": self.group_as.name(),
            "lights_out": self.window.lights_out.as_ref().map(ToString::to_string),
            "lights_on": self.window.lights_on.as_ref().map(ToString::to_string),
            "whole": self.window.whole,
            "compare_clocks": self.compare_clocks,
            "beside": self.beside.to_json(),
        })
    }
}

fn detector_json(params: &DetectParams) -> Value {
    json!({
        "on_mg": params.on_mg,
        "on_floors": params.on_floors,
        "on_steps": params.on_steps,
        "off_mg": params.off_mg,
        "off_floors": params.off_floors,
        "hold_s": params.hold_s,
        "silent_hold_s": params.silent_hold_s,
        "held_tilt_deg": params.held_tilt_deg,
        "least_log_odds": params.least_log_odds,
        "threshold_factor": params.threshold_factor,
    })
}

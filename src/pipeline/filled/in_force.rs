//! What came to be in force for a night, as the manifest has it.

use serde_json::{Value, json};

use super::{Filling, Sensors};
use crate::analysis::prepare::Calibration;
use crate::analysis::summarize::periodicity::RhythmParams;
use crate::model::body::Leg;
use crate::model::summary::{NightRhythm, Rhythm};

/// The night's entry.
pub(super) fn to_json(
    of: &Filling,
    id: &str,
    sensors: &Sensors,
    calibrations: &[(Option<Leg>, &Calibration)],
) -> Value {
    let recording = of.worn[0].recording;
    let calibrated = calibrations.iter();
    let calibrated = calibrated.map(|(leg, one)| calibration_json(*leg, one));
    json!({
        "night": id,
        "effective_hz": sensors.rate.hz(),
        "unit": recording.survey().unit.name(),
        "gravity": sensors.gravity.name(),
        "floor_mg": sensors.floor_mg,
        "on_threshold_mg": sensors.on_mg,
        "off_threshold_mg": sensors.off_mg,
        "warnings": recording.warnings,
        "sleep": of.sleep.to_json(),
        "rhythm": rhythm_json(&of.rhythm),
        "calibration": calibrated.collect::<Vec<_>>(),
        "clocks": of.one_clock.clocks.to_json(),
        "notes": of.notes,
    })
}

fn rhythm_json(rhythm: &NightRhythm) -> Value {
    let peak = |of: Option<&Rhythm>| {
        of.and_then(|rhythm| rhythm.peak).map(|peak| {
            json!({
                "period_s": (peak.period_s * 1e3).round() / 1e3,
                "strength": (peak.strength * 1e4).round() / 1e4,
                "p_scattered": peak.p_scattered,
                "p_shuffled": peak.p_shuffled,
            })
        })
    };
    let params = RhythmParams::default();
    json!({
        "onsets": peak(Some(&rhythm.events)),
        "envelope": peak(rhythm.envelope.as_ref()),
        "nights_by_chance": params.surrogates,
        "seed": params.seed,
    })
}

fn calibration_json(leg: Option<Leg>, calibration: &Calibration) -> Value {
    let mg = |g: Option<f64>| g.map(|g| (g * 1e5).round() / 100.0);
    let (before, after) = calibration.errors_g();
    let mut out = json!({
        "leg": leg.map(Leg::name),
        "outcome": calibration.in_words(),
        "error_before_mg": mg(before),
        "error_after_mg": mg(after),
    });
    if let (
        Value::Object(map),
        Calibration::Fitted {
            gain,
            offset_g,
            n_windows,
            ..
        },
    ) = (&mut out, calibration)
    {
        map.insert(
            "gain".to_owned(),
            json!(gain.map(|v| (v * 1e5).round() / 1e5)),
        );
        map.insert(
            "offset_mg".to_owned(),
            json!(offset_g.map(|v| (v * 1e5).round() / 100.0)),
        );
        map.insert("windows".to_owned(), json!(n_windows));
    }
    out
}

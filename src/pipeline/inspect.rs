//! What an export is: read to the end, nothing analysed.

use std::path::Path;

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use crate::ingest::profile::Profile;
use crate::ingest::{self, ReadError, ReadOptions};
use crate::model::clock::RecordingClock;
use crate::model::recording::{RawBlock, SourceInfo, StampKind, Survey};
use crate::model::units::AccelUnit;

/// A file that was understood.
#[derive(Debug)]
pub struct Understood {
    /// What was known before the samples.
    pub info: SourceInfo,
    /// What the samples showed.
    pub survey: Survey,
    /// The profile of what was found, where it is a plain table.
    pub profile: Option<Profile>,
}

/// Reads a file or folder to its end.
pub fn inspect(path: &Path, options: &ReadOptions) -> Result<Understood, ReadError> {
    let mut reader = ingest::open(path, options)?;
    let mut block = RawBlock::default();
    while reader.next_block(&mut block)? {}
    let info = reader.info().clone();
    let profile = reader.profile().cloned();
    let survey = reader.finish()?;
    Ok(Understood {
        info,
        survey,
        profile,
    })
}

impl Understood {
    /// The instant of the first sample: with offset or `Z` where the zone is known, else local; `None` without a clock.
    pub fn start(&self) -> Option<String> {
        let clock = RecordingClock::new(
            self.survey.first_stamp_ns?,
            self.info.stamps,
            self.info.zone.clone(),
        );
        match self.info.stamps {
            StampKind::Elapsed => None,
            _ => clock.rfc3339(SignedDuration::ZERO),
        }
    }

    /// The zone's name, where one is known.
    pub fn zone_name(&self) -> Option<String> {
        let zone = self.info.zone.as_ref()?;
        match zone.iana_name() {
            Some(name) => Some(name.to_owned()),
            None => zone.to_fixed_offset().ok().map(|offset| offset.to_string()),
        }
    }

    /// As JSON, one object a file.
    pub fn to_json(&self, file: &str) -> Value {
        let (info, survey) = (&self.info, &self.survey);
        let mut out = Map::new();
        let mut put = |key: &str, value: Value| {
            out.insert(key.to_owned(), value);
        };
        put("file", json!(file));
        put("format", json!(info.format));
        put("member", json!(info.member));
        put("device", json!(info.device));
        put("serial", json!(info.serial));
        put("leg", json!(info.leg.map(|leg| leg.name())));
        put("placement", json!(info.placement.name()));
        put("unit", json!(survey.unit.name()));
        if let AccelUnit::Counts { per_g } = survey.unit {
            put("counts_per_g", json!(per_g));
        }
        put("gravity", json!(survey.gravity.name()));
        put("rate_hz", json!(rounded(survey.rate.hz(), 4)));
        put(
            "rate_label",
            json!(crate::analysis::quality::rate_label(survey.rate)),
        );
        put("jitter_s", json!(rounded(survey.jitter_s, 6)));
        put("time", json!(info.stamps.name()));
        put("zone", json!(self.zone_name()));
        put("start", json!(self.start()));
        put("samples", json!(survey.rows.parsed));
        put(
            "duration_s",
            json!(rounded(survey.duration().as_secs_f64(), 6)),
        );
        let gaps: Vec<Value> = survey
            .gaps
            .iter()
            .map(|gap| {
                json!({
                    "start_s": rounded(gap.start.as_secs_f64(), 3),
                    "length_s": rounded(gap.length.as_secs_f64(), 3),
                })
            })
            .collect();
        put("gaps", json!(gaps));
        put(
            "resolution_mg",
            json!(survey.resolution_g.map(|g| rounded(g * 1000.0, 4))),
        );
        put(
            "quiet_magnitude",
            json!(survey.quiet_magnitude.map(|v| rounded(v, 6))),
        );
        put("peak_axis_g", json!(rounded(survey.peak_axis_g, 4)));
        let rows = &survey.rows;
        put(
            "rows",
            json!({
                "parsed": rows.parsed,
                "skipped": rows.skipped,
                "missing": rows.missing,
                "lost": rows.lost,
                "unparsable": rows.unparsable,
                "duplicate": rows.duplicate,
                "backward": rows.backward,
            }),
        );
        let decisions: Vec<Value> = survey
            .decisions
            .iter()
            .map(|d| json!({"what": d.what, "value": d.value, "because": d.because}))
            .collect();
        put("decisions", json!(decisions));
        put("warnings", json!(survey.warnings));
        Value::Object(out)
    }
}

/// Why a file was refused: where in it, what was seen, what to type.
pub fn refusal_in_words(file: &str, error: &ReadError) -> String {
    match super::system_error(error) {
        Some(told) => told.in_file(file).to_string(),
        None => error.to_string(),
    }
}

/// The JSON of a file that was refused.
pub fn refusal_to_json(file: &str, error: &ReadError) -> Value {
    json!({"file": file, "refused": error.code(), "message": refusal_in_words(file, error)})
}

fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

//! A night's part of the sleep exports: the one that fits it best, or why none does.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::beside::{Beside, SleepFile};
use crate::error::{Error, Kind};
use crate::ingest::sleep::{MaskError, MaskOptions, SleepMask};
use crate::model::clock::RecordingClock;
use crate::model::recording::StampKind;

/// A night whose nearest sleep lies further away is simply not in the export: no two clocks differ by 14 h more.
const ANOTHER_NIGHT_H: f64 = 6.0;

/// What the sleep exports say of a night.
#[derive(Debug)]
pub enum Sleep {
    /// None was named.
    NotNamed,
    /// The stages and the period of this night.
    Laid(Box<Laid>),
    /// They hold other nights; the sentence says how far the nearest is.
    OtherNights(String),
}

/// A sleep export laid over the night.
#[derive(Debug)]
pub struct Laid {
    /// Name of the export.
    pub file: String,
    /// Its short format name.
    pub format: &'static str,
    /// What it says.
    pub mask: SleepMask,
}

impl Sleep {
    /// The export that was laid over the night.
    pub fn laid(&self) -> Option<&Laid> {
        match self {
            Self::Laid(laid) => Some(laid),
            _ => None,
        }
    }

    /// For the manifest's night.
    pub fn to_json(&self) -> Value {
        match self {
            Self::NotNamed => Value::Null,
            Self::OtherNights(why) => json!({"not_used": why}),
            Self::Laid(laid) => {
                let decisions: Vec<Value> = laid
                    .mask
                    .decisions
                    .iter()
                    .map(|d| json!({"what": d.what, "value": d.value, "because": d.because}))
                    .collect();
                json!({
                    "file": laid.file,
                    "format": laid.format,
                    "source": laid.mask.source,
                    "share": (laid.mask.share * 1e4).round() / 1e4,
                    "decisions": decisions,
                    "warnings": laid.mask.warnings,
                })
            }
        }
    }
}

/// Refuses exports that count from the start of a recording where several were made: nothing says which one is meant.
pub fn refuse_without_clock(beside: &Beside, n_recordings: usize) -> Result<(), Error> {
    let counts =
        |file: &&SleepFile| file.export.stamps == StampKind::Elapsed || file.export.dateless;
    match beside.sleep.iter().find(counts) {
        Some(file) if n_recordings > 1 => Err(Error::new(
            Kind::Usage,
            "sleep",
            format!(
                "--sleep {}: its times {}, and there are {n_recordings} recordings. Analyse each with its own list, or write dates \
                 and times into the list.",
                file.name,
                match file.export.dateless {
                    true => "have no date",
                    false => "count from the start of a recording",
                }
            ),
        )
        .with_code("needs_clock")),
        _ => Ok(()),
    }
}

/// Lays the exports over a night of a recording whose first stamp is `began_ns`. What fits badly is an error, with the question of the zone where that would explain
/// it; what holds other nights only is told, and for the caller to judge.
pub fn lay(
    beside: &Beside,
    zone: Option<&TimeZone>,
    clock: &RecordingClock,
    length: SignedDuration,
    began_ns: Option<i64>,
) -> Result<Sleep, Error> {
    let options = MaskOptions {
        zone: zone.cloned(),
        source: beside.sleep_source.clone(),
        began_ns,
    };
    let mut best: Option<Laid> = None;
    let mut refusals: Vec<(&str, MaskError)> = Vec::new();
    for file in &beside.sleep {
        match file.export.mask(clock, length, &options) {
            Ok(mask) => {
                // Stages before nights alone, then the larger share; of equals the first named.
                let merit = |mask: &SleepMask| (!mask.stages.is_empty(), mask.share);
                if best
                    .as_ref()
                    .is_none_or(|best| merit(&mask) > merit(&best.mask))
                {
                    best = Some(Laid {
                        file: file.name.clone(),
                        format: file.export.format,
                        mask,
                    });
                }
            }
            Err(error) => refusals.push((&file.name, error)),
        }
    }
    if let Some(laid) = best {
        return Ok(Sleep::Laid(Box::new(laid)));
    }
    // The refusal that comes nearest to a fit says most.
    let Some((name, error)) = refusals
        .into_iter()
        .reduce(|a, b| if weight(&b.1) > weight(&a.1) { b } else { a })
    else {
        return Ok(Sleep::NotNamed);
    };
    let told = format!("--sleep {name}: {error}.");
    if is_of_other_nights(&error) {
        return Ok(Sleep::OtherNights(told));
    }
    Err(refused(&error, told))
}

/// The refusal of a run in which no night was found in the exports.
pub fn no_night(told: &str) -> Error {
    Error::new(Kind::BadData, "sleep", told.to_owned()).with_code("little_overlap")
}

fn refused(error: &MaskError, told: String) -> Error {
    let kind = match error {
        MaskError::NoSuchSource { .. } => Kind::Usage,
        _ => Kind::BadData,
    };
    Error::new(kind, "sleep", told).with_code(error.code())
}

fn is_of_other_nights(error: &MaskError) -> bool {
    matches!(error, MaskError::LittleOverlap { share, nearest_h, .. }
        if *share <= 0.0 && nearest_h.is_none_or(|hours| hours >= ANOTHER_NIGHT_H))
}

fn weight(error: &MaskError) -> f64 {
    match error {
        MaskError::LittleOverlap { share, moved, .. } => {
            *share + if moved.is_some() { 1.0 } else { 0.0 }
        }
        MaskError::NeedsStart | MaskError::NeedsDate => 2.0,
        MaskError::NeedsZone { .. } => 3.0,
        MaskError::NoSuchSource { .. } => 4.0,
    }
}

//! A night's rows, filled from everything that was found of it.

mod facts;
mod in_force;
mod told;

use serde_json::{Value, json};

use super::legs::OneClock;
use super::night::{Found, Worn};
use super::rows;
use super::sensors::Sensors;
use super::settings::Settings;
use super::sleep::Sleep;
use crate::analysis::prepare::Calibration;
use crate::analysis::quality;
use crate::analysis::score::{ByChance, ScoringRules, rules as standards, score};
use crate::analysis::summarize::{ScoredNight, in_window, periodicity_index};
use crate::error::{Error, Kind};
use crate::model::body::Leg;
use crate::model::clock::RecordingClock;
use crate::model::movement::LegMovement;
use crate::model::night::Night;
use crate::model::scored::ScoredList;
use crate::model::span::{Span, SpanKind};
use crate::model::summary::{NightRhythm, NightSummary, ThresholdBand};
use crate::output::rows::{
    AutocorrelationRow, FileRow, HourRow, MovementRow, NightRow, PeriodogramRow, SpanRow, StageRow,
    Trace,
};

/// What reading told of a file.
#[derive(Debug)]
pub struct FileTold {
    /// Its row, without name, size and hash.
    pub row: FileRow,
    /// What was decided, and by what evidence.
    pub decisions: Vec<(String, String, String)>,
}

/// A night with all its rows.
#[derive(Debug)]
pub struct NightOutcome {
    /// Its row.
    pub row: NightRow,
    /// Its movements.
    pub movements: Vec<MovementRow>,
    /// Its hours.
    pub hours: Vec<HourRow>,
    /// Its sleep stages; empty without a sleep export.
    pub stages: Vec<StageRow>,
    /// Which periods its movements have.
    pub periodogram: Vec<PeriodogramRow>,
    /// How alike it is to itself some seconds later.
    pub autocorrelation: Vec<AutocorrelationRow>,
    /// Its stretches.
    pub spans: Vec<SpanRow>,
    /// Its envelopes, one a leg.
    pub traces: Vec<Trace>,
    /// What came to be in force, for the manifest.
    pub in_force: Value,
    /// Why no sleep export was laid over it, where some were named.
    pub without_sleep: Option<String>,
    /// The files it was made of, leg by leg, piece by piece.
    pub files: Vec<FileTold>,
}

impl NightOutcome {
    /// Gives the night another identifier, in all its rows.
    pub fn rename(&mut self, id: &str) {
        let all = std::iter::once(&mut self.row.night)
            .chain(self.movements.iter_mut().map(|row| &mut row.night))
            .chain(self.hours.iter_mut().map(|row| &mut row.night))
            .chain(self.stages.iter_mut().map(|row| &mut row.night))
            .chain(self.periodogram.iter_mut().map(|row| &mut row.night))
            .chain(self.autocorrelation.iter_mut().map(|row| &mut row.night))
            .chain(self.spans.iter_mut().map(|row| &mut row.night))
            .chain(self.traces.iter_mut().map(|row| &mut row.night));
        for night in all {
            id.clone_into(night);
        }
        if let Value::Object(map) = &mut self.in_force {
            map.insert("night".to_owned(), json!(id));
        }
    }
}

/// Everything that the rows of a night are filled from.
pub(super) struct Filling<'a> {
    pub worn: &'a [Worn<'a>],
    pub settings: &'a Settings,
    pub clock: RecordingClock,
    pub one_clock: OneClock,
    pub night: Night,
    pub found: Vec<Found>,
    pub movements: Vec<LegMovement>,
    pub spans: Vec<Span>,
    pub legs: Vec<Leg>,
    pub scored: [ScoredNight; 2],
    pub summary: NightSummary,
    pub rhythm: NightRhythm,
    pub band: ThresholdBand,
    /// What chance makes of the candidates.
    pub by_chance: Option<ByChance>,
    /// The seconds of each leg.
    pub seconds: Vec<rows::Seconds>,
    pub sleep: Sleep,
    /// Sentences that belong under the figures.
    pub notes: Vec<String>,
}

/// Fills the rows.
pub(super) fn fill(of: Filling) -> Result<NightOutcome, Error> {
    let [main, aasm] = &of.summary.by_rules[..] else {
        return Err(Error::new(
            Kind::BadData,
            "summarize",
            "two rule sets were scored, and not two came back.",
        ));
    };
    let (worn, clock, night) = (of.worn, &of.clock, &of.night);
    let leg_is_known = worn.iter().all(|one| one.leg.is_some()) || worn.len() == 2;
    let calibrations: Vec<(Option<Leg>, &Calibration)> = worn
        .iter()
        .zip(&of.found)
        .map(|(one, found)| (leg_is_known.then_some(found.leg), one.calibration))
        .collect();
    let id = night_id(clock, night);
    let sensors = Sensors::of(worn, &of.found);
    let placement = facts::placement(worn, leg_is_known);
    let facts = facts::facts(&of, main, &sensors, placement);
    let flags = quality::doubts(&facts);
    let wasm = by_wasm(&of);
    let row = rows::night_row(&rows::NightParts {
        id: &id,
        files: worn
            .iter()
            .flat_map(|one| one.files.iter().map(|(_, name)| (*name).to_owned()))
            .collect(),
        info: &worn[0].recording.info,
        sensors: &sensors,
        placement,
        legs: if leg_is_known { &of.legs } else { &[] },
        clock,
        recorded: of.one_clock.recorded,
        night,
        summary: &of.summary,
        main,
        aasm,
        band: facts.band,
        by_chance: facts.by_chance,
        periodicity_index_wasm: periodicity_index::wasm2016(in_window(&wasm.movements, night))
            .value(),
        flags: &flags,
        at_least: quality::is_lower_bound(&facts),
        classes: facts::classes(&of.movements, night),
        n_gaps: facts::n_gaps(&of),
        calibrations: &calibrations,
        detector: of.settings.preset.name().to_owned(),
        settings_sha256: super::manifest::sha256_of_json(&of.settings.to_json()),
        sleep: of.sleep.laid(),
        notes: &of.notes,
        clocks: &of.one_clock.clocks,
        rhythm: &of.rhythm,
    });
    Ok(NightOutcome {
        movements: rows::movement_rows(
            &id,
            clock,
            night,
            &of.movements,
            leg_is_known,
            &wasm,
            &of.scored[1].joined,
        ),
        spans: span_rows(&of, &id, leg_is_known),
        in_force: in_force::to_json(&of, &id, &sensors, &calibrations),
        without_sleep: match &of.sleep {
            Sleep::OtherNights(why) => Some(why.clone()),
            Sleep::Laid(_) | Sleep::NotNamed => None,
        },
        stages: rows::stage_rows(&id, main, aasm, night),
        hours: rows::hour_rows(&id, clock, main, aasm, &of.rhythm.hours),
        periodogram: rows::periodogram_rows(&id, &of.rhythm),
        autocorrelation: rows::autocorrelation_rows(&id, &of.rhythm),
        files: told::told(worn),
        row,
        traces: of
            .found
            .iter()
            .zip(of.seconds)
            .filter_map(|(found, seconds)| {
                seconds.into_trace(&id, leg_is_known.then_some(found.leg))
            })
            .collect(),
    })
}

/// The list by WASM 2016: columns that are named so are by it, whatever set is named first.
fn by_wasm(of: &Filling) -> ScoredList {
    let rules = &of.settings.rules;
    if rules.name == "wasm2016" {
        return of.scored[0].joined.clone();
    }
    let wasm = ScoringRules {
        short_gross: rules.short_gross,
        ..standards::wasm2016()
    };
    score(&of.movements, &wasm, &of.spans)
}

/// Time in bed, stages, and what was found of each leg.
fn span_rows(of: &Filling, id: &str, leg_is_known: bool) -> Vec<SpanRow> {
    let (clock, night) = (&of.clock, &of.night);
    let in_bed = Span::new(SpanKind::InBed, night.lights_out, night.lights_on);
    let stages = night.stages.iter();
    let slept = stages.map(|piece| Span::new(SpanKind::Slept(piece.stage), piece.start, piece.end));
    let of_night: Vec<Span> = std::iter::once(in_bed).chain(slept).collect();
    let mut all = rows::span_rows(id, clock, None, &of_night);
    for found in &of.found {
        let leg = leg_is_known.then_some(found.leg);
        all.extend(rows::span_rows(id, clock, leg, &found.detection.spans));
    }
    all
}

/// A night is called by the date of its evening; without a clock it has a number.
fn night_id(clock: &RecordingClock, night: &Night) -> String {
    match rows::evening(clock, night.lights_out) {
        Some(date) => date.to_string(),
        None => "1".to_owned(),
    }
}

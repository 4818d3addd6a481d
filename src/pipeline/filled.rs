//! A night's rows, filled from everything that was found of it.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::legs::{Clocks, OneClock};
use super::night::{Found, Worn};
use super::rows;
use super::settings::Settings;
use super::sleep::Sleep;
use crate::analysis::prepare::Calibration;
use crate::analysis::quality::{self, ClockDoubt, NightFacts};
use crate::analysis::score::{ByChance, ScoringRules, rules as standards, score};
use crate::analysis::summarize::ScoredNight;
use crate::analysis::summarize::periodicity::RhythmParams;
use crate::error::{Error, Kind};
use crate::model::body::{Leg, Placement};
use crate::model::clock::RecordingClock;
use crate::model::movement::{LegMovement, MovementClass};
use crate::model::night::Night;
use crate::model::recording::{SourceInfo, Survey};
use crate::model::span::{Span, SpanKind};
use crate::model::summary::{NightRhythm, NightSummary, PlmByChance, Rhythm, ThresholdBand};
use crate::output::rows::{
    AutocorrelationRow, FileRow, HourRow, LocalTime, MovementRow, NightRow, PeriodogramRow,
    SpanRow, StageRow, Trace, hours,
};
use crate::signal::robust;

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

/// The longest time in bed in which a leg with a sensor did not stir.
fn longest_rest(found: &[Found], night: &Night) -> SignedDuration {
    let spans = found.iter().flat_map(|one| &one.detection.spans);
    spans
        .filter(|span| span.kind == SpanKind::Still)
        .map(|span| span.overlap(night.lights_out, night.lights_on))
        .max()
        .unwrap_or_default()
}

pub(super) fn fill(of: Filling) -> Result<NightOutcome, Error> {
    let Filling {
        worn,
        settings,
        ref clock,
        ref one_clock,
        ref night,
        ref summary,
        ..
    } = of;
    let first = &worn[0];
    let info = &first.recording.info;
    let survey = first.recording.survey();
    let [main, aasm] = &summary.by_rules[..] else {
        return Err(Error::new(
            Kind::BadData,
            "summarize",
            "two rule sets were scored, and not two came back.",
        ));
    };
    let leg_is_known = worn.iter().all(|one| one.leg.is_some()) || worn.len() == 2;
    let placement = match (
        info.placement,
        leg_is_known && worn.iter().any(|one| one.leg.is_some()),
    ) {
        (Placement::NotStated, true) => Placement::Ankle,
        (place, _) => place,
    };
    let known_legs: &[Leg] = if leg_is_known { &of.legs } else { &[] };
    let id = night_id(clock, night);
    let calibrations: Vec<(Option<Leg>, &Calibration)> = worn
        .iter()
        .zip(&of.found)
        .map(|(one, found)| (leg_is_known.then_some(found.leg), one.calibration))
        .collect();
    let band = match [of.band.at_0_7, of.band.at_1_0, of.band.at_1_4].map(|rate| rate.per_h()) {
        [Some(low), Some(one), Some(high)] => Some([low, one, high]),
        _ => None,
    };
    let in_window = |movement: &&LegMovement| {
        night.lights_out <= movement.onset && movement.onset < night.lights_on
    };
    let n_of = |class: Option<MovementClass>| {
        let own = of.movements.iter().filter(in_window);
        own.filter(|movement| class.is_none_or(|class| movement.class == class))
            .count()
    };
    let classes = [
        n_of(None),
        n_of(Some(MovementClass::Long)),
        n_of(Some(MovementClass::Gross)),
        n_of(Some(MovementClass::Posture)),
        n_of(Some(MovementClass::Rhythmic)),
        n_of(Some(MovementClass::Knock)),
    ];
    let detection = &of.found[0].detection;
    let middle = |values: &[f32]| {
        let mut finite: Vec<f32> = values
            .iter()
            .copied()
            .filter(|value| value.is_finite())
            .collect();
        robust::median(&mut finite).map(f64::from)
    };
    let floor_mg = middle(&detection.floor_mg);
    let on_mg = middle(&detection.on_threshold_mg);
    let off_mg = middle(&detection.off_threshold_mg);
    let time = &summary.time;
    // an hour of the same time as the index
    let by_chance = of.by_chance.zip(main.plm.per_h());
    let by_chance = by_chance.map(|(chance, index)| PlmByChance {
        per_h: chance.mean * index / main.plm.n as f64,
        p: chance.p,
    });
    let facts = NightFacts {
        in_bed_h: hours(time.in_bed),
        analysed_h: hours(time.analysed),
        gap_h: hours(time.gap),
        idle_h: hours(time.idle),
        off_leg_h: hours(time.off_leg),
        longest_rest_h: hours(longest_rest(&of.found, night)),
        window: night.source,
        rate: survey.rate,
        gravity: survey.gravity,
        placement,
        n_legs: worn.len(),
        resolution_mg: survey.resolution_g.map(|g| g * 1000.0),
        on_threshold_mg: on_mg,
        band,
        lm_per_h: main.lm.per_h(),
        index: main.plm.per_h(),
        by_chance,
        clocks: match one_clock.clocks {
            Clocks::NotCompared { stamped, .. } => ClockDoubt::NotCompared { stamped },
            _ => ClockDoubt::None,
        },
    };
    let flags = quality::doubts(&facts);
    let gaps = of.spans.iter().filter(|span| {
        span.kind == SpanKind::Gap
            && span.overlap(night.lights_out, night.lights_on) > SignedDuration::ZERO
    });
    let settings_sha256 = super::manifest::sha256_of_json(&settings.to_json());
    let row = rows::night_row(&rows::NightParts {
        id: &id,
        files: worn
            .iter()
            .flat_map(|one| one.files.iter().map(|(_, name)| (*name).to_owned()))
            .collect(),
        info,
        survey,
        placement,
        legs: known_legs,
        clock,
        recorded: one_clock.recorded,
        night,
        summary,
        main,
        aasm,
        band,
        by_chance,
        flags: &flags,
        at_least: quality::is_lower_bound(&facts),
        classes,
        n_gaps: gaps.count(),
        calibrations: &calibrations,
        floor_mg,
        on_mg,
        off_mg,
        detector: settings.preset.clone(),
        settings_sha256,
        sleep: of.sleep.laid(),
        notes: &of.notes,
        clocks: &one_clock.clocks,
        rhythm: &of.rhythm,
    });
    let [main_list, aasm_list] = &of.scored;
    // The columns of movements.csv are by WASM 2016, whatever set is named first.
    let wasm = match settings.rules.name {
        "wasm2016" => main_list.joined.clone(),
        _ => {
            let wasm = ScoringRules {
                short_gross: settings.rules.short_gross,
                ..standards::wasm2016()
            };
            score(&of.movements, &wasm, &of.spans)
        }
    };
    let movements = rows::movement_rows(
        &id,
        clock,
        night,
        &of.movements,
        leg_is_known,
        &wasm,
        &aasm_list.joined,
    );
    let mut spans = rows::span_rows(
        &id,
        clock,
        None,
        &[Span::new(
            SpanKind::InBed,
            night.lights_out,
            night.lights_on,
        )],
    );
    let slept: Vec<Span> = night
        .stages
        .iter()
        .map(|piece| Span::new(SpanKind::Slept(piece.stage), piece.start, piece.end))
        .collect();
    spans.extend(rows::span_rows(&id, clock, None, &slept));
    let mut traces = Vec::with_capacity(worn.len());
    for (found, seconds) in of.found.iter().zip(of.seconds) {
        let leg = leg_is_known.then_some(found.leg);
        spans.extend(rows::span_rows(&id, clock, leg, &found.detection.spans));
        traces.extend(seconds.into_trace(&id, leg));
    }
    Ok(NightOutcome {
        in_force: json!({
            "night": id,
            "effective_hz": survey.rate.hz(),
            "unit": survey.unit.name(),
            "gravity": survey.gravity.name(),
            "floor_mg": floor_mg,
            "on_threshold_mg": on_mg,
            "off_threshold_mg": off_mg,
            "warnings": first.recording.warnings,
            "sleep": of.sleep.to_json(),
            "rhythm": rhythm_json(&of.rhythm),
            "calibration": calibrations.iter().map(|(leg, one)| calibration_json(*leg, one)).collect::<Vec<_>>(),
            "clocks": one_clock.clocks.to_json(),
            "notes": of.notes,
        }),
        without_sleep: match &of.sleep {
            Sleep::OtherNights(why) => Some(why.clone()),
            Sleep::Laid(_) | Sleep::NotNamed => None,
        },
        stages: rows::stage_rows(&id, main, aasm, night),
        hours: rows::hour_rows(&id, clock, main, aasm, &of.rhythm.hours),
        periodogram: rows::periodogram_rows(&id, &of.rhythm),
        autocorrelation: rows::autocorrelation_rows(&id, &of.rhythm),
        files: told(worn),
        row,
        movements,
        spans,
        traces,
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

/// A night is called by the date of its evening; without a clock it has a number.
fn night_id(clock: &RecordingClock, night: &Night) -> String {
    match rows::evening(clock, night.lights_out) {
        Some(date) => date.to_string(),
        None => "1".to_owned(),
    }
}

/// What is told of each file: leg by leg, piece by piece.
fn told(worn: &[Worn]) -> Vec<FileTold> {
    let mut all = Vec::new();
    for one in worn {
        let info: &SourceInfo = &one.recording.info;
        for survey in &one.recording.surveys {
            all.push(file_told(info, survey, one.leg));
        }
    }
    all
}

fn file_told(info: &SourceInfo, survey: &Survey, leg: Option<Leg>) -> FileTold {
    let clock = RecordingClock::new(
        survey.first_stamp_ns.unwrap_or_default(),
        info.stamps,
        info.zone.clone(),
    );
    let rows = &survey.rows;
    FileTold {
        row: FileRow {
            outcome: "analysed".to_owned(),
            member: info.member.clone(),
            format: Some(info.format.clone()),
            device: info.device.clone(),
            leg,
            placement: Some(info.placement),
            start_utc: clock.instant(SignedDuration::ZERO),
            start_local: LocalTime::at(&clock, SignedDuration::ZERO),
            duration_h: Some(hours(survey.duration())),
            n_samples: Some(rows.parsed),
            n_rows_left_out: Some(rows.unparsable + rows.duplicate + rows.backward),
            rate_hz: Some(survey.rate.hz()),
            n_gaps: u32::try_from(survey.gaps.len()).ok(),
            unit: Some(survey.unit.name().to_owned()),
            gravity: Some(survey.gravity.name().to_owned()),
            ..FileRow::default()
        },
        decisions: survey
            .decisions
            .iter()
            .map(|d| (d.what.clone(), d.value.clone(), d.because.clone()))
            .collect(),
    }
}

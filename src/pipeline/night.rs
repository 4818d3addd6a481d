//! One night: nine steps, in the order in which data walks.

use std::path::Path;

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::analyze::{Request, window_flags};
use super::rows;
use super::traced::{self, Traced};
use super::window::{self, WindowFlags};
use crate::analysis::detect::{DetectParams, Detection, Detector, MovementDetector as _};
use crate::analysis::prepare::{self, Calibration};
use crate::analysis::quality::{self, NightFacts};
use crate::analysis::score::{ScoringRules, rules, score};
use crate::analysis::summarize::threshold_band::{self, threshold_band};
use crate::analysis::summarize::{ScoredNight, summarize};
use crate::error::{Error, Kind};
use crate::ingest::ReadOptions;
use crate::model::body::{Leg, Placement};
use crate::model::clock::RecordingClock;
use crate::model::movement::{LegMovement, MovementClass, ShortGross};
use crate::model::night::Night;
use crate::model::recording::{SourceInfo, StampKind, Survey};
use crate::model::span::{Span, SpanKind};
use crate::model::summary::{NightSummary, ThresholdBand};
use crate::model::trace::NightTrace;
use crate::model::units::SampleRate;
use crate::output::rows::{
    FileRow, HourRow, LocalTime, MovementRow, NightRow, SpanRow, Trace, hours,
};
use crate::signal::robust;

/// What is in force, checked before the work begins.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How files are read.
    pub read: ReadOptions,
    /// The same as typed, for the manifest.
    pub read_as_typed: Value,
    /// When the night was.
    pub window: WindowFlags,
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
        let short_gross = match request.short_gross.as_str() {
            "by-duration" => ShortGross::ByDuration,
            _ => ShortGross::LeftOut,
        };
        rules.short_gross = short_gross;
        aasm.short_gross = short_gross;
        let mut detect = match request.preset.as_str() {
            "sensitive" => DetectParams::sensitive(),
            _ => DetectParams::default(),
        };
        if let Some(on) = request.on_mg {
            detect.on_mg = on;
        }
        if let Some(off) = request.off_mg {
            detect.off_mg = off;
        }
        // The rate is checked night by night; a parameter out of bounds is an error before any file is read.
        let any_rate = SampleRate::from_hz(50.0).expect("50 is above zero");
        Detector::plan(detect.clone(), any_rate)
            .map_err(|error| Error::new(Kind::Usage, "detect", error.to_string()))?;
        Ok(Self {
            read: request.read.clone(),
            read_as_typed: request.read_as_typed.clone(),
            window: window_flags(request)?,
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
            "short_gross": match self.rules.short_gross {
                ShortGross::ByDuration => "by-duration",
                ShortGross::LeftOut => "left-out",
            },
            "detector": detector_json(&self.detect),
            "read": self.read_as_typed,
            "lights_out": self.window.lights_out.as_ref().map(ToString::to_string),
            "lights_on": self.window.lights_on.as_ref().map(ToString::to_string),
            "whole": self.window.whole,
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
        "threshold_factor": params.threshold_factor,
    })
}

/// The files of one leg.
#[derive(Debug)]
pub struct LegFiles<'a> {
    /// Which leg, where known.
    pub leg: Option<Leg>,
    /// Paths and names of its pieces, in the order of time.
    pub pieces: Vec<(&'a Path, &'a str)>,
}

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
    /// Its stretches.
    pub spans: Vec<SpanRow>,
    /// Its envelopes, one a leg.
    pub traces: Vec<Trace>,
    /// What came to be in force, for the manifest.
    pub in_force: Value,
    /// The files it was made of, leg by leg, piece by piece.
    pub files: Vec<FileTold>,
}

impl NightOutcome {
    /// Gives the night another identifier, in all its rows.
    pub fn rename(&mut self, id: &str) {
        let all = std::iter::once(&mut self.row.night)
            .chain(self.movements.iter_mut().map(|row| &mut row.night))
            .chain(self.hours.iter_mut().map(|row| &mut row.night))
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

/// Reads the files of one or two legs and analyses every night in them.
pub fn analyze(legs: &[LegFiles], settings: &Settings) -> Result<Vec<NightOutcome>, Error> {
    let mut traced = Vec::with_capacity(legs.len());
    for leg in legs {
        traced.push(traced::read(&leg.pieces, &settings.read)?);
    }
    let mut nights = Vec::new();
    for night in line_up(&traced) {
        let worn: Vec<Worn> = night
            .into_iter()
            .map(|(recording, trace)| Worn {
                leg: legs[recording].leg.or(traced[recording].info.leg),
                recording: &traced[recording],
                trace,
                files: &legs[recording].pieces,
            })
            .collect();
        nights.push(one_night(&worn, settings)?);
    }
    Ok(nights)
}

/// One leg's part of a night.
struct Worn<'a> {
    leg: Option<Leg>,
    recording: &'a Traced,
    trace: &'a NightTrace,
    files: &'a [(&'a Path, &'a str)],
}

/// Puts the nights of two legs side by side: those that overlap in time belong together.
fn line_up(recordings: &[Traced]) -> Vec<Vec<(usize, &NightTrace)>> {
    let Some((first, rest)) = recordings.split_first() else {
        return Vec::new();
    };
    let mut nights: Vec<Vec<(usize, &NightTrace)>> =
        first.nights.iter().map(|trace| vec![(0, trace)]).collect();
    let same_clock = rest
        .iter()
        .all(|other| other.info.stamps == first.info.stamps)
        && first.info.stamps != StampKind::Elapsed;
    for (at, other) in rest.iter().enumerate() {
        for (n, trace) in other.nights.iter().enumerate() {
            let partner = if same_clock {
                nights
                    .iter()
                    .position(|night| overlap_s(night[0].1, trace) > 0.0)
            } else {
                (n < nights.len()).then_some(n)
            };
            match partner {
                Some(partner) => nights[partner].push((at + 1, trace)),
                None => nights.push(vec![(at + 1, trace)]),
            }
        }
    }
    nights.sort_by_key(|night| night[0].1.start_ns);
    nights
}

fn overlap_s(a: &NightTrace, b: &NightTrace) -> f64 {
    let end = |trace: &NightTrace| trace.start_ns as f64 * 1e-9 + trace.duration_s();
    end(a).min(end(b)) - (a.start_ns as f64 * 1e-9).max(b.start_ns as f64 * 1e-9)
}

/// What one leg showed, on the clock of the night.
struct Found {
    leg: Leg,
    detection: Detection,
    /// Movements at 0.7, 1 and 1.4 times the threshold.
    band: [Vec<LegMovement>; 3],
}

fn one_night(worn: &[Worn], settings: &Settings) -> Result<NightOutcome, Error> {
    let first = &worn[0];
    let start_ns = worn
        .iter()
        .map(|one| one.trace.start_ns)
        .min()
        .unwrap_or(first.trace.start_ns);
    let unclocked = first.recording.info.stamps == StampKind::Elapsed;
    let later = |one: &Worn| match unclocked {
        true => SignedDuration::ZERO,
        false => SignedDuration::from_nanos(one.trace.start_ns - start_ns),
    };
    let clock = first.recording.clock(first.trace).shifted(-later(first));
    let recorded = worn
        .iter()
        .map(|one| later(one) + seconds_f64(one.trace.duration_s()))
        .max()
        .unwrap_or(SignedDuration::ZERO);
    let found = detect(worn, later, settings)?;
    let night = window::settle(&settings.window, &clock, recorded, || {
        estimate(first.trace).map(|(out, on)| (out + later(first), on + later(first)))
    })?;
    let movements: Vec<LegMovement> = merged(&found, 1);
    let spans: Vec<Span> = scored_spans(&found);
    let legs: Vec<Leg> = found.iter().map(|one| one.leg).collect();
    let scored = [&settings.rules, &settings.aasm]
        .map(|rules| ScoredNight::score(&movements, &legs, rules, &spans));
    let summary = summarize(&night, &spans, &scored);
    let at = |factor: usize| score(&merged(&found, factor), &settings.rules, &spans);
    let band = threshold_band(&night, &spans, [&at(0), &scored[0].joined, &at(2)]);
    fill(Filling {
        worn,
        settings,
        clock,
        recorded,
        night,
        found,
        movements,
        spans,
        legs,
        scored,
        summary,
        band,
    })
}

fn detect(
    worn: &[Worn],
    later: impl Fn(&Worn) -> SignedDuration,
    settings: &Settings,
) -> Result<Vec<Found>, Error> {
    let mut found: Vec<Found> = Vec::with_capacity(worn.len());
    for one in worn {
        // Movements need a leg; one that nobody named is told as unknown in the rows.
        let leg = one.leg.unwrap_or(match found.first() {
            Some(other) => other.leg.other(),
            None => Leg::Left,
        });
        let at = |factor: f32| -> Result<Detection, Error> {
            let params = settings
                .detect
                .with_threshold_factor(factor * settings.detect.threshold_factor);
            let detector = Detector::plan(params, one.trace.source_rate).map_err(|error| {
                Error::new(Kind::BadData, "detect", error.to_string()).with_code("too_slow")
            })?;
            let mut detection = detector.detect(one.trace, leg);
            let shift = later(one);
            for movement in &mut detection.movements {
                movement.onset += shift;
                movement.end += shift;
            }
            for span in &mut detection.spans {
                *span = Span::new(span.kind, span.start + shift, span.end + shift);
            }
            Ok(detection)
        };
        let [low, one_x, high] = threshold_band::FACTORS.map(at);
        let (low, one_x, high) = (low?, one_x?, high?);
        found.push(Found {
            leg,
            band: [low.movements, one_x.movements.clone(), high.movements],
            detection: one_x,
        });
    }
    Ok(found)
}

/// The movements of all legs in order of onset.
fn merged(found: &[Found], band: usize) -> Vec<LegMovement> {
    let mut all: Vec<LegMovement> = found
        .iter()
        .flat_map(|one| one.band[band].clone())
        .collect();
    all.sort_by_key(|movement| (movement.onset, movement.leg, movement.end));
    all
}

/// What scoring and denominators see. A stretch in which one of two legs was not seen is a gap for both: what is joined
/// over two legs needs both.
fn scored_spans(found: &[Found]) -> Vec<Span> {
    let mut spans: Vec<Span> = found
        .iter()
        .flat_map(|one| one.detection.spans.clone())
        .collect();
    spans.sort_by_key(|span| (span.start, span.end, span.kind));
    spans.dedup();
    spans
}

fn estimate(trace: &NightTrace) -> Option<(SignedDuration, SignedDuration)> {
    prepare::time_in_bed(trace).map(|bed| (bed.lights_out, bed.lights_on))
}

fn seconds_f64(seconds: f64) -> SignedDuration {
    SignedDuration::from_millis((seconds * 1000.0).round() as i64)
}

/// Everything that the rows of a night are filled from.
struct Filling<'a> {
    worn: &'a [Worn<'a>],
    settings: &'a Settings,
    clock: RecordingClock,
    recorded: SignedDuration,
    night: Night,
    found: Vec<Found>,
    movements: Vec<LegMovement>,
    spans: Vec<Span>,
    legs: Vec<Leg>,
    scored: [ScoredNight; 2],
    summary: NightSummary,
    band: ThresholdBand,
}

fn fill(of: Filling) -> Result<NightOutcome, Error> {
    let Filling {
        worn,
        settings,
        ref clock,
        recorded,
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
    let calibration = match survey.gravity {
        crate::model::units::GravityState::Included => prepare::calibrate(first.trace),
        crate::model::units::GravityState::Removed => Calibration::Skipped {
            why: "gravity is not in the numbers",
            error_before_g: None,
        },
    };
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
    let (floor_mg, on_mg) = (middle(&detection.floor_mg), middle(&detection.threshold_mg));
    let off_mg = floor_mg.map(|floor| {
        f64::from(
            settings
                .detect
                .off_mg
                .max(settings.detect.off_floors * floor as f32),
        ) * f64::from(settings.detect.threshold_factor)
    });
    let time = &summary.time;
    let facts = NightFacts {
        in_bed_h: hours(time.in_bed),
        analysed_h: hours(time.analysed),
        gap_h: hours(time.gap),
        idle_h: hours(time.idle),
        off_leg_h: hours(time.off_leg),
        window: night.source,
        rate: survey.rate,
        gravity: survey.gravity,
        placement,
        n_legs: worn.len(),
        resolution_mg: survey.resolution_g.map(|g| g * 1000.0),
        on_threshold_mg: on_mg,
        band,
        lm_per_h: main.lm.per_h(),
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
        recorded,
        night,
        summary,
        main,
        aasm,
        band,
        flags: &flags,
        at_least: quality::is_lower_bound(&facts),
        classes,
        n_gaps: gaps.count(),
        calibration: &calibration,
        floor_mg,
        on_mg,
        off_mg,
        detector: "default".to_owned(),
        settings_sha256,
    });
    let [main_list, aasm_list] = &of.scored;
    // The columns of movements.csv are by WASM 2016, whatever set is named first.
    let wasm = match settings.rules.name {
        "wasm2016" => main_list.joined.clone(),
        _ => {
            let wasm = ScoringRules {
                short_gross: settings.rules.short_gross,
                ..rules::wasm2016()
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
    let mut traces = Vec::with_capacity(worn.len());
    for (one, found) in worn.iter().zip(&of.found) {
        let leg = leg_is_known.then_some(found.leg);
        spans.extend(rows::span_rows(&id, clock, leg, &found.detection.spans));
        traces.extend(rows::trace_of(&id, leg, one.trace));
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
        }),
        hours: rows::hour_rows(&id, clock, main, aasm),
        files: told(worn),
        row,
        movements,
        spans,
        traces,
    })
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

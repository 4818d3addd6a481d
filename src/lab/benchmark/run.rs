//! One night, simulated once, through every detector.

use std::error::Error;
use std::fmt;

use super::entries::Entry;
use super::nights::BenchNight;
use crate::analysis::detect::{Detection, MovementDetector};
use crate::analysis::prepare::{Bands, TraceBuilder};
use crate::analysis::score::ScoringRules;
use crate::lab::evaluate::{NightPair, NightResult, Reference};
use crate::lab::simulate::{SampleBlock, SimulatedNight, TruthKind, simulate};
use crate::model::body::Leg;
use crate::model::span::{Span, SpanKind, uncovered};
use crate::model::trace::NightTrace;
use crate::model::units::{GravityState, SampleRate};

/// Holes up to here are bridged, not gaps: the same bound as the trace has.
const LONGEST_BRIDGED_S: f64 = 2.0;

/// What every detector made of one night, in the order of the entries.
#[derive(Debug, Clone, PartialEq)]
pub struct NightResults {
    /// The night.
    pub night: BenchNight,
    /// One a detector.
    pub methods: Vec<NightResult>,
}

/// Simulates a night and runs all detectors on it.
///
/// # Errors
/// When the night cannot be simulated, or a detector not be planned at its rate.
pub fn run_night(
    night: &BenchNight,
    entries: &[Entry],
    rules: &ScoringRules,
) -> Result<NightResults, BenchmarkError> {
    let failed = |what: String| {
        move |source: Box<dyn Error + Send + Sync>| BenchmarkError {
            night: format!("{} {}", night.set, night.spec.seed),
            what,
            source,
        }
    };
    let simulated = simulate(&night.spec)
        .map_err(|error| failed("be simulated".to_owned())(Box::new(error)))?;
    let leg = night.spec.legs.first().copied().unwrap_or(Leg::Left);
    let rate = SampleRate::from_hz(night.spec.sensor.rate_hz).ok_or_else(|| {
        failed("be simulated".to_owned())("its rate is no number of samples".into())
    })?;
    let mut detectors = Vec::with_capacity(entries.len());
    for entry in entries {
        let told = failed(format!("be looked at by {}", entry.name()));
        detectors.push(entry.plan(rate).map_err(told)?);
    }
    let traces = traces(&simulated, leg, rate, &detectors).map_err(failed("be traced".into()))?;
    let truth = Truth::of(&simulated, leg);
    let methods = detectors
        .iter()
        .map(|detector| {
            let bands = detector.bands();
            let trace = traces.iter().find(|(made_with, _)| *made_with == bands);
            let (_, trace) = trace.expect("every detector's bands were traced");
            truth
                .held_against(night, detector.detect(trace, leg))
                .result(rules)
        })
        .collect();
    Ok(NightResults {
        night: night.clone(),
        methods,
    })
}

/// A trace for each set of bands that some detector asks for, from one pass over the samples.
fn traces(
    night: &SimulatedNight,
    leg: Leg,
    rate: SampleRate,
    detectors: &[Box<dyn MovementDetector>],
) -> Result<Vec<(Bands, NightTrace)>, Box<dyn Error + Send + Sync>> {
    let mut builders: Vec<(Bands, TraceBuilder)> = Vec::new();
    for detector in detectors {
        let bands = detector.bands();
        if !builders.iter().any(|(made_with, _)| *made_with == bands) {
            builders.push((bands, TraceBuilder::with_bands(rate, &bands)?));
        }
    }
    let mut samples = night.samples(leg);
    let mut block = SampleBlock::default();
    while samples.next_block(&mut block) {
        for (_, builder) in &mut builders {
            builder.push(&block.acceleration)?;
        }
    }
    let finished = builders
        .into_iter()
        .map(|(bands, builder)| (bands, builder.finish(GravityState::Included)));
    Ok(finished.collect())
}

/// What there was on one leg.
struct Truth {
    reference: Vec<Reference>,
    spans: Vec<Span>,
    within: (jiff::SignedDuration, jiff::SignedDuration),
}

impl Truth {
    fn of(simulated: &SimulatedNight, leg: Leg) -> Self {
        let truth = simulated.truth();
        let own = || truth.iter().filter(|row| row.leg == leg);
        let off = own()
            .filter(|row| row.kind == TruthKind::OffLeg)
            .map(|row| Span::new(SpanKind::OffLeg, row.onset, row.end));
        let gaps = simulated
            .lost(leg)
            .into_iter()
            .filter(|(from, to)| (*to - *from).as_secs_f64() > LONGEST_BRIDGED_S)
            .map(|(from, to)| Span::new(SpanKind::Gap, from, to));
        let mut spans: Vec<Span> = off.chain(gaps).collect();
        spans.sort_by_key(|span| (span.start, span.end, span.kind));
        let bed = simulated.night();
        Self {
            reference: own().map(Reference::from).collect(),
            spans,
            within: (bed.lights_out, bed.lights_on),
        }
    }

    fn held_against(&self, night: &BenchNight, found: Detection) -> NightPair {
        let (lights_out, lights_on) = self.within;
        let mut detected_spans = found.spans;
        detected_spans.retain(|span| matches!(span.kind, SpanKind::Gap | SpanKind::OffLeg));
        NightPair {
            name: night.spec.seed.to_string(),
            reference: self.reference.clone(),
            detected: found.movements,
            spans: self.spans.clone(),
            detected_spans,
            within: Some(self.within),
            over: uncovered(&self.spans, lights_out, lights_on, SpanKind::is_unobserved),
        }
    }
}

/// Why a night of the benchmark could not be run.
#[derive(Debug)]
pub struct BenchmarkError {
    night: String,
    what: String,
    source: Box<dyn Error + Send + Sync>,
}

impl fmt::Display for BenchmarkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "night {} could not {}", self.night, self.what)
    }
}

impl Error for BenchmarkError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}

//! One night: nine steps, in the order in which data walks.

use std::path::Path;

use jiff::SignedDuration;

use super::filled::{Filling, NightOutcome, fill};
use super::legs::{self, OneClock, Place};
use super::parallel;
use super::rhythm;
use super::rows;
use super::settings::Settings;
use super::sleep::{self, Sleep};
use super::traced::{self, Traced};
use super::window::{self, Sayings};
use crate::analysis::detect::{Detection, Detector, Ground, Lay, SecondMedians};
use crate::analysis::prepare::{self, Calibration};
use crate::analysis::score::{by_chance, score};
use crate::analysis::summarize::periodicity::RhythmParams;
use crate::analysis::summarize::threshold_band::{self, threshold_band};
use crate::analysis::summarize::{ScoredNight, summarize};
use crate::error::{Error, Kind};
use crate::model::body::Leg;
use crate::model::clock::RecordingClock;
use crate::model::movement::LegMovement;
use crate::model::recording::StampKind;
use crate::model::span::{Span, SpanKind};
use crate::model::trace::NightTrace;

/// The files of one leg.
#[derive(Debug)]
pub struct LegFiles<'a> {
    /// Which leg, where known.
    pub leg: Option<Leg>,
    /// Paths and names of its pieces, in the order of time.
    pub pieces: Vec<(&'a Path, &'a str)>,
}

/// Reads the files of one or two legs and analyses every night in them. Nights that wait for the end of their recording
/// wait in a nameless file in `room`.
pub fn analyze(
    legs: &[LegFiles],
    settings: &Settings,
    room: &Path,
) -> Result<Vec<NightOutcome>, Error> {
    let traced = parallel::in_order(
        legs,
        |leg| traced::read(&leg.pieces, &settings.read, room),
        |_| (),
    );
    let mut traced = traced.into_iter().collect::<Result<Vec<_>, _>>()?;
    let mut nights = Vec::new();
    for night in line_up(&traced) {
        let mut taken = Vec::with_capacity(night.len());
        for &(recording, at) in &night {
            taken.push(traced[recording].take_night(at)?);
        }
        let worn: Vec<Worn> = night
            .iter()
            .zip(&taken)
            .map(|(&(recording, _), (trace, calibration))| Worn {
                leg: legs[recording].leg.or(traced[recording].info.leg),
                recording: &traced[recording],
                trace,
                calibration,
                files: &legs[recording].pieces,
            })
            .collect();
        nights.push(one_night(&worn, settings)?);
    }
    Ok(nights)
}

/// One leg's part of a night.
#[derive(Debug)]
pub struct Worn<'a> {
    /// Which leg, where known.
    pub leg: Option<Leg>,
    /// The recording it is part of.
    pub recording: &'a Traced,
    /// Its condensed samples.
    pub trace: &'a NightTrace,
    /// What calibration to gravity gave.
    pub calibration: &'a Calibration,
    /// Paths and names of its files.
    pub files: &'a [(&'a Path, &'a str)],
}

/// Puts the nights of two legs side by side: those that overlap in time belong together. Recording and number of the
/// night in it, one a leg.
fn line_up(recordings: &[Traced]) -> Vec<Vec<(usize, usize)>> {
    let Some((first, rest)) = recordings.split_first() else {
        return Vec::new();
    };
    let mut nights: Vec<Vec<(usize, usize)>> =
        (0..first.n_nights()).map(|n| vec![(0, n)]).collect();
    let same_clock = rest
        .iter()
        .all(|other| other.info.stamps == first.info.stamps)
        && first.info.stamps != StampKind::Elapsed;
    let extents = |recording: &Traced| -> Vec<(f64, f64)> {
        let nights = 0..recording.n_nights();
        nights.map(|n| recording.extent_s(n)).collect()
    };
    for (at, other) in rest.iter().enumerate() {
        let partners = match same_clock {
            true => partners(&extents(first), &extents(other)),
            false => (0..other.n_nights())
                .map(|n| (n < nights.len()).then_some(n))
                .collect(),
        };
        for (n, partner) in partners.into_iter().enumerate() {
            let own = (at + 1, n);
            match partner {
                Some(partner) => nights[partner].push(own),
                None => nights.push(vec![own]),
            }
        }
    }
    let begins_s = |&(recording, n): &(usize, usize)| recordings[recording].extent_s(n).0;
    nights.sort_by(|a, b| begins_s(&a[0]).total_cmp(&begins_s(&b[0])));
    nights
}

/// For each night of one leg the night of the other that it belongs to: where recordings begin or end at different times
/// one may be cut at a noon and the other not, so that the longest overlap counts, and a night has one partner.
fn partners(first: &[(f64, f64)], other: &[(f64, f64)]) -> Vec<Option<usize>> {
    let pairs = (0..first.len()).flat_map(|a| (0..other.len()).map(move |b| (a, b)));
    let mut overlaps: Vec<(f64, usize, usize)> = pairs
        .map(|(a, b)| (overlap_s(first[a], other[b]), a, b))
        .filter(|(overlap, ..)| *overlap > 0.0)
        .collect();
    overlaps.sort_by(|one, next| next.0.total_cmp(&one.0));
    let mut partners = vec![None; other.len()];
    for (_, a, b) in overlaps {
        if partners[b].is_none() && !partners.contains(&Some(a)) {
            partners[b] = Some(a);
        }
    }
    partners
}

/// How long two stretches from start to end overlap; negative where they do not.
fn overlap_s(a: (f64, f64), b: (f64, f64)) -> f64 {
    a.1.min(b.1) - a.0.max(b.0)
}

/// What one leg showed, on the clock of the night.
pub(super) struct Found {
    pub leg: Leg,
    pub detection: Detection,
    /// Movements at 0.7, 1 and 1.4 times the threshold.
    pub band: [Vec<LegMovement>; 3],
}

fn one_night(worn: &[Worn], settings: &Settings) -> Result<NightOutcome, Error> {
    let first = &worn[0];
    let legs = legs::on_one_clock(worn, settings.compare_clocks)?;
    let (recorded, place) = (legs.recorded, legs.places[0]);
    let (longest, longest_at) = longest(worn, &legs);
    let clock = first
        .recording
        .clock(first.trace)
        .shifted(-place.at(SignedDuration::ZERO));
    let (found, in_bed) = parallel::both(
        || detect(worn, &legs, settings),
        || match settings.window.asks_nothing() {
            true => None,
            false => prepare::time_in_bed(longest.trace),
        },
    );
    let found = found?;
    let mut notes: Vec<String> = legs.clocks.note(names(&found)).into_iter().collect();
    let sleep = sleep::lay(
        &settings.beside,
        settings.read.zone.as_ref(),
        &clock,
        recorded,
        first.recording.survey().first_stamp_ns,
    )?;
    let sayings = sayings(&sleep, settings, &clock, recorded, &mut notes);
    let mut night = window::settle(&settings.window, &sayings, &clock, recorded, || {
        in_bed.map(|bed| (longest_at.at(bed.lights_out), longest_at.at(bed.lights_on)))
    })?;
    if let Some(laid) = sleep.laid() {
        night.stages.clone_from(&laid.mask.stages);
    }
    let movements: Vec<LegMovement> = merged(&found, 1);
    let spans: Vec<Span> = scored_spans(&found);
    let on_legs: Vec<Leg> = found.iter().map(|one| one.leg).collect();
    let scored = [&settings.rules, &settings.aasm]
        .map(|rules| ScoredNight::score(&movements, &on_legs, rules, &spans));
    let summary = summarize(&night, &spans, &scored);
    let at = |factor: usize| score(&merged(&found, factor), &settings.rules, &spans);
    let chance = RhythmParams::default();
    let (rhythm, (band, by_chance, seconds)) = parallel::both(
        || rhythm::of_night(worn, &legs, &scored[0].joined.movements, &night),
        || {
            let band = threshold_band(&night, &spans, [&at(0), &scored[0].joined, &at(2)]);
            let seconds = worn.iter().zip(&legs.places);
            let seconds = seconds.map(|(one, place)| rows::seconds_of(one.trace, place));
            let by_chance = by_chance(
                &scored[0].joined.movements,
                (night.lights_out, night.lights_on),
                &settings.rules,
                &spans,
                chance.surrogates,
                chance.seed,
            );
            (band, by_chance, seconds.collect())
        },
    );
    fill(Filling {
        worn,
        settings,
        clock,
        one_clock: legs,
        night,
        found,
        movements,
        spans,
        legs: on_legs,
        scored,
        summary,
        rhythm,
        band,
        by_chance,
        seconds,
        sleep,
        notes,
    })
}

/// A leg that was recorded so much longer than the first knows better when the night was.
const CLEARLY_LONGER_S: f64 = 600.0;

/// The leg by which the time in bed is estimated, and its place.
fn longest<'a>(worn: &'a [Worn<'a>], legs: &'a OneClock) -> (&'a Worn<'a>, &'a Place) {
    let all = worn.iter().zip(&legs.places).skip(1);
    all.fold((&worn[0], &legs.places[0]), |best, one| {
        let [length_s, best_s] = [one, best].map(|(one, _)| one.trace.duration_s());
        match length_s > best_s + CLEARLY_LONGER_S {
            true => one,
            false => best,
        }
    })
}

/// What diary and sleep export say of the night's ends, and why where they say nothing.
fn sayings(
    sleep: &Sleep,
    settings: &Settings,
    clock: &RecordingClock,
    length: SignedDuration,
    notes: &mut Vec<String>,
) -> Sayings {
    let mut sayings = Sayings::default();
    match settings.beside.diary_ends(clock, length) {
        Some(Ok(ends)) => sayings.diary = ends,
        Some(Err(why)) => notes.push(why),
        None => {}
    }
    match sleep {
        Sleep::Laid(laid) => {
            if let Some((out, on)) = laid.mask.period {
                sayings.sleep = (Some(out), Some(on));
            }
            notes.extend(laid.mask.warnings.iter().map(|warning| sentence(warning)));
        }
        Sleep::OtherNights(why) => notes.push(why.clone()),
        Sleep::NotNamed => {}
    }
    sayings
}

/// A phrase as a sentence.
fn sentence(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    let text = first.unwrap_or_default() + letters.as_str();
    match text.ends_with(['.', '?', '!']) {
        true => text,
        false => text + ".",
    }
}

/// The names of two legs, for a sentence.
fn names(found: &[Found]) -> [&'static str; 2] {
    let name = |at: usize| found.get(at).map_or("other", |one| one.leg.name());
    [name(0), name(1)]
}

fn detect(worn: &[Worn], legs: &OneClock, settings: &Settings) -> Result<Vec<Found>, Error> {
    let mut found: Vec<Found> = Vec::with_capacity(worn.len());
    for (one, place) in worn.iter().zip(&legs.places) {
        // Movements need a leg; one that nobody named is told as unknown in the rows.
        let leg = one.leg.unwrap_or(match found.first() {
            Some(other) => other.leg.other(),
            None => Leg::Left,
        });
        let (lay, seconds) = parallel::both(|| Lay::of(one.trace), || SecondMedians::of(one.trace));
        let ground = Ground::on(one.trace, lay, &seconds);
        let at = |&factor: &f32| -> Result<Detection, Error> {
            let params = settings
                .detect
                .with_threshold_factor(factor * settings.detect.threshold_factor);
            let detector = Detector::plan(params, one.trace.source_rate).map_err(|error| {
                Error::told_by(Kind::BadData, "detect", &error).with_code("too_slow")
            })?;
            let mut detection = detector.detect_on(&ground, one.trace, leg);
            for movement in &mut detection.movements {
                movement.onset = place.at(movement.onset);
                movement.end = place.at(movement.end);
            }
            for span in &mut detection.spans {
                *span = Span::new(span.kind, place.at(span.start), place.at(span.end));
            }
            off_the_leg_goes_before_idle(&mut detection.spans);
            detection
                .spans
                .extend(legs::missing_ends(one, place, legs.recorded));
            detection.spans.sort_by_key(|span| (span.start, span.end));
            Ok(detection)
        };
        let thresholds = parallel::in_order(&threshold_band::FACTORS, at, |_| ());
        let mut detections = thresholds.into_iter().collect::<Result<Vec<_>, _>>()?;
        let band = [0, 1, 2].map(|n| detections[n].movements.clone());
        found.push(Found {
            leg,
            band,
            detection: detections.swap_remove(1),
        });
    }
    Ok(found)
}

/// A sensor on a table repeats its value, too: that is no loss of movements of the leg.
fn off_the_leg_goes_before_idle(spans: &mut Vec<Span>) {
    let off: Vec<Span> = spans
        .iter()
        .copied()
        .filter(|span| span.kind == SpanKind::OffLeg)
        .collect();
    spans.retain(|span| {
        let inside = |off: &Span| off.start <= span.start && span.end <= off.end;
        span.kind != SpanKind::Idle || !off.iter().any(inside)
    });
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

#[cfg(test)]
mod tests {
    use super::partners;

    /// Hours of stretches, in seconds.
    fn h(stretches: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let s = |h: f64| h * 3600.0;
        stretches
            .iter()
            .map(|&(from, to)| (s(from), s(to)))
            .collect()
    }

    #[test]
    fn a_night_of_one_leg_has_one_partner() {
        // both stop after noon, only the right leg late enough for an afternoon of its own
        let left = h(&[(22.0, 38.0)]);
        let right = h(&[(22.0, 36.0), (36.0, 40.0)]);
        assert_eq!(partners(&left, &right), [Some(0), None]);
        assert_eq!(partners(&right, &left), [Some(0)]);
        // one begins in the morning: the piece before noon has no partner
        let left = h(&[(10.0, 31.0)]);
        let right = h(&[(8.0, 12.0), (12.0, 31.0)]);
        assert_eq!(partners(&left, &right), [None, Some(0)]);
        // nights that both have, and one that one leg lacks
        let left = h(&[(22.0, 36.0), (36.0, 60.0), (60.0, 84.0)]);
        let right = h(&[(37.0, 60.0), (60.0, 83.0)]);
        assert_eq!(partners(&left, &right), [Some(1), Some(2)]);
    }
}

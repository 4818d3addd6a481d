//! What stands against a night's figures: doubts as values, with the grade that each allows.
//!
//! The grades are ours: no standard grades an accelerometer night. Each limit names where it comes from.

use super::prepare::RateTrust;
use crate::model::body::Placement;
use crate::model::night::WindowSource;
use crate::model::quality::{Grade, QualityFlag};
use crate::model::summary::PlmByChance;
use crate::model::units::{GravityState, SampleRate};

/// What chance makes in more than one of twenty nights is not told from it.
pub const CHANCE: f64 = 0.05;

/// As in tables: `full`, `limited`, `unreliable`, `too slow`.
pub fn rate_label(rate: SampleRate) -> &'static str {
    match RateTrust::of(rate) {
        Some(RateTrust::Full) => "full",
        Some(RateTrust::Limited) => "limited",
        Some(RateTrust::Unreliable) => "unreliable",
        None => "too slow",
    }
}

/// What is known of a night when it is graded. Hours are within the night's window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NightFacts {
    /// Lights out to lights on, hours.
    pub in_bed_h: f64,
    /// Of them observed, hours.
    pub analysed_h: f64,
    /// Without samples, hours.
    pub gap_h: f64,
    /// Frozen output, hours.
    pub idle_h: f64,
    /// Not on the leg, hours.
    pub off_leg_h: f64,
    /// Longest time without a stir that was not taken for off the leg, hours.
    pub longest_rest_h: f64,
    /// Who said when the night began.
    pub lights_out_by: WindowSource,
    /// Who said when it ended.
    pub lights_on_by: WindowSource,
    /// Rate measured.
    pub rate: SampleRate,
    /// Gravity in the numbers or not.
    pub gravity: GravityState,
    /// Where it was worn.
    pub placement: Placement,
    /// How many legs had a sensor.
    pub n_legs: usize,
    /// Step of the values in mg, where known.
    pub resolution_mg: Option<f64>,
    /// Threshold for an onset in force (median), mg.
    pub on_threshold_mg: Option<f64>,
    /// PLM per hour at 0.7, 1 and 1.4 times the threshold.
    pub band: Option<[f64; 3]>,
    /// Leg movements per hour.
    pub lm_per_h: Option<f64>,
    /// PLM per hour.
    pub index: Option<f64>,
    /// The PLM that chance makes of the same candidates.
    pub by_chance: Option<PlmByChance>,
    /// Whether two legs are on one clock.
    pub clocks: ClockDoubt,
}

/// Whether two legs are on one clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockDoubt {
    /// They are, or there is one leg.
    None,
    /// Nobody knows.
    NotCompared {
        /// Whether both count from a common zero: then they are joined by their stamps.
        stamped: bool,
    },
}

/// The doubts about a night, the worst first.
pub fn doubts(facts: &NightFacts) -> Vec<QualityFlag> {
    let mut flags: Vec<QualityFlag> = [
        length(facts),
        idle(facts),
        rate(facts),
        gravity(facts),
        placement(facts),
        gaps(facts),
        off_leg(facts),
        long_rest(facts),
        window(facts),
        resolution(facts),
        threshold(facts),
        band(facts),
        series_by_chance(facts),
        legs(facts),
        clocks(facts),
        few_movements(facts),
    ]
    .into_iter()
    .flatten()
    .collect();
    flags.sort_by_key(|flag| std::cmp::Reverse(flag.cap));
    flags
}

/// Whether movements may be missing, so that the index is a lower bound.
pub fn is_lower_bound(facts: &NightFacts) -> bool {
    idle(facts).is_some()
}

fn flag(code: &'static str, cap: Grade, sentence: String) -> Option<QualityFlag> {
    Some(QualityFlag {
        code,
        cap,
        sentence,
    })
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Four hours is the shortest recording that actigraphy studies commonly accept as a night; under one hour an hourly
/// figure is an extrapolation.
fn length(facts: &NightFacts) -> Option<QualityFlag> {
    let h = facts.analysed_h;
    match h {
        _ if h < 1.0 => flag(
            "very_short",
            Grade::D,
            format!(
                "Only {:.0} minutes were analysed: a figure per hour is an extrapolation.",
                h * 60.0
            ),
        ),
        _ if h < 4.0 => flag(
            "short_night",
            Grade::C,
            format!(
                "Only {h:.1} h were analysed; a night has more, and movements are not spread evenly over it."
            ),
        ),
        _ => None,
    }
}

fn idle(facts: &NightFacts) -> Option<QualityFlag> {
    let part = share(facts.idle_h, facts.in_bed_h);
    if part <= 0.01 {
        return None;
    }
    flag(
        "idle_sleep",
        Grade::D,
        format!(
            "The values did not change at all for {:.0} % of the night: the device slept to save its battery, or lay \
             where nothing moved it by a step. Small movements are lost there, so every count reads \"at least\".",
            part * 100.0
        ),
    )
}

fn rate(facts: &NightFacts) -> Option<QualityFlag> {
    match RateTrust::of(facts.rate) {
        Some(RateTrust::Full) => None,
        Some(RateTrust::Limited) => flag(
            "limited_rate",
            Grade::C,
            format!(
                "At {} the onset and the shape of a movement are blurred (limited).",
                facts.rate
            ),
        ),
        Some(RateTrust::Unreliable) | None => flag(
            "unreliable_rate",
            Grade::D,
            format!(
                "At {} much of a movement is missing from the data (unreliable).",
                facts.rate
            ),
        ),
    }
}

fn gravity(facts: &NightFacts) -> Option<QualityFlag> {
    if facts.gravity == GravityState::Included {
        return None;
    }
    flag(
        "gravity_removed",
        Grade::C,
        "The device took gravity out: posture cannot be seen, nor can the scale be checked."
            .to_owned(),
    )
}

fn placement(facts: &NightFacts) -> Option<QualityFlag> {
    match facts.placement {
        Placement::NotStated => flag(
            "placement_not_stated",
            Grade::B,
            "Nobody said where the sensor was worn; the figures are meant for an ankle.".to_owned(),
        ),
        place if place.is_off_the_legs() => flag(
            "not_on_a_leg",
            Grade::D,
            format!("The sensor was on the {place}: these are movement events, not a PLM index."),
        ),
        Placement::Thigh => flag(
            "thigh",
            Grade::C,
            "On the thigh a movement of the foot is barely seen.".to_owned(),
        ),
        _ => None,
    }
}

fn gaps(facts: &NightFacts) -> Option<QualityFlag> {
    let part = share(facts.gap_h, facts.in_bed_h);
    let cap = match part {
        p if p > 0.2 => Grade::D,
        p if p > 0.05 => Grade::C,
        p if p > 0.005 => Grade::B,
        _ => return None,
    };
    flag(
        "gaps",
        cap,
        format!(
            "{:.0} % of the night has no samples; series end at each gap.",
            part * 100.0
        ),
    )
}

fn off_leg(facts: &NightFacts) -> Option<QualityFlag> {
    let part = share(facts.off_leg_h, facts.in_bed_h);
    let cap = match part {
        p if p > 0.5 => Grade::D,
        p if p > 0.1 => Grade::C,
        p if p > 0.0 => Grade::B,
        _ => return None,
    };
    flag(
        "off_leg",
        cap,
        format!(
            "The sensor seems to have been off the leg for {:.1} h of the night.",
            facts.off_leg_h
        ),
    )
}

/// The longest rest of a sleeper that we know of is 64 min (docs/DETECTOR.md, "Sources of constants").
fn long_rest(facts: &NightFacts) -> Option<QualityFlag> {
    if facts.longest_rest_h < 1.0 {
        return None;
    }
    flag(
        "long_rest",
        Grade::A,
        format!(
            "There was not a stir for {:.0} minutes together: a sound sleeper can lie so, and a sensor beside the leg does. \
             Nothing was taken out for it; from 90 minutes on it would have been.",
            facts.longest_rest_h * 60.0
        ),
    )
}

fn window(facts: &NightFacts) -> Option<QualityFlag> {
    let (out, on) = (facts.lights_out_by, facts.lights_on_by);
    let lesser = out.max(on);
    let of_both = |both: &'static str, of_out: &'static str, of_on: &'static str| match (
        out == lesser,
        on == lesser,
    ) {
        (true, true) => both,
        (true, false) => of_out,
        _ => of_on,
    };
    match lesser {
        WindowSource::Estimate => {
            let what = of_both("began and ended", "began", "ended");
            flag(
                "estimated_window",
                Grade::B,
                format!("When the night {what} is estimated from the recording."),
            )
        }
        WindowSource::Recording => {
            let when = of_both("was", "began", "ended");
            let counts = of_both(
                "the whole recording counts",
                "all from the first sample counts",
                "all to the last sample counts",
            );
            flag(
                "whole_recording",
                Grade::C,
                format!(
                    "Nobody said when the night {when} and it could not be estimated: {counts}, waking time too."
                ),
            )
        }
        WindowSource::Flags | WindowSource::Diary | WindowSource::SleepExport => None,
    }
}

/// From 10 mg on the sensor's step alone puts the threshold for an onset well above its least value (7 mg).
fn resolution(facts: &NightFacts) -> Option<QualityFlag> {
    let step = facts.resolution_mg.filter(|step| *step > 10.0)?;
    flag(
        "coarse_sensor",
        Grade::B,
        format!("The sensor's values step by {step:.1} mg: the smallest movements are lost."),
    )
}

/// Six times the least default threshold for an onset (7 mg): what lies between is a good part of the leg movements.
fn threshold(facts: &NightFacts) -> Option<QualityFlag> {
    let on = facts.on_threshold_mg.filter(|on| *on > 40.0)?;
    flag(
        "noisy",
        Grade::C,
        format!(
            "The noise of this recording asks for a threshold of {on:.0} mg: smaller movements are lost."
        ),
    )
}

fn band(facts: &NightFacts) -> Option<QualityFlag> {
    let [at_0_7, index, at_1_4] = facts.band?;
    let spread = (at_0_7 - at_1_4).abs();
    if spread <= 5.0 || spread <= 0.5 * index {
        return None;
    }
    flag(
        "threshold_matters",
        Grade::C,
        format!(
            "The index hangs on the threshold: {at_0_7:.1} per hour at 0.7 times its value, {at_1_4:.1} at 1.4 times."
        ),
    )
}

/// From the lowest number of PLM an hour that a classification speaks of (5, ICSD-3, children).
fn series_by_chance(facts: &NightFacts) -> Option<QualityFlag> {
    let on_a_leg = !facts.placement.is_off_the_legs();
    let index = facts.index.filter(|index| on_a_leg && *index >= 5.0)?;
    let by_chance = facts.by_chance.filter(|chance| chance.p > CHANCE)?.per_h;
    flag(
        "series_by_chance",
        Grade::C,
        format!(
            "The series may be chance: as many movements at any times make {by_chance:.1} PLM per hour, of {index:.1} here. \
             Restlessness alone can give this index."
        ),
    )
}

/// 42 % of one leg's movements have no partner on the other (Ferri 2015).
fn legs(facts: &NightFacts) -> Option<QualityFlag> {
    if facts.n_legs >= 2 || facts.placement.is_off_the_legs() {
        return None;
    }
    flag(
        "one_leg",
        Grade::A,
        "One leg was recorded: movements of the other alone are not seen (about 30 % of what both legs show).".to_owned(),
    )
}

/// Legs are joined within 0.5 s; a crystal's 20 ppm make that in 7 h.
fn clocks(facts: &NightFacts) -> Option<QualityFlag> {
    match facts.clocks {
        ClockDoubt::None => None,
        ClockDoubt::NotCompared { stamped: true } => flag(
            "clocks_not_compared",
            Grade::B,
            "The clocks of the two legs could not be compared; the legs were joined by their own stamps.".to_owned(),
        ),
        ClockDoubt::NotCompared { stamped: false } => flag(
            "no_common_clock",
            Grade::D,
            "The two legs have no common clock and could not be compared; they were joined as if both had begun at one \
             instant."
                .to_owned(),
        ),
    }
}

/// Both periodicity indices are unstable below about 10 LM/h (docs/DETECTOR.md, "Sources of constants").
fn few_movements(facts: &NightFacts) -> Option<QualityFlag> {
    let rate = facts.lm_per_h.filter(|rate| *rate < 10.0)?;
    flag(
        "few_movements",
        Grade::A,
        format!("With {rate:.1} leg movements an hour the periodicity indices are unstable."),
    )
}

#[cfg(test)]
mod tests;

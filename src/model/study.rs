//! A study: several nights of one person, and what they say together.
//!
//! [`StudyNight`] is what a night brings, [`StudySummary`] what comes out; `analysis/summarize/study` stands between.

use jiff::SignedDuration;
use jiff::civil::{Date, Time};

use super::clock::RecordingClock;
use super::quality::Grade;
use super::span::Span;

/// One night as a study needs it.
#[derive(Debug, Clone)]
pub struct StudyNight {
    /// Identifier, as in `nights`.
    pub id: String,
    /// Date of its evening, where a clock is known.
    pub date: Option<Date>,
    /// What the clock on the wall shows during it.
    pub clock: RecordingClock,
    /// Lights out and lights on since the first sample.
    pub in_bed: (SignedDuration, SignedDuration),
    /// Spans of every kind and leg; those in which nothing could have been seen leave the exposure.
    pub spans: Vec<Span>,
    /// Onsets of the periodic leg movements (PLM) of the default rule set since the first sample: one a movement, both
    /// legs joined.
    pub plm_onsets: Vec<SignedDuration>,
    /// What was found, as far as it is known.
    pub figures: Vec<(Figure, f64)>,
    /// Quality grade.
    pub grade: Option<Grade>,
    /// Whether the sensor is known to have been off the legs, so that there is no PLM index.
    pub off_the_legs: bool,
    /// Whether the index is a lower bound.
    pub at_least: bool,
}

impl StudyNight {
    /// A figure of the night, where it is known.
    pub fn figure(&self, figure: Figure) -> Option<f64> {
        let (_, value) = self.figures.iter().find(|(of, _)| *of == figure)?;
        Some(*value)
    }
}

/// A figure that a night has and that is told over nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// PLM an hour analysed, by the rule set of the night: the index. A night without it is not used.
    PlmPerH,
    /// PLM an hour analysed, by AASM.
    PlmPerHAasm,
    /// The index with the detection threshold at 0.7 times its value.
    PlmPerHAt07,
    /// The index with the detection threshold at 1.4 times its value.
    PlmPerHAt14,
    /// Periodicity index by Ferri 2006, 0 to 1.
    PeriodicityFerri,
    /// Periodicity index by WASM 2016, 0 to 1.
    PeriodicityWasm,
    /// Hours in which a movement could have been seen.
    AnalysedH,
    /// Hours from lights out to lights on.
    InBedH,
    /// Hours in bed without samples.
    GapH,
    /// Hours in bed with the device's output frozen.
    IdleH,
    /// Hours in bed with the sensor off the leg.
    OffLegH,
    /// Sampling rate that was measured, in Hz.
    EffectiveHz,
    /// Smallest step of the sensor's values, in mg.
    ResolutionMg,
    /// Median noise floor of the envelope, in mg.
    FloorMg,
    /// Median threshold in force for an onset, in mg.
    OnThresholdMg,
    /// Median threshold in force for an end, in mg.
    OffThresholdMg,
    /// Error of |v| at rest before calibration, in mg.
    CalibrationBeforeMg,
    /// The same after calibration, in mg.
    CalibrationAfterMg,
}

impl Figure {
    /// All figures.
    pub const ALL: [Self; 18] = [
        Self::PlmPerH,
        Self::PlmPerHAasm,
        Self::PlmPerHAt07,
        Self::PlmPerHAt14,
        Self::PeriodicityFerri,
        Self::PeriodicityWasm,
        Self::AnalysedH,
        Self::InBedH,
        Self::GapH,
        Self::IdleH,
        Self::OffLegH,
        Self::EffectiveHz,
        Self::ResolutionMg,
        Self::FloorMg,
        Self::OnThresholdMg,
        Self::OffThresholdMg,
        Self::CalibrationBeforeMg,
        Self::CalibrationAfterMg,
    ];
}

/// What several nights say together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StudySummary {
    /// Identifiers of the nights behind the figures, in order of date.
    pub used: Vec<String>,
    /// The nights that are not, and why; in order of date.
    pub left_out: Vec<(String, LeftOut)>,
    /// Which nights the figures are of.
    pub basis: Basis,
    /// Whether one of the nights used gives a lower bound only, so that the figures do, too.
    pub at_least: bool,
    /// The grade that half of the nights used have or exceed; `None` when none of them is graded.
    pub grade: Option<Grade>,
    /// The figures over the nights used that have them.
    pub figures: Vec<(Figure, OverNights)>,
    /// When most of the movements fall; `None` without a wall clock or with too few movements.
    pub usual_time: Option<UsualTime>,
    /// PLM an hour by the time on the clock.
    pub profile: NightProfile,
    /// PLM an hour by the hour since the start of rest.
    pub hours: Vec<StudyHour>,
}

impl StudySummary {
    /// A figure over the nights used; `None` when none of them has it.
    pub fn figure(&self, figure: Figure) -> Option<&OverNights> {
        let (_, over) = self.figures.iter().find(|(of, _)| *of == figure)?;
        Some(over)
    }

    /// Whether a night is behind the figures.
    pub fn uses(&self, night: &str) -> bool {
        self.used.iter().any(|id| id == night)
    }
}

/// Which nights the figures of a study are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// Nights of grade A to C.
    #[default]
    Sound,
    /// Nights of grade D, since there is no better one: their figures are bounds at best.
    DoubtfulOnly,
    /// Nights of a sensor away from the legs, since there is no other: movement events, no PLM index.
    OffTheLegs,
}

/// Why a night is not among those that the figures of a study are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// It has no index: too little was analysed.
    NoIndex,
    /// Its grade is D, and there are better nights.
    GradeD,
    /// The sensor was away from the legs, and there are nights on a leg.
    OffTheLegs,
}

/// A figure over several nights; percentiles as R's type 7.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OverNights {
    /// Nights that have the figure.
    pub n: usize,
    /// Median.
    pub median: f64,
    /// Mean.
    pub mean: f64,
    /// 25th and 75th percentile.
    pub quartiles: (f64, f64),
    /// Lowest and highest night.
    pub range: (f64, f64),
    /// 95 % interval of the median, bootstrap over nights; `None` below six nights: of five, even the range from the
    /// lowest to the highest holds the median in 15 of 16 studies only.
    pub interval: Option<(f64, f64)>,
}

/// The shortest stretch of the clock that holds half of the movements, each night counting alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UsualTime {
    /// Its start, to the nearest ten minutes.
    pub from: Time,
    /// Its end, to the nearest ten minutes; past midnight it is smaller than the start.
    pub to: Time,
    /// Movements it was found from.
    pub n_movements: usize,
    /// Nights with at least one of them.
    pub n_nights: usize,
}

/// An hour since the start of rest, all nights together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StudyHour {
    /// Its number, from 1.
    pub hour: u32,
    /// Nights of which any of it was observed.
    pub n_nights: usize,
    /// What was observed of it in all nights.
    pub observed_h: f64,
    /// PLM with their onset in it.
    pub n_plm: usize,
    /// PLM an hour observed; `None` when too little was.
    pub plm_per_h: Option<f64>,
}

/// PLM an hour by the time on the clock, over nights.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NightProfile {
    /// In order of the night, from noon to noon: the first is the earliest with a night behind it. A time between them
    /// at which nobody was observed is a point with no night.
    pub points: Vec<ProfilePoint>,
}

/// A time of the clock, and the nights' rates around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProfilePoint {
    /// Minutes after noon of the evening's date: 720 is midnight.
    pub after_noon_min: u16,
    /// Nights that were observed for half of the window around it or more.
    pub n_nights: usize,
    /// Median of their PLM an hour; `None` below four nights, unless the study has no more.
    pub median: Option<f64>,
    /// 25th and 75th percentile; `None` below four nights.
    pub quartiles: Option<(f64, f64)>,
    /// 10th and 90th percentile; `None` below ten nights.
    pub deciles: Option<(f64, f64)>,
}

impl ProfilePoint {
    /// The time on the clock.
    pub fn time(&self) -> Time {
        let minutes = (u32::from(self.after_noon_min) + 720) % 1440;
        // Both parts are in range by the remainder above.
        Time::constant((minutes / 60) as i8, (minutes % 60) as i8, 0, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_after_noon_run_through_midnight() {
        let at = |after_noon_min| {
            let point = ProfilePoint {
                after_noon_min,
                n_nights: 0,
                median: None,
                quartiles: None,
                deciles: None,
            };
            point.time().to_string()
        };
        assert_eq!(at(0), "12:00:00");
        assert_eq!(at(690), "23:30:00");
        assert_eq!(at(720), "00:00:00");
        assert_eq!(at(1439), "11:59:00");
    }
}

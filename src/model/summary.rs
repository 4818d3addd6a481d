//! The figures of a night, each with its denominator. What cannot be known is `None`, never 0 and never `NaN`.

pub mod interval;
pub mod measure;
pub mod rhythm;
pub mod uncertainty;

use jiff::SignedDuration;

use super::body::{Leg, Side};
use super::night::{Stage, WindowSource};

pub use interval::{IntervalDistribution, PeriodicIntervals};
pub use measure::{Rate, Share, Spread};
pub use rhythm::{BandPower, HourRhythm, NightRhythm, Rhythm, RhythmPeak};
pub use uncertainty::{Interval, PlmByChance, ThresholdBand};

/// A night in figures, under one or more rule sets side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct NightSummary {
    /// The time in which movements could have been seen, and what was taken out of it.
    pub time: AnalysedTime,
    /// The figures by each rule set, in the order in which the sets were given: the first is the one named first.
    pub by_rules: Vec<RuleSummary>,
}

impl NightSummary {
    /// The figures by the rule set of that name.
    pub fn by(&self, rules: &str) -> Option<&RuleSummary> {
        self.by_rules.iter().find(|summary| summary.rules == rules)
    }
}

/// The denominators: each is named wherever an index over it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnalysedTime {
    /// Start of the window, since the first sample.
    pub lights_out: SignedDuration,
    /// End of the window, since the first sample.
    pub lights_on: SignedDuration,
    /// Who said so; of two sources the lesser.
    pub source: WindowSource,
    /// From lights out to lights on.
    pub in_bed: SignedDuration,
    /// Rest analysed: of `in_bed`, where a movement could have been seen. Gaps, blind stretches and off-leg time are out.
    pub analysed: SignedDuration,
    /// Of `in_bed`, without samples.
    pub gap: SignedDuration,
    /// Of `in_bed`, with samples in which nothing may begin or end.
    pub blind: SignedDuration,
    /// Of `in_bed`, with the sensor off the leg.
    pub off_leg: SignedDuration,
    /// Of `in_bed`, with the device repeating its last value: it counts as time, and makes an index a lower bound.
    pub idle: SignedDuration,
    /// Of `in_bed`, worn and still for long.
    pub still: SignedDuration,
    /// From the first sleep to the last in the window, what could not be seen taken out; `None` without stages.
    pub sleep_period: Option<SignedDuration>,
    /// Asleep, what could not be seen taken out; `None` without stages.
    pub asleep: Option<SignedDuration>,
    /// Awake by the stages, what could not be seen taken out; `None` without stages.
    pub awake: Option<SignedDuration>,
}

/// A night under one rule set. Movements count where their onset lies between lights out and lights on.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSummary {
    /// Name of the rule set.
    pub rules: &'static str,
    /// Leg movements (LM), both legs joined, an hour of rest analysed.
    pub lm: Rate,
    /// Candidates (CLM), passed-over ones included.
    pub clm: Rate,
    /// Leg movements that are no candidates.
    pub non_clm: Rate,
    /// Periodic leg movements (PLM): the PLM index an hour of rest analysed.
    pub plm: Rate,
    /// 95 % interval of the PLM index, block bootstrap by hour; `None` with too few hours or without any PLM.
    pub plm_interval: Option<Interval>,
    /// Candidates less than 10 s after the one before, from which the interval is measured. One that opens a series is
    /// periodic as well.
    pub short_interval_clm: Rate,
    /// Candidates that are neither periodic nor after a short interval.
    pub isolated_clm: Rate,
    /// Candidates passed over because they came too soon (AASM).
    pub n_passed_over: usize,
    /// By side of the joined movements: left, right, both.
    pub sides: [SideRates; 3],
    /// Each recorded leg scored as if it were the only one.
    pub alone: Vec<LegRates>,
    /// By sleep stage; `None` without stages.
    pub stages: Option<StageRates>,
    /// By hour since the start of rest; the last may be short.
    pub hours: Vec<HourCounts>,
    /// PLM in the first and in the second half of the window.
    pub halves: [Rate; 2],
    /// Periodicity index, WASM 2016: PLM / CLM.
    pub pi_wasm2016: Share,
    /// Periodicity index, Ferri 2006: intervals over 10 and up to 90 s in runs of three or more / all intervals.
    pub pi_ferri2006: Share,
    /// The inter-movement intervals (IMI).
    pub intervals: IntervalDistribution,
    /// Durations of the candidates, in seconds.
    pub clm_durations: Option<Spread>,
    /// Durations of the periodic movements, in seconds.
    pub plm_durations: Option<Spread>,
    /// The series.
    pub series: SeriesFigures,
}

/// Movements of one side, joined movements being a side of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SideRates {
    /// Left, right or both.
    pub side: Side,
    /// Candidates an hour of rest analysed.
    pub clm: Rate,
    /// PLM an hour of rest analysed.
    pub plm: Rate,
}

/// One leg, scored as if it were the only one: what a single sensor would have shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegRates {
    /// The leg.
    pub leg: Leg,
    /// Candidates an hour of rest analysed.
    pub clm: Rate,
    /// PLM an hour of rest analysed.
    pub plm: Rate,
}

/// PLM by sleep stage, each an hour of that stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StageRates {
    /// PLM in sleep an hour of sleep: the PLMS index.
    pub plms: Rate,
    /// PLM in wake an hour of wake: the PLMW index.
    pub plmw: Rate,
    /// PLM from the first sleep to the last, an hour of that.
    pub sleep_period: Rate,
    /// Every stage that occurs, in the order of [`Stage::ALL`].
    pub by_stage: Vec<(Stage, StageCounts)>,
    /// PLM whose onset lies in no stage.
    pub n_unstaged: usize,
}

/// What was counted in one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageCounts {
    /// Candidates an hour of the stage.
    pub clm: Rate,
    /// PLM an hour of the stage.
    pub plm: Rate,
}

/// What was counted in one hour since the start of rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HourCounts {
    /// Since the first sample.
    pub start: SignedDuration,
    /// Since the first sample.
    pub end: SignedDuration,
    /// Leg movements with their onset in it, over the part in which they could have been seen.
    pub lm: Rate,
    /// Candidates.
    pub clm: Rate,
    /// PLM.
    pub plm: Rate,
}

/// The series of a night. Of a series that lights out or lights on cuts, the movements inside count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesFigures {
    /// How many there are.
    pub n: usize,
    /// Movements a series: mean, spread, fewest, most.
    pub movements: Option<Spread>,
    /// First onset to last end, in seconds: mean, spread, shortest, longest.
    pub length_s: Option<Spread>,
    /// All of them together, first onset to last end.
    pub total: SignedDuration,
}

//! A study: all its rows in one place, as charts and the report take them.

use std::collections::BTreeSet;

use super::{
    AgreementLimitsRow, AgreementRow, AssociationRow, AutocorrelationRow, BenchmarkRow,
    ComparisonRow, EventRow, FactorRow, FileRow, HourRow, IntervalRow, LaboratoryRow, MovementRow,
    NightRow, OverNightsRow, PairRow, PeriodogramRow, ProfileRow, RatingRow, SpanRow, StageRow,
    StudyHourRow, Trace,
};

/// Every table of a study; those that were not made are empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StudyRows {
    /// Nights in order of time.
    pub nights: Vec<NightRow>,
    /// Identifiers of the nights that are not behind the figures of the study, as its summary says.
    pub left_out: Vec<String>,
    /// Movements of all nights.
    pub movements: Vec<MovementRow>,
    /// Hours of all nights.
    pub hours: Vec<HourRow>,
    /// Sleep stages of all nights.
    pub stages: Vec<StageRow>,
    /// Spans of all nights.
    pub spans: Vec<SpanRow>,
    /// Input files.
    pub files: Vec<FileRow>,
    /// Envelopes, one a night and leg.
    pub traces: Vec<Trace>,
    /// Figures of all nights together.
    pub study: Vec<OverNightsRow>,
    /// The course over the hours of the clock, all nights together.
    pub profile: Vec<ProfileRow>,
    /// The course over the hours since lights out, all nights together.
    pub study_hours: Vec<StudyHourRow>,
    /// Inter-movement intervals by bin.
    pub intervals: Vec<IntervalRow>,
    /// Ratings of the diary.
    pub ratings: Vec<RatingRow>,
    /// Events of the diary.
    pub events: Vec<EventRow>,
    /// Nights beside ratings.
    pub pairs: Vec<PairRow>,
    /// What the pairs say together.
    pub associations: Vec<AssociationRow>,
    /// Values of factors by date.
    pub factors: Vec<FactorRow>,
    /// Nights with and without a factor.
    pub comparisons: Vec<ComparisonRow>,
    /// Laboratory values beside the nights around them.
    pub laboratory: Vec<LaboratoryRow>,
    /// Periods in the movements of a night.
    pub periodogram: Vec<PeriodogramRow>,
    /// How alike nights are to themselves some seconds later.
    pub autocorrelation: Vec<AutocorrelationRow>,
    /// Nights beside a reference.
    pub agreement: Vec<AgreementRow>,
    /// Bias and limits of agreement.
    pub agreement_limits: Vec<AgreementLimitsRow>,
    /// Detectors beside each other.
    pub benchmark: Vec<BenchmarkRow>,
}

impl StudyRows {
    /// Leaves what `analyze` wrote of one person's nights; what was made from the nights of all is not looked at.
    pub fn keep_person(&mut self, person: &str) {
        let is_theirs = |of: &Option<String>| of.as_deref() == Some(person);
        self.nights.retain(|row| is_theirs(&row.person));
        self.files.retain(|row| is_theirs(&row.person));
        let nights: BTreeSet<&str> = self.nights.iter().map(|row| row.night.as_str()).collect();
        let is_left = |night: &String| nights.contains(night.as_str());
        self.movements.retain(|row| is_left(&row.night));
        self.hours.retain(|row| is_left(&row.night));
        self.stages.retain(|row| is_left(&row.night));
        self.spans.retain(|row| is_left(&row.night));
        self.traces.retain(|row| is_left(&row.night));
        self.periodogram.retain(|row| is_left(&row.night));
        self.autocorrelation.retain(|row| is_left(&row.night));
    }

    /// Whether a night is behind the figures of the study.
    pub fn uses(&self, night: &NightRow) -> bool {
        !self.left_out.contains(&night.night)
    }
}

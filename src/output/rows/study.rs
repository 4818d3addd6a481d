//! A night's rows as the noun that a study is summarized from.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::{MOVEMENT_EVENTS, MovementRow, NightRow, SpanRow};
use crate::model::clock::RecordingClock;
use crate::model::recording::StampKind;
use crate::model::span::Span;
use crate::model::study::{Figure, StudyNight};

/// Movements and spans by night, looked through once for all nights of a study.
pub struct ByNight<'a> {
    movements: BTreeMap<&'a str, Vec<&'a MovementRow>>,
    spans: BTreeMap<&'a str, Vec<&'a SpanRow>>,
}

impl<'a> ByNight<'a> {
    /// The rows of a study.
    pub fn new(movements: &'a [MovementRow], spans: &'a [SpanRow]) -> Self {
        Self {
            movements: by_night(movements, |row| &row.night),
            spans: by_night(spans, |row| &row.night),
        }
    }

    /// A night as a study needs it.
    pub fn study_night(&self, night: &NightRow) -> StudyNight {
        let id = night.night.as_str();
        let spans = self.spans.get(id).map_or(&[][..], Vec::as_slice);
        night.study_night(self.movements(id), spans)
    }

    /// The movements of a night.
    pub fn movements(&self, night: &str) -> &[&'a MovementRow] {
        self.movements.get(night).map_or(&[], Vec::as_slice)
    }
}

fn by_night<T>(rows: &[T], night: fn(&T) -> &String) -> BTreeMap<&str, Vec<&T>> {
    let mut nights: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
    for row in rows {
        nights.entry(night(row)).or_default().push(row);
    }
    nights
}

impl NightRow {
    fn study_night(&self, movements: &[&MovementRow], spans: &[&SpanRow]) -> StudyNight {
        StudyNight {
            id: self.night.clone(),
            date: self.date,
            clock: self.clock(),
            in_bed: (span(self.lights_out_s), span(self.lights_on_s)),
            spans: spans
                .iter()
                .map(|row| Span::new(row.kind, span(row.start_s), span(row.end_s)))
                .collect(),
            plm_onsets: plm_onsets(movements),
            figures: Figure::ALL
                .into_iter()
                .filter_map(|figure| Some((figure, self.figure(figure)?)))
                .collect(),
            grade: self.grade,
            off_the_legs: self.label == MOVEMENT_EVENTS,
            at_least: self.at_least,
        }
    }

    /// A figure of the night, where it is known.
    pub fn figure(&self, figure: Figure) -> Option<f64> {
        match figure {
            Figure::PlmPerH => self.plm_per_h,
            Figure::PlmPerHAasm => self.plm_per_h_aasm,
            Figure::PlmPerHAt07 => self.plm_per_h_at_0_7x,
            Figure::PlmPerHAt14 => self.plm_per_h_at_1_4x,
            Figure::PeriodicityFerri => self.periodicity_index_ferri,
            Figure::PeriodicityWasm => self.periodicity_index_wasm,
            Figure::AnalysedH => Some(self.analysed_h),
            Figure::InBedH => Some(self.in_bed_h),
            Figure::GapH => Some(self.gap_h),
            Figure::IdleH => Some(self.idle_h),
            Figure::OffLegH => Some(self.off_leg_h),
            Figure::EffectiveHz => self.effective_hz,
            Figure::ResolutionMg => self.resolution_mg,
            Figure::FloorMg => self.floor_mg,
            Figure::OnThresholdMg => self.on_threshold_mg,
            Figure::OffThresholdMg => self.off_threshold_mg,
            Figure::CalibrationBeforeMg => self.calibration_error_before_mg,
            Figure::CalibrationAfterMg => self.calibration_error_after_mg,
        }
    }

    /// The clock of the recording, as far as the row tells it: a zone that this program does not know leaves the wall
    /// clock of the first sample.
    fn clock(&self) -> RecordingClock {
        let zone = self.zone.as_deref().and_then(|name| {
            let fixed = || {
                let offset = self.start_local?.offset()?;
                Some(TimeZone::fixed(offset))
            };
            TimeZone::get(name).ok().or_else(fixed)
        });
        if let (Some(start), Some(zone)) = (self.start_utc, zone)
            && let Ok(ns) = i64::try_from(start.as_nanosecond())
        {
            return RecordingClock::new(ns, StampKind::Utc, Some(zone));
        }
        let local_ns = self.start_local.and_then(|start| {
            let as_utc = TimeZone::UTC.to_timestamp(start.civil()).ok()?;
            i64::try_from(as_utc.as_nanosecond()).ok()
        });
        match local_ns {
            Some(ns) => RecordingClock::new(ns, StampKind::LocalCivil, None),
            None => RecordingClock::new(0, StampKind::Elapsed, None),
        }
    }
}

/// One onset a periodic movement: both legs' parts share an identifier, and the first of them begins it.
fn plm_onsets(movements: &[&MovementRow]) -> Vec<SignedDuration> {
    let mut joined: BTreeMap<u32, f64> = BTreeMap::new();
    let mut onsets = Vec::new();
    for row in movements.iter().filter(|row| row.plm && row.in_bed) {
        match row.combined_id {
            Some(id) => {
                let first = joined.entry(id).or_insert(row.onset_s);
                *first = first.min(row.onset_s);
            }
            None => onsets.push(row.onset_s),
        }
    }
    onsets.extend(joined.into_values());
    onsets.sort_by(f64::total_cmp);
    onsets.into_iter().map(span).collect()
}

/// Rows hold whole milliseconds; what cannot be a span at all is none.
fn span(seconds: f64) -> SignedDuration {
    let whole = (seconds * 1000.0).round();
    if whole.is_finite() {
        SignedDuration::from_millis(whole as i64)
    } else {
        SignedDuration::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::body::Leg;
    use crate::model::movement::MovementClass;

    fn movement(onset_s: f64, leg: Leg, combined_id: Option<u32>) -> MovementRow {
        MovementRow {
            night: "1".into(),
            leg: Some(leg),
            class: MovementClass::LegMovement,
            onset_utc: None,
            onset_local: None,
            onset_s,
            end_s: onset_s + 2.0,
            duration_s: 2.0,
            peak_mg: None,
            area_mg_s: None,
            floor_mg: None,
            net_tilt_deg: None,
            held_tilt_deg: None,
            fast_share: None,
            bursts: None,
            in_bed: true,
            stage: None,
            candidate: true,
            plm: true,
            plm_aasm: true,
            series: Some(1),
            series_aasm: Some(1),
            imi_s: None,
            combined_id,
            why: String::new(),
            why_aasm: String::new(),
        }
    }

    fn night() -> NightRow {
        NightRow {
            night: "1".into(),
            lights_on_s: 3600.0,
            ..NightRow::default()
        }
    }

    #[test]
    fn a_movement_of_both_legs_is_one_and_begins_with_the_first() {
        let mut other = movement(5.0, Leg::Left, Some(9));
        other.night = "2".into();
        let mut before = movement(1.0, Leg::Left, Some(1));
        before.in_bed = false;
        let rows = [
            movement(100.4, Leg::Right, Some(7)),
            movement(100.1, Leg::Left, Some(7)),
            movement(130.0, Leg::Left, None),
            other,
            before,
        ];
        let found = ByNight::new(&rows, &[]).study_night(&night()).plm_onsets;
        assert_eq!(
            found,
            [100_100, 130_000].map(SignedDuration::from_millis).to_vec()
        );
    }

    #[test]
    fn the_clock_is_the_best_that_the_row_tells() {
        let noon = |row: &NightRow| {
            row.clock()
                .local(SignedDuration::from_hours(3))
                .map(|time| time.to_string())
        };
        let mut row = night();
        assert_eq!(noon(&row), None);
        row.start_local = "2024-10-27T00:30:00.000+02:00".parse().ok();
        assert_eq!(noon(&row).unwrap(), "2024-10-27T03:30:00");
        row.start_utc = "2024-10-26T22:30:00Z".parse().ok();
        row.zone = Some("Europe/Berlin".into());
        // Berlin goes back from 03:00 to 02:00 that night.
        assert_eq!(noon(&row).unwrap(), "2024-10-27T02:30:00");
        row.zone = Some("+02:00".into());
        assert_eq!(noon(&row).unwrap(), "2024-10-27T03:30:00");
    }
}

//! `study`: the figures of all nights together.

use super::hours::count;
use crate::analysis::summarize::study::{more_nights_to_halve, summarize};
use crate::model::study::{Basis, Figure};
use crate::output::rows::{MovementRow, NightRow, OverNightsRow, SpanRow};

/// A row for each figure that any night has; none for a single night.
pub fn over_nights_rows(
    nights: &[NightRow],
    movements: &[MovementRow],
    spans: &[SpanRow],
) -> Vec<OverNightsRow> {
    if nights.len() < 2 {
        return Vec::new();
    }
    let told: Vec<_> = nights
        .iter()
        .map(|night| night.study_night(movements, spans))
        .collect();
    let study = summarize(&told);
    study
        .figures
        .iter()
        .map(|(figure, over)| OverNightsRow {
            figure: column(*figure).to_owned(),
            n_nights: count(over.n),
            median: over.median,
            median_low: over.interval.map(|(low, _)| low),
            median_high: over.interval.map(|(_, high)| high),
            q25: over.quartiles.0,
            q75: over.quartiles.1,
            lowest: over.range.0,
            highest: over.range.1,
            more_nights: more_nights_to_halve(over.n).map(count),
            basis: match study.basis {
                Basis::Sound => "sound",
                Basis::DoubtfulOnly => "doubtful only",
                Basis::OffTheLegs => "off the legs",
            }
            .to_owned(),
            at_least: study.at_least,
        })
        .collect()
}

/// The column of `nights` that holds a figure.
fn column(figure: Figure) -> &'static str {
    match figure {
        Figure::PlmPerH => "plm_per_h",
        Figure::PlmPerHAasm => "plm_per_h_aasm",
        Figure::PlmPerHAt07 => "plm_per_h_at_0_7x",
        Figure::PlmPerHAt14 => "plm_per_h_at_1_4x",
        Figure::PeriodicityFerri => "periodicity_index_ferri",
        Figure::PeriodicityWasm => "periodicity_index_wasm",
        Figure::AnalysedH => "analysed_h",
        Figure::InBedH => "in_bed_h",
        Figure::GapH => "gap_h",
        Figure::IdleH => "idle_h",
        Figure::OffLegH => "off_leg_h",
        Figure::EffectiveHz => "effective_hz",
        Figure::ResolutionMg => "resolution_mg",
        Figure::FloorMg => "floor_mg",
        Figure::OnThresholdMg => "on_threshold_mg",
        Figure::OffThresholdMg => "off_threshold_mg",
        Figure::CalibrationBeforeMg => "calibration_error_before_mg",
        Figure::CalibrationAfterMg => "calibration_error_after_mg",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quality::Grade;
    use crate::output::rows::Row;

    fn nights(rates: &[f64]) -> Vec<NightRow> {
        rates
            .iter()
            .zip(1..)
            .map(|(&rate, n)| NightRow {
                night: n.to_string(),
                plm_per_h: Some(rate),
                lights_on_s: 25_200.0,
                analysed_h: 7.0,
                grade: Some(Grade::A),
                ..NightRow::default()
            })
            .collect()
    }

    #[test]
    fn every_figure_is_a_column_of_the_nights() {
        for figure in Figure::ALL {
            let known = NightRow::COLUMNS
                .iter()
                .any(|known| known.name == column(figure));
            assert!(known, "{figure:?}");
        }
    }

    #[test]
    fn seven_nights_say_how_many_more_would_halve_the_interval() {
        let rows = over_nights_rows(&nights(&[3.0, 8.0, 1.0, 20.0, 12.0, 9.0, 30.0]), &[], &[]);
        let index = rows.iter().find(|row| row.figure == "plm_per_h").unwrap();
        assert_eq!((index.n_nights, index.median), (7, 9.0));
        assert_eq!((index.lowest, index.highest), (1.0, 30.0));
        // A quarter of the variance of a median: three times as many again.
        assert_eq!(index.more_nights, Some(21));
        let (low, high) = (index.median_low.unwrap(), index.median_high.unwrap());
        assert!((1.0..9.0).contains(&low) && (9.1..=30.0).contains(&high));
    }

    #[test]
    fn few_nights_have_no_interval_and_one_is_no_study() {
        let rows = over_nights_rows(&nights(&[3.0, 8.0]), &[], &[]);
        assert!(
            rows.iter()
                .all(|row| row.median_low.is_none() && row.more_nights.is_none())
        );
        assert!(over_nights_rows(&nights(&[3.0]), &[], &[]).is_empty());
    }
}

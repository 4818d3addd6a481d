//! What all nights say together, as rows: the course over the clock, and the intervals between movements.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use crate::analysis::summarize::intervals::of_intervals;
use crate::analysis::summarize::study::PROFILE_WINDOW_MIN;
use crate::model::study::NightProfile;
use crate::output::rows::{ByNight, IntervalRow, MovementRow, ProfileRow};

/// Rows of the profile.
pub fn profile_rows(profile: &NightProfile) -> Vec<ProfileRow> {
    profile
        .points
        .iter()
        .map(|point| ProfileRow {
            clock: point.time().strftime("%H:%M").to_string(),
            after_noon_min: u32::from(point.after_noon_min),
            window_min: PROFILE_WINDOW_MIN as u32,
            n_nights: u32::try_from(point.n_nights).unwrap_or(u32::MAX),
            p10_plm_per_h: point.deciles.map(|(low, _)| low),
            p25_plm_per_h: point.quartiles.map(|(low, _)| low),
            median_plm_per_h: point.median,
            p75_plm_per_h: point.quartiles.map(|(_, high)| high),
            p90_plm_per_h: point.deciles.map(|(_, high)| high),
        })
        .collect()
}

/// The distribution of intervals in bins of 0.1 of the natural logarithm of seconds (Ferri 2006): of all nights together,
/// then of each night that has an interval.
///
/// Of the nights named, those behind the figures, in bed; a movement of both legs has one interval.
pub fn interval_rows(nights: &[String], rows: &ByNight) -> Vec<IntervalRow> {
    let each: Vec<(&str, [u32; 45])> = nights
        .iter()
        .map(|night| {
            let intervals = intervals(rows.movements(night));
            (night.as_str(), of_intervals(&intervals).bins_ln)
        })
        .collect();
    let mut together = [0; 45];
    for (_, bins) in &each {
        for (sum, n) in together.iter_mut().zip(bins) {
            *sum += n;
        }
    }
    let mut rows = bins(None, &together);
    for (night, counts) in &each {
        if counts.iter().any(|n| *n > 0) {
            rows.extend(bins(Some(night), counts));
        }
    }
    rows
}

fn intervals(movements: &[&MovementRow]) -> Vec<SignedDuration> {
    let mut seen = BTreeSet::new();
    movements
        .iter()
        .filter(|row| row.in_bed && row.candidate)
        .filter(|row| row.combined_id.is_none_or(|id| seen.insert(id)))
        .filter_map(|row| SignedDuration::try_from_secs_f64(row.imi_s?).ok())
        .collect()
}

fn bins(night: Option<&str>, counts: &[u32; 45]) -> Vec<IntervalRow> {
    (0_u32..)
        .zip(counts)
        .map(|(bin, n)| IntervalRow {
            night: night.map(str::to_owned),
            low_s: (f64::from(bin) / 10.0).exp(),
            high_s: (f64::from(bin + 1) / 10.0).exp(),
            n: *n,
        })
        .collect()
}

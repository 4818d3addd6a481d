//! More nights than are told one by one: a line each, and what they say together.

use std::fmt::Write as _;

use super::{figure, interval};
use crate::output::rows::{NightRow, OverNightsRow};

/// Many nights, a line each.
pub(super) fn table(nights: &[NightRow]) -> String {
    let mut out = format!(
        "{:<14} {:>1}  {:>8}  {:>12}  {:>16}  {:>12}  {:>7}  {}\n",
        "night", "Q", "hours", "WASM PLM/h", "95 %", "0.7x to 1.4x", "AASM", "what"
    );
    for night in nights {
        let _ = writeln!(
            out,
            "{:<14} {:>1}  {:>8.2}  {:>12}  {:>16}  {:>12}  {:>7}  {}",
            night.night,
            night.grade.map_or('?', |grade| grade.letter()),
            night.analysed_h,
            figure(night.plm_per_h),
            interval(night.plm_per_h_low, night.plm_per_h_high).trim(),
            band(night.plm_per_h_at_0_7x, night.plm_per_h_at_1_4x),
            figure(night.plm_per_h_aasm),
            night.label,
        );
    }
    out
}

/// What the nights say together; nothing for a single one.
pub(super) fn together(rows: &[OverNightsRow]) -> String {
    let Some(index) = rows.iter().find(|row| row.figure == "plm_per_h") else {
        return String::new();
    };
    let at_least = if index.at_least { "at least " } else { "" };
    let mut out = format!(
        "{} nights together: median {at_least}{:.1} per hour{}, {:.1} to {:.1} from night to night",
        index.n_nights,
        index.median,
        interval(index.median_low, index.median_high),
        index.lowest,
        index.highest,
    );
    if index.basis != "sound" {
        let _ = write!(out, " ({})", index.basis);
    }
    match index.more_nights {
        Some(more) => {
            let _ = write!(
                out,
                ".\nAbout {more} more nights like these would halve the interval."
            );
        }
        None => out.push_str(".\nSix nights are the fewest for an interval."),
    }
    out.push('\n');
    out
}

/// The index at two thresholds.
fn band(at_0_7: Option<f64>, at_1_4: Option<f64>) -> String {
    match (at_0_7, at_1_4) {
        (Some(low), Some(high)) => format!("{low:.1} to {high:.1}"),
        _ => String::new(),
    }
}

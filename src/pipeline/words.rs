//! The summary on the terminal: quality first, denominators beside every figure, both rule sets.

mod people;

use std::fmt::Write as _;

use super::run::Done;
use crate::analysis::quality::CHANCE;
use crate::model::night::WindowSource;
use crate::output::rows::{FileRow, NightRow, OverNightsRow};

/// Up to so many nights are told one by one, more become a table; so many files that were passed over are named.
const IN_FULL: usize = 3;

/// The whole summary.
pub fn summary(done: &Done) -> String {
    let mut out = String::new();
    let nights = &done.study.nights;
    let people = &done.study.people;
    if nights.len() <= IN_FULL {
        for night in nights {
            out.push_str(&night_in_words(night));
            out.push('\n');
        }
    } else if people.is_empty() {
        out.push_str(&table(nights));
        for night in nights {
            for note in night.notes.iter().flat_map(|notes| sentences(notes)) {
                let _ = writeln!(out, "{}: {note}", night.night);
            }
        }
        out.push_str(&together(&done.study.together));
        out.push('\n');
    }
    if !people.is_empty() {
        out.push_str(&people::table(people, nights));
        out.push('\n');
    }
    let of = |outcome: &str| -> Vec<&FileRow> {
        let files = done.study.files.iter();
        files.filter(|file| file.outcome == outcome).collect()
    };
    for file in of("refused") {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "Not analysed: {}", refusal(file));
    }
    let passed_over = of("passed over");
    for file in passed_over.iter().take(IN_FULL) {
        let _ = writeln!(out, "Passed over: {}", refusal(file));
    }
    if let n @ 1.. = passed_over.len().saturating_sub(IN_FULL) {
        let _ = writeln!(out, "Passed over: {n} more; files.csv says why.");
    }
    // The manifest, which is written last, stands beside the tables; charts may have folders.
    if let Some(folder) = done.written.last().and_then(|last| last.parent()) {
        let folder = folder.display();
        let _ = writeln!(
            out,
            "{} files in {folder} ({:.1} s)",
            done.written.len(),
            done.wall_s
        );
    }
    out
}

fn refusal(file: &FileRow) -> String {
    let reason = file.reason.as_deref().unwrap_or("no reason is known");
    let base = file.file.rsplit('/').next().unwrap_or(&file.file);
    let named = [&*file.file, base]
        .into_iter()
        .find_map(|name| reason.strip_prefix(name)?.strip_prefix(": "));
    format!("{}: {}", file.file, named.unwrap_or(reason))
}

/// One night in a few lines.
fn night_in_words(night: &NightRow) -> String {
    let mut lines: Vec<(&str, String)> = Vec::new();
    let worn = match (&night.legs, night.placement.name()) {
        (Some(legs), place) => format!("{place}, leg {legs}"),
        (None, "not stated") => "placement not stated".to_owned(),
        (None, place) => place.to_owned(),
    };
    let grade = night.grade.map_or('?', |grade| grade.letter());
    let mut reasons = night
        .reasons
        .as_deref()
        .unwrap_or("nothing stands against it")
        .to_owned();
    if reasons.is_empty() {
        reasons.push_str("nothing stands against it");
    }
    lines.push(("Quality", format!("{grade}: {reasons}")));
    let window = match (&night.lights_out_local, &night.lights_on_local) {
        (Some(out), Some(on)) => format!(
            "{} to {}",
            out.civil().strftime("%H:%M"),
            on.civil().strftime("%H:%M")
        ),
        _ => format!(
            "{} to {} after the first sample",
            clock_span(night.lights_out_s),
            clock_span(night.lights_on_s)
        ),
    };
    let source = night.window_source.map_or("", |source| source.name());
    let mut analysed = format!(
        "{:.2} h of {:.2} h ({window}, {source})",
        night.analysed_h, night.in_bed_h
    );
    for (hours, what) in [
        (night.gap_h, "without samples"),
        (night.off_leg_h, "off the leg"),
        (night.blind_h, "blind at the edges of gaps"),
    ] {
        if hours >= 0.005 {
            let _ = write!(analysed, ", {hours:.2} h {what}");
        }
    }
    if night.window_source == Some(WindowSource::Estimate)
        && night.recorded_h - night.in_bed_h > 0.25
    {
        let _ = write!(
            analysed,
            "; {:.2} h were recorded (--lights-out, --lights-on or --whole say when the night was)",
            night.recorded_h
        );
    }
    lines.push(("Analysed", analysed));
    let at_least = if night.at_least { "at least " } else { "" };
    let label = if night.is_plm_index() {
        "PLM index"
    } else {
        "Events"
    };
    let what = if night.is_plm_index() {
        "PLM"
    } else {
        "periodic movement events"
    };
    lines.push((
        label,
        format!(
            "{at_least}{} {what} per {} by {}{}; {} by AASM{}",
            figure(night.plm_per_h),
            night.per,
            rules_in_words(&night.rules),
            interval(night.plm_per_h_low, night.plm_per_h_high),
            figure(night.plm_per_h_aasm),
            interval(night.plm_per_h_aasm_low, night.plm_per_h_aasm_high),
        ),
    ));
    if !night.is_plm_index() {
        lines.push(("", night.label.clone()));
    }
    if let (Some(low), Some(high)) = (night.plm_per_h_at_0_7x, night.plm_per_h_at_1_4x) {
        lines.push((
            "Threshold",
            format!("{low:.1} per hour at 0.7 times the threshold, {high:.1} at 1.4 times"),
        ));
    }
    lines.push((
        "Counted",
        format!(
            "{} PLM in {} series, {} candidates, {} leg movements ({}); {} PLM, {} leg movements (AASM)",
            count(night.n_plm),
            count(night.n_series),
            count(night.n_clm),
            count(night.n_lm),
            rules_in_words(&night.rules),
            count(night.n_plm_aasm),
            count(night.n_lm_aasm),
        ),
    ));
    if let (Some(by_chance), Some(p)) = (night.plm_per_h_by_chance, night.plm_p_by_chance) {
        let than = if p <= CHANCE { "more" } else { "no more" };
        let told = format!(
            "{than} than chance makes of as many movements ({by_chance:.1} per hour; p {p:.2})"
        );
        lines.push(("Series", told));
    }
    lines.push((
        "Periodicity",
        format!(
            "{} (PLM / CLM, WASM 2016), {} (Ferri 2006)",
            ratio(night.periodicity_index_wasm),
            ratio(night.periodicity_index_ferri),
        ),
    ));
    if let (Some(period), Some(strength), Some(p)) = (
        night.rhythm_period_s,
        night.rhythm_strength,
        night.rhythm_p_scattered,
    ) {
        let shuffled = night
            .rhythm_p_shuffled
            .map(|p| format!(", {p:.2} with shuffled intervals"))
            .unwrap_or_default();
        let found = match p <= CHANCE {
            true => format!("every {period:.1} s, {strength:.1} times the mean of the band"),
            false => format!("none beyond chance; the strongest every {period:.1} s"),
        };
        lines.push((
            "Rhythm",
            format!("{found} (p {p:.2} by scattering{shuffled})"),
        ));
    }
    lines.extend(sleep_in_words(night).map(|text| ("Sleep", text)));
    if let Some(calibration) = &night.calibration {
        let error = match (
            night.calibration_error_before_mg,
            night.calibration_error_after_mg,
        ) {
            (Some(before), Some(after)) => format!(" (error {before:.1} mg, then {after:.1} mg)"),
            (Some(before), None) => format!(" (error {before:.1} mg)"),
            _ => String::new(),
        };
        lines.push(("Calibration", format!("{calibration}{error}")));
    }
    for note in night.notes.iter().flat_map(|notes| sentences(notes)) {
        lines.push(("Note", note));
    }
    let mut out = format!(
        "Night {} ({worn}{})\n",
        night.night,
        night
            .format
            .as_deref()
            .map(|format| format!(", {format}"))
            .unwrap_or_default()
    );
    for (what, text) in lines {
        let _ = writeln!(out, "  {what:<12} {text}");
    }
    out
}

/// The indices over sleep, each with its denominator and where that is from.
fn sleep_in_words(night: &NightRow) -> Option<String> {
    let from = night.sleep_from.as_deref()?;
    let Some(sleep_h) = night.sleep_h else {
        return Some(format!("time in bed by {from}, no stages"));
    };
    let mut text = format!(
        "{} PLM per hour of sleep ({sleep_h:.2} h by {from})",
        figure(night.plms_per_h)
    );
    if let Some(aasm) = night.plms_per_h_aasm {
        let _ = write!(text, ", {aasm:.1} by AASM");
    }
    if let (Some(rate), Some(hours)) = (night.plm_per_h_sleep_period, night.sleep_period_h) {
        let _ = write!(
            text,
            "; {rate:.1} per hour of the sleep period ({hours:.2} h)"
        );
    }
    if let (Some(rate), Some(hours)) = (night.plmw_per_h, night.wake_h) {
        let _ = write!(text, "; {rate:.1} per hour awake ({hours:.2} h)");
    }
    Some(text)
}

/// A text cut behind its sentences.
fn sentences(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split_inclusive(". ")
        .map(|sentence| sentence.trim().to_owned())
}

/// Many nights, a line each.
fn table(nights: &[NightRow]) -> String {
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
fn together(rows: &[OverNightsRow]) -> String {
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

/// The name of a rule set as people write it.
fn rules_in_words(name: &str) -> &str {
    match name {
        "wasm2016" => "WASM 2016",
        "wasm2006" => "WASM 2006",
        "aasm" => "AASM",
        "alt1" => "Ferri 2015 (alt1)",
        "coleman" => "Coleman 1982",
        other => other,
    }
}

fn figure(value: Option<f64>) -> String {
    value.map_or("not known".to_owned(), |value| format!("{value:.1}"))
}

fn ratio(value: Option<f64>) -> String {
    value.map_or("not defined".to_owned(), |value| format!("{value:.2}"))
}

fn count(value: Option<u32>) -> String {
    value.map_or("?".to_owned(), |value| value.to_string())
}

fn interval(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!(" [{low:.1} to {high:.1}]"),
        _ => String::new(),
    }
}

/// The index at two thresholds.
fn band(at_0_7: Option<f64>, at_1_4: Option<f64>) -> String {
    match (at_0_7, at_1_4) {
        (Some(low), Some(high)) => format!("{low:.1} to {high:.1}"),
        _ => String::new(),
    }
}

/// Seconds as `1:02:03`.
fn clock_span(seconds: f64) -> String {
    let whole = seconds.max(0.0).round() as u64;
    format!(
        "{}:{:02}:{:02}",
        whole / 3600,
        whole % 3600 / 60,
        whole % 60
    )
}

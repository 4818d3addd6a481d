//! The summary on the terminal: quality first, denominators beside every figure, both rule sets.

mod many;
mod people;

use std::fmt::Write as _;

use super::run::Done;
use crate::analysis::quality::CHANCE;
use crate::model::night::WindowSource;
use crate::output::rows::{FileRow, NightRow};

/// Up to so many nights are told one by one, more become a table; so many files that were passed over are named.
const IN_FULL: usize = 3;

/// The rule set whose figures stand beside those of the one that was named.
const AASM: &str = "aasm";

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
        out.push_str(&many::table(nights));
        for night in nights {
            for note in night.notes.iter().flat_map(|notes| sentences(notes)) {
                let _ = writeln!(out, "{}: {note}", night.night);
            }
        }
        out.push_str(&many::together(&done.study.together));
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

/// One night in a few lines, each with a word before it.
fn night_in_words(night: &NightRow) -> String {
    let mut lines = vec![
        ("Quality", quality(night)),
        ("Analysed", analysed(night)),
        index(night),
    ];
    if !night.is_plm_index() {
        lines.push(("", night.label.clone()));
    }
    lines.extend(threshold(night).map(|text| ("Threshold", text)));
    lines.push(("Counted", counted(night)));
    lines.extend(series(night).map(|text| ("Series", text)));
    lines.push(("Periodicity", periodicity(night)));
    lines.extend(rhythm(night).map(|text| ("Rhythm", text)));
    lines.extend(sleep_in_words(night).map(|text| ("Sleep", text)));
    lines.extend(calibration(night).map(|text| ("Calibration", text)));
    let notes = night.notes.iter().flat_map(|notes| sentences(notes));
    lines.extend(notes.map(|note| ("Note", note)));
    let mut out = format!("Night {} ({})\n", night.night, sensor(night));
    for (what, text) in lines {
        let _ = writeln!(out, "  {what:<12} {text}");
    }
    out
}

/// Where the sensor was worn, and what wrote its export.
fn sensor(night: &NightRow) -> String {
    let worn = match (&night.legs, night.placement.name()) {
        (Some(legs), place) => format!("{place}, leg {legs}"),
        (None, "not stated") => "placement not stated".to_owned(),
        (None, place) => place.to_owned(),
    };
    match &night.format {
        Some(format) => format!("{worn}, {format}"),
        None => worn,
    }
}

/// The grade and what stands against the night.
fn quality(night: &NightRow) -> String {
    let grade = night.grade.map_or('?', |grade| grade.letter());
    let reasons = night.reasons.as_deref().filter(|text| !text.is_empty());
    let reasons = reasons.unwrap_or("nothing stands against it");
    format!("{grade}: {reasons}")
}

/// What of the time in bed was analysed, who said when that was, and what is missing in it.
fn analysed(night: &NightRow) -> String {
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
    let source = match night.window_sources() {
        None => String::new(),
        Some((out, on)) if out == on => out.name().to_owned(),
        Some((out, on)) => format!("lights out: {}, lights on: {}", out.name(), on.name()),
    };
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
    analysed
}

/// The index by both rule sets, with the word that it goes by.
fn index(night: &NightRow) -> (&'static str, String) {
    let at_least = if night.at_least { "at least " } else { "" };
    let (label, what) = match night.is_plm_index() {
        true => ("PLM index", "PLM"),
        false => ("Events", "periodic movement events"),
    };
    let mut told = format!(
        "{at_least}{} {what} per {} by {}{}",
        figure(night.plm_per_h),
        night.per,
        rules_in_words(&night.rules),
        interval(night.plm_per_h_low, night.plm_per_h_high),
    );
    if night.rules != AASM {
        let _ = write!(
            told,
            "; {} by AASM{}",
            figure(night.plm_per_h_aasm),
            interval(night.plm_per_h_aasm_low, night.plm_per_h_aasm_high)
        );
    }
    (label, told)
}

/// The index with other thresholds of detection.
fn threshold(night: &NightRow) -> Option<String> {
    let (low, high) = (night.plm_per_h_at_0_7x?, night.plm_per_h_at_1_4x?);
    Some(format!(
        "{low:.1} per hour at 0.7 times the threshold, {high:.1} at 1.4 times"
    ))
}

/// What was counted by both rule sets.
fn counted(night: &NightRow) -> String {
    let (periodic, movements) = match night.is_plm_index() {
        true => ("PLM", "leg movements"),
        false => ("periodic", "movements"),
    };
    let mut told = format!(
        "{} {periodic} in {} series, {} candidates, {} {movements} ({})",
        count(night.n_plm),
        count(night.n_series),
        count(night.n_clm),
        count(night.n_lm),
        rules_in_words(&night.rules),
    );
    if night.rules != AASM {
        let _ = write!(
            told,
            "; {} {periodic}, {} {movements} (AASM)",
            count(night.n_plm_aasm),
            count(night.n_lm_aasm)
        );
    }
    told
}

/// Whether the series are more than chance makes of as many movements.
fn series(night: &NightRow) -> Option<String> {
    let (by_chance, p) = (night.plm_per_h_by_chance?, night.plm_p_by_chance?);
    let than = if p <= CHANCE { "more" } else { "no more" };
    Some(format!(
        "{than} than chance makes of as many movements ({by_chance:.1} per hour; p {p:.2})"
    ))
}

/// Both indices of periodicity.
fn periodicity(night: &NightRow) -> String {
    let of_what = match night.is_plm_index() {
        true => "PLM / CLM",
        false => "periodic / candidates",
    };
    format!(
        "{} ({of_what}, WASM 2016), {} (Ferri 2006)",
        ratio(night.periodicity_index_wasm),
        ratio(night.periodicity_index_ferri),
    )
}

/// The strongest period of the onsets, and whether it is more than chance.
fn rhythm(night: &NightRow) -> Option<String> {
    let (period, strength) = (night.rhythm_period_s?, night.rhythm_strength?);
    let p = night.rhythm_p_scattered?;
    let shuffled = night
        .rhythm_p_shuffled
        .map(|p| format!(", {p:.2} with shuffled intervals"))
        .unwrap_or_default();
    let found = match p <= CHANCE {
        true => format!("every {period:.1} s, {strength:.1} times the mean of the band"),
        false => format!("none beyond chance; the strongest every {period:.1} s"),
    };
    Some(format!("{found} (p {p:.2} by scattering{shuffled})"))
}

/// What became of the calibration, and its error before and after.
fn calibration(night: &NightRow) -> Option<String> {
    let calibration = night.calibration.as_ref()?;
    let error = match (
        night.calibration_error_before_mg,
        night.calibration_error_after_mg,
    ) {
        (Some(before), Some(after)) => format!(" (error {before:.1} mg, then {after:.1} mg)"),
        (Some(before), None) => format!(" (error {before:.1} mg)"),
        _ => String::new(),
    };
    Some(format!("{calibration}{error}"))
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

//! What is said about a night: title, caption, description.

use super::View;
use crate::model::span::SpanKind;
use crate::output::charts::study;
use crate::output::fonts::drawable;
use crate::output::rows::NightRow;
use crate::output::sentences::window_source;
use crate::output::words::Words;

/// How many doubts about a night stand in the caption.
const DOUBTS: usize = 4;

pub(super) struct NightText {
    pub title: String,
    pub caption: String,
    pub alt: String,
}

pub(super) fn of(view: &View) -> NightText {
    NightText {
        title: title(view),
        caption: caption(view.night, view.setup.words),
        alt: alt(view),
    }
}

fn title(view: &View) -> String {
    let (night, words) = (view.night, view.setup.words);
    let name = match night.date {
        Some(date) => words.fill("night.title", &[("date", &words.date(date))]),
        None => words.fill("night.title_unnamed", &[("night", &drawable(&night.night))]),
    };
    let legs = match night.legs.as_deref() {
        Some("L") => words.say("body.leg_L"),
        Some("R") => words.say("body.leg_R"),
        Some(_) => words.say("body.L+R"),
        None => words.say("body.unknown_leg"),
    };
    let key = format!("placement.{}", night.placement.name());
    let place = words.say(&key);
    if night.placement.is_off_the_legs() {
        format!("{name} · {place}")
    } else {
        format!("{name} · {legs}, {place}")
    }
}

/// One sentence: quality with its reasons, hours, index with its rule set.
fn caption(night: &NightRow, words: &Words) -> String {
    let hours = |value: f64| words.number(value, 1);
    let (analysed, in_bed) = (hours(night.analysed_h), hours(night.in_bed_h));
    let index = index(night, words);
    let mut places = vec![
        ("analysed", analysed.as_str()),
        ("in_bed", in_bed.as_str()),
        ("index", index.as_str()),
    ];
    let Some(grade) = night.grade else {
        return words.fill("night.caption_no_grade", &places);
    };
    let grade = match reasons(night, words) {
        Some(reasons) => format!("{} ({reasons})", grade.letter()),
        None => grade.letter().to_string(),
    };
    places.push(("grade", &grade));
    words.fill("night.caption", &places)
}

/// The doubts behind the grade, the worst first, short enough for a caption.
fn reasons(night: &NightRow, words: &Words) -> Option<String> {
    let flags = night.flags.as_deref().unwrap_or("").split(';');
    let mut doubts: Vec<String> = flags
        .map(str::trim)
        .filter(|code| !code.is_empty())
        .map(|code| drawable(&words.named(&format!("doubt.{code}"), code)))
        .collect();
    if doubts.len() > DOUBTS {
        doubts.truncate(DOUBTS);
        doubts.push("…".to_owned());
    }
    (!doubts.is_empty()).then(|| doubts.join(", "))
}

/// The index with its name, rule set, interval and threshold band, and AASM beside it.
pub(super) fn index(night: &NightRow, words: &Words) -> String {
    let Some(value) = night.plm_per_h else {
        let why = words.say("night.index_none_why");
        return words.fill("night.index_none", &[("why", why)]);
    };
    let number = |value: f64| words.number(value, 1);
    let mut figure = number(value);
    if night.at_least {
        figure = words.fill("index.at_least", &[("value", &figure)]);
    }
    let range = |key: &str, low: Option<f64>, high: Option<f64>| match (low, high) {
        (Some(low), Some(high)) => {
            let (low, high) = (number(low), number(high));
            words.fill(key, &[("low", &low), ("high", &high)])
        }
        _ => String::new(),
    };
    let interval = range("night.interval", night.plm_per_h_low, night.plm_per_h_high);
    let (low, high) = across_thresholds(night, value);
    let band = range("night.band", low, high);
    let key = if night.is_plm_index() {
        "night.index"
    } else {
        "night.index_events"
    };
    let mut text = words.fill(
        key,
        &[
            ("label", words.say("index.plm")),
            ("value", &figure),
            ("rules", &study::rules_of(night, words)),
            ("interval", &interval),
            ("band", &band),
        ],
    );
    if let Some(aasm) = night.plm_per_h_aasm.filter(|_| night.is_plm_index()) {
        text += &words.fill("night.aasm", &[("value", &number(aasm))]);
    }
    if let Some(asleep) = night.plms_per_h {
        let source = drawable(night.sleep_from.as_deref().unwrap_or("?"));
        text += &words.fill(
            "night.asleep",
            &[("value", &number(asleep)), ("source", &source)],
        );
    }
    text
}

/// The lowest and the highest index at 0.7 times, once and 1.4 times the threshold. The highest need not be that of the
/// lowest threshold: there movements run together.
fn across_thresholds(night: &NightRow, index: f64) -> (Option<f64>, Option<f64>) {
    let all = [night.plm_per_h_at_0_7x, night.plm_per_h_at_1_4x];
    let [Some(loose), Some(strict)] = all else {
        return (None, None);
    };
    let of = |pick: fn(f64, f64) -> f64| Some(pick(index, pick(loose, strict)));
    (of(f64::min), of(f64::max))
}

/// What stands over the bar of the time in bed.
pub(super) fn bed(view: &View) -> String {
    let (night, words) = (view.night, view.setup.words);
    let from = view.clock.label(night.lights_out_s);
    let to = view.clock.label(night.lights_on_s);
    let range = words.fill("format.to", &[("low", &from), ("high", &to)]);
    let name = match window_source(night, words) {
        Some(source) => words.fill("night.in_bed_source", &[("source", &source)]),
        None => words.say("night.in_bed").to_owned(),
    };
    format!("{name}: {range}")
}

fn alt(view: &View) -> String {
    let words = view.setup.words;
    let n_plm = view.movements.iter().filter(|m| m.plm).count();
    let n_gaps = view
        .spans
        .iter()
        .filter(|s| s.kind == SpanKind::Gap)
        .count();
    let alt = words.fill(
        "night.alt",
        &[
            (
                "movements",
                &words.count("night.n_movements", view.movements.len()),
            ),
            ("plm", &words.count("night.n_plm_ticks", n_plm)),
            ("gaps", &words.count("night.n_gaps", n_gaps)),
        ],
    );
    format!("{} {alt}", caption(view.night, words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Language;

    #[test]
    fn the_band_across_thresholds_holds_the_index() {
        let night = NightRow {
            plm_per_h: Some(7.3),
            plm_per_h_at_0_7x: Some(6.1),
            plm_per_h_at_1_4x: Some(6.5),
            ..NightRow::default()
        };
        assert_eq!(across_thresholds(&night, 7.3), (Some(6.1), Some(7.3)));
        assert_eq!(across_thresholds(&night, 5.0), (Some(5.0), Some(6.5)));
        let told = index(&night, &Words::of(Language::English));
        assert!(told.contains("6.1 to 7.3 across thresholds"), "{told}");
        let unknown = NightRow {
            plm_per_h_at_1_4x: None,
            ..night
        };
        assert_eq!(across_thresholds(&unknown, 7.3), (None, None));
    }

    #[test]
    fn doubts_are_told_in_the_language_and_not_all_of_many() {
        let mut night = NightRow {
            flags: Some("noisy;one_leg".into()),
            ..NightRow::default()
        };
        let told = |night: &NightRow, language| reasons(night, &Words::of(language)).unwrap();
        assert_eq!(
            told(&night, Language::English),
            "noisy recording, one leg only"
        );
        assert_eq!(
            told(&night, Language::German),
            "unruhige Aufzeichnung, nur ein Bein"
        );
        night.flags = Some("gaps;noisy;one_leg;<of_tomorrow>;thigh".into());
        assert!(told(&night, Language::English).ends_with("one leg only, <of tomorrow>, …"));
        night.flags = None;
        assert_eq!(reasons(&night, &Words::of(Language::English)), None);
    }
}

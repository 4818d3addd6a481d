//! How the figures came about, and the foot of the page: rule set, thresholds, sensor, time lost, version, hashes.

use sha2::{Digest, Sha256};

use super::{Fact, shortened, tally, used};
use crate::model::study::Figure;
use crate::output::report::voice::Voice;
use crate::output::report::{Options, StudyView};
use crate::output::rows::NightRow;

/// Digits of a hash that are printed: enough to tell files apart, few enough to read out.
const HASH: usize = 12;

pub(super) fn methods(view: &StudyView, voice: &Voice) -> Vec<Fact> {
    let mut facts = vec![
        Fact {
            name: voice.say("report.method.rules"),
            value: rules(view, voice),
        },
        Fact {
            name: voice.say("report.method.detector"),
            value: detector(view, voice),
        },
        Fact {
            name: voice.say("report.method.sensor"),
            value: sensor(view, voice),
        },
        Fact {
            name: voice.say("report.method.lost"),
            value: lost(view, voice),
        },
        Fact {
            name: voice.say("report.method.intervals"),
            value: voice.say("report.method.intervals_how"),
        },
        Fact {
            name: voice.say("report.method.origin"),
            value: origin(view, voice),
        },
    ];
    facts.retain(|fact| !fact.value.is_empty());
    facts
}

/// The foot of every page.
pub(super) fn footer(view: &StudyView, options: &Options, voice: &Voice) -> String {
    let mut parts = vec![
        format!("legtrace {}", version(view)),
        rule_sets(view, voice),
    ];
    if let Some(hash) = input_hash(view) {
        parts.push(voice.fill("report.inputs", &[("hash", &hash)]));
    }
    if let Some(date) = options.made_on {
        parts.push(voice.fill("report.made_on", &[("date", &voice.date(date))]));
    }
    parts.push(voice.say("report.not_a_device"));
    parts.join(" · ")
}

/// Figures with their ranges, joined; a figure that no night has is left out.
fn figures(view: &StudyView, voice: &Voice, of: &[(&str, Figure, usize)]) -> Vec<String> {
    of.iter()
        .filter_map(|(key, figure, decimals)| {
            let over = view.summary.figure(*figure)?;
            let mut value = voice.words().number(over.median, *decimals);
            if over.range.0 != over.range.1 {
                let range = voice.range(over.range, *decimals);
                value = format!("{value} ({range})");
            }
            Some(voice.fill(key, &[("value", &value)]))
        })
        .collect()
}

fn rules(view: &StudyView, voice: &Voice) -> String {
    let mut parts = vec![rule_sets(view, voice)];
    parts.extend(figures(
        view,
        voice,
        &[
            ("report.method.aasm", Figure::PlmPerHAasm, 1),
            ("report.method.pi_wasm", Figure::PeriodicityWasm, 2),
        ],
    ));
    parts.join("; ")
}

fn detector(view: &StudyView, voice: &Voice) -> String {
    let names = tally(
        used(view)
            .into_iter()
            .filter_map(|night| night.detector.as_deref()),
    );
    let mut parts: Vec<String> = names
        .iter()
        .take(2)
        .map(|(name, _)| shortened(&voice.word(&format!("detector.{name}"), name), 40))
        .collect();
    parts.extend(figures(
        view,
        voice,
        &[
            ("report.method.on", Figure::OnThresholdMg, 0),
            ("report.method.off", Figure::OffThresholdMg, 0),
            ("report.method.floor", Figure::FloorMg, 1),
        ],
    ));
    let at = |figure| view.summary.figure(figure).map(|over| over.median);
    if let (Some(loose), Some(strict)) = (at(Figure::PlmPerHAt07), at(Figure::PlmPerHAt14)) {
        let (strict, loose) = (voice.tenths(strict), voice.tenths(loose));
        parts.push(voice.fill(
            "report.method.band",
            &[("strict", &strict), ("loose", &loose)],
        ));
    }
    parts.join("; ")
}

fn sensor(view: &StudyView, voice: &Voice) -> String {
    figures(
        view,
        voice,
        &[
            ("report.method.rate", Figure::EffectiveHz, 1),
            ("report.method.resolution", Figure::ResolutionMg, 1),
            ("report.method.error_before", Figure::CalibrationBeforeMg, 1),
            ("report.method.error_after", Figure::CalibrationAfterMg, 1),
        ],
    )
    .join("; ")
}

fn lost(view: &StudyView, voice: &Voice) -> String {
    figures(
        view,
        voice,
        &[
            ("report.method.off_leg", Figure::OffLegH, 1),
            ("report.method.gap", Figure::GapH, 1),
            ("report.method.idle", Figure::IdleH, 1),
        ],
    )
    .join("; ")
}

fn origin(view: &StudyView, voice: &Voice) -> String {
    // Version and hash of the inputs are at the foot of the page.
    let mut parts = Vec::new();
    let settings = tally(
        view.rows
            .nights
            .iter()
            .filter_map(|night| night.settings_sha256.as_deref()),
    );
    if let [(only, _)] = settings[..] {
        let hash: String = only.chars().take(HASH).collect();
        parts.push(voice.fill("report.method.settings", &[("hash", &hash)]));
    }
    let n = hashes(view).count();
    if n > 0 {
        parts.push(voice.count("report.n_files", n));
    }
    parts.join("; ")
}

fn version(view: &StudyView) -> String {
    let versions = tally(view.rows.nights.iter().map(|night| night.version.as_str()));
    let names: Vec<&str> = versions.iter().map(|(version, _)| *version).collect();
    shortened(&names.join(", "), 40)
}

fn rule_sets(view: &StudyView, voice: &Voice) -> String {
    let sets = tally(
        view.rows
            .nights
            .iter()
            .map(|night: &NightRow| voice.word(&format!("rules.{}", night.rules), &night.rules)),
    );
    let names: Vec<String> = sets.into_iter().map(|(name, _)| name).collect();
    names.join(", ")
}

/// The hashes of the inputs that nights came from; what lay beside them in a folder and was passed over is none.
fn hashes<'a>(view: &StudyView<'a>) -> impl Iterator<Item = &'a str> {
    let files = view.rows.files.iter();
    files.filter_map(|file| file.night.as_ref().and(file.sha256.as_deref()))
}

/// One hash for all inputs: SHA-256 over their hashes in ascending order, each on a line of its own. `None` when no
/// file has one.
fn input_hash(view: &StudyView) -> Option<String> {
    let mut hashes: Vec<&str> = hashes(view).collect();
    if hashes.is_empty() {
        return None;
    }
    hashes.sort_unstable();
    let mut digest = Sha256::new();
    for hash in hashes {
        digest.update(hash.as_bytes());
        digest.update(b"\n");
    }
    let hex: String = digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Some(hex.chars().take(HASH).collect())
}

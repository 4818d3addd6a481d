//! The header: whose nights, when, how many, with what, and how good they are.

use super::{Fact, shortened, tally, used};
use crate::model::quality::Grade;
use crate::model::study::{Basis, LeftOut};
use crate::output::report::voice::Voice;
use crate::output::report::{Options, StudyView};
use crate::output::rows::NightRow;
use crate::output::sentences::window_source;

/// Letters of a name that stand in the header.
const NAME: usize = 80;
/// Letters of a device or a file's name.
const THING: usize = 40;
/// Nights left out, and files that could not be used, that are named one by one.
const NAMED: usize = 3;
/// Doubts that are named.
const DOUBTS: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::output::report) struct Header {
    pub title: String,
    pub name: Option<String>,
    pub period: String,
    pub facts: Vec<Fact>,
    pub quality: Quality,
}

/// The grade, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::output::report) struct Quality {
    pub name: String,
    pub letter: Option<char>,
    pub sentences: Vec<String>,
}

impl Header {
    pub(super) fn of(view: &StudyView, options: &Options, voice: &Voice) -> Self {
        let fact = |name: String, value: Option<String>| {
            Some(Fact {
                name,
                value: value?,
            })
        };
        let name = options.name.as_deref().map(|name| shortened(name, NAME));
        Self {
            title: voice.say("report.title"),
            name: name.filter(|name| !name.is_empty()),
            period: period(view, voice),
            facts: [
                fact(voice.say("report.fact.nights"), Some(nights(view, voice))),
                fact(voice.say("report.fact.left_out"), left_out(view, voice)),
                fact(voice.say("report.fact.files"), files(view, voice)),
                fact(voice.say("report.fact.sensor"), Some(sensor(view, voice))),
                fact(voice.say("report.fact.bed"), bed(view, voice)),
                fact(voice.say("report.fact.clock"), Some(clock(view, voice))),
            ]
            .into_iter()
            .flatten()
            .collect(),
            quality: quality(view, voice),
        }
    }
}

fn period(view: &StudyView, voice: &Voice) -> String {
    let dates = || view.rows.nights.iter().filter_map(|night| night.date);
    match (dates().min(), dates().max()) {
        (Some(first), Some(last)) if first == last => voice.date(first),
        (Some(first), Some(last)) => voice.fill(
            "report.period",
            &[("from", &voice.date(first)), ("to", &voice.date(last))],
        ),
        _ => voice.say("report.no_dates"),
    }
}

fn nights(view: &StudyView, voice: &Voice) -> String {
    let recorded = view.rows.nights.len();
    let used = view.summary.used.len();
    if recorded == used {
        return voice.count("report.recorded_all_used", recorded);
    }
    voice.fill(
        "report.recorded_used",
        &[
            ("recorded", &recorded.to_string()),
            ("used", &used.to_string()),
        ],
    )
}

/// The nights that are not behind the figures, each with its reason.
fn left_out(view: &StudyView, voice: &Voice) -> Option<String> {
    let all = &view.summary.left_out;
    let row = |id: &str| view.rows.nights.iter().find(|night| night.night == id);
    let mut named: Vec<String> = all
        .iter()
        .take(NAMED)
        .map(|(id, why)| {
            let night = row(id);
            let date = night.and_then(|night| night.date);
            let name = date.map_or_else(|| shortened(id, THING), |date| voice.day(date));
            let why = reason(*why, night, voice);
            voice.fill("report.left_out.night", &[("night", &name), ("why", &why)])
        })
        .collect();
    if all.len() > NAMED {
        named.push(voice.count("report.and_more", all.len() - NAMED));
    }
    (!named.is_empty()).then(|| named.join("; "))
}

fn reason(why: LeftOut, night: Option<&NightRow>, voice: &Voice) -> String {
    match why {
        LeftOut::NoIndex => no_index(night, voice),
        LeftOut::OffTheLegs => voice.say("report.left_out.off_the_legs"),
        LeftOut::GradeD => {
            let worst = night
                .and_then(|night| codes(night).next())
                .map(|code| doubt(code, voice));
            match worst {
                Some(doubt) => voice.fill("report.left_out.grade_d_why", &[("why", &doubt)]),
                None => voice.say("report.left_out.grade_d"),
            }
        }
    }
}

/// Why a night has no index: most of it was spent off the leg, or without samples.
fn no_index(night: Option<&NightRow>, voice: &Voice) -> String {
    let lost = night.into_iter().flat_map(|night| {
        [
            ("report.left_out.no_index_off_leg", night.off_leg_h),
            ("report.left_out.no_index_gap", night.gap_h),
        ]
        .into_iter()
        .filter(|(_, lost_h)| *lost_h > night.analysed_h)
    });
    match lost.max_by(|(_, a), (_, b)| a.total_cmp(b)) {
        Some((key, hours)) => voice.fill(key, &[("hours", &voice.tenths(hours))]),
        None => voice.say("report.left_out.no_index"),
    }
}

/// Input files that no figure comes from.
fn files(view: &StudyView, voice: &Voice) -> Option<String> {
    let bad: Vec<_> = view
        .rows
        .files
        .iter()
        .filter(|file| file.outcome == "refused")
        .collect();
    let mut named: Vec<String> = bad
        .iter()
        .take(NAMED)
        .map(|file| {
            let name = shortened(&file.file, THING);
            let code = file.code.as_deref().unwrap_or(&file.outcome);
            let why = voice.word(&format!("report.file.{code}"), code);
            voice.fill("report.left_out.night", &[("night", &name), ("why", &why)])
        })
        .collect();
    if bad.len() > NAMED {
        named.push(voice.count("report.and_more", bad.len() - NAMED));
    }
    (!named.is_empty()).then(|| named.join("; "))
}

/// Legs, place and device; where nights differ, each with its number.
fn sensor(view: &StudyView, voice: &Voice) -> String {
    let kinds = tally(view.rows.nights.iter().map(|night| {
        let place = voice.say(&format!("placement.{}", night.placement.name()));
        let place = if night.placement.is_off_the_legs() {
            place
        } else {
            let legs = match night.legs.as_deref() {
                Some("L") => voice.say("body.leg_L"),
                Some("R") => voice.say("body.leg_R"),
                Some(_) => voice.say("body.L+R"),
                None => voice.say("body.unknown_leg"),
            };
            format!("{legs}, {place}")
        };
        match &night.device {
            Some(device) => format!("{place} · {}", shortened(device, THING)),
            None => place,
        }
    }));
    numbered(&kinds)
}

/// Who said when the wearer was in bed.
fn bed(view: &StudyView, voice: &Voice) -> Option<String> {
    let nights = view.rows.nights.iter();
    let sources = tally(nights.filter_map(|night| window_source(night, voice.words())));
    (!sources.is_empty()).then(|| numbered(&sources))
}

fn clock(view: &StudyView, voice: &Voice) -> String {
    let clocks =
        tally(
            view.rows
                .nights
                .iter()
                .map(|night| match (&night.zone, night.start_local) {
                    (Some(zone), _) => shortened(zone, THING),
                    (None, Some(_)) => voice.say("report.clock_of_device"),
                    (None, None) => voice.say("report.no_clock"),
                }),
        );
    numbered(&clocks)
}

/// `a (12), b (9)`; a single kind without its number. At most three kinds are named.
fn numbered(kinds: &[(String, usize)]) -> String {
    if let [(only, _)] = kinds {
        return only.clone();
    }
    let mut named: Vec<String> = kinds
        .iter()
        .take(NAMED)
        .map(|(kind, n)| format!("{kind} ({n})"))
        .collect();
    if kinds.len() > NAMED {
        named.push("…".to_owned());
    }
    named.join("; ")
}

fn quality(view: &StudyView, voice: &Voice) -> Quality {
    let mut sentences = Vec::new();
    let grades: Vec<String> = [Grade::A, Grade::B, Grade::C, Grade::D]
        .into_iter()
        .filter_map(|grade| {
            let of = |night: &&NightRow| night.grade == Some(grade);
            let n = view.rows.nights.iter().filter(of).count();
            (n > 0).then(|| format!("{} × {}", n, grade.letter()))
        })
        .collect();
    if view.rows.nights.len() > 1 && !grades.is_empty() {
        let counts = grades.join(", ");
        sentences.push(voice.fill("report.quality.counts", &[("counts", &counts)]));
    }
    match view.summary.basis {
        Basis::Sound => {}
        Basis::DoubtfulOnly => sentences.push(voice.say("report.quality.doubtful_only")),
        Basis::OffTheLegs => sentences.push(voice.say("report.quality.off_the_legs")),
    }
    let mut nights = used(view);
    if nights.is_empty() {
        sentences.push(voice.say("report.quality.no_night"));
        nights = view.rows.nights.iter().collect();
    }
    let doubts = tally(nights.iter().flat_map(|night| codes(night)));
    let mut named: Vec<String> = doubts
        .iter()
        .take(DOUBTS)
        .map(|(code, n)| {
            let doubt = doubt(code, voice);
            if nights.len() == 1 {
                doubt
            } else {
                format!("{doubt} ({n})")
            }
        })
        .collect();
    if doubts.len() > DOUBTS {
        named.push(voice.count("report.and_more", doubts.len() - DOUBTS));
    }
    if !named.is_empty() {
        let list = named.join("; ");
        sentences.push(voice.fill("report.quality.doubts", &[("doubts", &list)]));
    } else if !view.summary.used.is_empty() {
        sentences.push(voice.say("report.quality.no_doubt"));
    }
    Quality {
        name: voice.say("report.quality.name"),
        letter: view.summary.grade.map(Grade::letter),
        sentences,
    }
}

/// The doubts of a night as stable words, the worst first.
fn codes(night: &NightRow) -> impl Iterator<Item = &str> {
    let flags = night.flags.as_deref().unwrap_or("");
    flags
        .split(';')
        .map(str::trim)
        .filter(|code| !code.is_empty())
}

fn doubt(code: &str, voice: &Voice) -> String {
    let code = shortened(code, THING);
    voice.word(&format!("doubt.{code}"), &code)
}

//! Four tiles: the index, its periodicity, when, and how long was analysed; under each, what it is.

use super::used;
use crate::model::study::{Basis, Figure, OverNights};
use crate::output::report::StudyView;
use crate::output::report::voice::Voice;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::output::report) struct Tile {
    pub name: String,
    pub value: String,
    /// What the value is counted in, where it is not said by the name.
    pub unit: Option<String>,
    /// Spread, interval, number of nights.
    pub details: Vec<String>,
    /// What it is, in a sentence.
    pub what: String,
}

pub(super) fn tiles(view: &StudyView, voice: &Voice) -> [Tile; 4] {
    [
        index(view, voice),
        periodicity(view, voice),
        usual_time(view, voice),
        hours(view, voice),
    ]
}

fn index(view: &StudyView, voice: &Voice) -> Tile {
    let over = view.summary.figure(Figure::PlmPerH);
    let (name, what) = if view.summary.basis == Basis::OffTheLegs {
        (
            voice.by("report.tile.events"),
            voice.by("report.tile.events_what"),
        )
    } else {
        let what = match over {
            Some(over) if over.n == 1 => "report.tile.index_what_one",
            _ => "report.tile.index_what",
        };
        (voice.by("report.tile.index"), voice.by(what))
    };
    let value = over.map(|over| {
        let value = voice.tenths(over.median);
        if view.summary.at_least {
            voice.fill("report.tile.at_least", &[("value", &value)])
        } else {
            value
        }
    });
    let mut tile = figure(name, value, what, voice);
    tile.unit = over.map(|_| per(view, voice));
    if let Some(over) = over {
        tile.details = details(over, 1, voice);
        if let Some(within) = within_the_night(view, over, voice) {
            tile.details.push(within);
        }
    }
    tile
}

fn periodicity(view: &StudyView, voice: &Voice) -> Tile {
    let over = view.summary.figure(Figure::PeriodicityFerri);
    let mut tile = figure(
        voice.by("report.tile.periodicity"),
        over.map(|over| voice.hundredths(over.median)),
        voice.by("report.tile.periodicity_what"),
        voice,
    );
    if let Some(over) = over {
        tile.details = details(over, 2, voice);
    }
    tile
}

fn usual_time(view: &StudyView, voice: &Voice) -> Tile {
    let usual = view.summary.usual_time;
    let value = usual.map(|usual| {
        let (from, to) = (voice.time(usual.from), voice.time(usual.to));
        if from == to {
            voice.fill("report.tile.around", &[("time", &from)])
        } else {
            format!("{from}–{to}")
        }
    });
    let what = if usual.is_some() {
        voice.by("report.tile.time_what")
    } else {
        voice.say("report.tile.time_none")
    };
    let mut tile = figure(voice.by("report.tile.time"), value, what, voice);
    if let Some(usual) = usual {
        tile.details = vec![
            voice.count("report.n_movements", usual.n_movements),
            voice.count("report.n_nights", usual.n_nights),
        ];
    }
    tile
}

fn hours(view: &StudyView, voice: &Voice) -> Tile {
    let over = view.summary.figure(Figure::AnalysedH);
    let mut tile = figure(
        voice.by("report.tile.hours"),
        over.map(|over| voice.tenths(over.median)),
        voice.by("report.tile.hours_what"),
        voice,
    );
    tile.unit = over.map(|_| voice.say("report.hours"));
    if let Some(over) = over {
        tile.details = vec![range(over, 1, voice)];
        if let Some(bed) = view.summary.figure(Figure::InBedH) {
            let bed = voice.tenths(bed.median);
            tile.details
                .push(voice.fill("report.tile.in_bed", &[("hours", &bed)]));
        }
        tile.details.push(voice.count("report.n_nights", over.n));
    }
    tile
}

fn figure(name: String, value: Option<String>, what: String, voice: &Voice) -> Tile {
    let details = match value {
        Some(_) => Vec::new(),
        None => vec![voice.say("report.tile.none")],
    };
    Tile {
        name,
        value: value.unwrap_or_else(|| voice.say("format.none")),
        unit: None,
        details,
        what,
    }
}

/// The denominator in words: the same for all nights used, or none named.
fn per(view: &StudyView, voice: &Voice) -> String {
    let mut words: Vec<&str> = used(view).iter().map(|night| night.per.as_str()).collect();
    words.dedup();
    match words[..] {
        [only] => voice.word(&format!("report.per.{only}"), only),
        _ => voice.say("report.per.hour"),
    }
}

/// Spread over nights, interval of the median, number of nights.
fn details(over: &OverNights, decimals: usize, voice: &Voice) -> Vec<String> {
    let mut details = Vec::new();
    if over.n > 1 {
        details.push(if over.n < 4 {
            range(over, decimals, voice)
        } else {
            let half = voice.span(over.quartiles, decimals);
            voice.fill_by("report.tile.middle_half", &[("range", &half)])
        });
        details.push(match over.interval {
            Some(interval) => {
                let interval = voice.span(interval, decimals);
                voice.fill("report.tile.interval", &[("range", &interval)])
            }
            None => voice.say("report.tile.interval_later"),
        });
    }
    details.push(voice.count("report.n_nights", over.n));
    details
}

fn range(over: &OverNights, decimals: usize, voice: &Voice) -> String {
    if over.n == 1 {
        return voice.say("report.tile.one_night");
    }
    let range = voice.span(over.range, decimals);
    voice.fill("report.tile.range", &[("range", &range)])
}

/// Of a single night, the interval within it.
fn within_the_night(view: &StudyView, over: &OverNights, voice: &Voice) -> Option<String> {
    let nights = used(view);
    let [night] = nights[..] else {
        return None;
    };
    (over.n == 1).then_some(())?;
    let interval = (night.plm_per_h_low?, night.plm_per_h_high?);
    let interval = voice.span(interval, 1);
    Some(voice.fill("report.tile.within", &[("range", &interval)]))
}

//! Movement lists by night, with what the tables of the same study say of each: which nights there are and when the lights
//! were out (`nights.csv`), where the recording had holes and which stages there were (`spans.csv`).
//!
//! A night without movements has no row in `movements.csv`; only `nights.csv` tells that there was one. Both tables are
//! looked for beside a list that names its nights, and believed where they know all of these.

use std::path::Path;

use jiff::SignedDuration;

use crate::error::{Error, Kind};
use crate::ingest::lists::{
    self, ListError, ListedMovement, ListedNight, ListedSpan, MovementList, open_gaps, open_nights,
};
use crate::model::body::Leg;
use crate::model::movement::LegMovement;
use crate::model::night::StageInterval;
use crate::model::span::{Span, SpanKind};

/// A night of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NightOfList {
    /// Its name, where the list names nights.
    pub name: Option<String>,
    /// Its movements in order of the file.
    pub movements: Vec<ListedMovement>,
    /// What its study says of it; `None` for a list from elsewhere.
    pub study: Option<OfStudy>,
}

/// What a study's tables say of a night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OfStudy {
    /// The legs with a sensor; empty when nobody said.
    pub legs: Vec<Leg>,
    /// Lights out and lights on.
    pub in_bed: Option<(SignedDuration, SignedDuration)>,
    /// Its stretches of every kind; `None` without `spans.csv`.
    pub spans: Option<Vec<Span>>,
}

/// The nights of a list, and what to say of its study.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// In order of `nights.csv` where there is one, else as they first occur. A list without a row is one empty night.
    pub nights: Vec<NightOfList>,
    /// Sentences on what a study's own list lacks beside it.
    pub notes: Vec<String>,
}

impl NightOfList {
    /// As scoring reads them.
    pub fn leg_movements(&self) -> Vec<LegMovement> {
        let each = self.movements.iter();
        each.map(|listed| listed.movement.clone()).collect()
    }

    /// Whether every row names its leg.
    pub fn legs_are_stated(&self) -> bool {
        self.movements.iter().all(|listed| listed.leg_stated)
    }
}

impl OfStudy {
    /// The sleep stages, in order.
    pub fn stages(&self) -> Vec<StageInterval> {
        let mut stages: Vec<StageInterval> = self
            .spans
            .iter()
            .flatten()
            .filter_map(|span| match span.kind {
                SpanKind::Slept(stage) => Some(StageInterval {
                    start: span.start,
                    end: span.end,
                    stage,
                }),
                _ => None,
            })
            .collect();
        stages.sort_by_key(|piece| (piece.start, piece.end));
        stages
    }
}

/// Reads a list (`-` is standard input) and, where it names nights, the tables of its study beside it.
pub(super) fn open(path: &Path) -> Result<Listed, Error> {
    let read = lists::open_movements(path).map_err(list_error)?;
    let is_named = read.iter().all(|list| list.night.is_some());
    let is_own = || {
        let mut rows = read.iter().flat_map(|list| &list.movements);
        rows.any(|row| row.in_bed.is_some())
    };
    let folder = path.parent().filter(|_| path != Path::new("-"));
    let known = match folder.filter(|_| is_named) {
        Some(folder) if folder.join("nights.csv").is_file() => {
            open_nights(&folder.join("nights.csv")).map_err(list_error)?
        }
        _ => Vec::new(),
    };
    let stranger = read.iter().find_map(|list| {
        let name = list.night.as_deref()?;
        (!known.iter().any(|night| night.night == name)).then_some(name)
    });
    let mut notes = Vec::new();
    let shown = path.display();
    match (stranger, known.is_empty()) {
        (None, false) => {
            let spans_file = folder.map(|folder| folder.join("spans.csv"));
            let spans = match spans_file.filter(|file| file.is_file()) {
                Some(file) => Some(open_gaps(&file).map_err(list_error)?),
                None => {
                    notes.push(format!(
                        "spans.csv does not lie beside {shown}: no series restarts at a gap, and hours are those in bed."
                    ));
                    None
                }
            };
            let nights = of_study(read, &known, spans.as_deref());
            return Ok(Listed { nights, notes });
        }
        (Some(stranger), false) => notes.push(format!(
            "nights.csv beside {shown} does not know the night {stranger:?}, so it is of another study and was not used."
        )),
        (_, true) if is_own() => notes.push(format!(
            "nights.csv and spans.csv do not lie beside {shown}: nights without movements, gaps and the hours in bed are \
             not known."
        )),
        (_, true) => {}
    }
    Ok(Listed {
        nights: alone(read),
        notes,
    })
}

fn of_study(
    mut read: Vec<MovementList>,
    known: &[ListedNight],
    spans: Option<&[ListedSpan]>,
) -> Vec<NightOfList> {
    let each = known.iter().map(|night| {
        let is_it = |list: &MovementList| list.night.as_ref() == Some(&night.night);
        let own = read.iter().position(is_it).map(|at| read.swap_remove(at));
        let is_of_it = |span: &&ListedSpan| span.night.as_ref() == Some(&night.night);
        NightOfList {
            name: Some(night.night.clone()),
            movements: own.map_or(Vec::new(), |list| list.movements),
            study: Some(OfStudy {
                legs: night.legs.clone(),
                in_bed: night.in_bed,
                spans: spans.map(|spans| {
                    let own = spans.iter().filter(is_of_it);
                    own.map(|listed| listed.span).collect()
                }),
            }),
        }
    });
    each.collect()
}

fn alone(read: Vec<MovementList>) -> Vec<NightOfList> {
    let mut nights: Vec<NightOfList> = read
        .into_iter()
        .map(|list| NightOfList {
            name: list.night,
            movements: list.movements,
            study: None,
        })
        .collect();
    if nights.is_empty() {
        nights.push(NightOfList {
            name: None,
            movements: Vec::new(),
            study: None,
        });
    }
    nights
}

/// A list's error as the pipeline hands it on.
pub(super) fn list_error(error: ListError) -> Error {
    match &error.trouble {
        lists::Trouble::Io(source) => Error::of_io("read", source).in_file(error.file),
        _ => Error::new(Kind::BadData, "read", error.to_string()).with_code(error.code()),
    }
}

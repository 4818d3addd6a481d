//! The legs of a night on one clock: the first leg's.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::night::Worn;
use crate::analysis::align::{Alignment, ClockFit, align};
use crate::error::{Error, Kind};
use crate::model::recording::StampKind;
use crate::model::span::{Span, SpanKind};

/// Legs are joined within this (WASM 2016): clocks that may differ by more are no pair.
const JOINED_WITHIN_S: f64 = 0.5;
/// Shorter ends that one leg lacks are no gap (as in spans: more than two seconds).
const GAP: SignedDuration = SignedDuration::from_secs(2);

/// Where a leg's own time lies on the night's.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    fit: Option<ClockFit>,
    shift: SignedDuration,
}

impl Place {
    /// A time since the leg's first sample as time since the night's first sample.
    pub fn at(&self, own: SignedDuration) -> SignedDuration {
        let own = self.fit.map_or(own, |fit| fit.since_first(own));
        own + self.shift
    }

    /// The way back, in seconds.
    pub fn own_s(&self, night_s: f64) -> f64 {
        let start_s = self.at(SignedDuration::ZERO).as_secs_f64();
        (night_s - start_s) / self.fit.map_or(1.0, |fit| fit.pace())
    }
}

/// The legs of a night, each at its place.
#[derive(Debug)]
pub struct OneClock {
    /// One a leg.
    pub places: Vec<Place>,
    /// From the first sample of any leg to the last.
    pub recorded: SignedDuration,
    /// What the comparison of two clocks gave.
    pub clocks: Clocks,
}

/// What became of two clocks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Clocks {
    /// There is one leg.
    One,
    /// They agree: both are left as they are.
    Agree(ClockFit),
    /// The second was set by the first.
    Set(ClockFit),
    /// They could not be compared well enough, and are as they were written.
    NotCompared {
        /// What the comparison gave, if anything.
        fit: Option<ClockFit>,
        /// Whether both count from a common zero at all.
        stamped: bool,
    },
    /// Taken as they are, since the user says so.
    Kept,
}

impl Clocks {
    /// As in tables.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::One => None,
            Self::Agree(_) => Some("agree"),
            Self::Set(_) => Some("set"),
            Self::NotCompared { .. } => Some("not compared"),
            Self::Kept => Some("kept"),
        }
    }

    /// What was measured of them.
    pub fn fit(&self) -> Option<&ClockFit> {
        match self {
            Self::Agree(fit) | Self::Set(fit) => Some(fit),
            Self::NotCompared { fit, .. } => fit.as_ref(),
            Self::One | Self::Kept => None,
        }
    }

    /// For the manifest's night.
    pub fn to_json(&self) -> Value {
        let fit = self.fit().map(|fit| {
            json!({
                "offset_s": rounded(fit.offset_s, 3),
                "drift_ppm": rounded(fit.drift_ppm, 1),
                "residual_s": rounded(fit.residual_s, 3),
                "movements": fit.n,
                "span": rounded(fit.span, 3),
            })
        });
        match self.name() {
            None => Value::Null,
            Some(name) => json!({"outcome": name, "fit": fit}),
        }
    }

    /// A sentence under the figures.
    pub fn note(&self, legs: [&str; 2]) -> Option<String> {
        let [first, second] = legs;
        let measured = |fit: &ClockFit| {
            format!(
                "by {} movements that both legs felt over {:.0} % of their common time (residual {:.2} s)",
                fit.n,
                fit.span * 100.0,
                fit.residual_s
            )
        };
        match self {
            Self::One => None,
            Self::Agree(fit) => Some(format!(
                "The clocks of the two legs agree, {}.",
                measured(fit)
            )),
            Self::Set(fit) => Some(format!(
                "The clock of the {second} leg was set by that of the {first}: {:+.2} s at the start and {:+.1} ppm, {}.",
                fit.offset_s,
                fit.drift_ppm,
                measured(fit)
            )),
            Self::NotCompared { .. } => Some(
                "The clocks of the two legs could not be compared: too few movements were felt by both.".to_owned(),
            ),
            Self::Kept => Some("The clocks of the two legs were taken as they are.".to_owned()),
        }
    }
}

/// Compares the clocks of two legs and puts both on the first one's; one leg is on its own.
pub fn on_one_clock(worn: &[Worn], compare: bool) -> Result<OneClock, Error> {
    let mut places = vec![Place::default(); worn.len()];
    let mut clocks = Clocks::One;
    if let [first, second] = worn {
        let kinds = [first, second].map(|one| one.recording.info.stamps);
        let stamped = kinds[0] == kinds[1] && kinds[0] != StampKind::Elapsed;
        let later = stamped
            .then(|| SignedDuration::from_nanos(second.trace.start_ns - first.trace.start_ns));
        clocks = if compare {
            judged(
                align(first.trace, second.trace, later),
                [first, second],
                stamped,
            )?
        } else {
            Clocks::Kept
        };
        match (clocks, later) {
            (Clocks::Set(fit), _) => places[1].fit = Some(fit),
            (_, Some(later)) => places[1].shift = later,
            (_, None) => {}
        }
    }
    let start = |place: &Place| place.at(SignedDuration::ZERO);
    let earliest = places.iter().map(start).min().unwrap_or_default();
    for place in &mut places {
        place.shift -= earliest;
    }
    let ends = worn
        .iter()
        .zip(&places)
        .map(|(one, place)| place.at(length(one)));
    Ok(OneClock {
        recorded: ends.max().unwrap_or_default(),
        places,
        clocks,
    })
}

fn judged(alignment: Alignment, worn: [&Worn; 2], stamped: bool) -> Result<Clocks, Error> {
    let name = |one: &Worn| {
        one.files
            .first()
            .map_or("a file", |(_, name)| *name)
            .to_owned()
    };
    let [first, second] = worn.map(name);
    let refused = |code: &str, why: String| {
        Err(Error::new(
            Kind::BadData,
            "legs",
            format!(
                "{first} and {second} cannot be two legs of one night: {why}. Use --as nights to analyse each by itself, \
                 or --keep-clocks to take their clocks as they are."
            ),
        )
        .with_code(code))
    };
    Ok(match alignment {
        Alignment::Found(fit) if fit.differs || !stamped => Clocks::Set(fit),
        Alignment::Found(fit) => Clocks::Agree(fit),
        Alignment::TooFew { .. } => Clocks::NotCompared { fit: None, stamped },
        Alignment::Unrelated { n, met } => {
            return refused(
                "unrelated_legs",
                format!(
                    "of {} and {} strong movements no more than {met} fall together under any offset of their clocks, which \
                     is chance; who turns over moves both legs",
                    n[0], n[1]
                ),
            );
        }
        Alignment::Doubtful { fit, why } => {
            if stamped && !fit.differs
                || fit.offset_s.abs() < JOINED_WITHIN_S && fit.drift_ppm.abs() < 20.0
            {
                Clocks::NotCompared {
                    fit: Some(fit),
                    stamped,
                }
            } else {
                return refused(
                    "clocks_apart",
                    format!(
                        "their clocks differ by {:+.1} s at the start and {:+.0} ppm by {} movements that both felt, and {why}, \
                         so that they cannot be set",
                        fit.offset_s, fit.drift_ppm, fit.n
                    ),
                );
            }
        }
    })
}

/// Ends of the night that one leg lacks: nothing that is joined over two legs can be seen there.
pub fn missing_ends(one: &Worn, place: &Place, recorded: SignedDuration) -> Vec<Span> {
    let (from, to) = (place.at(SignedDuration::ZERO), place.at(length(one)));
    [(SignedDuration::ZERO, from), (to, recorded)]
        .into_iter()
        .filter(|(from, to)| *to - *from > GAP)
        .map(|(from, to)| Span::new(SpanKind::Gap, from, to))
        .collect()
}

fn length(one: &Worn) -> SignedDuration {
    SignedDuration::from_millis((one.trace.duration_s() * 1000.0).round() as i64)
}

fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

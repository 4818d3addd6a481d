//! The box on page 1: what the figures cannot say, what was not measured, and what to ask.

use super::used;
use crate::model::study::Basis;
use crate::output::report::StudyView;
use crate::output::report::voice::Voice;
use crate::output::rows::NightRow;

/// So many nights are asked for: two weeks hold both kinds of weekday twice, and the interval of a median of 14 nights
/// is about half as wide as that of six.
const NIGHTS_ASKED_FOR: usize = 14;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::output::report) struct Limits {
    pub heading: String,
    pub points: Vec<Point>,
    pub questions_heading: String,
    pub questions: Vec<String>,
    /// What this is and what it is not.
    pub disclaimer: String,
}

/// A limit: its gist in bold, and the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::output::report) struct Point {
    pub gist: String,
    pub rest: String,
}

impl Limits {
    pub(super) fn of(view: &StudyView, voice: &Voice) -> Self {
        let point = |key: &str| Point {
            gist: voice.say(&format!("report.limit.{key}.gist")),
            rest: voice.by(&format!("report.limit.{key}")),
        };
        let nights = used(view);
        let n = view.summary.used.len();
        let mut points = vec![point("not_measured"), point("no_emg")];
        if view.summary.basis == Basis::OffTheLegs {
            points.push(point("off_the_legs"));
        } else if nights.iter().any(|night| one_leg(night)) {
            points.push(point("one_leg"));
        }
        if view.summary.at_least {
            points.push(point("at_least"));
        }
        if n == 0 {
            let asked = NIGHTS_ASKED_FOR.to_string();
            points.push(Point {
                gist: voice.say("report.limit.no_night.gist"),
                rest: voice.fill("report.limit.no_night.rest", &[("asked", &asked)]),
            });
        } else if n < NIGHTS_ASKED_FOR {
            let gist = voice.count("report.n_nights", n);
            let asked = NIGHTS_ASKED_FOR.to_string();
            points.push(Point {
                gist: voice.fill("report.limit.few_nights.gist", &[("nights", &gist)]),
                rest: voice.fill("report.limit.few_nights.rest", &[("asked", &asked)]),
            });
        }
        Self {
            heading: voice.say("report.limit.heading"),
            points,
            questions_heading: voice.by("report.ask.heading"),
            questions: ["one", "two", "three"]
                .iter()
                .map(|which| voice.by(&format!("report.ask.{which}")))
                .collect(),
            disclaimer: voice.say("report.disclaimer"),
        }
    }
}

fn one_leg(night: &NightRow) -> bool {
    !night.legs.as_deref().is_some_and(|legs| legs.contains('+'))
}

//! Clocks that were never set: a device that lost its battery begins again in 1970, 2000 or 2001, and some apps write
//! their uptime as if it were a date. Such a clock still spaces the samples; it does not say when they were.

use super::clock::Clock;
use super::found::column_words;
use super::wall::civil;
use crate::ingest::options::StartTime;
use crate::ingest::table::sketch::Sketch;

/// The years that a recording of raw acceleration can be from: the first wearables that gave it out are of 2005 (AX3's
/// and GT3X's forerunners); clocks of 32 bits end in 2038, and shifted dates of published data lie beyond 2100.
const YEARS: std::ops::Range<i16> = 2005..2040;

/// A clock that shows a year in which nobody recorded.
#[derive(Debug, Clone)]
pub(super) struct Unset {
    pub column: usize,
    /// What it shows, as a phrase.
    pub because: String,
}

impl Unset {
    /// A clock that was never set; `None` for one that was, or that shows no date.
    pub(super) fn of(sketch: &Sketch, clock: &Clock) -> Option<Self> {
        if !clock.is_absolute() {
            return None;
        }
        let shown = civil(*clock.ns.first()?)?;
        (!YEARS.contains(&shown.year())).then(|| Self {
            column: clock.column,
            because: format!(
                "column {} begins in {}",
                column_words(sketch, clock.column),
                shown.year()
            ),
        })
    }
}

/// Whether a start that a header states can be one.
pub(super) fn is_set(start: &StartTime) -> bool {
    let year = match start {
        StartTime::Instant(instant) => instant.to_zoned(jiff::tz::TimeZone::UTC).year(),
        StartTime::Local(local) => local.year(),
    };
    YEARS.contains(&year)
}

/// Whether an instant, in nanoseconds since 1970, lies in a year that recordings can be from.
pub(super) fn is_year_of_recordings(ns: i128) -> bool {
    i64::try_from(ns)
        .ok()
        .and_then(civil)
        .is_some_and(|shown| YEARS.contains(&shown.year()))
}

/// What the reader of the results should know.
pub(super) fn warning(because: &str) -> String {
    format!(
        "The clock was not set ({because}): it only spaces the samples. Add --start \"YEAR-MM-DD HH:MM:SS\" for times of day."
    )
}

//! How long a row lasts: a column whose name or cells say in what it counts, or whose lengths lead from each start to the next.

use super::columns::When;
use crate::ingest::sleep::stamp::{self, Stamp};
use crate::ingest::sleep::table::Row;
use crate::ingest::written::number::{self, DecimalMark};

const NS_PER_S: f64 = 1e9;
const NS_PER_DAY: i64 = 24 * 3600 * 1_000_000_000;

/// What a length counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// `0:40`: minutes and seconds.
    MinutesAndSeconds,
    /// `7:40`, `7:40:00`: hours, minutes and seconds.
    Clock,
}

impl Unit {
    const ALL: [Self; 6] = [
        Self::Seconds,
        Self::Minutes,
        Self::Clock,
        Self::MinutesAndSeconds,
        Self::Milliseconds,
        Self::Hours,
    ];

    /// A length in nanoseconds.
    pub fn read(self, cell: &str) -> Option<i64> {
        let scale_s = match self {
            Self::Milliseconds => 1e-3,
            Self::Seconds => 1.0,
            Self::Minutes => 60.0,
            Self::Hours => 3600.0,
            Self::Clock => return fields(cell, 3600.0),
            Self::MinutesAndSeconds => {
                return fields(cell, 60.0).filter(|_| cell.matches(':').count() == 1);
            }
        };
        let value = number::plain(cell, Some(DecimalMark::Point)).ok()?;
        let seconds = value * scale_s;
        (0.0..3.2e8)
            .contains(&seconds)
            .then_some((seconds * NS_PER_S).round() as i64)
    }
}

/// `7:40` or `7:40:00`, the first of which counts so many seconds.
fn fields(cell: &str, first_s: f64) -> Option<i64> {
    let parts: Vec<&str> = cell.trim().split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let mut seconds = 0.0;
    let mut scale_s = first_s;
    for part in parts {
        let value = number::plain(part, Some(DecimalMark::Point)).ok()?;
        if !(0.0..1e4).contains(&value) {
            return None;
        }
        seconds += value * scale_s;
        scale_s /= 60.0;
    }
    Some((seconds * NS_PER_S).round() as i64)
}

/// What a column of that name counts, where its name says it; `None` within where it is a length of something. The name is
/// without case, blanks and signs.
pub fn named(name: &str) -> Option<Option<Unit>> {
    let of = ["duration", "length", "dauer", "lengthof", "durationin"]
        .iter()
        .filter_map(|stem| name.strip_prefix(stem))
        .min_by_key(|rest| rest.len());
    let rest = match (of, name) {
        (_, "seconds") => return Some(Some(Unit::Seconds)),
        (Some(rest), _) => rest,
        (None, _) => return None,
    };
    match rest {
        "" => Some(None),
        "s" | "sec" | "secs" | "second" | "seconds" | "sekunden" => Some(Some(Unit::Seconds)),
        "m" | "min" | "mins" | "minutes" | "minuten" => Some(Some(Unit::Minutes)),
        "ms" | "msec" | "millis" | "milliseconds" => Some(Some(Unit::Milliseconds)),
        "h" | "hr" | "hrs" | "hours" | "stunden" => Some(Some(Unit::Hours)),
        "hms" | "hhmmss" | "hmmss" | "hhmm" | "hmm" => Some(Some(Unit::Clock)),
        _ => None,
    }
}

/// Whether a column holds lengths, whatever they count.
pub fn stands_in(rows: &[Row], at: usize) -> bool {
    let reads = |row: &Row| {
        Unit::ALL
            .iter()
            .any(|unit| unit.read(row.cell(at)).is_some())
    };
    rows.iter().any(reads)
}

/// What the rows say that a column counts: three fields are a clock's; else what leads from each start to the next one.
pub fn by_rows(rows: &[Row], start: When, at: usize) -> Option<Unit> {
    let cells: Vec<&str> = rows.iter().map(|row| row.cell(at)).collect();
    if !cells.is_empty() && cells.iter().all(|cell| cell.matches(':').count() == 2) {
        return Some(Unit::Clock);
    }
    let steps: Vec<(i64, &str)> = rows
        .windows(2)
        .filter_map(|two| {
            let step = moment(start, &two[1])?.checked_sub(moment(start, &two[0])?)?;
            Some((step.rem_euclid(NS_PER_DAY), two[0].cell(at)))
        })
        .collect();
    Unit::ALL.into_iter().find(|unit| {
        let leads = |(step, cell): &&(i64, &str)| {
            let Some(length) = unit.read(cell) else {
                return false;
            };
            // A second, or a hundredth: lengths are rounded.
            length > 0 && (length - step).abs() <= (step / 100).max(1_000_000_000).min(step / 4)
        };
        let n = steps.iter().filter(leads).count();
        // A pause between two nights is no evidence against it.
        n > 0 && n * 4 >= steps.len() * 3
    })
}

/// The moment of a row's start on some time line.
fn moment(start: When, row: &Row) -> Option<i64> {
    match start.stamp(row) {
        Some(Stamp::Instant { ns, .. } | Stamp::Civil { ns }) => Some(ns),
        Some(Stamp::Slashed { time_ns, .. }) => Some(time_ns),
        None => stamp::seconds(row.cell(start.column())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lengths: &[&str], minutes: &[i64]) -> Vec<Row> {
        let stamps = minutes
            .iter()
            .map(|m| format!("2024-03-04 {:02}:{:02}:00", 22 + m / 60, m % 60));
        stamps
            .zip(lengths)
            .zip(1..)
            .map(|((stamp, length), line)| Row {
                line,
                cells: vec![stamp, (*length).to_owned()],
            })
            .collect()
    }

    #[test]
    fn a_length_leads_to_the_next_start() {
        let starts = [0, 10, 40];
        for (lengths, unit) in [
            (["600", "1800", "60"], Some(Unit::Seconds)),
            (["10", "30", "1"], Some(Unit::Minutes)),
            (["600000", "1800000", "60000"], Some(Unit::Milliseconds)),
            (["10:00", "30:00", "1:00"], Some(Unit::MinutesAndSeconds)),
            (["0:10", "0:30", "0:01"], Some(Unit::Clock)),
            (["00:10:00", "00:30:00", "00:01:00"], Some(Unit::Clock)),
            // It leads nowhere.
            (["7", "8", "9"], None),
        ] {
            let found = by_rows(&rows(&lengths, &starts), When::Cell(0), 1);
            assert_eq!(found, unit, "{lengths:?}");
        }
        // One row leads to no next one.
        assert_eq!(by_rows(&rows(&["460"], &[0]), When::Cell(0), 1), None);
    }

    #[test]
    fn a_name_may_say_what_it_counts() {
        assert_eq!(named("durations"), Some(Some(Unit::Seconds)));
        assert_eq!(named("durationmin"), Some(Some(Unit::Minutes)));
        assert_eq!(named("durationinseconds"), Some(Some(Unit::Seconds)));
        assert_eq!(named("duration"), Some(None));
        assert_eq!(named("durationofrem"), None);
        assert_eq!(named("start"), None);
    }
}

//! Luna's annotations (`.annot`): class, instance, channel, start, stop, and more, between tabs. Starts are seconds since the
//! start of the recording, times of day, or elapsed times (`0+01:30:00`); stops are so too, or lengths (`+30`), or `...` until
//! the next row. Classes that are no stages of sleep are events.

use super::error::SleepErrorKind;
use super::export::SleepExport;
use super::night_clock::{NightClock, time_of_day};
use super::stage_list::{Others, StageList, Zero};
use super::stamp::Stamp;
use super::table::{Row, Rows};
use super::{Head, Source, stamp, states};

const NS_PER_DAY: i64 = 24 * 3600 * 1_000_000_000;

/// A time as Luna writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    /// Nanoseconds since the start of the recording.
    Elapsed(i64),
    /// A time of day.
    OfDay(i64),
}

impl Time {
    fn parse(cell: &str) -> Option<Self> {
        if let Some(elapsed) = cell.strip_prefix("0+") {
            return time_of_day(elapsed).map(Self::Elapsed);
        }
        match stamp::seconds(cell) {
            Some(ns) => Some(Self::Elapsed(ns)),
            None if cell.contains(':') => time_of_day(cell).map(Self::OfDay),
            None => None,
        }
    }

    fn ns(self) -> i64 {
        match self {
            Self::Elapsed(ns) | Self::OfDay(ns) => ns,
        }
    }
}

/// Class, start and stop of a row.
fn cells(row: &Row) -> Option<(&str, Time, &str)> {
    (row.cells.len() >= 5)
        .then(|| Some((row.cell(0), Time::parse(row.cell(3))?, row.cell(4))))
        .flatten()
}

/// How long a row lasts; `None` within where it is until the next.
fn length(from: Time, stop: &str) -> Option<Option<i64>> {
    if stop == "..." {
        return Some(None);
    }
    let length = match stop.strip_prefix('+') {
        Some(length) => stamp::seconds(length)?,
        None => match (from, Time::parse(stop)?) {
            (Time::OfDay(from), Time::OfDay(to)) => (to - from).rem_euclid(NS_PER_DAY),
            (Time::Elapsed(from), Time::Elapsed(to)) => to.checked_sub(from)?,
            _ => return None,
        },
    };
    (length >= 0).then_some(Some(length))
}

/// Whether the head has such rows, a stage of sleep among them.
pub fn recognises(head: &Head) -> bool {
    let mut bytes = head.text.as_bytes();
    let mut rows = Rows::new(&mut bytes, b'\t');
    let (mut n, mut stages) = (0, 0);
    while let Ok(Some(row)) = rows.next() {
        if is_header(&row) {
            continue;
        }
        let Some((class, from, stop)) = cells(&row) else {
            // The head may end within a line.
            return stages >= 3 && n >= 3;
        };
        if length(from, stop).is_none() {
            return false;
        }
        n += 1;
        stages += u64::from(states::by_word(class).is_some());
    }
    stages >= 3
}

fn is_header(row: &Row) -> bool {
    row.cell(0).starts_with('#') || row.cell(0).eq_ignore_ascii_case("class")
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut rows = Rows::new(&mut *source.reader, b'\t');
    let mut list = StageList::new("sleep_luna", "annotations", Others::Events);
    let mut clock = NightClock::default();
    let mut of_day = None;
    while let Some(row) = rows.next()? {
        if is_header(&row) {
            continue;
        }
        let found = cells(&row).and_then(|(class, from, stop)| {
            let is_of_day = matches!(from, Time::OfDay(_));
            let fits = *of_day.get_or_insert(is_of_day) == is_of_day;
            Some((class, from, length(from, stop)?)).filter(|_| fits)
        });
        let Some((class, from, length)) = found else {
            list.builder.bad(row.line, row.cell(3))?;
            continue;
        };
        let ns = match from {
            Time::OfDay(ns) => clock.at(ns),
            Time::Elapsed(_) => from.ns(),
        };
        list.push(row.line, Stamp::Civil { ns }, length, class)?;
    }
    let zero = match of_day {
        Some(true) => Zero::SomeMidnight,
        _ => Zero::Start,
    };
    list.finish(source.options.date_order, zero)
}

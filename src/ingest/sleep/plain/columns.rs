//! Which columns of a table say when somebody slept: names in several spellings, believed where the rows below them can be
//! read, in one cell or as a date beside a time of day.

use super::length::{self, Unit};
use super::names::{
    COMMON, END, EVENTS, NAP, SINCE, SLEEP_END, SLEEP_START, STAGE, START, VALUE, VOICE, ZONE,
    folded, without_utc,
};
use crate::ingest::sleep::stamp::{self, Stamp};
use crate::ingest::sleep::table::Row;
use crate::ingest::sleep::{digits, states};
use crate::ingest::written::clock;

/// Where a row says when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A stamp in one cell.
    Cell(usize),
    /// A date, and a time of day beside it.
    DateAndTime(usize, usize),
    /// The first of two stamps in one cell: `['2023-04-14T21:43:31Z','2023-04-15T05:28:31Z')`.
    First(usize),
    /// The second of them.
    Second(usize),
}

/// Where a row says until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Till {
    /// At a stamp.
    At(When),
    /// At the first such time of day after the start.
    TimeOfDay(usize),
    /// After a length; `None` where nothing says what it counts.
    Length(usize, Option<Unit>),
    /// With the next row.
    Next,
}

/// The columns of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// When it began.
    pub start: When,
    /// When it ended.
    pub end: Till,
    /// Which stage it was.
    pub stage: Option<usize>,
    /// In which zone, or how far from UTC.
    pub zone: Option<usize>,
    /// Whether it was a nap.
    pub nap: Option<usize>,
    /// Who says so.
    pub voice: Option<usize>,
    /// Whether rows that name no stage are events.
    pub events: bool,
    /// Whether the header says that the stamps are UTC's.
    pub utc: bool,
}

impl When {
    /// The stamp in a row.
    pub fn stamp(self, row: &Row) -> Option<Stamp> {
        match self {
            Self::Cell(at) => stamp::parse(row.cell(at)),
            Self::DateAndTime(date, time) => {
                stamp::date(row.cell(date))?;
                stamp::parse(&format!("{} {}", row.cell(date), row.cell(time)))
            }
            Self::First(at) => stamp::parse(range(row.cell(at))?.0),
            Self::Second(at) => stamp::parse(range(row.cell(at))?.1),
        }
    }

    /// The column to show when it cannot be read.
    pub fn column(self) -> usize {
        match self {
            Self::Cell(at) | Self::DateAndTime(at, _) | Self::First(at) | Self::Second(at) => at,
        }
    }
}

impl Columns {
    /// The columns under a header, by its names and the rows below; `None` when they do not say when.
    pub fn of(header: &Row, rows: &[Row]) -> Option<Self> {
        let names: Vec<String> = header.cells.iter().map(|cell| folded(cell)).collect();
        let named = |name: &str| names.iter().position(|known| known == name);
        let timed = |name: &str| {
            named(name).or_else(|| {
                names
                    .iter()
                    .position(|known| without_utc(known) == Some(name))
            })
        };
        let whole = |at: &usize| rows.iter().any(|row| stamp::parse(row.cell(*at)).is_some());
        let time = |at: &usize| {
            rows.iter().any(|row| {
                let cell = row.cell(*at);
                stamp::parse(cell).is_some()
                    || stamp::seconds(cell).is_some()
                    || stamp::is_damaged(cell)
            })
        };
        let find = |plain: &[&str], sleep: &[&str]| {
            let mut plain = plain.iter().filter_map(|name| timed(name));
            let mut sleep = sleep.iter().filter_map(|name| timed(name));
            plain.find(time).or_else(|| sleep.find(whole))
        };
        let split = |date: &str, time: &str| {
            let when = When::DateAndTime(named(date)?, named(time)?);
            rows.iter()
                .any(|row| when.stamp(row).is_some())
                .then_some(when)
        };
        let within = named("during")
            .filter(|at| rows.iter().any(|row| When::First(*at).stamp(row).is_some()));
        let first = |list: &[&str]| list.iter().find_map(|name| named(name));
        let start = find(&START, &SLEEP_START)
            .map(When::Cell)
            .or_else(|| split("startdate", "starttime"))
            .or(within.map(When::First))
            .or_else(|| first(&STAGE).and(find(&SINCE, &[])).map(When::Cell))?;
        let end = match (start, find(&END, &SLEEP_END)) {
            (When::Cell(_), Some(end)) => Some(Till::At(When::Cell(end))),
            (When::Cell(from), None) => names
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != from)
                .find_map(|(at, name)| Some((at, length::named(name)?)))
                // a list of lengths in a cell is no length
                .filter(|(at, unit)| unit.is_some() || length::stands_in(rows, *at))
                .map(|(at, unit)| {
                    // An onset and its duration are seconds (BIDS, MNE).
                    let seconds = || (names[from] == "onset").then_some(Unit::Seconds);
                    let unit = unit.or_else(seconds);
                    Till::Length(at, unit.or_else(|| length::by_rows(rows, start, at)))
                })
                // A column that is there and cannot be read is a damaged table, not another one.
                .or_else(|| Some(Till::At(When::Cell(first(&END)?))))
                .or_else(|| {
                    let stage = first(&STAGE)?;
                    let numbers = !COMMON.contains(&names[stage].as_str());
                    goes_on(rows, from, stage, numbers).then_some(Till::Next)
                }),
            (When::First(at) | When::Second(at), _) => Some(Till::At(When::Second(at))),
            (When::DateAndTime(..), _) => split("enddate", "endtime").map(Till::At).or_else(|| {
                let end = named("endtime")?;
                let is_time = |row: &Row| clock::time_of_day(row.cell(end)).is_some();
                rows.iter().any(is_time).then_some(Till::TimeOfDay(end))
            }),
        }?;
        let says_utc = |when: When| without_utc(&names[when.column()]).is_some();
        let utc = says_utc(start);
        if let Till::At(end) = end
            && says_utc(end) != utc
        {
            // Two clocks: which is which nobody can tell.
            return None;
        }
        // What happened during a time is its type; its state is that of the computation.
        let stage = match start {
            When::First(_) => named("type"),
            _ => first(&STAGE).or_else(|| named(VALUE)),
        };
        Some(Self {
            start,
            end,
            stage,
            zone: first(&ZONE),
            nap: first(&NAP),
            voice: first(&VOICE),
            events: stage.is_some_and(|at| names[at] == EVENTS),
            utc,
        })
    }

    /// Whether a row says that it was a nap.
    pub fn is_nap(&self, row: &Row) -> bool {
        self.nap.is_some_and(|at| {
            let cell = folded(row.cell(at));
            ["true", "1", "yes", "nap", "daynap"].contains(&cell.as_str())
        })
    }
}

/// Whether rows are stages one after another: stamps, or seconds in even steps as epochs have.
fn goes_on(rows: &[Row], from: usize, stage: usize, numbers: bool) -> bool {
    let is_stage = |row: &Row| {
        let cell = row.cell(stage);
        is_stage_cell(cell) && (numbers || digits::number(cell).is_none())
    };
    let seconds: Option<Vec<i64>> = rows
        .iter()
        .map(|row| stamp::seconds(row.cell(from)))
        .collect();
    let even = match seconds {
        Some(at) => {
            let steps: Vec<i64> = at.windows(2).map(|two| two[1] - two[0]).collect();
            let first = steps.first().copied().unwrap_or(0);
            (1_000_000_000..=600_000_000_000).contains(&first)
                && steps.iter().all(|step| *step == first)
        }
        None => rows
            .iter()
            .all(|row| stamp::parse(row.cell(from)).is_some()),
    };
    rows.len() >= 3 && even && rows.iter().all(is_stage)
}

/// Whether a cell names a stage, by a word or a number.
pub fn is_stage_cell(cell: &str) -> bool {
    match digits::number(cell) {
        Some(number) => (-3..=9).contains(&number),
        None => !cell.is_empty() && states::by_word(cell).is_some(),
    }
}

/// The two ends of a range in one cell.
fn range(cell: &str) -> Option<(&str, &str)> {
    let (from, to) = cell.split_once(',')?;
    let marks = ['[', ']', '(', ')', '\'', '"', ' '];
    Some((from.trim_matches(marks), to.trim_matches(marks)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(text: &str) -> Option<Columns> {
        let mut rows = text.lines().enumerate().map(|(line, text)| Row {
            line: line as u64 + 1,
            cells: text.split(',').map(|cell| cell.trim().to_owned()).collect(),
        });
        let header = rows.next()?;
        Columns::of(&header, &rows.collect::<Vec<_>>())
    }

    #[test]
    fn a_name_is_believed_where_its_cells_are_stamps() {
        let found = columns("bedtime,wake,deep\n2024-03-04 23:10,2024-03-05 06:50,90\n");
        assert_eq!(
            found.map(|found| (found.start, found.end)),
            Some((When::Cell(0), Till::At(When::Cell(1))))
        );
        for other in [
            "bedtime,wake,deep\n23:10,06:50,90\n",
            "sleep,wake\n420,30\n",
            "date,start,duration\n2024-03-04,x,y\n",
        ] {
            assert_eq!(columns(other), None, "{other}");
        }
    }

    #[test]
    fn a_date_may_stand_beside_its_time() {
        let two = columns(
            "StartDate,StartTime,EndDate,EndTime\n2024-03-04,11:10 PM,2024-03-05,6:50 AM\n",
        );
        assert_eq!(
            two.map(|found| found.end),
            Some(Till::At(When::DateAndTime(2, 3)))
        );
        let one = columns("Start Date,Start Time,End Time\n3/14/2024,23:10,6:50\n");
        assert_eq!(one.map(|found| found.end), Some(Till::TimeOfDay(2)));
        assert_eq!(
            columns("Date,Start Time,End Time\n3/14/2024,23:10,6:50\n"),
            None
        );
    }
}

//! Collects what a table or a JSON says, and settles at the end what only the whole file tells: the order of day and
//! month, and whether the stamps are instants or wall clocks.

use super::contradiction;
use super::error::SleepErrorKind;
use super::export::{Ends, MOST_INTERVALS, SleepExport, SleepInterval, SleepState, WallClock};
use super::stamp::{self, Stamp};
use crate::ingest::written::date::{self, DateOrder, DateShape, Order};
use crate::model::recording::{Decision, StampKind};

/// Which list of the export an interval belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// A night or a session.
    Nights,
    /// A stage or a time in bed.
    Intervals,
    /// A short wake over the stages.
    ShortWakes,
}

/// No night and no stage is longer, in nanoseconds.
const LONGEST_NS: i64 = 24 * 3600 * 1_000_000_000;

/// Where an interval ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At a stamp of its own.
    At(Stamp),
    /// So many nanoseconds after its start.
    After(i64),
}

/// An interval as it was written.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// Its list.
    pub list: List,
    /// Line, for messages.
    pub line: u64,
    /// Start.
    pub start: Stamp,
    /// End.
    pub end: End,
    /// What it says.
    pub state: SleepState,
    /// Index of its word.
    pub word: u16,
    /// Index of its source.
    pub source: u16,
    /// Its wall clock, when named beside the stamps; `Unknown` takes the offset in the stamps.
    pub clock: WallClock,
}

/// Collects intervals.
pub struct Builder {
    /// Names, zones and warnings gather here.
    pub export: SleepExport,
    /// Whether wall clocks without a zone are UTC's: a header says so.
    pub utc: bool,
    /// Whether rows of one source must not contradict each other.
    pub one_voice: bool,
    written: Vec<Written>,
    not_understood: u64,
    first_bad: Option<(u64, String)>,
    naps: u64,
}

impl Builder {
    /// For an export of that format.
    pub fn new(format: &'static str, ends: Ends) -> Self {
        Self {
            export: SleepExport::new(format, StampKind::Utc, ends),
            utc: false,
            one_voice: false,
            written: Vec::new(),
            not_understood: 0,
            first_bad: None,
            naps: 0,
        }
    }

    /// Adds an interval.
    pub fn push(&mut self, written: Written) -> Result<(), SleepErrorKind> {
        if self.written.len() >= MOST_INTERVALS {
            return Err(SleepErrorKind::TooLarge {
                what: "4 million intervals",
            });
        }
        self.written.push(written);
        Ok(())
    }

    /// Adds a stage that lasts so many nanoseconds, by the clock in its stamp.
    pub fn push_stage(
        &mut self,
        line: u64,
        (start, length_ns): (Stamp, i64),
        state: SleepState,
        (word, source): (u16, u16),
    ) -> Result<(), SleepErrorKind> {
        self.push(Written {
            list: List::Intervals,
            line,
            start,
            end: End::After(length_ns),
            state,
            word,
            source,
            clock: WallClock::Unknown,
        })
    }

    /// Adds a whole night by the cells that hold its start and end, in bed as far as such tables tell.
    pub fn push_night(
        &mut self,
        line: u64,
        (start, end): (&str, &str),
        (word, source): (u16, u16),
    ) -> Result<(), SleepErrorKind> {
        let (Some(from), Some(to)) = (stamp::parse(start), stamp::parse(end)) else {
            return self.bad(line, start);
        };
        self.push(Written {
            list: List::Nights,
            line,
            start: from,
            end: End::At(to),
            state: SleepState::InBed,
            word,
            source,
            clock: WallClock::Unknown,
        })
    }

    /// Counts a nap: it is no night.
    pub fn leave_out_nap(&mut self) {
        self.naps += 1;
    }

    /// Counts a row whose stamps were not understood; a stamp that a spreadsheet rounded ends the reading.
    pub fn bad(&mut self, line: u64, seen: &str) -> Result<(), SleepErrorKind> {
        if stamp::is_damaged(seen) {
            return Err(SleepErrorKind::DamagedBySpreadsheet {
                line,
                seen: seen.to_owned(),
            });
        }
        self.not_understood += 1;
        if self.first_bad.is_none() {
            self.first_bad = Some((line, seen.chars().take(80).collect()));
        }
        Ok(())
    }

    /// The export.
    pub fn finish(mut self, order: Option<DateOrder>) -> Result<SleepExport, SleepErrorKind> {
        if let Some((line, seen)) = self.first_bad.take() {
            // A few odd rows are ordinary; a table of odd rows is another table.
            if self.not_understood * 5 > self.written.len() as u64 {
                return Err(SleepErrorKind::Damaged {
                    line,
                    seen,
                    expected: "a stamp",
                });
            }
            self.export.warn(format!(
                "{} rows were left out because their stamps were not understood (the first in line {line}: \"{seen}\")",
                self.not_understood
            ));
        }
        match self.naps {
            0 => {}
            1 => self
                .export
                .warn("1 nap was left out: it is no night".to_owned()),
            naps => self
                .export
                .warn(format!("{naps} naps were left out: they are no nights")),
        }
        let order = self.date_order(order)?;
        self.export.stamps = self.kind()?;
        let all = std::mem::take(&mut self.written);
        let (mut backward, mut endless) = (0_usize, 0_usize);
        let mut first_backward = 0;
        let mut voices: Vec<(SleepInterval, u64)> = Vec::new();
        for written in &all {
            let Some(interval) = placed(written, order) else {
                if backward == 0 {
                    first_backward = written.line;
                }
                backward += 1;
                continue;
            };
            if interval.end_ns.saturating_sub(interval.start_ns) > LONGEST_NS {
                endless += 1;
                continue;
            }
            if self.one_voice && written.list == List::Intervals {
                voices.push((interval, written.line));
            }
            match written.list {
                List::Nights => self.export.nights.push(interval),
                List::Intervals => self.export.intervals.push(interval),
                List::ShortWakes => self.export.short_wakes.push(interval),
            }
        }
        if let Some(lines) = contradiction::find(&voices, &self.export.words) {
            return Err(SleepErrorKind::Contradiction { lines });
        }
        // A few are slips of the clock; many are columns that say something else.
        if backward * 10 > all.len() {
            return Err(SleepErrorKind::Damaged {
                line: first_backward,
                seen: "an end before its start".to_owned(),
                expected: "an end after its start",
            });
        }
        if backward > 0 {
            self.export.warn(format!(
                "{backward} rows that end before they start were left out"
            ));
        }
        if endless > 0 {
            self.export.warn(format!(
                "{endless} rows of more than 24 h were left out: no night is that long"
            ));
        }
        Ok(self.export)
    }

    fn date_order(&mut self, given: Option<DateOrder>) -> Result<DateOrder, SleepErrorKind> {
        if let Some(order) = given {
            return Ok(order);
        }
        let mut places: Vec<(DateShape, u64)> = Vec::new();
        for written in &self.written {
            for stamp in [Some(written.start), written.end.stamp()]
                .into_iter()
                .flatten()
            {
                if let Stamp::Slashed { date, .. } = stamp {
                    places.push((date, written.line));
                }
            }
        }
        let shapes: Vec<DateShape> = places.iter().map(|(shape, _)| *shape).collect();
        let seen = |at: usize| match places.get(at) {
            Some((
                DateShape::Slashed {
                    first,
                    second,
                    year,
                },
                line,
            )) => (*line, format!("{first:02}/{second:02}/{year}")),
            _ => (0, String::new()),
        };
        match date::settle(&shapes, &[]) {
            Order::NotNeeded => Ok(DateOrder::DayFirst),
            Order::Proven(order, at) | Order::ByNights(order, at) => {
                let (line, text) = seen(at);
                self.export.decisions.push(Decision::new(
                    "date order",
                    order.name(),
                    format!("line {line} says {text}"),
                ));
                Ok(order)
            }
            Order::Ambiguous(at) => {
                let (line, seen) = seen(at);
                Err(SleepErrorKind::NeedsDateOrder { line, seen })
            }
            Order::Contradiction(_, at) => {
                let (line, seen) = seen(at);
                Err(SleepErrorKind::Damaged {
                    line,
                    seen,
                    expected: "a date in the order of the other lines",
                })
            }
        }
    }

    fn kind(&self) -> Result<StampKind, SleepErrorKind> {
        let is_instant = |stamp: Stamp| matches!(stamp, Stamp::Instant { .. });
        let Some(first) = self
            .written
            .first()
            .map(|written| is_instant(written.start))
        else {
            return Ok(StampKind::Utc);
        };
        let odd = self.written.iter().find(|written| {
            let end = written.end.stamp().map_or(first, is_instant);
            is_instant(written.start) != first || end != first
        });
        match odd {
            None if first => Ok(StampKind::Utc),
            None if self.utc => Ok(StampKind::Utc),
            None => Ok(StampKind::LocalCivil),
            Some(odd) => Err(SleepErrorKind::Damaged {
                line: odd.line,
                seen: "a stamp of another kind than the first".to_owned(),
                expected: "an offset from UTC in all stamps or in none",
            }),
        }
    }
}

impl End {
    fn stamp(self) -> Option<Stamp> {
        match self {
            Self::At(stamp) => Some(stamp),
            Self::After(_) => None,
        }
    }
}

fn nanoseconds(stamp: Stamp, order: DateOrder) -> Option<i64> {
    match stamp {
        Stamp::Instant { ns, .. } | Stamp::Civil { ns } => Some(ns),
        Stamp::Slashed { date, time_ns } => {
            let midnight = date
                .under(order)?
                .to_datetime(jiff::civil::Time::midnight());
            stamp::civil_ns(midnight)?.checked_add(time_ns)
        }
    }
}

/// The interval in nanoseconds; `None` when it ends before it starts.
fn placed(written: &Written, order: DateOrder) -> Option<SleepInterval> {
    let start_ns = nanoseconds(written.start, order)?;
    let end_ns = match written.end {
        End::At(stamp) => nanoseconds(stamp, order)?,
        End::After(length) => start_ns.checked_add(length)?,
    };
    let clock = match (written.clock, written.start) {
        (
            WallClock::Unknown,
            Stamp::Instant {
                offset_min: Some(offset),
                ..
            },
        ) => WallClock::Offset(offset),
        (clock, _) => clock,
    };
    (start_ns <= end_ns).then_some(SleepInterval {
        start_ns,
        end_ns,
        state: written.state,
        word: written.word,
        source: written.source,
        clock,
    })
}

//! The clocks of a table: which columns hold one, which of them spaces the samples, which says when.

use super::agree;
use super::civil::CivilFormat;
use super::claim::TimeClaim;
use super::clock::{Clock, Together};
use super::column::{Verdict, judge};
use super::format::{DateOrder, TimeFormat};
use super::fraction;
use super::parts;
use super::stamp::StampParser;
use super::unset::Unset;
use super::wall::civil;
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::{ColumnKey, ReadOptions};
use crate::ingest::table::heading::{Heading, Sensor};
use crate::ingest::table::sketch::Sketch;
use crate::model::recording::Decision;

/// Steps of a clock without a name are this even in the middle, as a share of them.
const EVEN: f64 = 0.2;

/// The clocks of a table.
#[derive(Debug)]
pub(super) struct Found {
    pub clocks: Vec<Clock>,
    /// Columns that look like clocks and are none, and why.
    pub decisions: Vec<Decision>,
    /// Clocks that were never set: they space, and say nothing of when.
    pub unset: Vec<Unset>,
    /// A column that counts rows.
    pub counter: Option<usize>,
    /// A clock that a spreadsheet cut.
    damaged: Option<(usize, String)>,
    /// Day and month, and who says so.
    pub order: Option<(DateOrder, String)>,
}

impl Found {
    /// Judges the columns that may be clocks.
    pub(super) fn look(
        sketch: &Sketch,
        claim: &TimeClaim,
        options: &ReadOptions,
    ) -> ReadResult<Self> {
        let order = match (options.date_order, &claim.order) {
            (Some(order), _) => Some((order, "set by flag".to_owned())),
            (None, Some(claimed)) => Some(claimed.clone()),
            (None, None) => None,
        };
        let mut found = Self {
            clocks: Vec::new(),
            decisions: Vec::new(),
            unset: Vec::new(),
            counter: None,
            damaged: None,
            order,
        };
        if options.time_format == Some(TimeFormat::Absent) {
            return Ok(found);
        }
        let mut unclear = None;
        let mut zero_unclear = None;
        let mut dates = Vec::new();
        for column in candidates(sketch, claim, options)? {
            let format = match &options.time_format {
                Some(format) => Some(format),
                None => claim
                    .formats
                    .iter()
                    .find(|(c, _)| *c == column)
                    .map(|(_, f)| f),
            };
            match judge(
                sketch,
                column,
                format,
                found.order.as_ref().map(|(order, _)| *order),
            ) {
                Verdict::Clock(clock) => found.clocks.push(*clock),
                Verdict::Counter => found.counter = found.counter.or(Some(column)),
                Verdict::DayMonthUnclear(cell) => unclear = unclear.or(Some((column, cell))),
                Verdict::ZeroUnclear(cell, formats) => {
                    zero_unclear = zero_unclear.or(Some((column, cell, formats)))
                }
                Verdict::Damaged(cell) => {
                    found.damaged = found.damaged.take().or(Some((column, cell)))
                }
                Verdict::Date(format) => dates.push((column, format)),
                Verdict::NoClock => {}
            }
        }
        found.prefer_clocks(claim);
        found.join_dates(sketch, &dates);
        let chosen = options.columns.as_ref().is_some_and(|c| c.time.is_some());
        if options.time_format.is_none() && claim.candidates.is_none() && !chosen {
            found.join_parts(sketch);
        }
        if options.time_format.is_none() {
            let fixed: Vec<usize> = claim.formats.iter().map(|(column, _)| *column).collect();
            let decisions = agree::with_wall_clock(sketch, &mut found.clocks, &fixed);
            found.decisions.extend(decisions);
            found.join_fractions(sketch);
            agree::among_counters(sketch, &found.clocks)?;
        }
        found.unset = found
            .clocks
            .iter()
            .filter_map(|clock| Unset::of(sketch, clock))
            .collect();
        let has_utc = found.clocks.iter().any(Clock::is_utc);
        if let Some((column, cell)) = unclear.filter(|_| !has_utc) {
            return Err(ReadError::new(
                Refusal::NeedsDateOrder,
                format!(
                    "Cannot tell the date order: the dates in {} fit more than one (first: {cell}), and no midnight is crossed. Add \
                     --date-order dmy, --date-order mdy or, with the year first, --date-order ymd.",
                    column_words(sketch, column)
                ),
            ));
        }
        if let Some((column, cell, formats)) = zero_unclear
            && !found.clocks.iter().any(Clock::is_absolute)
        {
            return Err(zero_unclear_error(sketch, column, &cell, &formats));
        }
        if let (true, Some((column, cell))) = (found.clocks.is_empty(), &found.damaged) {
            return Err(ReadError::new(
                Refusal::DamagedBySpreadsheet,
                format!(
                    "The times in {} were cut by a spreadsheet program (first: {cell}): what it does not show it does not save. \
                     Export the file again and do not open it in between; with --time-format none --rate HZ --start TIME the \
                     values can be read without their times.",
                    column_words(sketch, *column)
                ),
            ));
        }
        Ok(found)
    }

    /// Forgets steps from row to row beside a clock, unless the format has them.
    fn prefer_clocks(&mut self, claim: &TimeClaim) {
        let is_claimed = |clock: &Clock| claim.formats.iter().any(|(c, _)| *c == clock.column);
        let is_step = |clock: &Clock| {
            matches!(clock.format, TimeFormat::SincePreviousRow(_)) && !is_claimed(clock)
        };
        if !self.clocks.iter().all(is_step) {
            self.clocks.retain(|clock| !is_step(clock));
        }
    }

    /// Joins a column of dates with the column of times of day beside it, where no clock has both.
    fn join_dates(&mut self, sketch: &Sketch, dates: &[(usize, CivilFormat)]) {
        let time_of_day =
            |clock: &Clock| matches!(&clock.format, TimeFormat::Civil(f) if !f.has_date());
        let has_date =
            |clock: &Clock| matches!(&clock.format, TimeFormat::Civil(f) if f.has_date());
        let (Some((column, format)), false) = (dates.first(), self.clocks.iter().any(has_date))
        else {
            return;
        };
        let Some(at) = self.clocks.iter().position(time_of_day) else {
            return;
        };
        let clock = &mut self.clocks[at];
        let whole = Together {
            column: *column,
            format: TimeFormat::Civil(format.clone()),
            joined: Vec::new(),
            added: Some((clock.column, clock.format.clone())),
            because: format!(
                "a date, with the time of day in column {}",
                clock.column + 1
            ),
        };
        if let Some(whole) = whole.clock(sketch) {
            *clock = Clock {
                offset_s: clock.offset_s,
                ..whole
            };
        }
    }

    /// Takes the clock that stands in parts for the columns that hold those.
    fn join_parts(&mut self, sketch: &Sketch) {
        let order = self.order.as_ref().map(|(order, _)| *order);
        if let Some((clock, parts)) = parts::clock(sketch, order) {
            self.clocks.retain(|other| !parts.contains(&other.column));
            self.clocks.push(clock);
        }
    }

    /// Joins whole seconds with the rest of each in the column behind them.
    fn join_fractions(&mut self, sketch: &Sketch) {
        let is_whole = |clock: &Clock| fraction::whole(sketch, clock);
        let Some((at, whole)) =
            (0..self.clocks.len()).find_map(|at| Some((at, is_whole(&self.clocks[at])?)))
        else {
            return;
        };
        let rest = whole.column + 1;
        self.clocks[at] = whole;
        self.clocks.retain(|clock| clock.column != rest);
    }

    /// Whether a clock was never set.
    pub(super) fn is_unset(&self, clock: &Clock) -> bool {
        self.unset.iter().any(|unset| unset.column == clock.column)
    }

    /// The clock that spaces: even, without repeats, and where two are as good, the one that is tied to the day.
    pub(super) fn take_spacing(&mut self, claim: &TimeClaim) -> Option<Clock> {
        if let Some(column) = claim.spacing
            && let Some(at) = self.clocks.iter().position(|clock| clock.column == column)
        {
            return Some(self.clocks.remove(at));
        }
        let coarse = |clock: &Clock| {
            let shape = &clock.shape;
            let bursts = shape.step_ns < 0.35 * shape.mean_ns;
            (
                (shape.backward * 5.0).round() as i64,
                (shape.equal * 10.0).round() as i64 + i64::from(bursts) * 2,
                (shape.unevenness * 5.0).round() as i64,
                match clock.format {
                    _ if self.is_unset(clock) => 2,
                    _ if clock.is_utc() => 0,
                    TimeFormat::Civil(_) | TimeFormat::Since(..) => 1,
                    _ => 2,
                },
            )
        };
        let at = (0..self.clocks.len()).min_by_key(|at| coarse(&self.clocks[*at]))?;
        Some(self.clocks.remove(at))
    }

    /// The clock that says when: UTC before local, fine before coarse.
    pub(super) fn take_wall(&mut self, spacing: &Clock) -> Option<Clock> {
        let absolute = |clock: &Clock| match clock.format {
            _ if self.is_unset(clock) => None,
            TimeFormat::Epoch(_) => Some(0),
            TimeFormat::Civil(ref format) if format.has_date() => {
                Some(if clock.offset_s.is_some() { 0 } else { 1 })
            }
            TimeFormat::Since(..) => Some(if clock.is_utc() { 0 } else { 1 }),
            _ => None,
        };
        let at = (0..self.clocks.len())
            .filter(|at| self.clocks[*at].column != spacing.column)
            .filter(|at| absolute(&self.clocks[*at]).is_some())
            .min_by_key(|at| {
                let clock = &self.clocks[*at];
                (absolute(clock), (clock.shape.equal * 10.0).round() as i64)
            })?;
        Some(self.clocks.remove(at))
    }
}

/// The first column of dates whose day and month cannot be told apart.
pub(in crate::ingest) fn unclear_column(
    sketch: &Sketch,
    claim: &TimeClaim,
    options: &ReadOptions,
) -> Option<usize> {
    candidates(sketch, claim, options)
        .ok()?
        .into_iter()
        .find(|column| {
            matches!(
                judge(sketch, *column, None, None),
                Verdict::DayMonthUnclear(_)
            )
        })
}

fn candidates(sketch: &Sketch, claim: &TimeClaim, options: &ReadOptions) -> ReadResult<Vec<usize>> {
    if let Some(key) = options
        .columns
        .as_ref()
        .and_then(|choice| choice.time.as_ref())
    {
        return Ok(vec![column_by_key(sketch, key)?]);
    }
    if let Some(columns) = &claim.candidates {
        return Ok(columns.clone());
    }
    if sketch.headings.is_empty() {
        let is_axis = |column: &usize| claim.axes.contains(column);
        return Ok((0..sketch.columns).filter(|c| !is_axis(c)).collect());
    }
    let named: Vec<usize> = (0..sketch.headings.len())
        .filter(|c| sketch.headings[*c].is_time())
        .collect();
    // a time of this sensor before that of another
    let own: Vec<usize> = named
        .iter()
        .copied()
        .filter(|c| sketch.headings[*c].sensor != Sensor::Other)
        .collect();
    if !own.is_empty() {
        return Ok(own);
    }
    if !named.is_empty() {
        return Ok(named);
    }
    // a first column without a name is the index or the time of a table that a script wrote; one with a name that says
    // nothing is the time where it rises in even steps
    let nameless = |h: &Heading| h.text.is_empty() || h.lower().starts_with("unnamed");
    let says_nothing = |h: &Heading| h.axis.is_none() && h.sensor == Sensor::Unnamed;
    // whole numbers that rise may count rows or packets
    let is_whole = |cell: &[u8]| cell.iter().all(u8::is_ascii_digit);
    let rises_evenly = || match judge(sketch, 0, None, None) {
        Verdict::Clock(clock) => {
            let shape = &clock.shape;
            let says_tick = !clock.guessed || !sketch.column(0).all(is_whole);
            says_tick && shape.backward == 0.0 && shape.equal == 0.0 && shape.unevenness < EVEN
        }
        _ => false,
    };
    let first = sketch.headings.first();
    let is_time = first.is_some_and(|h| nameless(h) || says_nothing(h) && rises_evenly());
    Ok(if is_time { vec![0] } else { Vec::new() })
}

/// The column that a flag names.
pub(in crate::ingest) fn column_by_key(sketch: &Sketch, key: &ColumnKey) -> ReadResult<usize> {
    let found = match key {
        ColumnKey::Number(number) => {
            (*number <= sketch.columns.max(sketch.headings.len())).then(|| number - 1)
        }
        ColumnKey::Name(name) => {
            let lower = name.to_lowercase();
            let exact = sketch
                .headings
                .iter()
                .position(|h| h.text.to_lowercase() == lower);
            exact.or_else(|| {
                sketch
                    .headings
                    .iter()
                    .position(|h| h.text.to_lowercase().starts_with(&lower))
            })
        }
    };
    found.ok_or_else(|| {
        let have = if sketch.headings.is_empty() {
            format!("{} columns without names", sketch.columns)
        } else {
            format!("{} columns: {}", sketch.headings.len(), sketch.names())
        };
        let wanted = match key {
            ColumnKey::Number(number) => format!("number {number}"),
            ColumnKey::Name(name) => format!("{name:?}"),
        };
        ReadError::new(
            Refusal::BadOption,
            format!("--columns: there is no column {wanted}. The file has {have}."),
        )
    })
}

fn zero_unclear_error(
    sketch: &Sketch,
    column: usize,
    cell: &str,
    formats: &[TimeFormat; 2],
) -> ReadError {
    let [one, other] = formats.each_ref().map(|format| {
        let shown = StampParser::new(format, sketch.dialect.decimal.byte())
            .and_then(|mut parser| parser.parse(cell.as_bytes()))
            .and_then(civil);
        let day = shown.map_or_else(|| "no date".to_owned(), |shown| shown.date().to_string());
        format!(
            "--time-format {} if the night was that of {day}",
            format.name()
        )
    });
    ReadError::new(
        Refusal::NeedsTimeFormat,
        format!(
            "Cannot tell what {} counts from: some programs and devices count from one year, some from another, and {cell} is a day \
             of recordings by either. Add {one}, or {other}.",
            column_words(sketch, column),
        ),
    )
}

/// A column for messages: its name, or its number from 1.
pub(super) fn column_words(sketch: &Sketch, column: usize) -> String {
    match sketch.headings.get(column) {
        Some(heading) if !heading.text.is_empty() => format!("{:?}", heading.text),
        _ => format!("{}", column + 1),
    }
}

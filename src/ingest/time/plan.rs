//! Which clock spaces the samples, which one says when they were, and what has to be asked.

use jiff::tz::{Offset, TimeZone};

use super::column::{Clock, Shape, Verdict, judge};
use super::format::{DateOrder, TimeFormat};
use super::stamp::StampParser;
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::{ClockUse, ColumnKey, ReadOptions, StartTime};
use crate::ingest::table::parser::StampColumn;
use crate::ingest::table::sketch::Sketch;
use crate::model::recording::{Decision, StampKind};
use crate::model::units::SampleRate;

/// What a format knows of its time before the values are looked at.
#[derive(Debug, Clone, Default)]
pub(in crate::ingest) struct TimeClaim {
    /// Columns to be considered; `None` for all whose name speaks of time, or all where there are no names.
    pub candidates: Option<Vec<usize>>,
    /// What a column holds, where the format fixes it.
    pub formats: Vec<(usize, TimeFormat)>,
    /// The column whose steps space the samples, where the format fixes it.
    pub spacing: Option<usize>,
    /// Day and month, as the header says.
    pub order: Option<(DateOrder, String)>,
    /// The rate that the header states, and its words.
    pub rate: Option<(SampleRate, String)>,
    /// The start of the first sample as the header states it, and its words.
    pub start: Option<(StartTime, String)>,
    /// The zone that header or metadata name, and their words.
    pub zone: Option<(TimeZone, String)>,
    /// Epoch stamps are a local clock written as if it were UTC.
    pub epoch: EpochMeans,
    /// Rows are written at events of any sensor.
    pub rows: RowsAre,
    /// Sensor stamps come from a counter of 32 bits.
    pub counter: CounterWidth,
    /// From which elapsed time on which instant goes with it, in order: a clock that stands still in pauses.
    pub segments: Vec<Segment>,
}

/// From `from_ns` on, elapsed time runs on from this instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) struct Segment {
    pub from_ns: i64,
    pub utc_ns: i64,
}

/// What an epoch stamp means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ingest) enum EpochMeans {
    #[default]
    Utc,
    /// Axivity: the device's local clock written as if it were UTC.
    LocalClock,
}

/// When a device writes a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ingest) enum RowsAre {
    /// For each sample.
    #[default]
    Samples,
    /// For an event of any sensor, the others held.
    AnyEvent,
    /// At a rate of the logger's own; a sensor stamp that stands twice is one sample.
    Polled,
}

/// Whether a device's counter wraps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ingest) enum CounterWidth {
    /// Where the numbers come near to 2^32.
    #[default]
    Unknown,
    Bits32,
}

/// What the spacing stamps are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ingest) enum Meaning {
    Utc,
    /// A wall clock without a zone.
    Local,
    /// Since a zero of the device's own.
    Elapsed,
    /// The number of the row at a known rate.
    Counted {
        period_ns: f64,
    },
    /// Since the row before.
    Steps,
}

/// What ties the spacing stamps to the day.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) enum Anchor {
    /// They are tied already, or nothing ties them.
    Own,
    /// A second clock in each row.
    Wall { meaning: Meaning },
    /// The first sample's time.
    First(StartTime),
    /// Nothing, by the user's wish: the first sample is at zero.
    SinceFirst,
    /// A list of instants, one for each stretch between pauses.
    Segments(Vec<Segment>),
}

/// What to do with stamps that stand more than once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ingest) enum Repeats {
    /// The odd one: spread up to the next.
    Spread,
    /// Most: whole seconds, or packets by radio. The samples run by a clock of their own, drawn to the stamps.
    Even {
        period_ns: f64,
        /// Step of the stamps' own resolution; 0 for packets.
        step_ns: i64,
    },
    /// Rows at events of other sensors: repeated values are not samples.
    HeldValues,
    /// Rows faster than the sensor: a repeated stamp is no sample.
    SensorStamps,
}

/// How the stamps of a recording are made.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct TimePlan {
    pub stamp: Option<StampColumn>,
    pub wall: Option<StampColumn>,
    pub meaning: Meaning,
    pub anchor: Anchor,
    pub zone: Option<TimeZone>,
    pub wrap_ns: Option<i64>,
    pub repeats: Repeats,
    /// Whether rows go from late to early.
    pub descending: bool,
    pub shape: Option<Shape>,
    pub decisions: Vec<Decision>,
}

impl TimePlan {
    /// The plan of a file whose rows carry their elapsed time already.
    pub(in crate::ingest) fn of_blocks(claim: &TimeClaim, options: &ReadOptions) -> Self {
        let mut decisions = vec![Decision::new(
            "time",
            "elapsed-ms",
            "the stamp of each block, since the device's start",
        )];
        let anchor = anchor_of(Meaning::Elapsed, None, claim, options, &mut decisions);
        Self {
            stamp: None,
            wall: None,
            meaning: Meaning::Elapsed,
            anchor,
            zone: options.zone.clone(),
            wrap_ns: super::format::Tick::MILLISECOND.wrap_32_ns(),
            repeats: Repeats::Spread,
            descending: false,
            shape: None,
            decisions,
        }
    }

    /// What the stamps that come out count from.
    pub(in crate::ingest) fn kind(&self) -> StampKind {
        let of_start = |start: &StartTime| match start {
            StartTime::Instant(_) => Meaning::Utc,
            StartTime::Local(_) => Meaning::Local,
        };
        let meaning = match &self.anchor {
            Anchor::Own => self.meaning,
            Anchor::Wall { meaning } => *meaning,
            Anchor::First(start) => of_start(start),
            Anchor::SinceFirst => Meaning::Elapsed,
            Anchor::Segments(_) => Meaning::Utc,
        };
        match (meaning, &self.zone) {
            (Meaning::Utc, _) | (Meaning::Local, Some(_)) => StampKind::Utc,
            (Meaning::Local, None) => StampKind::LocalCivil,
            _ => StampKind::Elapsed,
        }
    }

    /// About how far samples lie apart, in nanoseconds.
    pub(in crate::ingest) fn expected_ns(&self) -> f64 {
        match (self.meaning, self.repeats, &self.shape) {
            (Meaning::Counted { period_ns }, ..) => period_ns,
            (_, Repeats::Even { period_ns, .. }, _) => period_ns,
            (_, _, Some(shape)) => shape.step_ns.min(2.0 * shape.mean_ns),
            _ => 20e6,
        }
    }
}

/// Settles the time of a table.
pub(in crate::ingest) fn settle(
    sketch: &Sketch,
    claim: &TimeClaim,
    options: &ReadOptions,
) -> ReadResult<TimePlan> {
    let mut found = Found::look(sketch, claim, options)?;
    let mut decisions = Vec::new();
    if let Some((order, because)) = &found.order {
        decisions.push(Decision::new("date order", order.name(), because.clone()));
    }
    let zone = zone_of(&found, claim, options, &mut decisions);
    let Some(spacing) = found.take_spacing(claim) else {
        return without_clock(claim, options, zone, found, decisions);
    };
    let meaning = meaning_of(&spacing, claim);
    let wall = if meaning == Meaning::Elapsed {
        found.take_wall(&spacing)
    } else {
        None
    };
    decisions.push(Decision::new(
        "time",
        spacing.format.name(),
        format!(
            "column {}: {}",
            column_words(sketch, spacing.column),
            spacing.because
        ),
    ));
    if let Some(wall) = &wall {
        decisions.push(Decision::new(
            "clock",
            wall.format.name(),
            format!(
                "column {}: {}; it says when, the other how far apart",
                column_words(sketch, wall.column),
                wall.because
            ),
        ));
    }
    let anchor = anchor_of(meaning, wall.as_ref(), claim, options, &mut decisions);
    let repeats = repeats_of(sketch, &spacing, claim, &mut decisions);
    let mark = sketch.dialect.decimal.byte();
    let column = |clock: &Clock| {
        StampParser::new(&clock.format, mark).map(|parser| StampColumn {
            column: clock.column,
            parser,
            clock: None,
        })
    };
    Ok(TimePlan {
        stamp: column(&spacing),
        wall: wall.as_ref().and_then(column),
        meaning,
        anchor,
        zone,
        wrap_ns: wrap_of(&spacing, claim),
        repeats,
        descending: spacing.shape.backward > 0.95,
        shape: Some(spacing.shape),
        decisions,
    })
}

struct Found {
    clocks: Vec<Clock>,
    counter: Option<usize>,
    damaged: Option<(usize, String)>,
    order: Option<(DateOrder, String)>,
}

impl Found {
    fn look(sketch: &Sketch, claim: &TimeClaim, options: &ReadOptions) -> ReadResult<Self> {
        let order = match (options.date_order, &claim.order) {
            (Some(order), _) => Some((order, "set by flag".to_owned())),
            (None, Some(claimed)) => Some(claimed.clone()),
            (None, None) => None,
        };
        let mut found = Self {
            clocks: Vec::new(),
            counter: None,
            damaged: None,
            order,
        };
        if options.time_format == Some(TimeFormat::Absent) {
            return Ok(found);
        }
        let mut unclear = None;
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
                Verdict::Damaged(cell) => {
                    found.damaged = found.damaged.take().or(Some((column, cell)))
                }
                Verdict::NoClock => {}
            }
        }
        let has_utc = found
            .clocks
            .iter()
            .any(|c| matches!(c.format, TimeFormat::Epoch(_)));
        if let Some((column, cell)) = unclear.filter(|_| !has_utc) {
            return Err(ReadError::new(
                Refusal::NeedsDateOrder,
                format!(
                    "Cannot tell the date order: every date in {} has day and month of 12 or less (first: {cell}), and no \
                     midnight is crossed. Add --date-order dmy or --date-order mdy.",
                    column_words(sketch, column)
                ),
            ));
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

    /// The clock that spaces: even, without repeats, and where two are as good, the one that is tied to the day.
    fn take_spacing(&mut self, claim: &TimeClaim) -> Option<Clock> {
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
                    TimeFormat::Epoch(_) => 0,
                    TimeFormat::Civil(_) if clock.offset_s.is_some() => 0,
                    TimeFormat::Civil(_) | TimeFormat::SpreadsheetDay | TimeFormat::MatlabDay => 1,
                    _ => 2,
                },
            )
        };
        let at = (0..self.clocks.len()).min_by_key(|at| coarse(&self.clocks[*at]))?;
        Some(self.clocks.remove(at))
    }

    /// The clock that says when: UTC before local, fine before coarse.
    fn take_wall(&mut self, spacing: &Clock) -> Option<Clock> {
        let absolute = |clock: &Clock| match clock.format {
            TimeFormat::Epoch(_) => Some(0),
            TimeFormat::Civil(ref format) if format.has_date() => {
                Some(if clock.offset_s.is_some() { 0 } else { 1 })
            }
            TimeFormat::SpreadsheetDay | TimeFormat::MatlabDay => Some(1),
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
        return Ok((0..sketch.columns).collect());
    }
    let named: Vec<usize> = (0..sketch.headings.len())
        .filter(|c| sketch.headings[*c].is_time())
        .collect();
    // a time of this sensor before that of another
    let own: Vec<usize> = named
        .iter()
        .copied()
        .filter(|c| sketch.headings[*c].sensor != crate::ingest::table::heading::Sensor::Other)
        .collect();
    if !own.is_empty() {
        return Ok(own);
    }
    if !named.is_empty() {
        return Ok(named);
    }
    // a first column without a name is the index or the time of a table that a script wrote
    Ok(sketch
        .headings
        .first()
        .filter(|h| h.text.is_empty() || h.lower().starts_with("unnamed"))
        .map(|_| 0)
        .into_iter()
        .collect())
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

fn column_words(sketch: &Sketch, column: usize) -> String {
    match sketch.headings.get(column) {
        Some(heading) if !heading.text.is_empty() => format!("{:?}", heading.text),
        _ => format!("{}", column + 1),
    }
}

fn meaning_of(clock: &Clock, claim: &TimeClaim) -> Meaning {
    match &clock.format {
        TimeFormat::Epoch(_) if claim.epoch == EpochMeans::LocalClock => Meaning::Local,
        TimeFormat::Epoch(_) => Meaning::Utc,
        TimeFormat::Civil(format) if !format.has_date() => Meaning::Elapsed,
        TimeFormat::Civil(_) if clock.offset_s.is_some() => Meaning::Utc,
        TimeFormat::Civil(_) | TimeFormat::SpreadsheetDay | TimeFormat::MatlabDay => Meaning::Local,
        TimeFormat::Since2000(_) => Meaning::Local,
        TimeFormat::SincePreviousRow(_) => Meaning::Steps,
        TimeFormat::Elapsed(_) | TimeFormat::Counter | TimeFormat::Absent => Meaning::Elapsed,
    }
}

fn zone_of(
    found: &Found,
    claim: &TimeClaim,
    options: &ReadOptions,
    decisions: &mut Vec<Decision>,
) -> Option<TimeZone> {
    let words = |zone: &TimeZone| match (zone.iana_name(), zone.to_fixed_offset()) {
        (Some(name), _) => name.to_owned(),
        (None, Ok(offset)) => offset.to_string(),
        _ => "as given".to_owned(),
    };
    if let Some(zone) = &options.zone {
        decisions.push(Decision::new("zone", words(zone), "set by flag"));
        return Some(zone.clone());
    }
    if let Some((zone, because)) = &claim.zone {
        decisions.push(Decision::new("zone", words(zone), because.clone()));
        return Some(zone.clone());
    }
    let fixed = |seconds: i32, because: &str, decisions: &mut Vec<Decision>| {
        let zone = TimeZone::fixed(Offset::from_seconds(seconds).ok()?);
        decisions.push(Decision::new("zone", words(&zone), because));
        Some(zone)
    };
    if let Some(seconds) = found.clocks.iter().find_map(|clock| clock.offset_s) {
        return fixed(seconds, "the clock carries its offset", decisions);
    }
    // an epoch and a civil clock side by side differ by the offset
    let utc = found
        .clocks
        .iter()
        .find(|c| matches!(c.format, TimeFormat::Epoch(_)))?;
    if claim.epoch == EpochMeans::LocalClock {
        return None;
    }
    let local = found
        .clocks
        .iter()
        .find(|c| matches!(&c.format, TimeFormat::Civil(f) if f.has_date()))?;
    let apart = local.ns.first()? - utc.ns.first()?;
    let apart_last = local.ns.last()? - utc.ns.last()?;
    let quarters = (apart as f64 / 900e9).round();
    let exact = |ns: i64| (ns as f64 - quarters * 900e9).abs() < 2e9;
    if exact(apart) && exact(apart_last) && quarters.abs() <= 60.0 && local.ns.len() == utc.ns.len()
    {
        return fixed(
            quarters as i32 * 900,
            "civil clock and epoch differ by it",
            decisions,
        );
    }
    None
}

fn anchor_of(
    meaning: Meaning,
    wall: Option<&Clock>,
    claim: &TimeClaim,
    options: &ReadOptions,
    decisions: &mut Vec<Decision>,
) -> Anchor {
    if let Some(start) = options.start {
        decisions.push(Decision::new("start", start_words(start), "set by flag"));
        return Anchor::First(start);
    }
    if options.clock == ClockUse::Ignored {
        decisions.push(Decision::new("clock", "none", "set by flag"));
        return Anchor::SinceFirst;
    }
    if matches!(meaning, Meaning::Utc | Meaning::Local) {
        return Anchor::Own;
    }
    if let Some(wall) = wall {
        return Anchor::Wall {
            meaning: meaning_of(wall, claim),
        };
    }
    if !claim.segments.is_empty() {
        let n = claim.segments.len();
        decisions.push(Decision::new(
            "clock",
            "segments",
            format!("meta/time.csv names the instant of {n} starts"),
        ));
        return Anchor::Segments(claim.segments.clone());
    }
    if let Some((start, because)) = &claim.start {
        decisions.push(Decision::new("start", start_words(*start), because.clone()));
        return Anchor::First(*start);
    }
    Anchor::Own
}

fn start_words(start: StartTime) -> String {
    match start {
        StartTime::Instant(instant) => instant.to_string(),
        StartTime::Local(local) => local.to_string(),
    }
}

fn without_clock(
    claim: &TimeClaim,
    options: &ReadOptions,
    zone: Option<TimeZone>,
    found: Found,
    mut decisions: Vec<Decision>,
) -> ReadResult<TimePlan> {
    let (rate, because) = match (options.rate, &claim.rate) {
        (Some(rate), _) => (rate, "set by flag".to_owned()),
        (None, Some((rate, because))) => (*rate, because.clone()),
        (None, None) => {
            let seen = match found.counter {
                Some(column) => format!(
                    "Column {} counts the rows, and no rate stands anywhere",
                    column + 1
                ),
                None => "No column holds a time, and no rate stands anywhere".to_owned(),
            };
            return Err(ReadError::new(
                Refusal::NeedsRate,
                format!("{seen}. Add --rate HZ, and --start TIME for times of day."),
            ));
        }
    };
    decisions.push(Decision::new(
        "time",
        "counted",
        format!("no clock in the rows; {rate}: {because}"),
    ));
    let meaning = Meaning::Counted {
        period_ns: 1e9 * rate.period_s(),
    };
    let anchor = anchor_of(meaning, None, claim, options, &mut decisions);
    Ok(TimePlan {
        stamp: None,
        wall: None,
        meaning,
        anchor,
        zone,
        wrap_ns: None,
        repeats: Repeats::Spread,
        descending: false,
        shape: None,
        decisions,
    })
}

fn wrap_of(clock: &Clock, claim: &TimeClaim) -> Option<i64> {
    let TimeFormat::Elapsed(tick) = &clock.format else {
        return match &clock.format {
            // a time of day alone begins again at midnight
            TimeFormat::Civil(format) if !format.has_date() => Some(86_400_000_000_000),
            _ => None,
        };
    };
    let wrap = tick.wrap_32_ns()?;
    let reachable = clock.ns.iter().all(|ns| (0..wrap).contains(ns));
    (claim.counter == CounterWidth::Bits32 || reachable).then_some(wrap)
}

/// What to do with repeated stamps, by how often they stand and what stands in their rows.
fn repeats_of(
    sketch: &Sketch,
    clock: &Clock,
    claim: &TimeClaim,
    decisions: &mut Vec<Decision>,
) -> Repeats {
    match claim.rows {
        RowsAre::AnyEvent => return Repeats::HeldValues,
        RowsAre::Polled => return Repeats::SensorStamps,
        RowsAre::Samples => {}
    }
    let shape = clock.shape;
    let mut equal = 0u32;
    let mut copies = 0u32;
    let rows = sketch.n_rows().min(sketch.last_rows_from.max(2));
    for n in 1..rows {
        let (before, row) = (sketch.row(n - 1), sketch.row(n));
        if before.get(clock.column).map(|c| c.bytes) == row.get(clock.column).map(|c| c.bytes) {
            equal += 1;
            copies += u32::from(
                before.len() == row.len()
                    && before.iter().zip(row).all(|(a, b)| a.bytes == b.bytes),
            );
        }
    }
    let mostly_copies = copies * 10 > equal * 9;
    let coarse = shape.equal >= 0.4 && !mostly_copies;
    let bursts = shape.step_ns < 0.35 * shape.mean_ns && shape.unevenness < 5.0;
    if !(coarse || bursts) {
        return Repeats::Spread;
    }
    let Some(period_ns) = regression_period(&clock.ns) else {
        return Repeats::Spread;
    };
    let step_ns = if coarse { shape.step_ns as i64 } else { 0 };
    let what = if coarse {
        format!(
            "stamps know only steps of {:.3} s, held for several rows",
            shape.step_ns * 1e-9
        )
    } else {
        "rows come in packets, stamped on receipt".to_owned()
    };
    decisions.push(Decision::new(
        "spacing",
        format!("even, {:.2} Hz", 1e9 / period_ns),
        what,
    ));
    Repeats::Even { period_ns, step_ns }
}

/// The period that a straight line through the stamps has, up to the first gap.
fn regression_period(ns: &[i64]) -> Option<f64> {
    let end = ns
        .windows(2)
        .position(|pair| pair[1] - pair[0] > 3_000_000_000 || pair[1] < pair[0])
        .map_or(ns.len(), |n| n + 1);
    let ns = &ns[..end];
    let n = ns.len() as f64;
    if ns.len() < 8 {
        return None;
    }
    let mean_at = (n - 1.0) / 2.0;
    let values: Vec<f64> = ns.iter().map(|v| (v - ns[0]) as f64).collect();
    let mean = values.iter().sum::<f64>() / n;
    let (mut cross, mut square) = (0.0, 0.0);
    for (i, value) in values.iter().enumerate() {
        let d = i as f64 - mean_at;
        cross += d * (value - mean);
        square += d * d;
    }
    let period = cross / square;
    (period.is_finite() && period > 0.0).then_some(period)
}

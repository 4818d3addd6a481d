//! Which clock spaces the samples, which one says when they were, and what has to be asked.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span};

use super::claim::{CounterWidth, EpochMeans, Segment, TimeClaim};
use super::clock::Clock;
use super::format::{Tick, TimeFormat};
use super::found::{Found, column_words};
use super::repeats::repeats_of;
use super::shape::Shape;
use super::unset;
use super::zone::zone_of;
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::{ClockUse, ReadOptions, StartTime};
use crate::ingest::table::sketch::Sketch;
use crate::ingest::table::stamp_column::StampColumn;
use crate::model::recording::{Decision, StampKind};

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
        /// How long after its stamp the first sample was.
        late_ns: i64,
    },
    /// A whole short recording whose stamps say late, and some of them at once, what was received: evenly spaced.
    Counted { period_ns: f64 },
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
    /// What the spacing column holds.
    pub format: Option<TimeFormat>,
    pub decisions: Vec<Decision>,
    /// What the reader of the results should know.
    pub warnings: Vec<String>,
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
            wrap_ns: Tick::MILLISECOND.wrap_32_ns(),
            repeats: Repeats::Spread,
            descending: false,
            shape: None,
            format: None,
            decisions,
            warnings: Vec::new(),
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
            (_, Repeats::Even { period_ns, .. } | Repeats::Counted { period_ns }, _) => period_ns,
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
    decisions.append(&mut found.decisions);
    let zone = zone_of(&found, claim, options, &mut decisions);
    let Some(spacing) = found.take_spacing(claim) else {
        return without_clock(claim, options, zone, found, decisions);
    };
    let unset = found.is_unset(&spacing);
    let meaning = match unset {
        true => Meaning::Elapsed,
        false => meaning_of(&spacing, claim),
    };
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
    let descending = spacing.shape.backward > 0.95;
    let dateless = matches!(&spacing.format, TimeFormat::Civil(format) if !format.has_date());
    // of rows that descend, the first is the last
    let of_day = spacing
        .ns
        .first()
        .copied()
        .filter(|_| dateless && !descending);
    let timed = of_day.and_then(|ns| with_time_of_day(claim, ns));
    let claim = timed.as_ref().unwrap_or(claim);
    let mut anchor = anchor_of(meaning, wall.as_ref(), claim, options, &mut decisions);
    let mut warnings = Vec::new();
    if anchor == Anchor::Own && meaning == Meaning::Elapsed {
        for unset in &found.unset {
            decisions.push(Decision::new("clock", "not set", unset.because.clone()));
            warnings.push(unset::warning(&unset.because));
        }
        if unset {
            anchor = Anchor::SinceFirst;
        }
    }
    let repeats = repeats_of(sketch, &spacing, claim, &mut decisions, &mut warnings);
    let mark = sketch.dialect.decimal.byte();
    Ok(TimePlan {
        stamp: spacing.columns(mark),
        wall: wall.as_ref().and_then(|wall| wall.columns(mark)),
        meaning,
        anchor,
        zone,
        wrap_ns: wrap_of(&spacing, claim),
        repeats,
        descending,
        shape: Some(spacing.shape),
        format: Some(spacing.format),
        decisions,
        warnings,
    })
}

fn meaning_of(clock: &Clock, claim: &TimeClaim) -> Meaning {
    match &clock.format {
        TimeFormat::Epoch(_) if claim.epoch == EpochMeans::LocalClock => Meaning::Local,
        TimeFormat::Epoch(_) => Meaning::Utc,
        TimeFormat::Civil(format) if !format.has_date() => Meaning::Elapsed,
        _ if clock.is_utc() => Meaning::Utc,
        TimeFormat::Civil(_) | TimeFormat::Since(..) => Meaning::Local,
        TimeFormat::SincePreviousRow(_) => Meaning::Steps,
        TimeFormat::Elapsed(_) | TimeFormat::Counter | TimeFormat::Absent => Meaning::Elapsed,
    }
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
            format!("the export names the instant of {n} starts"),
        ));
        return Anchor::Segments(claim.segments.clone());
    }
    if let Some((start, because)) = &claim.start
        && !unset::is_set(start)
    {
        let said = format!("{because} {}", start_words(*start));
        decisions.push(Decision::new("start", "not set", said));
    } else if let Some((start, because)) = &claim.start {
        decisions.push(Decision::new("start", start_words(*start), because.clone()));
        return Anchor::First(*start);
    }
    Anchor::Own
}

/// A stop-watch begins within its first minute.
const STOP_WATCH_NS: i64 = 60_000_000_000;

/// The claim with its start as the first row's clock shows it, on the day that is nearest to what the file says: that is when
/// a program was started, not when the first sample came. `None` for an instant, as the zone of the rows is not known, and
/// for a clock that begins at nought far from midnight: that is a stop-watch.
fn with_time_of_day(claim: &TimeClaim, ns: i64) -> Option<TimeClaim> {
    let (StartTime::Local(said), because) = claim.start.as_ref()? else {
        return None;
    };
    if (0..STOP_WATCH_NS).contains(&ns) && !matches!(said.hour(), 23 | 0) {
        return None;
    }
    let days = (-1..=1).filter_map(|days| {
        let day = said.date().checked_add(Span::new().days(days)).ok()?;
        let midnight = day.to_datetime(Time::midnight());
        midnight.checked_add(SignedDuration::from_nanos(ns)).ok()
    });
    let start = days.min_by_key(|at| at.duration_since(*said).abs())?;
    let because = format!("{because} the day, the first row the time of day");
    Some(TimeClaim {
        start: Some((StartTime::Local(start), because)),
        ..claim.clone()
    })
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
        format: None,
        decisions,
        warnings: Vec::new(),
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

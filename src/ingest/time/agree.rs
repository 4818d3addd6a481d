//! Two clocks in the same rows: they run at one pace, or one of them is none.
//!
//! Boards count in ticks that no header names; a node's counter of 3.2 ms passes for milliseconds at six times the rate.
//! Where a civil or UTC clock stands beside it, that one decides: first on the tick, then on the column.

use super::clock::Clock;
use super::column::{Verdict, judge};
use super::format::{Tick, TimeFormat};
use super::found::column_words;
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::survey::GAP_NS;
use crate::ingest::table::sketch::Sketch;
use crate::model::recording::Decision;

/// Clocks of phones and boards drift by less; a wrong tick is off by more.
const DRIFT: f64 = 0.05;
/// Two counters without a civil clock are asked for only when they are this far apart.
const FAR: f64 = 0.2;
/// The shorter the stretch that both cover, the less it says.
const SHORTEST_NS: i64 = 1_000_000_000;

/// Ticks that a counter may turn out to have.
const TICKS: [Tick; 6] = [
    Tick::SECOND,
    Tick::MILLISECOND,
    Tick::HUNDRED_MICROSECONDS,
    Tick::MICROSECOND,
    Tick::NANOSECOND,
    Tick::WATCH_CRYSTAL,
];

/// How fast one clock runs by another.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// Time by the one over time by the other, gaps and all.
    whole: f64,
    /// The same without gaps: a counter may stand still in them.
    within: f64,
    /// What the steps of the clocks leave open.
    doubt: f64,
}

impl Pace {
    fn is_near(&self, ratio: f64, tolerance: f64) -> bool {
        [self.whole, self.within]
            .iter()
            .any(|pace| (pace / ratio - 1.0).abs() <= tolerance + self.doubt)
    }
}

/// Holds the counters among the clocks against the civil or UTC clock beside them: a tick that makes them agree is taken,
/// a counter that no tick makes agree is passed over. Columns whose format is fixed (`fixed`) are left alone.
pub(super) fn with_wall_clock(
    sketch: &Sketch,
    clocks: &mut Vec<Clock>,
    fixed: &[usize],
) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let dated = clocks.iter().position(Clock::is_absolute);
    let of_day = || {
        clocks
            .iter()
            .position(|clock| matches!(clock.format, TimeFormat::Civil(_)))
    };
    let Some(wall) = dated.or_else(of_day).map(|at| clocks[at].clone()) else {
        return decisions;
    };
    clocks.retain_mut(|clock| {
        let TimeFormat::Elapsed(tick) = clock.format else {
            return true;
        };
        if fixed.contains(&clock.column) {
            return true;
        }
        let Some(pace) = pace(sketch, clock, &wall).filter(|pace| !pace.is_near(1.0, DRIFT)) else {
            return true;
        };
        let (own, walls) = (
            column_words(sketch, clock.column),
            column_words(sketch, wall.column),
        );
        let right = TICKS
            .iter()
            .find(|other| pace.is_near(tick.seconds() / other.seconds(), DRIFT));
        if let Some(right) = right
            && let Verdict::Clock(better) = judge(
                sketch,
                clock.column,
                Some(&TimeFormat::Elapsed(*right)),
                None,
            )
        {
            *clock = *better;
            clock.because = format!("as {} it keeps pace with column {walls}", right.name());
            return true;
        }
        decisions.push(Decision::new(
            "passed over",
            format!("column {own}"),
            format!(
                "as {} it runs {:.2} times as fast as column {walls}, and no tick makes them agree",
                tick.name(),
                pace.whole
            ),
        ));
        false
    });
    decisions
}

/// Asks which of two counters is the clock, where neither has a tick by name and they do not agree.
pub(super) fn among_counters(sketch: &Sketch, clocks: &[Clock]) -> ReadResult<()> {
    let [a, b] = clocks else { return Ok(()) };
    if !(a.guessed && b.guessed) {
        return Ok(());
    }
    match pace(sketch, a, b) {
        Some(pace) if !pace.is_near(1.0, FAR) => Err(ReadError::new(
            Refusal::NeedsColumns,
            format!(
                "Two columns look like clocks, {} and {}, and the one runs {:.2} times as fast as the other. Add --columns time=NAME \
                 to say which is right, and --time-format for what it counts.",
                column_words(sketch, a.column),
                column_words(sketch, b.column),
                pace.whole
            ),
        )),
        _ => Ok(()),
    }
}

/// How fast a clock runs by another, over the rows of the head; `None` when they share too little time.
fn pace(sketch: &Sketch, clock: &Clock, by: &Clock) -> Option<Pace> {
    let rows: Vec<(i64, i64)> = stamps(sketch, clock)?
        .into_iter()
        .zip(stamps(sketch, by)?)
        .filter_map(|(own, other)| Some((own?, other?)))
        .collect();
    let (mut own, mut other, mut own_within, mut other_within) = (0i64, 0i64, 0i64, 0i64);
    for pair in rows.windows(2) {
        let steps = (
            pair[1].0.saturating_sub(pair[0].0),
            pair[1].1.saturating_sub(pair[0].1),
        );
        // where either was set anew, neither says how long it was
        if steps.0 < 0 || steps.1 < 0 {
            continue;
        }
        own = own.saturating_add(steps.0);
        other = other.saturating_add(steps.1);
        if steps.1 <= GAP_NS {
            own_within = own_within.saturating_add(steps.0);
            other_within = other_within.saturating_add(steps.1);
        }
    }
    if other_within < SHORTEST_NS || own <= 0 {
        return None;
    }
    Some(Pace {
        whole: own as f64 / other as f64,
        within: own_within as f64 / other_within as f64,
        doubt: (clock.shape.step_ns + by.shape.step_ns).min(2e9) / other_within as f64,
    })
}

/// The stamps of a clock, row by row.
fn stamps(sketch: &Sketch, clock: &Clock) -> Option<Vec<Option<i64>>> {
    let mut columns = clock.columns(sketch.dialect.decimal.byte())?;
    let rows = sketch.last_rows_from.max(2).min(sketch.n_rows());
    Some(
        (0..rows)
            .map(|row| columns.read(sketch.row(row)).ok())
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::options::ReadOptions;
    use crate::ingest::time::claim::TimeClaim;
    use crate::ingest::time::found::Found;

    fn found(header: &str, row: impl Fn(i64) -> String) -> ReadResult<Found> {
        let mut text = format!("{header},x,y,z\n");
        for n in 0..400 {
            text.push_str(&format!("{},0.5,0.25,-0.75\n", row(n)));
        }
        let sketch = Sketch::draw(text.as_bytes(), true, &ReadOptions::default())
            .unwrap()
            .unwrap();
        Found::look(&sketch, &TimeClaim::default(), &ReadOptions::default())
    }

    fn clock(ms: i64) -> String {
        format!(
            "2020-02-23 15:{:02}:{:02}.{:03}",
            18 + ms / 60_000,
            ms / 1000 % 60,
            ms % 1000
        )
    }

    fn formats(found: &Found) -> Vec<String> {
        found
            .clocks
            .iter()
            .map(|clock| clock.format.name())
            .collect()
    }

    #[test]
    fn a_counter_that_does_not_keep_pace_with_the_date_is_no_clock() {
        // 20 Hz; the node counts in steps of 8 ms
        let found = found("Date,NodeTimestamp", |n| {
            format!("{},{}", clock(n * 50), 15_073 + n * 50 / 8)
        })
        .unwrap();
        assert_eq!(formats(&found), ["%Y-%m-%d %H:%M:%S"]);
        assert!(
            found.decisions[0].because.contains("0.12 times"),
            "{:?}",
            found.decisions
        );
    }

    #[test]
    fn a_tick_that_keeps_pace_with_the_date_is_taken() {
        let found = found("Date,timestamp", |n| {
            format!("{},{}", clock(n * 50), 7_000_000 + n * 500)
        })
        .unwrap();
        assert_eq!(formats(&found), ["%Y-%m-%d %H:%M:%S", "elapsed-100us"]);
    }

    #[test]
    fn whole_seconds_are_fine_enough_to_hold_a_tick_against() {
        let found = found("Date,Milliseconds", |n| {
            format!("{},{}", &clock(n * 20)[..19], 1 + n * 20)
        })
        .unwrap();
        assert_eq!(formats(&found), ["%Y-%m-%d %H:%M:%S", "elapsed-ms"]);
    }

    #[test]
    fn two_counters_without_a_date_are_asked_for_when_they_disagree() {
        let refused = found("timestamp,time", |n| {
            format!("{},{}", 528 + n * 20, 100 + n * 3)
        });
        assert_eq!(refused.map(|_| ()).unwrap_err().code(), "needs_columns");
        let two = found("timestamp,time", |n| {
            format!("{},{}", 528 + n * 20, n * 20_000)
        });
        assert!(two.is_ok());
    }
}

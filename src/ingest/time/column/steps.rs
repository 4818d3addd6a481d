//! A column that holds the time since the row before: each value an ordinary step, and together no clock.

use crate::ingest::table::heading::Heading;
use crate::ingest::time::format::Tick;
use crate::ingest::time::shape::median;

/// Names of such a column; any other must speak of time.
const NAMES: [&str; 4] = ["dt", "delta", "deltat", "timedelta"];
/// Rows before the absence of a rise says anything.
const FEWEST: usize = 20;
/// Steps lie within this factor of the usual one, but for so many.
const WITHIN: f64 = 4.0;
const OTHERS: f64 = 0.05;
/// The means of both halves differ by no more, as a share: a clock in disorder rises all the same.
const LEVEL: f64 = 0.3;
/// Rates that accelerometers are written at.
const USUAL_HZ: std::ops::RangeInclusive<f64> = 4.5..=3200.0;

/// The tick of a column of steps; `None` where its values are none.
pub(super) fn tick_of(heading: Option<&Heading>, values: &[f64]) -> Option<Tick> {
    let heading = heading?;
    let named = heading.says(&NAMES);
    if !named && !heading.is_time() || values.len() < FEWEST {
        return None;
    }
    let middle = median(values.iter().copied());
    let is_usual = |step: f64| middle > 0.0 && (middle / WITHIN..=middle * WITHIN).contains(&step);
    let others = values.iter().filter(|step| !is_usual(**step)).count();
    let falls = values.windows(2).filter(|pair| pair[1] < pair[0]).count();
    let (first, second) = values.split_at(values.len() / 2);
    let mean = |half: &[f64]| half.iter().sum::<f64>() / half.len() as f64;
    let is_level = (mean(first) - mean(second)).abs() <= LEVEL * middle;
    // a name that says so need not vary
    let varies = named || falls * 20 > values.len();
    if others as f64 > OTHERS * values.len() as f64 || !is_level || !varies {
        return None;
    }
    let fits = |tick: &Tick| USUAL_HZ.contains(&(1.0 / (middle * tick.seconds())));
    heading.tick().filter(fits).or_else(|| {
        [Tick::SECOND, Tick::MILLISECOND, Tick::MICROSECOND]
            .into_iter()
            .find(fits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tick(name: &str, value: impl Fn(usize) -> f64) -> Option<String> {
        let values: Vec<f64> = (0..200).map(value).collect();
        tick_of(Some(&Heading::parse(name)), &values).map(Tick::name)
    }

    #[test]
    fn steps_of_milliseconds_are_told_from_clocks() {
        let jitter = |n: usize| [15.0, 14.0, 9.0, 16.0, 10.0][n * 7 % 5];
        assert_eq!(tick("t", jitter).as_deref(), Some("ms"));
        assert_eq!(tick("dt_ms", jitter).as_deref(), Some("ms"));
        assert_eq!(tick("dt", |n| jitter(n) * 1e-3).as_deref(), Some("s"));
        assert_eq!(
            tick("delta (us)", |n| jitter(n) * 1e3).as_deref(),
            Some("us")
        );
        // a name that says so, and a logger that keeps its pace
        assert_eq!(tick("dt", |_| 20.0).as_deref(), Some("ms"));
    }

    #[test]
    fn clocks_and_other_columns_are_no_steps() {
        // a clock, rows of two sensors in turn, a name that says nothing of time
        assert_eq!(tick("t", |n| 10.0 * n as f64), None);
        assert_eq!(
            tick("t", |n| 1e6 + 10.0 * (n / 2 + n % 2 * 50) as f64),
            None
        );
        assert_eq!(tick("pulse", |n| 60.0 + (n % 5) as f64), None);
        // slower than leg movements by any tick
        assert_eq!(tick("t", |n| 1e9 + (n * 7 % 5) as f64), None);
    }
}

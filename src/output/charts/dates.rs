//! An axis of days.

use jiff::civil::Date;

use super::canvas::{Area, Canvas, DrawError, Stroke};
use super::theme;
use crate::output::words::Words;

/// Steps between labels, in days.
const STEPS: [i32; 9] = [1, 2, 7, 14, 28, 56, 91, 182, 365];

/// Days from the first to the last, each with a place of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateAxis {
    first: Date,
    n_days: i32,
    left: f64,
    right: f64,
}

impl DateAxis {
    /// An axis over the earliest and the latest of the dates; `None` without dates.
    pub(super) fn over(
        dates: impl Iterator<Item = Date> + Clone,
        (left, right): (f64, f64),
    ) -> Option<Self> {
        let (first, last) = (dates.clone().min()?, dates.max()?);
        Some(Self {
            first,
            n_days: days(first, last) + 1,
            left,
            right,
        })
    }

    /// Its ends in px.
    pub(super) fn ends(self) -> (f64, f64) {
        (self.left, self.right)
    }

    pub(super) fn n_days(self) -> i32 {
        self.n_days
    }

    pub(super) fn first(self) -> Date {
        self.first
    }

    /// Width of a day.
    pub(super) fn day_width(self) -> f64 {
        (self.right - self.left) / f64::from(self.n_days)
    }

    /// Middle of a day; a day beyond the ends lies at the end.
    pub(super) fn px(self, date: Date) -> f64 {
        let day = days(self.first, date).clamp(0, self.n_days - 1);
        self.left + (f64::from(day) + 0.5) * self.day_width()
    }

    /// Radius of the sign of a night: within its day, and neither a speck nor a ball.
    pub(super) fn sign_radius(self) -> f64 {
        (self.day_width() * 0.42).clamp(1.6, 4.5)
    }

    /// The days of the axis that are not among `dates`, in runs, as places from left to right.
    pub(super) fn missing(self, dates: impl Iterator<Item = Date>) -> Vec<(f64, f64)> {
        let mut is_there = vec![false; usize::try_from(self.n_days).unwrap_or(0)];
        for date in dates {
            let place = usize::try_from(days(self.first, date)).ok();
            if let Some(day) = place.and_then(|place| is_there.get_mut(place)) {
                *day = true;
            }
        }
        let mut runs: Vec<(f64, f64)> = Vec::new();
        let mut before = true;
        for (day, there) in is_there.iter().enumerate() {
            let from = self.left + day as f64 * self.day_width();
            let to = from + self.day_width();
            match runs.last_mut() {
                Some(run) if !there && !before => run.1 = to,
                _ if !there => runs.push((from, to)),
                _ => {}
            }
            before = *there;
        }
        runs
    }

    /// Labelled days with room between their labels.
    pub(super) fn ticks(self, words: &Words) -> Vec<(f64, String)> {
        let room = 74.0 / self.day_width();
        let step = STEPS.into_iter().find(|step| f64::from(*step) >= room);
        let step = step.unwrap_or(365);
        (0..self.n_days)
            .step_by(usize::try_from(step).unwrap_or(1))
            .filter_map(|day| self.first.checked_add(jiff::Span::new().days(day)).ok())
            .map(|date| (self.px(date), words.day(date)))
            .collect()
    }
}

/// Hatches days without data, a rectangle a run.
pub(super) fn hatch_missing(
    canvas: &mut Canvas,
    area: Area,
    runs: &[(f64, f64)],
) -> Result<(), DrawError> {
    let places = runs.iter().map(|(left, right)| Area {
        left: *left,
        right: *right,
        ..area
    });
    let places: Vec<Area> = places.collect();
    canvas.layer("missing", |pen| {
        places
            .iter()
            .try_for_each(|area| pen.rect(*area, theme::PAPER))
    })?;
    canvas.layer("hatching", |pen| {
        let stroke = Stroke(theme::HATCH, theme::THIN);
        places
            .iter()
            .try_for_each(|area| pen.hatch(*area, 5.0, stroke))
    })
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Language;
    use jiff::civil::date;

    #[test]
    fn days_have_places_and_missing_ones_are_runs() {
        let dates = [1, 2, 5, 6].map(|day| date(2024, 5, day));
        let axis = DateAxis::over(dates.into_iter(), (0.0, 60.0)).unwrap();
        assert_eq!(axis.n_days(), 6);
        assert_eq!(axis.px(date(2024, 5, 2)), 15.0);
        assert_eq!(axis.px(date(2030, 1, 1)), 55.0);
        assert_eq!(axis.missing(dates.into_iter()), [(20.0, 40.0)]);
        assert_eq!(axis.missing(std::iter::empty()), [(0.0, 60.0)]);
        assert!(DateAxis::over(std::iter::empty(), (0.0, 1.0)).is_none());
    }

    #[test]
    fn labels_have_room() {
        let words = Words::of(Language::English);
        for n_days in [1, 2, 9, 21, 90, 400, 3000] {
            let first = date(2024, 5, 1);
            let last = first
                .checked_add(jiff::Span::new().days(n_days - 1))
                .unwrap();
            let axis = DateAxis::over([first, last].into_iter(), (0.0, 800.0)).unwrap();
            let ticks = axis.ticks(&words);
            assert_eq!(ticks[0].1, "1 May");
            assert!(ticks.windows(2).all(|pair| pair[1].0 - pair[0].0 >= 70.0));
        }
    }
}

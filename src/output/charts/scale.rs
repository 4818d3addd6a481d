//! From values to px, and which values get a tick.

use crate::output::words::Words;

/// How values lie along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Law {
    /// Equal steps.
    Linear,
    /// Square root: small values get room, and zero has a place.
    Root,
    /// Logarithm: equal ratios.
    Log,
}

/// An axis: values from `low` to `high` on px from `from` to `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    law: Law,
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// A scale; an empty range is widened, so that every value has a finite place.
    pub(super) fn new(law: Law, (low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        let low = match law {
            Law::Linear => low,
            Law::Root => low.max(0.0),
            Law::Log => low.max(1e-9),
        };
        let high = if high > low { high } else { low + 1.0 };
        Self {
            law,
            low,
            high,
            from,
            to,
        }
    }

    pub(super) fn linear(values: (f64, f64), px: (f64, f64)) -> Self {
        Self::new(Law::Linear, values, px)
    }

    fn bend(self, value: f64) -> f64 {
        match self.law {
            Law::Linear => value,
            Law::Root => value.max(0.0).sqrt(),
            Law::Log => value.max(self.low).ln(),
        }
    }

    /// Where a value lies; beyond the ends it lies at the end.
    pub(super) fn px(self, value: f64) -> f64 {
        let (low, high) = (self.bend(self.low), self.bend(self.high));
        let share = ((self.bend(value) - low) / (high - low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }

    /// Whether a value lies on the axis.
    pub(super) fn holds(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    pub(super) fn low(self) -> f64 {
        self.low
    }

    pub(super) fn high(self) -> f64 {
        self.high
    }

    /// The ends in px, smaller first.
    pub(super) fn ends(self) -> (f64, f64) {
        (self.from.min(self.to), self.from.max(self.to))
    }

    /// Those of the candidates that lie on the axis, from low to high, none closer than `room` px to the one before.
    pub(super) fn spaced(self, candidates: &[f64], room: f64) -> Vec<f64> {
        let mut kept: Vec<f64> = Vec::new();
        for value in candidates.iter().copied().filter(|v| self.holds(*v)) {
            let is_free = kept
                .last()
                .is_none_or(|last| (self.px(value) - self.px(*last)).abs() >= room);
            if is_free {
                kept.push(value);
            }
        }
        kept
    }

    /// Round values on a linear or root axis, at least `room` px apart.
    pub(super) fn ticks(self, room: f64) -> Vec<f64> {
        match self.law {
            Law::Linear => {
                let length = (self.to - self.from).abs();
                let at_most = (length / room).floor().max(1.0);
                let step = round_step((self.high - self.low) / at_most);
                multiples(step, self.low, self.high)
            }
            Law::Root | Law::Log => {
                // Near zero a root axis would have a crowd of tiny values.
                let least = self.high / 60.0;
                let decades = (-3..7).flat_map(|p| [1.0, 2.0, 5.0].map(|m| m * 10_f64.powi(p)));
                let candidates: Vec<f64> = std::iter::once(0.0)
                    .chain(decades.filter(|value| self.law == Law::Log || *value >= least))
                    .collect();
                self.spaced(&candidates, room)
            }
        }
    }

    /// The low end, and the highest value of one digit and zeros: for an axis too short for a round step.
    pub(super) fn end_labels(self, words: &Words) -> Vec<(f64, String)> {
        let decade = 10_f64.powf(self.high.abs().max(1e-9).log10().floor());
        let high = (self.high / decade + 1e-9).floor() * decade;
        let shared = decimals(high).max(decimals(self.low));
        [self.low, high]
            .map(|value| (value, words.number(value, shared)))
            .to_vec()
    }

    /// Round values with room between them, and what is written at each: on a linear axis all with the same decimals.
    pub(super) fn labels(self, room: f64, words: &Words) -> Vec<(f64, String)> {
        let values = self.ticks(room);
        let step = values
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .reduce(f64::min);
        let shared = step.map_or(0, decimals);
        let label = |value: f64| match self.law {
            Law::Linear => words.number(value, shared),
            Law::Root | Law::Log => words.number(value, decimals(value)),
        };
        values
            .into_iter()
            .map(|value| (value, label(value)))
            .collect()
    }
}

/// The multiples of `step` from `low` to `high`.
pub(super) fn multiples(step: f64, low: f64, high: f64) -> Vec<f64> {
    let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
    let n = (last - first).clamp(-1.0, 1000.0) as i64;
    (0..=n).map(|i| (first + i as f64) * step).collect()
}

/// The smallest of 1, 2, 5 times a power of ten that is not below `least`.
pub(super) fn round_step(least: f64) -> f64 {
    if !(least.is_finite() && least > 0.0) {
        return 1.0;
    }
    let decade = 10_f64.powf(least.log10().floor());
    let fits = [1.0, 2.0, 5.0]
        .into_iter()
        .map(|m| m * decade)
        .find(|s| *s >= least * (1.0 - 1e-9));
    fits.unwrap_or(10.0 * decade)
}

/// How many decimals a tick with this step needs.
pub(super) fn decimals(step: f64) -> usize {
    (0..6)
        .find(|d| {
            let scaled = step * 10_f64.powi(*d);
            (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1.0)
        })
        .map_or(6, |d| d as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Language;

    #[test]
    fn a_value_lies_where_its_share_says() {
        let down = Scale::linear((0.0, 50.0), (100.0, 0.0));
        assert_eq!(down.px(25.0), 50.0);
        assert_eq!(down.px(80.0), 0.0);
        let root = Scale::new(Law::Root, (0.0, 100.0), (0.0, 10.0));
        assert_eq!(root.px(25.0), 5.0);
        let log = Scale::new(Law::Log, (2.0, 200.0), (0.0, 10.0));
        assert!((log.px(20.0) - 5.0).abs() < 1e-9);
    }

    #[test]
    fn an_empty_range_has_finite_places() {
        for law in [Law::Linear, Law::Root, Law::Log] {
            for end in [0.0, 7.0] {
                let scale = Scale::new(law, (end, end), (0.0, 10.0));
                assert!(scale.px(end).is_finite());
                assert!(scale.px(-3.0).is_finite());
                assert!(scale.ticks(2.0).len() < 20);
            }
        }
    }

    #[test]
    fn a_short_axis_is_told_by_its_ends() {
        let words = Words::of(Language::English);
        for (high, label) in [(39.9, "30"), (40.0, "40"), (8.6, "8"), (0.35, "0.3")] {
            let scale = Scale::linear((0.0, high), (0.0, 30.0));
            assert_eq!(scale.end_labels(&words)[1].1, label);
        }
    }

    #[test]
    fn ticks_are_round_and_have_room() {
        let scale = Scale::linear((0.0, 23.0), (200.0, 0.0));
        assert_eq!(scale.ticks(40.0), [0.0, 5.0, 10.0, 15.0, 20.0]);
        let words = Words::of(Language::English);
        let labels = |scale: Scale, room: f64| -> Vec<String> {
            let labels = scale.labels(room, &words).into_iter();
            labels.map(|(_, label)| label).collect()
        };
        let tiny = Scale::linear((0.0, 0.3), (0.0, 100.0));
        assert_eq!(labels(tiny, 20.0), ["0.0", "0.1", "0.2", "0.3"]);
        let small = Scale::new(Law::Root, (0.0, 14.0), (0.0, 700.0));
        assert_eq!(labels(small, 52.0), ["0", "0.5", "1", "2", "5", "10"]);
        let root = Scale::new(Law::Root, (0.0, 1200.0), (120.0, 0.0));
        let ticks = root.ticks(22.0);
        assert_eq!(ticks[0], 0.0);
        assert!(
            ticks
                .windows(2)
                .all(|w| root.px(w[0]) - root.px(w[1]) >= 22.0)
        );
    }
}

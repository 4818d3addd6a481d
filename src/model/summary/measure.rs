//! Figures that keep what they were made of: a count with its time, a share with its whole, a mean with its spread.

use jiff::SignedDuration;

/// A count over the time in which it could have been made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub n: usize,
    /// Over how long.
    pub over: SignedDuration,
}

impl Rate {
    /// An hour; `None` over no time at all. One division of whole numbers, so no rounding adds up.
    ///
    /// ```
    /// use jiff::SignedDuration;
    /// use legtrace::model::summary::Rate;
    /// assert_eq!(Rate { n: 9, over: SignedDuration::from_mins(90) }.per_h(), Some(6.0));
    /// assert_eq!(Rate { n: 0, over: SignedDuration::ZERO }.per_h(), None);
    /// ```
    pub fn per_h(&self) -> Option<f64> {
        const NANOS_PER_HOUR: i128 = 3_600_000_000_000;
        let over = self.over.as_nanos();
        (over > 0).then(|| (self.n as i128 * NANOS_PER_HOUR) as f64 / over as f64)
    }
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many of them.
    pub n: usize,
    /// How many there are.
    pub of: usize,
}

impl Share {
    /// From 0 to 1; `None` when there are none at all.
    pub fn value(&self) -> Option<f64> {
        (self.of > 0).then(|| self.n as f64 / self.of as f64)
    }
}

/// Mean, spread and extremes of some values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// How many values.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// Sample standard deviation (n - 1); `None` of a single value.
    pub sd: Option<f64>,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl Spread {
    /// Of the values given; `None` when there are none. Two passes, so that the mean's size costs the spread no digits.
    ///
    /// ```
    /// use legtrace::model::summary::Spread;
    /// let spread = Spread::of([2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).unwrap();
    /// assert_eq!(spread.mean, 5.0);
    /// assert_eq!(spread.sd, Some((32.0_f64 / 7.0).sqrt()));
    /// assert!(Spread::of([]).is_none());
    /// ```
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let values: Vec<f64> = values.into_iter().collect();
        if values.is_empty() {
            return None;
        }
        let n = values.len();
        let mean = values.iter().sum::<f64>() / n as f64;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Some(Self {
            n,
            mean,
            sd: (n > 1).then(|| (squares / (n - 1) as f64).sqrt()),
            min: values.iter().copied().fold(f64::INFINITY, f64::min),
            max: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        })
    }
}

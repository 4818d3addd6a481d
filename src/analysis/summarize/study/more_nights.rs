//! How many nights it takes to know a median twice as well.

use super::FEWEST_FOR_AN_INTERVAL;

/// How many more nights would halve the interval of the median, if they are like the ones there are; `None` below the
/// number of nights from which an interval is given.
///
/// The standard error of a median, as that of a mean, falls with the square root of the number of nights (Cramér 1946,
/// section 28.5): half of it takes four times as many. The interval itself moves in steps from one night's value to the
/// next, so with few nights it may be halved a little earlier or later.
///
/// ```
/// use legtrace::analysis::summarize::study::more_nights_to_halve;
/// assert_eq!(more_nights_to_halve(7), Some(21));
/// assert_eq!(more_nights_to_halve(3), None);
/// ```
pub fn more_nights_to_halve(nights: usize) -> Option<usize> {
    (nights >= FEWEST_FOR_AN_INTERVAL).then_some(3 * nights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::median_bootstrap::median_interval;

    /// Share of the distribution that the interval spans, of evenly spread values.
    fn spanned(nights: usize) -> f64 {
        let even: Vec<f64> = (0..nights)
            .map(|k| (k as f64 + 0.5) / nights as f64)
            .collect();
        let (low, high) = median_interval(&even, 0.95).unwrap();
        high - low
    }

    #[test]
    fn so_many_more_do_halve_the_interval() {
        for nights in [10, 20, 30, 50, 90] {
            let more = more_nights_to_halve(nights).unwrap();
            let ratio = spanned(nights + more) / spanned(nights);
            // The interval moves in steps of one value in `nights`.
            let step = 1.0 / (nights as f64 * spanned(nights));
            assert!((ratio - 0.5).abs() < step, "{nights}: {ratio}");
        }
    }
}

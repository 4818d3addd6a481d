//! A figure over nights: median, mean, quartiles, range, and the interval of the median.

use crate::model::study::OverNights;
use crate::signal::median_bootstrap::{median_interval, quantile_of_sorted};

/// Below so many nights no interval is given: the widest that `n` values allow, from the lowest to the highest, holds
/// the median with probability 1 − 2·0.5ⁿ, which is 93.75 % for five and 96.9 % for six (David & Nagaraja 2003,
/// "Order Statistics", section 7.1).
pub const FEWEST_FOR_AN_INTERVAL: usize = 6;

/// Median, mean, quartiles, range and interval; values that are not finite are left out, and `None` means that none is left.
pub fn over_nights(values: &[f64]) -> Option<OverNights> {
    let mut sorted: Vec<f64> = values
        .iter()
        .copied()
        .filter(|value| value.is_finite())
        .collect();
    sorted.sort_by(f64::total_cmp);
    let at = |q| quantile_of_sorted(&sorted, q);
    let interval = (sorted.len() >= FEWEST_FOR_AN_INTERVAL)
        .then(|| median_interval(&sorted, 0.95))
        .flatten();
    Some(OverNights {
        n: sorted.len(),
        median: at(0.5)?,
        mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
        quartiles: (at(0.25)?, at(0.75)?),
        range: (*sorted.first()?, *sorted.last()?),
        interval,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_night_is_its_own_median_and_has_no_interval() {
        let one = over_nights(&[12.5]).unwrap();
        assert_eq!((one.n, one.median, one.mean), (1, 12.5, 12.5));
        assert_eq!(one.range, (12.5, 12.5));
        assert_eq!(one.interval, None);
        assert_eq!(over_nights(&[]), None);
        assert_eq!(over_nights(&[f64::NAN]), None);
    }

    #[test]
    fn five_nights_have_no_interval_and_six_have() {
        let values = [4.0, 1.0, 9.0, 16.0, 25.0, 36.0];
        assert_eq!(over_nights(&values[..5]).unwrap().interval, None);
        let six = over_nights(&values).unwrap();
        let (low, high) = six.interval.unwrap();
        assert!(six.range.0 <= low && low <= six.median && six.median <= high);
        assert!(high <= six.range.1);
    }

    #[test]
    fn the_quartiles_are_those_of_r() {
        // R 4: quantile(c(3, 1, 4, 1, 5, 9, 2, 6)) is 1.00 1.75 3.50 5.25 9.00.
        let figure = over_nights(&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]).unwrap();
        assert_eq!(figure.quartiles, (1.75, 5.25));
        assert_eq!((figure.median, figure.range), (3.5, (1.0, 9.0)));
        // 31 of eight
        assert_eq!(figure.mean, 3.875);
    }
}

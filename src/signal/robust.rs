//! Statistics that a few wild values do not move.

/// Up to so many values are ranked by counting, which beats ordering them fourfold: a second of the envelope.
const FEW: usize = 64;

/// The value below which the share `q` (0 to 1) of `values` lies; linear between neighbours, as R's type 7
/// (Hyndman & Fan 1996). May reorder `values`; `None` when there are none. `NaN` counts as larger than everything.
pub fn percentile(values: &mut [f32], q: f64) -> Option<f32> {
    if values.is_empty() {
        return None;
    }
    let at = q.clamp(0.0, 1.0) * (values.len() - 1) as f64;
    let below = at.floor() as usize;
    let share = at - below as f64;
    let (low, high) = if values.len() <= FEW {
        counted(values, below)
    } else {
        let (_, &mut low, above) = values.select_nth_unstable_by(below, f32::total_cmp);
        let high = match share {
            0.0 => low,
            _ => above.iter().copied().min_by(f32::total_cmp).unwrap_or(low),
        };
        (low, high)
    };
    if share == 0.0 {
        return Some(low);
    }
    Some((f64::from(low) + share * (f64::from(high) - f64::from(low))) as f32)
}

/// The value of rank `below` (from 0) and the one that follows it, of at most [`FEW`].
fn counted(values: &[f32], below: usize) -> (f32, f32) {
    let mut keys = [i32::MAX; FEW];
    for (key, value) in keys.iter_mut().zip(values) {
        // the order of `total_cmp` as that of whole numbers
        let bits = value.to_bits() as i32;
        *key = bits ^ ((bits >> 31) as u32 >> 1) as i32;
    }
    let keys = &keys[..values.len().next_multiple_of(8)];
    let rank = below as i32;
    let last = values.len() as i32 - 1;
    let (mut low, mut high) = (None, None);
    for (&key, &value) in keys.iter().zip(values) {
        let less: i32 = keys.iter().map(|&other| i32::from(other < key)).sum();
        let up_to: i32 = keys.iter().map(|&other| i32::from(other <= key)).sum();
        if (less..up_to).contains(&rank) {
            low = Some(value);
        }
        if (less..up_to).contains(&(rank + 1).min(last)) {
            high = Some(value);
        }
        if low.is_some() && high.is_some() {
            break;
        }
    }
    let low = low.unwrap_or(f32::NAN);
    (low, high.unwrap_or(low))
}

/// The middle value; of an even number, the mean of the two in the middle. May reorder `values`; `None` when there are none.
pub fn median(values: &mut [f32]) -> Option<f32> {
    percentile(values, 0.5)
}

/// Median absolute deviation from the median, times 1.4826: the standard deviation of normal values
/// (Rousseeuw & Croux 1993, eq. 1.3). Overwrites `values`; `None` when there are none.
pub fn spread(values: &mut [f32]) -> Option<f32> {
    let centre = median(values)?;
    for value in values.iter_mut() {
        *value = (*value - centre).abs();
    }
    median(values).map(|deviation| deviation * 1.4826)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    #[test]
    fn a_percentile_is_that_of_the_sorted_values() {
        let mut noise = Noise::new(3);
        for _ in 0..200 {
            let n = noise.between(1, 60);
            let mut values = noise.samples(n);
            let mut sorted = values.clone();
            sorted.sort_by(f32::total_cmp);
            let q = noise.unit();
            let at = q * (n - 1) as f64;
            let (low, high) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
            let expected = f64::from(low) + at.fract() * f64::from(high - low);
            let found = percentile(&mut values, q).unwrap();
            assert!(
                (f64::from(found) - expected).abs() < 1e-6,
                "{found} {expected}"
            );
        }
    }

    #[test]
    fn few_values_are_ranked_as_many_are() {
        let mut noise = Noise::new(5);
        for n in 1..=FEW {
            // coarse values make ties; zeros of both signs and what is no number have their place in the order
            let mut values: Vec<f32> = noise
                .samples(n)
                .iter()
                .map(|v| (v * 4.0).round() / 4.0)
                .collect();
            values[n / 2] = -0.0;
            values[n / 3] = f32::NAN;
            let mut sorted = values.clone();
            sorted.sort_by(f32::total_cmp);
            for below in 0..n {
                let (low, high) = counted(&values, below);
                assert_eq!(low.to_bits(), sorted[below].to_bits());
                assert_eq!(high.to_bits(), sorted[(below + 1).min(n - 1)].to_bits());
            }
        }
    }

    #[test]
    fn the_median_of_an_even_number_lies_in_the_middle() {
        assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&mut []), None);
    }

    #[test]
    fn the_spread_of_normal_values_is_their_standard_deviation() {
        let mut noise = Noise::new(4);
        let mut values: Vec<f32> = (0..20_000).map(|_| noise.normal() as f32).collect();
        // The standard error of the MAD of n normal values is 1.17 / sqrt(n) = 0.008.
        assert!((spread(&mut values).unwrap() - 1.0).abs() < 0.03);
    }

    #[test]
    fn one_wild_value_moves_nothing() {
        let mut values: Vec<f32> = (0..101).map(|k| k as f32).collect();
        values[7] = 1e30;
        assert!((median(&mut values.clone()).unwrap() - 50.0).abs() <= 1.0);
        assert!(spread(&mut values).unwrap() < 40.0);
    }
}

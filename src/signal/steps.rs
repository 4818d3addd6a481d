//! Steps between neighbours, of many values at once.

/// Whether every value is one and the same step from the one before it, the first from `before`. No branch: so many are
/// compared in one go.
#[inline(always)]
pub fn are_even(before: i64, values: &[i64], step: i64) -> bool {
    let Some(first) = values.first() else {
        return true;
    };
    let mut differs = first.wrapping_sub(before) ^ step;
    for (before, after) in values.iter().zip(&values[1..]) {
        differs |= after.wrapping_sub(*before) ^ step;
    }
    differs == 0
}

/// The smaller of two, the second where the first is NaN: one instruction, where `f32::min` takes care of both.
#[inline(always)]
pub fn lesser(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// The greater of two, the second where the first is NaN.
#[inline(always)]
pub fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_step_that_differs_is_seen_wherever_it_is() {
        let even: Vec<i64> = (1..=32).map(|n| 7 + n * 10).collect();
        assert!(are_even(7, &even, 10) && are_even(7, &[], 10));
        assert!(!are_even(8, &even, 10) && !are_even(7, &even, 11));
        for at in 0..even.len() {
            let mut odd = even.clone();
            odd[at] += 1;
            assert!(!are_even(7, &odd, 10), "{at}");
        }
    }

    #[test]
    fn what_is_no_number_loses() {
        assert_eq!((lesser(f32::NAN, 2.0), greater(f32::NAN, 2.0)), (2.0, 2.0));
        assert_eq!((lesser(1.0, 2.0), greater(1.0, 2.0)), (1.0, 2.0));
    }
}

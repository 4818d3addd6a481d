//! Many questions at once: some answer yes by chance.

/// Benjamini and Hochberg's (1995) corrected probabilities, in the order given: the smallest share of false answers among those
/// taken for true at which this one is still among them.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]));
    let count = p.len() as f64;
    let mut corrected = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (from_top, at) in order.into_iter().enumerate() {
        least = least.min(p[at] * count / (count - from_top as f64));
        corrected[at] = least;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_question_needs_no_correction() {
        assert_eq!(benjamini_hochberg(&[0.03]), [0.03]);
        assert!(benjamini_hochberg(&[]).is_empty());
    }

    #[test]
    fn the_example_of_the_paper() {
        // Benjamini & Hochberg 1995, section 4.1: 15 probabilities, of which four are below 5 % after correction.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0,
        ];
        let corrected = benjamini_hochberg(&p);
        assert_eq!(corrected.iter().filter(|p| **p <= 0.05).count(), 4);
        assert!((corrected[0] - 0.0015).abs() < 1e-12);
        assert!(corrected.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}

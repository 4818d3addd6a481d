//! The straight line through the onsets that meet.

/// Onsets further from the line than this do not meet, in seconds: a little less than the 0.5 s within which legs are
/// joined. Onsets that meet by chance alone leave 0.254 s, more than is accepted.
const MEET_S: f64 = 0.44;
/// … and while the first guess is still coarse.
const COARSE_S: f64 = 1.2;
/// Rounds of matching and fitting; the match settles after two or three.
const ROUNDS: usize = 8;

/// The second's time becomes the first's by `start + (1 + rate) * t`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    pub start_s: f64,
    pub rate: f64,
    /// Root mean square of what is left of the pairs that meet.
    pub residual_s: f64,
    /// The standard deviation of all pairs that come near, by their median.
    pub scatter_s: f64,
    /// Pairs that meet.
    pub n: usize,
    /// First and last of them, and their mean, by the first's time.
    pub first_s: f64,
    pub last_s: f64,
    pub mean_s: f64,
    /// Root of the sum of squares of their times about the mean.
    pub spread_s: f64,
}

/// A pair counts by Tukey's biweight: not at all beyond so many standard deviations (95 % efficient for normal errors;
/// Huber & Ronchetti 2009, "Robust Statistics", section 4.8).
const TUKEY: f64 = 4.685;
/// The median of absolute normal errors times this is their standard deviation (Rousseeuw & Croux 1993, eq. 1.3).
const MAD: f64 = 1.4826;

/// Fits from a guess; `None` when fewer than three pairs are left.
///
/// Two legs do not begin to the tenth of a second together, and some pairs meet by chance: errors have long tails. So
/// far pairs count less.
pub(super) fn line(a: &[f64], b: &[f64], start_s: f64, rate: f64) -> Option<Line> {
    let mut line = Line {
        start_s,
        rate,
        residual_s: COARSE_S,
        scatter_s: COARSE_S,
        n: 0,
        first_s: 0.0,
        last_s: 0.0,
        mean_s: 0.0,
        spread_s: 0.0,
    };
    let mut reach = COARSE_S;
    for _ in 0..ROUNDS {
        let pairs = pairs(a, b, &line, reach);
        let next = weighted(&pairs, &line)?;
        let settled = reach == MEET_S && (next.start_s - line.start_s).abs() < 1e-6;
        line = next;
        reach = MEET_S;
        if settled {
            break;
        }
    }
    let near = left(&pairs(a, b, &line, COARSE_S), line.start_s, line.rate);
    line.scatter_s = MAD * median(near.into_iter().map(f64::abs).collect());
    Some(line)
}

/// For each onset of the second the nearest of the first within reach, each used once.
fn pairs(a: &[f64], b: &[f64], line: &Line, reach: f64) -> Vec<(f64, f64)> {
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for &own in b {
        let moved = line.start_s + (1.0 + line.rate) * own;
        let at = a.partition_point(|&of_a| of_a < moved);
        let near = a[at.saturating_sub(1)..(at + 1).min(a.len())].iter();
        let nearest = near.min_by(|x, y| (*x - moved).abs().total_cmp(&(*y - moved).abs()));
        if let Some(&of_a) = nearest.filter(|of_a| (**of_a - moved).abs() <= reach)
            && pairs.last().is_none_or(|(_, last)| *last != of_a)
        {
            pairs.push((own, of_a));
        }
    }
    pairs
}

/// What a line leaves of each pair.
fn left(pairs: &[(f64, f64)], start_s: f64, rate: f64) -> Vec<f64> {
    let of = |(own, of_a): &(f64, f64)| of_a - start_s - (1.0 + rate) * own;
    pairs.iter().map(of).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[middle],
        _ => (values[middle - 1] + values[middle]) / 2.0,
    }
}

/// Weighted least squares, each pair by its distance from the line before.
fn weighted(pairs: &[(f64, f64)], before: &Line) -> Option<Line> {
    if pairs.len() < 3 {
        return None;
    }
    let errors = left(pairs, before.start_s, before.rate);
    let centre = median(errors.clone());
    let scale = (MAD * median(errors.iter().map(|e| (e - centre).abs()).collect())).max(1e-3);
    let weights: Vec<f64> = errors
        .iter()
        .map(|e| {
            let far = (e - centre) / (TUKEY * scale);
            (1.0 - far * far).max(0.0).powi(2)
        })
        .collect();
    let total: f64 = weights.iter().sum();
    let mean = |of: fn(&(f64, f64)) -> f64| {
        let sum: f64 = pairs.iter().zip(&weights).map(|(p, w)| w * of(p)).sum();
        sum / total
    };
    let (mean_b, mean_a) = (mean(|p| p.0), mean(|p| p.1));
    let weighed = |of: &dyn Fn(&(f64, f64)) -> f64| -> f64 {
        pairs.iter().zip(&weights).map(|(p, w)| w * of(p)).sum()
    };
    let squares = weighed(&|p| (p.0 - mean_b).powi(2));
    if squares <= 0.0 {
        return None;
    }
    // What is fitted is the difference, so that no digit of the time is lost.
    let rate = weighed(&|p| (p.0 - mean_b) * ((p.1 - p.0) - (mean_a - mean_b))) / squares;
    let start_s = (mean_a - mean_b) - rate * mean_b;
    let errors = left(pairs, start_s, rate);
    Some(Line {
        start_s,
        rate,
        residual_s: (errors.iter().map(|e| e * e).sum::<f64>() / errors.len() as f64).sqrt(),
        scatter_s: before.scatter_s,
        n: pairs.len(),
        first_s: pairs[0].1,
        last_s: pairs[pairs.len() - 1].1,
        mean_s: mean_a,
        spread_s: squares.sqrt(),
    })
}

//! Principal moments: along how many axes a motion spreads.

/// The eigenvalues of a symmetric 3 × 3 matrix, the largest first, given as xx, yy, zz, xy, xz, yz.
///
/// By Jacobi's rotations, which use square roots only: the same bits on every machine. A matrix that is not finite gives
/// `NaN`s.
pub fn principal_moments([xx, yy, zz, xy, xz, yz]: [f64; 6]) -> [f64; 3] {
    /// Each sweep squares what is left beside the diagonal; six leave nothing of f64.
    const SWEEPS: usize = 6;
    if ![xx, yy, zz, xy, xz, yz].iter().all(|v| v.is_finite()) {
        return [f64::NAN; 3];
    }
    let mut m = [[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]];
    for _ in 0..SWEEPS {
        for (p, q) in [(0, 1), (0, 2), (1, 2)] {
            rotate(&mut m, p, q);
        }
    }
    let mut moments = [m[0][0], m[1][1], m[2][2]];
    moments.sort_by(|a, b| b.total_cmp(a));
    moments
}

/// Turns rows and columns `p` and `q` so that what they share vanishes.
fn rotate(m: &mut [[f64; 3]; 3], p: usize, q: usize) {
    if m[p][q] == 0.0 {
        return;
    }
    let theta = (m[q][q] - m[p][p]) / (2.0 * m[p][q]);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    let turned = |a: f64, b: f64| (cosine * a - sine * b, sine * a + cosine * b);
    for row in m.iter_mut() {
        (row[p], row[q]) = turned(row[p], row[q]);
    }
    let (row_p, row_q) = (m[p], m[q]);
    for (k, (a, b)) in row_p.into_iter().zip(row_q).enumerate() {
        (m[p][k], m[q][k]) = turned(a, b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: [f64; 3], expected: [f64; 3]) {
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() < 1e-9, "{found:?} {expected:?}");
        }
    }

    #[test]
    fn a_diagonal_is_sorted() {
        close(
            principal_moments([1.0, 3.0, 2.0, 0.0, 0.0, 0.0]),
            [3.0, 2.0, 1.0],
        );
    }

    /// (2 1; 1 2) has 3 and 1.
    #[test]
    fn what_is_turned_is_found() {
        close(
            principal_moments([2.0, 2.0, 0.5, 1.0, 0.0, 0.0]),
            [3.0, 1.0, 0.5],
        );
        close(
            principal_moments([2.0, 0.5, 2.0, 0.0, 1.0, 0.0]),
            [3.0, 1.0, 0.5],
        );
    }

    /// The outer product of (1, 2, 2) with itself: 9 along it, nothing across.
    #[test]
    fn one_axis_has_one_moment() {
        close(
            principal_moments([1.0, 4.0, 4.0, 2.0, 2.0, 4.0]),
            [9.0, 0.0, 0.0],
        );
    }

    #[test]
    fn what_is_no_number_stays_none() {
        assert!(principal_moments([f64::NAN; 6])[0].is_nan());
        close(principal_moments([0.0; 6]), [0.0; 3]);
    }
}

//! A rate that changes within a recording: a logger that slows down as its battery or its card gives out.

/// In fewer windows of 10 s than a minute's, the rate of one of them says little.
const FEWEST: usize = 6;
/// The rate that is said holds for the whole to this share.
const HOLDS: f64 = 0.01;

/// Lowest, mean and highest rate in Hz of the windows outside gaps, where the usual rate is not their mean.
///
/// Lowest and highest are those that a twentieth of the windows pass. All windows are as long, so the mean of their rates is
/// the number of their samples over their time.
pub(super) fn of(usual_hz: f64, windows_hz: &[f64]) -> Option<[f64; 3]> {
    if windows_hz.len() < FEWEST {
        return None;
    }
    let mean = windows_hz.iter().sum::<f64>() / windows_hz.len() as f64;
    if (mean - usual_hz).abs() <= HOLDS * mean {
        return None;
    }
    let mut sorted = windows_hz.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let twentieth = sorted.len() / 20;
    Some([
        sorted[twentieth],
        mean,
        sorted[sorted.len() - 1 - twentieth],
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_that_falls_is_no_longer_the_usual_one() {
        // 26 Hz for a third of an hour, 20 Hz for the rest
        let mut windows = vec![26.0; 120];
        windows.extend([20.0; 240]);
        assert_eq!(of(20.0, &windows), Some([20.0, 22.0, 26.0]));
    }

    #[test]
    fn a_rate_that_holds_is_not_spoken_of() {
        assert_eq!(of(50.0, &[50.0; 360]), None);
        // a window without the radio's samples, and the next with twice as many
        let mut windows = vec![50.0; 360];
        (windows[17], windows[18]) = (10.0, 90.0);
        assert_eq!(of(50.0, &windows), None);
        assert_eq!(of(50.0, &[40.0, 50.0, 90.0]), None);
    }
}

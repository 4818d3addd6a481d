use super::*;
use crate::signal::noise::Noise;

const QUICK: RhythmParams = RhythmParams {
    surrogates: 19,
    seed: 1,
};

/// Onsets with intervals of `period` seconds, log-normal with this sigma.
fn steady(noise: &mut Noise, period: f64, sigma: f64, length: usize) -> Vec<usize> {
    let mut at = 0.0;
    let mut onsets = Vec::new();
    loop {
        at += period * (sigma * noise.normal()).exp();
        if at >= length as f64 {
            return onsets;
        }
        onsets.push(at as usize);
    }
}

/// Onsets at random, `n` of them.
fn anywhere(noise: &mut Noise, n: usize, length: usize) -> Vec<usize> {
    let mut onsets: Vec<usize> = (0..n).map(|_| noise.between(0, length - 1)).collect();
    onsets.sort();
    onsets
}

#[test]
fn the_period_is_found_and_is_no_chance() {
    let mut noise = Noise::new(1);
    for period in [12.0, 16.0, 24.0, 35.0, 60.0] {
        let onsets = steady(&mut noise, period, 0.12, 7_200);
        let peak = of_onsets(&onsets, 7_200, &QUICK).peak.unwrap();
        assert!(
            (peak.period_s / period - 1.0).abs() < 0.06,
            "{period}: {peak:?}"
        );
        assert!(peak.p_scattered <= 0.05, "{period}: {peak:?}");
    }
}

#[test]
fn a_perfectly_steady_train_is_not_taken_for_its_harmonics() {
    for period in [20_usize, 30, 40, 75] {
        let onsets: Vec<usize> = (0..7_200 / period).map(|k| k * period).collect();
        let rhythm = of_onsets(&onsets, 7_200, &QUICK);
        let peak = rhythm.peak.unwrap();
        assert!(
            (peak.period_s / period as f64 - 1.0).abs() < 0.04,
            "{period}: {peak:?}"
        );
        // Shuffled, equal intervals are what they were.
        assert_eq!(peak.p_shuffled, Some(1.0));
        assert!(peak.p_scattered <= 0.05);
        let r = &rhythm.autocorrelation;
        assert!(r[period] > 0.9 && r[period / 2] < 0.1);
    }
}

#[test]
fn series_between_single_movements_are_told_from_their_shuffled_intervals() {
    // Series of twelve 20 s apart, six minutes of movements at random, and so on: shuffled, no series is left.
    let mut noise = Noise::new(4);
    let mut onsets = Vec::new();
    for series in 0..12 {
        let start = series * 600;
        onsets.extend((0..12).map(|k| start + 20 * k));
        onsets.extend((0..6).map(|_| start + 240 + noise.between(0, 350)));
    }
    onsets.sort();
    let peak = of_onsets(&onsets, 7_200, &QUICK).peak.unwrap();
    assert!((peak.period_s - 20.0).abs() < 1.0, "{peak:?}");
    assert!(
        peak.p_scattered <= 0.05 && peak.p_shuffled.unwrap() <= 0.05,
        "{peak:?}"
    );
}

#[test]
fn chance_is_taken_for_a_rhythm_no_more_often_than_it_says() {
    let mut noise = Noise::new(9);
    let nights = 60;
    let taken = (0..nights).filter(|_| {
        let onsets = anywhere(&mut noise, 120, 7_200);
        let peak = of_onsets(&onsets, 7_200, &QUICK).peak;
        peak.is_some_and(|peak| peak.p_scattered <= 0.05)
    });
    // Of 60 nights 3 are expected, with a standard deviation of 1.7.
    assert!(taken.count() <= 8);
}

#[test]
fn bursts_without_a_rhythm_are_not_one() {
    // Busy for six minutes, quiet for ten: movements at random within.
    let mut noise = Noise::new(12);
    let taken = (0..30).filter(|_| {
        let mut onsets: Vec<usize> = (0..8)
            .flat_map(|burst| {
                let start = burst * 900;
                (0..16)
                    .map(|_| start + noise.between(0, 360))
                    .collect::<Vec<_>>()
            })
            .collect();
        onsets.sort();
        let peak = of_onsets(&onsets, 7_200, &QUICK).peak;
        peak.is_some_and(|peak| peak.p_scattered <= 0.05)
    });
    // 1.5 expected of 30, with a standard deviation of 1.2.
    assert!(taken.count() <= 6);
}

#[test]
fn an_envelope_shows_the_rhythm_of_its_movements() {
    let mut noise = Noise::new(6);
    let mut envelope: Vec<f32> = (0..7_200).map(|_| 3.0 + noise.unit() as f32).collect();
    for onset in steady(&mut noise, 22.0, 0.1, 7_200) {
        let end = (onset + 3).min(7_200);
        envelope[onset..end].fill(80.0);
    }
    // One movement of the whole body, a thousand times as strong, and a gap.
    envelope[3_000..3_020].fill(4_000.0);
    envelope[5_000..5_600].fill(f32::NAN);
    let rhythm = of_envelope(&envelope, &QUICK);
    let peak = rhythm.peak.unwrap();
    assert!((peak.period_s - 22.0).abs() < 1.5, "{peak:?}");
    assert!(peak.p_scattered <= 0.05 && peak.p_shuffled.is_none());
    assert!(rhythm.spectrum.iter().all(|point| point.power.is_finite()));
}

#[test]
fn long_movements_without_a_rhythm_are_none_in_the_envelope() {
    let mut noise = Noise::new(16);
    let taken = (0..30).filter(|_| {
        let mut envelope: Vec<f32> = (0..10_800).map(|_| 3.0 + noise.unit() as f32).collect();
        for _ in 0..60 {
            let (onset, lasts) = (noise.between(0, 10_700), noise.between(3, 60));
            let end = (onset + lasts).min(10_800);
            envelope[onset..end].fill(60.0 + 40.0 * noise.unit() as f32);
        }
        let peak = of_envelope(&envelope, &QUICK).peak;
        peak.is_some_and(|peak| peak.p_scattered <= 0.05)
    });
    // 1.5 expected of 30, with a standard deviation of 1.2.
    assert!(taken.count() <= 6);
}

#[test]
fn too_little_is_nothing() {
    assert_eq!(of_onsets(&[1, 2, 3], 7_200, &QUICK), nothing());
    assert_eq!(of_onsets(&[0; 20], 100, &QUICK), nothing());
    assert_eq!(of_envelope(&[f32::NAN; 1_000], &QUICK), nothing());
    assert_eq!(of_envelope(&[0.0; 1_000], &QUICK), nothing());
    assert_eq!(of_envelope(&[], &QUICK), nothing());
}

#[test]
fn the_same_seed_gives_the_same_figures() {
    let mut noise = Noise::new(8);
    let onsets = steady(&mut noise, 25.0, 0.5, 7_200);
    let once = of_onsets(&onsets, 7_200, &QUICK);
    assert_eq!(once, of_onsets(&onsets, 7_200, &QUICK));
    assert!(
        (once.spectrum.iter().map(|p| p.power).sum::<f64>() / once.spectrum.len() as f64 - 1.0)
            .abs()
            < 1e-9
    );
}

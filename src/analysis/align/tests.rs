use super::*;
use crate::model::units::{GravityState, SampleRate};
use crate::signal::noise::Noise;

const HZ: f64 = 20.0;

/// A movement: onset by a true clock, how long, envelope in g.
type Event = (f64, f64, f32);

/// What both legs feel, some ten times an hour.
fn shared(noise: &mut Noise, hours: f64) -> Vec<Event> {
    let n = (hours * 10.0) as usize;
    let mut events: Vec<Event> = (0..n)
        .map(|_| {
            let at = noise.unit() * hours * 3600.0;
            (
                at,
                3.5 + 6.0 * noise.unit(),
                0.1 + 0.2 * noise.unit() as f32,
            )
        })
        .collect();
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    events
}

/// A leg's trace: the shared movements, each begun up to 0.15 s sooner or later, and as many again of its own. Its clock
/// reads `(true - begun) * (1 + drift)`.
fn leg(noise: &mut Noise, shared: &[Event], hours: f64, begun_s: f64, drift: f64) -> NightTrace {
    let own = super::tests::shared(noise, hours);
    let mut envelope: Vec<f32> = (0..(hours * 3600.0 * HZ) as usize)
        .map(|_| 0.003 + 0.0005 * noise.unit() as f32)
        .collect();
    let felt = shared
        .iter()
        .map(|event| (event.0 + 0.3 * noise.unit() - 0.15, event.1, event.2));
    let felt: Vec<Event> = felt.collect();
    for (at, lasts, g) in felt.into_iter().chain(own) {
        let index = |true_s: f64| ((true_s - begun_s) * (1.0 + drift) * HZ).max(0.0) as usize;
        let (from, to) = (index(at), index(at + lasts));
        let n = envelope.len();
        for value in &mut envelope[from.min(n)..to.min(n)] {
            *value = value.max(g);
        }
    }
    trace(envelope)
}

fn trace(envelope: Vec<f32>) -> NightTrace {
    let rate = SampleRate::from_hz(HZ).expect("above zero");
    NightTrace {
        start_ns: 0,
        rate,
        envelope,
        motion: Vec::new(),
        gravity_rate: rate,
        gravity: Vec::new(),
        spans: Vec::new(),
        gravity_state: GravityState::Included,
        source_rate: rate,
        resolution: 0.0,
        windows: Vec::new(),
    }
}

fn pair(seed: u64, hours: f64, begun_s: f64, drift: f64) -> [NightTrace; 2] {
    let mut noise = Noise::new(seed);
    let felt = shared(&mut noise, hours);
    [
        leg(&mut noise, &felt, hours, 0.0, 0.0),
        leg(&mut noise, &felt, hours, begun_s, drift),
    ]
}

fn found(alignment: Alignment) -> ClockFit {
    match alignment {
        Alignment::Found(fit) => fit,
        other => panic!("{other:?}"),
    }
}

/// Both said to have begun together.
fn stamped(pair: &[NightTrace; 2]) -> Alignment {
    align(&pair[0], &pair[1], Some(SignedDuration::ZERO))
}

#[test]
fn a_shift_and_a_drift_are_found_again() {
    for (seed, shift, ppm) in [
        (1, 3.7, 40.0),
        (2, -12.0, -120.0),
        (3, 140.0, 0.0),
        (4, 0.6, 15.0),
    ] {
        // The second clock lags by `shift` at first, and loses `ppm` from then on.
        let fit = found(stamped(&pair(seed, 7.0, shift, -ppm * 1e-6)));
        assert!((fit.offset_s - shift).abs() < 0.1, "{shift}: {fit:?}");
        assert!((fit.drift_ppm - ppm).abs() < 6.0, "{ppm}: {fit:?}");
        assert!(
            fit.differs && fit.n >= 30 && fit.residual_s < 0.2,
            "{fit:?}"
        );
        let late = SignedDuration::from_hours(6);
        let true_s = late.as_secs_f64() / (1.0 - ppm * 1e-6) + shift;
        assert!((fit.since_first(late).as_secs_f64() - true_s).abs() < 0.1);
    }
}

#[test]
fn clocks_that_agree_are_left_alone() {
    let told_apart = (10..30).filter(|&seed| found(stamped(&pair(seed, 7.0, 0.0, 0.0))).differs);
    // One in a hundred by chance.
    assert!(told_apart.count() <= 2);
}

#[test]
fn without_a_common_clock_the_offset_is_found_far_away() {
    let pair = pair(5, 7.0, 1_800.0, 0.0);
    let fit = found(align(&pair[0], &pair[1], None));
    assert!((fit.offset_s - 1_800.0).abs() < 0.1, "{fit:?}");
}

#[test]
fn an_hour_between_the_clocks_is_found() {
    let pair = pair(6, 8.0, 0.0, 0.0);
    let wrong = Some(SignedDuration::from_hours(-1));
    let fit = found(align(&pair[0], &pair[1], wrong));
    assert!((fit.offset_s - 3_600.0).abs() < 0.1, "{fit:?}");
}

#[test]
fn two_unrelated_nights_never_fit() {
    for seed in 100..130 {
        let mut noise = Noise::new(seed);
        let (one, other) = (shared(&mut noise, 7.0), shared(&mut noise, 7.0));
        let pair = [
            leg(&mut noise, &one, 7.0, 0.0, 0.0),
            leg(&mut noise, &other, 7.0, 0.0, 0.0),
        ];
        let outcome = stamped(&pair);
        assert!(
            matches!(outcome, Alignment::Unrelated { .. }),
            "{seed}: {outcome:?}"
        );
    }
}

#[test]
fn a_clock_that_runs_wild_is_not_set() {
    let outcome = stamped(&pair(7, 7.0, 0.0, 600e-6));
    assert!(!matches!(outcome, Alignment::Found(_)), "{outcome:?}");
}

#[test]
fn half_a_night_in_common_is_too_little_to_set_a_clock() {
    let mut noise = Noise::new(8);
    let felt = shared(&mut noise, 8.0);
    let early: Vec<Event> = felt
        .iter()
        .copied()
        .filter(|event| event.0 < 4.0 * 3600.0)
        .collect();
    let pair = [
        leg(&mut noise, &felt, 8.0, 0.0, 0.0),
        leg(&mut noise, &early, 8.0, 2.0, 0.0),
    ];
    let outcome = stamped(&pair);
    assert!(
        matches!(outcome, Alignment::Doubtful { why, .. } if why.contains("70 %")),
        "{outcome:?}"
    );
}

#[test]
fn a_night_without_movements_says_nothing() {
    let still = [trace(vec![0.003; 200_000]), trace(vec![0.003; 200_000])];
    assert_eq!(stamped(&still), Alignment::TooFew { n: [0, 0] });
    let missing = [trace(vec![f32::NAN; 2_000]), trace(Vec::new())];
    assert_eq!(stamped(&missing), Alignment::TooFew { n: [0, 0] });
}

#[test]
fn turned_round_the_fit_is_turned_round() {
    let [a, b] = pair(9, 7.0, 3.7, -40e-6);
    let there = found(align(&a, &b, Some(SignedDuration::ZERO)));
    let back = found(align(&b, &a, Some(SignedDuration::ZERO)));
    assert_eq!(there.n, back.n);
    assert!((there.drift_ppm + back.drift_ppm).abs() < 0.1);
    let at = SignedDuration::from_hours(3);
    let round = back.since_first(there.since_first(at));
    assert!((round - at).abs() < SignedDuration::from_millis(20));
}

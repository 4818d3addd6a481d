//! What the detector makes of movements that were put together by hand: each as a leg, a body or a mattress would do it.

use legtrace::analysis::detect::{
    DetectParams, Detection, Detector, MovementDetector, StartingDetector, WeighingDetector,
};
use legtrace::analysis::prepare::TraceBuilder;
use legtrace::model::body::Leg;
use legtrace::model::movement::{LegMovement, MovementClass};
use legtrace::model::recording::RawBlock;
use legtrace::model::units::{GravityState, SampleRate};

/// A limb that lies with gravity along z, and what is done to it at a second: how far it is turned about y, in degrees, and
/// what is added in g.
type Motion<'a> = &'a dyn Fn(f64) -> (f64, [f64; 3]);

/// Distance of the sensor from the joint, in metres.
const LEVER_M: f64 = 0.3;

fn samples(hz: f64, seconds: f64, motion: Motion) -> Vec<[f64; 3]> {
    let angle = |t: f64| motion(t).0.to_radians();
    (0..(seconds * hz) as usize)
        .map(|k| {
            let t = k as f64 / hz;
            let (sin, cos) = angle(t).sin_cos();
            // Tangential acceleration by second differences; a breath of 1.5 mg, a sensor's noise of about 1 mg.
            let step = 0.02;
            let bend = (angle(t - step) - 2.0 * angle(t) + angle(t + step)) / (step * step);
            let felt = bend * LEVER_M / 9.80665;
            let breath = 0.0015 * (1.6 * t).sin();
            let noise = |axis: u64| {
                let bits = (k as u64 * 3 + axis)
                    .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                    .rotate_left(31)
                    .wrapping_mul(0xD1B5_4A32_D192_ED03);
                ((bits >> 40) as f64 / (1u64 << 24) as f64 - 0.5) * 0.0035
            };
            let added = motion(t).1;
            [
                sin + felt + added[0] + noise(0),
                added[1] + breath + noise(1),
                cos + added[2] + noise(2),
            ]
        })
        .collect()
}

fn detect_in(hz: f64, samples: &[[f64; 3]], params: &DetectParams) -> Detection {
    let rate = SampleRate::from_hz(hz).unwrap();
    let mut builder = TraceBuilder::plan(rate).unwrap();
    let mut block = RawBlock::default();
    for (k, v) in samples.iter().enumerate() {
        block.push((k as f64 / hz * 1e9).round() as i64, v.map(|x| x as f32));
    }
    builder.push(&block).unwrap();
    let trace = builder.finish(GravityState::Included).scaled(1.0);
    let detector = Detector::plan(params.clone(), rate).unwrap();
    detector.detect(&trace, Leg::Left)
}

fn movements(seconds: f64, motion: Motion) -> Vec<LegMovement> {
    detect_in(
        50.0,
        &samples(50.0, seconds, motion),
        &DetectParams::default(),
    )
    .movements
}

fn classes(found: &[LegMovement]) -> Vec<MovementClass> {
    found.iter().map(|movement| movement.class).collect()
}

/// From 0 to 1 between two seconds, smoothly (minimum jerk).
fn step(t: f64, from: f64, to: f64) -> f64 {
    let x = ((t - from) / (to - from)).clamp(0.0, 1.0);
    x * x * x * (10.0 + x * (-15.0 + 6.0 * x))
}

/// Up within 0.3 s, held, and back within 0.5 s.
fn held(t: f64, onset: f64, lasts: f64) -> f64 {
    step(t, onset, onset + 0.3) - step(t, onset + lasts - 0.5, onset + lasts)
}

/// An oscillation that fades in and out between two seconds.
fn shaken(t: f64, from: f64, to: f64, hz: f64) -> f64 {
    let edge = step(t, from, from + 0.2) - step(t, to - 0.2, to);
    edge * (std::f64::consts::TAU * hz * t).sin()
}

#[test]
fn a_limb_that_is_held_and_let_go_makes_one_movement() {
    let found = movements(150.0, &|t| (8.0 * held(t, 70.0, 6.0), [0.0; 3]));
    assert_eq!(classes(&found), [MovementClass::LegMovement]);
    let (onset, end) = (found[0].onset.as_secs_f64(), found[0].end.as_secs_f64());
    // Half the envelope's window and half the filter's main lobe.
    assert!((onset - 70.0).abs() < 0.35, "onset {onset}");
    assert!((end - 76.0).abs() < 0.4, "end {end}");
}

#[test]
fn a_limb_that_sinks_back_gently_ends_its_movement_when_it_is_back() {
    // Two seconds and a half for the way back: 1 mg at the sensor.
    let found = movements(150.0, &|t| {
        let angle = step(t, 70.0, 70.3) - step(t, 73.0, 75.5);
        (6.0 * angle, [0.0; 3])
    });
    assert_eq!(classes(&found), [MovementClass::LegMovement]);
    let end = found[0].end.as_secs_f64();
    assert!((end - 74.5).abs() < 0.8, "end {end}");
}

#[test]
fn two_movements_with_the_limb_at_rest_between_stay_two() {
    let found = movements(150.0, &|t| {
        let angle = held(t, 70.0, 1.2) + held(t, 75.0, 1.2);
        (8.0 * angle, [0.0; 3])
    });
    assert_eq!(classes(&found), [MovementClass::LegMovement; 2]);
}

/// WASM/IRLSSG 2016: a movement ends when half a second has been quiet; the next may begin then.
#[test]
fn two_movements_less_than_a_second_apart_are_two() {
    for pause in [0.7, 0.9] {
        let found = movements(150.0, &|t| {
            let angle = held(t, 70.0, 1.6) + held(t, 71.6 + pause, 1.6);
            (8.0 * angle, [0.0; 3])
        });
        assert_eq!(classes(&found), [MovementClass::LegMovement; 2], "{pause}");
        let again = found[1].onset.as_secs_f64();
        assert!((again - 71.6 - pause).abs() < 0.4, "onset {again}");
    }
}

/// The same rules: from 0.5 to 10 s.
#[test]
fn a_movement_of_nearly_ten_seconds_is_not_too_long() {
    let found = movements(150.0, &|t| {
        let on = step(t, 70.0, 70.3) - step(t, 79.5, 79.8);
        (4.0 * on * (1.0 - 0.7 * (9.0 * t).cos()), [0.0; 3])
    });
    assert_eq!(classes(&found), [MovementClass::LegMovement]);
}

#[test]
fn a_beating_leg_is_one_leg_movement() {
    let found = movements(150.0, &|t| {
        let on = step(t, 70.0, 70.2) - step(t, 74.0, 74.3);
        (3.0 * on * (1.0 - (9.0 * t).cos()), [0.0; 3])
    });
    assert_eq!(classes(&found), [MovementClass::LegMovement]);
}

#[test]
fn a_short_movement_of_the_body_is_none_of_the_leg() {
    // Six seconds about three axes that grows slowly and leaves the limb ten degrees off.
    let found = movements(150.0, &|t| {
        let grows = step(t, 70.0, 73.0) - step(t, 75.0, 76.0);
        let shake = |hz: f64| 0.25 * grows * (std::f64::consts::TAU * hz * t).sin();
        let angle = 10.0 * step(t, 71.0, 74.0) + 6.0 * grows * (4.0 * t).sin();
        (angle, [shake(1.3), shake(2.1), shake(1.7)])
    });
    assert!(!found.is_empty());
    assert!(
        !classes(&found).contains(&MovementClass::LegMovement),
        "{found:?}"
    );
}

#[test]
fn a_limb_that_comes_to_lie_otherwise_changed_its_posture() {
    let found = movements(150.0, &|t| {
        let shake = |hz: f64| 0.2 * shaken(t, 70.0, 76.0, hz);
        (
            40.0 * step(t, 70.5, 75.5),
            [shake(1.3), shake(2.1), shake(1.7)],
        )
    });
    assert_eq!(classes(&found), [MovementClass::Posture]);
}

#[test]
fn a_blow_to_the_bed_is_a_knock() {
    let found = movements(150.0, &|t| {
        let since = t - 70.0;
        let ring = if since < 0.0 {
            0.0
        } else {
            (-since / 0.06).exp() * (std::f64::consts::TAU * 9.0 * since).sin()
        };
        (0.0, [0.05 * ring, 0.03 * ring, 0.15 * ring])
    });
    assert_eq!(classes(&found), [MovementClass::Knock]);
}

#[test]
fn what_the_mattress_passes_on_is_no_leg_movement() {
    // The other leg's movement: half a second of 5 Hz at 60 mg, and again two seconds later, without tilt.
    let found = movements(150.0, &|t| {
        let shake = shaken(t, 70.0, 70.6, 5.0) + 0.7 * shaken(t, 72.6, 73.1, 4.0);
        (0.0, [0.03 * shake, 0.02 * shake, 0.06 * shake])
    });
    assert!(!found.is_empty());
    assert!(
        classes(&found)
            .iter()
            .all(|&class| class == MovementClass::Knock),
        "{found:?}"
    );
}

#[test]
fn steady_beats_of_the_foot_are_a_rhythmic_train() {
    let found = movements(150.0, &|t| {
        let since = t - 70.0;
        let beat = since.rem_euclid(1.6);
        let on = (0.0..20.0).contains(&since);
        (if on { 2.5 * held(beat, 0.1, 0.8) } else { 0.0 }, [0.0; 3])
    });
    assert!(!found.is_empty());
    assert!(
        classes(&found)
            .iter()
            .all(|&class| class == MovementClass::Rhythmic),
        "{found:?}"
    );
}

#[test]
fn periodic_movements_are_no_train() {
    let found = movements(400.0, &|t| {
        let since = (t - 60.0).rem_euclid(20.0);
        let on = (60.0..340.0).contains(&t);
        (if on { 6.0 * held(since, 0.0, 2.5) } else { 0.0 }, [0.0; 3])
    });
    assert_eq!(classes(&found), [MovementClass::LegMovement; 14]);
}

/// However the sensor sits on the leg, and at whatever rate it samples, a movement is the same.
#[test]
fn turning_the_sensor_changes_nothing_and_slow_sampling_little() {
    let motion = |t: f64| {
        let angle = 8.0 * held(t, 70.0, 4.0) + 5.0 * held(t, 95.0, 1.5);
        let shake = 0.15 * shaken(t, 120.0, 126.0, 1.9);
        (
            angle + 30.0 * step(t, 121.0, 125.0),
            [shake, -shake, 0.5 * shake],
        )
    };
    let upright = samples(50.0, 200.0, &motion);
    let default = DetectParams::default();
    let reference = detect_in(50.0, &upright, &default).movements;
    let (sin, cos) = 1.1f64.sin_cos();
    let turned: Vec<[f64; 3]> = upright
        .iter()
        .map(|[x, y, z]| {
            let (x, y) = (cos * x - sin * y, sin * x + cos * y);
            [x, cos * y - sin * z, sin * y + cos * z]
        })
        .collect();
    let again = detect_in(50.0, &turned, &default).movements;
    assert_eq!(classes(&again), classes(&reference));
    for (a, b) in again.iter().zip(&reference) {
        assert!((a.onset - b.onset).abs().as_millis() <= 40);
        assert!((a.end - b.end).abs().as_millis() <= 40);
    }
    for hz in [12.5, 25.0, 31.0, 100.0] {
        let other = detect_in(hz, &samples(hz, 200.0, &motion), &default).movements;
        assert_eq!(classes(&other), classes(&reference), "{hz} Hz");
        for (a, b) in other.iter().zip(&reference) {
            assert!((a.onset - b.onset).abs().as_millis() <= 300, "{hz} Hz");
        }
    }
}

/// 1.5 degrees in 0.3 s at 30 cm are 51 mg at the sensor: 5.77 · θ · r / T² (`lab/simulate/limb`). The first weights took
/// strength below 100 mg as a sign of the body, at low rates the more, where the envelope is lower still.
#[test]
fn a_weak_movement_of_the_leg_is_one_at_every_rate() {
    for hz in [50.0, 25.0, 12.5, 10.0] {
        let record = samples(hz, 150.0, &|t| (1.5 * held(t, 70.0, 2.5), [0.0; 3]));
        let found = detect_in(hz, &record, &DetectParams::default()).movements;
        assert_eq!(classes(&found), [MovementClass::LegMovement], "{hz} Hz");
    }
}

/// Rates that are refused no more but not trusted either: what is clear is found there too.
#[test]
fn a_clear_movement_is_found_at_the_slowest_rates() {
    for hz in [4.5, 5.0, 8.0, 10.0, 14.9] {
        let record = samples(hz, 150.0, &|t| (8.0 * held(t, 70.0, 3.0), [0.0; 3]));
        let found = detect_in(hz, &record, &DetectParams::default()).movements;
        assert_eq!(classes(&found), [MovementClass::LegMovement], "{hz} Hz");
        let onset = found[0].onset.as_secs_f64();
        assert!((onset - 70.0).abs() < 1.0, "{hz} Hz: {onset}");
    }
}

#[test]
fn without_gravity_movements_are_still_found() {
    let hz = 50.0;
    let rate = SampleRate::from_hz(hz).unwrap();
    let mut builder = TraceBuilder::plan(rate).unwrap();
    let mut block = RawBlock::default();
    let record = samples(hz, 150.0, &|t| (8.0 * held(t, 70.0, 1.5), [0.0; 3]));
    for (k, v) in record.iter().enumerate() {
        block.push(
            k as i64 * 20_000_000,
            [v[0] as f32, v[1] as f32, v[2] as f32 - 1.0],
        );
    }
    builder.push(&block).unwrap();
    let trace = builder.finish(GravityState::Removed).scaled(1.0);
    let detector = Detector::plan(DetectParams::default(), rate).unwrap();
    let found = detector.detect(&trace, Leg::Left).movements;
    assert_eq!(classes(&found), [MovementClass::LegMovement]);
    assert!(found[0].features.unwrap().net_tilt_deg.is_nan());
}

#[test]
fn the_sensitive_preset_finds_what_the_default_lets_pass() {
    let record = samples(50.0, 150.0, &|t| (0.35 * held(t, 70.0, 2.0), [0.0; 3]));
    let count = |params: &DetectParams| detect_in(50.0, &record, params).movements.len();
    assert_eq!(count(&DetectParams::default()), 0);
    assert_eq!(count(&DetectParams::sensitive()), 1);
}

#[test]
fn a_recording_may_end_while_a_limb_is_let_go() {
    // Up at once, held, and back so gently that no burst shows it.
    let back = |t: f64| step(t, 60.0, 60.3) - step(t, 62.0, 66.0);
    let record = samples(50.0, 68.0, &|t| (6.0 * back(t), [0.0; 3]));
    for end in (61 * 50..record.len()).step_by(3) {
        let found = detect_in(50.0, &record[..end], &DetectParams::default()).movements;
        let end_s = end as f64 / 50.0;
        for movement in found {
            assert!(movement.end.as_secs_f64() <= end_s, "{end_s}: {movement:?}");
        }
    }
}

#[test]
fn both_thresholds_in_force_stand_above_the_steps_of_a_coarse_sensor() {
    let still = samples(50.0, 120.0, &|_| (0.0, [0.0; 3]));
    let thresholds = |record: &[[f64; 3]]| {
        let found = detect_in(50.0, record, &DetectParams::default());
        (found.on_threshold_mg[5], found.off_threshold_mg[5])
    };
    assert_eq!(thresholds(&still), (7.0, 3.0));
    // An eighth of a degree a second, so that some axis steps now and then; 1.5 and 0.6 steps of 1/64 g.
    let turned = samples(50.0, 120.0, &|t| (t / 8.0, [0.0; 3]));
    let coarse: Vec<[f64; 3]> = turned
        .iter()
        .map(|sample| sample.map(|v| (v * 64.0).round() / 64.0))
        .collect();
    let (on, off) = thresholds(&coarse);
    assert!(on >= 23.4 && off >= 9.3, "{on} {off}");
}

/// What every detector keeps to, whatever its method.
mod of_every_detector {
    use super::*;

    fn all() -> [Box<dyn MovementDetector>; 2] {
        let params = DetectParams::default();
        [
            Box::new(StartingDetector::plan(params.clone()).unwrap()),
            Box::new(WeighingDetector::plan(params).unwrap()),
        ]
    }

    fn found_by(detector: &dyn MovementDetector, samples: &[[f64; 3]], leg: Leg) -> Detection {
        let rate = SampleRate::from_hz(50.0).unwrap();
        let mut builder = TraceBuilder::with_bands(rate, &detector.bands()).unwrap();
        let mut block = RawBlock::default();
        for (k, v) in samples.iter().enumerate() {
            block.push(k as i64 * 20_000_000, v.map(|x| x as f32));
        }
        builder.push(&block).unwrap();
        detector.detect(&builder.finish(GravityState::Included).scaled(1.0), leg)
    }

    fn night(quiet_s: f64) -> Vec<[f64; 3]> {
        samples(50.0, 200.0 + quiet_s, &|t| {
            let t = t - quiet_s;
            let angle = 8.0 * held(t, 70.0, 2.0) + 6.0 * held(t, 95.0, 1.5);
            (angle, [0.2 * shaken(t, 130.0, 136.0, 1.9), 0.0, 0.0])
        })
    }

    #[test]
    fn movements_are_in_order_and_carry_their_leg() {
        for detector in all() {
            let left = found_by(&*detector, &night(0.0), Leg::Left).movements;
            let right = found_by(&*detector, &night(0.0), Leg::Right).movements;
            assert!(left.len() >= 3, "{}", detector.name());
            for pair in left.windows(2) {
                assert!(pair[0].end <= pair[1].onset, "{}", detector.name());
            }
            for (a, b) in left.iter().zip(&right) {
                assert!(a.onset < a.end && a.onset.subsec_nanos() % 1_000_000 == 0);
                assert_eq!((a.leg, b.leg), (Leg::Left, Leg::Right));
                assert_eq!((a.onset, a.end, a.class), (b.onset, b.end, b.class));
            }
        }
    }

    #[test]
    fn a_night_that_begins_later_holds_the_same_movements_later() {
        for detector in all() {
            let now = found_by(&*detector, &night(0.0), Leg::Left).movements;
            let later = found_by(&*detector, &night(7.0), Leg::Left).movements;
            assert_eq!(classes(&now), classes(&later), "{}", detector.name());
            for (a, b) in now.iter().zip(&later) {
                let shift = (b.onset - a.onset).as_secs_f64();
                assert!((shift - 7.0).abs() < 0.1, "{}: {shift}", detector.name());
            }
        }
    }

    #[test]
    fn nothing_is_found_where_nothing_moves_or_nothing_was_recorded() {
        for detector in all() {
            let still = samples(50.0, 120.0, &|_| (0.0, [0.0; 3]));
            for record in [&still[..], &still[..1], &[]] {
                let found = found_by(&*detector, record, Leg::Left);
                assert!(found.movements.is_empty(), "{}", detector.name());
            }
        }
    }
}

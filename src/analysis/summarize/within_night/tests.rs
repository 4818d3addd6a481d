use super::*;
use crate::model::body::Side;
use crate::model::night::WindowSource;
use crate::model::scored::Why;
use crate::signal::noise::Noise;
use crate::signal::random::Random;

fn night(hours: i64) -> Night {
    Night {
        lights_out: SignedDuration::ZERO,
        lights_on: SignedDuration::from_hours(hours),
        lights_out_by: WindowSource::Flags,
        lights_on_by: WindowSource::Flags,
        stages: Vec::new(),
    }
}

fn periodic_at(onsets_ms: &[i64]) -> Vec<CandidateMovement> {
    let plm = |&ms: &i64| CandidateMovement {
        onset: SignedDuration::from_millis(ms),
        end: SignedDuration::from_millis(ms + 2_000),
        side: Side::Left,
        sources: vec![0],
        components: 1,
        candidate: true,
        skipped: false,
        plm: true,
        series: Some(1),
        interval: None,
        why: Why::Series { length: 4 },
    };
    onsets_ms.iter().map(plm).collect()
}

/// Series at random: 14 movements on average, 22 s apart.
fn clustered(noise: &mut Noise, hours: i64) -> Vec<i64> {
    let (mut at, end) = (0.0, hours as f64 * 3600.0);
    let mut onsets = Vec::new();
    while at < end {
        at += -2400.0 * (1.0 - noise.unit()).ln();
        let length = 4 + (-10.0 * (1.0 - noise.unit()).ln()) as usize;
        for _ in 0..length {
            if at < end {
                onsets.push((at * 1000.0) as i64);
            }
            at += 22.0 * (0.35 * noise.normal()).exp();
        }
    }
    onsets
}

#[test]
fn drawing_blocks_gives_the_same_distribution() {
    let mut noise = Noise::new(11);
    let onsets: Vec<usize> = clustered(&mut noise, 5)
        .iter()
        .map(|&ms| ms as usize)
        .collect();
    let length = 5 * BLOCK_MS;
    let block = counts_of_blocks(&onsets, length, BLOCK_MS);
    let exact = (0..5).fold(vec![1.0], |total, _| convolved(&total, &block));
    let mut random = Random::seeded(1);
    let mut drawn: Vec<usize> = (0..20_000)
        .map(|_| {
            let blocks = (0..5).map(|_| {
                let start = random.below((length / STEP_MS) as u64) as usize * STEP_MS;
                let inside = |&&onset: &&usize| (onset + length - start) % length < BLOCK_MS;
                onsets.iter().filter(inside).count()
            });
            blocks.sum()
        })
        .collect();
    drawn.sort();
    for share in [0.025, 0.25, 0.5, 0.75, 0.975] {
        let (sampled, exact) = (drawn[(share * 20_000.0) as usize], reaches(&exact, share));
        // The share of 20,000 draws below a value has a standard error of at most 0.0035: a few movements in a hundred.
        assert!(sampled.abs_diff(exact) <= 3, "{share}: {sampled} {exact}");
    }
}

#[test]
fn the_interval_holds_the_true_rate_of_nine_nights_in_ten() {
    let mut noise = Noise::new(5);
    let mean: f64 = (0..3_000)
        .map(|_| clustered(&mut noise, 8).len() as f64 / 8.0)
        .sum::<f64>()
        / 3_000.0;
    let holds = (0..400).filter(|_| {
        let movements = periodic_at(&clustered(&mut noise, 8));
        let interval = within_night(&movements, &night(8), &[]);
        interval.is_some_and(|interval| interval.low <= mean && mean <= interval.high)
    });
    let share = holds.count() as f64 / 400.0;
    // The standard error of a share of 0.93 from 400 nights is 0.013.
    assert!((0.89..=0.98).contains(&share), "{share}");
}

#[test]
fn evenly_spread_movements_leave_no_doubt() {
    let onsets: Vec<i64> = (0..8 * 60).map(|minute| minute * 60_000).collect();
    let interval = within_night(&periodic_at(&onsets), &night(8), &[]).unwrap();
    assert_eq!((interval.low, interval.high), (60.0, 60.0));
}

#[test]
fn a_gap_is_cut_out_of_the_axis() {
    // The same night with two hours of gap in the middle and all later movements that much later.
    let mut noise = Noise::new(3);
    let onsets = clustered(&mut noise, 6);
    let plain = within_night(&periodic_at(&onsets), &night(6), &[]);
    let two_hours = 7_200_000;
    let later = |&ms: &i64| if ms < 9_000_000 { ms } else { ms + two_hours };
    let apart: Vec<i64> = onsets.iter().map(later).collect();
    let s = SignedDuration::from_secs;
    let gaps = [
        Span::new(SpanKind::Gap, s(9_000), s(12_000)),
        Span::new(SpanKind::OffLeg, s(11_000), s(16_200)),
    ];
    let with_gap = within_night(&periodic_at(&apart), &night(8), &gaps);
    assert!(plain.is_some());
    assert_eq!(plain, with_gap);
}

#[test]
fn too_little_says_nothing() {
    let series = periodic_at(&[0, 20_000, 40_000, 60_000]);
    assert_eq!(within_night(&series, &night(3), &[]), None);
    assert_eq!(within_night(&[], &night(8), &[]), None);
    assert_eq!(within_night(&series, &night(1_000), &[]), None);
    let low = within_night(&series, &night(8), &[]).unwrap().low;
    assert_eq!(low, 0.0);
}

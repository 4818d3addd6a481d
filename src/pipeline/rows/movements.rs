//! `movements`: every movement of every class, with what both rule sets make of it.

use jiff::SignedDuration;

use crate::model::body::Leg;
use crate::model::clock::RecordingClock;
use crate::model::movement::LegMovement;
use crate::model::night::Night;
use crate::model::scored::ScoredList;
use crate::output::rows::{LocalTime, MovementRow, measured, seconds};

/// What scoring says of one movement of the list.
#[derive(Debug, Clone, Default)]
struct Standing {
    candidate: bool,
    plm: bool,
    series: Option<u32>,
    interval: Option<SignedDuration>,
    joined: Option<u32>,
    why: String,
}

/// Rows for the movements of a night, in order of onset: those outside the time in bed, too, which scoring does not
/// know and the indices leave out.
pub fn movement_rows(
    night_id: &str,
    clock: &RecordingClock,
    night: &Night,
    movements: &[LegMovement],
    leg_is_known: bool,
    wasm: &ScoredList,
    aasm: &ScoredList,
) -> Vec<MovementRow> {
    let by_wasm = standings(movements.len(), wasm);
    let by_aasm = standings(movements.len(), aasm);
    let mut rows: Vec<MovementRow> = movements
        .iter()
        .zip(by_wasm.into_iter().zip(by_aasm))
        .map(|(movement, (wasm, aasm))| {
            let features = movement.features.as_ref();
            let feature = |value: fn(&crate::model::movement::MovementFeatures) -> f32| {
                features.and_then(|f| measured(value(f)))
            };
            MovementRow {
                night: night_id.to_owned(),
                leg: leg_is_known.then_some(movement.leg),
                class: movement.class,
                onset_utc: clock.instant(movement.onset),
                onset_local: LocalTime::at(clock, movement.onset),
                onset_s: seconds(movement.onset),
                end_s: seconds(movement.end),
                duration_s: seconds(movement.duration()),
                peak_mg: feature(|f| f.peak_mg),
                area_mg_s: feature(|f| f.area_mg_s),
                floor_mg: feature(|f| f.floor_mg),
                net_tilt_deg: feature(|f| f.net_tilt_deg),
                held_tilt_deg: feature(|f| f.held_tilt_deg),
                fast_share: feature(|f| f.fast_share),
                bursts: features.map(|f| f.bursts),
                in_bed: night.lights_out <= movement.onset && movement.onset < night.lights_on,
                stage: night
                    .stage_at(movement.onset)
                    .map(|stage| stage.name().to_owned()),
                candidate: wasm.candidate,
                plm: wasm.plm,
                plm_aasm: aasm.plm,
                series: wasm.series,
                series_aasm: aasm.series,
                imi_s: wasm.interval.map(seconds),
                combined_id: wasm.joined,
                why: wasm.why,
                why_aasm: aasm.why,
            }
        })
        .collect();
    rows.sort_by(|a, b| {
        a.onset_s
            .total_cmp(&b.onset_s)
            .then(leg_order(a.leg).cmp(&leg_order(b.leg)))
    });
    rows
}

fn leg_order(leg: Option<Leg>) -> u8 {
    match leg {
        None => 0,
        Some(Leg::Left) => 1,
        Some(Leg::Right) => 2,
    }
}

fn standings(n: usize, scored: &ScoredList) -> Vec<Standing> {
    let mut all = vec![Standing::default(); n];
    let mut number = 0;
    for joined in &scored.movements {
        number += 1;
        for &source in &joined.sources {
            all[source] = Standing {
                candidate: joined.candidate,
                plm: joined.plm,
                series: joined.series,
                interval: joined.interval,
                joined: Some(number),
                why: joined.why.to_string(),
            };
        }
    }
    for left in &scored.left_out {
        all[left.source].why = left.why.to_string();
    }
    all
}

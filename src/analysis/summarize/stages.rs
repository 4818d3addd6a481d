//! Movements by sleep stage: the PLMS and the PLMW index exist only where stages are known.
//!
//! A movement belongs to the stage at its onset; a series may cross wake and sleep (WASM/IRLSSG 2016).

use super::time::{observed, observed_in_stages, sleep_period};
use crate::model::night::{Night, Stage};
use crate::model::scored::CandidateMovement;
use crate::model::span::Span;
use crate::model::summary::{Rate, StageCounts, StageRates};

/// PLM in sleep, in wake, in the sleep period and in every stage; `None` without stages.
pub fn by_stage(
    movements: &[CandidateMovement],
    night: &Night,
    spans: &[Span],
) -> Option<StageRates> {
    if night.stages.is_empty() {
        return None;
    }
    let staged: Vec<(&CandidateMovement, Option<Stage>)> = movements
        .iter()
        .map(|movement| (movement, night.stage_at(movement.onset)))
        .collect();
    let rate = |periodic: bool, of: &dyn Fn(Stage) -> bool| Rate {
        n: staged
            .iter()
            .filter(
                |(m, stage)| if periodic { m.plm } else { m.candidate } && stage.is_some_and(of),
            )
            .count(),
        over: observed_in_stages(night, spans, |piece| of(piece.stage)),
    };
    let by_stage = Stage::ALL
        .into_iter()
        .filter(|&stage| night.stages.iter().any(|piece| piece.stage == stage))
        .map(|stage| {
            let counts = StageCounts {
                clm: rate(false, &|other| other == stage),
                plm: rate(true, &|other| other == stage),
            };
            (stage, counts)
        });
    let period = sleep_period(night);
    let in_period = |m: &&CandidateMovement| {
        m.plm && period.is_some_and(|(from, to)| from <= m.onset && m.onset < to)
    };
    Some(StageRates {
        plms: rate(true, &Stage::is_sleep),
        plmw: rate(true, &|stage| stage == Stage::Wake),
        sleep_period: Rate {
            n: movements.iter().filter(in_period).count(),
            over: period.map_or(Default::default(), |(from, to)| observed(spans, from, to)),
        },
        by_stage: by_stage.collect(),
        n_unstaged: staged
            .iter()
            .filter(|(m, stage)| m.plm && stage.is_none())
            .count(),
    })
}

//! `stages`: what was counted in each sleep stage, under both rule sets.

use super::hours::count;
use crate::model::night::Night;
use crate::model::summary::RuleSummary;
use crate::output::rows::StageRow;

/// A row for each stage that the sleep export knows; none without one.
pub fn stage_rows(
    night_id: &str,
    main: &RuleSummary,
    aasm: &RuleSummary,
    night: &Night,
) -> Vec<StageRow> {
    let (Some(main), Some(aasm)) = (&main.stages, &aasm.stages) else {
        return Vec::new();
    };
    main.by_stage
        .iter()
        .zip(&aasm.by_stage)
        .map(|((stage, main), (_, aasm))| {
            let whole = night.stages.iter().filter(|piece| piece.stage == *stage);
            let slept = whole.map(|piece| {
                let start = piece.start.max(night.lights_out);
                (piece.end.min(night.lights_on) - start)
                    .as_secs_f64()
                    .max(0.0)
            });
            StageRow {
                night: night_id.to_owned(),
                stage: stage.name().to_owned(),
                in_bed_min: slept.sum::<f64>() / 60.0,
                analysed_min: main.plm.over.as_secs_f64() / 60.0,
                n_clm: count(main.clm.n),
                clm_per_h: main.clm.per_h(),
                n_plm: count(main.plm.n),
                plm_per_h: main.plm.per_h(),
                n_plm_aasm: count(aasm.plm.n),
                plm_per_h_aasm: aasm.plm.per_h(),
            }
        })
        .collect()
}

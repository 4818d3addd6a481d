//! The golden lists' indices: both periodicity indices, the interval distribution, sleep and wake.

use jiff::SignedDuration;
use legtrace::analysis::score::rules::{aasm, wasm2016};
use legtrace::analysis::score::score;
use legtrace::analysis::summarize::{intervals, periodicity_index, stages, time};
use legtrace::model::night::{Night, Stage, StageInterval, WindowSource};
use serde_json::Value;

use super::golden::{cases, events, span_of};

/// Golden ratios are rounded to four decimals, logarithms to six.
fn same(golden: &Value, ours: Option<f64>, decimals: i32, name: &str) {
    match (golden.as_f64(), ours) {
        (None, None) => assert!(golden.is_null(), "{name}: {golden}"),
        (Some(golden), Some(ours)) => {
            let half_a_step = 0.5 * 10_f64.powi(-decimals) + 1e-9;
            assert!(
                (golden - ours).abs() <= half_a_step,
                "{name}: {golden} against {ours}"
            );
        }
        (golden, ours) => panic!("{name}: {golden:?} against {ours:?}"),
    }
}

fn night(case: &Value) -> Option<Night> {
    let stages: Vec<StageInterval> = case["stages"]
        .as_array()?
        .iter()
        .map(|row| StageInterval {
            start: span_of(&row["start_s"]),
            end: span_of(&row["end_s"]),
            stage: match row["stage"].as_str() {
                Some("W") => Stage::Wake,
                Some("N1") => Stage::N1,
                Some("N2") => Stage::N2,
                Some("N3") => Stage::N3,
                Some("R") => Stage::Rem,
                other => panic!("stage {other:?}"),
            },
        })
        .collect();
    Some(Night {
        lights_out: stages.first()?.start,
        lights_on: stages.last()?.end,
        lights_out_by: WindowSource::SleepExport,
        lights_on_by: WindowSource::SleepExport,
        stages,
    })
}

#[test]
fn the_indices_of_the_golden_lists_are_the_same() {
    let Some(cases) = cases() else { return };
    let mut n_staged = 0;
    for case in &cases {
        for rules in [wasm2016(), aasm()] {
            let golden = &case[rules.name];
            let name = |index: &str| format!("{} {} {index}", case["id"], rules.name);
            let movements = score(&events(case), &rules, &[]).movements;

            let wasm = periodicity_index::wasm2016(&movements);
            same(
                &golden["pi_plm_over_clm"],
                wasm.value(),
                4,
                &name("PLM / CLM"),
            );
            if rules.name == "wasm2016" {
                let ferri = periodicity_index::ferri2006(&movements);
                assert_eq!(golden["pi_ferri_num"], ferri.n, "{}", name("Ferri n"));
                assert_eq!(golden["pi_ferri_den"], ferri.of, "{}", name("Ferri of"));
                same(&golden["pi_ferri2006"], ferri.value(), 4, &name("Ferri"));

                let imi = intervals::distribution(&movements);
                assert_eq!(golden["imi_lt10"], imi.n_below_10, "{}", name("below 10 s"));
                assert_eq!(
                    golden["imi_10_90"],
                    imi.n_10_to_90,
                    "{}",
                    name("10 to 90 s")
                );
                assert_eq!(golden["imi_gt90"], imi.n_above_90, "{}", name("above 90 s"));
                let periodic = imi.periodic;
                let ln_mean = periodic.map(|p| p.ln_mean);
                same(&golden["imi10_90_logmean"], ln_mean, 6, &name("ln mean"));
                let mean = periodic.map(|p| p.geometric_mean_s());
                same(
                    &golden["imi10_90_geomean_s"],
                    mean,
                    4,
                    &name("geometric mean"),
                );
                let sd = periodic.and_then(|p| p.ln_sd);
                same(&golden["imi10_90_logsd"], sd, 6, &name("ln SD"));
            }

            let Some(night) = night(case) else { continue };
            n_staged += 1;
            let staged = stages::by_stage(&movements, &night, &[]).expect("stages");
            let hours = |span: SignedDuration| span.as_secs_f64() / 3600.0;
            let denominators = time::analysed_time(&night, &[]);
            same(
                &golden["tst_h"],
                denominators.asleep.map(hours),
                4,
                &name("sleep"),
            );
            same(
                &golden["wake_h"],
                denominators.awake.map(hours),
                4,
                &name("wake"),
            );
            assert_eq!(golden["n_plms"], staged.plms.n, "{}", name("PLMS"));
            assert_eq!(golden["n_plmw"], staged.plmw.n, "{}", name("PLMW"));
            same(
                &golden["plms_index"],
                staged.plms.per_h(),
                4,
                &name("PLMS index"),
            );
            same(
                &golden["plmw_index"],
                staged.plmw.per_h(),
                4,
                &name("PLMW index"),
            );
            assert_eq!(staged.plms.over, denominators.asleep.unwrap());
        }
    }
    assert_eq!(n_staged, 12, "six nights with stages, two rule sets");
}

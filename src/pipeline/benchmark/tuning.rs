//! How the rivals' thresholds were tuned: every setting of their grids on the nights for tuning.

use serde_json::{Value, json};

use super::told::columns;
use super::{Progress, results};
use crate::error::Error;
use crate::lab::benchmark::{Entry, Standing, tuning_grids, tuning_nights};
use crate::lab::evaluate::Bootstrap;

/// A setting and how it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuned {
    /// The rival.
    pub rival: &'static str,
    /// The setting, in words.
    pub setting: String,
    /// Pooled F1 for movements.
    pub lm_f1: f64,
    /// Pooled F1 for periodic movements.
    pub plm_f1: f64,
    /// Whether it is the rival's best: the largest sum of the two, the first of equals.
    pub best: bool,
}

/// Tries every setting; `nights` limits how many nights are used.
pub fn tune(
    nights: Option<usize>,
    threads: Option<usize>,
    progress: &mut dyn Progress,
) -> Result<Vec<Tuned>, Error> {
    let mut set = tuning_nights();
    set.nights.truncate(nights.unwrap_or(usize::MAX).max(1));
    let grids = tuning_grids();
    let rivals: Vec<(&'static str, usize)> = grids
        .iter()
        .map(|(rival, grid)| (*rival, grid.len()))
        .collect();
    let entries: Vec<Entry> = grids.into_iter().flat_map(|(_, grid)| grid).collect();
    let results = results(&[set], &entries, threads, progress)?;
    let no_intervals = Bootstrap { draws: 0, seed: 1 };
    let standing = Standing::of(&entries, &results, &no_intervals);
    let mut methods = standing.sets.into_iter().flat_map(|set| set.methods);
    let mut tuned = Vec::with_capacity(entries.len());
    for (rival, n) in rivals {
        let from = tuned.len();
        tuned.extend(methods.by_ref().take(n).map(|method| {
            let visible = &method.evaluation.visible;
            Tuned {
                rival,
                lm_f1: visible.lm.pooled.f1().unwrap_or(0.0),
                plm_f1: visible.plm.pooled.f1().unwrap_or(0.0),
                setting: method.name,
                best: false,
            }
        }));
        let mine: &mut [Tuned] = &mut tuned[from..];
        let most = mine.iter().map(Tuned::worth).fold(0.0, f64::max);
        if let Some(best) = mine.iter_mut().find(|one| one.worth() == most) {
            best.best = true;
        }
    }
    Ok(tuned)
}

impl Tuned {
    fn worth(&self) -> f64 {
        self.lm_f1 + self.plm_f1
    }

    /// All settings as a table, the best ones marked.
    pub fn in_words(tuned: &[Self]) -> String {
        let head = ["rival", "setting", "LM F1", "PLM F1", "sum", ""];
        let mut lines = vec![head.map(str::to_owned).to_vec()];
        lines.extend(tuned.iter().map(|one| {
            vec![
                one.rival.to_owned(),
                one.setting.clone(),
                format!("{:.3}", one.lm_f1),
                format!("{:.3}", one.plm_f1),
                format!("{:.3}", one.worth()),
                if one.best { "best" } else { "" }.to_owned(),
            ]
        }));
        columns(&lines)
    }

    /// As a JSON array.
    pub fn to_json(tuned: &[Self]) -> Value {
        let object = |one: &Self| {
            json!({
                "rival": one.rival,
                "setting": one.setting,
                "lm_f1": one.lm_f1,
                "plm_f1": one.plm_f1,
                "best": one.best,
            })
        };
        json!(tuned.iter().map(object).collect::<Vec<_>>())
    }
}

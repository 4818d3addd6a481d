//! What the nights say about every detector together.

use super::entries::Entry;
use super::run::NightResults;
use crate::lab::evaluate::{Bootstrap, Evaluation, Figure, NightResult};

/// All sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// In their order.
    pub sets: Vec<SetStanding>,
}

/// One set of nights.
#[derive(Debug, Clone, PartialEq)]
pub struct SetStanding {
    /// Its name.
    pub name: String,
    /// Every detector in the order of the entries, the first of which is the one whose gains are told.
    pub methods: Vec<MethodStanding>,
}

/// A detector on one set of nights.
#[derive(Debug, Clone, PartialEq)]
pub struct MethodStanding {
    /// Its name.
    pub name: String,
    /// How well it agrees with the truth.
    pub evaluation: Evaluation,
    /// By how much the first entry's F1 for movements is above this one's, the mean over nights; `None` for the first
    /// itself. Against what could be seen.
    pub lm_gain: Option<Figure>,
    /// The same for periodic movements.
    pub plm_gain: Option<Figure>,
}

impl Standing {
    /// Of the results of each set's nights, which hold one a detector in the order of `entries`.
    pub fn of(
        entries: &[Entry],
        sets: &[(String, Vec<NightResults>)],
        bootstrap: &Bootstrap,
    ) -> Self {
        let of_set = |(name, nights): &(String, Vec<NightResults>)| SetStanding {
            name: name.clone(),
            methods: methods(entries, nights, bootstrap),
        };
        Self {
            sets: sets.iter().map(of_set).collect(),
        }
    }
}

fn methods(
    entries: &[Entry],
    nights: &[NightResults],
    bootstrap: &Bootstrap,
) -> Vec<MethodStanding> {
    let evaluations: Vec<Evaluation> = (0..entries.len())
        .map(|at| {
            let results: Vec<NightResult> = nights
                .iter()
                .map(|night| night.methods[at].clone())
                .collect();
            Evaluation::of(&results, bootstrap)
        })
        .collect();
    let gains: Vec<(Option<Figure>, Option<Figure>)> = evaluations
        .iter()
        .enumerate()
        .map(|(at, other)| {
            let (ours, other) = (&evaluations[0].visible, &other.visible);
            if at == 0 {
                return (None, None);
            }
            (
                ours.lm.gain_over(&other.lm, bootstrap),
                ours.plm.gain_over(&other.plm, bootstrap),
            )
        })
        .collect();
    let named = entries.iter().zip(evaluations).zip(gains);
    named
        .map(
            |((entry, evaluation), (lm_gain, plm_gain))| MethodStanding {
                name: entry.name().to_owned(),
                evaluation,
                lm_gain,
                plm_gain,
            },
        )
        .collect()
}

//! Which leg movements are candidates (CLM).

use super::join::Joined;
use super::merge::Component;
use super::rules::{Joining, NonCandidates, ScoringRules};
use crate::model::scored::{CandidateMovement, LeftOut, Why};

/// Takes out components that are no leg movement by the rules: too short ones, and where the standard knows no
/// non-candidates, too long and rhythmic ones.
pub(super) fn drop_what_is_no_movement(
    components: &mut Vec<Component>,
    rules: &ScoringRules,
    left_out: &mut Vec<LeftOut>,
) {
    components.retain(|component| match no_movement(component, rules) {
        None => true,
        Some(why) => {
            let sources = component.sources.iter();
            left_out.extend(sources.map(|&source| LeftOut { source, why }));
            false
        }
    });
}

fn no_movement(component: &Component, rules: &ScoringRules) -> Option<Why> {
    if component.duration() < rules.shortest {
        return Some(Why::ShorterThan(rules.shortest));
    }
    if rules.non_candidates != NonCandidates::LeftOut {
        return None;
    }
    match component.never {
        Some(class) => Some(Why::NotScored(class)),
        None if component.duration() > rules.longest => Some(Why::LongerThan(rules.longest)),
        None => None,
    }
}

/// Joined movements with their standing as candidates; series and intervals are not yet found. A candidate's `why` is
/// a placeholder until then.
pub(super) fn judge(joined: Vec<Joined>, rules: &ScoringRules) -> Vec<CandidateMovement> {
    let judged = joined.into_iter().map(|joined| {
        let why = no_candidate(&joined, rules);
        let sources = joined
            .components
            .iter()
            .flat_map(|component| &component.sources);
        CandidateMovement {
            onset: joined.onset(),
            end: joined.end(),
            side: joined.side(),
            sources: sources.copied().collect(),
            components: joined.components.len(),
            candidate: why.is_none(),
            skipped: false,
            plm: false,
            series: None,
            interval: None,
            why: why.unwrap_or(Why::AloneFirst),
        }
    });
    judged.collect()
}

/// Why a leg movement is no candidate; `None` when it is one.
fn no_candidate(joined: &Joined, rules: &ScoringRules) -> Option<Why> {
    if let Some(class) = joined
        .components
        .iter()
        .find_map(|component| component.never)
    {
        return Some(Why::NeverCandidate(class));
    }
    let too_long = |component: &Component| component.duration() > rules.longest;
    let n = joined.components.len();
    if joined.components.iter().any(too_long) {
        return Some(match n {
            1 => Why::LongerThan(rules.longest),
            _ => Why::ComponentLongerThan(rules.longest),
        });
    }
    let Joining::ByGap {
        longest,
        components,
        ..
    } = rules.joining
    else {
        return None;
    };
    if let Some(at_most) = components.filter(|&at_most| n > at_most) {
        return Some(Why::Components { n, at_most });
    }
    (n > 1 && joined.end() - joined.onset() > longest).then_some(Why::TogetherLongerThan(longest))
}

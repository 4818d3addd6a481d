//! A left and a right movement that belong together are one movement of both legs.

use jiff::SignedDuration;

use super::merge::Component;
use super::rules::{Joining, ScoringRules};
use crate::model::body::Side;

/// Components that a standard sees as one movement, in order of onset.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Joined {
    pub components: Vec<Component>,
}

impl Joined {
    pub fn onset(&self) -> SignedDuration {
        self.components[0].onset
    }

    pub fn end(&self) -> SignedDuration {
        let ends = self.components.iter().map(|component| component.end);
        ends.max().unwrap_or_else(|| self.onset())
    }

    pub fn side(&self) -> Side {
        let sides = self
            .components
            .iter()
            .map(|component| Side::from(component.leg));
        sides.reduce(Side::union).unwrap_or(Side::Both)
    }
}

/// Joins the legs' components by the rules; the result is in order of onset and no element is empty.
pub(super) fn join(mut components: Vec<Component>, rules: &ScoringRules) -> Vec<Joined> {
    components.sort_by_key(|component| (component.onset, component.end, component.leg));
    match rules.joining {
        Joining::ByGap { within, .. } => join_by_gap(components, within),
        Joining::NextOnset { within } => join_next_onset(components, within),
    }
}

/// Transitive: the next component joins when it begins less than `within` after the latest end so far. Two components
/// of one leg never join by themselves, for merging left them at least that far apart.
fn join_by_gap(components: Vec<Component>, within: SignedDuration) -> Vec<Joined> {
    let mut joined: Vec<Joined> = Vec::with_capacity(components.len());
    let mut reached = SignedDuration::MIN;
    for component in components {
        let end = component.end;
        match joined.last_mut() {
            Some(last) if component.onset < reached.saturating_add(within) => {
                last.components.push(component);
                reached = reached.max(end);
            }
            _ => {
                joined.push(Joined {
                    components: vec![component],
                });
                reached = end;
            }
        }
    }
    joined
}

/// In order of onset, a component joins only the very next one.
///
/// "Next" is undefined when a left and a right movement begin at the same millisecond. Such a pair is joined with each
/// other rather than one of them with the movement before, so that the result is the same with the legs swapped.
fn join_next_onset(mut components: Vec<Component>, within: SignedDuration) -> Vec<Joined> {
    let mut joined: Vec<Joined> = Vec::with_capacity(components.len());
    // Whether the last element of `joined` may still take a partner.
    let mut open = false;
    for at in 0..components.len() {
        if open && at + 1 < components.len() {
            let before = joined.last().map(|last| last.components[0].leg);
            let tie = components[at].onset == components[at + 1].onset;
            if tie && before == Some(components[at + 1].leg) {
                components.swap(at, at + 1);
            }
        }
        let component = components[at].clone();
        match joined.last_mut() {
            Some(last)
                if open
                    && last.components[0].leg != component.leg
                    && component.onset - last.onset() < within =>
            {
                last.components.push(component);
                open = false;
            }
            _ => {
                joined.push(Joined {
                    components: vec![component],
                });
                open = true;
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::rules::{aasm, wasm2016};
    use super::*;
    use crate::model::body::Leg;

    fn component(leg: Leg, onset_ms: i64, end_ms: i64) -> Component {
        Component {
            leg,
            onset: SignedDuration::from_millis(onset_ms),
            end: SignedDuration::from_millis(end_ms),
            never: None,
            sources: vec![0],
        }
    }

    fn sides(components: Vec<Component>, rules: &ScoringRules) -> String {
        let joined = join(components, rules);
        joined.iter().map(|joined| joined.side().letter()).collect()
    }

    use Leg::{Left, Right};

    #[test]
    fn wasm_joins_below_half_a_second_and_not_at_it() {
        let pair = |onset| {
            vec![
                component(Left, 0, 2000),
                component(Right, onset, onset + 1000),
            ]
        };
        assert_eq!(sides(pair(2499), &wasm2016()), "B");
        assert_eq!(sides(pair(2500), &wasm2016()), "LR");
    }

    #[test]
    fn wasm_joins_past_a_short_component_inside_a_long_one() {
        let list = vec![
            component(Left, 0, 8000),
            component(Right, 1000, 2000),
            component(Right, 8300, 9000),
        ];
        assert_eq!(sides(list, &wasm2016()), "B");
    }

    #[test]
    fn aasm_joins_below_five_seconds_and_not_at_it() {
        let pair = |onset| {
            vec![
                component(Left, 0, 1000),
                component(Right, onset, onset + 1000),
            ]
        };
        assert_eq!(sides(pair(4999), &aasm()), "B");
        assert_eq!(sides(pair(5000), &aasm()), "LR");
    }

    #[test]
    fn aasm_joins_only_the_very_next_movement() {
        // The example of the rule: R 6749.20, R 6752.11, L 6753.00 gives R, B.
        let list = vec![
            component(Right, 6_749_200, 6_750_200),
            component(Right, 6_752_110, 6_752_800),
            component(Left, 6_753_000, 6_754_000),
        ];
        assert_eq!(sides(list, &aasm()), "RB");
    }

    #[test]
    fn aasm_joins_a_simultaneous_pair_with_each_other_whichever_leg_came_before() {
        let list = |first: Leg| {
            vec![
                component(first, 0, 1000),
                component(Left, 3000, 4000),
                component(Right, 3000, 4500),
            ]
        };
        assert_eq!(sides(list(Left), &aasm()), "LB");
        assert_eq!(sides(list(Right), &aasm()), "RB");
    }
}

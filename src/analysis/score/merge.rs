//! Pieces of one leg's movement that lie close together are one movement.

use jiff::SignedDuration;

use super::rules::ScoringRules;
use crate::model::body::Leg;
use crate::model::movement::{LegMovement, MovementClass, ScoringRole};
use crate::model::scored::{LeftOut, Why};

/// A movement of one leg, after its pieces were merged.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Component {
    pub leg: Leg,
    pub onset: SignedDuration,
    pub end: SignedDuration,
    /// The class of a piece that is never a candidate.
    pub never: Option<MovementClass>,
    /// Where its pieces stand in the list, in order of onset.
    pub sources: Vec<usize>,
}

impl Component {
    pub fn duration(&self) -> SignedDuration {
        self.end - self.onset
    }
}

/// Takes out what is no leg movement, then merges each leg's movements less than `merge_within` apart. Nested,
/// overlapping and repeated movements merge too. Left leg first, each in order of onset.
///
/// Movements of no length and shorter than a leg movement take part: two twitches of 0.3 s, 0.2 s apart, are one
/// movement of 0.8 s.
pub(super) fn merge(
    movements: &[LegMovement],
    rules: &ScoringRules,
) -> (Vec<Component>, Vec<LeftOut>) {
    let mut left_out = Vec::new();
    let mut pieces: Vec<Component> = Vec::with_capacity(movements.len());
    for (source, movement) in movements.iter().enumerate() {
        let role = movement.class.role(movement.duration(), rules.short_gross);
        let never = match role {
            ScoringRole::ByDuration => None,
            ScoringRole::NonCandidate => Some(movement.class),
            ScoringRole::None => {
                left_out.push(LeftOut {
                    source,
                    why: Why::NotScored(movement.class),
                });
                continue;
            }
        };
        pieces.push(Component {
            leg: movement.leg,
            onset: movement.onset,
            end: movement.end.max(movement.onset),
            never,
            sources: vec![source],
        });
    }
    pieces.sort_by_key(|piece| (piece.leg, piece.onset, piece.end, piece.sources[0]));

    let mut merged: Vec<Component> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match merged.last_mut() {
            Some(last) if last.leg == piece.leg && piece.onset - last.end < rules.merge_within => {
                last.end = last.end.max(piece.end);
                last.never = last.never.or(piece.never);
                last.sources.extend(piece.sources);
            }
            _ => merged.push(piece),
        }
    }
    (merged, left_out)
}

#[cfg(test)]
mod tests {
    use super::super::rules::wasm2016;
    use super::*;

    fn movement(leg: Leg, onset_ms: i64, end_ms: i64) -> LegMovement {
        LegMovement {
            leg,
            onset: SignedDuration::from_millis(onset_ms),
            end: SignedDuration::from_millis(end_ms),
            class: MovementClass::LegMovement,
            features: None,
        }
    }

    fn merged(list: &[LegMovement]) -> Vec<(i128, i128, usize)> {
        let (merged, _) = merge(list, &wasm2016());
        merged
            .iter()
            .map(|c| (c.onset.as_millis(), c.end.as_millis(), c.sources.len()))
            .collect()
    }

    #[test]
    fn a_gap_of_half_a_second_keeps_two_movements_apart() {
        let list = |onset| {
            [
                movement(Leg::Left, 0, 1000),
                movement(Leg::Left, onset, 3000),
            ]
        };
        assert_eq!(merged(&list(1499)), [(0, 3000, 2)]);
        assert_eq!(merged(&list(1500)), [(0, 1000, 1), (1500, 3000, 1)]);
    }

    #[test]
    fn nested_and_repeated_movements_are_one() {
        let list = [
            movement(Leg::Left, 0, 8000),
            movement(Leg::Left, 1000, 2000),
            movement(Leg::Left, 0, 8000),
            movement(Leg::Left, 8400, 9000),
        ];
        assert_eq!(merged(&list), [(0, 9000, 4)]);
    }

    #[test]
    fn legs_are_not_merged() {
        let list = [movement(Leg::Left, 0, 1000), movement(Leg::Right, 0, 1000)];
        assert_eq!(merged(&list).len(), 2);
    }

    #[test]
    fn a_merged_movement_with_a_rhythmic_piece_is_never_a_candidate() {
        let mut list = [
            movement(Leg::Left, 0, 1000),
            movement(Leg::Left, 1200, 2000),
        ];
        list[1].class = MovementClass::Rhythmic;
        let (merged, _) = merge(&list, &wasm2016());
        assert_eq!(merged[0].never, Some(MovementClass::Rhythmic));
    }

    #[test]
    fn knocks_glue_nothing_together() {
        let mut list = [
            movement(Leg::Left, 0, 1000),
            movement(Leg::Left, 1100, 1700),
            movement(Leg::Left, 1800, 3000),
        ];
        list[1].class = MovementClass::Knock;
        let (merged, left_out) = merge(&list, &wasm2016());
        assert_eq!(merged.len(), 2);
        assert_eq!(left_out[0].source, 1);
    }
}

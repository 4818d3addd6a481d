//! The periodicity index, by two definitions that do not agree; both are printed with their names.
//!
//! Unstable below about 10 leg movements an hour, by either.

use jiff::SignedDuration;

use crate::model::scored::CandidateMovement;
use crate::model::summary::Share;

/// WASM/IRLSSG 2016 (Ferri et al., Sleep Med 2016;26:86-95): PLM / CLM.
pub fn wasm2016(movements: &[CandidateMovement]) -> Share {
    Share {
        n: movements.iter().filter(|m| m.plm).count(),
        of: movements.iter().filter(|m| m.candidate).count(),
    }
}

/// Ferri 2006 (Sleep 2006;29:759-769): intervals over 10 and up to 90 s that lie in runs of at least three such
/// intervals, by all intervals measured.
///
/// Whether exactly 10 s counts is open; it does not here. A run ends where no interval is measured (after a gap, after a
/// movement that is no candidate). A movement that was passed over has no part in it.
pub fn ferri2006(movements: &[CandidateMovement]) -> Share {
    const OVER: SignedDuration = SignedDuration::from_secs(10);
    const UP_TO: SignedDuration = SignedDuration::from_secs(90);
    const RUN: usize = 3;
    let (mut n, mut of, mut run) = (0, 0, 0);
    let mut end_run = |run: &mut usize| {
        if *run >= RUN {
            n += *run;
        }
        *run = 0;
    };
    for movement in movements.iter().filter(|m| m.candidate && !m.skipped) {
        match movement.interval {
            Some(interval) => {
                of += 1;
                if OVER < interval && interval <= UP_TO {
                    run += 1;
                } else {
                    end_run(&mut run);
                }
            }
            None => end_run(&mut run),
        }
    }
    end_run(&mut run);
    Share { n, of }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::score::rules::wasm2016 as rules;
    use crate::analysis::score::score;
    use crate::model::body::Leg;
    use crate::model::movement::{LegMovement, MovementClass};

    fn indices(onsets_s: &[i64]) -> (Share, Share) {
        let list: Vec<_> = onsets_s
            .iter()
            .map(|&onset| LegMovement {
                leg: Leg::Left,
                onset: SignedDuration::from_secs(onset),
                end: SignedDuration::from_secs(onset + 1),
                class: MovementClass::LegMovement,
                features: None,
            })
            .collect();
        let movements = score(&list, &rules(), &[]).movements;
        (wasm2016(&movements), ferri2006(&movements))
    }

    #[test]
    fn without_movements_there_is_no_index() {
        let (wasm, ferri) = indices(&[]);
        assert_eq!((wasm.value(), ferri.value()), (None, None));
        // One movement: a candidate, and no interval.
        let (wasm, ferri) = indices(&[5]);
        assert_eq!((wasm.value(), ferri.value()), (Some(0.0), None));
    }

    #[test]
    fn the_definitions_differ() {
        // Intervals 20 20 20 (a series of four), 200, 20 20 (three movements), 5.
        let (wasm, ferri) = indices(&[0, 20, 40, 60, 260, 280, 300, 305]);
        assert_eq!(wasm, Share { n: 4, of: 8 });
        assert_eq!(ferri, Share { n: 3, of: 7 });
    }

    #[test]
    fn exactly_ten_seconds_are_periodic_by_the_first_and_not_by_the_second() {
        let (wasm, ferri) = indices(&[0, 10, 20, 30]);
        assert_eq!(wasm, Share { n: 4, of: 4 });
        assert_eq!(ferri, Share { n: 0, of: 3 });
        let (_, ferri) = indices(&[0, 90, 180, 270]);
        assert_eq!(ferri, Share { n: 3, of: 3 });
    }
}

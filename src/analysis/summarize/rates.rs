//! Movements an hour of rest analysed, by kind and by side.
//!
//! WASM/IRLSSG 2016 (Ferri et al., Sleep Med 2016;26:86-95) asks for CLM, PLM, and for the CLM that are no PLM split
//! into those after a short interval and isolated ones.

use jiff::SignedDuration;

use crate::model::body::Side;
use crate::model::scored::CandidateMovement;
use crate::model::summary::{Rate, SideRates};

/// Intervals below this are short (WASM/IRLSSG 2016, rule for PLM series).
const SHORT: SignedDuration = SignedDuration::from_secs(10);

fn rate(
    movements: &[CandidateMovement],
    over: SignedDuration,
    of: impl Fn(&CandidateMovement) -> bool,
) -> Rate {
    let n = movements.iter().filter(|movement| of(movement)).count();
    Rate { n, over }
}

fn after_short_interval(movement: &CandidateMovement) -> bool {
    movement.candidate && movement.interval.is_some_and(|interval| interval < SHORT)
}

/// Leg movements (LM), joined.
pub fn lm(movements: &[CandidateMovement], over: SignedDuration) -> Rate {
    rate(movements, over, |_| true)
}

/// Candidates (CLM).
pub fn clm(movements: &[CandidateMovement], over: SignedDuration) -> Rate {
    rate(movements, over, |m| m.candidate)
}

/// Leg movements that are no candidates.
pub fn non_clm(movements: &[CandidateMovement], over: SignedDuration) -> Rate {
    rate(movements, over, |m| !m.candidate)
}

/// Periodic leg movements: the PLM index.
pub fn plm(movements: &[CandidateMovement], over: SignedDuration) -> Rate {
    rate(movements, over, |m| m.plm)
}

/// Candidates less than 10 s after the one before.
pub fn short_interval_clm(movements: &[CandidateMovement], over: SignedDuration) -> Rate {
    rate(movements, over, after_short_interval)
}

/// Candidates that are neither periodic nor after a short interval.
pub fn isolated_clm(movements: &[CandidateMovement], over: SignedDuration) -> Rate {
    rate(movements, over, |m| {
        m.candidate && !m.plm && !after_short_interval(m)
    })
}

/// Left, right and both, in this order.
pub fn by_side(movements: &[CandidateMovement], over: SignedDuration) -> [SideRates; 3] {
    [Side::Left, Side::Right, Side::Both].map(|side| SideRates {
        side,
        clm: rate(movements, over, |m| m.side == side && m.candidate),
        plm: rate(movements, over, |m| m.side == side && m.plm),
    })
}

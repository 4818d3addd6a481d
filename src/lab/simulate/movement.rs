//! A planned event of one leg: when the muscle works, and what kind of motion it makes.

use super::random::Random;
use super::sleeper::Sleeper;
use super::truth::TruthKind;
use crate::model::body::Leg;

/// Smallest peak at the sensor that counts as visible, in g: several times the pulse and the breath at an ankle.
pub(super) const VISIBLE_G: f64 = 0.015;

/// An event as planned, in true time (not the device's).
#[derive(Debug, Clone)]
pub(super) struct Movement {
    pub leg: Leg,
    pub kind: TruthKind,
    /// The muscle sets in, in seconds since the first sample.
    pub onset_s: f64,
    /// The muscle lets go.
    pub end_s: f64,
    /// Peak of the smooth part of the acceleration at the sensor, in g.
    pub peak_g: f64,
    pub motion: Motion,
    /// Of the random numbers that shape the motion.
    pub seed: u64,
}

/// The way a limb moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Motion {
    /// A leg movement of some form.
    Leg(Form),
    /// Several limbs; the leg comes to lie about as before.
    Body,
    /// Several limbs; the leg comes to lie otherwise.
    TurnOver,
    /// A train of small movements of this frequency.
    Rhythmic { frequency_hz: f64 },
    /// A blow that rings down.
    Blow,
    /// The mattress sways.
    Sway,
    /// On the feet.
    Walk { then: After },
    /// Taken off, laid down, put on again.
    OffLeg,
}

/// How a leg movement goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Up, a silent hold, down.
    Tonic,
    /// Up and down at 1–3.3 Hz.
    Clonic,
    /// Up and down at once.
    Single,
}

/// Where a walk ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Lying,
    Upright,
}

impl Movement {
    /// A leg movement; its peak is given.
    pub fn of_leg(
        r: &mut Random,
        sleeper: &Sleeper,
        leg: Leg,
        kind: TruthKind,
        (onset_s, end_s): (f64, f64),
        peak_g: f64,
    ) -> Self {
        let form = match r.pick(sleeper.forms) {
            0 if end_s - onset_s > 0.9 => Form::Tonic,
            1 if end_s - onset_s > 1.2 => Form::Clonic,
            _ => Form::Single,
        };
        Self {
            leg,
            kind,
            onset_s,
            end_s,
            peak_g,
            motion: Motion::Leg(form),
            seed: r.bits(),
        }
    }

    /// Whether two events of one leg touch, with some room between.
    pub fn touches(&self, other: &Self, room_s: f64) -> bool {
        self.leg == other.leg
            && self.onset_s < other.end_s + room_s
            && other.onset_s < self.end_s + room_s
    }
}

/// Duration of a leg movement in seconds.
pub(super) fn leg_duration_s(r: &mut Random, sleeper: &Sleeper) -> f64 {
    r.log_normal(sleeper.duration_median_s, 0.5)
        .clamp(0.5, 10.0)
}

/// How strong a leg's movements are, from one to the next.
///
/// A walk between 0 and 1 that is reflected at both ends keeps an even distribution, so the share of hidden movements is
/// exact; movements of one series resemble each other, as they do.
#[derive(Debug, Clone)]
pub(super) struct Strength {
    rank: f64,
    step: f64,
}

impl Strength {
    pub fn new(r: &mut Random, step: f64) -> Self {
        Self {
            rank: r.uniform(),
            step,
        }
    }

    /// Peak of the next movement in g. The weakest do not show: a bulging muscle, a few mg at most.
    pub fn next_peak_g(&mut self, r: &mut Random, sleeper: &Sleeper) -> f64 {
        let moved = self.rank + self.step * r.normal();
        let wrapped = moved - 2.0 * (moved / 2.0).floor();
        self.rank = if wrapped > 1.0 {
            2.0 - wrapped
        } else {
            wrapped
        };
        if self.rank < sleeper.hidden {
            return r.between(0.000_3, 0.008).min(sleeper.peak_median_g * 0.02);
        }
        let rank = ((self.rank - sleeper.hidden) / (1.0 - sleeper.hidden)).clamp(0.002, 0.998);
        sleeper.peak_median_g * super::elementary::exp(sleeper.peak_sigma * normal_quantile(rank))
    }
}

/// Quantile of the normal distribution by that of the logistic with equal variance (factor √3/π): within 0.3 of it between
/// 0.2 and 99.8 %, with tails a little heavier, which amplitudes have.
fn normal_quantile(p: f64) -> f64 {
    0.551_328_895_421_792 * super::elementary::ln(p / (1.0 - p))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::simulate::NightSpec;

    #[test]
    fn the_share_of_hidden_movements_is_the_sleepers() {
        let sleeper = Sleeper {
            hidden: 0.39,
            ..Sleeper::drawn(&NightSpec::default())
        };
        let mut r = Random::seeded(5);
        let mut strength = Strength::new(&mut r, 0.35);
        let n = 40_000;
        let hidden = (0..n)
            .filter(|_| strength.next_peak_g(&mut r, &sleeper) < VISIBLE_G)
            .count();
        let share = hidden as f64 / f64::from(n);
        // Neighbours resemble each other, so this is about 6,000 independent draws: 3 standard errors are 0.019.
        assert!((share - 0.39).abs() < 0.02, "{share}");
    }
}

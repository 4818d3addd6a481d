//! What speaks for a leg movement: a handful of measured things, to be weighed as log odds.
//!
//! A leg movement turns the limb and lets it fall back, and sets in at once. A movement of the body goes on and leaves the
//! limb lying otherwise; what the mattress passes on turns nothing. On how many axes the limb shakes is left to the
//! resemblance: by itself it told leg from body wherever a simulator has the limb as a rigid hinge, and misled wherever
//! not.
//!
//! Each candidate is weighed twice: by itself, and once it is known how far it resembles the others of its night
//! ([`resemblance`](super::resemblance)). What strength, length and onset tell then goes by the night's own measure.

use super::axes::Axes;
use super::bursts::Burst;
use super::odds::{AMONG_OTHERS, BY_ITSELF};
use super::posture::Posture;
use super::resemblance::{self, Look, Shape};
use crate::model::trace::{MotionCell, NightTrace};
use crate::signal::tilt::angle_deg;

/// Measured of a candidate; `NaN` where the trace does not hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Evidence {
    pub duration_s: f64,
    /// Largest envelope, in g.
    pub peak_g: f64,
    /// Angle of gravity between before and after, in degrees.
    pub net_deg: f64,
    /// Largest angle of gravity during it from that before, in degrees.
    pub held_deg: f64,
    /// Share of the energy in the first second.
    pub early_share: f64,
    /// Share of the main axis in the way of gravity; `NaN` of a small turn.
    pub straightness: f64,
    /// Until the nearest other candidate, in seconds.
    pub pause_s: f64,
    /// How much more it resembles the night's leg movements than the rest, as a logarithm; `NaN` before the night is known.
    pub resemblance: f64,
}

/// Turns from here on have a way that can be straight or not, in degrees: ten times what breathing tilts.
const TURNED_DEG: f64 = 1.0;
/// Below this tilt and this envelope something shook the limb without turning it: the mattress. In degrees and g. A limb
/// that is turned with a peak of 100 mg within 0.2 s, 30 cm from the joint, turns by 1.3 degrees; breathing shows as 0.1.
const SHAKING_DEG: f64 = 0.5;
const SHAKING_G: f64 = 0.1;
/// ... unless it clearly resembles the leg's movements of the night more than the rest: on a weak night those are like
/// that. From 0 to 0.1 a tuning night of sixty shakes and four leg movements had false PLM, from 0.15 none has.
const SHAKING_RESEMBLANCE: f64 = 0.15;

impl Evidence {
    /// Measures a candidate between its neighbours, and what it looks like beside others. `fast_share` is that of its energy.
    pub(super) fn of(
        trace: &NightTrace,
        posture: &Posture,
        burst: Burst,
        neighbours: Neighbours,
        fast_share: f32,
    ) -> (Self, Look) {
        let rate = trace.rate.hz();
        let (onset_s, end_s) = (burst.from as f64 / rate, burst.to as f64 / rate);
        let before = posture.settled_before(onset_s, neighbours.end_before_s);
        let after = posture.settled_after(end_s, neighbours.onset_after_s);
        let angle = |to: Option<[f32; 3]>| match (before, to) {
            (Some(before), Some(to)) => f64::from(angle_deg(before, to)),
            _ => f64::NAN,
        };
        let held_deg = posture
            .during(onset_s, end_s)
            .iter()
            .map(|&now| angle(Some(now)))
            .fold(f64::NAN, f64::max);
        let straightness = before
            .filter(|_| held_deg > TURNED_DEG)
            .and_then(|before| Axes::of_turn(before, posture.during(onset_s, end_s)))
            .map_or(f64::NAN, |axes| axes.greatest());
        let cells = cells(trace, onset_s, end_s);
        let peak = trace.envelope[burst.from..burst.to]
            .iter()
            .copied()
            .fold(0.0, f32::max);
        let evidence = Self {
            duration_s: end_s - onset_s,
            peak_g: f64::from(peak),
            net_deg: angle(after),
            held_deg,
            early_share: early_share(cells, trace.gravity_rate.hz()),
            straightness,
            pause_s: (onset_s - neighbours.end_before_s).min(neighbours.onset_after_s - end_s),
            resemblance: f64::NAN,
        };
        let shape = Shape {
            peak_g: evidence.peak_g,
            duration_s: evidence.duration_s,
            fast_share: f64::from(fast_share),
            early_share: evidence.early_share,
            axes: Axes::of_motion(cells),
        };
        let turned = held_deg > resemblance::TURNED_DEG;
        let before = before.filter(|_| turned);
        let look = Look::of(&shape, before, posture.during(onset_s, end_s));
        (evidence, look)
    }

    /// Of the pause, as it is weighed.
    pub(super) fn ln_pause(&self) -> f64 {
        self.pause_s.max(0.1).ln()
    }

    /// How likely this is a leg movement by itself, from 0 to 1.
    pub(super) fn leg_like(&self) -> f64 {
        1.0 / (1.0 + (-BY_ITSELF.log_odds(self)).exp())
    }

    /// Log odds that this is a leg movement, among the others of its night.
    pub(super) fn log_odds(&self) -> f64 {
        AMONG_OTHERS.log_odds(self)
    }

    /// Whether something shook the limb, but weakly, and did not turn it, and is not like the leg's other movements.
    pub(super) fn is_shaking(&self) -> bool {
        let is_like_the_legs = self.resemblance > SHAKING_RESEMBLANCE;
        self.held_deg < SHAKING_DEG && self.peak_g < SHAKING_G && !is_like_the_legs
    }

    /// Whether the limb lies about as before.
    pub(super) fn came_back(&self) -> bool {
        self.net_deg.is_nan() || self.net_deg < (0.5 * self.held_deg).max(1.0)
    }
}

/// When the movements before and after end and begin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Neighbours {
    pub end_before_s: f64,
    pub onset_after_s: f64,
}

/// Every cell of motion that a stretch touches.
fn cells(trace: &NightTrace, onset_s: f64, end_s: f64) -> &[MotionCell] {
    let rate = trace.gravity_rate.hz();
    let from = (onset_s * rate).floor().max(0.0) as usize;
    let to = ((end_s * rate).ceil() as usize).max(from + 1);
    let last = trace.motion.len();
    &trace.motion[from.min(last)..to.min(last)]
}

fn early_share(cells: &[MotionCell], rate: f64) -> f64 {
    let energy = |cells: &[MotionCell]| -> f64 {
        cells
            .iter()
            .flat_map(|cell| &cell.moments[..3])
            .filter(|moment| !moment.is_nan())
            .map(|&moment| f64::from(moment))
            .sum()
    };
    let first = (rate.round() as usize).clamp(1, cells.len().max(1));
    energy(&cells[..first.min(cells.len())]) / energy(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A middling leg movement.
    const LEG: Evidence = Evidence {
        duration_s: 2.7,
        peak_g: 0.3,
        net_deg: 0.3,
        held_deg: 7.0,
        early_share: 0.7,
        straightness: 0.95,
        pause_s: 20.0,
        resemblance: f64::NAN,
    };

    fn by_itself(evidence: Evidence) -> f64 {
        BY_ITSELF.log_odds(&evidence)
    }

    #[test]
    fn each_thing_speaks_the_way_it_should() {
        let odds = by_itself(LEG);
        assert!(odds > 2.0, "{odds}");
        let against = [
            Evidence {
                duration_s: 9.0,
                early_share: 0.7 * LEG.duration_s / 9.0,
                ..LEG
            },
            Evidence {
                net_deg: 8.0,
                ..LEG
            },
            Evidence {
                early_share: 0.05,
                ..LEG
            },
            Evidence {
                held_deg: 0.3,
                ..LEG
            },
            Evidence {
                peak_g: 0.02,
                ..LEG
            },
            Evidence {
                pause_s: 1.0,
                ..LEG
            },
            Evidence {
                straightness: 0.6,
                ..LEG
            },
        ];
        for other in against {
            assert!(by_itself(other) < odds - 1.0, "{other:?}");
        }
        let body = Evidence {
            net_deg: 8.0,
            early_share: 0.2,
            straightness: 0.8,
            ..LEG
        };
        assert!(by_itself(body) < -2.0);
        assert!(body.leg_like() < 0.2 && LEG.leg_like() > 0.8);
    }

    #[test]
    fn among_others_likeness_and_coming_back_decide() {
        let like = |resemblance: f64| Evidence { resemblance, ..LEG };
        assert!(like(1.0).log_odds() > 2.0 && like(-2.0).log_odds() < -1.0);
        // Three degrees off are much after a turn of five, little after one of forty.
        let off = |held_deg: f64| Evidence {
            net_deg: 3.0,
            held_deg,
            ..LEG
        };
        assert!(off(40.0).log_odds() > off(5.0).log_odds() + 1.5);
        // How strong and how long is told by the others alone.
        let other = Evidence {
            peak_g: 0.03,
            duration_s: 8.0,
            early_share: 0.1,
            ..like(1.0)
        };
        assert_eq!(other.log_odds(), like(1.0).log_odds());
    }

    #[test]
    fn weak_shaking_is_the_mattress_unless_the_leg_does_the_same() {
        let weak = |resemblance: f64| Evidence {
            held_deg: 0.3,
            peak_g: 0.04,
            resemblance,
            ..LEG
        };
        assert!(weak(f64::NAN).is_shaking() && weak(-2.0).is_shaking());
        assert!(!weak(1.0).is_shaking());
    }

    #[test]
    fn nothing_is_said_by_what_is_missing_or_beyond_its_bounds() {
        let blind = Evidence {
            net_deg: f64::NAN,
            held_deg: f64::NAN,
            ..LEG
        };
        for odds in [by_itself(blind), blind.log_odds()] {
            assert!(odds.is_finite() && odds > 0.0);
        }
        assert!(!blind.is_shaking() && blind.came_back());
        let wild = Evidence { peak_g: 9.0, ..LEG };
        assert_eq!(by_itself(wild), by_itself(LEG));
    }
}

//! The physics: a limb segment turns about a joint, and a sensor rides on it at a distance.
//!
//! The limb's own frame: `x` to the front, `y` along the hinge of knee and ankle, `z` along the limb towards the foot. At rest
//! an accelerometer reads the direction of "up" with a length of 1 g. While the limb turns with angle θ about a unit axis
//! `u` through the joint, and the sensor sits at `arm` from it, the sensor feels in its own frame
//!
//! * gravity turned the other way: `R(u, −θ) · up`,
//! * the tangential acceleration `θ″ · (u × arm)`,
//! * the centripetal acceleration `θ′² · (u × (u × arm))`.
//!
//! Each turn is a minimum-jerk step (Flash & Hogan 1985, J. Neurosci. 5:1688); what muscles add above that is in the bursts.

use super::elementary::{exp, sin, sin_cos};

/// A vector in the limb's frame.
pub type Vec3 = [f64; 3];

/// Metres per second squared in one g (CGPM 1901, resolution 2).
pub const STANDARD_GRAVITY: f64 = 9.806_65;

/// Largest second derivative of the minimum-jerk step of height 1 and duration 1: 10/√3.
pub const STEP_PEAK: f64 = 5.773_502_691_896_258;

/// `a · b`.
pub fn dot(a: Vec3, b: Vec3) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// `a × b`.
pub fn cross(a: Vec3, b: Vec3) -> Vec3 {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

/// `v` times a number.
pub fn times(v: Vec3, factor: f64) -> Vec3 {
    [v[0] * factor, v[1] * factor, v[2] * factor]
}

/// `a + b`.
pub fn plus(a: Vec3, b: Vec3) -> Vec3 {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

/// `v` with length 1; the front where `v` has none.
pub fn unit(v: Vec3) -> Vec3 {
    let length = dot(v, v).sqrt();
    if length > 1e-12 {
        times(v, 1.0 / length)
    } else {
        [1.0, 0.0, 0.0]
    }
}

/// `v` turned about the unit vector `axis` (Rodrigues).
pub fn turned(v: Vec3, axis: Vec3, angle: f64) -> Vec3 {
    let (sin, cos) = sin_cos(angle);
    let along = times(axis, dot(axis, v) * (1.0 - cos));
    plus(plus(times(v, cos), times(cross(axis, v), sin)), along)
}

/// A step of the limb's angle.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    /// When it begins, in seconds since the first sample.
    pub start_s: f64,
    /// How long it takes, in seconds.
    pub duration_s: f64,
    /// Unit vector through the joint.
    pub axis: Vec3,
    /// How far, in radians.
    pub angle: f64,
    /// From the joint to the sensor, in metres.
    pub arm: Vec3,
}

impl Turn {
    /// When it ends.
    pub fn end_s(&self) -> f64 {
        self.start_s + self.duration_s
    }

    /// The direction of "up" after it, when it was `up` before.
    pub fn after(&self, up: Vec3) -> Vec3 {
        turned(up, self.axis, -self.angle)
    }

    /// At time `t`: up, the added acceleration in g, and the angular rate in radians per second.
    pub fn at(&self, t: f64, up: Vec3) -> (Vec3, Vec3, Vec3) {
        let tau = ((t - self.start_s) / self.duration_s).clamp(0.0, 1.0);
        let step = tau * tau * tau * (10.0 + tau * (-15.0 + 6.0 * tau));
        let rate = 30.0 * tau * tau * (1.0 - tau) * (1.0 - tau) * self.angle / self.duration_s;
        let change = 60.0 * tau * (1.0 - tau) * (1.0 - 2.0 * tau) * self.angle
            / (self.duration_s * self.duration_s);
        let sideways = cross(self.axis, self.arm);
        let inward = cross(self.axis, sideways);
        let felt = times(
            plus(times(sideways, change), times(inward, rate * rate)),
            1.0 / STANDARD_GRAVITY,
        );
        (
            turned(up, self.axis, -self.angle * step),
            felt,
            times(self.axis, rate),
        )
    }
}

/// A short oscillation: the jerk of a muscle's bursts, an impact that rings down.
#[derive(Debug, Clone, Copy)]
pub struct Burst {
    /// Its middle (swelling) or its beginning (ringing), in seconds since the first sample.
    pub at_s: f64,
    /// Its width: standard deviation (swelling) or time constant (ringing), in seconds.
    pub width_s: f64,
    /// In hertz.
    pub frequency_hz: f64,
    /// Largest acceleration on each axis, in g.
    pub amplitude: Vec3,
    /// How it grows and fades.
    pub envelope: Envelope,
}

/// How a burst grows and fades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Envelope {
    /// Gaussian about its middle, a sine in phase with it: the velocity before equals that after.
    Swelling,
    /// From nothing at once to full, then an exponential decay: a blow.
    Ringing,
}

impl Burst {
    /// When it can first be felt.
    pub fn from_s(&self) -> f64 {
        match self.envelope {
            Envelope::Swelling => self.at_s - 3.0 * self.width_s,
            Envelope::Ringing => self.at_s,
        }
    }

    /// When it has gone: below 1 % of its height.
    pub fn until_s(&self) -> f64 {
        match self.envelope {
            Envelope::Swelling => self.at_s + 3.0 * self.width_s,
            Envelope::Ringing => self.at_s + 5.0 * self.width_s,
        }
    }

    /// The acceleration at time `t`, in g; nothing outside its time.
    pub fn at(&self, t: f64) -> Vec3 {
        if t < self.from_s() || t > self.until_s() {
            return [0.0; 3];
        }
        let x = (t - self.at_s) / self.width_s;
        let height = match self.envelope {
            Envelope::Swelling => exp(-0.5 * x * x),
            Envelope::Ringing => exp(-x),
        };
        let swing = sin(std::f64::consts::TAU * self.frequency_hz * (t - self.at_s));
        times(self.amplitude, height * swing)
    }

    /// As a sensor with an anti-alias filter of this bandwidth would pass it on (second-order low-pass at its frequency).
    pub fn through(mut self, bandwidth_hz: f64) -> Self {
        let ratio = self.frequency_hz / bandwidth_hz;
        let gain = 1.0 / (1.0 + ratio * ratio * ratio * ratio).sqrt();
        self.amplitude = times(self.amplitude, gain);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peak_mg(angle_deg: f64, duration_s: f64, arm_m: f64) -> f64 {
        let turn = Turn {
            start_s: 0.0,
            duration_s,
            axis: [0.0, 1.0, 0.0],
            angle: angle_deg.to_radians(),
            arm: [0.0, 0.0, arm_m],
        };
        (0..=1_000)
            .map(|n| {
                let (_, felt, _) = turn.at(f64::from(n) * duration_s / 1_000.0, [1.0, 0.0, 0.0]);
                felt[0].abs() * 1_000.0
            })
            .fold(0.0, f64::max)
    }

    /// Worked out by hand: 5.7735 · θ · r / T², in mg.
    #[test]
    fn a_turn_is_felt_as_the_textbook_says() {
        assert!((peak_mg(10.0, 0.35, 0.22) - 184.5).abs() < 0.5);
        assert!((peak_mg(20.0, 0.25, 0.30) - 986.4).abs() < 1.0);
    }

    #[test]
    fn turning_forth_and_back_leaves_up_where_it_was() {
        let forth = Turn {
            start_s: 0.0,
            duration_s: 0.3,
            axis: unit([0.2, 1.0, 0.1]),
            angle: 0.3,
            arm: [0.0, 0.0, 0.3],
        };
        let back = Turn {
            angle: -0.3,
            ..forth
        };
        let up = unit([1.0, 0.3, -0.2]);
        let again = back.after(forth.after(up));
        assert!(dot(up, again) > 1.0 - 1e-12);
    }

    /// Velocity gained is the integral of the acceleration: zero for a movement that begins and ends at rest.
    #[test]
    fn a_swelling_burst_leaves_no_velocity() {
        let burst = Burst {
            at_s: 1.0,
            width_s: 0.1,
            frequency_hz: 6.0,
            amplitude: [0.4, 0.0, 0.0],
            envelope: Envelope::Swelling,
        };
        let sum: f64 = (0..20_000)
            .map(|n| burst.at(f64::from(n) * 1e-4)[0] * 1e-4)
            .sum();
        assert!(sum.abs() < 1e-9, "{sum}");
    }
}

//! The samples of one leg's sensor, block by block: memory does not grow with the night.

use std::collections::VecDeque;
use std::f64::consts::TAU;

use super::elementary::{exp, sin, whole};
use super::limb::{Burst, Turn, Vec3, cross, dot, plus, times, turned, unit};
use super::motion::{Score, echo, first_position, set_in_motion};
use super::movement::Movement;
use super::random::Random;
use super::sensor::{Converter, Sensor};
use super::sleeper::Sleeper;
use super::truth::TruthKind;
use crate::model::body::Leg;
use crate::model::recording::RawBlock;

/// Samples in a block.
const BLOCK: usize = 4_096;

/// A block of what the sensor gave.
#[derive(Debug, Clone, Default)]
pub struct SampleBlock {
    /// Stamps in nanoseconds since the first sample by the device's clock, and acceleration in g with gravity in it.
    pub acceleration: RawBlock,
    /// The direction of "up" in the sensor's axes, in g: what a phone's fusion calls gravity. Empty unless asked for
    /// ([`Samples::with_fusion`]).
    pub gravity: Vec<[f32; 3]>,
    /// Angular rate in degrees per second, with noise of 0.05°/s; empty unless asked for.
    pub turning: Vec<[f32; 3]>,
}

impl SampleBlock {
    fn clear(&mut self) {
        self.acceleration.clear();
        self.gravity.clear();
        self.turning.clear();
    }
}

/// The stream of one sensor's samples.
#[derive(Debug, Clone)]
pub struct Samples<'a> {
    sensor: &'a Sensor,
    sleeper: &'a Sleeper,
    leg: Leg,
    movements: &'a [Movement],
    next_movement: usize,
    lost: Vec<(f64, f64)>,
    off_leg: Vec<(f64, f64)>,
    next_sample: u64,
    n_samples: u64,
    up: Vec3,
    turns: VecDeque<Turn>,
    bursts: Vec<Burst>,
    mount: [Vec3; 3],
    converter: Converter,
    stamps: Random,
    gyro: Random,
    slow: SlowWaves,
    breath_way: Vec3,
    fusion: bool,
}

impl<'a> Samples<'a> {
    /// The samples of `leg`; `movements` holds both legs' events in order of onset.
    pub(super) fn new(
        seed: u64,
        sensor: &'a Sensor,
        sleeper: &'a Sleeper,
        leg: Leg,
        movements: &'a [Movement],
        length_s: f64,
        upright: bool,
    ) -> Self {
        let name = leg.name();
        let mut r = Random::stream(seed, &format!("mount {name}"));
        let off_leg = movements
            .iter()
            .filter(|m| m.leg == leg && m.kind == TruthKind::OffLeg)
            .map(|m| (m.onset_s, m.end_s))
            .collect();
        Self {
            sensor,
            sleeper,
            leg,
            movements,
            next_movement: 0,
            lost: sensor.lost_blocks(seed, &format!("lost {name}"), length_s),
            off_leg,
            next_sample: 0,
            n_samples: (length_s * sensor.rate_hz + 1e-6).floor() as u64,
            up: first_position(&mut r, upright),
            turns: VecDeque::new(),
            bursts: Vec::new(),
            mount: mount(&mut r),
            converter: Converter::new(sensor, seed, &format!("converter {name}")),
            stamps: Random::stream(seed, &format!("stamps {name}")),
            gyro: Random::stream(seed, &format!("gyro {name}")),
            slow: SlowWaves::new(r.uniform()),
            breath_way: unit(plus([0.5, 0.2, 1.0], times(r.direction(), 0.5))),
            fusion: false,
        }
    }

    /// The same, with gravity and the angular rate beside the acceleration.
    pub fn with_fusion(mut self) -> Self {
        self.fusion = true;
        self
    }

    /// Fills the block with the next samples; false when there are none left.
    pub fn next_block(&mut self, block: &mut SampleBlock) -> bool {
        block.clear();
        let rate = self.sensor.rate_hz;
        while self.next_sample < self.n_samples && block.acceleration.len() < BLOCK {
            // By the device's clock, and the true time at which that is.
            let device_s = self.next_sample as f64 / rate;
            let t = device_s / (1.0 + self.sensor.drift_ppm * 1e-6);
            self.next_sample += 1;
            let (felt, up, rate_of_turn) = self.limb_at(t);
            let value = self.converter.value(self.in_sensor(felt));
            let stray = if self.sensor.jitter > 0.0 {
                self.sensor.jitter * self.stamps.between(-1.0, 1.0) / rate
            } else {
                0.0
            };
            if self.is_lost(t) {
                continue;
            }
            let stamp_ns = ((device_s + stray) * 1e9).round().max(0.0) as i64;
            block.acceleration.push(stamp_ns, value.map(|v| v as f32));
            if self.fusion {
                block.gravity.push(self.in_sensor(up).map(|v| v as f32));
                let turning = self.in_sensor(rate_of_turn).map(f64::to_degrees);
                let noisy = turning.map(|v| v + 0.05 * self.gyro.normal());
                block.turning.push(noisy.map(|v| v as f32));
            }
        }
        !block.acceleration.is_empty()
    }

    /// What the sensor feels in the limb's frame at true time `t`: acceleration and up in g, turning in rad/s.
    fn limb_at(&mut self, t: f64) -> (Vec3, Vec3, Vec3) {
        self.begin_movements(t);
        self.slow.at(t);
        while let Some(turn) = self.turns.front() {
            if turn.end_s() > t {
                break;
            }
            self.up = unit(turn.after(self.up));
            self.turns.pop_front();
        }
        let mut up = self.up;
        let mut felt = [0.0; 3];
        let mut turning = [0.0; 3];
        for turn in &self.turns {
            if turn.start_s > t {
                break;
            }
            let (turned_up, added, rate) = turn.at(t, up);
            up = turned_up;
            felt = plus(felt, added);
            turning = plus(turning, rate);
        }
        if !self.bursts.is_empty() {
            for burst in &self.bursts {
                felt = plus(felt, burst.at(t));
            }
            self.bursts.retain(|burst| burst.until_s() > t);
        }
        if !self.is_off_leg(t) {
            felt = plus(felt, self.breath_and_pulse(t, up));
        }
        (plus(plus(felt, up), self.slow.drift), up, turning)
    }

    /// Sets events in motion that begin within the next half second.
    fn begin_movements(&mut self, t: f64) {
        while let Some(movement) = self.movements.get(self.next_movement) {
            if movement.onset_s > t + 0.5 {
                return;
            }
            self.next_movement += 1;
            let here = movement.leg == self.leg;
            if movement.kind != TruthKind::OffLeg && self.is_off_leg(movement.onset_s) {
                continue;
            }
            let score = if here {
                let up = self.turns.iter().fold(self.up, |up, turn| turn.after(up));
                set_in_motion(movement, self.sleeper, up)
            } else {
                echo(movement, self.sleeper)
            };
            self.take(score);
        }
    }

    fn take(&mut self, score: Score) {
        let bandwidth = self.sensor.bandwidth_hz();
        self.bursts.extend(
            score
                .bursts
                .into_iter()
                .map(|burst| burst.through(bandwidth)),
        );
        for turn in score.turns {
            let at = self
                .turns
                .iter()
                .rposition(|other| other.start_s <= turn.start_s)
                .map_or(0, |n| n + 1);
            self.turns.insert(at, turn);
        }
    }

    /// Breathing shifts weight through the bed; each beat of the heart rings at about 6 Hz (ballistocardiogram).
    fn breath_and_pulse(&self, t: f64, up: Vec3) -> Vec3 {
        let s = self.sleeper;
        let breath = sin(TAU * s.breath_hz * t + 0.9 * self.slow.wander);
        let height = s.breath_g * (1.0 + 0.35 * self.slow.depth);
        let way = cross(up, self.breath_way);
        let felt = times(way, height * breath);
        let beat = t * s.pulse_hz + 0.1 * self.slow.wander;
        let since = (beat - whole(beat) as f64) / s.pulse_hz;
        if since > 0.6 {
            return felt;
        }
        let pulse = s.pulse_g * exp(-since / 0.13) * sin(TAU * 6.0 * since);
        plus(felt, times(self.breath_way, pulse))
    }

    fn in_sensor(&self, v: Vec3) -> Vec3 {
        self.mount.map(|axis| dot(axis, v))
    }

    fn is_lost(&self, t: f64) -> bool {
        self.lost.iter().any(|(from, to)| *from <= t && t < *to)
    }

    fn is_off_leg(&self, t: f64) -> bool {
        self.off_leg.iter().any(|(from, to)| *from <= t && t < *to)
    }
}

/// What changes so slowly that once a second is enough; straight lines between.
#[derive(Debug, Clone)]
struct SlowWaves {
    phase: f64,
    second: i64,
    from: [f64; 3],
    to: [f64; 3],
    /// Breath and pulse are not quite steady.
    wander: f64,
    /// How deep the breath goes.
    depth: f64,
    /// Offsets drift with the temperature under the blanket: 2 mg over hours.
    drift: Vec3,
}

impl SlowWaves {
    fn new(phase: f64) -> Self {
        let mut waves = Self {
            phase,
            second: 0,
            from: [0.0; 3],
            to: [0.0; 3],
            wander: 0.0,
            depth: 0.0,
            drift: [0.0; 3],
        };
        waves.from = waves.knot(0);
        waves.to = waves.knot(1);
        waves
    }

    fn knot(&self, second: i64) -> [f64; 3] {
        let t = second as f64;
        [
            sin(TAU * t / 61.0),
            sin(TAU * t / 743.0),
            sin(TAU * (t / 16_000.0 + self.phase)),
        ]
    }

    fn at(&mut self, t: f64) {
        let second = whole(t);
        if second != self.second {
            self.from = self.knot(second);
            self.to = self.knot(second + 1);
            self.second = second;
        }
        let part = t - second as f64;
        let [wander, depth, slow] =
            [0, 1, 2].map(|n| self.from[n] + part * (self.to[n] - self.from[n]));
        self.wander = wander;
        self.depth = depth;
        self.drift = [0.002 * slow, -0.001 * slow, 0.001_5 * slow];
    }
}

/// How the sensor sits on the limb: anywhere around it, on any of its faces, a little askew. Rows are the sensor's axes.
fn mount(r: &mut Random) -> [Vec3; 3] {
    let around = TAU * r.uniform();
    let face = f64::from(u32::try_from(r.pick([1.0, 1.0, 1.0, 1.0])).unwrap_or(0)) * 0.25 * TAU;
    let askew = r.direction();
    let by = 0.14 * r.normal();
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(|axis| {
        let v = turned(axis, [1.0, 0.0, 0.0], face);
        let v = turned(v, [0.0, 0.0, 1.0], around);
        turned(v, askew, by)
    })
}

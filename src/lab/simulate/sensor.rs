//! The sensor: what it makes of the acceleration that it feels.

use super::elementary::whole;
use super::limb::Vec3;
use super::random::Random;

/// A sensor and its clock.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensor {
    /// Samples per second by the device's own clock.
    pub rate_hz: f64,
    /// Step of its values in g: 0.0005 (AX6, ±16 g), 0.004 (ActiGraph, Garmin), 0.0156 (AX3 packed, E4); 0 for none.
    pub resolution_g: f64,
    /// Largest value on an axis in g; beyond it the values clip.
    pub range_g: f64,
    /// Noise on each axis, standard deviation in g. MEMS data sheets give 100–300 µg/√Hz: 0.7–2 mg over 50 Hz.
    pub noise_g: f64,
    /// Standard deviation of the offset of each axis, in g: 20–40 mg uncalibrated.
    pub offset_g: f64,
    /// Standard deviation of the scale error of each axis.
    pub scale_error: f64,
    /// How much faster the device's clock runs than a true one, in parts per million.
    pub drift_ppm: f64,
    /// How far a time stamp strays from its sample to either side, as a share of the time between samples.
    pub jitter: f64,
    /// Blocks of samples that are lost, per hour.
    pub dropped_per_h: f64,
    /// Median length of a lost block in seconds; log-normal with sigma 0.8.
    pub dropped_median_s: f64,
    /// Whether the device repeats its last value at rest, and what wakes it.
    pub idle_sleep: Option<IdleSleep>,
}

impl Default for Sensor {
    /// A good wearable: 50 Hz, ±8 g, 4 mg steps, 1.5 mg noise, nothing lost.
    fn default() -> Self {
        Self {
            rate_hz: 50.0,
            resolution_g: 0.003_906_25,
            range_g: 8.0,
            noise_g: 0.001_5,
            offset_g: 0.015,
            scale_error: 0.005,
            drift_ppm: 0.0,
            jitter: 0.0,
            dropped_per_h: 0.0,
            dropped_median_s: 5.0,
            idle_sleep: None,
        }
    }
}

/// A mode that saves power: at rest the device stops measuring and its export repeats the last value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IdleSleep {
    /// Rest before it falls asleep, in seconds.
    pub after_s: f64,
    /// Change on an axis that wakes it, in g.
    pub wakes_at_g: f64,
}

impl IdleSleep {
    /// ActiGraph's: after 10 s below 40 mg.
    pub const ACTIGRAPH: Self = Self {
        after_s: 10.0,
        wakes_at_g: 0.040,
    };
}

impl Sensor {
    /// Bandwidth of its anti-alias filter: a little under half the rate, as MEMS sensors have it.
    pub fn bandwidth_hz(&self) -> f64 {
        0.45 * self.rate_hz
    }

    /// When blocks are lost in a recording of this length: start and end in seconds.
    pub(super) fn lost_blocks(&self, seed: u64, purpose: &str, length_s: f64) -> Vec<(f64, f64)> {
        let mut blocks = Vec::new();
        if self.dropped_per_h <= 0.0 {
            return blocks;
        }
        let mut r = Random::stream(seed, purpose);
        let mut at = 0.0;
        loop {
            at += r.wait(3_600.0 / self.dropped_per_h);
            let end = at + r.log_normal(self.dropped_median_s, 0.8);
            if end >= length_s {
                return blocks;
            }
            blocks.push((at, end));
            at = end;
        }
    }
}

/// A sensor at work: its errors drawn, its last value remembered.
#[derive(Debug, Clone)]
pub(super) struct Converter {
    sensor: Sensor,
    offset: Vec3,
    scale: Vec3,
    noise: Random,
    still_for: u64,
    asleep: bool,
    last: Vec3,
}

impl Converter {
    pub(super) fn new(sensor: &Sensor, seed: u64, purpose: &str) -> Self {
        let mut r = Random::stream(seed, purpose);
        let offset = [0; 3].map(|_| sensor.offset_g * r.normal());
        let scale = [0; 3].map(|_| 1.0 + sensor.scale_error * r.normal());
        Self {
            sensor: sensor.clone(),
            offset,
            scale,
            noise: r,
            still_for: 0,
            asleep: false,
            last: [0.0; 3],
        }
    }

    /// The value that is written for this acceleration.
    pub(super) fn value(&mut self, felt: Vec3) -> Vec3 {
        let mut now = [0.0; 3];
        for axis in 0..3 {
            let raw = felt[axis] * self.scale[axis]
                + self.offset[axis]
                + self.sensor.noise_g * self.noise.normal();
            let clipped = raw.clamp(-self.sensor.range_g, self.sensor.range_g);
            now[axis] = if self.sensor.resolution_g > 0.0 {
                whole(clipped / self.sensor.resolution_g + 0.5) as f64 * self.sensor.resolution_g
            } else {
                clipped
            };
        }
        let Some(idle) = self.sensor.idle_sleep else {
            return now;
        };
        let moved = (0..3).any(|axis| (now[axis] - self.last[axis]).abs() > idle.wakes_at_g);
        if moved {
            self.asleep = false;
            self.still_for = 0;
        } else {
            self.still_for += 1;
            if self.still_for as f64 >= idle.after_s * self.sensor.rate_hz {
                self.asleep = true;
            }
        }
        if !self.asleep {
            self.last = now;
        }
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_at_rest_repeats_itself_until_it_is_moved() {
        let sensor = Sensor {
            rate_hz: 30.0,
            idle_sleep: Some(IdleSleep::ACTIGRAPH),
            ..Sensor::default()
        };
        let mut converter = Converter::new(&sensor, 3, "converter");
        let rest: Vec<Vec3> = (0..900).map(|_| converter.value([0.0, 0.0, 1.0])).collect();
        assert!(rest[310..].iter().all(|v| *v == rest[310]));
        assert!(rest[..290].iter().any(|v| *v != rest[0]));
        let moved = converter.value([0.3, 0.0, 1.0]);
        assert_ne!(moved, rest[899]);
    }

    #[test]
    fn values_clip_and_lie_on_steps() {
        let sensor = Sensor {
            range_g: 2.0,
            resolution_g: 1.0 / 64.0,
            ..Sensor::default()
        };
        let mut converter = Converter::new(&sensor, 3, "converter");
        let v = converter.value([5.0, 0.3, -9.0]);
        assert_eq!(v[0], 2.0);
        assert_eq!(v[2], -2.0);
        assert_eq!((v[1] * 64.0).fract(), 0.0);
    }
}

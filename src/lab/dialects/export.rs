//! What a dialect sees of a night: one leg's samples, a clock, a device that has a number.

use std::io;

use jiff::tz::{Offset, TimeZone};

use super::wall::Wall;
use crate::lab::simulate::random::Random;
use crate::lab::simulate::{SampleBlock, SimulatedNight};
use crate::model::body::Leg;

/// Metres per second squared in one g (CGPM 1901, resolution 2).
pub(super) const STANDARD_GRAVITY: f64 = 9.806_65;

/// One leg's recording of a night, ready to be written.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    night: &'a SimulatedNight,
    leg: Leg,
}

/// A sample.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// From 0.
    pub number: u64,
    /// Nanoseconds since the first sample, by the device's clock.
    pub since_ns: i64,
    /// Acceleration in g, gravity in it.
    pub g: [f64; 3],
    /// What a phone's fusion calls gravity, in g; zeros unless asked for.
    pub up: [f64; 3],
    /// Angular rate in degrees per second; zeros unless asked for.
    pub turning: [f64; 3],
}

impl Sample {
    /// Seconds since the first sample.
    pub fn since_s(&self) -> f64 {
        self.since_ns as f64 * 1e-9
    }

    /// Acceleration in m/s², gravity in it.
    pub fn metric(&self) -> [f64; 3] {
        self.g.map(|g| g * STANDARD_GRAVITY)
    }

    /// Acceleration in g, gravity taken out.
    pub fn linear_g(&self) -> [f64; 3] {
        [0, 1, 2].map(|axis| self.g[axis] - self.up[axis])
    }

    /// Acceleration in steps of a converter with so many of them a g.
    pub fn counts(&self, per_g: f64) -> [i64; 3] {
        self.g.map(|g| (g * per_g).round() as i64)
    }
}

impl<'a> Export<'a> {
    pub(super) fn new(night: &'a SimulatedNight, leg: Leg) -> Self {
        Self { night, leg }
    }

    /// The leg that wore the sensor.
    pub fn leg(&self) -> Leg {
        self.leg
    }

    /// Rate in Hz by the device's clock.
    pub fn rate_hz(&self) -> f64 {
        self.night.spec().sensor.rate_hz
    }

    /// Largest value of an axis in g.
    pub fn range_g(&self) -> f64 {
        self.night.spec().sensor.range_g
    }

    /// Nanoseconds from 1970-01-01T00:00:00Z to the first sample.
    pub fn start_ns(&self) -> i64 {
        i64::try_from(self.night.start().as_nanosecond()).unwrap_or(i64::MAX)
    }

    /// Length in seconds.
    pub fn length_s(&self) -> f64 {
        self.night.spec().hours * 3_600.0
    }

    /// The wearer's zone.
    pub fn zone(&self) -> &TimeZone {
        self.night.zone()
    }

    /// The wearer's zone by name.
    pub fn zone_name(&self) -> &str {
        &self.night.spec().zone
    }

    /// The wall's offset from UTC when the recording began.
    pub fn offset(&self) -> Offset {
        self.zone().to_offset(self.night.start())
    }

    /// The wall clock of a phone: follows the zone, also through a change of summer time.
    pub fn phone_clock(&self) -> Wall {
        Wall::new(self.zone().clone(), self.start_ns())
    }

    /// The wall clock of a recorder: set once by a computer, knows no summer time.
    pub fn device_clock(&self) -> Wall {
        Wall::new(TimeZone::fixed(self.offset()), self.start_ns())
    }

    /// The wall clock of Greenwich.
    pub fn utc_clock(&self) -> Wall {
        Wall::new(TimeZone::UTC, self.start_ns())
    }

    /// Nanoseconds from 1970 by a recorder that takes its local clock for UTC.
    pub fn local_as_utc_ns(&self) -> i64 {
        self.start_ns() + i64::from(self.offset().seconds()) * 1_000_000_000
    }

    /// A number for the device; the same for both legs' devices plus one.
    pub fn serial(&self) -> u64 {
        let of_night = Random::stream(self.night.spec().seed, "serial").bits() % 9_000_000;
        1_000_000 + of_night + u64::from(self.leg == Leg::Right)
    }

    /// A hardware address of the locally administered kind, so that it is nobody's.
    pub fn address(&self, separator: &str) -> String {
        let serial = self.serial();
        let bytes = [
            0x02,
            0x1E,
            0x67,
            serial >> 16 & 0xff,
            serial >> 8 & 0xff,
            serial & 0xff,
        ];
        bytes.map(|byte| format!("{byte:02X}")).join(separator)
    }

    /// A stream of random numbers for what the format itself adds: late stamps, bursts, other sensors.
    pub fn random(&self, purpose: &str) -> Random {
        Random::stream(
            self.night.spec().seed ^ u64::from(self.leg == Leg::Right),
            purpose,
        )
    }

    /// Hands each sample to `write`; returns how many there were.
    pub fn each(&self, mut write: impl FnMut(&Sample) -> io::Result<()>) -> io::Result<u64> {
        self.walk(false, &mut write)
    }

    /// The same with gravity and angular rate.
    pub fn each_with_fusion(
        &self,
        mut write: impl FnMut(&Sample) -> io::Result<()>,
    ) -> io::Result<u64> {
        self.walk(true, &mut write)
    }

    fn walk(
        &self,
        fusion: bool,
        write: &mut dyn FnMut(&Sample) -> io::Result<()>,
    ) -> io::Result<u64> {
        let mut samples = self.night.samples(self.leg);
        if fusion {
            samples = samples.with_fusion();
        }
        let mut block = SampleBlock::default();
        let mut number = 0;
        while samples.next_block(&mut block) {
            let a = &block.acceleration;
            for n in 0..a.len() {
                let wide = |v: Option<&[f32; 3]>| v.map_or([0.0; 3], |v| v.map(f64::from));
                write(&Sample {
                    number,
                    since_ns: a.stamp_ns[n],
                    g: [a.x[n], a.y[n], a.z[n]].map(f64::from),
                    up: wide(block.gravity.get(n)),
                    turning: wide(block.turning.get(n)),
                })?;
                number += 1;
            }
        }
        Ok(number)
    }
}

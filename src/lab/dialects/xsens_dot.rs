//! Xsens DOT: a line of metadata, a tick of 100 µs in 32 bits, acceleration with or without gravity by mode.

use std::io;

use super::export::STANDARD_GRAVITY;
use super::{Clock, Dialect, Expect, Export, Members, Packing};
use crate::lab::dialects::export::Sample;
use crate::lab::simulate::limb::{cross, dot};

const FREE: Dialect = Dialect {
    name: "xsens_dot",
    made_by: "Xsens DOT, sensor fusion: gravity taken out, turned into the earth's frame",
    packing: Packing::Files,
    rate_hz: 60.0,
    resolution_g: 0.000_5,
    range_g: 16.0,
    idle_sleep: None,
    expect: Expect::linear("xsens_dot", Clock::Local),
    write: |e, m| {
        head(e, m, "", "Sensor fusion Mode - Extended (Quaternion)")?;
        writeln!(
            m,
            "SampleTimeFine,Quat_W,Quat_X,Quat_Y,Quat_Z,FreeAcc_X,FreeAcc_Y,FreeAcc_Z,Status"
        )?;
        free(e, m)
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    FREE,
    Dialect {
        name: "xsens_dot_sep",
        made_by: "Xsens DOT, sensor fusion, with a sep= line",
        write: |e, m| {
            head(
                e,
                m,
                "sep=,\n",
                "Sensor fusion Mode - Extended (Quaternion)",
            )?;
            writeln!(
                m,
                "SampleTimeFine,Quat_W,Quat_X,Quat_Y,Quat_Z,FreeAcc_X,FreeAcc_Y,FreeAcc_Z,Status"
            )?;
            free(e, m)
        },
        ..FREE
    },
    Dialect {
        name: "xsens_dot_inertial",
        made_by: "Xsens DOT, rate quantities: gravity included",
        expect: Expect::in_metric("xsens_dot", Clock::Local),
        write: |e, m| {
            head(e, m, "", "Inertial sensor data Mode - Rate quantities")?;
            writeln!(
                m,
                "PacketCounter,SampleTimeFine,Acc_X,Acc_Y,Acc_Z,Gyr_X,Gyr_Y,Gyr_Z"
            )?;
            e.each_with_fusion(|s| {
                let ([x, y, z], [a, b, c]) = (s.metric(), s.turning);
                let (n, tick) = (s.number % 65_536, tick(s));
                writeln!(m, "{n},{tick},{x:.6},{y:.6},{z:.6},{a:.6},{b:.6},{c:.6}")
            })
        },
        ..FREE
    },
];

/// Ticks of 100 µs that had run when the recording began: half a second later the 32 bits are full.
const FIRST_TICK: i64 = (1 << 32) - 5_000;

fn tick(s: &Sample) -> i64 {
    (FIRST_TICK + s.since_ns / 100_000) & 0xffff_ffff
}

fn head(e: &Export, m: &mut dyn Members, before: &str, mode: &str) -> io::Result<()> {
    m.begin(&format!("logfile_{}.csv", e.address("-")))?;
    let start = e.phone_clock().rounded(0).stamp(' ', '.');
    writeln!(
        m,
        "{before}DeviceTag: Xsens DOT,FirmwareVersion: 2.2.1,AppVersion: 2023.6.0,SyncStatus: Unknown (Synced/Un-synced),\
OutputRate: {},FilterProfile: Unknown,Measurement Mode: {mode},StartTime: {start},© Movella Technologies B.V. 2005-2024",
        e.rate_hz()
    )
}

fn free(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    e.each_with_fusion(|s| {
        let [w, x, y, z] = upright(s.up);
        // The filter has not found "up" yet: the first two seconds still hold most of gravity.
        let missing = (1.0 - 0.5 * s.since_s()).max(0.0);
        let felt = s.linear_g().map(|g| g * STANDARD_GRAVITY);
        let [a, b, mut c] = rotated(felt, [w, x, y, z]);
        c += missing * STANDARD_GRAVITY;
        let tick = tick(s);
        writeln!(
            m,
            "{tick},{w:.4},{x:.4},{y:.4},{z:.4},{a:.4},{b:.4},{c:.4},0"
        )
    })
}

/// The unit quaternion of the shortest turn that brings `up` to the earth's vertical.
fn upright(up: [f64; 3]) -> [f64; 4] {
    let axis = cross(up, [0.0, 0.0, 1.0]);
    let w = 1.0 + up[2];
    let length = (w * w + dot(axis, axis)).sqrt().max(1e-9);
    [
        w / length,
        axis[0] / length,
        axis[1] / length,
        axis[2] / length,
    ]
}

/// `v` turned by a unit quaternion.
fn rotated(v: [f64; 3], [w, x, y, z]: [f64; 4]) -> [f64; 3] {
    let q = [x, y, z];
    let once = cross(q, v);
    let inner = [0, 1, 2].map(|n| once[n] + w * v[n]);
    let twice = cross(q, inner);
    [0, 1, 2].map(|n| v[n] + 2.0 * twice[n])
}

//! Apple Watch research exports: PhysioNet's sleep-accel text and its app's CSV.

use super::{Clock, Dialect, Expect, Packing};

const PHYSIONET: Dialect = Dialect {
    name: "sleep_accel",
    made_by: "PhysioNet sleep-accel: seconds since the sleep study began, spaces, g",
    packing: Packing::Files,
    rate_hz: 50.0,
    resolution_g: 0.000_5,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_g("sleep_accel", Clock::Elapsed),
    write: |e, m| {
        m.begin(&format!("{}_acceleration.txt", e.serial()))?;
        e.each(|s| {
            let [x, y, z] = s.g;
            // The watch was started before the study: the first times are negative.
            writeln!(m, "{:.6} {x:.7} {y:.7} {z:.7}", s.since_s() - 12.5)
        })
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    PHYSIONET,
    Dialect {
        name: "sleep_accel_app",
        made_by: "sleep-accel's watch app: epoch seconds, g",
        expect: Expect::in_g("sleep_accel", Clock::Utc),
        write: |e, m| {
            m.begin(&format!(
                "{}_acceleration.csv",
                e.start_ns() / 1_000_000_000
            ))?;
            writeln!(m, "Timestamp,x,y,z")?;
            e.each(|s| {
                let us = (e.start_ns() + s.since_ns) / 1_000;
                let [x, y, z] = s.g;
                writeln!(
                    m,
                    "{}.{:06},{x:.6},{y:.6},{z:.6}",
                    us / 1_000_000,
                    us % 1_000_000
                )
            })
        },
        ..PHYSIONET
    },
];

//! What later versions of apps added to their exports.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const WRIST_MOTION: Dialect = Dialect {
    name: "wrist_motion",
    made_by: "Sensor Logger on an Apple Watch: gravity and acceleration in one table",
    packing: Packing::Files,
    rate_hz: 100.0,
    resolution_g: 0.000_1,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_g("sensor_logger", Clock::Utc),
    write: wrist_motion,
};

pub(super) const DIALECTS: &[Dialect] = &[
    WRIST_MOTION,
    Dialect {
        name: "physics_toolbox_start",
        made_by: "Physics Toolbox with the start above the table",
        expect: Expect::in_g("physics_toolbox", Clock::Local),
        write: started,
        ..WRIST_MOTION
    },
    Dialect {
        name: "movesense_logger",
        made_by: "Movesense's logger: the device's clock tied to the day",
        rate_hz: 52.0,
        resolution_g: 0.000_244,
        expect: Expect::in_metric("movesense", Clock::Utc),
        write: tied,
        ..WRIST_MOTION
    },
];

/// How long the device had been on, in ms, and samples of a block.
const SINCE_BOOT_MS: i64 = 122_000;
const BLOCK: u64 = 4;

fn tied(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin(&format!("{}_acc.json", e.serial()))?;
    let utc_us = e.start_ns() / 1_000;
    write!(
        m,
        "{{\"Samples\":[{{\"TimeDetailed\":{{\"relativeTime\":{SINCE_BOOT_MS},\"utcTime\":{utc_us}}}}}"
    )?;
    let (mut block, mut stamp_ms, mut written) = (Vec::new(), 0, 0);
    e.each(|s| {
        if block.is_empty() {
            stamp_ms = SINCE_BOOT_MS + s.since_ns / 1_000_000;
        }
        let [x, y, z] = s.metric();
        block.push(format!("{{\"x\":{x},\"y\":{y},\"z\":{z}}}"));
        if (block.len() as u64) < BLOCK {
            return Ok(());
        }
        written += BLOCK;
        let samples = std::mem::take(&mut block).join(",");
        write!(
            m,
            ",{{\"MeasAcc\":{{\"Timestamp\":{stamp_ms},\"ArrayAcc\":[{samples}]}}}}"
        )
    })?;
    write!(m, "]}}")?;
    Ok(written)
}

fn wrist_motion(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("WristMotion.csv")?;
    writeln!(
        m,
        "time,seconds_elapsed,rotationRateX,rotationRateY,rotationRateZ,gravityX,gravityY,gravityZ,accelerationX,accelerationY,accelerationZ,quaternionW,quaternionX,quaternionY,quaternionZ"
    )?;
    e.each_with_fusion(|s| {
        let ns = (e.start_ns() + s.since_ns) / 256 * 256;
        let cells = |values: [f64; 3]| values.map(|v| v.to_string()).join(",");
        let pull = |values: [f64; 3]| cells(values.map(|v| -v));
        writeln!(
            m,
            "{ns},{},{},{},{},0.96,0.25,-0.1,0.0",
            s.since_s(),
            cells(s.turning.map(f64::to_radians)),
            pull(s.up),
            pull(s.linear_g())
        )
    })
}

fn started(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    let mut clock = e.phone_clock();
    let start = clock.rounded(0).stamp(' ', '.');
    m.begin(&format!("g-force_{}.csv", start.replace([' ', ':'], "_")))?;
    writeln!(m, "# Target Sample Rate: {} Hz", e.rate_hz())?;
    writeln!(m, "# Max Device Sample Rate: 200 Hz")?;
    writeln!(m, "# Recording started at: {start}")?;
    writeln!(m, "time,gFx,gFy,gFz,TgF")?;
    e.each(|s| {
        let [x, y, z] = s.g;
        let total = (x * x + y * y + z * z).sqrt();
        writeln!(m, "{:.6},{x:.4},{y:.4},{z:.4},{total:.3}", s.since_s())
    })
}

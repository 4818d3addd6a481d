//! SensorLog (Bernd Thomas) on iPhone and Apple Watch: units in the names, rows at the app's own rate.
//!
//! A row is written whenever the app logs, so the sensor's stamp repeats when the sensor is slower. Signs are iOS's.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};
use crate::lab::dialects::export::Sample;
use crate::lab::dialects::wall::Moment;

const ISO: Dialect = Dialect {
    name: "sensorlog",
    made_by: "SensorLog, ISO logging time",
    packing: Packing::Files,
    rate_hz: 50.0,
    resolution_g: 0.000_5,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_g("sensor_log", Clock::Zoned),
    write: |e, m| log(e, m, |at| at.stamp('T', '.') + &at.offset(":")),
};

pub(super) const DIALECTS: &[Dialect] = &[
    ISO,
    Dialect {
        name: "sensorlog_old",
        made_by: "SensorLog, older logging time",
        write: |e, m| {
            log(e, m, |at| {
                format!("{} {}", at.stamp(' ', '.'), at.offset(""))
            })
        },
        ..ISO
    },
    Dialect {
        name: "sensorlog_motion",
        made_by: "SensorLog, device motion alone: user acceleration and gravity",
        write: motion,
        ..ISO
    },
];

/// Seconds since the phone was switched on.
const UPTIME_S: f64 = 98_765.25;

fn begin(e: &Export, m: &mut dyn Members) -> io::Result<()> {
    let shown = e.phone_clock().at(0);
    let date = shown.date().replace('-', "");
    m.begin(&format!(
        "stream Apple Watch {} {}.csv",
        &date[2..],
        shown.clock().replace(':', "_")
    ))
}

fn log(e: &Export, m: &mut dyn Members, time: fn(&Moment) -> String) -> io::Result<u64> {
    begin(e, m)?;
    writeln!(
        m,
        "loggingTime(txt),loggingSample(N),accelerometerTimestamp_sinceReboot(s),accelerometerAccelerationX(G),\
accelerometerAccelerationY(G),accelerometerAccelerationZ(G),motionUserAccelerationX(G),motionUserAccelerationY(G),\
motionUserAccelerationZ(G),motionGravityX(G),motionGravityY(G),motionGravityZ(G)"
    )?;
    let mut clock = e.phone_clock();
    let mut logged = 0;
    e.each_with_fusion(|s| {
        // Every tenth time the log runs ahead of the sensor and writes the same reading once more.
        let times = if s.number % 10 == 9 { 2 } else { 1 };
        for again in 0..times {
            logged += 1;
            let shown = clock.rounded(s.since_ns + again * 5_000_000);
            let uptime = UPTIME_S + s.since_s();
            writeln!(m, "{},{logged},{uptime:.6},{}", time(&shown), cells(s))?;
        }
        Ok(())
    })?;
    Ok(logged)
}

fn cells(s: &Sample) -> String {
    let of = |v: [f64; 3]| v.map(|g| format!("{:.6}", -g)).join(",");
    format!("{},{},{}", of(s.g), of(s.linear_g()), of(s.up))
}

fn motion(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    begin(e, m)?;
    writeln!(
        m,
        "loggingTime(txt),motionTimestamp_sinceReboot(s),motionUserAccelerationX(G),motionUserAccelerationY(G),\
motionUserAccelerationZ(G),motionGravityX(G),motionGravityY(G),motionGravityZ(G)"
    )?;
    let mut clock = e.phone_clock();
    e.each_with_fusion(|s| {
        let shown = clock.rounded(s.since_ns);
        let of = |v: [f64; 3]| v.map(|g| format!("{:.6}", -g)).join(",");
        let (time, uptime) = (
            shown.stamp('T', '.') + &shown.offset(":"),
            UPTIME_S + s.since_s(),
        );
        writeln!(m, "{time},{uptime:.6},{},{}", of(s.linear_g()), of(s.up))
    })
}

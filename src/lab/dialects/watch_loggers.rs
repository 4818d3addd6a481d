//! Loggers on watches: Wear OS, Garmin ConnectIQ, Fitbit's SDK, Samsung's Tizen.

use std::io;

use super::export::STANDARD_GRAVITY;
use super::{Clock, Dialect, Expect, Export, Members, Packing};

const WEAR_OS: Dialect = Dialect {
    name: "wear_os",
    made_by: "a Wear OS logger: axes first, two clocks, a hole and a step backwards",
    packing: Packing::Files,
    rate_hz: 33.4,
    resolution_g: 0.000_244,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_metric("wear_os", Clock::Local),
    write: wear_os,
};

pub(super) const DIALECTS: &[Dialect] = &[
    WEAR_OS,
    Dialect {
        name: "garmin",
        made_by: "a Garmin ConnectIQ logger: no header, ISO time with offset, mg, stamps twice, a hole",
        rate_hz: 25.0,
        resolution_g: 0.004,
        expect: Expect::in_mg("garmin_raw", Clock::Zoned),
        write: garmin,
        ..WEAR_OS
    },
    Dialect {
        name: "fitbit",
        made_by: "Fitbit SDK accel-fetcher: stamps rounded to 10 ms, jumps that cancel",
        rate_hz: 50.0,
        expect: Expect::in_metric("fitbit_sdk", Clock::Utc),
        write: fitbit,
        ..WEAR_OS
    },
    Dialect {
        name: "tizen",
        made_by: "a Samsung Tizen logger: fourteen columns without names, whole seconds",
        rate_hz: 25.0,
        expect: Expect::in_metric("tizen", Clock::Utc),
        write: tizen,
        ..WEAR_OS
    },
];

fn wear_os(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    const SINCE_BOOT_NS: i64 = 18_659_800_524_547;
    m.begin(&format!(
        "P01_night_{}_accelerometer.csv",
        e.start_ns() / 1_000_000_000
    ))?;
    write!(
        m,
        "x(m/s^2),y(m/s^2),z(m/s^2),internal_ts,watch_timestamp\r\n"
    )?;
    let mut clock = e.phone_clock();
    let hole = (0.4 * e.length_s(), 0.4 * e.length_s() + 7.5);
    let step_back = (0.8 * e.length_s() * e.rate_hz()) as u64;
    let mut n = 0;
    e.each(|s| {
        if s.since_s() > hole.0 && s.since_s() < hole.1 {
            return Ok(());
        }
        // Two samples change places.
        let at = match s.number {
            number if number == step_back => s.since_ns + 35_000_000,
            _ => s.since_ns,
        };
        n += 1;
        let [x, y, z] = s.metric();
        let shown = clock.rounded(at).stamp(' ', '.');
        write!(m, "{x:.6},{y:.6},{z:.6},{},{shown}\r\n", SINCE_BOOT_NS + at)
    })?;
    Ok(n)
}

fn garmin(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("acc.csv")?;
    let mut clock = e.phone_clock();
    let hole = (0.3 * e.length_s(), 0.3 * e.length_s() + 6.0);
    let mut n = 0;
    let mut last_ns = 0;
    e.each(|s| {
        if s.since_s() > hole.0 && s.since_s() < hole.1 {
            return Ok(());
        }
        // Batches meet: their last and first sample share a stamp.
        let at = if s.number % 100 == 99 {
            last_ns
        } else {
            s.since_ns
        };
        last_ns = at;
        n += 1;
        let [x, y, z] = s.counts(1_000.0);
        let shown = clock.rounded(at);
        writeln!(
            m,
            "{}{};{x};{y};{z}",
            shown.stamp('T', '.'),
            shown.offset(":")
        )
    })?;
    Ok(n)
}

fn fitbit(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("accel.csv")?;
    write!(m, "timestamp_ms,x,y,z\r\n")?;
    e.each(|s| {
        let jump = if s.number % 500 == 250 { 10 } else { 0 };
        let ms = (e.start_ns() + s.since_ns + 5_000_000) / 10_000_000 * 10 + jump;
        let [x, y, z] = s.metric();
        write!(m, "{ms},{x:.3},{y:.3},{z:.3}\r\n")
    })
}

fn tizen(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("watch.csv")?;
    e.each_with_fusion(|s| {
        let second = (e.start_ns() + s.since_ns) / 1_000_000_000;
        let metric = |v: [f64; 3]| v.map(|g| format!("{:.4}", g * STANDARD_GRAVITY)).join(",");
        let turning = s.turning.map(|v| format!("{v:.3}")).join(",");
        writeln!(
            m,
            "62,204815,{},{turning},1013.2,{},{second},0",
            metric(s.g),
            metric(s.up)
        )
    })
}

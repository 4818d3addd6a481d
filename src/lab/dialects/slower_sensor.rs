//! Tables whose rows are not the accelerometer's alone, or whose stamps are not its clock's.
//!
//! Headbands write a row for each sample of brain waves and repeat the last one of the accelerometer; loggers of all sensors
//! give each sample a row and say whose it is; radio links stall and send late what they kept, stamped on receipt.

use std::io;

use super::export::STANDARD_GRAVITY;
use super::{Clock, Dialect, Expect, Export, Members, Packing};

const HEADBAND: Dialect = Dialect {
    name: "headband",
    made_by: "a brain-wave headband's app: a row a sample of the waves, acceleration held",
    packing: Packing::Files,
    rate_hz: 17.25,
    resolution_g: 0.000_061,
    range_g: 2.0,
    idle_sleep: None,
    expect: Expect::in_g("generic_table", Clock::Local),
    write: headband,
};

pub(super) const DIALECTS: &[Dialect] = &[
    HEADBAND,
    Dialect {
        name: "radio_stall",
        made_by: "a radio link that stalls: stamps of receipt, what was kept comes late and fast",
        rate_hz: 51.2,
        expect: Expect::in_g("generic_table", Clock::Utc),
        write: stall,
        ..HEADBAND
    },
    Dialect {
        name: "sensor_column",
        made_by: "an Android logger: a row a sample of any sensor, a column says whose",
        rate_hz: 50.0,
        range_g: 4.0,
        expect: Expect::in_metric("generic_table", Clock::Utc),
        write: in_turn,
        ..HEADBAND
    },
];

/// The gyroscope and the acceleration without gravity take turns with the accelerometer, each in a row of its own.
fn in_turn(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("sensors.csv")?;
    writeln!(m, "timestamp,sensor,x,y,z")?;
    e.each_with_fusion(|s| {
        let ms = |late_ns: i64| (e.start_ns() + s.since_ns + late_ns) / 1_000_000;
        for (sensor, late_ns, values) in [
            ("accelerometer", 500_000, s.metric()),
            ("gyroscope", 3_500_000, s.turning.map(f64::to_radians)),
            (
                "linear_acceleration",
                5_500_000,
                s.linear_g().map(|g| g * STANDARD_GRAVITY),
            ),
        ] {
            let [x, y, z] = values;
            writeln!(m, "{},{sensor},{x:.5},{y:.5},{z:.5}", ms(late_ns))?;
        }
        Ok(())
    })
}

/// Rows for each sample of the accelerometer.
const ROWS: u64 = 12;

/// A packet of twelve samples of the waves, in rows a millisecond apart, and one of the accelerometer.
fn headband(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("headband.csv")?;
    writeln!(
        m,
        "TimeStamp,RAW_TP9,RAW_AF7,Accelerometer_X,Accelerometer_Y,Accelerometer_Z,Gyro_X,Gyro_Y,Gyro_Z,HeadBandOn,Battery"
    )?;
    let mut waves = e.random("waves");
    let mut clock = e.phone_clock();
    let n = e.each_with_fusion(|s| {
        let ([x, y, z], [a, b, c]) = (s.g, s.turning);
        for row in 0..ROWS {
            let shown = clock.rounded(s.since_ns + row as i64 * 300_000);
            let [left, right] = [0, 1].map(|_| 800.0 + 12.0 * waves.normal());
            writeln!(
                m,
                "{},{left:.4},{right:.4},{x},{y},{z},{a:.4},{b:.4},{c:.4},1,95.0",
                shown.stamp(' ', '.')
            )?;
        }
        Ok(())
    })?;
    Ok(n * ROWS)
}

/// When the link stalls, until when, and when it has caught up, in nanoseconds since the start.
const STALLS: i64 = 10_500_000_000;
const WAKES: i64 = 13_900_000_000;
const CAUGHT_UP: i64 = 17_300_000_000;

/// When a sample arrives.
fn received_ns(since_ns: i64) -> i64 {
    match since_ns {
        STALLS..CAUGHT_UP => WAKES + (since_ns - STALLS) / 2,
        _ => since_ns,
    }
}

fn stall(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("radio_log.csv")?;
    writeln!(m, "timestamp,packet_id,accel_x,accel_y,accel_z,battery")?;
    e.each(|s| {
        let us = (e.start_ns() + received_ns(s.since_ns) + 500) / 1_000;
        let [x, y, z] = s.g;
        writeln!(m, "{}.{:06},0,{x},{y},{z},", us / 1_000_000, us % 1_000_000)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stall_loses_nothing_and_is_caught_up() {
        assert_eq!(received_ns(STALLS - 1), STALLS - 1);
        assert_eq!(received_ns(STALLS), WAKES);
        assert_eq!(received_ns(CAUGHT_UP), CAUGHT_UP);
        let late = (0..200).map(|n| received_ns(n * 100_000_000));
        assert!(late.is_sorted());
    }
}

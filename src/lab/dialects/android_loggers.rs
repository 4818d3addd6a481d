//! Small Android loggers: Sensor Record and Accelerometer Monitor.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const RECORD: Dialect = Dialect {
    name: "sensor_record",
    made_by: "Android Sensor Record, archive, milliseconds since the start",
    packing: Packing::Zip,
    rate_hz: 100.0,
    resolution_g: 0.000_5,
    range_g: 4.0,
    idle_sleep: None,
    expect: Expect::in_metric("sensor_record", Clock::Elapsed),
    write: |e, m| {
        m.begin("SensorRecord/Accelerometer1.csv")?;
        writeln!(m, "Milliseconds,X,Y,Z")?;
        e.each(|s| {
            let [x, y, z] = s.metric();
            writeln!(m, "{},{x},{y},{z}", s.since_ns / 1_000_000)
        })
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    RECORD,
    Dialect {
        name: "sensor_record_clock",
        made_by: "Android Sensor Record, a clock to the second and milliseconds since the start",
        packing: Packing::Files,
        expect: Expect::in_metric("sensor_record", Clock::Local),
        write: |e, m| {
            m.begin("Accelerometer12.csv")?;
            writeln!(m, "Timestamp,Milliseconds,X,Y,Z")?;
            let mut clock = e.phone_clock();
            e.each(|s| {
                let [x, y, z] = s.metric();
                let at = clock.at(s.since_ns);
                writeln!(
                    m,
                    "{} {},{},{x},{y},{z}",
                    at.date(),
                    at.clock(),
                    s.since_ns / 1_000_000 + 1
                )
            })
        },
        ..RECORD
    },
    Dialect {
        name: "accelerometer_monitor",
        made_by: "Accelerometer Monitor (Mobile Tools): a preamble, the time difference in each row",
        packing: Packing::Files,
        rate_hz: 50.0,
        expect: Expect::in_metric("accelerometer_monitor", Clock::Local),
        write: differences,
        ..RECORD
    },
];

fn differences(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    m.begin("accelerometer.txt")?;
    let at = e.phone_clock().at(0);
    // 1970-01-01 was a Thursday.
    let weekday = e
        .local_as_utc_ns()
        .div_euclid(86_400_000_000_000)
        .rem_euclid(7);
    writeln!(m, "# Accelerometer Values\n# filename: accelerometer.txt")?;
    writeln!(
        m,
        "# Saving start time: {} {} {:02} {} CEST {}",
        DAYS[weekday as usize % 7],
        MONTHS[usize::from(at.month.unsigned_abs()).clamp(1, 12) - 1],
        at.day,
        at.clock(),
        at.year
    )?;
    writeln!(m, "# X value, Y value, Z value, time diff in ms")?;
    let mut last_ms = 0;
    let rows = e.each(|s| {
        let ms = s.since_ns / 1_000_000;
        let [x, y, z] = s.metric();
        writeln!(m, "{x:.3} {y:.3} {z:.3} {}", ms - last_ms)?;
        last_ms = ms;
        Ok(())
    })?;
    writeln!(m, "# end")?;
    Ok(rows)
}

//! Sensor Logger (Kelvin Choi): one file a sensor with the same header, the sensor told by the file's name.
//!
//! `Accelerometer.csv` is without gravity on both platforms. Android adds `TotalAcceleration.csv`, iOS `Gravity.csv` and an
//! uncalibrated file in g; signs on iOS are those of gravity's pull, against Android's.

use std::io;

use super::export::STANDARD_GRAVITY;
use super::{Clock, Dialect, Expect, Export, Members, Packing};
use crate::lab::dialects::export::Sample;

const ANDROID_ZIP: Dialect = Dialect {
    name: "sensor_logger_android",
    made_by: "Sensor Logger on Android, archive with TotalAcceleration",
    packing: Packing::Zip,
    rate_hz: 100.0,
    resolution_g: 0.000_5,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_metric("sensor_logger", Clock::Zoned),
    write: |e, m| android(e, m, &recording(e), Order::Zyx),
};

/// A single file of the sensor without gravity.
const LINEAR: Dialect = Dialect {
    name: "sensor_logger_linear",
    made_by: "Sensor Logger, Accelerometer.csv alone",
    packing: Packing::Files,
    expect: Expect::linear("sensor_logger", Clock::Utc),
    write: |e, m| {
        m.begin("Accelerometer.csv")?;
        sensor(e, m, Order::Zyx, &|s| {
            s.linear_g().map(|g| g * STANDARD_GRAVITY)
        })
    },
    ..ANDROID_ZIP
};

pub(super) const DIALECTS: &[Dialect] = &[
    ANDROID_ZIP,
    Dialect {
        name: "sensor_logger_android_folder",
        made_by: "Sensor Logger 1.47 on Android, folder, columns y, z, x",
        packing: Packing::Files,
        write: |e, m| android(e, m, &recording(e), Order::Yzx),
        ..ANDROID_ZIP
    },
    Dialect {
        name: "sensor_logger_ios",
        made_by: "Sensor Logger on iOS, archive with Accelerometer and Gravity",
        expect: Expect::in_metric("sensor_logger", Clock::Utc),
        write: |e, m| ios(e, m, &recording(e)),
        ..ANDROID_ZIP
    },
    Dialect {
        name: "sensor_logger_ios_folder",
        made_by: "Sensor Logger on iOS, folder with Accelerometer and Gravity",
        packing: Packing::Files,
        expect: Expect::in_metric("sensor_logger", Clock::Utc),
        write: |e, m| ios(e, m, &recording(e)),
        ..ANDROID_ZIP
    },
    LINEAR,
    Dialect {
        name: "sensor_logger_2021",
        made_by: "Sensor Logger of 2021, Accelerometer.csv without seconds_elapsed",
        write: |e, m| {
            m.begin("Accelerometer.csv")?;
            sensor(e, m, Order::OfOld, &|s| {
                s.linear_g().map(|g| g * STANDARD_GRAVITY)
            })
        },
        ..LINEAR
    },
    Dialect {
        name: "sensor_logger_total",
        made_by: "Sensor Logger on Android, TotalAcceleration.csv alone",
        expect: Expect::in_metric("sensor_logger", Clock::Utc),
        write: |e, m| {
            m.begin("TotalAcceleration.csv")?;
            sensor(e, m, Order::Zyx, &Sample::metric)
        },
        ..LINEAR
    },
    Dialect {
        name: "sensor_logger_uncalibrated",
        made_by: "Sensor Logger on iOS, AccelerometerUncalibrated.csv alone: in g",
        expect: Expect::in_g("sensor_logger", Clock::Utc),
        write: |e, m| {
            m.begin("AccelerometerUncalibrated.csv")?;
            sensor(e, m, Order::Zyx, &|s| s.g.map(|g| -g))
        },
        ..LINEAR
    },
    Dialect {
        name: "sensor_logger_gyroscope",
        made_by: "Sensor Logger, Gyroscope.csv: the accelerometer's header",
        expect: Expect::Refused {
            code: "not_acceleration",
        },
        write: |e, m| {
            m.begin("Gyroscope.csv")?;
            sensor(e, m, Order::Zyx, &|s| s.turning.map(f64::to_radians))
        },
        ..LINEAR
    },
];

/// The order of the columns, which changed with the app's versions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Zyx,
    Yzx,
    /// As `Zyx`, without `seconds_elapsed`.
    OfOld,
}

/// `2024-05-14_22-40-00`: the recording's name, by the wall.
fn recording(e: &Export) -> String {
    let shown = e.phone_clock().at(0);
    format!("{}_{}", shown.date(), shown.clock().replace(':', "-"))
}

fn sensor(
    e: &Export,
    m: &mut dyn Members,
    order: Order,
    values: &dyn Fn(&Sample) -> [f64; 3],
) -> io::Result<u64> {
    writeln!(
        m,
        "{}",
        match order {
            Order::Zyx => "time,seconds_elapsed,z,y,x",
            Order::Yzx => "time,seconds_elapsed,y,z,x",
            Order::OfOld => "time,z,y,x",
        }
    )?;
    e.each_with_fusion(|s| {
        // The app's times are doubles of milliseconds made nanoseconds: the last two digits are always 0.
        let ns = (e.start_ns() + s.since_ns) / 100 * 100;
        let [x, y, z] = values(s);
        let elapsed = s.since_s();
        match order {
            Order::Zyx => writeln!(m, "{ns},{elapsed},{z},{y},{x}"),
            Order::Yzx => writeln!(m, "{ns},{elapsed},{y},{z},{x}"),
            Order::OfOld => writeln!(m, "{ns},{z},{y},{x}"),
        }
    })
}

fn android(e: &Export, m: &mut dyn Members, folder: &str, order: Order) -> io::Result<u64> {
    let metric = |g: f64| g * STANDARD_GRAVITY;
    m.begin(&format!("{folder}/Accelerometer.csv"))?;
    sensor(e, m, order, &|s| s.linear_g().map(metric))?;
    m.begin(&format!("{folder}/Annotation.csv"))?;
    m.begin(&format!("{folder}/Metadata.csv"))?;
    writeln!(
        m,
        "version,device name,recording epoch time,recording time,recording timezone,platform,appVersion,device id,sensors,sampleRateMs"
    )?;
    write!(
        m,
        "3,simulated,{},{folder},{},android,1.26.0,{},Accelerometer|Annotation|TotalAcceleration,{ms}||{ms}",
        e.start_ns() / 1_000_000,
        e.zone_name(),
        device_id(e),
        ms = 1_000.0 / e.rate_hz()
    )?;
    m.begin(&format!("{folder}/TotalAcceleration.csv"))?;
    sensor(e, m, order, &Sample::metric)
}

fn ios(e: &Export, m: &mut dyn Members, folder: &str) -> io::Result<u64> {
    let pull = |g: f64| -g * STANDARD_GRAVITY;
    m.begin(&format!("{folder}/Gyroscope.csv"))?;
    sensor(e, m, Order::Zyx, &|s| s.turning.map(f64::to_radians))?;
    m.begin(&format!("{folder}/Gravity.csv"))?;
    sensor(e, m, Order::Zyx, &|s| s.up.map(pull))?;
    m.begin(&format!("{folder}/Metadata.csv"))?;
    writeln!(
        m,
        "version,device name,recording time,platform,appVersion,device id,sensors,sampleRateMs"
    )?;
    write!(
        m,
        "3,simulated,{folder},ios,1.10.4,{},Accelerometer|Gravity|Gyroscope,{ms}|{ms}|{ms}",
        device_id(e),
        ms = 1_000.0 / e.rate_hz()
    )?;
    m.begin(&format!("{folder}/Accelerometer.csv"))?;
    sensor(e, m, Order::Zyx, &|s| s.linear_g().map(pull))
}

fn device_id(e: &Export) -> String {
    format!("00000000-0000-4000-8000-{:012x}", e.serial())
}

//! x-io NGIMU: the SD card's CSV; gyroscope first, some stamps twice.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const SENSORS: Dialect = Dialect {
    name: "ngimu",
    made_by: "x-io NGIMU, sensors.csv",
    packing: Packing::Files,
    rate_hz: 400.0,
    resolution_g: 0.000_488,
    range_g: 16.0,
    idle_sleep: None,
    expect: Expect::in_g("ngimu", Clock::Elapsed),
    write: sensors,
};

pub(super) const DIALECTS: &[Dialect] = &[
    SENSORS,
    Dialect {
        name: "ngimu_linear",
        made_by: "x-io NGIMU, linear.csv: gravity taken out",
        expect: Expect::Read {
            format: "ngimu",
            unit: "g",
            counts_per_g: None,
            gravity: false,
            clock: Clock::Elapsed,
        },
        write: |e, m| {
            m.begin("linear.csv")?;
            writeln!(m, "Time (s),X (g),Y (g),Z (g)")?;
            e.each_with_fusion(|s| {
                let [x, y, z] = s.linear_g();
                writeln!(m, "{:.9},{x:.7},{y:.7},{z:.7}", s.since_s() + LEAD_S)
            })
        },
        ..SENSORS
    },
];

const LEAD_S: f64 = 0.002_476_692;

fn sensors(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("sensors.csv")?;
    writeln!(
        m,
        "Time (s),Gyroscope X (deg/s),Gyroscope Y (deg/s),Gyroscope Z (deg/s),Accelerometer X (g),Accelerometer Y (g),\
Accelerometer Z (g),Magnetometer X (uT),Magnetometer Y (uT),Magnetometer Z (uT),Barometer (hPa)"
    )?;
    let mut last = 0.0;
    e.each_with_fusion(|s| {
        let at = if s.number % 250 == 249 {
            last
        } else {
            s.since_s() + LEAD_S
        };
        last = at;
        let ([x, y, z], [a, b, c]) = (s.g, s.turning);
        writeln!(
            m,
            "{at:.9},{a:.7},{b:.7},{c:.7},{x:.7},{y:.7},{z:.7},33.94368,6.522867,-23.08749,1004.789"
        )
    })
}

//! AndroSensor: thirty columns, twice a second unless told otherwise; too slow for leg movements then.

use std::io;

use super::export::STANDARD_GRAVITY;
use super::{Clock, Dialect, Expect, Export, Members, Packing};

const USUAL: Dialect = Dialect {
    name: "androsensor",
    made_by: "AndroSensor at its usual 2 Hz",
    packing: Packing::Files,
    rate_hz: 2.0,
    resolution_g: 0.000_1,
    range_g: 4.0,
    idle_sleep: None,
    expect: Expect::Refused { code: "too_slow" },
    write: |e, m| table(e, m, ";", b"\xc2\xb2", ""),
};

pub(super) const DIALECTS: &[Dialect] = &[
    USUAL,
    Dialect {
        name: "androsensor_fast",
        made_by: "AndroSensor set to 50 ms",
        rate_hz: 20.0,
        expect: Expect::in_metric("androsensor", Clock::Local),
        ..USUAL
    },
    Dialect {
        name: "androsensor_latin1",
        made_by: "AndroSensor set to 50 ms, saved again in Latin-1",
        rate_hz: 20.0,
        expect: Expect::in_metric("androsensor", Clock::Local),
        write: |e, m| table(e, m, ";", b"\xb2", ""),
        ..USUAL
    },
    Dialect {
        name: "androsensor_commas_first",
        made_by: "AndroSensor set to 50 ms, saved again with a first row of commas",
        rate_hz: 20.0,
        expect: Expect::in_metric("androsensor", Clock::Local),
        write: |e, m| table(e, m, ",", b"\xc2\xb2", ",,,,,,,,,,,,,,,,\n"),
        ..USUAL
    },
];

/// The table; `squared` is the raised two in the file's encoding.
fn table(
    e: &Export,
    m: &mut dyn Members,
    d: &str,
    squared: &[u8],
    before: &str,
) -> io::Result<u64> {
    let shown = e.phone_clock().at(0);
    let date = shown.date().replace('-', "");
    let clock = shown.clock().replace(':', "");
    m.begin(&format!("Sensor_record_{date}_{clock}_AndroSensor.csv"))?;
    m.write_all(before.as_bytes())?;
    for sensor in ["ACCELEROMETER", "GRAVITY", "LINEAR ACCELERATION"] {
        for axis in ["X", "Y", "Z"] {
            write!(m, "{sensor} {axis} (m/s")?;
            m.write_all(squared)?;
            write!(m, "){d}")?;
        }
    }
    let rest = [
        "GYROSCOPE X (rad/s)",
        "GYROSCOPE Y (rad/s)",
        "GYROSCOPE Z (rad/s)",
        "LIGHT (lux)",
        "SOUND LEVEL (dB)",
        "LOCATION Altitude-google ( m)",
        "Satellites in range",
        "Time since start in ms ",
        "YYYY-MO-DD HH-MI-SS_SSS",
    ];
    writeln!(m, "{}", rest.join(d))?;
    let mut clock = e.phone_clock();
    e.each_with_fusion(|s| {
        for v in [s.g, s.up, s.linear_g()] {
            let cells = v.map(|g| format!("{:.4}", g * STANDARD_GRAVITY));
            write!(m, "{}{d}", cells.join(d))?;
        }
        let turning = s.turning.map(|v| format!("{:.4}", v.to_radians())).join(d);
        let since = s.since_ns / 1_000_000 + 16;
        let shown = clock.rounded(s.since_ns).stamp(' ', ':');
        writeln!(
            m,
            "{turning}{d}0.0{d}38.2{d}NaN{d}4 / 16{d}{since}{d}{shown}"
        )
    })
}

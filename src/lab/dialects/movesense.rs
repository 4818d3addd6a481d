//! Movesense: JSON of the Showcase app (blocks of eight samples, a stamp a block) and CSV conversions.
//!
//! m/s² with gravity, although the resource behind the CSV is called LinearAcceleration.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const JSON: Dialect = Dialect {
    name: "movesense_json",
    made_by: "Movesense Showcase, IMU9 JSON",
    packing: Packing::Files,
    rate_hz: 104.0,
    resolution_g: 0.000_244,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_metric("movesense", Clock::Elapsed),
    write: json,
};

pub(super) const DIALECTS: &[Dialect] = &[
    JSON,
    Dialect {
        name: "movesense_csv",
        made_by: "Movesense, CSV conversion of /Meas/Acc",
        write: |e, m| {
            let shown = e.phone_clock().at(0);
            let date = shown.date().replace('-', "");
            let clock = shown.clock().replace(':', "");
            m.begin(&format!(
                "{date}T{clock}_{}_LinearAcceleration.csv",
                e.serial()
            ))?;
            writeln!(m, "timestamp,x,y,z")?;
            e.each(|s| {
                let [x, y, z] = s.metric();
                writeln!(
                    m,
                    "{},{x:.6},{y:.6},{z:.6}",
                    SINCE_BOOT_MS + s.since_ns / 1_000_000
                )
            })
        },
        ..JSON
    },
];

/// How long the device had been on, in ms.
const SINCE_BOOT_MS: i64 = 158_319;
const BLOCK: usize = 8;

fn json(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin(&format!("MovesenseLog_1_{}.json", e.serial()))?;
    write!(m, "{{\"Meas\":{{\"IMU9\":[")?;
    let (mut acceleration, mut turning) = (Vec::new(), Vec::new());
    let mut between = "";
    let mut written = 0;
    let triple = |[x, y, z]: [f64; 3]| format!("{{\"x\":{x},\"y\":{y},\"z\":{z}}}");
    e.each_with_fusion(|s| {
        acceleration.push(triple(s.metric()));
        turning.push(triple(s.turning));
        if acceleration.len() < BLOCK {
            return Ok(());
        }
        written += BLOCK as u64;
        let field = triple([28.6, 21.3, 105.5]);
        write!(
            m,
            "{between}{{\"ArrayAcc\":[{}],\"ArrayGyro\":[{}],\"ArrayMagn\":[{}],\"Timestamp\":{}}}",
            acceleration.join(","),
            turning.join(","),
            [field.as_str(); BLOCK].join(","),
            SINCE_BOOT_MS + s.since_ns / 1_000_000
        )?;
        between = ",";
        acceleration.clear();
        turning.clear();
        Ok(())
    })?;
    write!(m, "]}}}}")?;
    Ok(written)
}

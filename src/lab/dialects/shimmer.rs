//! Shimmer with Consensys: a line for the spreadsheet, names, units, a trailing delimiter; two accelerometers in one table.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const CONSENSYS: Dialect = Dialect {
    name: "shimmer",
    made_by: "Shimmer3, Consensys PRO CSV",
    packing: Packing::Files,
    rate_hz: 51.2,
    resolution_g: 0.001,
    range_g: 2.0,
    idle_sleep: None,
    expect: Expect::in_metric("shimmer", Clock::Utc),
    write: |e, m| table(e, m, ";", "\"sep=;\"\r\n"),
};

pub(super) const DIALECTS: &[Dialect] = &[
    CONSENSYS,
    Dialect {
        name: "shimmer_tab",
        made_by: "Shimmer3, Consensys BASIC with tabs",
        write: |e, m| table(e, m, "\t", "sep=\\t\r\n"),
        ..CONSENSYS
    },
];

fn table(e: &Export, m: &mut dyn Members, d: &str, before: &str) -> io::Result<u64> {
    let device = format!("Shimmer_{:04X}", e.serial() & 0xffff);
    m.begin(&format!("{device}_Session1_Calibrated_SD.csv"))?;
    m.write_all(before.as_bytes())?;
    let columns = [
        ("Timestamp_Unix", "ms"),
        ("Accel_LN_X", "m/(s^2)"),
        ("Accel_LN_Y", "m/(s^2)"),
        ("Accel_LN_Z", "m/(s^2)"),
        ("Accel_WR_X", "m/(s^2)"),
        ("Accel_WR_Y", "m/(s^2)"),
        ("Accel_WR_Z", "m/(s^2)"),
        ("Battery", "mV"),
        ("GSR_Range", "no_units"),
        ("Gyro_X", "deg/s"),
        ("Gyro_Y", "deg/s"),
        ("Gyro_Z", "deg/s"),
    ];
    for (name, _) in columns {
        write!(m, "{device}_{name}_CAL{d}")?;
    }
    write!(m, "\r\n")?;
    for (_, unit) in columns {
        write!(m, "{unit}{d}")?;
    }
    write!(m, "\r\n")?;
    let mut noise = e.random("wide range");
    e.each_with_fusion(|s| {
        let ms = (e.start_ns() + s.since_ns + 500_000) / 1_000_000;
        write!(m, "{:.12E}{d}", ms as f64)?;
        let low_noise = s.metric();
        // The wide-range chip sits turned by a quarter and is noisier.
        let wide = [low_noise[1], -low_noise[0], low_noise[2]].map(|v| v + 0.03 * noise.normal());
        for v in low_noise.into_iter().chain(wide) {
            write!(m, "{v}{d}")?;
        }
        let [a, b, c] = s.turning;
        write!(m, "4139.2{d}2.0{d}{a}{d}{b}{d}{c}{d}\r\n")
    })
}

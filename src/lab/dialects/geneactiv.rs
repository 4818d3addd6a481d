//! GENEActiv: CSV of its PC software. A header of a hundred lines; a colon before the milliseconds.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const RAW: Dialect = Dialect {
    name: "geneactiv",
    made_by: "GENEActiv PC software, raw CSV",
    packing: Packing::Files,
    rate_hz: 100.0,
    resolution_g: 0.003_9,
    range_g: 8.0,
    idle_sleep: None,
    // The header's zone makes its local times instants.
    expect: Expect::in_g("geneactiv", Clock::Zoned),
    write: |e, m| {
        header(e, m, &format!("{} Hz", e.rate_hz()), &zone_line(e))?;
        rows(e, m)
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    RAW,
    Dialect {
        name: "geneactiv_decimal_comma",
        made_by: "GENEActiv PC software on a computer with decimal commas: 85,7 Hz in the header",
        rate_hz: 85.7,
        write: |e, m| {
            let rate = format!("{} Hz", e.rate_hz()).replace('.', ",");
            header(e, m, &rate, &zone_line(e))?;
            rows(e, m)
        },
        ..RAW
    },
    Dialect {
        name: "geneactiv_epochs",
        made_by: "GENEActiv PC software, compressed to epochs of 60 s",
        rate_hz: 20.0,
        expect: Expect::Refused { code: "aggregated" },
        write: epochs,
        ..RAW
    },
];

/// Lines of the header; the data begin at the next one.
const HEADER_LINES: usize = 100;

fn zone_line(e: &Export) -> String {
    format!("GMT {}", e.device_clock().at(0).offset(":"))
}

/// The header: what stands in which line (counted from 1); the rest is empty.
fn header(e: &Export, m: &mut dyn Members, rate: &str, zone: &str) -> io::Result<()> {
    m.begin(&format!(
        "{}_{}_{}.csv",
        e.leg().name(),
        e.serial(),
        e.device_clock().at(0).date()
    ))?;
    let start = e.device_clock().rounded(0).stamp(' ', ':');
    let mut lines = vec![String::new(); HEADER_LINES];
    let mut set = |line: usize, text: String| {
        if let Some(slot) = lines.get_mut(line - 1) {
            *slot = text;
        }
    };
    set(1, "Device Type,GENEActiv".to_owned());
    set(2, "Device Model,1.1".to_owned());
    set(3, format!("Device Unique Serial Code,{}", e.serial()));
    set(4, "Device Firmware Version,Ver06.17 date15Feb21".to_owned());
    set(5, "Calibration Date,2021-03-01 09:00:00:000".to_owned());
    set(
        6,
        "Application name & version,GENEActiv PC Software Version 3.3".to_owned(),
    );
    set(11, format!("Measurement Frequency,{rate}"));
    set(12, format!("Start Time,{start}"));
    set(13, format!("Last measurement,{start}"));
    set(14, format!("Device Location Code,{} ankle", e.leg().name()));
    set(15, format!("Time Zone,{zone}"));
    set(21, "Subject Code,simulated".to_owned());
    let axes = ["x", "y", "z"].map(|axis| format!("MEMS accelerometer {axis}-axis"));
    for (n, axis) in axes.into_iter().enumerate() {
        let at = 51 + 5 * n;
        set(at, format!("Sensor type,{axis}"));
        set(at + 1, "Range,-8 to 8".to_owned());
        set(at + 2, "Resolution,0.0039".to_owned());
        set(at + 3, "Units,g".to_owned());
        set(at + 4, "Additional information,".to_owned());
    }
    set(66, "Sensor type,Lux Photodiode 400nm - 1100nm".to_owned());
    set(71, "Sensor type,User button event marker".to_owned());
    set(76, "Sensor type,Linear active thermistor".to_owned());
    for line in lines {
        write!(m, "{line}\r\n")?;
    }
    Ok(())
}

fn rows(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    let mut clock = e.device_clock();
    e.each(|s| {
        let [x, y, z] = s.g;
        let shown = clock.rounded(s.since_ns).stamp(' ', ':');
        write!(m, "{shown},{x:.4},{y:.4},{z:.4},0,0,31.2\r\n")
    })
}

/// Means, sum of vector magnitudes and deviations an epoch: more columns, fewer rows.
fn epochs(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    header(e, m, "100 Hz", &zone_line(e))?;
    let mut clock = e.device_clock();
    let n = (e.length_s() / 60.0).ceil().max(20.0) as i64;
    for minute in 0..n {
        let shown = clock.rounded(minute * 60_000_000_000).stamp(' ', ':');
        write!(
            m,
            "{shown},-0.0212,0.9713,0.1502,0,0,31.2,18.43,0.0121,0.0098,0.0110,0\r\n"
        )?;
    }
    Ok(0)
}

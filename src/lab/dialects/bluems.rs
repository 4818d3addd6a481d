//! ST BlueMS and SensorTile: a preamble that says when logging began, three clocks, the radio's bytes in hexadecimal, mg.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};
use crate::lab::dialects::wall::Moment;

pub(super) const DIALECTS: &[Dialect] = &[Dialect {
    name: "bluems",
    made_by: "ST BlueMS log of a SensorTile",
    packing: Packing::Files,
    rate_hz: 20.0,
    resolution_g: 0.001,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_mg("st_blue_ms", Clock::Local),
    write: log,
}];

fn log(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    let mut clock = e.phone_clock();
    let start = clock.rounded(0);
    m.begin(&format!(
        "{}_Accelerometer.csv",
        start.date().replace('-', "")
    ))?;
    let node = format!("AM1V310 @{:06X}", e.serial() & 0xff_ffff);
    writeln!(
        m,
        "Logged started on,{} {}",
        day_first(&start),
        start.clock()
    )?;
    writeln!(m, "Feature,Accelerometer\nNodes,{node}\n")?;
    writeln!(
        m,
        "Date,HostTimestamp,NodeName,NodeTimestamp,RawData,X (mg),Y (mg),Z (mg)"
    )?;
    e.each(|s| {
        let shown = clock.rounded(s.since_ns);
        let [x, y, z] = s.counts(1_000.0);
        let bytes: String = [x, y, z]
            .iter()
            .flat_map(|v| (*v as i16).to_le_bytes())
            .map(|byte| format!("{byte:02X}"))
            .collect();
        // The node counts in units of about 3.2 ms that its protocol leaves open.
        let (host, own) = (
            101_483 + s.since_ns / 1_000_000,
            15_000 + s.since_ns / 3_200_000,
        );
        let date = day_first(&shown);
        writeln!(
            m,
            "{date} {}.{:03},{host},{node},{own},{bytes},{x},{y},{z}",
            shown.clock(),
            shown.ms()
        )
    })
}

fn day_first(at: &Moment) -> String {
    format!("{:02}/{:02}/{:04}", at.day, at.month, at.year)
}

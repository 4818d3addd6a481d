//! mHealth specification: one file a local hour in one folder, `HEADER_TIME_STAMP,X,Y,Z`.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

pub(super) const DIALECTS: &[Dialect] = &[Dialect {
    name: "mhealth",
    made_by: "mHealth specification, one file an hour",
    packing: Packing::Files,
    rate_hz: 80.0,
    resolution_g: 0.001,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_g("mhealth", Clock::Local),
    write: hours,
}];

fn hours(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    let mut clock = e.device_clock();
    let mut hour = None;
    e.each(|s| {
        let shown = clock.rounded(s.since_ns);
        if hour != Some((shown.day, shown.hour)) {
            hour = Some((shown.day, shown.hour));
            m.begin(&format!(
                "master/ActigraphGT9X-AccelerationCalibrated-NA.TAS1E{}-AccelerationCalibrated.{}-{:02}-00-00-000-M0000.sensor.csv",
                e.serial(),
                shown.date(),
                shown.hour
            ))?;
            writeln!(m, "HEADER_TIME_STAMP,X,Y,Z")?;
        }
        let [x, y, z] = s.g;
        writeln!(m, "{},{x:.3},{y:.3},{z:.3}", shown.stamp(' ', '.'))
    })
}

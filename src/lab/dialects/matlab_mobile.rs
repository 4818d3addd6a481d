//! MATLAB Mobile: the table that people write of its timetable; English month names, local time.

use super::{Clock, Dialect, Expect, Packing};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

pub(super) const DIALECTS: &[Dialect] = &[Dialect {
    name: "matlab_mobile",
    made_by: "MATLAB Mobile, writetimetable of Acceleration",
    packing: Packing::Files,
    rate_hz: 50.0,
    resolution_g: 0.000_5,
    range_g: 4.0,
    idle_sleep: None,
    expect: Expect::in_metric("matlab_mobile", Clock::Local),
    write: |e, m| {
        m.begin("sensorlog_acceleration.csv")?;
        writeln!(m, "Timestamp,X,Y,Z")?;
        let mut clock = e.phone_clock();
        e.each(|s| {
            let at = clock.rounded(s.since_ns);
            let month = MONTHS[usize::from(at.month.unsigned_abs()).clamp(1, 12) - 1];
            let [x, y, z] = s.metric();
            let time = format!(
                "{:02}-{month}-{:04} {}.{:03}",
                at.day,
                at.year,
                at.clock(),
                at.ms()
            );
            writeln!(m, "{time},{x:.4},{y:.4},{z:.4}")
        })
    },
}];

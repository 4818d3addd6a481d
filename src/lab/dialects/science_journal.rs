//! Google/Arduino Science Journal: milliseconds since the start, sensors in rows of their own, so empty cells.

use std::io;

use super::export::STANDARD_GRAVITY;
use super::{Clock, Dialect, Expect, Export, Members, Packing};

pub(super) const DIALECTS: &[Dialect] = &[Dialect {
    name: "science_journal",
    made_by: "Science Journal, three axes and the linear accelerometer",
    packing: Packing::Files,
    rate_hz: 15.0,
    resolution_g: 0.000_5,
    range_g: 4.0,
    idle_sleep: None,
    expect: Expect::in_metric("science_journal", Clock::Elapsed),
    write: interleaved,
}];

fn interleaved(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("Recording 1.csv")?;
    writeln!(m, "relative_time,AccX,AccY,AccZ,LinearAccelerometerSensor")?;
    let mut r = e.random("linear sensor");
    e.each_with_fusion(|s| {
        let [x, y, z] = s.metric();
        let linear = s.linear_g().map(|g| g * STANDARD_GRAVITY);
        let length = linear.iter().map(|v| v * v).sum::<f64>().sqrt();
        let at = s.since_ns / 1_000_000;
        // Now and then both sensors report in the same millisecond.
        let together = r.chance(0.1) || s.number == 0;
        let same = if together {
            length.to_string()
        } else {
            String::new()
        };
        writeln!(m, "{at},{x},{y},{z},{same}")?;
        if !together {
            writeln!(m, "{},,,,{length}", at + 1 + (r.uniform() * 30.0) as i64)?;
        }
        Ok(())
    })
}

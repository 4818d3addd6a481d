//! activPAL3: day numbers of a spreadsheet, unsigned counts around 127, 63 a g, no header.

use super::{Clock, Dialect, Expect, Packing};

pub(super) const DIALECTS: &[Dialect] = &[Dialect {
    name: "activpal",
    made_by: "activPAL3, uncompressed CSV",
    packing: Packing::Files,
    rate_hz: 20.0,
    resolution_g: 1.0 / 63.0,
    range_g: 2.0,
    idle_sleep: None,
    expect: Expect::in_counts("activpal", 63.0, Clock::Local),
    write: |e, m| {
        m.begin(&format!("AP{}.csv", e.serial()))?;
        e.each(|s| {
            // Days since 1899-12-30, ten decimals.
            let day = (e.local_as_utc_ns() + s.since_ns) as f64 / 86_400e9 + 25_569.0;
            let [x, y, z] = s.counts(63.0).map(|count| (count + 127).clamp(0, 253));
            writeln!(m, "{day:.10},{x},{y},{z}")
        })
    },
}];

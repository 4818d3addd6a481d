//! Bangle.js: the accelerometer loggers `accellog` and `accelrec`.
//!
//! Milliseconds since the start, no wall clock. Counts of 1/8192 g until October 2022 or with "Log raw data", else g.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const COUNTS: Dialect = Dialect {
    name: "bangle_js",
    made_by: "Bangle.js accellog, raw counts",
    packing: Packing::Files,
    rate_hz: 12.5,
    resolution_g: 1.0 / 8_192.0,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_counts("bangle_js", 8_192.0, Clock::Elapsed),
    write: |e, m| counts(e, m, 8_192.0, "Time (ms),X,Y,Z"),
};

pub(super) const DIALECTS: &[Dialect] = &[
    COUNTS,
    Dialect {
        name: "bangle_js_gz",
        packing: Packing::Gzip,
        ..COUNTS
    },
    Dialect {
        name: "bangle_js_g",
        made_by: "Bangle.js accellog, in g, with the vector's length",
        expect: Expect::in_g("bangle_js", Clock::Elapsed),
        write: |e, m| {
            m.begin("accellog.0.csv")?;
            writeln!(m, "Time (ms),X,Y,Z,Total")?;
            e.each(|s| {
                let [x, y, z] = s.g;
                let total = (x * x + y * y + z * z).sqrt();
                writeln!(m, "{},{x:.2},{y:.2},{z:.2},{total:.2}", ms(s.since_ns))
            })
        },
        ..COUNTS
    },
    Dialect {
        name: "bangle_js_accelrec",
        made_by: "Bangle.js accelrec, 2000 counts a g",
        rate_hz: 100.0,
        expect: Expect::in_counts("bangle_js", 2_000.0, Clock::Elapsed),
        write: |e, m| counts(e, m, 2_000.0, "Time,X,Y,Z"),
        ..COUNTS
    },
];

fn ms(since_ns: i64) -> i64 {
    (since_ns + 500_000) / 1_000_000 + 87
}

fn counts(e: &Export, m: &mut dyn Members, per_g: f64, header: &str) -> io::Result<u64> {
    m.begin("accellog.0.csv")?;
    writeln!(m, "{header}")?;
    e.each(|s| {
        let [x, y, z] = s.counts(per_g);
        writeln!(m, "{},{x},{y},{z}", ms(s.since_ns))
    })
}

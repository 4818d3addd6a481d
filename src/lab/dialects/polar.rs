//! Polar Sensor Logger (H10, OH1, Verity Sense): semicolons, mg, two clocks.
//!
//! The sensor counts nanoseconds since 2000 and is even; the phone's local clock is written when a sample arrives, up to
//! a fifth of a second late.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const LOGGER: Dialect = Dialect {
    name: "polar",
    made_by: "Polar Sensor Logger, ACC",
    packing: Packing::Files,
    rate_hz: 52.0,
    resolution_g: 0.001,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_mg("polar", Clock::Local),
    write: |e, m| {
        begin(e, m, "ACC")?;
        writeln!(
            m,
            "Phone timestamp;sensor timestamp [ns];X [mg];Y [mg];Z [mg]"
        )?;
        rows(e, m, "")
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    LOGGER,
    Dialect {
        name: "polar_trailing",
        made_by: "Polar Sensor Logger, a version that ends rows with a semicolon",
        write: |e, m| {
            begin(e, m, "ACC")?;
            writeln!(
                m,
                "Phone timestamp;sensor timestamp [ns];X [mg];Y [mg];Z [mg];"
            )?;
            rows(e, m, ";")
        },
        ..LOGGER
    },
    Dialect {
        name: "polar_ppi",
        made_by: "Polar Sensor Logger, PPI: pulse intervals",
        expect: Expect::Refused {
            code: "not_acceleration",
        },
        write: pulse_intervals,
        ..LOGGER
    },
];

/// 2000-01-01T00:00:00Z in ns since 1970.
const YEAR_2000_NS: i64 = 946_684_800_000_000_000;

fn begin(e: &Export, m: &mut dyn Members, sensor: &str) -> io::Result<()> {
    let shown = e.phone_clock().at(0);
    let date = shown.date().replace('-', "");
    let clock = shown.clock().replace(':', "");
    m.begin(&format!(
        "Polar_Sense_{:08X}_{date}_{clock}_{sensor}.txt",
        e.serial()
    ))
}

fn rows(e: &Export, m: &mut dyn Members, end: &str) -> io::Result<u64> {
    let mut clock = e.phone_clock();
    let mut late = e.random("late");
    let mut last_ns = 0;
    e.each(|s| {
        // The radio hands samples over by the handful; the first stands at its true time.
        let stray = if s.number == 0 {
            0.0
        } else {
            late.between(0.0, 0.012)
        };
        last_ns = (s.since_ns + (stray * 1e9) as i64).max(last_ns);
        let sensor = e.local_as_utc_ns() - YEAR_2000_NS + s.since_ns;
        let [x, y, z] = s.counts(1_000.0);
        let phone = clock.rounded(last_ns).stamp('T', '.');
        writeln!(m, "{phone};{sensor};{x};{y};{z}{end}")
    })
}

fn pulse_intervals(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    begin(e, m, "PPI")?;
    writeln!(
        m,
        "Phone timestamp;PP-interval [ms];error estimate [ms];blocker;contact;contact supported;hr [bpm]"
    )?;
    let mut clock = e.phone_clock();
    let mut r = e.random("pulse");
    let mut at = 0.0;
    let mut n = 0;
    while at < e.length_s() {
        let interval = r.normal_within(950.0, 40.0, 600.0, 1_400.0).round();
        at += interval / 1_000.0;
        n += 1;
        let shown = clock.rounded((at * 1e9) as i64).stamp('T', '.');
        writeln!(
            m,
            "{shown};{interval};10;0;1;1;{}",
            (60_000.0 / interval).round()
        )?;
    }
    Ok(n)
}

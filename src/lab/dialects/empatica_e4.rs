//! Empatica E4: `ACC.csv`, alone or in the archive of a session.
//!
//! Two rows of three equal numbers (start in seconds UTC, rate), then 1/64 g in whole steps within ±2 g.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const E4: Dialect = Dialect {
    name: "empatica_e4",
    made_by: "Empatica E4, ACC.csv",
    packing: Packing::Files,
    rate_hz: 32.0,
    resolution_g: 1.0 / 64.0,
    range_g: 2.0,
    idle_sleep: None,
    expect: Expect::in_counts("empatica_e4", 64.0, Clock::Utc),
    write: |e, m| {
        m.begin("ACC.csv")?;
        head(e, m, 3, e.rate_hz())?;
        samples(e, m)
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    E4,
    Dialect {
        name: "empatica_e4_zip",
        made_by: "Empatica E4, archive of a session",
        packing: Packing::Zip,
        write: session,
        ..E4
    },
    Dialect {
        name: "empatica_e4_stripped",
        made_by: "Empatica E4, ACC.csv without its first two rows",
        expect: Expect::Needs {
            code: "needs_rate",
            flags: "--rate {rate}",
        },
        write: |e, m| {
            m.begin("ACC.csv")?;
            samples(e, m)
        },
        ..E4
    },
    Dialect {
        name: "empatica_e4_eda",
        made_by: "Empatica E4, EDA.csv: skin conductance",
        rate_hz: 4.0,
        expect: Expect::Refused {
            code: "not_acceleration",
        },
        write: |e, m| {
            m.begin("EDA.csv")?;
            one_channel(e, m, 4.0)
        },
        ..E4
    },
];

fn head(e: &Export, m: &mut dyn Members, columns: usize, rate_hz: f64) -> io::Result<()> {
    let start = format!("{}.{:06}", e.start_ns() / 1_000_000_000, 0);
    let rate = format!("{rate_hz:.6}");
    writeln!(m, "{}", vec![start.as_str(); columns].join(", "))?;
    writeln!(m, "{}", vec![rate.as_str(); columns].join(", "))
}

fn samples(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    e.each(|s| {
        let [x, y, z] = s.counts(64.0);
        writeln!(m, "{x},{y},{z}")
    })
}

/// Skin conductance that creeps: another sensor of the same device.
fn one_channel(e: &Export, m: &mut dyn Members, rate_hz: f64) -> io::Result<u64> {
    head(e, m, 1, rate_hz)?;
    let mut r = e.random("skin");
    let mut level = 0.4;
    let n = (e.length_s() * rate_hz) as u64;
    for _ in 0..n {
        level += 0.002 * r.normal();
        writeln!(m, "{level:.6}")?;
    }
    Ok(n)
}

fn session(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    let folder = format!("{}_A{}", e.start_ns() / 1_000_000_000, e.serial());
    m.begin(&format!("{folder}/info.txt"))?;
    writeln!(
        m,
        "ACC.csv\nData from 3-axis accelerometer sensor in the range [-2g, 2g]. (sampled at 32 Hz)"
    )?;
    m.begin(&format!("{folder}/EDA.csv"))?;
    one_channel(e, m, 4.0)?;
    m.begin(&format!("{folder}/tags.csv"))?;
    m.begin(&format!("{folder}/ACC.csv"))?;
    head(e, m, 3, e.rate_hz())?;
    samples(e, m)
}

//! Tables of loggers without a name: named time and axes, sometimes not even that.

use super::{Clock, Dialect, Expect, Packing};

const TABLE: Dialect = Dialect {
    name: "generic_table",
    made_by: "any logger: time, x, y, z in g, ISO local time",
    packing: Packing::Files,
    rate_hz: 50.0,
    resolution_g: 0.001,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_g("generic_table", Clock::Local),
    write: |e, m| {
        m.begin("accelerometer.csv")?;
        writeln!(m, "time,x,y,z")?;
        let mut clock = e.device_clock();
        e.each(|s| {
            let [x, y, z] = s.g;
            let shown = clock.rounded(s.since_ns).stamp('T', '.');
            writeln!(m, "{shown},{x:.3},{y:.3},{z:.3}")
        })
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    TABLE,
    Dialect {
        name: "generic_table_offset",
        made_by: "any logger: ISO time with offset, mg",
        expect: Expect::in_mg("generic_table", Clock::Zoned),
        write: |e, m| {
            m.begin("accelerometer.csv")?;
            writeln!(m, "timestamp,acc_x [mg],acc_y [mg],acc_z [mg]")?;
            let mut clock = e.phone_clock();
            e.each(|s| {
                let [x, y, z] = s.counts(1_000.0);
                let shown = clock.rounded(s.since_ns);
                let offset = shown.offset(":");
                writeln!(m, "{}{offset},{x},{y},{z}", shown.stamp('T', '.'))
            })
        },
        ..TABLE
    },
    Dialect {
        name: "generic_table_semicolon",
        made_by: "any logger: seconds of the epoch, semicolons, the unit in words",
        expect: Expect::in_g("generic_table", Clock::Utc),
        write: |e, m| {
            m.begin("accelerometer.csv")?;
            writeln!(m, "timestamp;x (in G's);y (in G's);z (in G's)")?;
            e.each(|s| {
                let us = (e.start_ns() + s.since_ns + 500) / 1_000;
                let [x, y, z] = s.g;
                writeln!(
                    m,
                    "{}.{:06};{x:.6};{y:.6};{z:.6}",
                    us / 1_000_000,
                    us % 1_000_000
                )
            })
        },
        ..TABLE
    },
    Dialect {
        name: "generic_table_metric",
        made_by: "any logger: milliseconds of the epoch, m/s², decimal comma",
        expect: Expect::in_metric("generic_table", Clock::Utc),
        write: |e, m| {
            m.begin("accelerometer.csv")?;
            writeln!(
                m,
                "epoch_ms;acceleration x (m/s²);acceleration y (m/s²);acceleration z (m/s²)"
            )?;
            e.each(|s| {
                let ms = (e.start_ns() + s.since_ns + 500_000) / 1_000_000;
                let [x, y, z] = s.metric().map(|v| format!("{v:.4}").replace('.', ","));
                writeln!(m, "{ms};{x};{y};{z}")
            })
        },
        ..TABLE
    },
    Dialect {
        name: "generic_table_no_time",
        made_by: "any logger: no header, no time, a constant before and a label after the axes",
        rate_hz: 20.0,
        expect: Expect::Needs {
            code: "needs_rate",
            flags: "--rate {rate} --columns x=2,y=3,z=4",
        },
        write: |e, m| {
            m.begin("log.csv")?;
            e.each(|s| writeln!(m, "20,{:.3},{:.3},{:.3},1", s.g[0], s.g[1], s.g[2]))
        },
        ..TABLE
    },
];

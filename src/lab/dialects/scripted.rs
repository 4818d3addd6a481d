//! What a script's or a training site's own way of saving makes of a table: rows that are lists, cells with a unit or with
//! three numbers.

use super::{Clock, Dialect, Expect, Packing};

const LISTS: Dialect = Dialect {
    name: "json_lists",
    made_by: "Edge Impulse's acquisition format: sensors with units, values as lists, an interval and no clock",
    packing: Packing::Files,
    rate_hz: 62.5,
    resolution_g: 0.001,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_metric("generic_table", Clock::Elapsed),
    write: |e, m| {
        m.begin("leg.json.2abc3.json")?;
        write!(
            m,
            "{{\"protected\":{{\"ver\":\"v1\",\"alg\":\"HS256\"}},\"signature\":\"{}\",\"payload\":{{\"device_type\":\"NANO33BLE\",\"interval_ms\":{},\"sensors\":[",
            "0".repeat(64),
            1000.0 / e.rate_hz()
        )?;
        let sensor = |axis| format!("{{\"name\":\"acc{axis}\",\"units\":\"m/s2\"}}");
        write!(m, "{}],\"values\":[", ["X", "Y", "Z"].map(sensor).join(","))?;
        let n = e.each(|s| {
            let comma = if s.number == 0 { "" } else { "," };
            let [x, y, z] = s.metric();
            write!(m, "{comma}[{x:.4},{y:.4},{z:.4}]")
        })?;
        write!(m, "]}}}}")?;
        Ok(n)
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    LISTS,
    Dialect {
        name: "json_split",
        made_by: "pandas' to_json(orient=\"split\"): names, numbers of the rows, rows",
        rate_hz: 50.0,
        expect: Expect::in_g("generic_table", Clock::Utc),
        write: |e, m| {
            m.begin("night.json")?;
            write!(
                m,
                "{{\"columns\":[\"time\",\"acc_x\",\"acc_y\",\"acc_z\"],\"index\":["
            )?;
            e.each(|s| match s.number {
                0 => write!(m, "0"),
                n => write!(m, ",{n}"),
            })?;
            write!(m, "],\"data\":[")?;
            let n = e.each(|s| {
                let comma = if s.number == 0 { "" } else { "," };
                let ms = (e.start_ns() + s.since_ns) / 1_000_000;
                let [x, y, z] = s.g;
                write!(m, "{comma}[{ms},{x:.3},{y:.3},{z:.3}]")
            })?;
            write!(m, "]}}")?;
            Ok(n)
        },
        ..LISTS
    },
    Dialect {
        name: "cells_with_units",
        made_by: "a logger that writes each number with its unit",
        rate_hz: 50.0,
        expect: Expect::in_g("generic_table", Clock::Elapsed),
        write: |e, m| {
            m.begin("acc.csv")?;
            writeln!(m, "t,x,y,z")?;
            e.each(|s| {
                let [x, y, z] = s.g;
                writeln!(m, "{:.3} s,{x:.3} g,{y:.3} g,{z:.3} g", s.since_s())
            })
        },
        ..LISTS
    },
    Dialect {
        name: "cells_of_three",
        made_by: "Python's csv with a tuple in a cell",
        rate_hz: 50.0,
        expect: Expect::in_metric("generic_table", Clock::Utc),
        write: |e, m| {
            m.begin("accelerometer.csv")?;
            writeln!(m, "timestamp,acceleration")?;
            e.each(|s| {
                let ms = (e.start_ns() + s.since_ns) / 1_000_000;
                let [x, y, z] = s.metric();
                writeln!(m, "{ms},\"({x:.4}, {y:.4}, {z:.4})\"")
            })
        },
        ..LISTS
    },
];

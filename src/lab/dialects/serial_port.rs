//! What a serial port or a script wrote without thought of tables: a clock in parts, a name before each value, rows that R
//! numbered, records of a JSON.

use super::export::STANDARD_GRAVITY;
use super::{Clock, Dialect, Expect, Packing};

const CLOCK_CHIP: Dialect = Dialect {
    name: "diy_clock_chip",
    made_by: "a logger with a clock chip: year to second in columns of their own, then milliseconds",
    packing: Packing::Files,
    rate_hz: 50.0,
    resolution_g: 0.001,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_g("generic_table", Clock::Local),
    write: |e, m| {
        m.begin("DATALOG.TXT")?;
        writeln!(m, "year,month,day,hour,minute,second,ms,x,y,z")?;
        let mut clock = e.device_clock();
        e.each(|s| {
            let at = clock.rounded(s.since_ns);
            let [x, y, z] = s.g;
            write!(m, "{},{},{},{},", at.year, at.month, at.day, at.hour)?;
            let ms = at.nanosecond / 1_000_000;
            writeln!(m, "{},{},{ms},{x:.3},{y:.3},{z:.3}", at.minute, at.second)
        })
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    CLOCK_CHIP,
    Dialect {
        name: "diy_named_values",
        made_by: "an MPU-6050 sketch that names each value",
        resolution_g: 1.0 / 16_384.0,
        range_g: 2.0,
        expect: Expect::in_counts("generic_table", 16_384.0, Clock::Elapsed),
        write: |e, m| {
            m.begin("serial.txt")?;
            e.each_with_fusion(|s| {
                let [x, y, z] = s.counts(16_384.0);
                let [a, b, c] = s.turning.map(|v| (v * 131.0).round());
                let ms = 1_204 + s.since_ns / 1_000_000;
                write!(m, "ms = {ms} | aX = {x:6} | aY = {y:6} | aZ = {z:6} | ")?;
                writeln!(m, "tmp = 27.35 | gX = {a:6} | gY = {b:6} | gZ = {c:6}")
            })
        },
        ..CLOCK_CHIP
    },
    Dialect {
        name: "json_lines",
        made_by: "an object of JSON a line",
        expect: Expect::in_metric("generic_table", Clock::Utc),
        write: |e, m| {
            m.begin("stream.txt")?;
            e.each(|s| {
                let ms = (e.start_ns() + s.since_ns + 500_000) / 1_000_000;
                let [x, y, z] = s.metric();
                let acceleration = format!("{{\"x\":{x:.4},\"y\":{y:.4},\"z\":{z:.4}}}");
                writeln!(m, "{{\"timestamp\":{ms},\"acceleration\":{acceleration}}}")
            })
        },
        ..CLOCK_CHIP
    },
    Dialect {
        name: "r_table",
        made_by: "R's write.table: blanks, words in quotes, numbers of rows without a name",
        write: |e, m| {
            m.begin("night.txt")?;
            writeln!(m, "\"time\" \"x\" \"y\" \"z\"")?;
            let mut clock = e.device_clock();
            e.each(|s| {
                let shown = clock.rounded(s.since_ns).stamp(' ', '.');
                let [x, y, z] = s.g;
                let number = s.number + 1;
                writeln!(m, "\"{number}\" \"{shown}\" {x:.3} {y:.3} {z:.3}")
            })
        },
        ..CLOCK_CHIP
    },
    Dialect {
        name: "json_records",
        made_by: "a web page: one JSON, the browser's accelerations with and without gravity, a value a line",
        expect: Expect::in_metric("generic_table", Clock::Utc),
        write: |e, m| {
            m.begin("motion.json")?;
            write!(m, "{{\n \"samples\": [")?;
            let n = e.each_with_fusion(|s| {
                let ms = (e.start_ns() + s.since_ns + 500_000) / 1_000_000;
                let comma = if s.number == 0 { "" } else { "," };
                let three = |name: &str, [x, y, z]: [f64; 3]| {
                    format!("  \"{name}\": {{\"x\": {x:.4}, \"y\": {y:.4}, \"z\": {z:.4}}}")
                };
                let without = s.linear_g().map(|g| g * STANDARD_GRAVITY);
                writeln!(m, "{comma}{{\n  \"timestamp\": {ms},")?;
                writeln!(m, "{},", three("acceleration", without))?;
                writeln!(m, "{}", three("accelerationIncludingGravity", s.metric()))?;
                write!(m, " }}")
            })?;
            writeln!(m, "]\n}}")?;
            Ok(n)
        },
        ..CLOCK_CHIP
    },
];

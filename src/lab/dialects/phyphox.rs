//! phyphox: four pairs of delimiter and decimal mark, with and without gravity, archives with pauses.
//!
//! Numbers have ten significant digits and an exponent without padding: `3.674579167E-2`, `0.000000000000000E0`.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};
use crate::lab::dialects::export::{STANDARD_GRAVITY, Sample};

const COMMA: Dialect = Dialect {
    name: "phyphox",
    made_by: "phyphox, acceleration with g: comma, decimal point",
    packing: Packing::Files,
    rate_hz: 100.0,
    resolution_g: 0.000_5,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_metric("phyphox", Clock::Elapsed),
    write: |e, m| {
        raw_data(
            e,
            m,
            &Marks {
                delimiter: ",",
                decimal: ".",
            },
        )
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    COMMA,
    Dialect {
        name: "phyphox_semicolon",
        made_by: "phyphox: semicolon, decimal point",
        write: |e, m| {
            raw_data(
                e,
                m,
                &Marks {
                    delimiter: ";",
                    decimal: ".",
                },
            )
        },
        ..COMMA
    },
    Dialect {
        name: "phyphox_tab",
        made_by: "phyphox: tab, decimal point",
        write: |e, m| {
            raw_data(
                e,
                m,
                &Marks {
                    delimiter: "\t",
                    decimal: ".",
                },
            )
        },
        ..COMMA
    },
    Dialect {
        name: "phyphox_decimal_comma",
        made_by: "phyphox: semicolon, decimal comma",
        write: |e, m| {
            raw_data(
                e,
                m,
                &Marks {
                    delimiter: ";",
                    decimal: ",",
                },
            )
        },
        ..COMMA
    },
    Dialect {
        name: "phyphox_linear",
        made_by: "phyphox, acceleration without g",
        expect: Expect::linear("phyphox", Clock::Elapsed),
        write: |e, m| {
            m.begin("Linear Acceleration.csv")?;
            let marks = Marks {
                delimiter: ",",
                decimal: ".",
            };
            names(m, &marks, "Linear Acceleration ", true)?;
            e.each_with_fusion(|s| row(m, &marks, s.since_s() + LEAD_S, linear(s), true))
        },
        ..COMMA
    },
    Dialect {
        name: "phyphox_short_names",
        made_by: "phyphox, Accelerometer.csv with names of one letter",
        write: |e, m| {
            m.begin("Accelerometer.csv")?;
            writeln!(m, "\"Time (s)\",\"X (m/s^2)\",\"Y (m/s^2)\",\"Z (m/s^2)\"")?;
            let marks = Marks {
                delimiter: ",",
                decimal: ".",
            };
            e.each(|s| row(m, &marks, s.since_s() + LEAD_S, s.metric(), false))
        },
        ..COMMA
    },
    Dialect {
        name: "phyphox_zip",
        made_by: "phyphox, archive with meta/time.csv and a pause that the experiment's clock does not count",
        packing: Packing::Zip,
        expect: Expect::in_metric("phyphox", Clock::Zoned),
        write: archive,
        ..COMMA
    },
    Dialect {
        name: "phyphox_excel",
        made_by: "phyphox saved again by a spreadsheet program: numbers without their decimal point",
        expect: Expect::Refused {
            code: "damaged_by_spreadsheet",
        },
        write: excel,
        ..COMMA
    },
];

/// When the first sample comes on the experiment's clock, in seconds.
const LEAD_S: f64 = 0.036_745_791_67;

struct Marks {
    delimiter: &'static str,
    decimal: &'static str,
}

/// A number as phyphox writes it: so many decimals, exponent without sign for positive and without padding.
fn exponent(value: f64, decimals: usize, decimal: &str) -> String {
    let text = format!("{value:.decimals$E}");
    if decimal == "." {
        text
    } else {
        text.replace('.', decimal)
    }
}

fn names(m: &mut dyn Members, marks: &Marks, prefix: &str, absolute: bool) -> io::Result<()> {
    let mut cells = vec!["\"Time (s)\"".to_owned()];
    cells.extend(["x", "y", "z"].map(|axis| format!("\"{prefix}{axis} (m/s^2)\"")));
    if absolute {
        cells.push("\"Absolute acceleration (m/s^2)\"".to_owned());
    }
    writeln!(m, "{}", cells.join(marks.delimiter))
}

fn row(
    m: &mut dyn Members,
    marks: &Marks,
    at_s: f64,
    v: [f64; 3],
    absolute: bool,
) -> io::Result<()> {
    let d = marks.delimiter;
    let [x, y, z] = v.map(|v| exponent(v, 9, marks.decimal));
    write!(m, "{}{d}{x}{d}{y}{d}{z}", exponent(at_s, 9, marks.decimal))?;
    if absolute {
        let length = (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).sqrt();
        write!(m, "{d}{}", exponent(length, 9, marks.decimal))?;
    }
    writeln!(m)
}

fn linear(s: &Sample) -> [f64; 3] {
    s.linear_g().map(|g| g * STANDARD_GRAVITY)
}

fn raw_data(e: &Export, m: &mut dyn Members, marks: &Marks) -> io::Result<u64> {
    m.begin("Raw Data.csv")?;
    names(m, marks, "Acceleration ", true)?;
    e.each(|s| row(m, marks, s.since_s() + LEAD_S, s.metric(), true))
}

/// The wearer paused the experiment in the middle third: its samples are missing and its time is not counted.
fn archive(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    let shown = e.phone_clock().at(0);
    let folder = format!(
        "Acceleration with g {} {}",
        shown.date(),
        shown.clock().replace(':', "-")
    );
    let marks = Marks {
        delimiter: ",",
        decimal: ".",
    };
    let (pause, resume) = (
        (e.length_s() / 3.0).floor(),
        (2.0 * e.length_s() / 3.0).floor(),
    );
    m.begin(&format!("{folder}/Raw Data.csv"))?;
    names(m, &marks, "Acceleration ", true)?;
    let mut written = 0;
    e.each(|s| {
        let at = s.since_s();
        if at >= pause && at < resume {
            return Ok(());
        }
        written += 1;
        let counted = if at < pause {
            at
        } else {
            at - (resume - pause)
        };
        row(m, &marks, counted + LEAD_S, s.metric(), true)
    })?;
    m.begin(&format!("{folder}/meta/device.csv"))?;
    writeln!(
        m,
        "\"property\",\"value\"\n\"version\",\"1.1.13\"\n\"deviceModel\",\"simulated\""
    )?;
    m.begin(&format!("{folder}/meta/time.csv"))?;
    writeln!(
        m,
        "\"event\",\"experiment time\",\"system time\",\"system time text\""
    )?;
    let mut event = |what: &str, counted: f64, at: f64| {
        let since_ns = ((at - LEAD_S) * 1e9).round() as i64;
        let shown = e.phone_clock().rounded(since_ns);
        let system = (e.start_ns() + since_ns) as f64 * 1e-9;
        writeln!(
            m,
            "\"{what}\",{},{},\"{} UTC{}\"",
            exponent(counted, 15, "."),
            exponent(system, 15, "."),
            shown.stamp(' ', '.'),
            shown.offset(":")
        )
    };
    event("START", 0.0, 0.0)?;
    event("PAUSE", pause + LEAD_S, pause + LEAD_S)?;
    event("START", pause + LEAD_S, resume + LEAD_S)?;
    let counted = e.length_s() - (resume - pause);
    event("PAUSE", counted + LEAD_S, e.length_s() + LEAD_S)?;
    Ok(written)
}

/// A German spreadsheet took the decimal points for thousands and rounded to three digits: `7,40E+06`.
fn excel(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("Raw Data.csv")?;
    writeln!(
        m,
        "Time (s);Acceleration x (m/s^2);Acceleration y (m/s^2);Acceleration z (m/s^2);Absolute acceleration (m/s^2)"
    )?;
    e.each(|s| {
        let [x, y, z] = s.metric();
        let length = (x * x + y * y + z * z).sqrt();
        let cells = [s.since_s() + LEAD_S, x, y, z, length].map(|v| {
            let text = format!("{:.2E}", v * 1e9);
            let (digits, power) = text.split_once('E').unwrap_or((&text, "0"));
            format!("{}E+{power:0>2}", digits.replace('.', ","))
        });
        writeln!(m, "{}", cells.join(";"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_like_the_apps() {
        assert_eq!(exponent(0.036_745_791_67, 9, "."), "3.674579167E-2");
        assert_eq!(exponent(0.0, 15, "."), "0.000000000000000E0");
        assert_eq!(exponent(9.81, 9, ","), "9,810000000E0");
    }
}

//! Axivity AX3 and AX6: CSV of OmGui, cwa-convert and omconvert.
//!
//! No header but omconvert's; a device clock set to the computer's local time, which the Unix option writes as if it were
//! UTC. The AX3 packs its samples to 1/64 g, the AX6 counts 1/2048 g at ±16 g and has a gyroscope.

use std::io;

use super::export::Sample;
use super::{Clock, Dialect, Expect, Export, Members, Packing};

const AX3: Dialect = Dialect {
    name: "axivity_unix",
    made_by: "Axivity AX3, OmGui, Unix time",
    packing: Packing::Files,
    rate_hz: 100.0,
    resolution_g: 1.0 / 64.0,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_g("axivity", Clock::Local),
    write: |e, m| rows(e, m, "\r\n", "", &mut unix),
};

const AX6: Dialect = Dialect {
    name: "axivity_ax6",
    made_by: "Axivity AX6, OmGui, formatted time",
    resolution_g: 1.0 / 2_048.0,
    range_g: 16.0,
    write: |e, m| {
        let mut clock = e.device_clock();
        with_gyro(e, m, "", |s, o| {
            write!(o, "{}", clock.rounded(s.since_ns).stamp(' ', '.'))
        })
    },
    ..AX3
};

const NO_TIME: Expect = Expect::Needs {
    code: "needs_rate",
    flags: "--rate {rate}",
};

pub(super) const DIALECTS: &[Dialect] = &[
    AX3,
    Dialect {
        name: "axivity_unix_gz",
        packing: Packing::Gzip,
        ..AX3
    },
    Dialect {
        name: "axivity_bom",
        made_by: "Axivity AX3, OmGui, Unix time, byte-order mark before the first number",
        write: |e, m| rows(e, m, "\n", "\u{feff}", &mut unix),
        ..AX3
    },
    Dialect {
        name: "axivity_formatted",
        made_by: "Axivity AX3, cwa-convert -t:timestamp",
        write: |e, m| {
            let mut clock = e.device_clock();
            rows(e, m, "\n", "", &mut |_, s, o| {
                write!(o, "{}", clock.rounded(s.since_ns).stamp(' ', '.'))
            })
        },
        ..AX3
    },
    Dialect {
        name: "axivity_none",
        made_by: "Axivity AX3, cwa-convert -t:none",
        expect: NO_TIME,
        write: |e, m| {
            begin(e, m, "")?;
            e.each(|s| writeln!(m, "{:.6},{:.6},{:.6}", s.g[0], s.g[1], s.g[2]))
        },
        ..AX3
    },
    Dialect {
        name: "axivity_sequence",
        made_by: "Axivity AX3, cwa-convert -t:sequence",
        expect: NO_TIME,
        write: |e, m| rows(e, m, "\n", "", &mut |_, s, o| write!(o, "{}", s.number)),
        ..AX3
    },
    Dialect {
        name: "axivity_secs",
        made_by: "Axivity AX3, cwa-convert -t:secs",
        expect: Expect::in_g("axivity", Clock::Elapsed),
        write: |e, m| {
            rows(e, m, "\n", "", &mut |_, s, o| {
                write!(o, "{:.4}", s.since_s())
            })
        },
        ..AX3
    },
    Dialect {
        name: "axivity_days",
        made_by: "Axivity AX3, cwa-convert -t:days",
        expect: Expect::in_g("axivity", Clock::Elapsed),
        write: |e, m| {
            rows(e, m, "\n", "", &mut |_, s, o| {
                write!(o, "{:.12}", s.since_s() / DAY_S)
            })
        },
        ..AX3
    },
    Dialect {
        name: "axivity_excel",
        made_by: "Axivity AX3, cwa-convert -t:excel",
        write: |e, m| {
            rows(e, m, "\n", "", &mut |e, s, o| {
                write!(o, "{:.12}", day(e, s, EXCEL_1970))
            })
        },
        ..AX3
    },
    Dialect {
        name: "axivity_matlab",
        made_by: "Axivity AX3, cwa-convert -t:matlab",
        write: |e, m| {
            rows(e, m, "\n", "", &mut |e, s, o| {
                write!(o, "{:.12}", day(e, s, MATLAB_1970))
            })
        },
        ..AX3
    },
    Dialect {
        name: "axivity_block",
        made_by: "Axivity AX3, cwa-convert -t:block",
        write: |e, m| {
            let mut clock = e.device_clock();
            let mut block_ns = 0;
            rows(e, m, "\n", "", &mut |_, s, o| {
                if s.number % PACKED_BLOCK == 0 {
                    block_ns = s.since_ns;
                }
                let shown = clock.at(block_ns);
                write!(o, "{} {}", shown.date(), shown.clock())
            })
        },
        ..AX3
    },
    Dialect {
        name: "axivity_int",
        made_by: "Axivity AX3, cwa-convert -t:timestamp -v:int",
        expect: Expect::in_counts("axivity", 256.0, Clock::Local),
        write: |e, m| {
            let mut clock = e.device_clock();
            begin(e, m, "")?;
            e.each(|s| {
                let [x, y, z] = s.counts(256.0);
                writeln!(
                    m,
                    "{},{x},{y},{z}",
                    clock.rounded(s.since_ns).stamp(' ', '.')
                )
            })
        },
        ..AX3
    },
    Dialect {
        name: "axivity_extra_columns",
        made_by: "Axivity AX3, cwa-convert -light -tempc -battv -events",
        write: |e, m| {
            let mut clock = e.device_clock();
            begin(e, m, "")?;
            e.each(|s| {
                let shown = clock.rounded(s.since_ns).stamp(' ', '.');
                let event = if s.number == 0 { "r" } else { "" };
                let [x, y, z] = s.g;
                writeln!(m, "{shown},{x:.6},{y:.6},{z:.6},639,27.64,4.207031,{event}")
            })
        },
        ..AX3
    },
    Dialect {
        name: "axivity_omconvert",
        made_by: "Axivity AX3, omconvert",
        write: |e, m| {
            let mut clock = e.device_clock();
            begin(e, m, "Time,Accel-X (g), Accel-Y (g), Accel-Z (g)\n")?;
            e.each(|s| {
                let shown = clock.rounded(s.since_ns).stamp(' ', '.');
                writeln!(m, "{shown},{:.6},{:.6},{:.6}", s.g[0], s.g[1], s.g[2])
            })
        },
        ..AX3
    },
    AX6,
    Dialect {
        name: "axivity_ax6_int",
        made_by: "Axivity AX6, cwa-convert -v:int",
        expect: Expect::in_counts("axivity", 2_048.0, Clock::Local),
        write: |e, m| {
            let mut clock = e.device_clock();
            begin(e, m, "")?;
            e.each_with_fusion(|s| {
                let [x, y, z] = s.counts(2_048.0);
                // 2000 degrees per second fill 16 bits.
                let [a, b, c] = s.turning.map(|v| (v * 16.384).round() as i64);
                writeln!(
                    m,
                    "{},{x},{y},{z},{a},{b},{c}",
                    clock.rounded(s.since_ns).stamp(' ', '.')
                )
            })
        },
        ..AX6
    },
    Dialect {
        name: "axivity_ax6_omconvert",
        made_by: "Axivity AX6, omconvert",
        write: |e, m| {
            let mut clock = e.device_clock();
            let header = "Time,Accel-X (g), Accel-Y (g), Accel-Z (g), Gyro-X (d/s), Gyro-Y (d/s), Gyro-Z (d/s)\n";
            with_gyro(e, m, header, |s, o| {
                write!(o, "{}", clock.rounded(s.since_ns).stamp(' ', '.'))
            })
        },
        ..AX6
    },
];

/// Seconds in a day; day numbers of 1970-01-01 in Excel (from 1899-12-30) and MATLAB (from year 0).
const DAY_S: f64 = 86_400.0;
const EXCEL_1970: f64 = 25_569.0;
const MATLAB_1970: f64 = 719_529.0;

/// Samples in a packed block of the CWA file.
const PACKED_BLOCK: u64 = 120;

type Stamp<'a> = dyn FnMut(&Export, &Sample, &mut dyn Members) -> io::Result<()> + 'a;

fn begin(e: &Export, m: &mut dyn Members, header: &str) -> io::Result<()> {
    m.begin(&format!("CWA-DATA_{}.csv", e.serial()))?;
    m.write_all(header.as_bytes())
}

/// Rows of a time in some coding and three axes.
fn rows(
    e: &Export,
    m: &mut dyn Members,
    line_end: &str,
    before: &str,
    stamp: &mut Stamp,
) -> io::Result<u64> {
    begin(e, m, before)?;
    e.each(|s| {
        stamp(e, s, m)?;
        write!(m, ",{:.6},{:.6},{:.6}{line_end}", s.g[0], s.g[1], s.g[2])
    })
}

fn with_gyro(
    e: &Export,
    m: &mut dyn Members,
    header: &str,
    mut stamp: impl FnMut(&Sample, &mut dyn Members) -> io::Result<()>,
) -> io::Result<u64> {
    begin(e, m, header)?;
    e.each_with_fusion(|s| {
        stamp(s, m)?;
        let ([x, y, z], [a, b, c]) = (s.g, s.turning);
        writeln!(m, ",{x:.6},{y:.6},{z:.6},{a:.6},{b:.6},{c:.6}")
    })
}

fn unix(e: &Export, s: &Sample, into: &mut dyn Members) -> io::Result<()> {
    let ticks = (e.local_as_utc_ns() + s.since_ns + 50_000) / 100_000;
    write!(into, "{}.{:04}", ticks / 10_000, ticks % 10_000)
}

/// The day number with its fraction; `of_1970` is that of 1970-01-01.
fn day(e: &Export, s: &Sample, of_1970: f64) -> f64 {
    (e.local_as_utc_ns() + s.since_ns) as f64 / (DAY_S * 1e9) + of_1970
}

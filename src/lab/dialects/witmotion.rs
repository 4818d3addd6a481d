//! WitMotion: tables of the PC software, and logs of Python scripts over the radio.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const TEXT: Dialect = Dialect {
    name: "witmotion",
    made_by: "WitMotion PC software, text with tabs, unpadded chip time",
    packing: Packing::Files,
    rate_hz: 50.0,
    resolution_g: 1.0 / 2_048.0,
    range_g: 16.0,
    idle_sleep: None,
    expect: Expect::in_g("witmotion", Clock::Local),
    write: |e, m| text(e, m, "°".as_bytes()),
};

pub(super) const DIALECTS: &[Dialect] = &[
    TEXT,
    Dialect {
        name: "witmotion_gbk",
        made_by: "WitMotion PC software, text in the GBK encoding",
        write: |e, m| text(e, m, b"\xa1\xe3"),
        ..TEXT
    },
    Dialect {
        name: "witmotion_radio",
        made_by: "a Python log of WitMotion over the radio: m/s², stamps in bursts",
        rate_hz: 100.0,
        expect: Expect::in_metric("witmotion", Clock::Utc),
        write: |e, m| radio(e, m, 1),
        ..TEXT
    },
    Dialect {
        name: "witmotion_two_devices",
        made_by: "a Python log of two WitMotion devices in one file",
        expect: Expect::Needs {
            code: "needs_device",
            flags: "--device 02:1E:67:00:00:01",
        },
        write: |e, m| radio(e, m, 2),
        ..TEXT
    },
];

fn text(e: &Export, m: &mut dyn Members, degree: &[u8]) -> io::Result<u64> {
    m.begin("WT901.txt")?;
    write!(
        m,
        "Chiptime\tax(g)\tay(g)\taz(g)\twx(deg/s)\twy(deg/s)\twz(deg/s)\tT("
    )?;
    m.write_all(degree)?;
    writeln!(m, ")")?;
    let mut clock = e.device_clock();
    e.each_with_fusion(|s| {
        let at = clock.rounded(s.since_ns);
        let ([x, y, z], [a, b, c]) = (s.g, s.turning);
        let date = format!("{}-{}-{}", at.year, at.month, at.day);
        let time = format!("{}:{}:{}.{}", at.hour, at.minute, at.second, at.ms());
        writeln!(
            m,
            "{date} {time}\t{x:.4}\t{y:.4}\t{z:.4}\t{a:.4}\t{b:.4}\t{c:.4}\t31.25"
        )
    })
}

/// Packets arrive by threes: three stamps within a few milliseconds, then a pause.
fn radio(e: &Export, m: &mut dyn Members, devices: u64) -> io::Result<u64> {
    m.begin("imu_log.csv")?;
    let address = if devices > 1 { "address," } else { "" };
    writeln!(
        m,
        "{address}timestamp,AccX,AccY,AccZ,AngX,AngY,AngZ,AsX,AsY,AsZ"
    )?;
    let mut arrived_ns = 0;
    e.each_with_fusion(|s| {
        arrived_ns = match s.number % 3 {
            0 => s.since_ns,
            1 => arrived_ns + 1_000_000,
            _ => arrived_ns,
        };
        let us = (e.start_ns() + arrived_ns) / 1_000;
        let ([x, y, z], [a, b, c]) = (s.metric(), s.turning);
        for device in 1..=devices {
            if devices > 1 {
                write!(m, "02:1E:67:00:00:{device:02},")?;
            }
            // The second device lies on the other side of the strap.
            let turn = if device == 1 { 1.0 } else { -1.0 };
            let (x, y) = (turn * x, turn * y);
            writeln!(
                m,
                "{}.{:06},{x:.3},{y:.3},{z:.3},0.242,-0.467,-35.228,{a:.3},{b:.3},{c:.3}",
                us / 1_000_000,
                us % 1_000_000
            )?;
        }
        Ok(())
    })
    .map(|n| n * devices)
}

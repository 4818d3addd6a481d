//! Home-made loggers on Arduino and ESP32, and research recorders that write as plainly.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const WRIST_BOX: Dialect = Dialect {
    name: "diy_start_line",
    made_by: "an Arduino logger: \"start\", then ms since boot, g, temperature and humidity, spaces",
    packing: Packing::Files,
    rate_hz: 5.0,
    resolution_g: 0.01,
    range_g: 4.0,
    idle_sleep: None,
    expect: Expect::in_g("generic_table", Clock::Elapsed),
    write: |e, m| {
        m.begin("p1n1.TXT")?;
        writeln!(m, "start")?;
        e.each(|s| {
            let [x, y, z] = s.g;
            let at = 528 + s.since_ns / 1_000_000;
            writeln!(m, "{at} {x:.2} {y:.2} {z:.2} 31.22 49.80")
        })
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    WRIST_BOX,
    Dialect {
        name: "diy_twice",
        made_by: "an Arduino Nano 33 logger: every row twice",
        rate_hz: 50.0,
        resolution_g: 0.000_122,
        expect: Expect::in_g("generic_table", Clock::Elapsed),
        write: |e, m| {
            m.begin("still.csv")?;
            writeln!(m, "time,aX,aY,aZ,gX,gY,gZ")?;
            let mut n = 0;
            e.each_with_fusion(|s| {
                let ([x, y, z], [a, b, c]) = (s.g, s.turning);
                let at = 5_725_682 + s.since_ns / 1_000_000;
                for _ in 0..2 {
                    writeln!(m, "{at},{x},{y},{z},{a},{b},{c}")?;
                    n += 1;
                }
                Ok(())
            })?;
            Ok(n)
        },
        ..WRIST_BOX
    },
    Dialect {
        name: "diy_comma_blank",
        made_by: "an ESP32 logger: comma and blank, no header",
        rate_hz: 25.0,
        expect: Expect::in_g("generic_table", Clock::Elapsed),
        write: |e, m| {
            m.begin("log.txt")?;
            e.each(|s| {
                let [x, y, z] = s.g;
                writeln!(
                    m,
                    "{}, {x:.2}, {y:.2}, {z:.2}",
                    4_295 + s.since_ns / 1_000_000
                )
            })
        },
        ..WRIST_BOX
    },
    Dialect {
        name: "diy_mpu6050",
        made_by: "an MPU-6050 logger: raw counts, 16384 a g",
        rate_hz: 50.0,
        resolution_g: 1.0 / 16_384.0,
        range_g: 2.0,
        expect: Expect::in_counts("generic_table", 16_384.0, Clock::Elapsed),
        write: |e, m| mpu6050(e, m, 4_295),
        ..WRIST_BOX
    },
    Dialect {
        name: "diy_millis_wrap",
        made_by: "an MPU-6050 logger whose 32 bits of milliseconds run full",
        rate_hz: 50.0,
        resolution_g: 1.0 / 16_384.0,
        range_g: 2.0,
        expect: Expect::in_counts("generic_table", 16_384.0, Clock::Elapsed),
        write: |e, m| mpu6050(e, m, (1 << 32) - (500.0 * e.length_s()) as i64),
        ..WRIST_BOX
    },
    Dialect {
        name: "diy_descending",
        made_by: "an iOS logger that writes the last sample first",
        rate_hz: 50.0,
        expect: Expect::in_g("generic_table", Clock::Zoned),
        write: descending,
        ..WRIST_BOX
    },
    Dialect {
        name: "faros",
        made_by: "Bittium Faros: mg, no time",
        rate_hz: 25.0,
        resolution_g: 0.000_5,
        expect: Expect::Needs {
            code: "needs_rate",
            flags: "--rate {rate}",
        },
        write: |e, m| {
            m.begin("ACC.csv")?;
            writeln!(m, "X,Y,Z")?;
            e.each(|s| {
                let [x, y, z] = s.g.map(|g| (g * 2_000.0).round() / 2.0);
                writeln!(m, "{x:.1},{y:.1},{z:.1}")
            })
        },
        ..WRIST_BOX
    },
    Dialect {
        name: "mhsl_actimeter",
        made_by: "MHSL actimeter at the ankle: two lines, raw steps of 0.0005 times the range",
        rate_hz: 12.5,
        resolution_g: 0.001,
        range_g: 2.0,
        // At a range of 2 g a step is a milli-g.
        expect: Expect::in_counts("mhsl_actimeter", 1_000.0, Clock::Local),
        write: |e, m| {
            m.begin(&format!("actimeter_{}.csv", e.serial()))?;
            writeln!(m, "actimeter {},range 2\ndatetime,x,y,z", e.serial())?;
            let mut clock = e.device_clock();
            e.each(|s| {
                let [x, y, z] = s.counts(1_000.0);
                writeln!(
                    m,
                    "{},{x},{y},{z}",
                    clock.rounded(s.since_ns).stamp(' ', '.')
                )
            })
        },
        ..WRIST_BOX
    },
    Dialect {
        name: "resteaze",
        made_by: "RestEaZe ankle band: 4096 steps a g and three capacitances",
        rate_hz: 25.0,
        resolution_g: 1.0 / 4_096.0,
        range_g: 8.0,
        expect: Expect::in_counts("resteaze", 4_096.0, Clock::Utc),
        write: |e, m| {
            m.begin(&format!("{}_band.csv", e.leg().name()))?;
            writeln!(m, "Timestamp,Acc_X,Acc_Y,Acc_Z,Cap_1,Cap_2,Cap_3")?;
            e.each(|s| {
                let [x, y, z] = s.counts(4_096.0);
                let ms = (e.start_ns() + s.since_ns + 500_000) / 1_000_000;
                writeln!(m, "{ms},{x},{y},{z},412,398,405")
            })
        },
        ..WRIST_BOX
    },
];

fn mpu6050(e: &Export, m: &mut dyn Members, first_ms: i64) -> io::Result<u64> {
    m.begin("LOG00001.CSV")?;
    writeln!(m, "millis,ax,ay,az,gx,gy,gz")?;
    e.each_with_fusion(|s| {
        let [x, y, z] = s.counts(16_384.0);
        let [a, b, c] = s.turning.map(|v| (v * 131.0).round() as i64);
        let at = (first_ms + s.since_ns / 1_000_000) & 0xffff_ffff;
        writeln!(m, "{at},{x},{y},{z},{a},{b},{c}")
    })
}

/// The whole recording is turned round in memory: such files are minutes long.
fn descending(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("motion.csv")?;
    writeln!(m, "time,x,y,z")?;
    let mut clock = e.phone_clock();
    let mut lines = Vec::new();
    let n = e.each(|s| {
        let at = clock.rounded(s.since_ns);
        let [x, y, z] = s.g.map(|g| -g);
        let time = format!("{} {}", at.stamp(' ', '.'), at.offset(""));
        lines.push(format!("{time},{x:.4},{y:.4},{z:.4}"));
        Ok(())
    })?;
    for line in lines.iter().rev() {
        writeln!(m, "{line}")?;
    }
    Ok(n)
}

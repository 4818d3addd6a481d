//! Exports after they passed through people's hands: lines cut off, columns renamed, saved by a spreadsheet; and devices
//! whose clock was never set.

use std::io;

use super::wall::Moment;
use super::{Clock, Dialect, Expect, Export, Members, Packing};

const CUT: Dialect = Dialect {
    name: "resaved_bluems",
    made_by: "ST BlueMS log, the lines above the names cut off",
    packing: Packing::Files,
    rate_hz: 20.0,
    resolution_g: 0.001,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_mg("st_blue_ms", Clock::Local),
    write: |e, m| {
        m.begin("csv/Accelerometer.csv")?;
        blue_ms(e, m, "HostTimestamp", "")
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    CUT,
    Dialect {
        name: "bluems_later",
        made_by: "ST BlueMS log of later versions: other words above, an annotation at the end",
        write: |e, m| {
            let start = e.phone_clock().rounded(0);
            m.begin("log_Accelerometer.csv")?;
            writeln!(m, "Log start on,{} {}", start.date(), start.clock())?;
            writeln!(m, "Feature,Accelerometer\nNodes,AM1V420 @1F3E5C, ")?;
            blue_ms(e, m, "HostTimestamp (ms)", ",LYING")
        },
        ..CUT
    },
    Dialect {
        name: "resaved_motion_collector",
        made_by: "MotionCollector, saved by a spreadsheet: whole seconds, clocks without hours, carriage returns",
        rate_hz: 60.0,
        resolution_g: 0.000_5,
        expect: Expect::in_g("motion_collector", Clock::Utc),
        write: spreadsheet,
        ..CUT
    },
    Dialect {
        name: "resaved_sensor_logger",
        made_by: "Sensor Logger's TotalAcceleration.csv with columns renamed",
        rate_hz: 100.0,
        expect: Expect::in_metric("sensor_logger", Clock::Utc),
        write: |e, m| {
            m.begin("TotalAcceleration.csv")?;
            writeln!(
                m,
                "Timestamp,seconds_elapsed,AccelerationZ,AccelerationY,AccelerationX"
            )?;
            e.each(|s| {
                let [x, y, z] = s.metric();
                writeln!(
                    m,
                    "{},{},{z},{y},{x}",
                    e.start_ns() + s.since_ns,
                    s.since_s()
                )
            })
        },
        ..CUT
    },
    Dialect {
        name: "diy_acx",
        made_by: "an MPU-6050 sketch as tutorials print it, index and seconds added by a script",
        rate_hz: 25.0,
        resolution_g: 1.0 / 16_384.0,
        range_g: 2.0,
        expect: Expect::in_counts("generic_table", 16_384.0, Clock::Elapsed),
        write: |e, m| {
            m.begin("labeled_data.csv")?;
            writeln!(m, ",AcX,AcY,AcZ,Tmp,GyX,GyY,GyZ,time_mark")?;
            e.each_with_fusion(|s| {
                let [x, y, z] = s.counts(16_384.0);
                let [a, b, c] = s.turning.map(|v| (v * 131.0).round());
                let (n, at) = (s.number, s.since_s());
                writeln!(m, "{n},{x}.0,{y}.0,{z}.0,27.35,{a},{b},{c},{at:.3}")
            })
        },
        ..CUT
    },
    Dialect {
        name: "unset_uptime",
        made_by: "an iOS pedometer that writes its uptime as a date, the last sample first",
        rate_hz: 34.0,
        expect: Expect::in_g("generic_table", Clock::Elapsed),
        write: uptime_as_date,
        ..CUT
    },
    Dialect {
        name: "unset_1970",
        made_by: "a logger whose clock lost its battery",
        rate_hz: 25.0,
        expect: Expect::in_g("generic_table", Clock::Elapsed),
        write: |e, m| {
            m.begin("log.csv")?;
            writeln!(m, "time,x,y,z")?;
            e.each(|s| {
                let [x, y, z] = s.g;
                let ms = 143_120 + s.since_ns / 1_000_000;
                let (h, min, sec) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
                writeln!(
                    m,
                    "1970-01-01 {h:02}:{min:02}:{sec:02}.{:03},{x:.3},{y:.3},{z:.3}",
                    ms % 1_000
                )
            })
        },
        ..CUT
    },
    Dialect {
        name: "ngimu_earth",
        made_by: "x-io NGIMU, earth.csv: gravity in it, whatever the name promises",
        rate_hz: 50.0,
        expect: Expect::in_g("ngimu", Clock::Elapsed),
        write: |e, m| {
            m.begin("earth.csv")?;
            writeln!(m, "Time (s),X (g),Y (g),Z (g)")?;
            e.each(|s| {
                let [x, y, z] = s.g;
                writeln!(m, "{:.9},{x:.7},{y:.7},{z:.7}", s.since_s())
            })
        },
        ..CUT
    },
];

/// Packets by radio: stamps of receipt by threes; the node counts in steps of about 8 ms that nothing names.
fn blue_ms(e: &Export, m: &mut dyn Members, host: &str, tail: &str) -> io::Result<u64> {
    let comma = if tail.is_empty() { "" } else { "," };
    writeln!(
        m,
        "Date,{host},NodeName,NodeTimestamp,RawData,X (mg),Y (mg),Z (mg){comma}"
    )?;
    let mut clock = e.phone_clock();
    let mut arrived_ns = 0;
    e.each(|s| {
        arrived_ns = match s.number % 3 {
            0 => s.since_ns,
            1 => arrived_ns + 2_000_000,
            _ => s.since_ns - 5_000_000,
        };
        let shown = clock.rounded(arrived_ns);
        let [x, y, z] = s.counts(1_000.0);
        let (host, own) = (
            26 + arrived_ns / 1_000_000,
            116_242 + s.since_ns / 8_000_000,
        );
        let (date, time, ms) = (day_first(&shown), shown.clock(), shown.ms());
        writeln!(
            m,
            "{date} {time}.{ms:03},{host},AM1V420 @1F3E5C,{own},D703CBFFA400,{x},{y},{z}{comma}{tail}"
        )
    })
}

fn day_first(at: &Moment) -> String {
    format!("{:02}/{:02}/{:04}", at.day, at.month, at.year)
}

/// What the program does not show it does not save.
fn spreadsheet(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("session.csv")?;
    write!(
        m,
        "\u{feff}SessionID,SessionDate,SessionDuration,SessionFrequency,RecordID,Timestamp,timeIntervalSince1970,GyroX,GyroY,\
GyroZ,AccX,AccY,AccZ,MagX,MagY,MagZ\r"
    )?;
    let mut clock = e.phone_clock();
    let session = cut_clock(&clock.rounded(0));
    let rate = e.rate_hz();
    e.each_with_fusion(|s| {
        let at = cut_clock(&clock.rounded(s.since_ns));
        let second = (e.start_ns() + s.since_ns + 500_000_000) / 1_000_000_000;
        let turning = s
            .turning
            .map(|v| format!("{:.9}", v.to_radians()))
            .join(",");
        let g = s.g.map(|g| format!("{:.9}", -g)).join(",");
        write!(
            m,
            "0,{session},0:30,{rate},{},{at},{second},{turning},{g},37.4,16.9,-69.6\r",
            s.number
        )
    })
}

/// `36:12.0`: the clock as a spreadsheet shows it.
fn cut_clock(at: &Moment) -> String {
    format!("{:02}:{:02}.{}", at.minute, at.second, at.ms() / 100)
}

/// Seconds since boot taken for seconds since 2001, where Apple's count begins; newest first.
fn uptime_as_date(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("accelerometer.csv")?;
    writeln!(
        m,
        "x_times_g,y_times_g,z_times_g,g_measured,TimeInterval,Date"
    )?;
    let mut lines = Vec::new();
    let n = e.each(|s| {
        let up_ms = 39_294_250 + s.since_ns / 1_000_000;
        let (h, min, sec) = (up_ms / 3_600_000, up_ms / 60_000 % 60, up_ms / 1_000 % 60);
        let [x, y, z] = s.g.map(|g| -g);
        let length = (x * x + y * y + z * z).sqrt();
        let seconds = up_ms as f64 / 1e3;
        lines.push(format!(
            "{x:.6},{y:.6},{z:.6},{length:.6},{seconds:.6},2001-01-01 {h:02}:{min:02}:{sec:02}.{:03} +0100",
            up_ms % 1_000
        ));
        Ok(())
    })?;
    for line in lines.iter().rev() {
        writeln!(m, "{line}")?;
    }
    Ok(n)
}

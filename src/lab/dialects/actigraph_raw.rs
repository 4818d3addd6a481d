//! ActiGraph: RAW CSV of ActiLife, its imitators, CentrePoint, and the counts that are no recording.
//!
//! Ten header lines (HBN's converter has twelve), a line of names, rows in g with three decimals and no trailing zeros.
//! Without a time column a sample's time is start + n/rate.

use std::io;

use super::wall::Moment;
use super::{Clock, Dialect, Expect, Export, Members, Packing};
use crate::lab::simulate::IdleSleep;

const RAW: Dialect = Dialect {
    name: "actigraph_raw",
    made_by: "ActiGraph, ActiLife RAW CSV, no time column",
    packing: Packing::Files,
    rate_hz: 30.0,
    resolution_g: 0.003_906_25,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_g("actigraph_raw", Clock::Local),
    write: |e, m| without_time(e, m, &ACTILIFE),
};

pub(super) const DIALECTS: &[Dialect] = &[
    RAW,
    Dialect {
        name: "actigraph_raw_timestamps",
        made_by: "ActiGraph, ActiLife RAW CSV with timestamps",
        write: |e, m| {
            header(e, m, &ACTILIFE)?;
            m.write_all(b"Timestamp,Accelerometer X,Accelerometer Y,Accelerometer Z\r\n")?;
            let mut clock = e.device_clock();
            e.each(|s| {
                let shown = clock.rounded(s.since_ns);
                let date = month_first(&shown);
                let [x, y, z] = s.g.map(short);
                write!(
                    m,
                    "{date} {}.{:03},{x},{y},{z}\r\n",
                    shown.clock(),
                    shown.ms()
                )
            })
        },
        ..RAW
    },
    Dialect {
        name: "actigraph_raw_idle",
        made_by: "ActiGraph with idle sleep mode, ActiLife RAW CSV",
        idle_sleep: Some(IdleSleep::ACTIGRAPH),
        ..RAW
    },
    Dialect {
        name: "actigraph_raw_hbn",
        made_by: "ActiGraph with idle sleep mode, gt3x2csv (Healthy Brain Network)",
        rate_hz: 60.0,
        idle_sleep: Some(IdleSleep::ACTIGRAPH),
        write: |e, m| without_time(e, m, &HBN),
        ..RAW
    },
    Dialect {
        name: "actigraph_raw_padded",
        made_by: "ActiGraph RAW CSV saved again by a spreadsheet program: header lines padded with commas",
        write: |e, m| without_time(e, m, &PADDED),
        ..RAW
    },
    Dialect {
        name: "actigraph_raw_omconvert",
        made_by: "Axivity AX3, omconvert in ActiLife's layout",
        rate_hz: 100.0,
        write: |e, m| without_time(e, m, &OMCONVERT),
        ..RAW
    },
    Dialect {
        name: "actigraph_raw_imu",
        made_by: "ActiGraph, ActiLife IMU CSV",
        rate_hz: 100.0,
        write: imu,
        ..RAW
    },
    Dialect {
        name: "actigraph_counts",
        made_by: "ActiGraph, ActiLife counts a 5 s epoch",
        expect: Expect::Refused { code: "aggregated" },
        write: counts,
        ..RAW
    },
];

/// What differs between the programs' headers.
struct Header {
    program: &'static str,
    firmware: &'static str,
    date: Date,
    /// Two lines more, as HBN's converter writes them.
    idle_lines: bool,
    before: &'static str,
    line_end: &'static str,
    name_end: &'static str,
}

enum Date {
    MonthFirst,
    DayFirst,
    DayFirstPadded,
}

const ACTILIFE: Header = Header {
    program: "ActiLife v6.13.3",
    firmware: "v2.5.0",
    date: Date::MonthFirst,
    idle_lines: false,
    before: "",
    line_end: "\r\n",
    name_end: "\r\n",
};

const HBN: Header = Header {
    program: "gt3x2csv 0.5.0",
    firmware: "v1.9.2",
    date: Date::DayFirst,
    idle_lines: true,
    before: "\u{feff}",
    line_end: "\n",
    name_end: "\n",
};

const PADDED: Header = Header {
    line_end: ",,\n",
    name_end: "\n",
    ..ACTILIFE
};

const OMCONVERT: Header = Header {
    program: "omconvert ActiLife v6.13.3",
    firmware: "v3.0.0",
    date: Date::DayFirstPadded,
    line_end: "\n",
    name_end: "\n",
    ..ACTILIFE
};

impl Date {
    fn pattern(&self) -> &'static str {
        match self {
            Self::MonthFirst => "M/d/yyyy",
            Self::DayFirst => "d/MM/yyyy",
            Self::DayFirstPadded => "dd/MM/yyyy",
        }
    }

    fn write(&self, at: &Moment) -> String {
        match self {
            Self::MonthFirst => month_first(at),
            Self::DayFirst => format!("{}/{:02}/{}", at.day, at.month, at.year),
            Self::DayFirstPadded => format!("{:02}/{:02}/{}", at.day, at.month, at.year),
        }
    }
}

fn month_first(at: &Moment) -> String {
    format!("{}/{}/{}", at.month, at.day, at.year)
}

/// Three decimals at most, no trailing zeros: `0`, `-0.98`, `0.996`.
fn short(g: f64) -> String {
    let text = format!("{g:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

fn header(e: &Export, m: &mut dyn Members, h: &Header) -> io::Result<()> {
    header_of_epoch(e, m, h, "00:00:00")
}

fn header_of_epoch(e: &Export, m: &mut dyn Members, h: &Header, epoch: &str) -> io::Result<()> {
    m.begin(&format!("TAS1E{}RAW.csv", e.serial()))?;
    let (mut clock, end) = (e.device_clock(), h.line_end);
    let start = clock.at(0);
    let stop = clock.at((e.length_s() * 1e9) as i64);
    write!(
        m,
        "{}------------ Data File Created By ActiGraph GT3X+ {} Firmware {} date format {} at {} Hz  Filter Normal -----------{end}",
        h.before,
        h.program,
        h.firmware,
        h.date.pattern(),
        e.rate_hz()
    )?;
    write!(m, "Serial Number: TAS1E{}{end}", e.serial())?;
    write!(m, "Start Time {}{end}", start.clock())?;
    write!(m, "Start Date {}{end}", h.date.write(&start))?;
    if h.idle_lines {
        write!(
            m,
            "Idle Sleep Mode: True{end}Sample Rate: {}{end}",
            e.rate_hz()
        )?;
    }
    write!(m, "Epoch Period (hh:mm:ss) {epoch}{end}")?;
    write!(m, "Download Time {}{end}", stop.clock())?;
    write!(m, "Download Date {}{end}", h.date.write(&stop))?;
    write!(m, "Current Memory Address: 0{end}")?;
    write!(m, "Current Battery Voltage: 4.21     Mode = 12{end}")?;
    write!(m, "--------------------------------------------------{end}")
}

fn without_time(e: &Export, m: &mut dyn Members, h: &Header) -> io::Result<u64> {
    header(e, m, h)?;
    let end = h.name_end;
    write!(m, "Accelerometer X,Accelerometer Y,Accelerometer Z{end}")?;
    e.each(|s| {
        let [x, y, z] = s.g.map(short);
        write!(m, "{x},{y},{z}{end}")
    })
}

/// All sensors of an inertial unit, ISO times with seven decimals.
fn imu(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    header(e, m, &ACTILIFE)?;
    m.write_all(
        b"Timestamp,Accelerometer X,Accelerometer Y,Accelerometer Z,Temperature,Gyroscope X,Gyroscope Y,Gyroscope Z,\
Magnetometer X,Magnetometer Y,Magnetometer Z\r\n",
    )?;
    let mut clock = e.device_clock();
    e.each_with_fusion(|s| {
        let shown = clock.at(s.since_ns);
        let ([x, y, z], [a, b, c]) = (s.g, s.turning);
        write!(
            m,
            "{}T{}.{:07},{x:.6},{y:.6},{z:.6},33.2,{a:.4},{b:.4},{c:.4},12.3,-31.5,40.1\r\n",
            shown.date(),
            shown.clock(),
            shown.nanosecond / 100
        )
    })
}

/// Counts of three axes a 5 s epoch: no recording.
fn counts(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    const EPOCH_S: f64 = 5.0;
    header_of_epoch(e, m, &ACTILIFE, "00:00:05")?;
    let per_epoch = (EPOCH_S * e.rate_hz()).round() as u64;
    let mut sums = [0.0; 3];
    e.each(|s| {
        for (sum, g) in sums.iter_mut().zip(s.g) {
            *sum += (g.abs() * 10.0).fract();
        }
        if s.number % per_epoch == per_epoch - 1 {
            let [x, y, z] = sums.map(|v| v as i64);
            write!(m, "{x},{y},{z},0,0,0,1\r\n")?;
            sums = [0.0; 3];
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_zeros_are_dropped_as_the_program_does() {
        assert_eq!(short(0.0), "0");
        assert_eq!(short(-0.0001), "0");
        assert_eq!(short(0.980), "0.98");
        assert_eq!(short(-1.0), "-1");
        assert_eq!(short(0.9961), "0.996");
    }
}

//! MbientLab MetaWear and MetaMotion: MetaBase's CSV, both ages of its header.
//!
//! The zone stands in the name of the time column, the rate in the file's name.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const META_BASE: Dialect = Dialect {
    name: "mbientlab",
    made_by: "MbientLab MetaMotion, MetaBase",
    packing: Packing::Files,
    rate_hz: 25.0,
    resolution_g: 0.001,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_g("mbientlab", Clock::Zoned),
    write: |e, m| {
        begin(e, m, "Accelerometer")?;
        let zone = e.phone_clock().at(0).offset(":");
        let zone = zone.trim_start_matches('+');
        writeln!(
            m,
            "epoch (ms),time ({zone}),elapsed (s),x-axis (g),y-axis (g),z-axis (g)"
        )?;
        rows(e, m, ':')
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    META_BASE,
    Dialect {
        name: "mbientlab_epoc",
        made_by: "MbientLab MetaMotion, MetaBase with the older header",
        write: |e, m| {
            begin(e, m, "Accelerometer")?;
            let zone = e.phone_clock().at(0).offset("");
            writeln!(
                m,
                "epoc (ms),timestamp ({zone}),elapsed (s),x-axis (g),y-axis (g),z-axis (g)"
            )?;
            rows(e, m, '.')
        },
        ..META_BASE
    },
    Dialect {
        name: "mbientlab_gyroscope",
        made_by: "MbientLab MetaMotion, MetaBase: the gyroscope's file",
        expect: Expect::Refused {
            code: "not_acceleration",
        },
        write: |e, m| {
            begin(e, m, "Gyroscope")?;
            writeln!(
                m,
                "epoch (ms),time (01:00),elapsed (s),x-axis (deg/s),y-axis (deg/s),z-axis (deg/s)"
            )?;
            let mut clock = e.phone_clock();
            e.each_with_fusion(|s| {
                let [x, y, z] = s.turning;
                let shown = clock.rounded(s.since_ns).stamp('T', '.');
                let epoch = epoch_ms(e, s.since_ns);
                writeln!(m, "{epoch},{shown},{:.3},{x:.3},{y:.3},{z:.3}", s.since_s())
            })
        },
        ..META_BASE
    },
];

fn begin(e: &Export, m: &mut dyn Members, sensor: &str) -> io::Result<()> {
    let shown = e.phone_clock().at(0);
    let date = shown.date();
    let clock = shown.clock().replace(':', ".");
    m.begin(&format!(
        "{}_MetaWear_{date}T{clock}.{:03}_{}_{sensor}_{:.3}Hz_1.4.4.csv",
        e.leg().name(),
        shown.ms(),
        e.address(""),
        e.rate_hz()
    ))
}

fn epoch_ms(e: &Export, since_ns: i64) -> i64 {
    (e.start_ns() + since_ns + 500_000).div_euclid(1_000_000)
}

/// Rows with a clock whose parts this separator stands between.
fn rows(e: &Export, m: &mut dyn Members, between: char) -> io::Result<u64> {
    let mut clock = e.phone_clock();
    e.each(|s| {
        let shown = clock.rounded(s.since_ns);
        let [x, y, z] = s.g;
        writeln!(
            m,
            "{},{}T{:02}{between}{:02}{between}{:02}.{:03},{:.3},{x:.3},{y:.3},{z:.3}",
            epoch_ms(e, s.since_ns),
            shown.date(),
            shown.hour,
            shown.minute,
            shown.second,
            shown.ms(),
            s.since_s()
        )
    })
}

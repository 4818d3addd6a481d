//! Empatica EmbracePlus: CSV that the vendor's script makes of the cloud's Avro files; microseconds UTC, g.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

const ONE: Dialect = Dialect {
    name: "embraceplus",
    made_by: "Empatica EmbracePlus, accelerometer.csv",
    packing: Packing::Files,
    rate_hz: 64.0,
    // 16 g over 15 bits, as the conversion parameters of the files have it.
    resolution_g: 0.000_488,
    range_g: 16.0,
    idle_sleep: None,
    expect: Expect::in_g("empatica_embraceplus", Clock::Utc),
    write: |e, m| {
        m.begin("accelerometer.csv")?;
        writeln!(m, "unix_timestamp,x,y,z")?;
        e.each(|s| {
            let [x, y, z] = s.g;
            writeln!(m, "{},{x},{y},{z}", micros(e, s.since_ns))
        })
    },
};

pub(super) const DIALECTS: &[Dialect] = &[
    ONE,
    Dialect {
        name: "embraceplus_pieces",
        made_by: "Empatica EmbracePlus, a folder of split files with gaps between",
        write: pieces,
        ..ONE
    },
];

fn micros(e: &Export, since_ns: i64) -> i64 {
    (e.start_ns() + since_ns) / 1_000
}

/// Three files; the last four tenths of each third were never uploaded.
fn pieces(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    let third = e.length_s() / 3.0;
    let mut piece = u64::MAX;
    let mut file_s = 0;
    let mut written = 0;
    e.each(|s| {
        let at = s.since_s();
        let here = (at / third) as u64;
        if at - here as f64 * third > 0.6 * third {
            return Ok(());
        }
        if here != piece {
            piece = here;
            file_s = micros(e, s.since_ns) / 1_000_000;
            m.begin(&format!(
                "accelerometer/accelerometer_1-1-{}_{file_s}.csv",
                e.serial()
            ))?;
            writeln!(m, "file_timestamp,unix_timestamp,x,y,z")?;
        }
        written += 1;
        let [x, y, z] = s.g;
        writeln!(m, "{file_s},{},{x},{y},{z}", micros(e, s.since_ns))
    })?;
    Ok(written)
}

//! Dialects: a simulated night written the way a device or an app exports it.
//!
//! One file a family, one line in [`FAMILIES`]. Header lines and row shapes are facts about the exports; no row comes from
//! anybody's file. Each [`Dialect`] says what reading it should find ([`Expect`]), so that `legtrace simulate --format`, the
//! fixtures under `sample_data` and the tests of the importer speak of the same thing.
//!
//! ```
//! use legtrace::lab::dialects::{self, InMemory, write_night};
//! use legtrace::lab::simulate::NightSpec;
//!
//! let dialect = dialects::by_name("bangle_js").expect("a known format");
//! let spec = NightSpec { hours: 0.005, sensor: dialect.sensor(None), ..NightSpec::default() };
//! let mut files = InMemory::default();
//! let written = write_night(&spec, dialect, &mut files)?;
//! assert_eq!(written.exports[0].rows, 225);
//! assert!(files.text("truth.csv").is_some());
//! # Ok::<(), legtrace::lab::dialects::WriteError>(())
//! ```

mod actigraph_raw;
mod activpal;
mod android_loggers;
mod androsensor;
mod axivity;
mod bangle_js;
mod bluems;
mod diy;
mod embraceplus;
mod empatica_e4;
mod expect;
mod export;
mod geneactiv;
mod generic_table;
mod later_versions;
mod matlab_mobile;
mod mbientlab;
mod mhealth;
mod motion_collector;
mod movesense;
mod ngimu;
mod night;
mod packing;
mod phyphox;
mod physics_toolbox;
mod place;
mod polar;
mod resaved;
mod science_journal;
mod scripted;
mod sensor_logger;
mod sensorlog;
mod serial_port;
mod shimmer;
mod sleep_accel;
mod slower_sensor;
mod wall;
mod watch_loggers;
mod witmotion;
mod xsens_dot;

use std::io::{self, Write};

pub use expect::{Clock, Expect};
pub use export::{Export, Sample};
pub use night::{WriteError, Written, WrittenExport, write_night};
pub use packing::Packing;
pub use place::{InFolder, InMemory, Place, PlacedFile};

use crate::lab::simulate::{IdleSleep, Sensor};

/// A way of exporting: a device's or an app's, in one of its variants.
#[derive(Debug)]
pub struct Dialect {
    /// As after `--format`.
    pub name: &'static str,
    /// What writes such files.
    pub made_by: &'static str,
    /// One file, an archive, a folder.
    pub packing: Packing,
    /// Usual rate in Hz.
    pub rate_hz: f64,
    /// Step of the values in g.
    pub resolution_g: f64,
    /// Largest value of an axis in g.
    pub range_g: f64,
    /// Whether the device repeats its last value at rest.
    pub idle_sleep: Option<IdleSleep>,
    /// What reading the export should find.
    pub expect: Expect,
    /// Writes the members of one leg's export; returns the number of rows that hold a sample.
    write: fn(&Export, &mut dyn Members) -> io::Result<u64>,
}

impl Dialect {
    /// The device's sensor at its usual rate or at another.
    pub fn sensor(&self, rate_hz: Option<f64>) -> Sensor {
        Sensor {
            rate_hz: rate_hz.unwrap_or(self.rate_hz),
            resolution_g: self.resolution_g,
            range_g: self.range_g,
            idle_sleep: self.idle_sleep,
            ..Sensor::default()
        }
    }
}

/// The members of an export, one after the other.
pub trait Members: Write {
    /// Begins the next member; what was begun before is complete. `name` may hold folders.
    fn begin(&mut self, name: &str) -> io::Result<()>;
}

/// All families, much in the order of FORMATS.md.
static FAMILIES: &[&[Dialect]] = &[
    axivity::DIALECTS,
    actigraph_raw::DIALECTS,
    geneactiv::DIALECTS,
    empatica_e4::DIALECTS,
    embraceplus::DIALECTS,
    mbientlab::DIALECTS,
    movesense::DIALECTS,
    polar::DIALECTS,
    sensor_logger::DIALECTS,
    sensorlog::DIALECTS,
    sleep_accel::DIALECTS,
    phyphox::DIALECTS,
    physics_toolbox::DIALECTS,
    androsensor::DIALECTS,
    science_journal::DIALECTS,
    matlab_mobile::DIALECTS,
    bangle_js::DIALECTS,
    watch_loggers::DIALECTS,
    xsens_dot::DIALECTS,
    shimmer::DIALECTS,
    motion_collector::DIALECTS,
    bluems::DIALECTS,
    ngimu::DIALECTS,
    activpal::DIALECTS,
    mhealth::DIALECTS,
    witmotion::DIALECTS,
    android_loggers::DIALECTS,
    diy::DIALECTS,
    generic_table::DIALECTS,
    resaved::DIALECTS,
    slower_sensor::DIALECTS,
    later_versions::DIALECTS,
    serial_port::DIALECTS,
    scripted::DIALECTS,
];

/// Every dialect.
pub fn all() -> impl Iterator<Item = &'static Dialect> {
    FAMILIES.iter().copied().flatten()
}

/// The dialect of that name; a family's name (`axivity`) means its first dialect (`axivity_unix`).
pub fn by_name(name: &str) -> Option<&'static Dialect> {
    let of_family = |dialect: &&Dialect| {
        dialect
            .name
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('_'))
    };
    all()
        .find(|dialect| dialect.name == name)
        .or_else(|| all().find(of_family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_familys_name_means_its_first_dialect() {
        let found = |name| by_name(name).map(|dialect| dialect.name);
        assert_eq!(found("axivity"), Some("axivity_unix"));
        assert_eq!(found("actigraph_raw"), Some("actigraph_raw"));
        assert_eq!(found("axi"), None);
    }

    #[test]
    fn no_two_dialects_share_a_name() {
        let mut names: Vec<&str> = all().map(|dialect| dialect.name).collect();
        let n = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), n);
        for name in names {
            let plain = name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            assert!(plain, "{name}: a name is typed on a command line");
        }
    }
}

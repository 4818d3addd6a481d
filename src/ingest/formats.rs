//! The formats that are known: one file each, one line in [`FORMATS`].
//!
//! A format looks at the head of a file and, where it knows its own, declares how the table is to be read. It never
//! reads rows itself. What it does not know it leaves open: time and unit are then judged by their values, as in any
//! table.

mod above;
mod accelerometer_monitor;
mod actigraph_raw;
mod activpal;
mod aggregated;
mod androsensor;
mod axivity;
mod bangle_js;
mod devices;
mod empatica_e4;
mod empatica_embraceplus;
mod fitbit;
mod garmin;
mod geneactiv;
mod generic_table;
mod in_turn;
mod matlab_mobile;
mod mbientlab;
mod mhealth;
mod mhsl;
mod motion_collector;
mod movesense;
mod narrow;
mod ngimu;
mod nilspod;
mod notes;
mod phyphox;
mod physics_toolbox;
mod polar;
mod resteaze;
mod science_journal;
pub(super) mod sensor_column;
mod sensor_log;
pub(super) mod sensor_logger;
mod sensor_record;
mod shimmer;
mod sleep_accel;
mod sleep_exports;
mod st_blue_ms;
mod tizen;
mod wear_os;
mod witmotion;
mod xsens_dot;

use super::error::ReadResult;
use super::options::ReadOptions;
use super::table::file_name::FileName;
use super::table::layout::{Layout, RowsIn};
use super::table::sketch::Sketch;
use crate::model::recording::Decision;

/// What a format sees of a file.
pub(super) struct Glance<'a> {
    /// Its name, without folders and packing suffix.
    pub file: FileName,
    /// Text of the head.
    pub head: &'a [u8],
    pub sketch: Option<&'a Sketch<'a>>,
    pub options: &'a ReadOptions,
    /// Small files beside it in the same folder or archive.
    pub beside: &'a Beside,
}

/// Small files of the same export, by name: what says when and where.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    pub files: Vec<(String, String)>,
}

impl Beside {
    /// The text of the file whose name ends so.
    pub(super) fn text(&self, ending: &str) -> Option<&str> {
        let lower = ending.to_lowercase();
        self.files
            .iter()
            .find(|(name, _)| name.to_lowercase().ends_with(&lower))
            .map(|(_, text)| text.as_str())
    }
}

/// A format: its short name and its eye.
pub(super) struct Format {
    pub name: &'static str,
    /// The layout when the file is this format's, a refusal when it is but holds no recording, else `None`.
    pub recognise: fn(&Glance) -> ReadResult<Option<Layout>>,
}

/// In the order in which they are asked: signatures first, the table of any names last.
const FORMATS: &[Format] = &[
    sleep_exports::FORMAT,
    aggregated::UK_BIOBANK,
    aggregated::ACTIWATCH,
    notes::PHYPHOX_META,
    notes::MOVEMENT_LIST,
    notes::MOTION_CAPTURE,
    actigraph_raw::FORMAT,
    geneactiv::FORMAT,
    empatica_e4::FORMAT,
    empatica_embraceplus::FORMAT,
    mbientlab::FORMAT,
    movesense::FORMAT,
    polar::FORMAT,
    sensor_logger::FORMAT,
    sensor_log::FORMAT,
    phyphox::FORMAT,
    physics_toolbox::FORMAT,
    androsensor::FORMAT,
    science_journal::FORMAT,
    matlab_mobile::FORMAT,
    bangle_js::FORMAT,
    wear_os::FORMAT,
    garmin::FORMAT,
    fitbit::FORMAT,
    tizen::FORMAT,
    xsens_dot::FORMAT,
    shimmer::FORMAT,
    motion_collector::FORMAT,
    st_blue_ms::FORMAT,
    ngimu::FORMAT,
    activpal::FORMAT,
    mhealth::FORMAT,
    witmotion::FORMAT,
    sensor_record::FORMAT,
    accelerometer_monitor::FORMAT,
    nilspod::FORMAT,
    resteaze::FORMAT,
    mhsl::FORMAT,
    sleep_accel::FORMAT,
    axivity::FORMAT,
    generic_table::FORMAT,
];

/// The layout of a file by the first format that knows it.
pub(super) fn recognise(glance: &Glance) -> ReadResult<Layout> {
    for format in FORMATS {
        let found = (format.recognise)(glance).map_err(|error| error.of_format(format.name))?;
        if let Some(mut layout) = found {
            if let (Some(sketch), RowsIn::Table) = (glance.sketch, layout.rows) {
                devices::choose(sketch, &mut layout, glance.options)
                    .map_err(|error| error.of_format(format.name))?;
            }
            return Ok(layout);
        }
    }
    Err(narrow::why_no_table(glance))
}

/// The layout of a file that a profile describes: a table, whatever device its header may recall.
pub(super) fn as_table(glance: &Glance, profile: &str) -> ReadResult<Layout> {
    let layout = (generic_table::FORMAT.recognise)(glance)?;
    let mut layout = layout.ok_or_else(|| narrow::why_no_table(glance))?;
    layout
        .decisions
        .push(Decision::new("profile", profile, "its [match] holds"));
    if let Some(sketch) = glance.sketch {
        devices::choose(sketch, &mut layout, glance.options)?;
    }
    Ok(layout)
}

impl<'a> Glance<'a> {
    /// The first lines of the head.
    pub(super) fn lines(&self, n: usize) -> impl Iterator<Item = &'a [u8]> {
        self.head
            .split(|b| *b == b'\n')
            .take(n)
            .map(<[u8]>::trim_ascii)
    }

    /// Whether one of the first lines begins so.
    pub(super) fn begins(&self, n: usize, beginning: &str) -> bool {
        self.lines(n).any(|line| {
            let line = line.strip_prefix(b"\"").unwrap_or(line);
            line.get(..beginning.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(beginning.as_bytes()))
        })
    }
}

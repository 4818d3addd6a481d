//! Every dialect written and read back: the importer must find what the registry promises.

use std::path::Path;

use jiff::SignedDuration;
use legtrace::ingest::options::ReadOptions;
use legtrace::ingest::{ReadError, open};
use legtrace::lab::dialects::{self, Dialect, Expect, InFolder, WrittenExport, write_night};
use legtrace::lab::simulate::{NightSpec, SampleBlock, SimulatedNight};
use legtrace::model::clock::RecordingClock;
use legtrace::model::recording::{RawBlock, SourceInfo, Survey};
use legtrace::model::units::{AccelUnit, SampleRate};

use crate::made::Folder;

struct Recording {
    info: SourceInfo,
    survey: Survey,
    first_stamp_ns: i64,
    samples: Vec<[f32; 3]>,
}

fn read(path: &Path, options: &ReadOptions) -> Result<Recording, ReadError> {
    let mut reader = open(path, options)?;
    let info = reader.info().clone();
    let mut block = RawBlock::default();
    let mut samples = Vec::new();
    let mut first_stamp_ns = None;
    while reader.next_block(&mut block)? {
        first_stamp_ns = first_stamp_ns.or(block.stamp_ns.first().copied());
        samples.extend((0..block.len()).map(|n| [block.x[n], block.y[n], block.z[n]]));
    }
    Ok(Recording {
        info,
        survey: reader.finish()?,
        first_stamp_ns: first_stamp_ns.unwrap_or_default(),
        samples,
    })
}

/// The flags that the registry names, as options.
fn options(flags: &str, rate_hz: f64) -> ReadOptions {
    let mut options = ReadOptions::default();
    let words: Vec<&str> = flags.split_whitespace().collect();
    for pair in words.chunks(2) {
        match pair {
            ["--rate", _] => options.rate = SampleRate::from_hz(rate_hz),
            ["--columns", columns] => {
                options.columns = Some(columns.parse().expect("a choice of columns"));
            }
            ["--unit", unit] => options.unit = Some(unit.parse().expect("a unit")),
            ["--device", device] => options.device = Some((*device).to_owned()),
            ["--date-order", order] => options.date_order = Some(order.parse().expect("an order")),
            _ => panic!("unknown flag {pair:?}"),
        }
    }
    options
}

/// Half a minute, with a turn in it, from a start whose day and month cannot be taken for each other.
fn spec(dialect: &Dialect) -> NightSpec {
    NightSpec {
        seed: 41,
        hours: 1.0 / 120.0,
        plm_per_h: 150.0,
        sensor: dialect.sensor(None),
        ..NightSpec::default()
    }
}

fn faults(dialect: &Dialect) -> Vec<String> {
    let scratch = Folder::new();
    let mut place = InFolder::new(scratch.path());
    let spec = spec(dialect);
    let written = write_night(&spec, dialect, &mut place).expect("a night on the disk");
    let export = &written.exports[0];
    let path = scratch.at(&export.path);
    let outcome = read(&path, &ReadOptions::default());
    match dialect.expect {
        Expect::Read { .. } => match outcome {
            Ok(recording) => compare(dialect, &spec, &written.night, export, &recording),
            Err(error) => vec![format!("not read: {error}")],
        },
        Expect::Needs { code, flags } => {
            let mut faults = refused(outcome, code);
            if let Err(error) = read(&path, &options(flags, spec.sensor.rate_hz)) {
                faults.push(format!("not read with {flags}: {error}"));
            }
            faults
        }
        Expect::Refused { code } => refused(outcome, code),
    }
}

fn refused(outcome: Result<Recording, ReadError>, code: &str) -> Vec<String> {
    match outcome {
        Ok(recording) => vec![format!(
            "read as {} instead of refused",
            recording.info.format
        )],
        Err(error) if error.code() == code => Vec::new(),
        Err(error) => vec![format!("{} instead of {code}: {error}", error.code())],
    }
}

fn compare(
    dialect: &Dialect,
    spec: &NightSpec,
    night: &SimulatedNight,
    export: &WrittenExport,
    recording: &Recording,
) -> Vec<String> {
    let Expect::Read {
        format,
        unit,
        counts_per_g,
        gravity,
        ..
    } = dialect.expect
    else {
        return Vec::new();
    };
    let survey = &recording.survey;
    let mut faults = Vec::new();
    let mut check = |what: &str, found: String, wanted: String| {
        if found != wanted {
            faults.push(format!("{what} {found}, not {wanted}"));
        }
    };
    check("format", recording.info.format.clone(), format.to_owned());
    check("unit", survey.unit.name().to_owned(), unit.to_owned());
    let included = if gravity { "included" } else { "removed" };
    check(
        "gravity",
        survey.gravity.name().to_owned(),
        included.to_owned(),
    );
    check(
        "rows",
        survey.rows.parsed.to_string(),
        export.rows.to_string(),
    );
    if let (AccelUnit::Counts { per_g }, Some(wanted)) = (survey.unit, counts_per_g) {
        check("counts per g", per_g.to_string(), wanted.to_string());
    }
    // Day numbers with twelve decimals hold less than a microsecond.
    const MS: i64 = 1_000_000;
    let stamps = RecordingClock::new(
        (recording.first_stamp_ns + MS / 2).div_euclid(MS) * MS,
        recording.info.stamps,
        recording.info.zone.clone(),
    );
    // Where stamps know only seconds, when in the first one the recording began is estimated.
    let coarse = survey
        .warnings
        .iter()
        .any(|warning| warning.starts_with("The stamps know only steps"));
    let mut start = stamps.rfc3339(SignedDuration::ZERO);
    if coarse
        && start
            .as_deref()
            .zip(export.start.as_deref())
            .is_some_and(within_a_second)
    {
        start.clone_from(&export.start);
    }
    check("start", format!("{start:?}"), format!("{:?}", export.start));
    // Whole seconds that stand for a block tell the rate of half a minute to a second or so.
    let tolerance = if dialect.name.ends_with("block") {
        0.06
    } else {
        0.02
    };
    let rate = survey.rate.hz() / spec.sensor.rate_hz;
    if (rate - 1.0).abs() > tolerance {
        faults.push(format!(
            "rate {} Hz, not {}",
            survey.rate, spec.sensor.rate_hz
        ));
    }
    if gravity {
        faults.extend(lengths(night, recording, survey.unit.g_per_unit()));
    }
    faults
}

fn within_a_second((found, wanted): (&str, &str)) -> bool {
    let instant = |text: &str| -> Option<jiff::Timestamp> {
        text.parse()
            .ok()
            .or_else(|| format!("{text}Z").parse().ok())
    };
    match (instant(found), instant(wanted)) {
        (Some(found), Some(wanted)) => found.duration_since(wanted).abs().as_millis() <= 1_000,
        _ => false,
    }
}

/// The length of the vector is the same whatever sign or order the axes have; compared where no row was cleaned away.
fn lengths(night: &SimulatedNight, recording: &Recording, g_per_unit: f64) -> Vec<String> {
    let mut samples = night.samples(night.spec().legs[0]);
    let mut block = SampleBlock::default();
    let mut at = 0;
    let length = |v: [f32; 3]| {
        v.iter()
            .map(|v| f64::from(*v) * f64::from(*v))
            .sum::<f64>()
            .sqrt()
    };
    let mut worst: f64 = 0.0;
    while samples.next_block(&mut block) {
        let a = &block.acceleration;
        for n in 0..a.len() {
            if let Some(found) = recording.samples.get(at) {
                let wanted = length([a.x[n], a.y[n], a.z[n]]);
                worst = worst.max((length(*found) * g_per_unit - wanted).abs());
            }
            at += 1;
        }
    }
    if at != recording.samples.len() || worst < 0.03 {
        return Vec::new();
    }
    vec![format!("a sample's length is off by {worst:.3} g")]
}

#[test]
fn every_dialect_is_read_as_the_registry_says() {
    let mut n = 0;
    let mut found = Vec::new();
    for dialect in dialects::all() {
        n += 1;
        found.extend(
            faults(dialect)
                .into_iter()
                .map(|fault| format!("{}: {fault}", dialect.name)),
        );
    }
    assert!(n > 30, "only {n} dialects");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

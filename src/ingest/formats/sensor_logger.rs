//! Sensor Logger (Kelvin Choi): phone and watch, one file a sensor, all with the same header.
//!
//! `time,seconds_elapsed,z,y,x`, in another order in later versions, without `seconds_elapsed` in earlier ones: the
//! columns are found by name, the sensor by the file's name. `Accelerometer` is without gravity on both platforms,
//! `TotalAcceleration` with it; `AccelerometerUncalibrated` holds gravity in g on iOS and in m/s² on Android.
//! `Metadata.csv` knows device and zone. People rename columns (`Timestamp`, `AccelerationZ`); the column
//! `seconds_elapsed` and the file's name stay.

use jiff::tz::TimeZone;

use super::{Format, Glance};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::table::axes::{self, Axes};
use crate::ingest::table::file_name::FileName;
use crate::ingest::table::heading::{Heading, Sensor};
use crate::ingest::table::layout::Layout;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "sensor_logger",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch else {
        return Ok(None);
    };
    if let Some(layout) = wrist_motion(sketch, glance)? {
        return Ok(Some(layout));
    }
    let mut names: Vec<String> = sketch.headings.iter().map(|h| h.lower()).collect();
    names.sort();
    let stem = glance.file.lower();
    let is_beside = BESIDE.strip_suffix(".csv") == Some(stem.as_str());
    let full = names == ["seconds_elapsed", "time", "x", "y", "z"];
    let is_of_the_app = SENSORS.contains(&stem.strip_prefix("watch").unwrap_or(&stem));
    // the order of the axes was anything; x, y and z in a row are many an app's
    let order: Vec<String> = sketch.headings.iter().map(Heading::lower).collect();
    let in_ns = || sketch.column(0).all(|cell| cell.len() == 19);
    let early = names == ["time", "x", "y", "z"]
        && order[0] == "time"
        && (order[1] == "z" || order[1..] != ["x", "y", "z"] && is_of_the_app && in_ns());
    let renamed = names.len() == 5
        && names.iter().any(|name| name == "seconds_elapsed")
        && (is_beside || is_of_the_app)
        && [0, 1, 2].iter().all(|axis| {
            sketch
                .headings
                .iter()
                .filter(|h| h.axis == Some(*axis))
                .count()
                == 1
        });
    if !full && !early && !renamed {
        return Ok(None);
    }
    let axes = if is_beside {
        the_axes(sketch)?
    } else {
        axes_of(sketch, &glance.file, &stem)?
    };
    let mut layout = Layout::new(
        "sensor_logger",
        "the app's header; the file's name tells the sensor",
        sketch,
        axes,
    );
    if stem.contains("watch") {
        layout.placement = Placement::Wrist;
    }
    if let Some(meta) = glance.beside.text("metadata.csv").and_then(Metadata::read) {
        layout.device = meta.device;
        layout.serial = meta.id;
        layout.time.zone = meta.zone.map(|zone| (zone, "Metadata.csv".to_owned()));
    }
    Ok(Some(layout))
}

/// `WristMotion.csv` of an Apple Watch: what the arm does and what the earth does side by side, both in g.
fn wrist_motion(sketch: &Sketch, glance: &Glance) -> ReadResult<Option<Layout>> {
    let names = [
        "seconds_elapsed",
        "rotationratex",
        "gravityx",
        "accelerationx",
        "quaternionw",
    ];
    if !names.iter().all(|name| sketch.named(&[name]).is_some()) {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let because = "the app's WristMotion: gravity beside acceleration";
    let mut layout = Layout::new("sensor_logger", because, sketch, axes);
    layout.placement = Placement::Wrist;
    layout.device = Some("Apple Watch".to_owned());
    Ok(Some(layout))
}

/// The names that the app gives its files of acceleration.
const SENSORS: [&str; 3] = [
    "accelerometer",
    "totalacceleration",
    "accelerometeruncalibrated",
];

/// The name under which gravity is opened to be added to an acceleration.
pub(in crate::ingest) const BESIDE: &str = "gravity beside.csv";

/// The sensor's name in lower case: `accelerometer`, `watchgravity`.
pub(in crate::ingest) fn stem_of(base_name: &str) -> String {
    FileName::parse(base_name).lower()
}

/// On iOS and on Android.
const UNCALIBRATED: [AccelUnit; 2] = [AccelUnit::G, AccelUnit::MetresPerSecondSquared];

fn axes_of(sketch: &Sketch, file: &FileName, stem: &str) -> ReadResult<Axes> {
    let neutral = FileName {
        sensor: Sensor::Unnamed,
        ..file.clone()
    };
    let mut axes = axes::by_name(sketch, &neutral, &Default::default())?;
    let metric = AccelUnit::MetresPerSecondSquared;
    axes.claim = if stem.contains("uncalibrated") && file.sensor == Sensor::Acceleration {
        UnitClaim::one_of(
            &UNCALIBRATED,
            "the app's AccelerometerUncalibrated is in g or in m/s2",
        )
    } else if stem.contains("totalacceleration") {
        UnitClaim::with_gravity(metric, "the app's TotalAcceleration is in m/s2")
    } else if file.sensor == Sensor::Acceleration || file.sensor == Sensor::Linear {
        UnitClaim::without_gravity(
            metric,
            "the app's Accelerometer is in m/s2, gravity taken out",
        )
    } else if matches!(file.sensor, Sensor::Other | Sensor::Gravity) || is_another_sensor(stem) {
        return Err(ReadError::new(
            Refusal::NotAcceleration,
            format!(
                "The file's name ({}) says that this is another of Sensor Logger's sensors. Give the folder or zip, or Accelerometer.csv.",
                file.stem
            ),
        ));
    } else {
        UnitClaim::none()
    };
    Ok(axes)
}

/// The only x, y and z there are, whatever they are called.
fn the_axes(sketch: &Sketch) -> ReadResult<Axes> {
    let named = |axis: usize| sketch.headings.iter().position(|h| h.axis == Some(axis));
    match [named(0), named(1), named(2)] {
        [Some(x), Some(y), Some(z)] => Ok(Axes {
            columns: [x, y, z],
            plus: None,
            claim: UnitClaim::none(),
            because: "the only x, y and z".to_owned(),
        }),
        _ => axes::by_name(sketch, &FileName::parse(BESIDE), &Default::default()),
    }
}

fn is_another_sensor(stem: &str) -> bool {
    [
        "gyroscope",
        "gravity",
        "magnetometer",
        "orientation",
        "compass",
        "barometer",
        "location",
        "pedometer",
        "microphone",
    ]
    .iter()
    .any(|sensor| stem.contains(sensor))
}

/// One row of names and one of values; columns were added over the years.
struct Metadata {
    device: Option<String>,
    id: Option<String>,
    zone: Option<TimeZone>,
}

impl Metadata {
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let names: Vec<&str> = lines
            .next()?
            .trim_start_matches('\u{feff}')
            .split(',')
            .collect();
        let values: Vec<&str> = lines.next()?.split(',').collect();
        let value = |name: &str| {
            let at = names.iter().position(|n| n.trim() == name)?;
            values
                .get(at)
                .map(|v| v.trim().trim_matches('"').to_owned())
                .filter(|v| !v.is_empty())
        };
        Some(Self {
            device: value("device name"),
            id: value("device id"),
            zone: value("recording timezone").and_then(|name| TimeZone::get(&name).ok()),
        })
    }
}

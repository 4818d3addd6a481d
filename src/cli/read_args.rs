//! Flags that say how a file is to be read; none is needed for what sniffing finds.

use std::str::FromStr;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::number::{above_zero, any, number, whole};
use crate::error::{Error, Kind};
use crate::ingest::ReadOptions;
use crate::ingest::options::ClockUse;
use crate::model::body::{Leg, Placement};
use crate::model::units::{GravityState, SampleRate};

/// Flags for reading exports.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reading the file")]
pub struct ReadArgs {
    /// Time zone of the wearer, when the file does not say: an IANA name
    #[arg(long, value_name = "ZONE")]
    pub tz: Option<String>,

    /// When the first sample was taken, when the file has no clock: "2024-05-07 23:10:00", or with an offset
    #[arg(long, value_name = "INSTANT")]
    pub start: Option<String>,

    /// Go on without a clock: times count from the first sample
    #[arg(long, conflicts_with = "start")]
    pub no_clock: bool,

    /// Samples a second, when the file has no time column
    #[arg(
        long,
        value_name = "HZ",
        allow_negative_numbers = true,
        value_parser = number::<f64>("samples a second above 0, as 50 or 12.5", above_zero)
    )]
    pub rate: Option<f64>,

    /// Unit of the numbers: g, mg, m/s2 or counts
    #[arg(long, value_name = "UNIT", value_parser = ["g", "mg", "m/s2", "counts"])]
    pub unit: Option<String>,

    /// How many counts are one g (with --unit counts)
    #[arg(
        long,
        value_name = "N",
        allow_negative_numbers = true,
        value_parser = number::<f64>("a number above 0, as 4096", above_zero)
    )]
    pub counts_per_g: Option<f64>,

    /// The number that stands for 0 g in unsigned counts
    #[arg(
        long,
        value_name = "N",
        allow_negative_numbers = true,
        alias = "offset",
        value_parser = number::<f64>("a number of counts, as 512", any)
    )]
    pub zero_count: Option<f64>,

    /// Whether gravity is in the numbers: included or removed
    #[arg(long, value_name = "STATE", value_parser = ["included", "removed"])]
    pub gravity: Option<String>,

    /// Which columns are time and axes, by number from 1 or by name: "time=2,x=5,y=6,z=7"
    #[arg(long, value_name = "MAP")]
    pub columns: Option<String>,

    /// Character between cells: , ; tab or space
    #[arg(long, value_name = "CHAR")]
    pub delimiter: Option<String>,

    /// Decimal mark: . or ,
    #[arg(long, value_name = "MARK", value_parser = [".", ","])]
    pub decimal: Option<String>,

    /// Lines to pass over at the top
    #[arg(
        long,
        value_name = "N",
        allow_negative_numbers = true,
        value_parser = whole::<usize>("a number of lines, as 3", 0..=usize::MAX)
    )]
    pub skip: Option<usize>,

    /// Whether a line of column names stands above the data
    #[arg(long, value_name = "YES|NO", value_parser = ["yes", "no"])]
    pub header: Option<String>,

    /// What the time column holds: a strftime pattern, or epoch-s, epoch-ms, epoch-us, epoch-ns, elapsed-s, elapsed-ms,
    /// elapsed-us, elapsed-ns, excel-day, matlab-day, julian-day, gps-s, since2001-s (Apple), dotnet-ticks, none
    #[arg(long, value_name = "FORMAT")]
    pub time_format: Option<String>,

    /// Order of day and month where every date could be either: dmy, mdy or ymd
    #[arg(long, value_name = "ORDER", value_parser = ["dmy", "mdy", "ymd"])]
    pub date_order: Option<String>,

    /// Which device, when several are in one file: its address or name as it stands in the file
    #[arg(long, value_name = "NAME")]
    pub device: Option<String>,

    /// Which recording, when several are in one folder or archive: a part of its name
    #[arg(long, value_name = "NAME")]
    pub member: Option<String>,

    /// A profile (TOML) that says how to read files of one kind; `inspect --write-profile` makes one. Profiles in the
    /// settings folder (legtrace/profiles) are found by their [match]
    #[arg(long, value_name = "FILE")]
    pub profile: Option<std::path::PathBuf>,

    /// The leg that wore the sensor; implies the ankle unless --placement says otherwise
    #[arg(long, value_name = "LEG")]
    pub leg: Option<LegArg>,

    /// Where the sensor was worn
    #[arg(long, value_name = "PLACE")]
    pub placement: Option<PlacementArg>,
}

impl ReadArgs {
    /// What the reader needs; a value that cannot be is a usage error that names its flag.
    pub fn to_options(&self) -> Result<ReadOptions, Error> {
        let zone = match &self.tz {
            None => None,
            Some(name) => Some(jiff::tz::TimeZone::get(name).map_err(|_| {
                usage("--tz", format!("{name:?} is no time zone. Use an IANA name such as Europe/Berlin or America/New_York"))
            })?),
        };
        let rate = match self.rate {
            None => None,
            Some(hz) => Some(SampleRate::from_hz(hz).ok_or_else(|| {
                usage(
                    "--rate",
                    format!("{hz} is no rate. Give samples a second, as 50 or 12.5"),
                )
            })?),
        };
        Ok(ReadOptions {
            delimiter: parsed("--delimiter", self.delimiter.as_deref())?,
            decimal: parsed("--decimal", self.decimal.as_deref())?,
            skip: self.skip,
            header: parsed("--header", self.header.as_deref())?,
            columns: parsed("--columns", self.columns.as_deref())?,
            time_format: parsed("--time-format", self.time_format.as_deref())?,
            date_order: parsed("--date-order", self.date_order.as_deref())?,
            rate,
            start: parsed("--start", self.start.as_deref())?,
            clock: if self.no_clock {
                ClockUse::Ignored
            } else {
                ClockUse::AsFound
            },
            zone,
            unit: parsed("--unit", self.unit.as_deref())?,
            counts_per_g: self.counts_per_g,
            zero_count: self.zero_count,
            gravity: self.gravity.as_deref().map(|state| match state {
                "removed" => GravityState::Removed,
                _ => GravityState::Included,
            }),
            device: self.device.clone(),
            member: self.member.clone(),
            leg: self.leg.map(Leg::from),
            placement: self.placement(),
            profiles: crate::pipeline::profiles::load(self.profile.as_deref())?,
        })
    }

    /// The flags that were typed, for the manifest: without folders.
    pub fn as_typed(&self) -> Value {
        let mut all = json!({
            "tz": self.tz,
            "start": self.start,
            "no_clock": self.no_clock.then_some(true),
            "rate": self.rate,
            "unit": self.unit,
            "counts_per_g": self.counts_per_g,
            "zero_count": self.zero_count,
            "gravity": self.gravity,
            "columns": self.columns,
            "delimiter": self.delimiter,
            "decimal": self.decimal,
            "skip": self.skip,
            "header": self.header,
            "time_format": self.time_format,
            "date_order": self.date_order,
            "device": self.device,
            "member": self.member,
            "profile": self.profile.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy()),
            "leg": self.leg.map(|leg| Leg::from(leg).name()),
            "placement": self.placement().map(Placement::name),
        });
        if let Value::Object(map) = &mut all {
            map.retain(|_, value| !value.is_null());
        }
        all
    }

    /// Where the sensor was worn, as far as flags say: a leg alone means the ankle.
    pub fn placement(&self) -> Option<Placement> {
        match (self.placement, self.leg) {
            (Some(place), _) => Some(place.0),
            (None, Some(_)) => Some(Placement::Ankle),
            (None, None) => None,
        }
    }
}

fn usage(flag: &str, why: impl std::fmt::Display) -> Error {
    Error::new(Kind::Usage, "read", format!("{flag}: {why}."))
}

fn parsed<T: FromStr<Err = String>>(flag: &str, text: Option<&str>) -> Result<Option<T>, Error> {
    text.map(|text| text.parse().map_err(|why| usage(flag, why)))
        .transpose()
}

/// A leg on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LegArg {
    /// The wearer's left leg
    #[value(alias = "l")]
    Left,
    /// The wearer's right leg
    #[value(alias = "r")]
    Right,
}

impl From<LegArg> for Leg {
    fn from(leg: LegArg) -> Self {
        match leg {
            LegArg::Left => Self::Left,
            LegArg::Right => Self::Right,
        }
    }
}

/// A placement on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacementArg(pub Placement);

impl ValueEnum for PlacementArg {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [PlacementArg; 8] = [
            PlacementArg(Placement::Ankle),
            PlacementArg(Placement::Foot),
            PlacementArg(Placement::Shin),
            PlacementArg(Placement::Thigh),
            PlacementArg(Placement::Waist),
            PlacementArg(Placement::Trunk),
            PlacementArg(Placement::Wrist),
            PlacementArg(Placement::Arm),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.name()))
    }
}

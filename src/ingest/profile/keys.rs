//! The keys of a profile, and what they mean to the reader.

use serde::{Deserialize, Serialize};

use super::Profile;
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::{ColumnChoice, ColumnKey, HeaderLine, ReadOptions, StartTime};
use crate::ingest::text::to_text;
use crate::ingest::time::format::TimeFormat;
use crate::ingest::time::wall_time;
use crate::model::body::{Leg, Placement};
use crate::model::units::{GravityState, SampleRate};

/// A column by name, or by number from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ColumnName {
    /// From 1.
    Number(usize),
    /// As in the header.
    Name(String),
}

/// `[table]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableKeys {
    /// `;`, `,`, `tab`, `space`, `|`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// `.` or `,`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<String>,
    /// Lines above the header, or above the data without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skip: Option<usize>,
    /// Whether a line of names stands above the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
}

/// `[time]`
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeKeys {
    /// The column that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnName>,
    /// `epoch`, `elapsed`, `step` with a tick; `excel-day`, `matlab-day`, `julian-day`, `dotnet-ticks` and so on, `counter`, `none`; or a pattern as
    /// `%d/%m/%Y %H:%M:%S`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `s`, `ms`, `us`, `ns`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tick: Option<String>,
    /// `dmy`, `mdy`, `ymd`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<String>,
    /// Samples a second, where no column holds a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// Where the text above the table says when it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_from: Option<StartFrom>,
    /// The wearer's zone, as `Europe/Berlin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// The start of the first sample in a line above the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartFrom {
    /// From 1.
    pub line: usize,
    /// The text before it in that line; the line's beginning without one.
    #[serde(default)]
    pub after: String,
    /// As `%d/%m/%Y %H:%M:%S`.
    pub format: String,
}

/// `[accel]`
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccelKeys {
    /// First axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<ColumnName>,
    /// Second axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<ColumnName>,
    /// Third axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub z: Option<ColumnName>,
    /// `g`, `mg`, `m/s2`, `counts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// With counts: how many are a g.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_per_g: Option<f64>,
    /// The count that means zero.
    #[serde(default, alias = "offset", skip_serializing_if = "Option::is_none")]
    pub zero_count: Option<f64>,
    /// `included` or `removed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gravity: Option<String>,
}

/// `[worn]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WornKeys {
    /// `left` or `right`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leg: Option<String>,
    /// `ankle`, `foot`, `shin`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<String>,
}

impl Profile {
    /// What the keys say, as flags would; the start is looked for in the head of the file.
    pub(in crate::ingest) fn to_options(&self, head: &[u8]) -> ReadResult<ReadOptions> {
        let wrong = |key: &str, why: &str| {
            ReadError::new(
                Refusal::BadOption,
                format!("The profile {:?} has a wrong {key}: {why}.", self.name),
            )
        };
        let column = |name: &Option<ColumnName>, key: &str| -> ReadResult<Option<ColumnKey>> {
            match name {
                None => Ok(None),
                Some(ColumnName::Number(0)) => Err(wrong(key, "columns are counted from 1")),
                Some(ColumnName::Number(number)) => Ok(Some(ColumnKey::Number(*number))),
                Some(ColumnName::Name(name)) => Ok(Some(ColumnKey::Name(name.clone()))),
            }
        };
        let axes = [
            column(&self.accel.x, "accel.x")?,
            column(&self.accel.y, "accel.y")?,
            column(&self.accel.z, "accel.z")?,
        ];
        let time = column(&self.time.column, "time.column")?;
        let columns =
            (time.is_some() || axes.iter().any(Option::is_some)).then_some(ColumnChoice {
                family: None,
                time,
                axes,
            });
        let zone = match &self.time.zone {
            None => None,
            Some(name) => Some(jiff::tz::TimeZone::get(name).map_err(|_| {
                wrong(
                    "time.zone",
                    &format!("{name:?} is no time zone; write a name as Europe/Berlin"),
                )
            })?),
        };
        let rate = match self.time.rate {
            None => None,
            Some(hz) => Some(
                SampleRate::from_hz(hz)
                    .ok_or_else(|| wrong("time.rate", "it is not above zero"))?,
            ),
        };
        Ok(ReadOptions {
            delimiter: parsed(&self.table.delimiter)
                .map_err(|why| wrong("table.delimiter", &why))?,
            decimal: parsed(&self.table.decimal).map_err(|why| wrong("table.decimal", &why))?,
            skip: self.table.skip,
            header: self.table.header.map(|header| {
                if header {
                    HeaderLine::Present
                } else {
                    HeaderLine::Absent
                }
            }),
            columns,
            time_format: self.time_format().map_err(|why| wrong("time.kind", &why))?,
            date_order: parsed(&self.time.date_order)
                .map_err(|why| wrong("time.date_order", &why))?,
            rate,
            start: self
                .start(head)
                .map_err(|why| wrong("time.start_from", &why))?,
            zone,
            unit: parsed(&self.accel.unit).map_err(|why| wrong("accel.unit", &why))?,
            counts_per_g: self.accel.counts_per_g,
            zero_count: self.accel.zero_count,
            gravity: match self.accel.gravity.as_deref() {
                None => None,
                Some("included") => Some(GravityState::Included),
                Some("removed") => Some(GravityState::Removed),
                Some(other) => {
                    return Err(wrong(
                        "accel.gravity",
                        &format!("{other:?}: use included or removed"),
                    ));
                }
            },
            leg: match self.worn.leg.as_deref() {
                None => None,
                Some("left") => Some(Leg::Left),
                Some("right") => Some(Leg::Right),
                Some(other) => {
                    return Err(wrong("worn.leg", &format!("{other:?}: use left or right")));
                }
            },
            placement: match &self.worn.placement {
                None => None,
                Some(name) => Some(
                    Placement::ALL
                        .into_iter()
                        .find(|place| place.name() == name)
                        .ok_or_else(|| wrong("worn.placement", &format!("{name:?} is no place")))?,
                ),
            },
            ..ReadOptions::default()
        })
    }

    fn time_format(&self) -> Result<Option<TimeFormat>, String> {
        match (&self.time.kind, &self.time.tick) {
            (None, None) => Ok(None),
            (None, Some(tick)) => Err(format!("tick = {tick:?} stands without kind")),
            (Some(kind), None) => kind.parse().map(Some),
            (Some(kind), Some(tick)) => format!("{kind}-{tick}").parse().map(Some),
        }
    }

    /// The start as the file's own text above the table gives it; `None` while a profile is only checked.
    fn start(&self, head: &[u8]) -> Result<Option<StartTime>, String> {
        let Some(from) = &self.time.start_from else {
            return Ok(None);
        };
        let format: TimeFormat = from.format.parse()?;
        if from.line == 0 {
            return Err("lines are counted from 1".to_owned());
        }
        if head.is_empty() {
            return Ok(None);
        }
        let line = head
            .split(|b| *b == b'\n')
            .nth(from.line - 1)
            .map(to_text)
            .unwrap_or_default();
        let text = match line.split_once(from.after.as_str()) {
            Some((_, rest)) if !from.after.is_empty() => rest,
            _ if from.after.is_empty() => line.as_str(),
            _ => {
                return Err(format!(
                    "line {} does not contain {:?}",
                    from.line, from.after
                ));
            }
        };
        let text = text.trim().trim_matches(['"', ',', ';', ' ']);
        wall_time(&format, text)
            .map(|local| Some(StartTime::Local(local)))
            .ok_or_else(|| {
                format!(
                    "line {}: {text:?} is not written as {:?}",
                    from.line, from.format
                )
            })
    }
}

fn parsed<T: std::str::FromStr<Err = String>>(text: &Option<String>) -> Result<Option<T>, String> {
    text.as_deref().map(str::parse).transpose()
}

//! What the user may say about a file; what is not said is found out.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::profile::Profile;
pub use super::table::dialect::{DecimalMark, Delimiter, Dialect};
pub use super::time::format::{DateOrder, Tick, TimeFormat};
use crate::model::body::{Leg, Placement};
use crate::model::units::{AccelUnit, GravityState, SampleRate};

/// Flags of `inspect` and `analyze`, and keys of a profile. `Default` says nothing: everything is found out.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// `--delimiter`: between cells.
    pub delimiter: Option<Delimiter>,
    /// `--decimal`: within numbers.
    pub decimal: Option<DecimalMark>,
    /// `--skip`: so many lines before the header (or before the data, without one).
    pub skip: Option<usize>,
    /// `--header`: whether a line of names stands above the data.
    pub header: Option<HeaderLine>,
    /// `--columns`: which columns are time and axes.
    pub columns: Option<ColumnChoice>,
    /// `--time-format`: what the time column holds.
    pub time_format: Option<TimeFormat>,
    /// `--date-order`: day and month in dates of digits.
    pub date_order: Option<DateOrder>,
    /// `--rate`: for files without a time column; instead of a rate that the file states.
    pub rate: Option<SampleRate>,
    /// `--start`: the instant of the first sample.
    pub start: Option<StartTime>,
    /// `--no-clock`: leave out whatever clock there is.
    pub clock: ClockUse,
    /// `--tz`: the wearer's zone.
    pub zone: Option<TimeZone>,
    /// `--unit`.
    pub unit: Option<UnitChoice>,
    /// `--counts-per-g`.
    pub counts_per_g: Option<f64>,
    /// `--zero-count`: the count that means zero.
    pub zero_count: Option<f64>,
    /// `--gravity`.
    pub gravity: Option<GravityState>,
    /// `--device`: one of several devices in a file.
    pub device: Option<String>,
    /// `--member`: one of several recordings in a folder or archive, by (a part of) its name.
    pub member: Option<String>,
    /// `--leg`.
    pub leg: Option<Leg>,
    /// `--placement`.
    pub placement: Option<Placement>,
    /// Profiles to try, in order: the first whose `[match]` holds is used where no flag says otherwise.
    pub profiles: Vec<Profile>,
}

impl ReadOptions {
    /// What is said here, and where nothing is, what `other` says.
    pub(super) fn or(&self, other: Self) -> Self {
        let mine = self.clone();
        Self {
            delimiter: mine.delimiter.or(other.delimiter),
            decimal: mine.decimal.or(other.decimal),
            skip: mine.skip.or(other.skip),
            header: mine.header.or(other.header),
            columns: mine.columns.or(other.columns),
            time_format: mine.time_format.or(other.time_format),
            date_order: mine.date_order.or(other.date_order),
            rate: mine.rate.or(other.rate),
            start: mine.start.or(other.start),
            clock: mine.clock,
            zone: mine.zone.or(other.zone),
            unit: mine.unit.or(other.unit),
            counts_per_g: mine.counts_per_g.or(other.counts_per_g),
            zero_count: mine.zero_count.or(other.zero_count),
            gravity: mine.gravity.or(other.gravity),
            device: mine.device.or(other.device),
            member: mine.member,
            leg: mine.leg.or(other.leg),
            placement: mine.placement.or(other.placement),
            profiles: Vec::new(),
        }
    }
}

/// Whether a line of names stands above the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderLine {
    /// It does.
    Present,
    /// The first line is data.
    Absent,
}

impl std::str::FromStr for HeaderLine {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "yes" | "true" => Ok(Self::Present),
            "no" | "false" => Ok(Self::Absent),
            _ => Err(format!("{text:?}: say yes or no")),
        }
    }
}

/// Whether the clock of the file is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockUse {
    /// As found.
    #[default]
    AsFound,
    /// Times are kept as time since the first sample.
    Ignored,
}

/// The start as the user gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartTime {
    /// With an offset: an instant.
    Instant(Timestamp),
    /// Without: a wall clock, an instant only with a zone.
    Local(DateTime),
}

impl std::str::FromStr for StartTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Ok(Self::Instant(instant));
        }
        text.parse::<DateTime>().map(Self::Local).map_err(|_| {
            format!(
                "{text:?} is no time: write \"2024-05-07 23:10:00\" or, with an offset, \"2024-05-07 23:10:00+02:00\""
            )
        })
    }
}

/// The unit as the user names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitChoice {
    /// Multiples of standard gravity.
    G,
    /// Thousandths of it.
    MilliG,
    /// Metres per second squared.
    MetresPerSecondSquared,
    /// Converter steps; how many a g makes is `counts_per_g` or found by gravity.
    Counts,
}

impl UnitChoice {
    /// The unit, where the name alone settles it.
    pub fn unit(self) -> Option<AccelUnit> {
        match self {
            Self::G => Some(AccelUnit::G),
            Self::MilliG => Some(AccelUnit::MilliG),
            Self::MetresPerSecondSquared => Some(AccelUnit::MetresPerSecondSquared),
            Self::Counts => None,
        }
    }
}

impl std::str::FromStr for UnitChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "g" => Ok(Self::G),
            "mg" => Ok(Self::MilliG),
            "m/s2" | "m/s^2" | "m/s²" | "ms2" => Ok(Self::MetresPerSecondSquared),
            "counts" => Ok(Self::Counts),
            _ => Err(format!("{text:?} is no unit: use g, mg, m/s2 or counts")),
        }
    }
}

/// `--columns`: `ln` (a word of the names), or `time=2,x=5,y=6,z=7`, by number from 1 or by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnChoice {
    /// A word that the names of the three axes share.
    pub family: Option<String>,
    /// The time column.
    pub time: Option<ColumnKey>,
    /// The three axes, each where given.
    pub axes: [Option<ColumnKey>; 3],
}

/// A column by its number, from 1, or by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnKey {
    /// From 1.
    Number(usize),
    /// As in the header, upper and lower case alike.
    Name(String),
}

impl std::str::FromStr for ColumnKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        match text.parse::<usize>() {
            Ok(0) => Err("columns are counted from 1".to_owned()),
            Ok(number) => Ok(Self::Number(number)),
            Err(_) if text.is_empty() => Err("an empty column name".to_owned()),
            Err(_) => Ok(Self::Name(text.to_owned())),
        }
    }
}

impl std::str::FromStr for ColumnChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut choice = Self::default();
        if !text.contains('=') {
            let word = text.trim().to_ascii_lowercase();
            if word.is_empty() {
                return Err("--columns is empty".to_owned());
            }
            choice.family = Some(word);
            return Ok(choice);
        }
        for part in text.split(',') {
            let (role, key) = part
                .split_once('=')
                .ok_or_else(|| format!("{part:?}: write role=column, as in time=1,x=2,y=3,z=4"))?;
            let key = Some(key.parse()?);
            match role.trim() {
                "time" | "t" => choice.time = key,
                "x" => choice.axes[0] = key,
                "y" => choice.axes[1] = key,
                "z" => choice.axes[2] = key,
                other => return Err(format!("{other:?} is no role: use time, x, y, z")),
            }
        }
        Ok(choice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_by_number_by_name_and_by_family() {
        let choice: ColumnChoice = "time=2,x=5,y=6,z=Accel Z".parse().unwrap();
        assert_eq!(choice.time, Some(ColumnKey::Number(2)));
        assert_eq!(choice.axes[2], Some(ColumnKey::Name("Accel Z".to_owned())));
        assert_eq!(
            "LN".parse::<ColumnChoice>().unwrap().family.as_deref(),
            Some("ln")
        );
        assert!("time=0".parse::<ColumnChoice>().is_err());
        assert!("speed=3".parse::<ColumnChoice>().is_err());
    }

    #[test]
    fn a_start_with_an_offset_is_an_instant() {
        let start: StartTime = "2024-05-07 23:10:00+02:00".parse().unwrap();
        assert_eq!(
            start,
            StartTime::Instant("2024-05-07T21:10:00Z".parse().unwrap())
        );
        let local: StartTime = "2024-05-07 23:10:00".parse().unwrap();
        assert_eq!(
            local,
            StartTime::Local(jiff::civil::date(2024, 5, 7).at(23, 10, 0, 0))
        );
        assert!("yesterday".parse::<StartTime>().is_err());
    }
}

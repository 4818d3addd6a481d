//! `legtrace simulate`: a night with a known truth, as a device would have exported it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::civil::DateTime;

use super::number::{above_zero, from_zero, number, whole};
use super::say::say;
use super::voice::Voice;
use crate::error::Error;
use crate::lab::simulate::NightSpec;
use crate::model::body::Leg;
use crate::pipeline::atomic::Existing;
use crate::pipeline::simulate::{self, Request};
use crate::pipeline::window::{Moment, NoMoment};

/// Make a night with a known truth, in the format of a device
///
/// The night is computed from the physics of a limb; truth.csv beside it says what moved and what of it a sensor at
/// that place can see, stages.csv how the sleeper slept. The same seed gives the same night.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legtrace simulate --seed 7 --hours 7 --rate 50 --plm-per-h 25 --format axivity --out night\n  \
legtrace simulate --seed 7 --hours 7 --leg right --out night-right\n  legtrace simulate --list-formats"
)]
pub struct Simulate {
    /// Number that the night follows from; 1 to 999 for tuning, from 10000 for reporting
    #[arg(
        long,
        value_name = "N",
        default_value_t = 1,
        allow_negative_numbers = true,
        value_parser = whole::<u64>("a whole number from 0 on", 0..=u64::MAX)
    )]
    seed: u64,

    /// Length of the recording in hours
    #[arg(
        long,
        value_name = "H",
        default_value_t = 7.0,
        allow_negative_numbers = true,
        value_parser = number::<f64>("hours above 0, as 7 or 0.5", above_zero)
    )]
    hours: f64,

    /// Samples a second; the format's usual rate when left out
    #[arg(
        long,
        value_name = "HZ",
        allow_negative_numbers = true,
        value_parser = number::<f64>("samples a second above 0, as 50 or 12.5", above_zero)
    )]
    rate: Option<f64>,

    /// Periodic limb movements an hour, as an EMG of both legs would count them
    #[arg(
        long,
        value_name = "N",
        default_value_t = 20.0,
        allow_negative_numbers = true,
        value_parser = number::<f64>("0 and above, as 25", from_zero)
    )]
    plm_per_h: f64,

    /// Format of the export
    #[arg(long, default_value = "axivity")]
    format: String,

    /// The leg that wears the sensor, or both
    #[arg(long, value_enum, default_value = "left")]
    leg: Legs,

    /// Resolution of the sensor in mg; the device's own when left out
    #[arg(
        long,
        value_name = "MG",
        allow_negative_numbers = true,
        value_parser = number::<f64>("mg from 0 on, as 3.9", from_zero)
    )]
    resolution: Option<f64>,

    /// First sample on the wearer's wall clock, in the zone of --tz: "2024-05-07 22:40"
    #[arg(long, value_name = "TIME", default_value_t = NightSpec::default().start, value_parser = wall_clock)]
    start: DateTime,

    /// The wearer's time zone: an IANA name
    #[arg(long, value_name = "ZONE", default_value_t = NightSpec::default().zone)]
    tz: String,

    /// Age of the sleeper in years: sets intervals and course over the night
    #[arg(
        long,
        value_name = "YEARS",
        default_value_t = NightSpec::default().age_years,
        allow_negative_numbers = true,
        value_parser = number::<f64>("years above 0, as 62", above_zero)
    )]
    age: f64,

    /// Folder for the export (one a leg), truth.csv and stages.csv
    #[arg(
        long,
        short,
        value_name = "DIR",
        required_unless_present = "list_formats"
    )]
    out: Option<PathBuf>,

    /// Replace files that are already there
    #[arg(long)]
    force: bool,

    /// Print the formats and stop
    #[arg(long)]
    list_formats: bool,
}

/// Which legs wear a sensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Legs {
    /// The left ankle
    Left,
    /// The right ankle
    Right,
    /// Both ankles: an export each
    Both,
}

/// A date and a time of day, and nothing that would be lost.
fn wall_clock(text: &str) -> Result<DateTime, String> {
    match text.parse() {
        Ok(Moment::Local(local)) => Ok(local),
        Ok(Moment::Instant(_)) => Err(
            "it has an offset or a zone: give the wall clock alone, as \"2024-05-07 22:40\", and the zone with --tz"
                .to_owned(),
        ),
        Ok(Moment::TimeOfDay(_)) => Err("the date is missing: give \"2024-05-07 22:40\"".to_owned()),
        Err(NoMoment) => Err("give a date and a time of day, as \"2024-05-07 22:40\"".to_owned()),
    }
}

impl Simulate {
    pub fn run(&self, voice: Voice) -> Result<ExitCode, Error> {
        let Some(out) = &self.out else {
            say!("{}", simulate::formats_in_words())?;
            return Ok(ExitCode::SUCCESS);
        };
        let written = simulate::run(&Request {
            seed: self.seed,
            hours: self.hours,
            rate_hz: self.rate,
            plm_per_h: self.plm_per_h,
            format: self.format.clone(),
            legs: match self.leg {
                Legs::Left => vec![Leg::Left],
                Legs::Right => vec![Leg::Right],
                Legs::Both => vec![Leg::Left, Leg::Right],
            },
            resolution_mg: self.resolution,
            start: Some(self.start),
            zone: Some(self.tz.clone()),
            age_years: Some(self.age),
            out: out.clone(),
            existing: if self.force {
                Existing::Replace
            } else {
                Existing::Keep
            },
        })?;
        if voice != Voice::Quiet {
            for path in written {
                say!("{}\n", path.display())?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_a_wall_clock_and_nothing_of_it_is_lost() {
        let start = jiff::civil::date(2024, 5, 7).at(22, 40, 0, 0);
        assert_eq!(wall_clock("2024-05-07 22:40"), Ok(start));
        assert_eq!(wall_clock("2024-05-07T22:40:00"), Ok(start));
        for (text, part) in [
            ("2024-05-07 22:40+05:00", "offset"),
            ("2024-05-07T22:40:00Z", "offset"),
            ("22:40", "date is missing"),
            ("2024-05-07", "a date and a time of day"),
            ("garbage", "a date and a time of day"),
        ] {
            let told = wall_clock(text).unwrap_err();
            assert!(told.contains(part), "{text}: {told}");
        }
    }
}

//! What lies beside the recordings: sleep exports and the diary, read before any recording is.

use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::diary::DiaryFile;
use super::diary_choice;
use super::manifest::sha256_of;
use super::window::Ends;
use crate::error::{Error, Kind};
use crate::ingest::diary::{self, DiaryError, DiaryOptions, DiaryReading};
use crate::ingest::options::DateOrder as Written;
use crate::ingest::sleep::{self, SleepError, SleepErrorKind, SleepExport, SleepOptions};
use crate::ingest::written::date::DateOrder;
use crate::model::clock::RecordingClock;
use crate::model::diary::Diary;

/// A sleep export that was read.
#[derive(Debug, Clone)]
pub struct SleepFile {
    /// File or folder, without the folders around it.
    pub name: String,
    /// SHA-256 of its content.
    pub sha256: Option<String>,
    /// What it holds.
    pub export: SleepExport,
}

/// A diary that was read.
#[derive(Debug, Clone)]
pub struct ReadDiary {
    /// File, without folders.
    pub name: String,
    /// SHA-256 of its content.
    pub sha256: Option<String>,
    /// How it was to be read.
    pub options: DiaryOptions,
    /// What it holds.
    pub reading: DiaryReading,
}

/// Everything that was named beside the recordings.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Sleep exports in the order in which they were named.
    pub sleep: Vec<SleepFile>,
    /// Which source of a sleep export to take, by its name or a part of it.
    pub sleep_source: Option<String>,
    /// The diary.
    pub diary: Option<ReadDiary>,
}

impl Beside {
    /// Reads what was named; a file that cannot be used is an error before any recording is read. `date_order` holds for
    /// all of it, where the diary's own options do not say otherwise.
    pub fn open(
        sleep: &[PathBuf],
        sleep_source: Option<&str>,
        diary: Option<&DiaryFile>,
        date_order: Option<Written>,
    ) -> Result<Self, Error> {
        let date_order = match date_order {
            Some(Written::Dmy) => Some(DateOrder::DayFirst),
            Some(Written::Mdy) => Some(DateOrder::MonthFirst),
            Some(Written::Ymd) | None => None,
        };
        let exports = sleep
            .iter()
            .map(|path| {
                let export = sleep::open(path, &SleepOptions { date_order })
                    .map_err(|error| sleep_error(error, path))?;
                Ok(SleepFile {
                    name: name_of(path),
                    sha256: sha256_of(path).ok(),
                    export,
                })
            })
            .collect::<Result<Vec<_>, Error>>()?;
        let diary = diary
            .map(|DiaryFile { path, options }| {
                let options = DiaryOptions {
                    date_order: options.date_order.or(date_order),
                    ..options.clone()
                };
                let reading =
                    diary::open(path, &options).map_err(|error| diary_error(error, path))?;
                Ok(ReadDiary {
                    name: name_of(path),
                    sha256: sha256_of(path).ok(),
                    options,
                    reading,
                })
            })
            .transpose()?;
        Ok(Self {
            sleep: exports,
            sleep_source: sleep_source.map(str::to_owned),
            diary,
        })
    }

    /// For the settings of the manifest: which content was used and how the diary was read, without folders.
    pub fn to_json(&self) -> Value {
        let file = |name: &str, sha256: &Option<String>| json!({"file": name, "sha256": sha256});
        let sleep: Vec<Value> = self
            .sleep
            .iter()
            .map(|one| file(&one.name, &one.sha256))
            .collect();
        json!({
            "sleep": sleep,
            "sleep_source": self.sleep_source,
            "diary": self.diary.as_ref().map(|one| {
                let mut diary = file(&one.name, &one.sha256);
                diary["read"] = diary_choice::to_json(&one.options);
                diary
            }),
        })
    }

    /// What to say of them before the work begins.
    pub fn remarks(&self) -> Vec<String> {
        let Some(diary) = &self.diary else {
            return Vec::new();
        };
        let weighty = diary.reading.remarks.iter();
        let weighty: Vec<_> = weighty.filter(|remark| !remark.weight.is_taken()).collect();
        match weighty.first() {
            None => Vec::new(),
            Some(first) => vec![format!(
                "{name}: {} not taken; the first: {first} `legtrace diary check {name}` names each, and its flags are meant.",
                match weighty.len() {
                    1 => "1 cell was".to_owned(),
                    n => format!("{n} cells were"),
                },
                name = diary.name
            )],
        }
    }

    /// Lights out and lights on of the recording by the diary, or why there are none; `None` without a diary.
    pub fn diary_ends(
        &self,
        clock: &RecordingClock,
        length: SignedDuration,
    ) -> Option<Result<Ends, String>> {
        let diary = self.diary.as_ref()?;
        Some(ends_in(&diary.reading.diary, clock, length).map_err(|why| {
            format!(
                "The diary ({}) was not used for this night: {why}.",
                diary.name
            )
        }))
    }
}

/// Of all nights of the diary near the recording, the times of the one that shares most of it.
fn ends_in(
    diary: &Diary,
    clock: &RecordingClock,
    length: SignedDuration,
) -> Result<Ends, &'static str> {
    let (Some(first), Some(last)) = (clock.local(SignedDuration::ZERO), clock.local(length)) else {
        return Err(
            "the recording has no wall clock (--start gives it one, --tz one that counts in UTC)",
        );
    };
    let since = |local: Option<DateTime>| local.and_then(|local| clock.since_start(local));
    let mut best: Option<(SignedDuration, Ends)> = None;
    let mut date = first.date().yesterday().ok();
    while let Some(day) = date.filter(|day| *day <= last.date()) {
        let (out, on) = diary.lights_on_date(day);
        let ends = (since(out), since(on));
        let shared = match ends {
            (None, None) => SignedDuration::ZERO,
            // A lone end says something only of a recording that it lies in.
            (Some(at), None) | (None, Some(at)) if at < SignedDuration::ZERO || at > length => {
                SignedDuration::ZERO
            }
            (out, on) => {
                on.unwrap_or(length).min(length) - out.unwrap_or_default().max(SignedDuration::ZERO)
            }
        };
        if shared > best.map_or(SignedDuration::ZERO, |(shared, _)| shared) {
            best = Some((shared, ends));
        }
        date = day.tomorrow().ok();
    }
    best.map(|(_, ends)| ends)
        .ok_or("it has no times of lights out or lights on within the recording")
}

fn sleep_error(error: SleepError, path: &Path) -> Error {
    let code = error.code();
    match error {
        SleepError {
            kind: SleepErrorKind::Io(source),
            ..
        } => Error::io("read", path, source),
        other => Error::new(Kind::BadData, "sleep", format!("--sleep {other}.")).with_code(code),
    }
}

fn diary_error(error: DiaryError, path: &Path) -> Error {
    let code = error.code();
    match error {
        DiaryError::Io(source) => Error::io("read", path, source),
        other => Error::new(
            Kind::BadData,
            "diary",
            format!("--diary {}: {other}.", name_of(path)),
        )
        .with_code(code),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::recording::StampKind;

    fn beside(diary: &str) -> Beside {
        Beside {
            diary: Some(ReadDiary {
                name: "diary.csv".to_owned(),
                sha256: None,
                options: DiaryOptions::default(),
                reading: diary::read(diary.as_bytes(), &DiaryOptions::default())
                    .expect("a diary of the test"),
            }),
            ..Beside::default()
        }
    }

    fn clock(start: &str) -> RecordingClock {
        let local: DateTime = start.parse().expect("a wall clock");
        let stamp = jiff::tz::TimeZone::UTC
            .to_timestamp(local)
            .expect("in range");
        let ns = i64::try_from(stamp.as_nanosecond()).expect("a year that nanoseconds reach");
        RecordingClock::new(ns, StampKind::LocalCivil, None)
    }

    fn minutes(ends: Option<Result<Ends, String>>) -> (Option<i64>, Option<i64>) {
        let (out, on) = ends.expect("a diary").expect("its times");
        (out.map(|at| at.as_mins()), on.map(|at| at.as_mins()))
    }

    const THREE: &str = "date,lights out,lights on\n2024-03-03,23:10,06:40\n2024-03-04,00:20,07:00\n2024-03-05,23:00,\n";

    #[test]
    fn each_night_takes_its_own_row() {
        let diary = beside(THREE);
        let eight = SignedDuration::from_hours(9);
        let of = |start| minutes(diary.diary_ends(&clock(start), eight));
        assert_eq!(of("2024-03-03T22:40"), (Some(30), Some(480)));
        // After midnight the light went out on the evening of the fourth.
        assert_eq!(of("2024-03-04T23:00"), (Some(80), Some(480)));
        assert_eq!(of("2024-03-05T22:00"), (Some(60), None));
        // A recording from noon to noon holds the night that begins in it.
        let day =
            minutes(diary.diary_ends(&clock("2024-03-03T12:00"), SignedDuration::from_hours(24)));
        assert_eq!(day, (Some(670), Some(1120)));
    }

    #[test]
    fn a_night_that_is_not_in_it_says_so() {
        let diary = beside(THREE);
        let why = diary
            .diary_ends(&clock("2024-03-09T22:00"), SignedDuration::from_hours(8))
            .expect("a diary")
            .unwrap_err();
        assert!(why.contains("no times"), "{why}");
        let elapsed = RecordingClock::new(0, StampKind::Elapsed, None);
        let why = diary.diary_ends(&elapsed, SignedDuration::from_hours(8));
        assert!(why.expect("a diary").unwrap_err().contains("--start"));
    }
}

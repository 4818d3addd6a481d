//! Sleep exports: no recordings, but of use as `--sleep FILE`. Known by their first lines.

use super::{Format, Glance};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::table::layout::Layout;
use crate::ingest::text::to_text;

pub(super) const FORMAT: Format = Format {
    name: "sleep_export",
    recognise,
};

/// A source: its name, words that must all stand in one of the first lines.
type Signature = (&'static str, &'static [&'static str]);

const SIGNATURES: &[Signature] = &[
    ("sleep_samsung", &["com.samsung.health.sleep"]),
    ("sleep_samsung", &["com.samsung.shealth.sleep"]),
    ("sleep_apple_xml", &["<HealthData"]),
    ("sleep_apple_xml", &["<!DOCTYPE HealthData"]),
    ("sleep_apple_csv", &["sourceName", "startDate", "endDate"]),
    ("sleep_qs_access", &["In bed start", "In bed Finish"]),
    ("sleep_qs_access", &["In bed at", "Until"]),
    ("sleep_as_android", &["Id,Tz,From,To,Sched"]),
    ("sleep_fitbit_json", &["\"dateOfSleep\""]),
    (
        "sleep_fitbit_csv",
        &["Start Time", "End Time", "Minutes Asleep"],
    ),
    ("sleep_start_end_zone", &["Start,End,Time Zone"]),
    ("sleep_zepp", &["deep_sleep_time", "shallow_sleep_time"]),
    ("sleep_zepp", &["deepSleepTime", "shallowSleepTime"]),
    ("sleep_oura", &["bedtime_start", "bedtime_end"]),
    ("sleep_garmin", &["\"sleepStartTimestampGMT\""]),
    ("sleep_zeo", &["Start of Night", "Sleep Graph"]),
    ("sleep_remlogic", &["RemLogic Event Export"]),
    ("sleep_domino", &["Signal ID: SchlafProfil"]),
    ("sleep_stages", &["start_s,end_s,stage"]),
];

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    for line in glance
        .lines(12)
        .map(|line| to_text(&line[..line.len().min(8 * 1024)]))
    {
        let plain = line.replace('"', "");
        let signature = SIGNATURES.iter().find(|(_, words)| {
            words
                .iter()
                .all(|word| line.contains(word) || plain.contains(word))
        });
        if let Some((name, _)) = signature {
            return Err(usable(name));
        }
        if is_withings_summary(&plain) {
            return Err(usable("sleep_withings_summary"));
        }
        if plain == "start,duration,value" {
            return Err(if glance.file.lower().contains("sleep") {
                usable("sleep_withings_raw")
            } else {
                ReadError::new(
                    Refusal::Aggregated,
                    "This is a Withings file of figures by the minute. Withings devices export no raw acceleration.",
                )
            });
        }
    }
    if glance.file.lower().ends_with("_labeled_sleep") {
        return Err(usable("sleep_accel_labels"));
    }
    Ok(None)
}

/// Two names, then seconds of light, deep and REM sleep, in the language of the account.
fn is_withings_summary(line: &str) -> bool {
    line.split(',').count() >= 6
        && line
            .split(',')
            .skip(2)
            .take(4)
            .all(|cell| cell.trim().ends_with("(s)"))
}

fn usable(name: &'static str) -> ReadError {
    ReadError::new(
        Refusal::SleepExport,
        "This is a sleep export: it says when you slept, not how the leg moved. Give the accelerometer's recording, and this file \
         with --sleep.",
    )
    .of_format(name)
}

//! Tables and summaries of sleep that do not say when it was: hours a night, scores, times of day without a date. Each is
//! refused as what it is, with the file of the same vendor that has the times.

use super::Head;
use super::error::SleepErrorKind;

/// Words that stand together in the head of such a file (lower case), what it is, and what to take instead.
const KNOWN: [(&[&str], &str, &str); 10] = [
    (
        &["sleep score", "bedtime", "wake time"],
        "Garmin Connect's table of scores, whose bedtimes have no year or no date of their own",
        "Take *_sleepData.json of Garmin's account export (garmin.com/account/datamanagement)",
    ),
    (
        &["sleep score", "sleep duration", "quality"],
        "Garmin Connect's page of one night, which has lengths of stages and not when they were",
        "Take *_sleepData.json of Garmin's account export (garmin.com/account/datamanagement)",
    ),
    (
        &["cycle start time", "question text"],
        "WHOOP's journal",
        "Take sleeps.csv of the same export",
    ),
    (
        &["cycle start time", "workout start time"],
        "WHOOP's workouts",
        "Take sleeps.csv of the same export",
    ),
    (
        &["sleep_log_entry_id", "overall_score"],
        "Fitbit's table of sleep scores, which has no times of sleep",
        "Take sleep-YYYY-MM-DD.json or UserSleepStages_*.csv of the same export",
    ),
    (
        &["contributors", "deep_sleep", "timing", "score"],
        "Oura's daily scores, which have no times of sleep",
        "Take the export named sleep, with bedtime_start",
    ),
    (
        &["sleepscoreresult"],
        "Polar's sleep scores, which have no times of sleep",
        "Take sleep_result_*.json of the same export",
    ),
    (
        &["nightlyrecovery"],
        "Polar's nightly recovery, which has no times of sleep",
        "Take sleep_result_*.json of the same export",
    ),
    (
        &["sleepday", "totalminutesasleep"],
        "a table of minutes asleep a day, which has no times of sleep",
        "Take the export with the minutes or stages of each night",
    ),
    (
        &["sleep analysis [", "(hr)"],
        "Health Auto Export's table of hours a day, which has no times of sleep",
        "Export Sleep Analysis again with \"Aggregate Data\" switched off",
    ),
];

/// Why such a file is refused; `None` where the head is none of them.
pub fn refusal(head: &Head) -> Option<SleepErrorKind> {
    let lower = head.text.to_lowercase();
    KNOWN
        .iter()
        .find(|(words, ..)| words.iter().all(|word| lower.contains(word)))
        .map(|(_, what, instead)| SleepErrorKind::WithoutTimes { what, instead })
}

//! Names of the columns of sleep tables, in English and German, without case, blanks and signs.

/// Names of starts that seconds may stand under, too.
pub const START: [&str; 12] = [
    "sleepstagestart",
    "start",
    "starttime",
    "starts",
    "begin",
    "from",
    "onset",
    "von",
    "beginn",
    "inbedat",
    "startdate",
    "startdatetime",
];
/// Names that are believed only above whole stamps.
pub const SLEEP_START: [&str; 14] = [
    "inbedstart",
    "bedtime",
    "bedtimestart",
    "gotobed",
    "wenttobed",
    "sleepstart",
    "sleepstarttime",
    "sleeponset",
    "sleeptime",
    "fellasleep",
    "asleepat",
    "timelowerbound",
    "starttimestamp",
    "sleep",
];
/// As [`START`], for ends.
pub const END: [&str; 12] = [
    "sleepstageend",
    "end",
    "endtime",
    "ends",
    "stop",
    "to",
    "until",
    "bis",
    "ende",
    "enddate",
    "enddatetime",
    "stoptime",
];
/// As [`SLEEP_START`], for ends.
pub const SLEEP_END: [&str; 15] = [
    "inbedend",
    "bedtimeend",
    "gotup",
    "risetime",
    "sleepend",
    "sleependtime",
    "wakeonset",
    "waketime",
    "wakeuptime",
    "wokeup",
    "wokeupat",
    "wakeup",
    "timeupperbound",
    "endtimestamp",
    "wake",
];
/// Names of starts in tables that give no ends: a stage lasts until the next row.
pub const SINCE: [&str; 11] = [
    "time",
    "times",
    "timesec",
    "timestamp",
    "datetime",
    "date",
    "dt",
    "epochstart",
    "seconds",
    "zeit",
    "zeitpunkt",
];
/// Columns of stages.
pub const STAGE: [&str; 11] = [
    "stage",
    "sleepstage",
    "sleepstagetype",
    "state",
    "level",
    "stadium",
    "phase",
    "sleepstages",
    "hypnogram",
    "scoring",
    "description",
];
/// Of those the ones that other tables have for other things: there a number is no stage.
pub const COMMON: [&str; 4] = ["state", "level", "phase", EVENTS];
/// Annotations: stages among other events.
pub const EVENTS: &str = "description";
/// A stage where its cells are words for stages.
pub const VALUE: &str = "value";
/// Columns of zones, or of what a clock is from UTC.
pub const ZONE: [&str; 8] = [
    "timezone",
    "tz",
    "zeitzone",
    "cycletimezone",
    "timezoneoffset",
    "tzoffset",
    "utcoffset",
    "startutcoffset",
];
/// Who says so.
pub const VOICE: [&str; 7] = [
    "scorer",
    "rater",
    "expert",
    "technician",
    "source",
    "sourcename",
    "datasource",
];
/// Columns that say whether a row is a nap.
pub const NAP: [&str; 4] = ["nap", "isnap", "type", "sleeptype"];

/// Whether a folded name is that of a column of stages.
pub fn is_stage_name(name: &str) -> bool {
    STAGE.contains(&name)
}

/// Whether a folded name is that of a column of ends.
pub fn is_end_name(name: &str) -> bool {
    END.contains(&name)
}

/// Whether folded names are those of a table of sleep: a start, and a stage or an end.
pub fn are_names_of_sleep(names: &[String]) -> bool {
    let any = |lists: &[&[&str]]| {
        names.iter().any(|name| {
            let bare = without_utc(name).unwrap_or(name);
            lists.iter().any(|list| list.contains(&bare))
        })
    };
    any(&[&START, &SLEEP_START, &SINCE]) && any(&[&STAGE, &END, &SLEEP_END])
}

/// A name without the word that its stamps are UTC's: `start (UTC)`, `end_utc`; `None` without it.
pub fn without_utc(name: &str) -> Option<&str> {
    let ends = ["utc", "gmt"]
        .iter()
        .find_map(|word| name.strip_suffix(word));
    ends.or_else(|| name.strip_prefix("utc"))
        .filter(|rest| !rest.is_empty() && *rest != "offset")
}

/// A name without case, blanks and signs: `Start_Time` and `startTime` are one.
pub fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_say_that_its_stamps_are_utcs() {
        for name in ["start (UTC)", "start_utc", "UTC start", "Start GMT"] {
            assert_eq!(without_utc(&folded(name)), Some("start"), "{name}");
        }
        for name in ["start", "UTC", "utc_offset", "start_utc_offset"] {
            assert_eq!(without_utc(&folded(name)), None, "{name}");
        }
    }
}

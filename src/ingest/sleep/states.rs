//! Words and numbers for stages, as the sources write them.

use super::export::SleepState;
use crate::model::night::Stage;

/// What is expected where a word names none.
pub const EXPECTED: &str = "a stage: W, N1, N2, N3, R, light, deep, rem, awake, asleep or in bed";

/// The state that a word names, in the vocabularies of Apple Health, Fitbit, Google, Samsung, Withings and sleep
/// laboratories, English and German.
pub fn by_word(word: &str) -> Option<SleepState> {
    let folded: String = word
        .trim()
        .trim_start_matches("HKCategoryValueSleepAnalysis")
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    Some(match folded.as_str() {
        "inbed" | "bed" | "imbett" | "timeinbed" => SleepState::InBed,
        "w" | "wake" | "awake" | "wach" | "wk" | "s0" | "sleepstagew" | "awakeinbed"
        | "outofbed" | "wakeup" | "latency" => SleepState::Stage(Stage::Wake),
        // "Restless" is sleep with movement. Leaving it out would leave out the very movements that are looked for.
        "asleep" | "sleep" | "sleeping" | "asleepunspecified" | "schlaf" | "s" | "restless"
        | "unspecified" => SleepState::Stage(Stage::Asleep),
        "n1" | "s1" | "stage1" | "nrem1" | "sleepstage1" | "sleepstagen1" => {
            SleepState::Stage(Stage::N1)
        }
        "n2" | "s2" | "stage2" | "nrem2" | "sleepstage2" | "sleepstagen2" => {
            SleepState::Stage(Stage::N2)
        }
        "n3" | "s3" | "s4" | "n4" | "stage3" | "stage4" | "nrem3" | "sws" | "sleepstage3"
        | "sleepstage4" | "sleepstagen3" | "deep" | "deepsleep" | "asleepdeep" | "tief"
        | "tiefschlaf" => SleepState::Stage(Stage::N3),
        "light" | "lightsleep" | "asleepcore" | "core" | "leicht" | "leichtschlaf" => {
            SleepState::Stage(Stage::Light)
        }
        "r" | "rem" | "sr" | "remsleep" | "asleeprem" | "sleepstager" | "stager" => {
            SleepState::Stage(Stage::Rem)
        }
        "unknown" | "unscored" | "unmeasurable" | "" | "artifact" | "artefact" | "artefakt"
        | "art" | "a" | "movement" | "movementtime" | "mt" | "sleepstage" | "disturbances" => {
            SleepState::Unknown
        }
        _ => return None,
    })
}

/// The number of a stage in Health Connect (`SleepSessionRecord`) and Google Fit (`com.google.sleep.segment`), with its word.
pub fn by_google_number(code: i64) -> (SleepState, &'static str) {
    match code {
        1 => (SleepState::Stage(Stage::Wake), "awake"),
        2 => (SleepState::Stage(Stage::Asleep), "sleeping"),
        3 => (SleepState::Stage(Stage::Wake), "out of bed"),
        4 => (SleepState::Stage(Stage::Light), "light"),
        5 => (SleepState::Stage(Stage::N3), "deep"),
        6 => (SleepState::Stage(Stage::Rem), "rem"),
        7 => (SleepState::Stage(Stage::Wake), "awake in bed"),
        _ => (SleepState::Unknown, "unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vocabulary_is_known() {
        for (word, state) in [
            ("HKCategoryValueSleepAnalysisInBed", SleepState::InBed),
            (
                "HKCategoryValueSleepAnalysisAsleepUnspecified",
                SleepState::Stage(Stage::Asleep),
            ),
            (
                "HKCategoryValueSleepAnalysisAsleepCore",
                SleepState::Stage(Stage::Light),
            ),
            (
                "HKCategoryValueSleepAnalysisAsleepREM",
                SleepState::Stage(Stage::Rem),
            ),
            ("wake", SleepState::Stage(Stage::Wake)),
            ("Sleep stage N2", SleepState::Stage(Stage::N2)),
            ("Tiefschlaf", SleepState::Stage(Stage::N3)),
            ("In Bed", SleepState::InBed),
            ("S0", SleepState::Stage(Stage::Wake)),
            ("SR", SleepState::Stage(Stage::Rem)),
            ("Sleep stage ?", SleepState::Unknown),
        ] {
            assert_eq!(by_word(word), Some(state), "{word}");
        }
        assert_eq!(by_word("banana"), None);
    }
}

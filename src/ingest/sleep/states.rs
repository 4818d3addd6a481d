//! Words and numbers for stages, as the sources write them: the one vocabulary of sleep exports and of lists of stages.

use super::export::SleepState;
use crate::model::night::Stage;

/// What is expected where a word names none.
pub const EXPECTED: &str = "a stage: W, N1, N2, N3, R, light, deep, rem, awake, asleep, in bed, 0 to 5, or ? where it was not scored";

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
        "w" | "wk" | "wake" | "awake" | "wach" | "s0" | "stagew" | "sleepstagew" | "awakeinbed"
        | "outofbed" | "wakeup" | "latency" => SleepState::Stage(Stage::Wake),
        // "Restless" is sleep with movement. Leaving it out would leave out the very movements that are looked for.
        "asleep" | "sleep" | "sleeping" | "asleepunspecified" | "schlaf" | "s" | "restless"
        | "unspecified" | "nrem" => SleepState::Stage(Stage::Asleep),
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
        | "art" | "a" | "movement" | "movementtime" | "mt" | "m" | "sleepstage"
        | "disturbances" => SleepState::Unknown,
        _ => return None,
    })
}

/// What it should hold where a number could be told by none of the others.
pub const TOLD: &str = "a stage that can be told (4 is N3 in some programs and REM in others, 6 movement or REM: write N3, R or ?)";

/// The cells of a list of stages, words and numbers. Numbers are those of Rechtschaffen and Kales in EDF and Compumedics
/// exports: -1 and 9 unscored, 0 awake, 1 to 3 N1 to N3, 4 N3, 5 REM, 6 movement. What 4 and 6 mean is in the rest of the
/// list: some programs write REM as 4, Google as 6. So a 4 needs a REM of another name in it, and a 6 a 0, which Google's
/// numbers have not; [`settle`](Self::settle) tells at the end.
#[derive(Debug, Default)]
pub struct StageCells {
    has_rem: bool,
    has_zero: bool,
    first_four: Option<u64>,
    first_six: Option<u64>,
}

impl StageCells {
    /// The state that a cell names; `None` for what is no stage.
    pub fn state(&mut self, cell: &str, line: u64) -> Option<SleepState> {
        let state = match cell.trim().parse::<i64>() {
            Ok(number) => self.number(number, line)?,
            Err(_) => by_word(cell)?,
        };
        self.has_rem |= state == SleepState::Stage(Stage::Rem);
        Some(state)
    }

    /// The state that a number stands for; `None` for one that is no stage.
    pub fn number(&mut self, number: i64, line: u64) -> Option<SleepState> {
        Some(match number {
            -1 | 9 => SleepState::Unknown,
            0 => {
                self.has_zero = true;
                SleepState::Stage(Stage::Wake)
            }
            1 => SleepState::Stage(Stage::N1),
            2 => SleepState::Stage(Stage::N2),
            3 => SleepState::Stage(Stage::N3),
            4 => {
                self.first_four.get_or_insert(line);
                SleepState::Stage(Stage::N3)
            }
            5 => {
                self.has_rem = true;
                SleepState::Stage(Stage::Rem)
            }
            6 => {
                self.first_six.get_or_insert(line);
                SleepState::Unknown
            }
            _ => return None,
        })
    }

    /// Once all are read: whether every 4 and 6 could be told; else its line, and the number.
    pub fn settle(&self) -> Result<(), (u64, &'static str)> {
        match (self.first_four, self.first_six) {
            (Some(line), _) if !self.has_rem => Err((line, "4")),
            (_, Some(line)) if !self.has_zero => Err((line, "6")),
            _ => Ok(()),
        }
    }
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
            ("Stage W", SleepState::Stage(Stage::Wake)),
            ("nrem", SleepState::Stage(Stage::Asleep)),
            ("M", SleepState::Unknown),
            ("?", SleepState::Unknown),
            ("S0", SleepState::Stage(Stage::Wake)),
            ("SR", SleepState::Stage(Stage::Rem)),
            ("Sleep stage ?", SleepState::Unknown),
        ] {
            assert_eq!(by_word(word), Some(state), "{word}");
        }
        assert_eq!(by_word("banana"), None);
    }

    #[test]
    fn a_four_is_told_beside_a_rem_and_a_six_beside_a_zero() {
        let settled = |cells: &[&str]| {
            let mut all = StageCells::default();
            for (line, cell) in (1..).zip(cells) {
                assert!(all.state(cell, line).is_some(), "{cell}");
            }
            all.settle()
        };
        assert_eq!(settled(&["0", "2", "4", "5"]), Ok(()));
        assert_eq!(settled(&["W", "4", "REM"]), Ok(()));
        assert_eq!(settled(&["0", "2", "4", "4"]), Err((3, "4")));
        assert_eq!(settled(&["0", "6"]), Ok(()));
        // Health Connect's: awake, light, deep, rem.
        assert_eq!(settled(&["1", "4", "5", "6"]), Err((4, "6")));
        let mut cells = StageCells::default();
        assert_eq!(cells.state("4", 1), Some(SleepState::Stage(Stage::N3)));
        assert_eq!(cells.state("6", 2), Some(SleepState::Unknown));
        assert_eq!(cells.state("7", 3), None);
    }
}

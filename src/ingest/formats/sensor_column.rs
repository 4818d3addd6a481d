//! Several sensors in one table, a row for each of their samples, told apart by a column of words: only the rows of the
//! accelerometer are the recording.
//!
//! `timestamp,sensor,x,y,z` with `accelerometer` and `gyroscope` in turn; the words stand under any name or none.

use std::collections::BTreeSet;

use crate::ingest::error::ReadResult;
use crate::ingest::table::axes::another_sensor;
use crate::ingest::table::heading::{Sensor, sensor_named};
use crate::ingest::table::layout::Layout;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::text::to_text;
use crate::model::recording::Decision;
use crate::model::units::GravityState;

/// More words than a phone has sensors make labels, not sensors.
const MOST_WORDS: usize = 24;
/// Letters are labels.
const SHORTEST: usize = 3;

/// Whose rows are the recording.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) struct Turns {
    column: usize,
    whose: Whose,
}

#[derive(Debug, Clone, PartialEq)]
enum Whose {
    /// Those with this word; whether gravity is in them, where the word says so.
    Of(Vec<u8>, Option<GravityState>),
    /// Nobody's: all words are of other sensors.
    Others(Vec<String>),
}

/// Looks for a column that says whose each row is.
pub(in crate::ingest) fn find(sketch: &Sketch) -> Option<Turns> {
    for column in 0..sketch.columns {
        let Some(words) = words_in(sketch, column) else {
            continue;
        };
        let of = |sensor: Sensor| -> Vec<&[u8]> {
            words
                .iter()
                .copied()
                .filter(|word| word.len() >= SHORTEST)
                .filter(|word| sensor_named(&to_text(word)) == Some(sensor))
                .collect()
        };
        let (with, without) = (of(Sensor::Acceleration), of(Sensor::Linear));
        let n_others = of(Sensor::Other).len() + of(Sensor::Gravity).len();
        let n_known = with.len() + without.len() + n_others;
        if n_known < 2 || 2 * n_known < words.len() {
            continue;
        }
        let whose = match (&with[..], &without[..]) {
            ([word], _) => Whose::Of(word.to_vec(), None),
            ([], [word]) => Whose::Of(word.to_vec(), Some(GravityState::Removed)),
            ([], []) if n_known == words.len() => {
                Whose::Others(words.iter().map(|word| to_text(word)).collect())
            }
            _ => continue,
        };
        return Some(Turns { column, whose });
    }
    None
}

impl Turns {
    /// Leaves the rows of the accelerometer alone to be judged.
    pub(in crate::ingest) fn narrow(&self, sketch: &mut Sketch) {
        if let Whose::Of(word, _) = &self.whose {
            sketch.keep_rows(self.column, word);
        }
    }

    /// Has them alone be read; refuses a table in which they are missing.
    pub(in crate::ingest) fn settle(self, layout: &mut Layout) -> ReadResult<()> {
        let chosen = layout.only.iter().any(|(column, _)| *column == self.column);
        if chosen || layout.axes.contains(&self.column) {
            return Ok(());
        }
        let (word, gravity) = match self.whose {
            Whose::Of(word, gravity) => (word, gravity),
            Whose::Others(seen) => {
                return Err(another_sensor(&format!(
                    "The rows are of other sensors ({})",
                    seen.join(", ")
                )));
            }
        };
        layout.decisions.push(Decision::new(
            "sensor",
            to_text(&word),
            format!("column {} names the sensor of each row", self.column + 1),
        ));
        if gravity.is_some() {
            layout.unit.gravity = gravity;
        }
        layout.only.push((self.column, word));
        Ok(())
    }
}

/// The words of a column; `None` where it holds anything else, or as many words as rows.
fn words_in<'a>(sketch: &Sketch<'a>, column: usize) -> Option<BTreeSet<&'a [u8]>> {
    let mut words = BTreeSet::new();
    for cell in sketch.column(column).filter(|cell| !cell.is_empty()) {
        // numbers, clocks and whatever a spreadsheet made of them
        if !to_text(cell).starts_with(char::is_alphabetic) {
            return None;
        }
        words.insert(cell);
        if words.len() > MOST_WORDS {
            return None;
        }
    }
    (words.len() >= 2).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::options::ReadOptions;

    /// What is kept of a table in which two words take turns.
    fn kept(words: [&str; 2]) -> Result<Option<String>, &'static str> {
        let rows: String = (0..40)
            .map(|n| format!("{},{},0.1,0.2,9.8\n", n * 10, words[n % 2]))
            .collect();
        let text = format!("timestamp,type,x,y,z\n{rows}");
        let mut sketch = Sketch::draw(text.as_bytes(), true, &ReadOptions::default())
            .unwrap()
            .unwrap();
        let Some(turns) = find(&sketch) else {
            return Ok(None);
        };
        turns.narrow(&mut sketch);
        match turns.whose {
            Whose::Of(word, _) => {
                assert_eq!(sketch.n_rows(), 20);
                Ok(Some(to_text(&word)))
            }
            Whose::Others(_) => Err("not_acceleration"),
        }
    }

    #[test]
    fn of_several_sensors_in_turn_the_accelerometer_is_kept() {
        for (word, other) in [
            ("accelerometer", "gyroscope"),
            ("android.sensor.accelerometer", "android.sensor.gyroscope"),
            ("ACCE", "MAGN"),
            ("acc", "linear_acceleration"),
        ] {
            assert_eq!(kept([word, other]), Ok(Some(word.to_owned())), "{word}");
        }
    }

    #[test]
    fn rows_of_other_sensors_alone_are_refused() {
        assert_eq!(kept(["gyroscope", "magnetometer"]), Err("not_acceleration"));
    }

    #[test]
    fn labels_of_what_the_wearer_did_are_no_sensors() {
        assert_eq!(kept(["walking", "sitting"]), Ok(None));
        assert_eq!(kept(["A", "M"]), Ok(None));
        assert_eq!(kept(["9,78E+09", "9,79E+09"]), Ok(None));
        assert_eq!(kept(["sudden acceleration", "braking"]), Ok(None));
    }
}

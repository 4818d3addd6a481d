//! What a column's name says: sensor, axis, unit, time.

mod axis;

use super::unit_word::{tick_word, unit_word};
use super::vocabulary::{ACCELERATION, DERIVED, GRAVITY, LINEAR, NOT_A_STAMP, OTHER, TIME};
use crate::ingest::time::format::Tick;
use crate::model::units::AccelUnit;
use axis::take_axis;

/// A column's name, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) struct Heading {
    /// As written, without blanks around it.
    pub text: String,
    /// Its words in lower case, without unit and axis.
    pub words: Vec<String>,
    /// 0, 1, 2 for x, y, z.
    pub axis: Option<usize>,
    pub sensor: Sensor,
    pub unit: Option<UnitWord>,
}

/// Which sensor a name speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Sensor {
    /// Acceleration; with gravity unless something says otherwise.
    Acceleration,
    /// Acceleration without gravity: linear, user, free.
    Linear,
    /// The pull of the earth alone.
    Gravity,
    /// Another sensor, or a figure made from several axes.
    Other,
    /// No word for a sensor.
    Unnamed,
}

/// What a name or a line of units says the numbers are in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ingest) enum UnitWord {
    Acceleration(AccelUnit),
    Time(Tick),
    /// Another quantity: deg/s, µT, …
    Other,
    /// No unit, said in a word: raw counts of any sensor.
    Unitless,
}

/// Whether among these are a name for each axis of an accelerometer.
pub(in crate::ingest) fn has_three_axes(headings: &[Heading]) -> bool {
    (0..3).all(|axis| {
        headings.iter().any(|heading| {
            heading.axis == Some(axis) && !matches!(heading.sensor, Sensor::Other | Sensor::Gravity)
        })
    })
}

impl Heading {
    /// Takes a name apart.
    pub(in crate::ingest) fn parse(text: &str) -> Self {
        let text = text.trim().trim_matches('"').trim();
        let folded = fold(text);
        let (name, bracket) = split_bracket(&folded);
        let mut unit = bracket.and_then(unit_word);
        let mut words = words_of(name);
        let axis = take_axis(&mut words, &mut unit);
        if unit.is_none() {
            unit = take_unit_words(&mut words, axis.is_some());
        }
        let lowered: Vec<String> = words.iter().map(|w| w.to_ascii_lowercase()).collect();
        let sensor = match unit {
            Some(UnitWord::Other) => Sensor::Other,
            _ => sensor_of(&lowered, axis.is_some(), name),
        };
        Self {
            text: text.to_owned(),
            words: lowered,
            axis,
            sensor,
            unit,
        }
    }

    /// Adds what a line of units says; a unit in the name itself wins.
    pub(in crate::ingest) fn merge_unit(&mut self, unit: Option<UnitWord>) {
        if self.unit.is_none() {
            self.unit = unit;
            if unit == Some(UnitWord::Other) && self.axis.is_some() {
                self.sensor = Sensor::Other;
            }
        }
    }

    /// The words that the three axes of one sensor share.
    pub(in crate::ingest) fn stem(&self) -> String {
        self.words.join(" ")
    }

    /// Whether the name speaks of time.
    pub(in crate::ingest) fn is_time(&self) -> bool {
        self.axis.is_none()
            && (!self.says(&NOT_A_STAMP) || self.words.iter().any(|word| word.starts_with("since")))
            && (matches!(self.unit, Some(UnitWord::Time(_))) || self.says(&TIME))
    }

    /// Whether one of the words is among these.
    pub(in crate::ingest) fn says(&self, among: &[&str]) -> bool {
        self.words.iter().any(|word| among.contains(&word.as_str()))
    }

    /// Whether the name says that the clock shows UTC.
    pub(in crate::ingest) fn says_utc(&self) -> bool {
        let lower = self.lower();
        let mut words = lower.split(|c: char| !c.is_alphabetic());
        lower.contains("utc") || words.any(|word| word.ends_with("gmt"))
    }

    /// The tick that unit or words name.
    pub(in crate::ingest) fn tick(&self) -> Option<Tick> {
        if let Some(UnitWord::Time(tick)) = self.unit {
            return Some(tick);
        }
        self.words.iter().rev().find_map(|word| tick_word(word))
    }

    /// The name in lower case, as tests for one known name want it.
    pub(in crate::ingest) fn lower(&self) -> String {
        self.text.to_ascii_lowercase()
    }
}

fn sensor_of(words: &[String], has_axis: bool, name: &str) -> Sensor {
    let says = |among: &[&str]| words.iter().any(|word| among.contains(&word.as_str()));
    let acceleration = says(&ACCELERATION) || words.iter().any(|w| w.starts_with("accel"));
    if says(&DERIVED) || !has_axis && acceleration && !says(&TIME) {
        return Sensor::Other;
    }
    let without = says(&["without", "ohne", "sans", "sin", "excluding", "minus", "no"]);
    let with = says(&["with", "including", "incl", "mit", "avec", "con"]);
    if acceleration || says(&["linacc", "la", "lacc", "laccel", "freeacc"]) {
        let named_other = words
            .iter()
            .any(|w| OTHER.contains(&w.as_str()) && w != "g" && w != "m" && w != "e");
        if named_other {
            return Sensor::Other;
        }
        if says(&LINEAR) || without {
            return Sensor::Linear;
        }
        return if says(&GRAVITY) && !with {
            Sensor::Gravity
        } else {
            Sensor::Acceleration
        };
    }
    if says(&GRAVITY) {
        return Sensor::Gravity;
    }
    if says(&LINEAR) {
        return Sensor::Linear;
    }
    if says(&OTHER) || name.contains('°') {
        return Sensor::Other;
    }
    Sensor::Unnamed
}

/// The sensor that a word of its own names, as in a column that says whose a row is: `accelerometer`, `ACCE`, `gyroscope`.
pub(in crate::ingest) fn sensor_named(word: &str) -> Option<Sensor> {
    let words: Vec<String> = words_of(&fold(word))
        .iter()
        .map(|w| w.to_ascii_lowercase())
        .collect();
    // as if an axis stood beside it: without one, acceleration is a figure made from three
    match sensor_of(&words, true, word) {
        Sensor::Unnamed => None,
        sensor => Some(sensor),
    }
}

/// Letters as ASCII where a plain one exists; superscripts as digits; what a wrong encoding left of `²` dropped.
pub(super) fn fold(text: &str) -> String {
    text.chars()
        .filter_map(|c| {
            Some(match c {
                '²' => '2',
                '³' => '3',
                'µ' | 'μ' => 'u',
                'é' | 'è' | 'ê' | 'ë' => 'e',
                'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
                'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
                'ú' | 'ù' | 'û' | 'ü' => 'u',
                'í' | 'ì' | 'î' | 'ï' => 'i',
                'ç' => 'c',
                'ñ' => 'n',
                '⁻' | '−' => '-',
                '·' | '⋅' => '*',
                'Â' | '\u{feff}' | '\u{a0}' | '\u{200b}' => return None,
                _ => c,
            })
        })
        .collect()
}

/// The name and what stands in its last pair of round or square brackets.
fn split_bracket(text: &str) -> (&str, Option<&str>) {
    let Some(open) = text.find(['(', '[']) else {
        return (text, None);
    };
    let close = text.rfind([')', ']']).unwrap_or(text.len());
    if close <= open {
        return (text, None);
    }
    (text[..open].trim_end(), Some(text[open + 1..close].trim()))
}

/// Words at changes of case and of script and at everything that is no letter or digit; case kept for the axis search.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphanumeric() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        } else {
            let case = c.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit());
            let script = is_han(c) != is_han(before);
            if (case || script) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.push(c);
        }
        before = c;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// A sign of Chinese or Japanese, which stands beside a letter without a blank.
fn is_han(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}')
}

/// A unit written as words at the end of a name: `acc_x_mg`, `X_ACCELERATION_METERS_PER_SECOND_SQUARED`.
fn take_unit_words(words: &mut Vec<String>, has_axis: bool) -> Option<UnitWord> {
    if !has_axis {
        return None;
    }
    let lower: Vec<String> = words.iter().map(|w| w.to_ascii_lowercase()).collect();
    let tail = |n: usize| lower.len().checked_sub(n).map(|at| lower[at..].join(" "));
    let metric = AccelUnit::MetresPerSecondSquared;
    for (n, phrases, unit) in [
        (
            4,
            &[
                "meters per second squared",
                "metres per second squared",
                "meter per second squared",
            ][..],
            metric,
        ),
        (3, &["m per s2", "m s 2", "m s s"][..], metric),
        (2, &["m s2", "milli g", "ms 2"][..], metric),
        (1, &["ms2", "mps2", "mss"][..], metric),
        (1, &["mg", "millig"][..], AccelUnit::MilliG),
        (1, &["g", "gs"][..], AccelUnit::G),
    ] {
        if let Some(found) = tail(n).filter(|t| phrases.contains(&t.as_str())) {
            if n == 1 && lower.len() == 1 && found == "g" {
                continue; // gx: a gyroscope as a rule
            }
            words.truncate(words.len() - n);
            let unit = if found == "milli g" {
                AccelUnit::MilliG
            } else {
                unit
            };
            return Some(UnitWord::Acceleration(unit));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> (Sensor, Option<usize>, Option<AccelUnit>) {
        let heading = Heading::parse(text);
        let unit = match heading.unit {
            Some(UnitWord::Acceleration(unit)) => Some(unit),
            _ => None,
        };
        (heading.sensor, heading.axis, unit)
    }

    #[test]
    fn the_names_that_exports_use() {
        use AccelUnit::{G, MetresPerSecondSquared as Metric, MilliG};
        use Sensor::{Acceleration, Gravity, Linear, Other, Unnamed};
        for (text, expect) in [
            ("Accelerometer X", (Acceleration, Some(0), None)),
            (" Accel-Y (g)", (Acceleration, Some(1), Some(G))),
            ("z-axis (g)", (Unnamed, Some(2), Some(G))),
            ("X [mg]", (Unnamed, Some(0), Some(MilliG))),
            ("x (in G's)", (Unnamed, Some(0), Some(G))),
            (
                "ACCELEROMETER X (m/s²)",
                (Acceleration, Some(0), Some(Metric)),
            ),
            (
                "ACCELEROMETER X (m/s\u{fffd})",
                (Acceleration, Some(0), Some(Metric)),
            ),
            (
                "LINEAR ACCELERATION Y (m/s²)",
                (Linear, Some(1), Some(Metric)),
            ),
            ("GRAVITY Z (m/s²)", (Gravity, Some(2), Some(Metric))),
            (
                "Acceleration x (m/s^2)",
                (Acceleration, Some(0), Some(Metric)),
            ),
            (
                "Linear Acceleration x (m/s^2)",
                (Linear, Some(0), Some(Metric)),
            ),
            ("Absolute acceleration (m/s^2)", (Other, None, Some(Metric))),
            ("Shimmer_40AC_Accel_LN_X_CAL", (Acceleration, Some(0), None)),
            ("FreeAcc_Z", (Linear, Some(2), None)),
            ("Gyr_X", (Other, Some(0), None)),
            ("gFy", (Acceleration, Some(1), Some(G))),
            ("ax", (Acceleration, Some(0), None)),
            ("Ya", (Acceleration, Some(1), None)),
            ("aX", (Acceleration, Some(0), None)),
            ("gX", (Other, Some(0), None)),
            ("wz", (Other, Some(2), None)),
            ("AsX", (Other, Some(0), None)),
            ("AccX", (Acceleration, Some(0), None)),
            ("AcX", (Acceleration, Some(0), None)),
            ("GyX", (Other, Some(0), None)),
            ("ACCEX", (Acceleration, Some(0), None)),
            ("LACCX", (Linear, Some(0), None)),
            ("ax(g)", (Acceleration, Some(0), Some(G))),
            ("acc_x_mg", (Acceleration, Some(0), Some(MilliG))),
            (
                "X_ACCELERATION_METERS_PER_SECOND_SQUARED",
                (Acceleration, Some(0), Some(Metric)),
            ),
            (
                "accelerometerAccelerationX(G)",
                (Acceleration, Some(0), Some(G)),
            ),
            ("motionUserAccelerationX(G)", (Linear, Some(0), Some(G))),
            ("motionGravityX(G)", (Gravity, Some(0), Some(G))),
            ("motionRotationRateX(rad/s)", (Other, Some(0), None)),
            (
                "accelerationIncludingGravityX",
                (Acceleration, Some(0), None),
            ),
            (
                "Beschleunigung x (m/s^2)",
                (Acceleration, Some(0), Some(Metric)),
            ),
            (
                "Accélération z (m/s^2)",
                (Acceleration, Some(2), Some(Metric)),
            ),
            ("x_value", (Unnamed, Some(0), None)),
            ("x-axis (deg/s)", (Other, Some(0), None)),
            ("X", (Unnamed, Some(0), None)),
            ("m/s", (Other, None, None)),
        ] {
            assert_eq!(seen(text).1, expect.1, "axis of {text}");
            assert_eq!(seen(text).2, expect.2, "unit of {text}");
            if text != "m/s" {
                assert_eq!(seen(text).0, expect.0, "sensor of {text}");
            }
        }
    }

    #[test]
    fn names_of_time_and_their_ticks() {
        for (text, tick) in [
            ("epoc (ms)", Some(Tick::MILLISECOND)),
            ("seconds_elapsed", Some(Tick::SECOND)),
            ("sensor timestamp [ns]", Some(Tick::NANOSECOND)),
            ("HEADER_TIME_STAMP", None),
            ("SampleTimeFine", None),
            ("Milliseconds", Some(Tick::MILLISECOND)),
            ("timestamp_ms", Some(Tick::MILLISECOND)),
            ("time (01:00)", None),
            ("accelerometerTimestamp_sinceReboot(s)", Some(Tick::SECOND)),
            ("Time since start in ms ", Some(Tick::MILLISECOND)),
            ("timeIntervalSince1970", None),
        ] {
            let heading = Heading::parse(text);
            assert!(heading.is_time(), "{text}: {heading:?}");
            assert_eq!(heading.tick(), tick, "{text}");
        }
        for text in ["SessionDuration", "Time Zone", "file_timestamp", "hr"] {
            assert!(!Heading::parse(text).is_time(), "{text}");
        }
    }
}

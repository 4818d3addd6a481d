//! A file's name as evidence: several apps write the same header for every sensor.

use super::heading::{Sensor, fold, words_of};
use super::vocabulary::{ACCELERATION, GRAVITY};

/// A file's name, as far as it speaks of a sensor: the only evidence where columns are called x, y and z alone.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ingest) struct FileName {
    /// Without folders and suffixes.
    pub stem: String,
    pub words: Vec<String>,
    pub sensor: Sensor,
}

const OTHER_IN_FILE_NAMES: [&str; 21] = [
    "orient",
    "gyro",
    "gyroscope",
    "gyr",
    "mag",
    "magn",
    "magnetometer",
    "orientation",
    "rotation",
    "rotationvector",
    "barometer",
    "pressure",
    "light",
    "temperature",
    "eda",
    "ppg",
    "bvp",
    "hr",
    "ecg",
    "compass",
    "quaternion",
];

/// Whether the words speak of an angular velocity, in one word or two.
fn of_turning(words: &[String]) -> bool {
    ["angvel", "angularvel"]
        .iter()
        .any(|name| words.concat().contains(name))
}

impl FileName {
    /// Reads a name without folders.
    pub(in crate::ingest) fn parse(name: &str) -> Self {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let words: Vec<String> = words_of(&fold(stem))
            .iter()
            .map(|w| w.to_ascii_lowercase())
            .collect();
        let says = |among: &[&str]| words.iter().any(|word| among.contains(&word.as_str()));
        let accelerates = words
            .iter()
            .any(|w| w.starts_with("accel") || ACCELERATION.contains(&w.as_str()) && w.len() > 2);
        let sensor =
            if accelerates && (says(&["linear", "lin", "lineare", "user"]) || says(&["without"])) {
                Sensor::Linear
            } else if accelerates {
                Sensor::Acceleration
            } else if says(&OTHER_IN_FILE_NAMES) || of_turning(&words) {
                Sensor::Other
            } else if says(&GRAVITY) {
                Sensor::Gravity
            } else {
                Sensor::Unnamed
            };
        Self {
            stem: stem.to_owned(),
            words,
            sensor,
        }
    }

    /// Whether it names the sensor that these words of columns name: `data gyro` and `gyrox`.
    pub(in crate::ingest) fn speaks_of(&self, stem: &str) -> bool {
        let is_of_sensor = |word: &&String| {
            OTHER_IN_FILE_NAMES.contains(&word.as_str()) || GRAVITY.contains(&word.as_str())
        };
        let begins = self.words.iter().filter(is_of_sensor);
        begins
            .filter_map(|word| word.get(..3))
            .any(|begin| stem.split(' ').any(|word| word.starts_with(begin)))
    }

    /// Whether it names another sensor of three axes.
    pub(in crate::ingest) fn is_of_three_other_axes(&self) -> bool {
        let other = [
            "gyr",
            "mag",
            "orient",
            "rotationv",
            "compass",
            "quat",
            "grav",
        ];
        matches!(self.sensor, Sensor::Other | Sensor::Gravity)
            && (of_turning(&self.words)
                || (self.words.iter())
                    .any(|word| other.iter().any(|begin| word.starts_with(begin))))
    }

    /// The stem in lower case.
    pub(in crate::ingest) fn lower(&self) -> String {
        self.stem.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_speak_of_sensors() {
        for (name, sensor) in [
            ("Accelerometer.csv", Sensor::Acceleration),
            ("TotalAcceleration.csv", Sensor::Acceleration),
            ("Linear Acceleration.csv", Sensor::Linear),
            ("Gyroscope.csv", Sensor::Other),
            (
                "A-rest_MetaWear_C42732BE255C_Accelerometer_12.500Hz_1.4.4.csv",
                Sensor::Acceleration,
            ),
            ("Gravity.csv", Sensor::Gravity),
            ("p5n1.TXT", Sensor::Unnamed),
        ] {
            assert_eq!(FileName::parse(name).sensor, sensor, "{name}");
        }
    }
}

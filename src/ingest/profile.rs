//! Profiles: how to read a table of a device that is not known, kept in a TOML file.
//!
//! ```toml
//! name = "my-watch"
//! [match]                      # all must hold
//! file = "*_acc.csv"
//! first_line_contains = "Logged started on"
//! [table]
//! delimiter = ";"
//! decimal = ","
//! skip = 4
//! header = true
//! [time]
//! column = "NodeTimestamp"
//! kind = "elapsed"
//! tick = "ms"
//! start_from = { line = 1, after = "on,", format = "%d/%m/%Y %H:%M:%S" }
//! zone = "Europe/Berlin"
//! [accel]
//! x = "X (mg)"
//! y = "Y (mg)"
//! z = "Z (mg)"
//! unit = "mg"
//! gravity = "included"
//! ```
//!
//! Flags win over a profile. `inspect --write-profile` prints the profile of what was found, so that one line is edited.

mod draft;
mod keys;
mod matching;

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::{ReadError, ReadResult, Refusal};
pub use keys::{AccelKeys, ColumnName, StartFrom, TableKeys, TimeKeys, WornKeys};
pub use matching::Match;

/// A description of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Takes the place of the format's name.
    pub name: String,
    /// Which files it is for.
    #[serde(rename = "match", default)]
    pub files: Match,
    /// How the table is written.
    #[serde(default)]
    pub table: TableKeys,
    /// What its time is.
    #[serde(default)]
    pub time: TimeKeys,
    /// What its axes are.
    #[serde(default)]
    pub accel: AccelKeys,
    /// Where it was worn.
    #[serde(default)]
    pub worn: WornKeys,
}

impl Profile {
    /// Reads a profile; every key is checked.
    ///
    /// # Errors
    ///
    /// What is wrong, with its line; `name` tells which file.
    pub fn parse(text: &str, name: &str) -> ReadResult<Self> {
        let wrong = |message: String| ReadError::new(Refusal::BadOption, message).in_file(name);
        let profile: Self = toml::from_str(text)
            .map_err(|error| wrong(format!("The profile cannot be read: {error}")))?;
        if profile.name.trim().is_empty() {
            return Err(wrong(
                "The profile has no name. Add name = \"my-watch\".".to_owned(),
            ));
        }
        if profile.files.is_empty() {
            return Err(wrong(
                "The profile's [match] is empty, so it would take every file. Add file = \"*_acc.csv\" or first_line_contains."
                    .to_owned(),
            ));
        }
        profile
            .to_options(b"")
            .map_err(|error| error.in_file(name))?;
        Ok(profile)
    }

    /// All profiles (`*.toml`) of a settings folder, in order of name; none where there is no such folder.
    ///
    /// # Errors
    ///
    /// The first profile that cannot be read.
    pub fn load_folder(folder: &Path) -> ReadResult<Vec<Self>> {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                return Err(ReadError::io(
                    "the folder of profiles could not be listed",
                    error,
                ));
            }
        };
        let mut paths: Vec<_> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|suffix| suffix == "toml"))
            .collect();
        paths.sort();
        let mut profiles = Vec::new();
        for path in paths {
            let name = super::container::label_of(&path);
            let text = std::fs::read_to_string(&path).map_err(|error| {
                ReadError::io("the profile could not be read", error).in_file(&name)
            })?;
            profiles.push(Self::parse(&text, &name)?);
        }
        Ok(profiles)
    }
}

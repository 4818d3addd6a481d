//! Profiles on the disk: the one that was named, and those of the settings folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::read_error;
use crate::error::Error;
use crate::ingest::profile::{Match, Profile};

/// The named profile first, then those of the settings folder in the order of their names.
pub fn load(named: Option<&Path>) -> Result<Vec<Profile>, Error> {
    let mut profiles = Vec::new();
    if let Some(path) = named {
        let text = fs::read_to_string(path).map_err(|source| Error::io("read", path, source))?;
        let name = path.display().to_string();
        let mut profile =
            Profile::parse(&text, &name).map_err(|error| read_error(error).in_file(name))?;
        // Who names a profile means it, whatever its [match] says.
        profile.files = Match {
            file: Some("*".to_owned()),
            first_line_contains: None,
        };
        profiles.push(profile);
    }
    if let Some(folder) = settings_folder() {
        profiles.extend(Profile::load_folder(&folder).map_err(read_error)?);
    }
    Ok(profiles)
}

/// Where settings live on this system: `legtrace/profiles` below XDG_CONFIG_HOME, APPDATA or ~/.config.
fn settings_folder() -> Option<PathBuf> {
    let below = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let settings = below("XDG_CONFIG_HOME")
        .or_else(|| below("APPDATA"))
        .or_else(|| below("HOME").map(|home| home.join(".config")))?;
    Some(settings.join("legtrace").join("profiles"))
}

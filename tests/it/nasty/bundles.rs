//! Several recordings in one archive.

use legtrace::ingest::{ReadOptions, open};

use crate::made::{Folder, lines, read, read_with, xyz_times, zipped};

/// A file of Sensor Logger that begins at that second, in its order of columns.
fn sensor(start_s: u64, factor: f64) -> String {
    let rows = lines(600, |n| {
        let at = n as u64 * 20;
        let ns = (start_s * 1_000 + at) * 1_000_000;
        format!(
            "{ns},{}.{:03},{}",
            at / 1_000,
            at % 1_000,
            xyz_times(n, factor)
        )
    });
    format!("time,seconds_elapsed,z,y,x\n{rows}")
}

const FIRST: u64 = 1_700_000_000;
const SECOND: u64 = 1_700_086_400;

/// Two nights of one phone in one archive.
fn two_nights(gravity_of_the_first: bool) -> Vec<u8> {
    let (first, second) = (sensor(FIRST, 0.1), sensor(SECOND, 0.1));
    let (gravity, more_gravity) = (sensor(FIRST, 9.81), sensor(SECOND, 9.81));
    let meta = b"device name,recording timezone\nPhone,Europe/Berlin\n";
    let mut members: Vec<(&str, &[u8])> = vec![
        ("n1/Accelerometer.csv", first.as_bytes()),
        ("n1/Metadata.csv", meta),
        ("n2/Accelerometer.csv", second.as_bytes()),
        ("n2/Gravity.csv", more_gravity.as_bytes()),
        ("n2/Metadata.csv", meta),
    ];
    if gravity_of_the_first {
        members.push(("n1/Gravity.csv", gravity.as_bytes()));
    }
    zipped(&members)
}

#[test]
fn two_nights_in_one_archive_are_asked_about() {
    let folder = Folder::new();
    let path = folder.file("nights.zip", two_nights(true));
    let error = read(&path).err().expect("two recordings");
    assert_eq!(error.code(), "needs_member");
    assert!(error.to_string().contains("--member n2/"), "{error}");
    for (wanted, start) in [
        ("n1/", "2023-11-14T23:13:20+01:00"),
        ("n2/", "2023-11-15T23:13:20+01:00"),
    ] {
        let options = ReadOptions {
            member: Some(wanted.to_owned()),
            ..ReadOptions::default()
        };
        let outcome = read_with(&path, &options).expect("a recording");
        assert_eq!(outcome.start().as_deref(), Some(start));
        assert!(outcome.info.decisions.iter().any(|d| d.what == "gravity"));
    }
}

#[test]
fn gravity_is_that_of_the_same_folder() {
    let folder = Folder::new();
    let path = folder.file("nights.zip", two_nights(false));
    let options = ReadOptions {
        member: Some("n".to_owned()),
        ..ReadOptions::default()
    };
    assert_eq!(
        open(&path, &options).err().map(|e| e.code()),
        Some("needs_member")
    );
    let first = ReadOptions {
        member: Some("n1/".to_owned()),
        ..ReadOptions::default()
    };
    let outcome = read_with(&path, &first).expect("acceleration alone");
    assert_eq!(
        outcome.info.gravity,
        legtrace::model::units::GravityState::Removed
    );
}

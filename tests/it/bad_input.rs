//! Bad files are ordinary: each ends in a paragraph that says what to do, never in a panic.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use legtrace::ingest::{ReadOptions, open};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::made::{Folder, lines, read, read_made, read_made_with, refusal, xyz};

fn table(n: usize) -> String {
    format!(
        "time_ms,x,y,z\n{}",
        lines(n, |n| format!("{},{}", n * 20, xyz(n)))
    )
}

#[test]
fn nothing_or_next_to_nothing() {
    for (name, content) in [
        ("empty.csv", ""),
        ("blank.csv", "\n\n  \n"),
        ("bom.csv", "\u{feff}"),
    ] {
        let error = refusal(name, content);
        assert_eq!(error.code(), "no_samples", "{name}");
        assert!(error.to_string().starts_with(name), "{error}");
    }
    assert!(matches!(
        refusal("a.csv", "time,x,y,z\n").code(),
        "no_samples" | "not_a_recording"
    ));
    assert_eq!(
        refusal("a.csv", "time_ms,x,y,z\n0,0.1,0.2,0.9\n").code(),
        "no_samples"
    );
    assert_eq!(
        refusal("a.txt", "Dear diary,\nlast night my legs would not rest.\n").code(),
        "not_a_recording"
    );
    let nan = format!(
        "time_ms,x,y,z\n{}",
        lines(200, |n| format!("{},NaN,NaN,NaN", n * 20))
    );
    assert!(matches!(
        refusal("a.csv", nan).code(),
        "no_samples" | "not_acceleration"
    ));
}

#[test]
fn the_same_value_throughout() {
    let constant = format!(
        "time_ms,x,y,z\n{}",
        lines(500, |n| format!("{},0.1,0.2,0.97", n * 20))
    );
    assert_eq!(refusal("a.csv", constant).code(), "constant_values");
    let zeros = format!(
        "time_ms,x,y,z\n{}",
        lines(500, |n| format!("{},0,0,0", n * 20))
    );
    assert_eq!(refusal("a.csv", zeros).code(), "constant_values");
}

#[test]
fn letters_in_numbers() {
    let some = format!(
        "time_ms,x,y,z\n{}",
        lines(1_000, |n| format!(
            "{},{}",
            n * 20,
            if n % 20 == 7 {
                "0.1a,0.2,0.9".to_owned()
            } else {
                xyz(n)
            }
        ))
    );
    let error = refusal("a.csv", some);
    assert_eq!((error.code(), error.line()), ("damaged", Some(9)));
    assert!(error.to_string().contains("0.1a"), "{error}");
    // one broken row among many is counted, not fatal
    let one = format!(
        "time_ms,x,y,z\n{}",
        lines(1_000, |n| format!(
            "{},{}",
            n * 20,
            if n == 500 {
                "0.1a,0.2,0.9".to_owned()
            } else {
                xyz(n)
            }
        ))
    );
    let outcome = read_made("a.csv", one).unwrap();
    assert_eq!(outcome.survey.rows.unparsable, 1);
    assert!(
        outcome.survey.warnings.iter().any(|w| w.contains("502")),
        "{:?}",
        outcome.survey.warnings
    );
}

#[test]
fn a_wrong_delimiter_by_flag() {
    let options = ReadOptions {
        delimiter: Some(";".parse().unwrap()),
        ..ReadOptions::default()
    };
    let error = read_made_with("a.csv", table(200), &options).err().unwrap();
    assert_eq!(error.code(), "not_a_recording");
    assert!(error.to_string().contains("--delimiter"), "{error}");
    let options = ReadOptions {
        columns: Some("time=1,x=2,y=3,z=9".parse().unwrap()),
        ..ReadOptions::default()
    };
    assert_eq!(
        read_made_with("a.csv", table(200), &options)
            .err()
            .unwrap()
            .code(),
        "bad_option"
    );
    let options = ReadOptions {
        skip: Some(10_000),
        ..ReadOptions::default()
    };
    assert_eq!(
        read_made_with("a.csv", table(200), &options)
            .err()
            .unwrap()
            .code(),
        "not_a_recording"
    );
}

fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer
        .start_file(name, SimpleFileOptions::default())
        .unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn archives_that_are_cut_off_or_changed() {
    let packed = gzipped(table(5_000).as_bytes());
    for keep in [15, packed.len() / 2, packed.len() - 4] {
        assert_eq!(
            refusal("a.csv.gz", &packed[..keep]).code(),
            "damaged",
            "{keep} bytes"
        );
    }
    let archive = zipped("a.csv", table(5_000).as_bytes());
    assert_eq!(
        refusal("a.zip", &archive[..archive.len() / 2]).code(),
        "damaged"
    );
    let mut changed = archive.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 0x55;
    assert_eq!(refusal("a.zip", changed).code(), "damaged");
    assert_eq!(
        refusal("a.zip", zipped("inner.zip", &archive)).code(),
        "binary"
    );
}

#[test]
fn names_that_climb_out_stay_inside() {
    let folder = Folder::new();
    let path = folder.file(
        "in/a.zip",
        zipped("../../evil\u{1b}[31m.csv", table(300).as_bytes()),
    );
    let outcome = read(&path).unwrap();
    assert_eq!(outcome.survey.rows.parsed, 300);
    assert!(
        outcome
            .info
            .member
            .is_some_and(|name| !name.chars().any(char::is_control))
    );
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing was unpacked");
}

#[test]
fn zeros_without_end_stop_at_once() {
    // a gigabyte of zeros in a megabyte
    let member = gzipped(&vec![0u8; 1 << 20]);
    let bomb: Vec<u8> = member
        .iter()
        .copied()
        .cycle()
        .take(member.len() * 1_000)
        .collect();
    let error = refusal("bomb.csv.gz", bomb);
    assert!(matches!(error.code(), "damaged" | "binary"), "{error}");
    assert_eq!(
        refusal("line.csv", vec![b'7'; 5 << 20]).code(),
        "not_a_recording"
    );
}

#[test]
fn folders_without_a_recording() {
    let folder = Folder::new();
    assert_eq!(read(folder.path()).err().unwrap().code(), "not_a_recording");
    folder.file("notes.txt", "nothing to see\n");
    folder.file("sub/picture.png", b"\x89PNG\r\n\x1a\n");
    assert_eq!(read(folder.path()).err().unwrap().code(), "not_a_recording");
    folder.file("one.csv", table(300));
    assert_eq!(read(folder.path()).unwrap().survey.rows.parsed, 300);
    folder.file("two.csv", table(300));
    let error = read(folder.path()).err().unwrap();
    assert_eq!(error.code(), "needs_member");
    let options = ReadOptions {
        member: Some("two".to_owned()),
        ..ReadOptions::default()
    };
    assert!(open(folder.path(), &options).is_ok());
    let missing = open(
        &folder.path().join("no such file.csv"),
        &ReadOptions::default(),
    )
    .err()
    .unwrap();
    assert!(missing.is_io());
    assert_eq!(missing.code(), "io");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.file("locked.csv", table(300));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    // the superuser may read everything
    if std::fs::File::open(&path).is_err() {
        assert!(read(&path).err().unwrap().is_io());
    }
}

#[test]
fn stamps_centuries_apart_are_no_clock() {
    // found by fuzzing: the time between two such stamps is no number of nanoseconds
    let lines: String = (0..40i64)
        .map(|n| {
            let year = if n % 2 == 0 { 1690 } else { 2250 };
            format!("{year}-05-14 22:40:{n:02}.000,-228,-84,92\n")
        })
        .collect();
    assert!(!refusal("CWA-DATA_2388760.csv", lines).is_io());
    let lines: String = (0..40i64)
        .map(|n| {
            format!(
                "{},-228,-84,92\n",
                if n % 2 == 0 {
                    i64::MIN + n
                } else {
                    i64::MAX - n
                }
            )
        })
        .collect();
    assert!(!refusal("a.csv", lines).is_io());
}

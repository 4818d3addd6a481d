//! Files made to fill memory or to never end: a clear refusal, soon, in little memory.
//!
//! Each is read by the program itself, as a child, so that its peak memory can be seen where the system tells it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flate2::write::GzEncoder;
use flate2::{Compress, Compression, FlushCompress};

use crate::made::Folder;

/// What the program said, and what it took.
struct Verdict {
    refused: String,
    message: String,
    peak_mb: Option<f64>,
}

/// More memory than reading any export takes (64 MB) by some room for the system's own pages.
const MOST_MB: f64 = 80.0;
/// A bomb must be known for one long before ten gigabytes have been unpacked; a busy machine is given time.
const LONGEST: Duration = Duration::from_secs(120);

fn inspect(path: &Path) -> Verdict {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_legtrace"))
        .args(["inspect", "--json"])
        .arg(path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut peak_mb = None;
    while child.try_wait().expect("a child").is_none() {
        peak_mb = peak_of(child.id()).or(peak_mb);
        if began.elapsed() > LONGEST {
            child.kill().expect("a child");
            panic!("{} took longer than {LONGEST:?}", path.display());
        }
        std::thread::sleep(Duration::from_micros(300));
    }
    let mut said = String::new();
    child
        .stdout
        .take()
        .expect("a pipe")
        .read_to_string(&mut said)
        .expect("text");
    let said: serde_json::Value = serde_json::from_str(said.trim()).expect("JSON");
    let word = |key: &str| said[key].as_str().unwrap_or_default().to_owned();
    Verdict {
        refused: word("refused"),
        message: word("message"),
        peak_mb,
    }
}

/// The most memory that a process has held, where Linux tells it.
fn peak_of(id: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

#[track_caller]
fn refused(path: &Path, codes: &[&str], says: &str) {
    let verdict = inspect(path);
    assert!(
        codes.contains(&verdict.refused.as_str()),
        "{}: {}",
        verdict.refused,
        verdict.message
    );
    assert!(verdict.message.contains(says), "{}", verdict.message);
    if cfg!(target_os = "linux") {
        let peak = verdict.peak_mb.expect("Linux tells the peak");
        assert!(peak < MOST_MB, "{peak:.0} MB for {}", verdict.message);
    }
}

fn rows(n: usize) -> String {
    let row = |n: usize| format!("{},0.{:02},0.5,0.8\n", n * 20, n % 97);
    "time_ms,x,y,z\n".to_owned() + &(0..n).map(row).collect::<String>()
}

/// A member of gzip that unpacks to `unit` again and again, `times` over, in little more than `times / 1000`.
fn gzip_of(first: &[u8], unit: &[u8], times: usize) -> Vec<u8> {
    let packed = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    };
    let again = packed(unit);
    let mut bomb = packed(first);
    for _ in 0..times {
        bomb.extend_from_slice(&again);
    }
    bomb
}

/// A raw deflate stream of `first` and then `times` blocks of `unit`, each byte-aligned so that it can be repeated.
fn deflate_of(first: &[u8], unit: &[u8], times: usize) -> Vec<u8> {
    let block = |bytes: &[u8], last: bool| {
        let mut packer = Compress::new(Compression::best(), false);
        let mut out = Vec::with_capacity(bytes.len() + 1_024);
        let flush = if last {
            FlushCompress::Finish
        } else {
            FlushCompress::Sync
        };
        packer
            .compress_vec(bytes, &mut out, flush)
            .expect("room enough");
        out
    };
    let again = block(unit, false);
    let mut stream = block(first, false);
    for _ in 0..times {
        stream.extend_from_slice(&again);
    }
    stream.extend(block(b"", true));
    stream
}

/// One member of an archive, as its two headers tell of it.
struct Member<'a> {
    name: &'a str,
    deflated: bool,
    packed: u64,
    unpacked: u64,
    at: u64,
}

impl Member<'_> {
    /// The extra field with lengths of 64 bits (APPNOTE.TXT, section 4.5.3).
    fn extra(&self) -> Vec<u8> {
        let mut extra = vec![1, 0, 24, 0];
        for value in [self.unpacked, self.packed, self.at] {
            extra.extend(value.to_le_bytes());
        }
        extra
    }

    fn fields(&self) -> Vec<u8> {
        let mut fields = vec![45, 0, 0, 0, if self.deflated { 8 } else { 0 }, 0];
        // date, time and checksum; lengths stand in the extra field
        fields.extend([0; 8]);
        fields.extend([0xff; 8]);
        fields.extend((self.name.len() as u16).to_le_bytes());
        fields.extend((self.extra().len() as u16).to_le_bytes());
        fields
    }

    fn local(&self) -> Vec<u8> {
        let mut header = b"PK\x03\x04".to_vec();
        header.extend(self.fields());
        header.extend(self.name.as_bytes());
        header.extend(self.extra());
        header
    }

    fn central(&self) -> Vec<u8> {
        let mut header = b"PK\x01\x02\x2d\x00".to_vec();
        header.extend(self.fields());
        header.extend([0; 10]);
        header.extend([0xff; 4]);
        header.extend(self.name.as_bytes());
        header.extend(self.extra());
        header
    }
}

/// The central directory and the ends after it, for members whose local headers stand already; it begins at `at`.
fn directory(members: &[Member], at: u64) -> Vec<u8> {
    let mut out: Vec<u8> = members.iter().flat_map(Member::central).collect();
    let (size, n) = (out.len() as u64, members.len() as u64);
    let end_64 = at + size;
    out.extend(b"PK\x06\x06");
    out.extend(44u64.to_le_bytes());
    out.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for value in [n, n, size, at] {
        out.extend(value.to_le_bytes());
    }
    out.extend(b"PK\x06\x07\0\0\0\0");
    out.extend(end_64.to_le_bytes());
    out.extend([1, 0, 0, 0]);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([0xff; 12]);
    out.extend([0; 2]);
    out
}

fn zip_of(name: &str, deflated: bool, data: &[u8], unpacked: u64) -> Vec<u8> {
    let member = Member {
        name,
        deflated,
        packed: data.len() as u64,
        unpacked,
        at: 0,
    };
    let mut archive = member.local();
    archive.extend_from_slice(data);
    let at = archive.len() as u64;
    archive.extend(directory(&[member], at));
    archive
}

const MIB: usize = 1 << 20;

#[test]
fn ten_gigabytes_of_zeros_in_ten_megabytes() {
    let folder = Folder::new();
    let zeros = vec![0u8; MIB];
    let gzip = folder.file("a.csv.gz", gzip_of(b"", &zeros, 10_240));
    refused(&gzip, &["binary", "damaged"], "");
    let deflated = deflate_of(b"", &zeros, 10_240);
    let zip = folder.file("a.zip", zip_of("a.csv", true, &deflated, 10_240 << 20));
    refused(&zip, &["binary", "damaged", "not_a_recording"], "");
}

#[test]
fn ten_gigabytes_behind_a_good_beginning() {
    let folder = Folder::new();
    let head = rows(200_000);
    for (name, unit, says) in [
        ("zeros", vec![0u8; MIB], "Zero bytes"),
        ("sevens", vec![b'7'; MIB], "longer than"),
        ("blank lines", vec![b'\n'; MIB], "empty lines"),
    ] {
        let gzip = gzip_of(head.as_bytes(), &unit, 10_240);
        refused(
            &folder.file(&format!("{name}.csv.gz"), gzip),
            &["damaged", "not_a_recording"],
            says,
        );
        let deflated = deflate_of(head.as_bytes(), &unit, 10_240);
        let zip = zip_of("a.csv", true, &deflated, 10_240 << 20);
        refused(
            &folder.file(&format!("{name}.zip"), zip),
            &["damaged", "not_a_recording"],
            says,
        );
    }
}

#[test]
fn ten_gigabytes_that_are_hardly_there() {
    // files with a hole: some rows, then nothing but zeros that take no room on the disk
    const LENGTH: u64 = 10 << 30;
    let folder = Folder::new();
    let plain = folder.file("a.csv", rows(400_000));
    File::options()
        .write(true)
        .open(&plain)
        .expect("a file")
        .set_len(LENGTH)
        .expect("a hole");
    refused(&plain, &["damaged"], "Zero bytes");
    let member = Member {
        name: "a.csv",
        deflated: false,
        packed: LENGTH,
        unpacked: LENGTH,
        at: 0,
    };
    let zip = folder.file(
        "a.zip",
        [member.local(), rows(400_000).into_bytes()].concat(),
    );
    let mut file = File::options().write(true).open(&zip).expect("a file");
    let at = member.local().len() as u64 + LENGTH;
    file.seek(SeekFrom::Start(at)).expect("a place");
    file.write_all(&directory(&[member], at)).expect("room");
    drop(file);
    refused(&zip, &["damaged"], "Zero bytes");
}

#[test]
fn twenty_thousand_names_for_one_bomb() {
    // all members share one stream; together they would be 200 TB
    let folder = Folder::new();
    let names: Vec<String> = (0..19_999).map(|n| format!("part{n:05}.csv")).collect();
    let deflated = deflate_of(b"", &vec![b'7'; MIB], 64);
    let member = |name| Member {
        name,
        deflated: true,
        packed: deflated.len() as u64,
        unpacked: 64 << 20,
        at: 0,
    };
    let members: Vec<Member> = names.iter().map(|name| member(name.as_str())).collect();
    let mut archive = members[0].local();
    archive.extend_from_slice(&deflated);
    let at = archive.len() as u64;
    archive.extend(directory(&members, at));
    refused(
        &folder.file("a.zip", archive),
        &["not_a_recording", "damaged"],
        "",
    );
}

#[test]
fn a_million_members_are_counted_before_they_are_read() {
    let folder = Folder::new();
    let member = Member {
        name: "a.csv",
        deflated: false,
        packed: 0,
        unpacked: 0,
        at: 0,
    };
    let mut archive = member.local();
    let at = archive.len() as u64;
    archive.extend(member.central().repeat(1_000_000));
    let size = archive.len() as u64 - at;
    let mut end = directory(&[], at + size);
    // the end of 64 bits: number of entries twice, then length and place of the directory
    for (place, value) in [(24, 1_000_000u64), (32, 1_000_000), (40, size), (48, at)] {
        end[place..place + 8].copy_from_slice(&value.to_le_bytes());
    }
    archive.extend(end);
    refused(
        &folder.file("a.zip", archive),
        &["needs_member"],
        "1000000 members",
    );
}

#[test]
fn lines_of_a_quarter_of_a_million_cells() {
    let folder = Folder::new();
    let wide = |cell: &str, n: usize| cell.repeat(n) + "1\n";
    let names: String = (0..30_000).map(|n| format!("x{n},")).collect::<String>() + "z\n";
    for (name, text) in [
        ("numbers.csv", wide("1,", 30_000).repeat(100)),
        ("commas.csv", wide(",", 60_000).repeat(100)),
        ("names.csv", names + &wide("1,", 30_000).repeat(100)),
        ("quotes.csv", "\"".repeat(4 << 20)),
        ("brackets.json", "[".repeat(8 << 20)),
        ("blocks.json", "{\"ArrayAcc\":[".repeat(400_000)),
    ] {
        let verdict = inspect(&folder.file(name, text));
        assert!(!verdict.refused.is_empty(), "{name} was read");
        if let Some(peak) = verdict.peak_mb {
            assert!(peak < 2.0 * MOST_MB, "{peak:.0} MB for {name}");
        }
    }
}

#[test]
fn names_that_climb_out_or_lie() {
    let folder = Folder::new();
    let text = rows(3_000);
    for name in [
        "../../../../tmp/legtrace-was-here.csv",
        "/tmp/legtrace-was-here.csv",
        "..\\..\\legtrace-was-here.csv",
        "C:\\legtrace-was-here.csv",
        "a\u{202e}vsc.exe",
    ] {
        let path = folder.file(
            "in/a.zip",
            zip_of(name, false, text.as_bytes(), text.len() as u64),
        );
        let verdict = inspect(&path);
        // the checksum of these is wrong on purpose: everything is read, then refused; nothing is ever unpacked
        assert_eq!(verdict.refused, "damaged", "{}", verdict.message);
        assert!(!verdict.message.contains('\u{202e}'), "{}", verdict.message);
    }
    assert!(!Path::new("/tmp/legtrace-was-here.csv").exists());
    assert_eq!(
        std::fs::read_dir(folder.path().join("in"))
            .expect("a folder")
            .count(),
        1
    );
}

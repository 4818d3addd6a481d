//! Profiles: what was found, written down, finds the same again; and what is wrong in one is said.

use legtrace::ingest::profile::Profile;
use legtrace::ingest::{ReadOptions, open};
use legtrace::model::recording::RawBlock;

use crate::made::{Folder, lines, read, read_made_with, read_with, xyz, xyz_times};

const MY_WATCH: &str = r#"
name = "my-watch"
[match]
file = "*_acc.csv"
first_line_contains = "Logged started on"
[table]
delimiter = ";"
decimal = ","
skip = 2
header = true
[time]
column = "NodeTimestamp"
kind = "elapsed"
tick = "ms"
start_from = { line = 1, after = "on,", format = "%d/%m/%Y %H:%M:%S" }
zone = "Europe/Berlin"
[accel]
x = "A"
y = "B"
z = 4
unit = "mg"
gravity = "included"
[worn]
leg = "left"
placement = "ankle"
"#;

fn watch_file() -> String {
    let rows = lines(500, |n| {
        format!(
            "{};{}",
            n * 20,
            xyz_times(n, 1000.0).replace(',', ";").replace('.', ",")
        )
    });
    format!("Logged started on,11/04/2020 12:26:40\nsomething else\nNodeTimestamp;A;B;C\n{rows}")
}

#[test]
fn a_profile_reads_what_no_format_knows() {
    let profile = Profile::parse(MY_WATCH, "my-watch.toml").unwrap();
    let options = ReadOptions {
        profiles: vec![profile],
        ..ReadOptions::default()
    };
    let outcome = read_made_with("night_acc.csv", watch_file(), &options).unwrap();
    assert_eq!(outcome.info.format, "my-watch");
    assert_eq!(outcome.start().unwrap(), "2020-04-11T12:26:40+02:00");
    assert_eq!(outcome.survey.unit.name(), "mg");
    assert_eq!(outcome.info.leg.map(|leg| leg.name()), Some("left"));
    // not for this file: then nothing of it holds
    assert!(read_made_with("night_gyr.csv", watch_file(), &options).is_err());
    // a flag wins over the profile
    let flagged = ReadOptions {
        unit: Some("g".parse().unwrap()),
        ..options
    };
    assert_eq!(
        read_made_with("night_acc.csv", watch_file(), &flagged)
            .unwrap()
            .survey
            .unit
            .name(),
        "g"
    );
}

#[test]
fn wrong_profiles_say_what_is_wrong() {
    for (from, to, word) in [
        ("name = \"my-watch\"", "name = \"\"", "name"),
        (
            "file = \"*_acc.csv\"\nfirst_line_contains = \"Logged started on\"",
            "",
            "match",
        ),
        ("kind = \"elapsed\"", "kind = \"fortnights\"", "time.kind"),
        ("Europe/Berlin", "Europe/Atlantis", "time.zone"),
        ("unit = \"mg\"", "unit = \"furlongs\"", "accel.unit"),
        ("z = 4", "z = 0", "accel.z"),
        ("skip = 2", "skips = 2", "skips"),
        ("leg = \"left\"", "leg = \"middle\"", "worn.leg"),
    ] {
        let text = MY_WATCH.replace(from, to);
        assert_ne!(text, MY_WATCH, "{from} is in the profile");
        let error = Profile::parse(&text, "my-watch.toml").unwrap_err();
        assert_eq!(error.code(), "bad_option");
        assert!(
            error.to_string().contains(word) && error.to_string().contains("my-watch.toml"),
            "{error}"
        );
    }
}

#[test]
fn what_was_found_finds_itself_again() {
    let folder = Folder::new();
    let tables = [
        (
            "a.csv",
            format!(
                "time_ms,x,y,z\n{}",
                lines(400, |n| format!("{},{}", n * 20, xyz(n)))
            ),
        ),
        (
            "b.csv",
            lines(400, |n| {
                format!("{:.2};{}", n as f64 * 0.02, xyz(n))
                    .replace(',', ";")
                    .replace('.', ",")
            }),
        ),
        (
            "c.csv",
            format!(
                "note\nt;x;y;z\nms;m/s^2;m/s^2;m/s^2\n{}",
                lines(400, |n| format!(
                    "{};{}",
                    n * 20,
                    xyz_times(n, 9.81).replace(',', ";")
                ))
            ),
        ),
        (
            "d.csv",
            format!(
                "when,acc x (g),acc y (g),acc z (g),time\n{}",
                lines(400, |n| format!(
                    "b{n},{},2023-04-{:02} 10:00:{:02}.{:03}",
                    xyz(n),
                    14,
                    n / 50,
                    n % 50 * 20
                ))
            ),
        ),
    ];
    for (name, content) in tables {
        let path = folder.file(name, content);
        let plain = read(&path).unwrap();
        let mut reader = open(&path, &ReadOptions::default()).unwrap();
        let mut block = RawBlock::default();
        while reader.next_block(&mut block).unwrap() {}
        let draft = reader
            .profile()
            .cloned()
            .expect("a table can be told as a profile");
        let text = draft.settled(&reader.finish().unwrap()).to_toml();
        let again = Profile::parse(&text, "draft.toml")
            .unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        let options = ReadOptions {
            profiles: vec![again],
            ..ReadOptions::default()
        };
        let profiled =
            read_with(&path, &options).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        assert_eq!(profiled.samples, plain.samples, "{name}\n{text}");
        assert_eq!(profiled.survey.unit, plain.survey.unit);
        assert!(profiled.info.format.starts_with("my-"));
    }
}

#[test]
fn profiles_of_a_folder_are_found() {
    let folder = Folder::new();
    assert!(
        Profile::load_folder(&folder.path().join("none"))
            .unwrap()
            .is_empty()
    );
    folder.file("my-watch.toml", MY_WATCH);
    folder.file("readme.txt", "no profile");
    assert_eq!(Profile::load_folder(folder.path()).unwrap().len(), 1);
    folder.file("broken.toml", "name = ");
    assert_eq!(
        Profile::load_folder(folder.path()).unwrap_err().code(),
        "bad_option"
    );
}

//! A folder of several people: whose each night is, a row a person, and that nothing is told of two people together.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use legtrace::output::rows::{NightRow, StudyRows};
use legtrace::output::tables::write_csv;
use legtrace::pipeline::agreement;
use serde_json::Value;

use crate::made::Folder;
use crate::program::{legtrace, show, text};

/// Two minutes of a sensor at rest from 23:00 on a day of May, with a ripple that no other night has.
fn night(day: u32, phase: f64) -> String {
    let mut csv = String::from("timestamp,x (g),y (g),z (g)\n");
    for n in 0..6000 {
        let ripple = 0.002 * (f64::from(n) * 0.034 + phase).sin();
        let (minute, second, ms) = (n / 3000, n / 50 % 60, n % 50 * 20);
        csv.push_str(&format!(
            "2024-05-{day:02} 23:{minute:02}:{second:02}.{ms:03},{ripple:.4},0.02,{:.4}\n",
            1.0 + ripple
        ));
    }
    csv
}

/// Nights by file and day.
fn cohort(scratch: &Folder, nights: &[(&str, u32)]) -> PathBuf {
    for (n, (name, day)) in (0_u32..).zip(nights) {
        scratch.file(&format!("cohort/{name}"), night(*day, f64::from(n)));
    }
    scratch.at("cohort")
}

/// Runs `analyze` on the inputs and gives what it said and where the results are.
fn analyzed(scratch: &Folder, out: &str, args: &[&str]) -> (String, String, PathBuf) {
    let out = scratch.at(out);
    let mut all = vec!["analyze", "--no-charts", "--out", show(&out)];
    all.extend(args);
    let output = legtrace(&all);
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{said}{told}");
    (said, told, out)
}

fn refused(args: &[&str]) -> String {
    let output = legtrace(args);
    let told = text(&output.stderr);
    assert!(
        !output.status.success() && !told.contains("panicked"),
        "{told}"
    );
    assert!(told.starts_with("legtrace: "), "{told}");
    told
}

/// The cells of some columns of a table.
fn cells(table: &Path, columns: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(table).expect("a table");
    let head = reader.headers().expect("a header").clone();
    let at: Vec<usize> = columns
        .iter()
        .map(|name| {
            head.iter()
                .position(|column| column == *name)
                .expect("the column")
        })
        .collect();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        at.iter().map(|&at| row[at].to_owned()).collect()
    });
    rows.collect()
}

const TWO: [(&str, u32); 5] = [
    ("P01/a.csv", 1),
    ("P01/b.csv", 2),
    ("P01/c.csv", 4),
    ("P02/a.csv", 2),
    ("P02/b.csv", 3),
];

#[test]
fn each_person_of_a_cohort_is_told_as_if_alone() {
    let scratch = Folder::new();
    let folder = cohort(&scratch, &TWO);
    let (said, told, out) = analyzed(&scratch, "out", &[show(&folder)]);
    assert!(told.contains("People: P01, P02"), "{told}");
    assert!(!told.contains("of several people. Figures"), "{told}");
    assert!(!said.contains("nights together"), "{said}");
    for (person, n) in [("P01 ", "3"), ("P02 ", "2")] {
        let line = said.lines().find(|line| line.starts_with(person));
        let line = line.unwrap_or_else(|| panic!("no line of {person}in {said}"));
        assert_eq!(line.split_whitespace().nth(2), Some(n), "{said}");
    }

    let nights = cells(&out.join("nights.csv"), &["files", "person"]);
    assert_eq!(nights.len(), 5);
    assert!(
        nights.iter().all(|row| row[0].starts_with(&row[1])),
        "{nights:?}"
    );
    let files = cells(&out.join("files.csv"), &["file", "person"]);
    assert!(
        files.iter().all(|row| row[0].starts_with(&row[1])),
        "{files:?}"
    );
    let people = cells(&out.join("people.csv"), &["person", "n_nights", "n_used"]);
    assert_eq!(people, [["P01", "3", "3"], ["P02", "2", "2"]]);

    let bytes = fs::read(out.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(manifest["people"]["by"], "names of folders");
    assert_eq!(manifest["inputs"][3]["person"], "P02");

    let all = fs::read_to_string(out.join("study.csv")).unwrap();
    for person in ["P01", "P02"] {
        let (_, _, alone) = analyzed(&scratch, person, &[show(&folder.join(person))]);
        assert!(!alone.join("people.csv").exists());
        let alone = fs::read_to_string(alone.join("study.csv")).unwrap();
        let own: Vec<&str> = all
            .lines()
            .filter_map(|line| line.strip_prefix(person))
            .collect();
        assert_eq!(own, alone.lines().skip(1).collect::<Vec<_>>());
    }
}

#[test]
fn a_table_says_whose_files_of_one_folder_are() {
    let scratch = Folder::new();
    let names = [
        ("a_n1.csv", 1),
        ("b_n1.csv", 1),
        ("a_n2.csv", 2),
        ("c.csv", 3),
    ];
    let folder = cohort(&scratch, &names);
    // at one time, and without a leg in their names: nobody could tell them apart
    let table = scratch.file("people.csv", "file,person\na_*,Anna\nb_n1.csv,Ben\n");
    let (_, told, out) = analyzed(&scratch, "out", &[show(&folder), "--people", show(&table)]);
    assert!(told.contains("People: Anna, Ben (by people.csv)"), "{told}");
    assert!(
        told.contains("1 of the recordings is of nobody named, the first c.csv"),
        "{told}"
    );
    let mut nights = cells(&out.join("nights.csv"), &["files", "person"]);
    nights.sort();
    let expected = [
        ["a_n1.csv", "Anna"],
        ["a_n2.csv", "Anna"],
        ["b_n1.csv", "Ben"],
        ["c.csv", ""],
    ];
    assert_eq!(nights, expected);
    let people = cells(&out.join("people.csv"), &["person", "n_nights"]);
    assert_eq!(people, [["Anna", "2"], ["Ben", "1"]]);

    let out = scratch.at("none");
    for (rows, reason) in [
        ("d.csv,Dora", "line 2: \"d.csv\" is none of the files"),
        ("a_*,Anna\na_n1.csv,Ben", "line 3"),
    ] {
        let table = scratch.file("wrong.csv", format!("file,person\n{rows}\n"));
        let told = refused(&[
            "analyze",
            show(&folder),
            "--people",
            show(&table),
            "--out",
            show(&out),
        ]);
        assert!(
            told.contains("wrong.csv") && told.contains(reason),
            "{told}"
        );
        assert!(!out.exists());
    }
}

#[test]
fn where_nobody_says_it_no_person_is_invented() {
    let scratch = Folder::new();
    let names = [
        ("n1/a.csv", 1),
        ("n2/a.csv", 2),
        ("n3/a.csv", 3),
        ("n4/a.csv", 4),
    ];
    let folder = cohort(&scratch, &names);
    let (said, told, out) = analyzed(&scratch, "out", &[show(&folder)]);
    assert!(told.contains("--people folder"), "{told}");
    assert!(said.contains("4 nights together"), "{said}");
    assert!(!out.join("people.csv").exists());
    let persons = cells(&out.join("nights.csv"), &["person"]);
    assert!(persons.iter().all(|row| row[0].is_empty()), "{persons:?}");
    let (said, _, out) = analyzed(&scratch, "asked", &[show(&folder), "--people", "folder"]);
    assert_eq!(cells(&out.join("people.csv"), &["person"]).len(), 4);
    assert!(said.contains("4 people, 4 nights"), "{said}");
    // folders given one by one, as a shell writes cohort/*
    let each: Vec<PathBuf> = (1..=2).map(|n| folder.join(format!("n{n}"))).collect();
    let args = [show(&each[0]), show(&each[1]), "--people", "folder"];
    let (_, _, out) = analyzed(&scratch, "each", &args);
    assert_eq!(
        cells(&out.join("people.csv"), &["person"]),
        [["n1"], ["n2"]]
    );
}

#[test]
fn recordings_at_one_time_tell_folders_of_people() {
    let scratch = Folder::new();
    let folder = cohort(
        &scratch,
        &[("Anna/a.csv", 1), ("Ben/a.csv", 1), ("Ben/b.csv", 2)],
    );
    let (_, told, out) = analyzed(&scratch, "out", &[show(&folder)]);
    assert!(told.contains("made at one time; --people none"), "{told}");
    assert_eq!(
        cells(&out.join("people.csv"), &["person"]),
        [["Anna"], ["Ben"]]
    );
    let (_, told, out) = analyzed(&scratch, "one", &[show(&folder), "--people", "none"]);
    assert!(told.contains("so they are of several people"), "{told}");
    assert!(!out.join("people.csv").exists());
}

const DIARY: &str = "date,severity\n2024-05-01,3\n2024-05-02,5\n2024-05-03,4\n";

#[test]
fn a_diary_or_sleep_of_one_person_is_not_laid_over_others() {
    let scratch = Folder::new();
    let folder = cohort(&scratch, &TWO);
    let diary = scratch.file("diary.csv", DIARY);
    let out = scratch.at("out");
    let told = refused(&[
        "analyze",
        show(&folder),
        "--diary",
        show(&diary),
        "--out",
        show(&out),
    ]);
    assert!(told.contains("2 people (P01, P02)"), "{told}");
    assert!(
        told.contains(&format!("legtrace analyze {}", show(&folder.join("P01")))),
        "{told}"
    );
    let sleep = scratch.file(
        "sleep.csv",
        "start,end,stage\n2024-05-02 23:00:00,2024-05-02 23:01:00,light\n2024-05-02 23:01:00,2024-05-02 23:02:00,deep\n",
    );
    // the second of May is in both folders
    let told = refused(&[
        "analyze",
        show(&folder),
        "--sleep",
        show(&sleep),
        "--out",
        show(&out),
    ]);
    assert!(
        told.contains("--sleep") && told.contains("2 people (P01, P02)"),
        "{told}"
    );
    assert!(!out.exists());
}

#[test]
fn charts_and_pages_are_of_one_person() {
    let scratch = Folder::new();
    let folder = cohort(&scratch, &TWO);
    let (_, _, study) = analyzed(&scratch, "study", &[show(&folder)]);
    let diary = scratch.file("diary.csv", DIARY);
    let svg = scratch.at("trend.svg");
    let commands: [&[&str]; 5] = [
        &["report", show(&study)],
        &["plot", "trend", show(&study), "-o", show(&svg)],
        &["plot", "calendar", show(&study), "-o", show(&svg)],
        &["associate", show(&study), "--diary", show(&diary)],
        &["diary", "check", show(&diary), "--study", show(&study)],
    ];
    for command in commands {
        let told = refused(command);
        assert!(
            told.contains("2 people (P01, P02)") && told.contains("--person P01"),
            "{command:?}: {told}"
        );
        let told = refused(&[command, &["--person", "P1"]].concat());
        assert!(
            told.contains("\"P1\"") && told.contains("P01, P02"),
            "{command:?}: {told}"
        );
    }
    assert!(!svg.exists() && !study.join("report.pdf").exists());

    let (_, _, alone) = analyzed(&scratch, "alone", &[show(&folder.join("P02"))]);
    let drawn = |study: &Path, person: &[&str]| {
        let args = [
            &["plot", "trend", show(study), "--force", "-o", show(&svg)],
            person,
        ]
        .concat();
        let output = legtrace(&args);
        assert!(output.status.success(), "{}", text(&output.stderr));
        fs::read_to_string(&svg).unwrap()
    };
    assert_eq!(drawn(&study, &["--person", "P02"]), drawn(&alone, &[]));
    let html = scratch.at("report.html");
    let output = legtrace(&["report", show(&study), "--person", "P02", "-o", show(&html)]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let page = fs::read_to_string(&html).unwrap();
    assert!(page.contains("P02") && !page.contains("P01"));
}

#[test]
fn agreement_sets_each_night_beside_its_own_person_s() {
    let scratch = Folder::new();
    let night = |night: &str, person: Option<&str>, plm_per_h: f64| NightRow {
        night: night.to_owned(),
        person: person.map(str::to_owned),
        date: Some(jiff::civil::date(2024, 5, 1)),
        plm_per_h: Some(plm_per_h),
        ..NightRow::default()
    };
    let ours = [night("1", Some("P1"), 10.0), night("2", Some("P2"), 50.0)];
    let compared = |reference: &[NightRow]| {
        let file = scratch.at("reference.csv");
        write_csv(reference, File::create(&file).expect("a file")).expect("a table");
        let mut rows = StudyRows {
            nights: ours.to_vec(),
            ..StudyRows::default()
        };
        let filled = agreement::fill(&mut rows, &file, "plm_per_h");
        let differences: Vec<f64> = rows.agreement.iter().map(|row| row.difference).collect();
        (filled.is_ok(), differences)
    };
    let both = [night("x", Some("P2"), 48.0), night("y", Some("P1"), 11.0)];
    assert_eq!(compared(&both), (true, vec![-1.0, 2.0]));
    // one date and nobody's name: only the names of the nights can tell
    assert_eq!(compared(&[night("2", None, 45.0)]), (true, vec![5.0]));
    assert!(!compared(&[night("x", None, 45.0)]).0);
}

//! `score` and `evaluate` on lists as files, with and without the tables of their study beside them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use legtrace::error::{Error, Kind};
use legtrace::model::body::Leg;
use legtrace::pipeline::evaluate::{self, OffsetChoice};
use legtrace::pipeline::score_list;
use serde_json::{Value, json};

use crate::made::Folder;

fn score_request(list: &Path) -> score_list::Request<'_> {
    score_list::Request {
        list,
        rules: "wasm2016",
        short_imi_start: None,
        short_imi: None,
        short_gross: None,
        gaps: None,
        stages: None,
    }
}

fn scored(request: &score_list::Request) -> Vec<Value> {
    let nights = score_list::run(request).expect("a list that can be scored");
    nights.iter().map(|night| night.to_json()).collect()
}

fn evaluate(truth: &Path, detected: &Path, leg: Option<Leg>) -> Result<Value, Error> {
    evaluate::run(&evaluate::Request {
        truth: &[truth.to_owned()],
        detected: &[detected.to_owned()],
        rules: "wasm2016",
        leg,
        offset: OffsetChoice::None,
        hours: None,
    })
    .map(|evaluated| evaluated.to_json())
}

fn notes(told: &Value) -> String {
    told["notes"].to_string()
}

/// Rows of movements of two seconds that begin at these seconds.
fn rows(before: &str, onsets: &[u32]) -> String {
    let each = onsets.iter().map(|at| format!("{before}{at},{}\n", at + 2));
    each.collect()
}

/// Seven movements 20 s apart, a gap between the third and the fourth, lights out before the fifth, and a night in which
/// nothing moved between two others.
fn study(scratch: &Folder) -> PathBuf {
    let own = |night: &str, onsets: &[u32], from: u32| -> String {
        let row = |at: &u32| format!("{night},L,lm,{at},{},{}\n", at + 2, *at >= from);
        onsets.iter().map(row).collect()
    };
    let mut list = "night,leg,class,onset_s,end_s,in_bed\n".to_owned();
    list += &own("11", &[100, 120, 140, 160, 180, 200, 220], 170);
    list += &own("13", &[50], 0);
    scratch.file(
        "study/nights.csv",
        "night,legs,lights_out_s,lights_on_s\n11,L,170,3770\n12,L,0,3600\n13,L,0,3600\n",
    );
    scratch.file(
        "study/spans.csv",
        "night,leg,kind,start_s,end_s\n11,,in_bed,170,3770\n11,L,gap,150,155\n11,L,gap,1000,2800\n11,L,still,100,220\n\
         13,L,blind,0,0.5\n",
    );
    scratch.file("study/movements.csv", list)
}

#[test]
fn a_studys_list_is_counted_in_bed_and_restarts_at_its_gaps() {
    let scratch = Folder::new();
    let list = study(&scratch);
    let nights = scored(&score_request(&list));
    assert_eq!(nights.len(), 3);
    // The three before the gap make no series, the four behind it one, of which three begin in bed.
    let first = &nights[0];
    assert_eq!(
        (&first["n_lm"], &first["n_plm"], &first["n_series"]),
        (&json!(3), &json!(3), &json!(1))
    );
    // Half of the hour in bed has no samples.
    assert_eq!(
        (&first["analysed_h"], &first["plm_per_h"]),
        (&json!(0.5), &json!(6.0))
    );
    let in_bed: Vec<&Value> = first["movements"]
        .as_array()
        .expect("movements")
        .iter()
        .map(|movement| &movement["in_bed"])
        .collect();
    assert_eq!(in_bed.iter().filter(|says| **says == true).count(), 3);
    assert_eq!(in_bed.len(), 7);
    assert_eq!(
        (&nights[1]["night"], &nights[1]["n_lm"]),
        (&json!("12"), &json!(0))
    );
    assert_eq!(nights[2]["notes"], json!([]));

    // Without the tables rows say what is in bed, and what is not known is said.
    let alone = scratch.file("alone/movements.csv", fs::read(&list).expect("the list"));
    let nights = scored(&score_request(&alone));
    assert_eq!((nights.len(), &nights[0]["n_lm"]), (2, &json!(3)));
    assert_eq!(nights[0]["plm_per_h"], Value::Null);
    assert!(notes(&nights[0]).contains("nights.csv"), "{}", nights[0]);

    // Tables of another study are none.
    scratch.file("alone/nights.csv", "night\n11\n");
    let nights = scored(&score_request(&alone));
    assert_eq!(nights.len(), 2);
    assert!(notes(&nights[0]).contains("\"13\"") || notes(&nights[0]).contains("13"));
}

#[test]
fn a_list_from_elsewhere_is_scored_whole() {
    let scratch = Folder::new();
    let text = "leg,start_s,end_s\n".to_owned() + &rows("L,", &[100, 120, 140, 160]);
    let list = scratch.file("list.csv", &text);
    scratch.file("nights.csv", "night,lights_out_s,lights_on_s\n11,500,600\n");
    let nights = scored(&score_request(&list));
    assert_eq!(nights[0]["n_plm"], 4);
    assert_eq!(nights[0]["analysed_h"], Value::Null);
    assert_eq!(nights[0]["movements"][0]["in_bed"], Value::Null);
}

#[test]
fn gaps_are_those_of_the_night_whatever_else_a_studys_spans_hold() {
    let scratch = Folder::new();
    let list = "night,leg,start_s,end_s\n".to_owned()
        + &rows("A,L,", &[100, 120, 140, 160, 180, 200, 220])
        + &rows("B,L,", &[100, 120, 140, 160, 180, 200, 220]);
    let list = scratch.file("list.csv", list);
    let spans = scratch.file(
        "spans.csv",
        "night,leg,kind,start_s,end_s\nA,L,still,0,4000\nA,R,off_leg,145,155\nB,L,idle,100,200\n",
    );
    let with = |gaps: &Path| {
        let mut request = score_request(&list);
        request.gaps = Some(gaps);
        score_list::run(&request)
            .map(|nights| {
                let each = nights.iter().map(|night| night.to_json()["n_plm"].clone());
                each.collect::<Vec<_>>()
            })
            .map_err(|error| (error.kind(), error.to_string()))
    };
    assert_eq!(with(&spans), Ok(vec![json!(4), json!(7)]));
    // A table that speaks of no night may be of either.
    let bare = scratch.file("bare.csv", "start_s,end_s\n145,155\n");
    assert_eq!(with(&bare).unwrap_err().0, Kind::Usage);
    for (header, row) in [
        ("leg,start_s,end_s", "L,100,102"),
        ("start_s,end_s,stage", "0,100,N2"),
        ("night,leg,class,start_s,end_s", "A,L,lm,100,102"),
        ("leg,start_s,end_s,kind,visible", "L,100,102,off_leg,true"),
        ("start_s,end_s,kind", "100,102,plm"),
    ] {
        let other = scratch.file("other.csv", format!("{header}\n{row}\n"));
        let (kind, told) = with(&other).unwrap_err();
        assert_eq!(kind, Kind::BadData, "{told}");
        assert!(told.contains("other.csv, line "), "{told}");
    }
}

#[test]
fn a_list_of_its_header_alone_has_an_answer() {
    let scratch = Folder::new();
    for header in [
        "leg,start_s,end_s\n",
        "night,leg,class,onset_s,duration_s\n",
    ] {
        let list = scratch.file("list.csv", header);
        let nights = score_list::run(&score_request(&list)).expect("an answer");
        assert_eq!(nights.len(), 1);
        assert_eq!(nights[0].to_json()["n_lm"], 0);
        assert!(nights[0].in_words().contains("0 leg movements"));
    }
}

#[test]
fn the_ratio_of_other_rules_is_not_called_wasms() {
    let scratch = Folder::new();
    let text = "leg,start_s,end_s\n".to_owned() + &rows("L,", &[100, 120, 140, 160]);
    let list = scratch.file("list.csv", text);
    let told = |rules: &str| {
        let mut request = score_request(&list);
        request.rules = rules;
        score_list::run(&request).expect("a list")[0].in_words()
    };
    assert!(told("wasm2016").contains("(PLM / CLM, WASM 2016)"));
    assert!(told("aasm").contains("of aasm's movements"));
    assert!(!told("aasm").contains("(PLM / CLM, WASM 2016)"));
}

#[test]
fn a_list_is_read_as_an_export_is() {
    let scratch = Folder::new();
    let text = "sep=;\nleg;start_s;end_s\nL;10,5;12\nL;30,5;32\nL;50,5;52\nL;70,5;72\n";
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text.as_bytes()).expect("memory");
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let plain = scored(&score_request(&scratch.file("list.csv", text)));
    assert_eq!(
        (&plain[0]["n_plm"], &plain[0]["movements"][0]["start_s"]),
        (&json!(4), &json!(10.5))
    );
    let packed = scratch.file("list.csv.gz", packer.finish().expect("memory"));
    assert_eq!(scored(&score_request(&packed)), plain);
    let spreadsheet = scratch.file("u16.csv", utf16);
    assert_eq!(scored(&score_request(&spreadsheet)), plain);
    let missing = score_list::run(&score_request(&scratch.at("none.csv")));
    assert_eq!(missing.unwrap_err().kind(), Kind::NoInput);
}

#[test]
fn nights_are_held_against_each_other_by_name() {
    let scratch = Folder::new();
    let header = "night,leg,start_s,end_s\n".to_owned();
    let a = rows("A,L,", &[500, 530]);
    let b = rows("B,L,", &[10, 30, 50, 70]);
    let truth = scratch.file("truth.csv", header.clone() + &b + &a);
    let detected = scratch.file("detected.csv", header.clone() + &a + &b);
    let told = evaluate(&truth, &detected, None).expect("two nights");
    assert_eq!(told["visible"]["lm"]["f1"], 1.0);
    assert_eq!(told["nights"][0]["night"], "B");
    // A night in which nothing was found shifts no other, and counts.
    let one = scratch.file("one.csv", header + &b);
    let told = evaluate(&truth, &one, None).expect("two nights");
    assert_eq!(told["n_nights"], 2);
    assert_eq!(
        (
            &told["visible"]["lm"]["hits"],
            &told["visible"]["lm"]["misses"]
        ),
        (&json!(4), &json!(2))
    );
    assert!(notes(&told).contains("no row of A"), "{}", told["notes"]);
}

#[test]
fn a_studys_tables_say_which_nights_and_hours_there_are() {
    let scratch = Folder::new();
    let detected = study(&scratch);
    // A laboratory's list: everything on the left leg, before lights out too, in the gap, and some on the right.
    let header = "night,leg,start_s,end_s\n".to_owned();
    let truth = header.clone()
        + &rows("11,L,", &[100, 120, 140, 160, 180, 200, 220, 1500])
        + &rows("11,R,", &[300, 320])
        + &rows("12,L,", &[700])
        + &rows("13,L,", &[50]);
    let truth = scratch.file("truth.csv", truth);
    let told = evaluate(&truth, &detected, None).expect("three nights");
    let night = &told["nights"][0];
    assert_eq!(
        (&night["legs"], &night["hours"]),
        (&json!(["L"]), &json!(0.5))
    );
    // In bed begin the movements at 180, 200 and 220 s; the one in the gap was there and could not be seen.
    assert_eq!(
        (
            &night["visible"]["lm"]["hits"],
            &night["visible"]["lm"]["misses"]
        ),
        (&json!(3), &json!(0))
    );
    assert_eq!(night["all"]["lm"]["misses"], 1);
    assert_eq!(night["visible"]["detected_per_h"], 6.0);
    assert_eq!(told["nights"][1]["visible"]["lm"]["misses"], 1);
    assert!(
        notes(&told).contains("2 rows of --truth"),
        "{}",
        told["notes"]
    );
    // A night that the study does not have was not analysed.
    let stranger = scratch.file(
        "stranger.csv",
        header + &rows("11,L,", &[180]) + &rows("14,L,", &[5]),
    );
    let error = evaluate(&stranger, &detected, None).unwrap_err();
    assert_eq!(error.kind(), Kind::Usage);
    assert!(error.to_string().contains("no night 14"), "{error}");
}

#[test]
fn a_leg_is_compared_on_both_sides_and_silence_changes_no_recall() {
    let scratch = Folder::new();
    let header = "leg,start_s,end_s\n".to_owned();
    let left = rows("L,", &[10, 30, 50, 70]);
    let both = header.clone() + &left + &rows("R,", &[20, 40]);
    let both = scratch.file("both.csv", both);
    let told = evaluate(&both, &both, Some(Leg::Left)).expect("a night");
    let counts = &told["visible"]["lm"];
    assert_eq!(
        (&counts["hits"], &counts["false_alarms"], &counts["misses"]),
        (&json!(4), &json!(0), &json!(0))
    );
    // Six movements are there, whether nothing is found, or the left leg's alone.
    let n_true = |detected: &Path, leg| {
        let counts = evaluate(&both, detected, leg).expect("a night")["visible"]["lm"].clone();
        counts["hits"]
            .as_u64()
            .zip(counts["misses"].as_u64())
            .map(|(hits, misses)| hits + misses)
    };
    let silent = scratch.file("silent.csv", &header);
    let one = scratch.file("one.csv", header + &left);
    assert_eq!(n_true(&silent, None), Some(6));
    assert_eq!(n_true(&one, None), Some(6));
    assert_eq!(n_true(&one, Some(Leg::Left)), Some(4));
    assert_eq!(n_true(&silent, Some(Leg::Left)), Some(4));
    let told = evaluate(&both, &one, None).expect("a night");
    assert!(notes(&told).contains("--leg left"), "{}", told["notes"]);
}

#[test]
fn hours_that_no_night_has_are_refused_with_the_bounds() {
    let scratch = Folder::new();
    let list = scratch.file("list.csv", "leg,start_s,end_s\nL,10,12\n");
    for hours in [-1.0, 0.0, 1e-9, 1e9, f64::NAN, f64::INFINITY] {
        let refused = evaluate::run(&evaluate::Request {
            truth: std::slice::from_ref(&list),
            detected: std::slice::from_ref(&list),
            rules: "wasm2016",
            leg: None,
            offset: OffsetChoice::None,
            hours: Some(hours),
        })
        .unwrap_err();
        assert_eq!(refused.kind(), Kind::Usage, "{hours}");
        assert!(refused.to_string().contains("0.01 to 168"), "{refused}");
    }
}

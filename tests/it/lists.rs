//! Movement lists, stages and gaps: what is read, what is refused and in which words, and that no bytes bring it down.

use jiff::SignedDuration;
use legtrace::analysis::score::rules::{aasm, wasm2016};
use legtrace::analysis::score::score;
use legtrace::ingest::lists::{
    MovementList, read_gaps, read_movements, read_nights, read_people, read_stages,
};
use legtrace::model::body::Leg;
use legtrace::model::movement::MovementClass;
use legtrace::model::night::Stage;
use proptest::prelude::*;

fn nights(text: &str) -> Vec<MovementList> {
    read_movements(text.as_bytes(), "list.csv").unwrap()
}

/// Leg, onset and end in ms of every movement of the only night.
fn rows(text: &str) -> Vec<(char, i128, i128)> {
    let nights = nights(text);
    assert_eq!(nights.len(), 1);
    let each = nights[0].movements.iter().map(|listed| {
        let m = &listed.movement;
        (m.leg.letter(), m.onset.as_millis(), m.end.as_millis())
    });
    each.collect()
}

fn refused(text: &str) -> String {
    read_movements(text.as_bytes(), "list.csv")
        .unwrap_err()
        .to_string()
}

#[test]
fn columns_are_found_by_name_in_any_order_and_dialect() {
    let expected = [('L', 10_500, 12_000), ('R', -1_250, 0)];
    let dialects = [
        "leg,start_s,end_s\nL,10.5,12\nR,-1.25,0\n",
        "END_S,Leg,Start_S\r\n12,left,10.5\r\n0,RIGHT,-1.25\r\n",
        "leg;start_s;end_s\nl;10,5;12\nr;-1,25;0\n",
        "leg\tstart_s\tend_s\nL\t10.5\t12\nR\t-1,25\t0",
        "\u{feff}leg , start_s,end_s,note\n\n# by hand\nL, 10.5 ,12,\"a, b\"\n,,,\nR,-1.25,0,\n",
        "\"leg\",\"start_s\",\"end_s\"\r\"L\",\"10.5\",\"12\"\r\"R\",\"-1.25\",\"0\"\r",
        "side,onset_s,duration_s\nL,10.5,1.5\nR,-1.25,1.25\n",
        "leg,start_ms,end_ms\nL,10500,12000\nR,-1250,0\n",
        "leg,onset_ms,duration_s\nL,10499.6,1.5\nR,-1250,1.25\n",
        "sep=;\r\nleg;start_s;end_s\r\nL;10,5;12;\r\nR;-1,25;0;\r\n",
        "leg,start_s,end_s,duration_s\nL,10.5,12,3\nR,-1.25,0,\n",
    ];
    for text in dialects {
        assert_eq!(rows(text), expected, "{text:?}");
    }
}

#[test]
fn a_list_without_rows_is_an_empty_night_and_a_file_without_header_is_refused() {
    assert_eq!(rows("leg,start_s,end_s\n"), []);
    assert_eq!(
        refused(""),
        "list.csv: is empty; expected a header line and rows"
    );
    assert_eq!(
        refused("\n\n# nothing\n"),
        "list.csv: is empty; expected a header line and rows"
    );
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let cases = [
        (
            "L,10,12\n",
            "list.csv, line 1: the header reads \"L,10,12\", expected the columns leg,start_s,end_s (a list), or \
             night,leg,class,onset_s,duration_s (movements.csv)",
        ),
        (
            "leg,start_s,end_s\nL,1,2\n\nX,3,4\n",
            "list.csv, line 4, column leg: found \"X\", expected L or R",
        ),
        (
            "leg,start_s,end_s\nL,1,2\nL,NaN,4\n",
            "list.csv, line 3, column start_s: found \"NaN\", expected a number of seconds like 12.345",
        ),
        (
            "leg,start_s,end_s\nL,1\n",
            "list.csv, line 2, column end_s: found \"\", expected a number of seconds like 12.345",
        ),
        (
            "leg,start_s,end_s\nL,10.5,10.499\n",
            "list.csv, line 2, column end_s: found \"10.499\", expected an end that is not before the start",
        ),
        (
            "leg,onset_s,duration_s\nL,10.5,-1\n",
            "list.csv, line 2, column duration_s: found \"-1\", expected a duration that is not below 0",
        ),
        (
            "leg,start_s,start_s,end_s\n",
            "list.csv, line 1: \"start_s\" and \"start_s\" name the same thing; remove one of them",
        ),
        (
            "leg,start_s,end_s,class\nL,1,2,kick\n",
            "list.csv, line 2, column class: found \"kick\", expected a class: lm, long, gross, posture, rhythmic, \
             knock, off_leg",
        ),
        (
            "leg,start_s,end_s\n\"L,1,2\n",
            "list.csv, line 2: a quotation mark that does not close in its line",
        ),
        (
            "leg,start_s,end_s\nL,1,2\nL,5,10,7,10\n",
            "list.csv, line 3: found \"L,5,10,7,10\", expected 3 cells as in the header; a decimal comma needs semicolons \
             between the cells (or write points), and a cell with a comma in it quotation marks",
        ),
        (
            "leg;start_s;end_s\nL;1;2;3\n",
            "list.csv, line 2: found \"L;1;2;3\", expected 3 cells as in the header; a cell with the delimiter in it needs \
             quotation marks",
        ),
        (
            "leg,start_s,end_s,duration_s\nL,10,12,3.501\n",
            "list.csv, line 2, column duration_s: found \"3.501\", expected 2 s, from start to end; remove the column or \
             the contradiction",
        ),
        (
            "leg,start,end\nL,10000,12000\nL,30000,31500\nL,50000,50400\n",
            "list.csv: half of the movements last 1500 s or more, longer than movements do. If the times are milliseconds, \
             name their columns so: start_ms and end_ms, or start_ms and duration_ms",
        ),
        (
            "leg,start_s,end_s\nL,1700000000,1700000002\n",
            "list.csv, line 2, column start_s: 1700000000 s are 19675 days; times are seconds since the start of the \
             recording. Take the start away from them (or name the columns start_ms and end_ms, if they are milliseconds)",
        ),
        (
            "leg,start_ms,end_ms\nL,1,2 s\n",
            "list.csv, line 2, column end_ms: found \"2 s\", expected a number of milliseconds like 12345",
        ),
        (
            "leg,start_s,end_s,visible\nL,1,2,perhaps\n",
            "list.csv, line 2, column visible: found \"perhaps\", expected true or false",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(refused(text), message, "{text:?}");
    }
}

#[test]
fn what_is_no_text_is_refused_by_what_it_is() {
    let cases: [(&[u8], &str); 5] = [
        (
            b"\xFF\xFEl\0e\0g\0",
            "list.csv: is written in UTF-16; save it as a CSV file in UTF-8",
        ),
        (
            b"\x1f\x8b\x08\0",
            "list.csv: is compressed (gzip); save it as a CSV file in UTF-8",
        ),
        (
            b"PK\x03\x04rest",
            "list.csv: is a zip archive or a spreadsheet file; save it as a CSV file in UTF-8",
        ),
        (
            b"leg\0start",
            "list.csv: is binary; save it as a CSV file in UTF-8",
        ),
        (
            &[b'x'; 100_000],
            "list.csv, line 1: longer than 65536 bytes; this is no list with a row a line",
        ),
    ];
    for (bytes, message) in cases {
        assert_eq!(
            read_movements(bytes, "list.csv").unwrap_err().to_string(),
            message
        );
    }
}

#[test]
fn our_own_table_scores_again_night_by_night() {
    let text = "night,leg,class,onset_utc,onset_s,end_s,duration_s,peak_mg,candidate,plm,why\n\
        2024-05-01,L,lm,,100.000,102.000,2.000,80.1,true,true,series of 4\n\
        2024-05-01,L,lm,,120.000,122.000,2.000,80.1,true,true,series of 4\n\
        2024-05-02,,lm,,5.000,6.000,1.000,33.0,true,false,alone: the first candidate\n\
        2024-05-01,R,gross,,130.000,133.000,3.000,900.0,false,false,gross: not scored\n\
        2024-05-01,L,lm,,140.000,142.000,2.000,80.1,true,true,series of 4\n\
        2024-05-01,R,lm,,160.000,162.000,2.000,80.1,true,true,series of 4\n\
        2024-05-01,R,rhythmic,,200.000,212.000,12.000,90.0,false,false,\"5 components, 4 at most\"\n";
    let nights = nights(text);
    assert_eq!(nights.len(), 2);
    assert_eq!(nights[0].night.as_deref(), Some("2024-05-01"));
    assert_eq!(nights[0].movements[2].movement.class, MovementClass::Gross);
    let first = nights[0].leg_movements();
    assert_eq!(score(&first, &wasm2016(), &[]).n_plm(), 4);
    assert_eq!(score(&first, &aasm(), &[]).n_plm(), 4);
    let marked = nights[0]
        .movements
        .iter()
        .filter(|row| row.plm == Some(true))
        .count();
    assert_eq!(marked, 4);
    // The leg was not stated: such rows are one leg's.
    let second = &nights[1].movements[0];
    assert_eq!((second.leg_stated, second.movement.leg), (false, Leg::Left));
    assert_eq!(second.line, 4);
}

#[test]
fn a_list_of_true_movements_keeps_kind_and_visibility() {
    let nights = nights("leg,start_s,end_s,kind,visible\nR,61.005,63.500,plm,false\n");
    let row = &nights[0].movements[0];
    assert_eq!(
        (row.kind.as_deref(), row.visible),
        (Some("plm"), Some(false))
    );
    assert_eq!(row.movement.class, MovementClass::LegMovement);
    // Hours off the leg are no movements in milliseconds.
    let quiet = "leg,start_s,end_s,kind,visible\nR,0,9000,off_leg,true\nR,9100,9460,walk,true\nR,9500,9502,lm,true\n";
    assert_eq!(rows(quiet).len(), 3);
}

#[test]
fn times_at_a_limit_stay_there_on_the_way_in() {
    // 0.1 + 0.2 and its like: what a program printed of 90 s, 10 s and 0.5 s in binary fractions.
    let text = "leg,start_s,end_s\n\
        L,0.30000000000000004,0.8000000000000000444\n\
        L,90.30000000000000426,90.8\nL,100.29999999999999,100.8\nL,190.29999999999999716,190.8\n";
    let scored = score(&nights(text)[0].leg_movements(), &wasm2016(), &[]);
    let intervals: Vec<_> = scored.movements.iter().filter_map(|m| m.interval).collect();
    assert_eq!(intervals, [90, 10, 90].map(SignedDuration::from_secs));
    assert_eq!(scored.n_plm(), 4);
}

#[test]
fn stages_are_known_by_many_names_and_must_be_in_order() {
    let text = "start_s,end_s,stage\n0,30,W\n30,60,Sleep stage 1\n60,90,n2\n90,120,4\n120,150,REM\n150,180,light\n\
        180,210,?\n210,240,asleep\n";
    let stages = read_stages(text.as_bytes(), "stages.csv").unwrap();
    let named: Vec<_> = stages.iter().map(|piece| piece.stage).collect();
    use Stage::{Asleep, Light, N1, N2, N3, Rem, Wake};
    assert_eq!(named, [Wake, N1, N2, N3, Rem, Light, Asleep]);
    // The hole that was not scored stays a hole.
    assert_eq!(stages[6].start, SignedDuration::from_secs(210));

    let refused = |rows: &str| {
        let text = format!("start_s,end_s,stage\n{rows}");
        read_stages(text.as_bytes(), "stages.csv")
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused("0,30.5,W\n30,60,N2\n"),
        "stages.csv, line 3: found \"a stage from 30 s\", expected one that does not begin before line 2 ends (30.5 s); \
         sort the rows and remove overlaps"
    );
    assert!(refused("60,90,W\n0,30,N2\n").contains("line 3"));
    assert_eq!(
        refused("0,30,S7\n"),
        "stages.csv, line 2, column stage: found \"S7\", expected a stage: W, N1, N2, N3, R, light, deep, rem, awake, \
         asleep, in bed, 0 to 5, or ? where it was not scored"
    );
    assert!(refused("30,30,W\n").contains("expected an end after the start"));
    assert!(refused("0,30,\n").contains("found \"\""));
    assert!(refused("0,30,W\n30,60,4\n60,90,N2\n").starts_with(
        "stages.csv, line 3, column stage: found \"4\", expected a stage that can be told"
    ));
}

/// Sleep exports and lists of stages know the same words.
#[test]
fn words_of_sleep_exports_are_words_of_stage_lists() {
    let text = "start_s,end_s,stage\n0,30,in bed\n30,60,Wach\n60,90,Leicht\n90,120,Tief\n120,150,0\n150,180,6\n";
    let stages = read_stages(text.as_bytes(), "stages.csv").unwrap();
    let named: Vec<_> = stages.iter().map(|piece| piece.stage).collect();
    use Stage::{Light, N3, Wake};
    assert_eq!(named, [Wake, Light, N3, Wake]);
}

#[test]
fn gaps_may_overlap_and_come_in_any_order() {
    let gaps = read_gaps(
        "start_s,end_s\n50,60\n0,10\n5,20\n30,30\n".as_bytes(),
        "gaps.csv",
    )
    .unwrap();
    assert_eq!(gaps.len(), 4);
    let error = read_gaps("start_s,end_s\n50,49\n".as_bytes(), "gaps.csv").unwrap_err();
    assert_eq!(error.line, Some(2));
    assert_eq!(error.code(), "bad_row");
}

#[test]
fn a_missing_file_is_told_from_a_wrong_one() {
    let missing = std::path::Path::new("no such folder/list.csv");
    let error = legtrace::ingest::lists::open_movements(missing).unwrap_err();
    assert!(error.is_io() && error.to_string().starts_with("list.csv: cannot be read: "));
}

/// Text like a list, with anything anywhere.
fn nearly_a_list() -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        4 => prop::sample::select(vec!["L", "R", "left", "10", "12.5", "-3", "W", "N2", "", "1e3", "\"a,b\"", "lm"])
            .prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ];
    let row = prop::collection::vec(cell, 0..5).prop_map(|cells| cells.join(&b','));
    let header = prop::sample::select(vec![
        "leg,start_s,end_s",
        "start_s,end_s,stage",
        "start_s,end_s",
        "night,kind,start_s,end_s",
        "night,legs,lights_out_s,lights_on_s",
        "night,leg,class,onset_s,duration_s,visible,plm",
    ]);
    (header, prop::collection::vec(row, 0..8)).prop_map(|(header, rows)| {
        let mut bytes = header.as_bytes().to_vec();
        for row in rows {
            bytes.push(b'\n');
            bytes.extend(row);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_bring_a_reader_down(
        bytes in prop_oneof![nearly_a_list(), prop::collection::vec(any::<u8>(), 0..200)]
    ) {
        // Whatever is read can be scored; whatever is refused has a message.
        match read_movements(&bytes[..], "any") {
            Ok(nights) => nights.iter().for_each(|night| {
                score(&night.leg_movements(), &wasm2016(), &[]);
            }),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
        let _ = read_stages(&bytes[..], "any");
        let _ = read_gaps(&bytes[..], "any");
        let _ = read_nights(&bytes[..], "any");
        let _ = read_people(&bytes[..], "any");
    }

    #[test]
    fn milliseconds_written_are_milliseconds_read(ms in -5_000_000_000_i64..5_000_000_000) {
        let sign = if ms < 0 { "-" } else { "" };
        let digits = format!("{sign}{}.{:03}", ms.abs() / 1000, ms.abs() % 1000);
        let text = format!("leg,start_s,end_s\nL,{digits},{digits}\n");
        prop_assert_eq!(rows(&text)[0].1, i128::from(ms));
        // And through the shortest form of a binary fraction, as other programs write it.
        let text = format!("leg,start_s,end_s\nL,{0},{0}\n", ms as f64 / 1000.0);
        prop_assert_eq!(rows(&text)[0].1, i128::from(ms));
    }
}

//! Hypnograms of laboratories and of researchers' programs, with a clock and without.

use jiff::SignedDuration;
use legtrace::ingest::sleep::{MaskError, MaskOptions, SleepError, SleepExport};
use legtrace::model::clock::RecordingClock;
use legtrace::model::night::Stage;
use legtrace::model::recording::StampKind;

use super::{civil, export};

pub const REMLOGIC: &str = "RemLogic Event Export\nPatient:\tA\nRecording Date:\t25/10/2024\n\nEvents Included:\nSLEEP-S0\nMCAP-A1\n\n\
Sleep Stage\tPosition\tTime [hh:mm:ss]\tEvent\tDuration[s]\tLocation\n\
W\tUnknown Position\t23:59:00\tSLEEP-S0\t30\tROC-LOC\n\
W\tUnknown Position\t23:59:30\tSLEEP-S2\t30\tROC-LOC\n\
S2\tUnknown Position\t23:59:41\tMCAP-A1\t4\tF4-C4\n\
R\tUnknown Position\t00:00:00\tSLEEP-REM\t30\tROC-LOC\n";

pub const DOMINO: &str = "Signal ID: SchlafProfil\\profil\nStart Time: 25.10.2024 23:59:00\nUnit: \nSignal Type: Discret\n\
Events list: N3,N2,N1,Rem,Wach,Artefakt\nRate: 30 s\n\n23:59:00,000; Wach\n23:59:30,000; N2\n00:00:00,000; Rem\n00:00:30,000; A\n";

pub const LUNA: &str = "class\tinstance\tchannel\tstart\tstop\tmeta\nW\t.\t.\t23:59:00\t23:59:30\t.\nN2\t.\t.\t23:59:30\t00:00:00\t.\n\
arousal\t.\tC3\t23:59:40\t+5\t.\nR\t.\t.\t00:00:00\t...\t.\nW\t.\t.\t00:00:30\t+30\t.\n";

pub const SNOOZ: &str = "group\tname\tstart_sec\tduration_sec\tchannels\nstage\t0\t0\t30\t\nstage\t1\t30\t30\t\nstage\t2\t60\t30\t\n\
spindle\tA7\t70\t1\tC3\nstage\t3\t90\t30\t\nstage\t5\t120\t30\t\n";

pub const ALICE: &str = " Epoch Number ,Start Time ,Sleep Stage\n1,11:59:00 PM,WK\n2,11:59:30 PM,N2\n3,12:00:00 AM,REM\n4,12:00:30 AM,WK\n";

pub const EPOCHS: &str = "Epoch,Stage\n1,W\n2,W\n3,N1\n4,N2\n6,R\n";

pub const BARE: &str = "W\nW\n1\n2\nR\n?\n";

pub const MNE: &str = "onset,duration,description\n0.0,30.0,Sleep stage W\n30.0,60.0,Sleep stage 2\n90.0,30.0,Sleep stage R\n\
95.0,3.0,EEG arousal\n120.0,30.0,Sleep stage ?\n";

/// Starts and ends in seconds, and the stages; what is no stage is left out.
fn pieces(found: &SleepExport) -> Vec<(f64, f64, String)> {
    let seconds = |ns: i64| ns as f64 / 1e9;
    let name = |word: u16| found.words[usize::from(word)].clone();
    found
        .intervals
        .iter()
        .map(|piece| {
            (
                seconds(piece.start_ns),
                seconds(piece.end_ns),
                name(piece.word),
            )
        })
        .collect()
}

fn lay(
    found: &SleepExport,
    start: &str,
    length_s: i64,
) -> Result<Vec<(i64, i64, Stage)>, MaskError> {
    let clock = RecordingClock::new(civil(start), StampKind::LocalCivil, None);
    let mask = found.mask(
        &clock,
        SignedDuration::from_secs(length_s),
        &MaskOptions::default(),
    )?;
    Ok(mask
        .stages
        .iter()
        .map(|piece| (piece.start.as_secs(), piece.end.as_secs(), piece.stage))
        .collect())
}

const THREE: [(i64, i64, Stage); 3] = [
    (0, 30, Stage::Wake),
    (30, 60, Stage::N2),
    (60, 90, Stage::Rem),
];

#[test]
fn a_list_with_a_date_runs_over_midnight() {
    for (name, text) in [
        ("n1.txt", REMLOGIC.to_owned()),
        ("Sleep profile.txt", DOMINO.to_owned()),
        (
            "later.txt",
            DOMINO
                .replace("\n23:", "\n25.10.2024 23:")
                .replace("\n00:", "\n26.10.2024 00:"),
        ),
        (
            "dreem.txt",
            "Sleep Stage,Time [hh:mm:ss],Event,Duration[s]\nSLEEP-S0,2024-10-25T23:59:00,SLEEP-S0,30\n\
             SLEEP-S2,2024-10-25T23:59:30,SLEEP-S2,30\nSLEEP-REM,2024-10-26T00:00:00,SLEEP-REM,30\n"
                .to_owned(),
        ),
        (
            "changes.csv",
            "time,stage\n2024-10-25 23:59:00,W\n2024-10-25 23:59:30,N2\n2024-10-26 00:00:00,R\n".to_owned(),
        ),
    ] {
        let found = export(name, &text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            (found.stamps, found.dateless),
            (StampKind::LocalCivil, false),
            "{name}"
        );
        let laid = lay(&found, "2024-10-25T23:59:00", 90).expect(name);
        assert_eq!(laid, THREE, "{name}");
        // The same times of the night before are not this night's.
        assert!(lay(&found, "2024-10-24T23:59:00", 90).is_err(), "{name}");
    }
}

#[test]
fn a_list_without_a_date_is_of_the_night_of_the_recording() {
    let undated = REMLOGIC.replace("Recording Date:\t25/10/2024\n", "");
    for (name, text) in [
        ("a.annot", LUNA),
        ("alice.csv", ALICE),
        ("n1.txt", &undated),
    ] {
        let found = export(name, text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(found.dateless, "{name}");
        // The recording begins with the list, or before it, or after midnight in the middle of it.
        assert_eq!(
            lay(&found, "2024-03-04T23:59:00", 90).expect(name),
            THREE,
            "{name}"
        );
        let early = lay(&found, "2024-03-04T23:58:30", 120).expect(name);
        assert_eq!(early[0], (30, 60, Stage::Wake), "{name}");
        let late = lay(&found, "2024-03-05T00:00:00", 30).expect(name);
        assert_eq!(late, [(0, 30, Stage::Rem)], "{name}");
        let days = lay(&found, "2024-03-04T23:59:00", 2 * 24 * 3600);
        assert_eq!(
            days.map_err(|error| error.code()),
            Err("needs_date"),
            "{name}"
        );
    }
}

#[test]
fn a_list_without_a_clock_counts_from_the_start_and_says_so() {
    let seconds = |pieces: &[(f64, f64, &str)]| -> Vec<(f64, f64, String)> {
        let owned = |(from, to, word): &(f64, f64, &str)| (*from, *to, (*word).to_owned());
        pieces.iter().map(owned).collect()
    };
    let epochs = export("night.csv", EPOCHS).expect("epochs");
    // The fifth was not scored.
    assert_eq!(
        pieces(&epochs)[3..],
        seconds(&[(90.0, 120.0, "N2"), (150.0, 180.0, "R")])
    );
    let epoch = epochs
        .decisions
        .iter()
        .find(|decision| decision.what == "epoch");
    assert_eq!(epoch.map(|decision| decision.value.as_str()), Some("30 s"));
    let bare = export("night.txt", BARE).expect("a stage a line");
    assert_eq!(pieces(&bare)[4], (120.0, 150.0, "R".to_owned()));
    let mne = export("night_annotations.csv", MNE).expect("annotations");
    assert_eq!(
        pieces(&mne)[..3],
        seconds(&[
            (0.0, 30.0, "Sleep stage W"),
            (30.0, 90.0, "Sleep stage 2"),
            (90.0, 120.0, "Sleep stage R")
        ])
    );
    assert!(
        mne.warnings
            .iter()
            .any(|warning| warning.starts_with("1 rows name no stage"))
    );
    for found in [&epochs, &bare, &mne] {
        assert_eq!(found.stamps, StampKind::Elapsed);
        let clock = RecordingClock::new(civil("2024-03-04T23:00:00"), StampKind::LocalCivil, None);
        let warned = |length_s| {
            let length = SignedDuration::from_secs(length_s);
            let mask = found
                .mask(&clock, length, &MaskOptions::default())
                .expect("a fit");
            mask.warnings.join("; ")
        };
        assert!(warned(170).contains("has no clock"), "{}", warned(170));
        assert!(!warned(170).contains("h long"), "{}", warned(170));
        // A list of twice the recording has other epochs, or is another night's.
        assert!(warned(60).contains("h long"), "{}", warned(60));
    }
}

#[test]
fn numbers_of_stages_are_told_by_the_night_in_every_list() {
    let snooz = export("night.tsv", SNOOZ).expect("stages among events");
    assert_eq!(snooz.intervals.len(), 5);
    let chosen = |found: &SleepExport| {
        let decision = found.decisions.iter().find(|d| d.what == "stage numbers");
        decision.map(|decision| decision.value.clone())
    };
    assert!(chosen(&snooz).is_some_and(|value| value.ends_with("5 REM")));
    // 5 awake and 4 REM, as DREAMS: the first and the last epochs are those of somebody awake.
    let night = [
        (5, 40),
        (3, 10),
        (2, 80),
        (1, 60),
        (2, 30),
        (4, 20),
        (2, 40),
        (4, 20),
        (5, 10),
    ];
    let numbers = night
        .iter()
        .flat_map(|(number, n)| std::iter::repeat_n(*number, *n));
    let pairs: String = (0..)
        .zip(numbers.clone())
        .map(|(at, n): (i32, i32)| format!("{} {n}\n", at * 30))
        .collect();
    let bare: String = numbers.map(|n| format!("{n}\n")).collect();
    for (name, text) in [("pairs.txt", pairs), ("bare.txt", bare)] {
        let found = export(name, &text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            chosen(&found).is_some_and(|value| value.starts_with("5 awake")),
            "{name}"
        );
        let clock = RecordingClock::new(0, StampKind::Elapsed, None);
        let length = SignedDuration::from_secs(310 * 30);
        let mask = found
            .mask(&clock, length, &MaskOptions::default())
            .expect(name);
        let awake: SignedDuration = mask
            .stages
            .iter()
            .filter(|piece| piece.stage == Stage::Wake)
            .map(|piece| piece.end - piece.start)
            .sum();
        assert_eq!(awake.as_mins(), 25, "{name}");
    }
}

#[test]
fn what_a_list_does_not_tell_is_refused() {
    let refused =
        |name: &str, text: &str| -> SleepError { export(name, text).expect_err("a doubt") };
    let flow = "Signal ID: FlowD\\flow\nStart Time: 25.10.2024 23:00:00\nUnit: s\nSignal Type: Impuls\n\n\
        23:10:00,000-23:10:12,000; 12;Hypopnea\n";
    assert!(
        refused("Flow Events.txt", flow)
            .to_string()
            .contains("Sleep profile")
    );
    // A stage a second: 8 h of them are 10 days of epochs.
    let seconds = "W\n".repeat(28_800);
    assert_eq!(refused("seconds.txt", &seconds).code(), "unclear_times");
    let numbers = "0\n1\n".repeat(100);
    assert_eq!(refused("numbers.txt", &numbers).code(), "unclear_numbers");
    let back = "Epoch,Stage\n1,W\n2,W\n3,N1\n4,N2\n5,R\n3,R\n";
    assert_eq!(refused("epochs.csv", back).code(), "damaged");
}

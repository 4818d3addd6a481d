use super::*;
use crate::model::quality::grade;

fn good() -> NightFacts {
    NightFacts {
        in_bed_h: 7.5,
        analysed_h: 7.5,
        gap_h: 0.0,
        idle_h: 0.0,
        off_leg_h: 0.0,
        longest_rest_h: 0.5,
        lights_out_by: WindowSource::Flags,
        lights_on_by: WindowSource::Flags,
        rate: SampleRate::from_hz(50.0).unwrap(),
        gravity: GravityState::Included,
        placement: Placement::Ankle,
        n_legs: 2,
        resolution_mg: Some(0.5),
        on_threshold_mg: Some(20.0),
        band: Some([22.0, 20.0, 18.0]),
        lm_per_h: Some(30.0),
        index: Some(20.0),
        by_chance: Some(PlmByChance {
            per_h: 11.0,
            p: 0.01,
        }),
        clocks: ClockDoubt::None,
    }
}

#[test]
fn a_good_night_is_an_a() {
    assert_eq!(doubts(&good()), []);
}

#[test]
fn each_doubt_caps_the_grade() {
    let cases: [(NightFacts, &str, Grade); 14] = [
        (
            NightFacts {
                longest_rest_h: 1.1,
                ..good()
            },
            "long_rest",
            Grade::A,
        ),
        (
            NightFacts {
                by_chance: Some(PlmByChance {
                    per_h: 18.0,
                    p: 0.3,
                }),
                ..good()
            },
            "series_by_chance",
            Grade::C,
        ),
        (
            NightFacts {
                clocks: ClockDoubt::NotCompared { stamped: true },
                ..good()
            },
            "clocks_not_compared",
            Grade::B,
        ),
        (
            NightFacts {
                analysed_h: 0.5,
                ..good()
            },
            "very_short",
            Grade::D,
        ),
        (
            NightFacts {
                analysed_h: 3.9,
                ..good()
            },
            "short_night",
            Grade::C,
        ),
        (
            NightFacts {
                idle_h: 1.0,
                ..good()
            },
            "idle_sleep",
            Grade::D,
        ),
        (
            NightFacts {
                rate: SampleRate::from_hz(12.5).unwrap(),
                ..good()
            },
            "limited_rate",
            Grade::C,
        ),
        (
            NightFacts {
                rate: SampleRate::from_hz(5.0).unwrap(),
                ..good()
            },
            "unreliable_rate",
            Grade::D,
        ),
        (
            NightFacts {
                placement: Placement::Wrist,
                ..good()
            },
            "not_on_a_leg",
            Grade::D,
        ),
        (
            NightFacts {
                gap_h: 1.0,
                ..good()
            },
            "gaps",
            Grade::C,
        ),
        (
            NightFacts {
                lights_on_by: WindowSource::Estimate,
                ..good()
            },
            "estimated_window",
            Grade::B,
        ),
        (
            NightFacts {
                lights_out_by: WindowSource::Recording,
                ..good()
            },
            "whole_recording",
            Grade::C,
        ),
        (
            NightFacts {
                gravity: GravityState::Removed,
                ..good()
            },
            "gravity_removed",
            Grade::C,
        ),
        (
            NightFacts {
                n_legs: 1,
                ..good()
            },
            "one_leg",
            Grade::A,
        ),
    ];
    for (facts, code, cap) in cases {
        let flags = doubts(&facts);
        assert_eq!(
            flags.iter().map(|flag| flag.code).collect::<Vec<_>>(),
            [code]
        );
        assert_eq!(grade(&flags), cap, "{code}");
    }
    assert!(is_lower_bound(&NightFacts {
        idle_h: 1.0,
        ..good()
    }));
}

#[test]
fn the_lesser_source_decides_and_its_end_is_named() {
    use WindowSource::{Diary, Estimate, Flags, Recording};
    let said = |lights_out_by, lights_on_by| {
        let found = doubts(&NightFacts {
            lights_out_by,
            lights_on_by,
            ..good()
        });
        let told = |flag: &QualityFlag| (flag.code, flag.sentence.clone());
        found.first().map(told).unwrap_or_default()
    };
    assert_eq!(said(Flags, Diary), ("", String::new()));
    for (out, on, code, part) in [
        (Estimate, Estimate, "estimated_window", "began and ended is"),
        (Flags, Estimate, "estimated_window", "night ended is"),
        (Estimate, Diary, "estimated_window", "night began is"),
        (Recording, Recording, "whole_recording", "night was and"),
        (Flags, Recording, "whole_recording", "to the last sample"),
        (
            Recording,
            Estimate,
            "whole_recording",
            "from the first sample",
        ),
    ] {
        let (found, sentence) = said(out, on);
        assert_eq!(found, code);
        assert!(sentence.contains(part), "{sentence}");
    }
}

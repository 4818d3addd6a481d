//! What a clock means: UTC by its name, years of two digits, minutes, and counts that no wearable can have.

use legtrace::model::recording::StampKind;

use crate::made::{clock, lines, read_made, refusal, xyz};

#[test]
fn a_clock_whose_name_says_utc_is_utc() {
    let rows = || {
        lines(400, |n| {
            format!(
                "{},{}",
                clock("2024-10-25T20:47:13.020", n as i64 * 20),
                xyz(n)
            )
        })
    };
    for header in [
        "time_utc",
        "UTC",
        "Timestamp (UTC)",
        "Time [UTC]",
        "TimeGMT",
    ] {
        let outcome = read_made("a.csv", format!("{header},x,y,z\n{}", rows())).unwrap();
        assert_eq!(outcome.info.stamps, StampKind::Utc, "{header}");
        let mut decisions = outcome.info.decisions.iter();
        assert!(
            decisions.any(|d| d.because.contains("its name says UTC")),
            "{header}"
        );
    }
    let local = read_made("a.csv", format!("time,x,y,z\n{}", rows())).unwrap();
    assert_eq!(local.info.stamps, StampKind::LocalCivil);
    // a local clock beside it tells the wearer's offset
    let both = lines(400, |n| {
        let at = |base| clock(base, n as i64 * 20);
        let (utc, local) = (at("2024-10-25T20:47:13.020"), at("2024-10-25T22:47:13.020"));
        format!("{utc},{local},{}", xyz(n))
    });
    let outcome = read_made("a.csv", format!("time_utc,time_local,x,y,z\n{both}")).unwrap();
    assert_eq!(outcome.info.stamps, StampKind::Utc);
    let zone = outcome.info.zone.unwrap().to_fixed_offset().unwrap();
    assert_eq!(zone.seconds(), 7_200);
}

#[test]
fn a_year_of_two_digits_stands_first_or_last() {
    let rows = |days: [&str; 2]| {
        lines(400, |n| {
            let at = clock("2024-10-11T23:59:56.000", n as i64 * 20);
            let day = if at.starts_with("2024-10-11") {
                days[0]
            } else {
                days[1]
            };
            format!("{day} {},{}", &at[11..], xyz(n))
        })
    };
    // 2024-10-11 counted from 1970 is day 20,007
    let midnight = 20_008 * 86_400_000_000_000_i64;
    for days in [
        ["24-10-11", "24-10-12"],
        ["11/10/24", "12/10/24"],
        ["10/11/24", "10/12/24"],
    ] {
        let outcome = read_made("a.csv", format!("time,x,y,z\n{}", rows(days))).unwrap();
        let first = outcome.survey.first_stamp_ns.unwrap();
        assert_eq!(first, midnight - 4_000_000_000, "{days:?}");
        assert_eq!(outcome.survey.gaps.len(), 0, "{days:?}");
    }
    let error = refusal(
        "a.csv",
        format!("time,x,y,z\n{}", rows(["24-10-11", "24-10-11"])),
    );
    assert_eq!(error.code(), "needs_date_order");
    assert!(error.to_string().contains("--date-order ymd"), "{error}");
}

#[test]
fn minutes_are_no_seconds() {
    for header in ["Time (min)", "time_min"] {
        let rows = lines(4_000, |n| {
            format!("{:.6},{}", n as f64 * 0.02 / 60.0, xyz(n))
        });
        let outcome = read_made("a.csv", format!("{header},x,y,z\n{rows}")).unwrap();
        assert!(
            (outcome.rate() - 50.0).abs() < 0.5,
            "{header}: {}",
            outcome.rate()
        );
    }
}

#[test]
fn a_rate_that_no_wearable_has_is_a_clock_misread() {
    // steps of a tenth of a millisecond, in nanoseconds since 2000
    let rows = lines(4_000, |n| {
        format!(
            "{},{}",
            701_000_000_000_000_000_u64 + n as u64 * 100_000,
            xyz(n)
        )
    });
    let error = refusal("a.csv", format!("time,x,y,z\n{rows}"));
    assert_eq!(error.code(), "needs_time_format", "{error}");
}

#[test]
fn counts_from_other_zeros_are_dated() {
    // 2024-10-26 00:47:13.020, UTC for Apple and Windows: day 20,022 since 1970
    let instant = 20_022 * 86_400_000_000_000_i64 + 2_833_020_000_000;
    for (stamp, kind) in [
        // .NET: 100 ns since the year 1, of the wall clock as a rule
        (
            (|n| (638_655_004_330_200_000 + n * 200_000).to_string()) as fn(u64) -> String,
            StampKind::LocalCivil,
        ),
        (
            |n| (133_743_772_330_200_000 + n * 200_000).to_string(),
            StampKind::Utc,
        ),
        (
            |n| format!("{:.3}", 751_596_433.02 + n as f64 * 0.02),
            StampKind::Utc,
        ),
        (
            |n| format!("{:.9}", 2_460_609.532_789_583 + n as f64 * 0.02 / 86_400.0),
            StampKind::Utc,
        ),
    ] {
        let rows = lines(4_000, |n| format!("{},{}", stamp(n as u64), xyz(n)));
        let outcome = read_made("a.csv", format!("time,x,y,z\n{rows}")).unwrap();
        let first = outcome.survey.first_stamp_ns.unwrap();
        assert_eq!(outcome.info.stamps, kind, "{rows:.20}");
        assert!((first - instant).abs() <= 50_000, "{rows:.20}: {first}");
        assert!((outcome.rate() - 50.0).abs() < 0.01, "{rows:.20}");
    }
}

#[test]
fn time_of_satellites_is_asked_for_where_1970_would_do_as_well() {
    let rows = lines(4_000, |n| {
        format!("{:.2},{}", 1_414_000_000.0 + n as f64 * 0.02, xyz(n))
    });
    let error = refusal("a.csv", format!("gps_time,x,y,z\n{rows}"));
    assert_eq!(error.code(), "needs_time_format");
    let said = error.to_string();
    for word in [
        "--time-format epoch-s if the night was that of 2014-10-22",
        "--time-format gps-s if the night was that of 2024-10-26",
    ] {
        assert!(said.contains(word), "{said}");
    }
    // another clock settles what the rows are spaced by
    let beside = lines(4_000, |n| {
        format!("{},{},{}", 20 * n, 1_414_000_000 + n / 50, xyz(n))
    });
    read_made("a.csv", format!("time_ms,gps_time,x,y,z\n{beside}")).unwrap();
}

//! Tables as nobody meant them: clocks in parts or in digits alone, names before values, numbers before rows.

use legtrace::model::recording::StampKind;

use crate::made::{clock, lines, read_made, refusal, xyz};

/// 2026-03-01 23:59:50 as a wall clock, counted from 1970: day 20,513 less ten seconds.
const BEFORE_MIDNIGHT_NS: i64 = 20_514 * 86_400_000_000_000 - 10_000_000_000;

/// The digits of a clock at 50 Hz from ten seconds before midnight: year to second, then milliseconds.
fn parts(n: usize) -> Vec<String> {
    let shown = clock("2026-03-01T23:59:50.000", 20 * n as i64);
    let digits = shown.split(|c: char| !c.is_ascii_digit());
    digits
        .map(|d| d.parse::<u32>().unwrap().to_string())
        .collect()
}

#[test]
fn a_clock_may_stand_in_parts() {
    for (header, order) in [
        ("year,month,day,hour,minute,second,ms,", [0, 1, 2]),
        ("Month,Day,Year,HH,MM,SS,millis,", [1, 2, 0]),
        ("", [0, 1, 2]),
    ] {
        let row = |n| {
            let parts = parts(n);
            let date = order.map(|at| parts[at].clone()).join(",");
            format!("{date},{},{}", parts[3..].join(","), xyz(n))
        };
        let names = if header.is_empty() { "" } else { "x,y,z\n" };
        let text = format!("{header}{names}{}", lines(1_000, row));
        let outcome = read_made("a.csv", text).unwrap();
        assert_eq!(outcome.info.stamps, StampKind::LocalCivil, "{header}");
        assert_eq!(
            outcome.survey.first_stamp_ns,
            Some(BEFORE_MIDNIGHT_NS),
            "{header}"
        );
        assert_eq!(
            (outcome.rate(), outcome.survey.gaps.len()),
            (50.0, 0),
            "{header}"
        );
    }
}

#[test]
fn times_of_day_pass_midnight_whatever_they_are_written_in() {
    let of_day = |n: usize| (86_390.0 + 0.02 * n as f64) % 86_400.0;
    let in_digits = |n: usize| {
        let at = of_day(n);
        let (hour, minute) = ((at / 3600.0).floor(), (at / 60.0).floor() % 60.0);
        hour * 1e4 + minute * 100.0 + at % 60.0
    };
    let three = |n: usize| {
        let parts = parts(n);
        format!("{},{},{}.{:0>3}", parts[3], parts[4], parts[5], parts[6])
    };
    for (header, row) in [
        (
            "hour,minute,second,x,y,z",
            &three as &dyn Fn(usize) -> String,
        ),
        ("seconds,x,y,z", &|n| format!("{:.3}", of_day(n))),
        ("ms,x,y,z", &|n| format!("{:.0}", 1e3 * of_day(n))),
        ("time,x,y,z", &|n| format!("{:.3}", in_digits(n))),
    ] {
        let rows = lines(6_000, |n| format!("{},{}", row(n), xyz(n)));
        let outcome = read_made("a.csv", format!("{header}\n{rows}")).unwrap();
        assert_eq!(outcome.info.stamps, StampKind::Elapsed, "{header}");
        assert_eq!(outcome.samples.stamp_ns.len(), 6_000, "{header}");
        assert!((outcome.duration() - 119.98).abs() < 0.05, "{header}");
        let warnings = outcome.survey.warnings.join("\n");
        assert!(
            warnings.contains("midnights that it passed: 1"),
            "{header}: {warnings}"
        );
    }
    // a device that starts again does so at any time
    let restarted = lines(6_000, |n| {
        format!("{:.3},{}", (50_000.0 + 0.02 * n as f64) % 50_060.0, xyz(n))
    });
    let error = refusal("a.csv", format!("seconds,x,y,z\n{restarted}"));
    assert!(error.to_string().contains("begins anew"), "{error}");
}

#[test]
fn dates_of_c_java_and_digits_alone() {
    let minute_digits = |n: usize| parts(n)[3..6].iter().map(|p| format!("{p:0>2}")).collect();
    let of_c = |n: usize| -> String {
        let clock: Vec<String> = minute_digits(n);
        let day = if parts(n)[2] == "1" {
            "Sun Mar  1"
        } else {
            "Mon Mar  2"
        };
        format!("{day} {}", clock.join(":"))
    };
    let digits = |n: usize| {
        let parts = parts(n);
        let two = |at: usize| format!("{:0>2}", parts[at]);
        let date = format!("{}{}{}", parts[0], two(1), two(2));
        (
            date,
            format!("{}{}{}", two(3), two(4), two(5)),
            format!("{:0>3}", parts[6]),
        )
    };
    for (header, row) in [
        (
            "time,x,y,z",
            &(|n| format!("{} 2026", of_c(n))) as &dyn Fn(usize) -> String,
        ),
        ("time,x,y,z", &|n| format!("{} CET 2026", of_c(n))),
        ("time,x,y,z", &|n| {
            let (date, clock, ms) = digits(n);
            format!("{date}{clock}{ms}")
        }),
        ("time,x,y,z", &|n| {
            let (date, clock, ms) = digits(n);
            format!("{date}_{clock}_{ms}")
        }),
        ("date,time,x,y,z", &|n| {
            let (date, clock, ms) = digits(n);
            format!("{date},{clock}.{ms}")
        }),
    ] {
        let rows = lines(6_000, |n| format!("{},{}", row(n), xyz(n)));
        let outcome = read_made("a.csv", format!("{header}\n{rows}")).unwrap();
        let first = outcome.survey.first_stamp_ns.unwrap();
        // whole seconds are right to a second
        let off = (first - BEFORE_MIDNIGHT_NS).abs();
        assert!(off <= 20_000_000, "{}: {off} ns", row(0));
        assert_eq!(outcome.info.stamps, StampKind::LocalCivil, "{}", row(0));
        assert!((outcome.rate() - 50.0).abs() < 0.1, "{}", row(0));
        assert!(outcome.survey.gaps.is_empty(), "{}", row(0));
    }
}

#[test]
fn numbers_before_the_rows_need_no_name() {
    let timed = lines(500, |n| {
        let at = clock("2026-03-01T23:59:50.000", 20 * n as i64);
        format!("\"{}\" \"{at}\" {}", n + 1, xyz(n).replace(',', " "))
    });
    let outcome = read_made("a.txt", format!("\"time\" \"x\" \"y\" \"z\"\n{timed}")).unwrap();
    assert_eq!(outcome.survey.first_stamp_ns, Some(BEFORE_MIDNIGHT_NS));
    // without a clock among the names
    let untimed = lines(500, |n| format!("{},{}", n + 1, xyz(n)));
    let error = refusal("a.csv", format!("x,y,z\n{untimed}"));
    assert_eq!(error.code(), "needs_rate");
    // milliseconds that count the rows themselves, and a last column that nobody named
    let named = lines(500, |n| format!("{},{},31.5", n + 1, xyz(n)));
    let outcome = read_made("a.csv", format!("ms,x,y,z\n{named}")).unwrap();
    assert_eq!(outcome.rate(), 1_000.0);
}

#[test]
fn values_with_names_before_them_are_a_table() {
    let rows = lines(3_000, |n| {
        let [x, y, z] = crate::made::g(n);
        format!("t: {} X: {x:.3} g Y: {y:.3} g Z: {z:.3} g", 20 * n)
    });
    let outcome = read_made("log.txt", &rows).unwrap();
    assert_eq!(
        (outcome.rate(), outcome.samples.stamp_ns.len()),
        (50.0, 3_000)
    );
    // gravity by its own name is no acceleration, and a line is counted as the file has it
    let gravity = rows.replace(" X", " gravity X");
    let error = refusal("log.txt", gravity);
    assert!(error.to_string().contains("of another sensor"), "{error}");
    let damaged = format!("{rows}\0\n");
    let error = refusal("log.txt", damaged);
    assert_eq!((error.code(), error.line()), ("damaged", Some(3_001)));
}

#[test]
fn records_of_a_json_are_rows_however_they_are_laid_out() {
    let record = |n: usize, between: &str| {
        let [x, y, z] = crate::made::g(n);
        let values = [
            format!("\"time\": {}", 1_772_409_570_000_i64 + 20 * n as i64),
            format!("\"x\": {x:.3}"),
            format!("\"y\": {y:.3}"),
            format!("\"z\": {z:.3}"),
        ];
        format!("{{{}}}", values.join(&format!(",{between}")))
    };
    let whole = |between: &str| {
        let records: Vec<String> = (0..3_000).map(|n| record(n, between)).collect();
        let list = records.join(&format!(",{between}"));
        format!("{{\"device\": \"my watch\",{between}\"data\": [{between}{list}]}}")
    };
    for between in ["", "\n  ", "\r\n\t"] {
        let outcome = read_made("night.json", whole(between)).unwrap();
        assert_eq!(outcome.info.stamps, StampKind::Utc, "{between:?}");
        assert_eq!(outcome.samples.stamp_ns.len(), 3_000, "{between:?}");
        assert_eq!(outcome.rate(), 50.0, "{between:?}");
        assert!((f64::from(outcome.samples.x[7]) - crate::made::g(7)[0]).abs() < 6e-4);
    }
    // four lines a record, two before the first: a record is counted on the line in the file on which it ends
    let mut broken = whole("\n");
    broken.insert(broken.rfind("\"y\": ").unwrap() + 5, '\0');
    let error = refusal("night.json", broken);
    assert_eq!((error.code(), error.line()), ("damaged", Some(12_002)));
    // columns as lists are no records
    let columns = format!(
        "{{\"x\": [{0}], \"y\": [{0}], \"z\": [{0}]}}",
        "0.5,".repeat(999)
    );
    assert_eq!(refusal("night.json", columns).code(), "not_a_recording");
}

#[test]
fn cells_may_hold_a_unit_or_three_numbers() {
    let row = |n: usize, write: fn([f64; 3]) -> String| {
        format!("{:.2}{}", 0.02 * n as f64, write(crate::made::g(n)))
    };
    let with_units: fn([f64; 3]) -> String = |[x, y, z]| {
        let [x, y, z] = [x, y, z].map(|g| 1000.0 * g);
        format!(" s,{x:.0} mg,{y:.0} mg,{z:.0} mg")
    };
    let tuple: fn([f64; 3]) -> String = |[x, y, z]| format!(",\"({x:.3}, {y:.3}, {z:.3})\"");
    for (header, write, per_g) in [
        ("time,x,y,z\n", with_units, 1000.0),
        ("", with_units, 1000.0),
        ("time,acc\n", tuple, 1.0),
    ] {
        let text = format!("{header}{}", lines(3_000, |n| row(n, write)));
        let outcome = read_made("a.csv", text).unwrap();
        assert_eq!(
            (outcome.rate(), outcome.samples.stamp_ns.len()),
            (50.0, 3_000),
            "{header}"
        );
        for n in [0, 1_234, 2_999] {
            let x = per_g * crate::made::g(n)[0];
            let read = f64::from(outcome.samples.x[n]);
            assert!((read - x).abs() < 6e-4 * per_g, "{header} {n}");
        }
    }
    // a display that changes to another unit is not read on in the first
    let mixed = format!(
        "time,x,y,z\n{}9 s,1 g,0 g,0 g\n",
        lines(400, |n| row(n, with_units))
    );
    let outcome = read_made("a.csv", mixed).unwrap();
    assert_eq!(outcome.samples.stamp_ns.len(), 400);
}

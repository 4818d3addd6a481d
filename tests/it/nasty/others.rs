//! Other sensors that look like an acceleration, accelerations that look like another, and clocks in two columns.

use crate::made::{g, lines, read_made, refusal, xyz, xyz_times};

#[test]
fn seconds_and_the_rest_of_each_are_one_stamp() {
    for (per_second, digits) in [(1_000_000_000_u64, 1), (1_000_000, 1_000)] {
        let rows = lines(1_000, |n| {
            let ns = 224_999_905 + n as u64 * 9_000_000 + (n as u64 % 3) * 40;
            let (s, rest) = (
                1_696_324_304 + ns / 1_000_000_000,
                ns % 1_000_000_000 / digits,
            );
            assert!(rest < per_second);
            format!("{s},{rest},{}", xyz_times(n, 9.81))
        });
        for text in [rows.clone(), format!("secs,nsecs,x,y,z\n{rows}")] {
            let outcome = read_made("acc2.csv", text).unwrap();
            assert_eq!(outcome.survey.rows.parsed, 1_000);
            assert!(
                (outcome.rate() - 1e3 / 9.0).abs() < 0.1,
                "{}",
                outcome.rate()
            );
            let start = outcome.samples.stamp_ns[0];
            assert!((start - 1_696_324_304_224_999_905).abs() < 1_000, "{start}");
            assert!(outcome.survey.gaps.is_empty());
        }
    }
}

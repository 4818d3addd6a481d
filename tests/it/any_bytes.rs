//! Whatever the bytes are, reading ends in a recording or in a refusal: never in a panic, never without an end.

use proptest::prelude::*;

use crate::made::{Folder, lines, read, xyz};

fn reads_or_refuses(name: &str, bytes: &[u8]) {
    let folder = Folder::new();
    let path = folder.file(name, bytes);
    match read(&path) {
        Ok(outcome) => {
            assert!(
                outcome.samples.stamp_ns.windows(2).all(|w| w[0] <= w[1]),
                "stamps go backward"
            );
            assert!(outcome.samples.x.iter().all(|v| v.is_finite()));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Tables that are nearly right, in several dialects.
fn seeds() -> Vec<Vec<u8>> {
    let rows = |delimiter: &str| {
        lines(120, |n| {
            format!("{},{}", n * 20, xyz(n)).replace(',', delimiter)
        })
    };
    vec![
        format!("time,x,y,z\n{}", rows(",")).into_bytes(),
        rows(";").into_bytes(),
        rows(" ").into_bytes(),
        format!("1560279825.0,1560279825.0,1560279825.0\n32.0,32.0,32.0\n{}", lines(100, |n| format!("{},{},{}", n % 60, -20, 55))).into_bytes(),
        format!("Timestamp,x,y,z\n{}", lines(120, |n| format!("03/04/2024 23:59:{:02}.{:03},{}", n / 50, n % 50 * 20, xyz(n)))).into_bytes(),
        format!("{{\"Meas\":{{\"Acc\":[{}]}}}}", (0..40).map(|n| format!("{{\"ArrayAcc\":[{{\"x\":0.1,\"y\":9.{n},\"z\":0}}],\"Timestamp\":{}}}", n * 20)).collect::<Vec<_>>().join(",")).into_bytes(),
        format!("SampleTimeFine,Acc_X,Acc_Y,Acc_Z\n{}", lines(120, |n| format!("{},{}", n * 16_667, xyz(n)))).into_bytes(),
        format!("------------ Data File Created By ActiGraph GT3X+ ActiLife v6.13.3 date format M/d/yyyy at 40 Hz  Filter Normal -----------\nStart Time 11:27:00\nStart Date 6/14/2018\nEpoch Period (hh:mm:ss) 00:00:00\n{}", lines(100, xyz)).into_bytes(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn noise(bytes in proptest::collection::vec(any::<u8>(), 0..2_000), name in "[a-zA-Z_]{1,12}\\.(csv|txt|json|gz|zip)") {
        reads_or_refuses(&name, &bytes);
    }

    #[test]
    fn text_like_noise(text in "[-0-9.,;: \\tTZxyzeE\"+/\\n]{0,3000}") {
        reads_or_refuses("a.csv", text.as_bytes());
    }

    #[test]
    fn damaged_tables(seed in 0usize..8, changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40), cut in any::<prop::sample::Index>(), doubled in any::<bool>()) {
        let mut bytes = seeds()[seed].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if doubled {
            let copy = bytes.clone();
            bytes.extend(copy);
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        reads_or_refuses("a.csv", &bytes);
    }
}

use super::*;
use crate::ingest::table::dialect::DecimalMark;
use crate::ingest::time::stamp::StampParser;
use crate::signal::noise::Noise;

fn parse(text: &str, delimiter: Delimiter, decimal: DecimalMark) -> Rows {
    let ticks = StampParser::new(&"elapsed-ms".parse().unwrap(), decimal.byte()).unwrap();
    let stamp = StampColumn::new(0, ticks);
    let mut parser = RowParser::new(Dialect { delimiter, decimal }, [1, 2, 3], Some(stamp), None);
    parser.header = b"t,x,y,z".to_vec();
    let mut rows = Rows::default();
    parser.read(text.as_bytes(), &mut rows);
    rows
}

#[test]
fn plain_and_quoted_lines_give_the_same_rows() {
    let plain = parse(
        "1,0.5,-1,2.25\r\n2, 0.25,+3,1e-1,word\r\n",
        Delimiter::Byte(b','),
        DecimalMark::Point,
    );
    let quoted = parse(
        "\"1\",\"0.5\",\"-1\",\"2.25\"\n\"2\",0.25,3,\"0.1\",\"a,b\"\n",
        Delimiter::Byte(b','),
        DecimalMark::Point,
    );
    assert_eq!(plain.stamp, [1_000_000, 2_000_000]);
    assert_eq!((&plain.stamp, &plain.axes), (&quoted.stamp, &quoted.axes));
    assert_eq!(plain.axes[1], [0.25, 3.0, 0.1]);
}

#[test]
fn decimal_commas_and_blanks() {
    let comma = parse("1;0,5;-1;2,25\n", Delimiter::Byte(b';'), DecimalMark::Comma);
    let blanks = parse(
        "  1 0.5   -1\t2.25\n",
        Delimiter::Blanks,
        DecimalMark::Point,
    );
    assert_eq!(comma.axes, blanks.axes);
}

#[test]
fn rows_without_a_sample_are_told_from_broken_ones() {
    let text = "t,x,y,z\n# note\n\n1,,,\n2,NaN,1,1\n3,a1,1,1\n4,1,1\n5,1,2,3\n";
    let rows = parse(text, Delimiter::Byte(b','), DecimalMark::Point);
    assert_eq!((rows.len(), rows.skipped, rows.missing), (1, 4, 1));
    assert_eq!(rows.unparsable, 2);
    assert_eq!(rows.first_unparsable.unwrap().0, 6);
    assert_eq!(rows.line, [8]);
}

/// A line of a clock, cells that mean nothing and three numbers, now and then with something else in it.
fn line(noise: &mut Noise, n: usize, between: Option<usize>) -> Vec<u8> {
    let mut line = String::new();
    if let Some(between) = between {
        line = format!("2024-05-14 22:{:02}:{:02}", n / 60 % 60, n % 60);
        match noise.between(0, 5) {
            0 => line.push_str(&format!(".{:06}", noise.between(0, 999_999))),
            1 => {}
            _ => line.push_str(&format!(".{:03}", noise.between(0, 999))),
        }
        for _ in 0..between {
            line.push_str([",", ",12.5", ",a word", ",\"a,b\""][noise.between(0, 40) % 4]);
        }
        line.push(',');
    }
    // for a hundred lines they look alike, for a hundred anyhow
    let alike = (n / 100).is_multiple_of(2);
    let usual = match alike {
        true => n / 200 % 6 + 1,
        false => noise.between(1, 6),
    };
    let mut now_and_then = |most| !alike && noise.between(0, most) == 0;
    let odd: [[bool; 3]; 3] = [0; 3].map(|_| [7, 20, 30].map(&mut now_and_then));
    for (number, [length, blank, exponent]) in odd.into_iter().enumerate() {
        let decimals = match length {
            true => noise.between(0, 12),
            false => usual,
        };
        line.push_str(if number > 0 { "," } else { "" });
        line.push_str(if blank { " " } else { "" });
        line.push_str(&format!("{:.decimals$}", noise.normal() * 3.0));
        line.push_str(if exponent { "e-1" } else { "" });
    }
    line.push_str(["", "", ",7,text", "\r", ","][noise.between(0, 4)]);
    let mut line = line.into_bytes();
    if noise.between(0, if alike { 39 } else { 9 }) == 0 {
        let at = noise.between(0, line.len() - 1);
        line[at] = noise.between(0, 255) as u8;
    }
    line.push(b'\n');
    line
}

#[test]
fn plain_lines_are_read_as_one_after_another_is() {
    let mut noise = Noise::new(91);
    for between in [None, Some(0), Some(1), Some(2)] {
        let civil = StampParser::new(&"%Y-%m-%d %H:%M:%S".parse().unwrap(), b'.').unwrap();
        let clock = StampColumn::new(0, civil);
        let dialect = Dialect {
            delimiter: Delimiter::Byte(b','),
            decimal: DecimalMark::Point,
        };
        let first = between.map_or(0, |between| between + 1);
        let axes = [first + 1, first, first + 2];
        let mut plain = RowParser::new(dialect, axes, between.map(|_| clock), None);
        let (mut at_once, mut one_by_one) = (Rows::default(), Rows::default());
        plain.read(&[], &mut at_once);
        assert!(plain.plain.is_some());
        let mut slow = plain.clone();
        slow.plain = None;
        let bytes: Vec<u8> = (0..20_000)
            .flat_map(|n| line(&mut noise, n, between))
            .collect();
        plain.read(&bytes, &mut at_once);
        slow.read(&bytes, &mut one_by_one);
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        assert_eq!((at_once.lines, one_by_one.lines), (lines, lines));
        assert!(at_once.len() > 15_000 && at_once.unparsable > 500);
        assert_eq!(at_once.stamp, one_by_one.stamp);
        assert_eq!(at_once.line, one_by_one.line);
        let bits =
            |rows: &Rows| -> Vec<u32> { rows.axes.iter().flatten().map(|v| v.to_bits()).collect() };
        let (at_once_bits, one_by_one_bits) = (bits(&at_once), bits(&one_by_one));
        let differs = at_once_bits
            .iter()
            .zip(&one_by_one_bits)
            .position(|(a, b)| a != b);
        let row = differs.map(|at| (at_once.line[at / 3], at_once.axes[at / 3]));
        let text = row.map(|(line, _)| {
            let mut lines = bytes.split(|byte| *byte == b'\n');
            String::from_utf8_lossy(lines.nth(line as usize - 1).unwrap()).into_owned()
        });
        assert_eq!(row, None, "{text:?}");
        assert_eq!(at_once.unparsable, one_by_one.unparsable);
        assert_eq!(at_once.first_unparsable, one_by_one.first_unparsable);
    }
}

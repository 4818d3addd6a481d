//! Several people on the terminal: a line each, since nights of different people say nothing together.

use std::fmt::Write as _;

use super::{figure, interval};
use crate::output::rows::{NightRow, PersonRow};

/// So many people are told one by one, the rest is counted.
const IN_FULL: usize = 20;
/// The widest column for names; a longer name pushes its line.
const WIDEST: usize = 24;

/// The people, a line each, and where the rest is.
pub(super) fn table(people: &[PersonRow], nights: &[NightRow]) -> String {
    let shown = &people[..people.len().min(IN_FULL)];
    let lengths = shown.iter().map(|row| row.person.chars().count());
    let width = lengths.max().unwrap_or(0).clamp("person".len(), WIDEST);
    let mut out = format!(
        "{:<width$} {:>1}  {:>10}  {:>12}  {:>16}  {:>7}  {:>16}  {:>7}\n",
        "person", "Q", "nights", "median PLM/h", "95 %", "mean", "from to", "AASM"
    );
    for row in shown {
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "{:<width$} {:>1}  {:>10}  {:>12}  {:>16}  {:>7}  {:>16}  {:>7}",
            row.person,
            row.grade.map_or('?', |grade| grade.letter()),
            nights_used(row),
            figure(row.median_plm_per_h),
            interval(row.median_low_per_h, row.median_high_per_h).trim(),
            row.mean_plm_per_h
                .map_or(String::new(), |mean| format!("{mean:.1}")),
            range(row),
            row.median_plm_per_h_aasm
                .map_or(String::new(), |median| format!("{median:.1}")),
        );
        out.push_str(&doubts(row));
        out.push('\n');
    }
    if let more @ 1.. = people.len() - shown.len() {
        let _ = writeln!(out, "{more} more people: people.csv has each.");
    }
    let n_of_nobody = nights.iter().filter(|night| night.person.is_none()).count();
    match n_of_nobody {
        0 => {}
        1 => out.push_str("1 night is of nobody named and in no line above.\n"),
        n => {
            let _ = writeln!(out, "{n} nights are of nobody named and in no line above.");
        }
    }
    let _ = writeln!(
        out,
        "{} people, {} nights: people.csv has a row a person, study.csv more figures of each, nights.csv every night.",
        people.len(),
        nights.len()
    );
    out
}

fn nights_used(row: &PersonRow) -> String {
    if row.n_used == row.n_nights {
        row.n_nights.to_string()
    } else {
        format!("{} of {}", row.n_used, row.n_nights)
    }
}

fn range(row: &PersonRow) -> String {
    match (row.lowest_plm_per_h, row.highest_plm_per_h) {
        (Some(low), Some(high)) => format!("{low:.1} to {high:.1}"),
        _ => String::new(),
    }
}

/// What stands against the figures of a person.
fn doubts(row: &PersonRow) -> String {
    let lower_bound = if row.at_least { "  at least" } else { "" };
    match row.basis.as_str() {
        "sound" => lower_bound.to_owned(),
        basis => format!("{lower_bound}  ({basis})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> PersonRow {
        PersonRow {
            person: name.to_owned(),
            n_nights: 8,
            n_used: 7,
            median_plm_per_h: Some(12.34),
            median_low_per_h: Some(8.0),
            median_high_per_h: Some(20.0),
            mean_plm_per_h: Some(13.5),
            lowest_plm_per_h: Some(3.0),
            highest_plm_per_h: Some(30.1),
            basis: "sound".to_owned(),
            ..PersonRow::default()
        }
    }

    #[test]
    fn a_line_a_person_in_columns() {
        let doubtful = PersonRow {
            basis: "doubtful only".to_owned(),
            at_least: true,
            ..person("Anna-Maria")
        };
        let told = table(&[person("P1"), doubtful], &[]);
        let lines: Vec<&str> = told.lines().collect();
        assert!(lines[1].starts_with("P1         ?      7 of 8"), "{told}");
        for value in ["12.3", "[8.0 to 20.0]", "13.5", "3.0 to 30.1"] {
            assert!(lines[1].contains(value), "{told}");
            assert_eq!(lines[1].find(value), lines[2].find(value), "{told}");
        }
        assert!(lines[2].ends_with("at least  (doubtful only)"), "{told}");
    }

    #[test]
    fn many_people_are_counted() {
        let people: Vec<PersonRow> = (1..=23).map(|n| person(&format!("P{n:02}"))).collect();
        let told = table(&people, &[NightRow::default()]);
        assert!(told.contains("P20") && !told.contains("P21"), "{told}");
        assert!(
            told.contains("3 more people: people.csv has each"),
            "{told}"
        );
        assert!(told.contains("1 night is of nobody named"), "{told}");
    }
}

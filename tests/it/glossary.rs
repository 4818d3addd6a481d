//! `GLOSSARY.md` and the columns that are written say the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use legtrace::output::rows::{Column, TABLES};

/// The table rows under each heading that names a table: ``## `nights` ``.
fn sections(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let mut table = None;
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            table = heading
                .strip_prefix('`')
                .and_then(|rest| rest.split('`').next())
                .map(str::to_owned);
            if let Some(name) = &table {
                found.insert(name.clone(), Vec::new());
            }
        } else if let Some(name) = &table
            && line.starts_with("| `")
            && let Some(rows) = found.get_mut(name)
        {
            rows.push(line.to_owned());
        }
    }
    found
}

fn line_of(column: &Column) -> String {
    let Column {
        name,
        unit,
        definition,
        ..
    } = column;
    format!("| `{name}` | {unit} | {definition} |")
}

/// What the glossary lacks, and what it has that no table writes.
fn differences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut sections = sections(text);
    for (table, columns) in TABLES {
        let written: Vec<String> = columns.iter().map(line_of).collect();
        let Some(told) = sections.remove(*table) else {
            found.push(format!(
                "no heading ## `{table}`; it should hold\n{}",
                written.join("\n")
            ));
            continue;
        };
        for line in written.iter().filter(|line| !told.contains(line)) {
            found.push(format!("under `{table}` add\n{line}"));
        }
        for line in told.iter().filter(|line| !written.contains(line)) {
            found.push(format!("under `{table}` remove\n{line}"));
        }
    }
    for table in sections.keys() {
        found.push(format!("no table {table} is written"));
    }
    found
}

#[test]
fn every_column_is_in_the_glossary_and_the_reverse() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("GLOSSARY.md");
    let text = fs::read_to_string(path).expect("GLOSSARY.md is readable");
    let found = differences(&text);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_forgotten_and_an_invented_column_are_found() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("GLOSSARY.md");
    let text = fs::read_to_string(path).expect("GLOSSARY.md is readable");
    let forgotten: String = text
        .lines()
        .filter(|line| !line.starts_with("| `imi_s`"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(differences(&forgotten).len(), 1);
    let invented = format!("{text}\n## `moods`\n\n| `mood` | text | How it felt. |\n");
    assert_eq!(differences(&invented), ["no table moods is written"]);
}

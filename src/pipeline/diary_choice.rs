//! How the user said that a diary is to be read: kept in the manifest of `analyze`, taken up by what reads the study.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::diary::DiaryFile;
use super::manifest;
use crate::ingest::diary::{DateMeaning, DateOrder, DecimalMark, DiaryOptions};

/// What was settled, by the names of the flags; what was left to be found out does not stand in it.
pub fn to_json(options: &DiaryOptions) -> Value {
    let DiaryOptions {
        delimiter,
        decimal,
        date_order,
        dates,
        vitamin_d_unit,
        crp_unit,
        nights: _,
    } = options;
    let all = [
        ("delimiter", delimiter.map(String::from)),
        ("decimal", decimal.map(|mark| mark.sign().to_string())),
        (
            "date-order",
            date_order.map(|order| order.name().to_owned()),
        ),
        ("dates", dates.map(|dates| dates.name().to_owned())),
        ("vitamin-d-unit", vitamin_d_unit.clone()),
        ("crp-unit", crp_unit.clone()),
    ];
    let said = all
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), json!(value?))));
    Value::Object(said.collect::<Map<_, _>>())
}

/// What [`to_json`] wrote; a word that this version does not know is passed over.
pub fn from_json(kept: &Value) -> DiaryOptions {
    let text = |name: &str| kept.get(name).and_then(Value::as_str);
    DiaryOptions {
        delimiter: text("delimiter").and_then(|sign| sign.parse().ok()),
        decimal: match text("decimal") {
            Some(".") => Some(DecimalMark::Point),
            Some(",") => Some(DecimalMark::Comma),
            _ => None,
        },
        date_order: [DateOrder::DayFirst, DateOrder::MonthFirst]
            .into_iter()
            .find(|order| text("date-order") == Some(order.name())),
        dates: [DateMeaning::Evening, DateMeaning::Morning]
            .into_iter()
            .find(|dates| text("dates") == Some(dates.name())),
        vitamin_d_unit: text("vitamin-d-unit").map(str::to_owned),
        crp_unit: text("crp-unit").map(str::to_owned),
        nights: Vec::new(),
    }
}

/// The diary, read as `analyze` was told where nobody says otherwise now; and a sentence where that settles anything. A
/// file of another name is another diary.
pub fn as_analyzed(of: &DiaryFile, study: &Path) -> (DiaryFile, Option<String>) {
    let unchanged = (of.clone(), None);
    let Some(kept) = manifest::setting_in(study, "/beside/diary") else {
        return unchanged;
    };
    let name = of.path.file_name().map(|name| name.to_string_lossy());
    if name.as_deref() != kept.get("file").and_then(Value::as_str) {
        return unchanged;
    }
    let kept = from_json(kept.get("read").unwrap_or(&Value::Null));
    let said = &of.options;
    let taken = DiaryOptions {
        delimiter: kept.delimiter.filter(|_| said.delimiter.is_none()),
        decimal: kept.decimal.filter(|_| said.decimal.is_none()),
        date_order: kept.date_order.filter(|_| said.date_order.is_none()),
        dates: kept.dates.filter(|_| said.dates.is_none()),
        vitamin_d_unit: kept
            .vitamin_d_unit
            .filter(|_| said.vitamin_d_unit.is_none()),
        crp_unit: kept.crp_unit.filter(|_| said.crp_unit.is_none()),
        nights: Vec::new(),
    };
    let Value::Object(flags) = to_json(&taken) else {
        return unchanged;
    };
    let typed = |(flag, value): (&String, &Value)| {
        format!("--{flag} {}", value.as_str().unwrap_or_default())
    };
    let flags: Vec<String> = flags.iter().map(typed).collect();
    let note = (!flags.is_empty()).then(|| {
        let name = name.as_deref().unwrap_or_default();
        let flags = flags.join(" ");
        format!("{name}: read as `legtrace analyze` was told ({flags}); these flags say otherwise.")
    });
    let options = DiaryOptions {
        delimiter: said.delimiter.or(taken.delimiter),
        decimal: said.decimal.or(taken.decimal),
        date_order: said.date_order.or(taken.date_order),
        dates: said.dates.or(taken.dates),
        vitamin_d_unit: said.vitamin_d_unit.clone().or(taken.vitamin_d_unit),
        crp_unit: said.crp_unit.clone().or(taken.crp_unit),
        nights: said.nights.clone(),
    };
    let path = of.path.clone();
    (DiaryFile { path, options }, note)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A study whose manifest names that diary, read so.
    fn study(file: &str, read: Value) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let manifest = json!({"settings": {"beside": {"diary": {"file": file, "sha256": null, "read": read}}}});
        std::fs::write(folder.path().join(manifest::NAME), manifest.to_string()).unwrap();
        folder
    }

    #[test]
    fn what_is_written_is_read_back() {
        let options = DiaryOptions {
            delimiter: Some('\t'),
            decimal: Some(DecimalMark::Comma),
            date_order: Some(DateOrder::MonthFirst),
            dates: Some(DateMeaning::Morning),
            ..DiaryOptions::default()
        };
        let written = to_json(&options);
        assert_eq!(written["dates"], "morning");
        assert_eq!(to_json(&from_json(&written)), written);
        assert_eq!(to_json(&DiaryOptions::default()), json!({}));
        assert_eq!(to_json(&from_json(&json!({"dates": "noon"}))), json!({}));
    }

    #[test]
    fn what_analyze_was_told_holds_until_somebody_says_otherwise() {
        let study = study("diary.csv", json!({"dates": "morning", "decimal": ","}));
        let mut diary = DiaryFile::from(Path::new("elsewhere/diary.csv").to_owned());
        let (read, note) = as_analyzed(&diary, study.path());
        assert_eq!(read.options.dates, Some(DateMeaning::Morning));
        assert_eq!(read.options.decimal, Some(DecimalMark::Comma));
        let note = note.expect("a sentence");
        assert!(note.contains("--dates morning"), "{note}");
        diary.options.dates = Some(DateMeaning::Evening);
        let (read, note) = as_analyzed(&diary, study.path());
        assert_eq!(read.options.dates, Some(DateMeaning::Evening));
        assert!(!note.expect("a sentence").contains("--dates"));
    }

    #[test]
    fn another_diary_and_another_study_change_nothing() {
        let study = study("diary.csv", json!({"dates": "morning"}));
        let other = DiaryFile::from(Path::new("other.csv").to_owned());
        let (read, note) = as_analyzed(&other, study.path());
        assert_eq!((read.options.dates, note), (None, None));
        let diary = DiaryFile::from(Path::new("diary.csv").to_owned());
        let (read, note) = as_analyzed(&diary, Path::new("nowhere"));
        assert_eq!((read.options.dates, note), (None, None));
    }
}

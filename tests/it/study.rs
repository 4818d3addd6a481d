//! A study's folder and a diary, put beside each other: tables, charts and pages say the same, and what is missing is said.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use legtrace::error::Kind;
use legtrace::ingest::diary::DiaryOptions;
use legtrace::output::charts::{self, Drawing, KINDS, Setup};
use legtrace::output::report::Options;
use legtrace::output::rows::{
    AssociationRow, ComparisonRow, LaboratoryRow, MovementRow, PairRow, StudyRows,
};
use legtrace::output::tables::{read_csv, write_csv, write_traces_csv};
use legtrace::output::words::{Language, Words};
use legtrace::pipeline::Progress;
use legtrace::pipeline::atomic::Existing;
use legtrace::pipeline::diary::DiaryFile;
use legtrace::pipeline::gather::{Gathered, gather};
use legtrace::pipeline::study_folder::Envelopes;
use legtrace::pipeline::whose::Whose;
use legtrace::pipeline::{associate, plot, report};

use crate::charts::study_rows::study;
use crate::made::Folder;

/// A study as `analyze` leaves it.
fn study_in(scratch: &Folder, rows: &StudyRows) -> PathBuf {
    let folder = scratch.at("study");
    fs::create_dir_all(&folder).expect("a folder");
    let file = |name: &str| File::create(folder.join(name)).expect("a table");
    write_csv(&rows.nights, file("nights.csv")).expect("nights");
    write_csv(&rows.movements, file("movements.csv")).expect("movements");
    write_csv(&rows.hours, file("hours.csv")).expect("hours");
    write_csv(&rows.spans, file("spans.csv")).expect("spans");
    write_csv(&rows.files, file("files.csv")).expect("files");
    write_traces_csv(&rows.traces, file("trace.csv")).expect("trace");
    let manifest = format!("{{\"version\":\"{}\"}}", env!("CARGO_PKG_VERSION"));
    fs::write(folder.join("manifest.json"), manifest).expect("a manifest");
    folder
}

/// The study with intervals between its movements, and every fifth movement one of both legs.
fn with_intervals(n: usize) -> StudyRows {
    let mut rows = study(n);
    let mut before: Option<(String, f64)> = None;
    for (at, row) in rows.movements.iter_mut().enumerate() {
        row.candidate = true;
        row.in_bed = true;
        row.combined_id = Some(at as u32);
        row.imi_s = match &before {
            Some((night, onset_s)) if *night == row.night => Some(row.onset_s - onset_s),
            _ => None,
        };
        before = Some((row.night.clone(), row.onset_s));
    }
    let partners: Vec<MovementRow> = rows.movements.iter().step_by(5).cloned().collect();
    rows.movements.extend(partners);
    rows
}

/// Nobody watches.
struct Quiet;

impl Progress for Quiet {
    fn begin(&mut self, _: &str, _: usize) {}
    fn step(&mut self, _: &str) {}
    fn say(&mut self, _: &str) {}
}

fn diary_file(path: PathBuf) -> DiaryFile {
    DiaryFile {
        path,
        options: DiaryOptions::default(),
    }
}

/// A German diary on the nights of the study: ratings on a scale by rule, eight factors, ferritin with and without CRP.
fn german_diary(rows: &StudyRows, rating: &str, highest: usize) -> String {
    let mut text = format!(
        "Datum;{rating};Koffein (mg);Alkohol (Getränke);Sport (min);Darmbeschwerden;Stichworte;Schokolade;Medikamente;\
         Ferritin (µg/l);CRP\n"
    );
    for (at, night) in rows.nights.iter().enumerate() {
        let Some(date) = night.date else { continue };
        let laboratory = match at {
            1 => "38,5;3,2 mg/l",
            8 => "41;",
            _ => ";",
        };
        text.push_str(&format!(
            "{:02}.{:02}.{};{};{};{};{};{};{};{};\"Pramipexol {} mg 21:00\";{laboratory}\n",
            date.day(),
            date.month(),
            date.year(),
            (at * 5 + 2) % (highest + 1),
            80 * (at % 4),
            at % 2,
            30 * (at % 3),
            at * 3 % 7,
            ["keine", "spätes Essen", "Reise, spätes Essen"][at % 3],
            ["ja", "nein"][at * 7 % 5 % 2],
            if at < 6 { "0,125" } else { "0,25" },
        ));
    }
    text
}

fn gathered(study: &Path, diary: Option<&DiaryFile>) -> Gathered {
    gather(
        study,
        Whose::One(None),
        diary,
        &Words::of(Language::English),
        Envelopes::Read,
    )
    .expect("a study")
}

fn drawn(kind: &str, rows: &StudyRows) -> Drawing {
    let words = Words::of(Language::English);
    let kind = charts::Kind::named(kind).expect("a kind");
    (kind.draw)(rows, &charts::Request::new(Setup::new(&words))).expect("a drawing")
}

fn options() -> Options {
    Options {
        made_on: Some(jiff::civil::date(2024, 7, 1)),
        ..Options::default()
    }
}

fn pages(study: &Path, diary: Option<DiaryFile>, out: Vec<PathBuf>) -> report::Done {
    let request = report::Request {
        study: study.to_owned(),
        person: None,
        diary,
        out,
        existing: Existing::Keep,
        options: options(),
    };
    report::run(&request, &mut Quiet).expect("the pages")
}

#[test]
fn tables_charts_and_pages_tell_the_same_figures() {
    let scratch = Folder::new();
    let made = with_intervals(14);
    let folder = study_in(&scratch, &made);
    let diary = diary_file(scratch.file("tagebuch.csv", german_diary(&made, "Stärke", 10)));
    let request = associate::Request {
        study: folder.clone(),
        person: None,
        diary: diary.clone(),
        out: None,
        existing: Existing::Keep,
        language: Language::English,
        parquet: false,
    };
    let done = associate::run(&request, &mut Quiet).expect("answers");
    let rows = &done.of.rows;
    let table = |name: &str| File::open(folder.join("associations").join(name)).expect("a table");
    let pairs: Vec<PairRow> = read_csv(table("pairs.csv")).expect("pairs");
    let associations: Vec<AssociationRow> = read_csv(table("associations.csv")).expect("a table");
    let comparisons: Vec<ComparisonRow> = read_csv(table("comparisons.csv")).expect("a table");
    let laboratory: Vec<LaboratoryRow> = read_csv(table("laboratory.csv")).expect("a table");
    assert_eq!(
        (&pairs, &associations, &comparisons, &laboratory),
        (
            &rows.pairs,
            &rows.associations,
            &rows.comparisons,
            &rows.laboratory
        )
    );

    // The scatter shows the pairs of its question, and the coefficient of the table.
    let asked = &associations[0];
    assert_eq!(
        (
            asked.measure.as_str(),
            asked.rating.as_str(),
            asked.lag.as_str(),
            asked.n
        ),
        ("plm_per_h", "severity", "same_night", 14)
    );
    let of_question = |pair: &&PairRow| {
        (&pair.measure, &pair.rating, &pair.lag) == (&asked.measure, &asked.rating, &asked.lag)
    };
    let scatter = drawn("scatter", rows);
    let shown: Vec<[String; 2]> = scatter
        .sheet
        .rows
        .iter()
        .map(|row| [row[1].clone(), row[2].clone()])
        .collect();
    let written: Vec<[String; 2]> = pairs
        .iter()
        .filter(of_question)
        .map(|pair| [format!("{:.2}", pair.value), format!("{:.1}", pair.rated)])
        .collect();
    assert_eq!(shown, written);
    let rho = format!("{:.2}", asked.rho.expect("a coefficient")).replace('-', "\u{2212}");
    assert!(scatter.caption.contains(&rho), "{}", scatter.caption);

    // The intervals of the chart are those of the movements: one a joined movement, from 1 to 90.02 s.
    let mut seen = std::collections::BTreeSet::new();
    let intervals = made
        .movements
        .iter()
        .filter(|row| row.in_bed && row.candidate)
        .filter(|row| row.imi_s.is_some_and(|s| (1.0..90.017).contains(&s)))
        .filter(|row| {
            row.combined_id
                .is_none_or(|id| seen.insert((row.night.clone(), id)))
        })
        .count();
    assert!(intervals > 100, "only {intervals} intervals");
    let pooled = rows.intervals.iter().filter(|row| row.night.is_none());
    assert_eq!(pooled.map(|row| row.n as usize).sum::<usize>(), intervals);
    let each = rows.intervals.iter().filter(|row| row.night.is_some());
    assert_eq!(each.map(|row| row.n as usize).sum::<usize>(), intervals);

    // The page holds the same coefficient and the same comparisons.
    let html = scratch.at("report.html");
    pages(&folder, Some(diary), vec![html.clone()]);
    let page = fs::read_to_string(html).expect("a page");
    assert!(
        page.contains(&format!("rho {rho}")),
        "no rho {rho} on the page"
    );
    let shown = comparisons.iter().filter(|row| row.measure == "plm_per_h");
    let mut n_shown = 0;
    for row in shown {
        let nights = format!("{} / {}", row.n_with, row.n_without);
        assert!(page.contains(&nights), "{}: {nights}", row.factor);
        let difference = row
            .difference
            .map(|by| format!("{by:.1}").replace('-', "\u{2212}"));
        assert!(
            difference.is_none_or(|by| page.contains(&by)),
            "{}",
            row.factor
        );
        n_shown += 1;
    }
    assert!(n_shown > 6, "no factor is left for the annex");
}

#[test]
fn sentences_claim_no_cause_and_ferritin_has_its_crp() {
    let scratch = Folder::new();
    let made = study(14);
    let folder = study_in(&scratch, &made);
    let diary = diary_file(scratch.file("diary.csv", german_diary(&made, "Stärke", 10)));
    let of = gathered(&folder, Some(&diary));
    let ferritin: Vec<&LaboratoryRow> = of
        .rows
        .laboratory
        .iter()
        .filter(|row| row.test == "ferritin" && row.measure == "plm_per_h")
        .collect();
    assert_eq!(ferritin.len(), 2);
    assert_eq!(
        (ferritin[0].crp.as_deref(), ferritin[0].crp_mg_per_l),
        (Some("known"), Some(3.2))
    );
    assert_eq!(ferritin[1].crp.as_deref(), Some("missing"));
    assert!(ferritin.iter().all(|row| row.sentence.contains("CRP")));
    // Medians by hand over the nights within 14 days.
    let mut near: Vec<f64> = of
        .rows
        .nights
        .iter()
        .filter(|night| {
            let days = night
                .date
                .map(|date| (date - ferritin[0].date).get_days().abs());
            days.is_some_and(|days| days <= 14)
        })
        .filter_map(|night| night.plm_per_h)
        .collect();
    near.sort_by(f64::total_cmp);
    let middle = (near[(near.len() - 1) / 2] + near[near.len() / 2]) / 2.0;
    assert_eq!(ferritin[0].n as usize, near.len());
    assert!((ferritin[0].median.unwrap() - middle).abs() < 0.001);
    // Nothing seen is told as the usual answer.
    let not_seen: Vec<&AssociationRow> = of
        .rows
        .associations
        .iter()
        .filter(|row| row.told == "not_seen")
        .collect();
    assert!(!not_seen.is_empty());
    for row in not_seen {
        assert!(row.sentence.contains("usual finding"), "{}", row.sentence);
    }
    let sentences = of.rows.associations.iter().map(|row| &row.sentence);
    for sentence in sentences.chain(of.rows.comparisons.iter().map(|row| &row.sentence)) {
        for word in ["cause of", "causes", "because of", "leads to", "due to"] {
            assert!(!sentence.contains(word), "{sentence}");
        }
    }
}

#[test]
fn below_ten_nights_no_coefficient_is_given_anywhere() {
    for (n, is_given) in [(9, false), (10, true)] {
        let scratch = Folder::new();
        let made = study(n);
        let folder = study_in(&scratch, &made);
        let diary = diary_file(scratch.file("diary.csv", german_diary(&made, "Stärke", 10)));
        let of = gathered(&folder, Some(&diary));
        let first = &of.rows.associations[0];
        assert_eq!((first.n as usize, first.rho.is_some()), (n, is_given));
        assert_eq!(first.p.is_some(), is_given);
        assert_eq!(first.told == "too_few", !is_given);
        let caption = drawn("scatter", &of.rows).caption;
        assert_eq!(caption.contains("rho"), is_given, "{caption}");
    }
}

#[test]
fn a_diary_of_irls_totals_is_told_on_its_own_scale() {
    let scratch = Folder::new();
    let made = study(6);
    let folder = study_in(&scratch, &made);
    let diary = diary_file(scratch.file("diary.csv", german_diary(&made, "IRLS", 40)));
    let of = gathered(&folder, Some(&diary));
    let scales = of.rows.ratings.iter();
    assert!(
        scales.clone().count() == 6
            && scales
                .clone()
                .all(|row| row.rating == "irls" && row.scale_high == 40.0)
    );
    for kind in ["trend", "scatter"] {
        let svg = drawn(kind, &of.rows).svg;
        assert!(svg.contains("IRLS") && svg.contains(">40<"), "{kind}");
    }
}

#[test]
fn odd_studies_have_their_pages() {
    let plain = study(3);
    let mut still = plain.clone();
    still.movements.clear();
    for night in &mut still.nights {
        night.plm_per_h = Some(0.0);
        night.n_plm = Some(0);
    }
    let mut both = plain.clone();
    for night in &mut both.nights {
        night.legs = Some("L+R".into());
    }
    let mut without_clock = plain.clone();
    for night in &mut without_clock.nights {
        night.date = None;
        night.start_local = None;
        night.start_utc = None;
        night.zone = None;
    }
    let mut no_index = plain.clone();
    for night in &mut no_index.nights {
        night.plm_per_h = None;
    }
    let one = study(1);
    for (name, rows, with_diary) in [
        ("one night", &one, true),
        ("diary missing", &plain, false),
        ("no movement", &still, true),
        ("both legs", &both, true),
        ("no clock", &without_clock, true),
        ("no index", &no_index, true),
    ] {
        let scratch = Folder::new();
        let folder = study_in(&scratch, rows);
        let diary = with_diary
            .then(|| diary_file(scratch.file("diary.csv", german_diary(&plain, "Stärke", 10))));
        let mut out = vec![scratch.at("report.html")];
        if name == "no clock" {
            out.push(scratch.at("report.pdf"));
        }
        let done = pages(&folder, diary, out.clone());
        assert_eq!(done.written, out, "{name}");
        let html = fs::read_to_string(&out[0]).expect("a page");
        if let Some(pdf) = out.get(1) {
            assert!(
                fs::read(pdf).expect("a PDF").starts_with(b"%PDF-"),
                "{name}"
            );
        }
        assert!(html.ends_with("</html>\n"), "{name}");
        let is_noted = done
            .of
            .notes
            .iter()
            .any(|note| note.contains("no night of the study has a date"));
        assert_eq!(is_noted, name == "no clock", "{name}: {:?}", done.of.notes);
    }
}

#[test]
fn every_kind_of_chart_is_drawn_or_says_what_to_type() {
    let scratch = Folder::new();
    let made = with_intervals(10);
    let folder = study_in(&scratch, &made);
    let diary = diary_file(scratch.file("diary.csv", german_diary(&made, "Stärke", 10)));
    let request = |kind: &str, ending: &str| plot::Request {
        kind: kind.to_owned(),
        study: folder.clone(),
        person: None,
        diary: Some(diary.clone()),
        reference: Some(folder.clone()),
        night: None,
        measure: None,
        rating: None,
        lag: None,
        factors: Vec::new(),
        line_per_h: None,
        width: 900.0,
        language: Language::German,
        out: Some(scratch.at(&format!("{kind}.{ending}"))),
        existing: Existing::Keep,
    };
    for kind in KINDS {
        let wanted = request(kind.name, "svg");
        match plot::run(&wanted, &mut Quiet) {
            Ok(path) => {
                let svg = fs::read_to_string(path).expect("a chart");
                assert!(
                    svg.starts_with("<svg") && svg.contains("<desc"),
                    "{}",
                    kind.name
                );
            }
            // What analyze does not write yet, or another command writes, is asked for by name.
            Err(error) => {
                let needs = ["periodogram", "benchmark"];
                assert!(needs.contains(&kind.name), "{}: {error}", kind.name);
            }
        }
        let bare = plot::Request {
            diary: None,
            reference: None,
            out: Some(scratch.at(&format!("bare-{}.svg", kind.name))),
            ..request(kind.name, "svg")
        };
        let needs = plot::kinds_in_words();
        let line = needs
            .lines()
            .find(|line| line.split_whitespace().next() == Some(kind.name))
            .expect("a line of the list");
        for flag in ["--diary", "--reference"] {
            if line.contains(flag) {
                let error = plot::run(&bare, &mut Quiet).expect_err("nothing to draw from");
                assert_eq!(error.kind(), Kind::Usage, "{error}");
                assert!(error.to_string().contains(flag), "{error}");
            }
        }
    }
    let png = plot::run(&request("calendar", "png"), &mut Quiet).expect("a PNG");
    assert!(fs::read(png).expect("a file").starts_with(b"\x89PNG"));
    let pdf = plot::run(&request("calendar", "pdf"), &mut Quiet).expect("a PDF");
    assert!(fs::read(pdf).expect("a file").starts_with(b"%PDF-"));
    let again = plot::run(&request("calendar", "pdf"), &mut Quiet).expect_err("it is there");
    assert!(again.to_string().contains("--force"), "{again}");
    let odd = plot::run(&request("calendar", "docx"), &mut Quiet).expect_err("no picture");
    assert!(odd.to_string().contains(".svg"), "{odd}");
}

#[test]
fn a_study_agrees_with_itself_wholly_and_with_another_by_the_difference() {
    let scratch = Folder::new();
    let made = study(12);
    let folder = study_in(&scratch, &made);
    let mut other = made.nights.clone();
    for (at, night) in other.iter_mut().enumerate() {
        // Ours is one above the reference, two on every other night.
        night.plm_per_h = night.plm_per_h.map(|index| index - 1.0 - (at % 2) as f64);
    }
    let file = scratch.at("other.csv");
    write_csv(&other, File::create(&file).expect("a file")).expect("a table");
    let mut rows = gathered(&folder, None).rows;
    legtrace::pipeline::agreement::fill(&mut rows, &file, "plm_per_h").expect("agreement");
    assert_eq!(rows.agreement.len(), 12);
    let limits = &rows.agreement_limits[0];
    // Differences of 1 and 2, six each: mean 1.5, standard deviation sqrt(12 * 0.25 / 11).
    let sd = (3.0_f64 / 11.0).sqrt();
    assert!((limits.bias - 1.5).abs() < 0.01, "{limits:?}");
    assert!(
        (limits.upper.unwrap() - (1.5 + 1.96 * sd)).abs() < 0.01,
        "{limits:?}"
    );
    let error = legtrace::pipeline::agreement::fill(&mut rows, &file, "device").unwrap_err();
    assert_eq!(error.kind(), Kind::Usage, "{error}");
    // a laboratory's own list: a date and the index
    let date = made.nights[3].date.expect("a date");
    let index = made.nights[3].plm_per_h.expect("an index");
    let list = format!("date;plm_per_h\n{date};{}\n", index + 4.0);
    let file = scratch.file("lab.csv", list.replace('.', ","));
    legtrace::pipeline::agreement::fill(&mut rows, &file, "plm_per_h").expect("agreement");
    assert_eq!(rows.agreement.len(), 1);
    assert!((rows.agreement[0].difference + 4.0).abs() < 1e-9);
    let file = scratch.file("none.csv", "when,plm_per_h\n1,2\n");
    let error = legtrace::pipeline::agreement::fill(&mut rows, &file, "plm_per_h").unwrap_err();
    assert!(error.to_string().contains("date or night"), "{error}");
}

#[test]
fn a_diary_of_another_year_is_said_to_meet_no_night() {
    let scratch = Folder::new();
    let made = study(3);
    let folder = study_in(&scratch, &made);
    let diary = diary_file(scratch.file("diary.csv", "date,severity\n2019-01-01,4\n"));
    let of = gathered(&folder, Some(&diary));
    let note = of.notes.iter().find(|note| note.contains("no row"));
    assert!(
        note.is_some_and(|note| note.contains("diary check")),
        "{:?}",
        of.notes
    );
}

//! The run itself: every group analysed, results written as one set.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};

use super::analyze::{COPY, Looked, Plan, Request, plan};
use super::atomic::ResultSet;
use super::filled::NightOutcome;
use super::grouping::Group;
use super::manifest::{self, InputRecord};
use super::night;
use super::people::{self, PeopleBy};
use super::settings::Settings;
use super::sleep;
use super::study::Study;
use super::{Progress, parallel};
use crate::error::{Error, Kind};
use crate::model::recording::Decision;
use crate::output::rows::FileRow;

/// What came of it.
#[derive(Debug)]
pub struct Done {
    /// The results of all nights.
    pub study: Study,
    /// Where they were written.
    pub written: Vec<PathBuf>,
    /// Inputs that failed, of those that were meant as recordings.
    pub failed: usize,
    /// What reading decided, by file: the recordings that were analysed, then the diary.
    pub decided: Vec<(String, Vec<Decision>)>,
    /// How long it took, in seconds.
    pub wall_s: f64,
}

impl Done {
    /// 0, or 3 when some inputs failed.
    pub fn exit_code(&self) -> u8 {
        if self.failed > 0 {
            Kind::SomeFailed.exit_code()
        } else {
            0
        }
    }

    /// The nights and files as JSON.
    pub fn to_json(&self) -> Value {
        let written: Vec<String> = self
            .written
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let mut out = self.study.to_json();
        if let Value::Object(map) = &mut out {
            map.insert("written".into(), json!(written));
        }
        out
    }

    /// The plain summary: quality first, denominators, both rule sets.
    pub fn in_words(&self) -> String {
        super::words::summary(self)
    }
}

/// What every run writes, besides tables and charts that some nights have.
const WRITTEN: [&str; 10] = [
    manifest::NAME,
    "run.json",
    "nights.csv",
    "movements.csv",
    "hours.csv",
    "periodogram.csv",
    "autocorrelation.csv",
    "spans.csv",
    "files.csv",
    "trace.csv",
];

/// What a run reads: recordings, sleep exports, the diary, the table of people.
fn sources(request: &Request, plan: &Plan) -> Vec<PathBuf> {
    let people = match &request.people {
        PeopleBy::Table(path) => Some(path.clone()),
        _ => None,
    };
    let recordings = plan.files.iter().map(|file| file.input.path.clone());
    recordings
        .chain(request.sleep.iter().cloned())
        .chain(request.diary.as_ref().map(|diary| diary.path.clone()))
        .chain(people)
        .collect()
}

/// Analyses everything and writes the results.
pub fn run(request: &Request, progress: &mut dyn Progress) -> Result<Done, Error> {
    let began = Instant::now();
    let settings = Settings::check(request)?;
    let plan = plan(request, progress)?;
    people::refuse_of_one(request, &plan)?;
    sleep::refuse_without_clock(&settings.beside, plan.groups.len())?;
    // Begun before the work: a folder that cannot take the results is told at once, not after an hour.
    let mut set = ResultSet::begin(&request.out, request.existing, &WRITTEN)?;
    set.keep(sources(request, &plan))?;
    for remark in settings.beside.remarks() {
        progress.say(&remark);
    }
    if plan.files.len() > 1 {
        for line in plan.in_words().lines() {
            progress.say(line);
        }
    }
    progress.begin("analysing", plan.groups.len());
    let (hashes, outcomes) = std::thread::scope(|scope| {
        let hashes = scope.spawn(|| hashes_of(&plan.files));
        let outcomes = parallel::in_order(
            &plan.groups,
            |group| {
                let legs = legs_of(group, &plan.files);
                night::analyze(&legs, &settings, set.room())
            },
            |n| {
                progress.step(
                    &plan.files[plan.groups[n].recordings[0].pieces[0]]
                        .input
                        .name,
                )
            },
        );
        (hashes.join(), outcomes)
    });
    let hashes = hashes.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    sleep_is_found(&outcomes)?;
    let mut study = Study::default();
    let mut failures: Vec<(usize, Error)> = Vec::new();
    for (group, outcome) in plan.groups.iter().zip(outcomes) {
        let pieces: Vec<usize> = group
            .recordings
            .iter()
            .flat_map(|one| one.pieces.clone())
            .collect();
        match outcome {
            Ok(nights) => study.add(&pieces, plan.people.of_group(group), nights),
            Err(error) => {
                let told = error.to_string();
                for &n in &pieces {
                    study.refuse(n, error.code(), &told);
                }
                failures.push((pieces[0], error));
            }
        }
    }
    for (n, file) in plan.files.iter().enumerate() {
        if let Some(Err(error)) = &file.found {
            study.refuse(n, error.code(), &error.to_string());
        }
    }
    let mut records = Vec::with_capacity(plan.files.len());
    let mut bytes = 0;
    let mut failed = 0;
    for (n, file) in plan.files.iter().enumerate() {
        let (row, record) = file_row(n, file, plan.people.of(n), hashes[n].clone(), &mut study);
        bytes += row.size_bytes.unwrap_or(0);
        failed += usize::from(row.outcome == "refused");
        study.files.push(row);
        records.push(record);
    }
    // One input, and it failed: an error, and nothing is written.
    if plan.files.len() == 1
        && failed == 1
        && let Some((_, error)) = failures.pop()
    {
        return Err(error);
    }
    if study.nights.is_empty() && study.files.iter().all(|file| file.outcome != "analysed") {
        return Err(Error::new(
            Kind::BadData,
            "read",
            format!(
                "none of the {} files could be analysed:\n{}",
                study.files.len(),
                study
                    .files
                    .iter()
                    .map(|file| format!("  {}", file.reason.as_deref().unwrap_or(&file.file)))
                    .collect::<Vec<_>>()
                    .join("\n")
            ),
        )
        .with_code("none_readable"));
    }
    study.settle();
    // Charts first: the library that writes Parquet keeps what it once took, and the peak would be the sum of both.
    if request.charts {
        study.write_charts(&mut set, progress)?;
    }
    study.write_tables(&mut set, request.parquet)?;
    let recorded_h: f64 = study.nights.iter().map(|night| night.recorded_h).sum();
    let log = manifest::run_log(began.elapsed(), bytes, recorded_h);
    set.write_json("run.json", &log)?;
    // The manifest is the last to appear: it seals the set.
    let in_force = study.in_force.clone();
    let manifest = manifest::manifest(
        &settings.to_json(),
        plan.people.to_json(),
        &records,
        in_force,
        set.names(),
    );
    set.write_json(manifest::NAME, &manifest)?;
    set.supersede(manifest::results_in(&request.out));
    let written = set.publish()?;
    let decided = records
        .iter()
        .filter(|record| !record.decisions.is_empty())
        .map(|record| {
            let each = record.decisions.iter();
            let decisions = each.map(|(what, value, why)| Decision::new(what, value, why));
            (record.file.clone(), decisions.collect())
        });
    let of_diary = settings.beside.diary.as_ref();
    let of_diary = of_diary.map(|diary| (diary.name.clone(), diary.reading.decisions.clone()));
    Ok(Done {
        decided: decided.chain(of_diary).collect(),
        study,
        written,
        failed,
        wall_s: began.elapsed().as_secs_f64(),
    })
}

/// Sleep exports that hold none of the nights are of somebody else, or of another month.
fn sleep_is_found(outcomes: &[Result<Vec<NightOutcome>, Error>]) -> Result<(), Error> {
    let nights = || outcomes.iter().flatten().flatten();
    let first = nights().find_map(|night| night.without_sleep.as_deref());
    match first {
        Some(told) if nights().all(|night| night.without_sleep.is_some()) => {
            Err(sleep::no_night(told))
        }
        _ => Ok(()),
    }
}

/// The pieces of each leg, as paths and names.
fn legs_of<'a>(group: &Group, files: &'a [Looked]) -> Vec<night::LegFiles<'a>> {
    group
        .recordings
        .iter()
        .map(|one| night::LegFiles {
            leg: one.leg,
            pieces: one
                .pieces
                .iter()
                .map(|&n| (files[n].input.path.as_path(), files[n].input.name.as_str()))
                .collect(),
        })
        .collect()
}

/// Codes of files that are no recording at all: beside recordings in a folder they are passed over, not failed.
const NO_RECORDING: [&str; 3] = ["not_a_recording", "sleep_export", "not_acceleration"];

/// SHA-256 of each input, where it can be read a second time: what a pipe gives is gone, and would be missing in the
/// recording.
fn hashes_of(files: &[Looked]) -> Vec<Option<String>> {
    let again = |path: &Path| path.is_file() || path.is_dir();
    files
        .iter()
        .map(|file| &file.input.path)
        .map(|path| {
            again(path)
                .then(|| manifest::sha256_of(path).ok())
                .flatten()
        })
        .collect()
}

fn file_row(
    n: usize,
    file: &Looked,
    person: Option<&str>,
    sha256: Option<String>,
    study: &mut Study,
) -> (FileRow, InputRecord) {
    let size = |path: &Path| {
        std::fs::metadata(path)
            .ok()
            .filter(|meta| meta.is_file())
            .map(|meta| meta.len())
    };
    let mut row = study.file_fate(n);
    row.file = file.input.name.clone();
    row.person = person.map(str::to_owned);
    row.size_bytes = size(&file.input.path);
    row.sha256 = sha256.clone();
    let is_none =
        |code: &str| code == COPY || !file.input.is_named() && NO_RECORDING.contains(&code);
    if row.outcome == "refused" && row.code.as_deref().is_some_and(is_none) {
        row.outcome = "passed over".to_owned();
    }
    let record = InputRecord {
        file: row.file.clone(),
        sha256,
        person: row.person.clone(),
        outcome: row.outcome.clone(),
        code: row.code.clone(),
        decisions: study.decisions_of(n),
    };
    (row, record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::discover::Input;

    #[cfg(unix)]
    #[test]
    fn only_what_can_be_read_twice_is_hashed() {
        let looked = |path: &str| Looked {
            input: Input {
                path: PathBuf::from(path),
                name: path.to_owned(),
                within: None,
            },
            found: None,
        };
        let hashes = hashes_of(&[looked("/dev/null"), looked("Cargo.toml"), looked("-")]);
        assert_eq!(hashes[0], None);
        assert!(hashes[1].as_ref().is_some_and(|hash| hash.len() == 64));
        assert_eq!(hashes[2], None);
    }
}

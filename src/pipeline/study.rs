//! The results of all nights: rows, in the order of the nights, and how they reach the disk.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::filled::NightOutcome;
use super::rows::{over_nights_rows, person_rows, together};
use crate::output::rows::{
    self, AutocorrelationRow, FileRow, HourRow, MovementRow, NightRow, OverNightsRow,
    PeriodogramRow, PersonRow, Row, SpanRow, StageRow, Trace,
};

/// What became of an input.
#[derive(Debug, Clone)]
struct Fate {
    row: FileRow,
    decisions: Vec<(String, String, String)>,
}

/// Everything that the tables and charts are made from.
#[derive(Debug, Default)]
pub struct Study {
    /// One row a night.
    pub nights: Vec<NightRow>,
    /// One row a movement.
    pub movements: Vec<MovementRow>,
    /// One row an hour.
    pub hours: Vec<HourRow>,
    /// One row a sleep stage.
    pub stages: Vec<StageRow>,
    /// Which periods the movements of each night have.
    pub periodogram: Vec<PeriodogramRow>,
    /// How alike each night is to itself some seconds later.
    pub autocorrelation: Vec<AutocorrelationRow>,
    /// One row a stretch.
    pub spans: Vec<SpanRow>,
    /// One row a figure of all nights together, of several people a row for each; empty for one night.
    pub together: Vec<OverNightsRow>,
    /// One row a person; empty where the nights are of one.
    pub people: Vec<PersonRow>,
    /// One row an input.
    pub files: Vec<FileRow>,
    /// Envelopes second by second.
    pub traces: Vec<Trace>,
    /// What came to be in force, a night each, for the manifest.
    pub in_force: Vec<Value>,
    fates: BTreeMap<usize, Fate>,
}

impl Study {
    /// Adds the nights of one group, made from the inputs `pieces` of that person.
    pub fn add(&mut self, pieces: &[usize], person: Option<&str>, nights: Vec<NightOutcome>) {
        for mut night in nights {
            night.row.person = person.map(str::to_owned);
            let id = self.free_id(&night.row.night);
            night.rename(&id);
            for (at, file) in night.files.iter().enumerate() {
                let Some(&n) = pieces.get(at) else { break };
                let fate = self.fates.entry(n).or_insert_with(|| Fate {
                    row: file.row.clone(),
                    decisions: file.decisions.clone(),
                });
                fate.row.night = Some(match fate.row.night.take() {
                    Some(before) if before != id => format!("{before};{id}"),
                    _ => id.clone(),
                });
                fate.row.grade = fate.row.grade.max(night.row.grade);
            }
            self.in_force.push(night.in_force);
            self.nights.push(night.row);
            self.movements.append(&mut night.movements);
            self.hours.append(&mut night.hours);
            self.stages.append(&mut night.stages);
            self.periodogram.append(&mut night.periodogram);
            self.autocorrelation.append(&mut night.autocorrelation);
            self.spans.append(&mut night.spans);
            self.traces.append(&mut night.traces);
        }
    }

    /// Notes that an input could not be used.
    pub fn refuse(&mut self, n: usize, code: &str, reason: &str) {
        self.fates.entry(n).or_insert_with(|| Fate {
            row: FileRow {
                outcome: "refused".to_owned(),
                code: Some(code.to_owned()),
                reason: Some(reason.to_owned()),
                ..FileRow::default()
            },
            decisions: Vec::new(),
        });
    }

    /// The row of an input, without its name and size.
    pub fn file_fate(&self, n: usize) -> FileRow {
        self.fates
            .get(&n)
            .map(|fate| fate.row.clone())
            .unwrap_or_default()
    }

    /// What reading an input decided.
    pub fn decisions_of(&self, n: usize) -> Vec<(String, String, String)> {
        self.fates
            .get(&n)
            .map(|fate| fate.decisions.clone())
            .unwrap_or_default()
    }

    /// Rounds every number to its column: what is drawn is what is written.
    pub fn settle(&mut self) {
        rows::settle(&mut self.nights);
        rows::settle(&mut self.movements);
        rows::settle(&mut self.hours);
        rows::settle(&mut self.stages);
        rows::settle(&mut self.periodogram);
        rows::settle(&mut self.autocorrelation);
        rows::settle(&mut self.spans);
        rows::settle(&mut self.files);
        // From the rounded rows, so that who reads them back finds the same.
        let told = together(&self.nights, &self.movements, &self.spans);
        self.together = over_nights_rows(&told);
        self.people = person_rows(&told);
        rows::settle(&mut self.together);
        rows::settle(&mut self.people);
    }

    /// The nights and files as JSON.
    pub fn to_json(&self) -> Value {
        let nights: Vec<Value> = self
            .nights
            .iter()
            .map(|row| Value::Object(row.to_json()))
            .collect();
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|row| Value::Object(row.to_json()))
            .collect();
        let together: Vec<Value> = self
            .together
            .iter()
            .map(|row| Value::Object(row.to_json()))
            .collect();
        let people: Vec<Value> = self
            .people
            .iter()
            .map(|row| Value::Object(row.to_json()))
            .collect();
        json!({"nights": nights, "study": together, "people": people, "files": files})
    }

    /// Two nights may begin on one date, or have no date at all: the second gets a number.
    fn free_id(&self, wished: &str) -> String {
        let taken = |id: &str| self.nights.iter().any(|night| night.night == id);
        if !taken(wished) {
            return wished.to_owned();
        }
        (2..)
            .map(|n| format!("{wished}-{n}"))
            .find(|id| !taken(id))
            .unwrap_or_else(|| wished.to_owned())
    }
}

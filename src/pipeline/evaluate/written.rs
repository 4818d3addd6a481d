//! An evaluation as files: tables, JSON, and the chart of Bland and Altman.

use std::path::{Path, PathBuf};

use super::Evaluated;
use crate::error::Error;
use crate::output::rows::{AgreementRow, StudyRows, settle};
use crate::output::words::{Language, Words};
use crate::pipeline::atomic::{Existing, ResultSet};
use crate::pipeline::proof_files::write_drawing;
use crate::pipeline::rows::agreement_limits_row;
use crate::pipeline::store::write_table;

/// The column of `nights` that is compared.
const MEASURE: &str = "plm_per_h";

const FILES: [&str; 5] = [
    "agreement.csv",
    "agreement_limits.csv",
    "agreement.svg",
    "agreement.png",
    "evaluation.json",
];

impl Evaluated {
    /// The rows behind the chart: the index of every night beside what the sensor could have seen of the reference.
    pub fn rows(&self) -> StudyRows {
        let mut rows = StudyRows::default();
        for night in &self.nights {
            let (there, found) = night.visible.index;
            if let (Some(reference), Some(measured)) = (there.per_h(), found.per_h()) {
                rows.agreement.push(AgreementRow {
                    night: night.name.clone(),
                    measure: MEASURE.to_owned(),
                    reference,
                    measured,
                    mean: (reference + measured) / 2.0,
                    difference: measured - reference,
                });
            }
        }
        let index = self.evaluation.visible.index.as_ref();
        let limits = index.map(|index| agreement_limits_row(index, MEASURE));
        rows.agreement_limits.extend(limits);
        settle(&mut rows.agreement);
        settle(&mut rows.agreement_limits);
        rows
    }

    /// Writes everything into a folder; gives the files.
    pub fn write(&self, out: &Path, existing: Existing) -> Result<Vec<PathBuf>, Error> {
        let rows = self.rows();
        let words = Words::of(Language::English);
        let mut set = ResultSet::begin(out, existing, &FILES)?;
        write_table(&mut set, &rows.agreement, false)?;
        write_table(&mut set, &rows.agreement_limits, false)?;
        write_drawing(&mut set, "agreement", &rows, &words)?;
        set.write_json("evaluation.json", &self.to_json())?;
        set.publish()
    }
}

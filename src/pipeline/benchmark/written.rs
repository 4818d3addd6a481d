//! The benchmark as files: tables, JSON, chart. Speed and memory have a table of their own.

use std::path::{Path, PathBuf};

use super::Benchmark;
use crate::error::Error;
use crate::output::rows::StudyRows;
use crate::output::words::{Language, Words};
use crate::pipeline::atomic::{Existing, ResultSet};
use crate::pipeline::proof_files::write_drawing;
use crate::pipeline::store::write_table;

const FILES: [&str; 6] = [
    "benchmark.csv",
    "benchmark_nights.csv",
    "benchmark_speed.csv",
    "benchmark.svg",
    "benchmark.png",
    "benchmark.json",
];

impl Benchmark {
    /// Refuses a folder that holds results already, before any night is run.
    pub fn check_out(out: &Path, existing: Existing) -> Result<(), Error> {
        ResultSet::begin(out, existing, &FILES).map(drop)
    }

    /// Writes everything into a folder; gives the files.
    pub fn write(&self, out: &Path, existing: Existing) -> Result<Vec<PathBuf>, Error> {
        let rows = StudyRows {
            benchmark: self.rows.clone(),
            ..StudyRows::default()
        };
        let words = Words::of(Language::English);
        let mut set = ResultSet::begin(out, existing, &FILES)?;
        write_drawing(&mut set, "benchmark", &rows, &words)?;
        write_table(&mut set, &self.rows, false)?;
        write_table(&mut set, &self.nights, false)?;
        write_table(&mut set, &self.speed, false)?;
        set.write_json("benchmark.json", &self.to_json())?;
        set.publish()
    }
}

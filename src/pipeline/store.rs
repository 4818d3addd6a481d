//! How the results of a study reach the disk: tables and the charts of its nights.

use super::atomic::{ResultFile, ResultSet};
use super::study::Study;
use super::{PNG_SCALE, Progress, parallel};
use crate::error::{Error, Kind};
use crate::output::charts;
use crate::output::rows::{Row, Trace};
use crate::output::tables;
use crate::output::words::{Language, Words};

impl Study {
    /// Writes all tables.
    pub fn write_tables(&self, set: &mut ResultSet, parquet: bool) -> Result<(), Error> {
        // the longest by far is written beside all others
        let traces = set.create("trace.csv")?;
        let (others, traces) = parallel::both(
            || self.write_small_tables(set, parquet),
            || write_traces(&self.traces, traces),
        );
        others.and(traces)?;
        if parquet {
            let mut file = set.create("trace.parquet")?;
            tables::write_traces_parquet(&self.traces, &mut file)
                .map_err(|error| written("trace.parquet", error))?;
            file.finish()?;
        }
        Ok(())
    }

    fn write_small_tables(&self, set: &mut ResultSet, parquet: bool) -> Result<(), Error> {
        write_table(set, &self.nights, parquet)?;
        write_table(set, &self.movements, parquet)?;
        write_table(set, &self.hours, parquet)?;
        if !self.stages.is_empty() {
            write_table(set, &self.stages, parquet)?;
        }
        write_table(set, &self.periodogram, parquet)?;
        write_table(set, &self.autocorrelation, parquet)?;
        write_table(set, &self.spans, parquet)?;
        if !self.together.is_empty() {
            write_table(set, &self.together, parquet)?;
        }
        if !self.people.is_empty() {
            write_table(set, &self.people, parquet)?;
        }
        write_table(set, &self.files, parquet)
    }

    /// Draws the chart of every night: `night.svg` and `night.png` for one, `nights/<id>.svg` for more.
    pub fn write_charts(
        &self,
        set: &mut ResultSet,
        progress: &mut dyn Progress,
    ) -> Result<(), Error> {
        let one = self.nights.len() == 1;
        let words = Words::of(Language::English);
        let setup = charts::Setup::new(&words);
        progress.begin("drawing", self.nights.len());
        for night in &self.nights {
            let movements = own(&self.movements, |row| &row.night, &night.night);
            let hours = own(&self.hours, |row| &row.night, &night.night);
            let spans = own(&self.spans, |row| &row.night, &night.night);
            let traces = own(&self.traces, |row| &row.night, &night.night);
            let rows = charts::NightRows {
                night,
                movements: &movements,
                hours: &hours,
                spans: &spans,
                traces: &traces,
            };
            let drawing =
                charts::night(&rows, &setup).map_err(|error| drawn(&night.night, error))?;
            let png = drawing
                .png(PNG_SCALE)
                .map_err(|error| drawn(&night.night, error))?;
            let stem = if one {
                "night".to_owned()
            } else {
                format!("nights/{}", night.night)
            };
            set.write(&format!("{stem}.svg"), drawing.svg.as_bytes())?;
            set.write(&format!("{stem}.png"), &png)?;
            progress.step(&night.night);
        }
        Ok(())
    }
}

fn write_traces(traces: &[Trace], mut file: ResultFile) -> Result<(), Error> {
    tables::write_traces_csv(traces, &mut file).map_err(|error| written("trace.csv", error))?;
    file.finish()
}

/// Writes the rows of a table under its name.
pub(super) fn write_table<R: Row>(
    set: &mut ResultSet,
    rows: &[R],
    parquet: bool,
) -> Result<(), Error> {
    let name = format!("{}.csv", R::TABLE);
    let mut file = set.create(&name)?;
    tables::write_csv(rows, &mut file).map_err(|error| written(&name, error))?;
    file.finish()?;
    if parquet {
        let name = format!("{}.parquet", R::TABLE);
        let mut file = set.create(&name)?;
        tables::write_parquet(rows, &mut file).map_err(|error| written(&name, error))?;
        file.finish()?;
    }
    Ok(())
}

fn written(name: &str, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(Kind::Io, "write", "could not be written.")
        .in_file(name)
        .caused_by(error)
}

fn drawn(night: &str, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(Kind::Io, "draw", "the chart could not be drawn.")
        .in_night(night)
        .caused_by(error)
}

/// The rows of one night.
fn own<T: Clone>(rows: &[T], night_of: impl Fn(&T) -> &String, night: &str) -> Vec<T> {
    rows.iter()
        .filter(|row| night_of(row) == night)
        .cloned()
        .collect()
}

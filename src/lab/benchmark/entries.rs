//! Who takes part: a name, and how a detector is planned for the rate of a night.

use std::error::Error;
use std::fmt;

use crate::analysis::detect::{DetectParams, Detector, MovementDetector, StartingDetector};
use crate::lab::rivals::{Actiwatch, FixedThresholds, MonitorError, PamRl, RestEaze, Start};
use crate::model::units::SampleRate;

/// A detector that was planned, or why it could not be.
pub type PlannedDetector = Result<Box<dyn MovementDetector>, Box<dyn Error + Send + Sync>>;

/// A detector under the name that it has in tables.
pub struct Entry {
    name: String,
    plan: Box<dyn Fn(SampleRate) -> PlannedDetector + Send + Sync>,
}

impl Entry {
    /// An entry; `plan` is given the rate of a night's samples.
    pub fn new(
        name: impl Into<String>,
        plan: impl Fn(SampleRate) -> PlannedDetector + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            plan: Box::new(plan),
        }
    }

    /// The name in tables.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The detector for samples at this rate.
    pub fn plan(&self, rate: SampleRate) -> PlannedDetector {
        (self.plan)(rate)
    }

    /// Our detector with its defaults.
    pub fn ours() -> Self {
        Self::new("legtrace", |rate| {
            Ok(Box::new(Detector::plan(DetectParams::default(), rate)?))
        })
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("name", &self.name).finish()
    }
}

/// How a monitor is planned with given thresholds.
type PlanMonitor = fn(FixedThresholds) -> Result<Box<dyn MovementDetector>, MonitorError>;

const PAM_RL: PlanMonitor = |thresholds| Ok(Box::new(PamRl::plan(thresholds)?));
const ACTIWATCH: PlanMonitor = |thresholds| Ok(Box::new(Actiwatch::plan(thresholds)?));
const RESTEAZE: PlanMonitor = |thresholds| Ok(Box::new(RestEaze::plan(thresholds)?));

fn monitor(name: &str, plan: PlanMonitor, thresholds: FixedThresholds) -> Entry {
    Entry::new(name, move |_| Ok(plan(thresholds)?))
}

fn starting(name: &str, params: DetectParams) -> Entry {
    Entry::new(name, move |_| {
        Ok(Box::new(StartingDetector::plan(params.clone())?))
    })
}

/// Our detector, first, and its rivals, each as published and tuned on the tuning nights.
pub fn line_up() -> Vec<Entry> {
    vec![
        Entry::ours(),
        starting("starting", Start::PUBLISHED.params()),
        starting("starting, tuned", Start::TUNED.params()),
        monitor("PAM-RL-like", PAM_RL, PamRl::PUBLISHED),
        monitor("PAM-RL-like, tuned", PAM_RL, PamRl::TUNED),
        monitor("Actiwatch-like", ACTIWATCH, Actiwatch::PUBLISHED),
        monitor("Actiwatch-like, tuned", ACTIWATCH, Actiwatch::TUNED),
        monitor("RestEaZe-like", RESTEAZE, RestEaze::PUBLISHED),
        monitor("RestEaZe-like, tuned", RESTEAZE, RestEaze::TUNED),
    ]
}

/// Every rival with every setting of its grid: what tuning chose among. The name says the setting.
pub fn tuning_grids() -> Vec<(&'static str, Vec<Entry>)> {
    let monitors = |plan: PlanMonitor, grid: Vec<FixedThresholds>| {
        let entry = |thresholds: FixedThresholds| {
            let name = format!("{}/{} mg", thresholds.on_mg, thresholds.off_mg);
            monitor(&name, plan, thresholds)
        };
        grid.into_iter().map(entry).collect()
    };
    let starts = Start::grid().into_iter().map(|start| {
        let name = format!("{} mg, {} floors", start.on_mg, start.on_floors);
        starting(&name, start.params())
    });
    vec![
        ("starting", starts.collect()),
        ("PAM-RL-like", monitors(PAM_RL, PamRl::grid())),
        ("Actiwatch-like", monitors(ACTIWATCH, Actiwatch::grid())),
        ("RestEaZe-like", monitors(RESTEAZE, RestEaze::grid())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_can_be_planned_and_has_a_name_of_its_own() {
        let rate = SampleRate::from_hz(50.0).unwrap();
        let mut names = Vec::new();
        for entry in line_up() {
            assert!(entry.plan(rate).is_ok(), "{}", entry.name());
            names.push(entry.name().to_owned());
        }
        names.sort();
        names.dedup();
        assert_eq!(names.len(), line_up().len());
    }

    #[test]
    fn what_was_tuned_and_what_is_published_are_on_the_grid() {
        for (grid, tuned, published) in [
            (PamRl::grid(), PamRl::TUNED, PamRl::PUBLISHED),
            (Actiwatch::grid(), Actiwatch::TUNED, Actiwatch::PUBLISHED),
            (RestEaze::grid(), RestEaze::TUNED, RestEaze::PUBLISHED),
        ] {
            assert!(grid.contains(&tuned) && grid.contains(&published));
        }
        assert!(Start::grid().contains(&Start::TUNED));
        assert!(Start::grid().contains(&Start::PUBLISHED));
        let published = Start::PUBLISHED.params();
        assert_eq!((published.on_mg, published.off_mg), (20.0, 8.0));
        assert_eq!((published.on_floors, published.off_floors), (5.0, 2.5));
        for (name, entries) in tuning_grids() {
            let rate = SampleRate::from_hz(50.0).unwrap();
            assert!(
                entries.iter().all(|entry| entry.plan(rate).is_ok()),
                "{name}"
            );
        }
    }
}

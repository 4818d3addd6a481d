//! Files of figures an epoch (counts, ENMO, activity) that look like recordings and are none.

use super::{Format, Glance};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::table::heading::Heading;
use crate::ingest::table::layout::Layout;
use crate::ingest::table::vocabulary::DERIVED;
use crate::ingest::text::to_text;

pub(super) const UK_BIOBANK: Format = Format {
    name: "ukbiobank",
    recognise: uk_biobank,
};
pub(super) const ACTIWATCH: Format = Format {
    name: "actiwatch",
    recognise: actiwatch,
};

fn uk_biobank(glance: &Glance) -> ReadResult<Option<Layout>> {
    let first = glance.lines(1).next().map(to_text).unwrap_or_default();
    if !(first.starts_with("acceleration (mg) - ")
        || first.contains("sampleRate = ") && first.contains("seconds"))
    {
        return Ok(None);
    }
    Err(epochs(
        "one value of ENMO for each epoch, as the first line says",
    ))
}

/// Programs whose exports are epochs, by words of their first lines.
const PROGRAMS: [(&str, &str); 7] = [
    ("Actiware", "an Actiware export"),
    ("Actical", "an Actical export"),
    ("ActTrust", "an ActTrust export"),
    ("Condor Instruments", "an ActTrust export"),
    ("MotionWatch", "a MotionWatch export"),
    ("Motionlogger", "a Motionlogger export"),
    ("SenseWear", "a SenseWear export"),
];

fn actiwatch(glance: &Glance) -> ReadResult<Option<Layout>> {
    for line in glance.lines(6).map(to_text) {
        if let Some((_, what)) = PROGRAMS.iter().find(|(word, _)| line.contains(word)) {
            return Err(epochs(&format!("{what}: activity by epoch")));
        }
    }
    Ok(None)
}

/// Names of figures that are made from many samples.
const FIGURES: [&str; 31] = [
    "enmo",
    "mad",
    "vm",
    "svm",
    "counts",
    "axis1",
    "axis2",
    "axis3",
    "activity",
    "steps",
    "step count",
    "cpm",
    "motion",
    "movement",
    "intensity",
    "mims",
    "mims_unit",
    "mims unit",
    "anglez",
    "euclidean_norm",
    "zcm",
    "tat",
    "pim",
    "hfen",
    "lfenmo",
    "activity counts",
    "activity_counts",
    "actigraph_count",
    "actigraph_counts",
    "vector magnitude",
    "x_count",
];

/// The refusal of a table whose three columns are counts by name: `Y (axis 1),X (axis 2),Z (axis3)`, as ActiGraph's axes are
/// numbered.
pub(super) fn by_numbered_axes(headings: &[Heading]) -> Option<ReadError> {
    let numbered = |heading: &&Heading| {
        let name = heading.lower().replace(' ', "");
        ["(axis1)", "(axis2)", "(axis3)"]
            .iter()
            .any(|axis| name.ends_with(axis))
    };
    let names: Vec<&str> = headings
        .iter()
        .filter(numbered)
        .map(|heading| heading.text.as_str())
        .collect();
    (names.len() == 3).then(|| {
        epochs(&format!(
            "the columns {} are ActiGraph's counts",
            names.join(", ")
        ))
    })
}

/// So many statistics of single axes make a table of features.
const STATISTICS: usize = 6;

/// The refusal when a table has names of such figures and no axes.
pub(super) fn by_headings(headings: &[Heading]) -> Option<ReadError> {
    let mut figures: Vec<&str> = headings
        .iter()
        .filter(|heading| FIGURES.contains(&heading.lower().as_str()))
        .map(|heading| heading.text.as_str())
        .collect();
    let statistics = headings
        .iter()
        .filter(|heading| heading.axis.is_some() && heading.says(&DERIVED))
        // a sensor of a wide range
        .filter(|heading| !heading.says(&["wide"]))
        .map(|heading| heading.text.as_str());
    // mean and deviation of each axis, by window: a table of features
    if statistics.clone().count() >= STATISTICS {
        figures.extend(statistics.take(STATISTICS));
    }
    (!figures.is_empty()).then(|| {
        epochs(&format!(
            "the columns {} are made from many samples",
            figures.join(", ")
        ))
    })
}

fn epochs(seen: &str) -> ReadError {
    ReadError::new(
        Refusal::Aggregated,
        format!(
            "The file holds figures by epoch, not samples ({seen}). A leg movement lasts half a second to ten seconds: export the raw \
             acceleration (x, y and z many times a second)."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(header: &str) -> Option<&'static str> {
        let headings: Vec<Heading> = header.split(',').map(Heading::parse).collect();
        by_numbered_axes(&headings).map(|error| error.code())
    }

    #[test]
    fn axes_that_are_numbered_are_counts() {
        assert_eq!(
            refused("Y (axis 1),X (axis 2),Z (axis3)"),
            Some("aggregated")
        );
        assert_eq!(refused("x-axis (g),y-axis (g),z-axis (g)"), None);
    }
}

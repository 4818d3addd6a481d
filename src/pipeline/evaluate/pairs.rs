//! Which night of the detections is held against which of the reference.
//!
//! By name where both sides name all their nights, each once; else in the order in which they are given. A detector that
//! finds nothing writes no row, so a night that the reference names and the detections do not is an empty one, unless the
//! study says that there was no such night. The other way round a night was hardly scored and found empty, and is left out.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::usage;
use crate::error::Error;
use crate::pipeline::listed::{self, NightOfList};

/// A night of a side.
#[derive(Debug, Clone)]
pub(super) struct Night {
    /// Its name; the file where the list names no nights.
    pub name: String,
    pub list: NightOfList,
}

/// Two nights that are held against each other.
#[derive(Debug)]
pub(super) struct Pair {
    pub truth: Night,
    pub detected: Night,
}

/// The nights of all lists of a side, in order; what is to be said of a study's list goes to `notes`.
pub(super) fn nights_of(paths: &[PathBuf], notes: &mut Vec<String>) -> Result<Vec<Night>, Error> {
    let mut nights = Vec::new();
    for path in paths {
        let listed = listed::open(path)?;
        notes.extend(listed.notes);
        nights.extend(listed.nights.into_iter().map(|list| {
            Night {
                name: list
                    .name
                    .clone()
                    .unwrap_or_else(|| path.display().to_string()),
                list,
            }
        }));
    }
    Ok(nights)
}

/// The pairs, in order of the reference; what was assumed goes to `notes`.
pub(super) fn pairs(
    truth: Vec<Night>,
    detected: Vec<Night>,
    notes: &mut Vec<String>,
) -> Result<Vec<Pair>, Error> {
    if !(are_named(&truth) && are_named(&detected)) {
        return in_order(truth, detected);
    }
    match (repeated(&truth), repeated(&detected)) {
        (None, None) => by_name(truth, detected, notes),
        (Some(name), _) | (_, Some(name)) => {
            let agree = truth.len() == detected.len()
                && truth.iter().zip(&detected).all(|(t, d)| t.name == d.name);
            match agree {
                true => in_order(truth, detected),
                false => Err(usage(format!(
                    "several lists hold a night {name:?}, and the two sides do not name the same nights in the same order. \
                     Compare one pair of lists at a time.",
                ))),
            }
        }
    }
}

fn are_named(nights: &[Night]) -> bool {
    nights.iter().all(|night| night.list.name.is_some())
}

/// A name that several nights have.
fn repeated(nights: &[Night]) -> Option<String> {
    let mut seen = BTreeSet::new();
    let again = nights.iter().find(|night| !seen.insert(&night.name));
    again.map(|night| night.name.clone())
}

fn names<'a>(nights: impl IntoIterator<Item = &'a Night>) -> String {
    let names: Vec<&str> = nights
        .into_iter()
        .map(|night| night.name.as_str())
        .collect();
    names.join(", ")
}

fn in_order(truth: Vec<Night>, detected: Vec<Night>) -> Result<Vec<Pair>, Error> {
    if truth.len() != detected.len() {
        return Err(usage(format!(
            "--truth holds {} nights and --detected {}; they are compared one by one, in the order in which they are given. \
             With a column night on both sides they are compared by name.",
            truth.len(),
            detected.len()
        )));
    }
    let pairs = truth.into_iter().zip(detected);
    Ok(pairs
        .map(|(truth, detected)| Pair { truth, detected })
        .collect())
}

fn by_name(
    truth: Vec<Night>,
    mut detected: Vec<Night>,
    notes: &mut Vec<String>,
) -> Result<Vec<Pair>, Error> {
    let is_shared = |night: &Night| detected.iter().any(|other| other.name == night.name);
    if !truth.iter().any(is_shared) {
        if let ([one], [other]) = (truth.as_slice(), detected.as_slice()) {
            notes.push(format!(
                "the night {:?} of --detected was held against {:?} of --truth: each side has one.",
                other.name, one.name
            ));
            return in_order(truth, detected);
        }
        return Err(usage(format!(
            "no night of --detected ({}) has the name of one of --truth ({}). Write the same names into the column night.",
            names(&detected),
            names(&truth)
        )));
    }
    let is_a_study = detected.iter().any(|night| night.list.study.is_some());
    let missing: Vec<&Night> = truth.iter().filter(|night| !is_shared(night)).collect();
    if !missing.is_empty() && is_a_study {
        return Err(usage(format!(
            "the study of --detected has no night {} (nights.csv), which --truth has. Analyze it as well, or take its rows out \
             of --truth.",
            names(missing)
        )));
    }
    if !missing.is_empty() {
        notes.push(format!(
            "--detected has no row of {}: taken as nights in which nothing was found.",
            names(missing)
        ));
    }
    let left_out: Vec<&Night> = detected
        .iter()
        .filter(|night| !truth.iter().any(|other| other.name == night.name))
        .collect();
    if !left_out.is_empty() {
        notes.push(format!(
            "--truth has no row of {}: left out as not scored. If nights were scored and had no movement, name them in a \
             nights.csv (column night) beside the reference.",
            names(left_out)
        ));
    }
    let pairs = truth.into_iter().map(|truth| {
        let same = detected.iter().position(|night| night.name == truth.name);
        let detected = match same {
            Some(at) => detected.swap_remove(at),
            None => Night {
                name: truth.name.clone(),
                list: NightOfList {
                    name: truth.list.name.clone(),
                    movements: Vec::new(),
                    study: None,
                },
            },
        };
        Pair { truth, detected }
    });
    Ok(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(names: &[&str]) -> Vec<Night> {
        let night = |name: &&str| Night {
            name: (*name).to_owned(),
            list: NightOfList {
                name: Some((*name).to_owned()),
                movements: Vec::new(),
                study: None,
            },
        };
        names.iter().map(night).collect()
    }

    fn unnamed(n: usize) -> Vec<Night> {
        let mut nights = side(&vec!["list.csv"; n]);
        nights.iter_mut().for_each(|night| night.list.name = None);
        nights
    }

    fn paired(
        truth: Vec<Night>,
        detected: Vec<Night>,
    ) -> Result<(Vec<(String, String)>, String), String> {
        let mut notes = Vec::new();
        let pairs = pairs(truth, detected, &mut notes).map_err(|error| error.to_string())?;
        let names = pairs
            .into_iter()
            .map(|pair| (pair.truth.name, pair.detected.name));
        Ok((names.collect(), notes.join("\n")))
    }

    #[test]
    fn nights_with_names_find_each_other_in_any_order() {
        let (pairs, notes) = paired(side(&["B", "A"]), side(&["A", "B"])).unwrap();
        assert!(pairs.iter().all(|(truth, detected)| truth == detected));
        assert_eq!((pairs[0].0.as_str(), notes.as_str()), ("B", ""));
    }

    #[test]
    fn a_night_that_one_side_lacks_shifts_no_other_and_is_named() {
        let (pairs, notes) = paired(side(&["11", "12"]), side(&["11", "13"])).unwrap();
        assert_eq!(pairs.len(), 2);
        assert!(pairs.iter().all(|(truth, detected)| truth == detected));
        assert!(notes.contains("no row of 12: taken as"), "{notes}");
        assert!(notes.contains("no row of 13: left out"), "{notes}");
    }

    #[test]
    fn a_night_that_the_study_does_not_know_is_refused_by_name() {
        let mut study = side(&["11"]);
        study[0].list.study = Some(listed::OfStudy {
            legs: Vec::new(),
            in_bed: None,
            spans: None,
        });
        let told = paired(side(&["11", "12"]), study).unwrap_err();
        assert!(told.contains("has no night 12"), "{told}");
    }

    #[test]
    fn names_of_another_kind_are_refused_unless_each_side_has_one_night() {
        let told = paired(side(&["P1", "P2"]), side(&["11", "12"])).unwrap_err();
        assert!(told.contains("11, 12") && told.contains("P1, P2"), "{told}");
        let (pairs, notes) = paired(side(&["P1"]), side(&["11"])).unwrap();
        assert_eq!((pairs.len(), notes.contains("\"11\"")), (1, true));
    }

    #[test]
    fn lists_without_names_keep_their_order_and_must_be_as_many() {
        assert_eq!(paired(unnamed(2), side(&["11", "12"])).unwrap().0.len(), 2);
        assert!(paired(unnamed(2), side(&["11"])).is_err());
        // Two people's nights of one evening.
        assert_eq!(
            paired(side(&["11", "11"]), side(&["11", "11"]))
                .unwrap()
                .0
                .len(),
            2
        );
        assert!(paired(side(&["11", "11"]), side(&["11", "12"])).is_err());
    }
}

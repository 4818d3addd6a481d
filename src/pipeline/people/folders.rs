//! The folders that may be people's.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::pipeline::discover::Input;
use crate::pipeline::grouping::name_without_leg;

/// A folder that may be a person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Its name without words for legs: `P01_left` and `P01_right` are of one person.
    pub label: String,
}

/// The folder of each input that may be a person's: of one folder that was named the one below it, of several that were
/// named (`cohort/*`) these. What the user named by itself has none, nor has a folder that is called after a leg.
pub(super) fn of(inputs: &[Input]) -> Vec<Option<Folder>> {
    let named: BTreeSet<&Path> = inputs
        .iter()
        .filter_map(|input| input.within.as_deref())
        .collect();
    let folder = |input: &Input| {
        let within = input.within.as_deref()?;
        let path = match named.len() {
            1 => within.join(input.name.split_once('/')?.0),
            _ => within.to_owned(),
        };
        let name = match path.file_name() {
            Some(name) => name.to_string_lossy().into_owned(),
            // `.` and `..` have a name as well
            None => path
                .canonicalize()
                .ok()?
                .file_name()?
                .to_string_lossy()
                .into_owned(),
        };
        let label = name_without_leg(&name);
        (!label.is_empty()).then_some(Folder { path, label })
    };
    inputs.iter().map(folder).collect()
}

/// Words that say that the number behind them is a person's.
const PERSON: [&str; 11] = [
    "p",
    "pt",
    "pat",
    "patient",
    "participant",
    "person",
    "proband",
    "sub",
    "subj",
    "subject",
    "vp",
];

/// Whether a folder's name says that it is a person's: `P01`, `sub-02`, `Patient 3`.
pub(super) fn names_a_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    let code = lower.trim_start_matches(char::is_alphabetic);
    let word = &lower[..lower.len() - code.len()];
    let number = code.trim_start_matches(|c: char| !c.is_alphanumeric());
    PERSON.contains(&word) && number.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(within: Option<&str>, name: &str) -> Input {
        Input {
            path: Path::new(within.unwrap_or_default()).join(name),
            name: name.to_owned(),
            within: within.map(PathBuf::from),
        }
    }

    fn labels(inputs: &[Input]) -> Vec<Option<String>> {
        let folders = of(inputs).into_iter();
        folders.map(|folder| Some(folder?.label)).collect()
    }

    #[test]
    fn below_one_folder_or_of_several_that_were_named() {
        let one = [
            input(Some("c"), "P1/n1/x.csv"),
            input(Some("c"), "loose.csv"),
            input(None, "y.csv"),
        ];
        assert_eq!(labels(&one), [Some("P1".to_owned()), None, None]);
        assert_eq!(of(&one)[0].as_ref().unwrap().path, Path::new("c/P1"));
        let several = [
            input(Some("c/P1"), "n1/x.csv"),
            input(Some("c/P2"), "x.csv"),
        ];
        assert_eq!(
            labels(&several),
            [Some("P1".to_owned()), Some("P2".to_owned())]
        );
    }

    #[test]
    fn a_folder_of_a_leg_is_nobodys() {
        let legs = [
            input(Some("c"), "left/x.csv"),
            input(Some("c"), "P1_right/x.csv"),
        ];
        assert_eq!(labels(&legs), [None, Some("P1".to_owned())]);
    }

    #[test]
    fn a_word_for_a_person_and_a_number_name_one() {
        for name in [
            "P01",
            "p-1",
            "sub-02",
            "Patient 3",
            "participant_12",
            "VP7",
            "subject004_ses1",
        ] {
            assert!(names_a_person(name), "{name}");
        }
        for name in [
            "n1",
            "night 2",
            "2024-05-01",
            "P",
            "Anna",
            "Pat Smith 2",
            "part1",
            "subjects",
            "week 3",
            "",
        ] {
            assert!(!names_a_person(name), "{name}");
        }
    }
}

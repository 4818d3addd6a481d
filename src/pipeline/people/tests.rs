use std::path::Path;

use super::*;
use crate::pipeline::grouping::Joined;

/// Files of one folder that was named, and a group of each.
fn cohort(names: &[&str]) -> (Vec<Input>, Vec<Group>) {
    let inputs = names.iter().map(|name| Input {
        path: Path::new("cohort").join(name),
        name: (*name).to_owned(),
        within: Some("cohort".into()),
    });
    let groups = (0..names.len()).map(|n| Group {
        recordings: vec![Joined {
            pieces: vec![n],
            leg: None,
        }],
        because: String::new(),
    });
    (inputs.collect(), groups.collect())
}

fn found(names: &[&str], at_one_time: &[(usize, usize)]) -> (People, Vec<String>) {
    let (inputs, groups) = cohort(names);
    let mut people = People::asked(&PeopleBy::Found, &inputs).unwrap();
    people.by_names(&(0..names.len()).collect::<Vec<_>>());
    people.by_time(&groups, at_one_time);
    let inputs: Vec<&Input> = inputs.iter().collect();
    let told = people.in_words(&groups, at_one_time, &inputs);
    (people, told)
}

#[test]
fn folders_that_are_called_after_people_are_theirs() {
    let (people, told) = found(&["P01/a.csv", "P02/a.csv", "P01/b.csv"], &[]);
    assert_eq!(
        people.of,
        ["P01", "P02", "P01"].map(|name| Some(name.to_owned()))
    );
    assert!(
        told[0].contains("P01, P02") && told[0].contains("--people none"),
        "{told:?}"
    );
    assert_eq!(
        people.folder_of("P02").unwrap(),
        Path::new("cohort").join("P02").display().to_string()
    );
}

#[test]
fn what_is_to_be_typed_can_be() {
    assert_eq!(as_typed("cohort/P-01"), "cohort/P-01");
    assert_eq!(as_typed("my cohort/P 1"), "\"my cohort/P 1\"");
}

#[test]
fn a_folder_a_night_is_nobody_and_asked_about() {
    let (people, told) = found(&["n1/a.csv", "n2/a.csv", "n3/a.csv"], &[]);
    assert_eq!(people.of, [None, None, None]);
    assert!(
        told[0].contains("3 folders (n1, n2, n3)") && told[0].contains("--people folder"),
        "{told:?}"
    );
    // one of them is no person's name, so that the names tell nothing
    assert_eq!(found(&["P01/a.csv", "old/a.csv"], &[]).0.of, [None, None]);
    // a single folder may be all there is of anything
    assert_eq!(found(&["P01/a.csv", "P01/b.csv"], &[]).0.of, [None, None]);
}

#[test]
fn folders_recorded_at_one_time_are_of_different_people() {
    let names = ["Anna/a.csv", "Ben/a.csv", "Cleo/a.csv"];
    let (people, told) = found(&names, &[(0, 1)]);
    assert_eq!(people.of(2), Some("Cleo"));
    assert!(told[0].contains("Anna, Ben, Cleo"), "{told:?}");
    // two in one folder at one time: folders are not what tells people apart
    let (people, told) = found(&["a/1.csv", "a/2.csv", "b/1.csv"], &[(0, 1), (0, 2)]);
    assert_eq!(people.of, [None, None, None]);
    assert!(
        told[0].contains("of several people") && told[0].contains("--people people.csv"),
        "{told:?}"
    );
}

#[test]
fn the_flag_overrules_what_folders_tell() {
    let (inputs, groups) = cohort(&["P01/a.csv", "n2/a.csv", "loose.csv"]);
    let refs: Vec<&Input> = inputs.iter().collect();
    let people = People::asked(&PeopleBy::Folder, &inputs).unwrap();
    assert_eq!(
        people.of,
        [Some("P01".to_owned()), Some("n2".to_owned()), None]
    );
    let told = people.in_words(&groups, &[], &refs);
    assert!(
        told[1].contains("1 of the recordings is of nobody named, the first loose.csv"),
        "{told:?}"
    );
    let (inputs, groups) = cohort(&["P01/a.csv", "P02/a.csv"]);
    let mut people = People::asked(&PeopleBy::Nobody, &inputs).unwrap();
    people.by_names(&[0, 1]);
    people.by_time(&groups, &[(0, 1)]);
    assert_eq!(people.of, [None, None]);
    let (inputs, _) = cohort(&["a.csv", "b.csv"]);
    let error = People::asked(&PeopleBy::Folder, &inputs)
        .unwrap_err()
        .to_string();
    assert!(error.contains("--people people.csv"), "{error}");
}

#[test]
fn two_at_one_time_of_one_person_are_told() {
    let (inputs, groups) = cohort(&["P01/a.csv", "P01/b.csv", "P02/a.csv"]);
    let refs: Vec<&Input> = inputs.iter().collect();
    let people = People::asked(&PeopleBy::Folder, &inputs).unwrap();
    let told = people.in_words(&groups, &[(0, 1), (0, 2)], &refs);
    assert!(
        told[1].contains("P01/a.csv and P01/b.csv were made at one time"),
        "{told:?}"
    );
}

#[test]
fn what_was_put_together_of_two_people_is_refused() {
    let (inputs, _) = cohort(&["P01/a.csv", "P02/b.csv"]);
    let refs: Vec<&Input> = inputs.iter().collect();
    let people = People::asked(&PeopleBy::Folder, &inputs).unwrap();
    let together = Group {
        recordings: vec![Joined {
            pieces: vec![0, 1],
            leg: None,
        }],
        because: "--as pieces".to_owned(),
    };
    let error = people
        .refuse_mixed(&[together], &refs)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("P01/a.csv is of P01") && error.contains("--as pieces"),
        "{error}"
    );
}

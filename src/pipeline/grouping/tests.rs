use std::path::Path;

use super::*;

const HOUR: i64 = 3_600_000_000_000;

fn file(name: &str, device: &str, leg: Option<Leg>, from_h: f64, to_h: f64) -> Coverage {
    Coverage {
        file: name.to_owned(),
        place: Place::of(Path::new(name), false),
        device: device.to_owned(),
        device_is_known: true,
        leg,
        stamps: StampKind::Utc,
        first_ns: (from_h * HOUR as f64) as i64,
        last_ns: (to_h * HOUR as f64) as i64,
    }
}

fn shape(groups: &[Group]) -> Vec<Vec<Vec<usize>>> {
    groups
        .iter()
        .map(|group| {
            group
                .recordings
                .iter()
                .map(|one| one.pieces.clone())
                .collect()
        })
        .collect()
}

#[test]
fn pieces_legs_and_nights_are_told_apart() {
    let files = [
        file("n2.csv", "a", Some(Leg::Left), 46.0, 54.0),
        file("n1b.csv", "a", Some(Leg::Left), 24.5, 30.0),
        file("n1a.csv", "a", Some(Leg::Left), 22.0, 24.0),
        file("n1r.csv", "b", Some(Leg::Right), 22.1, 30.1),
    ];
    let groups = group(&files, GroupAs::Found).unwrap().groups;
    assert_eq!(
        shape(&groups),
        vec![vec![vec![2, 1], vec![3]], vec![vec![0]]]
    );
}

#[test]
fn two_hours_apart_is_another_recording() {
    let files = [
        file("a.csv", "a", None, 0.0, 2.0),
        file("b.csv", "a", None, 4.0, 6.0),
    ];
    assert_eq!(group(&files, GroupAs::Found).unwrap().groups.len(), 2);
}

#[test]
fn the_same_time_without_a_leg_is_asked_about() {
    let files = [
        file("a.csv", "a", None, 0.0, 8.0),
        file("b.csv", "b", None, 0.0, 8.0),
    ];
    let found = group(&files, GroupAs::Found).unwrap();
    assert!(found.groups.is_empty());
    let told: Vec<usize> = found.refused.iter().map(|(n, _)| *n).collect();
    assert_eq!(told, [0, 1]);
    let message = &found.refused[0].1;
    assert!(message.contains("--as legs"), "{message}");
    let nights = group(&files, GroupAs::Nights).unwrap();
    assert_eq!(nights.groups.len(), 2);
    let legs = group(&files, GroupAs::Legs).unwrap();
    assert_eq!(legs.groups[0].recordings.len(), 2);
}

#[test]
fn what_nobody_can_tell_stops_nothing_else() {
    let files = [
        file("a.csv", "a", None, 0.0, 8.0),
        file("b.csv", "b", None, 0.0, 8.0),
        file("c.csv", "a", None, 24.0, 32.0),
    ];
    let found = group(&files, GroupAs::Found).unwrap();
    assert_eq!(shape(&found.groups), vec![vec![vec![2]]]);
    assert_eq!(found.refused.len(), 2);
}

#[test]
fn people_in_folders_of_their_own_are_kept_apart() {
    let legs = [
        ("c/P1/n1/left/x.csv", Some(Leg::Left)),
        ("c/P1/n1/right/x.csv", Some(Leg::Right)),
        ("c/P2/n1/left/x.csv", Some(Leg::Left)),
        ("c/P2/n1/right/x.csv", Some(Leg::Right)),
        ("c/P3/n1/x.csv", None),
    ];
    let files: Vec<Coverage> = legs
        .iter()
        .map(|(name, leg)| file(name, "a", *leg, 0.0, 8.0))
        .collect();
    let found = group(&files, GroupAs::Found).unwrap();
    assert_eq!(found.refused, []);
    // the third is at the time of both pairs
    assert_eq!(found.at_one_time, [(0, 1), (0, 2), (1, 2)]);
    assert_eq!(
        shape(&found.groups),
        vec![
            vec![vec![0], vec![1]],
            vec![vec![2], vec![3]],
            vec![vec![4]]
        ]
    );
    // one after the other on the same kind of device, but not of one person
    let in_turn = [
        file("c/P1/x.csv", "a", None, 0.0, 8.0),
        file("c/P2/x.csv", "a", None, 9.0, 17.0),
    ];
    let found = group(&in_turn, GroupAs::Found).unwrap();
    assert_eq!(found.at_one_time, []);
    assert_eq!(shape(&found.groups), vec![vec![vec![0]], vec![vec![1]]]);
}

#[test]
fn pairs_of_one_folder_are_told_by_what_else_their_names_say() {
    let files = [
        file("c/P1_left.csv", "a", Some(Leg::Left), 0.0, 8.0),
        file("c/P2_left.csv", "b", Some(Leg::Left), 0.1, 8.0),
        file("c/P1_right.csv", "c", Some(Leg::Right), 0.2, 8.0),
        file("c/P2_right.csv", "d", Some(Leg::Right), 0.3, 8.0),
    ];
    let found = group(&files, GroupAs::Found).unwrap();
    assert_eq!(
        shape(&found.groups),
        vec![vec![vec![0], vec![2]], vec![vec![1], vec![3]]]
    );
    // no name says which right leg goes with which left one
    let names = ["c/one_left.csv", "c/two_left.csv", "c/three_right.csv"];
    let legs = [Leg::Left, Leg::Left, Leg::Right];
    let files: Vec<Coverage> = names
        .iter()
        .zip(legs)
        .map(|(name, leg)| file(name, name, Some(leg), 0.0, 8.0))
        .collect();
    let found = group(&files, GroupAs::Found).unwrap();
    assert!(found.groups.is_empty());
    assert_eq!(found.refused.len(), 3);
}

#[test]
fn pieces_that_overlap_are_refused() {
    let files = [
        file("a.csv", "a", None, 0.0, 2.0),
        file("b.csv", "a", None, 1.0, 3.0),
    ];
    assert!(group(&files, GroupAs::Pieces).is_err());
}

#[test]
fn files_without_a_clock_stand_alone() {
    let mut files = [
        file("a.csv", "a", None, 0.0, 8.0),
        file("b.csv", "a", None, 0.0, 8.0),
    ];
    for file in &mut files {
        file.stamps = StampKind::Elapsed;
    }
    assert_eq!(group(&files, GroupAs::Found).unwrap().groups.len(), 2);
}

#[test]
fn one_file_or_three_are_no_two_legs() {
    for n in [1, 3] {
        let files: Vec<Coverage> = (0..n)
            .map(|k| file(&format!("{k}.csv"), "a", None, 0.0, 8.0))
            .collect();
        let error = group(&files, GroupAs::Legs).unwrap_err();
        assert_eq!(error, GroupingError::not_two_legs(n));
        assert!(error.0.contains("exactly two"), "{}", error.0);
    }
}

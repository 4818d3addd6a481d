//! Which files belong together: pieces of one recording, two legs of one night, or nights of their own.
//!
//! Decided from what each file covers, never from the order in which files were named, and printed before anything
//! is analysed: `--as` overrules it.

use std::path::Path;

use jiff::SignedDuration;

use crate::model::body::Leg;
use crate::model::recording::StampKind;

/// Files of one device closer than this are pieces of one recording (DESIGN: "Which files belong together").
const PIECES_WITHIN: SignedDuration = SignedDuration::from_hours(2);

/// Pieces may overlap by this much: stamps are rounded to the second in some exports.
const OVERLAP_ALLOWED: SignedDuration = SignedDuration::from_secs(1);

/// Share of the shorter file that two legs of a night must have in common.
const PAIR_OVERLAP: f64 = 0.5;

/// What a file covers, as grouping sees it.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// Name of the file, for messages.
    pub file: String,
    /// Where it lies and what it is called.
    pub place: Place,
    /// What tells devices apart: serial number or, without one, the format.
    pub device: String,
    /// Whether `device` is a serial number.
    pub device_is_known: bool,
    /// Which leg, when anything says so.
    pub leg: Option<Leg>,
    /// What the stamps count from.
    pub stamps: StampKind,
    /// First stamp in nanoseconds.
    pub first_ns: i64,
    /// Last stamp in nanoseconds.
    pub last_ns: i64,
}

/// Where a file lies and what it is called, as far as that tells whose it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Its folder, without words for legs. What lies in different folders is of different people or nights, and is never
    /// put together; empty for files that were named one by one, which may be.
    pub home: String,
    /// The folder and the name, without words for legs: of several pairs at one time the legs that share it belong together.
    pub twin: String,
}

impl Place {
    /// Of a file that was found in a folder, or `named` by itself.
    pub fn of(path: &Path, named: bool) -> Self {
        let folder = path.parent().unwrap_or(Path::new(""));
        let home: Vec<String> = folder
            .components()
            .map(|part| without_leg(&part.as_os_str().to_string_lossy()))
            .filter(|part| !part.is_empty())
            .collect();
        let home = home.join("/");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let twin = format!("{home}/{}", without_leg(&name));
        Self {
            home: if named { String::new() } else { home },
            twin,
        }
    }
}

impl Coverage {
    fn overlap(&self, other: &Self) -> SignedDuration {
        let ns = self.last_ns.min(other.last_ns) - self.first_ns.max(other.first_ns);
        SignedDuration::from_nanos(ns)
    }

    fn length(&self) -> SignedDuration {
        SignedDuration::from_nanos(self.last_ns - self.first_ns)
    }

    fn may_be_same_device(&self, other: &Self) -> bool {
        self.device == other.device
            && self.device_is_known == other.device_is_known
            && (self.leg == other.leg || self.leg.is_none() || other.leg.is_none())
    }
}

/// How files are to be put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupAs {
    /// By what they cover.
    #[default]
    Found,
    /// Each file is a night of its own.
    Nights,
    /// All files are pieces of one recording, in the order of their stamps.
    Pieces,
    /// Two files are the two legs of one night.
    Legs,
}

/// One recording: its pieces in the order of time, as indices of the coverage list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Indices of the pieces.
    pub pieces: Vec<usize>,
    /// Which leg.
    pub leg: Option<Leg>,
}

/// What is analysed together: one recording, or two of different legs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// One or two recordings.
    pub recordings: Vec<Joined>,
    /// Why they are together, for the printed grouping.
    pub because: String,
}

/// Files that cannot be put together as was asked, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupingError(pub String);

/// What belongs together, and what nobody can tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grouping {
    /// In the order of their first stamp; files without a clock, which cannot be compared, come after, in the order given.
    pub groups: Vec<Group>,
    /// Files that stand in none, each with the reason and what to do.
    pub refused: Vec<(usize, String)>,
    /// Two groups were recorded at one time, so they are of two people.
    pub several_people: bool,
}

impl From<Vec<Group>> for Grouping {
    fn from(groups: Vec<Group>) -> Self {
        Self {
            groups,
            ..Self::default()
        }
    }
}

/// Puts files together.
///
/// # Errors
///
/// `--as` asks for what these files cannot be.
pub fn group(files: &[Coverage], how: GroupAs) -> Result<Grouping, GroupingError> {
    match how {
        GroupAs::Nights => Ok(alone(files, "--as nights").into()),
        GroupAs::Pieces => {
            let pieces = in_time(files, (0..files.len()).collect());
            refuse_overlap(files, &pieces)?;
            let leg = pieces.iter().find_map(|&n| files[n].leg);
            Ok(vec![Group {
                recordings: vec![Joined { pieces, leg }],
                because: "--as pieces".to_owned(),
            }]
            .into())
        }
        GroupAs::Legs => as_legs(files).map(Grouping::from),
        GroupAs::Found => Ok(found(files)),
    }
}

fn alone(files: &[Coverage], because: &str) -> Vec<Group> {
    in_time(files, (0..files.len()).collect())
        .into_iter()
        .map(|n| Group {
            recordings: vec![Joined {
                pieces: vec![n],
                leg: files[n].leg,
            }],
            because: because.to_owned(),
        })
        .collect()
}

fn as_legs(files: &[Coverage]) -> Result<Vec<Group>, GroupingError> {
    let [first, second] = files else {
        return Err(GroupingError(format!(
            "--as legs wants exactly two files, a left and a right one; {} were given.",
            files.len()
        )));
    };
    let (a, b) = match (first.leg, second.leg) {
        (Some(a), Some(b)) if a != b => (a, b),
        (Some(a), None) => (a, a.other()),
        (None, Some(b)) => (b.other(), b),
        (None, None) => (Leg::Left, Leg::Right),
        (Some(a), Some(_)) => {
            return Err(GroupingError(format!(
                "{} and {} both say {a} leg. Put left and right into the file names.",
                first.file, second.file
            )));
        }
    };
    if first.stamps != StampKind::Elapsed
        && first.stamps == second.stamps
        && first.overlap(second) <= SignedDuration::ZERO
    {
        return Err(GroupingError(format!(
            "{} and {} have no moment in common, so they cannot be two legs of one night. Check the clocks of the \
             devices, or leave --as legs out.",
            first.file, second.file
        )));
    }
    Ok(vec![Group {
        recordings: vec![
            Joined {
                pieces: vec![0],
                leg: Some(a),
            },
            Joined {
                pieces: vec![1],
                leg: Some(b),
            },
        ],
        because: "--as legs".to_owned(),
    }])
}

fn found(files: &[Coverage]) -> Grouping {
    let clocked = |n: &usize| files[*n].stamps != StampKind::Elapsed;
    let (with_clock, without): (Vec<usize>, Vec<usize>) = (0..files.len()).partition(clocked);
    let mut grouping = pair_up(files, join_pieces(files, in_time(files, with_clock)));
    grouping.several_people = are_at_one_time(files, &grouping.groups);
    for n in without {
        grouping.groups.push(Group {
            recordings: vec![Joined {
                pieces: vec![n],
                leg: files[n].leg,
            }],
            because: "no clock in the file: a night of its own".to_owned(),
        });
    }
    grouping
}

/// Whether two of the groups share more than a moment.
fn are_at_one_time(files: &[Coverage], groups: &[Group]) -> bool {
    let pieces = |group: &Group| -> Vec<usize> {
        let recordings = group.recordings.iter();
        recordings.flat_map(|one| one.pieces.clone()).collect()
    };
    let all: Vec<Vec<usize>> = groups.iter().map(pieces).collect();
    let shared = |a: usize, b: usize| {
        let (one, other) = (&files[a], &files[b]);
        one.stamps == other.stamps && one.overlap(other) > OVERLAP_ALLOWED
    };
    all.iter().enumerate().any(|(n, group)| {
        let mut before = all[..n].iter().flatten();
        before.any(|&a| group.iter().any(|&b| shared(a, b)))
    })
}

/// Chains files of one device and folder with less than two hours between them.
fn join_pieces(files: &[Coverage], order: Vec<usize>) -> Vec<Joined> {
    let mut joined: Vec<Joined> = Vec::new();
    for n in order {
        let file = &files[n];
        let before = joined.iter_mut().rev().find(|one| {
            let last = &files[one.pieces[one.pieces.len() - 1]];
            let pause = SignedDuration::from_nanos(file.first_ns - last.last_ns);
            last.stamps == file.stamps
                && last.place.home == file.place.home
                && last.may_be_same_device(file)
                && pause >= -OVERLAP_ALLOWED
                && pause < PIECES_WITHIN
        });
        match before {
            Some(one) => {
                one.pieces.push(n);
                one.leg = one.leg.or(file.leg);
            }
            None => joined.push(Joined {
                pieces: vec![n],
                leg: file.leg,
            }),
        }
    }
    joined
}

/// Joins recordings of different legs that share most of their time. Two of the same leg are of two people; of what says
/// nothing about its leg while another of its folder was recorded nobody can tell.
fn pair_up(files: &[Coverage], recordings: Vec<Joined>) -> Grouping {
    let covers: Vec<Coverage> = recordings.iter().map(|one| whole(files, one)).collect();
    let at_once = |a: usize, b: usize| {
        let (one, other) = (&covers[a], &covers[b]);
        let same_place = one.place.home == other.place.home && one.stamps == other.stamps;
        same_place && one.overlap(other) > OVERLAP_ALLOWED
    };
    let mut doubtful: Vec<Option<String>> = vec![None; recordings.len()];
    for (b, a) in (0..recordings.len()).flat_map(|b| (0..b).map(move |a| (b, a))) {
        if !at_once(a, b) {
            continue;
        }
        for n in [a, b].into_iter().filter(|&n| recordings[n].leg.is_none()) {
            doubtful[n].get_or_insert_with(|| overlap_error(&covers[a], &covers[b]).0);
        }
    }
    let may_pair = |a: usize, b: usize| {
        let shorter = covers[a].length().min(covers[b].length()).as_secs_f64();
        recordings[a].leg != recordings[b].leg
            && at_once(a, b)
            && covers[a].overlap(&covers[b]).as_secs_f64() >= PAIR_OVERLAP * shorter
    };
    let legged: Vec<usize> = (0..recordings.len())
        .filter(|&n| recordings[n].leg.is_some())
        .collect();
    let partners = |n: usize| -> Vec<usize> {
        let all = || legged.iter().copied().filter(|&other| may_pair(n, other));
        let twin = |other: &usize| covers[*other].place.twin == covers[n].place.twin;
        match all().filter(twin).collect::<Vec<_>>() {
            twins if twins.is_empty() => all().collect(),
            twins => twins,
        }
    };
    let mut partner: Vec<Option<usize>> = vec![None; recordings.len()];
    for &n in &legged {
        match partners(n).as_slice() {
            // chosen by both
            [other] if partners(*other) == [n] => partner[n] = Some(*other),
            [] => {}
            [other, ..] => {
                doubtful[n] = Some(overlap_error(&covers[n], &covers[*other]).0);
            }
        }
    }
    let mut grouping = Grouping::default();
    for (n, recording) in recordings.iter().enumerate() {
        if let Some(why) = &doubtful[n] {
            let told = recording.pieces.iter().map(|&piece| (piece, why.clone()));
            grouping.refused.extend(told);
            continue;
        }
        let (recordings, because) = match partner[n] {
            Some(other) if other < n => continue,
            Some(other) => {
                let mut legs = vec![recording.clone(), recordings[other].clone()];
                legs.sort_by_key(|one| one.leg);
                (legs, "same time, different legs: one night")
            }
            None if recording.pieces.len() > 1 => (
                vec![recording.clone()],
                "same device, less than 2 h apart: pieces of one recording",
            ),
            None => (vec![recording.clone()], "a recording of its own"),
        };
        grouping.groups.push(Group {
            recordings,
            because: because.to_owned(),
        });
    }
    grouping
}

/// What a recording covers from its first piece to its last.
fn whole(files: &[Coverage], one: &Joined) -> Coverage {
    let last_ns = one.pieces.iter().map(|&n| files[n].last_ns).max();
    Coverage {
        last_ns: last_ns.unwrap_or(0),
        ..files[one.pieces[0]].clone()
    }
}

fn refuse_overlap(files: &[Coverage], order: &[usize]) -> Result<(), GroupingError> {
    for pair in order.windows(2) {
        let (a, b) = (&files[pair[0]], &files[pair[1]]);
        if a.stamps == b.stamps && a.overlap(b) > OVERLAP_ALLOWED {
            return Err(overlap_error(a, b));
        }
    }
    Ok(())
}

fn overlap_error(a: &Coverage, b: &Coverage) -> GroupingError {
    GroupingError(format!(
        "{} and {} cover the same {:.0} s, and nothing says which legs of whom they are. For two legs put left and right \
         into the names, or use --as legs; for two people put them into folders of their own; for two devices use --as \
         nights.",
        a.file,
        b.file,
        a.overlap(b).as_secs_f64()
    ))
}

fn in_time(files: &[Coverage], mut order: Vec<usize>) -> Vec<usize> {
    order.sort_by_key(|&n| (files[n].first_ns, n));
    order
}

/// The leg that a word in lower case names.
fn leg_of_word(word: &str) -> Option<Leg> {
    match word {
        "left" | "links" | "l" | "leftankle" | "leftleg" | "lefta" => Some(Leg::Left),
        "right" | "rechts" | "r" | "rightankle" | "rightleg" => Some(Leg::Right),
        _ => None,
    }
}

/// The leg that a file name speaks of: a word of its own among `left`, `right`, `links`, `rechts`, `l`, `r`.
pub fn leg_in_name(file: &str) -> Option<Leg> {
    let lower = file.to_lowercase();
    let mut named = lower
        .split(|c: char| !c.is_alphabetic())
        .filter_map(leg_of_word);
    let leg = named.next()?;
    named.all(|other| other == leg).then_some(leg)
}

/// A name in lower case without its words for legs and what stands between words.
fn without_leg(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| leg_of_word(word.trim_matches(|c: char| c.is_numeric())).is_none());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
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
        assert!(found.several_people);
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
        assert!(!found.several_people);
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
    fn legs_leave_the_name_of_a_place() {
        let place = Place::of(Path::new("/s/P1/Left/night_l_2.csv"), false);
        assert_eq!(place.home, "s/p1");
        assert_eq!(
            place.twin,
            Place::of(Path::new("/s/P1/Right/night_r_2.csv"), false).twin
        );
        assert_eq!(Place::of(Path::new("/s/P1/x.csv"), true).home, "");
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
    fn a_leg_is_a_word_of_its_own() {
        assert_eq!(leg_in_name("2024-05-07_left.csv.gz"), Some(Leg::Left));
        assert_eq!(leg_in_name("Nacht Rechts 3.csv"), Some(Leg::Right));
        assert_eq!(leg_in_name("night_L.csv"), Some(Leg::Left));
        assert_eq!(leg_in_name("accelerometer.csv"), None);
        assert_eq!(leg_in_name("left_right.csv"), None);
    }
}

//! Which files belong together: pieces of one recording, two legs of one night, or nights of their own.
//!
//! Decided from what each file covers, never from the order in which files were named, and printed before anything
//! is analysed: `--as` overrules it.

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
    /// File name without folders.
    pub file: String,
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

/// Files that cannot be put together, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupingError(pub String);

/// Puts files together. Groups come in the order of their first stamp; files without a clock, which cannot be
/// compared, come after, in the order given.
pub fn group(files: &[Coverage], how: GroupAs) -> Result<Vec<Group>, GroupingError> {
    match how {
        GroupAs::Nights => Ok(alone(files, "--as nights")),
        GroupAs::Pieces => {
            let pieces = in_time(files, (0..files.len()).collect());
            refuse_overlap(files, &pieces)?;
            let leg = pieces.iter().find_map(|&n| files[n].leg);
            Ok(vec![Group {
                recordings: vec![Joined { pieces, leg }],
                because: "--as pieces".to_owned(),
            }])
        }
        GroupAs::Legs => as_legs(files),
        GroupAs::Found => found(files),
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

fn found(files: &[Coverage]) -> Result<Vec<Group>, GroupingError> {
    let clocked = |n: &usize| files[*n].stamps != StampKind::Elapsed;
    let (with_clock, without): (Vec<usize>, Vec<usize>) = (0..files.len()).partition(clocked);
    let mut groups = pair_up(files, join_pieces(files, in_time(files, with_clock)))?;
    for n in without {
        groups.push(Group {
            recordings: vec![Joined {
                pieces: vec![n],
                leg: files[n].leg,
            }],
            because: "no clock in the file: a night of its own".to_owned(),
        });
    }
    Ok(groups)
}

/// Chains files of one device with less than two hours between them.
fn join_pieces(files: &[Coverage], order: Vec<usize>) -> Vec<Joined> {
    let mut joined: Vec<Joined> = Vec::new();
    for n in order {
        let file = &files[n];
        let before = joined.iter_mut().rev().find(|one| {
            let last = &files[one.pieces[one.pieces.len() - 1]];
            let pause = SignedDuration::from_nanos(file.first_ns - last.last_ns);
            last.stamps == file.stamps
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

/// Joins recordings of different legs that share most of their time.
fn pair_up(files: &[Coverage], recordings: Vec<Joined>) -> Result<Vec<Group>, GroupingError> {
    let whole = |one: &Joined| Coverage {
        first_ns: files[one.pieces[0]].first_ns,
        last_ns: one
            .pieces
            .iter()
            .map(|&n| files[n].last_ns)
            .max()
            .unwrap_or(0),
        ..files[one.pieces[0]].clone()
    };
    let mut groups: Vec<Group> = Vec::new();
    for recording in recordings {
        let cover = whole(&recording);
        let mut partner = None;
        for (at, group) in groups.iter().enumerate() {
            for other in &group.recordings {
                let theirs = whole(other);
                let shared = cover.overlap(&theirs);
                if theirs.stamps != cover.stamps || shared <= OVERLAP_ALLOWED {
                    continue;
                }
                let enough = shared.as_secs_f64()
                    >= PAIR_OVERLAP * cover.length().min(theirs.length()).as_secs_f64();
                match (recording.leg, other.leg) {
                    (Some(a), Some(b)) if a != b && enough && group.recordings.len() == 1 => {
                        partner = Some(at);
                    }
                    (Some(a), Some(b)) if a != b => {}
                    _ => return Err(overlap_error(&cover, &theirs, shared)),
                }
            }
        }
        let pieces = recording.pieces.len();
        match partner {
            Some(at) => {
                groups[at].recordings.push(recording);
                groups[at].recordings.sort_by_key(|one| one.leg);
                groups[at].because = "same time, different legs: one night".to_owned();
            }
            None => groups.push(Group {
                recordings: vec![recording],
                because: if pieces > 1 {
                    "same device, less than 2 h apart: pieces of one recording".to_owned()
                } else {
                    "a recording of its own".to_owned()
                },
            }),
        }
    }
    Ok(groups)
}

fn refuse_overlap(files: &[Coverage], order: &[usize]) -> Result<(), GroupingError> {
    for pair in order.windows(2) {
        let (a, b) = (&files[pair[0]], &files[pair[1]]);
        let shared = a.overlap(b);
        if a.stamps == b.stamps && shared > OVERLAP_ALLOWED {
            return Err(overlap_error(a, b, shared));
        }
    }
    Ok(())
}

fn overlap_error(a: &Coverage, b: &Coverage, shared: SignedDuration) -> GroupingError {
    GroupingError(format!(
        "{} and {} cover the same {:.0} s, and nothing says that they are two legs. For two legs put left and right \
         into the file names, or use --as legs; for two people or two devices use --as nights; if one is a copy of \
         the other, leave it out.",
        a.file,
        b.file,
        shared.as_secs_f64()
    ))
}

fn in_time(files: &[Coverage], mut order: Vec<usize>) -> Vec<usize> {
    order.sort_by_key(|&n| (files[n].first_ns, n));
    order
}

/// The leg that a file name speaks of: a word of its own among `left`, `right`, `links`, `rechts`, `l`, `r`.
pub fn leg_in_name(file: &str) -> Option<Leg> {
    let mut leg = None;
    for word in file
        .to_lowercase()
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        let named = match word {
            "left" | "links" | "l" | "leftankle" | "leftleg" | "lefta" => Some(Leg::Left),
            "right" | "rechts" | "r" | "rightankle" | "rightleg" => Some(Leg::Right),
            _ => None,
        };
        if let Some(named) = named {
            if leg.is_some_and(|before| before != named) {
                return None;
            }
            leg = Some(named);
        }
    }
    leg
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000_000;

    fn file(name: &str, device: &str, leg: Option<Leg>, from_h: f64, to_h: f64) -> Coverage {
        Coverage {
            file: name.to_owned(),
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
        let groups = group(&files, GroupAs::Found).unwrap();
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
        assert_eq!(group(&files, GroupAs::Found).unwrap().len(), 2);
    }

    #[test]
    fn the_same_time_without_a_leg_is_asked_about() {
        let files = [
            file("a.csv", "a", None, 0.0, 8.0),
            file("b.csv", "b", None, 0.0, 8.0),
        ];
        let GroupingError(message) = group(&files, GroupAs::Found).unwrap_err();
        assert!(message.contains("--as legs"), "{message}");
        assert_eq!(group(&files, GroupAs::Nights).unwrap().len(), 2);
        assert_eq!(group(&files, GroupAs::Legs).unwrap()[0].recordings.len(), 2);
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
        assert_eq!(group(&files, GroupAs::Found).unwrap().len(), 2);
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

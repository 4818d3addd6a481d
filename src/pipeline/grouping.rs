//! Which files belong together: pieces of one recording, two legs of one night, or nights of their own.
//!
//! Decided from what each file covers, never from the order in which files were named, and printed before anything
//! is analysed: `--as` overrules it.

mod at_once;
mod place;

use jiff::SignedDuration;

use crate::model::body::Leg;
use crate::model::recording::StampKind;
use at_once::{at_one_time, pair_up};

pub use place::{Place, leg_in_name, name_without_leg};

/// Files of one device closer than this are pieces of one recording: our own choice (FORMATS.md, "Bounds of reading").
const PIECES_WITHIN: SignedDuration = SignedDuration::from_hours(2);

/// Pieces may overlap by this much: stamps are rounded to the second in some exports.
const OVERLAP_ALLOWED: SignedDuration = SignedDuration::from_secs(1);

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

impl GroupAs {
    /// As typed behind `--as`; `found` where nobody said.
    pub fn name(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Nights => "nights",
            Self::Pieces => "pieces",
            Self::Legs => "legs",
        }
    }
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
    /// Pairs of groups that were recorded at one time, so that they are of two people.
    pub at_one_time: Vec<(usize, usize)>,
}

impl GroupingError {
    /// Why so many files cannot be the two legs of a night.
    pub fn not_two_legs(n_files: usize) -> Self {
        let there_are = match n_files {
            1 => "there is one".to_owned(),
            n => format!("there are {n}"),
        };
        Self(format!(
            "--as legs wants exactly two files that can be read, a left and a right one; {there_are}."
        ))
    }
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
        return Err(GroupingError::not_two_legs(files.len()));
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
    let nobody_said = first.leg.is_none() && second.leg.is_none();
    let because = match nobody_said {
        true => format!(
            "--as legs; {} is taken for the left one, as nothing says which is",
            first.file
        ),
        false => "--as legs".to_owned(),
    };
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
        because,
    }])
}

fn found(files: &[Coverage]) -> Grouping {
    let clocked = |n: &usize| files[*n].stamps != StampKind::Elapsed;
    let (with_clock, without): (Vec<usize>, Vec<usize>) = (0..files.len()).partition(clocked);
    let mut grouping = pair_up(files, join_pieces(files, in_time(files, with_clock)));
    grouping.at_one_time = at_one_time(files, &grouping.groups);
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

#[cfg(test)]
mod tests;

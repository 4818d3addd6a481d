//! Recordings made at one time: the two legs of a night, two people's, or nobody can tell.

use super::{Coverage, Group, Grouping, Joined, OVERLAP_ALLOWED, overlap_error};

/// Share of the shorter file that two legs of a night must have in common.
const PAIR_OVERLAP: f64 = 0.5;

/// Joins recordings of different legs that share most of their time. Two of the same leg are of two people; of what says
/// nothing about its leg while another of its folder was recorded nobody can tell.
pub(super) fn pair_up(files: &[Coverage], recordings: Vec<Joined>) -> Grouping {
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

/// The pairs of groups that share more than a moment.
pub(super) fn at_one_time(files: &[Coverage], groups: &[Group]) -> Vec<(usize, usize)> {
    let pieces = |group: &Group| -> Vec<usize> {
        let recordings = group.recordings.iter();
        recordings.flat_map(|one| one.pieces.clone()).collect()
    };
    let all: Vec<Vec<usize>> = groups.iter().map(pieces).collect();
    let shared = |a: usize, b: usize| {
        let (one, other) = (&files[a], &files[b]);
        one.stamps == other.stamps && one.overlap(other) > OVERLAP_ALLOWED
    };
    let share = |a: usize, b: usize| {
        all[a]
            .iter()
            .any(|&one| all[b].iter().any(|&other| shared(one, other)))
    };
    (0..all.len())
        .flat_map(|b| (0..b).map(move |a| (a, b)))
        .filter(|&(a, b)| share(a, b))
        .collect()
}

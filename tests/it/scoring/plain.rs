//! Scoring once more, slow and plain: written from the text of the rules, comparing every movement with every other,
//! on bare milliseconds, and sharing nothing with the scorer it checks.

/// A movement of one leg: right or not, onset and end in ms.
pub type Event = (bool, i64, i64);

/// What the plain scorer says of one joined movement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub onset: i64,
    pub end: i64,
    /// `L`, `R` or `B`.
    pub side: char,
    pub components: usize,
    pub candidate: bool,
    pub skipped: bool,
    pub plm: bool,
    pub interval: Option<i64>,
}

impl Row {
    fn of(members: &[Event], candidate: bool) -> Self {
        let all_right = members.iter().all(|m| m.0);
        let none_right = members.iter().all(|m| !m.0);
        Self {
            onset: members.iter().map(|m| m.1).min().unwrap(),
            end: members.iter().map(|m| m.2).max().unwrap(),
            side: match (none_right, all_right) {
                (true, _) => 'L',
                (_, true) => 'R',
                _ => 'B',
            },
            components: members.len(),
            candidate,
            skipped: false,
            plm: false,
            interval: None,
        }
    }
}

/// Same-leg movements less than 0.5 s apart are one: unite any two until none are left to unite; then drop what is
/// shorter than 0.5 s.
fn united(events: &[Event]) -> Vec<Event> {
    let mut all = events.to_vec();
    'again: loop {
        for i in 0..all.len() {
            for j in 0..all.len() {
                let (a, b) = (all[i], all[j]);
                let later_onset_minus_earlier_end = a.1.max(b.1) - a.2.min(b.2);
                if i != j && a.0 == b.0 && later_onset_minus_earlier_end < 500 {
                    all[i] = (a.0, a.1.min(b.1), a.2.max(b.2));
                    all.remove(j);
                    continue 'again;
                }
            }
        }
        break;
    }
    all.retain(|m| m.2 - m.1 >= 500);
    all
}

fn gap_between(gaps: &[(i64, i64)], from: i64, to: i64) -> bool {
    gaps.iter()
        .any(|&(start, end)| (from..to).start.max(start) < (from..to).end.min(end))
}

/// Groups of joined movements: any left and any right one that overlap, or of which the later begins less than 0.5 s
/// after the earlier ends, belong together, and so does what belongs to either.
fn joined(legs: &[Event]) -> Vec<Vec<Event>> {
    let belong = |a: &Event, b: &Event| a.0 != b.0 && a.1.max(b.1) - a.2.min(b.2) < 500;
    let mut group: Vec<usize> = (0..legs.len()).collect();
    for _ in 0..legs.len() {
        let before = group.clone();
        for i in 0..legs.len() {
            for j in 0..legs.len() {
                if belong(&legs[i], &legs[j]) {
                    group[i] = group[i].min(group[j]);
                }
            }
        }
        if group == before {
            break;
        }
    }
    let names = (0..legs.len()).filter(|&name| group.contains(&name));
    names
        .map(|name| {
            let members = (0..legs.len()).filter(|&i| group[i] == name);
            members.map(|i| legs[i]).collect()
        })
        .collect()
}

/// WASM 2016, with gaps, and with the disputed start of a series allowed or not.
pub fn wasm2016(events: &[Event], gaps: &[(i64, i64)], short_start: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = joined(&united(events))
        .iter()
        .map(|members| {
            let whole = Row::of(members, true);
            let candidate = members.iter().all(|m| m.2 - m.1 <= 10_000)
                && (members.len() == 1 || members.len() <= 4 && whole.end - whole.onset <= 15_000);
            Row::of(members, candidate)
        })
        .collect();
    rows.sort();
    for i in 1..rows.len() {
        let (before, this) = (rows[i - 1].clone(), rows[i].clone());
        if before.candidate && this.candidate && !gap_between(gaps, before.onset, this.onset) {
            rows[i].interval = Some(this.onset - before.onset);
        }
    }
    let periodic = |row: &Row| {
        row.interval
            .is_some_and(|ms| (10_000..=90_000).contains(&ms))
    };
    let barred = |row: &Row| !short_start && row.interval.is_some_and(|ms| ms < 10_000);
    // A movement is periodic when some stretch of four or more around it holds: all candidates, all intervals but the
    // first one in range, none barred from opening.
    for i in 0..rows.len() {
        for from in 0..=i {
            for to in i + 1..=rows.len() {
                let stretch = &rows[from..to];
                if stretch.len() >= 4
                    && stretch[0].candidate
                    && !barred(&stretch[0])
                    && stretch[1..].iter().all(periodic)
                {
                    rows[i].plm = true;
                }
            }
        }
    }
    rows
}

/// AASM, with a movement that comes too soon passed over or ending the series.
pub fn aasm(events: &[Event], gaps: &[(i64, i64)], pass_over: bool) -> Vec<Row> {
    let mut legs = united(events);
    legs.retain(|m| m.2 - m.1 <= 10_000);
    legs.sort_by_key(|m| m.1);
    let mut rows = Vec::new();
    while !legs.is_empty() {
        let first = legs.remove(0);
        let partner = legs
            .first()
            .is_some_and(|next| next.0 != first.0 && next.1 - first.1 < 5_000);
        // Of two that begin together, neither is "the next": they join each other.
        let next_is_two = legs.len() > 1 && legs[0].1 == legs[1].1;
        if partner && !next_is_two {
            rows.push(Row::of(&[first, legs.remove(0)], true));
        } else {
            rows.push(Row::of(&[first], true));
            if next_is_two {
                let pair = [legs.remove(0), legs.remove(0)];
                rows.push(Row::of(&pair, true));
            }
        }
    }
    // Which are kept, and the interval from the kept one before.
    let mut kept: Vec<usize> = Vec::new();
    for i in 0..rows.len() {
        if let Some(&last) = kept.last() {
            let interval = rows[i].onset - rows[last].onset;
            if !gap_between(gaps, rows[last].onset, rows[i].onset) {
                rows[i].interval = Some(interval);
                rows[i].skipped = pass_over && interval < 5_000;
            }
        }
        if !rows[i].skipped {
            kept.push(i);
        }
    }
    let periodic = |row: &Row| {
        row.interval
            .is_some_and(|ms| (5_000..=90_000).contains(&ms))
    };
    for at in 0..kept.len() {
        for from in 0..=at {
            for to in at + 1..=kept.len() {
                let stretch = &kept[from..to];
                if stretch.len() >= 4 && stretch[1..].iter().all(|&i| periodic(&rows[i])) {
                    rows[kept[at]].plm = true;
                }
            }
        }
    }
    rows
}

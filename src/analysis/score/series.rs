//! Intervals between candidates (IMI), and the runs of them that are series of periodic movements (PLM).

use jiff::SignedDuration;

use super::restart::Restarts;
use super::rules::{NonCandidates, ScoringRules, ShortInterval, ShortStart};
use crate::model::scored::{CandidateMovement, PlmSeries, Why};

/// Measures the intervals, marks periodic movements and gives every candidate its reason. `movements` are in order of
/// onset.
pub(super) fn find(
    movements: &mut [CandidateMovement],
    rules: &ScoringRules,
    restarts: &Restarts,
) -> Vec<PlmSeries> {
    let mut runs = Runs {
        rules,
        run: Vec::new(),
        found: Vec::new(),
    };
    // The last candidate that counts, from which the next interval is measured.
    let mut last: Option<SignedDuration> = None;
    let mut unmeasured = Why::AloneFirst;
    for at in 0..movements.len() {
        let onset = movements[at].onset;
        if !movements[at].candidate {
            if rules.non_candidates == NonCandidates::BreakSeries {
                runs.end(movements);
                last = None;
                unmeasured = Why::AloneAfterNonCandidate;
            }
            continue;
        }
        if last.is_some_and(|from| restarts.between(from, onset)) {
            runs.end(movements);
            last = None;
            unmeasured = Why::AloneAfterGap;
        }
        let Some(from) = last else {
            movements[at].why = unmeasured;
            runs.run.push(at);
            last = Some(onset);
            continue;
        };
        let interval = onset - from;
        movements[at].interval = Some(interval);
        movements[at].why = Why::Interval(interval);
        if interval < rules.shortest_interval {
            if rules.short_interval == ShortInterval::PassedOver {
                movements[at].skipped = true;
                movements[at].why = Why::PassedOver(interval);
                continue;
            }
            runs.end(movements);
            match rules.short_start {
                ShortStart::Allow => runs.run.push(at),
                ShortStart::Forbid => movements[at].why = Why::OpensNone(interval),
            }
        } else {
            if interval > rules.longest_interval {
                runs.end(movements);
            }
            runs.run.push(at);
        }
        last = Some(onset);
    }
    runs.end(movements);
    runs.found
}

/// The run that is being built, and the series found so far.
struct Runs<'a> {
    rules: &'a ScoringRules,
    run: Vec<usize>,
    found: Vec<PlmSeries>,
}

impl Runs<'_> {
    /// Ends the run: a series if it is long enough.
    fn end(&mut self, movements: &mut [CandidateMovement]) {
        let members = std::mem::take(&mut self.run);
        let length = members.len();
        let (Some(&first), Some(&last)) = (members.first(), members.last()) else {
            return;
        };
        if length < self.rules.series_length {
            if length > 1 {
                let needed = self.rules.series_length;
                for &member in &members {
                    movements[member].why = Why::ShortSeries { length, needed };
                }
            }
            return;
        }
        let number = u32::try_from(self.found.len() + 1).unwrap_or(u32::MAX);
        for &member in &members {
            movements[member].plm = true;
            movements[member].series = Some(number);
            movements[member].why = Why::Series { length };
        }
        let ends = members.iter().map(|&member| movements[member].end);
        self.found.push(PlmSeries {
            number,
            start: movements[first].onset,
            end: ends.max().unwrap_or(movements[last].end),
            members,
        });
    }
}

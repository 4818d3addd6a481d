//! Where the recording starts afresh: no interval is measured across such a place.

use jiff::SignedDuration;

use super::rules::{AtGaps, ScoringRules};
use crate::model::span::{Span, SpanKind};

/// Gaps and off-leg stretches, merged and in order.
pub(super) struct Restarts {
    stretches: Vec<(SignedDuration, SignedDuration)>,
}

impl Restarts {
    /// Those of the spans at which the rules restart. Blind stretches do not count: they are shorter than two seconds,
    /// and a movement across one is still seen.
    pub fn new(spans: &[Span], rules: &ScoringRules) -> Self {
        let restarts = |span: &&Span| {
            rules.gaps == AtGaps::Restart
                && matches!(span.kind, SpanKind::Gap | SpanKind::OffLeg)
                && span.start < span.end
        };
        let mut found: Vec<_> = spans
            .iter()
            .filter(restarts)
            .map(|span| (span.start, span.end))
            .collect();
        found.sort();
        let mut stretches: Vec<(SignedDuration, SignedDuration)> = Vec::with_capacity(found.len());
        for (start, end) in found {
            match stretches.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => stretches.push((start, end)),
            }
        }
        Self { stretches }
    }

    /// Whether one overlaps the time from one onset to a later one, both left-closed.
    pub fn between(&self, from: SignedDuration, to: SignedDuration) -> bool {
        let first = self.stretches.partition_point(|&(_, end)| end <= from);
        self.stretches
            .get(first)
            .is_some_and(|&(start, _)| start < to)
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::wasm2016;
    use super::*;

    fn s(seconds: i64) -> SignedDuration {
        SignedDuration::from_secs(seconds)
    }

    #[test]
    fn a_gap_touches_an_interval_only_by_overlapping_it() {
        let spans = [Span::new(SpanKind::Gap, s(20), s(30))];
        let restarts = Restarts::new(&spans, &wasm2016());
        assert!(restarts.between(s(10), s(25)));
        assert!(restarts.between(s(10), s(40)));
        assert!(restarts.between(s(22), s(25)));
        assert!(restarts.between(s(29), s(40)));
        assert!(!restarts.between(s(10), s(20)));
        assert!(!restarts.between(s(30), s(40)));
    }

    #[test]
    fn stillness_idleness_and_empty_gaps_restart_nothing() {
        let spans = [
            Span::new(SpanKind::Still, s(20), s(30)),
            Span::new(SpanKind::Idle, s(20), s(30)),
            Span::new(SpanKind::Blind, s(20), s(21)),
            Span::new(SpanKind::Gap, s(20), s(20)),
        ];
        assert!(!Restarts::new(&spans, &wasm2016()).between(s(0), s(100)));
    }
}

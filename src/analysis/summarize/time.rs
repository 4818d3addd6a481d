//! Denominators: how much of a night could be seen.

use jiff::SignedDuration;

use crate::model::night::{Night, StageInterval};
use crate::model::span::{Span, SpanKind, uncovered};
use crate::model::summary::AnalysedTime;

/// The part of a stretch in which a movement could have been seen.
pub fn observed(spans: &[Span], start: SignedDuration, end: SignedDuration) -> SignedDuration {
    uncovered(spans, start, end, SpanKind::is_unobserved)
}

/// The part of a stretch that spans of one kind cover.
fn covered(spans: &[Span], night: &Night, kind: SpanKind) -> SignedDuration {
    let (start, end) = (night.lights_out, night.lights_on);
    let rest = uncovered(spans, start, end, |other| other == kind);
    (end - start).max(SignedDuration::ZERO) - rest
}

/// The part of the stages for which `of` holds, inside the window, in which a movement could have been seen.
pub fn observed_in_stages(
    night: &Night,
    spans: &[Span],
    of: impl Fn(&StageInterval) -> bool,
) -> SignedDuration {
    let pieces = night.stages.iter().filter(|piece| of(piece));
    pieces
        .map(|piece| {
            let start = piece.start.max(night.lights_out);
            let end = piece.end.min(night.lights_on);
            observed(spans, start, end.max(start))
        })
        .sum()
}

/// From the first sleep to the end of the last inside the window; `None` without sleep.
pub fn sleep_period(night: &Night) -> Option<(SignedDuration, SignedDuration)> {
    let mut sleep = night.stages.iter().filter(|piece| {
        piece.stage.is_sleep() && piece.start < night.lights_on && piece.end > night.lights_out
    });
    let (first, last) = (sleep.clone().next()?, sleep.next_back()?);
    Some((
        first.start.max(night.lights_out),
        last.end.min(night.lights_on),
    ))
}

/// All denominators of a night.
pub fn analysed_time(night: &Night, spans: &[Span]) -> AnalysedTime {
    let (start, end) = (night.lights_out, night.lights_on);
    let staged = !night.stages.is_empty();
    let in_stages = |asleep: bool| {
        staged.then(|| observed_in_stages(night, spans, |piece| piece.stage.is_sleep() == asleep))
    };
    AnalysedTime {
        lights_out: start,
        lights_on: end,
        source: night.source(),
        in_bed: (end - start).max(SignedDuration::ZERO),
        analysed: observed(spans, start, end),
        gap: covered(spans, night, SpanKind::Gap),
        blind: covered(spans, night, SpanKind::Blind),
        off_leg: covered(spans, night, SpanKind::OffLeg),
        idle: covered(spans, night, SpanKind::Idle),
        still: covered(spans, night, SpanKind::Still),
        sleep_period: staged.then(|| {
            sleep_period(night).map_or(SignedDuration::ZERO, |(from, to)| observed(spans, from, to))
        }),
        asleep: in_stages(true),
        awake: in_stages(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::night::{Stage, WindowSource};

    fn s(seconds: i64) -> SignedDuration {
        SignedDuration::from_secs(seconds)
    }

    fn night() -> Night {
        let piece = |start, end, stage| StageInterval {
            start: s(start),
            end: s(end),
            stage,
        };
        Night {
            lights_out: s(1_000),
            lights_on: s(10_000),
            lights_out_by: WindowSource::Flags,
            lights_on_by: WindowSource::Flags,
            stages: vec![
                piece(0, 2_000, Stage::Wake),
                piece(2_000, 5_000, Stage::N2),
                piece(5_000, 6_000, Stage::Wake),
                piece(6_000, 9_000, Stage::Rem),
                piece(9_000, 12_000, Stage::Wake),
            ],
        }
    }

    #[test]
    fn what_could_not_be_seen_leaves_every_denominator_once() {
        let spans = [
            // Across lights out: 500 s of it inside.
            Span::new(SpanKind::Gap, s(500), s(1_500)),
            // In N2: 400 s, of which 100 s off the leg as well.
            Span::new(SpanKind::Gap, s(3_000), s(3_400)),
            Span::new(SpanKind::OffLeg, s(3_300), s(3_600)),
            Span::new(SpanKind::Blind, s(5_500), s(5_501)),
            Span::new(SpanKind::Idle, s(7_000), s(8_000)),
        ];
        let time = analysed_time(&night(), &spans);
        assert_eq!(time.in_bed, s(9_000));
        assert_eq!(time.gap, s(900));
        assert_eq!(time.off_leg, s(300));
        assert_eq!(time.blind, s(1));
        assert_eq!(time.idle, s(1_000));
        // 9,000 less 500, 600 and 1.
        assert_eq!(time.analysed, s(7_899));
        assert_eq!(time.asleep, Some(s(6_000 - 600)));
        // 1,000 to 2,000 less 500; 5,000 to 6,000 less 1; 9,000 to 10,000.
        assert_eq!(time.awake, Some(s(500 + 999 + 1_000)));
        assert_eq!(time.sleep_period, Some(s(7_000 - 601)));
    }

    #[test]
    fn without_stages_there_is_no_sleep() {
        let unstaged = Night {
            stages: Vec::new(),
            ..night()
        };
        let time = analysed_time(&unstaged, &[]);
        assert_eq!(
            (time.asleep, time.awake, time.sleep_period),
            (None, None, None)
        );
    }

    #[test]
    fn a_night_awake_has_sleep_of_no_length() {
        let mut awake = night();
        awake
            .stages
            .iter_mut()
            .for_each(|piece| piece.stage = Stage::Wake);
        let time = analysed_time(&awake, &[]);
        assert_eq!(time.asleep, Some(SignedDuration::ZERO));
        assert_eq!(time.sleep_period, Some(SignedDuration::ZERO));
    }

    #[test]
    fn a_window_turned_round_is_empty() {
        let turned = Night {
            lights_out: s(10),
            lights_on: s(5),
            ..night()
        };
        let time = analysed_time(&turned, &[]);
        assert_eq!(
            (time.in_bed, time.analysed),
            (SignedDuration::ZERO, SignedDuration::ZERO)
        );
    }
}

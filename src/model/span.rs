//! Stretches of a night: one table for charts and for denominators.

use jiff::SignedDuration;

use super::night::Stage;

/// What a stretch of a night is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpanKind {
    /// From lights out to lights on.
    InBed,
    /// Worn and still for long: sleep or quiet rest, never non-wear by itself.
    Still,
    /// The device repeated its last value: time counts, small movements may be lost, no series restarts.
    Idle,
    /// Not on the leg.
    OffLeg,
    /// No samples for more than two seconds: no time counts, a series ends.
    Gap,
    /// Samples, but nothing may begin or end here: holes of 0.25 to 2 s, the ends of a segment.
    Blind,
    /// The limb came to lie otherwise.
    PostureChange,
    /// A sleep stage, by a sleep export.
    Slept(Stage),
}

impl SpanKind {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::InBed,
        Self::Still,
        Self::Idle,
        Self::OffLeg,
        Self::Gap,
        Self::Blind,
        Self::PostureChange,
        Self::Slept(Stage::Wake),
        Self::Slept(Stage::Asleep),
        Self::Slept(Stage::N1),
        Self::Slept(Stage::N2),
        Self::Slept(Stage::Light),
        Self::Slept(Stage::N3),
        Self::Slept(Stage::Rem),
    ];

    /// As in `spans.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::InBed => "in_bed",
            Self::Still => "still",
            Self::Idle => "idle",
            Self::OffLeg => "off_leg",
            Self::Gap => "gap",
            Self::Blind => "blind",
            Self::PostureChange => "posture_change",
            Self::Slept(Stage::Wake) => "stage_W",
            Self::Slept(Stage::Asleep) => "stage_asleep",
            Self::Slept(Stage::N1) => "stage_N1",
            Self::Slept(Stage::N2) => "stage_N2",
            Self::Slept(Stage::Light) => "stage_light",
            Self::Slept(Stage::N3) => "stage_N3",
            Self::Slept(Stage::Rem) => "stage_R",
        }
    }

    /// The kind with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether a movement here could have been seen: gaps, blind ends and off-leg time leave the denominator.
    pub fn is_unobserved(self) -> bool {
        matches!(self, Self::Gap | Self::Blind | Self::OffLeg)
    }
}

/// A stretch of a recording, left-closed: `start` belongs to it, `end` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// What it is.
    pub kind: SpanKind,
    /// Since the first sample.
    pub start: SignedDuration,
    /// Since the first sample; not before `start`.
    pub end: SignedDuration,
}

impl Span {
    /// A stretch; the later of the two instants is its end.
    pub fn new(kind: SpanKind, start: SignedDuration, end: SignedDuration) -> Self {
        Self {
            kind,
            start: start.min(end),
            end: start.max(end),
        }
    }

    /// How long it is.
    pub fn length(&self) -> SignedDuration {
        self.end - self.start
    }

    /// Whether `at` lies in it.
    pub fn contains(&self, at: SignedDuration) -> bool {
        self.start <= at && at < self.end
    }

    /// How much of it lies in `start..end`.
    pub fn overlap(&self, start: SignedDuration, end: SignedDuration) -> SignedDuration {
        (self.end.min(end) - self.start.max(start)).max(SignedDuration::ZERO)
    }
}

/// The length of `start..end` that no span for which `of` holds covers; overlapping spans count once.
pub fn uncovered(
    spans: &[Span],
    start: SignedDuration,
    end: SignedDuration,
    of: impl Fn(SpanKind) -> bool,
) -> SignedDuration {
    let mut parts: Vec<(SignedDuration, SignedDuration)> = spans
        .iter()
        .filter(|span| of(span.kind))
        .map(|span| (span.start.max(start), span.end.min(end)))
        .filter(|(from, to)| from < to)
        .collect();
    parts.sort();
    let mut covered = SignedDuration::ZERO;
    let mut reached = start;
    for (from, to) in parts {
        if to > reached {
            covered += to - from.max(reached);
            reached = to;
        }
    }
    (end - start).max(SignedDuration::ZERO) - covered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s(seconds: i64) -> SignedDuration {
        SignedDuration::from_secs(seconds)
    }

    #[test]
    fn overlapping_gaps_leave_the_denominator_once() {
        let spans = [
            Span::new(SpanKind::Gap, s(10), s(20)),
            Span::new(SpanKind::OffLeg, s(15), s(30)),
            Span::new(SpanKind::Idle, s(40), s(90)),
        ];
        assert_eq!(
            uncovered(&spans, s(0), s(100), SpanKind::is_unobserved),
            s(80)
        );
    }
}

//! A night: when the wearer was in bed, when asleep if that is known, and who said so.

use jiff::SignedDuration;

/// Who said when the night began or ended; from the best to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WindowSource {
    /// The command line.
    Flags,
    /// The diary.
    Diary,
    /// A sleep export.
    SleepExport,
    /// Estimated from the recording.
    Estimate,
    /// The whole recording.
    Recording,
}

impl WindowSource {
    /// All sources, from the best to the least.
    pub const ALL: [Self; 5] = [
        Self::Flags,
        Self::Diary,
        Self::SleepExport,
        Self::Estimate,
        Self::Recording,
    ];

    /// As in tables: `flags`, `diary`, `sleep export`, `estimate`, `whole recording`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Flags => "flags",
            Self::Diary => "diary",
            Self::SleepExport => "sleep export",
            Self::Estimate => "estimate",
            Self::Recording => "whole recording",
        }
    }
}

/// A sleep stage, as far as the sources of home users tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Awake.
    Wake,
    /// Asleep, stage unknown.
    Asleep,
    /// N1.
    N1,
    /// N2.
    N2,
    /// N3: "deep" in consumer exports.
    N3,
    /// "Light" in consumer exports: N1 or N2.
    Light,
    /// REM.
    Rem,
}

impl Stage {
    /// All, wake first, then from light to deep, then REM.
    pub const ALL: [Self; 7] = [
        Self::Wake,
        Self::Asleep,
        Self::N1,
        Self::N2,
        Self::Light,
        Self::N3,
        Self::Rem,
    ];

    /// Whether it is sleep.
    pub fn is_sleep(self) -> bool {
        self != Self::Wake
    }

    /// As written in stage files: `W`, `N1`, `N2`, `N3`, `R`, `light`, `asleep`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wake => "W",
            Self::Asleep => "asleep",
            Self::N1 => "N1",
            Self::N2 => "N2",
            Self::N3 => "N3",
            Self::Light => "light",
            Self::Rem => "R",
        }
    }
}

/// A stage from `start` (in it) to `end` (not in it), since the first sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageInterval {
    /// Left-closed.
    pub start: SignedDuration,
    /// Right-open.
    pub end: SignedDuration,
    /// The stage.
    pub stage: Stage,
}

/// The frame in which a recording is judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Night {
    /// Lights out since the first sample.
    pub lights_out: SignedDuration,
    /// Lights on since the first sample.
    pub lights_on: SignedDuration,
    /// Who said when it began.
    pub lights_out_by: WindowSource,
    /// Who said when it ended.
    pub lights_on_by: WindowSource,
    /// Sleep stages in order, not overlapping; empty when none are known.
    pub stages: Vec<StageInterval>,
}

impl Night {
    /// The lesser of the two sources: a night is known no better than its worse end.
    pub fn source(&self) -> WindowSource {
        self.lights_out_by.max(self.lights_on_by)
    }

    /// The stage at an instant, where one is known.
    pub fn stage_at(&self, at: SignedDuration) -> Option<Stage> {
        let next = self.stages.partition_point(|piece| piece.start <= at);
        let piece = self.stages.get(next.checked_sub(1)?)?;
        (at < piece.end).then_some(piece.stage)
    }
}

//! A sleep export laid over a recording.
//!
//! * Time in bed is no sleep: only stages become the mask; a night without stages gives the period in bed. That is decided
//!   night by night: what a source knew of other nights does not matter.
//! * Of several sources that cover the recording, the one with the most kinds of stages is taken, of equals the one
//!   that covers more; the others are named in a warning.
//! * Where pieces of one source overlap, a stage goes before plain "asleep", and the piece that began later before the
//!   earlier; Fitbit's short wakes go before all.
//! * What covers less than half of the recording is refused. If moving it by some hours would cover it, the zone is asked
//!   about. A recording of more than 12 h is longer than any night covers by half: there a whole night inside will do.

mod candidate;
mod error;
mod flatten;
mod place;

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::export::{SleepExport, SleepState};
use crate::model::clock::RecordingClock;
use crate::model::night::{Stage, StageInterval};
use crate::model::recording::{Decision, StampKind};

use candidate::{Candidate, Source, choose, share_of};
use error::too_little;
use flatten::Piece;
use place::Placer;

pub use error::MaskError;

/// Pauses of up to 2 h are part of a night, in nanoseconds.
pub(super) const LONGEST_PAUSE_NS: i64 = 2 * 3600 * 1_000_000_000;

/// What the user settles beforehand.
#[derive(Debug, Clone, Default)]
pub struct MaskOptions {
    /// The zone of wall clocks, where the export's clocks or the recording's have none.
    pub zone: Option<TimeZone>,
    /// The source to take; its name or a part of it.
    pub source: Option<String>,
    /// First stamp of the recording where the clock is that of a later part of it, in nanoseconds: an export that counts
    /// from the start counts from there.
    pub began_ns: Option<i64>,
}

/// Sleep of one recording; times since the first sample.
#[derive(Debug, Clone, PartialEq)]
pub struct SleepMask {
    /// Stages in order, not overlapping, within the recording; empty when the export knows nights only.
    pub stages: Vec<StageInterval>,
    /// From the beginning to the end of the night as the export has it, within the recording.
    pub period: Option<(SignedDuration, SignedDuration)>,
    /// Whose data it is.
    pub source: String,
    /// Share of the recording that it covers, 0 to 1.
    pub share: f64,
    /// What was decided, and why.
    pub decisions: Vec<Decision>,
    /// What the reader should know, a sentence each.
    pub warnings: Vec<String>,
}

impl SleepExport {
    /// Lays the export over a recording that starts at `clock` and is `length` long.
    pub fn mask(
        &self,
        clock: &RecordingClock,
        length: SignedDuration,
        options: &MaskOptions,
    ) -> Result<SleepMask, MaskError> {
        let length_ns = i64::try_from(length.as_nanos()).unwrap_or(i64::MAX).max(0);
        let placer = Placer::new(self, clock, length_ns, options)?;
        let mut warnings = self.warnings.clone();
        warnings.extend(placer.warnings(length_ns));
        let sources = self.candidates(&placer, options)?;
        let candidates: Vec<Candidate> = sources.iter().flat_map(Source::candidates).collect();
        let Some(chosen) = choose(&candidates, length_ns) else {
            let clocks = self.stamps != StampKind::Elapsed;
            return Err(too_little(&candidates, length_ns, clocks));
        };
        let share = share_of(&chosen.cover, length_ns);
        let source = self.source_name(chosen.source.at).to_owned();
        let others: Vec<&Candidate> = candidates
            .iter()
            .filter(|other| {
                other.source.at != chosen.source.at && share_of(&other.cover, length_ns) > 0.0
            })
            .collect();
        if !others.is_empty() {
            let mut names: Vec<&str> = others
                .iter()
                .map(|other| self.source_name(other.source.at))
                .collect();
            names.dedup();
            let kinds = |candidate: &Candidate| candidate.merit(length_ns).0;
            let why = if others.iter().all(|other| kinds(other) <= kinds(chosen)) {
                "which has the most kinds of stages"
            } else {
                "for what has more kinds of stages covers too little"
            };
            warnings.push(format!(
                "{} sources cover this night: {source} was taken, {why}; left out: {}",
                names.len() + 1,
                names.join(", ")
            ));
        }
        let stages = flatten::stages(chosen.pieces, length_ns);
        if stages.is_empty() {
            warnings.push(
                "the sleep export has no times of stages: it gives the period in bed, not sleep"
                    .to_owned(),
            );
        }
        let period = chosen.period(length_ns).map(|(from, to)| {
            (
                SignedDuration::from_nanos(from),
                SignedDuration::from_nanos(to),
            )
        });
        let mut decisions = self.decisions.clone();
        decisions.extend(placer.decisions());
        decisions.push(Decision::new(
            "sleep source",
            source.clone(),
            format!("covers {:.0} % of the recording", share * 100.0),
        ));
        Ok(SleepMask {
            stages,
            period,
            source,
            share,
            decisions,
            warnings,
        })
    }

    fn source_name(&self, source: u16) -> &str {
        match self.sources.get(usize::from(source)).map(String::as_str) {
            None | Some("") => "unnamed source",
            Some(name) => name,
        }
    }

    /// Every source with its pieces on the recording's time line.
    fn candidates(&self, placer: &Placer, options: &MaskOptions) -> Result<Vec<Source>, MaskError> {
        let wanted = |source: u16| match &options.source {
            None => true,
            Some(asked) => self
                .source_name(source)
                .to_lowercase()
                .contains(&asked.to_lowercase()),
        };
        if let Some(asked) = &options.source
            && !(0..self.sources.len()).any(|at| u16::try_from(at).is_ok_and(wanted))
        {
            return Err(MaskError::NoSuchSource {
                asked: asked.clone(),
                known: self.sources.clone(),
            });
        }
        let mut sources: Vec<Source> = (0..self.sources.len())
            .filter_map(|at| u16::try_from(at).ok())
            .map(Source::of)
            .collect();
        let lists = [
            (&self.nights, 0),
            (&self.intervals, 1),
            (&self.short_wakes, 2),
        ];
        for (list, rank) in lists {
            for interval in list.iter().filter(|interval| wanted(interval.source)) {
                let Some(source) = sources.get_mut(usize::from(interval.source)) else {
                    continue;
                };
                let Some(placed) = placer.place(interval) else {
                    continue;
                };
                match interval.state {
                    SleepState::Stage(stage) => source.pieces.push(Piece {
                        at: placed,
                        stage,
                        rank: if rank == 2 {
                            2
                        } else {
                            u8::from(stage != Stage::Asleep)
                        },
                    }),
                    SleepState::InBed => source.nights.push(placed),
                    SleepState::Unknown => {}
                }
            }
        }
        Ok(sources)
    }
}

/// Whether the recording's clock can be tied to instants or to a wall clock at all.
fn kinds(export: StampKind, recording: StampKind) -> Result<(), MaskError> {
    match (export, recording) {
        (StampKind::Utc | StampKind::LocalCivil, StampKind::Elapsed) => Err(MaskError::NeedsStart),
        _ => Ok(()),
    }
}

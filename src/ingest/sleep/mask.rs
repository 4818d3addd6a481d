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

mod flatten;
mod place;

use std::{error, fmt};

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::export::{SleepExport, SleepState};
use crate::model::clock::RecordingClock;
use crate::model::night::{Stage, StageInterval};
use crate::model::recording::{Decision, StampKind};

use flatten::Piece;
use place::{Placed, Placer};

/// The least share of the recording that the export must cover.
const LEAST_SHARE: f64 = 0.5;
/// A recording longer than this holds a day too.
const LONGEST_NIGHT_S: f64 = 12.0 * 3600.0;
/// In a recording longer than that, a night of at least this length that lies inside is enough.
const LEAST_NIGHT_S: f64 = 3.0 * 3600.0;
/// How much of a night must lie in the recording to be inside.
const INSIDE: f64 = 0.9;

/// What the user settles beforehand.
#[derive(Debug, Clone, Default)]
pub struct MaskOptions {
    /// The zone of wall clocks, where the export's clocks or the recording's have none.
    pub zone: Option<TimeZone>,
    /// The source to take; its name or a part of it.
    pub source: Option<String>,
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

/// Why an export cannot be laid over a recording.
#[derive(Debug, Clone, PartialEq)]
pub enum MaskError {
    /// One has wall clocks, the other instants, and no zone ties them.
    NeedsZone {
        /// Which of the two has no zone.
        what: &'static str,
    },
    /// The recording has no wall clock.
    NeedsStart,
    /// No source has that name.
    NoSuchSource {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: Vec<String>,
    },
    /// It covers too little of the recording.
    LittleOverlap {
        /// Share of the recording, 0 to 1.
        share: f64,
        /// By how many minutes to move it, and the share then, where that would explain it.
        moved: Option<(i64, f64)>,
        /// How far the nearest night is away, in hours, when nothing overlaps.
        nearest_h: Option<f64>,
    },
}

impl MaskError {
    /// A stable word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NeedsZone { .. } => "needs_zone",
            Self::NeedsStart => "needs_start",
            Self::NoSuchSource { .. } => "no_such_source",
            Self::LittleOverlap { moved: Some(_), .. } => "zone_in_doubt",
            Self::LittleOverlap { .. } => "little_overlap",
        }
    }
}

impl fmt::Display for MaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsZone { what } => write!(
                f,
                "{what} has times without a zone, and the other counts from UTC: add --tz with the zone in which the night was \
                 slept, as --tz Europe/Berlin"
            ),
            Self::NeedsStart => f.write_str(
                "the recording has no wall clock, so the sleep export cannot be laid over it: add --start with its first instant",
            ),
            Self::NoSuchSource { asked, known } => write!(
                f,
                "the sleep export has no source \"{asked}\"; it has {}",
                known.join(", ")
            ),
            Self::LittleOverlap {
                share,
                moved,
                nearest_h,
            } => {
                write!(f, "the sleep export covers {:.0} % of the recording", share * 100.0)?;
                match (moved, nearest_h) {
                    (Some((minutes, then)), _) => write!(
                        f,
                        ". Moved by {:+} h it would cover {:.0} %: is one of the two clocks in another zone? Add --tz with the zone \
                         in which the recording was made, as --tz Europe/Berlin",
                        *minutes as f64 / 60.0,
                        then * 100.0
                    ),
                    (None, Some(hours)) => write!(
                        f,
                        "; its nearest night is {hours:.0} h away. Is it an export of other nights? Export again with this night in it, or \
                         leave --sleep away"
                    ),
                    (None, None) => f.write_str(
                        ", less than half: what is not covered would count as neither asleep nor awake. Leave --sleep away",
                    ),
                }
            }
        }
    }
}

impl error::Error for MaskError {}

impl SleepExport {
    /// Lays the export over a recording that starts at `clock` and is `length` long.
    pub fn mask(
        &self,
        clock: &RecordingClock,
        length: SignedDuration,
        options: &MaskOptions,
    ) -> Result<SleepMask, MaskError> {
        let placer = Placer::new(self, clock, options)?;
        let length_ns = i64::try_from(length.as_nanos()).unwrap_or(i64::MAX).max(0);
        let mut warnings = self.warnings.clone();
        warnings.extend(placer.warnings(length_ns));
        let sources = self.candidates(&placer, options)?;
        let candidates: Vec<Candidate> = sources.iter().flat_map(Source::candidates).collect();
        let Some(chosen) = choose(&candidates, length_ns) else {
            return Err(too_little(&candidates, length_ns));
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

/// A source's pieces, in nanoseconds since the first sample.
struct Source {
    at: u16,
    pieces: Vec<Piece>,
    nights: Vec<Placed>,
}

/// What a source can give a recording: its stages, or its nights that have none.
struct Candidate<'a> {
    source: &'a Source,
    pieces: &'a [Piece],
    cover: Vec<Placed>,
}

impl Source {
    fn of(at: u16) -> Self {
        Self {
            at,
            pieces: Vec::new(),
            nights: Vec::new(),
        }
    }

    /// Its stages, and its nights in which no stage lies.
    fn candidates(&self) -> [Candidate<'_>; 2] {
        let staged: Vec<Placed> = self.pieces.iter().map(|piece| piece.at).collect();
        let runs = flatten::runs(&staged, 0);
        let is_bare = |night: &Placed| {
            let next = runs.partition_point(|run| run.to <= night.from);
            runs.get(next).is_none_or(|run| run.from >= night.to)
        };
        let bare = self.nights.iter().copied().filter(is_bare).collect();
        [(&self.pieces[..], staged), (&[], bare)].map(|(pieces, cover)| Candidate {
            source: self,
            pieces,
            cover,
        })
    }
}

impl Candidate<'_> {
    /// How many kinds of stages it has in the recording, and how much it covers.
    fn merit(&self, length_ns: i64) -> (usize, i64) {
        let mut kinds: Vec<Stage> = Vec::new();
        for piece in self.pieces {
            if piece.at.overlaps(0, length_ns) && !kinds.contains(&piece.stage) {
                kinds.push(piece.stage);
            }
        }
        (kinds.len(), flatten::covered(&self.cover, 0, length_ns))
    }

    /// Whether it covers enough to be laid over a recording.
    fn fits(&self, length_ns: i64) -> bool {
        share_of(&self.cover, length_ns) >= LEAST_SHARE
            || is_night_in_a_long_recording(&self.cover, length_ns)
    }

    /// The night in the recording: of its nights the one that covers most, else the run of stages (pauses of up to
    /// 2 h are part of a night) that does.
    fn period(&self, length_ns: i64) -> Option<(i64, i64)> {
        const LONGEST_PAUSE_NS: i64 = 2 * 3600 * 1_000_000_000;
        let listed = flatten::runs(&self.source.nights, LONGEST_PAUSE_NS);
        let staged = flatten::runs(&self.cover, LONGEST_PAUSE_NS);
        let best = |runs: &[Placed]| {
            runs.iter()
                .map(|run| (run.from.max(0), run.to.min(length_ns)))
                .filter(|(from, to)| from < to)
                .max_by_key(|(from, to)| to - from)
        };
        best(&listed).or_else(|| best(&staged))
    }
}

fn choose<'a, 's>(candidates: &'a [Candidate<'s>], length_ns: i64) -> Option<&'a Candidate<'s>> {
    candidates
        .iter()
        .filter(|candidate| candidate.fits(length_ns))
        .map(|candidate| (candidate.merit(length_ns), candidate))
        .filter(|((_, covered), _)| *covered > 0)
        // Of equals the first named, so that the order of the file decides and not chance.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

/// How much of the recording intervals cover, 0 to 1.
fn share_of(cover: &[Placed], length_ns: i64) -> f64 {
    flatten::covered(cover, 0, length_ns) as f64 / length_ns.max(1) as f64
}

fn is_night_in_a_long_recording(cover: &[Placed], length_ns: i64) -> bool {
    let inside_s = flatten::covered(cover, 0, length_ns) as f64 / 1e9;
    let near: Vec<Placed> = cover
        .iter()
        .copied()
        .filter(|piece| {
            piece.overlaps(
                -(LONGEST_NIGHT_S * 1e9) as i64,
                length_ns.saturating_add((LONGEST_NIGHT_S * 1e9) as i64),
            )
        })
        .collect();
    let night_s = flatten::runs(&near, 2 * 3600 * 1_000_000_000)
        .iter()
        .filter(|run| run.overlaps(0, length_ns))
        .map(|run| flatten::covered(&near, run.from, run.to) as f64 / 1e9)
        .sum::<f64>();
    length_ns as f64 / 1e9 > LONGEST_NIGHT_S
        && inside_s >= LEAST_NIGHT_S
        && inside_s >= INSIDE * night_s
}

/// The refusal, with the shift in whole half hours that would explain it, and how far the nearest night is.
fn too_little(candidates: &[Candidate], length_ns: i64) -> MaskError {
    const HALF_HOUR_NS: i64 = 1800 * 1_000_000_000;
    /// Clocks on earth differ by up to 26 h; two that a traveller uses by less.
    const FARTHEST: i64 = 28;
    let far = FARTHEST * HALF_HOUR_NS;
    let near: Vec<Vec<Placed>> = candidates
        .iter()
        .map(|candidate| {
            candidate
                .cover
                .iter()
                .copied()
                .filter(|piece| piece.overlaps(-far, length_ns.saturating_add(far)))
                .collect()
        })
        .collect();
    let moved_share = |steps: i64| {
        let by = steps * HALF_HOUR_NS;
        near.iter()
            .map(|cover| flatten::covered(cover, -by, length_ns.saturating_sub(by)))
            .max()
            .unwrap_or(0) as f64
            / length_ns.max(1) as f64
    };
    let moved = (1..=FARTHEST)
        .flat_map(|steps| [steps, -steps])
        .map(|steps| (steps * 30, moved_share(steps)))
        .filter(|(_, share)| *share >= LEAST_SHARE)
        // The smallest move that is within a twentieth of the best one.
        .fold(None, |best: Option<(i64, f64)>, next| match best {
            Some(best) if next.1 <= best.1 + 0.05 => Some(best),
            _ => Some(next),
        });
    let nearest_h = candidates
        .iter()
        .flat_map(|candidate| &candidate.cover)
        .map(|piece| (piece.from.saturating_sub(length_ns)).max(-piece.to).max(0))
        .min()
        .filter(|distance| *distance > 0)
        .map(|distance| distance as f64 / 3.6e12);
    let share = candidates
        .iter()
        .map(|candidate| share_of(&candidate.cover, length_ns))
        .fold(0.0, f64::max);
    MaskError::LittleOverlap {
        share,
        moved,
        nearest_h,
    }
}

/// Whether the recording's clock can be tied to instants or to a wall clock at all.
fn kinds(export: StampKind, recording: StampKind) -> Result<(), MaskError> {
    match (export, recording) {
        (StampKind::Utc | StampKind::LocalCivil, StampKind::Elapsed) => Err(MaskError::NeedsStart),
        _ => Ok(()),
    }
}

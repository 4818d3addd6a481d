//! From an export's own times to the recording's: instants and wall clocks, with and without zones.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{MaskError, MaskOptions, kinds};
use crate::ingest::sleep::export::{Ends, SleepExport, SleepInterval, WallClock};
use crate::model::clock::RecordingClock;
use crate::model::recording::{Decision, StampKind};

const NS_PER_DAY: i64 = 24 * 3600 * 1_000_000_000;

/// A stretch in nanoseconds since the first sample; it may lie before or behind the recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its beginning.
    pub from: i64,
    /// Its end.
    pub to: i64,
}

impl Placed {
    /// Whether any of it lies in `from..to`.
    pub fn overlaps(&self, from: i64, to: i64) -> bool {
        self.from < to && from < self.to
    }
}

/// How the export's times become the recording's.
pub struct Placer<'a> {
    export: &'a SleepExport,
    start_ns: i64,
    way: Way,
    /// From the midnight of a list without a date to that of the recording.
    days_ns: i64,
}

enum Way {
    /// Both count from the same zero.
    Same,
    /// Since the start of a recording with a wall clock, which is this instant.
    Since(i64),
    /// Wall clocks become instants in this zone.
    ToInstants(TimeZone, &'static str),
    /// Instants become wall clocks: in this zone, or by what stands beside each.
    ToWallClock(Option<TimeZone>, &'static str),
}

impl<'a> Placer<'a> {
    /// The way from the export's times to those of the clock.
    pub fn new(
        export: &'a SleepExport,
        clock: &RecordingClock,
        length_ns: i64,
        options: &MaskOptions,
    ) -> Result<Self, MaskError> {
        kinds(export.stamps, clock.kind())?;
        let way = match (export.stamps, clock.kind()) {
            (StampKind::Elapsed, StampKind::Elapsed)
            | (StampKind::Utc, StampKind::Utc)
            | (StampKind::LocalCivil, StampKind::LocalCivil) => Way::Same,
            (StampKind::Elapsed, _) => Way::Since(options.began_ns.unwrap_or(clock.start_ns())),
            (StampKind::LocalCivil, _) => match (&options.zone, clock.zone()) {
                (Some(zone), _) => Way::ToInstants(zone.clone(), "given"),
                (None, Some(zone)) => Way::ToInstants(zone.clone(), "the recording's"),
                (None, None) => {
                    return Err(MaskError::NeedsZone {
                        what: "the sleep export",
                    });
                }
            },
            (StampKind::Utc, _) => {
                let beside = |interval: &SleepInterval| interval.clock != WallClock::Unknown;
                let any_beside = export.nights.iter().chain(&export.intervals).any(beside);
                match (&options.zone, clock.zone(), export.zones.as_slice()) {
                    (Some(zone), ..) => Way::ToWallClock(Some(zone.clone()), "given"),
                    (None, Some(zone), _) => {
                        Way::ToWallClock(Some(zone.clone()), "the recording's")
                    }
                    // A phone that names one zone for some nights wore it in the others, too; the offsets beside them are
                    // those of the day of the export.
                    (None, None, [zone]) => {
                        Way::ToWallClock(Some(zone.clone()), "the one the export names")
                    }
                    (None, None, _) if any_beside => {
                        Way::ToWallClock(None, "the clock beside each stamp")
                    }
                    (None, None, _) => {
                        return Err(MaskError::NeedsZone {
                            what: "the recording",
                        });
                    }
                }
            }
        };
        let mut placer = Self {
            export,
            start_ns: clock.start_ns(),
            way,
            days_ns: 0,
        };
        if export.dateless {
            if length_ns > NS_PER_DAY {
                return Err(MaskError::NeedsDate);
            }
            placer.days_ns = placer.days_to_the_recording();
        }
        Ok(placer)
    }

    /// Whole days by which a list without a date begins nearest to the recording.
    fn days_to_the_recording(&self) -> i64 {
        let offset_ns = match &self.way {
            Way::ToInstants(zone, _) => offset_s(zone, self.start_ns)
                .unwrap_or(0)
                .saturating_mul(1_000_000_000),
            _ => 0,
        };
        let recording = self.start_ns.saturating_add(offset_ns);
        let first = self
            .export
            .intervals
            .iter()
            .map(|interval| interval.start_ns);
        let apart = recording.saturating_sub(first.min().unwrap_or(0));
        apart
            .saturating_add(NS_PER_DAY / 2)
            .div_euclid(NS_PER_DAY)
            .saturating_mul(NS_PER_DAY)
    }

    /// An interval on the recording's time line; `None` where a clock is unknown or time runs out of its range.
    pub fn place(&self, interval: &SleepInterval) -> Option<Placed> {
        let from = self.since_start(interval.start_ns, interval.clock)?;
        let to = match self.export.ends {
            Ends::Clock => self.since_start(interval.end_ns, interval.clock)?,
            // A length is a length, also over a change of the clocks.
            Ends::Length => from.checked_add(interval.end_ns.checked_sub(interval.start_ns)?)?,
        };
        Some(Placed {
            from,
            to: to.max(from),
        })
    }

    fn since_start(&self, ns: i64, beside: WallClock) -> Option<i64> {
        let ns = ns.checked_add(self.days_ns)?;
        let on_clock = match &self.way {
            Way::Since(began_ns) => ns.checked_add(*began_ns)?,
            Way::Same => ns,
            Way::ToInstants(zone, _) => {
                let local = TimeZone::UTC.to_datetime(timestamp(ns)?);
                let stamp = zone.to_ambiguous_timestamp(local).compatible().ok()?;
                i64::try_from(stamp.as_nanosecond()).ok()?
            }
            Way::ToWallClock(zone, _) => {
                let offset_s = match (zone, beside) {
                    (Some(zone), _) => offset_s(zone, ns)?,
                    (None, WallClock::Offset(minutes)) => i64::from(minutes) * 60,
                    (None, WallClock::Zone(at)) => {
                        offset_s(self.export.zones.get(usize::from(at))?, ns)?
                    }
                    (None, WallClock::Unknown) => return None,
                };
                ns.checked_add(offset_s.checked_mul(1_000_000_000)?)?
            }
        };
        on_clock.checked_sub(self.start_ns)
    }

    /// What was decided of dates and zones.
    pub fn decisions(&self) -> Vec<Decision> {
        let mut decisions = Vec::new();
        if self.export.dateless {
            decisions.push(Decision::new(
                "sleep date",
                "the recording's",
                "the list has times of day and no date",
            ));
        }
        let zone = match &self.way {
            Way::Same | Way::Since(_) => None,
            Way::ToInstants(zone, because) => Some((name(Some(zone)), because)),
            Way::ToWallClock(zone, because) => Some((name(zone.as_ref()), because)),
        };
        if let Some((zone, because)) = zone {
            decisions.push(Decision::new("sleep zone", zone, *because));
        }
        decisions
    }

    /// What the reader should know of clocks over a recording of that length.
    pub fn warnings(&self, length_ns: i64) -> Vec<String> {
        let mut warnings = Vec::new();
        if matches!(self.way, Way::Since(_)) {
            warnings.push(
                "the list of stages has no clock: it was laid from the first sample of the recording on. If the two did not begin \
                 together, it lies wrong"
                    .to_owned(),
            );
        }
        if self.export.stamps == StampKind::Elapsed {
            let last = self
                .export
                .intervals
                .iter()
                .map(|interval| interval.end_ns)
                .max();
            let listed_h = last.unwrap_or(0) as f64 / 3.6e12;
            let length_h = length_ns as f64 / 3.6e12;
            if listed_h > length_h * 1.1 {
                warnings.push(format!(
                    "the list of stages is {listed_h:.1} h long and the recording {length_h:.1} h: are they of one night, and are its \
                     epochs as long as they were taken for?"
                ));
            }
        }
        if let Way::ToInstants(zone, _) = &self.way
            && changes_within(zone, self.start_ns, length_ns)
        {
            warnings.push(
                "the clocks changed in this night, and the sleep export has no zone: its times in the hour that was repeated or left \
                 out may be an hour off"
                    .to_owned(),
            );
        }
        if matches!(self.way, Way::ToWallClock(None, _))
            && self.export.format.starts_with("sleep_apple")
        {
            warnings.push(
                "the offsets in an Apple Health export are those of the day of the export: if the clocks changed since, its times are \
                 an hour off. Add --tz with the zone of the night"
                    .to_owned(),
            );
        }
        warnings
    }
}

fn timestamp(ns: i64) -> Option<Timestamp> {
    Timestamp::from_nanosecond(i128::from(ns)).ok()
}

fn offset_s(zone: &TimeZone, ns: i64) -> Option<i64> {
    Some(i64::from(zone.to_offset(timestamp(ns)?).seconds()))
}

fn name(zone: Option<&TimeZone>) -> String {
    zone.and_then(TimeZone::iana_name)
        .unwrap_or("offsets")
        .to_owned()
}

fn changes_within(zone: &TimeZone, start_ns: i64, length_ns: i64) -> bool {
    let before = offset_s(zone, start_ns);
    let after = start_ns
        .checked_add(length_ns)
        .and_then(|end| offset_s(zone, end));
    before != after
}

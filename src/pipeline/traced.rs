//! From files to traces: samples stream by once, cut into nights, and nothing keeps them.

use std::ops::Range;
use std::path::Path;

use jiff::SignedDuration;

use super::days::{Cuts, SHORTEST_PIECE};
use super::sensors::SAYS_A_RATE;
use super::shelf::{Shelf, Shelved};
use super::{parallel, read_error};
use crate::analysis::prepare::{self, Calibration, TraceBuilder};
use crate::error::{Error, Kind};
use crate::ingest::{self, ReadOptions};
use crate::model::clock::{RecordingClock, nanos};
use crate::model::recording::{RawBlock, SourceInfo, StampKind, Survey};
use crate::model::trace::NightTrace;
use crate::model::units::GravityState;

/// A recording condensed into the traces of its nights.
#[derive(Debug)]
pub struct Traced {
    /// What was known of the first piece before its samples.
    pub info: SourceInfo,
    /// What the samples of each piece showed.
    pub surveys: Vec<Survey>,
    /// Things to tell about the cutting.
    pub warnings: Vec<String>,
    /// In order of time; `None` once taken.
    nights: Vec<(Extent, Option<Kept>)>,
    shelf: Shelf,
}

/// Start and end in seconds of the recording's stamps.
type Extent = (f64, f64);

/// A night in the file's unit, which the whole recording settles: the only one in memory, others out of it.
#[derive(Debug)]
enum Kept {
    Here(NightTrace),
    Away(Shelved),
}

impl Traced {
    /// How many nights it has.
    pub fn n_nights(&self) -> usize {
        self.nights.len()
    }

    /// Start and end of a night, in seconds of the recording's stamps.
    pub fn extent_s(&self, night: usize) -> (f64, f64) {
        self.nights[night].0
    }

    /// Takes a night out: its trace in g, gravity calibrated where that could be.
    ///
    /// # Errors
    ///
    /// A night that waited on disk and cannot be read.
    pub fn take_night(&mut self, night: usize) -> Result<(NightTrace, Calibration), Error> {
        let trace = match self.nights[night].1.take() {
            Some(Kept::Here(trace)) => trace,
            Some(Kept::Away(shelved)) => self.shelf.take(shelved)?,
            None => {
                let why = "a night was analysed twice.";
                return Err(Error::new(Kind::BadData, "read", why));
            }
        };
        let survey = self.survey();
        let scaled = trace.scaled(survey.unit.g_per_unit() as f32);
        let mut trace = prepare::without_honest_repeats(scaled);
        trace.gravity_state = survey.gravity;
        if survey.gravity == GravityState::Removed {
            trace.gravity.clear();
        }
        let calibration = prepare::calibrate(&trace);
        Ok((calibration.corrected(trace), calibration))
    }

    /// The clock of one of its nights.
    pub fn clock(&self, night: &NightTrace) -> RecordingClock {
        RecordingClock::new(night.start_ns, self.info.stamps, self.info.zone.clone())
    }

    /// The survey of the first piece: unit and gravity are the same in all.
    pub fn survey(&self) -> &Survey {
        &self.surveys[0]
    }
}

/// Reads the pieces of one recording, in the order of time. Reading runs ahead of condensing by some blocks, on a thread
/// of its own. Where there are several nights they wait in a nameless file in `room`.
pub fn read(pieces: &[(&Path, &str)], options: &ReadOptions, room: &Path) -> Result<Traced, Error> {
    let mut first_info: Option<SourceInfo> = None;
    let mut surveys: Vec<Survey> = Vec::with_capacity(pieces.len());
    let (streams, all_read) = parallel::ahead(
        || -> Option<Nights> { None },
        |nights, (info, block): &mut (Option<SourceInfo>, RawBlock)| {
            let nights = match (nights.as_mut(), &info) {
                (Some(nights), _) => nights,
                (None, Some(info)) => nights.insert(Nights::begin(info, block.stamp_ns[0], room)?),
                // the first block comes with what is known of it
                (None, None) => return Ok(()),
            };
            nights.push(block)
        },
        |give| {
            let mut begun = false;
            for (path, name) in pieces {
                let named = |error| read_error(error).in_file((*name).to_owned());
                let mut reader = ingest::open(path, options).map_err(named)?;
                loop {
                    let mut parcel = give.empty();
                    if !reader.next_block(&mut parcel.1).map_err(named)? {
                        break;
                    }
                    if parcel.1.is_empty() {
                        continue;
                    }
                    parcel.0 =
                        (!std::mem::replace(&mut begun, true)).then(|| reader.info().clone());
                    if !give.away(parcel) {
                        // condensing failed, and says why
                        return Ok(());
                    }
                }
                let info = reader.info().clone();
                let survey = reader.finish().map_err(named)?;
                if let (Some(first), Some(before)) = (&first_info, surveys.first()) {
                    same_kind(first, before, &info, &survey)
                        .map_err(|error| error.in_file((*name).to_owned()))?;
                }
                first_info.get_or_insert(info);
                surveys.push(survey);
            }
            Ok(())
        },
    );
    // blocks that condensing refused were read before whatever reading met later
    let streams = streams?;
    all_read?;
    let nothing = || Error::new(Kind::BadData, "read", "holds no samples.").with_code("no_samples");
    let info = first_info.ok_or_else(nothing)?;
    let streams = streams.ok_or_else(nothing)?;
    if surveys.is_empty() {
        return Err(nothing());
    }
    streams.finish(info, surveys)
}

/// Pieces whose rates lie further apart are not condensed alike.
const RATES_APART: f64 = 1.5;

/// Pieces of one recording have one unit, one kind of clock and about one rate.
fn same_kind(
    first: &SourceInfo,
    first_survey: &Survey,
    info: &SourceInfo,
    survey: &Survey,
) -> Result<(), Error> {
    let differs = |what: &str, a: &str, b: &str| {
        Err(Error::new(
            Kind::BadData,
            "read",
            format!(
                "has {what} {b} where the piece before has {a}, so the two are no pieces of one recording. Use --as \
                 nights to analyse them one by one."
            ),
        )
        .with_code("pieces_differ"))
    };
    if first_survey.unit != survey.unit {
        return differs("the unit", first_survey.unit.name(), survey.unit.name());
    }
    if first_survey.gravity != survey.gravity {
        return differs(
            "gravity",
            first_survey.gravity.name(),
            survey.gravity.name(),
        );
    }
    if first.stamps != info.stamps {
        return differs("the clock", first.stamps.name(), info.stamps.name());
    }
    let rates = [first_survey, survey].map(|survey| survey.rate.hz());
    let ratio = rates[0].max(rates[1]) / rates[0].min(rates[1]);
    let both_long = first_survey.duration().min(survey.duration()) >= SAYS_A_RATE;
    if both_long && ratio > RATES_APART {
        let [before, own] = rates.map(|hz| format!("{hz:.1} Hz"));
        return differs("the rate", &before, &own);
    }
    Ok(())
}

/// The nights of a recording while its samples stream by. From noon on both the old and the new night are fed until
/// the new one is long enough to stand alone; then the old one is closed at noon.
struct Nights {
    info: SourceInfo,
    cuts: Cuts,
    current: TraceBuilder,
    current_from_ns: i64,
    next: Option<(i64, TraceBuilder)>,
    done: Vec<(Extent, Option<Kept>)>,
    shelf: Shelf,
    part: RawBlock,
}

impl Nights {
    fn begin(info: &SourceInfo, first_ns: i64, room: &Path) -> Result<Self, Error> {
        Ok(Self {
            info: info.clone(),
            cuts: Cuts::new(first_ns, info.stamps, info.zone.clone()),
            current: builder(info)?,
            current_from_ns: first_ns,
            next: None,
            done: Vec::new(),
            shelf: Shelf::in_folder(room),
            part: RawBlock::default(),
        })
    }

    /// Takes samples in the order of time, however they were cut.
    fn push(&mut self, block: &RawBlock) -> Result<(), Error> {
        let pause = nanos(SHORTEST_PIECE);
        let pauses = |pair: &[i64; 2]| pair[1].saturating_sub(pair[0]) >= pause;
        let stamps = &block.stamp_ns;
        let spans = |stamps: &[i64]| match (stamps.first(), stamps.last()) {
            (Some(first), Some(last)) => last.saturating_sub(*first) >= pause,
            _ => false,
        };
        if !spans(stamps) {
            return self.push_piece(block);
        }
        // what follows a long pause may belong to another night
        let mut piece = RawBlock::default();
        let mut from = 0;
        while from < block.len() {
            let length = stamps[from..].array_windows().position(pauses);
            let to = length.map_or(block.len(), |length| from + length + 1);
            copy_part(block, from..to, &mut piece);
            self.push_piece(&piece)?;
            from = to;
        }
        Ok(())
    }

    /// Takes samples without a long pause between them.
    fn push_piece(&mut self, block: &RawBlock) -> Result<(), Error> {
        let (Some(&first), Some(&last)) = (block.stamp_ns.first(), block.stamp_ns.last()) else {
            return Ok(());
        };
        // A pause over several noons starts the next night at the first noon before the samples go on.
        while let Some(cut) = self.cuts.next_ns() {
            let settled = cut.saturating_add(nanos(SHORTEST_PIECE));
            if first >= settled {
                self.close_at(cut, first)?;
                continue;
            }
            if last < cut {
                break;
            }
            let from = block.stamp_ns.partition_point(|&stamp| stamp < cut);
            if self.next.is_none() {
                self.next = Some((
                    cut.max(block.stamp_ns[from.min(block.len() - 1)]),
                    builder(&self.info)?,
                ));
            }
            break;
        }
        push(&mut self.current, block)?;
        if let (Some(cut), Some((_, next))) = (self.cuts.next_ns(), &mut self.next) {
            let from = block.stamp_ns.partition_point(|&stamp| stamp < cut);
            copy_part(block, from..block.len(), &mut self.part);
            push(next, &self.part)?;
        }
        Ok(())
    }

    /// Ends the current night at a cut that lies long enough ago; `first_ns` is the sample with which it goes on.
    fn close_at(&mut self, cut_ns: i64, first_ns: i64) -> Result<(), Error> {
        let (from, next) = match self.next.take() {
            Some(next) => next,
            None => (first_ns, builder(&self.info)?),
        };
        let ended = std::mem::replace(&mut self.current, next);
        let until = SignedDuration::from_nanos(cut_ns.saturating_sub(self.current_from_ns));
        self.put_away(ended.finish(GravityState::Included).truncated(until))?;
        self.current_from_ns = from;
        self.cuts
            .advance_past(cut_ns.max(first_ns.saturating_sub(nanos(SHORTEST_PIECE))));
        Ok(())
    }

    fn put_away(&mut self, trace: NightTrace) -> Result<(), Error> {
        let extent = extent_of(&trace);
        let shelved = self.shelf.put(trace)?;
        self.done.push((extent, Some(Kept::Away(shelved))));
        Ok(())
    }

    fn finish(mut self, info: SourceInfo, surveys: Vec<Survey>) -> Result<Traced, Error> {
        let last = self.current.finish(GravityState::Included);
        let kept = match self.done.is_empty() {
            // the only one: it is analysed next
            true => (extent_of(&last), Some(Kept::Here(last))),
            false => (extent_of(&last), Some(Kept::Away(self.shelf.put(last)?))),
        };
        self.done.push(kept);
        let mut warnings = Vec::new();
        if self.done.len() > 1 && !self.cuts.at_noon() {
            let why = match self.info.stamps {
                StampKind::Elapsed => "it has no clock (--start gives it one)",
                _ => "its zone is not known (--tz names it)",
            };
            warnings.push(format!(
                "The recording is longer than a day and {why}: it was cut every 24 h from its first sample, not at noon."
            ));
        }
        Ok(Traced {
            info,
            surveys,
            warnings,
            nights: self.done,
            shelf: self.shelf,
        })
    }
}

fn extent_of(trace: &NightTrace) -> Extent {
    let start_s = trace.start_ns as f64 * 1e-9;
    (start_s, start_s + trace.duration_s())
}

fn builder(info: &SourceInfo) -> Result<TraceBuilder, Error> {
    TraceBuilder::plan(info.rate).map_err(|error| {
        Error::new(Kind::BadData, "prepare", error.to_string()).with_code("too_slow")
    })
}

fn push(builder: &mut TraceBuilder, block: &RawBlock) -> Result<(), Error> {
    builder.push(block).map_err(|error| {
        Error::new(Kind::BadData, "prepare", error.to_string()).with_code("too_long")
    })
}

fn copy_part(block: &RawBlock, part: Range<usize>, into: &mut RawBlock) {
    into.clear();
    into.stamp_ns
        .extend_from_slice(&block.stamp_ns[part.clone()]);
    into.x.extend_from_slice(&block.x[part.clone()]);
    into.y.extend_from_slice(&block.y[part.clone()]);
    into.z.extend_from_slice(&block.z[part]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::ReadOptions;
    use std::fmt::Write as _;

    /// A recording at 10 Hz in stretches of so many hours after so many hours of pause, read as a whole.
    fn read_stretches(name: &str, stretches: &[(i64, i64)]) -> Traced {
        let mut csv = String::from("timestamp,x (g),y (g),z (g)\n");
        // 2024-05-14T20:00:00Z
        let mut ms = 1_715_716_800_000i64;
        for &(pause_h, hours) in stretches {
            ms += pause_h * 3_600_000;
            for n in 0..hours * 36_000 {
                let wave = (n % 7) * 4 + n % 3;
                let _ = writeln!(csv, "{ms},0.0{wave:02},-0.0{:02},1.001", 30 - wave);
                ms += 100;
            }
        }
        let room = std::env::temp_dir();
        let path = room.join(format!("legtrace-traced-{name}-{}.csv", std::process::id()));
        std::fs::write(&path, csv).unwrap();
        let read = super::read(&[(&path, name)], &ReadOptions::default(), &room);
        std::fs::remove_file(&path).unwrap();
        read.unwrap()
    }

    fn hours(traced: &mut Traced) -> Vec<f64> {
        (0..traced.n_nights())
            .map(|night| {
                let (start_s, end_s) = traced.extent_s(night);
                let (trace, _) = traced.take_night(night).unwrap();
                assert!((trace.duration_s() - (end_s - start_s)).abs() < 1e-6);
                assert!(traced.take_night(night).is_err());
                (end_s - start_s) / 3600.0
            })
            .collect()
    }

    #[test]
    fn nights_of_a_long_recording_wait_outside_of_memory() {
        // nobody knows where noon is: cut every 24 h
        let mut traced = read_stretches("long", &[(0, 48)]);
        let away = |night: &(Extent, Option<Kept>)| matches!(night.1, Some(Kept::Away(_)));
        assert_eq!(traced.nights.len(), 2);
        assert!(traced.nights.iter().all(away));
        for (found, expected) in hours(&mut traced).iter().zip([24.0, 24.0]) {
            assert!((found - expected).abs() < 0.01, "{found} h");
        }
        let single = read_stretches("short", &[(0, 4)]);
        assert!(matches!(single.nights[..], [(_, Some(Kept::Here(_)))]));
    }

    #[test]
    fn a_pause_of_days_or_weeks_parts_two_nights() {
        for days in [1, 3, 40] {
            let name = format!("pause-{days}");
            let mut traced = read_stretches(&name, &[(0, 4), (24 * days, 4)]);
            for (found, expected) in hours(&mut traced).iter().zip([4.0, 4.0]) {
                assert!((found - expected).abs() < 0.01, "{days} days: {found} h");
            }
            assert_eq!(traced.n_nights(), 2);
        }
    }
}

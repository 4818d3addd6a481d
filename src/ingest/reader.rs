//! One recording as a stream of blocks: what it is from its head, its samples, and what the whole of it showed.

use std::collections::VecDeque;
use std::path::Path;

use super::bundle::{self, Chosen};
use super::container::{Bundle, Member};
use super::error::{ReadError, ReadResult, Refusal};
use super::formats::Beside;
use super::open::{self as opening, Piece};
use super::options::ReadOptions;
use super::profile::Profile;
use super::rows::Rows;
use super::survey::SurveyBuilder;
use super::unit;
use super::verdict::{self, no_samples};
use crate::model::recording::{Decision, RawBlock, RowCounts, SourceInfo, Survey};

/// Samples of the head by which the rate is measured before the first block is handed out.
const HEAD_SAMPLES: u64 = 65_536;
/// Fewer samples show neither a rate nor gravity.
const FEWEST_SAMPLES: u64 = 4;

/// Pieces may overlap by this much: some exports round their stamps to the second.
const OVERLAP_NS: i64 = 1_000_000_000;

/// A recording that is being read.
pub struct RecordingReader {
    info: SourceInfo,
    label: String,
    options: ReadOptions,
    piece: Piece,
    waiting: VecDeque<Member>,
    beside: Beside,
    /// Rows of the pieces before this one.
    counted: RowCounts,
    last_ns: i64,
    rows: Rows,
    ready: VecDeque<RawBlock>,
    survey: SurveyBuilder,
    at_end: bool,
}

/// Opens the recording in a file, a folder or a zip archive; `-` is standard input.
///
/// Everything is decided from the first 4 MiB; what comes later is held against it while it streams. In a folder or
/// archive the recording is found among the files; pieces of one recording are read in order of time.
///
/// # Errors
///
/// A refusal with its reason: see [`Refusal`].
pub fn open(path: &Path, options: &ReadOptions) -> ReadResult<RecordingReader> {
    let bundle = Bundle::at(path, options)?;
    let label = bundle.label.clone();
    open_bundle(&bundle, options).map_err(|error| error.in_file(&label))
}

fn open_bundle(bundle: &Bundle, options: &ReadOptions) -> ReadResult<RecordingReader> {
    if bundle.members.is_empty() {
        return Err(ReadError::new(
            Refusal::NotARecording,
            "There are no files in it. Give the file or folder of an export.",
        ));
    }
    let Chosen {
        pieces,
        gravity,
        beside,
        because,
    } = bundle::choose(bundle, options)?;
    let mut waiting: VecDeque<Member> = pieces.into();
    let Some(first) = waiting.pop_front() else {
        return Err(no_samples());
    };
    let mut piece = opening::open(&first, gravity.as_ref(), &bundle.label, &beside, options)?;
    if let Some(because) = because {
        piece
            .info
            .decisions
            .push(Decision::new("files", first.name.clone(), because));
    }
    let format = piece.format;
    RecordingReader::begin(piece, waiting, beside, &bundle.label, options)
        .map_err(|error| error.of_format(format))
}

impl RecordingReader {
    /// Reads the head's samples, measures their rate, and stands ready to hand them out.
    fn begin(
        piece: Piece,
        waiting: VecDeque<Member>,
        beside: Beside,
        label: &str,
        options: &ReadOptions,
    ) -> ReadResult<Self> {
        let mut reader = Self {
            info: piece.info.clone(),
            label: label.to_owned(),
            options: options.clone(),
            survey: SurveyBuilder::new(piece.info.rate.hz()),
            piece,
            waiting,
            beside,
            counted: RowCounts::default(),
            last_ns: i64::MIN,
            rows: Rows::default(),
            ready: VecDeque::new(),
            at_end: false,
        };
        while !reader.at_end && reader.survey.n() < HEAD_SAMPLES {
            let mut block = RawBlock::default();
            reader.pull(&mut block)?;
            reader.ready.push_back(block);
        }
        if reader.survey.n() < FEWEST_SAMPLES {
            return Err(verdict::too_few(&reader.piece.timeline));
        }
        reader.info.rate = reader.survey.rate().ok_or_else(no_samples)?;
        verdict::check_rate(reader.info.rate)?;
        // windows of a second need the rate just measured
        reader.survey = SurveyBuilder::new(reader.info.rate.hz());
        for block in &reader.ready {
            reader.survey.add(block);
        }
        if reader.at_end {
            verdict::check_rows(&reader.piece.timeline)?;
        }
        reader.judge_head();
        Ok(reader)
    }

    /// What is known of the recording from its head.
    pub fn info(&self) -> &SourceInfo {
        &self.info
    }

    /// Stamp of the first sample, in nanoseconds of [`SourceInfo::stamps`].
    pub fn first_stamp_ns(&self) -> Option<i64> {
        self.survey.first_ns()
    }

    /// What was found, as a profile ready to be edited; `None` where a table does not tell it all. Its unit is that of
    /// [`Profile::settled`].
    pub fn profile(&self) -> Option<&Profile> {
        self.piece.profile.as_ref()
    }

    /// Fills `block` with the next samples, some thousands of them; `false` at the end of the recording.
    ///
    /// # Errors
    ///
    /// What the head promised and the rest of the file does not keep; a stream that breaks off.
    pub fn next_block(&mut self, block: &mut RawBlock) -> ReadResult<bool> {
        block.clear();
        while let Some(ready) = self.ready.pop_front() {
            if !ready.is_empty() {
                *block = ready;
                return Ok(true);
            }
        }
        while !self.at_end {
            self.pull(block)?;
            if !block.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads what is left, settles the unit over the whole recording and says what it showed.
    ///
    /// # Errors
    ///
    /// A unit that names and gravity do not agree on, and whatever else shows in the whole file only.
    pub fn finish(mut self) -> ReadResult<Survey> {
        let mut block = RawBlock::default();
        self.ready.clear();
        while self.next_block(&mut block)? {}
        self.settle()
            .map_err(|error| self.sign(error).of_format(self.piece.format))
    }

    /// One run of rows through the timeline; its samples are appended to `block` and surveyed.
    fn pull(&mut self, block: &mut RawBlock) -> ReadResult<()> {
        let more = self
            .piece
            .source
            .next_rows(&mut self.rows)
            .map_err(|error| self.sign(error))?;
        if more {
            self.piece
                .timeline
                .push(&self.rows, block)
                .map_err(|error| self.sign(error))?;
        } else {
            self.piece.timeline.finish(block);
        }
        if self.counted.parsed > 0 {
            self.join(block)?;
        }
        self.survey.add(block);
        if let Some(last) = block.stamp_ns.last() {
            self.last_ns = *last;
        }
        if !more {
            self.next_piece()?;
        }
        Ok(())
    }

    /// Opens the piece that follows, or ends.
    fn next_piece(&mut self) -> ReadResult<()> {
        verdict::check_rows(&self.piece.timeline)?;
        let Some(member) = self.waiting.pop_front() else {
            self.at_end = true;
            return Ok(());
        };
        let piece = opening::open(&member, None, &self.label, &self.beside, &self.options)
            .map_err(|error| error.in_file(&member.name))?;
        if piece.format != self.piece.format
            || piece.claim != self.piece.claim
            || piece.info.stamps != self.info.stamps
        {
            return Err(ReadError::new(
                Refusal::Contradiction,
                format!(
                    "{} differs from the pieces before it in format, unit or clock. Give the files one by one.",
                    member.name
                ),
            ));
        }
        let counts = self.piece.timeline.counts;
        self.counted.parsed += counts.parsed;
        self.counted.skipped += counts.skipped;
        self.counted.missing += counts.missing;
        self.counted.lost += counts.lost;
        self.counted.unparsable += counts.unparsable;
        self.counted.duplicate += counts.duplicate;
        self.counted.backward += counts.backward;
        self.piece = piece;
        Ok(())
    }

    /// Takes off what a piece repeats of the one before; more than a second is no piece of the same recording.
    fn join(&mut self, block: &mut RawBlock) -> ReadResult<()> {
        let Some(first) = block.stamp_ns.first() else {
            return Ok(());
        };
        if *first > self.last_ns {
            return Ok(());
        }
        let overlap = self.last_ns.saturating_sub(*first);
        let n = block
            .stamp_ns
            .partition_point(|stamp| *stamp <= self.last_ns);
        if overlap > OVERLAP_NS {
            let name = self.piece.info.member.as_deref().unwrap_or("a piece");
            return Err(ReadError::new(
                Refusal::Overlap,
                format!(
                    "{name} begins {:.1} s before the piece before it ends, so they are no pieces of one recording. Give the files one \
                     by one, or leave one out.",
                    overlap as f64 * 1e-9
                ),
            )
            .in_file(&self.label));
        }
        self.counted.duplicate += n as u64;
        block.stamp_ns.drain(..n);
        for axis in [&mut block.x, &mut block.y, &mut block.z] {
            axis.drain(..n);
        }
        Ok(())
    }

    /// Rows of all pieces so far.
    fn counts(&self) -> RowCounts {
        let (a, b) = (self.counted, self.piece.timeline.counts);
        RowCounts {
            parsed: a.parsed + b.parsed,
            skipped: a.skipped + b.skipped,
            missing: a.missing + b.missing,
            lost: a.lost + b.lost,
            unparsable: a.unparsable + b.unparsable,
            duplicate: a.duplicate + b.duplicate,
            backward: a.backward + b.backward,
        }
    }

    fn sign(&self, error: ReadError) -> ReadError {
        error.in_file(&self.label)
    }

    /// Guesses by the head whether gravity is there: what the trace is planned for. The whole file settles it.
    fn judge_head(&mut self) {
        let quiet = self.survey.quiet();
        if let Ok(settled) = unit::settle(
            &self.piece.claim,
            quiet,
            self.survey.whole_numbers(),
            &self.options,
        ) {
            self.info.gravity = settled.gravity;
        }
        let rate = self.info.rate;
        let because = format!("measured over the first {} samples", self.survey.n());
        self.info
            .decisions
            .push(Decision::new("rate", rate.to_string(), because));
    }

    fn settle(&self) -> ReadResult<Survey> {
        verdict::check_rows(&self.piece.timeline)?;
        let rate = self.survey.rate().ok_or_else(no_samples)?;
        verdict::check_rate(rate)?;
        verdict::check_months(self.survey.gaps(), self.info.stamps)?;
        if self.survey.constant() {
            return Err(ReadError::new(
                Refusal::ConstantValues,
                "Every sample has the same values: the sensor was not recording. Check the export on the device.",
            ));
        }
        let quiet = self.survey.quiet();
        let settled = unit::settle(
            &self.piece.claim,
            quiet,
            self.survey.whole_numbers(),
            &self.options,
        )?;
        let per_unit = settled.unit.g_per_unit();
        let mut decisions = self.info.decisions.clone();
        decisions.retain(|decision| decision.what != "rate");
        decisions.extend(settled.decisions);
        decisions.push(Decision::new(
            "rate",
            format!("{:.3} Hz", rate.hz()),
            "median over windows of 10 s outside gaps",
        ));
        let mut warnings = settled.warnings;
        warnings.extend_from_slice(self.piece.timeline.warnings());
        warnings.extend(verdict::warnings(
            rate,
            self.survey.change_of_rate(),
            self.counts(),
            &self.piece.timeline.notes,
            self.survey.idle(),
        ));
        Ok(Survey {
            rows: self.counts(),
            first_stamp_ns: self.survey.first_ns(),
            last_stamp_ns: self.survey.last_ns(),
            rate,
            jitter_s: self.survey.jitter_s(),
            gaps: self.survey.gaps().to_vec(),
            unit: settled.unit,
            gravity: settled.gravity,
            quiet_magnitude: quiet.map(|quiet| quiet.magnitude),
            resolution_g: self.survey.resolution().map(|step| step * per_unit),
            peak_axis_g: self.survey.peak() * per_unit,
            decisions,
            warnings,
        })
    }
}

//! One recording as a stream of blocks: what it is from its head, its samples, and what the whole of it showed.

use std::collections::VecDeque;
use std::path::Path;

use super::container::head::{HEAD, Head};
use super::container::{Bundle, BundleKind, Member};
use super::error::{ReadError, ReadResult, Refusal};
use super::formats::{self, Beside, Glance};
use super::options::ReadOptions;
use super::rows::{RowSource, Rows};
use super::survey::SurveyBuilder;
use super::table::chunks::Chunks;
use super::table::heading::FileName;
use super::table::parser::RowParser;
use super::table::read::TableRows;
use super::table::sketch::Sketch;
use super::time::plan::settle as settle_time;
use super::time::timeline::Timeline;
use super::unit::{self, UnitClaim};
use crate::model::recording::{Decision, RawBlock, SourceInfo, Survey};
use crate::model::units::{AccelUnit, GravityState, SampleRate};

/// Samples of the head by which the rate is measured before the first block is handed out.
const HEAD_SAMPLES: u64 = 65_536;
/// Slower recordings cannot show a leg movement of half a second (formats.md, section 3).
const SLOWEST_HZ: f64 = 4.5;
/// More broken rows than this are a broken file.
const BROKEN_SHARE: f64 = 0.01;
/// More rows out of order than this are two recordings, or none.
const BACKWARD_SHARE: f64 = 0.20;

/// A recording that is being read.
pub struct RecordingReader {
    info: SourceInfo,
    label: String,
    options: ReadOptions,
    source: Box<dyn RowSource>,
    timeline: Timeline,
    claim: UnitClaim,
    rows: Rows,
    ready: VecDeque<RawBlock>,
    survey: SurveyBuilder,
    at_end: bool,
}

/// Opens the recording in a file, a folder or a zip archive; `-` is standard input.
///
/// Everything is decided from the first 4 MiB; what comes later is held against it while it streams.
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
    match (&bundle.members[..], bundle.kind) {
        ([], BundleKind::Folder) => Err(ReadError::new(
            Refusal::NotARecording,
            "The folder holds no files. Give the file or folder of an export.",
        )),
        ([], _) => Err(ReadError::new(
            Refusal::NotARecording,
            "The archive holds no files.",
        )),
        ([only], _) => open_member(only, &bundle.label, &Beside::default(), options),
        (several, _) => Err(ReadError::new(
            Refusal::NeedsMember,
            format!(
                "{} files stand here; add --member NAME to choose one.",
                several.len()
            ),
        )),
    }
}

fn open_member(
    member: &Member,
    label: &str,
    beside: &Beside,
    options: &ReadOptions,
) -> ReadResult<RecordingReader> {
    let head = Head::of(member.open()?, HEAD)?;
    if head.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::new(
            Refusal::NoSamples,
            "The file is empty. Export it again from the device.",
        ));
    }
    let opened = decide(member, label, &head, beside, options)?;
    let format = opened.format;
    let mut bytes = head.bytes;
    bytes.drain(..opened.data_at);
    let rest = (!head.complete).then_some(head.rest);
    let source = TableRows::new(Chunks::new(bytes, rest, opened.data_line), opened.parser);
    RecordingReader::begin(
        opened.info,
        label,
        options,
        Box::new(source),
        opened.timeline,
        opened.claim,
    )
    .map_err(|error| error.of_format(format))
}

/// What is known once the head was judged.
struct Opened {
    format: &'static str,
    info: SourceInfo,
    parser: RowParser,
    timeline: Timeline,
    claim: UnitClaim,
    data_at: usize,
    data_line: u64,
}

/// Decides what the file is, from its head alone.
fn decide(
    member: &Member,
    label: &str,
    head: &Head,
    beside: &Beside,
    options: &ReadOptions,
) -> ReadResult<Opened> {
    let sketch = Sketch::draw(&head.bytes, head.complete, options)?;
    let glance = Glance {
        file: FileName::parse(member.base_name()),
        head: &head.bytes,
        sketch: sketch.as_ref(),
        options,
        beside,
    };
    let layout = formats::recognise(&glance)?;
    let Some(sketch) = &sketch else {
        return Err(ReadError::new(
            Refusal::NotARecording,
            "The text is no table.",
        ));
    };
    let plan = settle_time(sketch, &layout.time, options)
        .map_err(|error| error.of_format(layout.format))?;
    let mut decisions = Vec::new();
    if let Some(note) = head.encoding {
        decisions.push(Decision::new("encoding", note, "by the first bytes"));
    }
    decisions.extend(layout.decisions);
    decisions.extend(plan.decisions.iter().cloned());
    let mut parser = RowParser::new(
        layout.dialect,
        layout.axes,
        plan.stamp.clone(),
        plan.wall.clone(),
    );
    parser.plus = layout.plus;
    parser.zero = options.offset.map_or(layout.zero, |offset| offset as f32);
    parser.only = layout.only;
    parser.header = layout.header;
    let info = SourceInfo {
        format: layout.format.to_owned(),
        file: label.to_owned(),
        member: (member.name != label).then(|| member.name.clone()),
        device: layout.device,
        serial: layout.serial,
        placement: options.placement.unwrap_or(layout.placement),
        leg: options.leg.or(layout.leg),
        stamps: plan.kind(),
        zone: plan.zone.clone(),
        rate: SampleRate::from_hz(1e9 / plan.expected_ns()).ok_or_else(no_samples)?,
        gravity: GravityState::Included,
        decisions,
    };
    Ok(Opened {
        format: layout.format,
        info,
        parser,
        timeline: Timeline::new(plan),
        claim: layout.unit,
        data_at: layout.data_at,
        data_line: layout.data_line,
    })
}

impl RecordingReader {
    /// Reads the head's samples, measures their rate, and stands ready to hand them out.
    fn begin(
        mut info: SourceInfo,
        label: &str,
        options: &ReadOptions,
        source: Box<dyn RowSource>,
        timeline: Timeline,
        claim: UnitClaim,
    ) -> ReadResult<Self> {
        let survey = SurveyBuilder::new(info.rate.hz());
        info.gravity = claim
            .gravity
            .or(options.gravity)
            .unwrap_or(GravityState::Included);
        let mut reader = Self {
            info,
            label: label.to_owned(),
            options: options.clone(),
            source,
            timeline,
            claim,
            rows: Rows::default(),
            ready: VecDeque::new(),
            survey,
            at_end: false,
        };
        while !reader.at_end && reader.survey.n() < HEAD_SAMPLES {
            let mut block = RawBlock::default();
            reader.pull(&mut block)?;
            reader.ready.push_back(block);
        }
        if reader.survey.n() < 2 {
            return Err(reader.too_few());
        }
        reader.info.rate = reader.survey.rate().ok_or_else(no_samples)?;
        reader.check_rate(reader.info.rate)?;
        // windows of a second need the rate just measured
        reader.survey = SurveyBuilder::new(reader.info.rate.hz());
        for block in &reader.ready {
            reader.survey.add(block);
        }
        if reader.at_end {
            reader.check_rows()?;
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
        self.settle().map_err(|error| self.sign(error))
    }

    /// One run of rows through the timeline; its samples are appended to `block` and surveyed.
    fn pull(&mut self, block: &mut RawBlock) -> ReadResult<()> {
        let from = block.len();
        debug_assert_eq!(from, 0);
        let more = self
            .source
            .next_rows(&mut self.rows)
            .map_err(|error| self.sign(error))?;
        if more {
            let pushed = self.timeline.push(&self.rows, block);
            pushed.map_err(|error| self.sign(error))?;
        } else {
            self.at_end = true;
            self.timeline.finish(block);
        }
        self.survey.add(block);
        Ok(())
    }

    fn sign(&self, error: ReadError) -> ReadError {
        error.in_file(&self.label)
    }

    fn too_few(&self) -> ReadError {
        let counts = self.timeline.counts;
        if let Some((line, seen)) = &self.timeline.notes.unparsable {
            return ReadError::new(
                Refusal::NoSamples,
                format!(
                    "No row could be read: {} rows hold something else than numbers (first: {seen}). Check --delimiter, \
                     --decimal and --columns.",
                    counts.unparsable
                ),
            )
            .at_line(*line);
        }
        ReadError::new(
            Refusal::NoSamples,
            format!(
                "The file holds {} of acceleration, which is no recording. Check the export on the device.",
                if counts.parsed == 1 {
                    "one sample"
                } else {
                    "no sample"
                }
            ),
        )
    }

    fn check_rate(&self, rate: SampleRate) -> ReadResult<()> {
        if rate.hz() >= SLOWEST_HZ {
            return Ok(());
        }
        Err(ReadError::new(
            Refusal::TooSlow,
            format!(
                "The samples come at {:.2} Hz. A leg movement lasts half a second to ten; below {SLOWEST_HZ} Hz it cannot be \
                 seen. Record at 25 Hz or more (in most apps a setting).",
                rate.hz()
            ),
        ))
    }

    /// Guesses by the head whether gravity is there: what the trace is planned for. The whole file settles it.
    fn judge_head(&mut self) {
        let quiet = self.survey.quiet();
        if let Ok(settled) = unit::settle(
            &self.claim,
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

    /// What shows in the rows only once all are read.
    fn check_rows(&self) -> ReadResult<()> {
        let counts = self.timeline.counts;
        let notes = &self.timeline.notes;
        let rows = (counts.parsed + counts.unparsable).max(1) as f64;
        if let Some((line, seen)) = &notes.unparsable
            && counts.unparsable as f64 > (BROKEN_SHARE * rows).max(1.0)
        {
            return Err(ReadError::new(
                Refusal::Damaged,
                format!(
                    "{} of {} rows hold something else than numbers (first: {seen}). Check --delimiter, --decimal and --columns, or \
                     export the file again.",
                    counts.unparsable,
                    counts.parsed + counts.unparsable
                ),
            )
            .at_line(*line));
        }
        if let Some((line, by)) = notes.first_backward
            && counts.backward as f64 > BACKWARD_SHARE * rows
        {
            return Err(ReadError::new(
                Refusal::Contradiction,
                format!(
                    "The time steps back by {:.3} s here, and {} of {} rows lie before rows already read: several recordings in one \
                     file, or rows in no order. Cut the file at this line, or sort it by time.",
                    by as f64 * 1e-9,
                    counts.backward,
                    counts.parsed
                ),
            )
            .at_line(line));
        }
        if notes.equal_stamps as f64 > 0.3 * rows {
            return Err(ReadError::new(
                Refusal::DamagedBySpreadsheet,
                format!(
                    "{} of {} rows have the time of the row before, though the first rows have not: a spreadsheet program rounded the \
                     times. Export the file again and do not open it in between.",
                    notes.equal_stamps, counts.parsed
                ),
            ));
        }
        Ok(())
    }

    fn settle(&self) -> ReadResult<Survey> {
        self.check_rows()?;
        let rate = self.survey.rate().ok_or_else(no_samples)?;
        self.check_rate(rate)?;
        if self.survey.constant() {
            return Err(ReadError::new(
                Refusal::ConstantValues,
                "Every sample has the same values: the sensor was not recording. Check the export on the device.",
            ));
        }
        let quiet = self.survey.quiet();
        let settled = unit::settle(
            &self.claim,
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
        warnings.extend(self.warnings(rate, settled.unit));
        Ok(Survey {
            rows: self.timeline.counts,
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

    fn warnings(&self, rate: SampleRate, unit: AccelUnit) -> Vec<String> {
        let _ = unit;
        let counts = self.timeline.counts;
        let notes = &self.timeline.notes;
        let mut warnings = Vec::new();
        if rate.hz() < 8.0 {
            warnings.push(format!(
                "{:.1} Hz is unreliable for leg movements.",
                rate.hz()
            ));
        } else if rate.hz() < 15.0 {
            warnings.push(format!(
                "{:.1} Hz is a limited rate for leg movements.",
                rate.hz()
            ));
        }
        if counts.duplicate > 0 {
            warnings.push(format!(
                "{} rows repeat a row before them and were left out.",
                counts.duplicate
            ));
        }
        if let Some((line, _)) = notes.first_backward {
            warnings.push(format!(
                "{} rows step back in time and were left out (first at line {line}).",
                counts.backward
            ));
        }
        if let Some((line, seen)) = &notes.unparsable {
            warnings.push(format!(
                "{} rows hold something else than numbers and were left out (first at line {line}: {seen}).",
                counts.unparsable
            ));
        }
        for (line, seconds) in &notes.clock_changes {
            warnings.push(format!(
                "The clock follows the change of time: it jumps by {seconds} s at line {line}; the samples go on."
            ));
        }
        if notes.wraps > 0 {
            warnings.push(format!(
                "The device's counter began anew {} times, as counters of its width do.",
                notes.wraps
            ));
        }
        if notes.restarts > 0 {
            warnings.push(format!(
                "The device's clock restarted {} times; the wall clock carried on.",
                notes.restarts
            ));
        }
        let idle = self.survey.idle();
        if idle.n > 0 {
            warnings.push(format!(
                "The device repeated its last value in {} stretches of 10 s and more, {:.1} min together (idle sleep): small \
                 movements may be lost there.",
                idle.n,
                idle.total_ns as f64 / 60e9
            ));
        }
        warnings
    }
}

fn no_samples() -> ReadError {
    ReadError::new(
        Refusal::NoSamples,
        "The file holds no two samples at different times.",
    )
}

//! From a member of a bundle to a stream of rows: everything that the head decides.

use super::blocks::MovesenseRows;
use super::container::Member;
use super::container::head::{HEAD, Head};
use super::error::{ReadError, ReadResult, Refusal};
use super::formats::{self, Beside, Glance, sensor_column, sensor_logger};
use super::options::ReadOptions;
use super::profile::Profile;
use super::reversed::ReversedRows;
use super::rows::RowSource;
use super::summed::SummedRows;
use super::table::chunks::Chunks;
use super::table::dialect::Delimiter;
use super::table::file_name::FileName;
use super::table::held;
use super::table::layout::{Layout, RowsIn};
use super::table::lost;
use super::table::parser::RowParser;
use super::table::read::TableRows;
use super::table::sketch::Sketch;
use super::table::unsigned::Unsigned;
use super::time::claim::RowsAre;
use super::time::found;
use super::time::midnight;
use super::time::plan::{self, TimePlan};
use super::time::timeline::Timeline;
use super::unit::UnitClaim;
use crate::model::recording::{Decision, SourceInfo};
use crate::model::units::{GravityState, SampleRate};

/// What is known once the head was judged.
pub(super) struct Opened {
    pub format: &'static str,
    pub info: SourceInfo,
    pub parser: RowParser,
    pub timeline: Timeline,
    pub claim: UnitClaim,
    pub data_at: usize,
    pub data_line: u64,
    rows: RowsIn,
    descending: bool,
    profile: Option<Profile>,
}

/// A stream of rows and what to make of them.
pub(super) struct Piece {
    pub format: &'static str,
    pub info: SourceInfo,
    pub source: Box<dyn RowSource>,
    pub timeline: Timeline,
    pub claim: UnitClaim,
    pub profile: Option<Profile>,
}

/// Opens a member, with gravity from a second one added where it stands in a file of its own.
pub(super) fn open(
    member: &Member,
    gravity: Option<&Member>,
    label: &str,
    beside: &Beside,
    options: &ReadOptions,
) -> ReadResult<Piece> {
    let mut piece = open_member(member, label, beside, options)?;
    if let Some(gravity) = gravity {
        // under its own name gravity alone would be refused
        let mut twin = gravity.clone();
        twin.name = sensor_logger::BESIDE.to_owned();
        let other = open_member(&twin, label, beside, options)
            .map_err(|error| error.in_file(&gravity.name))?;
        piece.source = Box::new(SummedRows::new(piece.source, other.source));
        piece.claim.gravity = Some(GravityState::Included);
        piece.claim.because = format!("{}, and {} is added", piece.claim.because, gravity.name);
        piece.info.decisions.push(Decision::new(
            "gravity",
            "added",
            format!("from {}", gravity.name),
        ));
    }
    Ok(piece)
}

fn open_member(
    member: &Member,
    label: &str,
    beside: &Beside,
    options: &ReadOptions,
) -> ReadResult<Piece> {
    let head = Head::of(member.open()?, HEAD)?;
    if head.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::new(
            Refusal::NoSamples,
            "The file is empty. Export it again from the device.",
        ));
    }
    let opened = decide(member, label, &head, beside, options)?;
    let mut bytes = head.bytes;
    bytes.drain(..opened.data_at);
    let rest = (!head.complete).then_some(head.rest);
    let source: Box<dyn RowSource> = match opened.rows {
        RowsIn::Table => Box::new(TableRows::new(
            Chunks::new(bytes, rest),
            opened.parser,
            opened.data_line.saturating_sub(head.added_lines),
        )),
        RowsIn::MovesenseJson => Box::new(MovesenseRows::new(bytes, rest)),
    };
    let source = if opened.descending {
        Box::new(ReversedRows::new(source))
    } else {
        source
    };
    Ok(Piece {
        format: opened.format,
        info: opened.info,
        source,
        timeline: opened.timeline,
        claim: opened.claim,
        profile: opened.profile,
    })
}

/// Decides what the file is, from its head alone; only the order of day and month may need more of it.
pub(super) fn decide(
    member: &Member,
    label: &str,
    head: &Head,
    beside: &Beside,
    options: &ReadOptions,
) -> ReadResult<Opened> {
    let mut profiled = None;
    for profile in &options.profiles {
        if profile.matches(member.base_name(), &head.bytes) {
            profiled = Some((profile, options.or(profile.to_options(&head.bytes)?)));
            break;
        }
    }
    let options = profiled.as_ref().map_or(options, |(_, options)| options);
    // what was made a table here has its cells apart by tabs, whatever blanks stand in its names
    let as_made = head.made.then(|| ReadOptions {
        delimiter: Some(Delimiter::Byte(b'\t')),
        ..options.clone()
    });
    let options = as_made.as_ref().unwrap_or(options);
    // an unclear dialect matters only where no signature decides
    let (mut sketch, unclear) = match Sketch::draw(&head.bytes, head.complete, options) {
        Ok(sketch) => (sketch, None),
        Err(error) => (None, Some(error)),
    };
    let turns = sketch.as_ref().and_then(sensor_column::find);
    if let (Some(turns), Some(sketch)) = (&turns, &mut sketch) {
        turns.narrow(sketch);
    }
    let glance = Glance {
        file: FileName::parse(member.base_name()),
        head: &head.bytes,
        sketch: sketch.as_ref(),
        options,
        beside,
    };
    let recognised = match &profiled {
        Some((profile, _)) => formats::as_table(&glance, &profile.name),
        None => formats::recognise(&glance),
    };
    let mut layout = recognised.map_err(|error| match unclear {
        Some(unclear) if error.format().is_none() => unclear,
        _ => error,
    })?;
    if let Some(turns) = turns {
        let settled = turns.settle(&mut layout);
        settled.map_err(|error| error.of_format(layout.format))?;
    }
    // steps between the rows of several devices say nothing of those of one
    if let Some(sketch) = &mut sketch {
        for (column, text) in &layout.only {
            sketch.keep_rows(*column, text);
        }
    }
    if let (Some(sketch), RowsIn::Table, RowsAre::Samples) =
        (&sketch, layout.rows, layout.time.rows)
        && let Some(seen) = held::seen(sketch, layout.axes)
    {
        layout.time.rows = RowsAre::AnyEvent;
        let held = Decision::new("rows", "one sample in several rows", seen);
        layout.decisions.push(held);
    }
    let format = layout.format;
    if let (Some(sketch), RowsIn::Table) = (&sketch, layout.rows)
        && sketch.n_rows() < 2
    {
        let seen = "The file holds one row of samples, which is no recording. Check the export on the device.";
        return Err(ReadError::new(Refusal::NoSamples, seen).of_format(format));
    }
    let plan = time_plan(member, head, sketch.as_ref(), &layout, options)
        .map_err(|error| error.of_format(format))?;
    let profile = sketch
        .as_ref()
        .and_then(|sketch| Profile::draft(sketch, &layout, &plan, member.base_name()));
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
    if let (Some(sketch), RowsIn::Table, None) = (&sketch, layout.rows, parser.plus)
        && parser.zero == 0.0
    {
        parser.unsigned = Unsigned::seen(sketch, parser.axes);
        parser.lost_below = lost::below(sketch, parser.axes, parser.unsigned);
    }
    if let Some(unsigned) = parser.unsigned {
        decisions.push(Decision::new(
            "numbers",
            format!("{} bits with a sign", unsigned.bits),
            unsigned.because,
        ));
    }
    let rate = SampleRate::from_hz(1e9 / plan.expected_ns()).ok_or_else(|| {
        ReadError::new(
            Refusal::NoSamples,
            "The file holds no two samples at different times.",
        )
    })?;
    let info = SourceInfo {
        format: profiled
            .as_ref()
            .map_or(format, |(profile, _)| profile.name.as_str())
            .to_owned(),
        file: label.to_owned(),
        member: (member.name != label).then(|| member.name.clone()),
        device: layout.device,
        serial: layout.serial,
        placement: options.placement.unwrap_or(layout.placement),
        leg: options.leg.or(layout.leg),
        stamps: plan.kind(),
        zone: plan.zone.clone(),
        rate,
        gravity: options
            .gravity
            .or(layout.unit.gravity)
            .unwrap_or(GravityState::Included),
        decisions,
    };
    Ok(Opened {
        format,
        info,
        parser,
        descending: plan.descending,
        timeline: Timeline::new(plan),
        claim: layout.unit,
        data_at: layout.data_at,
        data_line: layout.data_line,
        rows: layout.rows,
        profile,
    })
}

fn time_plan(
    member: &Member,
    head: &Head,
    sketch: Option<&Sketch>,
    layout: &Layout,
    options: &ReadOptions,
) -> ReadResult<TimePlan> {
    let Some(sketch) = sketch.filter(|_| layout.rows == RowsIn::Table) else {
        return Ok(TimePlan::of_blocks(&layout.time, options));
    };
    let error = match plan::settle(sketch, &layout.time, options) {
        Err(error) if error.refusal() == Refusal::NeedsDateOrder => error,
        settled => return settled,
    };
    let Some(column) = found::unclear_column(sketch, &layout.time, options) else {
        return Err(error);
    };
    // the head is half an hour, a night crosses midnight: read on, where the file can be read again
    let rest = if head.complete || !member.is_repeatable() {
        None
    } else {
        let mut again = Head::of(member.open()?, HEAD)?;
        again.bytes.clear();
        Some(again.rest)
    };
    let order = midnight::order(&head.bytes, rest, sketch.dialect.delimiter, column)?;
    let Some(order) = order else {
        return Err(error);
    };
    let mut claim = layout.time.clone();
    claim.order = Some((
        order,
        "midnight is crossed, and the day goes up by one".to_owned(),
    ));
    plan::settle(sketch, &claim, options)
}

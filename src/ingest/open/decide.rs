//! Everything that the head of a file decides: format, columns, time, unit, and what may be said of the device.

use crate::ingest::container::Member;
use crate::ingest::container::head::{HEAD, Head};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::formats::{self, Beside, Glance, sensor_column};
use crate::ingest::options::ReadOptions;
use crate::ingest::profile::Profile;
use crate::ingest::table::dialect::Delimiter;
use crate::ingest::table::file_name::FileName;
use crate::ingest::table::held;
use crate::ingest::table::layout::{Layout, RowsIn};
use crate::ingest::table::lost;
use crate::ingest::table::parser::RowParser;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::table::unsigned::Unsigned;
use crate::ingest::time::claim::RowsAre;
use crate::ingest::time::found;
use crate::ingest::time::midnight;
use crate::ingest::time::plan::{self, TimePlan};
use crate::ingest::time::timeline::Timeline;
use crate::ingest::unit::UnitClaim;
use crate::model::recording::{Decision, SourceInfo};
use crate::model::units::{GravityState, SampleRate};

/// What is known once the head was judged.
pub(in crate::ingest) struct Opened {
    pub format: &'static str,
    pub info: SourceInfo,
    pub parser: RowParser,
    pub timeline: Timeline,
    pub claim: UnitClaim,
    pub data_at: usize,
    pub data_line: u64,
    pub rows: RowsIn,
    pub descending: bool,
    pub profile: Option<Profile>,
}

/// Decides what the file is, from its head alone; only the order of day and month may need more of it.
pub(in crate::ingest) fn decide(
    member: &Member,
    label: &str,
    head: &Head,
    beside: &Beside,
    options: &ReadOptions,
) -> ReadResult<Opened> {
    let profiled = profile_of(member, head, options)?;
    let options = profiled.as_ref().map_or(options, |(_, options)| options);
    let profile_name = profiled.as_ref().map(|(profile, _)| profile.name.as_str());
    // what was made a table here has its cells apart by tabs, whatever blanks stand in its names
    let as_made = head.made.then(|| ReadOptions {
        delimiter: Some(Delimiter::Byte(b'\t')),
        ..options.clone()
    });
    let options = as_made.as_ref().unwrap_or(options);
    let (sketch, layout) = lay_out(member, head, beside, profile_name, options)?;
    let sketch = sketch.as_ref();
    refuse_one_row(sketch, &layout).map_err(|error| error.of_format(layout.format))?;
    let plan = time_plan(member, head, sketch, &layout, options)
        .map_err(|error| error.of_format(layout.format))?;
    let profile =
        sketch.and_then(|sketch| Profile::draft(sketch, &layout, &plan, member.base_name()));
    let parser = parser_of(sketch, &layout, &plan, options);
    let rate = SampleRate::from_hz(1e9 / plan.expected_ns()).ok_or_else(|| {
        ReadError::new(
            Refusal::NoSamples,
            "The file holds no two samples at different times.",
        )
    })?;
    let info = SourceInfo {
        format: profile_name.unwrap_or(layout.format).to_owned(),
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
        decisions: decisions(head, layout.decisions, &plan, parser.unsigned),
    };
    Ok(Opened {
        format: layout.format,
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

/// The first profile that is for this file, and the options with what it says added.
fn profile_of<'a>(
    member: &Member,
    head: &Head,
    options: &'a ReadOptions,
) -> ReadResult<Option<(&'a Profile, ReadOptions)>> {
    let mut profiles = options.profiles.iter();
    let Some(profile) = profiles.find(|profile| profile.matches(member.base_name(), &head.bytes))
    else {
        return Ok(None);
    };
    let said = profile.to_options(&head.bytes)?;
    Ok(Some((profile, options.or(said))))
}

/// Whose file it is and where what stands in it; with the sketch of its table, in which only the rows that are read are left.
fn lay_out<'a>(
    member: &Member,
    head: &'a Head,
    beside: &Beside,
    profile_name: Option<&str>,
    options: &ReadOptions,
) -> ReadResult<(Option<Sketch<'a>>, Layout)> {
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
    let recognised = match profile_name {
        Some(name) => formats::as_table(&glance, name),
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
    Ok((sketch, layout))
}

/// Refuses a table of one row.
fn refuse_one_row(sketch: Option<&Sketch>, layout: &Layout) -> ReadResult<()> {
    match (sketch, layout.rows) {
        (Some(sketch), RowsIn::Table) if sketch.n_rows() < 2 => Err(ReadError::new(
            Refusal::NoSamples,
            "The file holds one row of samples, which is no recording. Check the export on the device.",
        )),
        _ => Ok(()),
    }
}

/// What reads the rows, and how it reads their numbers.
fn parser_of(
    sketch: Option<&Sketch>,
    layout: &Layout,
    plan: &TimePlan,
    options: &ReadOptions,
) -> RowParser {
    let mut parser = RowParser::new(
        layout.dialect,
        layout.axes,
        plan.stamp.clone(),
        plan.wall.clone(),
    );
    parser.plus = layout.plus;
    parser.zero = options.zero_count.map_or(layout.zero, |zero| zero as f32);
    parser.only = layout.only.clone();
    parser.header = layout.header.clone();
    if let (Some(sketch), RowsIn::Table, None) = (sketch, layout.rows, parser.plus)
        && parser.zero == 0.0
    {
        parser.unsigned = Unsigned::seen(sketch, parser.axes);
        parser.lost_below = lost::below(sketch, parser.axes, parser.unsigned);
    }
    parser
}

/// All that was decided, in the order in which it is told.
fn decisions(
    head: &Head,
    of_layout: Vec<Decision>,
    plan: &TimePlan,
    unsigned: Option<Unsigned>,
) -> Vec<Decision> {
    let mut decisions = Vec::new();
    if let Some(note) = head.encoding {
        decisions.push(Decision::new("encoding", note, "by the first bytes"));
    }
    decisions.extend(of_layout);
    decisions.extend(plan.decisions.iter().cloned());
    if let Some(unsigned) = unsigned {
        decisions.push(Decision::new(
            "numbers",
            format!("{} bits with a sign", unsigned.bits),
            unsigned.because,
        ));
    }
    decisions
}

/// What the stamps of the samples are.
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

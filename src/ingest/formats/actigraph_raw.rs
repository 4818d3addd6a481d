//! ActiGraph raw CSV: ActiLife, CentrePoint, `gt3x2csv`, and omconvert's imitation.
//!
//! Ten to twelve header lines; line 1 has `at N Hz`, a line `Epoch Period (hh:mm:ss) 00:00:00`. Without a time column
//! the samples are counted from `Start Time` and `Start Date` at that rate. Values are g, local time, no zone. With
//! any other epoch period the file holds counts, which are refused.

use jiff::civil::{Date, DateTime, Time};

use super::{Format, Glance};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::{DateOrder, StartTime};
use crate::ingest::table::axes::{self, Axes};
use crate::ingest::table::layout::Layout;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::text::to_text;
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::{AccelUnit, SampleRate};

pub(super) const FORMAT: Format = Format {
    name: "actigraph_raw",
    recognise,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(first) = glance.lines(3).map(to_text).find(|line| is_signature(line)) else {
        return Ok(None);
    };
    let header = Header::read(glance, &first);
    if let Some(epoch) = header.epoch.as_deref().filter(|epoch| *epoch != "00:00:00") {
        return Err(counts(&format!("Epoch Period {epoch}")));
    }
    if first.contains("Data Table File") || header.rate.is_none() {
        return Err(counts("the first line has no \"at N Hz\""));
    }
    let Some(sketch) = glance.sketch else {
        return Err(ReadError::new(
            Refusal::NoSamples,
            "The header is there, but no rows of samples follow it.",
        ));
    };
    let axes = if sketch.headings.is_empty() {
        last_three(sketch)
    } else {
        axes::by_name(sketch, &glance.file, glance.options)?
    };
    let mut layout = Layout::new(
        "actigraph_raw",
        "the first line is ActiLife's",
        sketch,
        axes,
    );
    layout.unit = UnitClaim::with_gravity(AccelUnit::G, "ActiGraph raw files are in g");
    layout.device =
        between(&first, "Created By ", " ActiLife").or_else(|| Some("ActiGraph".to_owned()));
    layout.serial = header.serial;
    layout.placement = placement(&first);
    layout.time.rate = header
        .rate
        .map(|rate| (rate, format!("the first line says at {} Hz", rate.hz())));
    layout.time.order = header
        .order
        .map(|order| (order, "the first line says so".to_owned()));
    if let Some(start) = header.start {
        let because = "the header's Start Date and Start Time".to_owned();
        layout.time.start = Some((StartTime::Local(start), because));
    }
    if !sketch.headings.is_empty() && !sketch.headings.iter().any(|h| h.is_time())
        || sketch.columns == 3
    {
        layout.time.candidates = Some(Vec::new());
    }
    Ok(Some(layout))
}

fn is_signature(line: &str) -> bool {
    let line = line.trim_start_matches(['"', '-', ' ']);
    line.starts_with("Data File Created By") || line.starts_with("Data Table File Created By")
}

fn counts(seen: &str) -> ReadError {
    ReadError::new(
        Refusal::Aggregated,
        format!(
            "This ActiGraph file holds counts, not samples ({seen}). In ActiLife choose File > Export > Raw data, from the .gt3x \
             file."
        ),
    )
    .of_format("actigraph_counts")
}

/// What the header lines say.
struct Header {
    rate: Option<SampleRate>,
    order: Option<DateOrder>,
    epoch: Option<String>,
    serial: Option<String>,
    start: Option<DateTime>,
}

impl Header {
    fn read(glance: &Glance, first: &str) -> Self {
        let line_after = |beginning: &str| {
            glance.lines(20).map(to_text).find_map(|line| {
                let line = line
                    .trim_matches('"')
                    .trim_end_matches([',', ';', '\t', ' ', '"'])
                    .to_owned();
                line.strip_prefix(beginning)
                    .map(|rest| rest.trim().to_owned())
            })
        };
        let order = between(first, "date format ", " ").and_then(|format| order_of(&format));
        let start = line_after("Start Date").zip(line_after("Start Time"));
        Self {
            rate: between(first, " at ", " Hz")
                .and_then(|text| SampleRate::from_hz(text.trim().replace(',', ".").parse().ok()?)),
            order,
            epoch: line_after("Epoch Period (hh:mm:ss)"),
            serial: line_after("Serial Number:"),
            start: start
                .and_then(|(date, time)| Some(date_of(&date, order)?.to_datetime(time_of(&time)?))),
        }
    }
}

fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let rest = &text[text.find(before)? + before.len()..];
    Some(rest[..rest.find(after).unwrap_or(rest.len())].to_owned())
}

/// `M/d/yyyy`, `dd/MM/yyyy`, `yyyy-MM-dd`.
fn order_of(format: &str) -> Option<DateOrder> {
    match (format.find('M')?, format.find('d')?, format.find('y')?) {
        (m, d, y) if y < m && m < d => Some(DateOrder::Ymd),
        (m, d, _) if d < m => Some(DateOrder::Dmy),
        _ => Some(DateOrder::Mdy),
    }
}

/// The header's own date; a date that its stated order makes impossible is read the other way round.
fn date_of(text: &str, order: Option<DateOrder>) -> Option<Date> {
    let parts: Vec<i16> = text
        .split(['/', '-', '.'])
        .map(|part| part.trim().parse().ok())
        .collect::<Option<_>>()?;
    let [a, b, c] = parts[..] else { return None };
    let date = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    if a > 31 {
        return date(a, b, c);
    }
    match order {
        Some(DateOrder::Dmy) => date(c, b, a).or_else(|| date(c, a, b)),
        Some(_) => date(c, a, b).or_else(|| date(c, b, a)),
        None if a > 12 => date(c, b, a),
        None if b > 12 => date(c, a, b),
        None => None,
    }
}

fn time_of(text: &str) -> Option<Time> {
    let parts: Vec<i8> = text
        .split(':')
        .map(|part| part.trim().parse().ok())
        .collect::<Option<_>>()?;
    let [hour, minute, second] = parts[..] else {
        return None;
    };
    Time::new(hour, minute, second, 0).ok()
}

/// `Limb: Waist`, as newer ActiLife versions end line 1 with; never guessed.
fn placement(first: &str) -> Placement {
    let Some(limb) = between(first, "Limb: ", " ") else {
        return Placement::NotStated;
    };
    match limb.trim_matches('-').to_lowercase().as_str() {
        "wrist" => Placement::Wrist,
        "waist" | "hip" => Placement::Waist,
        "ankle" => Placement::Ankle,
        "thigh" => Placement::Thigh,
        _ => Placement::NotStated,
    }
}

/// Some old files have no line of names: the axes are the last three columns.
fn last_three(sketch: &Sketch) -> Axes {
    let n = sketch.columns;
    Axes {
        columns: [n - 3, n - 2, n - 1],
        plus: None,
        claim: UnitClaim::none(),
        because: "no line of names; ActiLife writes x, y, z".to_owned(),
    }
}

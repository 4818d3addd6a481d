//! Several files of one export: which of them is the recording, which belong to it, which pieces follow each other.

use super::container::head::Head;
use super::container::{Bundle, BundleKind, Member};
use super::error::{ReadError, ReadResult, Refusal};
use super::formats::Beside;
use super::formats::sensor_logger;
use super::open::{Opened, decide};
use super::options::ReadOptions;
use super::rows::Rows;
use super::table::chunks::Chunks;
use crate::model::recording::{RawBlock, StampKind};
use crate::model::units::GravityState;

/// So much of each member is looked at to find out which it is.
const GLIMPSE: usize = 128 * 1024;
/// Files that say when and where; larger ones are something else.
const NOTE: usize = 64 * 1024;
/// Pieces of one recording begin no further apart.
const PIECES_WITHIN_NS: i64 = 24 * 3_600_000_000_000;

/// What is to be read.
pub(super) struct Chosen {
    /// In order of time.
    pub pieces: Vec<Member>,
    /// Gravity in a file of its own, to be added to the only piece.
    pub gravity: Option<Member>,
    pub beside: Beside,
    /// Why these.
    pub because: Option<String>,
}

/// Chooses among the members of a bundle.
pub(super) fn choose(bundle: &Bundle, options: &ReadOptions) -> ReadResult<Chosen> {
    if let ([only], BundleKind::File) = (&bundle.members[..], bundle.kind) {
        return Ok(Chosen::one(only.clone(), Beside::default(), None));
    }
    let beside = notes(bundle);
    let mut looked: Vec<(Member, ReadResult<Glimpse>)> = Vec::new();
    for member in bundle.members.iter().filter(|member| may_be_text(member)) {
        let glimpse =
            glimpse(member, &beside, options).map_err(|error| error.in_file(&member.name));
        looked.push((member.clone(), glimpse));
    }
    let mut found = Vec::new();
    let mut refused = Vec::new();
    for (member, glimpse) in looked {
        match glimpse {
            Ok(glimpse) => found.push((member, glimpse)),
            Err(error) => refused.push((member, error)),
        }
    }
    if found.is_empty() {
        return Err(most_telling(bundle, refused));
    }
    if let Some(chosen) = sensor_logger(&found, &refused, &beside)? {
        return Ok(chosen);
    }
    let has_gravity = |glimpse: &Glimpse| glimpse.gravity != Some(GravityState::Removed);
    if found.iter().any(|(_, glimpse)| has_gravity(glimpse)) {
        found.retain(|(_, glimpse)| has_gravity(glimpse));
    }
    if found.len() == 1 {
        let because = (bundle.members.len() > 1)
            .then(|| "the only recording of acceleration among the files".to_owned());
        return Ok(Chosen::one(found.remove(0).0, beside, because));
    }
    pieces(found, beside)
}

impl Chosen {
    fn one(member: Member, beside: Beside, because: Option<String>) -> Self {
        Self {
            pieces: vec![member],
            gravity: None,
            beside,
            because,
        }
    }
}

/// What the head of a member shows.
struct Glimpse {
    format: &'static str,
    gravity: Option<GravityState>,
    serial: Option<String>,
    kind: StampKind,
    first_ns: Option<i64>,
}

fn glimpse(member: &Member, beside: &Beside, options: &ReadOptions) -> ReadResult<Glimpse> {
    let head = Head::of(member.open()?, GLIMPSE)?;
    if head.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::new(Refusal::NoSamples, "The file is empty."));
    }
    let opened = decide(member, &member.name, &head, beside, options)?;
    let first_ns = first_stamp(&head, &opened);
    Ok(Glimpse {
        format: opened.format,
        gravity: opened.claim.gravity,
        serial: opened.info.serial.clone(),
        kind: opened.info.stamps,
        first_ns,
    })
}

fn first_stamp(head: &Head, opened: &Opened) -> Option<i64> {
    let mut chunks = Chunks::new(head.bytes.get(opened.data_at..)?.to_vec(), None);
    let mut chunk = Vec::new();
    let (mut parser, mut timeline) = (opened.parser.clone(), opened.timeline.clone());
    let (mut rows, mut block) = (Rows::default(), RawBlock::default());
    while block.is_empty() && chunks.next(&mut chunk).ok()? {
        rows.clear();
        parser.read(&chunk, &mut rows);
        timeline.push(&rows, &mut block).ok()?;
    }
    block.stamp_ns.first().copied()
}

/// Small texts whose names are those of notes.
fn notes(bundle: &Bundle) -> Beside {
    let mut files = Vec::new();
    for member in &bundle.members {
        let lower = member.name.to_lowercase();
        if !["metadata.csv", "meta/time.csv", "meta/device.csv"]
            .iter()
            .any(|name| lower.ends_with(name))
        {
            continue;
        }
        if let Ok(head) = member.open().and_then(|stream| Head::of(stream, NOTE)) {
            files.push((member.name.clone(), super::text::to_text(&head.bytes)));
        }
    }
    Beside { files }
}

/// Suffixes that no table has: pictures and sound, and the programs that people pack beside their data.
const NO_TABLES: [&str; 29] = [
    ".mp4", ".m4a", ".wav", ".mp3", ".jpg", ".jpeg", ".png", ".pdf", ".xlsx", ".xml.bin", ".py",
    ".ipynb", ".m", ".c", ".h", ".cpp", ".hpp", ".ino", ".js", ".ts", ".java", ".kt", ".swift",
    ".rs", ".sh", ".html", ".css", ".md", ".yml",
];

fn may_be_text(member: &Member) -> bool {
    let lower = member.name.to_lowercase();
    !NO_TABLES.iter().any(|suffix| lower.ends_with(suffix))
}

/// The one refusal that says most about the whole bundle.
fn most_telling(bundle: &Bundle, refused: Vec<(Member, ReadError)>) -> ReadError {
    let weight = |error: &ReadError| match error.refusal() {
        Refusal::SleepExport => 0,
        Refusal::Damaged | Refusal::Io => 1,
        Refusal::NotARecording | Refusal::Binary | Refusal::NoSamples => 9,
        Refusal::NotAcceleration | Refusal::Aggregated => 5,
        _ => 2,
    };
    let n = refused.len();
    match refused
        .into_iter()
        .map(|(_, error)| error)
        .min_by_key(weight)
    {
        Some(error) if n == 1 || weight(&error) < 9 => error,
        _ => ReadError::new(
            Refusal::NotARecording,
            match bundle.kind {
                BundleKind::Folder => format!(
                    "The folder holds no recording of acceleration ({n} files were looked at)."
                ),
                _ => format!(
                    "The archive holds no recording of acceleration ({n} files were looked at)."
                ),
            },
        ),
    }
}

/// Sensor Logger writes one file a sensor: with gravity before the sum of two, the sum before the uncalibrated one.
fn sensor_logger(
    found: &[(Member, Glimpse)],
    refused: &[(Member, ReadError)],
    beside: &Beside,
) -> ReadResult<Option<Chosen>> {
    if !found
        .iter()
        .all(|(_, glimpse)| glimpse.format == "sensor_logger")
    {
        return Ok(None);
    }
    // What lies in one folder is one recording.
    let mut folders: Vec<&str> = found.iter().map(|(member, _)| member.folder()).collect();
    folders.sort_unstable();
    folders.dedup();
    let all = || {
        let refused = refused.iter().map(|(member, _)| member);
        found.iter().map(|(member, _)| member).chain(refused)
    };
    let mut chosen = Vec::new();
    for folder in &folders {
        let members: Vec<&Member> = all().filter(|m| m.folder() == *folder).collect();
        chosen.extend(of_one_folder(&members, beside));
    }
    if let ([first, second, ..], false) = (&folders[..], chosen.is_empty()) {
        return Err(ReadError::new(
            Refusal::NeedsMember,
            format!(
                "{} recordings stand here, each in a folder of its own ({}, {second}/{}). Add --member {second}/ to choose \
                 one, or unpack them and give the folder around them.",
                folders.len(),
                if first.is_empty() {
                    "the top".to_owned()
                } else {
                    format!("{first}/")
                },
                if folders.len() > 2 { ", …" } else { "" }
            ),
        ));
    }
    match chosen.len() {
        0 => Ok(None),
        1 => Ok(chosen.pop()),
        _ => Err(ReadError::new(
            Refusal::NeedsMember,
            "The export holds acceleration of a phone and of a watch. Add --member WatchAccelerometer or --member \
             TotalAcceleration (a word of the file's name) to choose.",
        )),
    }
}

/// The best acceleration of the phone and that of the watch.
fn of_one_folder(members: &[&Member], beside: &Beside) -> Vec<Chosen> {
    let named = |stem: &str| {
        members
            .iter()
            .find(|member| sensor_logger::stem_of(member.base_name()) == stem)
            .map(|member| (*member).clone())
    };
    let mut chosen = Vec::new();
    for prefix in ["", "watch"] {
        let of = |sensor: &str| named(&format!("{prefix}{sensor}"));
        let one =
            |member: Member, why: &str| Chosen::one(member, beside.clone(), Some(why.to_owned()));
        if let Some(total) = of("totalacceleration") {
            chosen.push(one(total, "TotalAcceleration holds gravity"));
        } else if let (Some(acceleration), Some(gravity)) = (of("accelerometer"), of("gravity")) {
            let why = "Accelerometer and Gravity of the same stamps are added";
            chosen.push(Chosen {
                gravity: Some(gravity),
                ..one(acceleration, why)
            });
        } else if let Some(raw) = of("accelerometeruncalibrated") {
            chosen.push(one(raw, "AccelerometerUncalibrated holds gravity"));
        } else if let Some(acceleration) = of("accelerometer") {
            chosen.push(one(
                acceleration,
                "the only acceleration of the export; gravity is not in it",
            ));
        }
    }
    chosen
}

fn pieces(mut found: Vec<(Member, Glimpse)>, beside: Beside) -> ReadResult<Chosen> {
    let names: Vec<String> = found
        .iter()
        .take(8)
        .map(|(member, _)| member.name.clone())
        .collect();
    let ask = |why: &str| {
        Err(ReadError::new(
            Refusal::NeedsMember,
            format!(
                "{} recordings stand here ({}{}), and {why}. Add --member NAME to choose one, or give them one by one.",
                found.len(),
                names.join(", "),
                if found.len() > names.len() {
                    ", …"
                } else {
                    ""
                }
            ),
        ))
    };
    let first = &found[0].1;
    let same = |glimpse: &Glimpse| {
        glimpse.format == first.format
            && glimpse.kind == first.kind
            && glimpse.serial == first.serial
            && glimpse.gravity == first.gravity
    };
    if !found.iter().all(|(_, glimpse)| same(glimpse)) {
        return ask("they are of different devices or kinds");
    }
    if first.kind == StampKind::Elapsed
        || found.iter().any(|(_, glimpse)| glimpse.first_ns.is_none())
    {
        return ask("without a clock they cannot be put in order");
    }
    let mut starts: Vec<i64> = found
        .iter()
        .filter_map(|(_, glimpse)| glimpse.first_ns)
        .collect();
    starts.sort_unstable();
    if starts
        .windows(2)
        .any(|pair| pair[1].saturating_sub(pair[0]) > PIECES_WITHIN_NS)
    {
        return ask("they lie more than a day apart");
    }
    found.sort_by_key(|(_, glimpse)| glimpse.first_ns);
    let because = format!(
        "{} pieces of one recording, in order of their first stamps",
        found.len()
    );
    Ok(Chosen {
        pieces: found.into_iter().map(|(member, _)| member).collect(),
        gravity: None,
        beside,
        because: Some(because),
    })
}

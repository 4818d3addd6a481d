//! Sleep exports: stages and nights from phones, watches, rings and mats, to be laid over a recording.
//!
//! The source is told from content, one file a source in this module. What is read keeps the export's own times
//! ([`SleepExport`]); [`SleepExport::mask`] lays it over a recording, asks about the zone where that would explain a bad
//! fit, and refuses where it explains nothing.
//!
//! Consumer stages are estimates from movement and pulse. They narrow a denominator; they are no EEG.

mod apple_csv;
mod apple_xml;
mod builder;
mod clock_table;
mod contradiction;
mod deeper;
mod digits;
mod domino;
mod eight_sleep;
mod epochs;
pub mod error;
pub mod export;
mod fitbit_csv;
mod fitbit_json;
mod garmin;
mod head;
#[cfg(feature = "health-connect")]
mod health_connect;
mod hypnogram;
mod input;
mod intervals_json;
mod json;
mod luna;
pub mod mask;
mod mi_fitness;
mod night_clock;
mod oura;
mod plain;
mod polar;
mod qs_access;
mod remlogic;
mod samsung;
mod sleep_as_android;
mod snooz;
mod sources;
mod stage_list;
pub mod stamp;
pub(super) mod states;
mod table;
mod timeless;
mod unread;
mod until_next;
mod withings;
mod zeo;
mod zepp;

use std::io::BufRead;
use std::path::Path;

use super::written::date::DateOrder;
use crate::model::recording::Decision;

pub use error::{SleepError, SleepErrorKind};
pub use export::{Ends, SleepExport, SleepInterval, SleepState, WallClock};
pub use mask::{MaskError, MaskOptions, SleepMask};

use head::Head;
use input::{Input, Member};
use sources::{FORMATS, Format, format_of};

/// What the user settles beforehand.
#[derive(Debug, Clone, Copy, Default)]
pub struct SleepOptions {
    /// Day or month first in 03/04/2024.
    pub date_order: Option<DateOrder>,
}

/// A file to be read, with its head.
struct Source<'a> {
    head: &'a Head,
    reader: &'a mut dyn BufRead,
    options: &'a SleepOptions,
}

/// The name of the source that these first bytes of a file come from; `None` when they are no sleep export.
pub fn sniff(name: &str, first_bytes: &[u8]) -> Option<&'static str> {
    format_of(&Head::new(name, first_bytes)).map(|format| format.name)
}

/// Reads a sleep export: a file, a folder or a zip archive.
///
/// Of a folder or archive, all files of one source are read together, its tables of nights too; a source with times of
/// stages goes before one without.
pub fn open(path: &Path, options: &SleepOptions) -> Result<SleepExport, SleepError> {
    let shown = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    let mut input = Input::open(path).map_err(|kind| kind.in_file(&shown))?;
    let members = choose(&mut input, &shown)?;
    let mut whole: Option<SleepExport> = None;
    for Sniffed {
        format,
        member,
        head,
    } in &members
    {
        let piece = input
            .read(member, |reader| {
                let mut source = Source {
                    head,
                    reader,
                    options,
                };
                (format.read)(&mut source)
            })
            .map_err(|kind| kind.in_file(&member.shown))?;
        let piece = SleepExport {
            files: vec![member.shown.clone()],
            ..piece
        };
        match &mut whole {
            None => whole = Some(piece),
            Some(whole)
                if (whole.stamps, whole.dateless) == (piece.stamps, piece.dateless)
                    || piece.is_empty() =>
            {
                whole.absorb(piece);
            }
            Some(whole) if whole.is_empty() => *whole = piece,
            Some(_) => {
                return Err(SleepErrorKind::Damaged {
                    line: 1,
                    seen: "stamps of another kind than in the other files".to_owned(),
                    expected: "one kind of stamps in all files",
                }
                .in_file(&member.shown));
            }
        }
    }
    match whole {
        Some(mut export) if !export.is_empty() => {
            export.decisions.insert(
                0,
                Decision::new(
                    "sleep export",
                    export.format,
                    format!("content of {}", export.files.join(", ")),
                ),
            );
            Ok(export)
        }
        _ => Err(SleepErrorKind::Empty.in_file(&shown)),
    }
}

/// Reads a sleep export that is already in memory; the name may matter (Withings).
pub fn read(name: &str, bytes: &[u8], options: &SleepOptions) -> Result<SleepExport, SleepError> {
    let head = Head::new(name, &bytes[..bytes.len().min(input::HEAD_BYTES)]);
    let deeper = || match head.is_json() {
        true => deeper::format_of(&mut &bytes[..]).ok().flatten(),
        false => None,
    };
    let Some(format) = format_of(&head).or_else(deeper) else {
        return Err(not_known(&head).in_file(name));
    };
    let mut reader = bytes;
    let mut source = Source {
        head: &head,
        reader: &mut reader,
        options,
    };
    let mut export = (format.read)(&mut source).map_err(|kind| kind.in_file(name))?;
    if export.is_empty() {
        return Err(SleepErrorKind::Empty.in_file(name));
    }
    export.files.push(name.to_owned());
    Ok(export)
}

/// A file whose source is known.
struct Sniffed {
    format: &'static Format,
    member: Member,
    head: Head,
}

impl Sniffed {
    /// Puts a file beside those of its family.
    fn sort_in(found: &mut Vec<Vec<Self>>, format: &'static Format, member: Member, head: Head) {
        let sniffed = Self {
            format,
            member,
            head,
        };
        let is_kin = |group: &&mut Vec<Self>| group[0].format.family() == format.family();
        match found.iter_mut().find(is_kin) {
            Some(group) => group.push(sniffed),
            None => found.push(vec![sniffed]),
        }
    }
}

/// The files of the source that is read, those with stages first.
fn choose(input: &mut Input, shown: &str) -> Result<Vec<Sniffed>, SleepError> {
    let mut found: Vec<Vec<Sniffed>> = Vec::new();
    let mut unknown: Vec<(Member, Head)> = Vec::new();
    for member in input.members.clone() {
        let bytes = input
            .head(&member)
            .map_err(|kind| kind.in_file(&member.shown))?;
        let head = Head::new(&member.shown, &bytes);
        match format_of(&head) {
            Some(format) => Sniffed::sort_in(&mut found, format, member, head),
            None => unknown.push((member, head)),
        }
    }
    // A head is quickly read, a whole takeout is not: deeper is looked only where no head says anything.
    if found.is_empty() {
        for (member, head) in unknown.iter().filter(|(_, head)| head.is_json()) {
            let format = input
                .read(member, |reader| Ok(deeper::format_of(reader)?))
                .map_err(|kind| kind.in_file(&member.shown))?;
            if let Some(format) = format {
                Sniffed::sort_in(&mut found, format, member.clone(), head.clone());
            }
        }
    }
    // Of equals the first of the list; a plain table only where nothing else is there.
    let rank = |sniffed: &Sniffed| {
        let format = sniffed.format;
        let at = FORMATS.iter().position(|known| std::ptr::eq(known, format));
        (!format.stages, format.is_plain(), at)
    };
    let mut best = found
        .into_iter()
        .min_by_key(|group| group.iter().map(rank).min())
        .ok_or_else(|| match unknown.first() {
            Some((_, head)) => not_known(head).in_file(shown),
            None => SleepErrorKind::NotASleepExport {
                seen: "no csv, json, xml or txt".to_owned(),
            }
            .in_file(shown),
        })?;
    best.sort_by_key(|sniffed| !sniffed.format.stages);
    Ok(best)
}

/// Why a head is no sleep export, and what it looks like.
fn not_known(head: &Head) -> SleepErrorKind {
    if head.text.starts_with("SQLite format 3") {
        return SleepErrorKind::NeedsFeature {
            what: "an SQLite database, as Health Connect exports it",
            feature: "health-connect",
        };
    }
    if let Some(kind) = timeless::refusal(head) {
        return kind;
    }
    if let Some(header) = plain::lonely_header(head) {
        return SleepErrorKind::NoRows { header };
    }
    if let Some(kind) = unread::refusal(head) {
        return kind;
    }
    let seen: String = head
        .line(0)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(60)
        .collect();
    SleepErrorKind::NotASleepExport { seen }
}

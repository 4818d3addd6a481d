//! From a member of a bundle to a stream of rows.

mod decide;

use super::blocks::MovesenseRows;
use super::container::Member;
use super::container::head::{HEAD, Head};
use super::error::{ReadError, ReadResult, Refusal};
use super::formats::{Beside, sensor_logger};
use super::options::ReadOptions;
use super::profile::Profile;
use super::reversed::ReversedRows;
use super::rows::RowSource;
use super::summed::SummedRows;
use super::table::chunks::Chunks;
use super::table::layout::RowsIn;
use super::table::read::TableRows;
use super::time::timeline::Timeline;
use super::unit::UnitClaim;
use crate::model::recording::{Decision, SourceInfo};
use crate::model::units::GravityState;
pub(super) use decide::{Opened, decide};

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

//! The zone of the wearer, where anything names it. Never the machine's own.

use jiff::tz::{Offset, TimeZone};

use super::claim::{EpochMeans, TimeClaim};
use super::clock::Clock;
use super::format::TimeFormat;
use super::found::Found;
use crate::ingest::options::ReadOptions;
use crate::model::recording::Decision;

/// The wearer's zone: by flag, by header, by the offset that a clock carries, or by two clocks side by side.
pub(super) fn zone_of(
    found: &Found,
    claim: &TimeClaim,
    options: &ReadOptions,
    decisions: &mut Vec<Decision>,
) -> Option<TimeZone> {
    let words = |zone: &TimeZone| match (zone.iana_name(), zone.to_fixed_offset()) {
        (Some(name), _) => name.to_owned(),
        (None, Ok(offset)) => offset.to_string(),
        _ => "as given".to_owned(),
    };
    if let Some(zone) = &options.zone {
        decisions.push(Decision::new("zone", words(zone), "set by flag"));
        return Some(zone.clone());
    }
    if let Some((zone, because)) = &claim.zone {
        decisions.push(Decision::new("zone", words(zone), because.clone()));
        return Some(zone.clone());
    }
    let fixed = |seconds: i32, because: &str, decisions: &mut Vec<Decision>| {
        let zone = TimeZone::fixed(Offset::from_seconds(seconds).ok()?);
        decisions.push(Decision::new("zone", words(&zone), because));
        Some(zone)
    };
    let set = || found.clocks.iter().filter(|clock| !found.is_unset(clock));
    if let Some(seconds) = set().find_map(|clock| clock.offset_s) {
        return fixed(seconds, "the clock carries its offset", decisions);
    }
    // UTC and a civil clock side by side differ by the offset
    let utc = set().find(|clock| clock.is_utc())?;
    if claim.epoch == EpochMeans::LocalClock {
        return None;
    }
    let is_local = |clock: &&Clock| {
        matches!(&clock.format, TimeFormat::Civil(f) if f.has_date()) && !clock.is_utc()
    };
    let local = set().find(is_local)?;
    let apart = local.ns.first()?.saturating_sub(*utc.ns.first()?);
    let apart_last = local.ns.last()?.saturating_sub(*utc.ns.last()?);
    let quarters = (apart as f64 / 900e9).round();
    let exact = |ns: i64| (ns as f64 - quarters * 900e9).abs() < 2e9;
    if exact(apart) && exact(apart_last) && quarters.abs() <= 60.0 && local.ns.len() == utc.ns.len()
    {
        return fixed(
            quarters as i32 * 900,
            "the local clock and UTC differ by it",
            decisions,
        );
    }
    None
}

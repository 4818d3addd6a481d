//! Units as exports write them, in brackets or in a line of their own.

use super::heading::{UnitWord, fold};
use crate::ingest::time::format::Tick;
use crate::model::units::AccelUnit;

/// The unit that a word in brackets, or a cell of a line of units, names.
pub(in crate::ingest) fn unit_word(text: &str) -> Option<UnitWord> {
    let folded = fold(text).to_ascii_lowercase();
    let word: String = folded
        .trim()
        .trim_start_matches("in ")
        .trim_start_matches("unit")
        .trim_start_matches(':')
        .chars()
        .filter(|c| {
            !matches!(
                c,
                ' ' | '^' | '(' | ')' | '\'' | '*' | '.' | '’' | '\u{fffd}' | '?'
            )
        })
        .collect();
    let acceleration = |unit| Some(UnitWord::Acceleration(unit));
    match word.as_str() {
        "g" | "gs" | "g-force" | "gforce" | "gravity" | "gravities" => acceleration(AccelUnit::G),
        "mg" | "mgs" | "millig" | "milli-g" | "mgal" if word != "mgal" => {
            acceleration(AccelUnit::MilliG)
        }
        "m/s2" | "m/s/s" | "ms-2" | "ms2" | "mps2" | "m/s-2" | "m/sec2" | "m/s"
            if word != "m/s" || text.len() > 3 =>
        {
            acceleration(AccelUnit::MetresPerSecondSquared)
        }
        "s" | "sec" | "secs" | "second" | "seconds" => Some(UnitWord::Time(Tick::SECOND)),
        "ms" | "msec" | "msecs" | "millis" | "milliseconds" | "millisecond" => {
            Some(UnitWord::Time(Tick::MILLISECOND))
        }
        "us" | "usec" | "micros" | "microseconds" | "microsecond" => {
            Some(UnitWord::Time(Tick::MICROSECOND))
        }
        "ns" | "nsec" | "nanos" | "nanoseconds" | "nanosecond" => {
            Some(UnitWord::Time(Tick::NANOSECOND))
        }
        "min" | "mins" | "minute" | "minutes" => Some(UnitWord::Time(Tick::MINUTE)),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(UnitWord::Time(Tick::HOUR)),
        "d" | "days" => Some(UnitWord::Time(Tick::DAY)),
        "deg/s" | "deg/sec" | "dps" | "d/s" | "rad/s" | "degs/s" | "deg" | "rad" | "rads"
        | "ut" | "mt" | "t" | "gauss" | "gaus" | "uteslas" | "utesla" | "tesla" | "degrees"
        | "hpa" | "kpa" | "v" | "mv" | "uv" | "lux" | "lx" | "c" | "°c" | "°" | "°/s" | "km/h"
        | "bpm" | "%" | "m" | "local_flux" | "us/cm" | "kohms" | "counts" | "n/a"
        | "degreescelsius" => Some(UnitWord::Other),
        "no_units" => Some(UnitWord::Unitless),
        _ => None,
    }
}

pub(super) fn tick_word(word: &str) -> Option<Tick> {
    match word {
        "s" | "sec" | "secs" | "second" | "seconds" => Some(Tick::SECOND),
        "ms" | "msec" | "millis" | "millisecond" | "milliseconds" => Some(Tick::MILLISECOND),
        "us" | "usec" | "micros" | "microsecond" | "microseconds" => Some(Tick::MICROSECOND),
        "ns" | "nanos" | "nanosecond" | "nanoseconds" => Some(Tick::NANOSECOND),
        "min" | "mins" | "minutes" => Some(Tick::MINUTE),
        "hours" => Some(Tick::HOUR),
        _ => None,
    }
}

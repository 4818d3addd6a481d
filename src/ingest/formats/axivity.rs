//! Axivity AX3 and AX6 as CSV: OmGui, `cwa-convert` and `omconvert`, in each of their ways to write time.
//!
//! Without a header as a rule. Times are the device's local clock; Unix seconds are that clock written as if it were
//! UTC, so they never make an instant without a zone. Values are multiples of 1/256 g (AX3) or of 1/2048 g (AX6, ±16 g;
//! finer at smaller ranges), or, with `-v:int`, those counts.

use super::generic_table::first_clock;
use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::number;
use crate::ingest::table::axes::{self, Axes};
use crate::ingest::table::dialect::{DecimalMark, Delimiter, Dialect};
use crate::ingest::table::layout::Layout;
use crate::ingest::table::sketch::Sketch;
use crate::ingest::time::claim::EpochMeans;
use crate::ingest::unit::UnitClaim;

pub(super) const FORMAT: Format = Format {
    name: "axivity",
    recognise,
};

/// The converters' dialect.
const DIALECT: Dialect = Dialect {
    delimiter: Delimiter::Byte(b','),
    decimal: DecimalMark::Point,
};

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance.sketch.filter(|sketch| sketch.dialect == DIALECT) else {
        return Ok(None);
    };
    let named = sketch.headings.len() >= 4
        && sketch.headings[0].lower() == "time"
        && sketch.headings[1].lower() == "accel-x (g)";
    let (axes, because) = if named {
        (
            axes::by_name(sketch, &glance.file, glance.options)?,
            "omconvert's header Time,Accel-X (g)",
        )
    } else if sketch.headings.is_empty() && sketch.data_line == 1 {
        let Some(places) = places(sketch, glance) else {
            return Ok(None);
        };
        let axes = Axes {
            columns: places.axes,
            plus: None,
            claim: UnitClaim::none(),
            because: "the order of Axivity's converters: time, x, y, z".to_owned(),
        };
        (axes, places.because)
    } else {
        return Ok(None);
    };
    let mut layout = Layout::new("axivity", because, sketch, axes);
    layout.device = Some("Axivity".to_owned());
    layout.time.epoch = EpochMeans::LocalClock;
    Ok(Some(layout))
}

struct Places {
    axes: [usize; 3],
    because: &'static str,
}

/// Where the axes stand in a table without header that the converters may have written.
fn places(sketch: &Sketch, glance: &Glance) -> Option<Places> {
    let clock = first_clock(sketch, glance);
    let first = match clock {
        Some(0) => 1,
        None if sketch.columns == 3 => 0,
        _ => return None,
    };
    if sketch.columns < first + 3 {
        return None;
    }
    let axes = [first, first + 1, first + 2];
    if axes.iter().all(|c| six_decimals_on_the_grid(sketch, *c)) {
        return Some(Places {
            axes,
            because: "no header, six decimals that are multiples of a power of two",
        });
    }
    let whole = axes.iter().all(|c| {
        sketch
            .column(*c)
            .all(|cell| number::parse(cell, b'.').is_some_and(number::Number::is_whole))
    });
    if whole && clock == Some(0) && clock_is_the_converters(sketch) {
        return Some(Places {
            axes,
            because: "no header, the converters' clock and whole counts",
        });
    }
    None
}

/// Six decimals, each a multiple of 1/16384 as far as six decimals can show: the converters print `%f` of counts.
fn six_decimals_on_the_grid(sketch: &Sketch, column: usize) -> bool {
    let mut seen = 0;
    for cell in sketch.column(column).take(2_000) {
        let Some(number) = number::parse(cell, b'.') else {
            return false;
        };
        if number.exponent != -6 || number.scientific {
            return false;
        }
        let steps = number.to_f64() * 16_384.0;
        if (steps - steps.round()).abs() > 0.5e-6 * 16_384.0 + 1e-9 {
            return false;
        }
        seen += 1;
    }
    seen > 0
}

/// `2020-02-12 09:03:37.479`, or a number with the converters' four or twelve decimals.
fn clock_is_the_converters(sketch: &Sketch) -> bool {
    sketch
        .column(0)
        .take(200)
        .all(|cell| match number::parse(cell, b'.') {
            Some(number) => matches!(number.exponent, -4 | -12),
            None => {
                let shape: Vec<u8> = cell
                    .iter()
                    .map(|b| if b.is_ascii_digit() { b'0' } else { *b })
                    .collect();
                shape == b"0000-00-00 00:00:00.000" || shape == b"0000-00-00 00:00:00"
            }
        })
}

//! MHSL Actimeter, worn at the ankle: two lines above the rows, `datetime,x,y,z`, whole steps of 0.0005 times the range.
//!
//! So a range of 2 g has 1000 steps a g, 16 g has 125. Where the first lines do not say the range, gravity tells which.

use super::{Format, Glance};
use crate::ingest::error::ReadResult;
use crate::ingest::number;
use crate::ingest::table::axes;
use crate::ingest::table::layout::Layout;
use crate::ingest::text::to_text;
use crate::ingest::unit::UnitClaim;
use crate::model::body::Placement;
use crate::model::units::AccelUnit;

pub(super) const FORMAT: Format = Format {
    name: "mhsl_actimeter",
    recognise,
};

/// Steps a g at ranges of 2, 4, 8 and 16 g.
const RANGES: [AccelUnit; 4] = [
    AccelUnit::Counts { per_g: 1_000.0 },
    AccelUnit::Counts { per_g: 500.0 },
    AccelUnit::Counts { per_g: 250.0 },
    AccelUnit::Counts { per_g: 125.0 },
];

fn recognise(glance: &Glance) -> ReadResult<Option<Layout>> {
    let Some(sketch) = glance
        .sketch
        .filter(|sketch| sketch.is_named(&["datetime", "x", "y", "z"]))
    else {
        return Ok(None);
    };
    let [above] = sketch.preamble[..] else {
        return Ok(None);
    };
    let above = to_text(above).to_lowercase();
    let whole = (1..4).all(|column| {
        sketch
            .column(column)
            .take(1_000)
            .all(|cell| number::parse(cell, b'.').is_some_and(number::Number::is_whole))
    });
    if !whole || !(above.contains("actimeter") || above.contains("range")) {
        return Ok(None);
    }
    let axes = axes::by_name(sketch, &glance.file, glance.options)?;
    let because = "a line of the actimeter above datetime,x,y,z, whole steps";
    let mut layout = Layout::new("mhsl_actimeter", because, sketch, axes);
    layout.unit = match range_g(&above) {
        Some(range) => UnitClaim::with_gravity(
            AccelUnit::Counts {
                per_g: 2_000.0 / range,
            },
            format!("a step is 0.0005 times the range of {range} g"),
        ),
        None => UnitClaim::one_of(&RANGES, "a step is 0.0005 times the range"),
    };
    layout.device = Some("MHSL Actimeter".to_owned());
    layout.placement = Placement::Ankle;
    Ok(Some(layout))
}

/// The range in g: the number after the word.
fn range_g(above: &str) -> Option<f64> {
    let after = above.split("range").nth(1)?;
    let digits: String = after
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let range: f64 = digits.parse().ok()?;
    (1.0..=64.0).contains(&range).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_stands_after_its_word() {
        assert_eq!(range_g("actimeter 1741326,range 2"), Some(2.0));
        assert_eq!(range_g("serial 17, range: +-8 g, 12.5 hz"), Some(8.0));
        assert_eq!(range_g("actimeter 1741326"), None);
    }
}

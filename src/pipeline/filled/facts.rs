//! What the grade of a night hangs on, and the figures of its row that no other room counts.

use jiff::SignedDuration;

use super::{Filling, Sensors};
use crate::analysis::quality::{ClockDoubt, NightFacts};
use crate::model::body::Placement;
use crate::model::movement::{LegMovement, MovementClass};
use crate::model::night::Night;
use crate::model::span::SpanKind;
use crate::model::summary::{PlmByChance, RuleSummary};
use crate::output::rows::hours;
use crate::pipeline::legs::Clocks;
use crate::pipeline::night::{Found, Worn};

/// The longest time in bed in which a leg with a sensor did not stir.
fn longest_rest(found: &[Found], night: &Night) -> SignedDuration {
    let spans = found.iter().flat_map(|one| &one.detection.spans);
    spans
        .filter(|span| span.kind == SpanKind::Still)
        .map(|span| span.overlap(night.lights_out, night.lights_on))
        .max()
        .unwrap_or_default()
}

/// Where the sensors were worn: off the legs where one says so, else as the first says that says anything, else the ankle
/// where a leg was named.
pub(super) fn placement(worn: &[Worn], leg_is_known: bool) -> Placement {
    let leg_is_named = leg_is_known && worn.iter().any(|one| one.leg.is_some());
    let places = || worn.iter().map(|one| one.recording.info.placement);
    places()
        .find(|place| place.is_off_the_legs())
        .or_else(|| places().find(|place| *place != Placement::NotStated))
        .unwrap_or(match leg_is_named {
            true => Placement::Ankle,
            false => Placement::NotStated,
        })
}

/// Movements by class with their onset in bed: all, long, gross, posture, rhythmic, knock.
pub(super) fn classes(movements: &[LegMovement], night: &Night) -> [usize; 6] {
    let in_bed = |movement: &&LegMovement| {
        night.lights_out <= movement.onset && movement.onset < night.lights_on
    };
    let n_of = |class: Option<MovementClass>| {
        let own = movements.iter().filter(in_bed);
        own.filter(|movement| class.is_none_or(|class| movement.class == class))
            .count()
    };
    [
        n_of(None),
        n_of(Some(MovementClass::Long)),
        n_of(Some(MovementClass::Gross)),
        n_of(Some(MovementClass::Posture)),
        n_of(Some(MovementClass::Rhythmic)),
        n_of(Some(MovementClass::Knock)),
    ]
}

/// Gaps that reach into the time in bed.
pub(super) fn n_gaps(of: &Filling) -> usize {
    let gaps = of.spans.iter().filter(|span| span.kind == SpanKind::Gap);
    gaps.filter(|gap| gap.overlap(of.night.lights_out, of.night.lights_on) > SignedDuration::ZERO)
        .count()
}

/// What the grade hangs on, by the rule set of the columns without a suffix.
pub(super) fn facts(
    of: &Filling,
    main: &RuleSummary,
    sensors: &Sensors,
    placement: Placement,
) -> NightFacts {
    let time = &of.summary.time;
    let band = match [of.band.at_0_7, of.band.at_1_0, of.band.at_1_4].map(|rate| rate.per_h()) {
        [Some(at_0_7), Some(at_1_0), Some(at_1_4)] => Some([at_0_7, at_1_0, at_1_4]),
        _ => None,
    };
    // an hour of the same time as the index
    let by_chance = of.by_chance.zip(main.plm.per_h());
    let by_chance = by_chance.map(|(chance, index)| PlmByChance {
        per_h: chance.mean * index / main.plm.n as f64,
        p: chance.p,
    });
    NightFacts {
        in_bed_h: hours(time.in_bed),
        analysed_h: hours(time.analysed),
        gap_h: hours(time.gap),
        idle_h: hours(time.idle),
        off_leg_h: hours(time.off_leg),
        longest_rest_h: hours(longest_rest(&of.found, &of.night)),
        lights_out_by: of.night.lights_out_by,
        lights_on_by: of.night.lights_on_by,
        rate: sensors.rate,
        gravity: sensors.gravity,
        placement,
        n_legs: of.worn.len(),
        resolution_mg: sensors.resolution_mg,
        on_threshold_mg: sensors.on_mg,
        band,
        lm_per_h: main.lm.per_h(),
        index: main.plm.per_h(),
        by_chance,
        clocks: match of.one_clock.clocks {
            Clocks::NotCompared { stamped, .. } => ClockDoubt::NotCompared { stamped },
            _ => ClockDoubt::None,
        },
    }
}

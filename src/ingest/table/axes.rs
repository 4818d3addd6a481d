//! Which three columns are the acceleration: by name, else by place and by the physics of gravity.

mod refusal;

use super::beside::lay;
use super::direction;
use super::file_name::FileName;
use super::heading::{Sensor, UnitWord};
use super::sketch::Sketch;
use super::triplets::{Triplet, the_one, three_numbered, three_of_one_name, triplets_of};
use crate::ingest::error::{ReadError, ReadResult, Refusal};
use crate::ingest::options::{ColumnChoice, ReadOptions};
use crate::ingest::time::found::column_by_key;
use crate::ingest::time::shape::median;
use crate::ingest::unit::{Claimed, UnitClaim};
use crate::model::units::GravityState;
pub(in crate::ingest) use refusal::another_sensor;

/// The middle of the accelerations of one who walks lies within this share of gravity.
pub(super) const ABOUT: f64 = 0.15;

/// The columns of a recording and what their names say.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct Axes {
    pub columns: [usize; 3],
    /// Gravity in columns of its own, to be added.
    pub plus: Option<[usize; 3]>,
    pub claim: UnitClaim,
    /// The evidence, as a phrase.
    pub because: String,
}

/// Finds the acceleration by the names of the columns, and of the file where those say too little.
pub(in crate::ingest) fn by_name(
    sketch: &Sketch,
    file: &FileName,
    options: &ReadOptions,
) -> ReadResult<Axes> {
    let choice = options.columns.clone().unwrap_or_default();
    if choice.axes.iter().any(Option::is_some) {
        return by_choice(sketch, &choice);
    }
    let triplets = candidates(sketch, choice.family.as_deref())?;
    if let Some(axes) = called_acceleration(sketch, &triplets)? {
        return Ok(axes);
    }
    if let Some(axes) = called_linear(sketch, &triplets)? {
        return Ok(axes);
    }
    if let Some(axes) = called_nothing(sketch, &triplets, file)? {
        return Ok(axes);
    }
    Err(refusal::of(sketch, &triplets))
}

/// All threes of columns that hold numbers and may be axes by their names; with a word that was chosen (`family`) those that have it.
fn candidates(sketch: &Sketch, family: Option<&str>) -> ReadResult<Vec<Triplet>> {
    let mut triplets = triplets_of(sketch);
    if triplets.is_empty() {
        triplets.extend(three_of_one_name(sketch));
    }
    let of_acceleration = |t: &Triplet| matches!(t.sensor, Sensor::Acceleration | Sensor::Linear);
    if !triplets.iter().any(of_acceleration) {
        triplets.extend(three_numbered(sketch));
    }
    triplets.retain(|t| {
        t.columns
            .iter()
            .all(|column| holds_numbers(sketch, *column))
    });
    if let Some(word) = family {
        triplets.retain(|t| t.stem.contains(word));
        if triplets.is_empty() {
            return Err(ReadError::new(
                Refusal::BadOption,
                format!(
                    "--columns {word}: no three columns x, y, z have this word. The file has: {}.",
                    sketch.names()
                ),
            ));
        }
    }
    Ok(triplets)
}

/// Those of one sensor.
fn of(sensor: Sensor, triplets: &[Triplet]) -> Vec<Triplet> {
    let of_it = triplets.iter().filter(|t| t.sensor == sensor);
    of_it.cloned().collect()
}

/// The columns whose name says acceleration, with the gravity beside them where they lack it.
fn called_acceleration(sketch: &Sketch, triplets: &[Triplet]) -> ReadResult<Option<Axes>> {
    let mut accelerations = of(Sensor::Acceleration, triplets);
    if !accelerations.is_empty() {
        // another one by its unit and its length; not one that was made of it
        let made = |t: &Triplet| {
            t.stem
                .split(' ')
                .any(|word| MADE.iter().any(|m| word.starts_with(m)))
        };
        let another = |t: &Triplet| !made(t) && is_one_g_by_its_unit(sketch, t);
        accelerations.extend(of(Sensor::Unnamed, triplets).into_iter().filter(another));
    }
    let Some(best) = the_one(accelerations)? else {
        return Ok(None);
    };
    let gravity = of(Sensor::Gravity, triplets);
    let added = match &gravity[..] {
        [gravity] => with_gravity(sketch, &best, gravity, Some(GravityState::Removed)),
        _ => None,
    };
    let alone = || axes_of(sketch, &best, None, GravityState::Included);
    Ok(Some(added.unwrap_or_else(alone)))
}

/// The columns whose name says acceleration without gravity; gravity in columns of its own and the same unit is added.
fn called_linear(sketch: &Sketch, triplets: &[Triplet]) -> ReadResult<Option<Axes>> {
    let linear = the_one(of(Sensor::Linear, triplets))?;
    let gravity = the_one(of(Sensor::Gravity, triplets))?;
    let Some(linear) = linear else {
        return Ok(None);
    };
    let Some(gravity) = gravity.filter(|gravity| gravity.unit == linear.unit) else {
        return Ok(Some(axes_of(sketch, &linear, None, GravityState::Removed)));
    };
    let plain = || {
        let plus = Some(gravity.columns);
        axes_of(sketch, &linear, plus, GravityState::Included)
    };
    let added = with_gravity(sketch, &linear, &gravity, None);
    Ok(Some(added.unwrap_or_else(plain)))
}

/// The columns whose names are no sensor's: what they are the file's name may say.
fn called_nothing(
    sketch: &Sketch,
    triplets: &[Triplet],
    file: &FileName,
) -> ReadResult<Option<Axes>> {
    let unnamed = of(Sensor::Unnamed, triplets);
    // a name speaks of these columns, unless others in the header are what it speaks of
    let is_other_one = |t: &Triplet| t.sensor != Sensor::Unnamed && file.speaks_of(&t.stem);
    if !unnamed.is_empty()
        && matches!(file.sensor, Sensor::Other | Sensor::Gravity)
        && !triplets.iter().any(is_other_one)
    {
        return Err(another_sensor(&format!(
            "The file's name ({}) says that this is another sensor",
            file.stem
        )));
    }
    let Some(best) = the_one(unnamed)? else {
        return Ok(None);
    };
    direction::refuse(sketch, best.columns)?;
    let mut axes = axes_of(sketch, &best, None, GravityState::Included);
    if file.sensor == Sensor::Acceleration && axes.claim.is_unnamed() {
        axes.claim.unit = Claimed::Acceleration;
    }
    if file.sensor == Sensor::Linear {
        axes.claim.gravity = Some(GravityState::Removed);
        axes.claim.because = phrase(
            &axes.claim.because,
            &format!("the file is called {}", file.stem),
        );
    }
    Ok(Some(axes))
}

/// Beginnings of words for what was made of an acceleration beside it, sample by sample.
const MADE: [&str; 2] = ["filt", "smooth"];

/// Whether three columns with a unit of acceleration are about as long as gravity in it, in the middle of the rows.
fn is_one_g_by_its_unit(sketch: &Sketch, triplet: &Triplet) -> bool {
    let Some(UnitWord::Acceleration(unit)) = triplet.unit else {
        return false;
    };
    (middle_length(sketch, triplet.columns) * unit.g_per_unit() - 1.0).abs() < ABOUT
}

pub(super) fn by_choice(sketch: &Sketch, choice: &ColumnChoice) -> ReadResult<Axes> {
    let mut columns = [0; 3];
    for (slot, key) in columns.iter_mut().zip(&choice.axes) {
        let Some(key) = key else {
            return Err(ReadError::new(
                Refusal::BadOption,
                "--columns names some axes but not all: give x, y and z.",
            ));
        };
        *slot = column_by_key(sketch, key)?;
    }
    let unit = sketch
        .headings
        .get(columns[0])
        .and_then(|heading| heading.unit);
    let mut claim = claim_of(sketch, unit, columns[0]);
    if let Some(heading) = sketch.headings.get(columns[0])
        && heading.sensor == Sensor::Linear
    {
        claim.gravity = Some(GravityState::Removed);
    }
    Ok(Axes {
        columns,
        plus: None,
        claim,
        because: "set by flag".to_owned(),
    })
}

/// An acceleration with the gravity beside it added, where it must be: where it stands as `wanted` in the acceleration, or
/// wherever a name has taken it out (`None`). Gravity's own length names the unit where nothing else does.
fn with_gravity(
    sketch: &Sketch,
    acceleration: &Triplet,
    gravity: &Triplet,
    wanted: Option<GravityState>,
) -> Option<Axes> {
    let units_differ =
        acceleration.unit.is_some() && gravity.unit.is_some() && acceleration.unit != gravity.unit;
    let beside = lay(sketch, acceleration.columns, gravity.columns).filter(|_| !units_differ)?;
    if wanted.is_some() && beside.acceleration != wanted {
        return None;
    }
    let mut axes = axes_of(
        sketch,
        acceleration,
        Some(gravity.columns),
        GravityState::Included,
    );
    if let (true, Some(unit)) = (axes.claim.is_unnamed(), beside.unit) {
        axes.claim.unit = Claimed::Unit(unit);
        axes.claim.because = format!(
            "the columns named gravity are {:.2} long in every row",
            beside.pull
        );
    }
    Some(axes)
}

fn axes_of(
    sketch: &Sketch,
    triplet: &Triplet,
    plus: Option<[usize; 3]>,
    gravity: GravityState,
) -> Axes {
    let names = |columns: [usize; 3]| {
        columns
            .map(|c| sketch.headings.get(c).map_or("", |h| h.text.as_str()))
            .join(", ")
    };
    let mut claim = claim_of(sketch, triplet.unit, triplet.columns[0]);
    if claim.is_unnamed() && triplet.sensor == Sensor::Acceleration {
        claim.unit = Claimed::Acceleration;
    }
    let mut because = format!("named {}", names(triplet.columns));
    if gravity == GravityState::Removed {
        claim.gravity = Some(GravityState::Removed);
        claim.because = phrase(
            &claim.because,
            &format!(
                "the name {:?} says so",
                sketch.headings[triplet.columns[0]].text
            ),
        );
    }
    if let Some(plus) = plus {
        because = format!("{because}, with {} added", names(plus));
        claim.gravity = Some(GravityState::Included);
    }
    Axes {
        columns: triplet.columns,
        plus,
        claim,
        because,
    }
}

fn claim_of(sketch: &Sketch, unit: Option<UnitWord>, column: usize) -> UnitClaim {
    match unit {
        Some(UnitWord::Acceleration(unit)) => UnitClaim {
            unit: Claimed::Unit(unit),
            gravity: None,
            because: format!("the header says {:?}", sketch.headings[column].text),
        },
        _ => UnitClaim::none(),
    }
}

fn phrase(a: &str, b: &str) -> String {
    if a.is_empty() {
        b.to_owned()
    } else {
        format!("{a}, {b}")
    }
}

/// The middle of the lengths of three columns' rows.
pub(super) fn middle_length(sketch: &Sketch, columns: [usize; 3]) -> f64 {
    let [x, y, z] = columns.map(|column| sketch.numbers(column));
    let rows = x.zip(y).zip(z).filter_map(|((x, y), z)| Some([x?, y?, z?]));
    median(rows.map(|v| v.iter().map(|value| value * value).sum::<f64>().sqrt()))
}

/// Whether a column holds a number in some row.
pub(super) fn holds_numbers(sketch: &Sketch, column: usize) -> bool {
    sketch.numbers(column).flatten().take(3).count() > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::AccelUnit;

    fn named(header: &str, n: usize) -> Result<Axes, &'static str> {
        named_in("data.csv", header, n)
    }

    fn named_in(file: &str, header: &str, n: usize) -> Result<Axes, &'static str> {
        let row = (0..n)
            .map(|c| format!("0.{}", c + 1))
            .collect::<Vec<_>>()
            .join(",");
        let text = format!("{header}\n{row}\n{row}\n{row}\n");
        let sketch = Sketch::draw(text.as_bytes(), true, &ReadOptions::default())
            .unwrap()
            .unwrap();
        by_name(&sketch, &FileName::parse(file), &ReadOptions::default()).map_err(|e| e.code())
    }

    #[test]
    fn order_does_not_matter_names_do() {
        assert_eq!(
            named("time,seconds_elapsed,z,y,x", 5).unwrap().columns,
            [4, 3, 2]
        );
        assert_eq!(
            named("time,seconds_elapsed,y,z,x", 5).unwrap().columns,
            [4, 2, 3]
        );
        let header = "Time (s),Gyroscope X (deg/s),Gyroscope Y (deg/s),Gyroscope Z (deg/s),Accelerometer X (g),Accelerometer Y (g),Accelerometer Z (g)";
        let axes = named(header, 7).unwrap();
        assert_eq!(axes.columns, [4, 5, 6]);
        assert_eq!(axes.claim.unit, Claimed::Unit(AccelUnit::G));
    }

    #[test]
    fn acceleration_with_gravity_comes_before_the_rest() {
        assert_eq!(
            named("time,gFx,gFy,gFz,ax,ay,az,wx,wy,wz", 10)
                .unwrap()
                .columns,
            [1, 2, 3]
        );
        let header = "t,motionUserAccelerationX(G),motionUserAccelerationY(G),motionUserAccelerationZ(G),motionGravityX(G),motionGravityY(G),motionGravityZ(G)";
        let axes = named(header, 7).unwrap();
        assert_eq!((axes.columns, axes.plus), ([1, 2, 3], Some([4, 5, 6])));
        let linear = named("t,FreeAcc_X,FreeAcc_Y,FreeAcc_Z", 4).unwrap();
        assert_eq!(linear.claim.gravity, Some(GravityState::Removed));
    }

    #[test]
    fn of_two_accelerometers_one_is_preferred_or_asked_for() {
        let header = "T_CAL,Accel_WR_X_CAL,Accel_WR_Y_CAL,Accel_WR_Z_CAL,Accel_LN_X_CAL,Accel_LN_Y_CAL,Accel_LN_Z_CAL";
        assert_eq!(named(header, 7).unwrap().columns, [4, 5, 6]);
        let header = "t,acceleration.x,acceleration.y,acceleration.z,accelerationIncludingGravity.x,accelerationIncludingGravity.y,accelerationIncludingGravity.z";
        let axes = named(header, 7).unwrap();
        assert_eq!((axes.columns, axes.claim.gravity), ([4, 5, 6], None));
        let header = "t,left_acc_x,left_acc_y,left_acc_z,right_acc_x,right_acc_y,right_acc_z";
        assert_eq!(named(header, 7).unwrap_err(), "needs_columns");
    }

    #[test]
    fn three_columns_of_one_name_are_the_axes() {
        let header = "Time, Acceleration(m/s²), Acceleration(m/s²), Acceleration(m/s²)";
        let axes = named(header, 4).unwrap();
        assert_eq!(axes.columns, [1, 2, 3]);
        assert_eq!(
            axes.claim.unit,
            Claimed::Unit(AccelUnit::MetresPerSecondSquared)
        );
        assert!(named("Time,Speed,Speed,Speed", 4).is_err());
    }

    #[test]
    fn a_sensor_comes_before_itself_uncalibrated() {
        let header = "t,accelerometerUncalibrated_z,accelerometerUncalibrated_y,accelerometerUncalibrated_x,accelerometer_z,accelerometer_y,accelerometer_x";
        assert_eq!(named(header, 7).unwrap().columns, [6, 5, 4]);
    }

    #[test]
    fn another_sensor_is_said_by_columns_or_by_the_file() {
        assert_eq!(
            named("epoch (ms),x-axis (deg/s),y-axis (deg/s),z-axis (deg/s)", 4).unwrap_err(),
            "not_acceleration"
        );
        assert_eq!(
            named_in("Gyroscope.csv", "time,seconds_elapsed,z,y,x", 5).unwrap_err(),
            "not_acceleration"
        );
        assert_eq!(named("time,hr,ppg", 3).unwrap_err(), "not_acceleration");
        let header = "Time (s),Latitude (°),Longitude (°),Height (m),Velocity (m/s),Direction (°)";
        assert_eq!(named(header, 6).unwrap_err(), "not_acceleration");
        assert_eq!(
            named("time,alpha,beta,gamma,delta", 5).unwrap_err(),
            "needs_columns"
        );
    }
}

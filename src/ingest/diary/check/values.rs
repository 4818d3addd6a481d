//! Values that hardly can be, and units that look mixed up.

use super::place;
use crate::ingest::diary::DiaryReading;
use crate::ingest::diary::column::Role;
use crate::ingest::diary::remark::{Remark, Weight};
use crate::model::diary::laboratory::NMOL_L_PER_NG_ML_VITAMIN_D;
use crate::model::diary::medicine::DayDose;
use crate::model::diary::{EventKind, FactorKind, FactorValue, LabTest, LabValue, Rating};

/// Two rows of one night that rate it on the same scale: the first counts.
pub fn twice_rated(reading: &DiaryReading) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for rows in reading.diary.entries.chunk_by(|a, b| a.date == b.date) {
        for rating in Rating::ALL {
            let mut rated = rows
                .iter()
                .filter_map(|row| Some((row, row.ratings.value(rating)?)));
            let Some((first, kept)) = rated.next() else {
                continue;
            };
            for (again, value) in rated {
                remarks.push(Remark {
                    weight: if value == kept {
                        Weight::Note
                    } else {
                        Weight::Error
                    },
                    code: "night_twice",
                    place: Some(place(reading, again.line, |role| {
                        *role == Role::Rating(rating)
                    })),
                    seen: value.to_string(),
                    message: format!(
                        "line {} rates the night of {} with {kept} already; that one counts",
                        first.line, first.date
                    ),
                    fix: "Keep one row a night".to_owned(),
                });
            }
        }
    }
    remarks
}

/// Nights that are very short or long, and lights out by day, which mostly is a `pm` that was left out.
pub fn lights(reading: &DiaryReading) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for entry in &reading.diary.entries {
        let Some(out) = entry.lights_out else {
            continue;
        };
        let by_day = (8..=16).contains(&out.hour());
        if by_day {
            remarks.push(Remark {
                weight: Weight::Question,
                code: "lights_out_by_day",
                place: Some(place(reading, entry.line, |role| *role == Role::LightsOut)),
                seen: out.time().to_string(),
                message: format!("lights out at {} is by day", out.strftime("%H:%M")),
                fix: format!(
                    "If the evening was meant, write {:02}:{:02} or add pm; if not, write the date too",
                    (i16::from(out.hour()) + 12) % 24,
                    out.minute()
                ),
            });
        }
        let Some(on) = entry.lights_on else { continue };
        let hours = on.duration_since(out).as_secs_f64() / 3600.0;
        let message = if hours <= 0.0 {
            format!("lights on ({on}) is not after lights out ({out})")
        } else if hours < 2.0 {
            format!("only {hours:.1} h in bed")
        } else if hours > 16.0 {
            format!("{hours:.1} h in bed")
        } else {
            continue;
        };
        remarks.push(Remark {
            weight: if hours <= 0.0 {
                Weight::Error
            } else {
                Weight::Question
            },
            code: "time_in_bed",
            place: Some(place(reading, entry.line, |role| *role == Role::LightsOn)),
            seen: on.time().to_string(),
            message,
            fix: "Check both times and their am and pm".to_owned(),
        });
    }
    remarks
}

/// Laboratory values out of what laboratories report, jumps that a change of unit explains, ferritin without CRP.
pub fn laboratory(reading: &DiaryReading) -> Vec<Remark> {
    let values = &reading.diary.laboratory;
    let mut remarks: Vec<Remark> = values
        .iter()
        .filter_map(|value| {
            let (code, message, fix) = unlikely(value)?;
            Some(remark(reading, value, Weight::Question, code, message, fix))
        })
        .collect();
    let vitamin_d: Vec<&LabValue> = of(values, LabTest::VitaminD);
    for pair in vitamin_d.windows(2) {
        let (Some(before), Some(after)) = (pair[0].amount(), pair[1].amount()) else {
            continue;
        };
        let ratio = if before > after {
            before / after
        } else {
            after / before
        };
        let is_the_factor = (ratio / NMOL_L_PER_NG_ML_VITAMIN_D - 1.0).abs() < 0.02;
        if is_the_factor {
            remarks.push(remark(
                reading,
                pair[1],
                Weight::Question,
                "unit_mixed_up",
                format!(
                    "vitamin D went from {} ({}) to {} by just the factor between ng/mL and nmol/L",
                    pair[0].as_written, pair[0].date, pair[1].as_written
                ),
                "Check both units on the laboratory's sheets".to_owned(),
            ));
        }
    }
    for ferritin in of(values, LabTest::Ferritin) {
        let has_crp = of(values, LabTest::Crp)
            .iter()
            .any(|crp| crate::model::diary::laboratory::days_apart(crp.date, ferritin.date) <= 7);
        if !has_crp {
            remarks.push(remark(
                reading,
                ferritin,
                Weight::Note,
                "ferritin_without_crp",
                "ferritin rises with inflammation, and no CRP within a week stands beside it"
                    .to_owned(),
                "Add the CRP of the same sample if it was measured".to_owned(),
            ));
        }
    }
    remarks
}

fn of(values: &[LabValue], test: LabTest) -> Vec<&LabValue> {
    values.iter().filter(|value| value.test == test).collect()
}

/// A value that a laboratory hardly reports in this unit, and what may have happened.
fn unlikely(value: &LabValue) -> Option<(&'static str, String, String)> {
    let amount = value.amount()?;
    let (message, fix) = match value.test {
        // Endocrine Society guideline 2011: intoxication above 150 ng/mL.
        LabTest::VitaminD if amount > 150.0 => (
            format!(
                "{} would be {amount:.0} ng/mL, above 150, where it is toxic",
                value.as_written
            ),
            "Was it nmol/L?",
        ),
        LabTest::VitaminD if amount < 3.0 => (
            format!(
                "{} would be {amount:.1} ng/mL, below what tests can measure",
                value.as_written
            ),
            "Was it ng/mL?",
        ),
        LabTest::Crp if amount > 500.0 => (
            format!(
                "{} would be {amount:.0} mg/L, a life-threatening infection",
                value.as_written
            ),
            "Was it mg/L, not mg/dL?",
        ),
        LabTest::Ferritin if amount > 2000.0 => (
            format!("{} would be {amount:.0} ug/L", value.as_written),
            "Check number and unit",
        ),
        LabTest::Ferritin if amount < 1.0 => (
            format!(
                "{} would be {amount} ug/L, below what tests can measure",
                value.as_written
            ),
            "Check number and unit",
        ),
        LabTest::TransferrinSaturation if amount < 1.0 => (
            format!("{} would be {amount} %", value.as_written),
            "Was it a share of one? Then write 22 % for 0.22",
        ),
        _ => return None,
    };
    Some(("unit_mixed_up", message, fix.to_owned()))
}

fn remark(
    reading: &DiaryReading,
    value: &LabValue,
    weight: Weight,
    code: &'static str,
    message: String,
    fix: String,
) -> Remark {
    Remark {
        weight,
        code,
        place: Some(place(reading, value.line, |role| {
            *role == Role::Lab(value.test)
        })),
        seen: value.as_written.clone(),
        message,
        fix,
    }
}

/// A dose that changed by a factor of ten or a thousand: mostly a mark or a unit that slipped.
pub fn doses(reading: &DiaryReading) -> Vec<Remark> {
    reading
        .diary
        .events()
        .into_iter()
        .filter_map(|event| {
            let (EventKind::Medicine(change) | EventKind::Supplement(change)) = event.what else {
                return None;
            };
            let (DayDose::Amount(from), DayDose::Amount(to)) = (&change.from, &change.to) else {
                return None;
            };
            let ratio = if from.value > to.value {
                from.value / to.value
            } else {
                to.value / from.value
            };
            let slipped = from.unit == to.unit
                && [10.0, 100.0, 1000.0]
                    .iter()
                    .any(|factor| (ratio / factor - 1.0).abs() < 1e-6);
            let line = reading.diary.entries_on(event.date).first()?.line;
            slipped.then(|| Remark {
                weight: Weight::Question,
                code: "dose_tenfold",
                place: Some(place(reading, line, |role| {
                    matches!(
                        role,
                        Role::Remedies(_) | Role::OneRemedy(_) | Role::RemedyPart(..)
                    )
                })),
                seen: format!("{} {} {}", change.name, to.value, to.unit),
                message: format!(
                    "the dose before was {} {}: a factor of {ratio:.0}",
                    from.value, from.unit
                ),
                fix: "Check the decimal mark and the unit".to_owned(),
            })
        })
        .collect()
}

/// Caffeine or alcohol without a unit, in numbers that cannot all be cups or all be milligrams.
pub fn mixed_units(reading: &DiaryReading) -> Vec<Remark> {
    /// Nobody notes more cups or glasses a day, and nobody notes as few mg or g.
    const MOST_CUPS: f64 = 15.0;
    let mut remarks = Vec::new();
    for (index, factor) in reading.diary.factors.iter().enumerate() {
        if factor.unit.is_some()
            || !matches!(factor.kind, FactorKind::Caffeine | FactorKind::Alcohol)
        {
            continue;
        }
        let amounts: Vec<(u64, f64)> = reading
            .diary
            .entries
            .iter()
            .filter_map(|entry| match entry.factor(index)? {
                FactorValue::Amount(amount) if *amount > 0.0 => Some((entry.line, *amount)),
                _ => None,
            })
            .collect();
        let many = amounts.iter().find(|(_, amount)| *amount > MOST_CUPS);
        let few = amounts.iter().find(|(_, amount)| *amount <= MOST_CUPS);
        if let (Some((line, many)), Some((few_line, few))) = (many, few) {
            let mut place = place(reading, *line, |role| *role == Role::Factor(factor.kind));
            if let Some(column) = reading
                .columns
                .iter()
                .find(|column| column.name == factor.name)
            {
                place.column = column.number;
                place.header.clone_from(&column.header);
            }
            remarks.push(Remark {
                weight: Weight::Question,
                code: "unit_mixed_up",
                place: Some(place),
                seen: many.to_string(),
                message: format!(
                    "line {few_line} says {few}: both can hardly be in one unit, and the column names none"
                ),
                fix: "Put the unit into the header, as caffeine (mg) or caffeine (cups)".to_owned(),
            });
        }
    }
    remarks
}

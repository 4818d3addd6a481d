//! Values that hardly can be, and units that look mixed up.

use super::{column_of, on_cell};
use crate::ingest::diary::DiaryReading;
use crate::ingest::diary::column::{Column, Role};
use crate::ingest::diary::remark::{Doubt, Remark, Weight};
use crate::model::diary::laboratory::{NMOL_L_PER_NG_ML_VITAMIN_D, days_apart};
use crate::model::diary::{FactorKind, FactorValue, LabTest, LabValue, Rating};

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
                let doubt = Doubt::new(
                    if value == kept {
                        Weight::Note
                    } else {
                        Weight::Error
                    },
                    "night_twice",
                    &format!(
                        "line {} rates the night of {} with {kept} already; that one counts",
                        first.line, first.date
                    ),
                    "Keep one row a night",
                );
                let column = column_of(reading, again.line, |column| {
                    column.role == Role::Rating(rating)
                });
                remarks.push(on_cell(reading, again.line, column, doubt));
            }
        }
    }
    remarks
}

/// Nights that are very short or long, and lights out by day, which mostly is a `pm` that was left out.
pub fn lights(reading: &DiaryReading) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut push = |line: u64, role: Role, code, message: &str, fix: &str| {
        let column = column_of(reading, line, |column| column.role == role);
        let doubt = Doubt::new(Weight::Doubt, code, message, fix);
        remarks.push(on_cell(reading, line, column, doubt));
    };
    for entry in &reading.diary.entries {
        let Some(out) = entry.lights_out else {
            continue;
        };
        if (8..=16).contains(&out.hour()) {
            push(
                entry.line,
                Role::LightsOut,
                "lights_out_by_day",
                &format!("lights out at {} is by day", out.strftime("%H:%M")),
                &format!(
                    "If the evening was meant, write {:02}:{:02} or add pm; if not, write the date too",
                    (i16::from(out.hour()) + 12) % 24,
                    out.minute()
                ),
            );
        }
        let Some(on) = entry.lights_on else { continue };
        let hours = on.duration_since(out).as_secs_f64() / 3600.0;
        let message = if hours < 2.0 {
            format!("only {hours:.1} h in bed")
        } else if hours > 16.0 {
            format!("{hours:.1} h in bed")
        } else {
            continue;
        };
        push(
            entry.line,
            Role::LightsOn,
            "time_in_bed",
            &message,
            "Check both times and their am and pm",
        );
    }
    remarks
}

/// Laboratory values out of what laboratories report, jumps that a change of unit explains, ferritin without CRP.
pub fn laboratory(reading: &DiaryReading) -> Vec<Remark> {
    let values = &reading.diary.laboratory;
    let mut remarks: Vec<Remark> = values
        .iter()
        .filter_map(|value| {
            let column = column_of_test(reading, value);
            let doubt = unlikely(value, name(column, value))?;
            Some(on_cell(reading, value.line, column, doubt))
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
            let column = column_of_test(reading, pair[1]);
            let doubt = Doubt::new(
                Weight::Doubt,
                "unit_mixed_up",
                &format!(
                    "{} went from {} ({}) to {} by just the factor between ng/mL and nmol/L",
                    name(column, pair[1]),
                    pair[0].as_written,
                    pair[0].date,
                    pair[1].as_written
                ),
                "Check both units on the laboratory's sheets",
            );
            remarks.push(on_cell(reading, pair[1].line, column, doubt));
        }
    }
    for ferritin in of(values, LabTest::Ferritin) {
        let has_crp = of(values, LabTest::Crp)
            .iter()
            .any(|crp| days_apart(crp.date, ferritin.date) <= 7);
        if !has_crp {
            let doubt = Doubt::new(
                Weight::Note,
                "ferritin_without_crp",
                "ferritin rises with inflammation, and no CRP within a week stands beside it",
                "Add the CRP of the same sample if it was measured",
            );
            let column = column_of_test(reading, ferritin);
            remarks.push(on_cell(reading, ferritin.line, column, doubt));
        }
    }
    remarks
}

fn of(values: &[LabValue], test: LabTest) -> Vec<&LabValue> {
    values.iter().filter(|value| value.test == test).collect()
}

fn column_of_test<'a>(reading: &'a DiaryReading, value: &LabValue) -> Option<&'a Column> {
    column_of(reading, value.line, |column| {
        column.role == Role::Lab(value.test)
    })
}

/// What the wearer calls the test.
fn name<'a>(column: Option<&'a Column>, value: &LabValue) -> &'a str {
    column.map_or(value.test.name(), |column| &column.name)
}

/// A value that a laboratory hardly reports in this unit, and what may have happened.
fn unlikely(value: &LabValue, name: &str) -> Option<Doubt> {
    let amount = value.amount()?;
    let (message, fix) = match value.test {
        // Endocrine Society guideline 2011: intoxication above 150 ng/mL.
        LabTest::VitaminD if amount > 150.0 => (
            format!("{name} of {amount:.0} ng/mL is above 150, where it is toxic"),
            "Was it nmol/L?",
        ),
        LabTest::VitaminD if amount < 3.0 => (
            format!("{name} of {amount:.1} ng/mL is below what tests can measure"),
            "Was it ng/mL?",
        ),
        LabTest::Crp if amount > 500.0 => (
            format!("{name} of {amount:.0} mg/L is rare even in the worst of infections"),
            "Was it mg/L, not mg/dL?",
        ),
        LabTest::Ferritin if amount > 2000.0 => (
            format!("{name} of {amount:.0} ug/L is rare"),
            "Check number and unit",
        ),
        LabTest::Ferritin if amount < 1.0 => (
            format!("{name} of {amount} ug/L is below what tests can measure"),
            "Check number and unit",
        ),
        LabTest::TransferrinSaturation if amount < 1.0 => (
            format!("{name} of {amount} % is next to nothing"),
            "Was it a share of one? Then write 22 % for 0.22",
        ),
        _ => return None,
    };
    Some(Doubt::new(Weight::Doubt, "unit_mixed_up", &message, fix))
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
        if let (Some((line, _)), Some((few_line, few))) = (many, few) {
            let column = column_of(reading, *line, |column| {
                column.role == Role::Factor(factor.kind) && column.name == factor.name
            });
            let doubt = Doubt::new(
                Weight::Doubt,
                "unit_mixed_up",
                &format!(
                    "line {few_line} says {few}: both can hardly be in one unit, and the column names none"
                ),
                &format!(
                    "Put the unit into the header, as {0} (mg) or {0} (cups)",
                    factor.name
                ),
            );
            remarks.push(on_cell(reading, *line, column, doubt));
        }
    }
    remarks
}

//! A profile of what was found, ready to be edited.

use super::keys::{AccelKeys, ColumnName, TableKeys, TimeKeys, WornKeys};
use super::{Match, Profile};
use crate::ingest::table::layout::{Layout, RowsIn};
use crate::ingest::table::sketch::Sketch;
use crate::ingest::table::stamp_column::StampColumn;
use crate::ingest::time::plan::{Meaning, TimePlan};
use crate::model::recording::Survey;
use crate::model::units::AccelUnit;

impl Profile {
    /// The profile of a table as it is about to be read; `None` for what a profile cannot say (sums of columns, one of
    /// several devices, a clock in several columns).
    pub(in crate::ingest) fn draft(
        sketch: &Sketch,
        layout: &Layout,
        plan: &TimePlan,
        file: &str,
    ) -> Option<Self> {
        let sayable = layout.rows == RowsIn::Table
            && layout.plus.is_none()
            && layout.only.is_empty()
            && plan.stamp.as_ref().is_none_or(StampColumn::is_one_cell);
        if !sayable {
            return None;
        }
        let named = |column: usize| match sketch.headings.get(column) {
            Some(heading) if !heading.text.is_empty() && only_one(sketch, &heading.text) => {
                ColumnName::Name(heading.text.clone())
            }
            _ => ColumnName::Number(column + 1),
        };
        let named_columns = !layout.header.is_empty();
        let rate = match plan.meaning {
            Meaning::Counted { period_ns } => Some(1e9 / period_ns),
            _ => None,
        };
        let suffix = file.rsplit_once('.').map_or("", |(_, suffix)| suffix);
        Some(Self {
            name: format!("my-{}", layout.format.replace('_', "-")),
            files: Match {
                file: Some(if suffix.is_empty() {
                    file.to_owned()
                } else {
                    format!("*.{suffix}")
                }),
                first_line_contains: None,
            },
            table: TableKeys {
                delimiter: Some(layout.dialect.delimiter.name()),
                decimal: Some(char::from(layout.dialect.decimal.byte()).to_string()),
                skip: if named_columns {
                    Some(sketch.preamble.len())
                } else {
                    usize::try_from(layout.data_line).ok()?.checked_sub(1)
                },
                header: Some(named_columns),
            },
            time: TimeKeys {
                column: plan.stamp.as_ref().map(|stamp| named(stamp.column)),
                kind: plan
                    .format
                    .as_ref()
                    .map(|format| format.name())
                    .or_else(|| rate.map(|_| "none".to_owned())),
                rate,
                zone: plan
                    .zone
                    .as_ref()
                    .and_then(|zone| zone.iana_name())
                    .map(str::to_owned),
                ..TimeKeys::default()
            },
            accel: AccelKeys {
                x: Some(named(layout.axes[0])),
                y: Some(named(layout.axes[1])),
                z: Some(named(layout.axes[2])),
                zero_count: (layout.zero != 0.0).then(|| f64::from(layout.zero)),
                ..AccelKeys::default()
            },
            worn: WornKeys::default(),
        })
    }

    /// The same with the unit that the whole file settled.
    #[must_use]
    pub fn settled(mut self, survey: &Survey) -> Self {
        self.accel.unit = Some(survey.unit.name().to_owned());
        if let AccelUnit::Counts { per_g } = survey.unit {
            self.accel.counts_per_g = Some(per_g);
        }
        self.accel.gravity = Some(survey.gravity.name().to_owned());
        self
    }

    /// As TOML, with a word on each part.
    pub fn to_toml(&self) -> String {
        let mut text = String::from(
            "# What was found, ready to be edited: delete what need not be fixed, and keep the file in the settings folder.\n",
        );
        let body = toml::to_string(self).unwrap_or_default();
        for line in body.lines() {
            let note = match line {
                "[match]" => {
                    "# Which files this is for: all conditions must hold (file, first_line_contains).\n"
                }
                "[table]" => "# skip: lines above the header, or above the data without one.\n",
                "[time]" => {
                    "# kind: epoch-s|ms|us|ns, elapsed-s|ms|us|ns, excel-day, matlab-day, julian-day, gps-s, since2001-s, dotnet-ticks, none, or a pattern of %Y %m %d %H %M %S.\n"
                }
                "[accel]" => {
                    "# unit: g, mg, m/s2, or counts with counts_per_g; gravity: included or removed.\n"
                }
                "[worn]" => {
                    "# leg: left or right; placement: ankle, foot, shin, thigh, wrist, ...\n"
                }
                _ => "",
            };
            text.push_str(note);
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}

fn only_one(sketch: &Sketch, name: &str) -> bool {
    let lower = name.to_lowercase();
    sketch
        .headings
        .iter()
        .filter(|heading| heading.text.to_lowercase() == lower)
        .count()
        == 1
}

//! Mi Fitness (Xiaomi): `*_hlth_center_fitness_data.csv` of the account export, records of all kinds with JSON in the cell
//! `Value`. A night has `bedtime` and `wake_up_time` in seconds since 1970 and its stages in `items`: 4 is REM, 5 awake.
//! Whether 2 or 3 is deep is told otherwise by one program than by another; the minutes a stage that stand beside the
//! items settle it, and where they do not, both are asleep. Naps (`watch_daytime_sleep`) are no nights.

use serde::Deserialize;

use super::builder::{Builder, End, List, Written};
use super::error::SleepErrorKind;
use super::export::{Ends, SleepExport, SleepState, WallClock};
use super::plain::folded;
use super::stamp::Stamp;
use super::table::Rows;
use super::{Head, Source};
use crate::model::night::Stage;

/// Whether the head is that of such a table, in either spelling of its columns.
pub fn recognises(head: &Head) -> bool {
    let names: Vec<String> = head.line(0).split(',').map(folded).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    has("key") && has("value") && has("time") && (has("updatetime") || has("lastmodify"))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Night {
    bedtime: Option<f64>,
    wake_up_time: Option<f64>,
    sleep_deep_duration: Option<f64>,
    sleep_light_duration: Option<f64>,
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(alias = "start")]
    start_time: f64,
    #[serde(alias = "end")]
    end_time: f64,
    state: f64,
}

/// What 2 and 3 stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Codes {
    /// 2 deep, 3 light.
    DeepFirst,
    /// 2 light, 3 deep.
    LightFirst,
    /// The minutes beside them fit neither better.
    Unsettled,
}

/// Reads it.
pub fn read(source: &mut Source) -> Result<SleepExport, SleepErrorKind> {
    let mut rows = Rows::new(&mut *source.reader, b',');
    let header = rows.next()?.ok_or(SleepErrorKind::Empty)?;
    let column = |name: &str| header.cells.iter().position(|cell| folded(cell) == name);
    let (Some(key), Some(value)) = (column("key"), column("value")) else {
        return Err(SleepErrorKind::Damaged {
            line: header.line,
            seen: header.cells.join(","),
            expected: "columns Key and Value",
        });
    };
    let mut nights: Vec<(u64, Night)> = Vec::new();
    let mut spoilt = 0_u64;
    let mut builder = Builder::new("sleep_mi_fitness", Ends::Clock);
    while let Some(row) = rows.next()? {
        match row.cell(key) {
            "sleep" | "watch_night_sleep" | "watch_night_sleep_record" | "watch_sleep_report" => {
                match serde_json::from_str::<Night>(row.cell(value)) {
                    Ok(night) => nights.push((row.line, night)),
                    Err(_) => spoilt += 1,
                }
            }
            "watch_daytime_sleep" | "watch_daytime_sleep_record" => builder.leave_out_nap(),
            _ => {}
        }
        if nights.len() > 100_000 {
            return Err(SleepErrorKind::TooLarge {
                what: "more than 100,000 nights",
            });
        }
    }
    let codes = codes(&nights);
    let who = builder.export.source("Mi Fitness");
    for (line, night) in &nights {
        let mut add = |list, from: f64, to: f64, (name, state)| {
            let word = builder.export.word(name);
            let at = |s: f64| Stamp::Instant {
                ns: (s * 1e9) as i64,
                offset_min: None,
            };
            builder.push(Written {
                list,
                line: *line,
                start: at(from),
                end: End::At(at(to)),
                state,
                word,
                source: who,
                clock: WallClock::Unknown,
            })
        };
        if let (Some(from), Some(to)) = (night.bedtime, night.wake_up_time)
            && from < to
        {
            add(List::Nights, from, to, ("night", SleepState::InBed))?;
        }
        for item in &night.items {
            let state = state_of(item.state, codes);
            add(List::Intervals, item.start_time, item.end_time, state)?;
        }
    }
    let any_items = nights.iter().any(|(_, night)| !night.items.is_empty());
    if codes == Codes::Unsettled && any_items {
        builder.export.warn(
            "which of Mi Fitness' numbers is deep sleep and which is light could not be told: both are taken as asleep"
                .to_owned(),
        );
    }
    if spoilt > 0 {
        builder.export.warn(format!(
            "{spoilt} nights were left out: their cells are no JSON"
        ));
    }
    builder.finish(source.options.date_order)
}

/// Which meaning of 2 and 3 gives the minutes that stand beside them, over all nights.
fn codes(nights: &[(u64, Night)]) -> Codes {
    let (mut deep_first, mut light_first) = (0.0, 0.0);
    for (_, night) in nights {
        let (Some(deep), Some(light)) = (night.sleep_deep_duration, night.sleep_light_duration)
        else {
            continue;
        };
        let minutes = |code: f64| -> f64 {
            let items = night.items.iter().filter(|item| item.state == code);
            items
                .map(|item| (item.end_time - item.start_time) / 60.0)
                .sum()
        };
        let (two, three) = (minutes(2.0), minutes(3.0));
        if two + three > 0.0 {
            deep_first += (two - deep).abs() + (three - light).abs();
            light_first += (two - light).abs() + (three - deep).abs();
        }
    }
    // Rounding to minutes must not decide.
    if deep_first * 4.0 < light_first {
        Codes::DeepFirst
    } else if light_first * 4.0 < deep_first {
        Codes::LightFirst
    } else {
        Codes::Unsettled
    }
}

fn state_of(code: f64, codes: Codes) -> (&'static str, SleepState) {
    let deep = ("deep", SleepState::Stage(Stage::N3));
    let light = ("light", SleepState::Stage(Stage::Light));
    match (code, codes) {
        (2.0, Codes::DeepFirst) | (3.0, Codes::LightFirst) => deep,
        (3.0, Codes::DeepFirst) | (2.0, Codes::LightFirst) => light,
        (2.0 | 3.0, Codes::Unsettled) => ("asleep", SleepState::Stage(Stage::Asleep)),
        (4.0, _) => ("rem", SleepState::Stage(Stage::Rem)),
        (5.0, _) => ("awake", SleepState::Stage(Stage::Wake)),
        _ => ("unknown", SleepState::Unknown),
    }
}

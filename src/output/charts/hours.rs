//! The index by the hour, with what was analysed under each: of one night by the clock, or of all nights together since
//! lights out.

use super::canvas::{Anchor, Lettering, Stroke};
use super::clock::NightClock;
use super::hour_bars::{self, HourBar};
use super::kinds::chosen;
use super::legend::{Heading, Legend, Sign};
use super::plot::{Plot, Said};
use super::scale::{Law, Scale};
use super::{ChartError, Drawing, Request, Sheet, study, theme};
use crate::output::fonts::{self, Weight};
use crate::output::rows::{HourRow, NightRow, StudyHourRow, StudyRows};
use crate::output::words::Words;

const PANEL: f64 = 220.0;
/// The row under the bars: what was analysed. Its unit stands below the lowest figure of the axis.
const EXPOSURE: f64 = theme::LINE + 5.0;
/// Room above the highest bar for its figure.
const HEADROOM: f64 = 1.15;

/// Draws the hours of the night that was asked for; of all nights together when none was, and they are known.
///
/// # Errors
/// When the night is not there, or nothing has hours.
pub fn hours(rows: &StudyRows, request: &Request) -> Result<Drawing, ChartError> {
    if request.night.is_none() && !rows.study_hours.is_empty() {
        return pooled(rows, &rows.study_hours, request);
    }
    let words = request.setup.words;
    let night = chosen(rows, request)?;
    let hours: Vec<&HourRow> = rows
        .hours
        .iter()
        .filter(|h| h.night == night.night)
        .collect();
    let (Some(first), Some(last)) = (hours.first(), hours.last()) else {
        return Err(study::nothing(words, "hours.nothing"));
    };
    let clock = NightClock::of(night);
    let analysed: Vec<(f64, f64, f64)> = hours
        .iter()
        .map(|hour| (hour.start_s, hour.end_s, hour.analysed_min))
        .collect();
    let chart = Hours {
        said: said(night, words),
        rules: study::rules_of(night, words),
        is_plm_index: night.is_plm_index(),
        span: (first.start_s, last.end_s),
        unit: words.say("hours.min"),
        decimals: |_| 0,
        analysed,
        sheet: sheet(&hours, &clock, words),
    };
    let bars = |x: Scale| -> Vec<HourBar> {
        let bar = |hour: &&HourRow| HourBar {
            from: x.px(hour.start_s),
            to: x.px(hour.end_s),
            name: clock.label(hour.start_s),
            per_h: hour.plm_per_h,
            is_analysed: hour.analysed_min > 0.0,
            aasm_per_h: hour.plm_per_h_aasm,
        };
        hours.iter().map(bar).collect()
    };
    let axis = |x: Scale| {
        let ticks = clock.ticks(x, 66.0).into_iter();
        let labels = ticks.map(|tick| (x.px(tick.at_s), tick.label)).collect();
        (labels, clock.title(words))
    };
    chart.draw(request, bars, axis)
}

/// Draws the hours of all nights of a study together.
///
/// # Errors
/// When there is no hour.
pub fn pooled(
    rows: &StudyRows,
    hours: &[StudyHourRow],
    request: &Request,
) -> Result<Drawing, ChartError> {
    let words = request.setup.words;
    let Some(last) = hours.last() else {
        return Err(study::nothing(words, "hours.nothing"));
    };
    let start = |hour: &StudyHourRow| f64::from(hour.hour.saturating_sub(1));
    let analysed = hours
        .iter()
        .map(|hour| (start(hour), start(hour) + 1.0, hour.observed_h))
        .collect();
    // The hours analysed of the nights, as every other caption has them: a sum of rounded hours may differ in its last digit.
    let nights = words.count("study.n_nights", study::used(rows).count());
    let total = words.number(study::hours_used(rows), 1);
    let chart = Hours {
        said: Said {
            id: "hours".to_owned(),
            title: words.say("hours.title_all").to_owned(),
            caption: words.fill(
                "hours.caption_all",
                &[("nights", &nights), ("hours", &total)],
            ),
            alt: words.say("hours.alt_all").to_owned(),
        },
        rules: study::rules(rows, words),
        is_plm_index: study::is_plm_index(rows),
        span: (0.0, f64::from(last.hour)),
        unit: words.say("hours.h"),
        // Half an hour and a little less are told apart: one has a rate.
        decimals: |hours| if hours < 1.0 { 2 } else { 1 },
        analysed,
        sheet: sheet_of_all(hours, words),
    };
    let bars = |x: Scale| -> Vec<HourBar> {
        let bar = |hour: &StudyHourRow| HourBar {
            from: x.px(start(hour)),
            to: x.px(start(hour) + 1.0),
            name: words.fill("hours.number", &[("hour", &hour.hour.to_string())]),
            per_h: hour.plm_per_h,
            is_analysed: hour.observed_h > 0.0,
            aasm_per_h: None,
        };
        hours.iter().map(bar).collect()
    };
    let axis = |x: Scale| {
        let every = if last.hour > 12 { 2 } else { 1 };
        let ticks = (0..=last.hour).step_by(every);
        let labels = ticks.map(|hour| (x.px(f64::from(hour)), hour.to_string()));
        let title = words.say("axis.since_lights_out").to_owned();
        (labels.collect(), title)
    };
    chart.draw(request, bars, axis)
}

/// What the two have in common.
struct Hours<'a> {
    said: Said,
    rules: String,
    is_plm_index: bool,
    /// Ends of the axis, in the unit of the hours' places.
    span: (f64, f64),
    /// What the exposure is counted in.
    unit: &'a str,
    /// Decimals of an exposure.
    decimals: fn(f64) -> usize,
    /// Start, end and exposure of each hour.
    analysed: Vec<(f64, f64, f64)>,
    sheet: Sheet,
}

impl Hours<'_> {
    fn draw(
        self,
        request: &Request,
        bars: impl Fn(Scale) -> Vec<HourBar>,
        axis: impl Fn(Scale) -> (Vec<(f64, String)>, String),
    ) -> Result<Drawing, ChartError> {
        let words = request.setup.words;
        // The bars at no place: for what stands above the panel.
        let unplaced = bars(Scale::linear((0.0, 1.0), (0.0, 1.0)));
        let heading = self.heading(&unplaced, words);
        let mut plot = Plot::new(&request.setup, self.said, &heading, (PANEL, EXPOSURE))?;
        let x = plot.x(Law::Linear, self.span);
        let bars = bars(x);
        let y = plot.y(
            Law::Linear,
            (0.0, hour_bars::highest(&bars, 4.0) * HEADROOM),
        )?;
        let area = plot.area;
        request.draw_line(&mut plot.canvas, area, y)?;
        hour_bars::draw(&mut plot.canvas, area, y, &bars, words)?;
        draw_exposure(
            &mut plot,
            &self.analysed,
            x,
            (self.unit, self.decimals),
            words,
        )?;
        plot.area.bottom += EXPOSURE;
        let (labels, title) = axis(x);
        plot.x_axis(&labels, &title)?;
        Ok(plot.finish(self.sheet))
    }

    fn heading(&self, bars: &[HourBar], words: &Words) -> Heading {
        let mut legend = Legend::default();
        legend.add(Sign::Fill(theme::AREA), self.rules.as_str());
        if bars.iter().any(|bar| bar.aasm_per_h.is_some()) {
            let line = Sign::Line(Stroke(theme::INK, theme::BOLD));
            legend.add(line, words.say("night.legend_aasm"));
        }
        hour_bars::explain(bars, &mut legend, words);
        let key = if self.is_plm_index {
            "night.hourly"
        } else {
            "night.hourly_events"
        };
        Heading::new(words.say(key), legend)
    }
}

/// What was analysed of each hour, where it fits; its unit stands once, before the row.
fn draw_exposure(
    plot: &mut Plot,
    analysed: &[(f64, f64, f64)],
    x: Scale,
    (unit, decimals): (&str, fn(f64) -> usize),
    words: &Words,
) -> Result<(), ChartError> {
    let baseline = plot.area.bottom + EXPOSURE - 5.0;
    plot.canvas.layer("exposure-unit", |pen| {
        pen.text(unit, (theme::EDGE, baseline), Lettering::SOFT)
    })?;
    plot.canvas.layer("exposure", |pen| {
        for (from, to, exposure) in analysed {
            let (from, to) = (x.px(*from), x.px(*to));
            let exact = words.number(*exposure, decimals(*exposure));
            let whole = words.number(*exposure, 0);
            let fits = |text: &&String| {
                fonts::width(text, Weight::Regular, theme::TEXT) <= to - from - 3.0
            };
            if let Some(text) = [&exact, &whole].into_iter().find(fits) {
                let at = ((from + to) / 2.0, baseline);
                pen.text(text, at, Lettering::SOFT.at(Anchor::Middle))?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn said(night: &NightRow, words: &Words) -> Said {
    let hours = words.number(night.analysed_h, 1);
    let grade = night.grade.map_or_else(
        || words.say("format.none").to_owned(),
        |grade| grade.letter().to_string(),
    );
    Said {
        id: format!("hours-{}", night.night),
        title: words.fill(
            "hours.title",
            &[("night", &study::night_name(night, words))],
        ),
        caption: words.fill("hours.caption", &[("hours", &hours), ("grade", &grade)]),
        alt: words.say("hours.alt").to_owned(),
    }
}

fn sheet(hours: &[&HourRow], clock: &NightClock, words: &Words) -> Sheet {
    let head = [
        "night.hour",
        "night.starts",
        "night.minutes",
        "night.n_plm",
        "night.plm_per_h",
        "night.plm_per_h_aasm",
    ];
    let row = |hour: &&HourRow| {
        vec![
            hour.hour.to_string(),
            clock.label(hour.start_s),
            words.number(hour.analysed_min, 0),
            hour.n_plm.to_string(),
            words.number_or_none(hour.plm_per_h, 1),
            words.number_or_none(hour.plm_per_h_aasm, 1),
        ]
    };
    Sheet {
        head: head.map(|key| words.say(key).to_owned()).to_vec(),
        rows: hours.iter().map(row).collect(),
    }
}

fn sheet_of_all(hours: &[StudyHourRow], words: &Words) -> Sheet {
    let head = [
        "night.hour",
        "hours.nights",
        "hours.analysed",
        "night.n_plm",
        "night.plm_per_h",
    ];
    let row = |hour: &StudyHourRow| {
        vec![
            hour.hour.to_string(),
            hour.n_nights.to_string(),
            words.number(hour.observed_h, 1),
            hour.n_plm.to_string(),
            words.number_or_none(hour.plm_per_h, 1),
        ]
    };
    Sheet {
        head: head.map(|key| words.say(key).to_owned()).to_vec(),
        rows: hours.iter().map(row).collect(),
    }
}

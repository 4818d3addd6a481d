//! A study to draw: nights by rule, a diary by rule, and the figures that analysis would have put beside them.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use legtrace::model::body::{Leg, Placement};
use legtrace::model::quality::Grade;
use legtrace::model::span::SpanKind;
use legtrace::output::rows::{
    AgreementLimitsRow, AgreementRow, AssociationRow, BenchmarkRow, ComparisonRow, EventRow,
    FactorRow, FileRow, IntervalRow, LocalTime, NightRow, PairRow, PeriodogramRow, ProfileRow,
    RatingRow, StudyRows,
};

use super::rows::Plan;

const FIRST: Date = date(2024, 5, 1);

fn day(at: usize) -> Date {
    FIRST
        .checked_add((at as i64).days())
        .expect("a date of this century")
}

/// A wave between 0 and 1 that no two nights share.
fn wave(at: usize) -> f64 {
    (at as f64 * 2.399).sin() / 2.0 + 0.5
}

/// How the nights of a study are.
pub struct Course {
    pub nights: usize,
    pub legs: Vec<Option<Leg>>,
    pub placement: Placement,
    /// 1 for the usual number of movements.
    pub movements: f64,
    /// Days without a night.
    pub is_missing: fn(usize) -> bool,
}

impl Course {
    /// One leg; every seventh day has no night.
    pub fn of(nights: usize) -> Self {
        Self {
            nights,
            legs: vec![Some(Leg::Left)],
            placement: Placement::Ankle,
            movements: 1.0,
            is_missing: |at| at % 7 == 5,
        }
    }

    pub fn rows(&self) -> StudyRows {
        let mut rows = StudyRows::default();
        let days = (0..).filter(|at| !(self.is_missing)(*at));
        let days: Vec<usize> = days.take(self.nights).collect();
        for (number, at) in days.iter().enumerate() {
            self.add_night(&mut rows, number, *at);
        }
        let last = days.last().copied().unwrap_or(0);
        rows.profile = profile(self.nights, self.movements);
        rows.intervals = intervals(&rows, self.movements);
        add_diary(&mut rows, last);
        add_pairs(&mut rows);
        add_proof(&mut rows);
        rows
    }

    fn add_night(&self, rows: &mut StudyRows, number: usize, at: usize) {
        let id = format!("n{number}");
        let plan = Plan {
            hours: 6.4 + 1.6 * wave(at + 3),
            movements_per_h: self.movements * (8.0 + 34.0 * wave(at)),
            legs: self.legs.clone(),
            placement: self.placement,
            spans: if number % 5 == 3 {
                vec![(SpanKind::Gap, 2.0, 3.2), (SpanKind::OffLeg, 4.0, 4.4)]
            } else {
                vec![
                    (SpanKind::Still, 1.5, 2.4),
                    (SpanKind::PostureChange, 3.0, 3.0),
                ]
            },
            ..Plan::default()
        };
        let mut night = plan.night();
        let row = &mut night.night;
        row.night = id.clone();
        row.date = Some(day(at));
        let start = day(at).at(22, (50.0 * wave(at + 1)) as i8, 0, 0);
        row.start_local = Some(LocalTime::new(start, None));
        row.start_utc = None;
        row.periodicity_index_ferri = (self.movements > 0.0).then(|| 0.4 + 0.5 * wave(at));
        row.at_least = number % 6 == 4;
        row.grade = Some([Grade::A, Grade::B, Grade::A, Grade::C][number % 4]);
        add_method(row, self.legs.len());
        night
            .movements
            .iter_mut()
            .for_each(|row| row.night = id.clone());
        night
            .hours
            .iter_mut()
            .for_each(|row| row.night = id.clone());
        night
            .spans
            .iter_mut()
            .for_each(|row| row.night = id.clone());
        night
            .traces
            .iter_mut()
            .for_each(|trace| trace.night = id.clone());
        rows.files.push(FileRow {
            file: format!("{id}.csv"),
            outcome: "analysed".into(),
            night: Some(id),
            sha256: Some(format!("{number:064x}")),
            ..FileRow::default()
        });
        rows.nights.push(night.night);
        rows.movements.extend(night.movements);
        rows.hours.extend(night.hours);
        rows.spans.extend(night.spans);
        rows.traces.extend(night.traces);
    }
}

/// What the pages tell of device and method.
fn add_method(row: &mut NightRow, n_legs: usize) {
    let one_leg = if n_legs == 1 { ";one_leg" } else { "" };
    row.flags = Some(format!("estimated_window{one_leg}"));
    row.per = "hour in bed".into();
    row.version = "0.1.0".into();
    row.device = Some("Axivity AX3".into());
    row.detector = Some("envelope".into());
    row.settings_sha256 = Some("0123456789abcdef".repeat(4));
    row.effective_hz = Some(49.97);
    row.resolution_mg = Some(3.9);
    row.floor_mg = Some(2.4);
    row.off_threshold_mg = Some(10.0);
    row.calibration_error_before_mg = Some(12.1);
    row.calibration_error_after_mg = Some(3.2);
    row.periodicity_index_wasm = row.periodicity_index_ferri.map(|index| index * 0.9);
}

/// A study of `n` nights; every seventh day has none.
pub fn study(n: usize) -> StudyRows {
    Course::of(n).rows()
}

fn profile(n: usize, movements: f64) -> Vec<ProfileRow> {
    let point = |at: u32| {
        let middle = movements * (20.0 - (f64::from(at) - 7.0).abs() * 1.4);
        let n_nights = (n as u32).min(1 + at.min(18 - at) * (n as u32) / 4);
        ProfileRow {
            clock: format!("{:02}:{:02}", (22 + at / 2) % 24, at % 2 * 30),
            after_noon_min: 600 + 30 * at,
            window_min: 60,
            n_nights,
            p10_plm_per_h: (n_nights >= 10).then_some(middle * 0.3),
            p25_plm_per_h: (n_nights >= 4).then_some(middle * 0.6),
            median_plm_per_h: Some(middle),
            p75_plm_per_h: (n_nights >= 4).then_some(middle * 1.3),
            p90_plm_per_h: (n_nights >= 10).then_some(middle * 1.7),
        }
    };
    (0..=18).map(point).collect()
}

/// Bins of 0.1 in the logarithm, as the interval distribution has them, with a peak at 22 s.
fn intervals(rows: &StudyRows, movements: f64) -> Vec<IntervalRow> {
    if movements == 0.0 {
        return Vec::new();
    }
    let bins = |night: Option<String>, scale: f64, shift: f64| {
        (0..45).map(move |bin| {
            let low = f64::from(bin) * 0.1;
            let from_peak = (low - 22.0_f64.ln() - shift) / 0.5;
            IntervalRow {
                night: night.clone(),
                low_s: low.exp(),
                high_s: (low + 0.1).exp(),
                n: (scale * (-from_peak * from_peak / 2.0).exp()) as u32,
            }
        })
    };
    let each = rows
        .nights
        .iter()
        .enumerate()
        .flat_map(|(at, night)| bins(Some(night.night.clone()), 20.0, 0.3 * (wave(at) - 0.5)));
    bins(None, 20.0 * rows.nights.len() as f64, 0.0)
        .chain(each)
        .collect()
}

fn add_diary(rows: &mut StudyRows, last: usize) {
    for at in 0..=last {
        if at % 9 == 4 {
            continue;
        }
        let date = day(at);
        let night = rows.nights.iter().find(|night| night.date == Some(date));
        rows.ratings.push(RatingRow {
            date,
            night: night.map(|night| night.night.clone()),
            rating: "severity".into(),
            value: (10.0 * wave(at * 3)).round(),
            scale_low: 0.0,
            scale_high: 10.0,
        });
        let mut factor = |name: &str, kind: &str, unit: Option<&str>, value: Option<f64>| {
            rows.factors.push(FactorRow {
                date,
                factor: name.into(),
                kind: kind.into(),
                unit: unit.map(str::to_owned),
                value,
                words: None,
            });
        };
        factor(
            "Caffeine",
            "caffeine",
            Some("mg"),
            Some((240.0 * wave(at + 5)).round()),
        );
        factor("Alcohol", "alcohol", Some("drinks"), Some((at % 3) as f64));
        factor(
            "Gut symptoms",
            "gut",
            None,
            Some(f64::from(u8::from(at % 4 == 1))),
        );
        factor(
            "Pramipexole",
            "medicine",
            Some("mg"),
            Some(if at < 9 { 0.125 } else { 0.25 }),
        );
        if at % 20 == 2 {
            factor(
                "Ferritin",
                "laboratory",
                Some("ug/L"),
                Some(38.0 + at as f64),
            );
            factor("CRP", "laboratory", Some("mg/L"), Some(1.2));
        }
    }
    for (at, label) in [
        (3, "journey"),
        (9, "pramipexole 0.125 → 0.25 mg"),
        (10, "cold <b>"),
    ] {
        if at <= last {
            rows.events.push(EventRow {
                date: day(at),
                kind: "noted".into(),
                label: label.into(),
            });
        }
    }
}

fn add_pairs(rows: &mut StudyRows) {
    let rating = |date| rows.ratings.iter().find(move |row| row.date == date);
    let pairs: Vec<PairRow> = rows
        .nights
        .iter()
        .filter_map(|night| {
            let date = night.date?;
            Some(PairRow {
                measure: "plm_per_h".into(),
                rating: "severity".into(),
                lag: "next_day".into(),
                night: night.night.clone(),
                date: Some(date),
                value: night.plm_per_h?,
                rated: rating(date)?.value,
            })
        })
        .collect();
    let n = pairs.len() as u32;
    rows.pairs = pairs;
    rows.associations.push(AssociationRow {
        measure: "plm_per_h".into(),
        rating: "severity".into(),
        lag: "next_day".into(),
        n,
        rho: (n >= 10).then_some(0.12),
        rho_low: (n >= 10).then_some(-0.31),
        rho_high: (n >= 10).then_some(0.5),
        ..AssociationRow::default()
    });
    for (at, name) in [
        "Caffeine",
        "Alcohol",
        "Gut symptoms",
        "a tag of a very long name that goes on and on",
    ]
    .into_iter()
    .enumerate()
    {
        let is_known = at != 1;
        rows.comparisons.push(ComparisonRow {
            measure: "plm_per_h".into(),
            factor: name.into(),
            how: ["with_without", "above_below", "before_after"][at % 3].into(),
            n_with: 4,
            n_without: 9,
            median_with: is_known.then_some(12.0),
            median_without: is_known.then_some(10.0),
            difference_plain: is_known.then_some(2.0 + at as f64),
            difference_plain_low: is_known.then_some(-1.0 - at as f64),
            difference_plain_high: is_known.then_some(4.0 + at as f64),
            difference: is_known.then_some(2.0 - at as f64),
            difference_low: is_known.then_some(-1.5 - at as f64),
            difference_high: is_known.then_some(5.0),
            ..ComparisonRow::default()
        });
    }
}

fn add_proof(rows: &mut StudyRows) {
    let Some(night) = rows.nights.last() else {
        return;
    };
    for at in 0..80 {
        let period_s = 8.0 * (90.0_f64 / 8.0).powf(f64::from(at) / 79.0);
        let peak = (-((period_s.ln() - 22.0_f64.ln()) / 0.08).powi(2)).exp();
        rows.periodogram.push(PeriodogramRow {
            night: night.night.clone(),
            series: "onsets".into(),
            period_s,
            power: 1.0 + 0.4 * wave(at as usize) + 7.0 * peak,
            limit: Some(3.1),
            limit_shuffled: Some(4.0),
        });
    }
    for (at, night) in rows.nights.iter().enumerate() {
        let measured = night.plm_per_h.unwrap_or(0.0);
        let difference = 4.0 * wave(at * 5) - 1.6;
        rows.agreement.push(AgreementRow {
            night: night.night.clone(),
            measure: "plm_per_h".into(),
            reference: measured - difference,
            measured,
            mean: measured - difference / 2.0,
            difference,
        });
    }
    rows.agreement_limits.push(AgreementLimitsRow {
        measure: "plm_per_h".into(),
        n: rows.nights.len() as u32,
        bias: 0.4,
        bias_low: Some(-0.3),
        bias_high: Some(1.1),
        lower: Some(-2.4),
        lower_low: Some(-3.6),
        lower_high: Some(-1.2),
        upper: Some(3.2),
        upper_low: Some(2.0),
        upper_high: Some(4.4),
    });
    for (method, events, f1) in [
        ("envelope", "lm", Some(0.84)),
        ("envelope", "plm", Some(0.88)),
        ("fixed thresholds", "lm", Some(0.71)),
        ("templates", "plm", None),
    ] {
        rows.benchmark.push(BenchmarkRow {
            method: method.into(),
            set: "plain nights at 50 Hz".into(),
            events: events.into(),
            truth: "visible".into(),
            n_nights: 40,
            sensitivity: f1.map(|f1| f1 + 0.07),
            precision: f1.map(|f1| f1 - 0.06),
            f1,
            f1_low: f1.map(|f1| f1 - 0.03),
            f1_high: f1.map(|f1| f1 + 0.03),
            f1_night_median: f1,
            index_bias_per_h: Some(0.4),
            index_mae_per_h: Some(1.0),
            index_icc: Some(0.96),
            ..BenchmarkRow::default()
        });
    }
}

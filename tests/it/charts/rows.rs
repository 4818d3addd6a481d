//! Rows to draw, written by rule: no figure in them comes from our own analysis.

use legtrace::model::body::{Leg, Placement};
use legtrace::model::movement::MovementClass;
use legtrace::model::night::WindowSource;
use legtrace::model::quality::Grade;
use legtrace::model::span::SpanKind;
use legtrace::output::charts::NightRows;
use legtrace::output::rows::{
    HourRow, LocalTime, MOVEMENT_EVENTS, MovementRow, NightRow, PLM_INDEX, SpanRow, Trace,
};

/// A night of rows.
pub struct Night {
    pub night: NightRow,
    pub movements: Vec<MovementRow>,
    pub hours: Vec<HourRow>,
    pub spans: Vec<SpanRow>,
    pub traces: Vec<Trace>,
}

/// What a night shall be like.
pub struct Plan {
    pub hours: f64,
    pub movements_per_h: f64,
    pub legs: Vec<Option<Leg>>,
    pub placement: Placement,
    pub start: Option<&'static str>,
    pub zone: Option<&'static str>,
    /// Kind, start and end in hours.
    pub spans: Vec<(SpanKind, f64, f64)>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            hours: 7.6,
            movements_per_h: 28.0,
            legs: vec![Some(Leg::Left)],
            placement: Placement::Ankle,
            start: Some("2024-05-01T20:41:00Z"),
            zone: Some("Europe/Berlin"),
            spans: vec![
                (SpanKind::PostureChange, 1.1, 1.1),
                (SpanKind::PostureChange, 3.4, 3.4),
                (SpanKind::PostureChange, 6.05, 6.05),
            ],
        }
    }
}

/// Numbers from 0 to 1 that are the same everywhere (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl Plan {
    pub fn night(&self) -> Night {
        let mut dice = Dice(7);
        let movements = self.movements(&mut dice);
        let spans = self.spans();
        let is_leg = !self.placement.is_off_the_legs();
        let length_s = self.hours * 3600.0;
        let bed = (length_s * 0.06, length_s * 0.95);
        let hours = self.hour_rows(&movements, bed);
        let n_plm = movements.iter().filter(|m| m.plm).count();
        let analysed_h = (bed.1 - bed.0) / 3600.0;
        let start_utc = self.start.and_then(|text| text.parse().ok());
        let index = n_plm as f64 / analysed_h;
        let night = NightRow {
            night: "1".into(),
            date: self.start.map(|_| jiff::civil::date(2024, 5, 1)),
            legs: match self.legs.as_slice() {
                [None] => None,
                [Some(leg)] => Some(leg.letter().to_string()),
                _ => Some("L+R".into()),
            },
            placement: self.placement,
            start_utc: start_utc.filter(|_| self.zone.is_some()),
            start_local: self.start.and_then(|_| {
                let civil = "2024-05-01T22:41:00".parse().ok()?;
                Some(LocalTime::new(civil, None))
            }),
            zone: self.zone.map(str::to_owned),
            recorded_h: self.hours,
            lights_out_s: bed.0,
            lights_on_s: bed.1,
            window_source: Some(WindowSource::Estimate),
            in_bed_h: analysed_h,
            analysed_h,
            grade: Some(Grade::B),
            flags: Some("one_leg".into()),
            reasons: Some(
                "One leg was recorded: movements of the other alone are not seen.".into(),
            ),
            label: if is_leg { PLM_INDEX } else { MOVEMENT_EVENTS }.into(),
            rules: "wasm2016".into(),
            plm_per_h: Some(index),
            plm_per_h_low: Some(index * 0.7),
            plm_per_h_high: Some(index * 1.35),
            plm_per_h_at_0_7x: Some(index * 1.2),
            plm_per_h_at_1_4x: Some(index * 0.8),
            plm_per_h_by_chance: Some(index * 0.5),
            plm_p_by_chance: Some(0.01),
            plm_per_h_aasm: Some(index * 1.05),
            on_threshold_mg: Some(21.0),
            ..NightRow::default()
        };
        let traces = self
            .legs
            .iter()
            .map(|leg| self.trace(*leg, &movements, &mut dice));
        Night {
            traces: traces.collect(),
            night,
            movements,
            hours,
            spans,
        }
    }

    fn is_unseen(&self, hour: f64) -> bool {
        self.spans.iter().any(|(kind, from, to)| {
            matches!(kind, SpanKind::Gap | SpanKind::OffLeg) && (*from..*to).contains(&hour)
        })
    }

    fn movements(&self, dice: &mut Dice) -> Vec<MovementRow> {
        let n = (self.hours * self.movements_per_h) as usize;
        let mut onsets: Vec<f64> = (0..n).map(|_| dice.next() * self.hours * 3595.0).collect();
        onsets.sort_by(f64::total_cmp);
        onsets.retain(|onset| !self.is_unseen(onset / 3600.0));
        let mut rows = Vec::new();
        for (at, onset_s) in onsets.into_iter().enumerate() {
            let kind = at % 12;
            let plm = (at / 12) % 2 == 0 && kind < 8;
            rows.push(MovementRow {
                night: "1".into(),
                leg: self.legs[at % self.legs.len()],
                class: match kind {
                    10 => MovementClass::Gross,
                    11 => MovementClass::Posture,
                    _ => MovementClass::LegMovement,
                },
                onset_utc: None,
                onset_local: None,
                onset_s,
                end_s: onset_s + 2.5,
                duration_s: 2.5,
                peak_mg: Some(60.0 + 700.0 * dice.next()),
                area_mg_s: None,
                floor_mg: None,
                net_tilt_deg: None,
                held_tilt_deg: None,
                fast_share: None,
                bursts: None,
                in_bed: true,
                stage: None,
                candidate: plm || kind == 8,
                plm,
                plm_aasm: plm,
                series: plm.then_some(at as u32 / 24 + 1),
                series_aasm: None,
                imi_s: None,
                combined_id: Some(at as u32 + 1),
                why: String::new(),
                why_aasm: String::new(),
            });
        }
        rows
    }

    fn spans(&self) -> Vec<SpanRow> {
        let row = |(kind, from, to): &(SpanKind, f64, f64)| SpanRow {
            night: "1".into(),
            leg: self.legs[0],
            kind: *kind,
            start_utc: None,
            start_local: None,
            start_s: from * 3600.0,
            end_s: to * 3600.0,
            duration_s: (to - from) * 3600.0,
        };
        self.spans.iter().map(row).collect()
    }

    fn hour_rows(&self, movements: &[MovementRow], bed: (f64, f64)) -> Vec<HourRow> {
        let mut rows = Vec::new();
        let mut start_s = bed.0;
        while start_s < bed.1 {
            let end_s = (start_s + 3600.0).min(bed.1);
            let n = |of: fn(&MovementRow) -> bool| {
                let inside = |m: &&MovementRow| (start_s..end_s).contains(&m.onset_s) && of(m);
                movements.iter().filter(inside).count() as u32
            };
            let middle = (start_s + end_s) / 7200.0;
            let hours = (end_s - start_s) / 3600.0;
            let n_plm = n(|m| m.plm);
            let index = (!self.is_unseen(middle)).then(|| f64::from(n_plm) / hours);
            rows.push(HourRow {
                night: "1".into(),
                hour: rows.len() as u32 + 1,
                start_utc: None,
                start_local: None,
                start_s,
                end_s,
                analysed_min: index.map_or(0.0, |_| hours * 60.0),
                n_lm: n(|_| true),
                n_clm: n(|m| m.candidate),
                n_plm,
                plm_per_h: index,
                n_plm_aasm: n_plm,
                plm_per_h_aasm: index.map(|value| value * 1.05),
                rhythm_period_s: None,
                rhythm_strength: None,
                rhythm_p: None,
            });
            start_s = end_s;
        }
        rows
    }

    fn trace(&self, leg: Option<Leg>, movements: &[MovementRow], dice: &mut Dice) -> Trace {
        let seconds = (self.hours * 3600.0) as usize;
        let mut max: Vec<f32> = (0..seconds)
            .map(|_| 3.0 + 3.0 * dice.next() as f32)
            .collect();
        let mut median = vec![2.5; seconds];
        for movement in movements.iter().filter(|m| m.leg == leg) {
            for second in 0..3 {
                if let Some(value) = max.get_mut(movement.onset_s as usize + second) {
                    *value = movement.peak_mg.unwrap_or(0.0) as f32;
                }
            }
        }
        for second in 0..seconds {
            if self.is_unseen(second as f64 / 3600.0) {
                (max[second], median[second]) = (f32::NAN, f32::NAN);
            }
        }
        Trace::new("1", leg, max, median).expect("columns of one length")
    }
}

impl Night {
    pub fn rows(&self) -> NightRows<'_> {
        NightRows {
            night: &self.night,
            movements: &self.movements,
            hours: &self.hours,
            spans: &self.spans,
            traces: &self.traces,
        }
    }
}

//! The studies whose pages are looked at: of every size, with everything missing that can be missing, and with names
//! that mean harm.

use std::sync::OnceLock;

use jiff::civil::date;
use legtrace::analysis::summarize::study::summarize;
use legtrace::model::body::{Leg, Placement};
use legtrace::model::quality::Grade;
use legtrace::model::study::StudySummary;
use legtrace::output::report::{Audience, Options, Paper, StudyView};
use legtrace::output::rows::{
    ByNight, ComparisonRow, FactorRow, FileRow, RatingRow, StudyHourRow, StudyRows,
};
use legtrace::output::words::Language;

use crate::charts::study_rows::{Course, study};

/// What a person can type, and what must stay text: markup, quotes, a formula, letters from right to left with a sign
/// that turns the direction, emoji.
pub const HOSTILE: &str =
    "<script>alert('x')</script> =cmd|' /C calc'!A0 \"quoted\" & לילה \u{202e}gnp 🦵 <b>";

/// A study and what it is called.
pub struct Variant {
    pub name: &'static str,
    pub rows: StudyRows,
    pub summary: StudySummary,
    /// Name for the header.
    pub person: Option<String>,
}

/// How pages are set: language, audience and paper.
pub type Setting = (Language, Audience, Paper);

pub const PATIENT: Setting = (Language::English, Audience::Patient, Paper::A4);
pub const CLINICIAN: Setting = (Language::German, Audience::Clinician, Paper::Letter);

/// All eight ways to set the pages.
pub fn settings() -> Vec<Setting> {
    let mut all = Vec::new();
    for language in Language::ALL {
        for audience in Audience::ALL {
            for paper in Paper::ALL {
                all.push((language, audience, paper));
            }
        }
    }
    all
}

impl Variant {
    pub fn new(name: &'static str, mut rows: StudyRows) -> Self {
        let nights: Vec<_> = rows
            .nights
            .iter()
            .map(|night| ByNight::new(&rows.movements, &rows.spans).study_night(night))
            .collect();
        let summary = summarize(&nights);
        rows.study_hours = StudyHourRow::of(&summary);
        let left_out = summary.left_out.iter();
        rows.left_out = left_out.map(|(night, _)| night.clone()).collect();
        Self {
            name,
            rows,
            summary,
            person: None,
        }
    }

    fn named(self, person: &str) -> Self {
        Self {
            person: Some(person.to_owned()),
            ..self
        }
    }

    pub fn view(&self) -> StudyView<'_> {
        StudyView {
            rows: &self.rows,
            summary: &self.summary,
        }
    }

    pub fn options(&self, (language, audience, paper): Setting) -> Options {
        Options {
            language,
            messages: None,
            audience,
            paper,
            name: self.person.clone(),
            made_on: Some(date(2024, 8, 2)),
        }
    }
}

/// `variant-en-patient-a4`.
pub fn stem(variant: &Variant, (language, audience, paper): Setting) -> String {
    let (language, audience, paper) = (language.code(), audience.name(), paper.name());
    format!("{}-{language}-{audience}-{paper}", variant.name)
}

/// Every study, made once.
pub fn all() -> &'static [Variant] {
    static ALL: OnceLock<Vec<Variant>> = OnceLock::new();
    ALL.get_or_init(made)
}

fn made() -> Vec<Variant> {
    vec![
        Variant::new("nights-1", study(1)),
        Variant::new("nights-2", study(2)).named("P-017"),
        Variant::new("nights-9", study(9)),
        Variant::new("nights-14", study(14)).named("Maria Beispiel"),
        Variant::new("nights-21", study(21)),
        Variant::new("nights-90", study(90)),
        nights_missing(),
        no_diary(),
        two_legs(),
        Variant::new("still-1", still(1)),
        Variant::new("still-9", still(9)),
        irls(),
        Variant::new("long-name", study(9))
            .named(&"Wilhelmine-Friederike von der Hohenau ".repeat(6)),
        many_factors(),
        no_clock(),
        wrist(),
        off_the_leg(),
        hostile(),
    ]
}

/// The study of that name.
pub fn of(name: &str) -> &'static Variant {
    let found = all().iter().find(|variant| variant.name == name);
    found.unwrap_or_else(|| panic!("there is no variant {name}"))
}

/// Days without a night between, nights that are not used, a file that could not be read.
fn nights_missing() -> Variant {
    let course = Course {
        is_missing: |at| at % 7 == 5 || (8..14).contains(&at) || at % 5 == 2,
        ..Course::of(12)
    };
    let mut rows = course.rows();
    for (at, night) in rows.nights.iter_mut().enumerate() {
        if at % 4 == 1 {
            night.grade = Some(Grade::D);
            night.flags = Some("idle_sleep;gaps;estimated_window;one_leg".into());
        }
        if at == 6 {
            night.plm_per_h = None;
            night.plm_per_h_low = None;
            night.plm_per_h_high = None;
        }
    }
    for (file, code) in [("broken.csv", "damaged"), ("minutes.csv", "aggregated")] {
        rows.files.push(FileRow {
            file: file.into(),
            outcome: "refused".into(),
            code: Some(code.into()),
            ..FileRow::default()
        });
    }
    Variant::new("nights-missing", rows)
}

fn no_diary() -> Variant {
    let mut rows = study(9);
    rows.ratings.clear();
    rows.events.clear();
    rows.factors.clear();
    rows.pairs.clear();
    rows.associations.clear();
    rows.comparisons.clear();
    Variant::new("no-diary", rows)
}

fn two_legs() -> Variant {
    let course = Course {
        legs: vec![Some(Leg::Left), Some(Leg::Right)],
        ..Course::of(9)
    };
    Variant::new("two-legs", course.rows())
}

/// Nights without any movement.
fn still(nights: usize) -> StudyRows {
    let course = Course {
        movements: 0.0,
        ..Course::of(nights)
    };
    course.rows()
}

fn irls() -> Variant {
    let mut rows = study(9);
    for row in &mut rows.ratings {
        *row = RatingRow {
            rating: "irls".into(),
            value: row.value * 4.0,
            scale_high: 40.0,
            ..row.clone()
        };
    }
    for pair in &mut rows.pairs {
        pair.rating = "irls".into();
        pair.rated *= 4.0;
    }
    for row in &mut rows.associations {
        row.rating = "irls".into();
    }
    Variant::new("irls", rows)
}

/// More factors than the two pages hold, with long names, and many laboratory values.
fn many_factors() -> Variant {
    let mut rows = study(21);
    let first = rows.factors[0].date;
    for at in 0..8 {
        let name = [
            "Magnesium",
            "Transferrin saturation of the second laboratory",
            "Iron",
            "Screen in the evening",
            "Sport",
            "Late meal",
            "Hitze",
            "Reise",
        ][at];
        rows.comparisons.push(ComparisonRow {
            measure: "plm_per_h".into(),
            factor: name.into(),
            how: "with_without".into(),
            n_with: 5,
            n_without: 12,
            median_with: Some(11.0 + at as f64),
            median_without: Some(12.5),
            difference_plain: Some(at as f64 - 1.0),
            difference_plain_low: Some(at as f64 - 5.0),
            difference_plain_high: Some(at as f64 + 3.0),
            difference: Some(at as f64 - 1.5),
            difference_low: Some(at as f64 - 6.0),
            difference_high: Some(at as f64 + 4.0),
            p: Some(0.2),
            p_corrected: Some(0.81),
            ..ComparisonRow::default()
        });
        rows.factors.push(FactorRow {
            date: first,
            factor: name.into(),
            kind: "laboratory".into(),
            unit: Some("ug/L".into()),
            value: Some(31.5 + at as f64),
            words: None,
        });
    }
    Variant::new("many-factors", rows)
}

fn no_clock() -> Variant {
    let mut rows = study(3);
    for night in &mut rows.nights {
        night.date = None;
        night.start_local = None;
        night.start_utc = None;
        night.zone = None;
    }
    rows.profile.clear();
    rows.pairs.iter_mut().for_each(|pair| pair.date = None);
    Variant::new("no-clock", rows)
}

fn wrist() -> Variant {
    let course = Course {
        legs: vec![None],
        placement: Placement::Wrist,
        ..Course::of(9)
    };
    Variant::new("wrist", course.rows())
}

/// One night, whose sensor lay on a table.
fn off_the_leg() -> Variant {
    let mut rows = Course {
        movements: 0.0,
        ..Course::of(1)
    }
    .rows();
    for night in &mut rows.nights {
        night.grade = Some(Grade::D);
        night.flags = Some("very_short;off_leg;estimated_window;coarse_sensor;one_leg".into());
        night.plm_per_h = None;
        night.plm_per_h_low = None;
        night.plm_per_h_high = None;
        night.off_leg_h = 6.5;
        night.analysed_h = 0.0;
    }
    for hour in &mut rows.hours {
        hour.plm_per_h = None;
        hour.plm_per_h_aasm = None;
        hour.analysed_min = 0.0;
    }
    rows.profile.clear();
    rows.pairs.clear();
    Variant::new("off-the-leg", rows)
}

/// Everything that a person can type means harm.
fn hostile() -> Variant {
    let mut rows = study(14);
    for night in &mut rows.nights {
        night.device = Some(HOSTILE.into());
        night.detector = Some(HOSTILE.into());
        night.zone = Some(HOSTILE.into());
        night.rules = HOSTILE.into();
        night.flags = Some(HOSTILE.into());
    }
    for event in &mut rows.events {
        event.label = HOSTILE.into();
    }
    for (at, row) in rows.comparisons.iter_mut().enumerate() {
        row.factor = format!("{at} {HOSTILE}");
    }
    for row in &mut rows.factors {
        row.factor = format!("{HOSTILE} {}", row.factor);
        row.unit = row.unit.take().map(|unit| format!("{unit} {HOSTILE}"));
        row.words = row
            .value
            .filter(|value| *value > 200.0)
            .map(|_| HOSTILE.into());
    }
    rows.files.push(FileRow {
        file: HOSTILE.into(),
        outcome: "failed".into(),
        code: Some(HOSTILE.into()),
        ..FileRow::default()
    });
    Variant::new("hostile", rows).named(HOSTILE)
}

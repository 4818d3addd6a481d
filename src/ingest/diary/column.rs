//! What a column is, by its header: English and German names, units in brackets or behind the name.
//!
//! A name matches whole, or with a unit or scale behind it (`ferritin_ug_l`, `CRP (mg/dl)`, `severity 0-10`). Anything
//! else is a column of the wearer's own and is kept under its name.

mod heading;
mod names;
mod slips;

use super::medicine;
use crate::model::diary::{FactorKind, LabTest, Rating};
use heading::{fold, is_scale, is_unit, split_bracket, trailing_unit, without_rest};

pub use slips::{differ_by_a_slip, meant_name};

/// What the dates of a row name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateMeaning {
    /// The evening on which the night begins.
    Evening,
    /// The morning on which it ends.
    Morning,
}

impl DateMeaning {
    /// As on the command line: `evening` or `morning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Evening => "evening",
            Self::Morning => "morning",
        }
    }
}

/// Medicine or supplement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// A medicine.
    Medicine,
    /// A supplement.
    Supplement,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The date of the row.
    Date(DateMeaning),
    /// The date of laboratory values: of one test, or of all in the row.
    LabDate(Option<LabTest>),
    /// The unit of a test's values, cell by cell.
    LabUnit(LabTest),
    /// A rating of severity.
    Rating(Rating),
    /// Lights out.
    LightsOut,
    /// Lights on.
    LightsOn,
    /// A laboratory value or a test's result.
    Lab(LabTest),
    /// A factor.
    Factor(FactorKind),
    /// All of the day's remedies in one cell.
    Remedies(Remedy),
    /// The dose of the one remedy that the header names.
    OneRemedy(Remedy),
    /// The name, dose or time of a remedy, together with the columns of the same number.
    RemedyPart(Part, String),
    /// Free tags.
    Tags,
    /// Things that happened.
    Events,
    /// Free text.
    Notes,
}

/// A part of a remedy that is spread over columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its name.
    Name,
    /// How much.
    Dose,
    /// When.
    Time,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// From 1.
    pub number: usize,
    /// As the file words it.
    pub header: String,
    /// Without the unit.
    pub name: String,
    /// The unit in the header.
    pub unit: Option<String>,
    /// What it holds.
    pub role: Role,
}

impl Column {
    /// A cell to the right of the header's last.
    pub fn beyond_header(number: usize) -> Self {
        Self {
            number,
            header: String::new(),
            name: String::new(),
            unit: None,
            role: Role::Factor(FactorKind::Other),
        }
    }
}

/// Columns in the order of the header. A `medicine` column without a `dose` column of its own is a list.
pub fn columns(headers: &[String]) -> Vec<Column> {
    let mut found: Vec<Column> = headers
        .iter()
        .enumerate()
        .map(|(index, header)| column(index + 1, header))
        .collect();
    let slots = |found: &[Column], of: Part| -> Vec<String> {
        found
            .iter()
            .filter_map(|column| match &column.role {
                Role::RemedyPart(part, slot) if *part == of => Some(slot.clone()),
                _ => None,
            })
            .collect()
    };
    let names = slots(&found, Part::Name);
    let doses = slots(&found, Part::Dose);
    for column in &mut found {
        column.role = match &column.role {
            Role::RemedyPart(Part::Name, slot) if !doses.contains(slot) => {
                Role::Remedies(Remedy::Medicine)
            }
            Role::RemedyPart(Part::Dose | Part::Time, slot)
                if !(names.contains(slot) && doses.contains(slot)) =>
            {
                Role::Factor(FactorKind::Other)
            }
            role => role.clone(),
        };
    }
    found
}

/// How many columns of a header are known by name: what decides between delimiters and finds the header's line.
pub fn known(headers: &[String]) -> usize {
    columns(headers)
        .iter()
        .filter(|column| column.role != Role::Factor(FactorKind::Other))
        .count()
}

/// Whether a column says something by a name that we know: its date and free notes say nothing of the night, and a name
/// of the wearer's own could stand in any table.
pub fn says_something(column: &Column) -> bool {
    !matches!(
        column.role,
        Role::Date(_)
            | Role::LabDate(_)
            | Role::LabUnit(_)
            | Role::Notes
            | Role::Factor(FactorKind::Other)
    )
}

/// One name of every role that [`says_something`], as a person would write it.
pub fn names_that_say_something() -> Vec<&'static str> {
    let first = |names: &'static str| names.split('|').next();
    let mut names: Vec<&str> = names::NAMES
        .iter()
        .filter(|(role, _)| !matches!(role, Role::Date(_) | Role::LabDate(_) | Role::Notes))
        .filter_map(|(_, names)| first(names))
        .collect();
    names.extend(first(names::REMEDY));
    names
}

/// Whether a column of this header holds the date of the row. Looks at the names of dates alone: it is asked of every
/// line until the header is found.
pub fn has_date(headers: &[String]) -> bool {
    headers.iter().any(|header| {
        let (name, _) = split_bracket(header.trim());
        let words = fold(name);
        names::NAMES
            .iter()
            .filter(|(role, _)| matches!(role, Role::Date(_) | Role::LabDate(None)))
            .flat_map(|(_, names)| names.split('|'))
            .any(|name| name == words)
    })
}

fn column(number: usize, header: &str) -> Column {
    let header = header.trim();
    let (name, bracket) = split_bracket(header);
    let words = fold(name);
    let (role, rest) = role(&words);
    let bracket = bracket.filter(|text| !is_scale(&fold(text)));
    let unit = bracket
        .map(str::to_owned)
        .or_else(|| (!rest.is_empty() && !is_scale(&rest)).then(|| rest.clone()));
    let takes_doses = unit
        .as_deref()
        .is_some_and(|unit| medicine::unit(unit.trim()).is_some());
    let role = match role {
        // A vitamin D in units is what was swallowed, not what was measured.
        Role::Lab(LabTest::VitaminD) if unit.as_deref().is_some_and(is_iu) => {
            Role::OneRemedy(Remedy::Supplement)
        }
        // An iron in µg/dL is a blood value of the wearer's own.
        Role::OneRemedy(_) if unit.is_some() && !takes_doses => Role::Factor(FactorKind::Other),
        role => role,
    };
    let own_name = match &role {
        Role::OneRemedy(_) => name.split_once(':').map_or(name, |(_, name)| name).trim(),
        _ => name.trim(),
    };
    Column {
        number,
        header: header.to_owned(),
        name: without_rest(own_name, &rest),
        unit,
        role,
    }
}

fn is_iu(unit: &str) -> bool {
    medicine::unit(unit.trim()).is_some_and(|(name, _)| name == "IU")
}

/// The role of a folded header, and what is left behind the name.
fn role(words: &str) -> (Role, String) {
    if let Some(found) = rls6(words) {
        return found;
    }
    for (prefix, remedy) in [
        ("medicine ", Remedy::Medicine),
        ("medikament ", Remedy::Medicine),
        ("supplement ", Remedy::Supplement),
    ] {
        if let Some(rest) = words.strip_prefix(prefix)
            && rest.parse::<u8>().is_err()
        {
            let unit = trailing_unit(rest);
            return (Role::OneRemedy(remedy), unit);
        }
    }
    for (names, part) in [
        (names::REMEDY, Part::Name),
        (names::DOSE, Part::Dose),
        (names::TIME, Part::Time),
    ] {
        for slot in names.split('|').filter_map(|name| words.strip_prefix(name)) {
            let slot = slot.trim();
            if slot.is_empty() || slot.parse::<u8>().is_ok() {
                return (Role::RemedyPart(part, slot.to_owned()), String::new());
            }
        }
    }
    let mut best: Option<(usize, Role, String)> = None;
    let known = names::NAMES
        .iter()
        .flat_map(|(role, names)| names.split('|').map(move |name| (name, role)));
    for (name, role) in known {
        let Some(rest) = words.strip_prefix(name) else {
            continue;
        };
        if !(rest.is_empty() || rest.starts_with(' ')) {
            continue;
        }
        let rest = rest.trim();
        let found = match (role, rest) {
            (_, "") => Some((role.clone(), String::new())),
            (Role::Lab(test), "date" | "datum" | "date taken") => {
                Some((Role::LabDate(Some(*test)), String::new()))
            }
            (Role::Lab(test), "unit" | "units" | "einheit") => {
                Some((Role::LabUnit(*test), String::new()))
            }
            (_, rest) if is_unit(rest) => Some((role.clone(), rest.to_owned())),
            _ => None,
        };
        if let Some((role, rest)) = found
            && best
                .as_ref()
                .is_none_or(|(length, ..)| name.len() > *length)
        {
            best = Some((name.len(), role, rest));
        }
    }
    match best {
        Some((_, role, rest)) => (role, rest),
        None => (Role::Factor(FactorKind::Other), trailing_unit(words)),
    }
}

/// `rls6 3`, `rls 6 item 3`, `rls6_3 (0-10)`.
fn rls6(words: &str) -> Option<(Role, String)> {
    let rest = words
        .strip_prefix("rls6")
        .or_else(|| words.strip_prefix("rls 6"))?;
    let rest = rest.trim();
    let rest = ["item", "frage", "q"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest)
        .trim();
    let item: u8 = rest.split(' ').next()?.parse().ok()?;
    (1..=6)
        .contains(&item)
        .then(|| (Role::Rating(Rating::Rls6(item)), String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str) -> (Role, Option<String>) {
        let column = column(1, header);
        (column.role, column.unit)
    }

    #[test]
    fn english_and_german_names_with_units() {
        for (header, role, unit) in [
            ("date", Role::Date(DateMeaning::Evening), None),
            ("Nacht vom", Role::Date(DateMeaning::Evening), None),
            ("Aufwachdatum", Role::Date(DateMeaning::Morning), None),
            ("Severity (0-10)", Role::Rating(Rating::Severity), None),
            ("RLS-Stärke", Role::Rating(Rating::Severity), None),
            ("IRLS_total", Role::Rating(Rating::Irls), None),
            ("rls6_3", Role::Rating(Rating::Rls6(3)), None),
            ("RLS-6 Item 5", Role::Rating(Rating::Rls6(5)), None),
            ("CGI-Change", Role::Rating(Rating::CgiChange), None),
            ("lights_out", Role::LightsOut, None),
            ("Licht aus", Role::LightsOut, None),
            ("ferritin_ug_l", Role::Lab(LabTest::Ferritin), Some("ug l")),
            (
                "Ferritin (µg/l)",
                Role::Lab(LabTest::Ferritin),
                Some("µg/l"),
            ),
            (
                "ferritin date",
                Role::LabDate(Some(LabTest::Ferritin)),
                None,
            ),
            (
                "25(OH)D [nmol/L]",
                Role::Lab(LabTest::VitaminD),
                Some("nmol/L"),
            ),
            ("Vitamin D", Role::Lab(LabTest::VitaminD), None),
            (
                "Vitamin D (IU)",
                Role::OneRemedy(Remedy::Supplement),
                Some("IU"),
            ),
            (
                "Transferrinsättigung (%)",
                Role::Lab(LabTest::TransferrinSaturation),
                Some("%"),
            ),
            (
                "caffeine_mg",
                Role::Factor(FactorKind::Caffeine),
                Some("mg"),
            ),
            (
                "Sport (min)",
                Role::Factor(FactorKind::Exercise),
                Some("min"),
            ),
            (
                "pramipexole (mg)",
                Role::OneRemedy(Remedy::Medicine),
                Some("mg"),
            ),
            (
                "medicine: opium (drops)",
                Role::OneRemedy(Remedy::Medicine),
                Some("drops"),
            ),
            (
                "iron (µg/dL)",
                Role::Factor(FactorKind::Other),
                Some("µg/dL"),
            ),
            ("Notizen", Role::Notes, None),
        ] {
            assert_eq!(read(header), (role, unit.map(str::to_owned)), "{header}");
        }
    }

    #[test]
    fn a_name_inside_another_is_not_that_name() {
        for header in [
            "severity of back pain",
            "date of birth",
            "weekday",
            "ironing",
            "datum2",
            "cgi test kit",
            "",
        ] {
            assert_eq!(read(header).0, Role::Factor(FactorKind::Other), "{header}");
        }
    }

    #[test]
    fn every_name_that_is_looked_for_is_found() {
        let names = names_that_say_something();
        assert!(names.len() > 20, "{names:?}");
        for name in names {
            let headers = ["date".to_owned(), name.to_owned()];
            assert!(columns(&headers).iter().any(says_something), "{name}");
        }
        let others = ["date", "notes", "weather", "ferritin date"].map(str::to_owned);
        assert!(!columns(&others).iter().any(says_something));
    }

    #[test]
    fn name_dose_and_time_belong_together_when_all_are_there() {
        let roles = |headers: &[&str]| -> Vec<Role> {
            let headers: Vec<String> = headers.iter().map(|h| (*h).to_owned()).collect();
            columns(&headers)
                .into_iter()
                .map(|column| column.role)
                .collect()
        };
        assert_eq!(
            roles(&["medicine 1", "dose 1", "time 1"]),
            [
                Role::RemedyPart(Part::Name, "1".into()),
                Role::RemedyPart(Part::Dose, "1".into()),
                Role::RemedyPart(Part::Time, "1".into()),
            ]
        );
        assert_eq!(
            roles(&["medicine", "time"]),
            [
                Role::Remedies(Remedy::Medicine),
                Role::Factor(FactorKind::Other)
            ]
        );
    }

    #[test]
    fn the_name_keeps_its_spelling_without_the_unit() {
        assert_eq!(column(1, "Screen_time_h").name, "Screen_time");
        assert_eq!(column(1, "Medicine: Opium (drops)").name, "Opium");
        assert_eq!(column(1, "pramipexole (mg)").name, "pramipexole");
    }
}

//! Where a file lies and what it is called: the leg that its name speaks of, and what else tells whose it is.

use std::path::Path;

use crate::model::body::Leg;

/// Where a file lies and what it is called, as far as that tells whose it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Its folder, without words for legs. What lies in different folders is of different people or nights, and is never
    /// put together; empty for files that were named one by one, which may be.
    pub home: String,
    /// The folder and the name, without words for legs: of several pairs at one time the legs that share it belong together.
    pub twin: String,
}

impl Place {
    /// The same place, where it is known whose it is: what is of different people is never put together.
    pub fn of_person(self, person: Option<&str>) -> Self {
        match person {
            Some(person) => Self {
                home: format!("{}/{}", person.to_lowercase(), self.home),
                ..self
            },
            None => self,
        }
    }

    /// Of a file that was found in a folder, or `named` by itself.
    pub fn of(path: &Path, named: bool) -> Self {
        let folder = path.parent().unwrap_or(Path::new(""));
        let home: Vec<String> = folder
            .components()
            .map(|part| without_leg(&part.as_os_str().to_string_lossy()))
            .filter(|part| !part.is_empty())
            .collect();
        let home = home.join("/");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let twin = format!("{home}/{}", without_leg(&name));
        Self {
            home: if named { String::new() } else { home },
            twin,
        }
    }
}

/// The leg that a word in lower case names.
fn leg_of_word(word: &str) -> Option<Leg> {
    match word {
        "left" | "links" | "l" | "leftankle" | "leftleg" | "lefta" => Some(Leg::Left),
        "right" | "rechts" | "r" | "rightankle" | "rightleg" => Some(Leg::Right),
        _ => None,
    }
}

/// The leg that a file name speaks of: a word of its own among `left`, `right`, `links`, `rechts`, `l`, `r`.
pub fn leg_in_name(file: &str) -> Option<Leg> {
    let lower = file.to_lowercase();
    let mut named = lower
        .split(|c: char| !c.is_alphabetic())
        .filter_map(leg_of_word);
    let leg = named.next()?;
    named.all(|other| other == leg).then_some(leg)
}

/// A name as it is written without its words for legs, each with what stands before it.
pub fn name_without_leg(name: &str) -> String {
    let is_between = |c: char| !c.is_alphanumeric();
    let mut kept = String::new();
    let mut rest = name.trim();
    while !rest.is_empty() {
        let start = rest.find(|c: char| !is_between(c)).unwrap_or(rest.len());
        let word = &rest[start..];
        let end = start + word.find(is_between).unwrap_or(word.len());
        if leg_of_word(&rest[start..end].to_lowercase()).is_none() {
            kept.push_str(&rest[if kept.is_empty() { start } else { 0 }..end]);
        }
        rest = &rest[end..];
    }
    kept
}

/// A name in lower case without its words for legs and what stands between words.
fn without_leg(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| leg_of_word(word.trim_matches(|c: char| c.is_numeric())).is_none());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leg_is_a_word_of_its_own() {
        assert_eq!(leg_in_name("2024-05-07_left.csv.gz"), Some(Leg::Left));
        assert_eq!(leg_in_name("Nacht Rechts 3.csv"), Some(Leg::Right));
        assert_eq!(leg_in_name("night_L.csv"), Some(Leg::Left));
        assert_eq!(leg_in_name("accelerometer.csv"), None);
        assert_eq!(leg_in_name("left_right.csv"), None);
    }

    #[test]
    fn legs_leave_a_name_and_nothing_else_does() {
        for (name, without) in [
            ("P01", "P01"),
            ("sub-01_left", "sub-01"),
            ("Rechts P 3", "P 3"),
            ("P01_L_night", "P01_night"),
            ("L01", "L01"),
            ("left", ""),
        ] {
            assert_eq!(name_without_leg(name), without);
        }
    }

    #[test]
    fn what_is_of_two_people_has_two_homes() {
        let of = |person| Place::of(Path::new("c/a.csv"), true).of_person(person).home;
        assert_eq!(of(None), "");
        assert_ne!(of(Some("P1")), of(Some("P2")));
    }

    #[test]
    fn legs_leave_the_name_of_a_place() {
        let place = Place::of(Path::new("/s/P1/Left/night_l_2.csv"), false);
        assert_eq!(place.home, "s/p1");
        assert_eq!(
            place.twin,
            Place::of(Path::new("/s/P1/Right/night_r_2.csv"), false).twin
        );
        assert_eq!(Place::of(Path::new("/s/P1/x.csv"), true).home, "");
    }
}

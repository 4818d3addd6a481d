//! Whose each recording is: as the user says it (`--people`), or as folders tell it. Where nobody does, nobody is
//! invented: a folder a night looks like a folder a person.

mod beside;
mod folders;
mod in_words;
mod table;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::discover::Input;
use super::grouping::Group;
use crate::error::{Error, Kind};
use folders::Folder;

pub use beside::refuse_of_one;

/// Of many people so many are named in a sentence.
const NAMED: usize = 10;

/// Who says whose a recording is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PeopleBy {
    /// Folders, where their names or their recordings tell that they are people's.
    #[default]
    Found,
    /// Nobody: the recordings are of one person.
    Nobody,
    /// The folder below the one that was named; of several that were named, these.
    Folder,
    /// A table with the columns file and person.
    Table(PathBuf),
}

/// Whose the inputs are.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// The person of each input, in their order.
    of: Vec<Option<String>>,
    /// Who said so; `None` while nobody does.
    told: Option<Told>,
    /// The folder of each input that may be a person's.
    folders: Vec<Option<Folder>>,
    /// Whether folders may still tell it.
    is_open: bool,
}

/// Who said whose the recordings are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Told {
    Flag,
    Names,
    Time,
    Table {
        file: String,
        sha256: Option<String>,
    },
}

impl People {
    /// What the user said of the inputs.
    ///
    /// # Errors
    /// When the table cannot be read or does not fit the inputs, or no input lies in a folder.
    pub fn asked(by: &PeopleBy, inputs: &[Input]) -> Result<Self, Error> {
        let folders = folders::of(inputs);
        let nobody = Self {
            of: vec![None; inputs.len()],
            folders,
            ..Self::default()
        };
        match by {
            PeopleBy::Nobody => Ok(nobody),
            PeopleBy::Found => Ok(Self {
                is_open: true,
                ..nobody
            }),
            PeopleBy::Folder if nobody.folders.iter().all(Option::is_none) => Err(Error::new(
                Kind::Usage,
                "group",
                "--people folder: no recording lies in a folder below the one that was named. Give the folder around those of \
                 the people, or --people people.csv, a table with the columns file and person.",
            )
            .with_code("no_people")),
            PeopleBy::Folder => Ok(Self {
                of: nobody.labels(),
                told: Some(Told::Flag),
                ..nobody
            }),
            PeopleBy::Table(path) => {
                let (of, told) = table::read(path, inputs)?;
                Ok(Self {
                    of,
                    told: Some(told),
                    ..nobody
                })
            }
        }
    }

    /// Takes the folders for people where the names of all that hold a recording say so: `P01`, `sub-02`, `patient 3`.
    pub fn by_names(&mut self, recordings: &[usize]) {
        let folders = recordings.iter().filter_map(|&n| self.folders[n].as_ref());
        let labels: BTreeSet<&str> = folders.map(|folder| folder.label.as_str()).collect();
        if self.is_open && labels.len() > 1 && labels.into_iter().all(folders::names_a_person) {
            self.take_folders(Told::Names);
        }
    }

    /// Takes the folders for people where recordings of different folders were made at one time and none of one folder
    /// were. `at_one_time` are pairs of the groups.
    pub fn by_time(&mut self, groups: &[Group], at_one_time: &[(usize, usize)]) {
        let label = |group: usize| {
            let first = groups[group].recordings[0].pieces[0];
            self.folders[first].as_ref().map(|folder| &folder.label)
        };
        let apart = |&(a, b): &(usize, usize)| {
            label(a).is_some() && label(b).is_some() && label(a) != label(b)
        };
        if self.is_open && !at_one_time.is_empty() && at_one_time.iter().all(apart) {
            self.take_folders(Told::Time);
        }
    }

    fn take_folders(&mut self, told: Told) {
        self.of = self.labels();
        self.told = Some(told);
        self.is_open = false;
    }

    fn labels(&self) -> Vec<Option<String>> {
        let label = |folder: &Option<Folder>| folder.as_ref().map(|folder| folder.label.clone());
        self.folders.iter().map(label).collect()
    }

    /// Whose an input is, where anybody says so.
    pub fn of(&self, input: usize) -> Option<&str> {
        self.of[input].as_deref()
    }

    /// Whose a group is: that of its first file that anybody speaks of.
    pub fn of_group(&self, group: &Group) -> Option<&str> {
        pieces(group).find_map(|n| self.of(n))
    }

    /// The people of the groups.
    pub fn names<'a>(&'a self, groups: &'a [Group]) -> BTreeSet<&'a str> {
        groups
            .iter()
            .filter_map(|group| self.of_group(group))
            .collect()
    }

    /// Refuses a group of two people.
    ///
    /// # Errors
    /// When `--as` puts together what is of two people.
    pub fn refuse_mixed(&self, groups: &[Group], inputs: &[&Input]) -> Result<(), Error> {
        for group in groups {
            let known = || pieces(group).filter_map(|n| Some((n, self.of(n)?)));
            let Some((first, whose)) = known().next() else {
                continue;
            };
            if let Some((other, another)) = known().find(|(_, another)| *another != whose) {
                return Err(Error::new(
                    Kind::Usage,
                    "group",
                    format!(
                        "{} is of {whose} and {} of {another}, and they were put together ({}). Leave --as out, or --people.",
                        inputs[first].name, inputs[other].name, group.because
                    ),
                )
                .with_code("needs_grouping"));
            }
        }
        Ok(())
    }

    /// For the manifest: who said it; null where nobody did.
    pub fn to_json(&self) -> Value {
        match &self.told {
            None => Value::Null,
            Some(Told::Flag) => json!({"by": "--people folder"}),
            Some(Told::Names) => json!({"by": "names of folders"}),
            Some(Told::Time) => json!({"by": "folders recorded at one time"}),
            Some(Told::Table { file, sha256 }) => {
                json!({"by": "table", "file": file, "sha256": sha256})
            }
        }
    }

    /// The folder of a person, where folders tell people apart: to be analysed alone.
    pub fn folder_of(&self, person: &str) -> Option<String> {
        let of = |n: &usize| self.of(*n) == Some(person);
        let folder = (0..self.of.len())
            .filter(of)
            .find_map(|n| self.folders[n].as_ref())?;
        (folder.label == person).then(|| folder.path.display().to_string())
    }
}

/// Names in a sentence, the first of many.
pub fn named(names: &BTreeSet<&str>) -> String {
    let shown: Vec<&str> = names.iter().take(NAMED).copied().collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// A name or a path as it is typed: in quotation marks where it has blanks or the like.
pub fn as_typed(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./\\:".contains(c);
    match name.chars().all(is_plain) {
        true => name.to_owned(),
        false => format!("\"{name}\""),
    }
}

fn pieces(group: &Group) -> impl Iterator<Item = usize> + '_ {
    group
        .recordings
        .iter()
        .flat_map(|one| one.pieces.iter().copied())
}

#[cfg(test)]
mod tests;

//! What is said of whose the recordings are, before they are analysed.

use std::collections::BTreeSet;

use super::{People, Told, named};
use crate::pipeline::discover::Input;
use crate::pipeline::grouping::Group;

impl People {
    /// What to say of whose the recordings are, before they are analysed.
    pub fn in_words(
        &self,
        groups: &[Group],
        at_one_time: &[(usize, usize)],
        inputs: &[&Input],
    ) -> Vec<String> {
        let names = self.names(groups);
        let mut lines = Vec::new();
        if let Some(told) = &self.told
            && !names.is_empty()
        {
            let said = match told {
                Told::Flag => "their folders, --people folder".to_owned(),
                Told::Names => "the names of their folders; --people none if it is one person".to_owned(),
                Told::Time => "their folders, whose recordings were made at one time; --people none if it is one \
                                 person"
                    .to_owned(),
                Told::Table { file, .. } => format!("by {file}"),
            };
            lines.push(format!("People: {} ({said}).", named(&names)));
            let unknown: Vec<&Group> = groups
                .iter()
                .filter(|group| self.of_group(group).is_none())
                .collect();
            if let Some(first) = unknown.first() {
                lines.push(format!(
                    "{} of the recordings {} of nobody named, the first {}.",
                    unknown.len(),
                    if unknown.len() == 1 { "is" } else { "are" },
                    inputs[first.recordings[0].pieces[0]].name
                ));
            }
        }
        let alike = at_one_time
            .iter()
            .find(|(a, b)| self.of_group(&groups[*a]) == self.of_group(&groups[*b]));
        match alike {
            Some((a, b)) if self.of_group(&groups[*a]).is_some() => {
                let file = |group: &Group| inputs[group.recordings[0].pieces[0]].name.as_str();
                lines.push(format!(
                    "{} and {} were made at one time, and both are said to be of {}.",
                    file(&groups[*a]),
                    file(&groups[*b]),
                    self.of_group(&groups[*a]).unwrap_or_default()
                ));
            }
            Some(_) => lines.push(format!(
                "Some recordings were made at one time, so they are of several people. Figures over all nights (study.csv, report) \
                 are meant for one: analyse each person's folder into a study of its own for those{}.",
                match self.is_open {
                    true => ", or say whose each is (--people folder, or --people people.csv with the columns file and person)",
                    false => "",
                }
            )),
            None if self.is_open => lines.extend(self.folders_in_words(groups)),
            None => {}
        }
        lines
    }

    /// Several folders of which nobody says what they are.
    fn folders_in_words(&self, groups: &[Group]) -> Option<String> {
        let first = groups.iter().filter_map(|group| {
            let folder = self.folders[group.recordings[0].pieces[0]].as_ref()?;
            Some(folder.label.as_str())
        });
        let labels: BTreeSet<&str> = first.collect();
        (labels.len() > 1).then(|| {
            format!(
                "The recordings lie in {} folders ({}) and are taken for one person's. If each is a person, --people folder says so.",
                labels.len(),
                named(&labels)
            )
        })
    }
}

//! Whose each recording is, where a study's files do not say it: a table with the columns file and person.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use super::error::ListError;
use super::source;
use super::table::Table;

const HEADER: &str = "the columns file and person";

/// A row: a file, a folder or the beginning of a name, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPerson {
    /// A file or a folder as `files.csv` names it; one that ends in `*` is all whose names begin so.
    pub file: String,
    /// Name or code of the person.
    pub person: String,
    /// Line of the row, for messages.
    pub line: u64,
}

impl ListedPerson {
    /// Whether the row speaks of a file, or of a folder that it lies in.
    pub fn speaks_of(&self, file: &str) -> bool {
        match self.file.strip_suffix('*') {
            Some(beginning) => file.starts_with(beginning),
            None => file
                .strip_prefix(self.file.trim_end_matches('/'))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        }
    }
}

/// The rows in order of the file. An empty cell is an error, and so is a file that is given to two people.
///
/// ```
/// use legtrace::ingest::lists::read_people;
/// let people = read_people("file,person\nP01/,P01\nb_*,Ben\n".as_bytes(), "people.csv").unwrap();
/// assert!(people[0].speaks_of("P01/night1.csv") && !people[0].speaks_of("P011/night1.csv"));
/// assert!(people[1].speaks_of("b_night1.csv"));
/// ```
pub fn read_people(from: impl Read, file: &str) -> Result<Vec<ListedPerson>, ListError> {
    let mut table = Table::new(from, file)?;
    let (file, person) = (
        table.need(&["file"], HEADER)?,
        table.need(&["person"], HEADER)?,
    );
    let (mut people, mut row) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    while table.next(&mut row)? {
        let named = table.cell(&row, &file).replace('\\', "/");
        let whose = table.cell(&row, &person);
        if named.is_empty() {
            return Err(table.wrong("", &file, "a file or a folder as files.csv names it"));
        }
        if whose.is_empty() {
            return Err(table.wrong(
                "",
                &person,
                "a name or a code; leave the row out where nobody knows",
            ));
        }
        match seen.insert(named.clone(), whose.to_owned()) {
            Some(before) if before != whose => {
                let expected = format!("{before}, as a row above says of {named}");
                return Err(table.wrong(whose, &person, expected));
            }
            _ => {}
        }
        people.push(ListedPerson {
            file: named,
            person: whose.to_owned(),
            line: table.number(),
        });
    }
    Ok(people)
}

/// The people of a file.
pub fn open_people(path: &Path) -> Result<Vec<ListedPerson>, ListError> {
    let (stream, name) = source::open(path)?;
    read_people(stream, &name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        let error = read_people(text.as_bytes(), "people.csv").unwrap_err();
        error.to_string()
    }

    #[test]
    fn a_row_is_of_a_file_a_folder_or_all_that_begin_so() {
        let of = |file: &str| ListedPerson {
            file: file.to_owned(),
            person: "P1".to_owned(),
            line: 2,
        };
        assert!(of("c/n1.csv").speaks_of("c/n1.csv"));
        assert!(!of("c/n1").speaks_of("c/n1.csv"));
        assert!(of("c").speaks_of("c/n1.csv") && of("c/").speaks_of("c/d/n1.csv"));
        assert!(of("P1_*").speaks_of("P1_n2_left.csv") && !of("P1_*").speaks_of("P10_n2.csv"));
    }

    #[test]
    fn columns_are_found_by_name_and_what_they_lack_is_said() {
        let people = read_people("Person;File\nP1;a\\b.csv\n".as_bytes(), "people.csv").unwrap();
        assert_eq!((people[0].file.as_str(), people[0].line), ("a/b.csv", 2));
        let told = refused("file,who\na.csv,P1\n");
        assert!(told.contains("file and person"), "{told}");
        let told = refused("file,person\na.csv,\n");
        assert!(
            told.contains("line 2") && told.contains("column person"),
            "{told}"
        );
    }

    #[test]
    fn a_file_of_two_people_is_refused() {
        assert!(read_people("file,person\na,P1\na,P1\n".as_bytes(), "p").is_ok());
        let told = refused("file,person\na,P1\na,P2\n");
        assert!(told.contains("line 3") && told.contains("P1"), "{told}");
    }
}

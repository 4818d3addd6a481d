//! `--people people.csv`: the table laid over the inputs.

use std::path::Path;

use super::Told;
use crate::error::{Error, Kind};
use crate::ingest::lists::open_people;
use crate::pipeline::discover::Input;
use crate::pipeline::listed::list_error;
use crate::pipeline::manifest::sha256_of;

/// The person of each input. A row that speaks of no input is an error: it is a slip of the pen more often than not.
pub(super) fn read(path: &Path, inputs: &[Input]) -> Result<(Vec<Option<String>>, Told), Error> {
    let rows = open_people(path).map_err(list_error)?;
    let file = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    let wrong = |line: u64, told: String| {
        Error::new(
            Kind::BadData,
            "read",
            format!("--people {file}, line {line}: {told}"),
        )
        .with_code("bad_row")
    };
    let mut of: Vec<Option<String>> = vec![None; inputs.len()];
    for row in &rows {
        let mut speaks = false;
        for (input, person) in inputs.iter().zip(&mut of) {
            if !names(input).iter().any(|name| row.speaks_of(name)) {
                continue;
            }
            speaks = true;
            match person {
                Some(before) if *before != row.person => {
                    let told = format!(
                        "{} is of {} here and of {before} in a row above.",
                        input.name, row.person
                    );
                    return Err(wrong(row.line, told));
                }
                _ => *person = Some(row.person.clone()),
            }
        }
        if !speaks {
            let like = inputs.first().map_or("", |input| input.name.as_str());
            let told = format!(
                "{:?} is none of the files. They are named as in files.csv, with the folders below the one that was given \
                 ({like}); * at the end stands for all that begin so.",
                row.file
            );
            return Err(wrong(row.line, told));
        }
    }
    let sha256 = sha256_of(path).ok();
    Ok((of, Told::Table { file, sha256 }))
}

/// What a row may call an input: as `files.csv` does, with the folder that was named before it, or by its whole path.
fn names(input: &Input) -> Vec<String> {
    let mut names = vec![
        input.name.clone(),
        input.path.to_string_lossy().replace('\\', "/"),
    ];
    if let Some(folder) = input.within.as_deref().and_then(Path::file_name) {
        names.push(format!("{}/{}", folder.to_string_lossy(), input.name));
    }
    names
}

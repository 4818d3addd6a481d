//! A diary and a sleep export are one person's: beside recordings of several people they would be laid over all.

use std::path::Path;

use super::{as_typed, named};
use crate::error::{Error, Kind};
use crate::pipeline::analyze::{Plan, Request};

/// Refuses a diary beside recordings of several people, and a sleep export where it would be laid over two of them: nights
/// find their part by the time alone.
///
/// # Errors
/// Always one of usage, with what to type.
pub fn refuse_of_one(request: &Request, plan: &Plan) -> Result<(), Error> {
    let people = plan.people.names(&plan.groups);
    let (Some(first), true) = (people.first(), people.len() > 1) else {
        return Ok(());
    };
    let whose = |group: usize| plan.people.of_group(&plan.groups[group]);
    let at_one_time = plan.at_one_time.iter().any(|&(a, b)| whose(a) != whose(b));
    let of_one: Option<(&str, &Path)> = match (&request.diary, request.sleep.first()) {
        (Some(diary), _) => Some(("diary", &diary.path)),
        (None, Some(sleep)) if at_one_time => Some(("sleep", sleep)),
        _ => None,
    };
    let Some((flag, file)) = of_one else {
        return Ok(());
    };
    let recordings = match plan.people.folder_of(first) {
        Some(folder) => as_typed(&folder),
        None => format!("FILES-OF-{first}"),
    };
    let file = as_typed(&file.display().to_string());
    let out = as_typed(&format!("STUDY-OF-{first}"));
    Err(Error::new(
        Kind::Usage,
        flag,
        format!(
            "--{flag} {file} is one person's, and the recordings are of {} people ({}). Analyse each person by themselves: \
             `legtrace analyze {recordings} --{flag} {file} --out {out}`; if all is of one person, add --people none.",
            people.len(),
            named(&people)
        ),
    )
    .with_code("several_people"))
}

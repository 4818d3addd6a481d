//! Many nights: what belongs together, one night after another, and the results of all in one set of tables.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::PathBuf;

use serde_json::Value;

use super::atomic::Existing;
use super::diary::DiaryFile;
use super::discover::{Input, discover};
use super::grouping::{self, Coverage, Group, GroupAs, Grouping, GroupingError, Place};
use super::inspect::{Understood, inspect};
use super::manifest::sha256_of;
use super::people::{People, PeopleBy};
use super::window::WindowFlags;
use super::{Progress, parallel};
use crate::analysis::detect::Preset;
use crate::error::{Error, Kind};
use crate::ingest::ReadOptions;
use crate::model::movement::ShortGross;
use crate::model::recording::Decision;

/// What `analyze` was asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// Folder of the results.
    pub out: PathBuf,
    /// What to do about results that are there.
    pub existing: Existing,
    /// How files are read.
    pub read: ReadOptions,
    /// The flags for reading as typed, for the manifest.
    pub read_as_typed: Value,
    /// How they belong together.
    pub group_as: GroupAs,
    /// Who says whose they are.
    pub people: PeopleBy,
    /// The clocks of two legs are taken as they are.
    pub keep_clocks: bool,
    /// `--lights-out` as typed.
    pub lights_out: Option<String>,
    /// `--lights-on` as typed.
    pub lights_on: Option<String>,
    /// The whole recording is the night.
    pub whole: bool,
    /// Sleep exports.
    pub sleep: Vec<PathBuf>,
    /// Which source of a sleep export.
    pub sleep_source: Option<String>,
    /// The diary, and how it is read.
    pub diary: Option<DiaryFile>,
    /// Name of the rule set that is named first.
    pub rules: String,
    /// Preset of the detector.
    pub preset: Preset,
    /// Lowest threshold for an onset in mg.
    pub on_mg: Option<f32>,
    /// Lowest threshold for an end in mg.
    pub off_mg: Option<f32>,
    /// What becomes of short gross and posture movements.
    pub short_gross: ShortGross,
    /// Parquet beside CSV.
    pub parquet: bool,
    /// Charts.
    pub charts: bool,
}

impl Default for Request {
    /// Nothing said: everything is found, results go to `legtrace-results`.
    fn default() -> Self {
        Self {
            inputs: Vec::new(),
            out: PathBuf::from("legtrace-results"),
            existing: Existing::Keep,
            read: ReadOptions::default(),
            read_as_typed: Value::Object(serde_json::Map::new()),
            group_as: GroupAs::Found,
            people: PeopleBy::Found,
            keep_clocks: false,
            lights_out: None,
            lights_on: None,
            whole: false,
            sleep: Vec::new(),
            sleep_source: None,
            diary: None,
            rules: "wasm2016".to_owned(),
            preset: Preset::default(),
            on_mg: None,
            off_mg: None,
            short_gross: ShortGross::default(),
            parquet: false,
            charts: true,
        }
    }
}

/// A file after the first look.
#[derive(Debug)]
pub struct Looked {
    /// Which file.
    pub input: Input,
    /// What it is, or why it cannot be read. `None`: a single file, which is not looked at twice.
    pub found: Option<Result<Understood, Error>>,
}

/// What will be analysed together.
#[derive(Debug)]
pub struct Plan {
    /// All inputs.
    pub files: Vec<Looked>,
    /// Groups, with indices of `files`.
    pub groups: Vec<Group>,
    /// Pairs of groups that were recorded at one time, so that they are of two people.
    pub at_one_time: Vec<(usize, usize)>,
    /// Whose the files are.
    pub people: People,
}

impl Plan {
    /// One line a group.
    pub fn in_words(&self) -> String {
        let mut lines = Vec::new();
        for (n, group) in self.groups.iter().enumerate() {
            let names: Vec<String> = group
                .recordings
                .iter()
                .map(|one| {
                    let files: Vec<&str> = one
                        .pieces
                        .iter()
                        .map(|&n| self.files[n].input.name.as_str())
                        .collect();
                    match one.leg {
                        Some(leg) => format!("{} ({leg})", files.join(" + ")),
                        None => files.join(" + "),
                    }
                })
                .collect();
            let whose = match self.people.of_group(group) {
                Some(person) => format!(" [{person}]"),
                None => String::new(),
            };
            lines.push(format!(
                "{}. {}{whose}: {}",
                n + 1,
                names.join(" with "),
                group.because
            ));
        }
        for file in &self.files {
            if let Some(Err(error)) = &file.found {
                // What the system said is short, and its code says nothing.
                let why = match error.code() {
                    "io" => error.message(),
                    code => code,
                };
                lines.push(format!("-  {}: {why}", file.input.name));
            }
        }
        let inputs: Vec<&Input> = self.files.iter().map(|file| &file.input).collect();
        lines.extend(
            self.people
                .in_words(&self.groups, &self.at_one_time, &inputs),
        );
        lines.join("\n")
    }
}

impl Plan {
    /// What reading decided, file by file; nothing of a single file, which is not looked at beforehand.
    pub fn decisions(&self) -> Vec<(String, Vec<Decision>)> {
        let each = self.files.iter().filter_map(|file| {
            let found = file.found.as_ref()?.as_ref().ok()?;
            Some((file.input.name.clone(), found.survey.decisions.clone()))
        });
        each.collect()
    }
}

/// Looks at the inputs and puts together what belongs together.
pub fn plan(request: &Request, progress: &mut dyn Progress) -> Result<Plan, Error> {
    let inputs = discover(&request.inputs, &request.out)?;
    let mut people = People::asked(&request.people, &inputs)?;
    let mut files: Vec<Looked> = inputs
        .into_iter()
        .map(|input| Looked { input, found: None })
        .collect();
    let doubtful = |why: String| Error::new(Kind::Usage, "group", why).with_code("needs_grouping");
    if files.len() == 1 {
        if request.group_as == GroupAs::Legs {
            return Err(doubtful(GroupingError::not_two_legs(1).0));
        }
        let leg = request
            .read
            .leg
            .or_else(|| grouping::leg_in_name(&files[0].input.name));
        return Ok(Plan {
            files,
            groups: vec![Group {
                recordings: vec![grouping::Joined {
                    pieces: vec![0],
                    leg,
                }],
                because: "a recording of its own".to_owned(),
            }],
            at_one_time: Vec::new(),
            people,
        });
    }
    progress.begin("looking at files", files.len());
    let found = parallel::in_order(
        &files,
        |file| inspect(&file.input.path, &request.read),
        |n| progress.step(&files[n].input.name),
    );
    for (file, found) in files.iter_mut().zip(found) {
        file.found = Some(found.map_err(super::read_error));
    }
    refuse_copies(&mut files);
    let is_read = |n: &usize| matches!(files[*n].found, Some(Ok(_)));
    people.by_names(&(0..files.len()).filter(is_read).collect::<Vec<_>>());
    let mut index = Vec::new();
    let mut covers = Vec::new();
    for (n, file) in files.iter().enumerate() {
        if let Some(Ok(found)) = &file.found
            && let Some(cover) = coverage(&file.input, found, &request.read, people.of(n))
        {
            index.push(n);
            covers.push(cover);
        }
    }
    let Grouping {
        mut groups,
        refused,
        at_one_time,
    } = grouping::group(&covers, request.group_as).map_err(|error| doubtful(error.0))?;
    if groups.is_empty()
        && let Some((_, why)) = refused.first()
    {
        return Err(doubtful(why.clone()));
    }
    for (n, why) in refused {
        files[index[n]].found = Some(Err(doubtful(why)));
    }
    for piece in groups
        .iter_mut()
        .flat_map(|group| &mut group.recordings)
        .flat_map(|one| &mut one.pieces)
    {
        *piece = index[*piece];
    }
    people.by_time(&groups, &at_one_time);
    let inputs: Vec<&Input> = files.iter().map(|file| &file.input).collect();
    people.refuse_mixed(&groups, &inputs)?;
    Ok(Plan {
        files,
        groups,
        at_one_time,
        people,
    })
}

/// The code of a file that is the same as another.
pub const COPY: &str = "copy";

/// Of files that are the same to the byte one is read: a copy is no other leg, and no other night. Only what has the same
/// size, samples and stamps as another is read once more for it.
fn refuse_copies(files: &mut [Looked]) {
    let shape = |file: &Looked| {
        let found = file.found.as_ref()?.as_ref().ok()?;
        let meta = file.input.path.metadata().ok()?;
        let survey = &found.survey;
        let (first, last) = (survey.first_stamp_ns, survey.last_stamp_ns);
        meta.is_file()
            .then_some((meta.len(), first, last, survey.rows.parsed))
    };
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (n, file) in files.iter().enumerate() {
        if let Some(shape) = shape(file) {
            alike.entry(shape).or_default().push(n);
        }
    }
    for alike in alike.into_values().filter(|alike| alike.len() > 1) {
        let mut first_of: BTreeMap<String, String> = BTreeMap::new();
        for n in alike {
            let Ok(sha256) = sha256_of(&files[n].input.path) else {
                continue;
            };
            match first_of.entry(sha256) {
                Entry::Vacant(vacant) => {
                    vacant.insert(files[n].input.name.clone());
                }
                Entry::Occupied(first) => {
                    let told = format!(
                        "is a copy of {}, to the byte: that one is read.",
                        first.get()
                    );
                    let copy = Error::new(Kind::Usage, "group", told).with_code(COPY);
                    files[n].found = Some(Err(copy));
                }
            }
        }
    }
}

fn coverage(
    input: &Input,
    found: &Understood,
    options: &ReadOptions,
    person: Option<&str>,
) -> Option<Coverage> {
    let info = &found.info;
    Some(Coverage {
        file: input.name.clone(),
        place: Place::of(&input.path, input.is_named()).of_person(person),
        device: info.serial.clone().unwrap_or_else(|| info.format.clone()),
        device_is_known: info.serial.is_some(),
        leg: options
            .leg
            .or(info.leg)
            .or_else(|| grouping::leg_in_name(&input.name)),
        stamps: info.stamps,
        first_ns: found.survey.first_stamp_ns?,
        last_ns: found.survey.last_stamp_ns?,
    })
}

/// The window flags of a request.
pub fn window_flags(request: &Request) -> Result<WindowFlags, Error> {
    WindowFlags::parse(
        request.lights_out.as_deref(),
        request.lights_on.as_deref(),
        request.whole,
    )
}

//! What a sleep export holds, whatever its source: nights and stage intervals with their sources and clocks.

use jiff::tz::TimeZone;

use crate::model::night::Stage;
use crate::model::recording::{Decision, StampKind};

/// What an interval says of the sleeper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SleepState {
    /// In bed: asleep or not.
    InBed,
    /// A stage, or awake.
    Stage(Stage),
    /// The source does not know.
    Unknown,
}

/// Which wall clock stood beside a stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallClock {
    /// None is known.
    Unknown,
    /// UTC and so many minutes.
    Offset(i16),
    /// A zone of [`SleepExport::zones`].
    Zone(u16),
}

/// A stretch of time from `start_ns` to `end_ns`; what they count from says [`SleepExport::stamps`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SleepInterval {
    /// Start in nanoseconds.
    pub start_ns: i64,
    /// End in nanoseconds, not before the start.
    pub end_ns: i64,
    /// What it says.
    pub state: SleepState,
    /// The export's own word for it: index into [`SleepExport::words`].
    pub word: u16,
    /// Who says so: index into [`SleepExport::sources`].
    pub source: u16,
    /// The wall clock beside it.
    pub clock: WallClock,
}

/// Where an interval's end comes from: it decides what a change of the clocks does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Read from a clock, as the start.
    Clock,
    /// The start and a length.
    Length,
}

/// A sleep export as it was read.
#[derive(Debug, Clone)]
pub struct SleepExport {
    /// Short name of the format: `sleep_apple_xml`, `sleep_fitbit_json`, …
    pub format: &'static str,
    /// Files that were read, without folders; members of an archive as `archive/member`.
    pub files: Vec<String>,
    /// What the stamps count from. [`StampKind::Elapsed`]: since the zero of the recording's own clock.
    pub stamps: StampKind,
    /// Whether its wall clocks have no date: the list was made of one night, and which one it was says the recording.
    pub dateless: bool,
    /// How ends were written.
    pub ends: Ends,
    /// Nights or sessions, where the export lists them.
    pub nights: Vec<SleepInterval>,
    /// Stage intervals and times in bed, in the order of the file.
    pub intervals: Vec<SleepInterval>,
    /// Short wakes that lie over the intervals (Fitbit's `shortData`).
    pub short_wakes: Vec<SleepInterval>,
    /// Names of the sources.
    pub sources: Vec<String>,
    /// The export's own words for states.
    pub words: Vec<String>,
    /// Zones that it names.
    pub zones: Vec<TimeZone>,
    /// Zone words that name no one zone (`CDT`).
    pub zone_words: Vec<String>,
    /// What was decided, and why.
    pub decisions: Vec<Decision>,
    /// What the reader should know, a sentence each.
    pub warnings: Vec<String>,
}

/// More intervals than a lifetime of nights has.
pub const MOST_INTERVALS: usize = 4_000_000;

impl SleepExport {
    /// An export without content.
    pub fn new(format: &'static str, stamps: StampKind, ends: Ends) -> Self {
        Self {
            format,
            files: Vec::new(),
            stamps,
            dateless: false,
            ends,
            nights: Vec::new(),
            intervals: Vec::new(),
            short_wakes: Vec::new(),
            sources: Vec::new(),
            words: Vec::new(),
            zones: Vec::new(),
            zone_words: Vec::new(),
            decisions: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.nights.is_empty() && self.intervals.is_empty()
    }

    /// The index of a source's name, added when new.
    pub(super) fn source(&mut self, name: &str) -> u16 {
        index_of(&mut self.sources, name)
    }

    /// The index of a state's word, added when new.
    pub(super) fn word(&mut self, word: &str) -> u16 {
        index_of(&mut self.words, word)
    }

    /// The clock of a named zone; [`WallClock::Unknown`] when no zone has that name.
    pub(super) fn zone(&mut self, name: &str) -> WallClock {
        let Ok(zone) = TimeZone::get(name) else {
            return WallClock::Unknown;
        };
        let at = self
            .zones
            .iter()
            .position(|known| *known == zone)
            .unwrap_or_else(|| {
                self.zones.push(zone);
                self.zones.len() - 1
            });
        u16::try_from(at).map_or(WallClock::Unknown, WallClock::Zone)
    }

    /// Forgets the clocks beside the stamps where all are UTC's: programs write so, whatever clock the wearer had.
    pub(super) fn forget_utc(&mut self) {
        let lists = [&mut self.nights, &mut self.intervals, &mut self.short_wakes];
        let is_utc = |interval: &SleepInterval| {
            matches!(interval.clock, WallClock::Offset(0) | WallClock::Unknown)
        };
        if lists.iter().all(|list| list.iter().all(is_utc)) {
            for interval in lists.into_iter().flatten() {
                interval.clock = WallClock::Unknown;
            }
        }
    }

    /// Remembers a warning once.
    pub(super) fn warn(&mut self, sentence: String) {
        if !self.warnings.contains(&sentence) {
            self.warnings.push(sentence);
        }
    }

    /// Joins another piece of the same export.
    pub(super) fn absorb(&mut self, other: Self) {
        let sources: Vec<u16> = other.sources.iter().map(|name| self.source(name)).collect();
        let words: Vec<u16> = other.words.iter().map(|word| self.word(word)).collect();
        let zones: Vec<WallClock> = other
            .zones
            .iter()
            .map(|zone| match zone.iana_name() {
                Some(name) => self.zone(name),
                None => WallClock::Unknown,
            })
            .collect();
        let place = |mut interval: SleepInterval| {
            let at = |list: &[u16], index: u16| list.get(usize::from(index)).copied().unwrap_or(0);
            interval.source = at(&sources, interval.source);
            interval.word = at(&words, interval.word);
            if let WallClock::Zone(zone) = interval.clock {
                interval.clock = zones
                    .get(usize::from(zone))
                    .copied()
                    .unwrap_or(WallClock::Unknown);
            }
            interval
        };
        self.nights.extend(other.nights.into_iter().map(place));
        self.intervals
            .extend(other.intervals.into_iter().map(place));
        self.short_wakes
            .extend(other.short_wakes.into_iter().map(place));
        self.files.extend(other.files);
        for word in other.zone_words {
            if !self.zone_words.contains(&word) {
                self.zone_words.push(word);
            }
        }
        for warning in other.warnings {
            self.warn(warning);
        }
    }
}

fn index_of(list: &mut Vec<String>, name: &str) -> u16 {
    if let Some(at) = list.iter().position(|known| known == name) {
        return u16::try_from(at).unwrap_or(u16::MAX);
    }
    // Beyond so many names the last one stands for the rest.
    if list.len() >= 1000 {
        return 999;
    }
    list.push(name.to_owned());
    u16::try_from(list.len() - 1).unwrap_or(u16::MAX)
}

//! How the pages speak: the messages of a language in the words of an audience.

use jiff::civil::{Date, Time};

use super::{Audience, Options};
use crate::output::words::Words;

/// Messages, numbers and dates for the pages.
pub(super) struct Voice {
    words: Words,
    audience: Audience,
}

impl Voice {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            words: match &options.messages {
                Some(words) => words.clone(),
                None => Words::of(options.language),
            },
            audience: options.audience,
        }
    }

    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// BCP 47.
    pub(super) fn language(&self) -> &str {
        self.words.code()
    }

    pub(super) fn is_for_clinicians(&self) -> bool {
        self.audience == Audience::Clinician
    }

    pub(super) fn say(&self, key: &str) -> String {
        self.words.say(key).to_owned()
    }

    /// A message that has a form for each audience: `key.patient`, `key.clinician`.
    pub(super) fn by(&self, key: &str) -> String {
        self.say(&format!("{key}.{}", self.audience.name()))
    }

    /// The same with its places filled.
    pub(super) fn fill_by(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.fill(&format!("{key}.{}", self.audience.name()), places)
    }

    pub(super) fn fill(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.words.fill(key, places)
    }

    pub(super) fn count(&self, key: &str, n: usize) -> String {
        self.words.count(key, n)
    }

    /// Movements an hour, hours, mg: one decimal.
    pub(super) fn tenths(&self, value: f64) -> String {
        self.words.number(value, 1)
    }

    /// Ratios from 0 to 1: two decimals.
    pub(super) fn hundredths(&self, value: f64) -> String {
        self.words.number(value, 2)
    }

    pub(super) fn date(&self, date: Date) -> String {
        self.words.date(date)
    }

    pub(super) fn day(&self, date: Date) -> String {
        self.words.day(date)
    }

    pub(super) fn time(&self, time: Time) -> String {
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// `a to b`.
    pub(super) fn range(&self, (low, high): (f64, f64), decimals: usize) -> String {
        let (low, high) = (
            self.words.number(low, decimals),
            self.words.number(high, decimals),
        );
        self.fill("format.to", &[("low", &low), ("high", &high)])
    }

    /// `a–b`, where there is little room.
    pub(super) fn span(&self, (low, high): (f64, f64), decimals: usize) -> String {
        let (low, high) = (
            self.words.number(low, decimals),
            self.words.number(high, decimals),
        );
        format!("{low}–{high}")
    }

    /// A message for a stable word of the tables; the word itself, with spaces, where there is none.
    pub(super) fn word(&self, key: &str, word: &str) -> String {
        self.words.named(key, word)
    }
}

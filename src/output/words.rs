//! The words on charts and pages, by language: one file a language, and nothing else knows a language.
//!
//! A message is found by its key and may hold places: `"{n} nights"`. A third language is a third file: either built in,
//! with a line in [`Language`], or read by [`Words::from_messages`]. Files are held together key by key and place by place.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use jiff::civil::Date;

/// A language of charts and pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English, with a decimal point.
    #[default]
    English,
    /// German, with a decimal comma.
    German,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The code of ISO 639-1, as in `lang="en"` and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::English => include_str!("words/en.toml"),
            Self::German => include_str!("words/de.toml"),
        }
    }
}

/// The messages of one language.
#[derive(Debug, Clone)]
pub struct Words {
    code: String,
    messages: BTreeMap<String, String>,
}

/// What a file of messages lacks or has too much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsError(String);

impl fmt::Display for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WordsError {}

impl Words {
    /// The messages of a language.
    pub fn of(language: Language) -> Self {
        let mut messages = BTreeMap::new();
        // The files are part of the program, and a test reads each: a fault in one cannot come from outside.
        if let Ok(table) = toml::from_str::<toml::Table>(language.file()) {
            gather("", &table, &mut messages);
        }
        Self {
            code: language.code().to_owned(),
            messages,
        }
    }

    /// A language that is not built in: `code` as in `lang="fr"` (BCP 47), and its messages as TOML with the keys and the
    /// places of the English ones.
    ///
    /// # Errors
    /// When the text is no TOML, or a message is missing, unknown, or has other places than the English one.
    pub fn from_messages(code: &str, text: &str) -> Result<Self, WordsError> {
        if code.is_empty() || !code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            let why = format!("{code:?} is no code of a language: write it as in fr or pt-BR");
            return Err(WordsError(why));
        }
        let table = toml::from_str::<toml::Table>(text)
            .map_err(|error| WordsError(format!("the messages are no TOML: {error}")))?;
        let mut messages = BTreeMap::new();
        gather("", &table, &mut messages);
        let english = Self::of(Language::English);
        for (key, message) in &english.messages {
            let Some(own) = messages.get(key) else {
                let why = format!("the message {key} is missing; in English it is {message:?}");
                return Err(WordsError(why));
            };
            if places(own) != places(message) {
                let why =
                    format!("the message {key} is {own:?}, with other places than {message:?}");
                return Err(WordsError(why));
            }
        }
        if let Some(key) = messages
            .keys()
            .find(|key| !english.messages.contains_key(*key))
        {
            return Err(WordsError(format!("nothing asks for the message {key}")));
        }
        Ok(Self {
            code: code.to_owned(),
            messages,
        })
    }

    /// The code of the language, as in `lang="en"`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Every message with its key, in order of the keys.
    pub fn messages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.messages
            .iter()
            .map(|(key, message)| (key.as_str(), message.as_str()))
    }

    /// A message without places; the key itself where there is none, which the tests would have found.
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.messages.get(key).map_or(key, String::as_str)
    }

    /// Whether there is such a message.
    pub fn has(&self, key: &str) -> bool {
        self.messages.contains_key(key)
    }

    /// A message for a stable word of the tables; the word itself, with spaces, where there is none: it may come from a
    /// later version, or from outside.
    pub fn named(&self, key: &str, word: &str) -> String {
        match self.messages.get(key) {
            Some(message) => message.clone(),
            None => word.replace('_', " "),
        }
    }

    /// A message with its places filled. What is filled in is not searched for places again.
    pub fn fill(&self, key: &str, places: &[(&str, &str)]) -> String {
        let mut rest = self.say(key);
        let mut filled = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let value = places.iter().find(|(place, _)| *place == name);
            filled.push_str(value.map_or("", |(_, value)| value));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// One message for one thing, another for several: `key.one` and `key.other`, with the place `{n}` filled.
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = if n == 1 { "one" } else { "other" };
        self.fill(&format!("{key}.{form}"), &[("n", &n.to_string())])
    }

    /// A number with that many decimals.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        let mut text = format!("{value:.decimals$}");
        if text.starts_with('-') && text.chars().all(|c| matches!(c, '-' | '0' | '.')) {
            text.remove(0);
        }
        text.replace('-', "\u{2212}")
            .replace('.', self.say("format.decimal"))
    }

    /// A laboratory value: with no more decimals than a laboratory gives, and none that are zero.
    pub fn laboratory(&self, value: f64) -> String {
        let most = if value.abs() < 10.0 { 2 } else { 1 };
        let decimals = (0..most).find(|n| {
            let scaled = value * 10_f64.powi(*n);
            (scaled - scaled.round()).abs() < 1e-6
        });
        self.number(value, decimals.unwrap_or(most) as usize)
    }

    /// A number with that many decimals, or the sign for what is missing.
    pub fn number_or_none(&self, value: Option<f64>, decimals: usize) -> String {
        value.map_or_else(
            || self.say("format.none").to_owned(),
            |value| self.number(value, decimals),
        )
    }

    /// A date with its year.
    pub fn date(&self, date: Date) -> String {
        self.date_by("format.date", date)
    }

    /// A date without its year, short.
    pub fn day(&self, date: Date) -> String {
        self.date_by("format.day", date)
    }

    fn date_by(&self, key: &str, date: Date) -> String {
        let month = self.say("format.months").split(' ');
        let month = usize::try_from(date.month())
            .ok()
            .and_then(|m| month.clone().nth(m.checked_sub(1)?));
        self.fill(
            key,
            &[
                ("day", &date.day().to_string()),
                ("month", month.unwrap_or("")),
                ("year", &date.year().to_string()),
            ],
        )
    }

    /// Things in a row: `a, b and c`.
    pub fn list(&self, items: &[String]) -> String {
        let mut text = String::new();
        for (at, item) in items.iter().enumerate() {
            let between = match at {
                0 => "",
                _ if at + 1 == items.len() => self.say("format.and"),
                _ => ", ",
            };
            // Writing to a String cannot fail.
            let _ = write!(text, "{between}{item}");
        }
        text
    }
}

/// Nested tables as dotted keys.
fn gather(prefix: &str, table: &toml::Table, into: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        match value {
            toml::Value::Table(inner) => gather(&key, inner, into),
            toml::Value::String(text) => {
                into.insert(key, text.clone());
            }
            _ => {}
        }
    }
}

/// The places of a message, each once.
fn places(message: &str) -> Vec<&str> {
    let mut found: Vec<&str> = message
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_message_with_the_same_places() {
        let english = Words::of(Language::English);
        assert!(english.messages.len() > 20);
        for language in Language::ALL {
            toml::from_str::<toml::Table>(language.file()).expect("a message file is TOML");
            let words = Words::of(language);
            let keys: Vec<_> = words.messages.keys().collect();
            assert_eq!(keys, english.messages.keys().collect::<Vec<_>>());
            for (key, message) in &words.messages {
                assert_eq!(places(message), places(english.say(key)), "{key}");
            }
        }
    }

    #[test]
    fn numbers_and_dates_are_written_as_the_language_does() {
        let date = jiff::civil::date(2024, 3, 5);
        let [english, german] = Language::ALL.map(Words::of);
        assert_eq!(english.number(-12.345, 1), "\u{2212}12.3");
        assert_eq!(english.number(-0.04, 1), "0.0");
        assert_eq!(german.number(12.345, 2), "12,35");
        let laboratory = [46.0, 20.833, 1.4, 0.617].map(|value| german.laboratory(value));
        assert_eq!(laboratory, ["46", "20,8", "1,4", "0,62"]);
        assert_eq!(english.date(date), "5 Mar 2024");
        assert_eq!(german.date(date), "5. März 2024");
        assert_eq!(german.day(date), "5. März");
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        let words = Words::of(Language::English);
        let filled = words.fill("night.title_unnamed", &[("night", "{night}{n}")]);
        assert!(filled.contains("{night}{n}"), "{filled}");
        let items = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(words.list(&items), "a, b and c");
        assert_eq!(words.list(&items[..1]), "a");
    }

    #[test]
    fn a_language_from_outside_has_every_message_or_is_refused() {
        let german = Language::German.file();
        let words = Words::from_messages("de-CH", german).unwrap();
        assert_eq!(words.code(), "de-CH");
        assert_eq!(words.say("trend.date"), "Datum");
        let refused = |code: &str, text: &str| {
            let error = Words::from_messages(code, text).unwrap_err();
            error.to_string()
        };
        assert!(refused("fr", "x = ").contains("no TOML"));
        assert!(refused("f r", german).contains("no code"));
        let lacking = german.replacen("[profile]\ntitle", "[profile]\ntitel", 1);
        assert!(refused("fr", &lacking).contains("profile.title is missing"));
        let misplaced = german.replacen("{low} bis {high}", "{low} bis {hoch}", 1);
        assert!(refused("fr", &misplaced).contains("format.to"));
        let more = format!("{german}\n[more]\nx = \"y\"\n");
        assert!(refused("fr", &more).contains("more.x"));
    }
}

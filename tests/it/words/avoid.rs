//! Looks for words to avoid (`avoid.toml`) in what we say.

/// Words of one kind in one language.
pub struct List {
    pub language: String,
    pub why: String,
    /// Each in lower case, as the words it is made of.
    words: Vec<Vec<String>>,
    pub planted: String,
}

/// All lists, and the sentences that are taken out before looking.
pub struct Avoid {
    pub lists: Vec<List>,
    but: toml::Table,
}

fn split(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn text_of(value: &toml::Value) -> String {
    value.as_str().expect("a text").to_owned()
}

impl Avoid {
    pub fn read() -> Self {
        let table: toml::Table = toml::from_str(include_str!("avoid.toml")).expect("TOML");
        let lists = table["list"].as_array().expect("lists");
        let lists = lists.iter().map(|list| List {
            language: text_of(&list["language"]),
            why: text_of(&list["why"]),
            words: list["words"]
                .as_array()
                .expect("words")
                .iter()
                .map(|word| split(&text_of(word)))
                .collect(),
            planted: text_of(&list["planted"]),
        });
        Self {
            lists: lists.collect(),
            but: table["but"].as_table().expect("exceptions").clone(),
        }
    }

    /// What a text holds that it should not, in that language, with the kind.
    pub fn found(&self, language: &str, text: &str) -> Vec<String> {
        let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(denials) = self.but.get(language).and_then(toml::Value::as_array) {
            for denial in denials {
                text = text.replace(&text_of(denial), " ");
            }
        }
        let text = split(&text);
        let lists = self.lists.iter().filter(|list| list.language == language);
        lists.flat_map(|list| list.found(&text)).collect()
    }
}

impl List {
    fn found(&self, text: &[String]) -> Vec<String> {
        let is_there =
            |words: &&Vec<String>| text.windows(words.len()).any(|part| part == &words[..]);
        let found = self.words.iter().filter(is_there);
        found
            .map(|words| format!("{:?} ({})", words.join(" "), self.why))
            .collect()
    }
}

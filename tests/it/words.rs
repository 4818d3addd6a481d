//! Every message that the program asks for exists, and every message is asked for; none holds a word to avoid.

pub mod avoid;

use std::fs;
use std::path::{Path, PathBuf};

use avoid::Avoid;
use legtrace::output::words::{Language, Words};

fn sources(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("an entry of src").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            into.push(path);
        }
    }
}

/// Keys of the message file, dotted.
fn keys(prefix: &str, table: &toml::Table, into: &mut Vec<String>) {
    for (name, value) in table {
        let key = format!("{prefix}{name}");
        match value.as_table() {
            Some(inner) => keys(&format!("{key}."), inner, into),
            None => into.push(key),
        }
    }
}

/// String literals of the code that look like keys: `section.word`, or `section.{` where the word is filled in.
fn asked(text: &str, sections: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for literal in text.split('"').skip(1) {
        let is_key = sections.iter().any(|section| {
            literal
                .strip_prefix(section.as_str())
                .is_some_and(|rest| rest.starts_with('.') && rest.len() > 1)
        });
        if is_key && !literal.contains(char::is_whitespace) {
            found.push(literal.to_owned());
        }
    }
    found
}

#[test]
fn messages_and_code_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let file = fs::read_to_string(root.join("output/words/en.toml")).expect("the English messages");
    let table: toml::Table = toml::from_str(&file).expect("TOML");
    let sections: Vec<String> = table.keys().cloned().collect();
    let mut known = Vec::new();
    keys("", &table, &mut known);

    let mut files = Vec::new();
    sources(&root.join("output"), &mut files);
    let mut used = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        used.extend(asked(code, &sections));
    }
    assert!(
        used.len() > 30,
        "only {} keys found in the code",
        used.len()
    );

    for key in &used {
        let exists = match key.split_once('{') {
            Some((prefix, _)) => known.iter().any(|k| k.starts_with(prefix)),
            None => {
                known.contains(key)
                    || known.contains(&format!("{key}.other"))
                    || known.contains(&format!("{key}.patient"))
            }
        };
        assert!(exists, "no message {key}");
    }
    for key in &known {
        let forms = [".one", ".other", ".patient", ".clinician"];
        let stem = forms
            .iter()
            .find_map(|form| key.strip_suffix(form))
            .unwrap_or(key);
        let is_used = used.iter().any(|asked| match asked.split_once('{') {
            Some((prefix, _)) => key.starts_with(prefix),
            None => asked == stem || asked == key,
        });
        assert!(is_used, "nothing asks for the message {key}");
    }
}

#[test]
fn no_message_holds_a_word_to_avoid() {
    let avoid = Avoid::read();
    for language in Language::ALL {
        for (key, message) in Words::of(language).messages() {
            let found = avoid.found(language.code(), message);
            assert!(
                found.is_empty(),
                "{} {key}: {message:?}: {found:?}",
                language.code()
            );
        }
    }
}

#[test]
fn every_list_catches_its_planted_sentence() {
    let avoid = Avoid::read();
    for language in Language::ALL {
        let of = |list: &&avoid::List| list.language == language.code();
        assert!(
            avoid.lists.iter().filter(of).count() >= 4,
            "{}",
            language.code()
        );
    }
    for list in &avoid.lists {
        let found = avoid.found(&list.language, &list.planted);
        assert!(
            found.iter().any(|what| what.contains(&list.why)),
            "{}",
            list.planted
        );
        // A word within a longer one is another word.
        let joined = list.planted.replace(' ', "x");
        assert_eq!(avoid.found(&list.language, &joined), Vec::<String>::new());
    }
}

#[test]
fn every_doubt_of_the_analysis_has_its_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let source = fs::read_to_string(root.join("analysis/quality.rs")).expect("the doubts");
    let code = source.split("#[cfg(test)]").next().unwrap_or("");
    // `flag("code", …)`: the first literal after each call.
    let codes: Vec<&str> = code
        .split("flag(")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .collect();
    assert!(codes.len() >= 15, "{codes:?}");
    let words = Words::of(Language::English);
    for code in codes {
        let key = format!("doubt.{code}");
        assert_ne!(words.say(&key), key, "no message {key}");
    }
}

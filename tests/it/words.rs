//! Every message that the program asks for exists, and every message is asked for.

use std::fs;
use std::path::{Path, PathBuf};

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

//! The paths that a source file names, absolute and with their braces taken apart.
//!
//! No parser of Rust: it leans on the shape that `cargo fmt` gives to a file.

/// What a path that is looked at may begin with.
const BEGINNINGS: [&str; 3] = ["crate", "super", "std"];

/// Code without comments (a `//` inside a string may cut a line short, which can only hide, so strings with `//` are rare).
pub fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(n, line)| (n + 1, line.split("//").next().unwrap_or("")))
}

/// Line and path of everything that is named from `crate::`, `super::` or `std::` on; `super` is resolved to `crate::…` by the
/// place of the file below `src` and by the modules that the line stands in.
pub fn named_in(relative: &str, text: &str) -> Vec<(usize, Vec<String>)> {
    let mut at_home = vec!["crate".to_owned()];
    let file = relative.trim_end_matches(".rs");
    if !["lib", "main"].contains(&file) {
        at_home.extend(file.split('/').map(str::to_owned));
    }
    let lines: Vec<(usize, &str)> = code_lines(text).collect();
    // where modules within the file begin: the blanks before each that is open
    let mut open: Vec<usize> = Vec::new();
    let mut named = Vec::new();
    for (at, &(line, code)) in lines.iter().enumerate() {
        let blanks = code.len() - code.trim_start().len();
        if code.trim() == "}" && open.last() == Some(&blanks) {
            open.pop();
        }
        let is_beginning = |from: usize| {
            let before = code[..from].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
        };
        for beginning in BEGINNINGS {
            for (from, _) in code.match_indices(&format!("{beginning}::")) {
                if !is_beginning(from) {
                    continue;
                }
                // a list in braces may go on for lines
                let rest: Vec<&str> = lines[at + 1..].iter().map(|(_, code)| *code).collect();
                let all = format!("{}\n{}", &code[from..], rest.join("\n"));
                for path in taken_apart(&all) {
                    named.push((line, resolved(&at_home, open.len(), path)));
                }
            }
        }
        if opens_a_module(code) {
            open.push(blanks);
        }
    }
    named
}

/// `mod tests {`, as `cargo fmt` writes it.
fn opens_a_module(code: &str) -> bool {
    let words: Vec<&str> = code.split_whitespace().collect();
    matches!(words[..], [.., "mod", _, "{"])
}

/// A path without `super`: each leaves a module, those within the file first.
fn resolved(at_home: &[String], within_file: usize, path: Vec<String>) -> Vec<String> {
    let n = path.iter().take_while(|name| *name == "super").count();
    if n == 0 {
        return path;
    }
    let left = (at_home.len() + within_file).saturating_sub(n).max(1);
    let mut whole: Vec<String> = at_home.iter().take(left).cloned().collect();
    whole.resize(left, "tests".to_owned());
    whole.extend(path.into_iter().skip(n));
    whole
}

/// The paths that the text begins with: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn taken_apart(text: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    take_tree(text, &[], &mut paths);
    paths
}

/// Takes one tree of a `use` off the text, and returns what is left of it.
fn take_tree<'a>(text: &'a str, stem: &[String], paths: &mut Vec<Vec<String>>) -> &'a str {
    let mut path = stem.to_vec();
    let mut rest = text.trim_start();
    loop {
        if let Some(list) = rest.strip_prefix('{') {
            return take_list(list, &path, paths);
        }
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '*';
        let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        if end > 0 {
            path.push(rest[..end].to_owned());
        }
        match rest[end..].strip_prefix("::") {
            Some(after) if end > 0 => rest = after,
            _ => {
                paths.push(path);
                return &rest[end..];
            }
        }
    }
}

fn take_list<'a>(list: &'a str, stem: &[String], paths: &mut Vec<Vec<String>>) -> &'a str {
    let mut rest = list.trim_start();
    loop {
        if let Some(after) = rest.strip_prefix('}') {
            return after;
        }
        rest = take_tree(rest, stem, paths);
        // past `as name`
        let end = rest.find([',', '}']).unwrap_or(rest.len());
        rest = rest[end..].trim_start_matches(',').trim_start();
        if rest.is_empty() {
            return rest;
        }
    }
}

#[test]
fn braces_are_taken_apart_and_super_is_resolved() {
    let named = |file: &str, code: &str| -> Vec<String> {
        let named = named_in(file, code).into_iter();
        named.map(|(_, path)| path.join("::")).collect()
    };
    assert_eq!(
        named("a/b.rs", "use crate::{c::{d as e, f}, g};"),
        ["crate::c::d", "crate::c::f", "crate::g"]
    );
    assert_eq!(
        named("a/b.rs", "use super::super::c;"),
        ["crate::c", "crate::a::c"]
    );
    assert_eq!(named("a.rs", "use super::*;"), ["crate::*"]);
    assert_eq!(
        named("a/b.rs", "mod tests {\n    use super::c;\n}\nuse super::d;"),
        ["crate::a::b::c", "crate::a::d"]
    );
    assert_eq!(
        named("a.rs", "let x = crate::b::f::<T>(y);"),
        ["crate::b::f"]
    );
}

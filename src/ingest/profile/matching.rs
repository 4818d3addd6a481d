//! Which files a profile is for.

use serde::{Deserialize, Serialize};

use super::Profile;
use crate::ingest::text::to_text;

/// Conditions that must all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// The file's name without folders; `*` stands for any letters, `?` for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// A text in the first line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_line_contains: Option<String>,
}

impl Match {
    /// Whether there is no condition.
    pub fn is_empty(&self) -> bool {
        self.file.is_none() && self.first_line_contains.is_none()
    }
}

impl Profile {
    /// Whether a file of this name and head is one of the profile's.
    pub(in crate::ingest) fn matches(&self, file: &str, head: &[u8]) -> bool {
        let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
        let by_name = self.files.file.as_ref().is_none_or(|pattern| {
            let letters: Vec<char> = file.to_lowercase().chars().collect();
            let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
            fits(&pattern, &letters)
        });
        let by_line = self.files.first_line_contains.as_ref().is_none_or(|text| {
            to_text(&first[..first.len().min(64 * 1024)]).contains(text.as_str())
        });
        !self.files.is_empty() && by_name && by_line
    }
}

/// Whether a name fits a pattern with `*` and `?`, in time that grows with the product of their lengths only.
fn fits(pattern: &[char], name: &[char]) -> bool {
    let (mut p, mut n) = (0, 0);
    let mut star = None;
    while n < name.len() {
        if p < pattern.len() && (pattern[p] == '?' || pattern[p] == name[n]) && pattern[p] != '*' {
            p += 1;
            n += 1;
        } else if p < pattern.len() && pattern[p] == '*' {
            star = Some((p, n));
            p += 1;
        } else if let Some((at, from)) = star {
            // let the last star take one letter more
            star = Some((at, from + 1));
            p = at + 1;
            n = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        let fits = |pattern: &str, name: &str| {
            super::fits(
                &pattern.chars().collect::<Vec<_>>(),
                &name.chars().collect::<Vec<_>>(),
            )
        };
        assert!(fits("*_acc.csv", "left_acc.csv"));
        assert!(fits("*acc*", "xaccy"));
        assert!(fits("night?.csv", "night1.csv"));
        assert!(!fits("night?.csv", "night12.csv"));
        assert!(!fits("*_acc.csv", "left_gyr.csv"));
        assert!(!fits("*a*a*a*a*a*b", &"a".repeat(2_000)));
        assert!(fits("*", ""));
    }

    #[test]
    fn all_conditions_must_hold() {
        let profile = Profile {
            files: Match {
                file: Some("*.txt".to_owned()),
                first_line_contains: Some("Logged".to_owned()),
            },
            ..Profile::default()
        };
        assert!(profile.matches("A.TXT", b"Logged started on,1\n"));
        assert!(!profile.matches("a.csv", b"Logged started on,1\n"));
        assert!(!profile.matches("a.txt", b"time,x\nLogged"));
        assert!(!Profile::default().matches("a.txt", b""));
    }
}

//! Exports of vendors whose layout is not public: refused by name, with what to make of them.

use super::Head;
use super::error::SleepErrorKind;

/// A word in the name of the file or in its first lines, and whose export it is.
const VENDORS: [(&str, &str); 2] = [("huawei", "Huawei Health"), ("pillow", "Pillow")];

/// Why such a file is refused; `None` where it names none of them.
pub fn refusal(head: &Head) -> Option<SleepErrorKind> {
    let text = head.text.to_lowercase();
    VENDORS
        .iter()
        .find(|(word, _)| head.name.contains(word) || text.contains(word))
        .map(|(_, vendor)| SleepErrorKind::UnknownLayout { vendor })
}

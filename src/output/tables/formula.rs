//! Text that a spreadsheet would take for a formula.
//!
//! A file name or a tag may begin with `=`, `+`, `-` or `@`; opened in a spreadsheet, such a cell is computed, and may
//! call programs (CSV injection, OWASP). An apostrophe before it makes it text. Tables are also read back, so the
//! apostrophe must come off again and nothing else with it: a text that begins with apostrophes and such a sign gets
//! one apostrophe more, and loses one when it is read.

use std::borrow::Cow;

/// Signs that begin a formula, their full-width forms, and white space that programs skip before one.
const BEGINS_FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether the text, after any apostrophes, begins like a formula.
fn begins_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINS_FORMULA)
}

/// The text as a cell that no spreadsheet computes.
pub(super) fn guard(text: &str) -> Cow<'_, str> {
    if begins_like_formula(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that [`guard`] made a cell of.
pub(super) fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if begins_like_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_come_back() {
        for text in ["=cmd|'/C calc'!A0", "+1", "-2+3", "@SUM(A1)", "\t=1", "＝1"] {
            let cell = guard(text);
            assert_eq!(cell, format!("'{text}"));
            assert_eq!(unguard(&cell), text);
        }
    }

    #[test]
    fn apostrophes_of_the_text_itself_stay() {
        for text in ["'", "''", "'=1", "''=1", "'tis", "O'Neill", "", "plain"] {
            assert_eq!(unguard(&guard(text)), text, "{text}");
        }
        assert_eq!(guard("'tis"), "'tis");
    }
}

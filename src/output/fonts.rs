//! The fonts that charts and the report carry: every machine draws the same, and no label is lost.
//!
//! A family that is missing drops every label without a word, so nothing here looks at the system's fonts.

use std::sync::OnceLock;

use resvg::usvg::fontdb::{Database, Source};
use ttf_parser::Face;

/// The family of all our words.
pub const FAMILY: &str = "Open Sans";
/// The family that stands in for what [`FAMILY`] lacks.
pub const FALLBACK_FAMILY: &str = "DejaVu Sans";

/// [`FAMILY`], upright.
pub static REGULAR: &[u8] = include_bytes!("../../fonts/OpenSans-Regular.ttf");
/// [`FAMILY`], bold.
pub static BOLD: &[u8] = include_bytes!("../../fonts/OpenSans-Bold.ttf");
/// [`FALLBACK_FAMILY`], upright.
pub static FALLBACK: &[u8] = include_bytes!("../../fonts/DejaVuSans.ttf");

/// [`REGULAR`] cut to Latin, Greek and signs, as WOFF2: for a page that must not fetch its fonts.
#[cfg(feature = "report")]
pub static REGULAR_LATIN_WOFF2: &[u8] = include_bytes!("../../fonts/OpenSans-Regular.latin.woff2");
/// The same of [`BOLD`].
#[cfg(feature = "report")]
pub static BOLD_LATIN_WOFF2: &[u8] = include_bytes!("../../fonts/OpenSans-Bold.latin.woff2");

/// How heavy the letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// Upright text.
    #[default]
    Regular,
    /// Headings.
    Bold,
}

/// A database of these fonts and no others.
pub fn database() -> Database {
    let mut database = Database::new();
    for font in [REGULAR, BOLD, FALLBACK] {
        database.load_font_source(Source::Binary(std::sync::Arc::new(font)));
    }
    database
}

fn face(
    font: &'static [u8],
    slot: &'static OnceLock<Option<Face<'static>>>,
) -> Option<&'static Face<'static>> {
    slot.get_or_init(|| Face::parse(font, 0).ok()).as_ref()
}

fn family_face(weight: Weight) -> Option<&'static Face<'static>> {
    static UPRIGHT: OnceLock<Option<Face<'static>>> = OnceLock::new();
    static HEAVY: OnceLock<Option<Face<'static>>> = OnceLock::new();
    match weight {
        Weight::Regular => face(REGULAR, &UPRIGHT),
        Weight::Bold => face(BOLD, &HEAVY),
    }
}

fn fallback_face() -> Option<&'static Face<'static>> {
    static STAND_IN: OnceLock<Option<Face<'static>>> = OnceLock::new();
    face(FALLBACK, &STAND_IN)
}

/// Whether one of the fonts can draw the character.
pub fn covers(character: char) -> bool {
    [family_face(Weight::Regular), fallback_face()]
        .into_iter()
        .flatten()
        .any(|face| face.glyph_index(character).is_some())
}

/// How wide a line of text is, at `size` (in the unit of the result); without kerning, which only makes it narrower.
///
/// Renderers differ in what they do with a line of which [`FAMILY`] lacks a letter: some take that letter from the other
/// font, some (usvg) the whole line. The wider of both is told.
pub fn width(text: &str, weight: Weight, size: f64) -> f64 {
    let advance = |face: Option<&Face>, character: char| {
        let face = face?;
        let advance = face.glyph_hor_advance(face.glyph_index(character)?)?;
        Some(f64::from(advance) / f64::from(face.units_per_em()))
    };
    let (family, fallback) = (family_face(weight), fallback_face());
    let (mut mixed, mut other, mut is_mixed) = (0.0, 0.0, false);
    for character in text.chars() {
        let (own, stand_in) = (advance(family, character), advance(fallback, character));
        is_mixed |= own.is_none();
        mixed += own.or(stand_in).unwrap_or(1.0);
        other += stand_in.or(own).unwrap_or(1.0);
    }
    let wide: f64 = if is_mixed {
        f64::max(mixed, other)
    } else {
        mixed
    };
    wide * size
}

/// What takes the place of a character that no font has.
const STAND_IN: char = '\u{25a1}';

/// Text from outside as a chart can show it: on one line, without signs that steer or hide text (direction overrides,
/// joiners, variants of emoji), and with a box where no font has the character.
pub fn drawable(text: &str) -> String {
    let is_steering = |c: char| {
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
    };
    let kept: String = text
        .chars()
        .filter(|c| !is_steering(*c))
        .map(|c| match c {
            c if c.is_whitespace() || c.is_control() => ' ',
            c if covers(c) => c,
            _ => STAND_IN,
        })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_holds_the_two_families() {
        let database = database();
        let families: Vec<&str> = database
            .faces()
            .flat_map(|face| face.families.iter().map(|(name, _)| name.as_str()))
            .collect();
        assert_eq!(families, [FAMILY, FAMILY, FALLBACK_FAMILY]);
    }

    #[test]
    fn figures_are_of_one_width() {
        // OpenSans-Regular.ttf, hmtx: every digit advances by 1171 of 2048 units.
        for digit in '0'..='9' {
            let wide = width(&digit.to_string(), Weight::Regular, 2048.0);
            assert_eq!(wide, 1171.0, "{digit}");
        }
        assert!(width("PLM", Weight::Bold, 16.0) > width("PLM", Weight::Regular, 16.0));
    }

    #[test]
    fn text_from_outside_keeps_its_letters_and_loses_its_tricks() {
        assert_eq!(drawable("  Müller\n\t<b>\u{202e}x "), "Müller <b>x");
        assert_eq!(drawable("לילה ليلة"), "לילה ليلة");
        assert_eq!(drawable("🦵\u{fe0f}睡"), "□□");
    }
}

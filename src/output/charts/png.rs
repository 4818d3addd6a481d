//! From SVG to PNG, with the fonts that the program carries.
//!
//! A renderer drops a label whose font is missing without a word. Here it is an error, with the letter or family that
//! was not found.

use std::fmt;
use std::sync::{Arc, Mutex};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree, fontdb};

use crate::output::fonts;

/// Why no picture could be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PngError {
    /// The SVG could not be read.
    Svg(String),
    /// A font family or a letter that no font of the program has.
    Missing(String),
    /// A size of zero, or one that does not fit into memory.
    Size,
}

impl fmt::Display for PngError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Svg(what) => write!(f, "the SVG could not be read: {what}"),
            Self::Missing(what) => write!(f, "no font of the program has {what}"),
            Self::Size => f.write_str("the picture would be empty or too large"),
        }
    }
}

impl std::error::Error for PngError {}

/// Draws an SVG as PNG, `scale` pixels for each px of the SVG.
pub fn to_png(svg: &str, scale: f64) -> Result<Vec<u8>, PngError> {
    let tree = parse(svg)?;
    let size = tree.size();
    let pixels = |length: f32| (f64::from(length) * scale).round() as u32;
    let (width, height) = (pixels(size.width()), pixels(size.height()));
    let mut pixmap = Pixmap::new(width, height).ok_or(PngError::Size)?;
    let zoom = scale as f32;
    resvg::render(
        &tree,
        Transform::from_scale(zoom, zoom),
        &mut pixmap.as_mut(),
    );
    pixmap.encode_png().map_err(|_| PngError::Size)
}

/// The SVG as a tree with every text laid out; an error when a family or a letter has no font.
pub fn parse(svg: &str) -> Result<Tree, PngError> {
    let missing: Arc<Mutex<Option<String>>> = Arc::default();
    let note = |what: String| {
        let missing = Arc::clone(&missing);
        if let Ok(mut first) = missing.lock() {
            first.get_or_insert(what);
        }
    };
    let select = FontResolver::default_font_selector();
    let fall_back = FontResolver::default_fallback_selector();
    let options = Options {
        fontdb: Arc::new(fonts::database()),
        font_resolver: FontResolver {
            select_font: Box::new(|font, database| {
                let first = font.families().first().map(ToString::to_string);
                let found = select(font, database);
                let family = found.and_then(|id| family_of(database, id));
                if family.is_none() || family.as_deref() != first.as_deref().map(unquoted) {
                    note(format!(
                        "the family {}",
                        unquoted(first.as_deref().unwrap_or(""))
                    ));
                }
                found
            }),
            select_fallback: Box::new(|letter, used, database| {
                let found = fall_back(letter, used, database);
                if found.is_none() && !letter.is_whitespace() {
                    note(format!("the letter {letter:?}"));
                }
                found
            }),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| PngError::Svg(error.to_string()))?;
    drop(options);
    match missing.lock().ok().and_then(|mut first| first.take()) {
        Some(what) => Err(PngError::Missing(what)),
        None => Ok(tree),
    }
}

fn family_of(database: &fontdb::Database, id: fontdb::ID) -> Option<String> {
    let (name, _) = database.face(id)?.families.first()?;
    Some(name.clone())
}

fn unquoted(name: &str) -> &str {
    name.trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(family: &str, text: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\" viewBox=\"0 0 600 200\" \
             font-family=\"{family}\"><text x=\"10\" y=\"150\" font-size=\"160\">{text}</text></svg>"
        )
    }

    /// How many pixels of the picture are not blank.
    fn inked(svg: &str) -> usize {
        let png = to_png(svg, 2.0).unwrap();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        let pixmap = Pixmap::decode_png(&png).unwrap();
        assert_eq!((pixmap.width(), pixmap.height()), (120, 40));
        pixmap.pixels().iter().filter(|p| p.alpha() > 0).count()
    }

    #[test]
    fn a_label_leaves_ink() {
        assert!(inked(&svg("'Open Sans', sans-serif", "PLM")) > 100);
        assert!(inked(&svg("Open Sans", "לילה")) > 100);
        assert_eq!(inked(&svg("Open Sans", "")), 0);
    }

    #[test]
    fn a_missing_family_or_letter_is_an_error() {
        let family = to_png(&svg("Helvetica", "PLM"), 1.0);
        assert_eq!(
            family,
            Err(PngError::Missing("the family Helvetica".into()))
        );
        let letter = to_png(&svg("Open Sans", "睡"), 1.0);
        assert_eq!(letter, Err(PngError::Missing("the letter '睡'".into())));
        assert_eq!(to_png(&svg("Open Sans", "a"), 0.0), Err(PngError::Size));
        assert!(matches!(to_png("<svg", 1.0), Err(PngError::Svg(_))));
    }
}

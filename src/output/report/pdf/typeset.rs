//! Text of the PDF: shaped and broken into lines by parley, written glyph by glyph by krilla.

use std::collections::HashMap;
use std::sync::Arc;

use krilla::color::rgb;
use krilla::geom::Point;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFamilyName, FontWeight, Layout,
    LayoutContext, LineHeight, OverflowWrap, Run, StyleProperty,
};

use crate::output::fonts;

/// The colour of a text, as sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ink(pub u8, pub u8, pub u8);

/// How a text is set. Sizes are in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Face {
    pub size: f32,
    pub bold: bool,
    pub ink: Ink,
    /// From baseline to baseline, by the size.
    pub leading: f32,
}

/// A piece of a paragraph, in bold or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub bold: bool,
}

/// Sets text in the fonts that the program carries, and in no others.
pub(super) struct Typesetter {
    fonts: FontContext,
    scratch: LayoutContext<Ink>,
    /// The same fonts for krilla, by the identity of their data.
    written: HashMap<u64, Option<Font>>,
}

/// A paragraph in lines.
pub(super) struct Lines {
    text: String,
    layout: Layout<Ink>,
}

impl Typesetter {
    pub(super) fn new() -> Self {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        for font in [fonts::REGULAR, fonts::BOLD, fonts::FALLBACK] {
            collection.register_fonts(Blob::new(Arc::new(font)), None);
        }
        Self {
            fonts: FontContext {
                collection,
                source_cache: SourceCache::default(),
            },
            scratch: LayoutContext::new(),
            written: HashMap::new(),
        }
    }

    /// Lines no wider than `width`; a word that is wider is broken. What no font can draw becomes a box.
    pub(super) fn lines(&mut self, text: &str, face: Face, width: f32) -> Lines {
        let piece = Piece {
            text: text.to_owned(),
            bold: face.bold,
        };
        self.pieces(&[piece], face, width)
    }

    /// The same of pieces, some in bold.
    pub(super) fn pieces(&mut self, pieces: &[Piece], face: Face, width: f32) -> Lines {
        let mut text = String::new();
        let mut bold = Vec::new();
        for piece in pieces {
            let start = text.len();
            let drawable = fonts::drawable(&piece.text);
            // The space between two pieces is lost with those at the ends of each.
            if start > 0 && piece.text.starts_with(char::is_whitespace) {
                text.push(' ');
            }
            text.push_str(&drawable);
            if piece.text.ends_with(char::is_whitespace) && !drawable.is_empty() {
                text.push(' ');
            }
            if piece.bold {
                bold.push(start..text.len());
            }
        }
        let families = [
            FontFamilyName::Named(fonts::FAMILY.into()),
            FontFamilyName::Named(fonts::FALLBACK_FAMILY.into()),
        ];
        let mut builder = self
            .scratch
            .ranged_builder(&mut self.fonts, &text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(
            families.as_slice().into(),
        )));
        builder.push_default(StyleProperty::FontSize(face.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(
            face.leading,
        )));
        builder.push_default(StyleProperty::Brush(face.ink));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        for range in bold {
            builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range);
        }
        let mut layout = builder.build(&text);
        layout.break_all_lines(Some(width));
        layout.align(Alignment::Start, AlignmentOptions::default());
        Lines { text, layout }
    }

    /// Writes the lines with their upper left corner at a point.
    pub(super) fn write(&mut self, surface: &mut Surface, lines: &Lines, left: f32, top: f32) {
        for line in lines.layout.lines() {
            let metrics = line.metrics();
            let mut x = left + metrics.offset;
            for run in line.runs() {
                let advance = run.advance();
                if let Some(font) = self.font(&run) {
                    let y = top + metrics.baseline;
                    write_run(surface, lines, &run, font, Point::from_xy(x, y));
                }
                x += advance;
            }
        }
    }

    fn font(&mut self, run: &Run<Ink>) -> Option<Font> {
        let data = run.font();
        let index = data.index;
        let (bytes, id) = data.data.clone().into_raw_parts();
        self.written
            .entry(id)
            .or_insert_with(|| Font::new(bytes.into(), index))
            .clone()
    }
}

impl Lines {
    pub(super) fn height(&self) -> f32 {
        if self.text.is_empty() {
            0.0
        } else {
            self.layout.height()
        }
    }

    /// The widest of the lines.
    pub(super) fn width(&self) -> f32 {
        self.layout.width()
    }

    pub(super) fn n_lines(&self) -> usize {
        self.layout.len()
    }
}

/// Writes a run; a piece of it with a colour of its own is written by itself.
fn write_run(surface: &mut Surface, lines: &Lines, run: &Run<Ink>, font: Font, start: Point) {
    let size = run.font_size();
    let mut x = start.x;
    let mut pending: Vec<KrillaGlyph> = Vec::new();
    let mut from = x;
    let mut ink = Ink::default();
    for cluster in run.visual_clusters() {
        if cluster.is_ligature_continuation() {
            // Its letters belong to the glyph before, in the order in which they are read.
            if let Some(glyph) = pending.last_mut() {
                let range = cluster.text_range();
                glyph.text_range.start = glyph.text_range.start.min(range.start);
                glyph.text_range.end = glyph.text_range.end.max(range.end);
            }
            continue;
        }
        let colour = cluster.first_style().brush;
        if colour != ink && !pending.is_empty() {
            flush(
                surface,
                &mut pending,
                &font,
                lines,
                size,
                ink,
                Point::from_xy(from, start.y),
            );
            from = x;
        }
        ink = colour;
        for glyph in cluster.glyphs() {
            pending.push(KrillaGlyph::new(
                GlyphId::new(glyph.id),
                glyph.advance / size,
                glyph.x / size,
                glyph.y / size,
                0.0,
                cluster.text_range(),
                None,
            ));
            x += glyph.advance;
        }
    }
    flush(
        surface,
        &mut pending,
        &font,
        lines,
        size,
        ink,
        Point::from_xy(from, start.y),
    );
}

fn flush(
    surface: &mut Surface,
    pending: &mut Vec<KrillaGlyph>,
    font: &Font,
    lines: &Lines,
    size: f32,
    ink: Ink,
    start: Point,
) {
    if pending.is_empty() {
        return;
    }
    let Ink(red, green, blue) = ink;
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        ..Fill::default()
    }));
    surface.set_stroke(None);
    surface.draw_glyphs(start, pending, font.clone(), &lines.text, size, false);
    pending.clear();
}

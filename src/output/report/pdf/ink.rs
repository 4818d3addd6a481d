//! Nodes written with krilla: content, structure and outline of a PDF/UA-1 document.

use std::num::NonZeroU16;
use std::sync::Arc;

use krilla::color::rgb;
use krilla::configure::ConfigurationBuilder;
use krilla::configure::validate::{Accessibility, Validator};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, ListNumbering, Node as TagNode, TableHeaderScope, Tag,
    TagGroup, TagKind, TagTree,
};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg;

use super::node::{Frame, Node, Picture, Role};
use super::typeset::{Ink, Typesetter};
use crate::output::fonts;
use crate::output::report::ReportError;

/// What the document says of itself.
pub(super) struct About<'a> {
    pub title: &'a str,
    pub language: &'a str,
    pub creator: &'a str,
}

/// The pages, of that size in points, as a document that krilla has held against PDF/UA-1.
pub(super) fn document(
    pages: Vec<Vec<Node>>,
    about: &About,
    (width, height): (f32, f32),
    typesetter: &mut Typesetter,
) -> Result<Vec<u8>, ReportError> {
    let configuration = ConfigurationBuilder::new()
        .set_validator(Validator::Ua(Accessibility::UA1))
        .finish()
        .map_err(|error| ReportError::Pdf(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    document.set_metadata(
        Metadata::new()
            .title(about.title.to_owned())
            .language(about.language.to_owned())
            .creator(about.creator.to_owned()),
    );
    let mut writer = Writer {
        typesetter,
        svg: svg_options(),
        outline: Outline::new(),
        page: 0,
    };
    let mut tree = TagTree::new().with_lang(Some(about.language.to_owned()));
    for (index, nodes) in pages.into_iter().enumerate() {
        writer.page = index;
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| ReportError::Pdf("a page without size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for node in nodes {
            if let Some(tag) = writer.write(node, &mut surface)? {
                tree.push(tag);
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_outline(writer.outline);
    document.set_tag_tree(tree);
    document
        .finish()
        .map_err(|error| ReportError::Pdf(format!("{error:?}")))
}

fn svg_options() -> usvg::Options<'static> {
    usvg::Options {
        fontdb: Arc::new(fonts::database()),
        font_family: fonts::FAMILY.to_owned(),
        ..usvg::Options::default()
    }
}

struct Writer<'a> {
    typesetter: &'a mut Typesetter,
    svg: usvg::Options<'static>,
    outline: Outline,
    page: usize,
}

impl Writer<'_> {
    /// Writes a node; what comes back is its place in the structure, if it has one.
    fn write(&mut self, node: Node, surface: &mut Surface) -> Result<Option<TagNode>, ReportError> {
        match node {
            Node::Group(role, nodes) => self.write_group(role, nodes, surface),
            Node::Text { lines, left, top } => {
                let id = surface.start_tagged(ContentTag::Other);
                self.typesetter.write(surface, &lines, left, top);
                surface.end_tagged();
                Ok(Some(id.into()))
            }
            Node::Picture(picture) => self.write_picture(picture, surface).map(Some),
            Node::Shade(frame, ink) => {
                surface.start_tagged(artifact(ArtifactType::Layout));
                fill(surface, frame, ink);
                surface.end_tagged();
                Ok(None)
            }
            Node::Foot { lines, left, top } => {
                surface.start_tagged(artifact(ArtifactType::Footer));
                self.typesetter.write(surface, &lines, left, top);
                surface.end_tagged();
                Ok(None)
            }
        }
    }

    fn write_group(
        &mut self,
        role: Role,
        nodes: Vec<Node>,
        surface: &mut Surface,
    ) -> Result<Option<TagNode>, ReportError> {
        if let Role::Heading(_, text) = &role {
            let top = nodes.iter().find_map(|node| match node {
                Node::Text { top, .. } => Some(*top),
                _ => None,
            });
            let at = XyzDestination::new(self.page, Point::from_xy(0.0, top.unwrap_or(0.0)));
            self.outline.push_child(OutlineNode::new(text.clone(), at));
        }
        let mut group = TagGroup::new(tag(role));
        let mut is_empty = true;
        for node in nodes {
            if let Some(child) = self.write(node, surface)? {
                group.push(child);
                is_empty = false;
            }
        }
        Ok((!is_empty).then(|| group.into()))
    }

    fn write_picture(
        &mut self,
        picture: Picture,
        surface: &mut Surface,
    ) -> Result<TagNode, ReportError> {
        let Picture {
            frame, svg, alt, ..
        } = picture;
        let tree = usvg::Tree::from_str(&svg, &self.svg)
            .map_err(|error| ReportError::Svg(error.to_string()))?;
        let size = Size::from_wh(frame.width, frame.height)
            .ok_or_else(|| ReportError::Svg("a picture without size".to_owned()))?;
        let id = surface.start_tagged(ContentTag::Other);
        surface.push_transform(&Transform::from_translate(frame.left, frame.top));
        let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
        surface.pop();
        surface.end_tagged();
        drawn.ok_or_else(|| ReportError::Svg("a picture that cannot be drawn".to_owned()))?;
        let mut figure = TagGroup::new(Tag::Figure(Some(alt)));
        figure.push(id);
        Ok(figure.into())
    }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn tag(role: Role) -> TagKind {
    let level = |level: u8| NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
    match role {
        Role::Section => Tag::Section.into(),
        Role::Title(text) => Tag::Hn(NonZeroU16::MIN, Some(text)).into(),
        Role::Heading(at, text) => Tag::Hn(level(at), Some(text)).into(),
        Role::Paragraph => Tag::P.into(),
        Role::List => Tag::L(ListNumbering::None).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
    }
}

fn fill(surface: &mut Surface, frame: Frame, Ink(red, green, blue): Ink) {
    let rect = Rect::from_xywh(frame.left, frame.top, frame.width, frame.height);
    let path = rect.and_then(|rect| {
        let mut builder = PathBuilder::new();
        builder.push_rect(rect);
        builder.finish()
    });
    let Some(path) = path else {
        return;
    };
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        ..Fill::default()
    }));
    surface.set_stroke(None);
    surface.draw_path(&path);
}

//! A chart alone on a page of its own size.

use super::ink::{self, About};
use super::node::{Frame, Node, Picture, Role};
use super::typeset::Typesetter;
use crate::output::charts::Drawing;
use crate::output::report::ReportError;
use crate::output::report::panels::size_px;

/// 96 px of CSS are an inch of 72 points.
const PT_PER_PX: f64 = 0.75;

/// The drawing as a tagged PDF of one page.
pub(in crate::output::report) fn write(
    drawing: &Drawing,
    language: &str,
) -> Result<Vec<u8>, ReportError> {
    let (width, height) = size_px(&drawing.svg)
        .ok_or_else(|| ReportError::Svg("a picture without size".to_owned()))?;
    let size = ((width * PT_PER_PX) as f32, (height * PT_PER_PX) as f32);
    let picture = Node::Picture(Picture {
        frame: Frame {
            left: 0.0,
            top: 0.0,
            width: size.0,
            height: size.1,
        },
        svg: drawing.svg.clone(),
        alt: drawing.alt.clone(),
    });
    let page = vec![Node::Group(
        Role::Heading(2, drawing.title.clone()),
        vec![picture],
    )];
    let about = About {
        title: &drawing.title,
        language,
        creator: concat!("legtrace ", env!("CARGO_PKG_VERSION")),
    };
    ink::document(vec![page], &about, size, &mut Typesetter::new())
}

//! How the pages of the PDF look: sizes in points, inks, spaces. No text is smaller than 9 points.

use super::typeset::{Face, Ink};

/// L* 13, as the words of the charts.
pub(super) const DARK: Ink = Ink(0x1f, 0x23, 0x28);
/// L* 37: 6.6 to 1 on white (WCAG 2.2 asks for 4.5).
pub(super) const SOFT: Ink = Ink(0x57, 0x5d, 0x66);
/// L* 26, the main colour of the charts.
pub(super) const MAIN: Ink = Ink(0x12, 0x3f, 0x6d);
/// Behind tiles and boxes; L* 95. On it, the soft ink still has 5.9 to 1.
pub(super) const SHADE: Ink = Ink(0xf0, 0xf2, 0xf5);
/// A hairline under the header and between rows of a table; L* 80.
pub(super) const RULE: Ink = Ink(0xc3, 0xc8, 0xce);

const fn face(size: f32, bold: bool, ink: Ink, leading: f32) -> Face {
    Face {
        size,
        bold,
        ink,
        leading,
    }
}

pub(super) const TITLE: Face = face(17.0, true, MAIN, 1.2);
pub(super) const SUBTITLE: Face = face(11.0, false, DARK, 1.25);
pub(super) const HEADING: Face = face(10.5, true, DARK, 1.25);
pub(super) const TEXT: Face = face(9.0, false, DARK, 1.22);
pub(super) const CAPTION: Face = face(9.0, false, SOFT, 1.2);
pub(super) const SMALL: Face = face(9.0, false, DARK, 1.15);
pub(super) const FIGURE: Face = face(19.0, true, MAIN, 1.15);
pub(super) const GRADE: Face = face(26.0, true, MAIN, 1.0);
pub(super) const FOOT: Face = face(9.0, false, SOFT, 1.15);

/// From the edge of the paper to the text, left and right: most printers leave 12 points or less.
pub(super) const SIDE: f32 = 36.0;
/// The same above and below.
pub(super) const ABOVE: f32 = 25.0;
pub(super) const BELOW: f32 = 20.0;
/// Between rows of a page.
pub(super) const GAP: f32 = 6.0;
/// Between columns.
pub(super) const GUTTER: f32 = 12.0;
/// From the edge of a shaded box to its text.
pub(super) const PAD: f32 = 6.0;
/// Points of the page to one px of a chart: 16 px, the size of its words, are 9 points.
pub(super) const PT_PER_PX: f32 = 9.0 / 16.0;

//! How charts look: the one place with colours and sizes.
//!
//! Chosen to read in grey print and with any colour vision: what must be told apart differs in lightness and in shape,
//! hue is a third sign at most, and nothing judges (no red, no green). Lightness (CIE L*) is written beside each colour.

use plotters::style::RGBColor;

/// Words and axes; L* 13.
pub(super) const INK: RGBColor = RGBColor(0x1f, 0x23, 0x28);
/// Second words; L* 37 (contrast 6.6 to 1 on white).
pub(super) const SOFT: RGBColor = RGBColor(0x57, 0x5d, 0x66);
/// Lines of the grid; L* 89.
pub(super) const GRID: RGBColor = RGBColor(0xdd, 0xe1, 0xe6);
/// Shading of what lies outside; L* 94.
pub(super) const SHADE: RGBColor = RGBColor(0xec, 0xee, 0xf1);
/// Lines of a hatching; L* 61.
pub(super) const HATCH: RGBColor = RGBColor(0x90, 0x94, 0x9a);
/// What the chart is about: periodic movements, the index; L* 26.
pub(super) const MAIN: RGBColor = RGBColor(0x12, 0x3f, 0x6d);
/// What stands beside it: candidates, medians; L* 48.
pub(super) const SECOND: RGBColor = RGBColor(0x3b, 0x76, 0xa8);
/// Areas and bars; L* 74.
pub(super) const AREA: RGBColor = RGBColor(0x9d, 0xba, 0xd3);
/// Wide bands behind; L* 88.
pub(super) const BAND: RGBColor = RGBColor(0xcf, 0xde, 0xeb);
/// The other kind of thing on the same page: severity, events; L* 52.
pub(super) const OTHER: RGBColor = RGBColor(0xb0, 0x6a, 0x1b);
/// Paper.
pub(super) const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);

/// Headline, in px of the drawing.
pub(super) const TITLE: f64 = 20.0;
/// All other text: 16 px of 900 are 9 pt on an A4 page between its margins, and 8 px at half size.
pub(super) const TEXT: f64 = 16.0;
/// From one line of text to the next.
pub(super) const LINE: f64 = 21.0;
/// Space between the parts of a drawing.
pub(super) const GAP: f64 = 12.0;
/// Space at the edge.
pub(super) const EDGE: f64 = 14.0;
/// Width of a thin line.
pub(super) const THIN: f64 = 0.8;
/// Width of a line that counts.
pub(super) const FIRM: f64 = 1.6;
/// Width of a line that carries the chart.
pub(super) const BOLD: f64 = 2.4;

#[cfg(test)]
mod tests {
    use super::*;

    /// CIE 1931 relative luminance of an sRGB colour (IEC 61966-2-1), 0 to 1.
    fn luminance(colour: RGBColor) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
    }

    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_reads_on_paper_and_on_shading() {
        // WCAG 2.2, 1.4.3: 4.5 to 1 for text.
        for text in [INK, SOFT, MAIN] {
            assert!(contrast(text, PAPER) > 4.5);
            assert!(contrast(text, SHADE) > 4.5);
        }
    }

    #[test]
    fn what_must_be_told_apart_differs_in_grey() {
        // WCAG 2.2, 1.4.11 asks for 3 to 1 between parts that carry meaning and what lies beside them.
        for mark in [MAIN, SECOND, OTHER] {
            assert!(contrast(mark, PAPER) > 3.0);
        }
        assert!(contrast(MAIN, AREA) > 3.0);
        assert!(contrast(MAIN, SECOND) > 1.8);
        assert!(contrast(SECOND, AREA) > 1.8);
        assert!(contrast(AREA, PAPER) > 1.8);
        assert!(contrast(BAND, AREA) > 1.3);
    }
}

//! Counting what is in an SVG.

use resvg::usvg::{Group, Node, Tree};

/// The groups of that class, each as the text between its tags.
pub fn groups<'a>(svg: &'a str, class: &str) -> Vec<&'a str> {
    let open = format!("<g class=\"{class}\">");
    svg.split(&open)
        .skip(1)
        .map(|rest| rest.split("</g>").next().expect("a group ends"))
        .collect()
}

/// How many marks (lines, areas, discs, texts) lie in groups of that class.
pub fn count(svg: &str, class: &str) -> usize {
    groups(svg, class)
        .iter()
        .map(|group| {
            let is_mark = |line: &&str| line.starts_with('<') && !line.starts_with("<title>");
            group.lines().filter(is_mark).count()
        })
        .sum()
}

/// All texts in the order in which they are drawn.
pub fn texts(svg: &str) -> Vec<String> {
    svg.split("<text ")
        .skip(1)
        .map(|rest| {
            let (_, rest) = rest.split_once('>').expect("a tag ends");
            let text = rest.split("</text>").next().expect("a text ends");
            text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&")
        })
        .collect()
}

/// Where every text lies, once its letters are laid out.
fn boxes(group: &Group, into: &mut Vec<(String, resvg::tiny_skia::Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => boxes(inner, into),
            Node::Text(text) => {
                let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                // The box of the letters' ink; that of their lines always overlaps.
                let ink = text.flattened().abs_bounding_box();
                let ink = ink.transform(text.abs_transform()).expect("a finite box");
                into.push((words, ink));
            }
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

/// No text is cut at the edge, and no two texts lie on each other.
pub fn texts_stay_inside(name: &str, tree: &Tree) {
    let mut found = Vec::new();
    boxes(tree.root(), &mut found);
    assert!(found.len() > 3, "{name} has {} texts", found.len());
    let size = tree.size();
    for (text, area) in &found {
        assert!(
            area.left() >= 0.0
                && area.top() >= 0.0
                && area.right() <= size.width()
                && area.bottom() <= size.height(),
            "{name}: {text:?} is cut at the edge: {area:?} of {size:?}"
        );
    }
    for (at, (text, area)) in found.iter().enumerate() {
        for (other, second) in &found[..at] {
            let apart = area.left() >= second.right()
                || second.left() >= area.right()
                || area.top() >= second.bottom()
                || second.top() >= area.bottom();
            assert!(apart, "{name}: {text:?} lies on {other:?}");
        }
    }
}

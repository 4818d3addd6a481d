//! A page before it is written: what stands where, and what each thing is to a screen reader.
//!
//! Layout makes a tree of nodes with places in points from the upper left corner of the page; `ink` writes it. The tree
//! is the structure of the tagged PDF, and its order is the order of reading.

use super::typeset::{Ink, Lines};

/// A rectangle in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
}

/// What a group of nodes is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Section,
    /// The title of the document.
    Title(String),
    /// A heading of the second or third level; it stands in the outline, too.
    Heading(u8, String),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    Row,
    /// The head of a column.
    ColumnHead,
    /// The head of a row.
    RowHead,
    Cell,
}

/// A thing on a page.
pub(super) enum Node {
    Group(Role, Vec<Node>),
    Text {
        lines: Lines,
        left: f32,
        top: f32,
    },
    Picture(Picture),
    /// A filled rectangle behind what follows: for the eye alone.
    Shade(Frame, Ink),
    /// The foot of the page, the same on every page.
    Foot {
        lines: Lines,
        left: f32,
        top: f32,
    },
}

/// A chart.
pub(super) struct Picture {
    pub frame: Frame,
    pub svg: String,
    pub alt: String,
}

/// Nodes and the height they take, placed with their top at 0 and their left edge at 0.
#[derive(Default)]
pub(super) struct Block {
    pub height: f32,
    pub nodes: Vec<Node>,
}

impl Block {
    /// Moves everything.
    pub(super) fn placed(mut self, left: f32, top: f32) -> Vec<Node> {
        for node in &mut self.nodes {
            node.shift(left, top);
        }
        self.nodes
    }

    /// Puts a block below what is there, after a gap.
    pub(super) fn push_below(&mut self, gap: f32, below: Block) {
        let top = if self.height > 0.0 {
            self.height + gap
        } else {
            0.0
        };
        self.height = top + below.height;
        self.nodes.extend(below.placed(0.0, top));
    }

    /// The block as one group.
    pub(super) fn grouped(self, role: Role) -> Self {
        Self {
            height: self.height,
            nodes: vec![Node::Group(role, self.nodes)],
        }
    }
}

impl Node {
    fn shift(&mut self, dx: f32, dy: f32) {
        match self {
            Self::Group(_, nodes) => nodes.iter_mut().for_each(|node| node.shift(dx, dy)),
            Self::Text { left, top, .. } | Self::Foot { left, top, .. } => {
                *left += dx;
                *top += dy;
            }
            Self::Picture(Picture { frame, .. }) | Self::Shade(frame, _) => {
                frame.left += dx;
                frame.top += dy;
            }
        }
    }
}

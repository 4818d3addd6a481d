//! Time: what a stamp is, which column holds it, and how stamps become instants.

pub mod civil;
pub mod format;

pub(super) mod column;
pub(super) mod midnight;
pub(super) mod plan;
pub(super) mod stamp;
pub(super) mod timeline;

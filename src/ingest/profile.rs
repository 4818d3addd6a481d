//! A table's description in a file of its own, for devices that are not known.

/// A profile.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {}

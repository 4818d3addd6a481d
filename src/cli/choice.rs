//! Choices that the core names: what may be typed is listed in the help, and what is typed becomes the core's own type.

use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::analysis::detect::Preset;
use crate::model::movement::ShortGross;

/// A parser of the presets of the detector.
pub fn preset() -> impl TypedValueParser<Value = Preset> {
    one_of(Preset::ALL.map(Preset::name))
}

/// A parser of what becomes of short gross and posture movements.
pub fn short_gross() -> impl TypedValueParser<Value = ShortGross> {
    one_of(ShortGross::ALL.map(ShortGross::name))
}

fn one_of<T, const N: usize>(names: [&'static str; N]) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err = String> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names).try_map(|name| name.parse())
}

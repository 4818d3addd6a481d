//! Flags that pages and charts share.

use clap::ValueEnum;

use crate::output::words::Language;

/// A language of charts and pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LanguageArg {
    /// English
    En,
    /// German
    De,
}

impl From<LanguageArg> for Language {
    fn from(of: LanguageArg) -> Self {
        match of {
            LanguageArg::En => Self::English,
            LanguageArg::De => Self::German,
        }
    }
}

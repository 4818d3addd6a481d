//! The one public error: which file, which night, which stage, why.

use std::fmt;

/// What kind of failure it is: decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A flag or a value of one that cannot be (exit 2).
    Usage,
    /// Some of several files failed, the rest is written (exit 3).
    SomeFailed,
    /// The data cannot be read as what it should be (exit 65).
    BadData,
    /// There is no such file or folder, or nothing in it (exit 66).
    NoInput,
    /// Reading or writing failed (exit 74).
    Io,
    /// Something else holds what is needed; later it may work (exit 75).
    TryAgain,
}

impl Kind {
    /// The exit code, after sysexits.h where it has one.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Usage => 2,
            Self::SomeFailed => 3,
            Self::BadData => 65,
            Self::NoInput => 66,
            Self::Io => 74,
            Self::TryAgain => 75,
        }
    }
}

/// A failure of the pipeline, with what a person needs to mend it.
#[derive(Debug)]
pub struct Error(Box<Parts>);

#[derive(Debug)]
struct Parts {
    kind: Kind,
    code: String,
    stage: &'static str,
    file: Option<String>,
    night: Option<String>,
    message: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A failure in a stage (`read`, `detect`, `write`, …), told in a sentence or two.
    pub fn new(kind: Kind, stage: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            kind,
            code: stage.to_owned(),
            stage,
            file: None,
            night: None,
            message: message.into(),
            source: None,
        }))
    }

    /// A failure that a room told by an error of its own, in its words and those of what caused it.
    pub fn told_by(kind: Kind, stage: &'static str, error: &dyn std::error::Error) -> Self {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            message.push_str(": ");
            message.push_str(&inner.to_string());
            cause = inner.source();
        }
        Self::new(kind, stage, message)
    }

    /// A failure of the file system, with its file.
    pub fn io(stage: &'static str, path: &std::path::Path, source: std::io::Error) -> Self {
        Self::of_io(stage, &source).in_file(path.display().to_string())
    }

    /// A failure of the file system as it is told everywhere; whoever knows the file adds it.
    pub fn of_io(stage: &'static str, source: &std::io::Error) -> Self {
        let kind = match source.kind() {
            std::io::ErrorKind::NotFound if stage != "write" => Kind::NoInput,
            std::io::ErrorKind::WouldBlock | std::io::ErrorKind::ResourceBusy => Kind::TryAgain,
            _ => Kind::Io,
        };
        let hint = match source.kind() {
            std::io::ErrorKind::NotFound if stage == "write" => " Choose another place.",
            std::io::ErrorKind::NotFound => " Check the spelling and the folder.",
            std::io::ErrorKind::PermissionDenied => {
                " Check who may read it and write beside it, or choose another place."
            }
            std::io::ErrorKind::IsADirectory => " It is a folder: name the file in it.",
            std::io::ErrorKind::StorageFull => " Free some space, or choose another place.",
            _ => "",
        };
        Self::new(kind, stage, format!("{source}.{hint}")).with_code("io")
    }

    /// The same error with a stable code word (`needs_rate`, `aggregated`, …).
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.0.code = code.into();
        self
    }

    /// The same error with the file it is about, where it does not name one.
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.0.file.get_or_insert(file.into());
        self
    }

    /// The same error with the night it is about, where it does not name one.
    pub fn in_night(mut self, night: impl Into<String>) -> Self {
        self.0.night.get_or_insert(night.into());
        self
    }

    /// The same error with what caused it.
    pub fn caused_by(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// What kind it is.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// A stable word for machines.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The stage that failed.
    pub fn stage(&self) -> &'static str {
        self.0.stage
    }

    /// The sentence without file and night.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.0.file {
            write!(f, "{file}: ")?;
        }
        if let Some(night) = &self.0.night {
            write!(f, "night {night}: ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_stands_first_and_the_first_word_wins() {
        let error = Error::new(Kind::BadData, "read", "no samples.")
            .in_file("a.csv")
            .in_file("b.csv")
            .in_night("2024-01-01");
        assert_eq!(error.to_string(), "a.csv: night 2024-01-01: no samples.");
        assert_eq!(error.kind().exit_code(), 65);
    }
}

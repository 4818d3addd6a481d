//! How much is printed.

use std::fmt::Write as _;

use clap::Args;

use crate::model::recording::Decision;

/// How much is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Errors only.
    Quiet,
    /// The summary.
    Plain,
    /// Every decision, too.
    Verbose,
}

/// The flag of the commands that decide something they do not print anyway.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct VerboseArg {
    /// Print every decision and why, too
    #[arg(long, short, conflicts_with = "quiet")]
    verbose: bool,
}

impl VerboseArg {
    /// The voice of the command, by that of the program.
    pub fn voice(self, of_program: Voice) -> Voice {
        match (of_program, self.verbose) {
            (Voice::Plain, true) => Voice::Verbose,
            (voice, _) => voice,
        }
    }
}

/// How wide the longest name of a decision is; nine at least, for what `inspect` sets below them.
pub fn width_of_names(decisions: &[Decision]) -> usize {
    let names = decisions.iter().map(|one| one.what.chars().count());
    names.max().unwrap_or(0).max(9)
}

/// The decisions on a file under its name, a line each with the reason in brackets.
pub fn decisions_in_words(file: &str, decisions: &[Decision]) -> String {
    let width = width_of_names(decisions);
    let mut out = format!("{file}\n");
    for Decision {
        what,
        value,
        because,
    } in decisions
    {
        // Writing to a String cannot fail.
        let _ = match because.as_str() {
            "" => writeln!(out, "  {what:width$}  {value}"),
            because => writeln!(out, "  {what:width$}  {value}  ({because})"),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_told_with_its_reason() {
        let decisions = [
            Decision::new("unit", "g", "header says (g)"),
            Decision::new("delimiter", ",", ""),
        ];
        assert_eq!(
            decisions_in_words("night.csv", &decisions),
            "night.csv\n  unit       g  (header says (g))\n  delimiter  ,\n"
        );
    }

    #[test]
    fn quiet_goes_before_verbose() {
        let loud = VerboseArg { verbose: true };
        assert_eq!(loud.voice(Voice::Plain), Voice::Verbose);
        assert_eq!(loud.voice(Voice::Quiet), Voice::Quiet);
        assert_eq!(VerboseArg::default().voice(Voice::Plain), Voice::Plain);
    }
}

//! What the user typed: arguments, one file a sub-command, exit codes.
#![deny(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "`say` outlives a reader that has gone"
)]

mod analyze;
mod associate;
mod bench;
mod choice;
mod demo;
mod diary;
mod diary_args;
mod evaluate;
mod exit;
mod inspect;
mod number;
mod page_args;
mod plot;
mod progress;
mod read_args;
mod report;
mod say;
mod score;
mod simulate;
mod voice;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::Error;
use voice::Voice;

/// What stands under every help text and every result (a disclaimer does not undo a claim, so none is made).
pub const NO_DIAGNOSIS: &str = "For personal records and research. Not a medical device; not for diagnosis, \
monitoring or treatment decisions. A leg-worn accelerometer does not replace EMG (AASM 2018).";

/// Finds leg movements and periodic limb movements in the accelerometer export of an ordinary wearable.
///
/// Strap a wearable to an ankle, export the night as CSV, and run `legtrace analyze FILE --out FOLDER`. Everything
/// happens on this machine; nothing is sent anywhere.
#[derive(Debug, Parser)]
#[command(name = "legtrace", version, arg_required_else_help = true, after_long_help = after_help(), max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Print errors only
    #[arg(long, short, global = true)]
    quiet: bool,
}

fn after_help() -> String {
    format!("{}\n\n{NO_DIAGNOSIS}", exit::EXIT_CODES)
}

/// The commands, one file each.
#[derive(Debug, Subcommand)]
enum Command {
    Inspect(Box<inspect::Inspect>),
    Analyze(Box<analyze::Analyze>),
    Score(score::Score),
    Diary(diary::Diary),
    Report(Box<report::Report>),
    Plot(Box<plot::Plot>),
    Associate(Box<associate::Associate>),
    Simulate(simulate::Simulate),
    Evaluate(evaluate::Evaluate),
    Demo(demo::Demo),
    Bench(bench::Bench),
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let voice = if cli.quiet {
        Voice::Quiet
    } else {
        Voice::Plain
    };
    let outcome: Result<ExitCode, Error> = match &cli.command {
        Command::Inspect(command) => command.run(voice),
        Command::Analyze(command) => command.run(voice),
        Command::Score(command) => command.run(voice),
        Command::Diary(command) => command.run(voice),
        Command::Report(command) => command.run(voice),
        Command::Plot(command) => command.run(voice),
        Command::Associate(command) => command.run(voice),
        Command::Simulate(command) => command.run(voice),
        Command::Evaluate(command) => command.run(voice),
        Command::Demo(command) => command.run(voice),
        Command::Bench(command) => command.run(voice),
    };
    outcome.unwrap_or_else(|error| exit::report(&error))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    /// What a person reads who typed that after the flag.
    fn told(command: &str, flag: &str, value: &str) -> String {
        let typed = ["legtrace", command, flag, value];
        let outcome = Cli::command().try_get_matches_from(typed);
        outcome
            .err()
            .map_or_else(String::new, |error| error.to_string())
    }

    #[test]
    fn a_number_that_cannot_be_is_told_in_words() {
        let mut n_numbers = 0;
        for command in Cli::command().get_subcommands() {
            for arg in command.get_arguments() {
                let Some(long) = arg.get_long() else { continue };
                let (name, flag) = (command.get_name(), format!("--{long}"));
                let letters = told(name, &flag, "abc");
                let is_number = letters.contains("invalid value")
                    && !letters.contains("possible values")
                    && !told(name, &flag, "1000").contains("invalid value");
                if !is_number {
                    continue;
                }
                n_numbers += 1;
                let below = told(name, &flag, "-1e9");
                for message in [&letters, &below] {
                    let is_raw = ["literal", "digit", "unexpected argument", "not in"]
                        .iter()
                        .any(|word| message.contains(word));
                    assert!(!is_raw, "{name}: {message}");
                }
            }
        }
        assert!(n_numbers > 12, "only {n_numbers} flags take a number");
    }

    #[test]
    fn every_command_shows_an_example() {
        let mut cli = Cli::command();
        // Their flags may name those of the program.
        cli.build();
        for command in cli.get_subcommands() {
            let help = command.clone().render_long_help().to_string();
            assert!(
                help.contains(&format!("legtrace {}", command.get_name())),
                "{}",
                command.get_name()
            );
        }
    }
}

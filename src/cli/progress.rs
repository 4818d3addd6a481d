//! What is on the screen while work goes on: a bar on a terminal, nothing in a pipe.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use super::say::to_stderr;
use super::voice::Voice;
use crate::pipeline::Progress;

/// The screen of one run.
pub struct Screen {
    bar: ProgressBar,
    says: bool,
}

impl Screen {
    /// A bar where standard error is a terminal and nobody asked for quiet; plain lines go there too unless the
    /// results are for a machine.
    pub fn new(voice: Voice, for_machine: bool) -> Self {
        let bar = if voice != Voice::Quiet && std::io::stderr().is_terminal() {
            ProgressBar::new(0)
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) = ProgressStyle::with_template("{msg:<28} [{bar:30}] {pos}/{len} {eta}") {
            bar.set_style(style.progress_chars("=> "));
        }
        Self {
            bar,
            says: voice != Voice::Quiet && !for_machine,
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Screen {
    fn begin(&mut self, what: &str, n: usize) {
        self.bar.reset();
        self.bar.set_length(n as u64);
        self.bar.set_message(what.to_owned());
    }

    fn step(&mut self, what: &str) {
        self.bar.set_message(what.to_owned());
        self.bar.inc(1);
    }

    fn say(&mut self, line: &str) {
        if self.says {
            self.bar.suspend(|| to_stderr(line));
        }
    }
}

//! The progress bar on stderr.

use std::io::Write;
use std::ops::ControlFlow;

use indicatif::{ProgressDrawTarget, ProgressStyle};
use servanda::{Moment, Progress};

use crate::Environment;

/// A line on stderr that shows what the command is doing and how far it is.
///
/// It appears only on a terminal, and only when the command has run for half a second. It
/// disappears before anything else is written. Like the pager, it writes directly to the terminal.
pub(crate) struct ProgressBar<'a> {
    err: &'a mut dyn Write,
    env: &'a Environment,
    started: Moment,
    bar: indicatif::ProgressBar,
}

/// The time in microseconds before the bar appears.
const DELAY: i64 = 500_000;

const MESSAGE: &str = "{wide_msg}";
// The bar is ASCII, because terminals set to Japanese draw block characters two columns wide.
const MESSAGE_AND_BAR: &str = "{wide_msg} [{bar:20}] {percent:>3} %";
const MESSAGE_AND_BYTES: &str = "{wide_msg} {bytes}";

impl<'a> ProgressBar<'a> {
    pub(crate) fn new(err: &'a mut dyn Write, env: &'a Environment) -> Self {
        let bar = indicatif::ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        Self { err, env, started: env.time.now(), bar }
    }

    /// Starts a step of the work, which this message describes.
    pub(crate) fn start(&mut self, message: impl Into<String>) {
        self.set_template(MESSAGE);
        self.bar.set_message(message.into());
    }

    /// Shows the progress of the current step. Returns `Break` if the command was interrupted.
    pub(crate) fn report(&mut self, progress: Progress) -> ControlFlow<()> {
        if (self.env.interrupted)() {
            return ControlFlow::Break(());
        }
        self.draw(progress, || ProgressDrawTarget::stderr_with_hz(10));
        ControlFlow::Continue(())
    }

    fn draw(&mut self, Progress { done, total }: Progress, target: impl FnOnce() -> ProgressDrawTarget) {
        let elapsed = self.env.time.now().micros().saturating_sub(self.started.micros());
        if !self.env.terminal.redraws || elapsed < DELAY {
            return;
        }
        if self.bar.is_hidden() {
            self.bar.set_draw_target(target());
        }
        let total = total.filter(|total| *total > 0);
        self.set_template(if total.is_some() { MESSAGE_AND_BAR } else { MESSAGE_AND_BYTES });
        self.bar.update(|state| {
            state.set_pos(done);
            state.set_len(total.unwrap_or(done));
        });
    }

    fn set_template(&self, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style.progress_chars("= "));
        }
    }

    /// Removes the line from the screen for good.
    pub(crate) fn clear(&mut self) {
        self.bar.finish_and_clear();
    }

    /// Removes the line and returns the writer for error messages.
    pub(crate) fn err(&mut self) -> &mut dyn Write {
        self.clear();
        self.err
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use indicatif::InMemoryTerm;
    use servanda::tracker::TimeSource;

    use super::*;
    use crate::Terminal;

    /// A clock that the test sets.
    #[derive(Clone, Debug, Default)]
    struct Clock(Arc<AtomicI64>);

    impl Clock {
        fn set(&self, milliseconds: i64) {
            self.0.store(milliseconds * 1000, Ordering::Relaxed);
        }
    }

    impl TimeSource for Clock {
        fn now(&self) -> Moment {
            Moment::from_micros(self.0.load(Ordering::Relaxed)).unwrap()
        }
    }

    fn environment(clock: &Clock, redraws: bool) -> Environment {
        let terminal = Terminal { redraws, ..Terminal::plain(80) };
        Environment { terminal, ..Environment::plain(80).with_time(clock.clone()) }
    }

    /// Returns what a terminal of 60 columns shows after each of these reports and times.
    fn shown(env: &Environment, clock: &Clock, reports: &[(i64, u64, Option<u64>)]) -> Vec<String> {
        let (mut err, screen) = (Vec::new(), InMemoryTerm::new(5, 60));
        let mut bar = ProgressBar::new(&mut err, env);
        bar.start("Reading a.jsonl");
        let mut shown = Vec::new();
        for (milliseconds, done, total) in reports {
            clock.set(*milliseconds);
            let progress = Progress { done: *done, total: *total };
            bar.draw(progress, || ProgressDrawTarget::term_like(Box::new(screen.clone())));
            shown.push(screen.contents());
        }
        bar.start("Computing");
        shown.push(screen.contents());
        bar.clear();
        assert_eq!(screen.contents(), "");
        shown
    }

    #[test]
    fn the_bar_appears_after_half_a_second() {
        let clock = Clock::default();
        let reports = [(499, 10, Some(100)), (500, 50, Some(100)), (600, 100, Some(100))];
        let expected = [
            "",
            "Reading a.jsonl                 [==========          ]  50 %",
            "Reading a.jsonl                 [====================] 100 %",
            "Computing",
        ];
        assert_eq!(shown(&environment(&clock, true), &clock, &reports), expected);
    }

    #[test]
    fn a_file_may_grow_and_a_total_may_be_unknown() {
        let clock = Clock::default();
        let reports = [(600, 5, Some(3)), (700, 12_345_678, None), (800, 0, Some(0))];
        let expected = [
            "Reading a.jsonl                 [====================] 100 %",
            "Reading a.jsonl                                    11.77 MiB",
            "Reading a.jsonl                                          0 B",
            "Computing",
        ];
        assert_eq!(shown(&environment(&clock, true), &clock, &reports), expected);
    }

    #[test]
    fn there_is_no_bar_without_a_capable_terminal_or_if_the_clock_goes_back() {
        let clock = Clock::default();
        let reports = [(600, 50, Some(100))];
        assert_eq!(shown(&environment(&clock, false), &clock, &reports), ["", ""]);
        clock.set(10_000);
        assert_eq!(shown(&environment(&clock, true), &clock, &[(5_000, 50, Some(100))]), ["", ""]);
    }
}

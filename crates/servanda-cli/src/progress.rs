//! What whoever waits is shown.

use std::io::Write;
use std::ops::ControlFlow;

use servanda::{Moment, Progress, TimeSource};

use crate::Environment;
use crate::text::{cut, width};

/// One line on stderr that says what is being done and how far that has come.
///
/// It appears only where it can be drawn over, and once the command has taken half a second; it goes before anything else is written.
pub(crate) struct ProgressBar<'a> {
    err: &'a mut dyn Write,
    time: &'a dyn TimeSource,
    interrupted: &'a dyn Fn() -> bool,
    /// How many columns the line may have. None: it could not be drawn over.
    room: Option<usize>,
    begun: Moment,
    what: String,
    /// When it was last drawn. None: it is not on the screen.
    drawn: Option<Moment>,
}

/// How many microseconds pass before there is anything to see.
const PATIENCE: i64 = 500_000;
/// How many microseconds pass from one drawing to the next.
const PACE: i64 = 100_000;

impl<'a> ProgressBar<'a> {
    pub(crate) fn new(err: &'a mut dyn Write, env: &'a Environment) -> Self {
        let terminal = &env.terminal;
        // The last column stays free: what is written there makes some terminals begin a new line.
        let room = terminal.error_width.filter(|_| terminal.redraws).map(|width| width.saturating_sub(1));
        let (time, interrupted) = (&*env.time, &*env.interrupted);
        Self { err, time, interrupted, room, begun: time.now(), what: String::new(), drawn: None }
    }

    /// Says what is being done from now on.
    pub(crate) fn begin(&mut self, what: impl Into<String>) {
        self.what = what.into();
        let now = self.time.now();
        if micros(self.begun, now) >= PATIENCE {
            self.draw(None, now);
        }
    }

    /// Says how far it has come, and hears whether to go on.
    pub(crate) fn report(&mut self, progress: Progress) -> ControlFlow<()> {
        if (self.interrupted)() {
            return ControlFlow::Break(());
        }
        let now = self.time.now();
        let due = self.drawn.is_none_or(|drawn| micros(drawn, now) >= PACE);
        if due && micros(self.begun, now) >= PATIENCE {
            self.draw(Some(progress), now);
        }
        ControlFlow::Continue(())
    }

    /// Takes the line off the screen.
    pub(crate) fn clear(&mut self) {
        if self.drawn.take().is_some() {
            self.write("\r\x1b[K");
        }
    }

    /// Where what goes wrong is said.
    pub(crate) fn err(&mut self) -> &mut dyn Write {
        self.clear();
        self.err
    }

    fn draw(&mut self, progress: Option<Progress>, now: Moment) {
        let Some(room) = self.room else { return };
        let measure = progress.map_or_else(String::new, |progress| measure(progress, room));
        let left = room.saturating_sub(width(&measure));
        let line = format!("\r{}{measure}\x1b[K", cut(&self.what, left));
        self.write(&line);
        self.drawn = Some(now);
    }

    fn write(&mut self, text: &str) {
        // Nothing depends on whether anyone sees it.
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }
}

fn micros(from: Moment, to: Moment) -> i64 {
    to.micros().saturating_sub(from.micros())
}

/// How far it has come: in percent, with a bar if there is room for one; where the whole is not known, in megabytes.
///
/// The bar is in ASCII: characters that look better are two columns wide on terminals set up for Japanese.
fn measure(progress: Progress, room: usize) -> String {
    const BAR: u64 = 20;
    /// The bar and the percentage take half of it.
    const ROOM_FOR_BAR: usize = 58;
    let Progress { done, total } = progress;
    let Some(total) = total.filter(|total| *total > 0) else {
        return format!("  {} MB", done / 1_000_000);
    };
    let share = |of: u64| u64::try_from(u128::from(done) * u128::from(of) / u128::from(total)).unwrap_or(of).min(of);
    let percent = share(100);
    if room < ROOM_FOR_BAR {
        return format!("  {percent} %");
    }
    let filled = usize::try_from(share(BAR)).unwrap_or_default();
    format!("  [{:<20}] {percent:>3} %", "=".repeat(filled))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::Terminal;

    /// A clock that the test moves on.
    #[derive(Clone, Debug, Default)]
    struct Clock(Arc<AtomicI64>);

    impl Clock {
        fn pass(&self, milliseconds: i64) {
            self.0.fetch_add(milliseconds * 1000, Ordering::Relaxed);
        }
    }

    impl TimeSource for Clock {
        fn now(&self) -> Moment {
            Moment::from_micros(self.0.load(Ordering::Relaxed)).unwrap()
        }
    }

    fn on_a_terminal(width: usize, clock: &Clock) -> Environment {
        let terminal = Terminal { error_width: Some(width), redraws: true, ..Terminal::plain(80) };
        Environment { terminal, ..Environment::plain(80).at(clock.clone()) }
    }

    fn of_a_hundred(done: u64) -> Progress {
        Progress { done, total: Some(100) }
    }

    /// What is written while a file is read that takes as long as given, in ten steps.
    fn drawn(env: &Environment, clock: &Clock, milliseconds: i64) -> String {
        let mut err = Vec::new();
        let mut bar = ProgressBar::new(&mut err, env);
        bar.begin("Reading a.jsonl");
        for step in 1..=10 {
            clock.pass(milliseconds / 10);
            assert_eq!(bar.report(of_a_hundred(step * 10)), ControlFlow::Continue(()));
        }
        bar.begin("Working it out");
        bar.clear();
        bar.clear();
        String::from_utf8(err).unwrap().replace('\r', "<").replace("\x1b[K", ">")
    }

    #[test]
    fn what_is_done_within_half_a_second_is_not_mentioned() {
        let clock = Clock::default();
        assert_eq!(drawn(&on_a_terminal(60, &clock), &clock, 490), "");
    }

    #[test]
    fn what_takes_longer_is_shown_and_taken_away_again() {
        let clock = Clock::default();
        let expected = "<Reading a.jsonl  [==========          ]  50 %>\
            <Reading a.jsonl  [============        ]  60 %>\
            <Reading a.jsonl  [==============      ]  70 %>\
            <Reading a.jsonl  [================    ]  80 %>\
            <Reading a.jsonl  [==================  ]  90 %>\
            <Reading a.jsonl  [====================] 100 %>\
            <Working it out>\
            <>";
        assert_eq!(drawn(&on_a_terminal(60, &clock), &clock, 1000), expected);
    }

    #[test]
    fn it_is_drawn_ten_times_a_second_at_the_most() {
        let clock = Clock::default();
        let expected = "<Reading a.jsonl  80 %><Reading a.jsonl  100 %><Working it out><>";
        assert_eq!(drawn(&on_a_terminal(40, &clock), &clock, 630), expected);
    }

    #[test]
    fn it_fits_the_terminal() {
        let clock = Clock::default();
        for columns in 20..80 {
            let shown = drawn(&on_a_terminal(columns, &clock), &clock, 2000);
            for line in shown.split('<').map(|line| line.trim_end_matches('>')) {
                assert!(width(line) < columns, "{columns}: {line}");
            }
        }
    }

    #[test]
    fn where_it_could_not_be_drawn_over_it_is_not_shown() {
        let clock = Clock::default();
        let on = on_a_terminal(60, &clock);
        let in_a_file = Environment { terminal: Terminal { error_width: None, ..on.terminal }, ..on.clone() };
        let dumb = Environment { terminal: Terminal { redraws: false, ..on.terminal }, ..on };
        assert_eq!(drawn(&in_a_file, &clock, 2000), "");
        assert_eq!(drawn(&dumb, &clock, 2000), "");
    }

    #[test]
    fn a_clock_that_is_set_back_does_no_harm() {
        let clock = Clock::default();
        clock.pass(10_000);
        assert_eq!(drawn(&on_a_terminal(60, &clock), &clock, -5_000), "");
    }

    #[test]
    fn how_far_it_has_come() {
        let shown = |done, total| measure(Progress { done, total }, 80);
        assert_eq!(shown(0, Some(3)), "  [                    ]   0 %");
        assert_eq!(shown(1, Some(3)), "  [======              ]  33 %");
        assert_eq!(shown(u64::MAX, Some(u64::MAX)), "  [====================] 100 %");
        // The file has grown.
        assert_eq!(shown(5, Some(3)), "  [====================] 100 %");
        assert_eq!(shown(12_345_678, None), "  12 MB");
        assert_eq!(shown(0, Some(0)), "  0 MB");
    }
}

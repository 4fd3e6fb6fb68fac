//! Where the answer is shown.

use std::ffi::OsString;
use std::io::{IsTerminal, stderr, stdout};

use terminal_size::{Height, Width, terminal_size_of};

/// How wide lines may be, how many the screen has, and whether colours can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether the answer may have colours.
    pub colours: bool,
    /// Whether what goes wrong may be said in colours.
    pub error_colours: bool,
    /// How many lines the screen has; nothing where the answer does not go to a screen.
    pub height: Option<usize>,
    /// Whether a line that says how far something has come can be drawn over, where what goes wrong is said.
    pub redraws: bool,
    /// How many columns a line may have.
    pub width: usize,
    /// How many columns a line may have where what goes wrong is said; nothing where that does not go to a screen.
    pub error_width: Option<usize>,
}

/// The width where there is no terminal, such as in a file or a pipe.
const DEFAULT_WIDTH: usize = 100;
/// In fewer columns nothing can be laid out; a width below this is taken to be a mistake.
const MIN_WIDTH: usize = 20;

impl Terminal {
    /// No colours, no screen, and lines of this width.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self {
            colours: false,
            error_colours: false,
            height: None,
            redraws: false,
            width: width.max(MIN_WIDTH),
            error_width: None,
        }
    }

    /// What this process writes to.
    ///
    /// There are colours only on a terminal, and none if `NO_COLOR` is set or `TERM` is `dumb`; on a dumb terminal there is no screen
    /// either. The width is that in `COLUMNS` if it is set, else the terminal's, else 100.
    #[must_use]
    pub fn of_this_process() -> Self {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let able = set("TERM").is_none_or(|term| term != "dumb");
        let wanted = able && set("NO_COLOR").is_none();
        let columns = |value: OsString| value.to_str()?.parse().ok().filter(|columns| *columns >= MIN_WIDTH);
        let width = |measured: Option<(Width, Height)>| {
            let measured = measured.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0);
            set("COLUMNS").and_then(columns).or(measured).unwrap_or(DEFAULT_WIDTH)
        };
        let (answer, errors) = (terminal_size_of(stdout()), terminal_size_of(stderr()));
        let height = answer.map(|(_, height)| usize::from(height.0)).filter(|height| able && *height > 0);
        Self {
            colours: wanted && stdout().is_terminal(),
            error_colours: wanted && stderr().is_terminal(),
            height,
            redraws: able && stderr().is_terminal(),
            error_width: stderr().is_terminal().then(|| width(errors).max(MIN_WIDTH)),
            ..Self::plain(width(answer))
        }
    }
}

//! Where the answer is shown.

use std::ffi::OsString;
use std::io::{IsTerminal, stderr, stdout};

/// How wide lines may be, and whether colours can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether the answer may have colours.
    pub colours: bool,
    /// Whether what goes wrong may be said in colours.
    pub colours_in_errors: bool,
    /// How many columns a line may have.
    pub width: usize,
}

/// The width where there is no terminal, such as in a file or a pipe.
const NO_TERMINAL: usize = 100;
/// In fewer columns nothing can be laid out; a width below this is taken to be a mistake.
const NARROWEST: usize = 20;

impl Terminal {
    /// No colours, and lines of this width.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self { colours: false, colours_in_errors: false, width: width.max(NARROWEST) }
    }

    /// What this process writes to.
    ///
    /// There are colours only on a terminal, and none if `NO_COLOR` is set or `TERM` is `dumb`. The width is that in `COLUMNS` if
    /// it is set, else the terminal's, else 100.
    #[must_use]
    pub fn of_this_process() -> Self {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let wanted = set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb");
        let columns = |value: OsString| value.to_str()?.parse().ok().filter(|columns| *columns >= NARROWEST);
        let measured = || terminal_size::terminal_size_of(stdout()).map(|(width, _)| usize::from(width.0));
        let width = set("COLUMNS").and_then(columns).or_else(measured).unwrap_or(NO_TERMINAL);
        Self {
            colours: wanted && stdout().is_terminal(),
            colours_in_errors: wanted && stderr().is_terminal(),
            ..Self::plain(width)
        }
    }
}

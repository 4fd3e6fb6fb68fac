//! The properties of the terminal that the command writes to.

use std::ffi::OsString;
use std::io::{IsTerminal, stderr, stdout};

use terminal_size::{Height, Width, terminal_size_of};

/// The properties of the terminal, or of the file or pipe, that the command writes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether the answer may contain colours.
    pub colours: bool,
    /// Whether a table may cut long texts to the width. Otherwise its lines are as long as they
    /// have to be, which suits a pipe.
    pub cuts: bool,
    /// Whether error messages may contain colours.
    pub error_colours: bool,
    /// The width for error messages in columns, or `None` if they do not go to a terminal.
    pub error_width: Option<usize>,
    /// The height of the screen in lines, or `None` if the answer does not go to a screen.
    pub height: Option<usize>,
    /// Whether URLs may be written as links that a terminal opens on a click.
    pub links: bool,
    /// Whether answers are tables for people, unless a format is given. Otherwise they are
    /// tab-separated values, which suit a pipe.
    pub tables: bool,
    /// Whether a line of stderr can be overwritten, as a progress bar needs.
    pub redraws: bool,
    /// The width for the answer in columns.
    pub width: usize,
}

/// The width for a file or a pipe.
const DEFAULT_WIDTH: usize = 100;
/// The smallest supported width. Narrower terminals get lines of this width.
const MIN_WIDTH: usize = 40;

impl Terminal {
    /// Returns a terminal of this width, but at least 40, without colours, links, height or
    /// progress bar.
    #[must_use]
    pub fn plain(width: usize) -> Self {
        Self {
            colours: false,
            cuts: true,
            error_colours: false,
            error_width: None,
            height: None,
            links: false,
            redraws: false,
            tables: true,
            width: width.max(MIN_WIDTH),
        }
    }

    /// Returns the properties of stdout and stderr of this process.
    ///
    /// Colours are used only on a terminal, and not if `NO_COLOR` is set or `TERM` is `dumb`. A
    /// dumb terminal has no height, so no pager is used. The width is the value of `COLUMNS` if it
    /// is set, or else the width of the terminal, or else 100.
    #[must_use]
    pub fn of_process() -> Self {
        let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let capable = variable("TERM").is_none_or(|term| term != "dumb");
        let colours = capable && variable("NO_COLOR").is_none();
        let columns = |value: OsString| value.to_str()?.parse().ok().filter(|columns| *columns > 0);
        let width = |measured: Option<(Width, Height)>| {
            let measured = measured.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0);
            variable("COLUMNS").and_then(columns).or(measured).unwrap_or(DEFAULT_WIDTH)
        };
        let (out, err) = (terminal_size_of(stdout()), terminal_size_of(stderr()));
        let height = out.map(|(_, height)| usize::from(height.0)).filter(|height| capable && *height > 0);
        Self {
            colours: colours && stdout().is_terminal(),
            // A user who sets COLUMNS wants lines of that width, also in a pipe.
            cuts: stdout().is_terminal() || variable("COLUMNS").is_some(),
            error_colours: colours && stderr().is_terminal(),
            error_width: stderr().is_terminal().then(|| width(err).max(MIN_WIDTH)),
            height,
            links: colours && stdout().is_terminal(),
            tables: stdout().is_terminal(),
            redraws: capable && stderr().is_terminal(),
            ..Self::plain(width(out))
        }
    }
}

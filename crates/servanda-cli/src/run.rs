//! From arguments to an exit code.

use std::error::Error as _;
use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind as UsageKind};
use clap::{CommandFactory as _, FromArgMatches as _};

use crate::Terminal;
use crate::args::Args;
use crate::commands;
use crate::page::{Ink, Page, painted};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// What was asked is done.
    Done,
    /// Something was refused, or found wrong.
    Refused,
    /// The arguments make no sense.
    Usage,
}

impl Exit {
    /// The exit code: 0, 1 or 2.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Refused => 1,
            Self::Usage => 2,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

/// What keeps a command from its answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The question cannot be answered, for this reason.
    Refused(String),
    /// The question makes no sense, for this reason.
    Usage(String),
    /// The answer cannot be written.
    Unwritten(io::Error),
}

impl From<servanda::Error> for Failure {
    fn from(error: servanda::Error) -> Self {
        Self::Refused(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unwritten(error)
    }
}

/// Runs the command: the answer goes to `out`, and what goes wrong to `err`.
///
/// The first argument is the name of the program, as in [`std::env::args_os`]. A reader that goes away before the end, such as
/// `head`, is no error.
pub fn run<A: Into<OsString> + Clone>(
    args: impl IntoIterator<Item = A>,
    out: &mut dyn Write,
    err: &mut dyn Write,
    terminal: &Terminal,
) -> Exit {
    // Help reads badly in very long lines.
    let command = Args::command().term_width(terminal.width.min(100));
    let parsed = command.try_get_matches_from(args).and_then(|matches| Args::from_arg_matches(&matches));
    let ended = match parsed {
        Ok(args) => commands::run(args, &mut Page::new(out, terminal)),
        Err(error) if !error.use_stderr() => {
            let help = error.render();
            let written = if terminal.colours { write!(out, "{}", help.ansi()) } else { write!(out, "{help}") };
            written.map(|()| Exit::Done).map_err(Failure::from)
        }
        Err(error) => {
            // If even that cannot be written, the exit code still tells.
            let _ = err.write_all(usage(&error, terminal).as_bytes());
            return Exit::Usage;
        }
    };
    let flushed = ended.and_then(|exit| out.flush().map(|()| exit).map_err(Failure::from));
    let (exit, reason) = match flushed {
        Ok(exit) => return exit,
        Err(Failure::Unwritten(error)) if error.kind() == ErrorKind::BrokenPipe => return Exit::Done,
        Err(Failure::Unwritten(error)) => (Exit::Refused, format!("the answer could not be written: {error}")),
        Err(Failure::Refused(reason)) => (Exit::Refused, reason),
        Err(Failure::Usage(reason)) => (Exit::Usage, reason),
    };
    let _ = writeln!(err, "{} {reason}", label(terminal));
    exit
}

fn label(terminal: &Terminal) -> String {
    painted(terminal.colours_in_errors, Some(Ink::Error), "error:")
}

/// What is wrong with the arguments. A value that is not well-formed is explained in Servanda's own words.
fn usage(error: &clap::Error, terminal: &Terminal) -> String {
    let argument = error.get(ContextKind::InvalidArg);
    match (error.kind(), argument, error.source()) {
        (UsageKind::ValueValidation, Some(argument), Some(reason)) => {
            format!("{} {argument}: {reason}\n\nFor more information, try '--help'.\n", label(terminal))
        }
        _ if terminal.colours_in_errors => error.render().ansi().to_string(),
        _ => error.render().to_string(),
    }
}

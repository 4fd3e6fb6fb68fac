//! From arguments to an exit code.

use std::error::Error as _;
use std::ffi::OsString;
use std::io::{ErrorKind, Write};

use clap::error::{ContextKind, ErrorKind as UsageKind};
use clap::{CommandFactory as _, FromArgMatches as _};

use crate::args::Args;
use crate::commands;
use crate::exit::{Exit, Failure};
use crate::page::{Ink, Page, painted};
use crate::{Setting, Terminal};

/// Runs the command: the answer goes to `out`, and what goes wrong to `err`.
///
/// The first argument is the name of the program, as in [`std::env::args_os`]. A reader that goes away before the end, such as
/// `head`, is no error.
pub fn run<A: Into<OsString> + Clone>(
    args: impl IntoIterator<Item = A>,
    out: &mut dyn Write,
    err: &mut dyn Write,
    setting: &Setting,
) -> Exit {
    let terminal = &setting.terminal;
    // Help reads badly in very long lines.
    let command = Args::command().term_width(terminal.width.min(100));
    let parsed = command.try_get_matches_from(args).and_then(|matches| Args::from_arg_matches(&matches));
    let ended = match parsed {
        Ok(args) => commands::run(args, setting, &mut Page::new(out, terminal)),
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

//! From arguments to an exit code.

use std::error::Error as _;
use std::ffi::OsString;
use std::io::{ErrorKind, Write};

use clap::error::{ContextKind, ErrorKind as UsageKind};
use clap::{CommandFactory as _, FromArgMatches as _};

use crate::args::Args;
use crate::exit::{Exit, Failure, Refusal};
use crate::output::{Output, Style, styled};
use crate::progress::ProgressBar;
use crate::text::fitted;
use crate::{Environment, Terminal, commands, json};

/// Runs the command: the answer goes to `out`, and what goes wrong to `err`.
///
/// The first argument is the name of the program, as in [`std::env::args_os`]. A reader that goes away before the end, such as
/// `head`, is no error. With `--format json` what goes wrong is a JSON object too: its `code`, its `details` and its `text`.
pub fn run<A: Into<OsString> + Clone>(
    args: impl IntoIterator<Item = A>,
    out: &mut dyn Write,
    err: &mut dyn Write,
    env: &Environment,
) -> Exit {
    let terminal = &env.terminal;
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    let reporter = ErrorReporter { json: asks_for_json(&args), terminal };
    let command = fitting(Args::command(), terminal.width);
    let parsed = command.try_get_matches_from(args).and_then(|matches| Args::from_arg_matches(&matches));
    let args = match parsed {
        Ok(args) => args,
        Err(error) if !error.use_stderr() => {
            let help = help(&error, terminal.colours, terminal.width);
            let written = out.write_all(help.as_bytes()).and_then(|()| out.flush());
            return reporter.end(err, written.map(|()| Exit::Done).map_err(Failure::from));
        }
        Err(error) if error.kind() == UsageKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let help = help(&error, terminal.error_colours, terminal.width);
            // If even that cannot be written, the exit code still tells.
            let _ = err.write_all(help.as_bytes());
            return Exit::Usage;
        }
        Err(error) => return reporter.end(err, Err(Failure::Usage(usage(&error)))),
    };
    let mut output = Output::new(out, ProgressBar::new(err, env), env);
    let ended = commands::run(args, env, &mut output);
    let (mut bar, shown) = output.end();
    reporter.end(bar.err(), ended.and_then(|exit| shown.map(|()| exit).map_err(Failure::from)))
}

/// The command with help for a terminal of this width.
fn fitting(command: clap::Command, columns: usize) -> clap::Command {
    // Help reads badly in very long lines.
    let columns = columns.min(100);
    command.term_width(columns).mut_subcommands(|command| {
        let Some(after) = command.get_after_help().map(ToString::to_string) else { return command };
        // Examples go on indented; clap would begin each of their lines alike.
        let hang = |line: &str| if line.starts_with(' ') { indent(line) + 2 } else { 0 };
        command.after_help(fitted(&after, columns, hang))
    })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Help, of which clap breaks all but the usage.
fn help(help: &clap::Error, colours: bool, columns: usize) -> String {
    const USAGE: &str = "Usage: ";
    let rendered = help.render();
    let text = if colours { rendered.ansi().to_string() } else { rendered.to_string() };
    fitted(&text, columns, |line| if line.contains("Usage:") { USAGE.len() } else { indent(line) })
}

/// Whether the answer is for a program, which then wants to know what goes wrong in JSON too. This is asked before it is known whether
/// the arguments make sense.
fn asks_for_json(args: &[OsString]) -> bool {
    args.iter().any(|arg| arg == "--format=json") || args.windows(2).any(|pair| pair == ["--format", "json"])
}

/// Says what went wrong.
struct ErrorReporter<'a> {
    json: bool,
    terminal: &'a Terminal,
}

impl ErrorReporter<'_> {
    fn end(&self, err: &mut dyn Write, ended: Result<Exit, Failure>) -> Exit {
        let (exit, Refusal { code, details, text }) = match ended {
            Ok(exit) => return exit,
            Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => return Exit::Done,
            Err(Failure::Output(error)) => {
                let text = format!("the answer could not be written: {error}");
                (Exit::Refused, Refusal { code: "unwritten", details: json::object([]), text })
            }
            Err(Failure::Refused(refusal)) => (Exit::Refused, refusal),
            Err(Failure::Interrupted) => (Exit::Interrupted, servanda::Error::Interrupted.into()),
            Err(Failure::Notes { exit, notes }) => {
                for note in notes {
                    let _ = writeln!(err, "{note}");
                }
                return exit;
            }
            Err(Failure::Usage(text)) => (Exit::Usage, Refusal { code: "usage", details: json::object([]), text }),
        };
        let _ = if self.json {
            writeln!(err, "{}", json::error(code, details, text))
        } else {
            let label = styled(self.terminal.error_colours, Some(Style::Error), "error:");
            let text = format!("error: {text}");
            let text = match self.terminal.error_width {
                Some(columns) => fitted(&text, columns, |line| indent(line) + 2),
                None => text,
            };
            writeln!(err, "{label}{}", text.strip_prefix("error:").unwrap_or(&text))
        };
        exit
    }
}

/// What is wrong with the arguments. A value that is not well-formed is explained in Servanda's own words.
fn usage(error: &clap::Error) -> String {
    let argument = error.get(ContextKind::InvalidArg);
    if let (UsageKind::ValueValidation, Some(argument), Some(reason)) = (error.kind(), argument, error.source()) {
        return format!("{argument}: {reason}\n\nFor more information, try '--help'.");
    }
    let text = error.render().to_string();
    text.strip_prefix("error: ").unwrap_or(&text).trim_end().to_owned()
}

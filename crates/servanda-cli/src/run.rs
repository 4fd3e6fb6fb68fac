//! Runs the command, from arguments to exit code.

use std::error::Error as _;
use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ErrorKind as UsageKind};
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, ValueEnum as _};
use servanda::format::{escape_invisible, quote};
use servanda::tracker::is_database_url;

use crate::args::{Args, Format};
use crate::environment::SERVANDA_FORMAT;
use crate::exit::{Exit, Failure, Refusal};
use crate::output::{Output, Style, styled};
use crate::progress::ProgressBar;
use crate::text::wrap_lines;
use crate::{Environment, Terminal, commands, complete, help, json};

/// Runs the command. The answer goes to `out`, and error messages go to `err`.
///
/// The first argument is the name of the program, as in [`std::env::args_os`]. A reader that closes
/// the pipe early, such as `head`, is not an error. With `--format json`, an error message is a
/// JSON object with `code`, `details` and `text`.
pub fn run<A: Into<OsString> + Clone>(
    args: impl IntoIterator<Item = A>,
    out: &mut dyn Write,
    err: &mut dyn Write,
    env: &Environment,
) -> Exit {
    let terminal = &env.terminal;
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    let reporter = ErrorReporter { json: asks_for_json(&args), terminal };
    if let Some(shell) = &env.complete {
        return reporter.finish(err, complete::run(shell, args, env, out));
    }
    let format = match default_format(env) {
        Ok(format) => format,
        Err(failure) => return reporter.finish(err, Err(failure)),
    };
    let command = help::grouped(with_format(with_width(Args::command(), terminal.width), format), terminal.width);
    let parsed = parse(command, args, env.ledger.as_deref());
    let args = match parsed {
        Ok(args) => args,
        Err(error) if !error.use_stderr() => {
            let help = rendered_help(&error, terminal.colours, terminal.width);
            let written = out.write_all(help.as_bytes()).and_then(|()| out.flush());
            return reporter.finish(err, written.map(|()| Exit::Done).map_err(Failure::from));
        }
        Err(error) if error.kind() == UsageKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let help = rendered_help(&error, terminal.error_colours, terminal.width);
            // If this fails, the exit code still reports the error.
            let _ = err.write_all(help.as_bytes());
            return Exit::Usage;
        }
        Err(error) => return reporter.finish(err, Err(Failure::Usage(usage(&error)))),
    };
    let mut output = Output::new(out, ProgressBar::new(err, env), env);
    let result = commands::run(args, env, &mut output);
    let (mut bar, written) = output.finish();
    reporter.finish(bar.err(), result.and_then(|exit| written.map(|()| exit).map_err(Failure::from)))
}

/// Parses the arguments. A command that names a ledger that exists is read as it is. Otherwise the
/// ledger of the environment, if it gives one, takes the place of the first argument. If the
/// command is invalid then, it is read as it is.
fn parse(command: clap::Command, args: Vec<OsString>, ledger: Option<&str>) -> clap::error::Result<Args> {
    let parsed = |matches: ArgMatches| Args::from_arg_matches(&matches);
    let first_is_ledger = args.get(2).is_some_and(|first| names_ledger(Path::new(first)));
    let plain = command.clone().try_get_matches_from(args.clone());
    let Some(ledger) = ledger.filter(|_| !plain.as_ref().is_ok_and(has_ledger)) else { return plain.and_then(parsed) };
    match with_ledger(command, ledger).try_get_matches_from(args).and_then(parsed) {
        // The error should be about the command that the user meant.
        Err(error) if error.use_stderr() => {
            plain.and_then(parsed).map_err(|other| if first_is_ledger { other } else { error })
        }
        result => result,
    }
}

/// Tells whether the first argument of the subcommand is a ledger that exists.
fn has_ledger(matches: &ArgMatches) -> bool {
    let ledger = matches.subcommand().and_then(|(_, matches)| matches.try_get_one::<PathBuf>("ledger").ok().flatten());
    ledger.is_some_and(|ledger| names_ledger(ledger))
}

/// Tells whether an argument is a ledger rather than a commitment or a word: the URL of a database,
/// or a file that exists.
pub(crate) fn names_ledger(argument: &Path) -> bool {
    is_database_url(argument) || argument.is_file()
}

/// Returns the command with `--ledger` instead of the first argument of each subcommand, and this
/// default.
pub(crate) fn with_ledger(command: clap::Command, ledger: &str) -> clap::Command {
    command.mut_subcommands(|command| {
        let takes_one = command.get_arguments().any(|arg| arg.get_id() == "ledger");
        let option = |arg: clap::Arg| arg.long("ledger").required(false).default_value(ledger.to_owned());
        if takes_one { command.mut_arg("ledger", option) } else { command }
    })
}

/// Returns the format of answers about commitments, if no option gives one.
fn default_format(env: &Environment) -> Result<Format, Failure> {
    let Some(word) = &env.format else {
        return Ok(if env.terminal.tables { Format::Table } else { Format::Tsv });
    };
    let known = || Format::value_variants().iter().copied();
    known().find(|format| format.as_str() == word).ok_or_else(|| {
        let words: Vec<&str> = known().map(Format::as_str).collect();
        Failure::Usage(format!("{SERVANDA_FORMAT}: {} is no format; use one of: {}", quote(word), words.join(", ")))
    })
}

/// Returns the command with this default for the format of answers about commitments.
fn with_format(command: clap::Command, format: Format) -> clap::Command {
    command.mut_subcommands(|command| {
        // Only answers about commitments can be raw.
        let can_be_raw = command.get_arguments().any(|arg| arg.get_id() == "raw");
        if can_be_raw { command.mut_arg("format", |arg| arg.default_value(format.as_str())) } else { command }
    })
}

/// Returns the command with help texts for a terminal of this width.
fn with_width(command: clap::Command, width: usize) -> clap::Command {
    // Very long lines are hard to read.
    let width = width.min(100);
    command.term_width(width).mut_subcommands(|command| {
        let Some(after) = command.get_after_help().map(ToString::to_string) else { return command };
        // clap would not indent the continuation lines of an example.
        let hang = |line: &str| if line.starts_with(' ') { indentation(line) + 2 } else { 0 };
        command.after_help(wrap_lines(&after, width, hang))
    })
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Returns a help text with its usage line wrapped. clap wraps only the rest.
fn rendered_help(help: &clap::Error, colours: bool, width: usize) -> String {
    const USAGE: &str = "Usage: ";
    let rendered = help.render();
    let text = if colours { rendered.ansi().to_string() } else { rendered.to_string() };
    wrap_lines(&text, width, |line| if line.contains("Usage:") { USAGE.len() } else { indentation(line) })
}

/// Tells whether the arguments ask for JSON. It works on invalid arguments too, because their error
/// message must be JSON as well.
fn asks_for_json(args: &[OsString]) -> bool {
    args.iter().any(|arg| arg == "--format=json") || args.windows(2).any(|pair| pair == ["--format", "json"])
}

/// Writes error messages.
pub(crate) struct ErrorReporter<'a> {
    pub(crate) json: bool,
    pub(crate) terminal: &'a Terminal,
}

impl ErrorReporter<'_> {
    /// Writes the message of a failure, if there is one, and returns the exit code.
    pub(crate) fn finish(&self, err: &mut dyn Write, result: Result<Exit, Failure>) -> Exit {
        let (exit, Refusal { code, details, text }) = match result {
            Ok(exit) => return exit,
            Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => return Exit::Done,
            Err(Failure::Output(error)) => {
                let text = format!("could not write the answer: {error}");
                (Exit::Refused, Refusal { code: "unwritten", details: json::object([]), text })
            }
            Err(Failure::Refused(refusal)) => (Exit::Refused, refusal),
            Err(Failure::Interrupted) => (Exit::Interrupted, servanda::Error::Interrupted.into()),
            Err(Failure::Notes { exit, notes }) => {
                for note in notes {
                    let _ = writeln!(err, "{}", shown(&note));
                }
                return exit;
            }
            Err(Failure::Usage(text)) => (Exit::Usage, Refusal { code: "usage", details: json::object([]), text }),
        };
        let _ = if self.json {
            writeln!(err, "{}", json::error(code, details, text))
        } else {
            let label = styled(self.terminal.error_colours, Some(Style::Error), "error:");
            let text = format!("error: {}", shown(&text));
            let text = match self.terminal.error_width {
                Some(width) => wrap_lines(&text, width, |line| indentation(line) + 2),
                None => text,
            };
            writeln!(err, "{label}{}", text.strip_prefix("error:").unwrap_or(&text))
        };
        exit
    }
}

/// Escapes what a terminal would obey or not show. A message may quote anything, such as a path.
fn shown(message: &str) -> String {
    let escaped = |character: char| match character.is_control() && character != '\n' {
        true => character.escape_default().to_string(),
        false => character.to_string(),
    };
    escape_invisible(message).chars().map(escaped).collect()
}

/// Describes what is wrong with the arguments. For an invalid value, this is Servanda's own
/// message.
fn usage(error: &clap::Error) -> String {
    let argument = error.get(ContextKind::InvalidArg);
    if let (UsageKind::ValueValidation, Some(argument), Some(reason)) = (error.kind(), argument, error.source()) {
        return format!("{argument}: {reason}\n\nFor more information, try '--help'.");
    }
    let text = error.render().to_string();
    text.strip_prefix("error: ").unwrap_or(&text).trim_end().to_owned()
}

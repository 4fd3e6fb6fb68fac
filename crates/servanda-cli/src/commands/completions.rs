//! `servanda completions` and `servanda man`, generated from the definition of the arguments.

use clap::CommandFactory as _;
use clap_complete::env::Shells;
use servanda::format::quote;

use crate::args::{Args, CompletionsArgs, ManArgs};
use crate::complete::SERVANDA_COMPLETE;
use crate::exit::{Exit, Failure};
use crate::output::Output;

const NAME: &str = "servanda";

pub(super) fn completions(args: &CompletionsArgs, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let shell = args.shell.to_string();
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(&shell) else {
        return Err(Failure::Usage(format!("there are no completions for {shell}")));
    };
    completer.write_registration(SERVANDA_COMPLETE, NAME, NAME, NAME, out.writer())?;
    Ok(Exit::Done)
}

pub(super) fn man(args: &ManArgs, out: &mut Output<'_>) -> Result<Exit, Failure> {
    // Otherwise `servanda help status` would have a page too.
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let version = command.get_version().unwrap_or_default().to_owned();
    let documented = match &args.command {
        None => command,
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone(),
            None => {
                let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
                let reason = format!("there is no command {}; there are: {}", quote(name), names.join(", "));
                return Err(Failure::Usage(reason));
            }
        },
    };
    let source = format!("{NAME} {version}");
    let mut text = Vec::new();
    clap_mangen::Man::new(documented).manual("Servanda").source(source).render(&mut text)?;
    // clap_mangen calls the section with examples and exit codes EXTRA.
    let text = String::from_utf8_lossy(&text).replace(".SH EXTRA\n", ".SH NOTES\n");
    out.writer().write_all(text.as_bytes())?;
    Ok(Exit::Done)
}

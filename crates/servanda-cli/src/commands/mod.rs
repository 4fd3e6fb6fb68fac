//! One module for each command.

mod agenda;
mod changes;
mod comfort;
mod files;
mod history;
mod merge;
mod next;
mod parts;
mod procedures;
mod stale;
mod status;
mod verify;
mod write;

use std::path::Path;

use servanda::{Tracker, View};

use crate::Setting;
use crate::args::{Args, AskCommand, Command, ViewArgs};
use crate::exit::{Exit, Failure};
use crate::page::Page;
use crate::phrases::when;

/// Who would record, if a command recorded anything.
const READER: &str = "reader";

pub(crate) fn run(args: Args, setting: &Setting, page: &mut Page<'_>) -> Result<Exit, Failure> {
    match args.command {
        Command::Status(args) => status::run(args, page),
        Command::History(args) => history::run(&args, page),
        Command::Next(args) => next::run(&args, page),
        Command::Ask(AskCommand::Agenda(args)) => agenda::run(args, page),
        Command::Ask(AskCommand::Changes(args)) => changes::run(args, page),
        Command::Ask(AskCommand::Parts(args)) => parts::run(args, page),
        Command::Ask(AskCommand::Stale(args)) => stale::run(args, page),
        Command::Verify(args) => verify::run(&args, page),
        Command::Merge(args) => merge::run(&args, page),
        Command::Procedures(args) => procedures::run(&args, page),
        Command::Write(command) => write::run(command, setting, page),
        Command::Completions(args) => comfort::completions(&args, page),
        Command::Man(args) => comfort::man(&args, page),
    }
}

fn open(ledger: &Path) -> servanda::Result<Tracker> {
    Tracker::open(ledger, READER)
}

/// The view that is asked for, with the words that say which it is.
fn view(ledger: &Path, args: &ViewArgs) -> servanda::Result<(View, String)> {
    let mut view = open(ledger)?.view();
    if let Some(day) = args.on {
        view = view.on(day);
    }
    if let Some(moment) = args.known_at {
        view = view.known_at(moment);
    }
    let when = when(view.day(), args.on.is_none(), args.known_at);
    Ok((view, when))
}

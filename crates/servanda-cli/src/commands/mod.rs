//! One module for each command.

mod agenda;
mod changes;
mod completions;
mod copy;
mod entry_into_force;
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
use std::sync::Arc;

use servanda::{Filter, Ledger, Tracker, Unmatched, View};

use crate::Environment;
use crate::args::{Args, Command, Format, QueryCommand, ViewArgs};
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::phrases::when;

/// Who would record, if a command recorded anything.
const READER: &str = "reader";

pub(crate) fn run(args: Args, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    match args.command {
        Command::Status(args) => status::run(args, env, out),
        Command::History(args) => history::run(&args, env, out),
        Command::Next(args) => next::run(&args, env, out),
        Command::Query(QueryCommand::Agenda(args)) => agenda::run(args, env, out),
        Command::Query(QueryCommand::Changes(args)) => changes::run(args, env, out),
        Command::Query(QueryCommand::Parts(args)) => parts::run(args, env, out),
        Command::Query(QueryCommand::Stale(args)) => stale::run(args, env, out),
        Command::EntryIntoForce(args) => entry_into_force::run(&args, out),
        Command::Verify(args) => verify::run(&args, env, out),
        Command::Merge(args) => merge::run(&args, env, out),
        Command::Copy(args) => copy::run(&args, env, out),
        Command::Procedures(args) => procedures::run(&args, out),
        Command::Write(command) => write::run(command, env, out),
        Command::Completions(args) => completions::completions(&args, out),
        Command::Man(args) => completions::man(&args, out),
    }
}

/// A ledger as it is named in answers.
fn shown(ledger: &Path) -> String {
    servanda::without_password(&ledger.display().to_string())
}

/// The last part of that, for whoever waits.
fn name(ledger: &Path) -> String {
    let shown = shown(ledger);
    let name = Path::new(&shown).file_name().map(|name| name.display().to_string());
    name.unwrap_or(shown)
}

/// Opens a ledger, and says how far that has come to whoever waits for it.
fn open(ledger: &Path, by: &str, env: &Environment, out: &mut Output<'_>) -> servanda::Result<Tracker> {
    let bar = out.progress_bar();
    let name = name(ledger);
    bar.begin(format!("Reading {name}"));
    let tracker = Tracker::open_with(ledger, by, |progress| bar.report(progress))?;
    bar.begin("Working it out");
    Ok(tracker.with_time(Arc::clone(&env.time)))
}

/// Reads all of a ledger, and says how far that has come. A file of lines has been read when it was opened; a database is read as far as it is asked.
fn load(tracker: &Tracker, ledger: &Path, out: &mut Output<'_>) -> servanda::Result<Arc<Ledger>> {
    let bar = out.progress_bar();
    let name = name(ledger);
    let mut begun = false;
    let loaded = tracker.load_with(|progress| {
        if !std::mem::replace(&mut begun, true) {
            bar.begin(format!("Reading {name}"));
        }
        bar.report(progress)
    })?;
    if begun {
        bar.begin("Working it out");
    }
    Ok(loaded)
}

/// The end of an answer about so many commitments. Where there is none, what was asked for may be misspelt.
fn answered(found: usize, filter: &Filter, view: &View) -> Result<Exit, Failure> {
    let unmatched = if found == 0 { view.unmatched(filter)? } else { Vec::new() };
    if unmatched.is_empty() {
        return Ok(Exit::Done);
    }
    let note = |unmatched: Unmatched| {
        let Unmatched { member, value, nearest, .. } = unmatched;
        let asked = match member {
            "party" => "is by or to",
            "procedure" => "goes through the procedure",
            "topic" => "is under the topic",
            _ => "is a piece of",
        };
        let nearest = nearest.map_or_else(String::new, |nearest| format!(" (did you mean {nearest}?)"));
        format!("note: no commitment on this ledger {asked} {value}{nearest}")
    };
    Err(Failure::Notes { exit: Exit::Done, notes: unmatched.into_iter().map(note).collect() })
}

/// The view that is asked for, with the words that say which it is: of all commitments.
fn view(ledger: &Path, args: &ViewArgs, env: &Environment, out: &mut Output<'_>) -> servanda::Result<(View, String)> {
    view_of(true, ledger, args, env, out)
}

/// The view that is asked for, with the words that say which it is: of some commitments.
fn view_of_some(
    ledger: &Path,
    args: &ViewArgs,
    env: &Environment,
    out: &mut Output<'_>,
) -> servanda::Result<(View, String)> {
    view_of(false, ledger, args, env, out)
}

fn view_of(
    all: bool,
    ledger: &Path,
    args: &ViewArgs,
    env: &Environment,
    out: &mut Output<'_>,
) -> servanda::Result<(View, String)> {
    if args.format == Format::Table && !args.show.no_pager {
        out.page_if_long();
    }
    let tracker = open(ledger, READER, env, out)?;
    if all {
        load(&tracker, ledger, out)?;
    }
    let mut view = tracker.view();
    if let Some(day) = args.on {
        view = view.on(day);
    }
    if let Some(moment) = args.known_at {
        view = view.known_at(moment);
    }
    let when = when(view.day(), args.on.is_none(), args.known_at);
    Ok((view, when))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_is_shown_no_password() {
        let cases = [
            ("examples/alliance.jsonl", "alliance.jsonl"),
            ("postgresql://me:secret@localhost", "me@localhost"),
            ("postgresql://localhost/desk?password=secret", "desk"),
        ];
        for (ledger, expected) in cases {
            assert_eq!(name(Path::new(ledger)), expected);
        }
    }
}

//! One module for each command.

mod agenda;
mod changes;
mod comfort;
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

use crate::Setting;
use crate::args::{Args, AskCommand, Command, Format, ViewArgs};
use crate::exit::{Exit, Failure};
use crate::page::Page;
use crate::phrases::when;

/// Who would record, if a command recorded anything.
const READER: &str = "reader";

pub(crate) fn run(args: Args, setting: &Setting, page: &mut Page<'_>) -> Result<Exit, Failure> {
    match args.command {
        Command::Status(args) => status::run(args, setting, page),
        Command::History(args) => history::run(&args, setting, page),
        Command::Next(args) => next::run(&args, setting, page),
        Command::Ask(AskCommand::Agenda(args)) => agenda::run(args, setting, page),
        Command::Ask(AskCommand::Changes(args)) => changes::run(args, setting, page),
        Command::Ask(AskCommand::Parts(args)) => parts::run(args, setting, page),
        Command::Ask(AskCommand::Stale(args)) => stale::run(args, setting, page),
        Command::EntryIntoForce(args) => entry_into_force::run(&args, page),
        Command::Verify(args) => verify::run(&args, setting, page),
        Command::Merge(args) => merge::run(&args, setting, page),
        Command::Copy(args) => copy::run(&args, setting, page),
        Command::Procedures(args) => procedures::run(&args, page),
        Command::Write(command) => write::run(command, setting, page),
        Command::Completions(args) => comfort::completions(&args, page),
        Command::Man(args) => comfort::man(&args, page),
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
fn open(ledger: &Path, by: &str, setting: &Setting, page: &mut Page<'_>) -> servanda::Result<Tracker> {
    let meter = page.meter();
    let name = name(ledger);
    meter.begin(format!("Reading {name}"));
    let tracker = Tracker::open_with(ledger, by, |progress| meter.report(progress))?;
    meter.begin("Working it out");
    Ok(tracker.with_time(Arc::clone(&setting.time)))
}

/// Reads all of a ledger, and says how far that has come. A file of lines has been read when it was opened; a database is read as far as it is asked.
fn load(tracker: &Tracker, ledger: &Path, page: &mut Page<'_>) -> servanda::Result<Arc<Ledger>> {
    let meter = page.meter();
    let name = name(ledger);
    let mut begun = false;
    let loaded = tracker.load_with(|progress| {
        if !std::mem::replace(&mut begun, true) {
            meter.begin(format!("Reading {name}"));
        }
        meter.report(progress)
    })?;
    if begun {
        meter.begin("Working it out");
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
    Err(Failure::Noted { exit: Exit::Done, notes: unmatched.into_iter().map(note).collect() })
}

/// The view that is asked for, with the words that say which it is: of all commitments.
fn view(ledger: &Path, args: &ViewArgs, setting: &Setting, page: &mut Page<'_>) -> servanda::Result<(View, String)> {
    view_of(true, ledger, args, setting, page)
}

/// The view that is asked for, with the words that say which it is: of some commitments.
fn view_of_some(
    ledger: &Path,
    args: &ViewArgs,
    setting: &Setting,
    page: &mut Page<'_>,
) -> servanda::Result<(View, String)> {
    view_of(false, ledger, args, setting, page)
}

fn view_of(
    all: bool,
    ledger: &Path,
    args: &ViewArgs,
    setting: &Setting,
    page: &mut Page<'_>,
) -> servanda::Result<(View, String)> {
    if args.format == Format::Table && !args.show.no_pager {
        page.may_be_long();
    }
    let tracker = open(ledger, READER, setting, page)?;
    if all {
        load(&tracker, ledger, page)?;
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

//! The subcommands, one module for each.

mod agenda;
mod bodies;
mod calendars;
mod changes;
mod completions;
mod copy;
mod entry_into_force;
mod files;
mod find;
mod history;
#[cfg(feature = "import")]
mod import;
mod log;
mod merge;
mod next;
mod parts;
mod procedures;
#[cfg(feature = "publish")]
mod publish;
mod stale;
mod status;
mod verify;
mod write;

use std::path::Path;
use std::sync::Arc;

use servanda::{Day, Filter, Ledger, Tracker, View, answers::Unmatched};

use crate::Environment;
use crate::args::{Args, Command, Format, QueryCommand, ViewArgs};
use crate::days::OrRelative;
use crate::exit::{Exit, Failure, with_notes};
use crate::output::Output;
use crate::phrases::view_title;
use crate::zone::MomentOrDay;

/// The recorder name for commands that record nothing.
const READER: &str = "reader";

pub(crate) fn run(args: Args, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    match args.command {
        Command::Status(args) => status::run(args, env, out),
        Command::History(args) => history::run(&args, env, out),
        Command::Next(args) => next::run(&args, env, out),
        Command::Query(QueryCommand::Agenda(args)) => agenda::run(args, env, out),
        Command::Query(QueryCommand::Bodies(args)) => bodies::run(args, env, out),
        Command::Query(QueryCommand::Changes(args)) => changes::run(args, env, out),
        Command::Query(QueryCommand::Find(args)) => find::run(args, env, out),
        Command::Query(QueryCommand::Log(args)) => log::run(&args, env, out),
        Command::Query(QueryCommand::Parts(args)) => parts::run(args, env, out),
        Command::Query(QueryCommand::Stale(args)) => stale::run(args, env, out),
        Command::EntryIntoForce(args) => entry_into_force::run(&args, env, out),
        Command::Verify(args) => verify::run(&args, env, out),
        Command::Merge(args) => merge::run(&args, env, out),
        Command::Copy(args) => copy::run(&args, env, out),
        Command::Procedures(args) => procedures::run(&args, out),
        Command::Calendars(args) => calendars::run(&args, out),
        Command::Write(command) => write::run(command, env, out),
        #[cfg(feature = "import")]
        Command::Import(args) => import::run(&args, env, out),
        #[cfg(feature = "publish")]
        Command::Publish(args) => publish::run(&args, env, out),
        #[cfg(feature = "publish")]
        Command::Serve(args) => publish::serve(&args, env, out),
        Command::Completions(args) => completions::completions(&args, out),
        Command::Man(args) => completions::man(&args, out),
    }
}

/// Returns a ledger's path or URL for messages, without any password.
fn display_path(ledger: &Path) -> String {
    servanda::tracker::without_password(&ledger.display().to_string())
}

/// Returns the last part of a ledger's path or URL, for the progress bar.
fn short_name(ledger: &Path) -> String {
    let path = display_path(ledger);
    let name = Path::new(&path).file_name().map(|name| name.display().to_string());
    name.unwrap_or(path)
}

/// Opens a ledger and reports progress.
fn open(ledger: &Path, by: &str, env: &Environment, out: &mut Output<'_>) -> servanda::Result<Tracker> {
    let bar = out.progress_bar();
    bar.start(format!("Reading {}", short_name(ledger)));
    let tracker = match servanda::tracker::is_database_url(ledger) {
        true => Tracker::connect(ledger.to_string_lossy(), by)?,
        false => Tracker::open_with(ledger, by, |progress| bar.report(progress))?,
    };
    bar.start("Computing");
    Ok(tracker.with_time(Arc::clone(&env.time)))
}

/// Creates an empty ledger.
fn create(ledger: &Path, by: &str) -> servanda::Result<Tracker> {
    match servanda::tracker::is_database_url(ledger) {
        true => Tracker::connect_new(ledger.to_string_lossy(), by),
        false => Tracker::create(ledger, by),
    }
}

/// Loads all entries of a ledger and reports progress.
///
/// A JSON Lines file is already loaded when it is opened. A database is otherwise loaded in parts,
/// as queries need them.
fn load(tracker: &Tracker, ledger: &Path, out: &mut Output<'_>) -> servanda::Result<Arc<Ledger>> {
    let bar = out.progress_bar();
    let mut started = false;
    let loaded = tracker.load_with(|progress| {
        if !std::mem::replace(&mut started, true) {
            bar.start(format!("Reading {}", short_name(ledger)));
        }
        bar.report(progress)
    })?;
    if started {
        bar.start("Computing");
    }
    Ok(loaded)
}

/// Ends an answer with this number of results. If there are none, notes on stderr name the values
/// in the filter that no commitment has, because they may be misspelt.
fn finish(results: usize, filter: &Filter, view: &View) -> Result<Exit, Failure> {
    let unmatched = if results == 0 { view.unmatched(filter)? } else { Vec::new() };
    let condition = |unmatched: &Unmatched| match unmatched.member {
        "party" => "is by or to",
        "procedure" => "follows the procedure",
        "topic" => "has the topic",
        "body" => "has the responsible body",
        _ => "is part of",
    };
    let notes = unmatched.iter().map(|unmatched| note("commitment", condition(unmatched), unmatched));
    with_notes(Exit::Done, notes.collect())
}

/// Says that a value of a filter matches nothing, such as
/// `note: no entry on this ledger is about us/abe-visti (did you mean us/abe-visit?)`.
fn note(what: &str, condition: &str, unmatched: &Unmatched) -> String {
    let Unmatched { value, nearest, .. } = unmatched;
    let nearest = nearest.as_ref().map_or_else(String::new, |nearest| format!(" (did you mean {nearest}?)"));
    format!("note: no {what} on this ledger {condition} {value}{nearest}")
}

/// How much of a ledger a query needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Load {
    /// All entries, because the query concerns all commitments.
    All,
    /// Only the entries of the commitments that the query names.
    OnDemand,
}

/// Opens the view that the arguments describe. Also returns its title.
fn open_view(
    load_mode: Load,
    ledger: &Path,
    args: &ViewArgs,
    env: &Environment,
    out: &mut Output<'_>,
) -> servanda::Result<(View, String)> {
    if args.format == Format::Table && !args.pager.no_pager {
        out.allow_pager();
    }
    let env = &env.in_zone(args.zone.zone.as_ref());
    let tracker = open(ledger, READER, env, out)?;
    if load_mode == Load::All {
        load(&tracker, ledger, out)?;
    }
    let view = tracker.view().in_languages(args.language.iter().cloned());
    let mut view = at(view, args.on, args.known_at, env)?;
    if let Some(day) = args.as_published {
        view = view.as_published(day.resolve(env.time.today()))?;
    }
    let title = view_title(view.as_of(), args.on.is_none().then_some(&env.zone));
    Ok((view, title))
}

/// Returns the view of another day, as known at another moment, if the arguments have them.
fn at(
    view: View,
    on: Option<OrRelative<Day>>,
    known_at: Option<MomentOrDay>,
    env: &Environment,
) -> servanda::Result<View> {
    let view = match on {
        Some(day) => view.on(day.resolve(env.time.today()))?,
        None => view,
    };
    match known_at {
        Some(known) => view.known_at(known.moment(env)),
        None => Ok(view),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_progress_bar_shows_no_password() {
        let cases = [
            ("examples/alliance.jsonl", "alliance.jsonl"),
            ("postgresql://me:secret@localhost", "me@localhost"),
            ("postgresql://localhost/desk?password=secret", "desk"),
        ];
        for (ledger, expected) in cases {
            assert_eq!(short_name(Path::new(ledger)), expected);
        }
    }
}

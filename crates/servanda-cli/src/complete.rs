//! Completion of arguments in a shell, with the ids, statuses and parties of the ledger.
//!
//! The scripts of `servanda completions` run the command with the variable `SERVANDA_COMPLETE` and
//! the words of the command line. The crate clap_complete finds out what the word at the cursor is.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use clap::CommandFactory as _;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::Shells;
use servanda::procedure::in_english;
use servanda::{Tracker, View};

use crate::Environment;
use crate::args::Args;
use crate::exit::{Exit, Failure};
use crate::known;
use crate::run::{names_ledger, with_ledger};

/// The environment variable with the name of the shell that asks.
pub(crate) const SERVANDA_COMPLETE: &str = "SERVANDA_COMPLETE";

/// Writes the candidates for the word at the cursor, as the shell reads them. `args` are the
/// program, `--`, and the words of the command line.
pub(crate) fn run(shell: &str, args: Vec<OsString>, env: &Environment, out: &mut dyn Write) -> Result<Exit, Failure> {
    let words: Vec<OsString> = args.into_iter().skip(2).collect();
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(shell) else {
        let names: Vec<&str> = shells.names().collect();
        let known = names.join(", ");
        return Err(Failure::Usage(format!("{SERVANDA_COMPLETE}: there is no shell {shell}; there are: {known}")));
    };
    // An id as the first argument leaves the ledger to the environment.
    let named = words.get(2).map(Path::new).filter(|path| names_ledger(path));
    let mut command = Args::command();
    let ledger = match (named, &env.ledger) {
        (Some(named), _) => Some(named.to_owned()),
        (None, Some(ledger)) => {
            command = with_ledger(command, ledger);
            Some(ledger.into())
        }
        (None, None) => None,
    };
    let line = Arc::new(CommandLine { ledger, words: words.clone() });
    let mut command = command.mut_subcommands(|command| command.mut_args(|arg| with_candidates(arg, &line)));
    completer.write_complete(&mut command, words, std::env::current_dir().ok().as_deref(), out)?;
    Ok(Exit::Done)
}

/// Returns the argument with the candidates for its values, if the ledger has any.
fn with_candidates(arg: clap::Arg, line: &Arc<CommandLine>) -> clap::Arg {
    let name = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let list: fn(&View, &CommandLine) -> servanda::Result<Vec<CompletionCandidate>> = match name.as_deref() {
        Some("COMMITMENT" | "OTHER") => commitments,
        Some("PARTY" | "BODY") => parties,
        Some("STATUS") => statuses,
        Some("PROCEDURE") => procedures,
        Some("TOPIC") => topics,
        Some("NAME") if ["by", "recorded_by"].contains(&arg.get_id().as_str()) => recorders,
        _ => return arg,
    };
    let line = Arc::clone(line);
    arg.add(ArgValueCandidates::new(move || line.list(list).unwrap_or_default()))
}

/// The command line so far, when the user asks for candidates.
struct CommandLine {
    ledger: Option<std::path::PathBuf>,
    words: Vec<OsString>,
}

impl CommandLine {
    /// Returns the candidates; `None` if there is no ledger that can be read.
    fn list(
        &self,
        list: fn(&View, &Self) -> servanda::Result<Vec<CompletionCandidate>>,
    ) -> Option<Vec<CompletionCandidate>> {
        let ledger = self.ledger.as_ref()?;
        let tracker = match servanda::tracker::is_database_url(ledger) {
            true => Tracker::connect(ledger.to_string_lossy(), "reader"),
            false => Tracker::open(ledger, "reader"),
        };
        list(&tracker.ok()?.view(), self).ok()
    }
}

fn candidate(value: impl Into<String>, help: impl Into<String>) -> CompletionCandidate {
    CompletionCandidate::new(value.into()).help(Some(help.into().into()))
}

/// Returns a candidate for each id, with its name as help.
fn candidates(ids: Vec<(String, String)>) -> Vec<CompletionCandidate> {
    ids.into_iter().map(|(id, name)| candidate(id, name)).collect()
}

fn commitments(view: &View, _: &CommandLine) -> servanda::Result<Vec<CompletionCandidate>> {
    let summaries = known::summaries(view)?.into_iter();
    Ok(summaries.map(|summary| candidate(summary.commitment.as_str(), summary.title.as_str())).collect())
}

fn parties(view: &View, _: &CommandLine) -> servanda::Result<Vec<CompletionCandidate>> {
    known::parties(view).map(candidates)
}

/// The statuses that the commitment on the command line can go to, or else those of all procedures.
fn statuses(view: &View, line: &CommandLine) -> servanda::Result<Vec<CompletionCandidate>> {
    let words = line.words.iter().skip(2).filter_map(|word| word.to_str());
    if let Some(outlook) = words.filter_map(|word| view.outlook(word).ok()).next() {
        return Ok(outlook.next.iter().map(|step| candidate(step.to.as_str(), in_english(&step.title))).collect());
    }
    let procedures = view.procedures()?;
    let statuses = procedures.iter().flat_map(|procedure| &procedure.statuses);
    let statuses: BTreeSet<(&str, &str)> =
        statuses.map(|status| (status.id.as_str(), in_english(&status.title))).collect();
    Ok(statuses.into_iter().map(|(status, title)| candidate(status, title)).collect())
}

fn procedures(view: &View, _: &CommandLine) -> servanda::Result<Vec<CompletionCandidate>> {
    known::procedures(view).map(candidates)
}

fn topics(view: &View, _: &CommandLine) -> servanda::Result<Vec<CompletionCandidate>> {
    known::topics(view).map(candidates)
}

fn recorders(view: &View, _: &CommandLine) -> servanda::Result<Vec<CompletionCandidate>> {
    let log = view.log(&servanda::answers::LogFilter::default())?;
    let recorders: BTreeSet<&str> = log.iter().map(|logged| logged.entry.recorded_by()).collect();
    Ok(recorders.into_iter().map(|recorder| candidate(recorder, "")).collect())
}

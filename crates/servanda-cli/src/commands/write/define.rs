//! `servanda define`: defines a party, a procedure, a calendar or a topic.

use std::path::Path;

use servanda::{
    Batch, Error, Party, Procedure, Slug, builtin,
    facts::{Identifier, Topic},
    procedure::Calendar,
};

use super::session::WriteSession;
use crate::Environment;
use crate::args::DefineArgs;
use crate::commands::files;
use crate::exit::{Exit, Failure, with_notes};
use crate::output::Output;

pub(super) fn run(args: DefineArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.ledger, &args.record, env, out)?.replacing(&args.replace)?;
    let mut notes = Vec::new();
    let definition: Batch = match (args.party, &args.procedure, &args.calendar) {
        (None, None, None) if args.topic.is_some() => {
            let names = args.names.into_iter().collect();
            args.topic.map(|id| Topic::from_fields(id, names)).into_iter().collect()
        }
        (Some(id), _, _) => {
            let identifiers =
                args.identifiers.into_iter().map(|(scheme, value)| Identifier { scheme, value }).collect();
            Party::from_fields(id, identifiers, args.names.into_iter().collect()).into()
        }
        (None, Some(file), _) => {
            let procedure = read(file, "a procedure is a TOML file", Procedure::from_toml)?;
            notes = missing_calendars(&session, &procedure)?;
            procedure.into()
        }
        (None, None, Some(file)) => read(file, "a calendar is a TOML file", Calendar::from_toml)?.into(),
        (None, None, None) => {
            return Err(Failure::Usage("give one of --party, --topic, --procedure and --calendar".to_owned()));
        }
    };
    let exit = session.record(definition, out)?;
    with_notes(exit, notes)
}

/// Returns a note for each calendar that a procedure needs and that the ledger will not have.
fn missing_calendars(session: &WriteSession<'_>, procedure: &Procedure) -> Result<Vec<String>, Failure> {
    let known = session.tracker.view().calendars()?;
    let is_known = |id: &Slug| {
        known.iter().any(|calendar| calendar.id == *id)
            || builtin::calendars().iter().any(|calendar| calendar.id == *id)
    };
    let missing = procedure.calendars().into_iter().filter(|id| !is_known(id));
    let note = |id: &Slug| {
        let clocks = procedure.clocks.iter().filter(|clock| clock.rule.calendar() == Some(id));
        let clocks: Vec<&str> = clocks.map(|clock| clock.id.as_str()).collect();
        format!(
            "note: the ledger has no calendar {id}; define it with --calendar, or it is unknown when {} of {} fires",
            clocks.join(" or "),
            procedure.id
        )
    };
    Ok(missing.map(note).collect())
}

fn read<T>(file: &Path, expected: &str, parse: impl Fn(&str, &str) -> Result<T, Error>) -> Result<T, Failure> {
    let text = files::read(file, expected)?;
    Ok(parse(&file.display().to_string(), &text)?)
}

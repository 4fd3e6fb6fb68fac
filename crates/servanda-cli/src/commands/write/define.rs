//! `servanda define`: defines a party, a procedure or a calendar.

use std::path::Path;

use servanda::{Batch, Error, Party, Procedure, facts::Identifier, procedure::Calendar};

use super::session::WriteSession;
use crate::Environment;
use crate::args::DefineArgs;
use crate::commands::files;
use crate::exit::{Exit, Failure};
use crate::output::Output;

pub(super) fn run(args: DefineArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.ledger, &args.record, env, out)?.replacing(&args.replace)?;
    let definition: Batch = match (args.party, &args.procedure, &args.calendar) {
        (Some(id), _, _) => {
            let identifiers =
                args.identifiers.into_iter().map(|(scheme, value)| Identifier { scheme, value }).collect();
            Party::from_fields(id, identifiers, args.names.into_iter().collect()).into()
        }
        (None, Some(file), _) => read(file, "a procedure is a TOML file", Procedure::from_toml)?.into(),
        (None, None, Some(file)) => read(file, "a calendar is a TOML file", Calendar::from_toml)?.into(),
        (None, None, None) => {
            return Err(Failure::Usage("give one of --party, --procedure and --calendar".to_owned()));
        }
    };
    session.record(definition, out)
}

fn read<T>(file: &Path, expected: &str, parse: impl Fn(&str, &str) -> Result<T, Error>) -> Result<T, Failure> {
    let text = files::read(file, expected)?;
    Ok(parse(&file.display().to_string(), &text)?)
}

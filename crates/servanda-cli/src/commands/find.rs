//! `servanda find`: the commitments in which words occur.

use servanda::{Filter, Standing};

use super::{Load, finish, open_view, status};
use crate::Environment;
use crate::args::FindArgs;
use crate::exit::{Exit, Failure};
use crate::output::Output;

pub(super) fn run(args: FindArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, title) = open_view(Load::All, &args.ledger, &args.view, env, out)?;
    let filter = Filter::from(args.filter);
    let words = args.words.join(" ");
    let found = view.find(&words, &filter)?;
    let standings = found.iter().map(|found| view.standing(&found.commitment));
    let rows = standings.collect::<servanda::Result<Vec<Standing>>>()?.into_iter().map(|standing| (standing, 0));
    let rows: Vec<_> = rows.collect();
    let title = format!("{title}, with {}", servanda::format::quote(&words));
    let number = rows.len();
    status::write(rows, &title, &filter, &args.view, out)?;
    finish(number, &filter, &view)
}

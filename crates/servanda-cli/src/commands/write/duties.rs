//! The commands that record who is responsible.

use servanda::facts::{Assign, Unassign};

use super::facts::{dated, with_evidence};
use super::session::WriteSession;
use crate::Environment;
use crate::args::{AssignArgs, UnassignArgs};
use crate::exit::{Exit, Failure};
use crate::output::Output;

pub(super) fn assign(args: AssignArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.about.ledger, &args.fact.record, env, out)?.replacing(&args.fact.replace)?;
    let mut draft = dated(Assign::builder(&args.about.commitment, &args.body), &args.day, &session)?;
    if let Some(role) = &args.role {
        draft = draft.role(role);
    }
    if let Some(until) = args.until {
        draft = draft.until(until);
    }
    session.record(with_evidence!(draft, args.fact.evidence.sources.0, args.fact.evidence.note), out)
}

pub(super) fn unassign(args: UnassignArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.about.ledger, &args.fact.record, env, out)?.replacing(&args.fact.replace)?;
    let mut draft = dated(Unassign::builder(&args.about.commitment, &args.body), &args.day, &session)?;
    if let Some(role) = &args.role {
        draft = draft.role(role);
    }
    session.record(with_evidence!(draft, args.fact.evidence.sources.0, args.fact.evidence.note), out)
}

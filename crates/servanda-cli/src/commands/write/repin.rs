//! `servanda repin`: moves a commitment to another procedure.

use servanda::{Procedure, facts::Repin};

use super::session::WriteSession;
use crate::Environment;
use crate::args::RepinArgs;
use crate::exit::{Exit, Failure};
use crate::output::Output;

pub(super) fn run(args: &RepinArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.ledger, &args.record, env, out)?;
    let (id, version) = &args.procedure;
    let procedures = session.tracker.view().procedures()?;
    let newest = Procedure::named(id.as_str(), procedures.iter().map(AsRef::as_ref))?;
    let is_wanted = |procedure: &&Procedure| procedure.id == *id && version.is_none_or(|of| procedure.version == of);
    let procedure = Some(newest).filter(is_wanted).or_else(|| procedures.iter().map(AsRef::as_ref).find(is_wanted));
    let procedure = procedure.ok_or_else(|| {
        let wanted = version.unwrap_or_default();
        let text = format!(
            "there is no {id} version {wanted} on this ledger; define it with `servanda define --procedure`, or use \
             version {}",
            newest.version
        );
        Failure::refused("no-procedure", text)
    })?;
    let mut draft = Repin::builder(&args.commitment, procedure.reference(), args.reason.as_str());
    for (old, new) in &args.statuses {
        draft = draft.status(old, new);
    }
    session.record(draft, out)
}

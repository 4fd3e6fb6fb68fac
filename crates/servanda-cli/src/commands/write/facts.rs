//! The commands that record facts about a registered commitment.

use servanda::{
    Advance, Batch, Date, Remark, Standing,
    facts::{Amend, Attest, Cite, Deposit, FactBuilder, Identifier, Link, Measure, Reschedule},
};

use super::session::WriteSession;
use crate::Environment;
use crate::args::{
    AdvanceArgs, AmendArgs, AttestArgs, CiteArgs, DayArgs, DepositArgs, EntryRef, FutureArgs, LinkArgs, MeasureArgs,
    RemarkArgs, RescheduleArgs, RetractArgs,
};
use crate::exit::{Exit, Failure, Refusal};
use crate::output::Output;
use crate::phrases::count;

/// Adds sources and a note to a builder. It is a macro because each kind of fact has its own
/// methods.
macro_rules! with_evidence {
    ($builder:expr, $sources:expr, $note:expr) => {{
        let builder = $sources.into_iter().fold($builder, |builder, source| builder.citing(source));
        match &$note {
            Some(note) => builder.noting(note.as_str()),
            None => builder,
        }
    }};
}

pub(super) use with_evidence;

/// Returns the draft with its date and its place on that day.
fn placed<F>(
    draft: FactBuilder<F>,
    on: Date,
    after: Option<&EntryRef>,
    future: FutureArgs,
    session: &WriteSession<'_>,
) -> Result<FactBuilder<F>, Failure> {
    session.check_future([on], future)?;
    let draft = draft.on(on);
    Ok(match after {
        Some(entry) => draft.after(session.id(entry)?),
        None => draft,
    })
}

pub(super) fn dated<F>(
    draft: FactBuilder<F>,
    day: &DayArgs,
    session: &WriteSession<'_>,
) -> Result<FactBuilder<F>, Failure> {
    placed(draft, session.date(day.on), day.after.as_ref(), day.future, session)
}

pub(super) fn advance(args: AdvanceArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.about.ledger, &args.fact.record, env, out)?.replacing(&args.fact.replace)?;
    let mut draft = dated(Advance::builder(&args.about.commitment, &args.status), &args.day, &session)?;
    if let Some(party) = &args.taken_by {
        draft = draft.by(party.as_str());
    }
    let draft = with_evidence!(draft, args.fact.evidence.sources.0.iter().cloned(), args.fact.evidence.note);
    let on = session.date(args.day.on);
    let explain = |error| refused(error, session.standing(&args.about.commitment, on.last_day()).as_ref(), on, &args);
    session.report(session.append(draft, explain)?, out)
}

/// Adds to the reason for a refused step where the commitment stood and everything that was
/// missing.
fn refused(error: servanda::Error, standing: Option<&Standing>, on: Date, args: &AdvanceArgs) -> Failure {
    let (code, details, mut text) = (error.code(), error.details(), error.to_string());
    let stood = standing.and_then(|standing| Some((standing, standing.status.as_ref()?, standing.since?)));
    let Some((standing, status, since)) = stood else { return error.into() };
    let stood = format!("on {on} its status was {status}, since {since}");
    match code {
        "unknown-status" => {
            let onward: Vec<&str> = standing.next.iter().map(|step| step.to.as_str()).collect();
            let onward = if onward.is_empty() { "nowhere".to_owned() } else { format!("to: {}", onward.join(", ")) };
            text.push_str(&format!("\n  {stood}; from there it can go {onward}"));
        }
        "missing-sources" | "wrong-party" => {
            let mut missing = Vec::new();
            if let Some(step) = standing.next.iter().find(|step| step.to == args.status) {
                let needed = usize::try_from(step.sources).unwrap_or(usize::MAX);
                let lacking = needed.saturating_sub(args.fact.evidence.sources.0.len());
                if lacking > 0 {
                    missing.push(format!("{} (--source)", count(lacking, "source", "sources")));
                }
                if !step.taken_by.is_empty() && args.taken_by.as_ref().is_none_or(|by| !step.taken_by.contains(by)) {
                    let parties: Vec<&str> = step.taken_by.iter().map(|party| party.as_str()).collect();
                    missing.push(format!("the party that takes it (--taken-by {})", parties.join(" or ")));
                }
            }
            text.push_str(&format!("\n  {stood}"));
            if !missing.is_empty() {
                text.push_str(&format!("; missing: {}", missing.join(", ")));
            }
        }
        _ => {}
    }
    Failure::Refused(Refusal { code, details, text })
}

pub(super) fn deposit(args: DepositArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.about.ledger, &args.fact.record, env, out)?.replacing(&args.fact.replace)?;
    let mut draft = dated(Deposit::builder(&args.about.commitment, &args.party), &args.day, &session)?;
    if let Some(instrument) = &args.instrument {
        draft = draft.instrument(instrument.as_str());
    }
    if let Some(share) = args.share {
        draft = draft.share(share);
    }
    session.record(with_evidence!(draft, args.fact.evidence.sources.0, args.fact.evidence.note), out)
}

pub(super) fn cite(args: CiteArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.ledger, &args.record, env, out)?.replacing(&args.replace)?;
    let entry = session.find(&args.entry)?;
    let Some(commitment) = entry.commitment() else {
        let reason =
            format!("the entry {} is a definition; only entries about a commitment can have sources", entry.id());
        return Err(Failure::refused("cites-a-definition", reason));
    };
    let draft = with_evidence!(Cite::builder(commitment, entry.id()), args.sources.0, args.note);
    session.record(draft, out)
}

pub(super) fn remark(args: RemarkArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.about.ledger, &args.fact.record, env, out)?.replacing(&args.fact.replace)?;
    let draft = dated(Remark::builder(&args.about.commitment, args.title.as_str()), &args.day, &session)?;
    session.record(with_evidence!(draft, args.fact.evidence.sources.0, args.fact.evidence.note), out)
}

pub(super) fn attest(args: AttestArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.about.ledger, &args.fact.record, env, out)?.replacing(&args.fact.replace)?;
    let draft = dated(Attest::builder(&args.about.commitment), &args.day, &session)?;
    session.record(with_evidence!(draft, args.fact.evidence.sources.0, args.fact.evidence.note), out)
}

pub(super) fn reschedule(args: RescheduleArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.about.ledger, &args.fact.record, env, out)?.replacing(&args.fact.replace)?;
    let draft = dated(Reschedule::builder(&args.about.commitment, args.deadline), &args.day, &session)?;
    session.record(with_evidence!(draft, args.fact.evidence.sources.0, args.fact.evidence.note), out)
}

pub(super) fn measure(args: MeasureArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.about.ledger, &args.fact.record, env, out)?.replacing(&args.fact.replace)?;
    let draft = dated(Measure::builder(&args.about.commitment, args.value), &args.day, &session)?;
    session.record(with_evidence!(draft, args.fact.evidence.sources.0, args.fact.evidence.note), out)
}

pub(super) fn amend(args: AmendArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.ledger, &args.record, env, out)?.replacing(&args.replace)?;
    let mut batch = Batch::new();
    if let Some(title) = &args.title {
        batch = batch.and(Amend::builder(&args.commitment).title(title.as_str()));
    }
    if args.title_language.is_some() || !args.titles.is_empty() {
        let mut names = Amend::builder(&args.commitment);
        names = args.title_language.iter().fold(names, FactBuilder::<Amend>::language);
        for (language, title) in &args.titles {
            names = names.title_in(language, title.as_str());
        }
        batch = batch.and(names);
    }
    if !args.identifiers.is_empty() {
        let identifiers = args.identifiers.iter().cloned();
        let identifiers = identifiers.map(|(scheme, value)| Identifier { scheme, value }).collect();
        batch = batch.and(Amend::builder(&args.commitment).identifiers(identifiers));
    }
    if args.no_topics || !args.topics.is_empty() {
        batch = batch.and(Amend::builder(&args.commitment).topics(&args.topics));
    }
    if let (Some(entry), Some(note)) = (&args.entry, &args.note) {
        batch = batch.and(Amend::builder(&args.commitment).note_of(session.id(entry)?, note.as_str()));
    }
    session.record(batch, out)
}

pub(super) fn link(args: LinkArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.about.ledger, &args.fact.record, env, out)?.replacing(&args.fact.replace)?;
    let mut draft = Link::builder(&args.about.commitment, args.relation, &args.other);
    if let Some(on) = args.on {
        draft = placed(draft, session.date(on), args.after.as_ref(), args.future, &session)?;
    }
    session.record(with_evidence!(draft, args.fact.evidence.sources.0, args.fact.evidence.note), out)
}

pub(super) fn retract(args: RetractArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.ledger, &args.record, env, out)?;
    session.record(session.retractions(&args.entries, &args.reason)?, out)
}

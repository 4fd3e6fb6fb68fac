//! Conflicts that are found when ledgers are merged.

use serde_json::{Value, json};
use servanda_core::builtin::{self, action};
use servanda_core::{Advance, Batch, Digest, Ledger, Obligation, Phase, Slug};

use super::appends::{refused, visit};
use super::common::{COMMITMENT, Desk, commitment, record};
use super::{Mistakes, remark, sealed, set};

pub(crate) fn merges() -> Mistakes {
    let lines = |desk: &Desk| desk.ledger.entries().map(|entry| entry.line().to_owned() + "\n").collect::<Vec<_>>();
    let conflicts = |mistake: &str, text: &str| {
        let ledger = Ledger::read(text.as_bytes()).unwrap();
        let conflicts = ledger.view_on("2014-01-01").unwrap().conflicts();
        conflicts.into_iter().map(|conflict| (mistake.to_owned(), conflict.reason)).collect::<Mistakes>()
    };
    let mut half = Desk::default();
    half.append(commitment(COMMITMENT, builtin::action(), Obligation::Result));
    let steps = |to: [Slug; 2]| to.map(|to| Advance::builder(COMMITMENT, to).on("2013-02-01"));
    half.append(Batch::from_iter(steps([action::UNDER_WAY, action::STALLED])));
    let mut lines_of_half = lines(&half);
    lines_of_half.pop();
    let mut mistakes = conflicts("a batch with a missing entry", &lines_of_half.concat());
    let mut rival = visit();
    rival.statuses[0].phase = Phase::Active;
    let (mine, theirs) = (record(&visit(), "a result"), record(&rival, "a conduct; put-off 2013-02-01"));
    let both = [lines(&mine), lines(&theirs)].concat().concat();
    mistakes.extend(conflicts("a merge of rival procedures and rival registrations", &both));
    let retraction = json!({ "retract": { "entry": Digest::of(b"").to_string(), "reason": "A mistake" } });
    let mut orphan = remark();
    set(&mut orphan, "/fact", retraction);
    set(&mut orphan, "/on", Value::Null);
    mistakes.extend(conflicts("a merge of a remark about an unknown commitment", &sealed(remark())));
    mistakes.extend(conflicts("a merge of a retraction of an unknown entry", &sealed(orphan)));
    // A kind of fact that only a later version knows.
    let mut later = remark();
    set(&mut later, "/fact", json!({ "pledge": { "amount": "12" } }));
    let desk = record(builtin::action(), "a result");
    let ledger = Ledger::read((lines(&desk).concat() + &sealed(later)).as_bytes()).unwrap();
    let step = Advance::builder(COMMITMENT, action::UNDER_WAY).on("2013-02-01");
    mistakes.push(refused("a step after a fact of a later version", Desk { ledger }, step));
    mistakes
}

use std::collections::BTreeSet;

use servanda::{
    Batch, Commitment, Error, Ledger, Moment, Procedure, Slug,
    procedure::{Calendar, Diagnostic},
};

use super::{check_error, view};

/// The input is a file with a procedure, a calendar, a commitment or facts, in TOML or JSON. A
/// refusal names only lines that the file has. An accepted procedure passes its check, is the same
/// when read from its JSON, and is drawn with all its statuses. All three can be appended to a
/// ledger, or are refused there with a reason.
pub fn definitions(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let lines = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
    match Procedure::from_toml("file.toml", text) {
        Ok(procedure) => check_procedure(&procedure),
        Err(error) => check_refusal(&error, lines),
    }
    if let Ok(procedure) = serde_json::from_str::<Procedure>(text) {
        let diagnostics = procedure.check();
        check_findings(&diagnostics, lines);
        if diagnostics.is_empty() {
            check_procedure(&procedure);
        }
    }
    for read in [Batch::from_toml, Batch::from_json] {
        match read("file", text, []) {
            Ok(facts) => assert!(!facts.is_empty()),
            Err(error) => check_refusal(&error, lines),
        }
    }
    match Calendar::from_toml("file.toml", text) {
        Ok(calendar) => check_calendar(calendar),
        Err(error) => check_refusal(&error, lines),
    }
    match Commitment::from_toml("file.toml", text, []) {
        Ok(commitment) => check_commitment(commitment),
        Err(error) => check_refusal(&error, lines),
    }
    match Commitment::from_json("file.json", text, []) {
        Ok(commitment) => check_commitment(commitment),
        Err(error) => check_refusal(&error, lines),
    }
}

fn check_refusal(error: &Error, lines: usize) {
    check_error(error.code(), &error.to_string(), &error.details());
    if let Error::ProcedureRefused { diagnostics }
    | Error::CommitmentRefused { diagnostics }
    | Error::FactsRefused { diagnostics } = error
    {
        assert!(!diagnostics.is_empty(), "{} has a diagnostic", error.code());
        check_findings(diagnostics, lines);
    }
}

fn check_findings(diagnostics: &[Diagnostic], lines: usize) {
    for diagnostic in diagnostics {
        assert!(diagnostic.line.is_none_or(|line| (1..=lines).contains(&line)), "{diagnostic}, in {lines} lines");
        assert!(!diagnostic.problem.is_empty() && !diagnostic.remedy.is_empty());
    }
}

fn check_procedure(procedure: &Procedure) {
    assert_eq!(procedure.check(), []);
    let json = procedure.to_json();
    let value: serde_json::Value = serde_json::from_str(&json).expect("a procedure is JSON");
    assert_eq!(serde_json_canonicalizer::to_string(&value).ok(), Some(json.clone()));
    let again: Procedure = serde_json::from_str(&json).expect("written JSON can be read");
    assert_eq!((&again, again.reference()), (procedure, procedure.reference()));

    let drawn = procedure.to_mermaid();
    let states = drawn.lines().filter_map(|line| line.trim_start().strip_prefix("state \""));
    let nodes: BTreeSet<&str> = states
        .map(|state| {
            let (title, node) = state.split_once("\" as ").expect("a state has a title and a name");
            assert!(!title.contains('"'), "{state}");
            node
        })
        .collect();
    assert_eq!(nodes.len(), procedure.statuses.len(), "each status is drawn with a unique name:\n{drawn}");
    let text = procedure.to_text();
    assert!(procedure.statuses.iter().all(|status| text.contains(status.id.as_str())));

    record(procedure.clone(), |ledger| {
        assert_eq!(
            ledger.view_on(servanda::Day::FIRST).unwrap().procedures(),
            [std::sync::Arc::new(procedure.clone())]
        );
    });
}

fn check_calendar(calendar: Calendar) {
    for period in &calendar.periods {
        assert_eq!(calendar.period_on(period.convened), Some(period), "a period holds the day it convenes");
    }
    record(calendar, |_| ());
}

fn check_commitment(commitment: Commitment) {
    let mut value = serde_json::to_value(&commitment).expect("a commitment is JSON");
    value["id"] = commitment.id.as_str().into();
    let again = Commitment::from_json("again.json", &value.to_string(), []).expect("written JSON can be read");
    assert_eq!(again, commitment);
    record(commitment, |_| ());
}

/// Appends to an empty ledger, which stays empty if the append is refused.
fn record(batch: impl Into<servanda::Batch>, and_then: impl FnOnce(&Ledger)) {
    let mut ledger = Ledger::new();
    let desk: Slug = "desk".parse().expect("a slug");
    let now: Moment = "2013-01-19T09:00:00.000000Z".parse().expect("a moment");
    match ledger.append(batch, &desk, now) {
        Ok(_) => {
            let mut lines = Vec::new();
            ledger.write(&mut lines).expect("writing to a vector cannot fail");
            assert_eq!(Ledger::read(lines.as_slice()).ok().as_ref(), Some(&ledger));
            view::answers(&ledger);
            and_then(&ledger);
        }
        Err(error) => {
            check_error(error.code(), &error.to_string(), &error.details());
            assert!(ledger.is_empty(), "a refused append changes nothing");
        }
    }
}

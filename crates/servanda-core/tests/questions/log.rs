//! The log of a ledger, and what standings say about retracted entries.

use serde_json::json;
use servanda_core::{
    Advance, Amend, Batch, Cite, EntryId, Ledger, Link, LogFilter, Logged, Obligation, Relation, Remark, Retract,
    Source, View,
};

use crate::common::{Desk, commitment, moment, source};
use crate::generate::{entry_about, seal};
use crate::{all, bill, desk, json_of, with_story};

const ID: &str = crate::common::COMMITMENT;

fn view(ledger: &Ledger) -> View<'_> {
    ledger.view_on("2013-12-31").unwrap()
}

/// Each entry as its kind, with the reason of its retraction.
fn lines(log: &[Logged]) -> Vec<String> {
    let line = |logged: &Logged| {
        let reason = logged.retracted.as_ref().map_or_else(String::new, |by| format!(", retracted: {}", by.reason));
        format!("{}{reason}", logged.entry.kind())
    };
    log.iter().map(line).collect()
}

fn log(ledger: &Ledger) -> Vec<String> {
    lines(&view(ledger).log(&LogFilter::default().commitment(ID.parse().unwrap())))
}

/// The entries that a standing lists as retracted: the kind, the date and the reason of each.
fn retracted(desk: &Desk) -> Vec<String> {
    let standing = desk.standing("2013-12-31");
    assert_eq!(standing.corrections as usize, standing.retracted.len());
    let line = |entry: &servanda_core::RetractedEntry| {
        let on = entry.on.map_or_else(String::new, |on| format!(" {on}"));
        format!("{}{on}: {}", entry.kind, entry.retraction.reason)
    };
    standing.retracted.iter().map(line).collect()
}

#[test]
fn the_log_has_the_newest_entry_first_and_the_reason_of_each_retraction() {
    let mut desk = with_story(desk(), "a result");
    let step = desk.append(Advance::builder(ID, "tabled").on("2013-03-15"));
    desk.append(Retract::builder(ID, step, "Misread"));
    assert_eq!(log(&desk.ledger), ["retract", "advance, retracted: Misread", "register"]);
    assert_eq!(retracted(&desk), ["advance 2013-03-15: Misread"]);
    let everything = lines(&view(&desk.ledger).log(&LogFilter::default()));
    assert_eq!(everything, ["retract", "advance, retracted: Misread", "register", "define", "define"]);
}

#[test]
fn a_filter_selects_by_recorder_commitment_kind_and_time() {
    let mut ledger = with_story(desk(), "a result; tabled 2013-03-15").ledger;
    let other = commitment("jp/other", &bill(), Obligation::Result).build().unwrap();
    let later = moment("2027-01-01T00:00:00.000000Z");
    ledger.append(other, &"phone".parse().unwrap(), later).unwrap();
    let with = |filter: LogFilter| lines(&view(&ledger).log(&filter));
    let all = LogFilter::default();
    let cases: [(LogFilter, &[&str]); 10] = [
        (all.clone(), &["register", "advance", "register", "define", "define"]),
        (all.clone().recorded_by("phone".parse().unwrap()), &["register"]),
        (all.clone().commitment(ID.parse().unwrap()), &["advance", "register"]),
        (
            all.clone().commitment(ID.parse().unwrap()).commitment("jp/other".parse().unwrap()),
            &["register", "advance", "register"],
        ),
        (all.clone().commitment(ID.parse().unwrap()).commitment(ID.parse().unwrap()), &["advance", "register"]),
        (all.clone().kind("advance").kind("define"), &["advance", "define", "define"]),
        (all.clone().kind("advance").commitment("jp/other".parse().unwrap()), &[]),
        (all.clone().since(later), &["register"]),
        (all.clone().until(Desk::now()).limit(1), &["define"]),
        (all.limit(2), &["register", "advance"]),
    ];
    for (filter, expected) in cases {
        assert_eq!(with(filter.clone()), expected, "{filter:?}");
    }
}

#[test]
fn as_known_at_a_moment_the_log_has_only_what_was_recorded_by_then() {
    let mut desk = with_story(desk(), "a result");
    let step = desk.append(Advance::builder(ID, "tabled").on("2013-03-15"));
    let before = desk.ledger.newest().unwrap();
    desk.append(Retract::builder(ID, step, "Misread"));
    let then = view(&desk.ledger).known_at(before).unwrap();
    let of_commitment = LogFilter::default().commitment(ID.parse().unwrap());
    assert_eq!(lines(&then.log(&of_commitment)), ["advance", "register"]);
    let standing = then.standing(ID).unwrap();
    assert_eq!((standing.corrections, standing.retracted.len()), (0, 0));
    // `until` shortens the list, and what is known stays the same.
    let until = lines(&view(&desk.ledger).log(&of_commitment.until(before)));
    assert_eq!(until, ["advance, retracted: Misread", "register"]);
}

#[test]
fn a_retraction_that_was_retracted_leaves_nothing_out() {
    let mut desk = with_story(desk(), "a result");
    let step = desk.append(Advance::builder(ID, "tabled").on("2013-03-15"));
    let first = desk.append(Retract::builder(ID, step, "Misread"));
    desk.append(Retract::builder(ID, first, "It was right"));
    assert_eq!(log(&desk.ledger), ["retract", "retract, retracted: It was right", "advance", "register"]);
    assert_eq!(retracted(&desk), ["retract: It was right"]);
    desk.append(Retract::builder(ID, step, "It was wrong"));
    assert_eq!(retracted(&desk), ["retract: It was right", "advance 2013-03-15: It was wrong"]);
}

#[test]
fn a_correction_in_one_batch_is_one_correction() {
    let mut desk = with_story(desk(), "a result");
    let step = desk.append(Advance::builder(ID, "tabled").on("2013-03-15"));
    let corrected = Advance::builder(ID, "tabled").on("2013-03-16");
    desk.append(Batch::new().and(Retract::builder(ID, step, "A day late")).and(corrected));
    assert_eq!(log(&desk.ledger), ["advance", "retract", "advance, retracted: A day late", "register"]);
    assert_eq!(retracted(&desk), ["advance 2013-03-15: A day late"]);

    // Between the two entries of the batch nothing of it is known.
    let newest = view(&desk.ledger).log(&LogFilter::default().limit(2));
    let within = view(&desk.ledger).known_at(newest[1].entry.recorded_at()).unwrap();
    let of_commitment = LogFilter::default().commitment(ID.parse().unwrap());
    assert_eq!(lines(&within.log(&of_commitment)), ["advance", "register"]);
}

#[test]
fn an_entry_of_an_incomplete_batch_is_in_the_log_and_corrects_nothing() {
    let mut desk = with_story(desk(), "a result");
    let step = desk.append(Advance::builder(ID, "tabled").on("2013-03-15"));
    let batch = Batch::new().and(Retract::builder(ID, step, "A day late"));
    let batch = batch.and(Advance::builder(ID, "tabled").on("2013-03-16"));
    let entries = desk.ledger.prepare(batch, &"phone".parse().unwrap(), Desk::now()).unwrap();
    desk.ledger.merge_entries(entries.into_iter().take(1));
    assert_eq!(log(&desk.ledger), ["retract", "advance", "register"]);
    assert_eq!(retracted(&desk), [] as [String; 0]);
}

#[test]
fn a_registration_that_was_retracted_is_in_the_log() {
    let mut desk = with_story(desk(), "a result");
    let first = view(&desk.ledger).log(&LogFilter::default().kind("register"))[0].entry.id();
    let again = || commitment(ID, &bill(), Obligation::Conduct).build().unwrap();
    desk.append(Batch::new().and(Retract::builder(ID, first, "Only an effort")).and(again()));
    assert_eq!(log(&desk.ledger), ["register", "retract", "register, retracted: Only an effort"]);
    assert_eq!(retracted(&desk), ["register: Only an effort"]);

    let second = view(&desk.ledger).log(&LogFilter::default().kind("register"))[0].entry.id();
    desk.append(Retract::builder(ID, second, "Never said"));
    assert!(view(&desk.ledger).standing(ID).is_err());
    let expected = ["retract", "register, retracted: Never said", "retract", "register, retracted: Only an effort"];
    assert_eq!(log(&desk.ledger), expected);
}

#[test]
fn a_definition_that_was_retracted_is_in_the_log() {
    let mut desk = desk();
    let party = desk.append(servanda_core::Party::new("jp", "en", "Jpan").unwrap());
    desk.append(Retract::definition(party, "Misspelt"));
    let log = lines(&view(&desk.ledger).log(&LogFilter::default()));
    assert_eq!(log, ["retract", "define, retracted: Misspelt", "define", "define"]);
}

#[test]
fn a_retracted_entry_shows_what_it_said_with_later_notes_and_sources() {
    let mut desk = with_story(desk(), "a result");
    let other = commitment("jp/other", &bill(), Obligation::Result).build().unwrap();
    desk.append(other);
    let step = desk.append(Advance::builder(ID, "tabled").on("2013-03-15").by("jp").noting("In the morning"));
    let note = desk.append(Amend::builder(ID).note_of(step, "In the evening"));
    desk.append(Cite::builder(ID, step).citing(source()));
    let title = desk.append(Amend::builder(ID).title("Another title"));
    let remark = desk.append(Remark::builder(ID, "A referendum").on("2013-04"));
    let link = desk.append(Link::builder(ID, Relation::Related, "jp/other").on("2013-05-01"));
    for (entry, reason) in [(step, "One"), (title, "Two"), (remark, "Three"), (link, "Four")] {
        desk.append(Retract::builder(ID, entry, reason));
    }
    let standing = desk.standing("2013-02-01");
    assert_eq!(standing.title.as_str(), "A word given");
    assert_eq!(standing.corrections, 4);
    let expected = json!([
        { "kind": "amend", "on": null, "retraction": { "reason": "Two", "recorded_by": "desk" } },
        { "by": "jp", "entry": step, "kind": "advance", "note": "In the evening", "on": "2013-03-15",
          "status": "tabled", "status_title": { "en": "Tabled" }, "sources": [source()] },
        { "kind": "remark", "on": "2013-04", "remark": "A referendum" },
        { "kind": "link", "on": "2013-05-01", "to": "jp/other" },
    ]);
    let found = json_of(&standing.retracted);
    for (found, expected) in found.as_array().unwrap().iter().zip(expected.as_array().unwrap()) {
        for (member, value) in expected.as_object().unwrap() {
            match value.as_object() {
                Some(inner) if member == "retraction" => {
                    inner.iter().for_each(|(m, v)| assert_eq!(&found[member][m], v))
                }
                _ => assert_eq!(&found[member], value, "{member} of {found}"),
            }
        }
    }
    assert_eq!(found.as_array().unwrap().len(), 4);

    // A reworded note can be retracted too.
    desk.append(Retract::builder(ID, note, "Five"));
    let retracted = desk.standing("2013-12-31").retracted;
    let note_of_step = retracted.iter().find(|entry| entry.entry == step).and_then(|entry| entry.note.clone());
    assert_eq!(note_of_step.unwrap().as_str(), "In the morning");
    let reworded = retracted.iter().find(|entry| entry.entry == note).unwrap();
    assert_eq!((reworded.about, reworded.note.as_ref().unwrap().as_str()), (Some(step), "In the evening"));
}

#[test]
fn of_two_retractions_of_one_entry_the_first_is_shown_and_one_is_enough() {
    let mut desk = with_story(desk(), "a result");
    let step = desk.append(Advance::builder(ID, "tabled").on("2013-03-15"));
    let retract = |reason: &str, recorder: &str, second: u32| {
        let at = moment(&format!("2026-08-01T00:00:{second:02}.000000Z"));
        seal(entry_about(ID, json!({ "retract": { "entry": step, "reason": reason } }), None, at, recorder))
    };
    let (first, second) = (retract("Misread", "phone", 1), retract("Not so", "laptop", 2));
    let withdrawn = |entry: EntryId| Retract::builder(ID, entry, "It was right");
    desk.ledger.merge_entries([second, first.clone()]);
    assert_eq!(log(&desk.ledger), ["retract", "retract", "advance, retracted: Misread", "register"]);
    assert_eq!(retracted(&desk), ["advance 2013-03-15: Misread"]);
    desk.append(withdrawn(first.id()));
    assert_eq!(retracted(&desk), ["retract: It was right", "advance 2013-03-15: Not so"]);
}

#[test]
fn changes_have_the_reasons_of_corrections() {
    let mut desk = with_story(desk(), "a result");
    let step = desk.append(Advance::builder(ID, "tabled").on("2013-03-15"));
    let before = desk.ledger.newest().unwrap();
    let corrected = Advance::builder(ID, "tabled").on("2013-03-16");
    desk.append(Batch::new().and(Retract::builder(ID, step, "A day late")).and(corrected));
    let now = view(&desk.ledger);
    let changes = now.changes_since(&now.known_at(before).unwrap(), &all());
    let [change] = changes.commitments.as_slice() else { panic!("{changes:?}") };
    let removed: Vec<_> = change.steps.removed.iter().map(|step| step.entry).collect();
    assert_eq!(removed, [Some(step)]);
    let [added] = change.retracted.added.as_slice() else { panic!("{change:?}") };
    assert_eq!((added.entry, added.retraction.reason.as_str()), (step, "A day late"));
    assert!(change.retracted.altered.is_empty() && change.retracted.removed.is_empty());

    // Without another effect, the retraction is the only change.
    let cited = desk.append(Cite::builder(ID, step).citing(Source::new("One", "https://example.org/1").unwrap()));
    let before = desk.ledger.newest().unwrap();
    desk.append(Retract::builder(ID, cited, "Another page"));
    let now = view(&desk.ledger);
    let changes = now.changes_since(&now.known_at(before).unwrap(), &all());
    let [change] = changes.commitments.as_slice() else { panic!("{changes:?}") };
    assert!(change.steps.is_empty());
    assert_eq!(change.retracted.added.len(), 1);
}

#[test]
fn an_empty_log_says_which_values_of_the_filter_are_unknown() {
    let desk = with_story(desk(), "a result");
    let filter = LogFilter::default().commitment("jp/wrod".parse().unwrap()).recorded_by("dsk".parse().unwrap());
    let unmatched = view(&desk.ledger).unmatched_in_log(&filter);
    let found: Vec<_> = unmatched.iter().map(|one| (one.member, one.nearest.as_ref().map(AsRef::as_ref))).collect();
    assert_eq!(found, [("commitment", Some(ID)), ("recorded_by", Some("desk"))]);
    let known = LogFilter::default().commitment(ID.parse().unwrap()).recorded_by("desk".parse().unwrap());
    assert!(view(&desk.ledger).unmatched_in_log(&known).is_empty());
}

#[test]
fn the_json_of_an_entry_is_its_line() {
    let mut desk = with_story(desk(), "a result");
    let fact = json!({ "suspend": { "until": "2040", "x": [1, null, true] } });
    let unknown = seal(entry_about(ID, fact, None, moment("2026-08-02T00:00:00.000000Z"), "phone"));
    desk.ledger.merge_entries([unknown.clone()]);
    let log = view(&desk.ledger).log(&LogFilter::default().kind("suspend"));
    let [logged] = log.as_slice() else { panic!("{log:?}") };
    assert_eq!(logged.entry, unknown);
    let text = servanda_core::format::to_json(logged);
    assert_eq!(text, format!(r#"{{"entry":{},"retracted":null}}"#, unknown.line()));
    json_of(&view(&desk.ledger).log(&LogFilter::default()));
}

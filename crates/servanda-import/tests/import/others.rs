//! Ledgers on which other people record, too.

use servanda::facts::{Amend, Retract};
use servanda::{Advance, Tracker};

use crate::desk::{Desk, PLEDGES, shown};

/// The ledger of a desk, opened under the name of another recorder.
fn editor(desk: &Desk) -> Tracker {
    let editor = Desk::recording_as(&Tracker::in_memory("editor").unwrap()).tracker;
    editor.merge(desk.tracker.export_since(None).unwrap().entries).unwrap();
    editor
}

fn merge_back(desk: &Desk, editor: &Tracker) {
    desk.tracker.merge(editor.export_since(None).unwrap().entries).unwrap();
}

#[test]
fn entries_of_others_are_neither_retracted_nor_missing() {
    let mut desk = Desk::new();
    desk.import(PLEDGES);
    let editor = editor(&desk);
    editor.append(Advance::builder("schools", "in-the-works").on("2014-01-01")).unwrap();
    merge_back(&desk, &editor);
    desk.options.retract_missing = true;
    desk.import_again(PLEDGES);
    assert_eq!(desk.steps("schools").len(), 3);
}

#[test]
fn a_step_that_somebody_else_recorded_is_not_recorded_twice() {
    let desk = Desk::new();
    desk.import(PLEDGES);
    let editor = editor(&desk);
    editor.append(Advance::builder("schools", "in-the-works").on("2014-01-01").noting("Seen")).unwrap();
    merge_back(&desk, &editor);
    let plan = desk.plan(&format!("{PLEDGES}schools,,In progress,2014-01-01,https://example.org/s\n"));
    insta::assert_snapshot!(shown(&plan));
    assert!(plan.entries().is_empty());
}

#[test]
fn a_title_that_an_editor_amended_stays_until_the_row_changes() {
    let desk = Desk::new();
    desk.import(PLEDGES);
    let editor = editor(&desk);
    editor.append(Amend::builder("roads").title("Roads for everybody")).unwrap();
    merge_back(&desk, &editor);
    desk.import_again(PLEDGES);
    assert_eq!(desk.standing("roads").title.as_str(), "Roads for everybody");
    desk.import(&PLEDGES.replace("Build roads", "Build better roads"));
    assert_eq!(desk.standing("roads").title.as_str(), "Build better roads");
}

#[test]
fn a_registration_of_somebody_else_is_not_corrected() {
    let other = Desk::recording_as(&Tracker::in_memory("editor").unwrap());
    other.import("id,title,made\nroads,Roads,2013-01-18\n");
    let desk = Desk::new();
    merge_back(&desk, &other.tracker);
    // The same content is fine, whoever recorded it.
    desk.import_again("id,title,made\nroads,Roads,2013-01-18\n");
    insta::assert_snapshot!(shown(&desk.plan("id,title,made\nroads,Build roads,2013-01-18\n")));
    let plan = desk.plan("id,title,made\nroads,Roads,2013-01-20\n");
    insta::assert_snapshot!(shown(&plan));
    assert_eq!(plan.record().unwrap_err().code(), "rows-refused");
}

#[test]
fn what_an_editor_has_retracted_stays_retracted_until_the_row_changes() {
    let desk = Desk::new();
    desk.import(PLEDGES);
    let editor = editor(&desk);
    let step = desk.standing("schools").history[1].entry.unwrap();
    editor.append(Retract::builder("schools", step, "Not so")).unwrap();
    let roads = editor.ledger().unwrap();
    let about_roads = roads.counting("roads").into_iter().map(|entry| entry.id());
    let all: servanda::Batch = about_roads.map(|id| Retract::builder("roads", id, "A hoax")).collect();
    editor.append(all).unwrap();
    merge_back(&desk, &editor);
    let plan = desk.plan(PLEDGES);
    insta::assert_snapshot!(shown(&plan));
    assert!(plan.entries().is_empty());
    desk.import(&PLEDGES.replace("stalled,2013-06", "stalled,2013-07"));
    assert_eq!(desk.steps("schools")[1], "2013-07 stalled");
}

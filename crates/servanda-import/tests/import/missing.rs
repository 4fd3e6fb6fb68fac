//! Rows that a table no longer has.

use crate::desk::{Desk, PLEDGES, shown, yaml};

#[test]
fn missing_rows_are_reported_and_stay() {
    let desk = Desk::new();
    desk.import(PLEDGES);
    let fewer: String = PLEDGES.lines().take(2).map(|line| format!("{line}\n")).collect();
    insta::assert_snapshot!(desk.import(&fewer));
    assert_eq!(desk.steps("roads").len(), 3);
    assert_eq!(desk.steps("schools").len(), 2);
}

#[test]
fn missing_rows_are_retracted_on_request() {
    let mut desk = Desk::new();
    desk.import(PLEDGES);
    let fewer: String = PLEDGES.lines().take(2).map(|line| format!("{line}\n")).collect();
    desk.options.retract_missing = true;
    insta::assert_snapshot!(desk.import(&fewer));
    assert_eq!(desk.steps("roads").len(), 2);
    assert_eq!(desk.tracker.view().standing("schools").unwrap_err().code(), "unknown-commitment");
    desk.import_again(&fewer);
    // A row that comes back is registered again.
    desk.import(PLEDGES);
    assert_eq!(desk.steps("schools").len(), 2);
}

#[test]
fn nothing_is_retracted_while_a_row_is_refused() {
    let mut desk = Desk::new();
    desk.import(PLEDGES);
    desk.options.retract_missing = true;
    desk.options.partial = true;
    let broken = PLEDGES.replace("schools,Mend", "Schools!,Mend");
    let plan = desk.plan(&broken);
    assert!(shown(&plan).contains("missing schools"), "{}", shown(&plan));
    assert!(plan.entries().is_empty());
}

#[test]
fn no_step_is_retracted_while_a_row_is_refused() {
    let mut desk = Desk::new();
    desk.import(PLEDGES);
    desk.options.retract_missing = true;
    desk.options.partial = true;
    // The second row about the roads has an id that is not valid.
    let plan = desk.plan(&PLEDGES.replace("roads,,kept", "Roads!,,kept"));
    assert!(shown(&plan).contains("missing roads: the step to kept on 2014-05-01"), "{}", shown(&plan));
    assert!(plan.entries().is_empty());
    // The steps of a document are no list.
    let text = "commitments:\n  - {id: roads, title: Build roads, steps: none}\n";
    let plan = desk.plan_of(&yaml(text));
    assert!(shown(&plan).contains("missing roads: the step to in-the-works on 2013-03-01"), "{}", shown(&plan));
    assert!(plan.entries().is_empty());
}

#[test]
fn only_ids_with_the_prefix_of_the_mapping_can_be_missing() {
    let mut desk = Desk::with_mapping(&format!("{}\n[ids]\nprefix = \"us/\"\n", crate::desk::MAPPING));
    desk.import(PLEDGES);
    desk.mapping = desk.mapping.replace("us/", "jp/");
    assert!(!shown(&desk.plan("id,title\ntax,Lower taxes\n")).contains("missing"));
}

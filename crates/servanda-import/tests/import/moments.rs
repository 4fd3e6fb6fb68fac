//! Rows that tell when they were first known.

use servanda::Moment;

use crate::desk::{Desk, shown, table, yaml};

const KNOWN: &str = "\
id,title,status,on,recorded_at
roads,Build roads,,,2013-01-20
schools,Mend schools,stalled,2013-06-01,2013-06-02T08:00:00Z
roads,,In progress,2013-03-01,2013-03-04
";

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

#[test]
fn history_arrives_with_the_moments_at_which_it_was_known() {
    let desk = Desk::new();
    desk.import(KNOWN);
    let known = |at: &str, commitment: &str| {
        let view = desk.tracker.view().known_at(at).unwrap();
        view.standing(commitment).map(|standing| standing.status.unwrap().to_string()).map_err(|error| error.code())
    };
    assert_eq!(known("2013-01-20T12:00:00.000000Z", "roads"), Err("unknown-commitment"));
    assert_eq!(known("2013-01-21T12:00:00.000000Z", "roads").as_deref(), Ok("not-rated"));
    assert_eq!(known("2013-03-05T00:00:00.000000Z", "roads").as_deref(), Ok("in-the-works"));
    assert_eq!(known("2013-06-02T07:00:00.000000Z", "schools"), Err("unknown-commitment"));
    assert_eq!(known("2013-06-02T08:00:01.000000Z", "schools").as_deref(), Ok("stalled"));
    desk.import_again(KNOWN);
}

#[test]
fn a_moment_can_have_any_offset_and_precision() {
    for (written, known) in [
        ("2013-03-04T17:30:00+09:00", "2013-03-04T08:30:00.000000Z"),
        ("2013-03-04T17:30:00.25Z", "2013-03-04T17:30:00.250000Z"),
        ("2013-03-04T17:30:00.123456789-01:00", "2013-03-04T18:30:00.123456Z"),
        ("2013-03-04", "2013-03-04T23:59:59.999999Z"),
        ("2013-03", "2013-03-31T23:59:59.999999Z"),
    ] {
        let desk = Desk::new();
        desk.import(&format!("id,title,recorded_at\nroads,Build roads,{written}\n"));
        assert_eq!(desk.tracker.ledger().unwrap().newest(), Some(moment(known)), "{written}");
        let desk = Desk::new();
        desk.import_input(&yaml(&format!(
            "commitments:\n  - {{id: roads, title: Build roads, recorded_at: {written}}}\n"
        )));
        assert_eq!(desk.tracker.ledger().unwrap().newest(), Some(moment(known)), "{written} in YAML");
    }
}

#[test]
fn a_row_known_before_the_newest_entry_is_refused() {
    let desk = Desk::new();
    desk.import(KNOWN);
    let csv = format!("{KNOWN}parks,Open parks,,,2013-06-01\n");
    insta::assert_snapshot!(shown(&desk.plan(&csv)));
    let later = format!("{KNOWN}parks,Open parks,,,2013-06-03\n");
    desk.import(&later);
    assert_eq!(desk.tracker.ledger().unwrap().newest(), Some(moment("2013-06-03T23:59:59.999999Z")));
}

#[test]
fn a_correction_is_known_only_now() {
    let desk = Desk::new();
    desk.import(KNOWN);
    desk.import(&KNOWN.replace("In progress,2013-03-01", "In progress,2013-03-02"));
    let before = desk.tracker.view().known_at("2019-12-31T00:00:00.000000Z").unwrap().standing("roads").unwrap();
    assert_eq!(before.since.unwrap().to_string(), "2013-03-01");
    assert_eq!(desk.standing("roads").since.unwrap().to_string(), "2013-03-02");
}

#[test]
fn a_whole_run_can_have_its_moment() {
    let mut desk = Desk::new();
    let csv = "id,title,status,on\nroads,Build roads,stalled,2013-05-01\nschools,Mend schools,,\n";
    desk.options.recorded_at = Some(moment("2013-06-01T09:00:00.000000Z"));
    desk.import(csv);
    let newest = desk.tracker.ledger().unwrap().newest().unwrap();
    assert!(newest < moment("2013-06-01T09:00:00.001000Z"), "{newest}");
    // The same moment again is too early, unless there is nothing to record.
    desk.import_again(csv);
    let mapping = servanda_import::Mapping::from_toml("mapping.toml", &desk.mapping).unwrap();
    let edited = table(&csv.replace("Mend", "Repair"));
    let error = servanda_import::plan(&desk.tracker, &edited, &mapping, &desk.options).unwrap_err();
    assert_eq!(error.code(), "recorded-too-early");
}

#[test]
fn a_refused_step_takes_the_earlier_rows_of_its_commitment_along() {
    let mut desk = Desk::new();
    desk.options.partial = true;
    desk.import(&KNOWN.replace("In progress,2013-03-01", "kept,2013-03-01"));
    assert_eq!(desk.tracker.view().standing("roads").unwrap_err().code(), "unknown-commitment");
    assert_eq!(desk.steps("schools").len(), 2);
}

#[test]
fn steps_that_are_legal_only_together_are_known_when_the_last_of_them_is() {
    let desk = Desk::new();
    // Invented. Nobody knew the way to the first step before the second one was found.
    let csv = "id,title,procedure,status,on,sources,recorded_at\n\
        road,A road,action,,,,2013-01-20\n\
        road,,,under-way,2013-02-01,,2013-02-02\n\
        road,,,done,2014-06-01,https://example.org/done,2014-06-02\n\
        road,,,not-done,2013-09-01,https://example.org/dead,2014-07-01\n\
        road,,,under-way,2013-10-01,https://example.org/again,2014-08-01\n";
    desk.import(csv);
    let known = |at: &str| {
        let view = desk.tracker.view().known_at(at).unwrap();
        view.standing("road").unwrap().history.len()
    };
    assert_eq!(known("2014-07-15T00:00:00.000000Z"), 3);
    assert_eq!(known("2014-08-02T00:00:00.000000Z"), 5);
    desk.import_again(csv);
}

#[test]
fn many_refused_commitments_are_left_out_at_once() {
    let mut desk = Desk::new();
    desk.options.partial = true;
    let mut csv = "id,title,status,on,recorded_at\n".to_owned();
    for nth in 0..200 {
        csv.push_str(&format!("road-{nth},Road {nth},,,2013-01-20\nroad-{nth},,kept,2013-03-01,2013-03-02\n"));
    }
    let plan = desk.plan(&csv);
    assert_eq!((plan.refused().count(), plan.entries().len()), (200, 0));
}

//! The first import of a table, and the same import again.

use servanda::Verdict;

use crate::desk::{Desk, PLEDGES, table};

#[test]
fn a_table_becomes_commitments_with_their_steps() {
    let desk = Desk::new();
    insta::assert_snapshot!(desk.import(PLEDGES));
    assert_eq!(desk.steps("roads"), ["2013-01-18 not-rated", "2013-03-01 in-the-works", "2014-05-01 kept"]);
    assert_eq!(desk.steps("schools"), ["2013-01-18 not-rated", "2013-06 stalled"]);
    let step = desk.standing("roads").history.into_iter().nth(2).unwrap();
    assert_eq!(step.sources[0].reference(), "https://example.org/opened");
}

#[test]
fn importing_the_same_table_again_records_nothing() {
    let desk = Desk::new();
    desk.import(PLEDGES);
    let digest = desk.tracker.digest().unwrap();
    desk.import_again(PLEDGES);
    assert_eq!(desk.tracker.digest().unwrap(), digest);
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new();
    let plan = desk.plan(PLEDGES);
    assert_eq!(plan.entries().len(), 6, "the procedure, two registrations and three steps");
    assert!(desk.tracker.ledger().unwrap().is_empty());
}

#[test]
fn new_rows_and_new_steps_are_added() {
    let desk = Desk::new();
    desk.import(PLEDGES);
    let more = format!("{PLEDGES}schools,,In progress,2014-01-01,\nparks,Open parks,,,\n");
    insta::assert_snapshot!(desk.import(&more));
    desk.import_again(&more);
}

#[test]
fn the_words_of_a_promise_come_with_their_source() {
    let desk = Desk::new();
    desk.import(
        "id,title,obligation,words,words_source,deadline,topics\n\
        roads,Build roads,result,we will build,Manifesto https://example.org/m,2015,transport;Public Works\n",
    );
    let standing = desk.standing("roads");
    assert_eq!(standing.words.unwrap().source.title.as_str(), "Manifesto");
    assert_eq!(standing.verdict, Some(Verdict::Unrated));
    assert_eq!(standing.topics.iter().map(|topic| topic.as_str()).collect::<Vec<_>>(), ["transport", "public-works"]);
}

#[test]
fn remarks_and_new_deadlines_are_rows_too() {
    let desk = Desk::new();
    let csv = "id,title,obligation,words,words_source,deadline,on,remark,new_deadline\n\
        roads,Build roads,result,we will,https://example.org/m,2015,2014-02-01,The minister resigned,\n\
        roads,,,,,,2014-03-01,,2016\n";
    insta::assert_snapshot!(desk.import(csv));
    desk.import_again(csv);
    let standing = desk.standing("roads");
    assert_eq!(standing.deadline.unwrap().to_string(), "2016");
    assert_eq!(standing.remarks.len(), 1);
}

#[test]
fn parts_can_come_before_their_whole() {
    let desk = Desk::new();
    desk.import("id,title,part_of\nroads/north,Northern roads,roads\nroads,Build roads,\n");
    assert_eq!(desk.standing("roads/north").part_of.unwrap().as_str(), "roads");
}

#[test]
fn steps_that_are_legal_only_together_are_recorded_together() {
    let desk = Desk::new();
    desk.import("id,title,status,on,sources\nroads,Build roads,kept,2014-05-01,https://example.org/o\n");
    // Without the step back, the broken rating would rest on nothing new.
    let csv = "id,title,status,on,sources\n\
        roads,Build roads,In progress,2013-05-01,\n\
        roads,,stalled,2013-08-01,\n\
        roads,,kept,2014-05-01,https://example.org/o\n";
    desk.import(csv);
    assert_eq!(desk.steps("roads").len(), 4);
    desk.import_again(csv);
}

#[test]
fn columns_without_a_use_are_named() {
    let desk = Desk::new();
    assert_eq!(desk.plan("id,title,Editor\nroads,Build roads,Jo\n").unused_columns(), ["Editor"]);
    assert_eq!(desk.plan_of(&table(PLEDGES)).unused_columns(), <[&str; 0]>::default());
}

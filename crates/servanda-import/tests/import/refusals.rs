//! Rows that cannot be recorded, and why.

use crate::desk::{Desk, PLEDGES, shown};

/// A table with one mistake of each kind. Invented.
const MISTAKES: &str = "\
id,title,by,made,obligation,procedure,status,on,sources,topics
unknown-status,One,,,,,In progres,2013-03-01,,
no-date,Two,,,,,stalled,,,
bad-date,Three,,2013-02-30,,,,,,
bad-source,Four,,,,,kept,2014-05-01,www.example.org,
no-source,Five,,,,,kept,2014-05-01,,
bad-obligation,Six,,,promise,,,,,
no-procedure,Seven,,,,pledgee,,,,
no-title,,,,,,,,,
Bad Id,Eight,,,,,,,,
not-legal,Nine,,,,,stalled,2012-05-01,,
twice,Ten,gov,,,,,,,
twice,Eleven,gov,,,,,,,
";

#[test]
fn each_refusal_names_its_place_and_its_reason() {
    let desk = Desk::new();
    let plan = desk.plan(MISTAKES);
    insta::assert_snapshot!(shown(&plan));
    let nearest: Vec<_> = plan.refused().filter_map(|change| change.nearest.as_deref()).collect();
    assert_eq!(nearest, ["In progress", "pledge"]);
}

#[test]
fn one_refused_row_keeps_everything_out() {
    let desk = Desk::new();
    let plan = desk.plan(&format!("{PLEDGES}parks,Open parks,opened,2013-01-01,\n"));
    let error = plan.record().unwrap_err();
    assert_eq!(error.code(), "rows-refused");
    insta::assert_snapshot!(error);
    assert!(desk.tracker.ledger().unwrap().is_empty());
}

#[test]
fn a_partial_import_records_the_other_commitments() {
    let mut desk = Desk::new();
    desk.options.partial = true;
    desk.import(&format!("{PLEDGES}parks,Open parks,opened,2013-01-01,\n"));
    assert_eq!(desk.steps("roads").len(), 3);
    assert_eq!(desk.tracker.view().standing("parks").unwrap_err().code(), "unknown-commitment");
}

#[test]
fn a_party_that_nearly_is_a_known_one_is_questioned() {
    let desk = Desk::new();
    desk.import(PLEDGES);
    let csv = "id,title,by\nparks,Open parks,govt\n";
    insta::assert_snapshot!(shown(&desk.plan(csv)).lines().next().unwrap());
    let named = Desk { mapping: format!("{}\n[parties]\ngovt = \"govt\"\n", desk.mapping), ..desk };
    named.import(csv);
}

#[test]
fn parties_and_topics_that_a_mapping_lists_are_the_only_ones() {
    let desk = Desk::with_mapping(&format!(
        "{}\n[parties]\n\"The government\" = \"gov\"\n[topics]\nTransport = \"transport\"\n",
        crate::desk::MAPPING
    ));
    desk.import("id,title,by,topics\nroads,Build roads,the Government,transport\nparks,Open parks,gov,\n");
    let plan = desk.plan("id,title,by,topics\nroads,Build roads,The goverment,Trasport\n");
    insta::assert_snapshot!(shown(&plan));
}

//! A workbook with two tables: one of the commitments, and one of their steps.

use servanda_import::Mapping;

use crate::desk::{Desk, shown, table};

const COMMITMENTS: &str = "id,title,topics\nroads,Build roads,transport\nschools,Mend schools,\n";
const STEPS: &str = "\
id,status,on,sources
roads,In progress,2013-03-01,
roads,kept,2014-05-01,https://example.org/opened
";

#[test]
fn commitments_and_steps_can_be_in_two_tables() {
    let desk = Desk::new();
    desk.import(COMMITMENTS);
    insta::assert_snapshot!(desk.import(STEPS));
    // Neither of the two misses what the other one has.
    for table in [COMMITMENTS, STEPS] {
        assert_eq!(shown(&desk.plan(table)), "");
    }
    assert_eq!(desk.steps("roads").len(), 3);
    desk.import(&STEPS.replace("2014-05-01", "2014-05-02"));
    assert_eq!(desk.steps("roads")[2], "2014-05-02 kept");
    desk.import(&COMMITMENTS.replace("Build roads,transport", "Build new roads,money"));
    assert_eq!(desk.steps("roads").len(), 3);
    assert_eq!(shown(&desk.plan(&STEPS.replace("2014-05-01", "2014-05-02"))), "");
}

#[test]
fn steps_of_an_unknown_commitment_are_refused() {
    let desk = Desk::new();
    desk.import(COMMITMENTS);
    insta::assert_snapshot!(shown(&desk.plan(&STEPS.replace("roads,kept", "parks,kept"))));
}

#[test]
fn a_table_without_titles_and_ids_is_refused_once() {
    let desk = Desk::new();
    let mapping = Mapping::default();
    let input = table("Promise,Rating\nBuild roads,kept\n");
    let refused = servanda_import::plan(&desk.tracker, &input, &mapping, &desk.options).unwrap_err();
    insta::assert_snapshot!(refused);
}

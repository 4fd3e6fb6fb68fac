//! Tables with one row for each commitment, which has the present status.

use crate::desk::{Desk, MAPPING};

const SHEET: &str = "id,title,status,on,sources\nroads,Build roads,In progress,2013-03-01,\n";

fn desk() -> Desk {
    Desk::with_mapping(&format!("{MAPPING}\n[steps]\nkeep_earlier = true\n"))
}

#[test]
fn a_later_status_is_a_further_step() {
    let desk = desk();
    desk.import(SHEET);
    let later = SHEET.replace("In progress,2013-03-01,", "kept,2014-05-01,https://example.org/o");
    insta::assert_snapshot!(desk.import(&later));
    assert_eq!(desk.steps("roads"), ["2013-01-18 not-rated", "2013-03-01 in-the-works", "2014-05-01 kept"]);
    desk.import_again(&later);
    // A second state of the same kind is a step of its own, too.
    let reopened = SHEET.replace("2013-03-01", "2015-01-01");
    desk.import(&reopened);
    assert_eq!(desk.steps("roads").len(), 4);
    desk.import_again(&reopened);
}

#[test]
fn an_edited_date_or_source_is_a_correction() {
    let desk = desk();
    desk.import(SHEET);
    desk.import(&SHEET.replace("2013-03-01", "2013-03-05"));
    assert_eq!(desk.steps("roads"), ["2013-01-18 not-rated", "2013-03-05 in-the-works"]);
    desk.import(&SHEET.replace("In progress,2013-03-01", "stalled,2013-03-05"));
    assert_eq!(desk.steps("roads"), ["2013-01-18 not-rated", "2013-03-05 stalled"]);
}

#[test]
fn without_the_setting_the_row_is_corrected() {
    let desk = Desk::new();
    desk.import(SHEET);
    desk.import(&SHEET.replace("In progress,2013-03-01,", "kept,2014-05-01,https://example.org/o"));
    assert_eq!(desk.steps("roads"), ["2013-01-18 not-rated", "2014-05-01 kept"]);
}

//! Rows that tell when they were first published elsewhere.

use crate::desk::{Desk, shown};

const PUBLISHED: &str = "\
id,title,status,on,published
roads,Build roads,,,2013-01-20
roads,,In progress,2013-03-01,2013-03
";

/// The status of the roads as published by a day, or the code of the refusal.
fn told(desk: &Desk, day: &str) -> String {
    let standing = desk.tracker.view().as_published(day).unwrap().standing("roads");
    standing.map_or_else(|error| error.code().to_owned(), |standing| standing.status.unwrap().to_string())
}

#[test]
fn history_arrives_with_the_dates_on_which_it_was_published() {
    let desk = Desk::new();
    desk.import(PUBLISHED);
    let days = ["2013-01-19", "2013-01-20", "2013-03-30", "2013-03-31"];
    assert_eq!(days.map(|day| told(&desk, day)), ["unknown-commitment", "not-rated", "not-rated", "in-the-works"]);
    desk.import_again(PUBLISHED);
    // A table without the column says nothing about publication.
    desk.import_again("id,title,status,on\nroads,Build roads,,\nroads,,In progress,2013-03-01\n");
}

#[test]
fn a_correction_was_published_with_its_row() {
    let desk = Desk::new();
    desk.import(PUBLISHED);
    // A slip in the table: the public was told of a stall all along.
    let slip = PUBLISHED.replace("In progress", "stalled");
    desk.import(&slip);
    assert_eq!(["2013-03-30", "2013-03-31"].map(|day| told(&desk, day)), ["not-rated", "stalled"]);
    // The public was told otherwise in April.
    let corrected = slip.replace("stalled,2013-03-01,2013-03", "In progress,2013-03-01,2013-04");
    desk.import(&corrected);
    assert_eq!(["2013-03-31", "2013-04-30"].map(|day| told(&desk, day)), ["stalled", "in-the-works"]);
    desk.import_again(&corrected);
}

#[test]
fn another_date_of_publication_is_a_correction() {
    let desk = Desk::new();
    desk.import(PUBLISHED);
    let edited = PUBLISHED.replace("2013-01-20", "2013-01-22").replace("2013-03\n", "2013-03-02\n");
    insta::assert_snapshot!(desk.import(&edited));
    let days = ["2013-01-21", "2013-01-22", "2013-03-01", "2013-03-02"];
    assert_eq!(days.map(|day| told(&desk, day)), ["unknown-commitment", "not-rated", "not-rated", "in-the-works"]);
    desk.import_again(&edited);
}

#[test]
fn a_row_published_after_today_is_refused() {
    let desk = Desk::new();
    insta::assert_snapshot!(shown(&desk.plan(&PUBLISHED.replace("2013-03\n", "2021\n"))));
}

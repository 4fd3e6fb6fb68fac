//! Where ids come from.

use crate::desk::{Desk, MAPPING, shown};

fn desk(ids: &str) -> Desk {
    Desk::with_mapping(&format!("{MAPPING}\n[ids]\n{ids}\n"))
}

fn ids(desk: &Desk) -> Vec<String> {
    desk.tracker.ledger().unwrap().commitments().map(ToString::to_string).collect()
}

#[test]
fn ids_come_from_titles() {
    let desk = desk("prefix = \"fr/\"");
    let csv =
        "title,status,on\nÉcoles pour tous,stalled,2013-05-01\nÉcoles pour tous,In progress,2013-06-01\nStraße,,\n";
    desk.import(csv);
    assert_eq!(ids(&desk), ["fr/ecoles-pour-tous", "fr/strasse"]);
    assert_eq!(desk.steps("fr/ecoles-pour-tous").len(), 3);
    desk.import_again(csv);
}

#[test]
fn ids_come_from_identifiers() {
    let desk = desk("");
    desk.import("identifier,title\nPromise 12.3/A,Build roads\n");
    assert_eq!(ids(&desk), ["promise-12-3-a"]);
}

#[test]
fn titles_that_make_the_same_id_are_refused_or_numbered() {
    let csv = "title\nBuild roads\nBuild roads!\n";
    insta::assert_snapshot!(shown(&desk("").plan(csv)));
    let desk = desk("on_clash = \"number\"");
    desk.import(csv);
    assert_eq!(ids(&desk), ["build-roads", "build-roads-2"]);
    desk.import_again(csv);
    // Each keeps its number when the rows change places.
    desk.import_again("title\nBuild roads!\nBuild roads\n");
}

#[test]
fn a_title_without_latin_letters_makes_no_id() {
    insta::assert_snapshot!(shown(&desk("").plan("title\n安倍総理の訪米\n")));
}

#[test]
fn rows_without_a_name_go_on_with_the_commitment_above() {
    let desk = desk("");
    desk.import("id,title,status,on\nroads,Build roads,stalled,2013-05-01\n,,In progress,2013-06-01\n");
    assert_eq!(desk.steps("roads").len(), 3);
}

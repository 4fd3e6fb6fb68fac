//! The pages of parties, responsible bodies and topics.

use servanda::{Commitment, Tracker, builtin};

use crate::Folder;
use crate::html::{attributes, texts};
use crate::invented::invented;

#[test]
fn a_group_with_more_commitments_than_a_page_leads_to_all_of_them() {
    let site = Folder::new();
    site.publish(&invented(501).view().on("2014-04-01").unwrap(), "");
    let page = site.read("parties/arden.html");
    assert_eq!(texts(&page, "ul.items > li").len(), 500);
    assert_eq!(attributes(&page, ".more a", "href"), ["../lists/parties/arden/by.html"]);
    let lists = ["by", "by-2"].map(|name| site.read(&format!("lists/parties/arden/{name}.html")));
    assert_eq!(lists.each_ref().map(|list| texts(list, "ul.items > li").len()), [500, 1]);
    assert_eq!(attributes(&lists[0], ".pages a", "href"), ["by.html", "by-2.html"]);
}

#[test]
fn a_body_with_several_roles_counts_a_commitment_once() {
    let tracker = Tracker::in_memory("desk").unwrap();
    let road = Commitment::builder("xx/road", "A road").procedure(builtin::action()).by("xx").made("2013-01-18");
    let road = road.responsible_as("xx/works", "lead").responsible("xx/treasury").responsible_as("xx/works", "review");
    tracker.append(road).unwrap();
    let folder = Folder::new();
    folder.publish(&tracker.view().on("2014-01-01").unwrap(), "");
    let bodies = folder.read("bodies/index.html");
    assert_eq!((bodies.matches("1 commitment").count(), bodies.matches("2 commitments").count()), (2, 0));
}

//! The pages of parties, responsible bodies and topics.

use servanda::{Commitment, Tracker, builtin};

use crate::Folder;

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

//! `servanda history`.

use insta::assert_snapshot;
use servanda::{Tracker, format};
use servanda_cli::{Exit, Terminal};

use crate::desk::{Desk, day, moved_deadlines, two_ledgers};

#[test]
fn steps_with_their_evidence_and_basis() {
    let desk = Desk::promises("p.jsonl");
    assert_snapshot!("wide", desk.ask(100, "history @p.jsonl jp/hague-convention --on 2014-03-01").all());
    assert_snapshot!("narrow", desk.ask(50, "history @p.jsonl jp/hague-convention --on 2013-06-01").all());
}

#[test]
fn remarks_stand_among_the_steps() {
    assert_snapshot!(Desk::promises("p.jsonl").ask(80, "history @p.jsonl us/senkaku --on 2014-05-01").all());
}

#[test]
fn before_its_history_opens() {
    assert_snapshot!(Desk::promises("p.jsonl").ask(80, "history @p.jsonl us/abe-visit --on 2012-05-01").all());
}

#[test]
fn deadlines_and_links() {
    assert_snapshot!(moved_deadlines().ask(80, "history @moved.jsonl us/abe-visit --on 2013-06-01").all());
}

#[test]
fn entries_that_do_not_fit() {
    let desk = two_ledgers();
    assert_eq!(desk.ask(80, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl").exit, Exit::Done);
    assert_snapshot!(desk.ask(80, "history @both.jsonl us/abe-visit --on 2013-03-01").all());
}

#[test]
fn json_is_the_standing() {
    let desk = Desk::promises("p.jsonl");
    let view = Tracker::open(desk.path("p.jsonl"), "reader").unwrap().view().on(day("2013-06-01"));
    let mut expected = Vec::new();
    format::write_json(&view.standing("jp/hague-convention").unwrap(), &mut expected).unwrap();
    let said = desk.ask(40, "history @p.jsonl jp/hague-convention --on 2013-06-01 --format json");
    assert_eq!((said.out.into_bytes(), said.exit), (expected, Exit::Done));
}

#[test]
fn colours_where_they_can_be_seen() {
    let terminal = Terminal { colours: true, ..Terminal::plain(60) };
    let said = Desk::promises("p.jsonl").ask_at(&terminal, "history @p.jsonl us/abe-visit --on 2013-03-01");
    assert_snapshot!(said.all().replace('\x1b', "ESC"));
}

#[test]
fn an_unknown_commitment_is_refused_with_a_suggestion() {
    let desk = Desk::promises("p.jsonl");
    assert_snapshot!("near", desk.ask(80, "history @p.jsonl jp/hague-convension").all());
    assert_snapshot!("far", desk.ask(80, "history @p.jsonl something-else").all());
}
